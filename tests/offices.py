"""Offices for tests: a clock that stands still, a small seeded office, commands run as a person would run them."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from app.clock import Clock
from app.models.base import Base
from app.models.budget import AllocationKind, BudgetKind
from app.models.database import Actor, OfficeFile, Work, table_of
from app.models.documents import DocumentType
from app.models.dossiers import Channel, DecidedBy, Dossier, Procedure
from app.models.office import OfficeKind
from app.models.tables import MODEL_OF_TABLE
from app.problems import Problem, Problems
from app.registers import budget, budget_lines, documents, dossiers, office, procedures, seeds
from app.workdays import LimitUnit

TODAY = date(2023, 6, 12)  # a Monday
NOW = datetime(2023, 6, 12, 9, 42)
ACTOR = Actor("Trần Thị Mẫu", 1)

# Code, field, limit: one procedure of each kind of limit, one without.
PROCEDURES = (
    ("NGAY", "Chứng thực", None, LimitUnit.SAME_DAY),
    ("GIO", "Chứng thực", 4, LimitUnit.HOURS),
    ("BA", "Hộ tịch", 3, LimitUnit.WORKING_DAYS),
    ("HAI-HAI", "Bảo trợ xã hội", 22, LimitUnit.WORKING_DAYS),
    ("BA-MUOI", "Đất đai", 30, LimitUnit.DAYS),
    ("CHUA-RO", "Hộ tịch", None, None),
)


def clock_on(day: date = TODAY) -> Clock:
    """A clock that stands still on a day."""
    return Clock(today=lambda: day, now=lambda: datetime.combine(day, time(9, 42)))


class MovingClock:
    """A clock that a test moves on."""

    def __init__(self, day: date):
        self.day = day
        self.clock = Clock(today=lambda: self.day, now=lambda: datetime.combine(self.day, time(9, 42)))


def do(file: OfficeFile, command: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """Runs one command as one Save and gives back its value."""
    return file.write(ACTOR, "Việc thử", command, *args, **kwargs).value


def refused(file: OfficeFile, command: Callable[..., Any], *args: Any) -> Problem:
    """What a command is refused with, having written nothing; a form's only fault stands for the form."""
    models = tuple(MODEL_OF_TABLE.values())
    before = [rows(file, model) for model in models]
    with pytest.raises(Problem) as told:
        do(file, command, *args)
    assert [rows(file, model) for model in models] == before
    problem = told.value
    if isinstance(problem, Problems) and len(problem.faults) == 1:
        [problem] = problem.faults
    return problem


def build_office(path: Path) -> None:
    """A seeded office with a version, a signer, two people and the procedures above."""
    with OfficeFile.create(path, clock_on()) as file:
        file.write(Actor("Lập sổ"), "Lập sổ", _found)


def _found(work: Work) -> None:
    seeds.seed(work)
    office.save_office(
        work,
        None,
        {
            "valid_from": date(2022, 1, 1),
            "kind": OfficeKind.COMMUNE,
            "name": "Thử Nghiệm",
            "superior": "Ủy ban nhân dân huyện Mẫu",
            "place": "Thử Nghiệm",
            "code": None,
            "issuers": "UBND, HĐND",
            "recipients": "Như trên\nLưu: VT",
        },
    )
    signer = {"name": "Nguyễn Văn Mẫu", "title": "Chủ tịch", "valid_from": date(2022, 1, 1), "valid_to": None}
    office.save_signer(work, None, signer)
    for name in ("Trần Thị Mẫu", "Lê Thị Thử"):
        office.save_person(work, None, {"name": name, "section": None})
    for code, field, amount, unit in PROCEDURES:
        values = {"limit_amount": amount, "limit_unit": unit, "valid_from": date(2020, 1, 1), "valid_to": None}
        named = {"code": code, "name": f"Thủ tục {code}", "field": field, "decided_by": DecidedBy.CENTRE}
        procedures.save(work, None, named | values)


def procedure_id(file: OfficeFile, code: str) -> int:
    with file.read() as connection:
        return int(connection.execute(select(Procedure.id).where(Procedure.code == code)).scalar_one())


def type_id(file: OfficeFile, code: str) -> int:
    with file.read() as connection:
        return int(connection.execute(select(DocumentType.id).where(DocumentType.code == code)).scalar_one())


def row(file: OfficeFile, model: type[Base], row_id: int) -> dict[str, Any]:
    """One row as it stands."""
    table = table_of(model)
    with file.read() as connection:
        return dict(connection.execute(select(table).where(table.c.id == row_id)).mappings().one())


def rows(file: OfficeFile, model: type[Base]) -> list[dict[str, Any]]:
    """All rows of a table by id."""
    table = table_of(model)
    with file.read() as connection:
        return [dict(each) for each in connection.execute(select(table).order_by(table.c.id)).mappings()]


def dossier(file: OfficeFile, procedure: str = "BA", /, **values: Any) -> int:
    """Registers a dossier of a procedure."""
    filled = {
        "procedure_id": procedure_id(file, procedure),
        "applicant": "Phạm Thị Ví Dụ",
        "channel": Channel.IN_PERSON,
    }
    return int(do(file, dossiers.save, None, filled | {"received_on": TODAY - timedelta(days=7)} | values))


def dossier_row(file: OfficeFile, dossier_id: int) -> dict[str, Any]:
    return row(file, Dossier, dossier_id)


def document(file: OfficeFile, number: int, day: date, code: str = "QĐ", **values: Any) -> int:
    """Writes a document of a type and number."""
    filled = {"type_id": type_id(file, code), "issuer": "UBND", "number": number, "dated_on": day}
    return int(do(file, documents.save, None, filled | {"abstract": f"Văn bản thử {number}"} | values))


def budget_line(file: OfficeFile, name: str, kind: BudgetKind = BudgetKind.EXPENDITURE, **values: Any) -> int:
    """Adds a line to the budget of 2023."""
    return int(do(file, budget_lines.save_line, None, {"year": 2023, "kind": kind, "name": name} | values))


def allocate(file: OfficeFile, line: int, amount: int, kind: AllocationKind = AllocationKind.GIVEN) -> int:
    """Gives a line its money."""
    values = {"line_id": line, "kind": kind, "decision": "QĐ thử", "decided_on": date(2023, 1, 3)}
    return int(do(file, budget.save_allocation, None, values | {"amount": amount}))


def budget_entry(file: OfficeFile, line: int, day: date = date(2023, 5, 31), **values: Any) -> int:
    """Books an amount on a line."""
    return int(do(file, budget.save_entry, None, {"line_id": line, "entry_on": day} | values))
