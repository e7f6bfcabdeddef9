"""Blank sheets: the headings of a register's fields, ready to be filled and imported again."""

import io
from collections.abc import Mapping, Sequence
from typing import Any

from app import vietnamese
from app.registers.description import Field, Register
from app.registers.exchange.matching import options_of
from app.registers.exchange.sheets import DATE_FORMAT, MONEY_FORMAT, TIME_FORMAT, Formats, sheet_name
from app.registers.kinds import Context, KindName, Option

LAST_ROW = 5000  # how far down formats of choice lists reach
LISTS_SHEET = "Danh mục"
MOST_IN_CELL = 250  # letters of a list that Excel keeps with the cells
MOST_WIDTH = 60
_FORMATS = {
    KindName.DATE: DATE_FORMAT,
    KindName.TIME: TIME_FORMAT,
    KindName.MONEY: MONEY_FORMAT,
    KindName.INTEGER: "0",
    KindName.YEAR: "0",
}
_EXAMPLES = {
    KindName.NAME: "Nguyễn Thị Ví Dụ",
    KindName.DATE: "31/01/2023",
    KindName.TIME: "09:30",
    KindName.MONEY: "18600000",
    KindName.INTEGER: "1",
    KindName.YEAR: "2023",
    KindName.FLAG: "x",
}
_WIDTHS = {
    KindName.DATE: 14,
    KindName.TIME: 9,
    KindName.MONEY: 20,
    KindName.INTEGER: 10,
    KindName.YEAR: 9,
    KindName.FLAG: 12,
    KindName.NAME: 26,
    KindName.REFERENCE: 40,
    KindName.LONG_TEXT: 40,
    KindName.CHOICE: 22,
}


def write_blank(registers: Sequence[Register], contexts: Mapping[str, Context]) -> bytes:
    """An xlsx with a sheet for each register. Its notes explain; there is no row of data in it."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    formats = Formats(book)
    taken: set[str] = {LISTS_SHEET.casefold()}
    sheets = [(register, book.add_worksheet(sheet_name(register.title, taken))) for register in registers]
    lists = _Lists(book)
    for register, sheet in sheets:
        context = contexts.get(register.key)
        for column, field in enumerate(register.import_fields):
            options = options_of(field, context) if context else field.choices
            _write_column(sheet, formats, lists, column, field, options)
        sheet.freeze_panes(1, 0)
        sheet.set_row(0, 32)
    book.close()
    return out.getvalue()


class _Lists:
    """The hidden sheet of lists too long for a cell, made when it is first needed."""

    def __init__(self, book: Any):
        self._book = book
        self._sheet: Any = None
        self._columns = 0

    def range_of(self, words: Sequence[str]) -> str:
        """Writes a list and returns its place."""
        if self._sheet is None:
            self._sheet = self._book.add_worksheet(LISTS_SHEET)
            self._sheet.hide()
        for row, word in enumerate(words):
            self._sheet.write_string(row, self._columns, word)
        column, self._columns = self._columns, self._columns + 1
        letter = chr(ord("A") + column)
        return f"='{LISTS_SHEET}'!${letter}$1:${letter}${len(words)}"


def _write_column(
    sheet: Any, formats: Formats, lists: _Lists, column: int, field: Field, options: Sequence[Option]
) -> None:
    assert field.kind is not None
    heading = f"{field.label} *" if field.required else field.label
    look = {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#F4F5F7"}
    sheet.write_string(0, column, heading, formats.get(**look))
    sheet.write_comment(0, column, _note(field, options), {"x_scale": 2, "y_scale": 1.2})
    width = _WIDTHS.get(field.kind, 18)
    longest = max((len(option.name) for option in field.choices), default=0)
    width = min(max(width, len(heading) + 2, longest + 4), MOST_WIDTH)
    sheet.set_column(column, column, width, formats.get(num_format=_FORMATS.get(field.kind, "@")))
    words = [_word(option) for option in options]
    if words:
        fits = len(",".join(words)) <= MOST_IN_CELL and not any("," in word for word in words)
        source = words if fits else lists.range_of(words)
        sheet.data_validation(
            1,
            column,
            LAST_ROW,
            column,
            {
                "validate": "list",
                "source": source,
                "error_title": field.label[:32],
                "error_message": "Chọn một giá trị trong danh sách.",
                "error_type": "stop" if field.choices else "warning",
            },
        )


def _word(option: Option) -> str:
    return vietnamese.clean(f"{option.code} {option.name}")[:255]


def _note(field: Field, options: Sequence[Option]) -> str:
    """Help, whether it must be filled, an example: a note at the heading, so that nothing has to be deleted."""
    example = _word(options[0]) if options else _EXAMPLES.get(field.kind or KindName.TEXT, field.placeholder)
    lines = [field.help, "Bắt buộc." if field.required else "Có thể để trống."]
    return "\n".join([*lines, f"Ví dụ: {example}"] if example else lines)
