"""Matching the columns of a sheet to the fields of a register, and the words of its choices to ours.

Headings decide. A guess from the values is only offered: it counts once a person has accepted it.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from difflib import get_close_matches
from typing import Any

from sqlalchemy import Connection, select

from app import formats, vietnamese
from app.models.database import Work
from app.models.dossiers import Dossier, Procedure
from app.models.office import ImportMatch
from app.problems import Problem
from app.registers import dossiers, procedures
from app.registers.description import Field, Register
from app.registers.exchange.reading import Sheet
from app.registers.kinds import Cell, Context, KindName, Option
from app.registers.references import REFERENCES

HEADING_ROWS = 50  # a heading row is looked for this far down
SAMPLES = 3
MOST_CHOICES = 40  # different values of a column that is still a choice
EMPTY = ""  # the value of an option that leaves the field empty: a pending dossier has no outcome
REASON_HEADING, ROW_HEADING = "Vì sao chưa nhập được", "Dòng trong tệp"
OWN_HEADINGS = frozenset({vietnamese.key(REASON_HEADING), vietnamese.key(ROW_HEADING)})
_LEFT_OUT = {
    ("dossiers", "outcome"): "Không có cột “Trạng thái”: hồ sơ có ngày xong vào sổ là “Đã giải quyết”, "
    "còn lại là “Đang giải quyết”.",
    ("dossiers", "due_on"): "Không có cột “Hạn trả”: hạn tính theo thời hạn của thủ tục.",
    ("dossiers", "quantity"): "Không có cột “Số lượng”: mỗi dòng là 1 hồ sơ.",
    ("dossiers", "code"): "Không có cột mã hồ sơ: sổ cấp số NB cho từng dòng.",
    ("procedures", "code"): "Không có cột “Mã”: thủ tục mới được cấp mã TT-001, TT-002…",
    ("procedures", "valid_from"): "Không có cột “Áp dụng từ”: áp dụng từ ngày 01/01 năm trước.",
    ("documents", "symbol"): "Không có cột “Ký hiệu”: ký hiệu đặt theo loại và cơ quan ban hành.",
}
# Required fields that the program fills where a file has no column for them.
FILLED_IN = frozenset({("procedures", "code"), ("procedures", "valid_from")})
PENDING = Option(EMPTY, "Đang giải quyết", synonyms=dossiers.PENDING_WORDS)


@dataclass(frozen=True)
class Column:
    """A column of the file: its heading, its first values, the key of the field it fills ("": not taken)."""

    index: int
    heading: str
    samples: tuple[str, ...] = ()
    field: str = ""
    guessed: bool = False

    @property
    def letter(self) -> str:
        """A, B ... Z, AA as Excel names it."""
        letters, rest = "", self.index + 1
        while rest:
            rest, place = divmod(rest - 1, 26)
            letters = chr(ord("A") + place) + letters
        return letters


@dataclass(frozen=True)
class Match:
    """How one sheet fills one register.

    `values` holds, by field and by folded text, the option value that a word of the file means where that is not plain
    from the options; EMPTY leaves the field empty. `name` is set when the match was remembered.
    """

    register: str
    sheet: str
    heading_row: int
    columns: tuple[Column, ...]
    values: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    name: str = ""

    @property
    def by_field(self) -> dict[str, int]:
        """The column index of each field that is filled."""
        return {column.field: column.index for column in self.columns if column.field and not column.guessed}

    def with_field(self, index: int, field_key: str) -> "Match":
        """A person's choice for a column ("" does not take it); another column of that field gives it up."""
        return replace(self, columns=tuple(_chosen(column, index, field_key) for column in self.columns))

    def with_value(self, field_key: str, text: str, value: Any) -> "Match":
        """A person's choice of what a word of the file means."""
        words = {**self.values.get(field_key, {}), vietnamese.key(text): value}
        return replace(self, values={**self.values, field_key: words})


def _chosen(column: Column, index: int, field_key: str) -> Column:
    if column.index == index:
        return replace(column, field=field_key, guessed=False)
    return replace(column, field="", guessed=False) if field_key and column.field == field_key else column


