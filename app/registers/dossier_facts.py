"""What a form and a list tell of a dossier beside its own values: why it is due then, how its code is shortened."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time

from sqlalchemy import Connection, select

from app import formats, workdays
from app.models.dossiers import DossierStep, Procedure, ProcedureField, StepKind
from app.models.office import OfficeVersion
from app.registers import dossier_steps, dossiers, office, procedures
from app.registers.description import Field
from app.workdays import LimitUnit

_DAY_HELP = "Ngày việc này xảy ra; gõ 12, 12/6 hay h cho hôm nay."
FINISH_DAY = Field(DossierStep.on_date, "Ngày xong", _DAY_HELP, past_only=True)
HAND_OVER_DAY = Field(DossierStep.on_date, "Ngày trả", _DAY_HELP, past_only=True)
STEP_REASON = Field(DossierStep.reason, "Lý do", "Một câu, đọc lại là hiểu.", required=True)


@dataclass(frozen=True)
class ProcedureFacts:
    """A procedure as a dossier's form and panel name it, with the limit that counts on a day."""

    code: str
    name: str
    field: str
    amount: int | None
    unit: LimitUnit | None

    @property
    def limit(self) -> str:
        """ "22 ngày làm việc"; "" where the office has not filled it."""
        return procedures.limit_text(self.amount, self.unit)


@dataclass(frozen=True)
class DueAdvice:
    """The due date by the procedure's limit, and the sentence that says why; no date where no limit is known."""

    due_on: date | None
    why: str


def procedure_facts(connection: Connection, procedure_id: int, day: date) -> ProcedureFacts | None:
    """None where there is no such procedure."""
    query = (
        select(Procedure.code, Procedure.name, ProcedureField.name.label("field"))
        .join(ProcedureField, ProcedureField.id == Procedure.field_id)
        .where(Procedure.id == procedure_id)
    )
    row = connection.execute(query).first()
    if row is None:
        return None
    amount, unit = procedures.limit_on(connection, procedure_id, day)
    return ProcedureFacts(row.code, row.name, row.field, amount, unit)


def procedure_names(connection: Connection) -> dict[int, str]:
    """The name of every procedure, those no longer in force too."""
    return dict(connection.execute(select(Procedure.id, Procedure.name)).all())


def due_advice(connection: Connection, procedure_id: int, received_on: date, received_at: time | None) -> DueAdvice:
    """When a dossier received then is due, and why."""
    amount, unit = procedures.limit_on(connection, procedure_id, received_on)
    if unit is None:
        return DueAdvice(None, "Thủ tục chưa có thời hạn: gõ hạn trả, hoặc điền thời hạn ở trang Thủ tục.")
    due_on = dossiers.due_date(connection, procedure_id, received_on, received_at)
    assert due_on is not None
    calendar = office.calendar(connection, range(received_on.year, due_on.year + 1))
    why = _why(unit, amount, received_on, received_at, due_on, office.same_day_until(connection, received_on))
    if workdays.incomplete(calendar, due_on.year):
        why += f" Ngày nghỉ năm {due_on.year} chưa công bố đủ."
    return DueAdvice(due_on, why)


def _why(
    unit: LimitUnit, amount: int | None, received_on: date, received_at: time | None, due_on: date, until: time
) -> str:
    match unit:
        case LimitUnit.SAME_DAY if due_on == received_on:
            clock = formats.format_time(until)
            return f"Nhận trước {clock} nên trả trong ngày." if received_at else "Thủ tục trả trong ngày."
        case LimitUnit.SAME_DAY if received_at is not None and received_at >= until:
            return f"Nhận từ {formats.format_time(until)} nên trả ngày làm việc sau."
        case LimitUnit.SAME_DAY:
            return "Nhận vào ngày nghỉ nên trả ngày làm việc sau."
        case LimitUnit.DAYS:
            return f"{amount} ngày, gặp ngày nghỉ thì sang ngày làm việc sau."
        case LimitUnit.HOURS:
            return f"{amount} giờ làm việc, cứ {workdays.HOURS_A_DAY} giờ là một ngày."
        case LimitUnit.WORKING_DAYS:
            return f"{amount} ngày làm việc, không tính ngày nhận."


def due_reason(connection: Connection, dossier_id: int) -> str:
    """Why the due date in force was set by hand; "" where it was worked out."""
    steps = dossier_steps.steps_of(connection, dossier_id)
    setting = [step for step in steps if step["kind"] in (StepKind.RECEIVED, StepKind.DUE_SET)]
    return str(setting[-1]["reason"]) if setting else ""


def office_codes(connection: Connection) -> list[str]:
    """The codes this office has had, with which the province's codes of its dossiers begin."""
    return [code for code in connection.execute(select(OfficeVersion.code).distinct()).scalars() if code]


def short_code(code: str, prefixes: Iterable[str]) -> str:
    """An official code without the office's own prefix: H23.56.21-230612-0023 is 230612-0023 here."""
    for prefix in prefixes:
        if code.startswith(f"{prefix}-"):
            return code[len(prefix) + 1 :]
    return code
