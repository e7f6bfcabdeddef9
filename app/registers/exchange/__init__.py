"""Excel and CSV in, blank sheets and rows to mend out: what command line and window call (docs/import.md)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import Connection

from app import formats
from app.models.database import Actor, OfficeFile, Work
from app.models.journal import ChangeGroup
from app.problems import Problem
from app.registers.budget import ALLOCATIONS, ENTRIES
from app.registers.budget_lines import LINES
from app.registers.description import Register
from app.registers.documents import DOCUMENTS
from app.registers.dossiers import DOSSIERS
from app.registers.exchange import checking, matching
from app.registers.exchange.blank import write_blank
from app.registers.exchange.matching import Match
from app.registers.exchange.mending import write_bad_rows as _write_bad_rows
from app.registers.exchange.preview import Corrections, Part, Preview, RowState
from app.registers.exchange.reading import Sheet, Workbook, read_workbook
from app.registers.exchange.starting import starter_catalogue
from app.registers.kinds import Context
from app.registers.plans import TASKS
from app.registers.procedures import PROCEDURES

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Exchange:
    """What one file brings in: a register, or several that belong together, each from a sheet of its own."""

    key: str
    title: str
    noun: str
    parts: tuple[Register, ...]


REGISTERS: dict[str, Exchange] = {
    exchange.key: exchange
    for exchange in (
        Exchange("dossiers", "Nhập hồ sơ từ Excel", "hồ sơ", (DOSSIERS,)),
        Exchange("budget", "Nhập ngân sách từ Excel", "ngân sách", (LINES, ALLOCATIONS, ENTRIES)),
        Exchange("documents", "Nhập văn bản từ Excel", "văn bản", (DOCUMENTS,)),
        Exchange("procedures", "Nhập thủ tục từ Excel", "thủ tục", (PROCEDURES,)),
        Exchange("plans", "Nhập kế hoạch từ Excel", "kế hoạch", (TASKS,)),
    )
}
PARTS: dict[str, Register] = {part.key: part for exchange in REGISTERS.values() for part in exchange.parts}


@dataclass(frozen=True)
class ImportResult:
    """What an import did. `faults` has one line for each bad row, `other_sheets` the sheets that were not read."""

    preview: Preview
    file_name: str
    written: int
    group_id: int | None
    other_sheets: tuple[str, ...] = ()

    @property
    def read(self) -> int:
        """All rows that were read, known and bad ones among them."""
        return self.preview.count()

    @property
    def known(self) -> int:
        """Rows that stood in the register already."""
        return self.preview.count(RowState.KNOWN)

    @property
    def faults(self) -> list[str]:
        """Why rows were not taken: "Dòng 14: Ngày nhận: tháng 2/2023 có 28 ngày"."""
        return self.preview.faults

    @property
    def words(self) -> str:
        """The result in a few sentences."""
        bad, good = self.preview.count(RowState.BAD), self.preview.count(RowState.GOOD)
        sheets = ", ".join(f"“{part.match.sheet}”" for part in self.preview.parts)
        said = [f"Đã đọc {_count(self.read)} dòng của {self.file_name}, trang {sheets}."]
        if self.written or not bad:
            said.append(f"Đã nhập {_count(self.written)} dòng.")
        else:
            said.append(f"Chưa nhập dòng nào: có {_count(bad)} dòng lỗi, {_count(good)} dòng tốt.")
        if self.known:
            said.append(f"{_count(self.known)} dòng đã có trong sổ.")
        if self.written and bad:
            said.append(f"{_count(bad)} dòng lỗi chưa nhập.")
        skipped = [number for part in self.preview.parts for number in part.skipped]
        if skipped:
            said.append(f"Bỏ qua {_count(len(skipped))} dòng không phải dòng dữ liệu: {_numbers(skipped)}.")
        hidden = sum(part.hidden_rows for part in self.preview.parts)
        if hidden:
            said.append(f"{_count(hidden)} dòng đang bị ẩn trong Excel cũng được đọc.")
        if self.other_sheets:
            said.append(f"Chưa đọc trang {', '.join(f'“{name}”' for name in self.other_sheets)}.")
        return " ".join(said)


def _count(number: int) -> str:
    return formats.format_integer(number)


def _numbers(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, numbers[:5])) + (", …" if len(numbers) > 5 else "")


class Stopped(Problem):
    """A person stopped it: a progress raises this, and nothing is written."""

    def __init__(self) -> None:
        super().__init__("Đã dừng. Chưa ghi dòng nào vào sổ")


class _NotKept(Exception):
    """Carries a preview out of a transaction that is taken back."""

    def __init__(self, preview: Preview):
        super().__init__()
        self.preview = preview


# --- the three steps -------------------------------------------------------------------------------------------------


def open_file(path: Path, waiting: Callable[[], None] = lambda: None) -> Workbook:
    """Step 1: reads a file. Raises Problem with a sentence for what is no table, broken or hostile.

    `waiting` is called again and again meanwhile; what it raises ends the reading.
    """
    return read_workbook(path, waiting)


def contexts(connection: Connection, key: str, today: date) -> dict[str, Context]:
    """The option lists of each part, by the part's register key; also what `matching` and the screen need."""
    return {part.key: matching.context_for(connection, part, today) for part in REGISTERS[key].parts}


