"""The list of procedures through its chips: the rows of the report's figures at the period's cut-off."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from app.models.dossiers import Procedure, ProcedureChange, ProcedureChangeKind
from app.periods import Period
from app.reports import figures
from app.reports.assembling import scope_of
from app.reports.catalogue import CATALOGUE
from app.reports.figures import Count

IN_FORCE, NEW, AMENDED, ABOLISHED, NO_LIMIT = "in_force", "new", "amended", "abolished", "no_limit"
_KINDS = {
    NEW: ProcedureChangeKind.ISSUED,
    AMENDED: ProcedureChangeKind.AMENDED,
    ABOLISHED: ProcedureChangeKind.ABOLISHED,
}


def condition(connection: Connection, chip: str, period: Period | None, today: date) -> ColumnElement[bool]:
    """What a procedure must meet to be shown under a chip; without a period: as of today, changes of all days."""
    if chip == NO_LIMIT:
        return and_(_in_force_on(period.end if period is not None else today), _without_limit())
    if period is not None:
        figure = CATALOGUE[f"procedures.{chip}"]
        assert isinstance(figure, Count)
        rows = figures.select_rows(connection, scope_of(connection, period), figure).subquery()
        return Procedure.id.in_(select(rows.c.id))
    if chip == IN_FORCE:
        return _in_force_on(today)
    return Procedure.id.in_(select(ProcedureChange.procedure_id).where(ProcedureChange.kind == _KINDS[chip]))


def numbers(
    connection: Connection, period: Period | None, today: date, among: Sequence[ColumnElement[bool]]
) -> Mapping[str, int]:
    """The number of every chip: of a period the figure itself, so that two changes of one procedure count twice."""
    found = {}
    for chip in (IN_FORCE, NEW, AMENDED, ABOLISHED, NO_LIMIT):
        figure = CATALOGUE.get(f"procedures.{chip}")
        if period is not None and isinstance(figure, Count):
            rows = figures.select_rows(connection, scope_of(connection, period), figure).subquery()
            query = select(func.coalesce(func.sum(rows.c.measure), 0)).join(Procedure, Procedure.id == rows.c.id)
        else:
            query = select(func.count(Procedure.id)).where(condition(connection, chip, period, today))
        found[chip] = int(connection.execute(query.where(*among)).scalar_one())
    return found


def of_field(field_id: int) -> ColumnElement[bool]:
    """Procedures of one field."""
    return Procedure.field_id == field_id


def _in_force_on(day: date) -> ColumnElement[bool]:
    return and_(Procedure.valid_from <= day, or_(Procedure.valid_to.is_(None), Procedure.valid_to >= day))


def _without_limit() -> ColumnElement[bool]:
    given = select(ProcedureChange.id).where(
        ProcedureChange.procedure_id == Procedure.id, ProcedureChange.limit_unit.is_not(None)
    )
    return and_(Procedure.limit_unit.is_(None), ~given.exists())