# --- finding ---------------------------------------------------------------------------------------------------------


def match_sheet(
    register: Register,
    sheet: Sheet,
    context: Context,
    remembered: Sequence[Match] = (),
    heading_row: int | None = None,
) -> Match:
    """Matches a sheet as remembered for its headings, else by its headings; without `heading_row` the row is looked
    for: one that is remembered, else the one that matches the most fields."""
    rows = [heading_row] if heading_row else range(1, min(len(sheet.rows), HEADING_ROWS) + 1)
    for row in rows:
        wanted = _keys(_headings(sheet, row))
        for known in remembered if wanted else ():
            if [column.heading for column in known.columns] == wanted:
                return _recalled(known, sheet, row)
    row = max(rows, key=lambda number: len(_by_headings(register, _headings(sheet, number))), default=1)
    headings = _headings(sheet, row)
    taken = _by_headings(register, headings)
    columns = tuple(
        Column(index, heading, _samples(sheet, row, index), taken.get(index, ""))
        for index, heading in enumerate(headings)
    )
    return _guessed(register, sheet, Match(register.key, sheet.name, row, columns), context)


def find(
    register: Register, sheets: Iterable[Sheet], context: Context, remembered: Sequence[Match] = ()
) -> Match | None:
    """The match of the sheet that fills a register best, the first of equals. None where no heading is ours."""
    found = [match_sheet(register, sheet, context, remembered) for sheet in sheets if sheet.rows]
    best = max(found, key=lambda match: (bool(match.name), len(match.by_field)), default=None)
    return best if best is not None and best.by_field else None


def find_parts(
    registers: Sequence[Register],
    sheets: Sequence[Sheet],
    contexts: Mapping[str, Context],
    remembered: Mapping[str, Sequence[Match]],
) -> list[Match]:
    """One sheet for each register that has one, in the order of the registers: the sheet of its name, else the best
    matching one with all required columns. A sheet serves one register."""
    found: dict[str, Match] = {}
    offers: list[tuple[bool, int, Match]] = []
    for register in registers:
        for sheet in sheets:
            match = find(register, [sheet], contexts[register.key], remembered[register.key])
            named = vietnamese.key(sheet.name) == vietnamese.key(register.title)
            if match is not None and (named or not lacking(register, match)):
                offers.append((named, len(match.by_field), match))
    for _, _, match in sorted(offers, key=lambda offer: offer[:2], reverse=True):
        if match.register not in found and match.sheet not in {other.sheet for other in found.values()}:
            found[match.register] = match
    return [found[register.key] for register in registers if register.key in found]


def filled_rows(sheet: Sheet, match: Match) -> Iterator[int]:
    """Excel's numbers of the rows below the headings that have any cell."""
    for number in range(match.heading_row + 1, len(sheet.rows) + 1):
        if any(cell is not None for cell in sheet.row(number)):
            yield number


def lacking(register: Register, match: Match) -> tuple[Field, ...]:
    """The required fields without a column that nothing else fills."""
    return tuple(
        each
        for each in register.import_fields
        if each.required and each.key not in match.by_field and (register.key, each.key) not in FILLED_IN
    )


def needs_look(register: Register, sheet: Sheet, match: Match, column: Column, context: Context) -> bool:
    """Whether a person has to look at a column: guessed, or with words that no option of its field means."""
    if column.guessed:
        return True
    if not column.field or register.by_key[column.field].kind is not KindName.CHOICE:
        return False
    return any(not each.known for each in choice_values(register, sheet, match, column.field, context))


def _headings(sheet: Sheet, row: int) -> list[str]:
    """The headings of a row up to the last one, without the columns that we add to a file of rows to mend."""
    headings = [vietnamese.clean(shown(cell)) for cell in sheet.row(row)]
    headings = [heading for heading in headings if vietnamese.key(heading) not in OWN_HEADINGS]
    while headings and not headings[-1]:
        headings.pop()
    return headings


