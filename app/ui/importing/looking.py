"""What step 2 shows of one sheet: its columns in three groups, each with what it fills."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app import formats, vietnamese
from app.registers.description import Register
from app.registers.exchange import Context, Match, Sheet, matching
from app.registers.exchange.matching import Column
from app.registers.kinds import KindName
from app.ui.cells import Coded, Group, Row, Text
from app.ui.matching import Choice
from app.ui.tokens import Tone

NOT_TAKEN = "-"  # the key of "Không lấy" in a list, where "" means that nobody chose
LOOK, MATCHED, LEFT_OUT = "look", "matched", "left-out"
ALL = "all"
TITLES = {LOOK: "Cần xem", MATCHED: "Đã khớp", LEFT_OUT: "Không lấy"}
_EMPTY = "(trống)"


@dataclass(frozen=True)
class Looked:
    """A sheet on its way into a register: the match as it stands and what is needed to judge it."""

    register: Register
    sheet: Sheet
    match: Match
    context: Context

    def column(self, index: int) -> Column | None:
        """A column of the sheet."""
        return next((column for column in self.match.columns if column.index == index), None)

    def group_of(self, column: Column) -> str:
        """Under which heading a column stands."""
        if matching.needs_look(self.register, self.sheet, self.match, column, self.context):
            return LOOK
        return MATCHED if column.field else LEFT_OUT

    def groups(self) -> dict[str, list[Column]]:
        """The columns by their group, in the order of the sheet."""
        found: dict[str, list[Column]] = {LOOK: [], MATCHED: [], LEFT_OUT: []}
        for column in self.match.columns:
            found[self.group_of(column)].append(column)
        return found

    def rows(self) -> int:
        """How many rows stand below the headings."""
        return sum(1 for _ in matching.filled_rows(self.sheet, self.match))

    def label(self, field: str) -> str:
        """What a field is called, or "Không lấy"."""
        return self.register.by_key[field].label if field else TITLES[LEFT_OUT]

    def offered(self, column: Column) -> list[Choice]:
        """What a column may fill; a field that another column fills already says so."""
        choices = [Choice(NOT_TAKEN, TITLES[LEFT_OUT])]
        taken = {other.field: other.letter for other in self.match.columns if other.field and not other.guessed}
        for each in self.register.import_fields:
            letter = taken.get(each.key, "")
            hint = f"đang lấy cột {letter}" if letter and letter != column.letter else ""
            choices.append(Choice(each.key, each.label, hint=hint or ("bắt buộc" if each.required else "")))
        return choices

    def accepted(self) -> "Looked":
        """Every guess taken for what it says."""
        match = self.match
        for column in match.columns:
            if column.guessed:
                match = match.with_field(column.index, column.field)
        return replace(self, match=match)


def table_rows(looked: Looked, only: str) -> list[Row]:
    """The rows of the table under their headings; `only` one group, or ALL."""
    rows: list[Row] = []
    for key, columns in looked.groups().items():
        if not columns or only not in (ALL, key):
            continue
        tone, icon = (Tone.AMBER, "triangle-alert") if key == LOOK else (None, "")
        rows.append(Row(key, group=Group(TITLES[key], formats.format_integer(len(columns)), tone, icon)))
        rows += [Row(column.index, _cells(looked, key, column)) for column in columns]
    return rows


def _cells(looked: Looked, group: str, column: Column) -> tuple[Coded | Text, ...]:
    taken = bool(column.field)
    if group == LEFT_OUT:
        field = Text(TITLES[LEFT_OUT], muted=True, icon="minus")
    else:
        field = Text("" if group == LOOK else looked.label(column.field), icon="check", icon_tone=Tone.GREEN)
    heading = column.heading or "(không có tiêu đề)"
    return (
        Coded(column.letter, heading, medium=taken),
        Text(" · ".join(column.samples) or _EMPTY, small=True),
        Text("", icon="arrow-right", muted=True),
        Text("") if group == LOOK else field,
    )


def has_values(looked: Looked, column: Column) -> bool:
    """Whether the words of a column are to be set to ours."""
    kind = looked.register.by_key[column.field].kind if column.field else None
    return kind in (KindName.CHOICE, KindName.REFERENCE)


def values_of(looked: Looked, column: Column) -> Sequence[matching.ChoiceValue]:
    """The words of a choice; of a reference, whose list is long, only those that stand for nothing yet or were set."""
    found = matching.choice_values(looked.register, looked.sheet, looked.match, column.field, looked.context)
    if looked.register.by_key[column.field].kind is KindName.CHOICE:
        return found
    plain = matching.meanings(matching.options_of(looked.register.by_key[column.field], looked.context))
    return [each for each in found if vietnamese.key(each.text) not in plain]
