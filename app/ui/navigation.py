"""The navigation at the left: where one can go, what waits there, and who is working."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app.ui import icons, painting, theme
from app.ui.tokens import Radius, Size, Space, Tone, Type
from app.ui.widgets.focus_ring import ring
from app.ui.widgets.labels import HLine, column, filled

_TEXT_AT = 48
_HEAD = 59
_BADGE = 20
_DOT = 9


@dataclass(frozen=True)
class NavigationEntry:
    """One place; `bottom` puts it at the foot."""

    key: str
    title: str
    icon: str
    bottom: bool = False


ENTRIES = (
    NavigationEntry("overview", "Tổng quan", "layout-dashboard"),
    NavigationEntry("dossiers", "Hồ sơ", "folder-open"),
    NavigationEntry("procedures", "Thủ tục", "list-checks"),
    NavigationEntry("budget", "Ngân sách", "wallet"),
    NavigationEntry("documents", "Văn bản", "file-text"),
    NavigationEntry("plans", "Kế hoạch", "calendar-check"),
    NavigationEntry("reports", "Báo cáo", "file-chart-column"),
    NavigationEntry("settings", "Thiết lập", "settings", bottom=True),
)


class _Item(QAbstractButton):
    def __init__(self, entry: NavigationEntry, keys: str):
        super().__init__()
        self.entry = entry
        self._keys = keys
        self._rail = False
        self.badge = ""
        self._tone = Tone.RED
        self.setCheckable(True)
        self.setText(entry.title)
        self.setFixedHeight(Size.NAVIGATION_ITEM)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        ring(self, Radius.CONTROL, dx=-Space.XS, dy=2)
        self._name()

    def set_rail(self, rail: bool) -> None:
        self._rail = rail
        self.setToolTip(f"{self.text()} ({self._keys})" if rail else self._keys)
        self.update()

    def set_badge(self, badge: str, tone: Tone, meaning: str) -> None:
        self.badge, self._tone = badge, tone
        self._name(meaning)
        self.update()

    def _name(self, meaning: str = "") -> None:
        self.setAccessibleName(f"{self.text()}, {meaning}" if meaning else self.text())

    def sizeHint(self) -> QSize:
        return QSize(Size.RAIL, Size.NAVIGATION_ITEM)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, c = QPainter(self), theme.colours()
        pill = QRectF(Space.S, 2, self.width() - 2 * Space.S, self.height() - 4)
        middle = self.height() / 2
        on = self.isChecked()
        if on:
            painting.box(painter, pill, Radius.CONTROL, c.surface, c.border)
            painting.box(painter, QRectF(Space.S, middle - 8, 3, 16), 1.5, fill=c.accent)
        elif self.underMouse():
            painting.box(painter, pill, Radius.CONTROL, c.border)
        ink = c.accent if on else c.text2
        size = Size.ICON_NAVIGATION
        left = (self.width() - size) / 2 if self._rail else Space.XL
        icons.paint(painter, left, middle - size / 2, self.entry.icon, ink, size)
        if not self._rail:
            style = Type.BODY_STRONG if on else Type.BODY
            room = QRectF(_TEXT_AT, 0, self.width() - _TEXT_AT - _BADGE - Space.L, self.height())
            painting.words(painter, room, self.text(), style, c.text)
        if self.badge:
            self._paint_badge(painter)

    def _paint_badge(self, painter: QPainter) -> None:
        c = theme.colours()
        if self._rail:
            spot = QRectF(self.width() - Space.M - _DOT / 2, 4, _DOT, _DOT)
            painting.box(painter, spot.adjusted(0, 0, -1, -1), _DOT / 2, fill=c.bar(self._tone))
            return
        pair = c.pair(self._tone)
        width = max(_BADGE, painting.width_of(self.badge, Type.LABEL_STRONG) + Space.M)
        right = self.width() - Space.L
        badge = QRectF(right - width, (self.height() - _BADGE + 2) / 2, width, _BADGE - 2)
        painting.box(painter, badge, badge.height() / 2, fill=pair.back)
        painting.words(painter, badge, self.badge, Type.LABEL_STRONG, pair.text, painting.CENTRE)


class _Officer(QAbstractButton):
    """Who is working; a click or Ctrl+U changes it."""

    def __init__(self) -> None:
        super().__init__()
        self._rail = False
        self._unit = ""
        self.setFixedHeight(51)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        ring(self, Radius.CONTROL, dx=-Space.XS, dy=-Space.XS)
        self.set_person("", "")

    def set_person(self, name: str, unit: str) -> None:
        self.setText(name)
        self._unit = unit
        self.setAccessibleName(f"Tôi là {name}" if name else "Chọn người đang làm")
        self.update()

    def set_rail(self, rail: bool) -> None:
        self._rail = rail
        self.setToolTip(f"{self.text()} (Ctrl+U)" if rail else "Đổi người (Ctrl+U)")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(Size.RAIL, 51)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, c = QPainter(self), theme.colours()
        if self.underMouse():
            painter.fillRect(self.rect(), QColor(c.border))
        size = Size.ICON_NAVIGATION + 2
        left = (self.width() - size) / 2 if self._rail else Space.L
        icons.paint(painter, left, (self.height() - size) / 2 - 1, "circle-user-round", c.text2, size)
        if self._rail:
            return
        x = 46
        room = self.width() - x - Space.S
        top = 6 if self._unit else (self.height() - 20) / 2 - 1
        painting.words(painter, QRectF(x, top, room, 20), self.text() or "Chọn tên…", Type.BODY_MEDIUM, c.text)
        painting.words(painter, QRectF(x, 23, room, 16), self._unit, Type.HINT, c.text2)


class Navigation(QWidget):
    """208 wide, or a rail of 56 with icons only. `gone` names the place asked for."""

    gone = Signal(str)
    officer_asked = Signal()

    def __init__(self, entries: tuple[NavigationEntry, ...] = ENTRIES):
        super().__init__()
        filled(self, "side")
        self._rail = False
        self._office = ""
        self._items: dict[str, _Item] = {}
        outer = column(self, (0, _HEAD, 1, 0))
        for number, entry in enumerate(entries, start=1):
            keys = f"Alt+{number}"
            item = _Item(entry, keys)
            item.clicked.connect(lambda _=False, key=entry.key: self._go(key))
            QShortcut(QKeySequence(keys), self).activated.connect(item.click)
            self._items[entry.key] = item
            if entry.bottom:
                outer.addStretch(1)
            outer.addWidget(item)
        outer.addSpacing(Space.S)
        outer.addWidget(HLine())
        self.officer = _Officer()
        self.officer.clicked.connect(self.officer_asked)
        QShortcut(QKeySequence("Ctrl+U"), self).activated.connect(self.officer_asked)
        outer.addWidget(self.officer)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.set_rail(False)

    def set_office(self, name: str) -> None:
        """Name of the office at the top."""
        self._office = name
        self.update()

    def set_badge(self, key: str, badge: str, tone: Tone = Tone.RED, meaning: str = "") -> None:
        """What waits there: a red count, an amber "!"; `meaning` is what a screen reader says."""
        self._items[key].set_badge(badge, tone, meaning)

    def badge(self, key: str) -> str:
        """What stands beside a place."""
        return self._items[key].badge

    def select(self, key: str) -> None:
        """Show where one is."""
        for name, item in self._items.items():
            item.setChecked(name == key)

    def _go(self, key: str) -> None:
        self.select(key)
        self.gone.emit(key)

    def set_rail(self, rail: bool) -> None:
        """Icons only, or with words."""
        self._rail = rail
        self.setFixedWidth((Size.RAIL if rail else Size.NAVIGATION) + 1)
        for item in self._items.values():
            item.set_rail(rail)
        self.officer.set_rail(rail)
        self.update()

    def is_rail(self) -> bool:
        """Whether only icons show."""
        return self._rail

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, c = QPainter(self), theme.colours()
        painting.line(painter, self.width() - 1, 0, self.width(), self.height(), c.border)
        logo = QRectF((Size.RAIL - 28) / 2 if self._rail else Space.L, 15, 28, 28)
        painting.box(painter, logo, Radius.CONTROL + 1, fill=c.accent)
        icons.paint(painter, logo.left() + 5, logo.top() + 5, "book-open-check", c.on_accent, Size.ICON_NAVIGATION)
        if self._rail:
            return
        room = self.width() - 54 - Space.S
        painting.words(painter, QRectF(54, 12, room, 20), self._office or "Sổ CCHC", Type.BODY_STRONG, c.text)
        if self._office:
            painting.words(painter, QRectF(54, 30, room, 16), "Sổ CCHC", Type.HINT, c.text2)
