"""Ngân sách: the tree of a year's lines above, the entries of the chosen line below, decisions and lines beside."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSplitter, QSplitterHandle, QWidget

from app import formats
from app.models.budget import BudgetKind
from app.problems import Problem
from app.registers import budget, budget_year, lists
from app.registers.budget import LineProgress
from app.registers.kinds import Context
from app.ui import painting, theme
from app.ui.cells import FixedRows, Row
from app.ui.drafting import Drafting, Unfinished
from app.ui.entry_panel import Entry, EntryPanel
from app.ui.matching import Choice
from app.ui.page import Page
from app.ui.remembered import Widths
from app.ui.screens import budget_panel, budget_tree
from app.ui.screens.budget_counter import CounterPopover
from app.ui.screens.budget_drafts import RowDrafts
from app.ui.screens.budget_entries import EntriesPane, LineOpened
from app.ui.screens.budget_entry_row import LINE
from app.ui.screens.budget_tree import INVESTMENT, REVENUE, SIDES, TOTAL
from app.ui.session import EVERYTHING, Session
from app.ui.shell import Shell
from app.ui.table import Column, TableView
from app.ui.tokens import Size, Space, Tone, Type
from app.ui.widgets.buttons import Button, Kind
from app.ui.widgets.choice_button import ChoiceButton
from app.ui.widgets.choices import Segmented
from app.ui.widgets.fields import DateField
from app.ui.widgets.labels import Label
from app.ui.widgets.messages import Banner
from app.ui.widgets.states import EmptyState

TABLES = frozenset({"budget_line", "budget_allocation", "budget_entry"})
_SPLIT = "budget.split"
_NEXT_YEAR = "next"
_TREE_LEAST = Size.TABLE_HEAD + 2 * Size.ROW_DENSE


class BudgetPage(Page):
    """One year of the budget; the year, the side and the day up to which it is counted are chosen above."""

    def __init__(self, session: Session, shell: Shell):
        super().__init__("Ngân sách")
        self._session = session
        self._shell = shell
        self._side = REVENUE
        self._year = session.today.year
        self._until = session.today
        self._closed: set[object] = set()
        self._chosen: object = None
        self._lines: list[LineProgress] = []
        self._projects: dict[int, str] = {}
        self._stale = True
        self._showing_allocations = False
        self._low = False
        remembered = Widths(self)
        self._build_header()
        self._build_filters()
        self.tree = TableView(budget_tree.COLUMNS, row_height=Size.ROW_DENSE, name="budget.tree", remembered=remembered)
        self.tree.setMinimumHeight(_TREE_LEAST)
        self.entries = EntriesPane(remembered, self._excess)
        self.splitter = _Splitter(remembered)
        self.splitter.addWidget(self.tree)
        self.splitter.addWidget(self.entries)
        self.set_content(self.splitter)
        self.drafts = RowDrafts(session, shell, self.entries.row, self)
        self.entry_panel = EntryPanel(session, Drafting(session, (), self))
        self.set_panel(self.entry_panel)
        self.counter = CounterPopover(self._context, self._write_counter)
        self._connect()

    def _build_header(self) -> None:
        self._year_choice = ChoiceButton("", self.years_offered)
        self._year_choice.picked.connect(self.pick_year)
        self.header.after_title.addWidget(self._year_choice)
        self._new_line = Button("Khoản mới", Kind.GHOST, icon="plus")
        self._new_line.clicked.connect(self.new_line)
        self._decision = Button("Quyết định giao dự toán", Kind.GHOST, icon="stamp")
        self._decision.clicked.connect(self.open_allocations)
        self._new_entry = Button("Bút toán mới", Kind.PRIMARY, icon="plus", keys="Ctrl+N")
        self._new_entry.clicked.connect(self.new_entry)
        for button in (self._new_line, self._decision, self._new_entry):
            self.header.add(button)

    def _build_filters(self) -> None:
        self.segments = Segmented([Choice(side.key, side.label) for side in SIDES.values()], stretch=False)
        self.segments.set_raw(self._side.key)
        self.segments.chosen.connect(self._pick_side)
        self.until = DateField(self._read_day, formats.format_date, today=lambda: self._session.today)
        self.until.setFixedWidth(128)
        self.until.setAccessibleName("Lũy kế từ 01/01 đến")
        self.until.edited.connect(self._day_typed)
        self.until.left.connect(self._pick_day)
        self.until.returnPressed.connect(self._pick_day)
        self._unit = Label("đơn vị: đồng", Type.HINT, "text2")
        self.filters.add_line(
            self.segments,
            Label("Lũy kế từ 01/01 đến", Type.BODY, "text2"),
            self.until,
            QWidget(),
            self._unit,
            stretch=3,
        )
        self.show_filters()

    def _connect(self) -> None:
        self.shown.connect(self._came_into_sight)
        self._session.changed.connect(self._changed)
        self.tree.selected.connect(self._choose)
        self.tree.opened.connect(lambda _id: self.new_entry())
        self.tree.folded.connect(self._fold)
        self.entries.written.connect(self._write)
        self.entries.counter_asked.connect(self._ask_counter)
        self.entries.edit_asked.connect(self.edit_line)
        self.entries.unfinished_asked.connect(self._reopen_newest)
        self.entries.row.dropped.connect(self._drop_row)
        self.drafts.reopen_asked.connect(self._reopen)
        self.drafts.changed.connect(self._count_drafts)
        self.drafts.failed.connect(self._fail)
        self.entry_panel.saved.connect(self._panel_saved)
        self.entry_panel.leave_asked.connect(self._leave_panel)
        self.entry_panel.failed.connect(lambda problem, _again: self._fail(problem))

    # what is looked at

    def years_offered(self) -> list[Choice]:
        """The years with lines and this one; once, the next one."""
        with self._session.read() as connection:
            years = budget.years(connection)
        this_year = self._session.today.year
        offered = [Choice(str(year), f"Năm {year}") for year in sorted({this_year, *years}, reverse=True)]
        if years and this_year <= years[0] <= this_year:
            offered.insert(0, Choice(_NEXT_YEAR, f"Mở năm {years[0] + 1}", hint=f"chép khoản năm {years[0]}"))
        return offered

    def pick_year(self, key: str) -> None:
        """Show or open the year of a choice."""
        if key == _NEXT_YEAR:
            self._open_year(self._session.today.year, self._session.today.year + 1)
        else:
            self.look_at_year(int(key))

    def _open_year(self, from_year: int, to_year: int) -> None:
        """Begin a year with the lines of another one."""
        saving = self._session.save(f"Mở năm ngân sách {to_year}", budget_year.copy_lines, from_year, to_year)
        saving.then(lambda _count: self.look_at_year(to_year))
        saving.with_toast(lambda count: f"Đã mở năm {to_year} với {formats.format_integer(count)} khoản")

    def look_at_year(self, year: int) -> None:
        """Show another year, to its last day or today."""
        self._leave_row()
        self._year = year
        self._until = self._last_day()
        self._chosen = None
        self.refresh()

    def _last_day(self) -> date:
        """Up to which day something can have been done in the year looked at."""
        return min(self._session.today, date(self._year, 12, 31))

    def _pick_side(self, key: str) -> None:
        self.look_at_side(key)
        self.segments.setFocus()

    def look_at_side(self, key: str) -> None:
        """Show thu, chi or investment."""
        self._leave_row()
        self._side = SIDES[key]
        self.segments.set_raw(key)
        self._chosen, self._lines = None, []
        self._put_form_aside()
        self._close_panel()
        self._dress_tree()
        self.refresh()

    def _read_day(self, text: str) -> date | None:
        if not text.strip():
            return None
        day = formats.parse_date(text, self._last_day())
        if day.year != self._year:
            raise Problem(f"Ngày này không thuộc năm {self._year}")
        return day

    def _day_typed(self) -> None:
        """A day from the calendar, or one day more or less, counts at once; a typed one when the field is left."""
        day = self.until.read()
        if day is not None and formats.format_date(day) == self.until.raw():
            self._pick_day()

    def _pick_day(self) -> None:
        day = self.until.read()
        if day is not None and day != self._until:
            self._until = day
            self.refresh()
        elif day is None:
            self.until.set_value(self._until)

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
        self._year_choice.set_text(f"Năm {self._year}")
        self._year_choice.set_chosen(str(self._year))
        self.until.set_value(self._until)
        with self._session.read() as connection:
            if self._side is INVESTMENT:
                found = budget_year.investment(connection, self._year, self._until)
                self._lines, self._projects = [line for line, _ in found], {line.id: name for line, name in found}
            else:
                self._lines = budget.tree(connection, self._year, self._side.kind, self._until)
            any_line = budget.years(connection)
        if self._chosen not in (TOTAL, *(line.id for line in self._lines)):
            self._chosen = next((line.id for line in self._lines if line.is_leaf), None)
        self._show_rows()
        self._tell_empty(any_line)
        self._show_entries()
        self._follow_panel()

    def _show_rows(self) -> None:
        rows = self._rows()
        self.tree.set_source(FixedRows(rows))
        self.tree.select(self._chosen)
        self.splitter.offer(Size.TABLE_HEAD + (len(rows) + 1) * Size.ROW_DENSE)

    def _rows(self) -> list[Row]:
        if self._side is INVESTMENT:
            lines = [(line, self._projects.get(line.id, "")) for line in self._lines]
            return budget_tree.investment_rows(lines, with_project=not self._is_narrow())
        return budget_tree.tree_rows(self._side, self._lines, self._closed)

    def _tell_empty(self, years: list[int]) -> None:
        empty = not self._lines
        self.entries.setVisible(not empty)
        for button in (self._new_entry, self._new_line, self._decision):
            button.setVisible(not empty)
        if not empty:
            self.tree.show_overlay(None)
            return
        new = Button("Khoản mới", Kind.PRIMARY, icon="plus", keys="Ctrl+N")
        new.clicked.connect(self.new_line)
        buttons = [new]
        before = next((year for year in years if year < self._year), None)
        if before is not None and self._year not in years:
            copy = Button(f"Chép khoản năm {before}", icon="calendar-days")
            copy.clicked.connect(lambda: self._open_year(before, self._year))
            buttons.append(copy)
        words = {
            "revenue": "khoản thu",
            "expenditure": "khoản chi",
            "investment": "khoản chi thuộc kế hoạch đầu tư công",
        }[self._side.key]
        how = "Lập các khoản trước, rồi ghi dự toán giao và bút toán vào từng khoản."
        self.tree.show_overlay(EmptyState("wallet", f"Năm {self._year} chưa có {words}", how, *buttons))

    def _choose(self, chosen: object) -> None:
        if chosen == self._chosen:
            return
        self._leave_row()
        self._chosen = chosen
        self._show_entries()
        self._follow_panel()

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
        left = line.allocated - line.done
        return LineOpened(line.id, line.name, self._side, self._year, left, line.is_leaf, entries, corrected)

    def _context(self) -> Context:
        return Context(self._last_day(), {})

    def _excess(self, line: int, amount: int) -> int:
        with self._session.read() as connection:
            return budget_year.excess(connection, line, amount)

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

    def _drop_row(self) -> None:
        self._leave_row()
        self.drafts.begin()
        self.entries.row.focus_first()

    def _reopen(self, unfinished: Unfinished) -> None:
        """Go on with a row, in the line it was typed for."""
        with self._session.read() as connection:
            line = lists.rows_by_id(connection, budget.LINES, [int(unfinished.typed[LINE])])
        if not line:
            self._fail(Problem("Khoản của dòng đang gõ không còn trong sổ"))
            return
        self._leave_row()
        self._shell.go("budget")
        self._year = line[0]["year"]
        self._until = self._last_day()
        kind = line[0]["kind"]
        self.look_at_side(self._side.key if self._side.kind == kind else BudgetKind(kind).value)
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
        self.counter.ask(entry, max(self._last_day(), entry["entry_on"]))
        self.counter.open_at(self.entries.head, right=True)
        self.counter.form.field("reason").editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _write_counter(self, entry_id: int, day: date, reason: str) -> None:
        saving = self._session.save("Ghi bút toán điều chỉnh", budget.counter, entry_id, day, reason)
        saving.then(lambda _id: self.counter.close_overlay())
        saving.otherwise(self.counter.refused).with_toast("Đã ghi bút toán điều chỉnh")

    # lines and decisions

    def new_line(self) -> None:
        """A new line of this side of the year; below the chosen one where that has lines below it."""
        line = self._line()
        self._enter_line(None, line.id if line is not None and not line.is_leaf else None)

    def edit_line(self) -> None:
        """Correct the chosen line."""
        line = self._line()
        if line is not None:
            self._enter_line(line.id, None)

    def _enter_line(self, line: int | None, above: int | None) -> None:
        with self._session.read() as connection:
            entry = budget_panel.line_entry(connection, self._session.today, self._side, self._year, line, above)
        self._showing_allocations = False
        self._enter(entry)

    def open_allocations(self) -> None:
        """The decisions that gave the chosen line its money."""
        line = self._line()
        if line is None:
            return
        with self._session.read() as connection:
            given = budget_year.allocations_of(connection, line.id) if line.is_leaf else []
        self._showing_allocations = True
        self.entry_panel.show_opened(budget_panel.allocations(line, given, self._enter_allocation))
        self.open_panel(True)

    def _enter_allocation(self, values: Mapping[str, Any] | None) -> None:
        line = self._line()
        if line is not None and line.is_leaf:
            self._enter(budget_panel.allocation_entry(self._session.today, line, values))

    def _enter(self, entry: Entry, unfinished: Unfinished | None = None) -> None:
        self.show_banner(None)
        self.entry_panel.enter(entry, unfinished)
        self.open_panel(True)

    def _panel_saved(self, _entry: Entry, row_id: int) -> None:
        if self._showing_allocations:
            self.open_allocations()
            return
        self._close_panel()
        self._go_to(row_id)

    def _leave_panel(self) -> None:
        """Esc and ×: from a decision's form back to the list of decisions, else the panel closes."""
        if self.entry_panel.is_saving():
            return
        in_form = self._put_form_aside()
        if in_form and self._showing_allocations:
            self.open_allocations()
        else:
            self._close_panel()
        self.tree.setFocus()

    def _put_form_aside(self) -> bool:
        """Leave the form, if there is one; what was typed into it can be opened again as long as the toast stands."""
        entry, form = self.entry_panel.entry, self.entry_panel.form
        if entry is None or form is None:
            return False
        if form.is_changed():
            unfinished = Unfinished("", entry.row_id, form.typed())
            self._shell.toast("Đã cất bản đang gõ", "Mở lại", lambda: self._enter(entry, unfinished))
        self.entry_panel.put_aside()
        return True

    def _close_panel(self) -> None:
        self._showing_allocations = False
        self.open_panel(False)

    def _follow_panel(self) -> None:
        """The decisions shown are those of the chosen line; a form that is being filled stays."""
        if self._showing_allocations and self.entry_panel.entry is None and not self.entry_panel.is_saving():
            self.open_allocations()

    def _fail(self, problem: Problem) -> None:
        self.show_banner(Banner(str(problem), Tone.RED))

    # size

    def _is_narrow(self) -> bool:
        return self.is_compact() or (self.panel is not None and not self.panel.isHidden())

    def _dress_tree(self) -> None:
        columns: tuple[Column, ...]
        if self._is_narrow():
            columns = budget_tree.COLUMNS_NARROW
        elif self._side is INVESTMENT:
            columns = budget_tree.COLUMNS_INVESTMENT
        else:
            columns = budget_tree.COLUMNS
        if self.tree.columns is not columns:
            self.tree.set_columns(columns, Size.ROW_DENSE)

    def _arrange(self) -> None:
        """Columns as there is room; the rows stay."""
        self._dress_tree()
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


