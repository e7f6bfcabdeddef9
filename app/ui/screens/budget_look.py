"""What Ngân sách looks at: a year, one of its sides, the day up to which it is counted; and how these are chosen."""

from datetime import date

from PySide6.QtCore import QObject, Signal

from app import formats
from app.problems import Problem
from app.registers import budget_lines, budget_year
from app.ui.matching import Choice
from app.ui.screens.budget_tree import REVENUE, SIDES, Side
from app.ui.session import Session
from app.ui.widgets.choice_button import ChoiceButton
from app.ui.widgets.choices import Segmented
from app.ui.widgets.fields import DateField

_NEXT_YEAR = "next"
_YEARS_WIDTH = 300
_DAY_WIDTH = 128


class BudgetLook(QObject):
    """`leaving` comes before another year or side is shown, `changed` after it, `counted` when only the day changed."""

    leaving = Signal()
    changed = Signal()
    counted = Signal()

    def __init__(self, session: Session, parent: QObject):
        super().__init__(parent)
        self._session = session
        self.side: Side = REVENUE
        self.year = session.today.year
        self.until = session.today
        self._to_last_day = True
        self.years = ChoiceButton("", self.years_offered, width=_YEARS_WIDTH)
        self.years.picked.connect(self.pick_year)
        self.segments = Segmented([Choice(side.key, side.label) for side in SIDES.values()], stretch=False)
        self.segments.chosen.connect(self._pick_side)
        self.day = DateField(self._read_day, formats.format_date, today=lambda: session.today)
        self.day.setFixedWidth(_DAY_WIDTH)
        self.day.setAccessibleName("Lũy kế từ 01/01 đến")
        self.day.edited.connect(self._day_typed)
        self.day.left.connect(self._pick_day)
        self.day.returnPressed.connect(self._pick_day)
        session.day_changed.connect(self._go_on)
        self._show()

    def last_day(self) -> date:
        """Up to which day something can have been done in the year looked at."""
        return min(self._session.today, date(self.year, 12, 31))

    def look_at(self, year: int, side: Side) -> None:
        """Show another year or side."""
        if (year, side) == (self.year, self.side):
            return
        self.leaving.emit()
        if year != self.year:
            self.year = year
            self.until, self._to_last_day = self.last_day(), True
        self.side = side
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        self.years.set_text(f"Năm {self.year}")
        self.years.set_chosen(str(self.year))
        self.segments.set_raw(self.side.key)
        self.day.set_value(self.until)

    # the year

    def years_offered(self) -> list[Choice]:
        """The years with lines and this one; the next one, until it has been opened."""
        with self._session.read() as connection:
            years = budget_lines.years(connection)
        this_year = self._session.today.year
        offered = [Choice(str(year), f"Năm {year}") for year in sorted({this_year, *years}, reverse=True)]
        if years and years[0] == this_year:
            offered.insert(0, Choice(_NEXT_YEAR, f"Mở năm {this_year + 1}", hint=f"chép khoản năm {this_year}"))
        return offered

    def pick_year(self, key: str) -> None:
        """Show or open the year of a choice."""
        if key == _NEXT_YEAR:
            self.open_year(self._session.today.year, self._session.today.year + 1)
        else:
            self.look_at(int(key), self.side)

    def open_year(self, from_year: int, to_year: int) -> None:
        """Begin a year with the lines of another one."""
        saving = self._session.save(f"Mở năm ngân sách {to_year}", budget_year.copy_lines, from_year, to_year)
        saving.then(lambda _count: self.look_at(to_year, self.side))
        saving.with_toast(lambda count: f"Đã mở năm {to_year} với {formats.format_integer(count)} khoản")

    def add_usual_lines(self) -> None:
        """Begin a year with the lines that most communes have."""
        saving = self._session.save("Lập các khoản thường dùng", budget_lines.add_standard_lines, self.year)
        saving.with_toast(lambda ids: f"Đã lập {formats.format_integer(len(ids))} khoản thường dùng")

    # side and day

    def _pick_side(self, key: str) -> None:
        self.look_at(self.year, SIDES[key])
        self.segments.setFocus()

    def _read_day(self, text: str) -> date | None:
        if not text.strip():
            return None
        day = formats.parse_date(text, self.last_day())
        if day.year != self.year:
            raise Problem(f"Ngày này không thuộc năm {self.year}")
        return day

    def _day_typed(self) -> None:
        """A day from the calendar, or one day more or less, counts at once; a typed one when the field is left."""
        day = self.day.read()
        if day is not None and formats.format_date(day) == self.day.raw():
            self._pick_day()

    def _pick_day(self) -> None:
        day = self.day.read() or self.until
        self.day.set_value(day)
        if day != self.until:
            self.until, self._to_last_day = day, day == self.last_day()
            self.counted.emit()

    def _go_on(self) -> None:
        """Midnight: what was counted up to today goes on with the day."""
        if self._to_last_day and self.until != self.last_day():
            self.until = self.last_day()
            self._show()
            self.counted.emit()
