"""The shared table: how rows are painted, chosen and sorted, by hand and by key."""

from collections.abc import Hashable, Sequence
from typing import Any, Protocol

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)

from app.ui import icons, painting, theme
from app.ui.cell_painter import CellPainter
from app.ui.cells import Branch, Number, Row, RowSource, Text, Tick, spoken
from app.ui.paged_model import CELL_ROLE, PAGE, ROW_ROLE, AnyIndex, Column, PagedModel
from app.ui.tokens import Size, Space, Type

_MIN_STRETCH = 120


class Remembered(Protocol):
    """Where the user's widths are kept; QSettings has this shape."""

    def value(self, key: str, /) -> Any: ...
    def setValue(self, key: str, value: Any, /) -> None: ...


class Header(QHeaderView):
    """Column heads: 12/500, the sort arrow beside the word."""

    def __init__(self, table: "TableView"):
        super().__init__(Qt.Orientation.Horizontal, table)
        self._table = table
        self.setFixedHeight(Size.TABLE_HEAD)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(Size.ICON + 2 * Space.S)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        c = theme.colours()
        column = self._table.columns[section]
        painter.fillRect(rect, QColor(c.surface))
        painting.line(painter, rect.left(), rect.bottom(), rect.right() + 1, rect.bottom() + 1, c.border)
        room = self._table.cell_room(QRectF(rect), section)
        sorted_by, descending = self._table.sorting
        arrow = column.sort and column.sort == sorted_by
        taken = Size.ICON_TEXT + Space.XS if arrow else 0
        align = painting.RIGHT if column.right else painting.LEFT
        words = room.adjusted(0, 0, -taken, 0)
        width = painting.words(painter, words, column.title, Type.LABEL, c.text2, align)
        if arrow:
            x = room.right() - Size.ICON_TEXT if column.right else room.left() + width + Space.XS
            name = "arrow-down" if descending else "arrow-up"
            icons.paint(painter, x, room.center().y() - Size.ICON_TEXT / 2, name, c.text2, Size.ICON_TEXT)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), Size.TABLE_HEAD)


class CellDelegate(QAbstractItemDelegate):
    """Paints everything of a cell; the style paints nothing."""

    def __init__(self, table: "TableView"):
        super().__init__(table)
        self._table = table
        self.painter = CellPainter()

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return QSize(100, self._table.row_height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        row: Row | None = index.data(ROW_ROLE)
        rect = QRectF(option.rect)
        if row is None:
            return
        selected = self._table.is_selected(index.row())
        if row.group:
            width = self._table.viewport().width() - self._table.padding
            whole = QRectF(self._table.padding, rect.top(), width, rect.height())
            self.painter.group(painter, rect, whole, row.group, selected)
            return
        hovered = index.row() == self._table.hovered
        cell = row.cells[index.column()] if index.column() < len(row.cells) else None
        fault = isinstance(cell, Text | Number) and cell.fault
        self.painter.back(painter, rect, selected=selected, hovered=hovered, first=index.column() == 0, fault=fault)
        if cell is not None:
            self.painter.cell(painter, self._table.cell_room(rect, index.column()), cell, selected)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """A widget that stands in a cell goes with it."""
        editor.setGeometry(option.rect)

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: AnyIndex
    ) -> bool:
        """A cell that does not fit shows its whole text."""
        cell = index.data(CELL_ROLE) if index.isValid() else None
        tip = ""
        if cell is not None:
            room = self._table.cell_room(QRectF(option.rect), index.column())
            tip = cell.tip or ("" if self.painter.fits(cell, room.width()) else spoken(cell))
        QToolTip.showText(event.globalPos(), tip, view)
        return True


