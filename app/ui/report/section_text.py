"""One section of a template as a text document, and back; what it cannot say stands as JSON in its formats.

A line of the document is a paragraph of the template, and its `Property.NATURE` says which: a role, "repeat",
"subject:<type>" or "fixed" (a block that is not edited here, as one object). Numbers and dashes are no letters of the
text: the editor paints them before the line, so that nobody can delete them.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF, QTextBlock, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextDocument

from app.reports.blocks import (
    HEADINGS,
    Clause,
    Inline,
    Paragraph,
    RepeatFields,
    Role,
    Section,
    Subject,
    TemplateBlock,
    Text,
)
from app.reports.template import read_block, read_inline, write_block, write_inline
from app.ui import theme
from app.ui.report.chips import OBJECT, Kind, Property, clause_of, is_object, object_format, tail_of
from app.ui.tokens import Type
from app.vietnamese import nfc

REPEAT, FIXED, DASH = "repeat", "fixed", "-"
SUBJECT = "subject:"

LINE = 29  # fixed, so that lines with and without chips keep one distance
BASELINE = LINE * 4 // 5  # where Qt puts it in a line of fixed height
CAPTION_ABOVE, CAPTION_BELOW = 45, 40  # room of a repetition's captions
_GAP = 12
INDENT = 20
# Marks that must not begin a line are carried by the object before them: Qt breaks there, a word joiner does not help.
_TAILS = ".,;:)%]”"

IsSilent = Callable[[Clause, bool], bool]
"""Whether a clause says nothing with the figures of now; the second says whether it stands in a repetition."""


def fill(document: QTextDocument, section: Section[TemplateBlock], is_silent: IsSilent) -> None:
    """Writes a numbered section into a document and forgets what could be undone there."""
    document.clear()
    cursor = QTextCursor(document)
    for position, (nature, number, inlines, block) in enumerate(_lines(section)):
        if position:
            cursor.insertBlock()
        base = char_format(nature)
        cursor.setBlockFormat(block_format(nature, number))
        cursor.setBlockCharFormat(base)
        cursor.setCharFormat(base)
        if block is not None:
            cursor.insertText(OBJECT, object_format(Kind.FIXED, write_block(block), base))
        for inline in inlines:
            insert(cursor, inline, base, is_silent)
    document.clearUndoRedoStacks()
    document.setModified(False)


def _lines(
    section: Section[TemplateBlock],
) -> Iterator[tuple[str, str, tuple[Inline, ...], TemplateBlock | None]]:
    """The lines that blocks take: what each is, the mark before it, its inlines, the block where it is not edited."""
    for block in section.blocks:
        match block:
            case Paragraph(role, inlines, number):
                yield role.value, mark_of(role, number), inlines, None
            case RepeatFields(inlines):
                yield REPEAT, mark_of(REPEAT, ""), inlines, None
            case Subject(kind, lines):
                for line in lines:
                    yield f"{SUBJECT}{kind}", "", line, None
            case _:
                yield FIXED, "", (), block


def clauses_of(section: Section[TemplateBlock]) -> Iterator[tuple[Clause, bool]]:
    """Its clauses, each with whether it stands in a repetition."""
    for nature, _, inlines, _ in _lines(section):
        yield from ((inline, nature == REPEAT) for inline in inlines if isinstance(inline, Clause))


def mark_of(nature: str, number: str) -> str:
    """What stands before a line: its number, or the dash of an item."""
    return number or (DASH if nature in (Role.ITEM, REPEAT) else "")


def nature_of(block: QTextBlock) -> str:
    """What a line is."""
    return str(block.blockFormat().property(Property.NATURE) or Role.BODY.value)


def natures(document: QTextDocument) -> list[str]:
    """What each line is."""
    return [nature_of(block) for block in lines_of(document)]


def lines_of(document: QTextDocument) -> Iterator[QTextBlock]:
    """The lines from first to last."""
    block = document.begin()
    while block.isValid():
        yield block
        block = block.next()


def block_format(nature: str, mark: str = "") -> QTextBlockFormat:
    """The format of a line by what it is, with room for the mark before its first letter."""
    format = QTextBlockFormat()
    format.setProperty(Property.NATURE, nature)
    format.setBottomMargin(_GAP)
    if nature != FIXED:
        format.setLineHeight(LINE, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
    if mark:
        format.setTextIndent(QFontMetricsF(char_format(nature).font()).horizontalAdvance(f"{mark} "))
    if nature == REPEAT:
        format.setTopMargin(CAPTION_ABOVE)
        format.setBottomMargin(CAPTION_BELOW)
    if nature in (REPEAT, Role.ITEM):
        format.setLeftMargin(INDENT)
    if nature.startswith(SUBJECT):
        format.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        format.setBottomMargin(0)
    return format


def char_format(nature: str) -> QTextCharFormat:
    """The letters of a line: headings and subject heavier."""
    format = QTextCharFormat()
    heavy = nature in set(HEADINGS) or nature.startswith(SUBJECT)
    format.setFont(theme.font(Type.HEADING if heavy else Type.REPORT))
    return format


def insert(cursor: QTextCursor, inline: Inline, base: QTextCharFormat, is_silent: IsSilent) -> None:
    """Writes one inline at the cursor; a silent clause is one character that keeps it whole."""
    if isinstance(inline, Text):
        _insert_text(cursor, inline, base)
    elif not isinstance(inline, Clause):
        cursor.insertText(OBJECT, object_format(Kind.CHIP, write_inline(inline), base))
    elif is_silent(inline, nature_of(cursor.block()) == REPEAT):
        cursor.insertText(OBJECT, object_format(Kind.SILENT, write_inline(inline), base))
    else:
        inside = QTextCharFormat(base)
        inside.setProperty(Property.CLAUSE, write_inline(replace(inline, inlines=())))
        for each in inline.inlines:
            insert(cursor, each, inside, is_silent)


def _insert_text(cursor: QTextCursor, inline: Text, base: QTextCharFormat) -> None:
    text, before = inline.text, cursor.charFormat()
    marks = text[: len(text) - len(text.lstrip(_TAILS))]
    at_object = not cursor.atBlockStart() and before.objectType() in (Kind.CHIP, Kind.SILENT)
    if marks and at_object and not tail_of(before) and not (inline.bold or inline.italic):
        before.setProperty(Property.TAIL, marks)
        before.setProperty(Property.TAIL_CLAUSE, clause_of(base))
        cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor)
        cursor.setCharFormat(before)
        cursor.clearSelection()
        cursor.movePosition(QTextCursor.MoveOperation.Right)
        text = text[len(marks) :]
    format = QTextCharFormat(base)
    if inline.bold:
        format.setProperty(Property.BOLD, True)
        format.setFontWeight(theme.font(Type.BODY_STRONG).weight())
    format.setFontItalic(inline.italic)
    if text:
        cursor.insertText(text, format)


def read(document: QTextDocument, section: Section[TemplateBlock]) -> Section[TemplateBlock]:
    """The section as it stands in the document now; lines without a word are left out, but for headings."""
    blocks: list[TemplateBlock] = []
    for nature, group in groupby(lines_of(document), key=nature_of):
        if nature.startswith(SUBJECT):
            lines = tuple(line for block in group if (line := inlines_of(block)))
            blocks.append(Subject(nature.removeprefix(SUBJECT), lines))
            continue
        for block in group:
            line = inlines_of(block)
            if nature == FIXED:
                blocks.extend(_fixed(block))
            elif nature == REPEAT and line:
                blocks.append(RepeatFields(line))
            elif line or nature in set(HEADINGS):
                blocks.append(Paragraph(Role(nature), line))
    return replace(section, blocks=tuple(blocks))


def _fixed(block: QTextBlock) -> Iterator[TemplateBlock]:
    for format, _ in _fragments(block):
        if format.objectType() == Kind.FIXED:
            yield read_block(str(format.property(Property.INLINE)))


def inlines_of(block: QTextBlock) -> tuple[Inline, ...]:
    """The inlines of one line; what belongs to one clause is gathered in it again."""
    found: list[Inline] = []
    for clause, group in groupby(_pieces(block), key=lambda piece: piece[0]):
        inlines = _joined([inline for _, inline in group])
        if clause:
            head = read_inline(clause)
            assert isinstance(head, Clause)
            found.append(replace(head, inlines=tuple(each for each in inlines if not isinstance(each, Clause))))
        else:
            found.extend(inlines)
    return tuple(found)


def _pieces(block: QTextBlock) -> Iterator[tuple[str, Inline]]:
    """The inlines of a line one by one, each with the clause it belongs to."""
    for format, text in _fragments(block):
        if format.objectType() in (Kind.CHIP, Kind.SILENT):
            yield clause_of(format), read_inline(str(format.property(Property.INLINE)))
            if tail := tail_of(format):
                yield str(format.property(Property.TAIL_CLAUSE) or ""), Text(tail)
        elif format.objectType() != Kind.FIXED and (words := nfc(text.replace(OBJECT, "").replace("\u2028", " "))):
            yield clause_of(format), Text(words, bool(format.property(Property.BOLD)), format.fontItalic())


def _fragments(block: QTextBlock) -> Iterator[tuple[QTextCharFormat, str]]:
    """The fragments of a line, each object by itself."""
    iterator = block.begin()
    while not iterator.atEnd():
        fragment = iterator.fragment()
        format = fragment.charFormat()
        for text in fragment.text() if is_object(format) else [fragment.text()]:
            yield format, text
        iterator += 1


def _joined(inlines: list[Inline]) -> list[Inline]:
    joined: list[Inline] = []
    for inline in inlines:
        last = joined[-1] if joined else None
        if isinstance(inline, Text) and isinstance(last, Text) and _alike(inline, last):
            joined[-1] = replace(last, text=last.text + inline.text)
        else:
            joined.append(inline)
    return joined


def _alike(one: Text, other: Text) -> bool:
    return (one.bold, one.italic) == (other.bold, other.italic)
