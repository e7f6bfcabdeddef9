"""A random clerk: commands in any order, undone and taken up again after closing; the books stay right throughout."""

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from app.models.budget import AllocationKind, BudgetKind
from app.models.database import OfficeFile
from app.models.documents import Document, DocumentType
from app.models.dossiers import Channel, Dossier, Outcome, Procedure
from app.models.undoing import undo
from app.problems import Problem
from app.registers import budget, budget_lines, documents, dossier_steps, dossiers, plans
from app.reports import checks, figures
from app.reports.catalogue import CATALOGUE
from app.reports.figures import Scope
from tests.offices import ACTOR, MovingClock, build_office
from tests.reports.random_registers import period

START = date(2023, 5, 30)
JOURNAL = {"change", "change_group"}
State = dict[str, list[dict[str, Any]]]

_numbers = st.integers(0, 12)


class Clerk(RuleBasedStateMachine):
    """Each rule is one Save, or one that is refused; after each the invariants are looked at from outside."""

    master: Path

    @initialize()
    def open(self) -> None:
        self.folder = Path(mkdtemp())
        self.path = Path(shutil.copy(self.master, self.folder / "so.socchc"))
        self.moving = MovingClock(START)
        self.file = OfficeFile.open(self.path, self.moving.clock)
        self.groups: list[tuple[int, State]] = []
        self.save(lambda work: [self.line(work, kind) for kind in BudgetKind])

    @staticmethod
    def line(work: Any, kind: BudgetKind) -> int:
        return budget_lines.save_line(work, None, {"year": 2023, "kind": kind, "name": f"Khoản {kind.value}"})

    def teardown(self) -> None:
        if hasattr(self, "file"):
            self.file.close()
            assert [each.name for each in self.folder.iterdir()] == ["so.socchc"]
            shutil.rmtree(self.folder)

    def save(self, command: Callable[..., Any], *args: Any) -> bool:
        """One Save; what is refused has written nothing."""
        before = state(self.path)
        try:
            outcome = self.file.write(ACTOR, "Việc thử", command, *args)
        except Problem:
            assert state(self.path) == before
            return False
        if outcome.group_id is not None:
            self.groups.append((outcome.group_id, before))
        return True

    def some(self, model: Any, number: int) -> int:
        """One of the rows there are; 0, which is never a row, where there is none."""
        with self.file.read() as connection:
            ids = list(connection.execute(select(model.id).order_by(model.id)).scalars())
        return int(ids[number % len(ids)]) if ids else 0

    # --- what a clerk does -------------------------------------------------------------------------------------------

    @rule(number=_numbers, ago=st.integers(0, 9), channel=st.sampled_from(Channel))
    def register(self, number: int, ago: int, channel: Channel) -> None:
        values = {
            "procedure_id": self.some(Procedure, number),
            "applicant": "Bùi Thị Thử",
            "channel": channel,
            "received_on": self.moving.day - timedelta(ago),
            "quantity": number or None,
            "code": f"H23-{number:04d}" if number % 4 == 1 else None,
        }
        self.save(dossiers.save, None, values)

    @rule(number=_numbers, what=st.sampled_from(("applicant", "received_on", "procedure_id", "due_on", "code")))
    def amend(self, number: int, what: str) -> None:
        value = {
            "applicant": f"Lê Văn Thử {number}",
            "received_on": self.moving.day - timedelta(number),
            "procedure_id": self.some(Procedure, number),
            "due_on": self.moving.day + timedelta(number),
            "code": f"H23-{number:04d}",
        }[what]
        reason = {"due_reason": "Lý do thử"} if number % 2 else {}
        self.save(dossiers.save, self.some(Dossier, number), {what: value} | reason)

    @rule(number=_numbers, outcome=st.sampled_from(Outcome), ago=st.integers(0, 3))
    def finish(self, number: int, outcome: Outcome, ago: int) -> None:
        day = self.moving.day - timedelta(ago)
        self.save(dossier_steps.finish, self.some(Dossier, number), outcome, day, "Lý do thử")

    @rule(number=_numbers)
    def hand_over(self, number: int) -> None:
        self.save(dossier_steps.hand_over, self.some(Dossier, number), self.moving.day)

    @rule(number=st.integers(1, 12), code=st.sampled_from(("KH", "QĐ")), issuer=st.sampled_from(("UBND", "HĐND")))
    def issue(self, number: int, code: str, issuer: str) -> None:
        with self.file.read() as connection:
            type_id = connection.execute(select(DocumentType.id).where(DocumentType.code == code)).scalar_one()
        values = {"type_id": type_id, "issuer": issuer, "number": number, "dated_on": self.moving.day}
        self.save(documents.save, None, values | {"abstract": "Văn bản thử", "in_report": True})

    @rule(number=_numbers)
    def void(self, number: int) -> None:
        self.save(documents.void, self.some(Document, number), self.moving.day, "Ghi nhầm")

    @rule(number=_numbers)
    def plan(self, number: int) -> None:
        if plan := self.some(Document, number):
            self.save(plans.save, None, {"document_id": plan, "content": "Việc thử", "due_on": self.moving.day})

    @rule(number=_numbers, amount=st.integers(-(10**9), 10**9))
    def allocate(self, number: int, amount: int) -> None:
        kind = list(AllocationKind)[number % 4]
        named = {"year": 2023, "kind": BudgetKind.EXPENDITURE, "line": "Khoản expenditure"}
        values = {"allocation_kind": kind, "decision": "QĐ thử", "decided_on": self.moving.day, "amount": amount}
        self.save(budget.save_allocation, None, named | values)

    @rule(number=_numbers, amount=st.integers(0, 10**9), kind=st.sampled_from(BudgetKind))
    def enter(self, number: int, amount: int, kind: BudgetKind) -> None:
        named = {"year": 2023, "kind": kind, "line": f"Khoản {kind.value}", "entry_on": self.moving.day}
        way = "cumulative" if number % 2 else "amount"
        self.save(budget.save_entry, None, named | {way: amount, "reason": "Thử" if number % 3 else None})

    @rule(number=_numbers)
    def take_back(self, number: int) -> None:
        from app.models.budget import BudgetEntry

        self.save(budget.counter, self.some(BudgetEntry, number), self.moving.day, "Ghi nhầm")

    @precondition(lambda self: self.groups)
    @rule()
    def undo_last(self) -> None:
        group, before = self.groups[-1]
        assert self.save(undo, group)
        assert state(self.path) == before

    @precondition(lambda self: self.groups)
    @rule(number=_numbers)
    def undo_some(self, number: int) -> None:
        self.save(undo, self.groups[number % len(self.groups)][0])

    @rule(more=st.integers(1, 5))
    def another_day(self, more: int) -> None:
        self.moving.day += timedelta(more)

    @rule()
    def reopen(self) -> None:
        before = state(self.path)
        self.file.close()
        assert [each.name for each in self.folder.iterdir()] == ["so.socchc"]
        self.file = OfficeFile.open(self.path, self.moving.clock)
        assert state(self.path) == before

    # --- what always holds -------------------------------------------------------------------------------------------

    @invariant()
    def rows_follow_from_their_steps(self) -> None:
        if not hasattr(self, "file"):
            return
        with self.file.read() as connection:
            for row in connection.execute(select(Dossier.__table__)).mappings():
                derived = dossier_steps.derive(dossier_steps.steps_of(connection, row["id"]))
                assert derived == {name: row[name] for name in derived}

    @invariant()
    def the_journal_tells_how_every_row_came(self) -> None:
        if hasattr(self, "file"):
            assert replayed(self.path) == {
                (table, row["id"]): row for table, rows in state(self.path).items() for row in rows
            }

    @invariant()
    def figures_agree(self) -> None:
        if not hasattr(self, "file"):
            return
        scope = Scope(period(date(2023, 6, 1), self.moving.day + timedelta(3)))
        with self.file.read() as connection:
            found = figures.compute(connection, scope, CATALOGUE.values())
        wrong = [*checks.identities(found), *checks.sums(found)]
        assert [finding.sentence for finding in wrong] == []


