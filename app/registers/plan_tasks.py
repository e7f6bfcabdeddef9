"""What is asked of the tasks of plans: the tasks with their plans, how far each plan has come, what is overdue."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, func, select

from app.models.documents import Document, PlanTask
from app.models.office import Person
from app.problems import Problem
from app.registers.documents import document_name

# The fields of the reform by which plans are drawn up; offered beside those that are in use.
AREAS = (
    "Chỉ đạo",
    "Thể chế",
    "Thủ tục hành chính",
    "Tổ chức bộ máy",
    "Chế độ công vụ",
    "Tài chính công",
    "Chính quyền số",
)


@dataclass(frozen=True)
class TaskInfo:
    """A task with the plan it belongs to, as screens show it."""

    id: int
    plan_id: int
    plan: str
    plan_abstract: str
    plan_dated_on: date
    position: int
    content: str
    area: str
    lead_id: int | None
    lead: str
    due_on: date | None
    done_on: date | None
    result: str

    def is_overdue(self, today: date) -> bool:
        """Whether it is not done and its day has passed."""
        return self.done_on is None and self.due_on is not None and self.due_on < today


@dataclass(frozen=True)
class PlanProgress:
    """How many of a plan's tasks are done."""

    done: int
    total: int


def tasks(connection: Connection, plan_id: int | None = None) -> list[TaskInfo]:
    """The tasks of all plans in force, or of one plan, in the order of the plans' days and of the tasks within."""
    if plan_id is None:
        return _tasks(connection, Document.voided_on.is_(None))
    return _tasks(connection, PlanTask.document_id == plan_id)


def task(connection: Connection, task_id: int) -> TaskInfo:
    """One task. Raises Problem when it is gone."""
    found = _tasks(connection, PlanTask.id == task_id)
    if not found:
        raise Problem("Nhiệm vụ này không còn trong sổ", next_step="Tải lại danh sách.")
    return found[0]


def _tasks(connection: Connection, condition: ColumnElement[bool]) -> list[TaskInfo]:
    query = (
        select(
            PlanTask.id,
            PlanTask.document_id,
            PlanTask.position,
            PlanTask.content,
            PlanTask.area,
            PlanTask.lead_id,
            Person.name.label("lead"),
            PlanTask.due_on,
            PlanTask.done_on,
            PlanTask.result,
            Document.number,
            Document.suffix,
            Document.symbol,
            Document.abstract,
            Document.dated_on,
        )
        .join(Document, Document.id == PlanTask.document_id)
        .outerjoin(Person, Person.id == PlanTask.lead_id)
        .order_by(Document.dated_on, Document.number, PlanTask.document_id, PlanTask.position)
    )
    query = query.where(condition)
    return [
        TaskInfo(
            id=row.id,
            plan_id=row.document_id,
            plan=document_name(row.number, row.suffix, row.symbol),
            plan_abstract=row.abstract,
            plan_dated_on=row.dated_on,
            position=row.position,
            content=row.content,
            area=row.area,
            lead_id=row.lead_id,
            lead=row.lead or "",
            due_on=row.due_on,
            done_on=row.done_on,
            result=row.result,
        )
        for row in connection.execute(query)
    ]


def progress(connection: Connection) -> Mapping[int, PlanProgress]:
    """How far each plan that has tasks has come."""
    query = select(PlanTask.document_id, func.count(PlanTask.done_on), func.count()).group_by(PlanTask.document_id)
    return {plan: PlanProgress(done, total) for plan, done, total in connection.execute(query)}


def areas(connection: Connection) -> list[str]:
    """The fields offered for a task."""
    used = connection.execute(select(PlanTask.area).where(PlanTask.area != "").distinct()).scalars()
    return [*AREAS, *sorted(set(used) - set(AREAS))]


def overdue_count(connection: Connection, today: date) -> int:
    """How many tasks of plans in force are not done though their day has passed."""
    query = (
        select(func.count())
        .select_from(PlanTask)
        .join(Document, Document.id == PlanTask.document_id)
        .where(Document.voided_on.is_(None), PlanTask.done_on.is_(None), PlanTask.due_on < today)
    )
    return int(connection.execute(query).scalar_one())
