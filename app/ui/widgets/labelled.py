"""A field with its label above and its hint or error below."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.ui import painting, theme
from app.ui.tokens import Size, Space, Type
from app.ui.widgets.choices import Check, Segmented
from app.ui.widgets.fields import LineField, TextArea
from app.ui.widgets.labels import IconLabel, Label, column, row

Editor = LineField | TextArea | Segmented | Check


class LabelledField(QWidget):
    """Label, required mark, editor, and one line that is the hint until there is an error.

    `keys` is the one short key hint at the right of the label ("F4 mở danh mục"). `note` may be lifted out by who puts
    fields side by side (`keep_note` takes it back); `noted` tells that it says something else.
    """

    noted = Signal()

    def __init__(
        self,
        label: str,
        editor: Editor,
        *,
        required: bool = False,
        hint: str = "",
        help: str = "",
        keys: str = "",
        parent: QWidget | None = None,
    ):
        super().__init__(parent)
        self.label_text = label
        self.editor = editor
        self._hint = hint
        self._warns = False
        self._help = help
        self._error = ""
        self._mark = Label("*", Type.LABEL_STRONG)
        self._mark.set_colour(theme.colours().red.text)
        self._mark.setAccessibleName("bắt buộc")
        outer = column(self, gap=Space.XS)
        self.required = required
        editor.setToolTip(help)
        if not isinstance(editor, Check):
            outer.addLayout(self._head(label, editor, keys))
        outer.addWidget(editor)
        self.note = QWidget()
        self._icon = IconLabel("circle-alert", "text2", Size.ICON_TEXT)
        self._words = Label("", Type.HINT, "text2", wrap=True)
        line = row(self.note, gap=Space.XS)
        line.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self._words, 1)
        outer.addWidget(self.note)
        outer.addStretch(1)
        self._outer = outer
        self.set_required(required)
        self._show_note()

    def _head(self, label: str, editor: QWidget, keys: str) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(Space.XS)
        name = Label(label, Type.LABEL, "text2")
        name.setBuddy(editor)
        head.addWidget(name)
        head.addWidget(self._mark)
        head.addStretch(1)
        if keys:
            head.addWidget(Label(keys, Type.HINT, "text2"))
        return head

    def set_required(self, required: bool) -> None:
        """Whether it must be filled; the mark is read out as "bắt buộc"."""
        self.required = required
        self._mark.setVisible(required and not isinstance(self.editor, Check))
        self.editor.setAccessibleName(f"{self.label_text}, bắt buộc" if required else self.label_text)

    def set_hint(self, hint: str, *, warns: bool = False) -> None:
        """What stands below while nothing is wrong: the reading of an amount, why a date was worked out.

        One that `warns` is amber: it may be saved, but had better be looked at.
        """
        if (hint, warns) != (self._hint, self._warns):
            self._hint, self._warns = hint, warns
            self._show_note()

    def keep_note(self) -> None:
        """The note stands below the editor again."""
        if self.note.parentWidget() is not self:
            self._outer.insertWidget(self._outer.count() - 1, self.note)

    def overflows(self) -> bool:
        """Whether an error or a warning needs more than one line in the width of the field."""
        told = painting.width_of(self._words.text(), Type.HINT) + Size.ICON_TEXT + Space.XS
        return bool(self._error or self._warns) and told > self.width()

    def error(self) -> str:
        """The sentence shown, "" where nothing is wrong."""
        return self._error

    def set_error(self, sentence: str) -> None:
        """Say what is wrong and what is right; the text typed stays."""
        if sentence == self._error:
            return
        self._error = sentence
        self.editor.set_fault(bool(sentence))
        self._show_note()
        if sentence:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.editor, sentence))

    def clear_error(self) -> None:
        """Nothing is wrong any more."""
        self.set_error("")

    def _show_note(self) -> None:
        c = theme.colours()
        warns = self._warns and not self._error
        self._words.setText(self._error or self._hint)
        self._words.set_colour(c.red.text if self._error else c.amber.text if warns else c.text2)
        self._icon.set("triangle-alert" if warns else "circle-alert", c.amber.text if warns else c.red.text)
        self._icon.setVisible(bool(self._error) or warns)
        self.note.setVisible(bool(self._error or self._hint))
        self.editor.setAccessibleDescription(self._error or self._hint or self._help)
        self.noted.emit()