def state(path: Path) -> State:
    """All facts of the file, read by SQLite alone."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        connection.row_factory = sqlite3.Row
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            name: [dict(row) for row in connection.execute(f"SELECT * FROM {name} ORDER BY id")]
            for name in names
            if name not in JOURNAL | {"alembic_version", "sqlite_sequence"}
        }


def replayed(path: Path) -> dict[tuple[str, int], dict[str, Any]]:
    """The rows as the journal alone tells them, values as SQLite keeps them."""
    rows: dict[tuple[str, int], dict[str, Any]] = {}
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        for register, row_id, before, after in connection.execute(
            'SELECT register, row_id, before, "after" FROM change ORDER BY id'
        ):
            key = (register, row_id)
            if after is None:
                assert kept(json.loads(before)) == rows.pop(key)
                continue
            if before is None:
                rows[key] = {}
            else:
                was = kept(json.loads(before))
                assert {name: rows[key][name] for name in was} == was
            rows[key] |= kept(json.loads(after))
    return rows


def kept(values: dict[str, Any]) -> dict[str, Any]:
    return {name: _kept(name, value) for name, value in values.items()}


def _kept(name: str, value: Any) -> Any:
    match value:
        case bool():
            return int(value)
        case str() if name == "entered_at":
            return value.replace("T", " ") + ".000000"
        case _:
            return value


def _run(office_master: Path, **limits: int) -> None:
    class Here(Clerk):
        master = office_master

    run_state_machine_as_test(Here, settings=settings(deadline=None, **limits))  # type: ignore[arg-type]


def test_a_random_clerk(office_master: Path) -> None:
    _run(office_master, max_examples=8, stateful_step_count=20)


@pytest.mark.slow
def test_a_random_clerk_for_long(office_master: Path) -> None:
    _run(office_master, max_examples=100, stateful_step_count=50)


def test_the_small_office_is_journaled_too(office_master: Path, tmp_path: Path) -> None:
    path = tmp_path / "so.socchc"
    build_office(path)
    assert replayed(path) == {(table, row["id"]): row for table, rows in state(path).items() for row in rows}
