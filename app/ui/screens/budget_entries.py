"""The entries of the chosen line, with the row at their end that is always open."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from app import formats, vietnamese
from app.registers.budget import ENTRIES
from app.registers.kinds import Context
from app.ui import painting, theme
from app.ui.cells import FixedRows, Number, Row, Text
from app.ui.paged_model import Column
from app.ui.screens.budget_entry_row import EntryRow, Offer
from app.ui.screens.budget_tree import REVENUE, Side
from app.ui.table import Remembered, TableView
from app.ui.tokens import Size, Space, Tone, Type
from app.ui.widgets.buttons import Button, Kind, icon_button
from app.ui.widgets.fields import LineField
from app.ui.widgets.labels import HLine, IconLabel, KeyHint, Label, column, row
from app.ui.widgets.messages import Note
from app.ui.widgets.states import EmptyState

HINT = "Dòng mới: gõ ngày, hoặc + − để đổi ngày. Có số lũy kế thì gõ ở cột Lũy kế, sổ ghi phần chênh lệch."
CHOOSE = "Bút toán ghi ở khoản nhỏ nhất; khoản lớn cộng từ các khoản nhỏ của nó."
_HEAD = 40
_BAR = 37
_NAME_LEAST = 120
_UNBOUNDED = 16_777_215


def columns(payer: str, *, narrow: bool) -> tuple[Column, ...]:
    """The columns of entries and of the open row; `payer` is who pays thu or receives chi."""
    day, voucher, payer_width, amount, total = (112, 98, 110, 118, 128) if narrow else (112, 112, 190, 144, 156)
    return (
        Column("entry_on", "Ngày", day),
        Column("voucher", "Số chứng từ", voucher),
        Column("text", "Nội dung", stretch=True),
        Column("payer", payer, payer_width),
        Column("amount", "Số tiền", amount, right=True),
        Column("cumulative", "Lũy kế", total, right=True),
    )


@dataclass(frozen=True)
class LineOpened:
    """The line whose entries are shown; `may_take` is false for a line that has lines below it.

    `left` is what may still be done by its allocation, None where nothing was given that could be exceeded.
    """

    id: int
    name: str
    side: Side
    year: int
    left: int | None
    may_take: bool
    entries: Sequence[Mapping[str, Any]]
    corrected: frozenset[int]


def entry_rows(line: LineOpened) -> list[Row]:
    """The entries in their order, each with what the line has done up to it."""
    rows, total = [], 0
    for entry in line.entries:
        total += entry["amount"]
        taken_back = entry["id"] in line.corrected
        tip = f"Lý do: {entry['reason']}" if entry["reason"] else "Đã có bút toán điều chỉnh" if taken_back else ""
        cells = (
            Text(formats.format_date(entry["entry_on"]), muted=True),
            Text(entry["voucher"], muted=True),
            Text(entry["text"], muted=taken_back, tip=tip),
            Text(entry["payer"]),
            Number(formats.format_money(entry["amount"])),
            Number(formats.format_money(total), muted=True),
        )
        rows.append(Row(entry["id"], cells))
    return rows


def _left_words(line: LineOpened) -> str:
    if line.left is None:
        return "Chưa giao dự toán"
    return line.side.left if line.left >= 0 else "Vượt dự toán"


class EntriesPane(QWidget):
    """Head of the line, its entries, the open row, what is being typed in words.

    `written(values)` is a row to be saved, `counter_asked(id)` an entry to be taken back, `edit_asked` the line itself,
    `unfinished_asked` the row that was put aside. `excess` tells by how much an amount goes over the line's allocation.
    """

    written = Signal(dict)
    counter_asked = Signal(object)
    edit_asked = Signal()
    unfinished_asked = Signal()

    def __init__(self, remembered: Remembered, excess: Callable[[int, int], int]):
        super().__init__()
        self._excess = excess
        self._line: LineOpened | None = None
        self._context = Context(date.min, {})
        self._low = False
        outer = column(self)
        outer.addWidget(self._head())
        outer.addWidget(HLine())
        self._dress = (REVENUE.payer, False)
        wide = columns(REVENUE.payer, narrow=False)
        self.table = TableView(wide, row_height=Size.ROW_DENSE, name="budget.entries", remembered=remembered)
        self.table.setMinimumHeight(Size.TABLE_HEAD)
        self.table.opened.connect(self.counter_asked)
        self.table.selected.connect(lambda _id: self._counter.setVisible(self._may_counter()))
        outer.addWidget(self.table, 1000)
        self.row = EntryRow(lambda: self._context, self._done_before)
        self.row.written.connect(self._write)
        self.row.changed.connect(self._changed)
        self.row.faulty.connect(self._show_fault)
        self.row.copy_asked.connect(self._copy_above)
        self.row.align_to(self.table)
        outer.addWidget(self.row)
        outer.addWidget(self._over_row())
        outer.addWidget(self._hint_row())
        outer.addStretch(1)
        outer.addWidget(self._bar())
        self._show_fault("")
        self.set_line(None, Context(date.min, {}))

    def _head(self) -> QWidget:
        self.head = QWidget()
        self.head.setFixedHeight(_HEAD)
        self._head_line = row(self.head, (Size.PAGE_PADDING, 0, Size.PAGE_PADDING, 0), Space.S)
        self._name = Label("", Type.HEADING, elide=True)
        self._name.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._edit = icon_button("pencil", "Sửa khoản", keys="F2")
        self._edit.clicked.connect(self.edit_asked)
        self._year = Label("", Type.BODY, "text2")
        self._unfinished = Button("", Kind.LINK, icon="pencil")
        self._unfinished.clicked.connect(self.unfinished_asked)
        self._counter = Button("Ghi bút toán điều chỉnh", Kind.GHOST, icon="undo-2", dense=True)
        self._counter.clicked.connect(lambda: self.counter_asked.emit(self.table.current_id()))
        self._left_words, self._left = Label("", Type.BODY, "text2"), Label("", Type.BODY_STRONG)
        for widget in (self._name, self._edit, self._year, self._unfinished):
            self._head_line.addWidget(widget)
        self._head_line.addStretch(1)
        for widget in (self._counter, self._left_words, self._left):
            self._head_line.addWidget(widget)
        self.set_unfinished(0)
        return self.head

    def _over_row(self) -> QWidget:
        self._over = QWidget()
        self._over_line = row(self._over, (Size.PAGE_PADDING, Space.XS, Size.PAGE_PADDING, Space.XS), Space.M)
        self._over_note, self._over_words = Note("", Tone.AMBER), ""
        self.reason = LineField("Lý do vượt dự toán")
        self.reason.setAccessibleName("Lý do vượt dự toán, bắt buộc")
        self.reason.returnPressed.connect(self.row.write)
        self._over_line.addWidget(self._over_note)
        self._over_line.addWidget(self.reason, 1)
        return self._over

    def _hint_row(self) -> QWidget:
        self._hint = QWidget()
        self._hint_line = row(self._hint, (Size.PAGE_PADDING, Space.S, Size.PAGE_PADDING, Space.XS), Space.XS)
        self._hint_icon = IconLabel("circle-alert", "text2", Size.ICON_TEXT)
        self._hint_icon.set("circle-alert", theme.colours().red.text)
        self._hint_words = Label("", Type.HINT, "text2", elide=True)
        self._hint_line.addWidget(self._hint_icon)
        self._hint_line.addWidget(self._hint_words, 1)
        return self._hint

    def _bar(self) -> QWidget:
        self.bar = QWidget()
        outer = column(self.bar)
        outer.addWidget(HLine())
        inside = QWidget()
        inside.setFixedHeight(_BAR)
        self._bar_line = row(inside, (Size.PAGE_PADDING, 0, Size.PAGE_PADDING, 0), Space.S)
        self._told_icon = IconLabel("calculator", "accent")
        self._told = Label("", Type.BODY_MEDIUM)
        self._told_words = Label("", Type.BODY, "text2", elide=True)
        self._bar_line.addWidget(self._told_icon)
        self._bar_line.addWidget(self._told)
        self._bar_line.addWidget(self._told_words, 1)
        self._keys = [
            KeyHint("Enter", "ghi và xuống dòng"),
            KeyHint("Ctrl+D", "chép ô trên"),
            KeyHint("Esc", "bỏ dòng"),
        ]
        for hint in self._keys:
            self._bar_line.addWidget(hint)
            self._bar_line.addSpacing(Space.S)
        outer.addWidget(inside)
        return self.bar

    # the line

    def set_line(self, line: LineOpened | None, context: Context) -> None:
        """Show a line; what is being typed into the open row stays, so put it aside before another line comes.

        `context` has the last day that may be typed.
        """
        self._line, self._context = line, context
        may_take = line is not None and line.may_take
        name = line.name if line else ""
        self._name.setMinimumWidth(min(painting.width_of(name, Type.HEADING) + 1, _NAME_LEAST))
        self._name.setText(name)
        self._year.setText(f"bút toán năm {line.year}" if line else "")
        self._left_words.setText(_left_words(line) if line is not None else "")
        self._left.setText("" if line is None or line.left is None else formats.format_money(abs(line.left)))
        self._edit.setVisible(line is not None)
        if line is not None:
            self._dress_for(line.side.payer, self._dress[1])
        rows = entry_rows(line) if line is not None else []
        self.table.set_source(FixedRows(rows))
        self.table.setMaximumHeight(Size.TABLE_HEAD + len(rows) * Size.ROW_DENSE if may_take else _UNBOUNDED)
        self.table.show_overlay(None if may_take else EmptyState("wallet", "Chọn một khoản nhỏ", CHOOSE))
        QTimer.singleShot(0, self.table, self.table.scrollToBottom)
        self._counter.setVisible(self._may_counter())
        for widget in (self.row, self._hint):
            widget.setVisible(may_take)
        self.row.offer(line.id if line is not None else None, self._offer_from_above())
        self._tell()

    def _offer_from_above(self) -> Offer:
        if self._line is None:
            return Offer()
        last = self._line.entries[-1] if self._line.entries else None
        if last is None or last["is_opening"]:
            return Offer(self._context.today)
        return Offer(last["entry_on"], last["payer"])

    def _done_before(self, day: date) -> int:
        entries = self._line.entries if self._line is not None else ()
        return sum(entry["amount"] for entry in entries if entry["entry_on"] <= day)

    def set_unfinished(self, count: int) -> None:
        """How many rows that were put aside wait to be gone on with."""
        self._unfinished.set_text(f"Đang gõ dở {formats.format_integer(count)}")
        self._unfinished.setVisible(count > 0)

    def _may_counter(self) -> bool:
        """Whether the selected entry may be taken back: once, and no counter-entry itself."""
        if self._line is None or not self._line.may_take:
            return False
        chosen = self.table.current_id()
        return any(
            entry["id"] == chosen and entry["corrects_id"] is None and chosen not in self._line.corrected
            for entry in self._line.entries
        )

    def entry(self, entry_id: object) -> Mapping[str, Any] | None:
        """An entry that may be taken back; None for any other."""
        if self._line is None or not self.table.select(entry_id) or not self._may_counter():
            return None
        return next(entry for entry in self._line.entries if entry["id"] == entry_id)

    # the open row

    def _changed(self, key: str) -> None:
        if not key:
            self.reason.set_raw("")  # that of the row before
        self._tell()

    def _write(self, values: dict[str, Any]) -> None:
        if self._over_by() and not self.reason.raw().strip():
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        values["reason"] = self.reason.raw().strip() if self._over_by() else ""
        self.written.emit(values)

    def begin_next(self, values: Mapping[str, Any]) -> None:
        """The row is on its way: the next one begins with its day and payer."""
        self.row.begin_anew(Offer(values["entry_on"], values["payer"] or ""))
        self.row.focus_first()

    def _over_by(self) -> int:
        amount = self.row.amount()
        return self._excess(self._line.id, amount) if self._line is not None and amount is not None else 0

    def _tell(self) -> None:
        """What is being typed, in full and in words; whether it goes over the allocation."""
        told = self.row.told()
        shown = formats.format_money(told[1]) if told is not None else ""
        typed = f"{told[0]} = " if told is not None and told[0] != shown else ""
        self._told.setText(f"{typed}{shown} đồng" if told is not None else "")
        words = f"{vietnamese.amount_in_words(told[1])} đồng" if told is not None else ""
        self._told_words.setText(words)
        self._told_icon.setVisible(told is not None)
        may_take = self._line is not None and self._line.may_take
        over = self._over_by() if may_take else 0
        self.bar.setVisible(may_take and not (self._low and (told is None or over)))
        self._over.setVisible(over > 0)
        self._over_words = f"Vượt dự toán {formats.format_money(over)} đồng. Ghi lý do để lưu" if over else ""
        self._over_note.set(self._over_words, Tone.AMBER)
        self._over_note.setFixedWidth(
            painting.width_of(self._over_words, Type.HINT) + 2 * Space.M + Size.ICON_TEXT + Space.M
        )

    def said(self) -> str:
        """The sum being typed, in full and in words."""
        return f"{self._told.full_text()} {self._told_words.full_text()}".strip()

    def hint(self) -> str:
        """What is said below the row: what is wrong, or how to go on."""
        return self._hint_words.full_text()

    def over(self) -> str:
        """By how much the row goes over the allocation, "" where it does not."""
        return self._over_words

    def _show_fault(self, sentence: str) -> None:
        self._hint_icon.setVisible(bool(sentence))
        self._hint_words.setText(sentence or HINT)
        c = theme.colours()
        self._hint_words.set_colour(c.red.text if sentence else c.text2)

    def _copy_above(self, key: str) -> None:
        if self._line is not None and self._line.entries and key != "cumulative":
            described = ENTRIES.by_key[key]
            self.row.copy_into(key, described.format(self._line.entries[-1][key], self._context))

    # size

    def set_narrow(self, narrow: bool, low: bool, padding: int) -> None:
        """Less padding, narrower columns, fewer hints; in a low window the bar only stands while a sum is typed."""
        self._low = low
        for line in (self._head_line, self._over_line, self._hint_line, self._bar_line):
            margins = line.contentsMargins()
            line.setContentsMargins(padding, margins.top(), padding, margins.bottom())
        self._year.setVisible(not narrow)
        for hint in self._keys[1:]:
            hint.setVisible(not narrow)
        self._hint.setMaximumHeight(0 if low and not self._hint_icon.isVisibleTo(self) else _UNBOUNDED)
        self._dress_for(self._dress[0], narrow)
        self._tell()

    def _dress_for(self, payer: str, narrow: bool) -> None:
        if self._dress != (payer, narrow):
            self._dress = (payer, narrow)
            self.row.set_payer_label(payer)
            self.table.set_columns(columns(payer, narrow=narrow), Size.ROW_DENSE)
            self.table.set_source(FixedRows(entry_rows(self._line) if self._line is not None else []))
        self.row.align()
