"""Reads one xlsx and writes its cells as JSON to standard output. A program of its own, without the rest of the house.

A hostile or broken file can make the reader allocate without end or abort: that ends this process, not the program.
Sizes are looked at before anything is unpacked, and cells are counted by their own addresses before they are read.
"""

import json
import re
import sys
import zipfile
import zlib
from datetime import date, datetime, time, timedelta
from typing import Any
from xml.etree import ElementTree

MOST_BYTES = 200_000_000  # unpacked, all parts together
MOST_CELLS = 5_000_000  # of the rectangle from A1 to the last cell
MOST_MEMORY = 2_000_000_000
ROWS, COLUMNS = 1_048_576, 16_384  # of Excel

_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.DOTALL)
_ADDRESS = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_HIDDEN = re.compile(rb'\bhidden="(?:1|true)"')
_FORMULA = re.compile(rb"<(?:\w+:)?f\b")
_VALUE = re.compile(rb"<(?:\w+:)?v>(.*?)</(?:\w+:)?v>", re.DOTALL)
_NOTHING = re.compile(r"0*(?:\.0*)?")


class Refused(Exception):
    """The file is not read; the word says why (reading.py has the sentence)."""


def main(path: str) -> None:
    """Writes {"sheets": [...]} or {"refused": why}."""
    _limit_memory()
    try:
        result: dict[str, Any] = {"sheets": _sheets(path)}
    except Refused as refused:
        result = {"refused": str(refused)}
    sys.stdout.buffer.write(json.dumps(result, default=_plain).encode())


def _limit_memory() -> None:
    if sys.platform != "win32":  # there an allocation beyond what the PC has fails by itself
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _sheets(path: str) -> list[dict[str, Any]]:
    marks = _look(path)
    from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

    try:
        with open(path, "rb") as file:
            workbook = CalamineWorkbook.from_filelike(file)  # a path would be judged by its ending
    except PasswordError:
        raise Refused("password") from None
    return [
        _read(workbook, sheet.name, marks.get(sheet.name, _Marks()))
        for sheet in workbook.sheets_metadata
        if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
    ]


class _Marks:
    """What the cells alone do not tell: hidden rows, formulas without a result, error values (row, column from 0)."""

    def __init__(self) -> None:
        self.hidden = 0
        self.uncalculated: list[tuple[int, int]] = []
        self.errors: list[tuple[int, int, str]] = []


def _look(path: str) -> dict[str, _Marks]:
    """The marks of each sheet by its name. Raises Refused for what must not be unpacked or read."""
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(part.file_size for part in archive.infolist()) > MOST_BYTES:
                raise Refused("size")
            names = set(archive.namelist())
            if "xl/workbook.xml" not in names:
                raise Refused("kind")
            return {name: _scan(archive.read(part)) for name, part in _parts(archive).items() if part in names}
    except (zipfile.BadZipFile, EOFError, KeyError, zlib.error, NotImplementedError, ElementTree.ParseError):
        raise Refused("broken") from None
    except RuntimeError:  # zipfile's word for an encrypted part
        raise Refused("password") from None


def _parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """The part of the archive behind each sheet's name."""
    related = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {relation.get("Id"): relation.get("Target", "") for relation in related}
    parts: dict[str, str] = {}
    for element in ElementTree.fromstring(archive.read("xl/workbook.xml")).iter():
        if element.tag.rpartition("}")[2] == "sheet":
            key = next((value for name, value in element.attrib.items() if name.rpartition("}")[2] == "id"), "")
            target = targets.get(key, "")
            parts[element.get("name", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return parts


def _scan(content: bytes) -> _Marks:
    marks = _Marks()
    marks.hidden = sum(bool(_HIDDEN.search(row[1])) for row in _ROW.finditer(content))
    last_row, last_column = 0, 0
    for cell in _CELL.finditer(content):
        address = _ADDRESS.search(cell[1])
        if not address:
            continue
        row, column = int(address[2]), _column(address[1])
        last_row, last_column = max(last_row, row), max(last_column, column)
        inside = cell[2]
        if inside and (b't="e"' in cell[1] or _FORMULA.search(inside)):
            value = _VALUE.search(inside)
            text = value[1].decode(errors="replace") if value else ""
            if b't="e"' in cell[1]:
                marks.errors.append((row - 1, column - 1, text))
            elif _NOTHING.fullmatch(text) and b't="b"' not in cell[1]:
                marks.uncalculated.append((row - 1, column - 1))
    if last_row * last_column > MOST_CELLS or last_row > ROWS or last_column > COLUMNS:
        raise Refused("cells")
    return marks


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _read(workbook: Any, name: str, marks: _Marks) -> dict[str, Any]:
    rows = [_trimmed(row) for row in workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)]
    for row, column, text in marks.errors:
        if row < len(rows):
            rows[row] += [""] * (column + 1 - len(rows[row]))
            rows[row][column] = text
    return {"name": name, "rows": rows, "hidden": marks.hidden, "uncalculated": marks.uncalculated}


def _trimmed(row: list[Any]) -> list[Any]:
    while row and row[-1] == "":
        row.pop()
    return row


def _plain(value: object) -> dict[str, Any]:
    match value:
        case datetime():
            return {"datetime": value.isoformat()}
        case date():
            return {"date": value.isoformat()}
        case time():
            return {"time": value.isoformat()}
        case timedelta():
            return {"seconds": value.total_seconds()}
        case _:
            raise TypeError(f"no plain form of {value!r}")


if __name__ == "__main__":
    main(sys.argv[1])
