"""The amounts of a budget: allocations by decisions, entries. Money in whole đồng.

Only leaves of the tree carry amounts. An entry once written changes by a counter-entry that names it, never by
overwriting.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, func, select

from app import formats
from app.models.budget import AllocationKind, BudgetAllocation, BudgetEntry, BudgetKind, BudgetLine
from app.models.database import Work, table_of
from app.problems import Problem
from app.registers.budget_lines import KINDS, line_id
from app.registers.description import Field, Register, Width
from app.registers.kinds import KindName, Option
from app.registers.saving import put, stored, taken

ALLOCATION_KINDS = (
    Option(AllocationKind.GIVEN, "Giao đầu năm", synonyms=("Giao",)),
    Option(AllocationKind.ADDED, "Bổ sung"),
    Option(AllocationKind.ADJUSTED, "Điều chỉnh"),
    Option(AllocationKind.WITHDRAWN, "Thu hồi", synonyms=("Giảm",)),
)

# How a file names the line of an amount; a form has chosen the line already.
_YEAR = Field(None, "Năm", "Năm ngân sách.", key="year", kind=KindName.YEAR, required=True, minimum=2000, in_form=False)
_KIND = Field(
    None, "Loại", "Thu hay chi.", key="kind", choices=KINDS, required=True, headings=("Thu/chi",), in_form=False
)
_LINE = Field(
    None,
    "Khoản",
    "Tên khoản như trong sheet Dòng.",
    key="line",
    kind=KindName.TEXT,
    required=True,
    headings=("Tên khoản", "Dòng", "Nội dung thu chi"),
    in_form=False,
)

ALLOCATION_FIELDS = (
    _YEAR,
    _KIND,
    _LINE,
    Field(
        BudgetAllocation.kind,
        "Hình thức giao",
        "Giao đầu năm, bổ sung, điều chỉnh hay thu hồi.",
        key="allocation_kind",
        choices=ALLOCATION_KINDS,
        headings=("Hình thức", "Loại dự toán"),
    ),
    Field(BudgetAllocation.decision, "Quyết định", "Số, ký hiệu của quyết định giao.", headings=("Số quyết định",)),
    Field(
        BudgetAllocation.decided_on,
        "Ngày quyết định",
        "Ngày ghi trên quyết định.",
        headings=("Ngày",),
        width=Width.HALF,
    ),
    Field(
        BudgetAllocation.amount,
        "Số tiền",
        "Số tiền giao, tính bằng đồng; điều chỉnh giảm ghi số âm.",
        headings=("Dự toán", "Số tiền (đồng)"),
        width=Width.HALF,
    ),
)

ENTRY_FIELDS = (
    _YEAR,
    _KIND,
    _LINE,
    Field(
        BudgetEntry.entry_on,
        "Ngày",
        "Ngày thu hoặc chi.",
        headings=("Ngày chứng từ", "Ngày hạch toán"),
        past_only=True,
        width=Width.HALF,
    ),
    Field(
        BudgetEntry.voucher,
        "Số chứng từ",
        "Số phiếu thu, phiếu chi; không bắt buộc.",
        headings=("Chứng từ", "Số CT"),
        width=Width.HALF,
    ),
    Field(BudgetEntry.text, "Nội dung", "Thu hoặc chi về việc gì.", headings=("Diễn giải",)),
    Field(
        BudgetEntry.payer, "Người nộp, người nhận", "Người nộp hoặc nhận tiền.", headings=("Người nộp", "Người nhận")
    ),
    Field(
        BudgetEntry.amount,
        "Số tiền",
        "Gõ 18,6tr, 1,2 tỷ hay đủ số; tính bằng đồng.",
        headings=("Số tiền (đồng)",),
        required=False,
        width=Width.HALF,
    ),
    Field(
        BudgetEntry.cumulative,
        "Hoặc lũy kế đến ngày này",
        "Tổng của khoản từ 01/01 đến ngày này; sổ ghi phần chênh lệch.",
        headings=("Lũy kế", "Lũy kế đến ngày"),
        minimum=0,
        width=Width.HALF,
    ),
    Field(
        BudgetEntry.reason,
        "Lý do",
        "Vì sao vượt dự toán, hoặc vì sao điều chỉnh. Không vượt thì để trống.",
        headings=("Lý do vượt dự toán", "Lý do vượt", "Lý do điều chỉnh"),
    ),
)


def save_allocation(work: Work, row_id: int | None, values: Mapping[str, Any]) -> int:
    """Writes an allocation; what `values` leave out stays; a withdrawn amount is kept negative.

    Raises Problem for a line that has lines below it, and an amount whose sign its kind does not allow.
    """
    before = stored(work, BudgetAllocation, row_id)
    values = _on_line(work, before, values)
    if "allocation_kind" in values:
        values["kind"] = values.pop("allocation_kind")
    merged = before | values
    if merged["amount"] == 0:
        raise Problem("Số tiền phải khác 0", field="amount")
    if merged["amount"] < 0 and merged["kind"] in (AllocationKind.GIVEN, AllocationKind.ADDED):
        raise Problem("Chỉ điều chỉnh hoặc thu hồi mới ghi số âm", field="amount")
    if merged["kind"] == AllocationKind.WITHDRAWN:
        values["amount"] = -abs(merged["amount"])
    return put(work, BudgetAllocation, row_id, values)


def remove_allocation(work: Work, row_id: int) -> str:
    """Takes away an allocation entered by mistake; returns its name."""
    decision = work.row(BudgetAllocation, row_id)["decision"]
    work.delete(BudgetAllocation, row_id)
    return f"quyết định giao “{decision}”"


def save_entry(work: Work, row_id: int | None, values: Mapping[str, Any]) -> int:
    """Writes an entry, either its amount or the line's cumulative amount up to its day (the difference is booked).

    Raises Problem for a line with lines below it, a day outside the line's year, neither or both amounts, and chi over
    what is allocated without a reason. Line, day and amount once written change by `counter` only.
    """
    before = stored(work, BudgetEntry, row_id)
    values = _on_line(work, before, values)
    if row_id is not None:
        for key in ("amount", "cumulative"):  # left empty: as before
            if values.get(key) is None:
                values.pop(key, None)
        if any(values.get(key, before[key]) != before[key] for key in ("line_id", "entry_on", "amount", "cumulative")):
            raise Problem("Bút toán đã ghi chỉ sửa bằng bút toán điều chỉnh", field="amount")
        return put(work, BudgetEntry, row_id, values)
    line = work.row(BudgetLine, values["line_id"])
    _check_year(line, values["entry_on"])
    amount, cumulative = values.get("amount"), values.get("cumulative")
    if (amount is None) == (cumulative is None):
        raise Problem("Ghi số tiền, hoặc lũy kế đến ngày này", field="amount")
    if amount is None:
        assert cumulative is not None
        values["amount"] = cumulative - done(work.connection, line["id"], values["entry_on"])
        values["text"] = values.get("text") or f"Lũy kế đến ngày {formats.format_prose_date(values['entry_on'])}"
    _check_allocation(work.connection, line, values)
    return put(work, BudgetEntry, None, values)


def _check_year(line: Mapping[str, Any], day: date) -> None:
    if day.year != line["year"]:
        raise Problem(f"Ngày này không thuộc năm ngân sách {line['year']}", field="entry_on")


def counter(work: Work, entry_id: int, on_date: date, reason: str) -> int:
    """Takes an entry back by a counter-entry that names it.

    Raises Problem when that was done already, and for a day before the entry, to come or of another year.
    """
    entry = work.row(BudgetEntry, entry_id)
    if taken(work, BudgetEntry, None, BudgetEntry.corrects_id == entry_id):
        raise Problem("Bút toán này đã được điều chỉnh")
    if not reason:
        raise Problem("Cần ghi lý do", field="reason")
    _check_year(work.row(BudgetLine, entry["line_id"]), on_date)
    if on_date < entry["entry_on"]:
        raise Problem("Ngày điều chỉnh trước ngày của bút toán", field="entry_on")
    if on_date > work.clock.today():
        raise Problem("Ngày điều chỉnh sau hôm nay", field="entry_on")
    return work.insert(
        BudgetEntry,
        line_id=entry["line_id"],
        entry_on=on_date,
        voucher=entry["voucher"],
        payer=entry["payer"],
        text=f"Điều chỉnh: {entry['text']}"[:300],
        amount=-entry["amount"],
        corrects_id=entry_id,
        reason=reason,
    )


def set_opening(work: Work, line: int, on_date: date, amount: int) -> None:
    """Sets the opening balance of a line: what was done from 01/01 to a day, before the books were opened."""
    _check_leaf(work, line)
    _check_year(work.row(BudgetLine, line), on_date)
    query = select(BudgetEntry.id).where(BudgetEntry.line_id == line, BudgetEntry.is_opening.is_(True))
    row_id = work.connection.execute(query).scalar()
    if row_id is None and amount:
        work.insert(BudgetEntry, line_id=line, entry_on=on_date, text="Số dư đầu", amount=amount, is_opening=True)
    elif row_id is not None:
        work.update(BudgetEntry, row_id, entry_on=on_date, amount=amount)


def _on_line(work: Work, before: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """The values with the id of their line, found by year, kind and name where a file names it so."""
    values = dict(values)
    if "line_id" not in values and "line" in values:
        year, kind, name = values.pop("year"), values.pop("kind"), values.pop("line")
        values["line_id"] = line_id(work.connection, year, kind, name)
    _check_leaf(work, values.get("line_id", before.get("line_id")))
    return values


def _check_leaf(work: Work, line: int | None) -> None:
    assert line is not None
    if taken(work, BudgetLine, None, BudgetLine.parent_id == line):
        raise Problem("Khoản này có khoản nhỏ. Ghi tiền vào khoản nhỏ", field="line")


def _check_allocation(connection: Connection, line: Mapping[str, Any], values: Mapping[str, Any]) -> None:
    over = excess(connection, line["id"], values["amount"])
    if over and not values.get("reason"):
        raise Problem(f"Vượt dự toán {formats.format_money(over)} đồng. Ghi lý do để lưu", field="reason")


def _read_allocation() -> Select[Any]:
    columns = [column for column in table_of(BudgetAllocation).columns if column.name != "kind"]
    line = (BudgetLine.year, BudgetLine.kind, BudgetLine.name.label("line"))
    return select(*columns, BudgetAllocation.kind.label("allocation_kind"), *line).join(
        BudgetLine, BudgetLine.id == BudgetAllocation.line_id
    )


def _read_entry() -> Select[Any]:
    line = (BudgetLine.year, BudgetLine.kind, BudgetLine.name.label("line"))
    return select(table_of(BudgetEntry), *line).join(BudgetLine, BudgetLine.id == BudgetEntry.line_id)


_AMOUNT_INTERNAL = frozenset({"id", "line_id", "source_group_id", "source_row", "import_key"})

ALLOCATIONS = Register(
    "allocations",
    "Dự toán",
    "quyết định giao",
    BudgetAllocation,
    ALLOCATION_FIELDS,
    _AMOUNT_INTERNAL,
    save_allocation,
    remove_allocation,
    read=_read_allocation,
)
ENTRIES = Register(
    "entries",
    "Bút toán",
    "bút toán",
    BudgetEntry,
    ENTRY_FIELDS,
    _AMOUNT_INTERNAL | {"is_opening", "corrects_id"},
    save_entry,
    read=_read_entry,
)


def done(connection: Connection, line: int, until: date | None = None) -> int:
    """What a line has done up to a day (all of its year without one), đồng."""
    query = select(func.coalesce(func.sum(BudgetEntry.amount), 0)).where(BudgetEntry.line_id == line)
    if until is not None:
        query = query.where(BudgetEntry.entry_on <= until)
    return int(connection.execute(query).scalar_one())


def allocated(connection: Connection, line: int, until: date | None = None) -> int:
    """What a line was allocated up to a day, đồng."""
    query = select(func.coalesce(func.sum(BudgetAllocation.amount), 0)).where(BudgetAllocation.line_id == line)
    if until is not None:
        query = query.where(BudgetAllocation.decided_on <= until)
    return int(connection.execute(query).scalar_one())


def excess(connection: Connection, line: int, amount: int) -> int:
    """By how much chi of that amount would go over what the line is allocated; 0 where it does not, and for thu."""
    kind = connection.execute(select(BudgetLine.kind).where(BudgetLine.id == line)).scalar_one()
    if kind != BudgetKind.EXPENDITURE or amount <= 0:
        return 0
    return max(done(connection, line) + amount - allocated(connection, line), 0)


def entries_of(connection: Connection, line: int) -> Sequence[Mapping[str, Any]]:
    """The entries of a line by day, then by entry."""
    table = table_of(BudgetEntry)
    query = select(table).where(table.c.line_id == line).order_by(table.c.entry_on, table.c.id)
    return [dict(row) for row in connection.execute(query).mappings()]


def openings(connection: Connection, year: int) -> dict[int, int]:
    """The opening balances of a year by line, đồng."""
    query = (
        select(BudgetEntry.line_id, BudgetEntry.amount)
        .join(BudgetLine, BudgetLine.id == BudgetEntry.line_id)
        .where(BudgetLine.year == year, BudgetEntry.is_opening.is_(True))
    )
    return {row.line_id: row.amount for row in connection.execute(query)}
