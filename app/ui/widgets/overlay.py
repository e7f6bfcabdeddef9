"""What lies above the window's content: popovers, lists of choices.

Children of the window, not windows of their own: the keyboard stays where it is, typing programs are not disturbed, and
nothing depends on how a desktop places windows.
"""

from typing import TypeGuard

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.ui import painting, theme
from app.ui.tokens import Radius, Size, Space, Type
from app.ui.widgets.buttons import icon_button
from app.ui.widgets.labels import HLine, Label, column, row
from app.ui.widgets.scrolling import UprightScroll

_SHADOW = 24


class Overlay(QWidget):
    """A floating surface opened at an anchor; a click outside, a resized window or another page closes it.

    Content goes into `body`. `open_at` shows it below the anchor, or above where there is no room.
    """

    closed = Signal()

    def __init__(self, width: int = 0, gap: int = Space.XS):
        super().__init__()
        self._width = width
        self._gap = gap
        self._anchor: QWidget | None = None
        self._return_to: QWidget | None = None
        self._placed = (False, 0)
        self.body = QWidget(self)
        outer = column(self, (_SHADOW, _SHADOW, _SHADOW, _SHADOW))
        outer.addWidget(self.body)
        self.hide()

    def open_at(self, anchor: QWidget, *, right: bool = False, height: int = 0) -> None:
        """Show it at the anchor; `right` aligns right edges instead of left ones."""
        self._anchor = anchor
        self._return_to = QApplication.focusWidget()
        window = anchor.window()
        if self.parentWidget() is not window:
            self.setParent(window)
            window.destroyed.connect(self._forget)
        self._placed = (right, height)
        self._place(right, height)
        self.show()
        self.raise_()
        application = QApplication.instance()
        assert application is not None
        application.installEventFilter(self)

    def close_overlay(self) -> None:
        """Hide it and give the focus back to where it came from."""
        if not self.isVisible():
            return
        application = QApplication.instance()
        assert application is not None
        application.removeEventFilter(self)
        had_focus = self.isAncestorOf(QApplication.focusWidget() or self) and QApplication.focusWidget() is not None
        self.hide()
        if had_focus and self._return_to is not None:
            self._return_to.setFocus(Qt.FocusReason.PopupFocusReason)
        self._return_to = None
        self.closed.emit()

    def _forget(self) -> None:
        self._anchor = None
        self._return_to = None

    def _place(self, right: bool, height: int) -> None:
        assert self._anchor is not None
        window = self._anchor.window()
        at = QRect(self._anchor.mapTo(window, QPoint(0, 0)), self._anchor.size())
        size = self._size(at.width(), height)
        below = window.height() - at.bottom() - self._gap - Space.S
        above = at.top() - self._gap - Space.S
        if size.height() <= below or below >= above:
            size.setHeight(min(size.height(), below))
            top = at.bottom() + 1 + self._gap
        else:
            size.setHeight(min(size.height(), above))
            top = at.top() - self._gap - size.height()
        left = at.right() + 1 - size.width() if right else at.left()
        left = max(Space.M, min(left, window.width() - size.width() - Space.M))
        self.setGeometry(QRect(left, top, size.width(), size.height()).adjusted(-_SHADOW, -_SHADOW, _SHADOW, _SHADOW))

    def _size(self, anchor_width: int, height: int) -> QSize:
        width = self._width or anchor_width
        self.body.setFixedWidth(width)
        layout = self.body.layout()
        if not height and layout is not None:
            layout.activate()
            height = layout.heightForWidth(width) if layout.hasHeightForWidth() else layout.sizeHint().height()
        return QSize(width, height)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.MouseButtonPress and isinstance(watched, QWidget):
            if not self._holds(watched) and not _within(watched, self._anchor):
                self.close_overlay()
        elif (kind, watched) in ((QEvent.Type.Resize, self.parentWidget()), (QEvent.Type.Hide, self._anchor)):
            self.close_overlay()
        return False

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes round inside; it never reaches what lies below."""
        here = QApplication.focusWidget() or self.body
        there = here
        while True:
            there = (there.nextInFocusChain() if forward else there.previousInFocusChain()) or here
            if there is here:
                return True
            tabs = there.focusPolicy() & Qt.FocusPolicy.TabFocus == Qt.FocusPolicy.TabFocus
            if tabs and there is not self.body and self.body.isAncestorOf(there) and there.isVisible():
                there.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
                return True

    def _holds(self, widget: QWidget) -> bool:
        """Whether it lies inside, or inside another overlay that was opened from inside (a calendar in a popover)."""
        above: QWidget | None = widget
        while above is not None and not isinstance(above, Overlay):
            above = above.parentWidget()
        return above is self or (isinstance(above, Overlay) and _within(above._anchor, self.body))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, c = QPainter(self), theme.colours()
        surface = QRectF(self.rect()).adjusted(_SHADOW, _SHADOW, -_SHADOW, -_SHADOW)
        painting.shadow(painter, surface, Radius.CARD)
        painting.box(painter, surface, Radius.CARD, c.surface, c.border)


def _within(widget: QObject | None, outer: QWidget | None) -> TypeGuard[QWidget]:
    return isinstance(widget, QWidget) and outer is not None and (widget is outer or outer.isAncestorOf(widget))


class Popover(Overlay):
    """A titled overlay that takes the focus: 460 wide for forms, 320 for lists. Esc closes, the focus goes back.

    `content` is the column for the body; `foot`, made on first use, holds the buttons.
    """

    def __init__(self, title: str, *, width: int = Size.POPOVER, keys: str = ""):
        super().__init__(width, gap=Space.S)
        self.body.setAccessibleName(title)
        outer = column(self.body)
        head = QWidget()
        self._head: QHBoxLayout = row(head, (Space.XL, Space.S, Space.M + 1, Space.S - 1), Space.S)
        self._head.addWidget(Label(title, Type.HEADING))
        self._head.addStretch(1)
        close = icon_button("x", "Đóng")
        close.clicked.connect(self.close_overlay)
        self._head.addWidget(close)
        outer.addWidget(head)
        outer.addWidget(HLine())
        self._inside = QWidget()
        self.content: QVBoxLayout = column(self._inside, (Space.XL, Space.L, Space.XL, Space.L), Space.S)
        self._scroll = _Scroll(self._inside)
        outer.addWidget(self._scroll)
        self._outer = outer
        self._foot: QHBoxLayout | None = None

    @property
    def foot(self) -> QHBoxLayout:
        """The row of buttons below the line."""
        if self._foot is None:
            area = QWidget()
            self._foot = row(area, (Space.XL, Space.M, Space.XL, Space.M), Space.S)
            self._outer.addWidget(HLine())
            self._outer.addWidget(area)
        return self._foot

    def open_at(self, anchor: QWidget, *, right: bool = False, height: int = 0) -> None:
        super().open_at(anchor, right=right, height=height)
        self.body.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.body.setFocus(Qt.FocusReason.PopupFocusReason)
        self.body.focusNextChild()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """It grows with what appears in it, an error below a field; what has the focus is in sight."""
        if event.type() == QEvent.Type.LayoutRequest and watched is self._inside:
            self._scroll.updateGeometry()
        elif event.type() == QEvent.Type.LayoutRequest and watched is self.body and self._anchor is not None:
            self._place(*self._placed)
        elif event.type() == QEvent.Type.FocusIn and _within(watched, self._inside):
            self._scroll.ensureWidgetVisible(watched, 0, Size.CONTROL)
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_overlay()
            return
        super().keyPressEvent(event)


class _Scroll(UprightScroll):
    """As high as its content; where a window is too low for that it scrolls, head and foot stay in sight."""

    def __init__(self, content: QWidget):
        super().__init__()
        self._content = content
        self.setWidget(content)
        self.viewport().setAutoFillBackground(False)
        content.setAutoFillBackground(False)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def heightForWidth(self, width: int) -> int:
        layout = self._content.layout()
        assert layout is not None
        return layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else layout.totalSizeHint().height()

    def sizeHint(self) -> QSize:
        return self._content.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, Size.CONTROL)
