"""What the panel of Ngân sách shows: a line being entered, the decisions of a line, a decision being entered."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget
from sqlalchemy import Connection

from app import formats
from app.models.budget import AllocationKind, BudgetKind
from app.models.database import Work
from app.problems import Problem
from app.registers import budget, budget_lines, budget_year, lists
from app.registers.budget import ALLOCATIONS
from app.registers.budget_lines import LINES, LineProgress
from app.registers.kinds import Context
from app.ui.cells import FixedRows, Number, Row, TwoLine
from app.ui.described import specs_of
from app.ui.entry_panel import Entry, Opened
from app.ui.form import FieldSpec, Form
from app.ui.matching import Choice
from app.ui.page import PanelSection
from app.ui.paged_model import Column
from app.ui.screens.budget_tree import INVESTMENT, Side
from app.ui.table import TableView
from app.ui.tokens import Size, Tone
from app.ui.widgets.buttons import Button, Kind
from app.ui.widgets.facts import Facts
from app.ui.widgets.labels import KeyHint
from app.ui.widgets.messages import Note

_LARGE = "Khoản này có khoản nhỏ: dự toán giao cho từng khoản nhỏ, khoản lớn cộng lại."
_NO_ALLOCATION = "Chưa có quyết định nào giao dự toán cho khoản này."


def line_entry(
    connection: Connection, today: date, side: Side, year: int, line: int | None, above: int | None
) -> Entry:
    """The form of a line (None: a new one, below `above`)."""
    values: dict[str, Any] = {"parent_id": above, "is_investment": side is INVESTMENT}
    if line is not None:
        values = lists.row(connection, LINES, line)
    context = Context(today, {})
    parents = budget_year.possible_parents(connection, year, side.kind, line)
    described = specs_of((LINES.by_key[key] for key in ("name", "is_investment", "project")), lambda: context)
    name, *investment = described
    specs = [name, _parent_spec(parents), *(investment if side.kind is BudgetKind.EXPENDITURE else ())]

    def save(work: Work, row_id: int | None, typed: Mapping[str, Any]) -> int:
        return budget_lines.save_line(work, row_id, {"year": year, "kind": side.kind, **typed})

    return Entry(
        title="Khoản mới" if line is None else "Sửa khoản",
        detail=f"{'thu' if side.kind is BudgetKind.REVENUE else 'chi'} năm {year}",
        specs=specs,
        values=values,
        save=save,
        words="Lập khoản ngân sách" if line is None else "Sửa khoản ngân sách",
        told=lambda _id: "Đã lưu khoản",
        row_id=line,
        follow=_project_only_of_investment,
        remove=budget_lines.remove_line,
    )


def _parent_spec(parents: Sequence[budget_year.ParentChoice]) -> FieldSpec:
    known = {str(parent.id): parent.id for parent in parents}

    def parse(key: str) -> int | None:
        if not key.strip():
            return None
        if key not in known:
            raise Problem(f"Không có khoản “{key}” để đặt vào", field="parent_id")
        return known[key]

    parent = LINES.by_key["parent"]
    return FieldSpec(
        key="parent_id",
        label=parent.label,
        help=parent.help,
        hint="Để trống nếu là khoản lớn",
        parse=parse,
        format=str,
        kind="reference",
        choices=[Choice(str(each.id), each.name) for each in parents],
    )


def _project_only_of_investment(form: Form, _key: str) -> None:
    if "is_investment" in form.typed():
        form.set_shown("project", form.value("is_investment"))


def allocations(
    line: LineProgress, given: Sequence[Mapping[str, Any]], enter: Callable[[Mapping[str, Any] | None], None]
) -> Opened:
    """The decisions of a line, the earliest first, with their sum; Enter opens one to correct it or take it away."""
    sums = PanelSection(line=False)
    sums.content.addWidget(
        Facts(
            [
                ("Dự toán giao", f"{formats.format_money(line.allocated)} đồng"),
                ("Đã thực hiện", f"{formats.format_money(line.done)} đồng"),
            ]
        )
    )
    if not line.is_leaf or not given:
        sums.content.addWidget(Note(_NO_ALLOCATION if line.is_leaf else _LARGE, Tone.BLUE))
    parts: list[QWidget] = [sums]
    if given:
        parts.append(_list_of(given, enter))
    write = Button("Ghi quyết định", Kind.PRIMARY, icon="plus", keys="Ctrl+T")
    write.clicked.connect(lambda: enter(None))
    foot: list[QWidget] = [write] if line.is_leaf else []
    if given:
        foot.append(KeyHint("Enter", "sửa hoặc xóa"))
    return Opened("Quyết định giao dự toán", line.name, parts, foot)


def _list_of(given: Sequence[Mapping[str, Any]], enter: Callable[[Mapping[str, Any] | None], None]) -> TableView:
    columns = (Column("decision", "Quyết định", stretch=True), Column("amount", "Số tiền", 140, right=True))
    table = TableView(columns, row_height=Size.ROW_TWO_LINES)
    table.set_padding(Size.PANEL_PADDING)
    table.set_source(FixedRows([_allocation_row(each) for each in given]))
    table.setFixedHeight(Size.TABLE_HEAD + len(given) * Size.ROW_TWO_LINES)
    table.setAccessibleName("Các quyết định giao dự toán")
    table.opened.connect(lambda row_id: enter(next(each for each in given if each["id"] == row_id)))
    return table


def _allocation_row(values: Mapping[str, Any]) -> Row:
    kind = next(option.name for option in budget.ALLOCATION_KINDS if option.value == values["allocation_kind"])
    below = f"{formats.format_date(values['decided_on'])} · {kind}"
    return Row(values["id"], (TwoLine(values["decision"], below), Number(formats.format_money(values["amount"]))))


def allocation_entry(today: date, line: LineProgress, values: Mapping[str, Any] | None) -> Entry:
    """The form of a decision (None: a new one); a withdrawn amount is typed as it stands in the decision."""
    context = Context(today, {})
    first: dict[str, Any] = {"allocation_kind": AllocationKind.GIVEN} if values is None else dict(values)
    if first["allocation_kind"] == AllocationKind.WITHDRAWN:
        first["amount"] = -first["amount"]

    def save(work: Work, row_id: int | None, typed: Mapping[str, Any]) -> int:
        return budget.save_allocation(work, row_id, {**typed, "line_id": line.id})

    return Entry(
        title="Ghi quyết định giao" if values is None else "Sửa quyết định giao",
        detail=line.name,
        specs=specs_of(ALLOCATIONS.form_fields, lambda: context),
        values=first,
        save=save,
        words="Ghi quyết định giao dự toán",
        told=lambda _id: "Đã lưu quyết định giao dự toán",
        row_id=None if values is None else values["id"],
        remove=budget.remove_allocation,
    )
