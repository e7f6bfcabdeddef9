"""Random registers, written as rows, and the same figures counted in plain Python from what was drawn.

Days are drawn around one year's end, so that most examples have something before, in and after the period.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import strategies as st
from sqlalchemy import Connection, select

from app.models.budget import AllocationKind, BudgetAllocation, BudgetEntry, BudgetKind, BudgetLine
from app.models.database import Actor, OfficeFile, Work
from app.models.documents import Document, DocumentSeries, DocumentType, PlanTask
from app.models.dossiers import (
    Channel,
    DecidedBy,
    Dossier,
    DossierStep,
    Outcome,
    Procedure,
    ProcedureChange,
    ProcedureChangeKind,
    ProcedureField,
    StepKind,
)
from app.periods import Period, PeriodKind
from app.registers import dossier_steps
from app.reports.figures import Scope
from tests.offices import clock_on

DAY_ZERO = date(2022, 12, 1)
FIELDS = ("Hộ tịch", "Đất đai", "Chứng thực")
PROCEDURE_FIELDS = (0, 0, 1, 2)  # the field of each procedure
TYPES = ("QĐ", "KH", "CV")
ISSUERS = ("UBND", "HĐND")

days = st.integers(-40, 260).map(lambda offset: DAY_ZERO + timedelta(days=offset))
short = st.integers(0, 60)


def period(start: date, end: date) -> Period:
    """A period of any days."""
    return Period(PeriodKind.H1, 2023, start, end, date(2023, 1, 1), end)


# Periods of any length, the cut-off among the days that are drawn.
scopes = st.tuples(days, st.integers(0, 200)).map(lambda drawn: Scope(period(drawn[0], drawn[0] + timedelta(drawn[1]))))


@dataclass(frozen=True)
class RandomDossier:
    """A dossier as it was drawn: its day, its due dates as steps set them, its end."""

    procedure: int
    channel: Channel
    quantity: int
    received_on: date
    due_steps: tuple[tuple[StepKind, date, date | None], ...]
    outcome: Outcome | None
    finished_on: date | None
    papers_on: date | None
    result_on: date | None

    def due_at(self, day: date) -> date | None:
        """The due date as it was known on a day."""
        due = None
        for _, on, set_to in sorted(self.due_steps, key=lambda step: step[1]):
            if on <= day:
                due = set_to
        return due


@st.composite
def random_dossiers(draw: st.DrawFn) -> RandomDossier:
    received_on = draw(days)

    def later() -> date:
        return received_on + timedelta(draw(short))

    due_steps = [(StepKind.RECEIVED, received_on, draw(st.one_of(st.none(), short)))]
    for kind in draw(st.lists(st.sampled_from((StepKind.AWAITING_SUPPLEMENT, StepKind.DUE_SET)), max_size=2)):
        due_steps.append((kind, later(), draw(short) if kind is StepKind.DUE_SET else None))
    outcome = draw(st.sampled_from((None, None, *Outcome, Outcome.RESOLVED, Outcome.RESOLVED)))
    finished_on = None
    if outcome is not None:
        finished_on = received_on if outcome is Outcome.REJECTED else later()
    return RandomDossier(
        procedure=draw(st.integers(0, len(PROCEDURE_FIELDS) - 1)),
        channel=draw(st.sampled_from(Channel)),
        quantity=draw(st.sampled_from((1, 1, 2, 17))),
        received_on=received_on,
        due_steps=tuple(
            (kind, on, None if due is None else received_on + timedelta(due)) for kind, on, due in due_steps
        ),
        outcome=outcome,
        finished_on=finished_on,
        papers_on=draw(st.one_of(st.none(), st.just(received_on), short.map(lambda n: received_on + timedelta(n)))),
        result_on=draw(st.one_of(st.none(), short.map(lambda n: received_on + timedelta(n)))),
    )


@dataclass(frozen=True)
class RandomDocument:
    """A document, perhaps a plan with tasks (due, done)."""

    type: int
    issuer: int
    dated_on: date
    voided_on: date | None
    in_report: bool
    tasks: tuple[tuple[date | None, date | None], ...]


random_documents = st.builds(
    RandomDocument,
    type=st.integers(0, len(TYPES) - 1),
    issuer=st.sampled_from((0, 0, 0, 1)),
    dated_on=days,
    voided_on=st.one_of(st.none(), st.none(), days),
    in_report=st.booleans(),
    tasks=st.lists(st.tuples(st.one_of(st.none(), days), st.one_of(st.none(), days)), max_size=3).map(tuple),
)


@dataclass(frozen=True)
class RandomLine:
    """A leaf line of the budget, perhaps below a line of its own, with amounts on days."""

    kind: BudgetKind
    nested: bool
    is_investment: bool
    year: int
    allocations: tuple[tuple[date, int], ...]
    entries: tuple[tuple[date, int], ...]


_amounts = st.integers(-(10**12), 10**12)
random_lines = st.builds(
    RandomLine,
    kind=st.sampled_from(BudgetKind),
    nested=st.booleans(),
    is_investment=st.booleans(),
    year=st.sampled_from((2023, 2023, 2022)),
    allocations=st.lists(st.tuples(days, _amounts), max_size=3).map(tuple),
    entries=st.lists(st.tuples(days, _amounts), max_size=4).map(tuple),
)


@dataclass(frozen=True)
class RandomProcedure:
    """A procedure of the catalogue with the changes published about it."""

    decided_by: DecidedBy
    valid_from: date
    valid_to: date | None
    changes: tuple[tuple[ProcedureChangeKind, date], ...]


random_procedures = st.builds(
    RandomProcedure,
    decided_by=st.sampled_from(DecidedBy),
    valid_from=days,
    valid_to=st.one_of(st.none(), days),
    changes=st.lists(st.tuples(st.sampled_from(ProcedureChangeKind), days), max_size=2).map(tuple),
)


@dataclass(frozen=True)
class Registers:
    """Everything that was drawn."""

    dossiers: list[RandomDossier] = field(default_factory=list)
    documents: list[RandomDocument] = field(default_factory=list)
    lines: list[RandomLine] = field(default_factory=list)
    procedures: list[RandomProcedure] = field(default_factory=list)


random_registers = st.builds(
    Registers,
    st.lists(random_dossiers(), max_size=8),
    st.lists(random_documents, max_size=6),
    st.lists(random_lines, max_size=5),
    st.lists(random_procedures, max_size=5),
)


@contextmanager
def written(registers: Registers, master: Path) -> Iterator[Connection]:
    """A file that holds the registers, open for reading; `master` is an empty seeded one."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "so.socchc"
        path.write_bytes(master.read_bytes())
        with OfficeFile.open(path, clock_on()) as file:
            file.write(Actor("Thử"), "Ghi", _write, registers)
            with file.read() as connection:
                yield connection


