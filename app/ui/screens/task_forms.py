"""The forms of a plan's tasks, wherever they are opened: on the page of plans and beside an opened plan."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from app.models.database import Work
from app.registers import plan_tasks, plans, references
from app.registers.plans import TASKS
from app.ui.described import specs_of
from app.ui.entry_panel import Entry
from app.ui.form import FieldSpec
from app.ui.matching import Choice
from app.ui.page import subject
from app.ui.session import Session
from app.ui.widgets.labels import HLine

RESULT_KEY = "task_result"
WORDS = "Ghi nhiệm vụ"

_ADDED = ("document_id", "content", "area", "lead_id", "due_on")


def add_entry(session: Session, plan_id: int | None, *, choose_plan: bool) -> Entry:
    """A new task of a plan; the next of that plan follows. Without `choose_plan` it is settled, the field hidden."""
    specs = _specs(session, _ADDED)
    settled = [] if choose_plan else [choice for choice in specs[0].choices if choice.key == str(plan_id)]
    return Entry(
        "Thêm nhiệm vụ",
        specs,
        {"document_id": plan_id},
        plans.save if choose_plan else partial(_save_of, plan_id),
        "Thêm nhiệm vụ",
        lambda _: "Đã thêm nhiệm vụ",
        button="Lưu và nhập tiếp",
        draft_key=TASKS.key,
        follow=lambda form, _: form.set_shown("document_id", choose_plan),
        next=lambda task_id: add_entry(session, _plan_of(session, task_id), choose_plan=choose_plan),
        above=[part for plan in settled for part in (subject(plan.label, f"Kế hoạch {plan.code}"), HLine())],
    )


def edit_entry(session: Session, task: Mapping[str, Any]) -> Entry:
    """Correcting a task; `task` are its values by field key."""
    return Entry(
        "Sửa nhiệm vụ",
        _specs(session, [field.key for field in TASKS.form_fields]),
        dict(task),
        plans.save,
        "Sửa nhiệm vụ",
        lambda _: "Đã lưu nhiệm vụ",
        row_id=task["id"],
        draft_key=TASKS.key,
        remove=plans.remove,
    )


def result_entry(session: Session, task: plan_tasks.TaskInfo, above: Sequence[QWidget]) -> Entry:
    """Ticking a task: it asks only what came of it. A task that is done keeps its day."""
    return Entry(
        "Ghi kết quả",
        _specs(session, ["result"]),
        {"result": task.result},
        _finish if task.done_on is None else plans.save,
        WORDS,
        lambda _: "Đã ghi nhiệm vụ xong" if task.done_on is None else "Đã lưu kết quả",
        button="Ghi là đã xong" if task.done_on is None else "Lưu",
        row_id=task.id,
        draft_key=RESULT_KEY,
        above=[*above, HLine()],
    )


def heading(task: plan_tasks.TaskInfo) -> list[QWidget]:
    """Which task the form is about."""
    return [subject(task.content, f"Kế hoạch {task.plan}")]


def reopen(session: Session, task_id: int) -> None:
    """A task that is done after all not."""
    session.save(WORDS, plans.reopen, task_id).with_toast("Đã ghi nhiệm vụ chưa xong")


def _plan_of(session: Session, task_id: int) -> int:
    with session.read() as connection:
        return plan_tasks.task(connection, task_id).plan_id


def _save_of(plan_id: int | None, work: Work, row_id: int | None, values: Mapping[str, Any]) -> int:
    return plans.save(work, row_id, {**values, "document_id": plan_id})


def _finish(work: Work, row_id: int | None, values: Mapping[str, Any]) -> int:
    assert row_id is not None
    plans.finish(work, row_id, work.clock.today(), values["result"] or "")
    return row_id


def _specs(session: Session, keys: Sequence[str]) -> list[FieldSpec]:
    with session.read() as connection:
        context = references.context_for(connection, TASKS, session.today)
        areas = [Choice(area, area) for area in plan_tasks.areas(connection)]
    specs = specs_of([TASKS.by_key[key] for key in keys], lambda: context)
    return [replace(spec, kind="suggested", choices=areas) if spec.key == "area" else spec for spec in specs]
