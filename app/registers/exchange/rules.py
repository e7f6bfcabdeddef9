"""What each register adds to an import: how its cells are parted, its own key, how its rows are written."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import count
from typing import Any

from sqlalchemy import Connection, select

from app import vietnamese
from app.models.budget import BudgetLine
from app.models.database import Work
from app.models.documents import Document, DocumentSeries
from app.models.dossiers import Dossier, Procedure
from app.problems import Problem
from app.registers.exchange import dossier_rows
from app.registers.exchange.preview import Part, Row, RowState, faults_of
from app.registers.kinds import Cell, Context

CHUNK = 500
_NUMBER = re.compile(r"0*(?P<number>\d{1,9})\s*(?P<suffix>[a-zA-ZđĐ]{0,3})\s*(?:/\s*(?P<symbol>.*\S))?")

Values = Mapping[str, Any]
Progress = Callable[[int], None]


def _as_they_are(cells: Mapping[str, Cell]) -> dict[str, Cell]:
    return dict(cells)


def _unchanged(_: Connection, part: Part, __: Context) -> Part:
    return part


def _no_key(_: Values) -> str:
    return ""


def _none_held(_: Connection, __: Sequence[Row]) -> set[str]:
    return set()


def save_each(work: Work, part: Part, _: str, tick: Progress) -> list[Row]:
    """Writes the good rows by the register's own command, each whole or not at all; what it refuses is a fault."""
    done: dict[int, Row] = {}
    for row in sorted(part.rows, key=lambda row: (*RULES[part.register.key].order(row.values), row.number)):
        tick(1)
        if row.state is RowState.GOOD:
            try:
                with work.row_of_file(row.number, row.key):
                    part.register.save(work, None, row.values)
            except Problem as problem:
                row = row.with_faults(*faults_of(part.register, problem))
        done[row.number] = row
    return [done[row.number] for row in part.rows]


@dataclass(frozen=True)
class Rules:
    """A register's part in an import.

    `spread` parts cells that say several things at once; `complete` checks what concerns several fields and fills what
    the file leaves out; `official` is the key that recognises a row (of `key_field`; "" where it has none), `held`
    which of these keys stand in the register already; `order` sorts rows for writing; `write` writes the good ones.
    """

    spread: Callable[[Mapping[str, Cell]], dict[str, Cell]] = _as_they_are
    complete: Callable[[Connection, Part, Context], Part] = _unchanged
    official: Callable[[Values], str] = _no_key
    key_field: str = ""
    held: Callable[[Connection, Sequence[Row]], set[str]] = _none_held
    order: Callable[[Values], tuple[Any, ...]] = lambda _: ()
    write: Callable[[Work, Part, str, Progress], list[Row]] = save_each


# --- documents -------------------------------------------------------------------------------------------------------


def _spread_document(cells: Mapping[str, Cell]) -> dict[str, Cell]:
    """ "05a/KH-UBND" is number, letter and symbol."""
    spread = dict(cells)
    number = spread.get("number")
    found = _NUMBER.fullmatch(vietnamese.clean(number)) if isinstance(number, str) else None
    if found:
        spread["number"] = found["number"]
        for key in ("suffix", "symbol"):
            if found[key] and spread.get(key) is None:
                spread[key] = found[key].lower() if key == "suffix" else found[key]
    return spread


def _document_key(values: Values) -> str:
    return _series_number(
        values["issuer"], values["type_id"], values["dated_on"].year, values["number"], values.get("suffix")
    )


def _series_number(issuer: str, type_id: int, year: int, number: int, suffix: str | None) -> str:
    return f"{issuer}/{type_id}/{year}/{number}{suffix or ''}"


def _documents_held(connection: Connection, rows: Sequence[Row]) -> set[str]:
    """Numbers that stand in the register for the same day and abstract; taken for another document they are faults."""
    wanted = {_document_key(row.values): _document_content(row.values) for row in rows}
    query = (
        select(
            DocumentSeries.issuer,
            DocumentSeries.type_id,
            DocumentSeries.year,
            Document.number,
            Document.suffix,
            Document.dated_on,
            Document.abstract,
        )
        .join(DocumentSeries, DocumentSeries.id == Document.series_id)
        .where(DocumentSeries.year.in_({row.values["dated_on"].year for row in rows}))
    )
    held = {
        _series_number(row.issuer, row.type_id, row.year, row.number, row.suffix): _content(row.dated_on, row.abstract)
        for row in connection.execute(query)
    }
    return {key for key, content in wanted.items() if held.get(key) == content}


def _document_content(values: Values) -> tuple[date, str]:
    return _content(values["dated_on"], values["abstract"])


def _content(day: date, abstract: str) -> tuple[date, str]:
    return day, vietnamese.key(abstract)


# --- procedures, lines of the budget ---------------------------------------------------------------------------------


def _complete_procedures(connection: Connection, part: Part, context: Context) -> Part:
    """A file without codes: a name of the catalogue has its code, others get the next ones of ours (TT-001)."""
    known = connection.execute(select(Procedure.name_key, Procedure.code)).all()
    codes, taken = {row.name_key: row.code for row in known}, {row.code for row in known}
    free = (code for number in count(1) if (code := own_code(number)) not in taken)
    year_before = date(context.today.year - 1, 1, 1)

    def completed(row: Row) -> Row:
        if row.faults:
            return row
        values = {"valid_from": year_before, **row.values}
        if "code" not in values:
            name = vietnamese.key(values["name"])
            values["code"] = codes[name] if name in codes else next(free)
        return replace(row, values=values)

    return replace(part, rows=tuple(completed(row) for row in part.rows))


def own_code(number: int) -> str:
    """The code of a procedure whose published code is not known."""
    return f"TT-{number:03d}"


def _codes_held(column: Any) -> Callable[[Connection, Sequence[Row]], set[str]]:
    def held(connection: Connection, rows: Sequence[Row]) -> set[str]:
        return keys_among(connection, column, [row.values["code"] for row in rows if row.values.get("code")])

    return held


def keys_among(connection: Connection, column: Any, keys: Sequence[str]) -> set[str]:
    """Which of these keys stand in a column."""
    found: set[str] = set()
    for start in range(0, len(keys), CHUNK):
        found.update(connection.execute(select(column).where(column.in_(keys[start : start + CHUNK]))).scalars())
    return found


def _line_key(values: Values) -> str:
    return f"{values['year']}/{values['kind']}/{vietnamese.key(values['name'])}"


def _lines_held(connection: Connection, _: Sequence[Row]) -> set[str]:
    query = select(BudgetLine.year, BudgetLine.kind, BudgetLine.name)
    return {_line_key(row._asdict()) for row in connection.execute(query)}


def _entry_order(values: Values) -> tuple[Any, ...]:
    """By day, and on a day the amounts before the cumulative ones, which stand for the whole day."""
    return values.get("entry_on") or date.min, values.get("cumulative") is not None


RULES: dict[str, Rules] = {
    "dossiers": Rules(
        spread=dossier_rows.spread,
        complete=dossier_rows.complete,
        official=lambda values: values.get("code") or "",
        key_field="code",
        held=_codes_held(Dossier.code),
        write=dossier_rows.write,
    ),
    "procedures": Rules(
        complete=_complete_procedures,
        official=lambda values: values["code"],
        key_field="code",
        held=_codes_held(Procedure.code),
    ),
    "documents": Rules(spread=_spread_document, official=_document_key, key_field="number", held=_documents_held),
    "budget_lines": Rules(official=_line_key, key_field="name", held=_lines_held),
    "allocations": Rules(),
    "entries": Rules(order=_entry_order),
    "tasks": Rules(),
}
