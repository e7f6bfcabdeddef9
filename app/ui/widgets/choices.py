"""Small choices: segments for up to four, a check for yes or no, chips for filters."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QCheckBox, QLayout, QLayoutItem, QSizePolicy, QWidget

from app.ui import icons, painting, theme
from app.ui.matching import Choice
from app.ui.tab_order import follow_on
from app.ui.tokens import Radius, Size, Space, Type
from app.ui.widgets.focus_ring import ring
from app.ui.widgets.labels import row

_BOX = 16
_ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)


class _Segment(QAbstractButton):
    def __init__(self, choice: Choice, parent: "Segmented"):
        super().__init__(parent)
        self.key = choice.key
        self._row = parent
        self.setText(choice.label)
        self.setAccessibleName(choice.label)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        ring(self, Radius.CONTROL)

    def sizeHint(self) -> QSize:
        return QSize(painting.width_of(self.text(), Type.BODY_MEDIUM) + 2 * Space.M, Size.CONTROL)

    def minimumSizeHint(self) -> QSize:
        return QSize(painting.width_of(self.text(), Type.BODY_MEDIUM) + Space.S, Size.CONTROL)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt's arrows choose only where something is chosen: the first one here chooses where the focus stands."""
        if event.key() in _ARROWS and not self._row.raw():
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, c = QPainter(self), theme.colours()
        rect = QRectF(self.rect())
        if self.isChecked():
            painting.box(painter, rect, Radius.CONTROL, c.accent_soft, c.accent)
        elif self.underMouse() and self.isEnabled():
            painting.box(painter, rect.adjusted(1, 1, -1, -1), Radius.CONTROL - 1, c.hover)
        style = Type.BODY_MEDIUM if self.isChecked() else Type.BODY
        colour = c.text3 if not self.isEnabled() else c.accent if self.isChecked() else c.text
        painting.words(painter, rect, self.text(), style, colour, painting.CENTRE)