def _write(work: Work, registers: Registers) -> None:
    procedure_ids = _catalogue(work)
    for number, drawn in enumerate(registers.dossiers):
        _dossier(work, procedure_ids, number, drawn)
    types = dict(work.connection.execute(select(DocumentType.code, DocumentType.id)).all())
    series: dict[tuple[str, str, int], int] = {}
    for number, document in enumerate(registers.documents):
        key = (ISSUERS[document.issuer], TYPES[document.type], document.dated_on.year)
        if key not in series:
            issuer, code, year = key
            series[key] = work.insert(DocumentSeries, issuer=issuer, type_id=types[code], year=year)
        _document(work, series[key], number, document)
    for number, line in enumerate(registers.lines):
        _line(work, number, line)
    for number, procedure in enumerate(registers.procedures):
        _procedure(work, number, procedure)


def _catalogue(work: Work) -> list[int]:
    """The fields and, for dossiers, procedures that were never in force within the days drawn."""
    fields = [
        work.insert(ProcedureField, name=name, name_key=f"thử {name}", position=10 + position)
        for position, name in enumerate(FIELDS)
    ]
    old = {"valid_from": date(2000, 1, 1), "valid_to": date(2000, 12, 31)}
    return [
        work.insert(
            Procedure,
            code=f"T{number}",
            name="x",
            name_key="x",
            field_id=fields[place],
            decided_by=DecidedBy.CENTRE,
            search_text="",
            **old,
        )
        for number, place in enumerate(PROCEDURE_FIELDS)
    ]


