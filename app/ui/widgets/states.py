"""A view without rows: nothing yet, nothing found, still loading."""

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui import painting, theme
from app.ui.tokens import Delay, Size, Space, Type
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import IconLabel, Label, column
from app.ui.widgets.scrolling import UprightScroll

_SKELETON = ((70, 110, 88), (61, 101, 79), (69, 109, 87))


class EmptyState(UprightScroll):
    """Icon, one line, one line how, then the buttons; `below` takes what had better come first.

    Where the place is lower than all this it scrolls: nothing is pressed together.
    """

    def __init__(self, icon: str, title: str, how: str = "", *buttons: Button, parent: QWidget | None = None):
        super().__init__(parent)
        inside = QWidget()
        self._column = column(inside, (Space.XXL, Space.XXL, Space.XXL, Space.XXL), 0)
        self.setWidget(inside)
        for part in (self.viewport(), inside):  # the back is that of the place it stands in
            part.setAutoFillBackground(False)
        centre = Qt.AlignmentFlag.AlignHCenter
        self._column.addStretch(1)
        self._column.addWidget(IconLabel(icon, "text2", Size.ICON_EMPTY), 0, centre)
        self._column.addSpacing(Space.S)
        self.title = Label(title, Type.HEADING)
        self.title.setAlignment(centre)
        self._column.addWidget(self.title, 0, centre)
        self.how = Label(how, Type.BODY, "text2", wrap=True)
        self.how.setAlignment(centre)
        self._column.addWidget(self.how)
        self.how.setVisible(bool(how))
        line = QHBoxLayout()
        line.setSpacing(Space.S)
        line.addStretch(1)
        for button in buttons:
            line.addWidget(button)
        line.addStretch(1)
        self._column.addSpacing(Space.M)
        self._column.addLayout(line)
        self._column.addStretch(6)
        self.buttons = buttons

    def set_below(self, widget: QWidget) -> None:
        """Put a card under the buttons."""
        self._column.insertSpacing(self._column.count() - 1, Space.XXL + Space.S)
        self._column.insertWidget(self._column.count() - 1, widget, 0, Qt.AlignmentFlag.AlignHCenter)
        self._column.setStretch(self._column.count() - 1, 2)


class Loading(QWidget):
    """Nothing for a moment, then three rows of grey bars."""

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self.setAccessibleName("Đang tải")
        self._visible = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(Delay.LOADING)
        self._pause.timeout.connect(self.appear)
        self._pause.start()

    def appear(self) -> None:
        """Show the bars."""
        self._visible = True
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._visible:
            return
        painter, c = QPainter(self), theme.colours()
        for number, widths in enumerate(_SKELETON):
            x = float(Space.L)
            for width, gap in zip(widths, (94, 136, 0), strict=True):
                top = number * Size.ROW + (Size.ROW - Space.M) / 2
                painting.box(painter, QRectF(x, top, width, Space.M), Space.XS, fill=c.track)
                x += gap
