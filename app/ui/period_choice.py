"""The button that chooses the period lists look at: "Kỳ: 6 tháng đầu 2023"."""

from collections.abc import Sequence

from PySide6.QtCore import Signal

from app.periods import Period, PeriodKind, code_of, parse_period, short_of
from app.registers import saved_reports
from app.ui.matching import Choice
from app.ui.session import Session
from app.ui.widgets.choice_button import ChoiceButton

_KINDS = (PeriodKind.H1, PeriodKind.Y, PeriodKind.Q1, PeriodKind.Q2, PeriodKind.Q3, PeriodKind.Q4, PeriodKind.NINE)
_EVERY_DAY = "*"


class PeriodChoice(ChoiceButton):
    """Shows the session's period and offers those of this year and the last; choosing one holds for all screens.

    With `every_day` a page may also look at all days ("Mọi ngày"), for itself alone; `chosen` comes after each choice.
    """

    chosen = Signal()

    def __init__(self, session: Session, *, every_day: bool = False):
        super().__init__("", self._offered)
        self._session = session
        self._may_be_every_day = every_day
        self._every_day = False
        self._short = False
        self.picked.connect(self._pick)
        session.period_changed.connect(self._look_again)
        self._show()

    @property
    def period(self) -> Period | None:
        """The period looked at; None for every day."""
        return None if self._every_day else self._session.period

    def look_at_every_day(self) -> None:
        """Chooses "Mọi ngày"."""
        self.set_every_day(True)
        self.chosen.emit()

    def set_every_day(self, every_day: bool) -> None:
        """Shows "Mọi ngày" or the period, without telling."""
        self._every_day = every_day
        self._show()

    def set_short(self, short: bool) -> None:
        """Only "Kỳ" where there is little room; the status bar names the period."""
        self._short = short
        self._show()

    def _look_again(self) -> None:
        self._every_day = False
        self._show()

    def _show(self) -> None:
        words = "Mọi ngày" if self._every_day else f"Kỳ: {self._session.period.short}"
        self.set_chosen(_EVERY_DAY if self._every_day else self._session.period.code)
        self.set_text("Kỳ" if self._short and not self._every_day else words)
        self.setAccessibleName(words)
        self.setToolTip(words if self._short else "")

    def _offered(self) -> Sequence[Choice]:
        year = self._session.today.year
        periods = [Choice(code_of(kind, y), short_of(kind, y)) for y in (year, year - 1) for kind in _KINDS]
        return [*periods, Choice(_EVERY_DAY, "Mọi ngày")] if self._may_be_every_day else periods

    def _pick(self, key: str) -> None:
        if key == _EVERY_DAY:
            self.look_at_every_day()
            return
        kind, year = parse_period(key)
        with self._session.read() as connection:
            period = saved_reports.period_of(connection, kind, year)
        self._session.look_at(period)
        self.chosen.emit()
