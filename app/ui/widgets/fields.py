"""Fields a person types into. They accept everything and are read when left: typing programs send Backspace and retype,
so nothing may change the text between keys, and no validator, mask or inline completion stands in the way.

Every editor has: `edited` (typed by a person), `left` (the focus went on), `raw()` (text in NFC), `set_raw()`,
`set_fault()`.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from app.problems import Problem
from app.ui import icons, theme
from app.ui.tokens import Delay, Size, Space, Type
from app.ui.widgets.buttons import Button, Kind
from app.ui.widgets.calendar import CalendarPopup
from app.ui.widgets.composing import Composing
from app.ui.widgets.window_keys import left_to_window
from app.vietnamese import nfc

Parse = Callable[[str], Any]
Format = Callable[[Any], str]

_PASSING = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)


def _restyle(widget: QWidget, name: str, value: bool) -> None:
    """Set a property that the style sheet looks at."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


class LineField(Composing, QLineEdit):
    """One line of text. A tool button may stand at its right, a drawing at its left."""

    edited = Signal()
    left = Signal()

    def __init__(self, placeholder: str = "", *, icon: str = "", parent: QWidget | None = None):
        super().__init__(parent)
        self._icon = icon
        self._tool: Button | None = None
        self.setProperty("kit", "field")
        self.setPlaceholderText(placeholder)
        self.setFixedHeight(Size.CONTROL)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textEdited.connect(self.edited)
        self._set_margins()

    def raw(self) -> str:
        """The text in NFC, as typed."""
        return nfc(self.text())

    def set_raw(self, text: str) -> None:
        """Show a text; not an edit by a person."""
        self.setText(nfc(text))
        self.setCursorPosition(0)

    def set_fault(self, fault: bool) -> None:
        """The red outline."""
        _restyle(self, "fault", fault)

    def set_computed(self, computed: bool) -> None:
        """A value the program worked out: sunken and not typed over; `add_tool` puts the pencil there."""
        self.setReadOnly(computed)
        _restyle(self, "computed", computed)

    def add_tool(self, icon: str, name: str) -> Button:
        """A button inside the field, at its right. It is reached by mouse; the field's keys do the same."""
        tool = Button("", Kind.GHOST, icon=icon, name=name, dense=True, parent=self)
        tool.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        tool.setCursor(Qt.CursorShape.ArrowCursor)
        self._tool = tool
        self._set_margins()
        return tool

    def _set_margins(self) -> None:
        left = Size.ICON + Space.S + 2 if self._icon else 0
        self.setTextMargins(
            left, 0, Size.CONTROL_DENSE - Space.S if self._tool and self._tool.isVisibleTo(self) else 0, 0
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_tool()

    def _place_tool(self) -> None:
        if self._tool is not None:
            inset = (self.height() - self._tool.sizeHint().height()) // 2
            self._tool.move(self.width() - self._tool.sizeHint().width() - inset, inset)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._icon:
            at = (self.height() - Size.ICON) / 2
            icons.paint(QPainter(self), Space.S - 1, at, self._icon, theme.colours().text2)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in _PASSING:
            self.leave()

    def leave(self) -> None:
        """What happens when the focus goes on."""
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.is_composing():
            self.commit_composed()
            return
        super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        return left_to_window(event, can_undo=self.isUndoAvailable()) or super().event(event)


class TextArea(Composing, QPlainTextEdit):
    """Several lines. Tab goes on; Enter begins a new line."""

    edited = Signal()
    left = Signal()

    def __init__(self, placeholder: str = "", *, lines: int = 3, parent: QWidget | None = None):
        super().__init__(parent)
        self._by_hand = True
        self.setProperty("kit", "field")
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(2)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(lines * QFontMetrics(theme.font(Type.BODY)).lineSpacing() + Space.M)
        self.textChanged.connect(self._changed)

    def _changed(self) -> None:
        if self._by_hand:
            self.edited.emit()

    def raw(self) -> str:
        """The text in NFC, as typed."""
        return nfc(self.toPlainText())

    def set_raw(self, text: str) -> None:
        """Show a text; not an edit by a person."""
        self._by_hand = False
        self.setPlainText(nfc(text))
        self._by_hand = True

    def set_fault(self, fault: bool) -> None:
        """The red outline."""
        _restyle(self, "fault", fault)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in _PASSING:
            self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and self.is_composing():
            self.commit_composed()
        elif enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        return left_to_window(event, can_undo=self.document().isUndoAvailable()) or super().event(event)


class ParsedField(LineField):
    """A field whose text means a value: it is put into its usual form when left, and stays as typed where it cannot be
    read. `parse` gives None for nothing and raises Problem.
    """

    def __init__(
        self, parse: Parse, shown: Format, placeholder: str = "", *, right: bool = False, parent: QWidget | None = None
    ):
        super().__init__(placeholder, parent=parent)
        self._parse = parse
        self._shown = shown
        if right:
            self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def value(self) -> Any:
        """What the text means; raises Problem."""
        return self._parse(self.raw())

    def set_value(self, value: Any) -> None:
        """Show a value."""
        self.set_raw("" if value is None else self._shown(value))

    def leave(self) -> None:
        self.tidy()
        super().leave()

    def tidy(self) -> None:
        """Put the text into its usual form, where it can be read."""
        value = self.read()
        if value is not None and self._shown(value) != self.text():
            self.setText(self._shown(value))

    def read(self) -> Any:
        """The value, or None where there is none or the text cannot be read."""
        try:
            return self.value()
        except Problem:
            return None


class NumberField(ParsedField):
    """Counts and amounts: at the right, thousands dots when the field is left."""

    def __init__(self, parse: Parse, shown: Format, placeholder: str = "", *, parent: QWidget | None = None):
        super().__init__(parse, shown, placeholder, right=True, parent=parent)


class DateField(ParsedField):
    """A day, typed freely. + and − change a whole date by a day; F4 or the button opens the calendar.

    A computed day has a pencil instead: it and F2 ask to overrule it.
    """

    overrule_asked = Signal()

    def __init__(
        self,
        parse: Callable[[str], date | None],
        shown: Callable[[date], str],
        placeholder: str = "",
        *,
        today: Callable[[], date] = date.today,
        parent: QWidget | None = None,
    ):
        super().__init__(parse, shown, placeholder, parent=parent)
        self._today = today
        self._popup: CalendarPopup | None = None
        self._calendar = self.add_tool("calendar", "Mở lịch")
        self._calendar.clicked.connect(self.open_calendar)
        self._pencil: Button | None = None

    def set_computed(self, computed: bool) -> None:
        super().set_computed(computed)
        if computed and self._pencil is None:
            self._pencil = self.add_tool("pencil", "Sửa tay (F2)")
            self._pencil.clicked.connect(self.overrule_asked)
        self._tool = self._pencil if computed else self._calendar
        for tool in (self._calendar, self._pencil):
            if tool is not None:
                tool.setVisible(tool is self._tool)
        self._set_margins()
        self._place_tool()

    def open_calendar(self) -> None:
        """Show the month of the date, or of today."""
        if self.isReadOnly():
            return
        if self._popup is None:
            self._popup = CalendarPopup()
            self._popup.chosen.connect(self._choose)
        self.setFocus(Qt.FocusReason.PopupFocusReason)
        self._popup.open_for(self, self.read() or self._today(), self._today())

    def _choose(self, day: date) -> None:
        self.set_value(day)
        self.edited.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt_down = event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier
        if event.key() == Qt.Key.Key_F4 or alt_down:
            self.open_calendar()
        elif event.key() == Qt.Key.Key_F2 and self.isReadOnly():
            self.overrule_asked.emit()
        elif event.text() in ("+", "-") and self._is_whole() and not self.isReadOnly():
            step = timedelta(days=1 if event.text() == "+" else -1)
            self._choose((self.read() or self._today()) + step)
            self.setCursorPosition(len(self.text()))
        else:
            super().keyPressEvent(event)

    def _is_whole(self) -> bool:
        """Empty or a finished date; else "-" is a part of a date still being typed ("12-6")."""
        day = self.read()
        return not self.text() or (day is not None and self._shown(day) == self.text())


class SearchField(LineField):
    """Search as you type: `searched` comes a moment after the last key. Esc or × empties it."""

    searched = Signal(str)

    def __init__(self, placeholder: str = "", *, parent: QWidget | None = None):
        super().__init__(placeholder, icon="search", parent=parent)
        self.setAccessibleName(placeholder or "Tìm")
        self._clear = self.add_tool("x", "Xóa chữ tìm")
        self._clear.clicked.connect(self.clear_search)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(Delay.SEARCH)
        self._pause.timeout.connect(self._search)
        self.textEdited.connect(lambda _text: self._pause.start())
        self.textChanged.connect(self._show_clear)
        self._show_clear()

    def clear_search(self) -> None:
        """Empty it and show everything again."""
        if self.text():
            self.clear()
            self._search()

    def _search(self) -> None:
        self._pause.stop()
        self.searched.emit(self.raw().strip())

    def _show_clear(self) -> None:
        self._clear.setVisible(bool(self.text()))
        self._set_margins()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear_search()
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self.is_composing():
            self._search()
        super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(220, Size.CONTROL)
