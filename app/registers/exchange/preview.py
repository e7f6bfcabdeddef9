"""What an import will do, row by row, before and after it is done."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from app.problems import Problem, Problems
from app.registers.description import Field, Register
from app.registers.exchange.matching import Match
from app.registers.kinds import Cell

# What a person typed over cells of the file: by register, Excel's row number and field.
Corrections = Mapping[tuple[str, int, str], str]


class RowState(StrEnum):
    """What becomes of a row: taken, to be mended, in the register already."""

    GOOD = "good"
    BAD = "bad"
    KNOWN = "known"


@dataclass(frozen=True)
class Fault:
    """Why a row cannot be taken: the field ("" for the whole row), a sentence that begins with its label, and where
    the program has a guess, the text that would be right if a person agrees."""

    field: str
    sentence: str
    suggestion: str = ""


@dataclass(frozen=True)
class Row:
    """A row of the sheet by Excel's own number: its cells and values by field key, its faults, its key."""

    number: int
    cells: Mapping[str, Cell]
    values: Mapping[str, Any]
    faults: tuple[Fault, ...] = ()
    key: str = ""
    known: bool = False

    @property
    def state(self) -> RowState:
        """A row known already is passed over, whatever else is said of it."""
        if self.known:
            return RowState.KNOWN
        return RowState.BAD if self.faults else RowState.GOOD

    def with_faults(self, *faults: Fault) -> "Row":
        """The row with more faults."""
        return replace(self, faults=self.faults + faults)


@dataclass(frozen=True)
class Part:
    """One sheet on its way into one register.

    `skipped` names the rows that are no data: empty in every required field, or headings again.
    """

    register: Register
    match: Match
    rows: tuple[Row, ...]
    skipped: tuple[int, ...] = ()
    hidden_rows: int = 0


@dataclass(frozen=True)
class Preview:
    """All parts of a file with what becomes of each row."""

    parts: tuple[Part, ...] = field(default=())

    def count(self, state: RowState | None = None) -> int:
        """How many rows are in a state; all rows without one."""
        return sum(state is None or row.state is state for part in self.parts for row in part.rows)

    @property
    def faults(self) -> list[str]:
        """One line for each row that cannot be taken, with its sheet where there are several."""
        return [
            f"{f'{part.match.sheet}, d' if len(self.parts) > 1 else 'D'}òng {row.number}: "
            + "; ".join(fault.sentence for fault in row.faults)
            for part in self.parts
            for row in part.rows
            if row.state is RowState.BAD
        ]


def fault_of(each: Field, problem: Problem, suggestion: str = "") -> Fault:
    """A fault of a field in the words of the preview: its label, then what is wrong."""
    said, label = problem.sentence, each.label
    if said.startswith("Cần nhập"):
        said = "còn trống"
    elif said.startswith(f"{label}: "):
        said = said[len(label) + 2 :]
    elif said.startswith(f"{label} ") and not said.startswith(f"{label} này "):
        said = said[len(label) + 1 :]
    elif said.startswith("Không đọc được"):
        said = said.partition(" “")[0]
    return Fault(each.key, f"{label}: {said[0].lower()}{said[1:]}", suggestion)


def faults_of(register: Register, problem: Problem) -> tuple[Fault, ...]:
    """The faults that a command found."""
    found = problem.faults if isinstance(problem, Problems) else (problem,)
    return tuple(
        fault_of(register.by_key[each.field], each) if each.field in register.by_key else Fault("", each.sentence)
        for each in found
    )
