"""The list of dossiers through its chips. What a chip of a period shows are the rows of the report's figure, so that
chip, list and report cannot differ; what is due soon or overdue looks at today, whatever the period.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Subquery, and_, false, func, or_, select, true

from app import workdays
from app.models.dossiers import Dossier, Outcome, Procedure
from app.periods import Period
from app.reports import figures
from app.reports.assembling import scope_of
from app.reports.catalogue import CATALOGUE
from app.reports.figures import Count
from app.workdays import Calendar

ALL, PENDING, SOON, OVERDUE, NOT_DIGITISED = "all", "pending", "soon", "overdue", "not_digitised"
AFTER = "after"
SOON_DAYS = 3
_FIGURES = {ALL: "dossiers.total", PENDING: "dossiers.pending", NOT_DIGITISED: "dossiers.not_digitised"}


@dataclass(frozen=True)
class ChipNumber:
    """How many dossiers a chip shows, and in how many rows."""

    dossiers: int
    rows: int


@dataclass(frozen=True)
class Look:
    """What the list looks at: a period or every day (None), and under which day."""

    period: Period | None
    today: date
    calendar: Calendar

    @property
    def cut_off(self) -> date | None:
        """From the day after the cut-off to the day the report is due, what comes in lies outside the period."""
        period = self.period
        return period.end if period is not None and period.end < self.today <= period.due_on else None


def condition(connection: Connection, chip: str, look: Look) -> ColumnElement[bool]:
    """What a dossier must meet to be shown under a chip."""
    if look.period is None or chip not in _FIGURES:
        return _by_row(chip, look)
    return Dossier.id.in_(select(_rows(connection, chip, look.period).c.id))


def newest_condition(connection: Connection, chip: str, period: Period) -> ColumnElement[bool]:
    """The same, asked of each row in turn: quick for the newest rows of a list by day, where most meet it."""
    rows = _rows(connection, chip, period)
    return select(rows.c.id).where(rows.c.id == Dossier.id).exists()


def _rows(connection: Connection, chip: str, period: Period) -> Subquery:
    """The rows of the figure of a chip."""
    found: Subquery = figures.select_rows(connection, scope_of(connection, period), _figure(chip)).subquery()
    return found


def numbers(connection: Connection, look: Look, among: Sequence[ColumnElement[bool]]) -> Mapping[str, ChipNumber]:
    """The number of every chip, of the dossiers that meet `among` (search, field)."""
    found: dict[str, ChipNumber] = {}
    if look.period is not None:
        found |= _of_period(connection, look.period, among)
    rest = [chip for chip in (ALL, PENDING, SOON, OVERDUE, NOT_DIGITISED, AFTER) if chip not in found]
    if look.period is None:  # these look at every dossier there is, a search at every one for each chip
        found |= _in_one_pass(connection, look, rest if among else (ALL, NOT_DIGITISED), among)
    for chip in rest:
        if chip in found:
            continue
        query = select(func.coalesce(func.sum(Dossier.quantity), 0), func.count(Dossier.id))
        found[chip] = ChipNumber(*connection.execute(query.where(_by_row(chip, look), *among)).one())
    return found


def _in_one_pass(
    connection: Connection, look: Look, chips: Sequence[str], among: Sequence[ColumnElement[bool]]
) -> Mapping[str, ChipNumber]:
    """Every dossier is looked at once: a search through all days."""
    wheres = [_by_row(chip, look) for chip in chips]
    sums = [func.coalesce(func.sum(Dossier.quantity).filter(where), 0) for where in wheres]
    counts = [func.count(Dossier.id).filter(where) for where in wheres]
    row = connection.execute(select(*sums, *counts).where(*among)).one()
    return {chip: ChipNumber(row[place], row[len(chips) + place]) for place, chip in enumerate(chips)}


def _of_period(
    connection: Connection, period: Period, among: Sequence[ColumnElement[bool]]
) -> Mapping[str, ChipNumber]:
    """The figures of a period, all in one pass over their basis."""
    scope = scope_of(connection, period)
    basis = _figure(ALL).basis.build(scope)
    wheres = [_figure(chip).where(basis.c, scope) for chip in _FIGURES]
    sums = [func.coalesce(func.sum(basis.c.measure).filter(where), 0) for where in wheres]
    counts = [func.count().filter(where) for where in wheres]
    query: Select[Any] = select(*sums, *counts).select_from(basis)
    if among:
        query = query.join(Dossier, Dossier.id == basis.c.id).where(*among)
    row = connection.execute(query).one()
    half = len(_FIGURES)
    return {chip: ChipNumber(row[place], row[half + place]) for place, chip in enumerate(_FIGURES)}


_OF_PROCEDURE = tuple(
    f"dossiers.{name}"
    for name in (
        *("total", "carried_over", "resolved", "early", "on_time", "late"),
        *("returned", "withdrawn", "stopped", "pending", "pending_overdue"),
    )
)


def of_one_procedure(connection: Connection, period: Period, procedure_id: int) -> Mapping[str, int]:
    """The figures of a period for the dossiers of one procedure, by their name without its family."""
    scope = scope_of(connection, period)
    counts = [figure for name in _OF_PROCEDURE if isinstance(figure := CATALOGUE[name], Count)]
    basis = counts[0].basis.build(scope)
    sums = [func.coalesce(func.sum(basis.c.measure).filter(each.where(basis.c, scope)), 0) for each in counts]
    row = connection.execute(select(*sums).where(basis.c.key == procedure_id)).one()
    return {each.name.removeprefix("dossiers."): int(number) for each, number in zip(counts, row, strict=True)}


def _by_row(chip: str, look: Look) -> ColumnElement[bool]:
    """What the row itself says, now."""
    match chip:
        case "soon":
            last = workdays.add_workdays(look.today, SOON_DAYS, look.calendar)
            return and_(_unfinished(), Dossier.due_on >= look.today, Dossier.due_on <= last)
        case "after":
            return false() if look.cut_off is None else Dossier.received_on > look.cut_off
        case "overdue":
            return is_overdue(look.today)
        case "pending":
            return _unfinished()
        case "not_digitised":
            counted = or_(Dossier.outcome.is_(None), Dossier.outcome != Outcome.REJECTED)
            return and_(counted, Dossier.papers_digitised_on.is_(None))
        case _:
            return true()


def _figure(chip: str) -> Count:
    figure = CATALOGUE[_FIGURES[chip]]
    assert isinstance(figure, Count)
    return figure


def _unfinished() -> ColumnElement[bool]:
    return Dossier.finished_on.is_(None)


def is_overdue(today: date) -> ColumnElement[bool]:
    """Not finished and due before today."""
    return and_(_unfinished(), Dossier.due_on < today)


def of_field(field_id: int) -> ColumnElement[bool]:
    """Dossiers of the procedures of one field."""
    return Dossier.procedure_id.in_(select(Procedure.id).where(Procedure.field_id == field_id))


def of_procedure(procedure_id: int) -> ColumnElement[bool]:
    """Dossiers of one procedure."""
    return Dossier.procedure_id == procedure_id


def received_on(day: date) -> ColumnElement[bool]:
    """Dossiers received on a day; a rejected one was never received."""
    return and_(Dossier.received_on == day, or_(Dossier.outcome.is_(None), Dossier.outcome != Outcome.REJECTED))


def overdue(connection: Connection, today: date) -> int:
    """How many dossiers are overdue today."""
    query = select(func.coalesce(func.sum(Dossier.quantity), 0)).where(is_overdue(today))
    return int(connection.execute(query).scalar_one())