def find_matches(connection: Connection, today: date, key: str, workbook: Workbook) -> list[Match]:
    """Step 2: the sheets and columns found, one match for each part that has a sheet. Raises Problem for none."""
    exchange = REGISTERS[key]
    given = contexts(connection, key, today)
    remembered = {part.key: matching.remembered(connection, part) for part in exchange.parts}
    if len(exchange.parts) > 1:
        found = matching.find_parts(exchange.parts, workbook.sheets, given, remembered)
    else:
        (part,) = exchange.parts
        match = matching.find(part, workbook.sheets, given[part.key], remembered[part.key])
        found = [match] if match is not None else []
    if not found:
        raise Problem(
            f"Không thấy dòng tiêu đề của sổ {exchange.noun} trong {workbook.file_name}",
            next_step="Ghi bảng trắng ra để xem các cột.",
        )
    return found


def check(
    file: OfficeFile,
    actor: Actor,
    key: str,
    workbook: Workbook,
    matches: Sequence[Match],
    corrections: Corrections | None = None,
    progress: Progress | None = None,
) -> Preview:
    """Step 3: what an import would do, row by row; it is tried and taken back. Raises Problem for columns lacking."""

    def command(work: Work) -> Preview:
        raise _NotKept(_settle(work, key, workbook, matches, corrections, progress))

    try:
        return file.write(actor, REGISTERS[key].title, command).value
    except _NotKept as not_kept:
        return not_kept.preview


def bring_in(
    work: Work,
    key: str,
    workbook: Workbook,
    matches: Sequence[Match],
    corrections: Corrections | None = None,
    progress: Progress | None = None,
    name: str = "",
) -> ImportResult:
    """A command: writes all good rows as one change group and, with a name, remembers how the file was matched.

    Raises Problem where no row is good any more.
    """
    preview = _settle(work, key, workbook, matches, corrections, progress)
    good = preview.count(RowState.GOOD)
    if not good:
        raise Problem("Không còn dòng nào để nhập", next_step="Xem trước lại.")
    for match in matches if name else ():
        matching.remember(work, match, name)
    return _result(work, workbook, matches, preview)


