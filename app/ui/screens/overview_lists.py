"""The lists behind Tổng quan: everything that is due, and the counts of the period by field."""

from collections.abc import Callable

from app import formats
from app.reports.figures import FigureSet
from app.reports.overview import DueItem, Overview
from app.ui.cells import Cell, FixedRows, Number, Row, Text, TwoLine
from app.ui.due import due_cell
from app.ui.page import Page
from app.ui.paged_model import Column
from app.ui.screens.overview_parts import ICON_OF
from app.ui.table import TableView
from app.ui.tokens import Size

_DUE_COLUMNS = (
    Column("kind", "Loại", 120),
    Column("title", "Nội dung", stretch=True),
    Column("due_on", "Hạn", 176),
)
_KINDS = {"dossiers": "Hồ sơ", "tasks": "Kế hoạch"}
_FIELD_COLUMNS = (
    Column("field", "Lĩnh vực", stretch=True),
    Column("total", "Tiếp nhận", 104, right=True),
    Column("carried_over", "Kỳ trước chuyển", 124, right=True),
    Column("resolved", "Đã giải quyết", 112, right=True),
    Column("returned", "Trả lại", 84, right=True),
    Column("withdrawn", "Rút", 72, right=True),
    Column("pending", "Đang giải quyết", 124, right=True),
    Column("online", "Trực tuyến", 104, right=True),
    Column("digitised", "Số hóa", 104, right=True),
)
_FIELD_COLUMNS_NARROW = tuple(
    Column(column.key, column.title, column.width, column.stretch, column.right)
    for column in _FIELD_COLUMNS
    if column.key in ("field", "total", "resolved", "pending", "online", "digitised")
)


class DueListPage(Page):
    """All that is late or due within three working days; Enter goes to the row itself."""

    def __init__(self, shown: Overview, opened: Callable[[DueItem], None], back: Callable[[], None]):
        super().__init__("Cần làm trước")
        self.header.add_back().clicked.connect(back)
        self.header.count.setText(f"{formats.format_integer(shown.due_total)} việc")
        self.table = TableView(_DUE_COLUMNS, row_height=Size.ROW_TWO_LINES)
        items = {(item.register, item.id): item for item in shown.due}
        self.table.set_source(FixedRows([_due_row(item, shown) for item in shown.due]))
        self.table.opened.connect(lambda key: opened(items[key]))
        self.set_content(self.table)
        self.shown.connect(self._begin)

    def _begin(self) -> None:
        self.table.setFocus()
        self.table.select_first()


def _due_row(item: DueItem, shown: Overview) -> Row:
    return Row(
        (item.register, item.id),
        (
            Text(_KINDS[item.register], muted=True, icon=ICON_OF[item.register]),
            TwoLine(item.title, item.detail),
            due_cell(item.due_on, shown.today, shown.calendar),
        ),
    )


class FieldsPage(Page):
    """The counts of the period, one row for each field."""

    def __init__(self, found: FigureSet, opened: Callable[[str], None], back: Callable[[], None]):
        super().__init__("Theo lĩnh vực")
        self._found = found
        self.header.add_back().clicked.connect(back)
        self.header.count.setText(found.scope.period.words)
        self.table = TableView(_FIELD_COLUMNS)
        self.table.opened.connect(opened)
        self.set_content(self.table)
        self._show()
        self.shown.connect(self.table.setFocus)

    def _show(self) -> None:
        fields = self._found.dimensions["dossiers.total"]
        self.table.set_source(FixedRows([*(self._row(field, field) for field in fields), self._row("", "Cộng")]))

    def _row(self, dimension: str, name: str) -> Row:
        whole = not dimension
        cells: list[Cell] = [Text(name, strong=whole, medium=not whole)]
        for column in self.table.columns[1:]:
            number = self._found.number(f"dossiers.{column.key}", dimension)
            cells.append(Number(formats.format_integer(number), strong=whole))
        return Row(dimension, tuple(cells))

    def set_compact(self, compact: bool, low: bool) -> None:
        super().set_compact(compact, low)
        columns = _FIELD_COLUMNS_NARROW if compact else _FIELD_COLUMNS
        if self.table.columns is not columns:
            self.table.set_columns(columns, Size.ROW)
            self._show()
