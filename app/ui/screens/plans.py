"""Kế hoạch: the tasks of all plans in force, by their day, by plan or by person."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget
from sqlalchemy import Connection

from app import formats
from app.periods import Period
from app.registers import office, plan_tasks
from app.registers.plan_tasks import TaskInfo
from app.registers.plans import TASKS
from app.reports import assembling, figures
from app.reports.catalogue import documents as document_figures
from app.reports.figures import FigureSet
from app.ui import due
from app.ui.cells import Cell, Row, RowSource, Text, Tick
from app.ui.drafting import Unfinished
from app.ui.entry_panel import Entry, Opened
from app.ui.matching import Choice
from app.ui.paged_model import Column
from app.ui.register_page import RegisterPage
from app.ui.register_view import ChipSpec, View, Words
from app.ui.screens import plan_groups, task_forms
from app.ui.screens.plan_groups import Looking, TaskGroup
from app.ui.screens.task_panel import result_part, task_parts
from app.ui.session import Session
from app.ui.shell import Shell
from app.ui.tokens import Size
from app.ui.widgets.buttons import Button, Kind
from app.ui.widgets.choices import Segmented


class PlansPage(RegisterPage):
    """The list of tasks, an opened task, ticking it."""

    place = "plans"
    register = TASKS
    words = Words(
        noun="nhiệm vụ",
        icon="calendar-check",
        search="Tìm nhiệm vụ, kế hoạch, người",
        search_short="Tìm nhiệm vụ",
        new="Kế hoạch mới",
        new_short="Kế hoạch mới",
        new_title="Thêm nhiệm vụ",
        edit_title="Sửa nhiệm vụ",
        empty_how="Ghi kế hoạch vào sổ văn bản, rồi thêm các nhiệm vụ của nó.",
    )
    tables = frozenset({"plan_task", "document", "person", "day_exception"})
    chips = (
        ChipSpec(plan_groups.OPEN, "Chưa xong"),
        ChipSpec(plan_groups.OVERDUE, "Quá hạn"),
        ChipSpec(plan_groups.MINE, "Việc của tôi"),
        ChipSpec(plan_groups.DONE, "Đã xong"),
        ChipSpec(plan_groups.ALL, "Tất cả", left_out=True),
    )
    order = ("due_on", False)
    by_period = False
    draft_keys = (TASKS.key, task_forms.RESULT_KEY)

    def __init__(self, session: Session, shell: Shell):
        self._tasks: list[TaskInfo] = []
        self._closed: set[str] = set()
        super().__init__(session, shell)
        self.table.folded.connect(self._fold)
        self.table.ticked.connect(self._tick)
        session.period_changed.connect(self._refresh_soon)
        session.person_changed.connect(self._refresh_soon)
        session.day_changed.connect(self._refresh_soon)

    # the list

    def columns(self, compact: bool, beside: bool) -> tuple[Column, ...]:
        content = Column("content", "Nhiệm vụ", stretch=True)
        due_column = Column("due_on", "Hạn", 158)
        if compact and beside:
            return (content, due_column)
        return (content, Column("plan", "Kế hoạch", 112), Column("lead", "Chủ trì", 148), due_column)

    def row_height(self, compact: bool) -> int:
        return Size.ROW

    def beside_search(self) -> list[QWidget]:
        """By what the list is grouped."""
        ways = ((plan_groups.BY_DAY, "Theo hạn"), (plan_groups.BY_PLAN, "Theo kế hoạch"))
        choices = [Choice(key, label) for key, label in (*ways, (plan_groups.BY_PERSON, "Theo người"))]
        self.grouping = Segmented(choices, stretch=False)
        self.grouping.set_raw(plan_groups.BY_DAY)
        self.grouping.chosen.connect(lambda _: self.refresh())
        return [self.grouping]

    def header_actions(self) -> list[Button]:
        add = Button("Thêm nhiệm vụ", icon="plus", keys="Ctrl+T")
        add.clicked.connect(self.add_task)
        return [add]

    def counts(self, connection: Connection, view: View) -> Mapping[str, int]:
        """Over the tasks that the search finds."""
        tasks = plan_groups.found(plan_tasks.tasks(connection), view.search)
        looking = self._looking(connection)
        return {chip.key: sum(plan_groups.belongs(task, chip.key, looking) for task in tasks) for chip in self.chips}

    def source(self, connection: Connection, view: View) -> RowSource:
        """Groups with their tasks, all at hand: plans of a commune have hundreds of tasks, not thousands."""
        looking = self._looking(connection)
        self._tasks = plan_tasks.tasks(connection)
        shown = [task for task in self._tasks if plan_groups.belongs(task, view.chip, looking)]
        shown = plan_groups.found(shown, view.search)
        groups = plan_groups.grouped(shown, self._tasks, self.grouping.raw(), self._closed, looking)
        return _Rows(groups, lambda task: self._row(task, looking))

    def total_words(self, count: int) -> str:
        """What the report says of the plans it lists."""
        period = self.session.period
        with self.session.read() as connection:
            counted = plan_figures(connection, period)
        done, total = (counted.number(f"plans.tasks.{name}") for name in ("done", "total"))
        plans = counted.number("plans.listed")
        until = f", đến {formats.format_prose_date(period.end)}" if period.end < self.session.today else ""
        words = f"Trong báo cáo: {formats.format_integer(done)}/{formats.format_integer(total)} nhiệm vụ xong"
        return f"{words}, {formats.format_integer(plans)} kế hoạch{until}"

    def _row(self, task: TaskInfo, looking: Looking) -> Row:
        compact, beside = self.compact_columns()
        first = Tick(task.content, task.done_on is not None)
        last: Cell = Text("")
        if task.done_on is not None:
            last = due.finished_cell(task.due_on, task.done_on, looking.today)
        elif task.due_on is not None:
            last = due.due_cell(task.due_on, looking.today, looking.calendar)
        if compact and beside:
            return Row(task.id, (first, last))
        plan = Text(task.plan, muted=True, tip=task.plan_abstract)
        return Row(task.id, (first, plan, Text(task.lead), last))

    def _looking(self, connection: Connection) -> Looking:
        today = self.session.today
        calendar = office.calendar(connection, (today.year - 1, today.year, today.year + 1))
        return Looking(today, self.session.actor.person_id, calendar)

    def _fold(self, group: str, is_open: bool) -> None:
        self._closed.symmetric_difference_update({group} if is_open == (group in self._closed) else set())
        self.refresh()
        self.table.select_group(group)

    # forms

    def new(self) -> None:
        """A plan is a document: its form stands in the register of documents."""
        from app.ui.screens.documents import DocumentsPage

        page = self.shell.go("documents")
        assert isinstance(page, DocumentsPage)
        page.new_plan()

    def add_task(self) -> None:
        """A task, of the plan of the opened one at first."""
        super().new()

    def new_entry(self) -> Entry:
        opened = next((task for task in self._tasks if task.id == self.table.current_id()), None)
        return task_forms.add_entry(self.session, opened.plan_id if opened else None, choose_plan=True)

    def edit_entry(self, values: dict[str, Any]) -> Entry:
        return task_forms.edit_entry(self.session, values)

    def entry_for(self, unfinished: Unfinished) -> Entry | None:
        if unfinished.register != task_forms.RESULT_KEY:
            return super().entry_for(unfinished)
        assert unfinished.row_id is not None
        return self._result_entry(unfinished.row_id)

    # an opened task

    def show_task(self, task_id: int) -> None:
        """The door from other pages: the task selected and opened."""
        with self.session.read() as connection:
            task = plan_tasks.task(connection, task_id)
        self._closed.clear()
        self.look_only(chip=plan_groups.OPEN if task.done_on is None else plan_groups.ALL)
        self.table.select(task_id)
        self.open_row(task_id)

    def opened(self, values: dict[str, Any]) -> Opened:
        with self.session.read() as connection:
            task = plan_tasks.task(connection, values["id"])
            siblings = plan_tasks.tasks(connection, task.plan_id)
            looking = self._looking(connection)
        place = 1 + [each.id for each in siblings].index(task.id)
        parts = task_parts(task, looking, lambda: self._open_plan(task.plan_id))
        parts.append(result_part(task))
        tick = Button("Ghi là đã xong", Kind.PRIMARY, icon="check", keys="Space")
        if task.done_on is not None:
            tick = Button("Ghi là chưa xong", keys="Space")
        tick.clicked.connect(lambda: self._tick(task.id))
        pencil = Button("", Kind.GHOST, icon="pencil", name="Sửa", keys="F2")
        pencil.clicked.connect(self.edit)
        return Opened("Nhiệm vụ", f"{place}/{len(siblings)} của kế hoạch", parts, [tick], [pencil])

    def _open_plan(self, plan_id: int) -> None:
        from app.ui.screens.documents import DocumentsPage

        page = self.shell.go("documents")
        assert isinstance(page, DocumentsPage)
        page.show_document(plan_id)

    def _tick(self, task_id: int) -> None:
        """Space: a task that is not done asks for its result, one that is done is taken back."""
        task = next((task for task in self._tasks if task.id == task_id), None)
        if task is None or self.entry_panel.is_saving():
            return
        if task.done_on is not None:
            task_forms.reopen(self.session, task_id)
            return
        self.open_row(task_id)
        self.enter(self._result_entry(task_id))

    def _result_entry(self, task_id: int) -> Entry:
        with self.session.read() as connection:
            task = plan_tasks.task(connection, task_id)
            looking = self._looking(connection)
        above = task_parts(task, looking, lambda: self._open_plan(task.plan_id))
        return task_forms.result_entry(self.session, task, above)


class _Rows:
    """Groups with their tasks, those of closed groups left out; cells are made when they are painted."""

    def __init__(self, groups: Sequence[TaskGroup], to_row: Callable[[TaskInfo], Row]):
        self._to_row = to_row
        self._rows: list[TaskGroup | TaskInfo] = []
        for group in groups:
            self._rows += [group, *(group.tasks if group.heading.open else ())]

    def count(self) -> int:
        return len(self._rows)

    def page(self, offset: int, limit: int) -> list[Row]:
        rows = self._rows[offset : offset + limit]
        return [Row(row.key, group=row.heading) if isinstance(row, TaskGroup) else self._to_row(row) for row in rows]


def plan_figures(connection: Connection, period: Period) -> FigureSet:
    """The figures of plans and their tasks, as the report of a period has them."""
    return figures.compute(connection, assembling.scope_of(connection, period), document_figures.FIGURES)