class _Handle(QSplitterHandle):
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, c = QPainter(self), theme.colours()
        painter.fillRect(self.rect(), QColor(c.bg))
        painting.line(painter, 0, 0, self.width(), 1, c.border)
        painting.line(painter, 0, self.height() - 1, self.width(), self.height(), c.border)


class _Splitter(QSplitter):
    """Tree above, entries below; the account remembers where the hand put the line between them."""

    def __init__(self, remembered: Widths):
        super().__init__(Qt.Orientation.Vertical)
        self._kept = remembered.value(_SPLIT)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(Space.S)
        self._remembered = remembered
        self._low = False
        self.splitterMoved.connect(self._moved)

    def _moved(self) -> None:
        self._kept = self.sizes()
        self._remembered.setValue(_SPLIT, self._kept)

    def set_low(self, low: bool) -> None:
        """A window of little height."""
        self._low = low

    def offer(self, tree: int) -> None:
        """As it was left; until then the tree as high as its rows, at most half, less in a low window."""
        if isinstance(self._kept, list) and len(self._kept) == 2:
            self.setSizes(self._kept)
        else:
            whole = max(self.height(), 2)
            upper = min(tree, whole * 2 // 5 if self._low else whole // 2)
            self.setSizes([upper, whole - upper])

    def createHandle(self) -> QSplitterHandle:
        return _Handle(self.orientation(), self)
