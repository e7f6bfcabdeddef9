"""The editor of one section: people write around chips, which are deleted whole or not at all."""

from collections.abc import Callable

from PySide6.QtCore import QByteArray, QEvent, QMimeData, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QHelpEvent,
    QInputMethodEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QAbstractScrollArea, QTextEdit, QToolTip

from app.reports.blocks import Clause, Role, Section, TemplateBlock
from app.ui import theme
from app.ui.report import section_text
from app.ui.report.chips import ChipObject, Kind, Property, Reader, is_object, plain_of
from app.ui.tokens import Space, Type
from app.ui.widgets.composing import Composing
from app.vietnamese import nfc

OWN_FORM = "application/x-so-cchc-text"
SAVE_AFTER_MS = 1000


class SectionEditor(Composing, QTextEdit):
    """Shows one section. `settled` comes one second after the last key, and from `settle` when the section is left."""

    settled = Signal()

    def __init__(self, reader: Reader, captions: Callable[[], tuple[str, str]]):
        super().__init__()
        self._section: Section[TemplateBlock] | None = None
        self._captions = captions
        self._is_silent: section_text.IsSilent = lambda _clause, _each: False
        self._objects = ChipObject(reader, self)
        for kind in Kind:
            self.document().documentLayout().registerHandler(kind, self._objects)
        self.setFrameShape(QTextEdit.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setSizeAdjustPolicy(QAbstractScrollArea.SizeAdjustPolicy.AdjustIgnored)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(Space.XXL)
        self.document().setDefaultFont(theme.font(Type.REPORT))
        self.setAccessibleName("Nội dung mục")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SAVE_AFTER_MS)
        self._timer.timeout.connect(self.settle)
        self.document().contentsChange.connect(self._changed)

    def show_section(self, section: Section[TemplateBlock], is_silent: section_text.IsSilent) -> None:
        """Shows another section; call `settle` first."""
        self._timer.stop()
        self._section = None
        self._is_silent = is_silent
        section_text.fill(self.document(), section, is_silent)
        self._section = section
        self.moveCursor(QTextCursor.MoveOperation.Start)

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

    def repaint_chips(self) -> None:
        """The registers have changed: chips are measured and painted anew, what was typed stays."""
        was_modified = self.document().isModified()
        self.document().markContentsDirty(0, self.document().characterCount())
        self.document().setModified(was_modified)

    def _changed(self, _position: int, removed: int, added: int) -> None:
        if self._section is not None and (removed or added):
            self._timer.start()

    # typing

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.is_composing():
                self.commit_composed()
                return
            self._leave_chip()
            super().keyPressEvent(event)
            self._begin_line()
            return
        if event.text() and event.text().isprintable():
            self._leave_chip()
        super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._leave_chip()
        super().inputMethodEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.settle()

    def _leave_chip(self) -> None:
        """A letter typed right after a chip would become part of it: its format is text again."""
        format = self.currentCharFormat()
        if is_object(format):
            self.setCurrentCharFormat(plain_of(format))

    def _begin_line(self) -> None:
        """A new line after a heading, a repetition or a fixed block is an ordinary paragraph."""
        cursor = self.textCursor()
        nature = str(cursor.blockFormat().property(Property.BLOCK))
        if nature not in (Role.BODY.value, Role.ITEM.value, Role.SENTENCE.value):
            cursor.setBlockFormat(section_text.block_format(Role.BODY.value))
            cursor.setBlockCharFormat(section_text.char_format(Role.BODY.value))
            self.setCurrentCharFormat(section_text.char_format(Role.BODY.value))

    # clipboard

    def createMimeDataFromSelection(self) -> QMimeData:
        """Names for our own editor, values in plain text for every other program."""
        cursor = self.textCursor()
        data = QMimeData()
        data.setData(OWN_FORM, QByteArray(section_text.copied(cursor).encode()))
        data.setText(self._words(cursor))
        return data

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasFormat(OWN_FORM) or source.hasText()

    def insertFromMimeData(self, source: QMimeData) -> None:
        cursor, base = self.textCursor(), plain_of(self.currentCharFormat())
        cursor.beginEditBlock()
        cursor.removeSelectedText()
        if source.hasFormat(OWN_FORM):
            content = bytes(source.data(OWN_FORM).data()).decode()
            section_text.paste(cursor, content, base, self._is_silent_here)
        else:
            cursor.insertText(nfc(source.text()), base)
        cursor.endEditBlock()

    def _is_silent_here(self, clause: Clause) -> bool:
        return self._is_silent(clause, self._nature(self.textCursor()) == "repeat")

    def _words(self, cursor: QTextCursor) -> str:
        """The selection with the values of its chips."""
        words = []
        walker = QTextCursor(self.document())
        for position in range(cursor.selectionStart(), cursor.selectionEnd()):
            walker.setPosition(position)
            walker.setPosition(position + 1, QTextCursor.MoveMode.KeepAnchor)
            format = walker.charFormat()
            if is_object(format):
                words.append(self._shown(format, position))
            else:
                words.append(walker.selectedText().replace("\u2029", "\n"))
        return "".join(words)

    def _shown(self, format: QTextCharFormat, position: int) -> str:
        if format.objectType() == Kind.CHIP:
            text = self._objects.reader(str(format.property(Property.INLINE)), position).text
            return text + str(format.property(Property.TAIL) or "")
        return str(format.property(Property.INLINE)) if format.objectType() == Kind.MARK else ""

    @staticmethod
    def _nature(cursor: QTextCursor) -> str:
        return str(cursor.blockFormat().property(Property.BLOCK))

    # looks

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip:
            assert isinstance(event, QHelpEvent)
            self._tell(event)
            return True
        return super().event(event)

    def _tell(self, event: QHelpEvent) -> None:
        cursor = self.cursorForPosition(self.viewport().mapFrom(self, event.pos()))
        format = cursor.charFormat()
        if format.objectType() in (Kind.CHIP, Kind.SILENT):
            shown = self._objects.reader(str(format.property(Property.INLINE)), cursor.position() - 1)
            QToolTip.showText(event.globalPos(), shown.tip, self)
        else:
            QToolTip.hideText()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.translate(0, -self.verticalScrollBar().value())
        above, below = self._captions()
        layout = self.document().documentLayout()
        block = self.document().begin()
        while block.isValid():
            if str(block.blockFormat().property(Property.BLOCK)) == "repeat":
                rect = layout.blockBoundingRect(block)
                left = rect.left() + self.document().documentMargin()
                painter.setFont(theme.font(Type.LABEL))
                painter.setPen(QColor(theme.colours().text2))
                painter.drawText(QPointF(left, rect.top() - Space.M), above)
                painter.setFont(theme.font(Type.HINT))
                painter.drawText(QPointF(left + Space.XL, rect.bottom() + 2 * Space.S), below)
            block = block.next()
