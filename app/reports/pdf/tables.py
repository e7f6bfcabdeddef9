"""Tables on paper: the head repeated on every page, a long cell broken over pages."""

from xml.sax.saxutils import escape

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus.paragraph import Paragraph
from reportlab.platypus.tables import Table as TableFlowable

from app.reports.blocks import Align, Table
from app.reports.pdf import measures
from app.reports.pdf.fonts import BOLD, REGULAR
from app.reports.pdf.type import Type

_Command = tuple[object, ...]
_ALIGN = {Align.LEFT: "LEFT", Align.CENTRE: "CENTER", Align.RIGHT: "RIGHT"}


def table_flowable(table: Table, columns: tuple[float, ...]) -> TableFlowable:
    """The table with columns of these widths (points); every padding and face is set, reportlab's own fit nothing."""
    head, commands = _head(table, columns)
    commands = [
        ("GRID", (0, 0), (-1, -1), measures.TABLE_RULE, "black"),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("LEFTPADDING", (0, 0), (-1, -1), measures.TABLE_PADDING),
        ("RIGHTPADDING", (0, 0), (-1, -1), measures.TABLE_PADDING),
        ("TOPPADDING", (0, 0), (-1, -1), measures.TABLE_ROW_PADDING),
        ("BOTTOMPADDING", (0, 0), (-1, -1), measures.TABLE_ROW_PADDING),
        _font((0, 0), (-1, -1), bold=False),
        *commands,
    ]
    for column, align in enumerate(table.align):
        commands.append(("ALIGN", (column, len(head)), (column, -1), _ALIGN[align]))
        if align is Align.LEFT:
            commands += [
                ("ALIGN", (column, at), (column, at), "CENTER")
                for at, row in enumerate(table.rows, start=len(head))
                if row.total
            ]
    for at, row in enumerate(table.rows, start=len(head)):
        if row.bold:
            commands.append(_font((0, at), (-1, at), bold=True))
    body = [
        [_cell(cell.text, width, bold=row.bold) for cell, width in zip(row.cells, columns, strict=True)]
        for row in table.rows
    ]
    return TableFlowable([*head, *body], columns, repeatRows=len(head), style=commands, splitInRow=1)


def _head(table: Table, columns: tuple[float, ...]) -> tuple[list[list[str]], list[_Command]]:
    """The rows of the head, cells under a span empty; the spans and faces."""
    grid = [[""] * len(columns) for _ in table.head]
    covered: set[tuple[int, int]] = set()
    commands: list[_Command] = [("ALIGN", (0, 0), (-1, len(grid) - 1), "CENTER")]
    for row, cells in enumerate(table.head):
        column = 0
        for cell in cells:
            while (row, column) in covered:
                column += 1
            end = (column + cell.columns - 1, row + cell.rows - 1)
            grid[row][column] = _lines(cell.text, sum(columns[column : end[0] + 1]), bold=cell.bold)
            covered |= {(row + down, column + right) for down in range(cell.rows) for right in range(cell.columns)}
            commands += [("SPAN", (column, row), end), _font((column, row), end, bold=cell.bold)]
    return grid, commands


def _cell(text: str, width: float, *, bold: bool) -> str | Paragraph:
    """Plain text where it fits on a line; else a paragraph, which breaks over pages (measured: plain text hangs)."""
    if "\n" not in _lines(text, width, bold=bold):
        return text
    face = BOLD if bold else REGULAR
    style = ParagraphStyle("cell", fontName=face, fontSize=measures.TABLE_SIZE, leading=measures.TABLE_LEADING)
    return Paragraph(escape(text), style)


def _lines(text: str, width: float, *, bold: bool) -> str:
    """The text parted into the lines that fit the cell."""
    line = Type(text, BOLD if bold else REGULAR, measures.TABLE_SIZE)
    return "\n".join(each.text for each in line.wrapped(width - 2 * measures.TABLE_PADDING))


def _font(start: tuple[int, int], end: tuple[int, int], *, bold: bool) -> _Command:
    return ("FONT", start, end, BOLD if bold else REGULAR, measures.TABLE_SIZE, measures.TABLE_LEADING)
