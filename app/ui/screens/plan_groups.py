"""The tasks of plans as a list: in groups by their day, by plan or by who leads them, narrowed by chip and search."""

from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass
from datetime import date, timedelta

from app import vietnamese
from app.registers.plan_tasks import TaskInfo
from app.ui import due
from app.ui.cells import Group
from app.ui.tokens import Tone
from app.workdays import Calendar

BY_DAY, BY_PLAN, BY_PERSON = "day", "plan", "person"
OPEN, OVERDUE, MINE, DONE, ALL = "open", "overdue", "mine", "done", "all"


@dataclass(frozen=True)
class Looking:
    """The day, who looks, and the working days by which what is due soon is known."""

    today: date
    person_id: int | None
    calendar: Calendar


@dataclass(frozen=True)
class TaskGroup:
    """A heading with the tasks below it, which are hidden while it is closed."""

    key: str
    heading: Group
    tasks: Sequence[TaskInfo]


def belongs(task: TaskInfo, chip: str, looking: Looking) -> bool:
    """Whether a chip shows a task."""
    match chip:
        case "open":
            return task.done_on is None
        case "overdue":
            return task.is_overdue(looking.today)
        case "mine":
            return task.done_on is None and looking.person_id is not None and task.lead_id == looking.person_id
        case "done":
            return task.done_on is not None
        case _:
            return True


def found(tasks: Iterable[TaskInfo], search: str) -> list[TaskInfo]:
    """The tasks in whose words, plan or person every word of the search is found."""
    words = vietnamese.fold(search).split()
    return [task for task in tasks if all(word in _folded(task) for word in words)]


def _folded(task: TaskInfo) -> str:
    return vietnamese.fold(f"{task.content} {task.area} {task.plan} {task.plan_abstract} {task.lead}")


def grouped(
    tasks: Sequence[TaskInfo], everything: Sequence[TaskInfo], by: str, closed: Set[str], looking: Looking
) -> list[TaskGroup]:
    """The groups that have tasks; `everything` is what the progress of a plan is counted from."""
    match by:
        case "plan":
            groups = _by_plan(tasks, everything)
        case "person":
            groups = _by_person(tasks, looking)
        case _:
            groups = _by_day(tasks, looking)
    return [
        TaskGroup(group.key, _with_open(group.heading, group.key not in closed), group.tasks)
        for group in groups
        if group.tasks
    ]


def _by_day(tasks: Sequence[TaskInfo], looking: Looking) -> list[TaskGroup]:
    today = looking.today
    sunday = today + timedelta(days=6 - today.weekday())
    waiting = [task for task in tasks if task.done_on is None]
    spans: Sequence[tuple[str, str, Callable[[date], bool]]] = (
        ("late", "Quá hạn", lambda day: day < today),
        ("week", "Tuần này", lambda day: today <= day <= sunday),
        ("month", "Tháng này", lambda day: sunday < day and _month(day) == _month(today)),
        ("later", "Sau", lambda day: sunday < day and _month(day) > _month(today)),
    )
    groups = []
    for key, title, holds in spans:
        part = sorted((task for task in waiting if holds(task.due_on or date.max)), key=_by_due)
        soon = key == "week" and any(_is_soon(task, looking) for task in part)
        tone = Tone.RED if key == "late" else Tone.AMBER if soon else None
        icon = "circle-alert" if key == "late" else "clock" if soon else ""
        groups.append(TaskGroup(key, Group(title, str(len(part)), tone, icon), part))
    done = sorted((task for task in tasks if task.done_on is not None), key=lambda task: task.done_on or date.min)
    groups.append(TaskGroup("done", Group("Đã xong", str(len(done))), done[::-1]))
    return groups


def _by_plan(tasks: Sequence[TaskInfo], everything: Sequence[TaskInfo]) -> list[TaskGroup]:
    groups = []
    for plan_id in dict.fromkeys(task.plan_id for task in tasks):
        part = [task for task in tasks if task.plan_id == plan_id]
        whole = [task for task in everything if task.plan_id == plan_id]
        done = sum(task.done_on is not None for task in whole)
        title = f"{part[0].plan} · {part[0].plan_abstract}"
        groups.append(TaskGroup(f"plan:{plan_id}", Group(title, progress=(done, len(whole))), part))
    return groups


def _by_person(tasks: Sequence[TaskInfo], looking: Looking) -> list[TaskGroup]:
    groups = []
    names = {task.lead for task in tasks}
    for name in sorted(names, key=lambda name: (not name, vietnamese.name_sort_key(name))):
        part = sorted((task for task in tasks if task.lead == name), key=_by_due)
        late = any(task.is_overdue(looking.today) for task in part)
        heading = Group(name or "Chưa giao", str(len(part)), Tone.RED if late else None, "circle-alert" if late else "")
        groups.append(TaskGroup(f"person:{name}", heading, part))
    return groups


def _with_open(heading: Group, is_open: bool) -> Group:
    return Group(heading.title, heading.count, heading.tone, heading.icon, is_open, heading.progress)


def _by_due(task: TaskInfo) -> tuple[bool, date, date, int, int]:
    """What is not done first, by its day."""
    return task.done_on is not None, task.due_on or date.max, task.plan_dated_on, task.plan_id, task.position


def _month(day: date) -> tuple[int, int]:
    return day.year, day.month


def _is_soon(task: TaskInfo, looking: Looking) -> bool:
    return task.due_on is not None and due.remaining(task.due_on, looking.today, looking.calendar)[1] is Tone.AMBER
