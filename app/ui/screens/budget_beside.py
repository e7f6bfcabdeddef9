"""The panel beside Ngân sách: a line being entered, the decisions of the chosen line, a decision being entered."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.registers import budget_year
from app.registers.budget_lines import LineProgress
from app.ui.drafting import Drafting, Unfinished
from app.ui.entry_panel import Entry, EntryPanel
from app.ui.screens import budget_panel
from app.ui.screens.budget_look import BudgetLook
from app.ui.session import Session
from app.ui.shell import Shell


class Beside(QObject):
    """`opened(bool)` asks the page to show or close the panel, `left` comes when the keyboard is done there,
    `line_saved` names a line that was written, `failed` brings a Problem that belongs to no field. `chosen` tells which
    line is chosen.
    """

    opened = Signal(bool)
    left = Signal()
    line_saved = Signal(int)
    failed = Signal(object)

    def __init__(
        self,
        session: Session,
        shell: Shell,
        look: BudgetLook,
        chosen: Callable[[], LineProgress | None],
        parent: QObject,
    ):
        super().__init__(parent)
        self._session, self._shell, self._look, self._chosen = session, shell, look, chosen
        self._allocations = False
        self.panel = EntryPanel(session, Drafting(session, (), self))
        self.panel.saved.connect(self._saved)
        self.panel.removed.connect(self._done)
        self.panel.leave_asked.connect(self.leave)
        self.panel.failed.connect(lambda problem, _again: self.failed.emit(problem))

    def new_line(self) -> None:
        """A new line of this side of the year; below the chosen one where that has lines below it."""
        line = self._chosen()
        self._enter_line(None, line.id if line is not None and not line.is_leaf else None)

    def edit_line(self) -> None:
        """Correct the chosen line."""
        line = self._chosen()
        if line is not None:
            self._enter_line(line.id, None)

    def _enter_line(self, line: int | None, above: int | None) -> None:
        look = self._look
        with self._session.read() as connection:
            entry = budget_panel.line_entry(connection, self._session.today, look.side, look.year, line, above)
        self._allocations = False
        self._enter(entry)

    def open_allocations(self) -> None:
        """The decisions that gave the chosen line its money."""
        line = self._chosen()
        if line is None:
            return
        with self._session.read() as connection:
            given = budget_year.allocations_of(connection, line.id) if line.is_leaf else []
        self._allocations = True
        self.panel.show_opened(budget_panel.allocations(line, given, self.enter_allocation))
        self.opened.emit(True)

    def enter_allocation(self, values: Mapping[str, Any] | None) -> None:
        """The form of a decision, or of a new one (None)."""
        line = self._chosen()
        if line is not None and line.is_leaf:
            self._allocations = True
            self._enter(budget_panel.allocation_entry(self._session.today, line, values))

    def _enter(self, entry: Entry, unfinished: Unfinished | None = None) -> None:
        self.panel.enter(entry, unfinished)
        self.opened.emit(True)

    def _saved(self, _entry: Entry, row_id: int) -> None:
        if not self._allocations:
            self.line_saved.emit(row_id)
        self._done()

    def _done(self) -> None:
        """The form has ended: the list of decisions stands again, else the panel closes."""
        if self._allocations:
            self.open_allocations()
        else:
            self.close()
        self.left.emit()

    def leave(self) -> None:
        """Esc and ×: from a decision's form back to the list of decisions, else the panel closes."""
        if self.panel.is_saving():
            return
        if self._put_form_aside() and self._allocations:
            self.open_allocations()
        else:
            self.close()
        self.left.emit()

    def _put_form_aside(self) -> bool:
        """Leave the form, if there is one; what was typed into it can be opened again as long as the toast stands."""
        entry, form = self.panel.entry, self.panel.form
        if entry is None or form is None:
            return False
        if form.is_changed():
            unfinished = Unfinished("", entry.row_id, form.typed())
            self._shell.toast("Đã cất bản đang gõ", "Mở lại", lambda: self._enter(entry, unfinished))
        self.panel.put_aside()
        return True

    def close(self) -> None:
        """Close the panel, whatever it shows."""
        self._put_form_aside()
        self._allocations = False
        self.opened.emit(False)

    def follow(self) -> None:
        """The decisions shown are those of the chosen line; a form that is being filled stays."""
        if self._allocations and self.panel.entry is None and not self.panel.is_saving():
            self.open_allocations()
