"""Số dư đầu: what was there before the books were opened, so that an office that starts in May has a right report.

The last number of each series and the cumulative budget up to the day before; pending dossiers come by import.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection, func, select

from app import formats
from app.models.budget import BudgetKind
from app.models.database import Work
from app.models.documents import Document, PlanTask
from app.models.dossiers import Dossier
from app.periods import Period
from app.problems import Problem, Problems
from app.registers import budget, budget_lines, documents, office
from app.registers.description import Field
from app.registers.kinds import KindName

# The types that most communes number, as they are asked for first.
USUAL_TYPES = ("QĐ", "KH", "BC", "TTr", "TB", "CV", "GM", "CT", "CTr", "GGT")

NumberKey = tuple[str, int]
"""Issuer and type of a series."""


OPENED_ON = Field(
    None,
    "Ngày mở sổ",
    "Số dư đầu tính đến hết ngày trước ngày này.",
    key="opened_on",
    kind=KindName.DATE,
    required=True,
    past_only=True,
)


@dataclass(frozen=True)
class OpeningLine:
    """A leaf line of the budget with its opening balance; without id it is a usual line that is not there yet."""

    id: int | None
    kind: BudgetKind
    name: str
    amount: int | None

    @property
    def key(self) -> str:
        """By which a value is handed back."""
        return f"{self.kind}:{self.name}"


@dataclass(frozen=True)
class Opening:
    """What has been noted so far for the year of a day."""

    opened_on: date
    issuers: tuple[str, ...]
    last_numbers: Mapping[NumberKey, int]
    lines: tuple[OpeningLine, ...]


@dataclass(frozen=True)
class LeftOut:
    """What a report does not count of the days before the books were opened; `register` is where the first belongs."""

    sentence: str
    register: str


def field_of_number(key: NumberKey) -> str:
    """The field of a last number, in which a Problem is named."""
    return f"number:{key[0]}:{key[1]}"


def opened_on(connection: Connection, today: date) -> date:
    """The day the books were opened; today until it was said."""
    kept = office.setting(connection, office.OPENED_ON)
    return date.fromisoformat(kept) if kept else today


def counted_until(opened: date) -> date | None:
    """The last day that the opening balances of the budget count; none when the books open on 01/01."""
    before = opened - timedelta(days=1)
    return before if before.year == opened.year else None


def read(connection: Connection, opened: date) -> Opening:
    """What is noted for the year of a day; where it has no lines yet, the usual ones."""
    return Opening(
        opened,
        office.issuers_of(office.office_on(connection, opened)),
        documents.openings(connection, opened.year),
        tuple(_lines(connection, opened.year)),
    )


def pending_before(connection: Connection, opened: date) -> int:
    """How many dossiers stand in the books that were received before they were opened and are not finished."""
    query = select(func.coalesce(func.sum(Dossier.quantity), 0)).where(
        Dossier.received_on < opened, Dossier.finished_on.is_(None)
    )
    return int(connection.execute(query).scalar_one())


def left_out(connection: Connection, period: Period) -> LeftOut | None:
    """What happened in a period before the books were opened and stands in no register: no balance counts it.

    Nothing is said of what has rows of those days, nor before the day of opening is noted.
    """
    start, last = period.start, min(opened_on(connection, period.start) - timedelta(days=1), period.end)
    if start > last:
        return None
    issued = Document.dated_on.between(start, last)
    counted = {
        "dossiers": ("hồ sơ đã giải quyết", select(Dossier.id).where(Dossier.finished_on.between(start, last))),
        "documents": ("văn bản đi", select(Document.id).where(issued)),
        "plans": (
            "nhiệm vụ kế hoạch",
            select(PlanTask.id).join(Document, Document.id == PlanTask.document_id).where(issued),
        ),
    }
    missing = {
        register: words
        for register, (words, query) in counted.items()
        if connection.execute(query.limit(1)).first() is None
    }
    if not missing:
        return None
    days = f"từ {formats.format_prose_date(start)} đến {formats.format_prose_date(last)}"
    names = ", ".join(missing.values())
    return LeftOut(f"Chưa nhập {names} {days}, trước ngày mở sổ: báo cáo chưa tính", next(iter(missing)))


def _lines(connection: Connection, year: int) -> list[OpeningLine]:
    amounts = budget.openings(connection, year)
    found = [
        OpeningLine(line.id, kind, line.name, amounts.get(line.id))
        for kind in BudgetKind
        for line in budget_lines.tree(connection, year, kind, date(year, 12, 31))
        if line.is_leaf
    ]
    return found or [OpeningLine(None, line.kind, line.name, None) for line in budget_lines.standard_lines()]


def save(
    work: Work, opened: date, last_numbers: Mapping[NumberKey, int | None], amounts: Mapping[str, int | None]
) -> None:
    """Notes the opening balances of a day: last numbers by series, cumulative amounts by `OpeningLine.key`.

    Nothing typed means nothing was there. The usual lines are made when one of them gets an amount. Raises Problems:
    a last number that the register has passed, each at its field.
    """
    before = read(work.connection, opened)
    office.set_setting(work, office.OPENED_ON, opened.isoformat())
    faults = []
    for key, last in last_numbers.items():
        if (last or 0) == before.last_numbers.get(key, 0):
            continue
        try:
            documents.set_opening(work, *key, opened.year, last or 0)
        except Problem as problem:
            faults.append(Problem(problem.sentence, field=field_of_number(key)))
    if faults:
        raise Problems(faults)
    until = counted_until(opened)
    if until is None:
        return
    lines = before.lines
    if any(amounts.get(line.key) for line in lines) and all(line.id is None for line in lines):
        budget_lines.add_standard_lines(work, opened.year)
        lines = tuple(_lines(work.connection, opened.year))
    for line in lines:
        amount = amounts.get(line.key)
        if line.id is not None and (amount is not None or line.amount is not None):
            budget.set_opening(work, line.id, until, amount or 0)
