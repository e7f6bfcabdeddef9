"""From cells to rows of a register: reading every cell, knowing rows again, and writing what is good.

Preview and import are the same steps; the preview's are taken back. So what the preview says is what happens.
"""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, select

from app import vietnamese
from app.models.database import Work, table_of
from app.models.journal import ChangeGroup
from app.registers.description import Register
from app.registers.exchange.cells import Reader, asked, uncalculated
from app.registers.exchange.matching import Match, filled_rows, shown
from app.registers.exchange.preview import Corrections, Fault, Part, Row
from app.registers.exchange.reading import Sheet, Workbook
from app.registers.exchange.rules import RULES, Progress, keys_among
from app.registers.kinds import Cell, Context

_COLUMN_NUMBER = re.compile(r"\(?(?:\d{1,2}|[A-ZĐ])\)?")

# --- reading cells ---------------------------------------------------------------------------------------------------


def read_part(
    connection: Connection, register: Register, sheet: Sheet, match: Match, context: Context, corrections: Corrections
) -> Part:
    """Reads the rows below the headings. Nothing is compared with the register yet."""
    reader = Reader(context, match.values)
    rows: list[Row] = []
    skipped: list[int] = []
    is_no_data = _no_data(register, sheet, match)
    for number in filled_rows(sheet, match):
        if is_no_data(number):
            skipped.append(number)
        else:
            rows.append(_read_row(register, sheet, match, reader, number, corrections))
    part = Part(register, match, tuple(rows), tuple(skipped), sheet.hidden_rows)
    return RULES[register.key].complete(connection, part, context)


def _no_data(register: Register, sheet: Sheet, match: Match) -> Callable[[int], bool]:
    """Tells titles, sums and signatures (no required field is filled), headings again, and numbers of columns."""
    columns = match.by_field
    required = [columns[each.key] for each in register.import_fields if each.required and each.key in columns]
    headings = {column.index: vietnamese.key(column.heading) for column in match.columns if column.field}

    def is_no_data(number: int) -> bool:
        row = sheet.row(number)
        if all(sheet.cell(number, index) is None for index in required):
            return True
        if number == match.heading_row + 1:
            return all(_COLUMN_NUMBER.fullmatch(shown(cell).strip()) for cell in row if cell is not None)
        return all(
            isinstance(cell := sheet.cell(number, index), str) and vietnamese.key(cell) == heading
            for index, heading in headings.items()
        )

    return is_no_data


def _read_row(
    register: Register,
    sheet: Sheet,
    match: Match,
    reader: Reader,
    number: int,
    corrections: Corrections,
) -> Row:
    columns = match.by_field
    cells: dict[str, Cell] = {key: sheet.cell(number, index) for key, index in columns.items()}
    cells = RULES[register.key].spread(cells)
    values: dict[str, Any] = {}
    faults: list[Fault] = []
    for each in register.fields:
        typed = corrections.get((register.key, number, each.key))
        if typed is not None:
            cells[each.key] = typed
            found = reader.typed(each, typed)
        elif (number - 1, columns.get(each.key)) in sheet.uncalculated:
            found = uncalculated(each)
        elif each.key in cells:
            found = asked(each, reader.value(each, cells[each.key]))
        else:
            continue
        if isinstance(found, Fault):
            faults.append(found)
        else:
            values[each.key] = found
    return Row(number, cells, values, tuple(faults))


# --- knowing rows again ----------------------------------------------------------------------------------------------


def _with_keys(connection: Connection, part: Part, files: Sequence[int]) -> Part:
    """Gives each readable row its key and finds those that stand in the register already.

    A row is known by its official key or by its content and its ordinal among equals in the file; or because the same
    sheet of the same file (`files`: its change groups) brought it in before.
    """
    rules, table = RULES[part.register.key], table_of(part.register.model)
    readable = [row for row in part.rows if not row.faults]
    held = rules.held(connection, readable) if readable else set()
    keyed: list[Row] = []
    first: dict[str, int] = {}
    equals: Counter[str] = Counter()
    for row in part.rows:
        if not row.faults:
            official = rules.official(row.values)
            content = "" if official else _content(row.values)
            row = replace(row, key=official or f"{content}-{equals[content]}", known=official in held)
            equals[content] += 1
            if official and first.setdefault(official, row.number) != row.number and not row.known:
                label = part.register.by_key[rules.key_field].label
                row = row.with_faults(Fault(rules.key_field, f"{label}: trùng dòng {first[official]}"))
        keyed.append(row)
    keys = keys_among(connection, table.c.import_key, [row.key for row in keyed if row.key])
    query = select(table.c.source_row).where(table.c.source_group_id.in_(files))
    numbers = set(connection.execute(query).scalars()) if files else set()
    return replace(
        part,
        rows=tuple(
            replace(row, known=row.known or row.key in keys or row.number in numbers) if row.key else row
            for row in keyed
        ),
    )


def _content(values: Mapping[str, Any]) -> str:
    """One key for one content, whichever empty columns the file has beside."""
    filled = {name: value for name, value in sorted(values.items()) if value not in (None, "", False)}
    return hashlib.sha256(json.dumps(filled, default=str, ensure_ascii=False).encode()).hexdigest()[:40]


# --- writing ---------------------------------------------------------------------------------------------------------


def settle(work: Work, title: str, workbook: Workbook, parts: Sequence[Part], progress: Progress) -> list[Part]:
    """Writes the good rows of all parts, one after the other, and returns what became of every row."""
    command = f"{title}, trang {', '.join(part.match.sheet for part in parts)}"[:200]
    query = select(ChangeGroup.id).where(ChangeGroup.file_hash == workbook.sha256, ChangeGroup.command == command)
    files = list(work.connection.execute(query).scalars())
    work.describe(command, file_name=workbook.file_name[-255:], file_hash=workbook.sha256)
    assert work.group_id  # begun before any row's savepoint, which may be taken back
    done: list[Part] = []
    for part in parts:
        part = _with_keys(work.connection, part, files)
        rows = RULES[part.register.key].write(work, part, workbook.file_name, progress)
        done.append(replace(part, rows=tuple(rows)))
    return done
