"""Tổng quan: what waits today, what is due first, what the coming report lacks, how far budget and period are."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from app.problems import Problem
from app.reports.overview import Overview, overview
from app.ui.operations import Operations
from app.ui.page import Page
from app.ui.screens.overview_cards import BudgetCard, DueCard, PeriodCard, ReportCard
from app.ui.screens.overview_doors import Doors
from app.ui.screens.overview_stats import StatStrip, stats_of
from app.ui.session import Session, coming_period
from app.ui.shell import Shell
from app.ui.tokens import Space, Tone
from app.ui.widgets.buttons import Button, Kind
from app.ui.widgets.labels import filled
from app.ui.widgets.messages import Banner
from app.ui.widgets.scrolling import UprightScroll

_LOW_BELOW = 750
_RIGHT, _RIGHT_NARROW = 367, 312
_BOTTOM = 181


class OverviewPage(Page):
    """Read on a thread of its own, so that window and saves are not held up by the counts of a large file."""

    def __init__(self, session: Session, shell: Shell):
        super().__init__("Tổng quan")
        self._session, self._shell = session, shell
        self._doors = Doors(session, shell)
        self._stale, self._reading = True, False
        self._reader = Operations(self)
        self._shown: Overview | None = None
        self._new = Button("Tiếp nhận hồ sơ", Kind.PRIMARY, icon="plus", keys="Ctrl+N")
        self._new.clicked.connect(self._doors.new_dossier)
        self.header.add(self._new)
        self.stats, self.due, self.report = StatStrip(), DueCard(), ReportCard()
        self.budget, self.period = BudgetCard(), PeriodCard()
        self._inside = QWidget()
        filled(self._inside, "bg")
        self._grid = QGridLayout(self._inside)
        self._grid.addWidget(self.stats, 0, 0, 1, 2)
        self._grid.addWidget(self.due, 1, 0)
        self._grid.addWidget(self.report, 1, 1)
        self._grid.addWidget(self.budget, 2, 0)
        self._grid.addWidget(self.period, 2, 1)
        self._grid.setRowStretch(1, 1)
        self._grid.setColumnStretch(0, 1)
        scroll = UprightScroll()
        filled(scroll, "bg")  # below the scroll bar too
        scroll.setWidget(self._inside)
        self._inside.hide()  # until there is something to show: empty cards would only flash
        self.set_content(scroll)
        self._connect()
        self._arrange()

    def _connect(self) -> None:
        self.stats.chosen.connect(self._doors.open_stat)
        self.due.opened.connect(self._doors.open_item)
        self.due.all_asked.connect(self.open_due)
        self.due.step_asked.connect(self._doors.mend)
        self.report.mend_asked.connect(self._doors.mend)
        self.report.open_asked.connect(self._doors.open_coming_report)
        self.budget.opened.connect(self._doors.open_budget)
        self.period.fields_asked.connect(self.open_fields)
        self.shown.connect(self._came_into_sight)
        self._session.changed.connect(lambda _tables: self._out_of_date())
        self._session.period_changed.connect(self._out_of_date)
        self._session.day_changed.connect(self._out_of_date)
        self._session.leaving.connect(self._reader.close)

    # reading

    def _came_into_sight(self) -> None:
        if self._stale:
            self.refresh()

    def _out_of_date(self) -> None:
        self._stale = True
        if self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Read everything anew; while a reading is on its way, once more after it."""
        if self._reading:
            self._stale = True
            return
        self._stale, self._reading = False, True
        session, today, period = self._session, self._session.today, self._session.period

        def job() -> Overview:
            with session.file.read() as connection:
                return overview(connection, today, period, coming_period(connection, today))

        self._reader.submit(job, self._show, self._fail)

    def is_up_to_date(self) -> bool:
        """Whether everything that was asked for has been read."""
        return not self._stale and not self._reading

    def _show(self, shown: Overview) -> None:
        self._reading = False
        self._shown = shown
        self._inside.show()
        self.show_banner(None)
        self.stats.show_stats(stats_of(shown))
        self.due.show_due(shown)
        self.report.show_report(shown)
        self.budget.show_budget(shown)
        self.period.show_period(shown.period)
        self._came_into_sight()

    def _fail(self, problem: Problem) -> None:
        self._reading = False
        self.show_banner(Banner(str(problem), Tone.RED))

    # doors

    def open_due(self) -> None:
        """Everything that is late or due soon, in a list of its own."""
        from app.ui.screens.overview_lists import DueListPage

        if self._shown is not None:
            self._shell.open_over(DueListPage(self._shown, self._doors.open_item, self._shell.close_over))

    def open_fields(self) -> None:
        """The counts of the period by field."""
        from app.ui.screens.overview_lists import FieldsPage

        if self._shown is not None:
            self._shell.open_over(FieldsPage(self._shown.period, self._doors.open_field, self._shell.close_over))

    # size

    def _arrange(self) -> None:
        low = self.window().height() < _LOW_BELOW
        gap = Space.M if low else Space.L
        side = self.padding()
        self._grid.setContentsMargins(side, gap, side, gap)
        self._grid.setSpacing(gap)
        right = _RIGHT_NARROW if self.is_compact() else _RIGHT
        self.report.setFixedWidth(right)
        self.period.setFixedSize(right, _BOTTOM)
        self.budget.setFixedHeight(_BOTTOM)
        self.stats.set_low(low)
        self.due.set_low(low)

    def set_compact(self, compact: bool, low: bool) -> None:
        super().set_compact(compact, low)
        self._new.set_text("Tiếp nhận" if compact else "Tiếp nhận hồ sơ")
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
