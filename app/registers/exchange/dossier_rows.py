"""Dossiers of a file: checked together and written in bulk, by the same steps that the counter writes.

The counter's own command asks the file for each dossier anew; ten thousand of them are checked here over what is read
once, with the same rules.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, time
from typing import Any

from sqlalchemy import Connection, select

from app import vietnamese, workdays
from app.models.database import Work
from app.models.dossiers import Dossier, DossierStep, Outcome, Procedure, StepKind
from app.problems import Problem
from app.registers import dossier_steps, dossiers, office, procedures
from app.registers.exchange.cells import clock_of
from app.registers.exchange.matching import shown
from app.registers.exchange.preview import Fault, Part, Row, RowState, fault_of
from app.registers.kinds import Cell, Context

OWN_PREFIX = "NB-"
_WITHOUT_OFFICE = re.compile(r"\d{6}-\d{1,6}")  # an official code whose office is left out


def spread(cells: Mapping[str, Cell]) -> dict[str, Cell]:
    """A clock beside the day of reception is the hour of reception."""
    parted = dict(cells)
    if parted.get("received_at") is None:
        clock = clock_of(parted.get("received_on"))
        if clock is not None:
            parted["received_at"] = clock
    return parted


def complete(connection: Connection, part: Part, _: Context) -> Part:
    """Fills what follows from other columns and finds the faults between them."""
    versions = office.office_versions(connection)
    namesakes = _namesakes(connection)
    with_outcome = "outcome" in part.match.by_field

    def completed(row: Row) -> Row:
        values = dict(row.values)
        if row.faults:
            return row
        values["quantity"] = values.get("quantity") or 1
        _choose_procedure(values, row.cells.get("procedure_id"), namesakes)
        if not with_outcome and (values.get("finished_on") or values.get("handed_over_on")):
            values["outcome"] = Outcome.RESOLVED
        if values.get("outcome") == Outcome.REJECTED:
            values["finished_on"] = values.get("finished_on") or values["received_on"]
        faults = [
            *_code_faults(values, versions),
            *_end_faults(values),
            *dossiers.digitised_faults(values),
        ]
        return replace(row, values=values, faults=tuple(_fault(problem) for problem in faults))

    return replace(part, rows=tuple(completed(row) for row in part.rows))


def _fault(problem: Problem) -> Fault:
    return fault_of(dossiers.DOSSIERS.by_key[problem.field], problem, problem.next_step)


def _code_faults(values: Mapping[str, Any], versions: list[Mapping[str, Any]]) -> Iterator[Problem]:
    code = values.get("code")
    if not code or not _WITHOUT_OFFICE.fullmatch(code):
        return
    own = next((version["code"] for version in versions if version["valid_from"] <= values["received_on"]), "")
    if own:
        yield Problem(f"Thiếu mã cơ quan {own}", field="code", next_step=f"{own}-{code}")


def _end_faults(values: Mapping[str, Any]) -> Iterator[Problem]:
    """The rules of finishing and handing over (dossier_steps.finish, dossier_steps.hand_over)."""
    outcome, finished_on, handed_over_on = (values.get(key) for key in ("outcome", "finished_on", "handed_over_on"))
    received_on = values["received_on"]
    if outcome is None:
        if finished_on:
            yield Problem("Hồ sơ đang giải quyết mà đã có ngày xong", field="finished_on")
        if handed_over_on:
            yield Problem("Hồ sơ đang giải quyết mà đã có ngày trả", field="handed_over_on")
        return
    if finished_on is None:
        yield Problem("Cần nhập ngày xong", field="finished_on")
    elif finished_on < received_on:
        yield Problem("Trước ngày nhận", field="finished_on")
    elif outcome == Outcome.REJECTED and finished_on != received_on:
        yield Problem("Từ chối tiếp nhận ghi đúng ngày nhận", field="finished_on")
    if handed_over_on and outcome != Outcome.RESOLVED:
        yield Problem("Hồ sơ chưa giải quyết xong", field="handed_over_on")
    elif handed_over_on and finished_on and handed_over_on < finished_on:
        yield Problem("Trước ngày xong", field="handed_over_on")


# --- procedures and their limits -------------------------------------------------------------------------------------


def _namesakes(connection: Connection) -> dict[int, list[Any]]:
    """The procedures that share their name with another one, by the id of each."""
    query = select(Procedure.id, Procedure.name_key, Procedure.valid_from, Procedure.valid_to)
    by_name: dict[str, list[Any]] = {}
    for row in connection.execute(query):
        by_name.setdefault(row.name_key, []).append(row)
    return {row.id: rows for rows in by_name.values() if len(rows) > 1 for row in rows}


def _choose_procedure(values: dict[str, Any], cell: Cell, namesakes: Mapping[int, list[Any]]) -> None:
    """A name that several procedures carry means the one in force on the day of reception; a code means its own."""
    day = values["received_on"]
    for row in namesakes.get(values["procedure_id"], ()):
        in_force = row.valid_from <= day and (row.valid_to is None or day <= row.valid_to)
        if in_force and vietnamese.key(shown(cell)) == row.name_key:
            values["procedure_id"] = row.id
            return


def _due_dates(connection: Connection, rows: tuple[Row, ...]) -> Callable[[Mapping[str, Any]], date | None]:
    """Due dates by limit and calendar; limits are read once, the rule of the hour once for each day."""
    years = {row.values["received_on"].year for row in rows if not row.faults}
    calendar = office.calendar(connection, years | {year + 1 for year in years})
    limits = procedures.limit_history(connection)
    hours: dict[date, time] = {}

    def due(values: Mapping[str, Any]) -> date | None:
        day = values["received_on"]
        amount, unit = procedures.limit_from(limits[values["procedure_id"]], day)
        if unit is None:
            return None
        if day not in hours:
            hours[day] = office.same_day_until(connection, day)
        return workdays.due_date(day, values.get("received_at"), amount, unit, calendar, hours[day])

    return due


# --- writing ---------------------------------------------------------------------------------------------------------


def write(work: Work, part: Part, file_name: str, tick: Callable[[int], None]) -> list[Row]:
    """Works out due dates, finds what they contradict, and writes the good rows with their steps."""
    due = _due_dates(work.connection, part.rows)
    own_codes = _own_codes(work.connection, part.rows)
    row_id = work.last_id(Dossier)
    step_id = work.last_id(DossierStep)
    checked: list[Row] = []
    new_rows: list[dict[str, Any]] = []
    new_steps: list[dict[str, Any]] = []
    for row in part.rows:
        tick(1)
        if row.state is RowState.GOOD:
            computed = due(row.values)
            due_on = row.values.get("due_on") or computed
            if due_on is not None and due_on < row.values["received_on"]:
                row = row.with_faults(_fault(Problem("Hạn trả trước ngày nhận", field="due_on")))
            else:
                row_id += 1
                values = dict(row.values) | ({} if row.values.get("code") else own_codes(row.values))
                reason = f"Theo tệp {file_name}"
                steps = [
                    {"id": step_id + place, "dossier_id": row_id, **step}
                    for place, step in enumerate(_steps(values, due_on, reason, due_on == computed), start=1)
                ]
                step_id += len(steps)
                new_steps += steps
                new_rows.append(_row(row_id, values, steps) | _source(work, row))
        checked.append(row)
    entered = {"person_name": work.actor.name, "entered_at": work.clock.now()}
    work.bulk_insert(Dossier, new_rows)
    work.bulk_insert(DossierStep, [step | entered for step in new_steps])
    return checked


def _steps(values: Mapping[str, Any], due_on: date | None, reason: str, by_limit: bool) -> Iterator[dict[str, Any]]:
    yield _step(StepKind.RECEIVED, values["received_on"], "" if by_limit else reason) | {"due_on": due_on}
    outcome = values.get("outcome")
    if outcome is not None:
        resolved = outcome == Outcome.RESOLVED
        yield _step(dossier_steps.STEP_OF_OUTCOME[Outcome(outcome)], values["finished_on"], "" if resolved else reason)
    if values.get("handed_over_on"):
        yield _step(StepKind.HANDED_OVER, values["handed_over_on"], "")


def _step(kind: StepKind, on_date: date, reason: str) -> dict[str, Any]:
    return {"kind": kind, "on_date": on_date, "due_on": None, "reason": reason}


def _row(row_id: int, values: Mapping[str, Any], steps: list[dict[str, Any]]) -> dict[str, Any]:
    typed = {
        name: values.get(name)
        for name in (
            *("code", "own_year", "own_number", "procedure_id", "applicant", "received_on", "received_at", "channel"),
            *("quantity", "officer_id", "papers_digitised_on", "result_digitised_on"),
        )
    }
    texts = {name: values.get(name) or "" for name in ("address", "phone", "note")}
    return {"id": row_id, **typed, **texts, **dossiers.search_keys(values), **dossier_steps.derive(steps)}


def _source(work: Work, row: Row) -> dict[str, Any]:
    return {"source_group_id": work.group_id, "source_row": row.number, "import_key": row.key}


def _own_codes(connection: Connection, rows: tuple[Row, ...]) -> Callable[[Mapping[str, Any]], dict[str, Any]]:
    """Numbers of our own series, one after the other for each year, past those that somebody typed as a code."""
    typed = {row.values.get("code") for row in rows}
    typed.update(
        connection.execute(
            select(Dossier.code).where(Dossier.own_number.is_(None), Dossier.code.like(f"{OWN_PREFIX}%"))
        ).scalars()
    )
    last: dict[int, int] = {}

    def next_code(values: Mapping[str, Any]) -> dict[str, Any]:
        year = values["received_on"].year
        number = last[year] + 1 if year in last else dossiers.next_own_code(connection, year)["own_number"]
        while dossiers.own_code(year, number) in typed:
            number += 1
        last[year] = number
        return {"code": dossiers.own_code(year, number), "own_year": year, "own_number": number}

    return next_code