def _dossier(work: Work, procedure_ids: list[int], number: int, drawn: RandomDossier) -> None:
    first = drawn.due_steps[0]
    dossier_id = work.insert(
        Dossier,
        code=f"D{number}",
        procedure_id=procedure_ids[drawn.procedure],
        applicant="x",
        applicant_key="x",
        received_on=drawn.received_on,
        channel=drawn.channel,
        quantity=drawn.quantity,
        papers_digitised_on=drawn.papers_on,
        result_digitised_on=drawn.result_on,
        due_on=first[2],
        due_set_on=first[1],
        search_text="",
    )
    for kind, on, due in drawn.due_steps:
        dossier_steps.add_step(work, dossier_id, kind, on, due_on=due)
    if drawn.outcome is not None:
        assert drawn.finished_on is not None
        dossier_steps.add_step(work, dossier_id, dossier_steps.STEP_OF_OUTCOME[drawn.outcome], drawn.finished_on)
    work.update(Dossier, dossier_id, **dossier_steps.derive(dossier_steps.steps_of(work.connection, dossier_id)))


def _document(work: Work, series: int, number: int, drawn: RandomDocument) -> None:
    document_id = work.insert(
        Document,
        series_id=series,
        number=number + 1,
        symbol="X",
        dated_on=drawn.dated_on,
        abstract="x",
        in_report=drawn.in_report,
        voided_on=drawn.voided_on,
        search_text="",
    )
    for position, (due_on, done_on) in enumerate(drawn.tasks):
        work.insert(
            PlanTask,
            document_id=document_id,
            position=position,
            content="x",
            due_on=due_on,
            done_on=done_on,
            search_text="",
        )


def _line(work: Work, number: int, drawn: RandomLine) -> None:
    common = {"year": drawn.year, "kind": drawn.kind, "position": number}
    parent = None
    if drawn.nested:
        parent = work.insert(BudgetLine, name=f"Nhóm {number}", name_key=f"nhóm {number}", **common)
    line = work.insert(
        BudgetLine,
        name=f"Dòng {number}",
        name_key=f"dòng {number}",
        parent_id=parent,
        is_investment=drawn.is_investment and drawn.kind is BudgetKind.EXPENDITURE,
        **common,
    )
    for day, amount in drawn.allocations:
        kind = AllocationKind.ADJUSTED
        work.insert(BudgetAllocation, line_id=line, kind=kind, decision="x", decided_on=day, amount=amount)
    for day, amount in drawn.entries:
        work.insert(BudgetEntry, line_id=line, entry_on=day, amount=amount)


def _procedure(work: Work, number: int, drawn: RandomProcedure) -> None:
    field_id = work.connection.execute(select(ProcedureField.id).limit(1)).scalar_one()
    procedure_id = work.insert(
        Procedure,
        code=f"P{number}",
        name="x",
        name_key="x",
        field_id=field_id,
        decided_by=drawn.decided_by,
        valid_from=drawn.valid_from,
        valid_to=drawn.valid_to,
        search_text="",
    )
    for kind, day in drawn.changes:
        work.insert(
            ProcedureChange, procedure_id=procedure_id, kind=kind, decision="x", published_on=day, effective_on=day
        )


# --- the same counted in plain Python, after the words of the page of facts -------------------------------------------

Counted = Counter[tuple[str, str]]


def plain_count(registers: Registers, scope: Scope) -> Counted:
    """Every counted figure of non-zero value, whole and by dimension."""
    counted: Counted = Counter()
    for drawn in registers.dossiers:
        for name in _figures_of_dossier(drawn, scope.period):
            place = FIELDS[PROCEDURE_FIELDS[drawn.procedure]]
            for dimension in ("", place):
                counted[f"dossiers.{name}", dimension] += drawn.quantity
    for document in registers.documents:
        _count_document(document, scope, counted)
    for number, line in enumerate(registers.lines):
        _count_line(number, line, scope.period, counted)
    for procedure in registers.procedures:
        _count_procedure(procedure, scope.period, counted)
    return Counter({key: number for key, number in counted.items() if number})


