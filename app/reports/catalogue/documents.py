"""Figures of the documents issued in the period, of the plans the report lists, and of their tasks."""

from collections.abc import Mapping

from sqlalchemy import ColumnElement, Connection, Select, Subquery, and_, literal, or_, select, true

from app.models.database import table_of
from app.models.documents import Document, DocumentSeries, DocumentType, PlanTask
from app.reports.figures import Basis, Columns, Count, Figure, Scope

# Tables, not mapped attributes: a statement of those takes half as long again to compile.
_SERIES = table_of(DocumentSeries)
_TYPE = table_of(DocumentType)
_DOCUMENT = table_of(Document)
_TASK = table_of(PlanTask)


def _issued(scope: Scope) -> Select[int]:
    """Documents of the reporting issuer dated in the period and not voided by its end."""
    return (
        select(_DOCUMENT.c.id)
        .join(_SERIES, _SERIES.c.id == _DOCUMENT.c.series_id)
        .join(_TYPE, _TYPE.c.id == _SERIES.c.type_id)
        .where(
            _SERIES.c.issuer == scope.issuer,
            _DOCUMENT.c.dated_on >= scope.period.start,
            _DOCUMENT.c.dated_on <= scope.period.end,
            or_(_DOCUMENT.c.voided_on.is_(None), _DOCUMENT.c.voided_on > scope.period.end),
        )
    )


def _documents(scope: Scope) -> Subquery:
    return (
        _issued(scope)
        .add_columns(
            literal(1).label("measure"),
            _SERIES.c.type_id.label("key"),
            _DOCUMENT.c.in_report,
            _TYPE.c.has_tasks,
        )
        .subquery("documents")
    )


def _tasks(scope: Scope) -> Subquery:
    plans = _issued(scope).where(_DOCUMENT.c.in_report.is_(True), _TYPE.c.has_tasks.is_(True))
    return (
        select(_TASK.c.id, literal(1).label("measure"), literal("").label("key"), _TASK.c.due_on, _TASK.c.done_on)
        .where(_TASK.c.document_id.in_(plans))
        .subquery("tasks")
    )


def _types(connection: Connection, _: Scope) -> Mapping[int, str]:
    query = select(_TYPE.c.id, _TYPE.c.code).order_by(_TYPE.c.position, _TYPE.c.id)
    return dict(connection.execute(query).all())


def _undivided(_: Connection, __: Scope) -> Mapping[str, str]:
    return {"": ""}


DOCUMENTS = Basis("documents", "documents", "văn bản", _documents, _types)
PLANS = Basis("documents", "plans", "kế hoạch", _documents, _types)
TASKS = Basis("tasks", "tasks", "nhiệm vụ", _tasks, _undivided)


def _all(_: Columns, __: Scope) -> ColumnElement[bool]:
    return true()


def _listed(row: Columns, _: Scope) -> ColumnElement[bool]:
    return and_(row["in_report"].is_(True), row["has_tasks"].is_(True))


def _done(row: Columns, scope: Scope) -> ColumnElement[bool]:
    return row["done_on"] <= scope.period.end


def _pending(row: Columns, scope: Scope) -> ColumnElement[bool]:
    return or_(row["done_on"].is_(None), row["done_on"] > scope.period.end)


def _overdue(row: Columns, scope: Scope) -> ColumnElement[bool]:
    return and_(_pending(row, scope), row["due_on"] < scope.period.end)


FIGURES: tuple[Figure, ...] = (
    Count("documents.issued", "Văn bản đi ban hành trong kỳ, trừ văn bản đã hủy", DOCUMENTS, _all),
    Count("plans.listed", "Kế hoạch ban hành trong kỳ có dấu “Nêu trong báo cáo CCHC”", PLANS, _listed, False),
    Count("plans.tasks.total", "Nhiệm vụ của các kế hoạch nêu trong báo cáo", TASKS, _all, False),
    Count("plans.tasks.done", "Nhiệm vụ xong đến ngày chốt", TASKS, _done, False),
    Count("plans.tasks.pending", "Nhiệm vụ đến ngày chốt chưa xong", TASKS, _pending, False),
    Count("plans.tasks.overdue", "Nhiệm vụ chưa xong, hạn trước ngày chốt", TASKS, _overdue, False),
)
