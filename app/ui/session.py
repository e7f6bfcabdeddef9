"""What every screen is handed: the office's file, the day, who sits at the PC, how to read and how to save."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import Any, Concatenate, ParamSpec

from PySide6.QtCore import QObject, QTimer, Signal
from sqlalchemy import Connection

from app import places
from app.models.database import Actor, OfficeFile, Outcome, Work
from app.models.undoing import undo
from app.periods import Period, PeriodKind
from app.problems import Problem
from app.registers import office, saved_reports
from app.ui.operations import Operations

P = ParamSpec("P")
_LOOK_EVERY_MS = 2000
EVERYTHING = frozenset({"*"})


class Session(QObject):
    """One open office in one window.

    `changed` names the tables a Save touched (EVERYTHING when another program wrote); `saved` follows each Save with
    the words for the toast and its change group; `trouble` is a failure that belongs to no field; `person_changed` when
    another officer sits down; `period_changed` when another period is looked at; `day_changed` after midnight.
    `leaving` comes before the file is closed: the last moment to hand in a Save.
    """

    changed = Signal(frozenset)
    saved = Signal(str, object)
    trouble = Signal(object)
    person_changed = Signal()
    period_changed = Signal()
    day_changed = Signal()
    leaving = Signal()

    def __init__(self, file: OfficeFile, *, is_sample: bool):
        super().__init__()
        self.file = file
        self.is_sample = is_sample
        self.operations = Operations(self)
        self._actor = self._remembered_actor()
        self._period = self._first_period()
        self.changed.connect(self._renew_period)
        self._seen: int | None = None
        self._day = self.today
        self._watch = QTimer(self)
        self._watch.setInterval(_LOOK_EVERY_MS)
        self._watch.timeout.connect(self._look)
        self._watch.start()
        self._look()

    @property
    def today(self) -> date:
        """The day under which everything is looked at; the sample has its own."""
        return self.file.clock.today()

    @property
    def actor(self) -> Actor:
        """Who sits at the PC."""
        return self._actor

    def sit_down(self, actor: Actor) -> None:
        """Another officer sits down; remembered for this account of the PC."""
        self._actor = actor
        with suppress(Problem):  # settings that cannot be written: asked again at the next start
            remember_person(self.file.path, actor.person_id)
        self.person_changed.emit()

    @property
    def period(self) -> Period:
        """The period that lists and overview look at."""
        return self._period

    def look_at(self, period: Period) -> None:
        """Chooses another period for all screens."""
        self._period = period
        self.period_changed.emit()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """The window's read-only connection, for pages of lists and small facts."""
        with self.file.read() as connection:
            yield connection

    def save(
        self,
        words: str,
        command: Callable[Concatenate[Work, P], Any],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> "Saving":
        """Hands a command to the worker under the words of the journal. Chain `.then(...)` and `.otherwise(...)`.

        Unless told otherwise, a failure goes to `trouble`. After success `changed` and, with a toast, `saved` follow.
        """
        saving = Saving(self)
        actor = self._actor
        self.operations.submit(
            lambda: self.file.write(actor, words, command, *args, **kwargs), saving.succeed, saving.fail
        )
        return saving

    def undo(self, group_id: int) -> "Saving":
        """Puts back what a Save changed, and names it: it may lie some time back."""
        return self.save("Hoàn tác", undo, group_id).with_toast(_undone)

    def close(self) -> None:
        """Waits for the worker, then leaves one complete file."""
        self.leaving.emit()
        self._watch.stop()
        self.operations.close()
        self.file.close()

    def _look(self) -> None:
        """Notices what the command line or another window has written, and midnight."""
        if self.today != self._day:
            self._day = self.today
            self.day_changed.emit()
        self.operations.submit(self.file.others_version, self._compare, lambda _problem: None)

    def _compare(self, version: int) -> None:
        before, self._seen = self._seen, version
        if before is not None and before != version:
            self.changed.emit(EVERYTHING)

    def own_change(self, tables: frozenset[str]) -> None:
        """Called after an own Save: tells the tables it touched."""
        if tables:
            self.changed.emit(tables)

    def _remembered_actor(self) -> Actor:
        person_id = places.recall(_person_key(self.file.path))
        with self.file.read() as connection:
            people = office.people(connection, self.today)
        for person in people:
            if person.id == person_id:
                return Actor(person.name, person.id)
        return Actor(people[0].name, people[0].id) if people else Actor("Chưa chọn người")

    def _renew_period(self, tables: frozenset[str]) -> None:
        """A report that is made, taken back or given another cut-off changes the period that is looked at."""
        if not tables & {"report", "rule"} and tables != EVERYTHING:
            return
        with self.file.read() as connection:
            period = saved_reports.period_of(connection, self._period.kind, self._period.year)
        if period != self._period:
            self.look_at(period)

    def _first_period(self) -> Period:
        with self.file.read() as connection:
            return coming_period(connection, self.today)


def remember_person(path: Path, person_id: int | None) -> None:
    """Who sits at this PC under this account, for one office's file."""
    places.remember(_person_key(path), person_id)


def _person_key(path: Path) -> str:
    return f"person:{path}"


class Saving:
    """What follows a Save: the screen's own answer, and the toast."""

    def __init__(self, session: Session):
        self._session = session
        self._then: Callable[[Any], None] | None = None
        self._otherwise: Callable[[Problem], None] | None = None
        self._toast: Callable[[Any], str] | None = None

    def then(self, answer: Callable[[Any], None]) -> "Saving":
        """Called with the command's value."""
        self._then = answer
        return self

    def otherwise(self, answer: Callable[[Problem], None]) -> "Saving":
        """Called with the Problem, instead of `trouble`."""
        self._otherwise = answer
        return self

    def with_toast(self, words: str | Callable[[Any], str]) -> "Saving":
        """Tells the words in a toast with "Hoàn tác"; they may be made from the command's value."""
        self._toast = words if callable(words) else lambda _: words
        return self

    def succeed(self, outcome: Outcome[Any]) -> None:
        """Called by the worker's hand-back."""
        self._session.own_change(outcome.changed)
        if self._then is not None:
            self._then(outcome.value)
        if self._toast is not None:
            self._session.saved.emit(self._toast(outcome.value), outcome.group_id)

    def fail(self, problem: Problem) -> None:
        """Called by the worker's hand-back."""
        if self._otherwise is not None:
            self._otherwise(problem)
        else:
            self._session.trouble.emit(problem)


def _undone(words: str) -> str:
    """ "Đã hoàn tác · Tiếp nhận hồ sơ"; what was undone and is undone again is done once more."""
    plain = words.replace("Hoàn tác: ", "")
    again = (len(words) - len(plain)) // len("Hoàn tác: ") % 2
    return f"{'Đã làm lại' if again else 'Đã hoàn tác'} · {plain}"


_COMING = (PeriodKind.Q1, PeriodKind.H1, PeriodKind.NINE, PeriodKind.Y)
_LATE_DAYS = 31  # after that a draft has been given up


def coming_period(connection: Connection, today: date) -> Period:
    """The period whose report is due next: a draft that is late, else the first whose day is not past."""
    late = [
        report.period
        for report in saved_reports.every(connection)
        if report.is_draft and 0 < (today - report.period.due_on).days <= _LATE_DAYS
    ]
    if late:
        return min(late, key=lambda period: period.due_on)
    for year in (today.year, today.year + 1):
        for kind in _COMING:
            period = saved_reports.period_of(connection, kind, year)
            if period.due_on >= today:
                return period
    raise AssertionError("a due day lies within two years")
