"""The cumulative budget of the year up to the day before the books were opened."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app import formats, vietnamese
from app.models.budget import BudgetKind
from app.problems import Problem
from app.registers import opening
from app.registers.opening import Opening
from app.ui.screens.opening_parts import ValueField, checked, heading, hint, part_head
from app.ui.tokens import Size, Space, Type
from app.ui.widgets.labels import HLine, Label, column, row

_FIELD_WIDTH = 150
_SIDES = {BudgetKind.REVENUE: "Thu", BudgetKind.EXPENDITURE: "Chi"}


class OpeningBudget(QWidget):
    """A field for each leaf line, the sums of both sides changing while one types (`edited`)."""

    edited = Signal()

    def __init__(self, noted: Opening) -> None:
        super().__init__()
        self._stack = column(self, gap=Space.XS)
        self._title, self._detail = heading(""), hint("")
        self._stack.addWidget(part_head("wallet", self._title, self._detail))
        self._lines = QWidget()
        self._stack.addWidget(self._lines)
        self._stack.addStretch(1)
        self._fields: dict[str, ValueField] = {}
        self._sums: dict[BudgetKind, Label] = {}
        self._year = 0
        self.show_year(noted)

    def show_year(self, noted: Opening) -> None:
        """The lines of a year; what was typed for the same year stays."""
        until = opening.counted_until(noted.opened_on)
        year = noted.opened_on.year
        self._title.setText(f"Ngân sách lũy kế năm {year}")
        self._detail.setText(
            f"Từ 01/01 đến hết {formats.format_date(until)}. Đơn vị: đồng."
            if until
            else "Mở sổ ngày 01/01 thì không có lũy kế."
        )
        if year != self._year:
            self._year = year
            self._build(noted)
        self._lines.setEnabled(until is not None)
        for line in noted.lines:
            self._fields[line.key].show_stored(line.amount)
        self.add_up()

    def _build(self, noted: Opening) -> None:
        self._lines.hide()
        self._lines.deleteLater()
        self._lines = QWidget()
        stack = column(self._lines, (0, Space.S, 0, 0), 5)
        self._fields, self._sums = {}, {}
        for kind, name in _SIDES.items():
            if self._sums:
                stack.addWidget(HLine())
            for line in (line for line in noted.lines if line.kind == kind):
                field = ValueField(line.key, line.name, formats.parse_money, formats.format_money, _FIELD_WIDTH)
                field.edited.connect(self.add_up)
                field.edited.connect(self.edited)
                field.left.connect(self.add_up)
                self._fields[line.key] = field
                label = Label(line.name, elide=True)
                label.setBuddy(field)
                stack.addWidget(_line(label, field))
                stack.addWidget(field.fault_line)
            total = Label("", Type.BODY_STRONG)
            total.setContentsMargins(0, 0, Space.S + 1, 0)
            self._sums[kind] = total
            stack.addWidget(_line(Label(name, Type.BODY_STRONG), total))
        self._stack.insertWidget(1, self._lines)

    def add_up(self) -> None:
        """The sums of both sides."""
        for kind, total in self._sums.items():
            amounts = [field.read() or 0 for key, field in self._fields.items() if key.startswith(f"{kind}:")]
            words = formats.format_money(sum(amounts))
            total.setText(words)
            total.setAccessibleName(f"{_SIDES[kind]}: {words} đồng")
            total.setToolTip(f"{vietnamese.amount_in_words(sum(amounts))} đồng")

    def fields(self) -> list[ValueField]:
        """All fields in reading order."""
        return list(self._fields.values())

    def values(self) -> dict[str, int | None]:
        """Amounts by line; raises Problems."""
        return checked(self._fields)

    def show_fault(self, fault: Problem) -> None:
        """A fault that the register found, at its field."""
        field = self._fields.get(fault.field)
        if field is not None:
            field.tell(str(fault))


def _line(label: Label, value: QWidget) -> QWidget:
    line = QWidget()
    line.setMinimumHeight(Size.CONTROL)
    across = row(line, gap=Space.M)
    across.addWidget(label, 1)
    across.addWidget(value, 0, Qt.AlignmentFlag.AlignRight)
    return line
