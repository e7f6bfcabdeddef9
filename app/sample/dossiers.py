"""The dossiers of the sample: about 490 rows that count to the 1.455 of the report, field by field."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time

from sqlalchemy import select

from app.models.database import Work
from app.models.dossiers import Channel, Dossier, Outcome, Procedure
from app.registers import dossier_steps, dossiers, office
from app.sample.people import applicants
from app.workdays import Calendar, add_workdays

START, CUT_OFF = date(2022, 12, 15), date(2023, 6, 10)


@dataclass(frozen=True)
class FieldPlan:
    """What one field of the sample holds; every number counts dossiers.

    `procedures` are the beginnings of the names used for single rows, `carried` and `pending` the days of reception of
    those carried over and still pending, `early` how many are resolved before their due date.
    """

    procedures: tuple[str, ...]
    online: int
    in_person: int
    carried: tuple[date, ...] = ()
    pending: tuple[date, ...] = ()
    early: int = 0
    early_procedure: str = ""
    returned: int = 0
    withdrawn: int = 0
    not_digitised: int = 0


SOCIAL = "Thực hiện, điều chỉnh, thôi hưởng trợ cấp xã hội"
MERIT = "Giải quyết chế độ trợ cấp thờ cúng"
MARITAL = "Cấp Giấy xác nhận tình trạng hôn nhân"
LAND = "Hòa giải tranh chấp đất đai"
COPIES = "Chứng thực bản sao từ bản chính"
SIGNATURES = "Chứng thực chữ ký"

# Days of reception in the pending windows, so that each is still in time at the cut-off.
_PENDING_SOCIAL = (
    date(2023, 5, 15),
    date(2023, 5, 16),
    date(2023, 5, 18),
    date(2023, 5, 22),
    date(2023, 5, 23),
    date(2023, 5, 25),
    date(2023, 5, 29),
    date(2023, 5, 30),
    date(2023, 6, 1),
    date(2023, 6, 5),
    date(2023, 6, 8),
)
_CARRIED_SOCIAL = (
    date(2022, 11, 18),
    date(2022, 11, 21),
    date(2022, 11, 23),
    date(2022, 11, 24),
    date(2022, 11, 28),
    date(2022, 11, 29),
    date(2022, 12, 1),
    date(2022, 12, 2),
    date(2022, 12, 5),
    date(2022, 12, 7),
    date(2022, 12, 8),
    date(2022, 12, 12),
    date(2022, 12, 13),
)

PLANS: tuple[FieldPlan, ...] = (
    FieldPlan((SOCIAL,), 48, 28, carried=_CARRIED_SOCIAL, pending=_PENDING_SOCIAL, withdrawn=1, not_digitised=8),
    FieldPlan(
        (MERIT,),
        8,
        4,
        carried=(date(2022, 12, 6), date(2022, 12, 9)),
        pending=(date(2023, 5, 30), date(2023, 6, 6)),
        returned=1,
        not_digitised=2,
    ),
    FieldPlan((COPIES, SIGNATURES), 0, 43),
    FieldPlan(
        ("Đăng ký khai sinh", "Cấp bản sao trích lục hộ tịch", "Đăng ký khai tử", "Đăng ký kết hôn", MARITAL),
        178,
        39,
        carried=(date(2022, 12, 14),),
        early=18,
        early_procedure=MARITAL,
        returned=2,
        not_digitised=2,
    ),
    FieldPlan(("Công nhận hòa giải viên",), 2, 1),
    FieldPlan((LAND,), 0, 2, pending=(date(2023, 5, 24), date(2023, 6, 2)), not_digitised=2),
)
ONLINE_CERTIFICATIONS = 1086


def write(work: Work) -> None:
    """Registers and ends all dossiers of the sample."""
    people = applicants()
    calendar = office.calendar(work.connection, (2022, 2023))
    _online_certifications(work, calendar)
    for plan in PLANS:
        for row in _rows(plan, calendar):
            name, address = next(people)
            dossier_id = dossiers.save(
                work,
                None,
                {
                    "procedure_id": _procedure(work, row.procedure),
                    "applicant": name,
                    "address": address,
                    "channel": row.channel,
                    "received_on": row.received_on,
                    "received_at": time(8, 15),
                    "quantity": 1,
                    "papers_digitised_on": row.received_on if row.digitised else None,
                },
            )
            _end(work, dossier_id, row, calendar)


def _online_certifications(work: Work, calendar: Calendar) -> None:
    """One row a working day stands for the like dossiers of that day."""
    days = list(_workdays(START, CUT_OFF, calendar))
    each, more = divmod(ONLINE_CERTIFICATIONS, len(days))
    for index, day in enumerate(days):
        quantity = each + (index < more)
        dossier_id = dossiers.save(
            work,
            None,
            {
                "procedure_id": _procedure(work, COPIES),
                "applicant": f"{quantity} người nộp",
                "channel": Channel.ONLINE,
                "received_on": day,
                "quantity": quantity,
                "papers_digitised_on": day,
            },
        )
        dossier_steps.finish(work, dossier_id, Outcome.RESOLVED, day)
        dossier_steps.hand_over(work, dossier_id, day)


@dataclass(frozen=True)
class _Row:
    procedure: str
    channel: Channel
    received_on: date
    outcome: Outcome | None
    early: bool
    digitised: bool


def _rows(plan: FieldPlan, calendar: Calendar) -> Iterator[_Row]:
    channels = [Channel.ONLINE] * plan.online + [Channel.IN_PERSON] * plan.in_person
    outcomes = [None] * len(plan.pending) + [Outcome.RETURNED] * plan.returned + [Outcome.WITHDRAWN] * plan.withdrawn
    ended = len(channels) - len(plan.pending)
    days = [*plan.pending, *_spread(ended, plan, calendar)]
    total = len(plan.carried) + len(channels)
    for index, day in enumerate(plan.carried):
        procedure = plan.early_procedure or plan.procedures[0]
        yield _Row(procedure, Channel.IN_PERSON, day, Outcome.RESOLVED, False, index + len(channels) < total)
    for index, (channel, day) in enumerate(zip(channels[::-1], days, strict=True)):
        outcome = outcomes[index] if index < len(outcomes) else Outcome.RESOLVED
        early = len(outcomes) <= index < len(outcomes) + plan.early
        single = plan.procedures[index % len(plan.procedures)]
        procedure = plan.early_procedure if early else single
        yield _Row(procedure, channel, day, outcome, early, index >= plan.not_digitised)


def _spread(count: int, plan: FieldPlan, calendar: Calendar) -> list[date]:
    """Days of reception spread over the period, early enough to be due by the cut-off."""
    reach = {SOCIAL: 23, MERIT: 13, LAND: 31}.get(plan.procedures[0], 6)
    days = list(_workdays(START, CUT_OFF, calendar))[:-reach]
    return [days[index * len(days) // count] for index in range(count)] if count else []


def _workdays(start: date, end: date, calendar: Calendar) -> Iterator[date]:
    day = add_workdays(start, 0, calendar)
    while day <= end:
        yield day
        day = add_workdays(day, 1, calendar)


def _end(work: Work, dossier_id: int, row: _Row, calendar: Calendar) -> None:
    if row.outcome is None:
        return
    received = work.row(Dossier, dossier_id)
    due = received["due_on"]
    day = add_workdays(row.received_on, 1, calendar) if row.early else due
    reason = {
        Outcome.RETURNED: "Không đủ điều kiện giải quyết",
        Outcome.WITHDRAWN: "Người nộp đề nghị rút",
    }.get(row.outcome, "")
    dossier_steps.finish(work, dossier_id, row.outcome, day, reason)
    if row.outcome is Outcome.RESOLVED:
        dossier_steps.hand_over(work, dossier_id, day)


def _procedure(work: Work, beginning: str) -> int:
    query = select(Procedure.id).where(Procedure.name.startswith(beginning)).order_by(Procedure.code).limit(1)
    return int(work.connection.execute(query).scalar_one())
