"""What a past cut-off says does not change when later days are written, through the real commands."""

import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, select

from app.models.budget import AllocationKind, BudgetEntry, BudgetKind, BudgetLine
from app.models.database import OfficeFile, Work
from app.models.documents import Document, DocumentType, PlanTask
from app.models.dossiers import Channel, Dossier, Outcome, Procedure, ProcedureChangeKind, StepKind
from app.problems import Problem
from app.registers import budget, budget_lines, documents, dossier_steps, dossiers, plans, procedures
from app.reports import figures
from app.reports.catalogue import CATALOGUE
from app.reports.figures import Scope
from tests.offices import MovingClock, do
from tests.reports.random_registers import period

START = date(2022, 12, 15)
LAST = 180  # days after the start on which something may happen

Event = Callable[[Work, date, int], Any]


def _pick(connection: Connection, model: Any, number: int) -> int | None:
    """One of the rows there are."""
    ids = list(connection.execute(select(model.id).order_by(model.id)).scalars())
    return ids[number % len(ids)] if ids else None


def register(work: Work, day: date, number: int) -> None:
    values = {
        "procedure_id": _pick(work.connection, Procedure, number),
        "applicant": "Đỗ Thị Thử",
        "channel": list(Channel)[number % 3],
        "quantity": number % 4 + 1,
        "received_on": day,
    }
    if number % 7 == 0:
        dossier_steps.finish(work, dossiers.save(work, None, values), Outcome.REJECTED, day, "Không đúng nơi")
    else:
        dossiers.save(work, None, values)


def finish(work: Work, day: date, number: int) -> None:
    outcome = (Outcome.RESOLVED, Outcome.RESOLVED, Outcome.RETURNED, Outcome.WITHDRAWN, Outcome.STOPPED)[number % 5]
    dossier_steps.finish(work, _pick(work.connection, Dossier, number) or 0, outcome, day, "Lý do thử")


def hand_over(work: Work, day: date, number: int) -> None:
    dossier_steps.hand_over(work, _pick(work.connection, Dossier, number) or 0, day)


def digitise(work: Work, day: date, number: int) -> None:
    dossier_id = _pick(work.connection, Dossier, number) or 0
    if work.row(Dossier, dossier_id)["papers_digitised_on"] is None:  # else it would be a correction of the past
        dossiers.save(work, dossier_id, {"papers_digitised_on": day})


def set_due(work: Work, day: date, number: int) -> None:
    """An extension or a supplement asked for; their own commands come with the counter."""
    dossier_id = _pick(work.connection, Dossier, number)
    if dossier_id is None or work.row(Dossier, dossier_id)["outcome"] is not None:
        return
    if number % 2:
        dossier_steps.add_step(work, dossier_id, StepKind.AWAITING_SUPPLEMENT, day)
    else:
        dossier_steps.add_step(work, dossier_id, StepKind.DUE_SET, day, due_on=day + timedelta(number % 30))
    work.update(Dossier, dossier_id, **dossier_steps.derive(dossier_steps.steps_of(work.connection, dossier_id)))


def issue(work: Work, day: date, number: int) -> None:
    code = ("KH", "QĐ")[number % 2]
    type_id = work.connection.execute(select(DocumentType.id).where(DocumentType.code == code)).scalar_one()
    values = {
        "type_id": type_id,
        "issuer": "UBND",
        "number": documents.next_number(work.connection, "UBND", type_id, day.year),
        "dated_on": day,
        "abstract": "Văn bản thử",
        "in_report": number % 3 > 0,
    }
    document_id = documents.save(work, None, values)
    if code == "KH":
        plans.save(work, None, {"document_id": document_id, "content": "Việc thử", "due_on": day + timedelta(20)})


def void(work: Work, day: date, number: int) -> None:
    documents.void(work, _pick(work.connection, Document, number) or 0, day, "Ghi nhầm")


def finish_task(work: Work, day: date, number: int) -> None:
    task = _pick(work.connection, PlanTask, number) or 0
    if work.row(PlanTask, task)["done_on"] is None:
        plans.finish(work, task, day, "Xong")


def allocate(work: Work, day: date, number: int) -> None:
    values = {"line_id": _pick(work.connection, BudgetLine, number), "kind": AllocationKind.ADJUSTED}
    budget.save_allocation(work, None, values | {"decision": "QĐ", "decided_on": day, "amount": 1_000 - number * 7})


def enter(work: Work, day: date, number: int) -> None:
    values = {"line_id": _pick(work.connection, BudgetLine, number), "entry_on": day, "reason": "Thử"}
    amount = {"cumulative": number * 1_000} if number % 3 == 0 else {"amount": number * 11}
    budget.save_entry(work, None, values | amount)


def take_back(work: Work, day: date, number: int) -> None:
    budget.counter(work, _pick(work.connection, BudgetEntry, number) or 0, day, "Ghi nhầm")


def change(work: Work, day: date, number: int) -> None:
    values = {"procedure_id": _pick(work.connection, Procedure, number), "decision": "QĐ", "published_on": day}
    kind = (ProcedureChangeKind.AMENDED, ProcedureChangeKind.ABOLISHED)[number % 2]
    procedures.save_change(work, None, values | {"kind": kind, "effective_on": day + timedelta(number % 5)})


EVENTS: tuple[Event, ...] = (
    *(register, register, register, finish, finish, finish, hand_over, digitise, set_due),
    *(issue, void, finish_task, allocate, enter, take_back, change),
)
events = st.tuples(st.integers(0, LAST), st.sampled_from(EVENTS), st.integers(0, 60))


def _lines(work: Work) -> None:
    for kind in BudgetKind:
        values = {"year": 2023, "kind": kind, "name": "Khoản thử", "is_investment": kind is BudgetKind.EXPENDITURE}
        budget_lines.save_line(work, None, values)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=st.lists(events, min_size=5, max_size=30), cut=st.integers(0, LAST))
def test_later_days_change_nothing(drawn: list[tuple[int, Event, int]], cut: int, office_master: Path) -> None:
    cut_off = START + timedelta(cut)
    moving = MovingClock(START)
    with TemporaryDirectory() as folder:
        path = Path(shutil.copy(office_master, folder))
        with OfficeFile.open(path, moving.clock) as file:
            do(file, _lines)
            before = None
            for offset, event, number in sorted(drawn, key=lambda each: each[0]):
                if before is None and offset > cut:
                    before = _figures(file, cut_off)
                moving.day = START + timedelta(offset)
                try:
                    do(file, event, moving.day, number)
                except Problem:
                    continue  # refused: nothing was written
            if before is not None:
                assert _figures(file, cut_off) == before


def _figures(file: OfficeFile, cut_off: date) -> dict[tuple[str, str], Any]:
    with file.read() as connection:
        found = figures.compute(connection, Scope(period(START, cut_off)), CATALOGUE.values())
    return {key: value.value for key, value in found.values.items() if value.value}
