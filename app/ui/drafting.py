"""Half-typed forms are never lost: kept on disk while they are typed, offered again until saved or thrown away.

A draft belongs to whoever sits at the PC when it is kept. It goes in the same transaction that saves its form.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from PySide6.QtCore import QObject, QTimer, Signal, SignalInstance

from app.models.database import Work
from app.registers import drafts
from app.ui.session import EVERYTHING, Session
from app.ui.widgets.composing import commit_composed

KEEP_AFTER_MS = 1000
TABLE = "draft"

SaveRow = Callable[[Work, int | None, Mapping[str, Any]], Any]
RemoveRow = Callable[[Work, int], str]


class Typing(Protocol):
    """What can be kept: a form, or a row that is always open."""

    @property
    def changed(self) -> SignalInstance:
        """Comes when a person has typed."""
        ...

    def typed(self) -> Mapping[str, str]:
        """What stands there as text."""
        ...


@dataclass
class Unfinished:
    """What was typed into the form of a register, and the draft it is kept in (known once the worker has written it).

    `row_id` is the row that was being corrected, None for a new one.
    """

    register: str
    row_id: int | None
    typed: Mapping[str, str]
    id: int | None = None


class Drafting(QObject):
    """The drafts of one page: of the form now being typed, and of those that wait.

    `changed` comes when the number of those that wait may have changed; `failed` with the Problem of one that could not
    be written: the text stands in its form, and `keep` tries again.
    """

    changed = Signal()
    failed = Signal(object)

    def __init__(self, session: Session, registers: Sequence[str], parent: QObject):
        super().__init__(parent)
        self._session = session
        self._registers = registers
        self._form: Typing | None = None
        self._heard: Typing | None = None
        self._current: Unfinished | None = None
        self._clean: Mapping[str, str] = {}
        self._saving = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(KEEP_AFTER_MS)
        self._timer.timeout.connect(self.keep)
        session.leaving.connect(self.keep)
        session.person_changed.connect(self.changed)
        session.changed.connect(self._look)

    def watch(self, form: Typing, unfinished: Unfinished, *, clean: Mapping[str, str]) -> None:
        """From now on this form is kept as it is typed; `clean` is what it showed before anybody typed."""
        self._form, self._current, self._clean = form, unfinished, clean
        self._saving = False
        self._timer.stop()
        if form is not self._heard:
            form.changed.connect(self._typed)
            self._heard = form
        self.changed.emit()

    def keep(self) -> bool:
        """Writes what is typed now, and says whether there is anything. A word still being composed stays composed."""
        self._timer.stop()
        form, current = self._form, self._current
        if form is None or current is None or self._saving:
            return False
        typed = form.typed()
        if typed == self._clean:
            if current.typed != self._clean:
                self.drop(current)
                current.typed = self._clean
            return False
        if typed != current.typed or current.id is None:
            current.typed = typed
            self._session.save("Cất bản đang gõ", _keep, current).otherwise(self.failed.emit)
        return True

    def put_aside(self) -> Unfinished | None:
        """The form is left: what was typed, or None when nothing was."""
        commit_composed()
        current = self._current if self.keep() else None
        self._forget()
        return current

    def throw_away(self) -> Unfinished | None:
        """The form is left and its draft dropped; gives it back for those who think better of it."""
        current, form = self._current, self._form
        if current is not None and form is not None:
            current.typed = form.typed()
            self.drop(current)
        self._forget()
        return current

    def drop(self, unfinished: Unfinished) -> None:
        """Gives up what was put aside."""
        self._session.save("Bỏ bản đang gõ", _drop, unfinished).otherwise(self.failed.emit)

    def keep_again(self, unfinished: Unfinished) -> None:
        """Brings a dropped draft back."""
        self._session.save("Cất bản đang gõ", _keep, unfinished).otherwise(self.failed.emit)

    def saving(self, save: SaveRow) -> SaveRow:
        """The command that saves the form and drops its draft with it. `saved` or `not_saved` must follow."""
        self._timer.stop()
        self._saving = True
        current = self._current

        def command(work: Work, row_id: int | None, values: Mapping[str, Any]) -> Any:
            saved = save(work, row_id, values)
            if current is not None and current.id is not None:
                drafts.drop(work, current.id)
            return saved

        return command

    def removing(self, remove: RemoveRow) -> RemoveRow:
        """The command that takes the form's row away, and every draft of it. `saved` or `not_saved` must follow."""
        self._timer.stop()
        self._saving = True

        def command(work: Work, row_id: int) -> str:
            name = remove(work, row_id)
            drafts.drop_of_row(work, self._registers, row_id)
            return name

        return command

    def saved(self) -> None:
        """What was typed is in the register, or its row is taken away; its draft is gone."""
        self._forget()

    def not_saved(self) -> None:
        """The form stands as it was and is kept further."""
        self._saving = False
        self._timer.start()

    def waiting(self) -> list[Unfinished]:
        """The drafts of who sits here, the newest first, without the one being typed."""
        open_id = self._current.id if self._current is not None else None
        person = self._session.actor.person_id
        with self._session.read() as connection:
            kept = [
                (register, draft)
                for register in self._registers
                for draft in drafts.of_person(connection, register, person)
            ]
        kept.sort(key=lambda pair: pair[1].at, reverse=True)
        return [
            Unfinished(register, draft.row_id, draft.typed, draft.id) for register, draft in kept if draft.id != open_id
        ]

    def _typed(self) -> None:
        self._timer.start()

    def _forget(self) -> None:
        self._timer.stop()
        self._form = self._current = None
        self._saving = False
        self.changed.emit()

    def _look(self, tables: frozenset[str]) -> None:
        if TABLE in tables or tables == EVERYTHING:
            self.changed.emit()


def _keep(work: Work, unfinished: Unfinished) -> None:
    # On the worker, one command after another: the next one finds the draft that this one made.
    unfinished.id = drafts.keep(work, unfinished.id, unfinished.register, unfinished.row_id, unfinished.typed)


def _drop(work: Work, unfinished: Unfinished) -> None:
    if unfinished.id is not None:
        drafts.drop(work, unfinished.id)
        unfinished.id = None
