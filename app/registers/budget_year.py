"""A year of the budget as its screen asks for it: opened with the lines of the year before, its investment."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from app.models.budget import BudgetAllocation, BudgetEntry, BudgetKind, BudgetLine
from app.models.database import Work, table_of
from app.problems import Problem
from app.registers.budget import ALLOCATIONS
from app.registers.budget_lines import LineProgress, tree
from app.registers.lists import Listing

_ALL = 10_000


def copy_lines(work: Work, from_year: int, to_year: int) -> int:
    """Opens a year with the tree of another one, without amounts; returns how many lines it has.

    Raises Problem when the year has lines already or the other one has none.
    """
    lines = _lines_of(work.connection, from_year)
    if not lines:
        raise Problem(f"Năm {from_year} chưa có khoản nào để chép")
    if _lines_of(work.connection, to_year):
        raise Problem(f"Năm {to_year} đã có khoản thu, chi")
    copies: dict[int, int] = {}
    for line in _parents_first(lines):
        parent = line["parent_id"]
        copies[line["id"]] = work.insert(
            BudgetLine,
            year=to_year,
            parent_id=None if parent is None else copies[parent],
            **{key: line[key] for key in ("kind", "position", "name", "name_key", "is_investment", "project")},
        )
    return len(copies)


def _lines_of(connection: Connection, year: int) -> list[dict[str, Any]]:
    table = table_of(BudgetLine)
    query = select(table).where(table.c.year == year).order_by(table.c.position, table.c.id)
    return [dict(row) for row in connection.execute(query).mappings()]


def _parents_first(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A line may have been moved below one that was entered after it."""
    ordered: list[dict[str, Any]] = []
    level = [line for line in lines if line["parent_id"] is None]
    while level:
        ordered += level
        above = {line["id"] for line in level}
        level = [line for line in lines if line["parent_id"] in above]
    return ordered


def investment(connection: Connection, year: int, until: date) -> list[tuple[LineProgress, str]]:
    """The chi lines of the investment plan that carry amounts, each with its project."""
    query = select(BudgetLine.id, BudgetLine.project).where(BudgetLine.year == year)
    projects = dict(connection.execute(query).all())
    lines = tree(connection, year, BudgetKind.EXPENDITURE, until)
    return [(line, projects[line.id]) for line in lines if line.is_investment and line.is_leaf]


def allocations_of(connection: Connection, line: int) -> list[dict[str, Any]]:
    """The allocations of a line by the day of their decision."""
    listing = Listing(ALLOCATIONS, (BudgetAllocation.line_id == line,), order=(("decided_on", False),))
    return listing.page(connection, 0, _ALL)


@dataclass(frozen=True)
class ParentChoice:
    """A line that may have lines below it."""

    id: int
    name: str
    depth: int


def possible_parents(connection: Connection, year: int, kind: BudgetKind, line: int | None) -> list[ParentChoice]:
    """The lines that `line` (None: a new one) may be put below: without amounts of their own, and not below it."""
    with_amounts = {
        row_id
        for column in (BudgetEntry.line_id, BudgetAllocation.line_id)
        for row_id in connection.execute(select(column).distinct()).scalars()
    }
    found: list[ParentChoice] = []
    barred: int | None = None  # depth of the line itself while walking through what lies below it
    for row in tree(connection, year, kind, date.max):
        if barred is not None and row.depth > barred:
            continue
        barred = row.depth if row.id == line else None
        if barred is None and row.id not in with_amounts:
            found.append(ParentChoice(row.id, row.name, row.depth))
    return found


def corrected(connection: Connection, line: int) -> frozenset[int]:
    """The entries of a line that a counter-entry has taken back."""
    query = select(BudgetEntry.corrects_id).where(BudgetEntry.line_id == line, BudgetEntry.corrects_id.is_not(None))
    return frozenset(row_id for row_id in connection.execute(query).scalars() if row_id is not None)
