"""What the program says: a banner until it is solved, a toast for a moment, a note inside a form."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QEnterEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QTextEdit,
    QWidget,
)

from app.ui import painting, theme
from app.ui.tokens import Delay, Radius, Size, Space, Tone, Type
from app.ui.widgets.buttons import Button, Kind
from app.ui.widgets.focus_ring import ring
from app.ui.widgets.labels import IconLabel, Label, row

_ICONS = {Tone.BLUE: "info", Tone.AMBER: "triangle-alert", Tone.RED: "circle-alert", Tone.GREEN: "circle-check"}
_SHADOW = 24


class Banner(QWidget):
    """One sentence in its colour, at most one action at the right: blue news, amber to look at, red failure."""

    acted = Signal()

    def __init__(self, text: str, tone: Tone = Tone.BLUE, action: str = "", parent: QWidget | None = None):
        super().__init__(parent)
        self._tone = tone
        self._radius: float = Radius.BANNER
        pair = theme.colours().pair(tone)
        line = row(self, gap=Space.S)
        self.set_strip(False)
        icon = IconLabel(_ICONS.get(tone, "info"), "text2")
        icon.set(_ICONS.get(tone, "info"), pair.text)
        line.addWidget(icon, 0, Qt.AlignmentFlag.AlignVCenter)
        self.text = Label(text, Type.BODY, wrap=True)
        self.text.set_colour(pair.text)
        line.addWidget(self.text, 1)
        if action:
            self.action = Button(action, Kind.LINK)
            self.action.clicked.connect(self.acted)
            line.addWidget(self.action)

    def set_strip(self, strip: bool) -> None:
        """A low strip from edge to edge instead of a box, where there is little height."""
        self._radius = 0 if strip else Radius.BANNER
        self.setMinimumHeight(Size.BANNER_LOW if strip else Size.BANNER)
        self.setContentsMargins(*((Space.L, 0, Space.L, 0) if strip else (Space.M, Space.XS, Space.M, Space.XS)))

    def paintEvent(self, event: QPaintEvent) -> None:
        pair = theme.colours().pair(self._tone)
        painting.box(QPainter(self), QRectF(self.rect()), self._radius, pair.back)


class Note(QWidget):
    """Small print in a coloured box inside a form or panel: what follows from what was chosen."""

    def __init__(self, text: str, tone: Tone = Tone.BLUE, parent: QWidget | None = None):
        super().__init__(parent)
        line = row(self, (Space.M, Space.S - 1, Space.M, Space.S - 1), Space.S)
        self._icon = IconLabel("info", "text2", Size.ICON_TEXT)
        self._label = Label("", Type.HINT, wrap=True)
        line.addWidget(self._icon)
        line.addWidget(self._label, 1)
        self.set(text, tone)

    def set(self, text: str, tone: Tone = Tone.BLUE) -> None:
        """Another text."""
        self._tone = tone
        pair = theme.colours().pair(tone)
        self._icon.set(_ICONS.get(tone, "info"), pair.text)
        self._label.setText(text)
        self._label.set_colour(pair.text)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painting.box(QPainter(self), QRectF(self.rect()), Radius.BANNER, theme.colours().pair(self._tone).back)


class _ToastAction(QAbstractButton):
    def __init__(self, keys: str, parent: QWidget):
        super().__init__(parent)
        self._keys = keys
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        ring(self, Radius.CONTROL)

    def sizeHint(self) -> QSize:
        width = painting.width_of(self.text(), Type.BODY_STRONG)
        return QSize(width + Space.S + painting.keys_width(self._keys), Size.CONTROL_DENSE)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, c = QPainter(self), theme.colours()
        used = painting.words(painter, QRectF(self.rect()), self.text(), Type.BODY_STRONG, c.toast_action)
        painting.keys_box(painter, used + Space.S, self.height() / 2, self._keys, c.toast_text, c.toast_line)


class Toast(QWidget):
    """What has just happened, with the way back: "Đã lưu hồ sơ NB-2023-0023 · Hoàn tác [Ctrl+Z]".

    One at a time; 8 seconds, longer while the mouse or the keyboard is on it. Ctrl+Z acts as long as it stands, unless
    a field has the focus and something of its own to take back. What `lasts` can be taken back later too, until the
    next toast: a slip is often seen only when it is gone. Not from within a field, where Ctrl+Z means the typing.
    """

    def __init__(self, over: QWidget, room: Callable[[], QRect] | None = None):
        super().__init__(over)
        self._over = over
        self._room = room or over.rect
        self._act: Callable[[], None] | None = None
        self._icon = IconLabel("check", "toast_done")
        self._text = Label("", Type.BODY, "toast_text", elide=True)
        self._button = _ToastAction("Ctrl+Z", self)
        self._button.clicked.connect(self._acted)
        line = row(self, (_SHADOW + Space.M, _SHADOW, _SHADOW + Space.M, _SHADOW), Space.S)
        line.addWidget(self._icon)
        line.addWidget(self._text, 1)
        line.addSpacing(Space.L)
        line.addWidget(self._button)
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.setInterval(Delay.TOAST)
        self._clock.timeout.connect(self._time_over)
        self._shortcut = QShortcut(QKeySequence("Ctrl+Z"), self)
        self._shortcut.activated.connect(self._acted)
        self._lasts = False
        self._later = QShortcut(QKeySequence("Ctrl+Z"), over, enabled=False)
        self._later.activated.connect(self._acted_later)
        over.installEventFilter(self)
        self.hide()

    def tell(self, text: str, action: str = "", act: Callable[[], None] | None = None, *, lasts: bool = False) -> None:
        """Say it, at the bottom centre of the room."""
        self._act, self._lasts = act, lasts
        self._later.setEnabled(False)
        self._text.setText(text)
        self._button.setText(action)
        self._button.setAccessibleName(action)
        self._button.setVisible(bool(action))
        self._shortcut.setEnabled(act is not None)
        self.setAccessibleName(text)
        self._place()
        self.show()
        self.raise_()
        self._clock.start()

    def dismiss(self) -> None:
        """Take it away."""
        self._act = None
        self._later.setEnabled(False)
        self._clock.stop()
        self.hide()

    def _acted_later(self) -> None:
        if not isinstance(QApplication.focusWidget(), QLineEdit | QPlainTextEdit | QTextEdit):
            self._acted()

    def _acted(self) -> None:
        act = self._act
        self.dismiss()
        if act is not None:
            act()

    def _time_over(self) -> None:
        if self.underMouse() or self.isAncestorOf(QApplication.focusWidget() or self._over):
            self._clock.start()
        elif self._lasts:
            self.hide()
            self._later.setEnabled(True)
        else:
            self.dismiss()

    def _place(self) -> None:
        layout = self.layout()
        assert layout is not None
        layout.activate()
        room, height = self._room(), Size.TOAST + 2 * _SHADOW
        # The layout counts no width for a text that elides.
        width = min(layout.sizeHint().width() + self._text.sizeHint().width(), room.width() + 2 * (_SHADOW - Space.L))
        x = max(room.center().x() - width // 2, -_SHADOW)
        self.setGeometry(x, room.bottom() + 1 - height + _SHADOW - Space.M, width, height)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and not self.isHidden():
            self._place()
        return False

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._clock.start()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._clock.stop()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        surface = QRectF(self.rect()).adjusted(_SHADOW, _SHADOW, -_SHADOW, -_SHADOW)
        painting.shadow(painter, surface, Radius.CARD)
        painting.box(painter, surface, Radius.CARD, theme.colours().toast)
