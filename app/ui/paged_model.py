"""Rows of a table, fetched a page at a time when they are painted: a million open like a hundred."""

from collections import OrderedDict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from app.ui.cells import FixedRows, Row, RowSource, spoken

AnyIndex = QModelIndex | QPersistentModelIndex

PAGE = 100
_PAGES_KEPT = 40
ROW_ROLE = Qt.ItemDataRole.UserRole
CELL_ROLE = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True)
class Column:
    """A column: exactly one of a table stretches. `sort` is the key handed to `sorted`, "" for not sortable."""

    key: str
    title: str
    width: int = 100
    stretch: bool = False
    right: bool = False
    sort: str = ""


class PagedModel(QAbstractTableModel):
    """Asks its source for a page when a row of it is painted, and keeps the last pages."""

    groups_arrived = Signal(list)

    def __init__(self, columns: Sequence[Column]):
        super().__init__()
        self._columns = columns
        self._source: RowSource = FixedRows([])
        self._count = 0
        self._pages: OrderedDict[int, list[Row]] = OrderedDict()

    def set_source(self, source: RowSource) -> None:
        """Show other rows, or the same ones anew."""
        self.beginResetModel()
        self._source = source
        self._count = source.count()
        self._pages.clear()
        self.endResetModel()

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Other columns, when the window is narrow; new rows follow."""
        self.beginResetModel()
        self._columns = columns
        self._count = 0
        self._pages.clear()
        self.endResetModel()

    def row(self, number: int) -> Row | None:
        """That row, or None when the register has shrunk meanwhile."""
        page, within = divmod(number, PAGE)
        rows = self._pages.get(page)
        if rows is None:
            rows = self._source.page(page * PAGE, PAGE)
            self._pages[page] = rows
            if len(self._pages) > _PAGES_KEPT:
                self._pages.popitem(last=False)
            groups = [page * PAGE + place for place, row in enumerate(rows) if row.group]
            if groups:
                self.groups_arrived.emit(groups)
        else:
            self._pages.move_to_end(page)
        return rows[within] if within < len(rows) else None

    def find(self, id: Hashable, *, group: bool = False) -> int:
        """Number of the row (or group) with that id among the pages at hand, -1 where it is not among them."""
        for page, rows in self._pages.items():
            for place, row in enumerate(rows):
                if row.id == id and (row.group is not None) == group:
                    return page * PAGE + place
        return -1

    def group_above(self, number: int) -> Row | None:
        """The group in which that row stands, None where rows are not in groups."""
        for above in range(number, -1, -1):
            row = self.row(above)
            if row is not None and row.group is not None:
                return row
        return None

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in (ROW_ROLE, CELL_ROLE, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        row = self.row(index.row())
        if row is None or role == ROW_ROLE:
            return row
        if row.group:
            return None if role == CELL_ROLE else f"{row.group.title} {row.group.count}".strip()
        cell = row.cells[index.column()] if index.column() < len(row.cells) else None
        if role == CELL_ROLE or cell is None:
            return cell
        return spoken(cell)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section].title
        return None
