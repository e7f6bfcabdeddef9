"""Buttons. Painted, so that the look is the same on every system; real QAbstractButtons, so that they behave."""

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app.ui import icons, painting, theme
from app.ui.tokens import Radius, Size, Space, Type
from app.ui.widgets.focus_ring import ring

# Keys that the view itself answers, because they mean something else inside fields and lists.
_SHOWN_ONLY = {"Enter", "Esc", "Space", ""}


class Kind(Enum):
    """Weight of a button; one primary per view. An alarm is a link to what is wrong."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    GHOST = "ghost"
    LINK = "link"
    ALARM = "alarm"


_LINKS = (Kind.LINK, Kind.ALARM)


@dataclass(frozen=True)
class _Ink:
    fill: str
    line: str
    text: str
    key: str
    key_line: str


class Button(QAbstractButton):
    """Text, icon and the key that does the same.

    `keys` ("Ctrl+N") is printed on the button and works as long as the button is to be seen; Enter, Esc and Space are
    only printed. `name` is what a screen reader says where there is no text. `menu` adds the arrow of a choice.
    """

    def __init__(
        self,
        text: str = "",
        kind: Kind = Kind.SECONDARY,
        *,
        icon: str = "",
        keys: str = "",
        name: str = "",
        menu: bool = False,
        dense: bool = False,
        parent: QWidget | None = None,
    ):
        super().__init__(parent)
        self.kind = kind
        self._icon = icon
        self._keys = keys
        self._menu = menu
        self._compact = False
        self._height = Size.CONTROL_DENSE if dense or kind is Kind.LINK else Size.CONTROL
        if kind is Kind.ALARM:
            self._height = Type.BODY.value.line
        self.setText(text)
        self.setAccessibleName(name or text)
        if name and not text:
            self.setToolTip(f"{name} ({keys})" if keys else name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        ring(self, Radius.CONTROL)
        if keys not in _SHOWN_ONLY:
            # Qt knows the Enter of the digits by that name, the one of the letters as Return.
            for each in {keys, keys.replace("Enter", "Return")}:
                QShortcut(QKeySequence(each), self).activated.connect(self.click)

    def set_text(self, text: str) -> None:
        """Another word on it."""
        self.setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()

    def set_compact(self, compact: bool) -> None:
        """Icon only, the text as tool tip: ghost buttons of the header in rail mode."""
        self._compact = compact and bool(self._icon)
        self.setToolTip(self.text() if self._compact else "")
        self.updateGeometry()
        self.update()

    def disable(self, why: str) -> None:
        """Not now, and why; `setEnabled(True)` ends it."""
        self.setEnabled(False)
        self.setToolTip(why)

    def sizeHint(self) -> QSize:
        width = 2 * self._padding()
        if self._icon:
            width += self._icon_size()
        if self.text() and not self._compact:
            width += painting.width_of(self.text(), self._style()) + (Space.S if self._icon else 0)
        if self._keys and self.text() and not self._compact:
            width += Space.S + painting.keys_width(self._keys)
        if self._menu:
            width += Space.S + Size.ICON_TEXT
        return QSize(max(width, self._height), self._height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _padding(self) -> int:
        if self.kind in _LINKS:
            return 0
        return Space.S if self._compact or not self.text() else Space.M

    def _icon_size(self) -> int:
        return Size.ICON_TEXT if self.kind is Kind.ALARM else Size.ICON

    def _style(self) -> Type:
        if self.kind is Kind.ALARM:
            return Type.LABEL
        return Type.BODY if self.kind is Kind.GHOST else Type.BODY_MEDIUM

    def _ink(self) -> _Ink:
        c = theme.colours()
        hot, down = self.underMouse() and self.isEnabled(), self.isDown()
        if not self.isEnabled():
            plain = self.kind is Kind.GHOST or self.kind in _LINKS
            return _Ink("" if plain else c.sunken, "" if plain else c.border, c.text3, c.text3, c.border)
        if self.kind is Kind.PRIMARY:
            fill = c.accent_pressed if down else c.accent_hover if hot else c.accent
            return _Ink(fill, "", c.on_accent, c.on_accent, "#8CFFFFFF")
        if self.kind is Kind.LINK:
            return _Ink("", "", c.accent_hover if hot or down else c.accent, c.text3, c.border)
        if self.kind is Kind.ALARM:
            return _Ink("", "", c.red.text, c.text3, c.border)
        fill = c.border if down else c.hover if hot else ""
        if self.kind is Kind.GHOST:
            return _Ink(fill, "", c.text2, c.text3, c.border)
        return _Ink(fill or c.surface, c.border, c.text, c.text3, c.border)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, ink = QPainter(self), self._ink()
        rect = QRectF(self.rect())
        if ink.fill or ink.line:
            painting.box(painter, rect, Radius.CONTROL, ink.fill, ink.line)
        middle, size = rect.height() / 2, self._icon_size()
        x = max(float(self._padding()), (rect.width() - self.sizeHint().width()) / 2 + self._padding())
        if not self.text() or self._compact:
            x = (rect.width() - size) / 2
        if self._icon:
            icons.paint(painter, x, middle - size / 2, self._icon, ink.text, size)
            x += size + Space.S
        if self.text() and not self._compact:
            room = QRectF(x, 0, rect.width() - x + 1, rect.height())
            x += painting.words(painter, room, self.text(), self._style(), ink.text) + Space.S
            if self._keys:
                back = "" if self.kind is Kind.PRIMARY else theme.colours().sunken
                painting.keys_box(painter, x, middle, self._keys, ink.key, ink.key_line, back)
                x += painting.keys_width(self._keys) + Space.S
        if self._menu:
            at = rect.width() - self._padding() - Size.ICON_TEXT + 2
            icons.paint(painter, at, middle - Size.ICON_TEXT / 2, "chevron-down", theme.colours().text2, Size.ICON_TEXT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses too, not only Space."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
            return
        super().keyPressEvent(event)


def icon_button(icon: str, name: str, *, keys: str = "", parent: QWidget | None = None) -> Button:
    """A ghost button with nothing but its icon; `name` is its tool tip and what a screen reader says."""
    return Button("", Kind.GHOST, icon=icon, name=name, keys=keys, parent=parent)
