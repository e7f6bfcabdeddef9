"""The kinds of values: how each is read from typed text and from a cell of a file, and how it is shown.

One table for forms, lists, imports and blank sheets. `ui/` adds the widget of each kind.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, Protocol

from app import formats, vietnamese
from app.problems import Problem

Cell = str | int | float | bool | date | datetime | time | timedelta | None

# Excel counts days from here (its leap-year fault included, for days after 28/02/1900).
EXCEL_DAY_ZERO = date(1899, 12, 30)
MIDNIGHT = datetime(1900, 1, 1)
YES = ("x", "có", "1", "đúng", "true")
NO = ("", "không", "0", "sai", "false")


class KindName(StrEnum):
    """The kinds of values."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    NAME = "name"
    DATE = "date"
    TIME = "time"
    INTEGER = "integer"
    YEAR = "year"
    MONEY = "money"
    CHOICE = "choice"
    REFERENCE = "reference"
    FLAG = "flag"


@dataclass(frozen=True)
class Option:
    """A value that a person chooses by name: a code beside it, a hint behind it, other words that mean it in files."""

    value: Any
    name: str
    code: str = ""
    hint: str = ""
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True)
class Context:
    """What reading and showing values needs to know: the day, and the options of each reference."""

    today: date
    options: Mapping[str, Sequence[Option]]


