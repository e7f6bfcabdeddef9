"""What keys and the clipboard do to the text of a section.

Chips go whole or not at all. A line keeps what it is: headings, repetitions and fixed blocks are neither joined with
other lines nor lost with them; lines of running text go when all that stands in them goes. Everything is done with one
cursor inside one edit block, so that Ctrl+Z takes it back.
"""

import json
import re
from collections.abc import Iterable

from PySide6.QtGui import QTextBlock, QTextCharFormat, QTextCursor, QTextDocument

from app.reports.blocks import Addressee, Inline, PlanList, Role, Signature, Text
from app.reports.template import read_block, read_inline, write_inline
from app.ui.report.chips import (
    OBJECT,
    Property,
    clause_of,
    is_object,
    plain_of,
    tail_of,
)
from app.ui.report.section_text import (
    FIXED,
    SUBJECT,
    IsSilent,
    block_format,
    char_format,
    inlines_of,
    insert,
    lines_of,
    nature_of,
)
from app.vietnamese import nfc

_RUNNING = {Role.BODY.value, Role.ITEM.value, Role.SENTENCE.value}
_BODY = Role.BODY.value
_SENTENCE_ENDS = (".", ":", ";", "!", "?")
_LINE_ENDS = re.compile(r"[\r\n\v\f\u0085\u2028\u2029]+")
_UNSEEN = re.compile(rf"[\x00-\x1f\x7f{OBJECT}]")

_KEEP = QTextCursor.MoveMode.KeepAnchor
_Move = QTextCursor.MoveOperation


def is_fixed(cursor: QTextCursor) -> bool:
    """Whether the cursor stands at a fixed block, where nothing can be typed."""
    return nature_of(cursor.block()) == FIXED


def _is_running(nature: str) -> bool:
    return nature in _RUNNING


def _may_part(nature: str) -> bool:
    """Whether Enter makes two lines of one, and two neighbours may be joined again."""
    return _is_running(nature) or nature.startswith(SUBJECT)


# taking away


def erase(cursor: QTextCursor, move: QTextCursor.MoveOperation) -> None:
    """Backspace, Delete and their like: takes away the selection, else what lies up to where the move leads.

    Behind a chip that carries marks Backspace takes the last mark first, as it is seen.
    """
    cursor.beginEditBlock()
    if not cursor.hasSelection():
        if move == _Move.PreviousCharacter and _shorten_tail(cursor):
            cursor.endEditBlock()
            return
        cursor.movePosition(move, _KEEP)
    remove(cursor)
    cursor.endEditBlock()


def remove(cursor: QTextCursor) -> None:
    """Takes the selection away, line by line where its lines are of several kinds."""
    start, end = cursor.selectionStart(), cursor.selectionEnd()
    if start == end:
        return
    document = cursor.document()
    first, last = document.findBlock(start), document.findBlock(end)
    kinds = {nature_of(block) for block in _between(first, last)}
    cursor.beginEditBlock()
    if first == last and nature_of(first) != FIXED:
        marks = _tail_alone(document, start, end)
        cursor.removeSelectedText()
        if marks is not None:
            cursor.insertText(*marks)
            cursor.setPosition(start)
    elif len(kinds) == 1 and _may_part(*kinds):
        cursor.removeSelectedText()
    else:
        for block in reversed(list(_between(first, last))):
            _empty(block, max(start, block.position()), min(end, _end_of(block)))
        cursor.setPosition(min(start, document.characterCount() - 1))
    cursor.endEditBlock()


def _between(first: QTextBlock, last: QTextBlock) -> Iterable[QTextBlock]:
    block = first
    while block.isValid():
        yield block
        if block == last:
            return
        block = block.next()


def _end_of(block: QTextBlock) -> int:
    return block.position() + block.length() - 1


def _empty(block: QTextBlock, start: int, end: int) -> None:
    """Takes letters from a line, and the line itself where it is running text and all of it is meant."""
    nature = nature_of(block)
    if nature == FIXED:
        return
    whole = (start, end) == (block.position(), _end_of(block))
    cursor = QTextCursor(block)
    cursor.setPosition(start)
    cursor.setPosition(end, _KEEP)
    cursor.removeSelectedText()
    if whole and _is_running(nature) and block.document().blockCount() > 1:
        # Qt gives the line that stays its own format when an empty one is joined to it (measured).
        if cursor.atStart():
            cursor.deleteChar()
        else:
            cursor.deletePreviousChar()


def _object_before(cursor: QTextCursor) -> QTextCharFormat | None:
    if cursor.atBlockStart():
        return None
    format = cursor.charFormat()
    return format if is_object(format) else None


def _shorten_tail(cursor: QTextCursor) -> bool:
    format = _object_before(cursor)
    if format is None or not tail_of(format):
        return False
    format.setProperty(Property.TAIL, tail_of(format)[:-1])
    cursor.movePosition(_Move.Left, _KEEP)
    cursor.setCharFormat(format)
    cursor.setPosition(cursor.selectionEnd())
    return True


