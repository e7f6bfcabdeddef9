"""The editor of one section: people write around chips, which are deleted whole or not at all."""

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import QByteArray, QEvent, QMimeData, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QAbstractScrollArea, QMenu, QTextEdit, QToolTip

from app.reports.blocks import Clause, Role, Section, TemplateBlock
from app.ui import theme
from app.ui.report import editing, section_text
from app.ui.report.chips import ChipObject, Kind, Property, Reader, is_object, tail_of
from app.ui.tokens import Space, Type
from app.ui.widgets.composing import Composing
from app.ui.widgets.window_keys import left_to_window

OWN_FORM = "application/x-so-cchc-text"
SAVE_AFTER_MS = 1000
_MARGIN = 9  # above the first line, where the drawn one stands
_SIDE = Space.XXL

_Key = QKeySequence.StandardKey
_Move = QTextCursor.MoveOperation
_ERASING = {
    _Key.Delete: _Move.NextCharacter,
    _Key.DeleteStartOfWord: _Move.PreviousWord,
    _Key.DeleteEndOfWord: _Move.NextWord,
    _Key.DeleteEndOfLine: _Move.EndOfBlock,
}


class SectionReader(Reader, Protocol):
    """What the editor asks of the report beside the words of its references."""

    def is_silent(self, clause: Clause, in_repetition: bool) -> bool:
        """Whether a clause says nothing now."""
        ...

    def numbers(self, roles: Sequence[Role]) -> Sequence[str]:
        """The numbers of paragraphs of these roles, one after another in the section."""
        ...

    def captions(self) -> tuple[str, str]:
        """The lines above and below a repetition."""
        ...


