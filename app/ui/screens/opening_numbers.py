"""The last number used of each type of document, for each issuer."""

from PySide6.QtWidgets import QGridLayout, QSizePolicy, QStackedWidget, QWidget

from app import formats
from app.problems import Problem
from app.registers import documents, opening
from app.registers.documents import TypeInfo
from app.registers.opening import NumberKey, Opening
from app.ui.matching import Choice
from app.ui.screens.opening_parts import ValueField, checked, heading, hint, part_head
from app.ui.session import Session
from app.ui.tokens import Space, Type
from app.ui.widgets.buttons import Button, Kind
from app.ui.widgets.choices import Segmented
from app.ui.widgets.labels import Label, column, row

_NAME_WIDTH, _FIELD_WIDTH = 92, 72


class OpeningNumbers(QWidget):
    """Two columns of types (one where there is less room), the usual ones first; the rest behind "Loại khác"."""

    def __init__(self, session: Session, noted: Opening):
        super().__init__()
        with session.read() as connection:
            types = documents.types(connection)
        stack = column(self, gap=Space.S)
        self._grids = {issuer: _Grid(issuer, types, noted) for issuer in noted.issuers}
        self._shown = QStackedWidget()
        for grid in self._grids.values():
            self._shown.addWidget(grid)
        choice = Segmented([Choice(issuer, issuer) for issuer in noted.issuers], stretch=False)
        choice.setAccessibleName("Cơ quan ban hành")
        choice.set_raw(noted.issuers[0] if noted.issuers else "")
        choice.chosen.connect(self._show)
        self._issuer = choice
        title, detail = heading("Số văn bản cuối đã dùng"), hint("Sổ cấp số tiếp theo. Loại chưa có để trống.")
        stack.addWidget(part_head("hash", title, detail, choice))
        choice.setVisible(len(noted.issuers) > 1)
        stack.addWidget(self._shown)
        self.show_year(noted)

    def _show(self, issuer: str) -> None:
        self._shown.setCurrentWidget(self._grids[issuer])

    def show_year(self, noted: Opening) -> None:
        """The numbers noted for a year."""
        for grid in self._grids.values():
            for key, field in grid.fields.items():
                field.show_stored(noted.last_numbers.get(key))
            grid.open_where_used()

    def set_columns(self, columns: int) -> None:
        """How many types stand side by side."""
        for grid in self._grids.values():
            for part in (grid.usual, grid.rest):
                part.set_columns(columns)

    def fields(self) -> list[ValueField]:
        """All fields in reading order."""
        return [field for grid in self._grids.values() for field in grid.fields.values()]

    def values(self) -> dict[NumberKey, int | None]:
        """Last numbers by issuer and type; raises Problems."""
        return checked({key: field for grid in self._grids.values() for key, field in grid.fields.items()})

    def show_fault(self, fault: Problem) -> None:
        """A fault that the register found, at its field."""
        for issuer, grid in self._grids.items():
            for field in grid.fields.values():
                if field.key == fault.field:
                    self._issuer.set_raw(issuer)
                    self._show(issuer)
                    field.tell(str(fault))

    def focus_first(self) -> None:
        """The first field."""
        for field in self.fields()[:1]:
            field.setFocus()


class _Grid(QWidget):
    def __init__(self, issuer: str, types: list[TypeInfo], noted: Opening):
        super().__init__()
        self.fields: dict[NumberKey, ValueField] = {}
        by_code = {info.code: info for info in types}
        usual = [by_code[code] for code in opening.USUAL_TYPES if code in by_code]
        rest = [info for info in types if info not in usual]
        stack = column(self, gap=Space.S)
        self.usual = _Part([self._cell(issuer, info) for info in usual])
        stack.addWidget(self.usual)
        self._more = Button("Loại khác", Kind.LINK, icon="chevron-down")
        self._more.clicked.connect(lambda: self._open(True))
        stack.addWidget(self._more)
        self.rest = _Part([self._cell(issuer, info) for info in rest])
        self._rest_keys = {(issuer, info.id) for info in rest}
        stack.addWidget(self.rest)
        stack.addStretch(1)
        self._open(False)

    def _open(self, opened: bool) -> None:
        self.rest.setVisible(opened)
        self._more.setVisible(not opened)

    def open_where_used(self) -> None:
        """Types that have a number already are never hidden."""
        if any(field.raw() for key, field in self.fields.items() if key in self._rest_keys):
            self._open(True)

    def _cell(self, issuer: str, info: TypeInfo) -> QWidget:
        key = (issuer, info.id)
        field = ValueField(
            opening.field_of_number(key), f"{info.name}, số cuối", formats.parse_integer, _two_digits, _FIELD_WIDTH
        )
        self.fields[key] = field
        cell = QWidget()
        stack = column(cell)
        line_holder = QWidget()
        line = row(line_holder, gap=Space.S)
        name = Label(info.name, elide=True)
        name.setBuddy(field)
        name.setFixedWidth(_NAME_WIDTH)
        name.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        line.addWidget(name)
        line.addWidget(field)
        line.addWidget(Label(f"/{documents.symbol_for(info, issuer)}", Type.BODY, "text2", elide=True), 1)
        stack.addWidget(line_holder)
        stack.addWidget(field.fault_line)
        return cell


class _Part(QWidget):
    """Cells down the first column, then down the second."""

    def __init__(self, cells: list[QWidget]):
        super().__init__()
        self._cells = cells
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(Space.M)
        self._grid.setVerticalSpacing(Space.S)
        self._grid.setColumnStretch(0, 1)
        self.set_columns(2)

    def set_columns(self, columns: int) -> None:
        """How many cells stand side by side."""
        if columns == self._columns:
            return
        self._columns = columns
        self._grid.setColumnStretch(1, columns - 1)
        rows = -(-len(self._cells) // columns)
        for number, cell in enumerate(self._cells):
            self._grid.removeWidget(cell)
            self._grid.addWidget(cell, number % rows, number // rows)


def _two_digits(number: int) -> str:
    """As numbers of documents are written: 02, 58."""
    return f"{number:02d}"
