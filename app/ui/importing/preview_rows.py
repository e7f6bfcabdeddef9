"""What step 3 shows: which columns there is room for, each row's cells, the bad ones among them with the reason."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.registers.description import Field, Register
from app.registers.exchange import Context, Part, RowState, matching
from app.registers.exchange.preview import Corrections, Fault
from app.registers.exchange.preview import Row as FileRow
from app.registers.kinds import KindName
from app.ui import painting
from app.ui.cells import Cell, Number, Row, Text
from app.ui.paged_model import Column
from app.ui.tokens import Space, Tone, Type

EMPTY = "(trống)"
_MEASURED = 60  # rows by which the width of a column is judged
_LEAST, _MOST = 64, 190
_NUMBER_WIDTH = 56
_REASON_LEAST, _REASON_LEAST_NARROW = 340, 240
_RIGHT = (KindName.INTEGER, KindName.MONEY)
_WORDED = (KindName.CHOICE, KindName.REFERENCE)


@dataclass(frozen=True)
class Shown:
    """The rows of one part that are in sight, in the order of the file."""

    part: Part
    rows: Sequence[FileRow]
    corrections: Corrections
    context: Context

    @property
    def register(self) -> Register:
        return self.part.register

    def text(self, row: FileRow, field: Field) -> str:
        """A cell as the office reads it: what was typed over it, else as it stands in the file."""
        typed = self.corrections.get((self.register.key, row.number, field.key))
        value = row.values.get(field.key)
        if field.kind in _WORDED:
            if typed is None or value is None:
                return typed if typed is not None else matching.shown(row.cells.get(field.key))
            options = matching.options_of(field, self.context)
            return next((option.name for option in options if option.value == value), typed)
        if typed is not None or field.kind in _RIGHT:
            formatted = field.format(value, self.context) if value is not None else ""
            return formatted or (typed if typed is not None else matching.shown(row.cells.get(field.key)))
        return matching.shown(row.cells.get(field.key))

    def fields(self, width: int, *, narrow: bool) -> list[Field]:
        """The fields that are shown: those with a fault first, then what tells a row, as far as there is room; in the
        order of the file."""
        faulty = {fault.field for row in self.rows for fault in row.faults if row.state is RowState.BAD}
        order = [column.field for column in self.part.match.columns if column.field and not column.guessed]
        extra = [each.key for each in self.register.fields if each.key in faulty and each.key not in order]
        keys = order + extra
        ranked = sorted(
            keys, key=lambda key: (key not in faulty, key != "code", not self.register.by_key[key].required)
        )
        room = width - _NUMBER_WIDTH - Space.L - (_REASON_LEAST_NARROW if narrow else _REASON_LEAST)
        taken: set[str] = set()
        for key in ranked:
            room -= self.width(self.register.by_key[key])
            if room < 0 and key not in faulty:
                break
            taken.add(key)
        return [self.register.by_key[key] for key in keys if key in taken]

    def width(self, field: Field) -> int:
        """What a column needs for its words, within bounds."""
        texts = [self.text(row, field) for row in self.rows[:_MEASURED]]
        widest = max((painting.width_of(text, Type.BODY_MEDIUM) for text in texts), default=0)
        widest = max(widest, painting.width_of(field.label, Type.LABEL))
        return min(max(widest, _LEAST), _MOST) + 2 * Space.S + 2

    def columns(self, fields: Sequence[Field]) -> list[Column]:
        """The table's columns for these fields."""
        shown = [Column(each.key, each.label, self.width(each), right=each.kind in _RIGHT) for each in fields]
        return [Column("number", "Dòng", _NUMBER_WIDTH), *shown, Column("why", "Vì sao chưa nhập được", stretch=True)]

    def row(self, row: FileRow, fields: Sequence[Field]) -> Row:
        """The cells of one row."""
        bad = {fault.field for fault in row.faults} if row.state is RowState.BAD else set()
        cells = [self._cell(row, field, field.key in bad) for field in fields]
        return Row(row.number, (Text(str(row.number), muted=True), *cells, self._reason(row)))

    def _cell(self, row: FileRow, field: Field, fault: bool) -> Cell:
        text = self.text(row, field)
        if fault and not text:
            text = EMPTY
        if field.kind in _RIGHT:
            return Number(text, fault=fault)
        return Text(text, fault=fault)

    def _reason(self, row: FileRow) -> Text:
        if row.state is RowState.KNOWN:
            return Text("Đã có trong sổ, sẽ bỏ qua", muted=True)
        if row.state is RowState.GOOD:
            return Text("")
        return Text(reason(row, self.register), icon="circle-alert", tone=Tone.RED)


def reason(row: FileRow, register: Register) -> str:
    """Why a row cannot be taken; "" where it can, or is in the register already."""
    if row.state is not RowState.BAD:
        return ""
    return "; ".join(_said(fault, register) for fault in row.faults)


def _said(fault: Fault, register: Register) -> str:
    field = register.by_key.get(fault.field)
    unknown = field is not None and field.kind in _WORDED and fault.sentence.endswith("không có trong danh mục")
    return f"{fault.sentence}. Chọn gần giống?" if unknown else fault.sentence


class PreviewRows:
    """A source that makes cells only of the rows that are painted."""

    def __init__(self, shown: Shown, fields: Sequence[Field]):
        self._shown = shown
        self._fields = fields

    def count(self) -> int:
        return len(self._shown.rows)

    def page(self, offset: int, limit: int) -> list[Row]:
        return [self._shown.row(row, self._fields) for row in self._shown.rows[offset : offset + limit]]
