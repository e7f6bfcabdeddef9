"""What stands in the text as one character: figures and words of the registers, fixed blocks, clauses that say nothing.

The document keeps the reference (JSON of the template's inline), never its digits; what is painted is asked anew from a
reader, so that a changed register shows at once.
"""

from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Protocol

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
    FIXED = int(QTextFormat.ObjectTypes.UserObject) + 2
    SILENT = int(QTextFormat.ObjectTypes.UserObject) + 3


class Property(IntEnum):
    """What formats of characters and blocks carry."""

    INLINE = _FIRST_PROPERTY + 1  # JSON of the inline, of a silent clause, of a fixed block
    TAIL = _FIRST_PROPERTY + 2  # the marks that follow a chip and must not begin a line
    TAIL_CLAUSE = _FIRST_PROPERTY + 3  # the clause that those marks belong to, as CLAUSE says it
    CLAUSE = _FIRST_PROPERTY + 4  # JSON of the clause that a character belongs to, without its inlines
    BOLD = _FIRST_PROPERTY + 5  # what people made bold, beside the weight of headings
    NATURE = _FIRST_PROPERTY + 6  # what a line is


@dataclass(frozen=True)
class Shown:
    """How a chip looks now: its words, whether it has a back (figures) or reads like text (period, office), its tip."""

    text: str
    backed: bool
    tip: str = ""
    faulty: bool = False


class Reader(Protocol):
    """Tells what references say now, from their JSON."""

    def inline(self, reference: str) -> Shown:
        """A figure, a word, a citation, a silent clause."""
        ...

    def block(self, reference: str) -> str:
        """A block that is not edited here."""
        ...


class ChipObject(QPyTextObject):
    """Measures and paints the objects of all kinds."""

    def __init__(self, reader: Reader, parent: Any = None):
        super().__init__(parent)
        self.reader = reader

    def intrinsicSize(self, document: QTextDocument, position: int, format: QTextFormat) -> QSizeF:
        kind, text = format.objectType(), str(format.property(Property.INLINE) or "")
        if kind == Kind.FIXED:
            return QSizeF(max(document.textWidth() - 2 * document.documentMargin(), 100), _FIXED_HEIGHT)
        tail = _width(tail_of(format), _font(format))
        if kind == Kind.SILENT:
            return QSizeF(_SILENT_WIDTH + tail, _height(format))
        shown = self.reader.inline(text)
        padding = 2 * _CHIP_PADDING if shown.backed else 0
        width = min(_width(shown.text, _chip_font(shown, format)), _CHIP_MAX)
        return QSizeF(width + padding + tail, _height(format))

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
            room = box.adjusted(Space.M, 0, -Space.M, 0)
            painting.words(painter, room, self.reader.block(text), Type.BODY, colours.text2)
        else:
            tail = tail_of(format)
            tail_width = _width(tail, _font(format))
            room = rect.adjusted(0, 0, -tail_width, 0)
            if kind == Kind.SILENT:
                bar = QRectF(room.center().x() - 1, room.top() + 4, 2, room.height() - 8)
                painting.box(painter, bar, 1, colours.border)
            else:
                self._chip(painter, room, self.reader.inline(text), format)
            _text(painter, rect.adjusted(rect.width() - tail_width, 0, 0, 0), tail, _font(format), colours.text)
        painter.restore()

    def _chip(self, painter: QPainter, room: QRectF, shown: Shown, format: QTextFormat) -> None:
        colours, font = theme.colours(), _chip_font(shown, format)
        pair = colours.red if shown.faulty else colours.blue
        if shown.backed:
            painting.box(painter, room.adjusted(1, 0, -1, 0), Radius.CONTROL, pair.back)
            room = room.adjusted(_CHIP_PADDING, 0, -_CHIP_PADDING, 0)
        words = QFontMetricsF(font).elidedText(shown.text, Qt.TextElideMode.ElideRight, room.width() + 1)
        _text(painter, room, words, font, pair.text if shown.backed else colours.text)


def object_format(kind: Kind, reference: str, base: QTextCharFormat) -> QTextCharFormat:
    """The format of an object's one character within text of a base format; a silent clause lies in no other."""
    format = plain_of(base)
    format.setObjectType(kind)
    format.setProperty(Property.INLINE, reference)
    if kind is Kind.SILENT:
        format.clearProperty(Property.CLAUSE)
    format.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignBaseline)
    return format


def plain_of(format: QTextCharFormat) -> QTextCharFormat:
    """The same format without the object: what is typed beside a chip is text again."""
    plain = QTextCharFormat(format)
    for name in (int(QTextFormat.Property.ObjectType), Property.INLINE, Property.TAIL, Property.TAIL_CLAUSE):
        plain.clearProperty(name)
    return plain


def is_object(format: QTextFormat) -> bool:
    """Whether a character is one of ours; U+FFFC alone is never enough."""
    return format.objectType() in set(Kind)


def tail_of(format: QTextFormat) -> str:
    """The marks that an object carries."""
    return str(format.property(Property.TAIL) or "")


def clause_of(format: QTextFormat) -> str:
    """JSON of the clause that a character belongs to, "" outside of any."""
    return str(format.property(Property.CLAUSE) or "")


def _font(format: QTextFormat) -> QFont:
    return format.toCharFormat().font()


def _chip_font(shown: Shown, format: QTextFormat) -> QFont:
    return theme.font(Type.REPORT_FIGURE) if shown.backed else _font(format)


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
