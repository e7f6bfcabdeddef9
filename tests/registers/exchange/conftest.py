"""A small office in a file of its own, and sheets written as offices write them."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from small_office import ACTOR, PROCEDURES, TODAY

from app.clock import Clock
from app.models.database import OfficeFile, Work
from app.models.dossiers import DecidedBy
from app.registers import documents, office, procedures, seeds

WriteSheet = Callable[..., Path]


@pytest.fixture
def file(tmp_path: Path) -> Iterator[OfficeFile]:
    clock = Clock(lambda: TODAY, lambda: datetime(2023, 6, 12, 9, 41))
    with OfficeFile.create(tmp_path / "so.socchc", clock) as opened:
        opened.write(ACTOR, "Lập sổ", _found)
        yield opened


def _found(work: Work) -> None:
    seeds.seed(work)
    office.save_office(
        work,
        None,
        {
            "kind": "xã",
            "name": "Nam Trung",
            "superior": "UBND huyện",
            "place": "Nam Trung",
            "code": "H23.56.21",
            "issuers": "UBND, HĐND",
            "recipients": "Như trên",
            "valid_from": date(2022, 1, 1),
        },
    )
    for name in ("Trần Thị Mẫu", "Lê Văn Thử"):
        office.save_person(work, None, {"name": name, "section": "Một cửa"})
    for code, field, name, amount, unit in PROCEDURES:
        values = {"code": code, "field": field, "name": name, "limit_amount": amount, "limit_unit": unit}
        procedures.save(work, None, values | {"decided_by": DecidedBy.CENTRE, "valid_from": date(2022, 1, 1)})


@pytest.fixture
def plan(file: OfficeFile) -> int:
    """Plan 10 of 2023."""

    def make(work: Work) -> int:
        info = next(info for info in documents.types(work.connection) if info.has_tasks)
        values = {"type_id": info.id, "issuer": "UBND", "number": 10, "dated_on": date(2023, 2, 2)}
        return documents.save(work, None, values | {"abstract": "Kế hoạch cải cách hành chính", "in_report": True})

    return file.write(ACTOR, "Văn bản", make).value


@pytest.fixture
def sheet(tmp_path: Path) -> WriteSheet:
    """Writes rows to an xlsx: sheet("so.xlsx", rows) or sheet("so.xlsx", {"Tháng 5": rows}); hidden: rows from 0."""

    def write(
        name: str, rows: Sequence[Sequence[Any]] | dict[str, Sequence[Sequence[Any]]], hidden: Sequence[int] = ()
    ) -> Path:
        path = tmp_path / name
        book = xlsxwriter.Workbook(path, {"strings_to_formulas": False})
        day, clock = book.add_format({"num_format": "dd/mm/yyyy"}), book.add_format({"num_format": "hh:mm"})
        for title, lines in (rows if isinstance(rows, dict) else {"Trang 1": rows}).items():
            page = book.add_worksheet(title)
            for number in hidden:
                page.set_row(number, None, None, {"hidden": True})
            for number, line in enumerate(lines):
                for column, cell in enumerate(line):
                    match cell:
                        case date():
                            page.write_datetime(number, column, cell, day)
                        case time() | timedelta():
                            page.write_datetime(number, column, cell, clock)
                        case str() if cell.startswith("=") and cell != "=1+1":
                            page.write_formula(number, column, cell)
                        case None:
                            pass
                        case _:
                            page.write(number, column, cell)
        book.close()
        return path

    return write


@pytest.fixture
def query(file: OfficeFile) -> Callable[..., list[tuple[Any, ...]]]:
    """Rows of the file as a stranger reads them: bare sqlite3, not our own code."""

    def ask(sql: str, *values: object) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(file.path)) as connection:
            return connection.execute(sql, values).fetchall()

    return ask