def _tail_alone(document: QTextDocument, start: int, end: int) -> tuple[str, QTextCharFormat] | None:
    """The marks of one chip that goes by itself: they stay in the text, in the clause they belong to."""
    if end - start != 1:
        return None
    cursor = QTextCursor(document)
    cursor.setPosition(end)
    format = _object_before(cursor)
    if format is None or not tail_of(format):
        return None
    plain = plain_of(format)
    plain.setProperty(Property.CLAUSE, str(format.property(Property.TAIL_CLAUSE) or ""))
    return tail_of(format), plain


# lines


def new_line(cursor: QTextCursor) -> None:
    """Enter: running text and the subject part into two lines; behind anything else a paragraph begins.

    In an empty item or numbered sentence it ends the enumeration.
    """
    cursor.beginEditBlock()
    remove(cursor)
    block = cursor.block()
    nature = nature_of(block)
    if nature == FIXED:
        _line_beside(cursor, block)
    elif nature in (Role.ITEM, Role.SENTENCE) and not block.text():
        cursor.setBlockFormat(block_format(_BODY))
    elif _may_part(nature):
        cursor.insertBlock(cursor.blockFormat(), char_format(nature))
    else:
        cursor.movePosition(_Move.EndOfBlock)
        cursor.insertBlock(block_format(_BODY), char_format(_BODY))
    cursor.endEditBlock()


def _line_beside(cursor: QTextCursor, block: QTextBlock) -> None:
    """A paragraph behind a list or the addressee, or before the signature; a head and an annex take none."""
    cursor.setPosition(block.position())
    reference = str(_first_format(block).property(Property.INLINE))
    match read_block(reference):
        case PlanList() | Addressee():
            cursor.movePosition(_Move.EndOfBlock)
            cursor.insertBlock(block_format(_BODY), char_format(_BODY))
        case Signature():
            cursor.insertBlock(block.blockFormat(), block.charFormat())
            cursor.movePosition(_Move.PreviousBlock)
            cursor.setBlockFormat(block_format(_BODY))
            cursor.setBlockCharFormat(char_format(_BODY))
            cursor.setCharFormat(char_format(_BODY))


def _first_format(block: QTextBlock) -> QTextCharFormat:
    return block.begin().fragment().charFormat()


# typing


def typing_format(cursor: QTextCursor) -> QTextCharFormat:
    """The format of what is typed here: text, also right after a chip, in the clause of the letter before it.

    Behind a clause that ends a sentence a new one begins, which belongs to no clause.
    """
    before = cursor.charFormat()
    format = plain_of(before)
    clause = clause_of(before)
    if clause and not cursor.atBlockStart():
        behind = QTextCursor(cursor)
        goes_on = behind.movePosition(_Move.Right, _KEEP) and not cursor.atBlockEnd()
        if not (goes_on and clause_of(behind.charFormat()) == clause) and _letter_before(cursor) in _SENTENCE_ENDS:
            format.clearProperty(Property.CLAUSE)
    return format


def _letter_before(cursor: QTextCursor) -> str:
    format = _object_before(cursor)
    if format is not None:
        return tail_of(format)[-1:]
    return cursor.block().text()[cursor.positionInBlock() - 1]


# clipboard


def copied(cursor: QTextCursor) -> str:
    """What is selected, line by line, as JSON of inlines: the own form on the clipboard."""
    document = QTextDocument()
    QTextCursor(document).insertFragment(cursor.selection())
    lines = [[write_inline(inline) for inline in inlines_of(block)] for block in lines_of(document)]
    return json.dumps(lines, ensure_ascii=False)


def own_lines(content: str) -> list[list[Inline]]:
    """The inlines of what `copied` gave."""
    return [[read_inline(text) for text in line] for line in json.loads(content)]


def plain_lines(text: str) -> list[list[Inline]]:
    """Text of another program: composed, without what cannot be seen, line by line."""
    lines = [_UNSEEN.sub("", nfc(line).replace("\t", " ")) for line in _LINE_ENDS.split(text)]
    return [[Text(line)] for line in lines if line.strip()]


def paste(cursor: QTextCursor, lines: list[list[Inline]], is_silent: IsSilent) -> None:
    """Puts lines in the place of the selection, chips as chips; a line that cannot part takes them as one."""
    if is_fixed(cursor):
        return
    cursor.beginEditBlock()
    remove(cursor)
    format = typing_format(cursor)
    nature = nature_of(cursor.block())
    for position, line in enumerate(lines):
        if position and _may_part(nature):
            cursor.insertBlock(cursor.blockFormat(), char_format(nature))
            format = char_format(nature)
        elif position:
            cursor.insertText(" ", format)
        for inline in line:
            insert(cursor, inline, format, is_silent)
    cursor.endEditBlock()
