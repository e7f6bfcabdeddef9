"""Lucide's drawings, in the colour of the text beside them and at the screen's own ratio."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from app.ui.theme import RESOURCES
from app.ui.tokens import Size

STROKE = "1.75"


def paint(painter: QPainter, x: float, y: float, name: str, colour: str, size: int = Size.ICON) -> None:
    """Draw the icon with its left top corner at x, y."""
    device = painter.device()
    ratio = device.devicePixelRatio() if device is not None else 1.0
    painter.drawPixmap(QPointF(x, y), pixmap(name, colour, size, ratio))


@lru_cache(maxsize=512)
def pixmap(name: str, colour: str, size: int = Size.ICON, ratio: float = 1.0) -> QPixmap:
    """The icon as a picture; kept by name, colour, size and ratio, so another screen gets its own."""
    drawing = (RESOURCES / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    drawing = drawing.replace("currentColor", colour).replace('stroke-width="2"', f'stroke-width="{STROKE}"')
    renderer = QSvgRenderer(QByteArray(drawing.encode()))
    side = round(size * ratio)
    picture = QPixmap(QSize(side, side))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    renderer.render(painter, QRectF(0, 0, side, side))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


def icon(name: str, colour: str, size: int = Size.ICON) -> QIcon:
    """For the few places that take only a QIcon (the window, line-edit actions)."""
    made = QIcon()
    for ratio in (1.0, 1.5, 2.0, 3.0):
        made.addPixmap(pixmap(name, colour, size, ratio))
    return made
