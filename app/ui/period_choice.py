"""The button that chooses the period lists look at: "Kỳ: 6 tháng đầu 2023"."""

from app.periods import PeriodKind, code_of, parse_period, short_of
from app.registers import saved_reports
from app.ui.matching import Choice
from app.ui.session import Session
from app.ui.widgets.buttons import Button
from app.ui.widgets.combo import ChoiceList

_KINDS = (PeriodKind.H1, PeriodKind.Y, PeriodKind.Q1, PeriodKind.Q2, PeriodKind.Q3, PeriodKind.Q4, PeriodKind.NINE)


class PeriodChoice(Button):
    """Shows the session's period and offers those of this year and the last; choosing one holds for all screens."""

    def __init__(self, session: Session):
        super().__init__(menu=True)
        self._session = session
        self._list = ChoiceList()
        self._list.picked.connect(self._pick)
        self.clicked.connect(self._open)
        session.period_changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        self.setText(f"Kỳ: {self._session.period.short}")

    def _open(self) -> None:
        year = self._session.today.year
        choices = [Choice(code_of(kind, y), short_of(kind, y)) for y in (year, year - 1) for kind in _KINDS]
        self._list.open_with(self, choices, self._session.period.code)

    def _pick(self, code: str) -> None:
        kind, year = parse_period(code)
        with self._session.read() as connection:
            self._session.look_at(saved_reports.period_of(connection, kind, year))
