"""The lines of a year's budget: the tree of thu and chi, what it adds up to, the usual lines of a commune."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, func, select

from app import places, vietnamese
from app.models.budget import BudgetAllocation, BudgetEntry, BudgetKind, BudgetLine
from app.models.database import Work, table_of
from app.problems import Problem
from app.registers.description import Field, Register, Width
from app.registers.kinds import KindName, Option
from app.registers.saving import put, stored, taken

KINDS = (
    Option(BudgetKind.REVENUE, "Thu", synonyms=("Thu ngân sách",)),
    Option(BudgetKind.EXPENDITURE, "Chi", synonyms=("Chi ngân sách",)),
)
FIELDS = (
    Field(
        BudgetLine.year,
        "Năm",
        "Năm ngân sách, từ 01/01 đến 31/12.",
        kind=KindName.YEAR,
        minimum=2000,
        width=Width.HALF,
        in_form=False,
    ),
    Field(
        BudgetLine.kind,
        "Loại",
        "Thu hay chi; đầu tư công là một phần của chi.",
        choices=KINDS,
        headings=("Thu/chi",),
        in_form=False,
    ),
    Field(BudgetLine.name, "Khoản", "Tên khoản thu hoặc chi.", headings=("Tên khoản", "Dòng", "Chỉ tiêu")),
    Field(
        None,
        "Thuộc khoản",
        "Khoản cấp trên; để trống nếu là khoản lớn.",
        key="parent",
        kind=KindName.TEXT,
        headings=("Khoản cấp trên",),
        in_form=False,
    ),
    Field(
        BudgetLine.is_investment,
        "Thuộc kế hoạch đầu tư công",
        "Đánh dấu khoản chi nằm trong kế hoạch đầu tư công; số tiền chỉ ghi một lần.",
        headings=("Đầu tư công",),
    ),
    Field(BudgetLine.project, "Dự án", "Tên dự án đầu tư, nếu khoản này là đầu tư công.", headings=("Công trình",)),
)


def save_line(work: Work, row_id: int | None, values: Mapping[str, Any]) -> int:
    """Writes a line of the tree; what `values` leave out stays. A line below an investment is one too.

    Raises Problem for a name taken, a parent with amounts of its own or below this line, an investment among thu.
    """
    values = dict(values)
    before = stored(work, BudgetLine, row_id)
    parent = values.pop("parent", None)
    merged = before | values
    if parent:
        merged["parent_id"] = values["parent_id"] = line_id(work.connection, merged["year"], merged["kind"], parent)
    if merged.get("parent_id") is not None and _is_investment(work.connection, merged["parent_id"]):
        merged["is_investment"] = values["is_investment"] = True
    _check_line(work, row_id, merged)
    values["name_key"] = vietnamese.key(merged["name"])
    if row_id is None:
        last = select(func.coalesce(func.max(BudgetLine.position), 0)).where(BudgetLine.year == merged["year"])
        values.setdefault("position", work.connection.execute(last).scalar_one() + 1)
    row_id = put(work, BudgetLine, row_id, values)
    if merged.get("is_investment") or before.get("is_investment"):
        for child in _below(work.connection, row_id):
            work.update(BudgetLine, child, is_investment=bool(merged["is_investment"]))
    return row_id


def remove_line(work: Work, line: int) -> str:
    """Takes away a line entered by mistake; returns its name.

    Raises Problem for one that has lines below it, entries or allocations.
    """
    name = f"khoản “{work.row(BudgetLine, line)['name']}”"
    if taken(work, BudgetLine, None, BudgetLine.parent_id == line):
        raise Problem(f"Chưa xóa được {name}: còn khoản nhỏ", next_step="Xóa các khoản nhỏ của nó trước.")
    if taken(work, BudgetEntry, None, BudgetEntry.line_id == line):
        raise Problem(f"Không xóa được {name}: đã có bút toán", next_step="Ghi nhầm tên khoản thì sửa tên.")
    if taken(work, BudgetAllocation, None, BudgetAllocation.line_id == line):
        raise Problem(f"Chưa xóa được {name}: còn quyết định giao", next_step="Xóa quyết định ghi nhầm trước.")
    work.delete(BudgetLine, line)
    return name


def _check_line(work: Work, row_id: int | None, line: Mapping[str, Any]) -> None:
    if line.get("is_investment") and line["kind"] != BudgetKind.EXPENDITURE:
        raise Problem("Chỉ khoản chi mới thuộc kế hoạch đầu tư công", field="is_investment")
    same_side = (BudgetLine.year == line["year"], BudgetLine.kind == line["kind"])
    if taken(work, BudgetLine, row_id, *same_side, BudgetLine.name_key == vietnamese.key(line["name"])):
        raise Problem(f"Đã có khoản “{line['name']}” trong năm này", field="name")
    parent = line.get("parent_id")
    if parent is None:
        return
    if row_id is not None and parent in (row_id, *_below(work.connection, row_id)):
        raise Problem("Khoản cấp trên không được là chính khoản này hay khoản nhỏ của nó", field="parent")
    if _has_amounts(work.connection, parent):
        raise Problem("Khoản cấp trên đã có số tiền riêng nên không chia nhỏ được", field="parent")


def _is_investment(connection: Connection, line: int) -> bool:
    return bool(connection.execute(select(BudgetLine.is_investment).where(BudgetLine.id == line)).scalar_one())


def _below(connection: Connection, line: int) -> list[int]:
    """All lines below a line."""
    children = connection.execute(select(BudgetLine.id).where(BudgetLine.parent_id == line)).scalars().all()
    return [found for child in children for found in (child, *_below(connection, child))]


def _has_amounts(connection: Connection, line: int) -> bool:
    entries = select(BudgetEntry.id).where(BudgetEntry.line_id == line).limit(1)
    allocations = select(BudgetAllocation.id).where(BudgetAllocation.line_id == line).limit(1)
    return any(connection.execute(query).first() for query in (entries, allocations))


def _read_line() -> Select[Any]:
    parent = table_of(BudgetLine).alias("parent")
    return select(table_of(BudgetLine), parent.c.name.label("parent")).outerjoin(
        parent, parent.c.id == BudgetLine.parent_id
    )


LINES = Register(
    "budget_lines",
    "Dòng",
    "khoản",
    BudgetLine,
    FIELDS,
    frozenset({"id", "parent_id", "position", "name_key", "source_group_id", "source_row", "import_key"}),
    save_line,
    remove_line,
    read=_read_line,
)


def line_id(connection: Connection, year: int, kind: str, name: str) -> int:
    """A line by its year, kind and name. Raises Problem when there is none."""
    query = select(BudgetLine.id).where(
        BudgetLine.year == year, BudgetLine.kind == kind, BudgetLine.name_key == vietnamese.key(name)
    )
    found = connection.execute(query).scalar_one_or_none()
    if found is None:
        raise Problem(f"Không có khoản “{name}” trong năm {year}", field="line")
    return int(found)


@dataclass(frozen=True)
class LineProgress:
    """A line of the tree with what it and the lines below it were allocated and have done, đồng."""

    id: int
    name: str
    depth: int
    is_leaf: bool
    is_investment: bool
    allocated: int
    done: int


def tree(connection: Connection, year: int, kind: BudgetKind, until: date) -> list[LineProgress]:
    """The lines of one side in reading order, parents before their children, with sums up to a day."""
    lines = connection.execute(
        select(BudgetLine.id, BudgetLine.parent_id, BudgetLine.name, BudgetLine.is_investment)
        .where(BudgetLine.year == year, BudgetLine.kind == kind)
        .order_by(BudgetLine.position, BudgetLine.id)
    ).all()
    allocations = _sums(
        connection, BudgetAllocation.line_id, BudgetAllocation.amount, BudgetAllocation.decided_on, until
    )
    entries = _sums(connection, BudgetEntry.line_id, BudgetEntry.amount, BudgetEntry.entry_on, until)
    children: dict[int | None, list[Any]] = {}
    for line in lines:
        children.setdefault(line.parent_id, []).append(line)

    def walk(line: Any, depth: int) -> list[LineProgress]:
        below = [found for child in children.get(line.id, []) for found in walk(child, depth + 1)]
        direct = [found for found in below if found.depth == depth + 1]
        own = LineProgress(
            line.id,
            line.name,
            depth,
            not below,
            line.is_investment,
            allocations.get(line.id, 0) + sum(found.allocated for found in direct),
            entries.get(line.id, 0) + sum(found.done for found in direct),
        )
        return [own, *below]

    return [found for root in children.get(None, []) for found in walk(root, 0)]


def _sums(connection: Connection, key: Any, amount: Any, day: Any, until: date) -> dict[int, int]:
    query = select(key, func.sum(amount)).where(day <= until).group_by(key)
    return {line: int(total) for line, total in connection.execute(query)}


@dataclass(frozen=True)
class StandardLine:
    """A line that every commune's budget has."""

    kind: BudgetKind
    name: str
    is_investment: bool


def standard_lines() -> tuple[StandardLine, ...]:
    """The usual lines of a commune, from resources/, in reading order."""
    with places.resource("budget_lines.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            StandardLine(BudgetKind(row["kind"]), row["name"], row["is_investment"] == "1")
            for row in csv.DictReader(file)
        )


def add_standard_lines(work: Work, year: int) -> dict[str, int]:
    """Gives a year without lines the usual ones; returns their ids by name. Raises Problem for one that has lines."""
    if taken(work, BudgetLine, None, BudgetLine.year == year):
        raise Problem(f"Năm {year} đã có khoản thu, chi")
    return {
        line.name: save_line(
            work, None, {"year": year, "kind": line.kind, "name": line.name, "is_investment": line.is_investment}
        )
        for line in standard_lines()
    }


def years(connection: Connection) -> list[int]:
    """The years that have lines, the newest first."""
    query = select(BudgetLine.year).distinct().order_by(BudgetLine.year.desc())
    return list(connection.execute(query).scalars())
