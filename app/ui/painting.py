"""The few strokes that every painted control is made of."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from app.ui import theme
from app.ui.tokens import Radius, Size, Type

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter

_KEY_PADDING = 5
_SHADOW_SOFT = 17
_SHADOW_DOWN = 5


def box(painter: QPainter, rect: QRectF, radius: float, fill: str = "", line: str = "", width: float = 1.0) -> None:
    """A rounded box whose line lies inside the rectangle, sharp on whole pixels."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(QColor(fill) if fill else Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(line), width) if line else QPen(Qt.PenStyle.NoPen))
    inset = width / 2 if line else 0.0
    painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), radius, radius)
    painter.restore()


def words(
    painter: QPainter,
    rect: QRectF,
    text: str,
    style: Type,
    colour: str,
    align: Qt.AlignmentFlag = LEFT,
) -> float:
    """One line of text, elided to the rectangle by the font really used; the width it took."""
    measure = theme.metrics(style)
    shown = measure.elidedText(text, Qt.TextElideMode.ElideRight, int(rect.width()) + 1)
    painter.setFont(theme.font(style))
    painter.setPen(QColor(colour))
    painter.drawText(rect, int(align | Qt.TextFlag.TextSingleLine), shown)
    return float(measure.horizontalAdvance(shown))


def width_of(text: str, style: Type) -> int:
    """Width of one line, as `words` paints it."""
    return theme.metrics(style).horizontalAdvance(text)


def line(painter: QPainter, x1: float, y1: float, x2: float, y2: float, colour: str) -> None:
    """A hair line one pixel wide, between whole pixels; x1, y1 and x2, y2 are its first and last pixel's corners."""
    painter.fillRect(QRectF(x1, y1, max(x2 - x1, 1.0), max(y2 - y1, 1.0)), QColor(colour))


def keys_width(keys: str) -> int:
    """Width of the box with a key's name."""
    return width_of(keys, Type.HINT) + 2 * _KEY_PADDING


def keys_box(painter: QPainter, x: float, middle: float, keys: str, colour: str, outline: str, fill: str = "") -> None:
    """The key's name in its outlined box, left edge at x, centred on `middle`."""
    rect = QRectF(x, middle - Size.KEY_HINT / 2, keys_width(keys), Size.KEY_HINT)
    box(painter, rect, Radius.CONTROL - 1, fill, outline)
    words(painter, rect.adjusted(_KEY_PADDING, 0, _KEY_PADDING, 0), keys, Type.HINT, colour)


def bar(painter: QPainter, rect: QRectF, part: float, colour: str, track: str) -> None:
    """A progress bar; part is from 0 to 1."""
    radius = rect.height() / 2
    box(painter, rect, radius, fill=track)
    if part > 0:
        filled = QRectF(rect.topLeft(), QPointF(rect.left() + max(rect.width() * min(part, 1.0), rect.height()), 0))
        filled.setHeight(rect.height())
        box(painter, filled, radius, fill=colour)


def shadow(painter: QPainter, rect: QRectF, radius: float) -> None:
    """The one shadow, under popovers and toasts: 5 down, soft over 17, as thin veils one over the other."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(Qt.PenStyle.NoPen))
    painter.setBrush(QColor(0, 0, 0, 3))
    for spread in range(_SHADOW_SOFT):
        grown = rect.adjusted(-spread, -spread, spread, spread).translated(0, _SHADOW_DOWN)
        painter.drawRoundedRect(grown, radius + spread, radius + spread)
    painter.restore()
