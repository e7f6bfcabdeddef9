"""Figures of the catalogue of procedures: in force on a day, and changes published in the period."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Connection, Subquery, and_, literal, or_, select

from app.models.dossiers import DecidedBy, Procedure, ProcedureChange, ProcedureChangeKind
from app.reports.figures import Basis, Columns, Count, Figure, Predicate, Scope, Sum


def _catalogue(_: Scope) -> Subquery:
    return select(
        Procedure.id,
        literal(1).label("measure"),
        Procedure.decided_by.label("key"),
        Procedure.valid_from,
        Procedure.valid_to,
    ).subquery("procedures")


def _changes(scope: Scope) -> Subquery:
    return (
        select(
            ProcedureChange.procedure_id.label("id"),
            literal(1).label("measure"),
            literal("").label("key"),
            ProcedureChange.kind,
        )
        .where(
            ProcedureChange.published_on >= scope.period.start,
            ProcedureChange.published_on <= scope.period.end,
        )
        .subquery("changes")
    )


def _levels(_: Connection, __: Scope) -> Mapping[str, str]:
    return {level: level.value for level in DecidedBy}


def _all_levels(_: Connection, __: Scope) -> Iterable[str]:
    return [level.value for level in DecidedBy]


def _undivided(_: Connection, __: Scope) -> Mapping[str, str]:
    return {"": ""}


CATALOGUE = Basis("procedures", "procedures", "thủ tục", _catalogue, _levels, _all_levels)
CHANGES = Basis("procedures", "procedure_changes", "thủ tục", _changes, _undivided)


def in_force_on(row: Columns, day: date) -> ColumnElement[bool]:
    """In force on a day; the last day in force counts."""
    return and_(row["valid_from"] <= day, or_(row["valid_to"].is_(None), row["valid_to"] >= day))


def _before(row: Columns, scope: Scope) -> ColumnElement[bool]:
    return in_force_on(row, scope.period.start - timedelta(days=1))


def _in_force(row: Columns, scope: Scope) -> ColumnElement[bool]:
    return in_force_on(row, scope.period.end)


def _published(kind: ProcedureChangeKind) -> Predicate:
    return lambda row, _: row["kind"] == kind


FIGURES: tuple[Figure, ...] = (
    Count("procedures.in_force_before", "Áp dụng ngay trước kỳ", CATALOGUE, _before, by_dimension=False),
    Count(
        "procedures.new",
        "Công bố mới trong kỳ",
        CHANGES,
        _published(ProcedureChangeKind.ISSUED),
        by_dimension=False,
    ),
    Count(
        "procedures.amended",
        "Công bố sửa đổi, bổ sung trong kỳ",
        CHANGES,
        _published(ProcedureChangeKind.AMENDED),
        by_dimension=False,
    ),
    Count(
        "procedures.abolished",
        "Công bố bãi bỏ trong kỳ",
        CHANGES,
        _published(ProcedureChangeKind.ABOLISHED),
        by_dimension=False,
    ),
    Count("procedures.in_force", "Áp dụng vào ngày chốt, kể cả ngày cuối cùng", CATALOGUE, _in_force),
    Sum(
        "procedures.published",
        "Mới và sửa đổi, bổ sung đã công khai trong kỳ",
        "thủ tục",
        ((1, "procedures.new"), (1, "procedures.amended")),
        by_dimension=False,
    ),
)
