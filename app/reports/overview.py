"""What Tổng quan tells: what waits, what is due first, what the coming report lacks, how far budget and period are.

Pure reading. What is due looks at today; the counts of the period are the report's own figures.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, func, or_, select

from app import formats, workdays
from app.models.documents import Document
from app.models.dossiers import Channel, Dossier, Procedure, ProcedureField
from app.models.office import Person
from app.periods import Period, PeriodKind
from app.registers import budget, documents, dossier_facts, office, opening, plan_tasks, saved_reports
from app.registers.saved_reports import SavedReport
from app.reports import figures, procedure_list
from app.reports.assembling import scope_of
from app.reports.catalogue import CATALOGUE
from app.reports.catalogue.budget import FIGURES as BUDGET_FIGURES
from app.reports.catalogue.dossiers import FIGURES as DOSSIER_FIGURES
from app.reports.dossier_list import OVERDUE, PENDING, SOON, SOON_DAYS, Look, condition, received_on
from app.reports.figures import Count, FigureSet, Scope
from app.workdays import Calendar

_LISTED = 200
_LAST_MONTH = 12


@dataclass(frozen=True)
class Waiting:
    """Dossiers of today, in dossiers (a row may stand for several)."""

    pending: int
    undated: int
    soon: int
    overdue: int
    oldest_due: date | None
    oldest_field: str
    received: dict[Channel, int]

    @property
    def in_time(self) -> int:
        """Pending ones whose day has not passed."""
        return self.pending - self.undated - self.overdue

    @property
    def received_today(self) -> int:
        """All of today."""
        return sum(self.received.values())


@dataclass(frozen=True)
class DueItem:
    """Something that is late or due within three working days: a dossier or a task of a plan."""

    register: str
    id: int
    title: str
    detail: str
    due_on: date


@dataclass(frozen=True)
class Lack:
    """What the coming report, or a new office, still lacks: a sentence, the verb that mends it, where that is done."""

    key: str
    sentence: str
    verb: str
    place: str


@dataclass(frozen=True)
class Overview:
    """Everything Tổng quan shows, read at one moment. `due_total` counts what `due` may not list."""

    today: date
    calendar: Calendar
    waiting: Waiting
    due: tuple[DueItem, ...]
    due_total: int
    coming: Period
    report: SavedReport | None
    lacks: tuple[Lack, ...]
    first_steps: tuple[Lack, ...]
    budget: FigureSet
    period: FigureSet


def overview(connection: Connection, today: date, period: Period, coming: Period) -> Overview:
    """Reads it; `period` is the one looked at, `coming` the one whose report is due next."""
    calendar = office.calendar(connection, range(today.year - 1, today.year + 2))
    due, total = due_first(connection, today, calendar)
    counted = figures.compute(connection, scope_of(connection, period), DOSSIER_FIGURES)
    return Overview(
        today,
        calendar,
        waiting(connection, today, calendar),
        tuple(due),
        total,
        coming,
        saved_reports.find(connection, coming.kind, coming.year),
        tuple(lacks(connection, coming, today, counted)),
        tuple(first_steps(connection, today)),
        budget_to_day(connection, today),
        counted,
    )


# --- today -----------------------------------------------------------------------------------------------------------


def waiting(connection: Connection, today: date, calendar: Calendar) -> Waiting:
    """The counts behind the chips of the list of dossiers, by the same conditions."""

    look = Look(None, today, calendar)
    pending, soon, overdue = (condition(connection, chip, look) for chip in (PENDING, SOON, OVERDUE))
    oldest = connection.execute(
        select(Dossier.due_on, ProcedureField.name)
        .join(Procedure, Procedure.id == Dossier.procedure_id)
        .join(ProcedureField, ProcedureField.id == Procedure.field_id)
        .where(overdue)
        .order_by(Dossier.due_on, Dossier.id)
        .limit(1)
    ).first()
    received = connection.execute(
        select(Dossier.channel, func.sum(Dossier.quantity)).where(received_on(today)).group_by(Dossier.channel)
    )
    # One pass over the few that are pending; what is soon due or overdue is among them.
    each = func.sum(Dossier.quantity)
    among = [func.coalesce(each.filter(where), 0) for where in (Dossier.due_on.is_(None), soon, overdue)]
    counts = connection.execute(select(func.coalesce(each, 0), *among).where(pending)).one()
    return Waiting(
        pending=int(counts[0]),
        undated=int(counts[1]),
        soon=int(counts[2]),
        overdue=int(counts[3]),
        oldest_due=oldest.due_on if oldest else None,
        oldest_field=oldest.name if oldest else "",
        received={Channel(channel): int(number) for channel, number in received},
    )


def due_first(connection: Connection, today: date, calendar: Calendar) -> tuple[list[DueItem], int]:
    """Dossiers and tasks that are late or due within three working days, the earliest first, and how many there are."""
    last = workdays.add_workdays(today, SOON_DAYS, calendar)
    tasks = [
        DueItem("tasks", task.id, task.content, _joined(f"Kế hoạch {task.plan}", task.lead), task.due_on)
        for task in plan_tasks.tasks(connection)
        if task.done_on is None and task.due_on is not None and task.due_on <= last
    ]
    is_due = or_(*(condition(connection, chip, Look(None, today, calendar)) for chip in (SOON, OVERDUE)))
    number = int(connection.execute(select(func.count()).select_from(Dossier).where(is_due)).scalar_one())
    prefixes = dossier_facts.office_codes(connection)
    found = connection.execute(
        select(Dossier.id, Dossier.code, Dossier.applicant, Dossier.due_on, Procedure.name)
        .join(Procedure, Procedure.id == Dossier.procedure_id)
        .where(is_due)
        .order_by(Dossier.due_on, Dossier.id)
        .limit(_LISTED)
    )
    dossiers = [
        DueItem(
            "dossiers",
            row.id,
            row.name,
            _joined(f"Hồ sơ {dossier_facts.short_code(row.code, prefixes)}", row.applicant),
            row.due_on,
        )
        for row in found
    ]
    items = sorted([*tasks, *dossiers], key=lambda item: (item.due_on, item.register, item.id))
    return items[:_LISTED], len(tasks) + number


def _joined(first: str, second: str) -> str:
    return f"{first} · {second}" if second else first


# --- the coming report -----------------------------------------------------------------------------------------------


def lacks(connection: Connection, coming: Period, today: date, counted: FigureSet | None = None) -> Iterator[Lack]:
    """What the report of a period still lacks, its own particulars first.

    Counts nothing, to be as quick in a large file; what has been `counted` of the period already is taken from there.
    """
    yield from _particulars(connection, saved_reports.find(connection, coming.kind, coming.year), coming)
    scope = scope_of(connection, coming)
    yield from _nil(connection, scope, counted if counted is not None and counted.scope == scope else None)
    yield from opening_lacks(connection, coming)
    left_out = opening.left_out(connection, coming)
    if left_out is not None:
        # The whole sentence stands in the opened report; here is room for a line.
        yield Lack("left_out", "Chưa nhập số liệu trước ngày mở sổ", "Nhập", left_out.register)
    years = (today.year, today.year + 1) if today.month == _LAST_MONTH else (today.year,)
    calendar = office.calendar(connection, years)
    for year in years:
        if workdays.incomplete(calendar, year):
            yield Lack("holidays", f"Chưa có đủ ngày nghỉ chính thức năm {year}", "Nhập", "settings")


def _particulars(connection: Connection, report: SavedReport | None, period: Period) -> Iterator[Lack]:
    if report is None:
        yield Lack("report", "Chưa lập báo cáo", "Lập", "reports")
    else:
        missing = [
            words for words, value in (("số văn bản", report.number), ("ngày ký", report.dated_on)) if value is None
        ]
        if missing:
            yield Lack("number", f"Chưa có {', '.join(missing)}", "Nhập", "reports")
    day = report.dated_on if report is not None and report.dated_on is not None else period.end
    if saved_reports.signer_of(connection, report.signer_id if report is not None else None, day) is None:
        yield Lack("signer", "Chưa có người ký", "Nhập", "settings")
    if office.office_versions(connection) and not office.office_on(connection, day)["recipients"].strip():
        yield Lack("recipients", "Chưa có nơi nhận", "Nhập", "settings")


def _nil(connection: Connection, scope: Scope, counted: FigureSet | None) -> Iterator[Lack]:
    """Registers that give the report nothing."""

    def some(name: str) -> bool:
        if counted is not None and name in counted.names:
            return counted.number(name) > 0
        return connection.execute(_rows_of(connection, scope, name).limit(1)).first() is not None

    def none(*names: str) -> bool:
        return not any(some(name) for name in names)

    year = scope.period.budget_start.year
    if none("dossiers.total"):
        yield Lack("dossiers", "Chưa có hồ sơ nào trong kỳ", "Nhập", "dossiers")
    if none("procedures.in_force"):
        yield Lack("procedures", "Chưa có thủ tục nào đang áp dụng", "Nhập", "procedures")
    if none("documents.issued"):
        yield Lack("documents", "Chưa có văn bản đi trong kỳ", "Nhập", "documents")
    if none("budget.revenue.allocated", "budget.expenditure.allocated"):
        yield Lack("budget", f"Chưa có dự toán năm {year}", "Nhập", "budget")
    elif none("budget.revenue.done", "budget.expenditure.done"):
        yield Lack("budget", f"Chưa có số thu, chi năm {year}", "Nhập", "budget")


def _rows_of(connection: Connection, scope: Scope, name: str) -> Select[Any]:
    """The rows behind a figure: none of them, and the report says that nothing happened."""
    figure = CATALOGUE[name]
    assert isinstance(figure, Count)
    query: Select[Any] = figures.select_rows(connection, scope, figure)
    return query


def opening_lacks(connection: Connection, period: Period) -> Iterator[Lack]:
    """Opening balances of books that were opened within the period.

    Books with dossiers or documents from before the period need none. Once their day is set, the parts that are still
    empty are named: each of them may stay so.
    """
    before = (
        select(Dossier.id).where(Dossier.received_on < period.start).limit(1),
        select(Document.id).where(Document.dated_on < period.start).limit(1),
    )
    if office.setting(connection, office.OPENED_ON) is None:
        if not any(connection.execute(query).first() for query in before):
            yield Lack("opening", "Chưa ghi số dư đầu", "Ghi", "opening")
        return
    day = opening.opened_on(connection, period.end)
    if not period.start <= day <= period.end:
        return
    empty = []
    within_year = opening.counted_until(day) is not None
    if within_year and not documents.openings(connection, day.year):
        empty.append("số văn bản")
    if connection.execute(select(Dossier.id).where(Dossier.received_on < day).limit(1)).first() is None:
        empty.append("hồ sơ đang giải quyết")
    if within_year and not budget.openings(connection, day.year):
        empty.append("lũy kế ngân sách")
    if empty:
        yield Lack("opening", f"Số dư đầu chưa có {', '.join(empty)}", "Ghi", "opening")


def first_steps(connection: Connection, today: date) -> Iterator[Lack]:
    """What a new office does first, as long as it has not entered anything; each goes as it is done."""
    used = (select(Dossier.id).limit(1), select(Document.id).limit(1))
    if any(connection.execute(query).first() for query in used):
        return
    if connection.execute(select(Procedure.id).limit(1)).first() is None:
        yield Lack("procedures", "Lập danh mục thủ tục: hồ sơ nào cũng chọn từ danh mục này", "Lập", "procedures")
    numbers = procedure_list.numbers(connection, None, today, ())
    lacking, number = numbers[procedure_list.NO_LIMIT], numbers[procedure_list.IN_FORCE]
    if lacking:
        some = f"{formats.format_integer(lacking)} trong {formats.format_integer(number)} thủ tục chưa có thời hạn"
        every = "Điền thời hạn các thủ tục: sổ tính ngày hẹn trả theo đó"
        yield Lack("limits", every if lacking == number else some, "Điền", "procedures")
    if office.setting(connection, office.OPENED_ON) is None:
        yield Lack("opening", "Ghi số dư đầu: số văn bản, hồ sơ, ngân sách", "Ghi", "opening")
    if len(connection.execute(select(Person.id).limit(2)).all()) < 2:
        yield Lack("people", "Thêm cán bộ cùng dùng sổ: mỗi lần lưu ghi tên người làm", "Thêm", "settings")


# --- budget ----------------------------------------------------------------------------------------------------------


def budget_to_day(connection: Connection, today: date) -> FigureSet:
    """The budget's figures of this year, from 01/01 to today."""
    new_year = date(today.year, 1, 1)
    period = Period(PeriodKind.Y, today.year, new_year, today, new_year, today)
    return figures.compute(connection, Scope(period), BUDGET_FIGURES)


def share_of_year(today: date) -> tuple[int, int]:
    """Days of the year gone, today among them, and all its days."""
    whole = date(today.year, 12, 31).timetuple().tm_yday
    return today.timetuple().tm_yday, whole