class TableView(QTableView):
    """One table for every register.

    `opened` comes with Enter or a double click, `selected` when another row is reached, `ticked` with Space or a click
    on the box of a Tick, `folded` with Left and Right on a group or a branch (True opens) and with Left in a group,
    `sorted` with a click on a head. The columns' widths are remembered under `name`.
    """

    opened = Signal(object)
    selected = Signal(object)
    ticked = Signal(object)
    folded = Signal(object, bool)
    sorted = Signal(str, bool)
    menu_asked = Signal(object, QPoint)

    def __init__(
        self,
        columns: Sequence[Column],
        *,
        row_height: int = Size.ROW,
        name: str = "",
        remembered: Remembered | None = None,
        parent: QWidget | None = None,
    ):
        super().__init__(parent)
        self.columns = columns
        self.row_height = row_height
        self.padding = Size.PAGE_PADDING
        self.sorting: tuple[str, bool] = ("", False)
        self.hovered = -1
        self._name = name
        self._remembered = remembered
        self._overlay: QWidget | None = None
        self._fitting = False
        self._quiet = False
        self._group_rows: set[int] = set()
        self._model = PagedModel(columns)
        self._model.groups_arrived.connect(self._size_groups, Qt.ConnectionType.QueuedConnection)
        self.setModel(self._model)
        self._delegate = CellDelegate(self)
        self.setItemDelegate(self._delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setMouseTracking(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalHeader(Header(self))
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(1)
        self.verticalHeader().setDefaultSectionSize(row_height)
        self.horizontalHeader().sectionClicked.connect(self._sort_by)
        self.horizontalHeader().sectionResized.connect(self._width_changed)
        self.doubleClicked.connect(lambda index: self._open(index.row()))
        self.selectionModel().currentRowChanged.connect(self._moved)
        self._widths = self._restored()

    # rows

    def set_source(self, source: RowSource) -> None:
        """Show rows; the place stays, and the selected row where it is not far from where it was."""
        kept, number = self.current_id(), self.currentIndex().row()
        scrolled = self.verticalScrollBar().value()
        self.hovered = -1
        self._quiet = True
        self._model.set_source(source)
        for row in self._group_rows:
            self.setRowHeight(row, self.row_height)
        self._group_rows.clear()
        self._quiet = False
        if kept is not None:
            self.restore(kept, near=number)
        self.verticalScrollBar().setValue(scrolled)

    def set_columns(self, columns: Sequence[Column], row_height: int) -> None:
        """Fewer columns with two lines for a narrow window, or the full ones again; set the source after it."""
        self.columns, self.row_height = columns, row_height
        self.verticalHeader().setDefaultSectionSize(row_height)
        self._widths = self._restored()
        self._model.set_columns(columns)
        self._fit()

    def count(self) -> int:
        """How many rows are shown, groups counted."""
        return self._model.rowCount()

    def current_id(self) -> Hashable | None:
        """The selected row's id."""
        row = self._model.row(self.currentIndex().row()) if self.currentIndex().isValid() else None
        return None if row is None or row.group else row.id

    def is_selected(self, row: int) -> bool:
        """Whether that row is selected."""
        return self.selectionModel().isRowSelected(row, QModelIndex())

    def select(self, id: Hashable, *, near: int = 0) -> bool:
        """Select the row with that id, if it is on a page at hand, the first one, or that of the row `near`."""
        last = self._model.rowCount() - 1
        if last < 0:
            return False
        for number in {0, min(max(near, 0), last)}:
            self._model.row(number)
        number = self._model.find(id)
        if number < 0:
            return False
        self._go(number)
        return True

    def restore(self, id: Hashable, *, near: int = 0) -> bool:
        """Select the row that was selected before, or is shown beside, without telling: nobody moved."""
        self._quiet = True
        found = self.select(id, near=near)
        if not found:
            self.setCurrentIndex(QModelIndex())
        self._quiet = False
        return found

    def select_group(self, id: Hashable) -> bool:
        """Select the heading of a group, so that the keys go on from there once it is closed or opened."""
        number = self._model.find(id, group=True)
        if number < 0:
            return False
        self._go(number)
        return True

    def select_first(self) -> None:
        """Select the first row that is not a group."""
        for number in range(min(self._model.rowCount(), PAGE)):
            row = self._model.row(number)
            if row is not None and not row.group:
                self._go(number)
                return

    def set_marks(self, query: str) -> None:
        """Mark what the search found inside the cells."""
        if query != self._delegate.painter.query:
            self._delegate.painter.query = query
            self.scrollToTop()
            self.viewport().update()

    def set_sorting(self, key: str, descending: bool) -> None:
        """Show by what the rows are sorted; the source does it."""
        self.sorting = (key, descending)
        self.horizontalHeader().viewport().update()

    def show_overlay(self, widget: QWidget | None) -> None:
        """Lay an empty, no-hit or loading state over the rows; None takes it away."""
        if self._overlay is not None:
            self._overlay.hide()
            self._overlay.deleteLater()
        self._overlay = widget
        self.horizontalHeader().setVisible(widget is None)
        if widget is not None:
            widget.setParent(self)
            widget.setGeometry(self.rect())
            widget.show()

    # geometry

    def cell_room(self, rect: QRectF, column: int) -> QRectF:
        """Where the content of a cell goes: the first column begins at the page's padding."""
        last = column == len(self.columns) - 1
        left = self.padding if column == 0 else Space.S
        return rect.adjusted(left, 0, -(Space.L if last else Space.S), -1)

    def set_padding(self, padding: int) -> None:
        """The page's padding: 24, or 16 in rail mode."""
        self.padding = padding
        self._fit()

    def _restored(self) -> dict[str, int]:
        widths = {column.key: column.width for column in self.columns}
        if self._remembered is not None and self._name:
            for column in self.columns:
                kept = self._remembered.value(f"{self._name}/{column.key}")
                if kept is not None:
                    widths[column.key] = int(kept)
        return widths

    def _width_changed(self, section: int, _old: int, new: int) -> None:
        column = self.columns[section]
        if self._fitting or column.stretch:
            return
        width = new - (self._extra() if section == 0 else 0)
        self._widths[column.key] = width
        if self._remembered is not None and self._name:
            self._remembered.setValue(f"{self._name}/{column.key}", width)
        QTimer.singleShot(0, self, self._fit)

    def _fit(self) -> None:
        """Fixed widths as remembered, what is left to the one that stretches; all shrink where that is too little."""
        self._fitting = True
        widths = [0 if column.stretch else self._widths[column.key] for column in self.columns]
        room = self.viewport().width() - self._extra()
        share = min(1.0, (room - _MIN_STRETCH) / max(sum(widths), 1))
        widths = [int(width * share) for width in widths]
        for number, column in enumerate(self.columns):
            width = room - sum(widths) if column.stretch else widths[number]
            self.setColumnWidth(number, width + (self._extra() if number == 0 else 0))
        self._fitting = False

    def _extra(self) -> int:
        """What the page's padding adds to the first column."""
        return self.padding - Space.S

    def _size_groups(self, rows: list[int]) -> None:
        for row in rows:
            if row < self._model.rowCount():
                self.setRowHeight(row, Size.ROW_GROUP)
                self._group_rows.add(row)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
        if self._overlay is not None:
            self._overlay.setGeometry(self.rect())

    # hand and eye

    def _go(self, number: int) -> None:
        index = self._model.index(number, 0)
        both = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(index, both)
        self.scrollTo(index)

    def _moved(self, now: QModelIndex, _before: QModelIndex) -> None:
        row = self._model.row(now.row()) if now.isValid() and not self._quiet else None
        if row is not None and not row.group:
            self.selected.emit(row.id)

    def _open(self, number: int) -> None:
        row = self._model.row(number)
        if row is not None and not row.group:
            self.opened.emit(row.id)

    def _sort_by(self, section: int) -> None:
        key = self.columns[section].sort
        if key:
            descending = self.sorting == (key, False)
            self.set_sorting(key, descending)
            self.sorted.emit(key, descending)

    def _hover(self, number: int) -> None:
        if number != self.hovered:
            self._repaint_row(self.hovered)
            self.hovered = number
            self._repaint_row(number)

    def _repaint_row(self, number: int) -> None:
        if number >= 0:
            top = self.rowViewportPosition(number)
            self.viewport().update(0, top, self.viewport().width(), self.rowHeight(number))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Qt makes the first row current where none is, unseen, so that Down would skip it; nobody has reached it."""
        comes_anew = not self.currentIndex().isValid()
        self._quiet = True
        super().focusInEvent(event)
        if comes_anew and self.currentIndex().isValid():
            self.select_first()
        self._quiet = False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.indexAt(event.position().toPoint()).row())

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        row = self._model.row(index.row()) if index.isValid() else None
        if row is None:
            return
        within = event.position().x() - self.columnViewportPosition(index.column())
        cell = row.cells[index.column()] if index.column() < len(row.cells) else None
        if isinstance(cell, Tick) and within < self.padding + Size.ICON + Space.XS:
            self.ticked.emit(row.id)
        elif isinstance(cell, Branch) and cell.open is not None:
            if within < self.padding + cell.depth * Space.XL + Size.ICON + Space.XS:
                self.folded.emit(row.id, not cell.open)
        elif row.group:
            self.folded.emit(row.id, not row.group.open)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        row = self.current_id()
        if row is not None:
            self.menu_asked.emit(row, event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        row = self._model.row(self.currentIndex().row()) if self.currentIndex().isValid() else None
        if row is None or event.modifiers() not in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier):
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex().row())
        elif key == Qt.Key.Key_Space and any(isinstance(cell, Tick) for cell in row.cells):
            self.ticked.emit(row.id)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and self._folds(row):
            self.folded.emit(row.id, key == Qt.Key.Key_Right)
        elif key == Qt.Key.Key_Left and (group := self._model.group_above(self.currentIndex().row())) is not None:
            self.folded.emit(group.id, False)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.accept()
        elif event.text() and event.text().isprintable():
            event.ignore()
        else:
            super().keyPressEvent(event)

    @staticmethod
    def _folds(row: Row) -> bool:
        return row.group is not None or any(isinstance(cell, Branch) and cell.open is not None for cell in row.cells)
