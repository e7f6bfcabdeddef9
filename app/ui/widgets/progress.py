"""How far something has come; the number always stands beside it."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QWidget

from app.ui import painting, theme
from app.ui.tokens import Size, Tone

_SCALE = 10_000
_TICK_OVER = 3


class ProgressBar(QProgressBar):
    """A bar of 8; `tick` is an upright mark, such as the share of the year gone. Parts are from 0 to 1."""

    def __init__(
        self, part: float = 0.0, tone: Tone = Tone.BLUE, *, tick: float | None = None, parent: QWidget | None = None
    ):
        super().__init__(parent)
        self._tone = tone
        self._tick = tick
        self.setRange(0, _SCALE)
        self.setTextVisible(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_part(part)

    def set_part(self, part: float, tone: Tone | None = None, tick: float | None = None) -> None:
        """How far it is now."""
        self.setValue(round(min(max(part, 0.0), 1.0) * _SCALE))
        self._tone = tone or self._tone
        self._tick = self._tick if tick is None else tick
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, Size.PROGRESS + 2 * _TICK_OVER)

    def minimumSizeHint(self) -> QSize:
        return QSize(40, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, c = QPainter(self), theme.colours()
        rect = QRectF(0, (self.height() - Size.PROGRESS) / 2, self.width(), Size.PROGRESS)
        painting.bar(painter, rect, self.value() / _SCALE, c.bar(self._tone), c.track)
        if self._tick is not None:
            x = round(self.width() * self._tick)
            painter.fillRect(
                QRectF(x - 2, rect.top() - _TICK_OVER, 4, rect.height() + 2 * _TICK_OVER), QColor(c.surface)
            )
            painter.fillRect(QRectF(x - 1, rect.top() - _TICK_OVER, 2, rect.height() + 2 * _TICK_OVER), QColor(c.text))
