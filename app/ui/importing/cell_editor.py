"""Correcting a bad cell in its place: a small field over the cell, or a list of what the register knows."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent

from app.ui.matching import Choice
from app.ui.table import TableView
from app.ui.tokens import Size
from app.ui.widgets.combo import Combo
from app.ui.widgets.fields import LineField

_LEAST_WIDTH = 120
_LEAST_LIST = 440
_TABS = {Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}


class CellEditor(QObject):
    """`typed(text)` when another text is to stand; `moved(step)` after Tab; `closed` whenever the field goes.

    Enter takes what stands in the field, also a guess of the program that nobody changed; leaving the field takes only
    what a person typed; Esc takes nothing.
    """

    typed = Signal(str)
    moved = Signal(int)
    closed = Signal()

    def __init__(self, table: TableView):
        super().__init__(table)
        self._table = table
        self._field: LineField | None = None
        self._start = ""
        self._before = ""
        self._guessed = False

    def is_open(self) -> bool:
        """Whether a cell is being corrected."""
        return self._field is not None

    def field(self) -> LineField:
        """The field over the cell."""
        assert self._field is not None
        return self._field

    def open(
        self, cell: QRect, text: str, guess: str, choices: Sequence[Choice] | None = None, *, offer: bool = False
    ) -> None:
        """Put a field over a cell: its text, or what the program takes it for, selected. With `choices` it is one of a
        list, whose first entries come near the text where it is to `offer` them at once."""
        self.take()
        viewport = self._table.viewport()
        field = Combo(choices, parent=viewport) if choices is not None else LineField(parent=viewport)
        self._field, self._before, self._guessed = field, text, bool(guess)
        self._start = guess or text
        width = max(cell.width(), _LEAST_WIDTH if choices is None else _LEAST_LIST)
        left = max(0, min(cell.left(), viewport.width() - width))
        field.setGeometry(left, cell.top() + (cell.height() - 1 - Size.CONTROL) // 2, width, Size.CONTROL)
        field.set_raw(self._start)
        field.selectAll()
        field.installEventFilter(self)
        field.left.connect(self.take)
        field.show()
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(field, Combo):
            field.chosen.connect(lambda _: self._close(taking=True))
            if offer:
                field.open_list()

    def take(self) -> None:
        """Close the field; what a person typed counts."""
        if self._field is not None:
            self._field.commit_composed()
            self._close(taking=self._text() != self._start)

    def _text(self) -> str:
        assert self._field is not None
        return self._field.text() if isinstance(self._field, Combo) else self._field.raw()

    def _close(self, *, taking: bool) -> None:
        field = self._field
        if field is None:
            return
        text = self._text().strip()
        self._field = None
        had_focus = field.hasFocus()
        field.removeEventFilter(self)
        field.hide()
        field.deleteLater()
        if had_focus:
            self._table.setFocus()
        if taking and (text != self._before or self._guessed):
            self.typed.emit(text)
        self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and watched is self._field:
            assert self._field is not None
            if not self._field.is_composing() and self._take_key(event):
                return True
        return super().eventFilter(watched, event)

    def _take_key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self._close(taking=True)
        elif key == Qt.Key.Key_Escape:
            self._close(taking=False)
        elif key in _TABS:
            self.take()
            self.moved.emit(_TABS[key])
        else:
            return False
        return True
