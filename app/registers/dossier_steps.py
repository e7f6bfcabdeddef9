"""The dated steps of a dossier: how it ended, when the result was handed over, what follows from them.

Steps are the truth; the columns `due_on`, `due_set_on`, `finished_on`, `outcome`, `handed_over_on` of the row are
derived from them by `derive`, in the same command.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from app import formats
from app.models.database import Work, table_of
from app.models.dossiers import Dossier, DossierStep, Outcome, StepKind
from app.problems import Problem

STEP_OF_OUTCOME = {
    Outcome.RESOLVED: StepKind.RESOLVED,
    Outcome.RETURNED: StepKind.RETURNED,
    Outcome.WITHDRAWN: StepKind.WITHDRAWN,
    Outcome.STOPPED: StepKind.STOPPED,
    Outcome.REJECTED: StepKind.REJECTED,
}
OUTCOME_OF_STEP = {step: outcome for outcome, step in STEP_OF_OUTCOME.items()}


def derive(steps: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """The columns of a dossier's row that follow from its steps, in the order of their day, then of entry."""
    derived: dict[str, Any] = {"finished_on": None, "outcome": None, "handed_over_on": None}
    for step in sorted(steps, key=lambda step: (step["on_date"], step["id"])):
        match step["kind"]:
            case StepKind.RECEIVED | StepKind.AWAITING_SUPPLEMENT | StepKind.DUE_SET:
                derived["due_on"] = step["due_on"]
                derived["due_set_on"] = step["on_date"]
            case StepKind.HANDED_OVER:
                derived["handed_over_on"] = step["on_date"]
            case kind:
                derived["finished_on"] = step["on_date"]
                derived["outcome"] = OUTCOME_OF_STEP[StepKind(kind)]
    return derived


def steps_of(connection: Connection, dossier_id: int) -> list[dict[str, Any]]:
    """The steps of one dossier by day, then by entry."""
    table = table_of(DossierStep)
    query = select(table).where(table.c.dossier_id == dossier_id).order_by(table.c.on_date, table.c.id)
    return [dict(row) for row in connection.execute(query).mappings()]


def add_step(
    work: Work, dossier_id: int, kind: StepKind, on_date: date, *, due_on: date | None = None, reason: str = ""
) -> int:
    """Writes one step; the caller derives the row anew."""
    return work.insert(
        DossierStep,
        dossier_id=dossier_id,
        kind=kind,
        on_date=on_date,
        due_on=due_on,
        reason=reason,
        person_name=work.actor.name,
        entered_at=work.clock.now(),
    )


def finish(work: Work, dossier_id: int, outcome: Outcome, on_date: date, reason: str = "") -> int:
    """Ends a dossier on a day. Raises Problem when it has ended already, or the day is before reception or to come."""
    row = work.row(Dossier, dossier_id)
    if row["outcome"] is not None:
        raise Problem(f"Hồ sơ đã kết thúc ngày {formats.format_date(row['finished_on'])}")
    _check_day(work, on_date, row["received_on"], "Ngày xong trước ngày nhận")
    if outcome is Outcome.REJECTED and on_date != row["received_on"]:
        raise Problem("Từ chối tiếp nhận ghi đúng ngày nhận. Hồ sơ đã nhận thì ghi trả lại", field="on_date")
    if outcome in (Outcome.RETURNED, Outcome.WITHDRAWN, Outcome.STOPPED, Outcome.REJECTED) and not reason:
        raise Problem("Cần ghi lý do", field="reason")
    add_step(work, dossier_id, STEP_OF_OUTCOME[outcome], on_date, reason=reason)
    work.update(Dossier, dossier_id, **derive(steps_of(work.connection, dossier_id)))
    return dossier_id


def hand_over(work: Work, dossier_id: int, on_date: date) -> int:
    """Notes that the applicant has the result. Raises Problem for a dossier that is not resolved."""
    row = work.row(Dossier, dossier_id)
    if row["outcome"] != Outcome.RESOLVED:
        raise Problem("Chưa trả kết quả được: hồ sơ chưa giải quyết xong")
    if row["handed_over_on"] is not None:
        raise Problem(f"Kết quả đã trả ngày {formats.format_date(row['handed_over_on'])}")
    _check_day(work, on_date, row["finished_on"], "Ngày trả trước ngày xong")
    add_step(work, dossier_id, StepKind.HANDED_OVER, on_date)
    work.update(Dossier, dossier_id, **derive(steps_of(work.connection, dossier_id)))
    return dossier_id


def take_back_step(work: Work, dossier_id: int) -> StepKind:
    """Takes the last step off that was a slip, as long after as it is noticed: the dossier stands as it did before it.

    Gives the kind of the step. Raises Problem when nothing but the reception is left.
    """
    steps = steps_of(work.connection, dossier_id)
    taken = [step for step in steps if step["kind"] in (StepKind.HANDED_OVER, *STEP_OF_OUTCOME.values())]
    if not taken:
        raise Problem("Hồ sơ này chưa có bước nào để bỏ")
    work.delete(DossierStep, taken[-1]["id"])
    work.update(Dossier, dossier_id, **derive(step for step in steps if step is not taken[-1]))
    return StepKind(taken[-1]["kind"])


def _check_day(work: Work, on_date: date, not_before: date, sentence: str) -> None:
    if on_date > work.clock.today():
        raise Problem("Ngày này sau hôm nay", field="on_date")
    if on_date < not_before:
        raise Problem(sentence, field="on_date")
