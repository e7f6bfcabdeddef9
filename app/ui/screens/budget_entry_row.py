"""The row at the end of the entries that is always open: typed from left to right, written by Enter.

An amount or the line's cumulative amount is typed; the other one follows at once, in the accent's colour.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app import formats
from app.problems import Problem, Problems
from app.registers.budget import ENTRIES
from app.registers.kinds import Context
from app.ui import painting, theme
from app.ui.table import TableView
from app.ui.tokens import Size, Space, Type
from app.ui.widgets.composing import commit_composed
from app.ui.widgets.fields import DateField, LineField, NumberField

KEYS = ("entry_on", "voucher", "text", "payer", "amount", "cumulative")
_SUMS = ("amount", "cumulative")
# The line that a typed row belongs to, kept with its texts.
LINE = "line"
# A field's frame and inner margin: its text stands where the cell's text stands above it.
_FRAME = 10
_FRAME_RIGHT = 12


@dataclass(frozen=True)
class Offer:
    """What a new row begins with, from the row above it."""

    entry_on: date | None = None
    payer: str = ""


class EntryRow(QWidget):
    """`written` brings the values of a row, `changed` names a field typed into ("" for all), `dropped` follows Esc in
    a typed row, `faulty` brings the sentence of a fault or "", `copy_asked` a field that wants the cell above.

    `before` tells what the line has done up to a day, so that the running total is right for a day in the past too.
    """

    written = Signal(dict)
    changed = Signal(str)
    dropped = Signal()
    faulty = Signal(str)
    copy_asked = Signal(str)

    def __init__(self, context: Callable[[], Context], before: Callable[[date], int]):
        super().__init__()
        self._context = context
        self._before = before
        self._offer = Offer()
        self._line: int | None = None
        self._told = ""  # the sum a person has typed: "amount" or "cumulative"
        self._table: TableView | None = None
        self.setFixedHeight(Size.ROW_DENSE)
        self.fields: dict[str, LineField] = {key: self._field(key) for key in KEYS}
        self.set_payer_label("Người nộp")
        self.offered = self.typed()

    def _field(self, key: str) -> LineField:
        described = ENTRIES.by_key[key]

        def parse(text: str) -> Any:
            return described.parse(text, self._context())

        def show(value: Any) -> str:
            return described.format(value, self._context())

        field: LineField
        match key:
            case "entry_on":
                field = DateField(parse, show, "Ngày", today=lambda: self._context().today)
            case "amount":
                field = NumberField(parse, show, "Số tiền")
            case "cumulative":
                field = NumberField(parse, show, "Lũy kế")
            case _:
                field = LineField(described.label)
        field.setParent(self)
        field.setProperty("quiet", True)
        field.setFixedHeight(Size.ROW_DENSE - 2)
        field.setAccessibleName(described.label)
        field.setToolTip(described.help)
        field.edited.connect(lambda: self._edited(key))
        field.installEventFilter(self)
        return field

    def set_payer_label(self, label: str) -> None:
        """Who pays thu, who receives chi."""
        self.fields["payer"].setPlaceholderText(label)
        self.fields["payer"].setAccessibleName(label)

    # beginning and reading

    def offer(self, line: int | None, offer: Offer) -> None:
        """Begin a new row of a line: day and payer as in the row above, unless one is being typed."""
        self._offer = offer
        if not self.is_touched():
            self._line = line
            self._begin()

    def _begin(self) -> None:
        for field in self.fields.values():
            field.set_raw("")
        if self._offer.entry_on is not None:
            self.fields["entry_on"].set_raw(formats.format_date(self._offer.entry_on))
        self.fields["payer"].set_raw(self._offer.payer)
        self._told = ""
        self._clear_faults()
        self._work_out()
        self.offered = self.typed()
        if self.fields["entry_on"].hasFocus():
            self.fields["entry_on"].selectAll()
        self.changed.emit("")

    def typed(self) -> dict[str, str]:
        """What a person has typed or been offered, field by field; a sum that was worked out is not among it."""
        worked = {key for key in _SUMS if key != self._told}
        texts = {key: "" if key in worked else field.raw() for key, field in self.fields.items()}
        return texts | {LINE: "" if self._line is None else str(self._line)}

    def restore(self, texts: Mapping[str, str]) -> None:
        """Put typed texts back."""
        for key in KEYS:
            self.fields[key].set_raw(texts.get(key, ""))
        self._told = next((key for key in _SUMS if texts.get(key)), "")
        self._work_out()
        self.changed.emit("")

    def is_touched(self) -> bool:
        """Whether a person has typed into this row."""
        commit_composed()
        return self.typed() != self.offered

    def read(self, key: str) -> Any:
        """A field's value, None where it is empty or cannot be read."""
        if key in _SUMS and key != self._told:
            return None
        try:
            return ENTRIES.by_key[key].parse(self.fields[key].raw(), self._context())
        except Problem:
            return None

    def amount(self) -> int | None:
        """The amount typed, or the difference that a typed cumulative amount makes."""
        if self._told == "amount":
            return self.read("amount")  # type: ignore[no-any-return]
        cumulative, day = self.read("cumulative"), self.read("entry_on")
        return None if cumulative is None or day is None else cumulative - self._before(day)

    def told(self) -> tuple[str, int] | None:
        """The sum being typed, as text and as value."""
        value = self.read(self._told) if self._told else None
        return None if value is None else (self.fields[self._told].raw().strip(), value)

    # typing

    def _edited(self, key: str) -> None:
        if key in _SUMS:
            typed = bool(self.fields[key].raw().strip())
            self._told = key if typed else "" if key == self._told else self._told
        field = self.fields[key]
        if field.property("fault") and self._fault(key) is None:
            self._clear_faults()
        self._work_out()
        self.changed.emit(key)

    def _work_out(self) -> None:
        """The sum that was not typed, from the one that was; with neither, what the line has done so far."""
        day = self.read("entry_on")
        other = "cumulative" if self._told != "cumulative" else "amount"
        amount = self.amount()
        shown: int | None = None
        if other == "amount":
            shown = amount
        elif day is not None and amount is not None:
            shown = self._before(day) + amount
        for key in _SUMS:
            worked = key == other and shown is not None
            _mark(self.fields[key], "worked", worked)
            self.fields[key].setFont(theme.font(Type.BODY_STRONG if worked else Type.BODY))
        if self._told or not self.fields[other].hasFocus():
            self.fields[other].set_raw("" if shown is None else formats.format_money(shown))
        if not self._told:
            self.fields["amount"].set_raw("")

    # writing

    def write(self) -> None:
        """Read the row; hand over its values, or show what is wrong and go there."""
        commit_composed()
        values, faults = {}, []
        for key in KEYS:
            if key in _SUMS and key != self._told:
                continue
            try:
                values[key] = ENTRIES.by_key[key].parse(self.fields[key].raw(), self._context())
            except Problem as problem:
                faults.append(problem)
        if not faults and not self._told:
            faults.append(Problem("Cần nhập số tiền, hoặc lũy kế đến ngày này", field="amount"))
        if faults:
            self.show_problem(Problems(faults))
            return
        self._clear_faults()
        self.written.emit(values)

    def begin_anew(self, offer: Offer | None = None) -> None:
        """The row is on its way, or given up: empty for the next one."""
        self._offer = offer or self._offer
        self._begin()

    def focus_first(self) -> None:
        """Put the focus on the day, which may be typed over."""
        self.fields["entry_on"].setFocus(Qt.FocusReason.OtherFocusReason)
        self.fields["entry_on"].selectAll()

    def show_problem(self, problem: Problem) -> None:
        """Show faults at their fields; the first one has the focus and is said below the row."""
        faults = problem.faults if isinstance(problem, Problems) else (problem,)
        here = [fault for fault in faults if fault.field in self.fields]
        for fault in here:
            _mark(self.fields[fault.field], "fault", True)
            self.fields[fault.field].setAccessibleDescription(str(fault))
        if here:
            first = self.fields[here[0].field]
            first.setFocus(Qt.FocusReason.OtherFocusReason)
            first.selectAll()
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(first, str(here[0])))
        self.faulty.emit(str((here or list(faults))[0]))

    def _fault(self, key: str) -> Problem | None:
        try:
            ENTRIES.by_key[key].parse(self.fields[key].raw(), self._context())
        except Problem as problem:
            return problem
        return None

    def _clear_faults(self) -> None:
        for field in self.fields.values():
            _mark(field, "fault", False)
            field.setAccessibleDescription("")
        self.faulty.emit("")

    # keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or (control and event.key() == Qt.Key.Key_S):
            self.write()
        elif event.key() == Qt.Key.Key_Escape and self.is_touched():
            self.dropped.emit()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ctrl+D and Ctrl+S belong to this row while one types in it, before Qt's fields and the panel's button."""
        if event.type() == QEvent.Type.FocusOut and isinstance(watched, LineField):
            watched.deselect()
        if event.type() not in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride) or not isinstance(event, QKeyEvent):
            return False
        if event.modifiers() != Qt.KeyboardModifier.ControlModifier:
            return False
        if event.type() == QEvent.Type.ShortcutOverride and event.key() in (Qt.Key.Key_D, Qt.Key.Key_S):
            event.accept()
            return True
        if event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_D:
            self.copy_asked.emit(next(key for key, field in self.fields.items() if field is watched))
            return True
        return False

    def copy_into(self, key: str, text: str) -> None:
        """Put the text of the cell above into a field, as if it had been typed."""
        self.fields[key].set_raw(text)
        self._edited(key)
        self.fields[key].setCursorPosition(len(text))

    # geometry

    def align_to(self, table: TableView) -> None:
        """Stand below the columns of a table, and follow them."""
        self._table = table
        table.horizontalHeader().sectionResized.connect(self.align)
        self.align()

    def align(self) -> None:
        """Put each field below its column."""
        if self._table is None:
            return
        for number, column in enumerate(self._table.columns):
            left = self._table.columnViewportPosition(number)
            right = left + self._table.columnWidth(number)
            left += self._table.padding if number == 0 else Space.S
            right -= Space.L if number == len(self._table.columns) - 1 else Space.S
            field = self.fields[column.key]
            field.setGeometry(left - _FRAME, 0, right - left + _FRAME + _FRAME_RIGHT, field.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, c = QPainter(self), theme.colours()
        painter.fillRect(self.rect(), QColor(c.sunken))
        painting.line(painter, 0, self.height() - 1, self.width(), self.height(), c.border)


def _mark(field: LineField, name: str, value: bool) -> None:
    """Set a property that the style sheet looks at."""
    if bool(field.property(name)) != value:
        field.setProperty(name, value)
        field.style().unpolish(field)
        field.style().polish(field)
