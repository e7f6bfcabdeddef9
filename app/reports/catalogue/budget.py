"""Figures of the budget of the period's year, in whole đồng: allocated by decisions up to the cut-off, done from 01/01.

The dimension is the leaf line; the investment plan is a subset of expenditure, entered once.
"""

from collections.abc import Callable, Iterable, Mapping

from sqlalchemy import ColumnElement, Connection, Select, Subquery, select

from app.models.budget import BudgetAllocation, BudgetEntry, BudgetKind, BudgetLine
from app.reports.figures import Basis, Columns, Count, Figure, Predicate, Ratio, Scope, Sum


def _allocations(kind: BudgetKind) -> Callable[[Scope], Subquery]:
    def build(scope: Scope) -> Subquery:
        return (
            select(
                BudgetAllocation.id,
                BudgetAllocation.amount.label("measure"),
                BudgetAllocation.line_id.label("key"),
                BudgetLine.is_investment,
            )
            .join(BudgetLine, BudgetLine.id == BudgetAllocation.line_id)
            .where(
                BudgetLine.year == scope.period.budget_start.year,
                BudgetLine.kind == kind,
                BudgetAllocation.decided_on <= scope.period.end,
            )
            .subquery("allocations")
        )

    return build


def _entries(kind: BudgetKind) -> Callable[[Scope], Subquery]:
    def build(scope: Scope) -> Subquery:
        return (
            select(
                BudgetEntry.id,
                BudgetEntry.amount.label("measure"),
                BudgetEntry.line_id.label("key"),
                BudgetLine.is_investment,
            )
            .join(BudgetLine, BudgetLine.id == BudgetEntry.line_id)
            .where(
                BudgetLine.year == scope.period.budget_start.year,
                BudgetLine.kind == kind,
                BudgetEntry.entry_on >= scope.period.budget_start,
                BudgetEntry.entry_on <= scope.period.end,
            )
            .subquery("entries")
        )

    return build


def _select_lines(kind: BudgetKind, scope: Scope) -> Select[int, str]:
    return (
        select(BudgetLine.id, BudgetLine.name)
        .where(BudgetLine.year == scope.period.budget_start.year, BudgetLine.kind == kind)
        .order_by(BudgetLine.position, BudgetLine.id)
    )


def _lines(kind: BudgetKind) -> Callable[[Connection, Scope], Mapping[int, str]]:
    return lambda connection, scope: dict(connection.execute(_select_lines(kind, scope)).all())


def _leaves(kind: BudgetKind) -> Callable[[Connection, Scope], Iterable[str]]:
    """The lines without lines below them: shown even while they have no amount."""
    parents = select(BudgetLine.parent_id).where(BudgetLine.parent_id.is_not(None))
    return lambda connection, scope: [
        row.name for row in connection.execute(_select_lines(kind, scope).where(BudgetLine.id.not_in(parents)))
    ]


def _all(row: Columns, _: Scope) -> ColumnElement[bool]:
    return row["id"].is_not(None)


def _investment(row: Columns, _: Scope) -> ColumnElement[bool]:
    return row["is_investment"].is_(True)


def _bases(kind: BudgetKind) -> tuple[Basis, Basis]:
    fold, always = _lines(kind), _leaves(kind)
    return (
        Basis("allocations", kind, "đồng", _allocations(kind), fold, always),
        Basis("entries", kind, "đồng", _entries(kind), fold, always),
    )


REVENUE = _bases(BudgetKind.REVENUE)
EXPENDITURE = _bases(BudgetKind.EXPENDITURE)


def _progress(
    name: str, bases: tuple[Basis, Basis], allocated: str, done: str, where: Predicate, by_line: bool
) -> tuple[Figure, ...]:
    """What was allocated, what is done, and the percentage of one part of the budget."""
    return (
        Count(f"budget.{name}.allocated", allocated, bases[0], where, by_line),
        Count(f"budget.{name}.done", done, bases[1], where, by_line),
        Ratio(
            f"budget.{name}.percent",
            f"{done} chia cho {allocated[0].lower()}{allocated[1:]}",
            (f"budget.{name}.done",),
            f"budget.{name}.allocated",
            by_line,
        ),
    )


FIGURES: tuple[Figure, ...] = (
    *_progress("revenue", REVENUE, "Dự toán thu được giao đến ngày chốt", "Thu từ 01/01 đến ngày chốt", _all, True),
    *_progress(
        "expenditure", EXPENDITURE, "Dự toán chi được giao đến ngày chốt", "Chi từ 01/01 đến ngày chốt", _all, True
    ),
    *_progress(
        "investment",
        EXPENDITURE,
        "Kế hoạch đầu tư công được giao đến ngày chốt",
        "Giải ngân đầu tư công từ 01/01 đến ngày chốt",
        _investment,
        False,
    ),
    Sum(
        "budget.balance",
        "Thu trừ chi đã thực hiện",
        "đồng",
        ((1, "budget.revenue.done"), (-1, "budget.expenditure.done")),
        by_dimension=False,
    ),
)
