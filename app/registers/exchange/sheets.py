"""Writing xlsx: every cell as what it is, names of sheets that Excel takes."""

import re
from datetime import date, datetime, time, timedelta
from typing import Any

from app.registers.kinds import Cell

LONGEST_NAME = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
DATE_FORMAT, TIME_FORMAT, MOMENT_FORMAT, MONEY_FORMAT = "dd/mm/yyyy", "hh:mm", "dd/mm/yyyy hh:mm", "#,##0"


def sheet_name(wanted: str, taken: set[str]) -> str:
    """A name without the signs that Excel forbids, at most 31 letters, unlike those taken (which it joins)."""
    name = " ".join(_FORBIDDEN.sub(" ", wanted).split()).strip("'")[:LONGEST_NAME].strip() or "Trang"
    unique, number = name, 1
    while unique.casefold() in taken:
        number += 1
        unique = f"{name[: LONGEST_NAME - len(str(number)) - 1]} {number}"
    taken.add(unique.casefold())
    return unique


class Formats:
    """The formats of a workbook, each made once."""

    def __init__(self, workbook: Any):
        self._workbook = workbook
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def get(self, **properties: Any) -> Any:
        """The format with these properties."""
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._workbook.add_format(properties)
        return self._made[key]


def write_cell(sheet: Any, formats: Formats, row: int, column: int, cell: Cell, **look: Any) -> None:
    """Text stays text ("=1+1", identity numbers), dates are real dates, amounts numbers. Row and column from 0."""
    match cell:
        case None | "":
            sheet.write_blank(row, column, None, formats.get(**look)) if look else None
        case bool():
            sheet.write_boolean(row, column, cell, formats.get(**look))
        case int() | float():
            sheet.write_number(row, column, cell, formats.get(**look))
        case datetime() if cell.time() != time():
            sheet.write_datetime(row, column, cell, formats.get(num_format=MOMENT_FORMAT, **look))
        case date():
            sheet.write_datetime(row, column, cell, formats.get(num_format=DATE_FORMAT, **look))
        case time() | timedelta():
            sheet.write_datetime(row, column, cell, formats.get(num_format=TIME_FORMAT, **look))
        case _:
            sheet.write_string(row, column, str(cell), formats.get(num_format="@", **look))
