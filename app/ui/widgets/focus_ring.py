"""The ring around the control that the keyboard has reached.

One widget for the application instead of a margin in every control, so that rows of buttons keep their gaps.
Controls ask for it with `ring(widget, radius)`.
"""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from app.ui import painting, theme
from app.ui.tokens import Size

_SHAPE = "ring"
_OUTSET = 2 * Size.FOCUS_RING


def ring(widget: QWidget, radius: int, *, dx: int = _OUTSET, dy: int = _OUTSET) -> None:
    """Let the ring go around this control, with corners of that radius; dx and dy are how far outside it lies."""
    widget.setProperty(_SHAPE, [radius + max(dx, dy) - 1, dx, dy])


class FocusRing(QWidget):
    """Follows the focus of the application; made once, beside the theme."""

    def __init__(self, application: QApplication):
        super().__init__()
        self._around: QWidget | None = None
        self._keyboard = False
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        application.focusChanged.connect(self._follow)

    def _follow(self, _old: QWidget | None, now: QWidget | None) -> None:
        if not isValid(self):
            return
        if self._around is not None and isValid(self._around):
            self._around.removeEventFilter(self)
        self._let_go()
        if now is None or not self._by_keyboard(now) or now.property(_SHAPE) is None:
            return
        self._around = now
        now.installEventFilter(self)
        self.setParent(now.parentWidget())
        self._place()
        self.show()

    def _by_keyboard(self, now: QWidget) -> bool:
        """Tab and the mouse decide; a focus that the program moves counts as the hand used last."""
        if QApplication.mouseButtons() != Qt.MouseButton.NoButton:
            self._keyboard = False
        elif now.window().testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange):
            self._keyboard = True
        return self._keyboard

    def _let_go(self) -> None:
        """Leave the parent, which may be about to go and would take the ring with it."""
        self._around = None
        self.hide()
        self.setParent(None)

    def _place(self) -> None:
        if self._around is not None:
            _, dx, dy = self._around.property(_SHAPE)
            self.setGeometry(self._around.geometry().adjusted(-dx, -dy, dx, dy))
            self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Move, QEvent.Type.Resize):
            self._place()
        elif event.type() == QEvent.Type.Hide:
            self.hide()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._around is None:
            return
        painter = QPainter(self)
        radius, _, _ = self._around.property(_SHAPE)
        painting.box(painter, QRectF(self.rect()), radius, line=theme.colours().accent, width=Size.FOCUS_RING)
