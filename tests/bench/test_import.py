"""10,000 dossiers from xlsx, checked, written and journaled, against bare calamine and executemany of the same rows."""

import sqlite3
import time
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from app.clock import Clock
from app.models.database import Actor, OfficeFile
from app.registers import exchange
from app.sample.build import build

ROWS = 10_000
HEADINGS = ("Mã hồ sơ", "Người nộp", "Thủ tục", "Ngày nhận", "Nhận qua", "Số lượng", "Trạng thái", "Ngày xong")
CLOCK = Clock(lambda: date(2023, 6, 12), lambda: datetime(2023, 6, 12, 9, 41))


@pytest.mark.bench
def test_an_import_against_bare_reading_and_inserting(tmp_path: Path) -> None:
    path, office = _workbook(tmp_path / "so.xlsx"), tmp_path / "so.socchc"
    build(office, CLOCK)
    with OfficeFile.open(office, CLOCK) as file:
        start = time.perf_counter()
        result = exchange.import_file(file, Actor("Đo"), "dossiers", path)
        whole = time.perf_counter() - start
    assert (result.written, result.faults) == (ROWS, [])
    start = time.perf_counter()
    _bare(path, tmp_path / "bare.db")
    bare = time.perf_counter() - start
    print(f"\nimport of {ROWS} dossiers {whole:.2f} s / bare {bare:.2f} s = {whole / bare:.1f}")
    assert whole / bare <= 30


def _workbook(path: Path) -> Path:
    book = xlsxwriter.Workbook(path)
    page, day = book.add_worksheet("Hồ sơ"), book.add_format({"num_format": "dd/mm/yyyy"})
    page.write_row(0, 0, HEADINGS)
    for number in range(1, ROWS + 1):
        on = datetime(2023, 1, 3) + timedelta(days=number % 150)
        page.write_row(number, 0, (f"H23-{number:06d}", f"Nguyễn Văn Ví Dụ {number}", f"MAU-{number % 140 + 1:03d}"))
        page.write_datetime(number, 3, on, day)
        page.write_row(number, 4, ("Trực tuyến" if number % 3 else "Trực tiếp", 1, "Đã trả" if number % 5 else ""))
        if number % 5:
            page.write_datetime(number, 7, on, day)
    book.close()
    return path


def _bare(path: Path, target: Path) -> None:
    rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()[1:]
    with sqlite3.connect(target) as connection:
        connection.execute("CREATE TABLE dossier (id INTEGER PRIMARY KEY, a, b, c, d, e, f, g, h)")
        connection.execute("CREATE TABLE step (id INTEGER PRIMARY KEY, dossier_id, kind, on_date)")
        connection.execute("CREATE INDEX by_day ON dossier (d)")
        for number, row in enumerate(rows, start=1):
            values = [str(cell) if isinstance(cell, date) else cell for cell in row]
            connection.execute("INSERT INTO dossier VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", (number, *values))
            for kind in ("received", "resolved") if row[6] else ("received",):
                connection.execute(
                    "INSERT INTO step (dossier_id, kind, on_date) VALUES (?, ?, ?)", (number, kind, values[3])
                )
    connection.close()
