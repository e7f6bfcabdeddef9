"""Pages that fill the window before and beside an office: the frame of the first start."""

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from app import __version__
from app.ui import icons, painting, theme
from app.ui.page import Page
from app.ui.tokens import Radius, Size, Space, Type
from app.ui.widgets.buttons import Button, icon_button
from app.ui.widgets.labels import IconLabel, Label, column, filled, row
from app.ui.widgets.scrolling import UprightScroll

LOCAL = "Số liệu lưu trên máy này, không cần mạng."
_FOOT = 44


class Logo(QWidget):
    """The program's sign."""

    def __init__(self, side: int):
        super().__init__()
        self._side = side
        self.setFixedSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, c = QPainter(self), theme.colours()
        painting.box(painter, QRectF(self.rect()), Radius.CARD if self._side > 32 else Radius.CONTROL + 1, c.accent)
        drawing = round(self._side * 0.64)
        at = QPointF((self._side - drawing) / 2, (self._side - drawing) / 2)
        icons.paint(painter, at.x(), at.y(), "book-open-check", c.on_accent, drawing)


class Fitting(UprightScroll):
    """As high as what it holds, and scrolling where there is less room; never sideways.

    `edge` is the back of its right edge, which goes on below the scroll bar.
    """

    def __init__(self, content: QWidget, colour: str, edge: str):
        super().__init__()
        self._content = content
        filled(self, edge)
        filled(content, colour)
        self.setWidget(content)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def sizeHint(self) -> QSize:
        content = self._content
        width = self.width() if self.width() > 100 else content.sizeHint().width()
        height = content.heightForWidth(width) if content.hasHeightForWidth() else content.sizeHint().height()
        return QSize(content.sizeHint().width(), height)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, Size.CONTROL)


class Sheet(QWidget):
    """A surface with a line around it, in the middle of the page."""

    def __init__(self, width: int):
        super().__init__()
        self.setMaximumWidth(width)
        self.stack = column(self, (1, 1, 1, 1))

    def paintEvent(self, event: QPaintEvent) -> None:
        c = theme.colours()
        painting.box(QPainter(self), QRectF(self.rect()), Radius.CARD, c.surface, c.border)


def centred(holder: QWidget, sheet: Sheet) -> None:
    """Put a sheet into the middle; where there is no room for it, it scrolls inside itself."""
    outer = column(holder, (Space.L, 0, Space.L, 0))
    outer.addStretch(1)
    level = QHBoxLayout()
    level.addStretch(1)
    level.addWidget(sheet, 1000)
    level.addStretch(1)
    outer.addLayout(level)
    outer.addStretch(1)


class AlonePage(Page):
    """Logo and steps above, `centre` in the middle, where the data stand and the version below."""

    stands_alone = True

    def __init__(self) -> None:
        super().__init__("")
        inside = QWidget()
        filled(inside, "bg")
        outer = column(inside)
        self.top = QWidget()
        self._bar = row(self.top, gap=Space.M)
        self.back = icon_button("arrow-left", "Quay lại")
        self._bar.addWidget(self.back)
        self._bar.addWidget(Logo(28))
        self._bar.addWidget(Label("Sổ CCHC", Type.HEADING))
        self._bar.addStretch(1)
        self.steps = QHBoxLayout()
        self.steps.setSpacing(Space.S)
        self._bar.addLayout(self.steps)
        outer.addWidget(self.top)
        self.centre = QWidget()
        outer.addWidget(self.centre, 1)
        self._foot = QWidget()
        self._foot.setFixedHeight(_FOOT)
        self._foot_line = row(self._foot, gap=Space.S - 2)
        self._foot_line.addWidget(IconLabel("hard-drive", "text2", Size.ICON_TEXT))
        self.where = Label(LOCAL, Type.HINT, "text2", elide=True)
        self.where.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._foot_line.addWidget(self.where)
        self._foot_line.addStretch(1)
        self._foot_line.addWidget(Label(f"Phiên bản {__version__}", Type.HINT, "text2"))
        outer.addWidget(self._foot)
        self.set_content(inside)

    def show_where(self, text: str, change: Button | None = None) -> None:
        """Where the office's file will stand, and how to choose another folder."""
        self.where.setText(text)
        if change is not None and self._foot_line.indexOf(change) < 0:
            self._foot_line.insertWidget(2, change)

    def show_steps(self, names: tuple[str, ...], at: int) -> None:
        """ "1 Cơ quan › 2 Số dư đầu": those behind have their tick, the present one is strong."""
        for number, name in enumerate(names):
            if number:
                self.steps.addWidget(IconLabel("chevron-right", "text2", Size.ICON_TEXT))
            if number < at:
                mark: QWidget = IconLabel("check", "text2", Size.ICON_TEXT)
                mark.set("check", theme.colours().green.text)  # type: ignore[attr-defined]
            else:
                mark = Label(str(number + 1), Type.LABEL_STRONG, "accent" if number == at else "text2")
            self.steps.addWidget(mark)
            self.steps.addWidget(Label(name, *((Type.BODY_STRONG, "text") if number == at else (Type.BODY, "text2"))))

    def set_compact(self, compact: bool, low: bool) -> None:
        super().set_compact(compact, low)
        side = Size.PAGE_PADDING_NARROW if compact else Size.PAGE_PADDING
        self._bar.setContentsMargins(side - Space.S, 0, side, 0)
        self.top.setFixedHeight(Size.HEADER_LOW if low else Size.HEADER)
        self._foot.setFixedHeight(Size.STATUS if low else _FOOT)
        self._foot_line.setContentsMargins(side, 0, side, 0)
