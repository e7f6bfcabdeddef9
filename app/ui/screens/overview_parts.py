"""Small parts of the cards of Tổng quan."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QAbstractButton, QBoxLayout, QLayout, QSizePolicy, QWidget

from app import formats
from app.reports.overview import DueItem, Overview
from app.ui import due, icons, painting, theme
from app.ui.due import date_text
from app.ui.tokens import Radius, Size, Space, Tone, Type
from app.ui.widgets.focus_ring import ring

_DUE_ICONS = {Tone.AMBER: "clock", Tone.RED: "circle-alert"}
ICON_OF = {"dossiers": "folder-open", "tasks": "calendar-check"}
_DUE_WIDTH, _DUE_WIDTH_NARROW = 165, 126


class Pressable(QAbstractButton):
    """An area that is pressed by mouse, Enter and Space, with the ring of the keyboard."""

    def __init__(self, radius: int):
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setBackgroundRole(QPalette.ColorRole.Window)  # a button's own role would repaint the labels inside
        ring(self, radius)

    def paint_back(self, painter: QPainter) -> None:
        """A soft back under the mouse."""
        if self.underMouse():
            painting.box(painter, QRectF(self.rect()).adjusted(1, 1, -1, -1), Radius.CARD, theme.colours().hover)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)


class DueRow(Pressable):
    """What is due: what it is, whose, until when."""

    def __init__(self, item: DueItem, shown: Overview, height: int, *, last: bool, wide: bool):
        super().__init__(Radius.CONTROL)
        self.item = item
        self._last = last
        self._date = formats.format_date(item.due_on) if wide else date_text(item.due_on, shown.today)
        self._remaining, self._tone = due.remaining(item.due_on, shown.today, shown.calendar)
        self._due_width = _DUE_WIDTH if wide else _DUE_WIDTH_NARROW
        self.setFixedHeight(height)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{item.title}, {item.detail}, {self._date} {self._remaining}")
        self.setToolTip(item.title)

    def sizeHint(self) -> QSize:
        return QSize(320, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, c = QPainter(self), theme.colours()
        self.paint_back(painter)
        if not self._last:
            painting.line(painter, 0, self.height() - 1, self.width(), self.height(), c.border)
        middle = (self.height() - 1) / 2
        icons.paint(
            painter, Space.XL, middle - Size.ICON_TEXT / 2, ICON_OF[self.item.register], c.text2, Size.ICON_TEXT
        )
        left = Space.XL + Size.ICON_TEXT + Space.S
        right = self.width() - Space.XL - self._due_width
        painting.words(
            painter, QRectF(left, middle - 19, right - left - Space.M, 20), self.item.title, Type.BODY, c.text
        )
        painting.words(painter, QRectF(left, middle, right - left - Space.M, 18), self.item.detail, Type.HINT, c.text2)
        used = painting.words(
            painter, QRectF(right, 0, self._due_width, self.height() - 1), self._date, Type.BODY, c.text
        )
        ink = c.pair(self._tone).text if self._tone else c.text2
        x = right + used + Space.S
        if self._tone:
            icons.paint(painter, x, middle - Size.ICON_TEXT / 2, _DUE_ICONS[self._tone], ink, Size.ICON_TEXT)
            x += Size.ICON_TEXT + Space.XS - 1
        painting.words(painter, QRectF(x, 0, self.width() - x, self.height() - 1), self._remaining, Type.LABEL, ink)


def added(layout: QBoxLayout, widget: QWidget) -> None:
    """Put it last and show it at once, so that a card filled anew is never seen empty."""
    layout.addWidget(widget)
    widget.show()


def emptied(layout: QLayout) -> None:
    """Take everything out of a layout."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (below := item.layout()) is not None:
            emptied(below)
            below.deleteLater()
