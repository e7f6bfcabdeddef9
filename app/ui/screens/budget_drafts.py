"""The open row of the entries is never lost: kept while it is typed, offered again until it is written."""

from PySide6.QtCore import QObject, Signal

from app.registers.budget import ENTRIES, save_entry
from app.ui.drafting import Drafting, SaveRow, Unfinished
from app.ui.screens.budget_entry_row import EntryRow
from app.ui.session import Session
from app.ui.shell import Shell


class RowDrafts(QObject):
    """`reopen_asked` brings what is to be typed on; `changed` when the number of those that wait may have changed."""

    reopen_asked = Signal(object)
    changed = Signal()
    failed = Signal(object)

    def __init__(self, session: Session, shell: Shell, row: EntryRow, parent: QObject):
        super().__init__(parent)
        self._shell, self._row = shell, row
        self._drafting = Drafting(session, (ENTRIES.key,), self)
        self._drafting.changed.connect(self.changed)
        self._drafting.failed.connect(self.failed)
        self._current = Unfinished(ENTRIES.key, None, {})

    def begin(self, unfinished: Unfinished | None = None) -> None:
        """From now on the row is kept, as a new draft or as one that is typed on."""
        self._current = unfinished or Unfinished(ENTRIES.key, None, self._row.offered)
        self._drafting.watch(self._row, self._current, clean=self._row.offered)

    def put_aside(self) -> None:
        """The row is left: what was typed into it is kept, and said so."""
        unfinished = self._drafting.put_aside() if self._row.is_touched() else None
        if unfinished is not None:
            self._shell.toast("Đã cất dòng đang gõ", "Mở lại", lambda: self.reopen_asked.emit(unfinished))

    def drop(self, unfinished: Unfinished) -> None:
        """The line of a row that was put aside is gone: the row is given up, until one thinks better of it."""
        self._drafting.drop(unfinished)
        told = "Khoản của dòng đang gõ không còn trong sổ, đã bỏ dòng đó"
        self._shell.toast(told, "Hoàn tác", lambda: self._drafting.keep_again(unfinished))

    def saving(self) -> tuple[SaveRow, Unfinished]:
        """The command that writes the row and drops its draft, and that draft, should the command say no."""
        return self._drafting.saving(save_entry), self._current

    def waiting(self) -> list[Unfinished]:
        """Rows that were put aside, the newest first."""
        return self._drafting.waiting()
