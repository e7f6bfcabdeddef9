"""The budget of a year: a tree of lines, what was allocated to them, what was done. Money in whole đồng."""

from datetime import date
from enum import StrEnum

from sqlalchemy import BigInteger, Boolean, Date, ForeignKey, Index, String, UniqueConstraint

from app.models.base import Base, Imported, Mapped, mapped_column


class BudgetKind(StrEnum):
    """The two sides of a budget; investment is a subset of expenditure."""

    REVENUE = "revenue"
    EXPENDITURE = "expenditure"


class AllocationKind(StrEnum):
    """How an allocation came about; a withdrawn one is kept as a negative amount."""

    GIVEN = "given"
    ADDED = "added"
    ADJUSTED = "adjusted"
    WITHDRAWN = "withdrawn"


class BudgetLine(Imported, Base):
    """A line of thu or chi of one year; only leaves carry amounts."""

    __tablename__ = "budget_line"
    __table_args__ = (UniqueConstraint("year", "kind", "name_key"),)

    year: Mapped[int] = mapped_column(index=True)
    kind: Mapped[BudgetKind] = mapped_column(String(20))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("budget_line.id"))
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(200))
    name_key: Mapped[str] = mapped_column(String(200))
    is_investment: Mapped[bool] = mapped_column(Boolean, default=False)
    project: Mapped[str] = mapped_column(String(300), default="")


class BudgetAllocation(Imported, Base):
    """An amount given to a line by a decision."""

    __tablename__ = "budget_allocation"
    __table_args__ = (Index("ix_budget_allocation_line_id", "line_id", "decided_on"),)

    line_id: Mapped[int] = mapped_column(ForeignKey("budget_line.id"))
    kind: Mapped[AllocationKind] = mapped_column(String(20))
    decision: Mapped[str] = mapped_column(String(200))
    decided_on: Mapped[date] = mapped_column(Date)
    amount: Mapped[int] = mapped_column(BigInteger)


class BudgetEntry(Imported, Base):
    """An amount collected or spent on a day; a counter-entry names the entry it corrects."""

    __tablename__ = "budget_entry"
    __table_args__ = (Index("ix_budget_entry_line_id", "line_id", "entry_on"),)

    line_id: Mapped[int] = mapped_column(ForeignKey("budget_line.id"))
    entry_on: Mapped[date] = mapped_column(Date)
    voucher: Mapped[str] = mapped_column(String(40), default="")
    text: Mapped[str] = mapped_column(String(300), default="")
    payer: Mapped[str] = mapped_column(String(200), default="")
    amount: Mapped[int] = mapped_column(BigInteger)
    cumulative: Mapped[int | None] = mapped_column(BigInteger)
    is_opening: Mapped[bool] = mapped_column(Boolean, default=False)
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("budget_entry.id"))
    reason: Mapped[str] = mapped_column(String(300), default="")