class Described(Protocol):
    """What a kind needs to know of a field (description.Field)."""

    @property
    def key(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def kind(self) -> KindName | None: ...
    @property
    def required(self) -> bool | None: ...
    @property
    def choices(self) -> tuple[Option, ...]: ...
    @property
    def reference(self) -> str: ...
    @property
    def minimum(self) -> int | None: ...
    @property
    def past_only(self) -> bool: ...
    @property
    def max_length(self) -> int | None: ...


@dataclass(frozen=True)
class Kind:
    """How one kind is read and shown; the functions get text or a value that is not empty."""

    parse: Callable[[Described, str, Context], Any]
    format: Callable[[Described, Any, Context], str]
    from_cell: Callable[[Described, Cell, Context], Any]
    to_cell: Callable[[Described, Any, Context], Cell]


def parse(field: Described, text: str, context: Context) -> Any:
    """Typed text as a value, None when empty. Raises Problem with the field's key: one sentence, what is right."""
    assert field.kind is not None
    text = vietnamese.clean_lines(text) if field.kind is KindName.LONG_TEXT else vietnamese.clean(text)
    if not text:
        return _empty(field)
    try:
        value = KINDS[field.kind].parse(field, text, context)
    except Problem as problem:
        raise Problem(problem.sentence, field=field.key, next_step=problem.next_step) from None
    return _checked(field, value, context)


def from_cell(field: Described, cell: Cell, context: Context) -> Any:
    """A cell of a file as a value, None when empty. Raises Problem with the field's key."""
    assert field.kind is not None
    if isinstance(cell, str):
        return parse(field, cell, context)
    if cell is None:
        return _empty(field)
    try:
        value = KINDS[field.kind].from_cell(field, cell, context)
    except Problem as problem:
        raise Problem(problem.sentence, field=field.key, next_step=problem.next_step) from None
    return _checked(field, value, context)


def format_value(field: Described, value: Any, context: Context) -> str:
    """A value as a person reads it; an empty one is an empty text."""
    assert field.kind is not None
    return "" if value is None or value == "" else KINDS[field.kind].format(field, value, context)


def to_cell(field: Described, value: Any, context: Context) -> Cell:
    """A value as a cell of a sheet to be mended or filled."""
    assert field.kind is not None
    return None if value is None or value == "" else KINDS[field.kind].to_cell(field, value, context)


def _empty(field: Described) -> Any:
    if field.required:
        raise Problem(f"Cần nhập {field.label[0].lower()}{field.label[1:]}", field=field.key)
    return False if field.kind is KindName.FLAG else None


def _checked(field: Described, value: Any, context: Context) -> Any:
    if isinstance(value, str) and field.max_length is not None and len(value) > field.max_length:
        raise Problem(f"Nhiều nhất {field.max_length} ký tự, đang có {len(value)}", field=field.key)
    if field.minimum is not None and isinstance(value, int) and value < field.minimum:
        raise Problem(f"{field.label} phải từ {formats.format_integer(field.minimum)} trở lên", field=field.key)
    if field.past_only and isinstance(value, date) and value > context.today:
        raise Problem(f"{field.label} sau hôm nay", field=field.key)
    return value


def _as_text(field: Described, cell: Cell, context: Context) -> str:
    """A number in a text column: codes and document numbers are text, never "12.0"."""
    match cell:
        case bool():
            raise Problem(f"{field.label}: không đọc được giá trị này")
        case float() if cell.is_integer():
            return str(int(cell))
        case float():
            return str(cell).replace(".", ",")
        case datetime():
            return formats.format_date(cell.date())
        case date():
            return formats.format_date(cell)
        case _:
            return str(cell)


def _as_date(field: Described, cell: Cell, _: Context) -> date:
    match cell:
        case datetime():
            return cell.date()
        case date():
            return cell
        case bool():
            raise Problem(f"{field.label}: không đọc được ngày")
        case int() | float() if 1 <= cell < 80000:
            day = EXCEL_DAY_ZERO + timedelta(days=int(cell))
            raise Problem(
                f"{field.label}: ô ghi số {cell:g}, có thể là ngày {formats.format_date(day)}",
                next_step="Sửa ô này thành ngày.",
            )
        case _:
            raise Problem(f"{field.label}: không đọc được ngày")


def _as_time(field: Described, cell: Cell, _: Context) -> time:
    match cell:
        case datetime():
            return cell.time().replace(microsecond=0)
        case time():
            return cell
        case timedelta() if timedelta() <= cell < timedelta(days=1):
            return (MIDNIGHT + cell).time().replace(microsecond=0)
        case float() if 0 <= cell < 1:
            return (MIDNIGHT + timedelta(minutes=round(cell * 24 * 60))).time()
        case _:
            raise Problem(f"{field.label}: không đọc được giờ")


def _as_integer(field: Described, cell: Cell, _: Context) -> int:
    match cell:
        case bool():
            raise Problem(f"{field.label}: không phải số")
        case int():
            return cell
        case float() if cell.is_integer():
            return int(cell)
        case float():
            raise Problem(f"{field.label}: phải là số nguyên")
        case _:
            raise Problem(f"{field.label}: không phải số")


def _as_flag(field: Described, cell: Cell, context: Context) -> bool:
    return bool(cell) if isinstance(cell, bool | int | float) else _parse_flag(field, str(cell), context)


def _parse_flag(field: Described, text: str, _: Context) -> bool:
    folded = text.casefold()
    if folded in YES:
        return True
    if folded in NO:
        return False
    raise Problem(f"{field.label}: ghi “x” hoặc để trống")


def _parse_choice(field: Described, text: str, _: Context) -> Any:
    return _option(field, text, field.choices).value


def _parse_reference(field: Described, text: str, context: Context) -> Any:
    return _option(field, text, context.options[field.reference]).value


def _option(field: Described, text: str, options: Sequence[Option]) -> Option:
    """The option a text means: letter for letter first, then with marks folded if that leaves only one."""
    for alike in (str.casefold, vietnamese.key):
        wanted = alike(text)
        found = [option for option in options if wanted in {alike(word) for word in _words_of(option)}]
        if len(found) == 1 or (found and alike is str.casefold):
            return found[0]
    if field.choices:
        raise Problem(f"{field.label}: chỉ nhận {', '.join(option.name for option in options)}")
    raise Problem(f"{field.label}: “{text}” không có trong danh mục", next_step="Chọn trong danh mục.")


def _words_of(option: Option) -> tuple[str, ...]:
    words = (option.code, option.name, f"{option.code} {option.name}", *option.synonyms)
    return tuple(word for word in words if word.strip())


def _show_option(value: Any, options: Sequence[Option]) -> str:
    for option in options:
        if option.value == value:
            return f"{option.code}  {option.name}" if option.code else option.name
    return ""


def _plain_text(_: Described, text: str, __: Context) -> str:
    return text


def _itself(_: Described, value: Any, __: Context) -> Cell:
    return value  # type: ignore[no-any-return]


_TEXT = Kind(_plain_text, lambda _f, value, _c: str(value), _as_text, _itself)

_INTEGER = Kind(
    lambda _f, text, _c: formats.parse_integer(text),
    lambda _f, value, _c: formats.format_integer(value),
    _as_integer,
    _itself,
)

KINDS: dict[KindName, Kind] = {
    KindName.TEXT: _TEXT,
    KindName.LONG_TEXT: _TEXT,
    KindName.NAME: _TEXT,
    KindName.DATE: Kind(
        lambda _f, text, context: formats.parse_date(text, context.today),
        lambda _f, value, _c: formats.format_date(value),
        _as_date,
        _itself,
    ),
    KindName.TIME: Kind(
        lambda _f, text, _c: formats.parse_time(text),
        lambda _f, value, _c: formats.format_time(value),
        _as_time,
        _itself,
    ),
    KindName.INTEGER: _INTEGER,
    KindName.YEAR: replace(_INTEGER, format=lambda _f, value, _c: str(value)),
    KindName.MONEY: Kind(
        lambda field, text, _c: formats.parse_money(text, allow_negative=field.minimum is None),
        lambda _f, value, _c: formats.format_money(value),
        _as_integer,
        _itself,
    ),
    KindName.CHOICE: Kind(
        _parse_choice,
        lambda field, value, _c: _show_option(value, field.choices),
        lambda field, cell, context: _parse_choice(field, _as_text(field, cell, context), context),
        lambda field, value, _c: _show_option(value, field.choices),
    ),
    KindName.REFERENCE: Kind(
        _parse_reference,
        lambda field, value, context: _show_option(value, context.options[field.reference]),
        lambda field, cell, context: _parse_reference(field, _as_text(field, cell, context), context),
        lambda field, value, context: _show_option(value, context.options[field.reference]),
    ),
    KindName.FLAG: Kind(
        _parse_flag,
        lambda _f, value, _c: "x" if value else "",
        _as_flag,
        lambda _f, value, _c: "x" if value else None,
    ),
}