def import_rows(
    file: OfficeFile,
    actor: Actor,
    key: str,
    workbook: Workbook,
    matches: Sequence[Match],
    corrections: Corrections | None = None,
    *,
    good: bool = True,
) -> ImportResult:
    """Writes all good rows, also where there is none; with `good` False nothing while a row is bad."""

    def command(work: Work) -> ImportResult:
        preview = _settle(work, key, workbook, matches, corrections, None)
        if not preview.count(RowState.GOOD) or (preview.count(RowState.BAD) and not good):
            raise _NotKept(preview)
        return _result(work, workbook, matches, preview)

    try:
        return file.write(actor, REGISTERS[key].title, command).value
    except _NotKept as not_kept:
        return ImportResult(not_kept.preview, workbook.file_name, 0, None, _other_sheets(workbook, matches))


def import_file(file: OfficeFile, actor: Actor, key: str, path: Path, *, good: bool = False) -> ImportResult:
    """The three steps at once, for the command line: only columns found by heading or remembered are taken."""
    workbook = open_file(path)
    with file.read() as connection:
        matches = find_matches(connection, file.clock.today(), key, workbook)
    return import_rows(file, actor, key, workbook, matches, good=good)


def _result(work: Work, workbook: Workbook, matches: Sequence[Match], preview: Preview) -> ImportResult:
    good = preview.count(RowState.GOOD)
    work.keep(ChangeGroup, work.group_id, row_count=good)
    return ImportResult(preview, workbook.file_name, good, work.group_id, _other_sheets(workbook, matches))


def _other_sheets(workbook: Workbook, matches: Sequence[Match]) -> tuple[str, ...]:
    read = {match.sheet for match in matches}
    return tuple(sheet.name for sheet in workbook.sheets if sheet.name not in read and sheet.rows)


def _settle(
    work: Work,
    key: str,
    workbook: Workbook,
    matches: Sequence[Match],
    corrections: Corrections | None,
    progress: Progress | None,
) -> Preview:
    """Reads all rows and writes the good ones; what is to be taken back, the caller takes back."""
    for match in matches:
        _check_columns(match)
    given = contexts(work.connection, key, work.clock.today())
    parts = [
        checking.read_part(
            work.connection,
            PARTS[match.register],
            workbook.sheet(match.sheet),
            match,
            given[match.register],
            corrections or {},
        )
        for match in matches
    ]
    tick = _ticking(progress, sum(len(part.rows) for part in parts))
    return Preview(tuple(checking.settle(work, REGISTERS[key].title, workbook, parts, tick)))


def _check_columns(match: Match) -> None:
    register = PARTS[match.register]
    lacking = matching.lacking(register, match)
    if lacking:
        labels = ", ".join(each.label for each in lacking)
        raise Problem(f"Trang “{match.sheet}” thiếu cột {labels}", next_step="Khớp cột, hoặc thêm cột vào tệp.")


def _ticking(progress: Progress | None, total: int) -> Callable[[int], None]:
    """Calls `progress(done, total)` now and then; what it raises stops the import, and nothing is written."""
    done = 0

    def tick(count: int) -> None:
        nonlocal done
        done += count
        if progress is not None and (done % 100 == 0 or done == total):
            progress(done, total)

    return tick


# --- files out -------------------------------------------------------------------------------------------------------


def blank_sheet(key: str, lists: Mapping[str, Context] | None = None) -> bytes:
    """An xlsx to be filled: a sheet for each part. With `lists` (contexts) references too are chosen from lists."""
    return write_blank(REGISTERS[key].parts, lists or {})


def write_bad_rows(path: Path, workbook: Workbook, preview: Preview, corrections: Corrections | None = None) -> int:
    """Writes the rows that cannot be taken, with reasons, to an xlsx; returns how many. The target is swapped in."""
    return _write_bad_rows(path, workbook, preview, corrections or {})


__all__ = [
    "PARTS",
    "REGISTERS",
    "Context",
    "Exchange",
    "ImportResult",
    "Match",
    "Part",
    "Preview",
    "RowState",
    "Sheet",
    "Stopped",
    "Workbook",
    "blank_sheet",
    "bring_in",
    "check",
    "contexts",
    "find_matches",
    "import_file",
    "import_rows",
    "open_file",
    "starter_catalogue",
    "write_bad_rows",
]
