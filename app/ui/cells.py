"""What stands in a cell of a table: plain values, so that a list can be worked out without a window."""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Protocol

from app.ui.tokens import Tone


@dataclass(frozen=True)
class Text:
    """One line. `medium` for the column that names the row, `strong` for sums, `muted` for codes and lesser columns.

    `icon` stands before it in its tone, or in one of its own; `pill` after it ("05/06/2023 [Mới]"). A tone colours the
    text: a fault. What no longer holds is `struck`. A `fault` is a bad cell of a file: the whole cell has a red back.
    """

    text: str
    medium: bool = False
    strong: bool = False
    muted: bool = False
    small: bool = False
    icon: str = ""
    icon_tone: Tone | None = None
    tone: Tone | None = None
    struck: bool = False
    fault: bool = False
    pill: "Pill | None" = None
    tip: str = ""


@dataclass(frozen=True)
class Number:
    """A count or an amount, already with its dots; always at the right. `fault` as in Text."""

    text: str
    strong: bool = False
    muted: bool = False
    tone: Tone | None = None
    fault: bool = False
    tip: str = ""


@dataclass(frozen=True)
class Pill:
    """A state in its colour."""

    text: str
    tone: Tone
    icon: str = ""
    tip: str = ""


@dataclass(frozen=True)
class Due:
    """A date and what remains until it: amber or red brings its icon, no tone is plain, gray is finished."""

    date_text: str
    remaining_text: str
    tone: Tone | None = None
    tip: str = ""


@dataclass(frozen=True)
class Progress:
    """A bar with its number beside it; `text` replaces done/total ("76,21%")."""

    done: int
    total: int
    text: str = ""
    strong: bool = False
    tone: Tone = Tone.BLUE
    tip: str = ""


@dataclass(frozen=True)
class TwoLine:
    """A name and, below it, what it belongs to. With a tone both lines are a fault, its icon before them."""

    top: str
    bottom: str
    medium: bool = True
    tone: Tone | None = None
    icon: str = ""
    tip: str = ""


@dataclass(frozen=True)
class Tick:
    """A task that Space ticks."""

    text: str
    done: bool = False
    tip: str = ""


@dataclass(frozen=True)
class Branch:
    """A line of a tree: how deep it lies, and whether it is open (None: nothing below it)."""

    text: str
    depth: int = 0
    open: bool | None = None
    strong: bool = False
    tip: str = ""


@dataclass(frozen=True)
class Coded:
    """A short code in a room of its own, then the name it stands for: a column of a sheet."""

    code: str
    text: str
    medium: bool = True
    tip: str = ""


Cell = Text | Coded | Number | Pill | Due | Progress | TwoLine | Tick | Branch


@dataclass(frozen=True)
class Group:
    """A heading across the whole table: "Tuần này 2". Closed groups keep their heading.

    `progress` (done, total) is a bar with its numbers at the right.
    """

    title: str
    count: str = ""
    tone: Tone | None = None
    icon: str = ""
    open: bool = True
    progress: tuple[int, int] | None = None


@dataclass(frozen=True)
class Row:
    """One row; `id` is what the screen knows it by. A group row has no cells."""

    id: Hashable
    cells: tuple[Cell, ...] = ()
    group: Group | None = None


class RowSource(Protocol):
    """Where rows come from. Only pages that are painted are asked for."""

    def count(self) -> int:
        """How many rows there are."""
        ...

    def page(self, offset: int, limit: int) -> list[Row]:
        """That many rows from there on."""
        ...


class FixedRows:
    """A source whose rows are all there already."""

    def __init__(self, rows: list[Row]):
        self._rows = rows

    def count(self) -> int:
        return len(self._rows)

    def page(self, offset: int, limit: int) -> list[Row]:
        return self._rows[offset : offset + limit]


def spoken(cell: Cell) -> str:
    """A cell as a screen reader says it, as it is copied, and as its tool tip shows it when it is cut off."""
    match cell:
        case Text(text=text, pill=Pill(text=state)):
            return f"{text} {state}".strip()
        case Due(date_text=day, remaining_text=remaining):
            return f"{day} {remaining}".strip()
        case TwoLine(top=top, bottom=bottom):
            return f"{top}, {bottom}" if bottom else top
        case Progress(done=done, total=total, text=text):
            return text or f"{done}/{total}"
        case Tick(text=text, done=done):
            return f"{text}, đã xong" if done else text
        case Coded(code=code, text=text):
            return f"{code} {text}"
        case _:
            return cell.text
