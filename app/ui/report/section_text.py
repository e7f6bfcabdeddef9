"""One section of a template as a text document, and back; what it cannot say stands as JSON in its formats."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextBlock, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextDocument

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
from app.ui.report.chips import OBJECT, Kind, Property, chip_format, is_object, object_format, plain_of
from app.ui.tokens import Type
from app.vietnamese import nfc

LINE_PERCENT = 154  # proportional, or lines jump where a chip stands (measured)
CAPTION_ROOM = 30
_GAP = 10
_INDENT = 20
# A mark that must not begin a line is carried by the chip before it: Qt breaks there, a word joiner does not help.
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
        cursor.setBlockFormat(block_format(nature))
        cursor.setBlockCharFormat(base)
        if number:
            cursor.insertText(OBJECT, object_format(Kind.MARK, f"{number} ", base))
        if block is not None:
            cursor.insertText(OBJECT, object_format(Kind.FIXED, write_block(block), base))
        silent = partial(_silent_in, is_silent, nature == "repeat")
        for inline in inlines:
            insert(cursor, inline, base, silent)
    document.clearUndoRedoStacks()
    document.setModified(False)


def _silent_in(is_silent: IsSilent, in_repetition: bool, clause: Clause) -> bool:
    return is_silent(clause, in_repetition)


def _lines(
    section: Section[TemplateBlock],
) -> Iterator[tuple[str, str, tuple[Inline, ...], TemplateBlock | None]]:
    """The lines that blocks take: what each is, the mark before it, its inlines, the block where it is not edited."""
    for block in section.blocks:
        match block:
            case Paragraph(role, inlines, number):
                yield role.value, number or ("-" if role is Role.ITEM else ""), inlines, None
            case RepeatFields(inlines):
                yield "repeat", "-", inlines, None
            case Subject(kind, lines):
                for line in lines:
                    yield f"subject:{kind}", "", line, None
            case _:
                yield "fixed", "", (), block


def block_format(nature: str) -> QTextBlockFormat:
    """The format of a line by what it is: a role, "repeat", "subject:<type>" or "fixed"."""
    format = QTextBlockFormat()
    format.setProperty(Property.BLOCK, nature)
    format.setLineHeight(LINE_PERCENT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    format.setBottomMargin(_GAP)
    if nature == "repeat":
        format.setTopMargin(CAPTION_ROOM)
        format.setBottomMargin(CAPTION_ROOM + _GAP)
        format.setLeftMargin(_INDENT)
    if nature == Role.ITEM.value:
        format.setLeftMargin(_INDENT)
    if nature.startswith("subject:"):
        format.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    return format


def char_format(nature: str) -> QTextCharFormat:
    """The letters of a line: headings and subject heavier."""
    format = QTextCharFormat()
    heavy = nature in {role.value for role in HEADINGS} or nature.startswith("subject:")
    format.setFont(theme.font(Type.HEADING if heavy else Type.REPORT))
    return format


def insert(cursor: QTextCursor, inline: Inline, base: QTextCharFormat, is_silent: Callable[[Clause], bool]) -> None:
    """Writes one inline at the cursor; a silent clause is one character that keeps it whole."""
    if isinstance(inline, Text):
        _insert_text(cursor, inline, base)
    elif not isinstance(inline, Clause):
        cursor.insertText(OBJECT, chip_format(write_inline(inline), base))
    elif is_silent(inline):
        cursor.insertText(OBJECT, object_format(Kind.SILENT, write_inline(inline), base))
    else:
        inside = QTextCharFormat(base)
        inside.setProperty(Property.CLAUSE, write_inline(replace(inline, inlines=())))
        for each in inline.inlines:
            insert(cursor, each, inside, is_silent)


def _insert_text(cursor: QTextCursor, inline: Text, base: QTextCharFormat) -> None:
    text, before = inline.text, cursor.charFormat()
    at_chip = cursor.positionInBlock() > 0 and before.objectType() == Kind.CHIP
    if at_chip and text[:1] in _TAILS and before.property(Property.CLAUSE) == base.property(Property.CLAUSE):
        tail = text[: len(text) - len(text.lstrip(_TAILS))]
        cursor.deletePreviousChar()
        before.setProperty(Property.TAIL, tail)
        cursor.insertText(OBJECT, before)
        text = text[len(tail) :]
    format = QTextCharFormat(base)
    if inline.bold:
        format.setFontWeight(theme.font(Type.BODY_STRONG).weight())
    format.setFontItalic(inline.italic)
    if text:
        cursor.insertText(text, format)


def read(document: QTextDocument, section: Section[TemplateBlock]) -> Section[TemplateBlock]:
    """The section as it stands in the document now; lines without a word are left out."""
    blocks: list[TemplateBlock] = []
    lines = [(str(block.blockFormat().property(Property.BLOCK)), block) for block in _blocks(document)]
    for nature, group in groupby(lines, key=lambda line: line[0]):
        if nature.startswith("subject:"):
            inlines = tuple(line for _, block in group if (line := inlines_of(block)))
            blocks.append(Subject(nature.removeprefix("subject:"), inlines))
            continue
        for _, block in group:
            blocks.extend(_fixed(block))
            line = inlines_of(block)
            if line:
                blocks.append(RepeatFields(line) if nature == "repeat" else Paragraph(_role(nature), line))
    return replace(section, blocks=tuple(blocks))


def _role(nature: str) -> Role:
    return Role(nature) if nature in set(Role) else Role.BODY


def _blocks(document: QTextDocument) -> Iterator[QTextBlock]:
    block = document.begin()
    while block.isValid():
        yield block
        block = block.next()


def _fixed(block: QTextBlock) -> Iterator[TemplateBlock]:
    for format, _ in _pieces(block):
        if format.objectType() == Kind.FIXED:
            yield read_block(str(format.property(Property.INLINE)))


def inlines_of(block: QTextBlock) -> tuple[Inline, ...]:
    """The inlines of one line; what belongs to one clause is gathered in it again."""
    found: list[Inline] = []
    for clause, group in groupby(_pieces(block), key=lambda piece: str(piece[0].property(Property.CLAUSE) or "")):
        plain = _joined([inline for format, text in group for inline in _inlines(format, text)])
        if clause:
            head = read_inline(clause)
            assert isinstance(head, Clause)
            inside = tuple(inline for inline in plain if not isinstance(inline, Clause))
            found.append(replace(head, inlines=inside))
        else:
            found.extend(plain)
    return tuple(found)


def _pieces(block: QTextBlock) -> Iterator[tuple[QTextCharFormat, str]]:
    """The fragments of a line, each object by itself."""
    iterator = block.begin()
    while not iterator.atEnd():
        fragment = iterator.fragment()
        format = fragment.charFormat()
        for text in fragment.text() if is_object(format) else [fragment.text()]:
            yield format, text
        iterator += 1


def _inlines(format: QTextCharFormat, text: str) -> Iterator[Inline]:
    reference = str(format.property(Property.INLINE) or "")
    match format.objectType():
        case Kind.MARK | Kind.FIXED:
            return
        case Kind.CHIP | Kind.SILENT:
            yield read_inline(reference)
            tail = str(format.property(Property.TAIL) or "")
            if tail:
                yield Text(tail)
        case _:
            words = nfc(text.replace(OBJECT, "").replace("\u2028", " "))
            if words:
                bold = format.fontWeight() >= theme.font(Type.BODY_STRONG).weight() and not _is_heading(format)
                yield Text(words, bold, format.fontItalic())


def _is_heading(format: QTextCharFormat) -> bool:
    return format.font().pixelSize() == theme.font(Type.HEADING).pixelSize()


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


def copied(cursor: QTextCursor) -> str:
    """What is selected, line by line, as JSON of inlines: the own form on the clipboard."""
    lines = []
    document = QTextDocument()
    QTextCursor(document).insertFragment(cursor.selection())
    for block in _blocks(document):
        lines.append([write_inline(inline) for inline in inlines_of(block)])
    return json.dumps(lines, ensure_ascii=False)


def paste(cursor: QTextCursor, content: str, base: QTextCharFormat, is_silent: Callable[[Clause], bool]) -> None:
    """Puts what was copied at the cursor, chips as chips."""
    for position, line in enumerate(json.loads(content)):
        if position:
            cursor.insertBlock()
        for text in line:
            insert(cursor, read_inline(text), plain_of(base), is_silent)
