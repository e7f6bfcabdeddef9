"""A form made from plain descriptions of its fields.

Texts are read all at once: every error stands at its field, the first one has the focus. What was typed can be taken
out and put back as text, so that a draft never loses a letter.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QScrollArea, QWidget

from app.problems import Problem, Problems
from app.ui.matching import Choice
from app.ui.tokens import Size, Space
from app.ui.widgets.buttons import Button, Kind
from app.ui.widgets.choices import Check, Segmented
from app.ui.widgets.combo import Combo
from app.ui.widgets.composing import commit_composed
from app.ui.widgets.field_line import FieldLine
from app.ui.widgets.fields import DateField, LineField, NumberField, ParsedField, TextArea
from app.ui.widgets.labelled import Editor, LabelledField
from app.ui.widgets.labels import HLine, column

FieldKind = Literal[
    "text", "long_text", "name", "date", "time", "integer", "money", "choice", "reference", "suggested", "flag"
]
FieldWidth = Literal["full", "two_thirds", "half", "third"]

_PARTS: Mapping[FieldWidth, int] = {"full": 6, "two_thirds": 4, "half": 3, "third": 2}
_LINE = 6
_SEGMENTS_MAX = 4
_EVEN, _DATE, _TWO_THIRDS = 6, 10, 10


def _weight(spec: "FieldSpec") -> int:
    """Share of a line; dates need room for their button."""
    if spec.width == "third":
        return _DATE if spec.kind == "date" else _EVEN
    if spec.width == "two_thirds":
        return _TWO_THIRDS
    return _PARTS[spec.width] * _EVEN // 2


@dataclass(frozen=True)
class FieldSpec:
    """One field of a form. `parse` reads the typed text (None for nothing) and raises Problem; `format` shows a value.

    For a choice or a reference the text is the `key` of a Choice; for a flag "có" or "không"; a suggested text need not
    be among the choices. `describe` says under the field what a value means while it is typed: an amount in words;
    `aside` stands at the right of the label; `parted` puts a line above; `missing` is said
    where a required field is empty and its label makes no sentence.
    """

    key: str
    label: str
    parse: Callable[[str], Any]
    format: Callable[[Any], str]
    kind: FieldKind = "text"
    help: str = ""
    required: bool = False
    choices: Sequence[Choice] = ()
    width: FieldWidth = "full"
    placeholder: str = ""
    max_length: int | None = None
    hint: str = ""
    aside: str = ""
    parted: bool = False
    missing: str = ""
    describe: Callable[[Any], str] | None = None


class Form(QWidget):
    """Fields in reading order; Enter and Tab go on, Ctrl+S and Ctrl+Enter ask to save, Esc asks to leave.

    `saved` asks for a save (read `values()`), `left` asks to leave, `changed` names a field a person has changed,
    `field_left` one that was gone from. `problem_link` goes into the foot of the panel.
    """

    save_asked = Signal()
    leave_asked = Signal()
    changed = Signal(str)
    field_left = Signal(str)

    def __init__(
        self,
        specs: Sequence[FieldSpec],
        *,
        today: Callable[[], date] = date.today,
        margins: tuple[int, int, int, int] = (Size.PANEL_PADDING, Space.M, Size.PANEL_PADDING, Space.L),
        parent: QWidget | None = None,
    ):
        super().__init__(parent)
        self._today = today
        self._specs = {spec.key: spec for spec in specs}
        self._fields: dict[str, LabelledField] = {}
        self._touched: set[str] = set()
        self._left_out: set[str] = set()
        self._clean: dict[str, str] = {}
        self._side_by_side: list[FieldLine] = []
        self.problem_link = Button("", Kind.ALARM, icon="circle-alert")
        self.problem_link.hide()
        self.problem_link.clicked.connect(self.go_to_problem)
        self._lines = column(self, margins, Space.S)
        for spec in specs:
            self._add(spec)
        self._arrange()
        self._clean = self.typed()

    # building

    def _add(self, spec: FieldSpec) -> None:
        editor = self._editor(spec)
        opens = spec.kind in ("choice", "reference") and isinstance(editor, Combo)
        field = LabelledField(
            spec.label,
            editor,
            required=spec.required,
            hint=spec.hint,
            help=spec.help,
            keys=spec.aside or ("F4 mở danh mục" if opens and spec.width == "full" else ""),
            parent=self,
        )
        self._fields[spec.key] = field
        editor.edited.connect(lambda: self._edited(spec.key))
        editor.left.connect(lambda: self._left(spec.key))
        field.noted.connect(self._place_notes)
        editor.installEventFilter(self)

    def _editor(self, spec: FieldSpec) -> Editor:
        match spec.kind:
            case "long_text":
                return TextArea(spec.placeholder)
            case "date":
                return DateField(spec.parse, spec.format, spec.placeholder, today=self._today)
            case "time":
                return ParsedField(spec.parse, spec.format, spec.placeholder)
            case "integer" | "money":
                return NumberField(spec.parse, spec.format, spec.placeholder)
            case "choice" if len(spec.choices) <= _SEGMENTS_MAX:
                return Segmented(spec.choices)
            case "choice" | "reference":
                return Combo(spec.choices, spec.placeholder)
            case "suggested":
                return Combo(spec.choices, spec.placeholder, free=True)
            case "flag":
                return Check(spec.label)
            case "text" | "name":
                return LineField(spec.placeholder)

    def _arrange(self) -> None:
        """Fields side by side as far as their widths fill a line; a date among thirds takes more of it."""
        while (item := self._lines.takeAt(0)) is not None:
            if (line := item.layout()) is not None:
                line.deleteLater()
            elif (part := item.widget()) is not None:
                part.deleteLater()
        self._side_by_side = []
        room = 0
        for key, field in self._fields.items():
            if key in self._left_out:
                field.keep_note()
                continue
            spec = self._specs[key]
            if _PARTS[spec.width] > room:
                self._end_line(room)
                if spec.parted:
                    self._lines.addSpacing(Space.XS)
                    self._lines.addWidget(HLine())
                    self._lines.addSpacing(Space.XS)
                room = _LINE
                self._side_by_side.append(FieldLine())
                self._lines.addLayout(self._side_by_side[-1])
            self._side_by_side[-1].add_field(field, _weight(spec))
            room -= _PARTS[spec.width]
        self._end_line(room)
        self._lines.addStretch(1)
        self._place_notes()

    def _end_line(self, room: int) -> None:
        if room and self._side_by_side:
            self._side_by_side[-1].leave_free(room * _EVEN // 2)

    def _place_notes(self) -> None:
        for line in self._side_by_side:
            line.place_notes()

    # reading and showing

    def field(self, key: str) -> LabelledField:
        """A field with its label, for hints and notes of the screen."""
        return self._fields[key]

    def set_shown(self, key: str, shown: bool) -> None:
        """Leave a field out, or show it again; what it holds stays."""
        if shown == (key not in self._left_out):
            return
        self._left_out ^= {key}
        self._fields[key].setVisible(shown)
        self._arrange()

    def set_required(self, key: str, required: bool) -> None:
        """Whether a field must be filled may follow from another one."""
        self._fields[key].set_required(required)

    def set_choices(self, key: str, choices: Sequence[Choice]) -> None:
        """Other choices for a combo."""
        editor = self._fields[key].editor
        assert isinstance(editor, Combo)
        editor.set_choices(choices)

    def set_values(self, values: Mapping[str, Any]) -> None:
        """Show values; fields that are not named become empty. Nothing counts as typed after it."""
        for key, field in self._fields.items():
            value = values.get(key)
            field.editor.set_raw("" if value is None else self._specs[key].format(value))
            field.clear_error()
            self._describe(key)
        self._touched.clear()
        self._clean = self.typed()
        self._tell()

    def set_value(self, key: str, value: Any) -> None:
        """Show one value, as if a person had typed it."""
        self._fields[key].editor.set_raw("" if value is None else self._specs[key].format(value))
        self._edited(key)

    def typed(self) -> dict[str, str]:
        """The text of every field, as it is typed: the draft."""
        return {key: field.editor.raw() for key, field in self._fields.items()}

    def restore(self, texts: Mapping[str, str]) -> None:
        """Put a draft back."""
        for key, text in texts.items():
            if key in self._fields:
                self._fields[key].editor.set_raw(text)
                self._describe(key)

    def is_changed(self) -> bool:
        """Whether a person has changed anything since `set_values`."""
        commit_composed()
        return self.typed() != self._clean

    def format_value(self, key: str, value: Any) -> str:
        """A value as its field shows it."""
        return self._specs[key].format(value)

    def value(self, key: str) -> Any:
        """One value; raises Problem."""
        return self._read(key)

    def values(self) -> dict[str, Any]:
        """All values. When some cannot be read, all errors are shown at their fields and Problems is raised."""
        commit_composed()
        values: dict[str, Any] = {}
        faults: list[Problem] = []
        for key in (key for key in self._fields if key not in self._left_out):
            try:
                values[key] = self._read(key)
            except Problem as problem:
                faults.append(Problem(problem.sentence, field=key, next_step=problem.next_step))
        if faults:
            problems = Problems(faults)
            self.show_problems(problems)
            raise problems
        self.clear_problems()
        return values

    def _read(self, key: str) -> Any:
        spec, raw = self._specs[key], self._fields[key].editor.raw()
        combo = self._fields[key].editor
        if isinstance(combo, Combo) and raw and not combo.key() and spec.kind != "suggested":
            raise Problem(f"Không có “{raw}” trong danh mục", field=key)
        if spec.max_length is not None and len(raw) > spec.max_length:
            raise Problem(f"Nhiều nhất {spec.max_length} ký tự, đang có {len(raw)}", field=key)
        if self._fields[key].required and not raw.strip():
            raise Problem(spec.missing or f"Cần nhập {spec.label[0].lower()}{spec.label[1:]}", field=key)
        return spec.parse(raw)

    # errors

    def show_problems(self, problem: Problem) -> None:
        """Show what a command found, each fault at its field, and go to the first."""
        for fault in problem.faults if isinstance(problem, Problems) else (problem,):
            if fault.field in self._fields:
                self._fields[fault.field].set_error(str(fault))
        self._tell()
        self.go_to_problem()

    def clear_problems(self) -> None:
        """Nothing is wrong."""
        for field in self._fields.values():
            field.clear_error()
        self._tell()

    def go_to_problem(self) -> None:
        """Put the focus into the first field that is wrong and select its text."""
        for field in self._fields.values():
            if field.error():
                self._focus(field)
                return

    def focus_first(self) -> None:
        """Put the focus into the first field that is empty, else the first."""
        shown = [field for key, field in self._fields.items() if key not in self._left_out]
        empty = [field for field in shown if not field.editor.raw() and not isinstance(field.editor, Check)]
        for field in (empty or shown)[:1]:
            self._focus(field)

    def _focus(self, field: LabelledField) -> None:
        editor = field.editor
        editor.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(editor, QLineEdit | QPlainTextEdit):
            editor.selectAll()
        self._reveal(field)

    def _reveal(self, field: LabelledField) -> None:
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if isinstance(above, QScrollArea):
            for part in (field.note, field):
                if part.isVisible():
                    above.ensureWidgetVisible(part, 0, Space.M)

    def _tell(self) -> None:
        wrong = [field.label_text for field in self._fields.values() if field.error()]
        has_foot = self.problem_link.parentWidget() is not None  # alone it would be a window of its own
        self.problem_link.setVisible(bool(wrong) and has_foot)
        if wrong:
            name = f": {wrong[0]}" if len(wrong) == 1 else ""
            self.problem_link.set_text(f"Còn {len(wrong)} ô cần sửa{name}")

    # events

    def _edited(self, key: str) -> None:
        self._touched.add(key)
        field = self._fields[key]
        if field.error() and not self._fault(key):
            field.clear_error()
            self._tell()
        self._describe(key)
        self.changed.emit(key)

    def _left(self, key: str) -> None:
        fault = self._fault(key) if key in self._touched else ""
        if fault:
            self._fields[key].set_error(fault)
            self._tell()
        self.field_left.emit(key)

    def _fault(self, key: str) -> str:
        try:
            self._read(key)
        except Problem as problem:
            return str(problem)
        return ""

    def _describe(self, key: str) -> None:
        describe = self._specs[key].describe
        if describe is None:
            return
        try:
            value = self._specs[key].parse(self._fields[key].editor.raw())
        except Problem:
            value = None
        self._fields[key].set_hint(self._specs[key].hint if value is None else describe(value))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A field reached by keyboard is scrolled into sight."""
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, QWidget):
            field = watched.parentWidget()
            if isinstance(field, LabelledField):
                self._reveal(field)
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_notes()

    def ask_save(self) -> None:
        """Ask for a save, the word still being composed included; the Save button calls it."""
        commit_composed()
        self.save_asked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if control and (enter or event.key() == Qt.Key.Key_S):
            self.ask_save()
        elif enter:
            focused = QApplication.focusWidget()
            if focused is not None:
                self.focusNextPrevChild(True)
        elif event.key() == Qt.Key.Key_Escape:
            commit_composed()
            self.leave_asked.emit()
        else:
            super().keyPressEvent(event)