def _keys(headings: Iterable[str]) -> list[str]:
    return [vietnamese.key(heading) for heading in headings]


def _by_headings(register: Register, headings: Sequence[str]) -> dict[int, str]:
    """The field of each column whose heading is one of the field's words; the field's first words win."""
    columns: dict[str, list[int]] = {}
    for index, key in enumerate(_keys(headings)):
        if key:
            columns.setdefault(key, []).append(index)
    offers = sorted(
        (rank, order, index, each.key)
        for order, each in enumerate(register.import_fields)
        for rank, word in enumerate((each.label, *each.headings, each.key))
        for index in columns.get(vietnamese.key(word), ())
    )
    taken: dict[int, str] = {}
    for _, _, index, key in offers:
        if index not in taken and key not in taken.values():
            taken[index] = key
    return taken


def _samples(sheet: Sheet, heading_row: int, index: int) -> tuple[str, ...]:
    found: list[str] = []
    for number in range(heading_row + 1, min(len(sheet.rows), heading_row + HEADING_ROWS) + 1):
        text = shown(sheet.cell(number, index))
        if text:
            found.append(text)
        if len(found) == SAMPLES:
            break
    return tuple(found)


def _guessed(register: Register, sheet: Sheet, match: Match, context: Context) -> Match:
    """Offers a choice or a reference without a column the first free column whose values nearly all mean options."""
    for each in register.import_fields:
        if each.key in match.by_field or each.kind not in (KindName.CHOICE, KindName.REFERENCE):
            continue
        known = meanings(options_of(each, context))
        for column in match.columns:
            texts = _texts(sheet, match, column.index) if not column.field else Counter()
            hits = sum(count for text, count in texts.items() if vietnamese.key(text) in known)
            if hits >= 2 and hits * 10 >= texts.total() * 8:
                guess = replace(column, field=each.key, guessed=True)
                columns = tuple(guess if other is column else other for other in match.columns)
                match = replace(match, columns=columns)
                break
    return match


def left_out(register: Register, match: Match) -> list[str]:
    """What follows when a column is not there, for the fields where the program then decides something."""
    return [
        sentence
        for (key, field_key), sentence in _LEFT_OUT.items()
        if key == register.key and field_key not in match.by_field
    ]


# --- words of choices ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ChoiceValue:
    """A word of the file in a column of a choice: in how many rows, what it means (None while nobody said)."""

    text: str
    rows: int
    value: Any
    known: bool


def options_of(each: Field, context: Context) -> Sequence[Option]:
    """What a choice or a reference offers in an import; a dossier may also still be pending."""
    options = each.choices or context.options.get(each.reference, ())
    return (*options, PENDING) if each.attribute is Dossier.outcome else options


def meanings(options: Sequence[Option]) -> dict[str, Any]:
    """Option values by the folded words that mean one option only."""
    found: dict[str, set[Any]] = {}
    for option in options:
        for word in (option.name, option.code, f"{option.code} {option.name}", *option.synonyms):
            if word.strip():
                found.setdefault(vietnamese.key(word), set()).add(option.value)
    return {word: values.pop() for word, values in found.items() if len(values) == 1}


def choice_values(
    register: Register, sheet: Sheet, match: Match, field_key: str, context: Context
) -> tuple[ChoiceValue, ...]:
    """The different words of a column, the most frequent first, each with what it means."""
    chosen = next((column for column in match.columns if column.field == field_key), None)
    if chosen is None:
        return ()
    known = meanings(options_of(register.by_key[field_key], context)) | dict(match.values.get(field_key, {}))
    return tuple(
        ChoiceValue(text, count, known.get(vietnamese.key(text)), vietnamese.key(text) in known)
        for text, count in _texts(sheet, match, chosen.index).most_common(MOST_CHOICES)
    )


def nearest(each: Field, text: str, context: Context, most: int = 3) -> list[Option]:
    """The options of a reference or choice whose names come near a word of the file, the nearest first."""
    names = {vietnamese.key(option.name): option for option in reversed(options_of(each, context))}
    return [names[name] for name in get_close_matches(vietnamese.key(text), names, most, cutoff=0.5)]