class SectionEditor(Composing, QTextEdit):
    """Shows one section. `settled` comes one second after the last key, and from `settle` when the section is left."""

    settled = Signal()

    def __init__(self, reader: SectionReader):
        super().__init__()
        self._section: Section[TemplateBlock] | None = None
        self.reader = reader
        self._marks: list[str] = []
        self._silences: list[bool] = []
        self._objects = ChipObject(reader, self)
        for kind in Kind:
            self.document().documentLayout().registerHandler(kind, self._objects)
        self.setFrameShape(QTextEdit.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setAcceptDrops(False)
        self.setSizeAdjustPolicy(QAbstractScrollArea.SizeAdjustPolicy.AdjustIgnored)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setViewportMargins(_SIDE - _MARGIN, 0, _SIDE - _MARGIN, 0)
        self.document().setDocumentMargin(_MARGIN)
        self.document().setDefaultFont(theme.font(Type.REPORT))
        self.setAccessibleName("Nội dung mục")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SAVE_AFTER_MS)
        self._timer.timeout.connect(self.settle)
        self.document().contentsChange.connect(self._changed)
        self.cursorPositionChanged.connect(self._say)

    def show_section(self, section: Section[TemplateBlock]) -> None:
        """Shows another section; call `settle` first."""
        self._timer.stop()
        self._fill(section)
        self.setTextCursor(self._first_place())

    def _fill(self, section: Section[TemplateBlock]) -> None:
        self._section = None
        section_text.fill(self.document(), section, self.reader.is_silent)
        self._section = section
        self._silences = self._silences_of(section)
        self._renumber()

    def _first_place(self) -> QTextCursor:
        cursor = QTextCursor(self.document())
        while editing.is_fixed(cursor) and cursor.movePosition(_Move.NextBlock):
            pass
        return cursor

    def section(self) -> Section[TemplateBlock] | None:
        """The section as it stands now."""
        return None if self._section is None else section_text.read(self.document(), self._section)

    def settle(self) -> None:
        """Tells what was typed since the last time; nothing when nothing was."""
        self.commit_composed()
        self._timer.stop()
        if self._section is not None and self.document().isModified():
            self.document().setModified(False)
            self.settled.emit()

    def renew(self) -> None:
        """The registers have changed: chips are measured and painted anew, what was typed stays."""
        section = self.section()
        if section is None:
            return
        was_modified = self.document().isModified()
        if self._silences_of(section) != self._silences and not self.is_composing():
            position = self.textCursor().position()
            self._fill(section)
            cursor = self.textCursor()
            cursor.setPosition(min(position, self.document().characterCount() - 1))
            self.setTextCursor(cursor)
        self.document().markContentsDirty(0, self.document().characterCount())
        self.document().setModified(was_modified)
        self.viewport().update()

    def _silences_of(self, section: Section[TemplateBlock]) -> list[bool]:
        return [self.reader.is_silent(clause, repeated) for clause, repeated in section_text.clauses_of(section)]

    def _changed(self, _position: int, removed: int, added: int) -> None:
        if self._section is not None and (removed or added):
            self._renumber()
            self._timer.start()

    def _renumber(self) -> None:
        natures = section_text.natures(self.document())
        numbers = iter(self.reader.numbers([Role(nature) for nature in natures if nature in set(Role)]))
        self._marks = [section_text.mark_of(nature, next(numbers) if nature in set(Role) else "") for nature in natures]
        self.viewport().update()

    # typing

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.is_composing():
                self.commit_composed()
            else:
                self._do(editing.new_line)
            return
        if (move := _erasing(event)) is not None:
            self._do(editing.erase, move)
            return
        if event.matches(_Key.Cut):
            self.cut()
            return
        if event.text() and event.text().isprintable() and not self._make_ready():
            return
        super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        if (event.preeditString() or event.commitString()) and not self._make_ready():
            event.accept()
            return
        super().inputMethodEvent(event)

    def _make_ready(self) -> bool:
        """Before a letter comes: the selection goes our way, the format is that of text; False where none may come."""
        cursor = self.textCursor()
        if cursor.hasSelection():
            self._do(editing.remove)
            cursor = self.textCursor()
        if editing.is_fixed(cursor):
            return False
        self.setCurrentCharFormat(editing.typing_format(cursor))
        return True

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.settle()

    def _do(self, act: Callable[..., None], *values: object) -> None:
        cursor = self.textCursor()
        act(cursor, *values)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip:
            assert isinstance(event, QHelpEvent)
            self._tell(event)
            return True
        return left_to_window(event, can_undo=self.document().isUndoAvailable()) or super().event(event)

    # clipboard

    def cut(self) -> None:
        """As copying, then taking away."""
        self.copy()
        self._do(editing.remove)

    def createMimeDataFromSelection(self) -> QMimeData:
        """Names for our own editor, values in plain text for every other program."""
        cursor = self.textCursor()
        data = QMimeData()
        data.setData(OWN_FORM, QByteArray(editing.copied(cursor).encode()))
        data.setText(self._words(cursor))
        return data

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasFormat(OWN_FORM) or source.hasText()

    def insertFromMimeData(self, source: QMimeData) -> None:
        if source.hasFormat(OWN_FORM):
            lines = editing.own_lines(bytes(source.data(OWN_FORM).data()).decode())
        else:
            lines = editing.plain_lines(source.text())
        self._do(editing.paste, lines, self.reader.is_silent)

    def _words(self, cursor: QTextCursor) -> str:
        """The selection with the values of its chips, and the marks of lines that are selected from their start."""
        words = []
        block = self.document().findBlock(cursor.selectionStart())
        several = not block.contains(cursor.selectionEnd())
        while block.isValid() and block.position() <= cursor.selectionEnd():
            start, end = max(block.position(), cursor.selectionStart()), cursor.selectionEnd()
            mark = self._marks[block.blockNumber()] if several and start == block.position() else ""
            letters = range(start, min(end, block.position() + block.length() - 1))
            words.append((f"{mark} " if mark else "") + "".join(map(self._letter, letters)))
            block = block.next()
        return "\n".join(words)

    def _letter(self, position: int) -> str:
        cursor = QTextCursor(self.document())
        cursor.setPosition(position)
        cursor.movePosition(_Move.Right, QTextCursor.MoveMode.KeepAnchor)
        format = cursor.charFormat()
        return self._value(format) + tail_of(format) if is_object(format) else cursor.selectedText()

    def _value(self, format: QTextCharFormat) -> str:
        """What an object says by itself."""
        reference = str(format.property(Property.INLINE))
        return self.reader.inline(reference).text if format.objectType() == Kind.CHIP else ""

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Qt's own menu would cut in its own way."""
        menu = QMenu(self)
        chosen = self.textCursor().hasSelection()
        for words, keys, act, possible in (
            ("Hoàn tác", "Ctrl+Z", self.undo, self.document().isUndoAvailable()),
            ("Làm lại", "Ctrl+Y", self.redo, self.document().isRedoAvailable()),
            ("Cắt", "Ctrl+X", self.cut, chosen),
            ("Chép", "Ctrl+C", self.copy, chosen),
            ("Dán", "Ctrl+V", self.paste, self.canPaste()),
            ("Chọn hết", "Ctrl+A", self.selectAll, True),
        ):
            action = menu.addAction(f"{words}\t{keys}")
            action.setEnabled(possible)
            action.triggered.connect(act)
        menu.exec(event.globalPos())
        menu.deleteLater()

    # looks

    def _say(self) -> None:
        """A chip behind the cursor is read out as its value and what it is."""
        format = self.textCursor().charFormat()
        if self._section is not None and format.objectType() == Kind.CHIP and self.hasFocus():
            shown = self.reader.inline(str(format.property(Property.INLINE)))
            words = f"{shown.text}, {shown.tip}" if shown.tip else shown.text
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

    def _tell(self, event: QHelpEvent) -> None:
        at = self.viewport().mapFrom(self, event.pos())
        cursor = self.cursorForPosition(at)
        # The nearest place between letters may lie on either side of the chip under the mouse.
        if self.cursorRect(cursor).center().x() <= at.x():
            cursor.movePosition(_Move.Right)
        format = cursor.charFormat()
        if format.objectType() in (Kind.CHIP, Kind.SILENT):
            QToolTip.showText(event.globalPos(), self.reader.inline(str(format.property(Property.INLINE))).tip, self)
        else:
            QToolTip.hideText()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.translate(0, -self.verticalScrollBar().value())
        for block, mark in zip(section_text.lines_of(self.document()), self._marks, strict=True):
            if mark:
                self._paint_mark(painter, block, mark)
            if section_text.nature_of(block) == section_text.REPEAT:
                self._paint_captions(painter, block)

    def _corner(self, block: QTextBlock) -> QPointF:
        top = self.document().documentLayout().blockBoundingRect(block).top()
        return QPointF(_MARGIN + block.blockFormat().leftMargin(), top)

    def _paint_mark(self, painter: QPainter, block: QTextBlock, mark: str) -> None:
        painter.setFont(section_text.char_format(section_text.nature_of(block)).font())
        painter.setPen(QColor(theme.colours().text))
        painter.drawText(self._corner(block) + QPointF(0, section_text.BASELINE), mark)

    def _paint_captions(self, painter: QPainter, block: QTextBlock) -> None:
        above, below = self.reader.captions()
        corner = self._corner(block)
        bottom = corner.y() + max(block.layout().lineCount(), 1) * section_text.LINE
        painter.setPen(QColor(theme.colours().text2))
        painter.setFont(theme.font(Type.LABEL_STRONG))
        painter.drawText(QPointF(_MARGIN, corner.y() - Space.M - 2), above)
        painter.setFont(theme.font(Type.HINT))
        painter.drawText(QPointF(corner.x(), bottom + Space.XXL), below)


def _erasing(event: QKeyEvent) -> QTextCursor.MoveOperation | None:
    """How far a key takes letters away; None for all other keys."""
    # Qt knows Backspace as a standard key only on some systems.
    shift = Qt.KeyboardModifier.ShiftModifier
    if event.key() == Qt.Key.Key_Backspace and not event.modifiers() & ~shift:
        return _Move.PreviousCharacter
    return next((move for key, move in _ERASING.items() if event.matches(key)), None)
