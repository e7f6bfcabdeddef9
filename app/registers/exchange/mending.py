"""The rows that could not be taken, written to a file of their own with the reasons, to be mended and imported."""

import io
from pathlib import Path
from typing import Any

from app import places
from app.registers.exchange.matching import REASON_HEADING, ROW_HEADING
from app.registers.exchange.preview import Corrections, Part, Preview, Row, RowState
from app.registers.exchange.reading import Workbook
from app.registers.exchange.sheets import Formats, sheet_name, write_cell

BAD_LOOK = {"bg_color": "#FCE8E6", "font_color": "#B3261E"}
HEAD_LOOK = {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}
MOST_WIDTH = 50


def write_bad_rows(path: Path, workbook: Workbook, preview: Preview, corrections: Corrections) -> int:
    """The columns of the file as they were, what was typed over them included, then reason and row number.

    The headings are those of the file, so the match that was remembered for it serves again.
    Returns the number of rows. Raises Problem when the target cannot be written; it is whole or as before.
    """
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    formats = Formats(book)
    taken: set[str] = set()
    for part in preview.parts:
        rows = [row for row in part.rows if row.state is RowState.BAD]
        if rows:
            sheet = book.add_worksheet(sheet_name(part.match.sheet, taken))
            _write_part(sheet, formats, workbook, part, rows, corrections)
    if not taken:
        book.add_worksheet("Trang")
    book.close()
    places.put_in_place(path, out.getvalue())
    return preview.count(RowState.BAD)


def _write_part(
    sheet: Any, formats: Formats, workbook: Workbook, part: Part, rows: list[Row], corrections: Corrections
) -> None:
    source = workbook.sheet(part.match.sheet)
    columns = part.match.columns
    fields = {column.index: column.field for column in columns}
    width = max((column.index for column in columns), default=-1) + 1
    headings: list[str] = [""] * width
    for column in columns:
        headings[column.index] = column.heading
    for place, heading in enumerate([*headings, REASON_HEADING, ROW_HEADING]):
        write_cell(sheet, formats, 0, place, heading, **HEAD_LOOK)
        sheet.set_column(place, place, min(max(12, len(heading) + 2), MOST_WIDTH))
    sheet.set_column(width, width, MOST_WIDTH)
    for line, row in enumerate(rows, start=1):
        bad = {fault.field for fault in row.faults}
        for index in range(width):
            key = fields.get(index, "")
            cell = corrections.get((part.register.key, row.number, key), source.cell(row.number, index))
            write_cell(sheet, formats, line, index, cell, **(BAD_LOOK if key and key in bad else {}))
        write_cell(sheet, formats, line, width, "; ".join(fault.sentence for fault in row.faults))
        write_cell(sheet, formats, line, width + 1, row.number)
    sheet.freeze_panes(1, 0)