class Segmented(QWidget):
    """One of up to four, all in sight; arrow keys change it. `raw()` is the key of the chosen one, "" for none."""

    edited = Signal()
    left = Signal()
    chosen = Signal(str)

    def __init__(self, choices: Sequence[Choice], *, stretch: bool = True, parent: QWidget | None = None):
        super().__init__(parent)
        self._fault = False
        self._group = QButtonGroup(self)
        self._segments = [_Segment(choice, self) for choice in choices]
        line = row(self)
        for segment in self._segments:
            self._group.addButton(segment)
            line.addWidget(segment, segment.sizeHint().width())
            segment.toggled.connect(self.update)
            segment.clicked.connect(self._click)
        self._last_told = ""
        policy = QSizePolicy.Policy.Expanding if stretch else QSizePolicy.Policy.Maximum
        self.setSizePolicy(policy, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(Size.CONTROL)

    def raw(self) -> str:
        """The key of what is chosen."""
        checked = self._group.checkedButton()
        return checked.key if isinstance(checked, _Segment) else ""

    def set_raw(self, text: str) -> None:
        """Choose by key; an unknown one chooses nothing."""
        self._group.setExclusive(False)
        for segment in self._segments:
            segment.setChecked(segment.key == text)
        self._group.setExclusive(True)
        self._last_told = self.raw()
        self.setFocusProxy(self._group.checkedButton() or self._segments[0])

    def set_fault(self, fault: bool) -> None:
        """The red outline."""
        self._fault = fault
        self.update()

    def _click(self) -> None:
        """A click and an arrow key both end here: Qt moves and clicks with the arrows."""
        self.setFocusProxy(self._group.checkedButton() or self._segments[0])
        if self.raw() != self._last_told:
            self._last_told = self.raw()
            self.edited.emit()
            self.chosen.emit(self._last_told)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, c = QPainter(self), theme.colours()
        line, width = (c.red.text, 2.0) if self._fault else (c.field, 1.0)
        painting.box(painter, QRectF(self.rect()), Radius.CONTROL, c.surface, line, width)
        for before, after in zip(self._segments, self._segments[1:], strict=False):
            if not before.isChecked() and not after.isChecked():
                x = after.geometry().left()
                painting.line(painter, x, Space.S, x + 1, self.height() - Space.S, c.border)


class Check(QCheckBox):
    """Yes or no with its sentence."""

    edited = Signal()
    left = Signal()

    def __init__(self, text: str, parent: QWidget | None = None):
        super().__init__(text, parent)
        self._fault = False
        ring(self, Radius.CONTROL)
        self.setMinimumHeight(Size.CONTROL_DENSE)
        self.clicked.connect(self.edited)

    def raw(self) -> str:
        """ "có" or "không"."""
        return "có" if self.isChecked() else "không"

    def set_raw(self, text: str) -> None:
        """Check it for "có"."""
        self.setChecked(text == "có")

    def set_fault(self, fault: bool) -> None:
        """The red outline."""
        self._fault = fault
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(_BOX + Space.S + painting.width_of(self.text(), Type.BODY) + 2, Size.CONTROL_DENSE)

    def hitButton(self, at: object) -> bool:
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, c = QPainter(self), theme.colours()
        top = (self.height() - _BOX) / 2
        paint_check(painter, QRectF(0, top, _BOX, _BOX), self.isChecked(), c.red.text if self._fault else c.field)
        room = QRectF(_BOX + Space.S, 0, self.width() - _BOX - Space.S + 1, self.height())
        painting.words(painter, room, self.text(), Type.BODY, c.text if self.isEnabled() else c.text3)


def paint_check(painter: QPainter, rect: QRectF, checked: bool, line: str) -> None:
    """The box of a check, here and in tables."""
    c = theme.colours()
    painting.box(painter, rect, rect.width() / 6, c.accent if checked else c.surface, c.accent if checked else line)
    if checked:
        icons.paint(painter, rect.left() + 1, rect.top() + 1, "check", c.on_accent, Size.ICON_TEXT)


class Chip(QAbstractButton):
    """A filter with the count of what it shows. With `removable` it is a filter in force, and a click takes it off;
    with `menu` a click opens a list of further filters.
    """

    def __init__(
        self,
        text: str,
        count: str = "",
        *,
        key: str = "",
        icon: str = "",
        removable: bool = False,
        menu: bool = False,
        parent: QWidget | None = None,
    ):
        super().__init__(parent)
        self.key = key
        self._count = count
        self._icon = icon
        self._removable = removable
        self._menu = menu
        self.setText(text)
        self.setCheckable(not removable)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._name()
        ring(self, Size.CHIP // 2)

    def set_text(self, text: str) -> None:
        """Another word on it."""
        self.setText(text)
        self.set_count(self._count)

    def set_count(self, count: str) -> None:
        """Another count."""
        self._count = count
        self._name()
        self.updateGeometry()
        self.update()

    def _name(self) -> None:
        self.setAccessibleName(f"{self.text()} {self._count}".strip() + (", bỏ lọc" if self._removable else ""))

    def sizeHint(self) -> QSize:
        width = 2 * Space.M + painting.width_of(self.text(), Type.BODY_MEDIUM)
        width += painting.width_of(self._count, Type.BODY) + 5 if self._count else 0
        width += Size.ICON + Space.S if self._icon else 0
        width += Size.ICON + Space.XS if self._removable or self._menu else 0
        return QSize(width, Size.CHIP)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, c = QPainter(self), theme.colours()
        on = self.isChecked() or self._removable
        rect = QRectF(self.rect())
        back = c.accent_soft if on else c.hover if self.underMouse() else c.surface
        painting.box(painter, rect, rect.height() / 2, back, c.accent if on else c.border)
        x = float(Space.M)
        ink = c.accent if on else c.text
        if self._icon:
            icons.paint(painter, x, (self.height() - Size.ICON) / 2, self._icon, ink if on else c.text2)
            x += Size.ICON + Space.S
        x += painting.words(painter, QRectF(x, 0, self.width() - x, self.height()), self.text(), Type.BODY_MEDIUM, ink)
        room = QRectF(x + 5, 0, self.width() - x, self.height())
        painting.words(painter, room, self._count, Type.BODY, c.accent if on else c.text3)
        if self._removable or self._menu:
            name = "x" if self._removable else "chevron-down"
            icons.paint(painter, self.width() - Space.M - Size.ICON + 2, (self.height() - 14) / 2, name, ink, 14)


class ChipRow(QWidget):
    """Filter chips of which one is in force, then those that stand for combined filters."""

    chosen = Signal(str)
    removed = Signal(str)

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self._flow = FlowLayout(self, Space.S)
        self._chips: dict[str, Chip] = {}
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add(
        self, key: str, text: str, count: str = "", *, icon: str = "", removable: bool = False, menu: bool = False
    ) -> Chip:
        """Add a chip; the first ordinary one is in force."""
        chip = Chip(text, count, key=key, icon=icon, removable=removable, menu=menu, parent=self)
        if self._chips:
            follow_on(*self._chips.values(), chip)
        self._chips[key] = chip
        self._flow.addWidget(chip)
        if removable:
            chip.clicked.connect(lambda: self.removed.emit(key))
        else:
            self._group.addButton(chip)
            chip.setChecked(len(self._group.buttons()) == 1)
            chip.clicked.connect(lambda: self.chosen.emit(key))
        chip.show()
        return chip

    def remove(self, key: str) -> None:
        """Take a chip away."""
        chip = self._chips.pop(key, None)
        if chip is not None:
            self._flow.removeWidget(chip)
            self._group.removeButton(chip)
            chip.hide()
            chip.deleteLater()

    def set_count(self, key: str, count: str) -> None:
        """The count of a chip."""
        self._chips[key].set_count(count)
        self._flow.update()

    def chip(self, key: str) -> Chip:
        """A chip of the row."""
        return self._chips[key]

    def set_text(self, key: str, text: str) -> None:
        """Another word on a chip, where there is less room."""
        self._chips[key].set_text(text)
        self._flow.update()

    def set_shown(self, key: str, shown: bool) -> None:
        """Leave a chip out where there is no room for it, or show it again."""
        self._chips[key].setVisible(shown)
        self._flow.update()

    def choose(self, key: str) -> None:
        """Put a chip in force without telling."""
        self._chips[key].setChecked(True)

    def current(self) -> str:
        """Key of the chip in force."""
        checked = self._group.checkedButton()
        return checked.key if isinstance(checked, Chip) else ""


class FlowLayout(QLayout):
    """Left to right, then the next line: chips never force a window wider."""

    def __init__(self, parent: QWidget, gap: int):
        super().__init__(parent)
        self._gap = gap
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def sizeHint(self) -> QSize:
        width = sum(item.sizeHint().width() + self._gap for item in self._items) - self._gap
        return QSize(max(width, 0), max((item.sizeHint().height() for item in self._items), default=0))

    def minimumSize(self) -> QSize:
        return QSize(
            max((item.minimumSize().width() for item in self._items), default=0),
            max((item.minimumSize().height() for item in self._items), default=0),
        )

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        x, y, tallest = rect.x(), rect.y(), 0
        for item in self._items:
            if item.isEmpty():
                continue
            hint = item.sizeHint()
            if x > rect.x() and x + hint.width() > rect.x() + rect.width():
                x, y, tallest = rect.x(), y + tallest + self._gap, 0
            if move:
                item.setGeometry(QRect(x, y, hint.width(), hint.height()))
            x += hint.width() + self._gap
            tallest = max(tallest, hint.height())
        return y + tallest - rect.y()
