"""Reading a file of rows by its content, whatever its name: xlsx in a process of its own, CSV in UTF-8."""

import csv
import hashlib
import io
import json
import subprocess
import sys
import time as clock
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from app.models import backup
from app.problems import Problem
from app.registers.kinds import Cell
from app.vietnamese import nfc

MOST_SECONDS = 120
MOST_BYTES = 100_000_000
_LOOK_EVERY = 0.1  # seconds
READER = Path(__file__).with_name("reader.py")
_ZIP, _OLD_EXCEL = b"PK", b"\xd0\xcf\x11\xe0"

NOT_A_TABLE = "Tệp này không phải Excel (.xlsx) hay CSV"
BROKEN = "Tệp Excel bị hỏng hoặc chép chưa hết, không đọc được"
TOO_BIG = "Tệp quá lớn hoặc có ô ghi rất xa vùng dữ liệu, không đọc được"
_REFUSALS = {
    "kind": (NOT_A_TABLE, "Mở bằng Excel rồi lưu thành .xlsx."),
    "broken": (BROKEN, "Chép lại tệp, hoặc mở bằng Excel rồi lưu lại."),
    "password": ("Tệp Excel có mật khẩu", "Bỏ mật khẩu trong Excel rồi chọn lại."),
    "size": (TOO_BIG, "Chia tệp thành nhiều tệp nhỏ."),
    "cells": (TOO_BIG, "Chép vùng dữ liệu sang một tệp Excel mới."),
}


@dataclass(frozen=True)
class Sheet:
    """One sheet: its cells from A1 on (an empty cell is None), hidden rows counted, formulas without a result by
    row and column from 0."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    hidden_rows: int = 0
    uncalculated: frozenset[tuple[int, int]] = frozenset()

    def row(self, number: int) -> tuple[Cell, ...]:
        """The cells of a row by Excel's own number (from 1)."""
        return self.rows[number - 1] if 0 < number <= len(self.rows) else ()

    def cell(self, number: int, column: int) -> Cell:
        """A cell by Excel's row number and its column from 0; None outside what is filled."""
        row = self.row(number)
        return row[column] if column < len(row) else None


@dataclass(frozen=True)
class Workbook:
    """A file as read: its name, its SHA-256, its visible sheets."""

    file_name: str
    sha256: str
    sheets: tuple[Sheet, ...]

    def sheet(self, name: str) -> Sheet:
        """A sheet by its name."""
        return next(sheet for sheet in self.sheets if sheet.name == name)


def read_workbook(path: Path, waiting: Callable[[], None] = lambda: None) -> Workbook:
    """Reads an xlsx or a CSV in UTF-8, recognised by content. Raises Problem with a sentence for anything else.

    `waiting` is called again and again while an xlsx is read; what it raises ends the reading.
    """
    # Told by its name: to close the open office's file here would drop the locks that SQLite holds on it
    # (https://www.sqlite.org/howtocorrupt.html, 2.2).
    if path.suffix == backup.SUFFIX:
        raise _refusal("kind")
    try:
        if path.stat().st_size > MOST_BYTES:
            raise _refusal("size")
        content = path.read_bytes()
    except OSError as error:
        raise Problem(f"Không đọc được tệp {path.name}", next_step="Xem tệp còn đó không, đóng tệp rồi thử lại.") from (
            error
        )
    if content.startswith(_OLD_EXCEL):
        raise Problem(
            "Tệp Excel đời cũ (.xls) hoặc có mật khẩu", next_step="Mở bằng Excel, bỏ mật khẩu, lưu thành .xlsx."
        )
    sheets = _read_excel(path, waiting) if content.startswith(_ZIP) else (_read_csv(content),)
    if not any(sheet.rows for sheet in sheets):
        raise Problem("Tệp không có dòng nào")
    return Workbook(nfc(path.name), hashlib.sha256(content).hexdigest(), sheets)


def _refusal(why: str) -> Problem:
    sentence, next_step = _REFUSALS[why]
    return Problem(sentence, next_step=next_step)


def _in_own_process(path: Path, waiting: Callable[[], None]) -> bytes:
    """What the reader writes. Ended where it takes too long, or where `waiting` raises."""
    command = [sys.executable, "-I", str(READER), str(path)]
    ends = clock.monotonic() + MOST_SECONDS
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as reader:
        try:
            while True:
                left = ends - clock.monotonic()
                try:
                    return reader.communicate(timeout=max(0.0, min(_LOOK_EVERY, left)))[0]
                except subprocess.TimeoutExpired:
                    if left <= _LOOK_EVERY:
                        raise _refusal("size") from None
                    waiting()
        finally:
            reader.kill()


def _read_excel(path: Path, waiting: Callable[[], None]) -> tuple[Sheet, ...]:
    try:
        result: Any = json.loads(_in_own_process(path, waiting), object_hook=_from_plain)
    except ValueError:  # it ended early: nothing whole was written
        raise _refusal("broken") from None
    if "refused" in result:
        raise _refusal(result["refused"])
    return tuple(
        Sheet(
            nfc(sheet["name"]),
            tuple(tuple(_filled(cell) for cell in row) for row in sheet["rows"]),
            sheet["hidden"],
            frozenset((row, column) for row, column in sheet["uncalculated"]),
        )
        for sheet in result["sheets"]
    )


def _filled(cell: Cell) -> Cell:
    """A cell of spaces only is empty."""
    return None if isinstance(cell, str) and not cell.strip() else cell


def _from_plain(found: dict[str, Any]) -> Any:
    match found:
        case {"datetime": text}:
            return datetime.fromisoformat(text)
        case {"date": text}:
            return date.fromisoformat(text)
        case {"time": text}:
            return time.fromisoformat(text)
        case {"seconds": seconds}:
            return timedelta(seconds=seconds)
        case _:
            return found


def _read_csv(content: bytes) -> Sheet:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Problem(NOT_A_TABLE, next_step="Tệp CSV phải lưu ở dạng “CSV UTF-8”.") from None
    if "\0" in text:
        raise _refusal("kind")
    return Sheet("CSV", tuple(_csv_rows(text)))


def _csv_rows(text: str) -> Iterator[tuple[Cell, ...]]:
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)):
            yield tuple(_filled(cell) for cell in row)
    except csv.Error:
        raise Problem(NOT_A_TABLE) from None


def _delimiter(text: str) -> str:
    """The sign that parts the most cells of the first lines."""
    head = "\n".join(text.splitlines()[:50])

    def cells(sign: str) -> int:
        return sum(len(row) - 1 for row in csv.reader(io.StringIO(head, newline=""), delimiter=sign))

    return max(";,\t", key=cells)