def _texts(sheet: Sheet, match: Match, index: int) -> "Counter[str]":
    cells = (sheet.cell(number, index) for number in range(match.heading_row + 1, len(sheet.rows) + 1))
    return Counter(text for cell in cells if (text := vietnamese.clean(shown(cell))))


def shown(cell: Cell) -> str:
    """A cell as a person reads it in Excel."""
    match cell:
        case None:
            return ""
        case bool():
            return "x" if cell else ""
        case float() if cell.is_integer() and abs(cell) <= formats.LARGEST:
            return str(int(cell))
        case float():
            return str(cell).replace(".", ",")
        case datetime() if cell.time() == time():
            return formats.format_date(cell)
        case datetime():
            return f"{formats.format_date(cell)} {formats.format_time(cell)}"
        case date():
            return formats.format_date(cell)
        case time():
            return formats.format_time(cell)
        case timedelta():
            return str(cell)
        case _:
            return str(cell)


# --- remembering -----------------------------------------------------------------------------------------------------


def remember(work: Work, match: Match, name: str) -> int:
    """Keeps a match under a name for files with the same headings. Raises Problem without a name."""
    name = vietnamese.clean(name)
    if not name:
        raise Problem("Cần đặt tên cho loại tệp này", field="name")
    headings = json.dumps(_keys(column.heading for column in match.columns), ensure_ascii=False)
    fields = ["" if column.guessed else column.field for column in match.columns]
    kept = json.dumps({"fields": fields, "values": match.values}, ensure_ascii=False)
    query = select(ImportMatch.id).where(ImportMatch.register == match.register, ImportMatch.headings == headings)
    row_id = work.connection.execute(query).scalar_one_or_none()
    return work.keep(ImportMatch, row_id, register=match.register, name=name, headings=headings, columns=kept)


def remembered(connection: Connection, register: Register) -> list[Match]:
    """What is remembered of a register; a column's heading is its folded key, sheet and row are not yet known."""
    query = select(ImportMatch.name, ImportMatch.headings, ImportMatch.columns).where(
        ImportMatch.register == register.key
    )
    return [_read_kept(register, row.name, row.headings, row.columns) for row in connection.execute(query)]


def _read_kept(register: Register, name: str, headings: str, kept: str) -> Match:
    fields = {each.key for each in register.import_fields}
    content = json.loads(kept)
    columns = tuple(
        Column(index, heading, (), field_key if field_key in fields else "")
        for index, (heading, field_key) in enumerate(zip(json.loads(headings), content["fields"], strict=True))
    )
    return Match(register.key, "", 0, columns, content["values"], name)


def _recalled(known: Match, sheet: Sheet, row: int) -> Match:
    headings = _headings(sheet, row)
    columns = tuple(
        replace(column, heading=headings[column.index], samples=_samples(sheet, row, column.index))
        for column in known.columns
    )
    return replace(known, sheet=sheet.name, heading_row=row, columns=columns)


# --- what options there are ------------------------------------------------------------------------------------------


def context_for(connection: Connection, register: Register, today: date) -> Context:
    """The option lists of an import, with procedures and people no longer there: a file speaks of the past."""
    needed = sorted({each.reference for each in register.import_fields if each.reference})
    options = {name: REFERENCES[name](connection, date.min if name == "people" else today) for name in needed}
    if "procedures" in options:
        options["procedures"] = _all_procedures(connection, today)
    return Context(today, options)


def _all_procedures(connection: Connection, today: date) -> list[Option]:
    """Those in force first, so that a name means the version in force."""
    now = list(procedures.options(connection, today))
    ids = {option.value for option in now}
    query = select(Procedure.id, Procedure.name, Procedure.code).order_by(Procedure.valid_from.desc(), Procedure.code)
    return now + [Option(row.id, row.name, row.code) for row in connection.execute(query) if row.id not in ids]
