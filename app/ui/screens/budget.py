"""Ngân sách: the tree of a year's lines above, the entries of the chosen line below, decisions and lines beside."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app import formats
from app.models.budget import BudgetKind
from app.problems import Problem
from app.registers import budget, budget_lines, budget_year, lists
from app.registers.budget_lines import LineProgress
from app.registers.kinds import Context
from app.ui.cells import FixedRows, Row
from app.ui.drafting import Unfinished
from app.ui.page import Page
from app.ui.paged_model import Column
from app.ui.remembered import Widths
from app.ui.screens import budget_tree
from app.ui.screens.budget_beside import Beside
from app.ui.screens.budget_counter import CounterPopover
from app.ui.screens.budget_drafts import RowDrafts
from app.ui.screens.budget_entries import EntriesPane, LineOpened
from app.ui.screens.budget_entry_row import LINE
from app.ui.screens.budget_look import BudgetLook
from app.ui.screens.budget_splitter import Splitter
from app.ui.screens.budget_tree import INVESTMENT, SIDES, TOTAL
from app.ui.session import EVERYTHING, Session
from app.ui.shell import Shell
from app.ui.table import TableView
from app.ui.tokens import Size, Tone, Type
from app.ui.widgets.buttons import Button, Kind
from app.ui.widgets.labels import Label
from app.ui.widgets.messages import Banner
from app.ui.widgets.states import EmptyState

_SIDE_WORDS = {
    "revenue": "khoản thu",
    "expenditure": "khoản chi",
    "investment": "khoản chi thuộc kế hoạch đầu tư công",
}
TABLES = frozenset({"budget_line", "budget_allocation", "budget_entry"})
_TREE_LEAST = Size.TABLE_HEAD + 2 * Size.ROW_DENSE


class BudgetPage(Page):
    """One year of the budget; the year, the side and the day up to which it is counted are chosen above."""

    def __init__(self, session: Session, shell: Shell):
        super().__init__("Ngân sách")
        self._session = session
        self._shell = shell
        self.look = BudgetLook(session, self)
        self.beside = Beside(session, shell, self.look, self._line, self)
        self._closed: set[object] = set()
        self._chosen: object = None
        self._lines: list[LineProgress] = []
        self._projects: dict[int, str] = {}
        self._stale = True
        self._low = False
        remembered = Widths(self)
        self._build_header()
        self._build_filters()
        self.tree = TableView(budget_tree.COLUMNS, row_height=Size.ROW_DENSE, name="budget.tree", remembered=remembered)
        self.tree.setMinimumHeight(_TREE_LEAST)
        self.entries = EntriesPane(remembered, self._excess)
        self.splitter = Splitter(remembered)
        self.splitter.addWidget(self.tree)
        self.splitter.addWidget(self.entries)
        self.set_content(self.splitter)
        self.drafts = RowDrafts(session, shell, self.entries.row, self)
        self.set_panel(self.beside.panel)
        self.counter = CounterPopover(self._context, self._write_counter)
        self._connect()

    def _build_header(self) -> None:
        self.header.after_title.addWidget(self.look.years)
        self._new_line = Button("Khoản mới", Kind.GHOST, icon="plus")
        self._new_line.clicked.connect(self.beside.new_line)
        self._decision = Button("Quyết định giao dự toán", Kind.GHOST, icon="stamp")
        self._decision.clicked.connect(self.beside.open_allocations)
        self._new_entry = Button("Bút toán mới", Kind.PRIMARY, icon="plus", keys="Ctrl+N")
        self._new_entry.clicked.connect(self.new_entry)
        self._import = self._import_button(Kind.GHOST)
        for button in (self._import, self._new_line, self._decision, self._new_entry):
            self.header.add(button)

    def _import_button(self, kind: Kind) -> Button:
        button = Button("Nhập Excel", kind, icon="file-up")
        button.clicked.connect(self._import_file)
        return button

    def _import_file(self) -> None:
        from app.ui.screens.importing import ImportPage  # loads the readers of files

        self._shell.open_over(ImportPage(self._session, self._shell, "budget"))

    def _build_filters(self) -> None:
        since = Label("Lũy kế từ 01/01 đến", Type.BODY, "text2")
        self._unit = Label("đơn vị: đồng", Type.HINT, "text2")
        self.filters.add_line(self.look.segments, since, self.look.day, QWidget(), self._unit, stretch=3)
        self.show_filters()

    def _connect(self) -> None:
        self.shown.connect(self._came_into_sight)
        self._session.changed.connect(self._changed)
        self.look.leaving.connect(self._leave_view)
        self.look.changed.connect(self._look_anew)
        self.look.counted.connect(self.refresh)
        self.tree.selected.connect(self._choose)
        self.tree.opened.connect(lambda _id: self.new_entry())
        self.tree.folded.connect(self._fold)
        self.entries.written.connect(self._write)
        self.entries.counter_asked.connect(self._ask_counter)
        self.entries.edit_asked.connect(self.beside.edit_line)
        self.entries.unfinished_asked.connect(self._reopen_newest)
        self.entries.row.dropped.connect(self._drop_row)
        self.drafts.reopen_asked.connect(self._reopen)
        self.drafts.changed.connect(self._count_drafts)
        self.beside.opened.connect(self.open_panel)
        self.beside.left.connect(self._leave_panel)
        self.beside.line_saved.connect(self._go_to)
        self.beside.failed.connect(self._fail)
        self.drafts.failed.connect(self._fail)

    def look_at_side(self, key: str) -> None:
        """Show thu, chi or investment of the year looked at."""
        self.look.look_at(self.look.year, SIDES[key])

    def _leave_view(self) -> None:
        self.show_banner(None)
        self._leave_row()
        self.beside.close()

    def _leave_panel(self) -> None:
        self.show_banner(None)
        self.tree.setFocus()

    def _look_anew(self) -> None:
        self._chosen, self._lines = None, []
        self._dress_tree()
        self.refresh()

    # showing

    def _came_into_sight(self) -> None:
        if self._stale:
            self.refresh()

    def _changed(self, tables: frozenset[str]) -> None:
        if tables & TABLES or tables == EVERYTHING:
            self._stale = True
            if self.isVisible():
                self.refresh()

    def refresh(self) -> None:
        """Tree and entries anew; the chosen line stays chosen, else the first that takes entries."""
        self._stale = False
        look = self.look
        with self._session.read() as connection:
            if look.side is INVESTMENT:
                found = budget_year.investment(connection, look.year, look.until)
                self._lines, self._projects = [line for line, _ in found], {line.id: name for line, name in found}
            else:
                self._lines = budget_lines.tree(connection, look.year, look.side.kind, look.until)
            years = budget_lines.years(connection)
        if self._chosen not in (TOTAL, *(line.id for line in self._lines)):
            self._leave_row()
            self._chosen = next((line.id for line in self._lines if line.is_leaf), None)
        self._tell_empty(years)
        self._show_rows()
        self._show_entries()
        self.beside.follow()

    def _show_rows(self) -> None:
        rows = budget_tree.only(self.tree.columns, self._rows()) if self._lines else []
        self.tree.set_source(FixedRows(rows))
        self.tree.select(self._chosen)
        self.splitter.offer(Size.TABLE_HEAD + (len(rows) + 1) * Size.ROW_DENSE)

    def _rows(self) -> list[Row]:
        if self.look.side is INVESTMENT:
            lines = [(line, self._projects.get(line.id, "")) for line in self._lines]
            return budget_tree.investment_rows(lines, with_project=not self._is_narrow())
        return budget_tree.tree_rows(self.look.side, self._lines, self._closed)

    def _tell_empty(self, years: list[int]) -> None:
        empty = not self._lines
        self.entries.setVisible(not empty and not self._is_crowded())
        for button in (self._import, self._new_entry, self._new_line, self._decision):
            button.setVisible(not empty)
        if not empty:
            self.tree.show_overlay(None)
            return
        new = Button("Khoản mới", Kind.PRIMARY, icon="plus", keys="Ctrl+N")
        new.clicked.connect(self.beside.new_line)
        words = _SIDE_WORDS[self.look.side.key]
        how = "Lập các khoản trước, rồi ghi dự toán giao và bút toán vào từng khoản."
        title = f"Năm {self.look.year} chưa có {words}"
        self.tree.show_overlay(
            EmptyState("wallet", title, how, new, *self._ways_to_begin(years), self._import_button(Kind.SECONDARY))
        )

    def _ways_to_begin(self, years: list[int]) -> list[Button]:
        """A year without any line begins with those of the year before, else with the usual ones."""
        year = self.look.year
        if year in years:
            return []
        before = next((each for each in years if each < year), None)
        if before is None:
            begin = Button("Lập các khoản thường dùng", icon="list-checks")
            begin.clicked.connect(self.look.add_usual_lines)
        else:
            begin = Button(f"Chép khoản năm {before}", icon="calendar-days")
            begin.clicked.connect(lambda: self.look.open_year(before, year))
        return [begin]

    def _choose(self, chosen: object) -> None:
        if chosen == self._chosen:
            return
        self._leave_row()
        self._chosen = chosen
        self._show_entries()
        self.beside.follow()

    def _fold(self, chosen: object, opened: bool) -> None:
        (self._closed.discard if opened else self._closed.add)(chosen)
        self._show_rows()
        self.tree.select(chosen)
        self._choose(chosen)

    def _line(self) -> LineProgress | None:
        return next((line for line in self._lines if line.id == self._chosen), None)

    def _show_entries(self) -> None:
        touched = self.entries.row.is_touched()
        self.entries.set_line(self._opened(), self._context())
        if not touched:
            self.drafts.begin()

    def _opened(self) -> LineOpened | None:
        line = self._line()
        if line is None:
            return None
        with self._session.read() as connection:
            entries = budget.entries_of(connection, line.id) if line.is_leaf else []
            corrected = budget_year.corrected(connection, line.id)
        exceeds = self.look.side.kind is BudgetKind.EXPENDITURE and line.done > 0
        left = line.allocated - line.done if line.allocated or exceeds else None
        return LineOpened(line.id, line.name, self.look.side, self.look.year, left, line.is_leaf, entries, corrected)

    def _context(self) -> Context:
        return Context(self.look.last_day(), {})

    def _excess(self, line: int, amount: int) -> int:
        with self._session.read() as connection:
            return budget.excess(connection, line, amount)

    # entries

    def new_entry(self) -> None:
        """Go to the open row of the chosen line; from a line with lines below it, to the first of those."""
        line = self._line()
        if line is None or not line.is_leaf:
            below = self._lines[self._lines.index(line) :] if line is not None else self._lines
            leaf = next((each for each in below if each.is_leaf), None)
            if leaf is None:
                return
            self._go_to(leaf.id)
        if self._is_crowded():
            self.beside.close()
        self.entries.row.focus_first()

    def _go_to(self, line: int) -> None:
        """Choose a line, opening what lies above it."""
        self._closed.clear()
        self._choose(line)
        self.refresh()

    def _write(self, values: dict[str, Any]) -> None:
        """The row goes to the worker, and the next one is open at once; should it be refused, it comes back."""
        line = self._line()
        assert line is not None
        typed, reason = self.entries.row.typed(), values["reason"]
        command, unfinished = self.drafts.saving()
        saving = self._session.save("Ghi bút toán", command, None, {**values, "line_id": line.id})
        saving.otherwise(lambda problem: self._refused(problem, unfinished, typed, reason))
        saving.with_toast(_told(values))
        self.entries.begin_next(values)
        self.drafts.begin()

    def _refused(self, problem: Problem, unfinished: Unfinished, typed: Mapping[str, str], reason: str) -> None:
        """What was typed comes back into the row with the fault at its field."""
        unfinished.typed = typed
        self._reopen(unfinished)
        self.entries.reason.set_raw(reason)
        self.entries.row.show_problem(problem)
        if problem.field not in self.entries.row.fields:
            self._fail(problem)

    def _leave_row(self) -> None:
        """Another line comes: what is typed into the open row is put aside."""
        self.drafts.put_aside()
        self.entries.row.begin_anew()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes what stands beside the tree."""
        if event.key() == Qt.Key.Key_Escape and self.beside.panel.isVisible():
            self.beside.leave()
        else:
            super().keyPressEvent(event)

    def _drop_row(self) -> None:
        self._leave_row()
        self.drafts.begin()
        self.entries.row.focus_first()

    def _reopen(self, unfinished: Unfinished) -> None:
        """Go on with a row, in the line it was typed for."""
        with self._session.read() as connection:
            line = lists.rows_by_id(connection, budget_lines.LINES, [int(unfinished.typed[LINE])])
        if not line:
            self.drafts.drop(unfinished)
            return
        self._leave_row()
        self._shell.go("budget")
        side = self.look.side if self.look.side.kind == line[0]["kind"] else SIDES[line[0]["kind"]]
        self.look.look_at(line[0]["year"], side)
        self._go_to(line[0]["id"])
        self.entries.row.restore(unfinished.typed)
        self.drafts.begin(unfinished)
        self.entries.row.focus_first()

    def _reopen_newest(self) -> None:
        waiting = self.drafts.waiting()
        if waiting:
            self._reopen(waiting[0])

    def _count_drafts(self) -> None:
        self.entries.set_unfinished(len(self.drafts.waiting()))

    def _ask_counter(self, entry_id: object) -> None:
        entry = self.entries.entry(entry_id)
        if entry is None:
            return
        self.counter.ask(entry, max(self.look.last_day(), entry["entry_on"]))
        self.counter.open_at(self.entries.head, right=True)
        self.counter.form.field("reason").editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _write_counter(self, entry_id: int, day: date, reason: str) -> None:
        saving = self._session.save("Ghi bút toán điều chỉnh", budget.counter, entry_id, day, reason)
        saving.then(lambda _id: self.counter.close_overlay())
        saving.otherwise(self.counter.refused).with_toast("Đã ghi bút toán điều chỉnh")

    def _fail(self, problem: Problem) -> None:
        self.show_banner(Banner(str(problem), Tone.RED))

    # size

    def _has_panel(self) -> bool:
        return self.panel is not None and not self.panel.isHidden()

    def _is_narrow(self) -> bool:
        return self.is_compact() or self._has_panel()

    def _is_crowded(self) -> bool:
        """A panel in a narrow window: what is worked on stands there, the entries wait until it closes."""
        return self.is_compact() and self._has_panel()

    def _dress_tree(self) -> None:
        columns: tuple[Column, ...]
        if self._is_crowded():
            columns = budget_tree.COLUMNS_LEAST
        elif self._is_narrow():
            columns = budget_tree.COLUMNS_NARROW
        elif self.look.side is INVESTMENT:
            columns = budget_tree.COLUMNS_INVESTMENT
        else:
            columns = budget_tree.COLUMNS
        if self.tree.columns is not columns:
            self.tree.set_columns(columns, Size.ROW_DENSE)

    def _arrange(self) -> None:
        """Columns as there is room; the rows stay."""
        self._dress_tree()
        if not self._stale:
            self.entries.setVisible(bool(self._lines) and not self._is_crowded())
            self._show_rows()
        self.entries.set_narrow(self._is_narrow(), self._low, self.padding())

    def open_panel(self, visible: bool = True) -> None:
        super().open_panel(visible)
        self._arrange()

    def set_compact(self, compact: bool, low: bool) -> None:
        super().set_compact(compact, low)
        self._low = low
        self.splitter.set_low(low)
        self._unit.setVisible(not compact)
        self._new_entry.set_text("Bút toán" if compact else "Bút toán mới")
        self._arrange()

    def toast_room(self) -> QRect:
        """Above the bar that reads the amount."""
        room = super().toast_room()
        return room.adjusted(0, 0, 0, -self.entries.bar.height() if self.entries.bar.isVisible() else 0)


def _told(values: Mapping[str, Any]) -> str:
    amount = values.get("amount")
    voucher = f" {values['voucher']}" if values["voucher"] else ""
    return f"Đã ghi bút toán{voucher}" if amount is None else f"Đã ghi{voucher} {formats.format_money(amount)} đồng"
