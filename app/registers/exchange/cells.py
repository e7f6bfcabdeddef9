"""Cells of a file as values: stricter than typing, since nobody watches. What is doubtful is asked, never guessed."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from app import formats, vietnamese
from app.problems import Problem
from app.registers import kinds
from app.registers.description import Field
from app.registers.exchange.matching import EMPTY, meanings, options_of
from app.registers.exchange.preview import Fault, fault_of
from app.registers.kinds import Cell, Context, KindName

MOST_EXACT = 10**15  # Excel keeps fifteen digits of a number
PHONE_DIGITS = 9  # of a phone number whose leading zero is gone
ERRORS = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"})
_SERIAL = re.compile(r"\d{5}")
_CLOCK = re.compile(r"(?:^\d{1,2}:\d\d(?::\d\d)?\s+)|(?:[\sT]+\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?$)")
_WHOLE_DATE = re.compile(
    r"\d{8}|(?:ngày )?\d{1,4}(?: ?[/.-] ?| | tháng )\d{1,2}(?: ?[/.-] ?| | năm )\d+", re.IGNORECASE
)
_NEGATIVE = re.compile(r"[-−–] ?\d+")
_FRACTION = re.compile(r"[-−–]?\d+[.,]\d{1,2}")


class Reader:
    """Reads the cells of one sheet; each different cell of a field is read once."""

    def __init__(self, context: Context, chosen: Mapping[str, Mapping[str, Any]]):
        self._context = context
        self._chosen = chosen
        self._read: dict[tuple[str, type, Cell], Any] = {}

    def value(self, each: Field, cell: Cell) -> Any:
        """A cell's value, or a Fault."""
        key = (each.key, type(cell), cell)
        if key not in self._read:
            self._read[key] = self._value_or_fault(each, cell)
        return self._read[key]

    def typed(self, each: Field, text: str) -> Any:
        """What a person typed over a cell, or a Fault; nothing is asked again."""
        try:
            if each.choices and vietnamese.clean(text):
                return self._option(each, text)
            return each.parse(text, self._context)
        except Problem as problem:
            return fault_of(each, problem)

    def _value_or_fault(self, each: Field, cell: Cell) -> Any:
        try:
            if isinstance(cell, str):
                cell = cell.strip()
                if cell in ERRORS:
                    return Fault(each.key, f"{each.label}: ô báo lỗi {cell}")
            return self._meant(each, cell)
        except _Doubt as doubt:
            return Fault(each.key, f"{each.label}: {doubt.said}", doubt.suggestion)
        except Problem as problem:
            return fault_of(each, problem)

    def _meant(self, each: Field, cell: Cell) -> Any:
        match each.kind:
            case KindName.CHOICE | KindName.REFERENCE if isinstance(cell, str) and cell:
                return self._option(each, cell)
            case KindName.DATE:
                return kinds.from_cell(each, _date_cell(cell), self._context)
            case KindName.INTEGER | KindName.YEAR:
                return kinds.from_cell(each, _integer_cell(cell), self._context)
            case KindName.MONEY:
                return _exact(kinds.from_cell(each, _money_cell(cell), self._context))
            case KindName.TEXT | KindName.NAME | KindName.LONG_TEXT if isinstance(cell, float):
                return kinds.from_cell(each, _text_cell(each, cell), self._context)
            case _:
                return kinds.from_cell(each, cell, self._context)

    def _option(self, each: Field, text: str) -> Any:
        words = self._chosen.get(each.key, {})
        folded = vietnamese.key(text)
        if folded in words:
            return None if words[folded] == EMPTY else words[folded]
        if each.choices:
            known = meanings(options_of(each, self._context))
            if folded in known:
                return None if known[folded] == EMPTY else known[folded]
            raise Problem(f"{each.label}: chưa rõ “{vietnamese.clean(text)}” là gì")
        try:
            return kinds.parse(each, text, self._context)
        except Problem as problem:
            raise Problem("không có trong danh mục") from problem


class _Doubt(Exception):
    """A cell that a person has to look at, and what it probably means."""

    def __init__(self, said: str, suggestion: str = ""):
        super().__init__(said)
        self.said = said
        self.suggestion = suggestion


def _date_cell(cell: Cell) -> Cell:
    """A day with its year: a number is asked, a clock beside it is left out."""
    if isinstance(cell, str) and _SERIAL.fullmatch(cell):
        cell = float(cell)
    if isinstance(cell, int | float) and not isinstance(cell, bool) and 1 <= cell < 80_000:
        day = formats.format_date(kinds.EXCEL_DAY_ZERO + timedelta(days=int(cell)))
        raise _Doubt(f"ô ghi số {int(cell)}, có phải ngày {day}?", day)
    if isinstance(cell, date) and cell.year <= formats.FIRST_YEAR:  # a clock, or zero shown as a day
        raise Problem("Không đọc được ngày")
    if not isinstance(cell, str):
        return cell
    text = _CLOCK.sub("", vietnamese.clean(cell)).strip()
    if text and not _WHOLE_DATE.fullmatch(text):
        raise Problem("Không đọc được ngày")
    return text


def _integer_cell(cell: Cell) -> Cell:
    """A whole number; text that is no number is told from a fraction."""
    if not isinstance(cell, str) or not cell:
        return cell
    text = vietnamese.clean(cell)
    if _NEGATIVE.fullmatch(text):
        return -int(re.sub(r"\D", "", text))
    if _FRACTION.fullmatch(text):
        raise Problem("phải là số nguyên")
    try:
        return formats.parse_integer(text)
    except Problem:
        raise Problem("không phải số") from None


def _money_cell(cell: Cell) -> Cell:
    """Whole đồng, below zero allowed (the register's rules say where); nothing and zero are asked by the caller."""
    return formats.parse_money(cell, allow_negative=True) if isinstance(cell, str) and cell else cell


def _exact(amount: Any) -> Any:
    if isinstance(amount, int) and abs(amount) > formats.LARGEST:
        raise Problem(f"quá lớn: nhiều nhất {len(str(formats.LARGEST))} chữ số")
    return amount


def _text_cell(each: Field, cell: float) -> Cell:
    """A number in a column of text: digits that Excel dropped are asked."""
    if abs(cell) >= MOST_EXACT:
        raise _Doubt("số quá dài, Excel đã làm tròn. Sửa ô thành dạng chữ")
    text = str(int(cell)) if cell.is_integer() else ""
    if each.key == "phone" and len(text) == PHONE_DIGITS:
        raise _Doubt(f"mất số 0 ở đầu, có phải 0{text}?", f"0{text}")
    return cell


def clock_of(cell: Cell) -> time | None:
    """The time of day in a cell of a date, where there is one."""
    if isinstance(cell, datetime) and cell.time() != time():
        return cell.time().replace(second=0, microsecond=0)
    if isinstance(cell, str) and (found := _CLOCK.search(vietnamese.clean(cell))):
        try:
            moment = formats.parse_time(":".join(found[0].strip(" T").split(":")[:2]))
        except Problem:
            return None
        return moment if moment != time() else None
    return None


def uncalculated(each: Field) -> Fault:
    """A formula whose result Excel never wrote: the reader gives nothing or zero for it."""
    return Fault(each.key, f"{each.label}: công thức chưa có kết quả. Mở bằng Excel rồi lưu lại")


def asked(each: Field, value: Any) -> Any:
    """An amount of zero is asked; every other value stands."""
    if each.kind is KindName.MONEY and value == 0:
        return Fault(each.key, f"{each.label}: ô ghi 0, có phải đúng là 0 đồng?", "0")
    return value
