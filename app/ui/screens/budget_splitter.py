"""The line between tree and entries, which stays where the hand put it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSplitter, QSplitterHandle

from app.ui import painting, theme
from app.ui.table import Remembered
from app.ui.tokens import Space

_KEY = "budget.split"


class Splitter(QSplitter):
    """Tree above, entries below; the account remembers where the line was left."""

    def __init__(self, remembered: Remembered):
        super().__init__(Qt.Orientation.Vertical)
        self._remembered = remembered
        self._kept = remembered.value(_KEY)
        self._low = False
        self.setChildrenCollapsible(False)
        self.setHandleWidth(Space.S)
        self.splitterMoved.connect(self._moved)

    def _moved(self) -> None:
        self._kept = self.sizes()
        self._remembered.setValue(_KEY, self._kept)

    def set_low(self, low: bool) -> None:
        """A window of little height."""
        self._low = low

    def offer(self, tree: int) -> None:
        """As it was left; until then the tree as high as its rows, at most half, less in a low window."""
        if isinstance(self._kept, list) and len(self._kept) == 2:
            self.setSizes(self._kept)
        else:
            whole = max(self.height(), 2)
            upper = min(tree, whole * 2 // 5 if self._low else whole // 2)
            self.setSizes([upper, whole - upper])

    def createHandle(self) -> QSplitterHandle:
        return _Handle(self.orientation(), self)


class _Handle(QSplitterHandle):
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, c = QPainter(self), theme.colours()
        painter.fillRect(self.rect(), QColor(c.bg))
        painting.line(painter, 0, 0, self.width(), 1, c.border)
        painting.line(painter, 0, self.height() - 1, self.width(), self.height(), c.border)
