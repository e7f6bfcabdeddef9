"""What stands in the text as one character: figures and words of the registers, marks of paragraphs, fixed blocks.

The document keeps the reference (JSON of the template's inline), never its digits; what is painted is asked anew from a
reader, so that a changed register shows at once.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QPointF, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPyTextObject,
    QTextCharFormat,
    QTextDocument,
    QTextFormat,
)

from app.ui import painting, theme
from app.ui.tokens import Radius, Space, Type

OBJECT = "\ufffc"
_FIRST_PROPERTY = int(QTextFormat.Property.UserProperty)
_CHIP_PADDING = 5
_CHIP_MAX = 380
_FIXED_HEIGHT = 40
_SILENT_WIDTH = 5


class Kind(IntEnum):
    """The object types of the document."""

    CHIP = int(QTextFormat.ObjectTypes.UserObject) + 1
    MARK = int(QTextFormat.ObjectTypes.UserObject) + 2
    FIXED = int(QTextFormat.ObjectTypes.UserObject) + 3
    SILENT = int(QTextFormat.ObjectTypes.UserObject) + 4


class Property(IntEnum):
    """What formats of characters and blocks carry."""

    INLINE = _FIRST_PROPERTY + 1  # JSON of the inline, of a silent clause, of a fixed block; the text of a mark
    TAIL = _FIRST_PROPERTY + 2  # the mark that follows a chip and must not begin a line
    CLAUSE = _FIRST_PROPERTY + 3  # JSON of the clause that a character belongs to, without its inlines
    BLOCK = _FIRST_PROPERTY + 4  # JSON of what a block is


@dataclass(frozen=True)
class Shown:
    """How a chip looks now: its words, whether it has a back (figures) or reads like text (period, office), its tip."""

    text: str
    backed: bool
    tip: str = ""
    faulty: bool = False


Reader = Callable[[str, int], Shown]
"""From the JSON of a reference and its position in the document to what is shown."""


class ChipObject(QPyTextObject):
    """Measures and paints the objects of all kinds."""

    def __init__(self, reader: Reader, parent: Any = None):
        super().__init__(parent)
        self.reader = reader

    def intrinsicSize(self, document: QTextDocument, position: int, format: QTextFormat) -> QSizeF:
        kind, text = format.objectType(), str(format.property(Property.INLINE) or "")
        if kind == Kind.FIXED:
            return QSizeF(max(document.textWidth() - 2 * document.documentMargin(), 100), _FIXED_HEIGHT)
        if kind == Kind.MARK:
            return QSizeF(_width(text, _font(format)), _height(format))
        if kind == Kind.SILENT:
            return QSizeF(_SILENT_WIDTH, _height(format))
        shown, tail = self.reader(text, position), str(format.property(Property.TAIL) or "")
        padding = 2 * _CHIP_PADDING if shown.backed else 0
        width = min(_width(shown.text, _chip_font(shown)), _CHIP_MAX)
        return QSizeF(width + padding + _width(tail, _font(format)), _height(format))

    def drawObject(
        self, painter: QPainter, rect: QRectF | QRect, document: QTextDocument, position: int, format: QTextFormat
    ) -> None:
        kind, text = format.objectType(), str(format.property(Property.INLINE) or "")
        colours, rect = theme.colours(), QRectF(rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if kind == Kind.FIXED:
            box = rect.adjusted(0.5, 4.5, -0.5, -4.5)
            painting.box(painter, box, Radius.CONTROL, colours.sunken, colours.border)
            shown = self.reader(text, position)
            painter.setFont(theme.font(Type.BODY))
            painter.setPen(QColor(colours.text2))
            painter.drawText(box.adjusted(Space.M, 0, -Space.M, 0), Qt.AlignmentFlag.AlignVCenter, shown.text)
        elif kind == Kind.MARK:
            _text(painter, rect, text, _font(format), colours.text)
        elif kind == Kind.SILENT:
            bar = QRectF(rect.center().x() - 1, rect.top() + 4, 2, rect.height() - 8)
            painting.box(painter, bar, 1, colours.border)
        else:
            self._chip(painter, rect, text, position, format)
        painter.restore()

    def _chip(self, painter: QPainter, rect: QRectF, text: str, position: int, format: QTextFormat) -> None:
        colours, shown = theme.colours(), self.reader(text, position)
        tail = str(format.property(Property.TAIL) or "")
        font = _chip_font(shown)
        tail_width = _width(tail, _font(format))
        room = rect.adjusted(0, 0, -tail_width, 0)
        ink = colours.red.text if shown.faulty else colours.blue.text if shown.backed else colours.text
        if shown.backed:
            back = colours.red.back if shown.faulty else colours.blue.back
            painting.box(painter, room.adjusted(1, 0, -1, 0), Radius.CONTROL, back)
            room = room.adjusted(_CHIP_PADDING, 0, -_CHIP_PADDING, 0)
        words = QFontMetricsF(font).elidedText(shown.text, Qt.TextElideMode.ElideRight, room.width() + 1)
        _text(painter, room, words, font, ink)
        if tail:
            _text(painter, rect.adjusted(rect.width() - tail_width, 0, 0, 0), tail, _font(format), colours.text)


def chip_format(reference: str, base: QTextCharFormat, tail: str = "") -> QTextCharFormat:
    """The format of a chip's one character within text of a base format (its clause stays)."""
    format = QTextCharFormat(base)
    format.setObjectType(Kind.CHIP)
    format.setProperty(Property.INLINE, reference)
    if tail:
        format.setProperty(Property.TAIL, tail)
    format.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignBaseline)
    return format


def object_format(kind: Kind, text: str, base: QTextCharFormat) -> QTextCharFormat:
    """The format of a mark, a fixed block or a silent clause."""
    format = QTextCharFormat(base)
    format.setObjectType(kind)
    format.setProperty(Property.INLINE, text)
    format.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignBaseline)
    return format


def plain_of(format: QTextCharFormat) -> QTextCharFormat:
    """The same format without the object: what is typed beside a chip is text again."""
    plain = QTextCharFormat(format)
    for name in (int(QTextFormat.Property.ObjectType), Property.INLINE, Property.TAIL):
        plain.clearProperty(name)
    return plain


def is_object(format: QTextFormat) -> bool:
    """Whether a character is one of ours; U+FFFC alone is never enough."""
    return format.objectType() in set(Kind)


def _font(format: QTextFormat) -> QFont:
    return format.toCharFormat().font()


def _chip_font(shown: Shown) -> QFont:
    return theme.font(Type.REPORT_FIGURE if shown.backed else Type.REPORT)


def _width(text: str, font: QFont) -> float:
    return QFontMetricsF(font).horizontalAdvance(text)


def _height(format: QTextFormat) -> float:
    # The height of the font and two pixels more: measured, lines then keep their distance.
    return QFontMetricsF(_font(format)).height() + 2


def _text(painter: QPainter, rect: QRectF, text: str, font: QFont, ink: str) -> None:
    painter.setFont(font)
    painter.setPen(QColor(ink))
    # Aligned to the baseline, an object hangs below it by the descent of its font.
    painter.drawText(QPointF(rect.left(), rect.bottom() - QFontMetricsF(font).descent()), text)
