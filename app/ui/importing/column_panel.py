"""Beside the columns: what the selected one says, the required fields, what follows from what is left out."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app import formats
from app.registers.description import Field
from app.registers.exchange import matching
from app.registers.exchange.matching import EMPTY, ChoiceValue, Column
from app.registers.kinds import KindName, Option
from app.ui import theme
from app.ui.importing.looking import Looked, has_values, values_of
from app.ui.matching import Choice
from app.ui.tokens import Size, Space, Tone, Type
from app.ui.widgets.combo import Combo
from app.ui.widgets.labels import HLine, IconLabel, Label, column, filled, row
from app.ui.widgets.messages import Note
from app.ui.widgets.scrolling import UprightScroll

_VALUE_WIDTH = 148


class ColumnPanel(QWidget):
    """`value_chosen(field, text, value)` sets a word of the file to ours; `column_chosen(field, index)` gives a field
    its column."""

    value_chosen = Signal(str, str, object)
    column_chosen = Signal(str, int)

    def __init__(self) -> None:
        super().__init__()
        filled(self, "surface")
        self.setFixedWidth(Size.PANEL)
        outer = column(self)
        head = QWidget()
        head.setFixedHeight(Size.PANEL_HEAD)
        line = row(head, (Size.PANEL_PADDING, 0, Size.PANEL_PADDING, 0), Space.S + 2)
        self._heading = Label("", Type.HEADING, elide=True)
        self._heading.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._letter, self._field = Label("", Type.BODY, "text2"), Label("", Type.HEADING, elide=True)
        arrow = IconLabel("arrow-right", "text2", Size.ICON_TEXT)
        for widget in (self._heading, self._letter, arrow):
            line.addWidget(widget)
        line.addWidget(self._field, 1)
        outer.addWidget(head)
        outer.addWidget(HLine())
        self._scroll = UprightScroll()
        outer.addWidget(self._scroll, 1)
        self._wanted: dict[str, Combo] = {}
        self._values: dict[str, Combo] = {}

    def show_column(self, looked: Looked, shown: Column) -> None:
        """Another column is selected, or what stands here has changed."""
        field = looked.register.by_key[shown.field] if shown.field else None
        self._heading.setText(shown.heading or "(không có tiêu đề)")
        self._letter.setText(f"cột {shown.letter}")
        self._field.setText(looked.label(shown.field))
        body = QWidget()
        filled(body, "surface")
        stack = column(body)
        self._values = {}
        if field is not None and has_values(looked, shown):
            values = values_of(looked, shown)
            if values:
                stack.addWidget(self._words(looked, field, values))
                stack.addWidget(HLine())
        elif shown.samples:
            stack.addWidget(_samples(shown, field))
            stack.addWidget(HLine())
        stack.addWidget(self._required(looked))
        for sentence in matching.left_out(looked.register, looked.match):
            note = QWidget()
            side = Size.PANEL_PADDING
            column(note, (side, 0, side, Space.S)).addWidget(Note(sentence))
            stack.addWidget(note)
        stack.addStretch(1)
        self._scroll.setWidget(body)

    def go_to_required(self, field: str) -> bool:
        """Put the focus where a required field gets its column."""
        combo = self._wanted.get(field)
        if combo is None:
            return False
        self._scroll.ensureWidgetVisible(combo)
        combo.setFocus(Qt.FocusReason.OtherFocusReason)
        combo.open_list()
        return True

    def focus_first(self) -> bool:
        """Put the focus on the first word whose meaning is open, else on the first one."""
        combos = list(self._values.values())
        open_ones = [combo for combo in combos if not combo.key()]
        for combo in (open_ones or combos)[:1]:
            combo.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return False

    def _words(self, looked: Looked, field: Field, values: Sequence[ChoiceValue]) -> QWidget:
        rows = formats.format_integer(sum(each.rows for each in values))
        section, stack = _section("Giá trị trong tệp", f"{formats.format_integer(len(values))} giá trị, {rows} dòng")
        options = list(matching.options_of(field, looked.context))
        if not field.required and all(option.value != EMPTY for option in options):
            options.append(Option(EMPTY, "Để trống"))
        for each in values:
            stack.addWidget(self._word(looked, field, each, options))
        return section

    def _word(self, looked: Looked, field: Field, each: ChoiceValue, options: list[Option]) -> QWidget:
        if field.kind is KindName.REFERENCE and not each.known:
            near = matching.nearest(field, each.text, looked.context)
            options = near + [option for option in options if option not in near]
        line = QWidget()
        level = row(line, gap=Space.S)
        words = QWidget()
        upright = column(words)
        upright.addWidget(Label(each.text, Type.BODY, elide=True))
        upright.addWidget(Label(f"{formats.format_integer(each.rows)} dòng", Type.HINT, "text2"))
        level.addWidget(words, 1)
        level.addWidget(IconLabel("arrow-right", "text2", Size.ICON_TEXT))
        choices = [Choice(str(place), option.name, option.code, option.hint) for place, option in enumerate(options)]
        combo = Combo(choices, "Chọn")
        combo.setFixedWidth(_VALUE_WIDTH)
        combo.setAccessibleName(f"“{each.text}” là")
        if each.known:
            place = next((place for place, option in enumerate(options) if option.value == each.value), None)
            combo.set_raw("" if place is None else str(place))
        combo.chosen.connect(
            lambda key, text=each.text: self.value_chosen.emit(field.key, text, options[int(key)].value)
        )
        self._values[each.text] = combo
        level.addWidget(combo)
        return line

    def _required(self, looked: Looked) -> QWidget:
        fields = [each for each in looked.register.import_fields if each.required]
        lacking = {each.key for each in matching.lacking(looked.register, looked.match)}
        count = f"{len(fields) - len(lacking)}/{len(fields)} đã có cột"
        section, stack = _section("Ô bắt buộc của sổ", count)
        stack.setSpacing(Space.S)
        self._wanted = {}
        for each in fields:
            line = QWidget()
            level = row(line, gap=Space.S)
            line.setMinimumHeight(Type.BODY.value.line)
            icon = IconLabel("check", "text2", Size.ICON_TEXT)
            level.addWidget(icon)
            label = Label(each.label)
            level.addWidget(label, 1)
            pair = theme.colours().pair(Tone.AMBER if each.key in lacking else Tone.GREEN)
            icon.set("triangle-alert" if each.key in lacking else "check", pair.text)
            if each.key in lacking:
                label.set_colour(pair.text)
                level.addWidget(self._column_choice(looked, each))
            stack.addWidget(line)
        return section

    def _column_choice(self, looked: Looked, field: Field) -> Combo:
        """Which column fills a required field that has none; a guess stands there to be accepted."""
        choices = [
            Choice(str(each.index), each.heading or "(không có tiêu đề)", each.letter) for each in looked.match.columns
        ]
        combo = Combo(choices, "Chọn cột")
        combo.setFixedWidth(_VALUE_WIDTH)
        combo.setAccessibleName(f"Cột của {field.label}")
        combo.chosen.connect(lambda key: self.column_chosen.emit(field.key, int(key)))
        self._wanted[field.key] = combo
        return combo


def _samples(shown: Column, field: Field | None) -> QWidget:
    section, stack = _section("Giá trị đầu", "")
    for text in shown.samples:
        stack.addWidget(Label(text, Type.BODY, elide=True))
    if field is not None:
        stack.addWidget(Label(field.help, Type.HINT, "text2", wrap=True))
    return section


def _section(title: str, count: str) -> tuple[QWidget, QVBoxLayout]:
    section = QWidget()
    side = Size.PANEL_PADDING
    stack = column(section, (side, Space.M, side, Space.L), Space.M)
    head = QWidget()
    level = row(head)
    level.addWidget(Label(title, Type.LABEL_STRONG, "text2"))
    level.addStretch(1)
    level.addWidget(Label(count, Type.HINT, "text2"))
    stack.addWidget(head)
    return section, stack
