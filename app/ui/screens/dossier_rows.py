"""A dossier as a row of the list: its state in one pill, its due date in one cell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app import formats
from app.models.dossiers import Outcome
from app.registers.dossier_facts import short_code
from app.ui.cells import Due, Pill, Row, Text, TwoLine
from app.ui.due import date_text, due_cell, finished_cell
from app.ui.tokens import Tone
from app.workdays import Calendar

PENDING = Pill("Đang giải quyết", Tone.BLUE)
HANDED_OVER = Pill("Đã trả kết quả", Tone.GRAY)
STATES = {
    Outcome.RESOLVED: Pill("Đã giải quyết", Tone.GREEN),
    Outcome.RETURNED: Pill("Trả lại", Tone.GRAY),
    Outcome.WITHDRAWN: Pill("Rút hồ sơ", Tone.GRAY),
    Outcome.STOPPED: Pill("Dừng", Tone.GRAY),
    Outcome.REJECTED: Pill("Từ chối", Tone.GRAY),
}


@dataclass(frozen=True)
class Around:
    """What every row needs beside its own values, read once for a list."""

    today: date
    calendar: Calendar
    procedures: Mapping[int, str]
    prefixes: Sequence[str]


def state_of(values: Mapping[str, Any]) -> Pill:
    """Where the dossier stands."""
    if values["outcome"] is None:
        return PENDING
    return HANDED_OVER if values["handed_over_on"] is not None else STATES[Outcome(values["outcome"])]


def due_of(values: Mapping[str, Any], around: Around) -> Due:
    """The due date and what remains, or how it ended."""
    due_on: date | None = values["due_on"]
    if values["outcome"] is None:
        return Due("", "chưa có hạn") if due_on is None else due_cell(due_on, around.today, around.calendar)
    if values["outcome"] == Outcome.REJECTED:
        return Due("", "không tiếp nhận", Tone.GRAY)
    return finished_cell(due_on, values["finished_on"], around.today)


def procedure_words(values: Mapping[str, Any], around: Around) -> str:
    """ "Chứng thực bản sao × 34"."""
    name = around.procedures[values["procedure_id"]]
    quantity = values["quantity"]
    return name if quantity == 1 else f"{name} × {formats.format_integer(quantity)}"


def row_of(values: Mapping[str, Any], around: Around, *, compact: bool, beside: bool) -> Row:
    """The cells for the columns that stand."""
    due, state = due_of(values, around), state_of(values)
    procedure = procedure_words(values, around)
    if compact:
        return Row(values["id"], (TwoLine(values["applicant"], procedure), due, state))
    received = () if beside else (Text(date_text(values["received_on"], around.today), muted=True),)
    code = Text(short_code(values["code"], around.prefixes), muted=True)
    return Row(values["id"], (code, Text(values["applicant"], medium=True), Text(procedure), *received, due, state))