def _figures_of_dossier(drawn: RandomDossier, asked: Period) -> Iterator[str]:
    start, end = asked.start, asked.end
    if drawn.outcome is Outcome.REJECTED:
        if start <= drawn.received_on <= end:
            yield "rejected"
        return
    if drawn.received_on > end or (drawn.finished_on is not None and drawn.finished_on < start):
        return
    yield "total"
    if drawn.received_on >= start:
        yield "new"
        yield str(drawn.channel.value)
    else:
        yield "carried_over"
    due = drawn.due_at(end)
    if drawn.outcome is not None and drawn.finished_on is not None and drawn.finished_on <= end:
        yield "finished"
        yield str(drawn.outcome.value)
        when = "on_time"
        if due is not None and drawn.finished_on != due:
            when = "early" if drawn.finished_on < due else "late"
        yield f"finished_{when}"
        if drawn.outcome is Outcome.RESOLVED:
            yield when
    else:
        yield "pending"
        yield "pending_overdue" if due is not None and due < end else "pending_in_time"
    yield "digitised" if drawn.papers_on is not None and drawn.papers_on <= end else "not_digitised"
    if drawn.result_on is not None and drawn.result_on <= end:
        yield "results_digitised"


def _count_document(drawn: RandomDocument, scope: Scope, counted: Counted) -> None:
    end = scope.period.end
    if ISSUERS[drawn.issuer] != scope.issuer or not scope.period.contains(drawn.dated_on):
        return
    if drawn.voided_on is not None and drawn.voided_on <= end:
        return
    for dimension in ("", TYPES[drawn.type]):
        counted["documents.issued", dimension] += 1
    if not drawn.in_report or TYPES[drawn.type] != "KH":
        return
    counted["plans.listed", ""] += 1
    for due_on, done_on in drawn.tasks:
        counted["plans.tasks.total", ""] += 1
        if done_on is not None and done_on <= end:
            counted["plans.tasks.done", ""] += 1
        else:
            counted["plans.tasks.pending", ""] += 1
            counted["plans.tasks.overdue", ""] += due_on is not None and due_on < end


def _count_line(number: int, drawn: RandomLine, asked: Period, counted: Counted) -> None:
    if drawn.year != 2023:
        return
    allocated = sum(amount for day, amount in drawn.allocations if day <= asked.end)
    done = sum(amount for day, amount in drawn.entries if asked.budget_start <= day <= asked.end)
    for dimension in ("", f"Dòng {number}"):
        counted[f"budget.{drawn.kind.value}.allocated", dimension] += allocated
        counted[f"budget.{drawn.kind.value}.done", dimension] += done
    counted["budget.balance", ""] += done if drawn.kind is BudgetKind.REVENUE else -done
    if drawn.is_investment and drawn.kind is BudgetKind.EXPENDITURE:
        counted["budget.investment.allocated", ""] += allocated
        counted["budget.investment.done", ""] += done


def _count_procedure(drawn: RandomProcedure, asked: Period, counted: Counted) -> None:
    def in_force(day: date) -> bool:
        return drawn.valid_from <= day and (drawn.valid_to is None or drawn.valid_to >= day)

    counted["procedures.in_force_before", ""] += in_force(asked.start - timedelta(days=1))
    for dimension in ("", drawn.decided_by.value):
        counted["procedures.in_force", dimension] += in_force(asked.end)
    names = {ProcedureChangeKind.ISSUED: "new", ProcedureChangeKind.AMENDED: "amended"}
    for kind, day in drawn.changes:
        if asked.contains(day):
            counted[f"procedures.{names.get(kind, 'abolished')}", ""] += 1
            counted["procedures.published", ""] += kind is not ProcedureChangeKind.ABOLISHED


def stored_steps(connection: Connection) -> dict[int, list[dict[str, Any]]]:
    """All steps by their dossier."""
    found: dict[int, list[dict[str, Any]]] = {}
    for step in connection.execute(select(DossierStep.__table__)).mappings():
        found.setdefault(step["dossier_id"], []).append(dict(step))
    return found
