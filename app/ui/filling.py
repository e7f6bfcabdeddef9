"""What happens after the first paint: the file is opened and the screens are hung into the shell."""

import logging
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from app import formats, places
from app.clock import Clock
from app.models import backup
from app.models.database import OfficeFile
from app.problems import Problem
from app.registers import office
from app.ui import single_window
from app.ui.badges import show_badges
from app.ui.page import Page
from app.ui.rooms import rooms
from app.ui.session import Session
from app.ui.shell import Shell
from app.ui.single_window import Holding
from app.ui.tokens import Tone
from app.ui.widgets.messages import Banner
from app.ui.widgets.states import EmptyState

if TYPE_CHECKING:
    from app.ui.person_popover import PersonChoice

_log = logging.getLogger(__name__)
_A_MINUTE_MS = 60_000
_SEEN_MS = 200


def _undo(session: Session, group_id: int) -> None:
    session.undo(group_id)


class Filling:
    """Holds the session of the open file as long as the window lives."""

    def __init__(self, shell: Shell, clock: Clock, *, may_set_up: bool, holding: Holding | None = None):
        self.shell = shell
        self.session: Session | None = None
        self._clock = clock
        self._holding = holding
        self._may_set_up = may_set_up
        self._who: PersonChoice | None = None
        # The shell keeps this object alive: everything that answers to the window hangs here.
        shell.setProperty("filling", self)
        shell.closing.connect(self.close)

    def open(self, path: Path) -> None:
        """Opens the file; a missing one leads to the first start, a spoilt one to a sentence."""
        if not path.exists() and self._may_set_up:
            self._first_start(path)
            return
        try:
            self._hold(path)
            file = OfficeFile.open(path, self._clock)
        except Problem as problem:
            self._tell(problem)
            return
        with file.read() as connection:
            day = office.sample_day(connection)
        if day is not None:
            file.clock = self._clock.at(day)
        self._show(Session(file, is_sample=day is not None))

    def close(self) -> None:
        """The window closes: the worker ends its work, one complete file is left."""
        if self.session is not None:
            self.session.close()
            self.session = None
        if self._holding is not None:
            self._holding.let_go()
            self._holding = None

    def _hold(self, path: Path) -> None:
        """Makes this the one window of the file; raises Problem when another has it."""
        if self._holding is None or self._holding.path != path:
            if self._holding is not None:
                self._holding.let_go()
            self._holding = single_window.take(path)
        QTimer.singleShot(_SEEN_MS, self.shell, self._listen)

    def _listen(self) -> None:
        """A second start waits for this longer than the window takes to fill."""
        if self._holding is not None:
            self._holding.listen(self.shell)

    def _first_start(self, path: Path) -> None:
        from app.ui.screens.first_start import FirstStartPage

        page = FirstStartPage(path, self._clock, self.open, self._first_steps)
        self.shell.closing.connect(page.finish)
        self.shell.open_over(page)

    def _first_steps(self, path: Path) -> None:
        """A new office, and over it the page of its opening balances."""
        from app.ui.screens.opening_balance import OpeningBalancePage

        self.open(path)
        if self.session is not None:
            self.shell.open_over(OpeningBalancePage(self.session, self.shell, first=True))

    def _tell(self, problem: Problem) -> None:
        page = Page("Sổ CCHC")
        page.set_content(EmptyState("circle-alert", problem.sentence, problem.next_step))
        self.shell.open_over(page)

    def _show(self, session: Session) -> None:
        self.session = session
        for key, factory in rooms(session, self.shell).items():
            self.shell.add_page(key, factory)
        self.shell.officer_asked.connect(self._ask_who)
        session.trouble.connect(self._trouble)
        session.saved.connect(self._saved)
        session.changed.connect(self._refresh)
        session.person_changed.connect(self._refresh_person)
        session.period_changed.connect(self._refresh_period)
        self._tell_office()
        self._refresh_period()
        self._refresh_person()
        self.shell.close_over()
        self.shell.go("overview")
        if session.is_sample:
            day = formats.format_prose_date(session.today)
            words = f"Đang xem xã mẫu, ngày {day}, không phải số liệu thật."
            banner = Banner(words, Tone.BLUE, "Thoát" if self._may_set_up else "")
            banner.acted.connect(self._leave_sample)
            self.shell.show_banner(banner)
        QTimer.singleShot(_SEEN_MS, self.shell, self._go_on)

    def _go_on(self) -> None:
        """What can wait until the first screen has been filled: counts in the navigation, the daily copy."""
        if self.session is not None:
            show_badges(self.session, self.shell.navigation)
            self._back_up()

    def _ask_who(self) -> None:
        from app.ui.person_popover import PersonChoice

        assert self.session is not None
        if self._who is None:
            self._who = PersonChoice(self.session, self.shell)
        self._who.ask()

    def _leave_sample(self) -> None:
        """From the sample to the office's own file: in a window of its own, then this one closes."""
        shell = Shell()
        shell.resize(self.shell.size())
        shell.show()
        Filling(shell, self._clock, may_set_up=True).open(places.office_file(places.office_folder()))
        QApplication.instance().setProperty("shell", shell)  # type: ignore[union-attr]
        self.shell.close()

    def _saved(self, words: str, group_id: int | None) -> None:
        session = self.session
        assert session is not None
        if group_id is None:
            self.shell.toast(words)
        else:
            self.shell.toast(words, "Hoàn tác", lambda: _undo(session, group_id), lasts=True)

    def _trouble(self, problem: Problem) -> None:
        self.shell.show_banner(Banner(str(problem), Tone.RED))

    def _tell_office(self) -> None:
        session = self.session
        assert session is not None
        with session.read() as connection:
            versions = office.office_versions(connection)
        if versions:
            current = next((v for v in versions if v["valid_from"] <= session.today), versions[-1])
            self.shell.navigation.set_office(f"UBND {current['kind']} {current['name']}")

    def _refresh(self, tables: frozenset[str]) -> None:
        session = self.session
        assert session is not None
        self._tell_office()
        if tables - {"draft"}:
            now = formats.format_time(session.file.clock.now())
            self.shell.status.set_saved(f"Đã lưu {now}")
        show_badges(session, self.shell.navigation)
        self._refresh_period()

    def _refresh_person(self) -> None:
        session = self.session
        assert session is not None
        with session.read() as connection:
            people = {person.id: person.section for person in office.people(connection, session.today)}
        self.shell.navigation.officer.set_person(session.actor.name, people.get(session.actor.person_id or 0, ""))

    def _refresh_period(self) -> None:
        session = self.session
        assert session is not None
        period = session.period
        start, end = formats.format_date(period.start), formats.format_prose_date(period.end)
        words = period.words[0].upper() + period.words[1:]
        self.shell.status.set_period(f"Kỳ: {period.words} ({start} – {end})", words)
        today = session.today
        weekday = formats.format_weekday(today)
        self.shell.status.set_day(f"{weekday}, {formats.format_prose_date(today)}", formats.format_prose_date(today))

    def _back_up(self) -> None:
        """The daily copy, on the worker; asked again each minute so that a window left open past midnight makes one."""
        session = self.session
        assert session is not None
        path, now = session.file.path, session.file.clock.now

        def job() -> Path | None:
            return backup.daily_copy(path, places.copies_folder(path), now().date())

        def done(_: Path | None) -> None:
            copies = backup.copies(places.copies_folder(path))
            if copies:
                self.shell.status.set_backup(f"Sao lưu {formats.format_prose_date(max(copies))}")

        session.operations.submit(job, done, self._trouble)
        QTimer.singleShot(_A_MINUTE_MS, self.shell, self._back_up_again)

    def _back_up_again(self) -> None:
        if self.session is not None:
            show_badges(self.session, self.shell.navigation)
            self._refresh_period()
            self._back_up()
