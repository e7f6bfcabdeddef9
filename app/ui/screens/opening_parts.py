"""Pieces of Số dư đầu: the head of a part, a number with its fault below it."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.problems import Problem, Problems
from app.ui import theme
from app.ui.tokens import Size, Space, Type
from app.ui.widgets.fields import NumberField
from app.ui.widgets.labels import IconLabel, Label, column, row

_ICON = 18
Key = TypeVar("Key")


def part_head(icon: str, title: Label, detail: Label, *actions: QWidget) -> QWidget:
    """Icon, title over a line of explanation, what can be done at the right."""
    head = QWidget()
    line = row(head, gap=Space.M)
    line.addWidget(IconLabel(icon, "text2", _ICON))
    words = QWidget()
    upright = column(words)
    upright.addWidget(title)
    upright.addWidget(detail)
    line.addWidget(words, 1)
    for action in actions:
        line.addWidget(action)
    return head


def heading(text: str) -> Label:
    """The title of a part."""
    return Label(text, Type.HEADING)


def hint(text: str) -> Label:
    """The line below a title; it gives way in a narrow window."""
    return Label(text, Type.HINT, "text2", elide=True)


class _FaultLine(QWidget):
    """The sentence below a field, its icon at the first line."""

    def __init__(self) -> None:
        super().__init__()
        red = theme.colours().red.text
        icon = IconLabel("circle-alert", "text2", Size.ICON_TEXT)
        icon.set("circle-alert", red)
        self._sentence = Label("", Type.HINT, wrap=True)
        self._sentence.set_colour(red)
        line = row(self, gap=Space.XS)
        line.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self._sentence, 1)

    def set_sentence(self, sentence: str) -> None:
        """Another sentence."""
        self._sentence.setText(sentence)

    def sentence(self) -> str:
        """What it says."""
        return self._sentence.full_text()


class ValueField(NumberField):
    """A number that may stay empty; `fault_line` is the place for its sentence."""

    def __init__(self, key: str, name: str, parse: Callable[[str], Any], shown: Callable[[Any], str], width: int):
        super().__init__(lambda text: parse(text) if text.strip() else None, shown)
        self.key = key
        self.name = name
        self._stored = ""
        self.setFixedWidth(width)
        self.setAccessibleName(name)
        self.fault_line = _FaultLine()
        self.fault_line.hide()
        self.edited.connect(self._forgive)
        self.left.connect(self.check)

    def show_stored(self, value: Any) -> None:
        """What is noted; a text that a person has typed stays."""
        if self.raw() != self._stored:
            return
        self.set_value(value)
        self._stored = self.raw()

    def check(self) -> None:
        """Say below the field why it cannot be read."""
        try:
            self.value()
        except Problem as problem:
            self.tell(str(problem))

    def checked(self) -> Any:
        """The value; raises Problem with this field's key, told below it."""
        try:
            return self.value()
        except Problem as problem:
            self.tell(str(problem))
            raise Problem(problem.sentence, field=self.key) from None

    def tell(self, sentence: str) -> None:
        """Show what is wrong, or nothing."""
        self.set_fault(bool(sentence))
        self.fault_line.set_sentence(sentence)
        self.fault_line.setVisible(bool(sentence))
        self.setAccessibleDescription(sentence)

    def _forgive(self) -> None:
        """The fault goes with the first keystroke that makes it readable."""
        if self.fault_line.isHidden():
            return
        try:
            self.value()
        except Problem:
            return
        self.tell("")


def checked(fields: Mapping[Key, ValueField]) -> dict[Key, int | None]:
    """What stands in all of them; raises Problems, each told at its field."""
    values: dict[Key, int | None] = {}
    faults = []
    for key, field in fields.items():
        try:
            values[key] = field.checked()
        except Problem as problem:
            faults.append(problem)
    if faults:
        raise Problems(faults)
    return values
