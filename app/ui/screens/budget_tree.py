"""The tree of a budget's year as rows of a table: what was given, done, is left, and how far that is."""

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass

from app import formats
from app.models.budget import BudgetKind
from app.registers.budget_lines import LineProgress
from app.ui.cells import Branch, Cell, Number, Progress, Row, Text
from app.ui.paged_model import Column
from app.ui.tokens import Tone

TOTAL = "total"


@dataclass(frozen=True)
class Side:
    """One segment: thu, chi, or the part of chi that is investment."""

    key: str
    label: str
    total: str
    kind: BudgetKind
    left: str
    payer: str


REVENUE = Side("revenue", "Thu", "Thu ngân sách", BudgetKind.REVENUE, "Còn được thu theo dự toán", "Người nộp")
EXPENDITURE = Side(
    "expenditure", "Chi", "Chi ngân sách", BudgetKind.EXPENDITURE, "Còn được chi theo dự toán", "Người nhận"
)
INVESTMENT = Side(
    "investment", "Đầu tư công", "Đầu tư công", BudgetKind.EXPENDITURE, "Còn được chi theo dự toán", "Người nhận"
)
SIDES = {side.key: side for side in (REVENUE, EXPENDITURE, INVESTMENT)}

_NAME = Column("name", "Khoản", stretch=True)
_AMOUNTS = (
    Column("allocated", "Dự toán giao", 144, right=True),
    Column("done", "Đã thực hiện", 144, right=True),
    Column("left", "Còn lại", 156, right=True),
)
COLUMNS = (_NAME, *_AMOUNTS, Column("part", "Đạt", 220))
COLUMNS_INVESTMENT = (_NAME, Column("project", "Dự án", 240), *_AMOUNTS, Column("part", "Đạt", 220))
# Beside a panel in a narrow window: the panel has the line's amounts, the tree is there to choose from.
COLUMNS_LEAST = (_NAME, Column("done", "Đã thực hiện", 128, right=True), Column("part", "Đạt", 110))
COLUMNS_NARROW = (
    _NAME,
    Column("allocated", "Dự toán giao", 124, right=True),
    Column("done", "Đã thực hiện", 124, right=True),
    Column("left", "Còn lại", 156, right=True),
    Column("part", "Đạt", 126),
)


def only(columns: Sequence[Column], rows: Sequence[Row]) -> list[Row]:
    """Rows with the cells of these columns; all columns have a place among those of COLUMNS or COLUMNS_INVESTMENT."""
    everything = COLUMNS if not rows or len(rows[0].cells) == len(COLUMNS) else COLUMNS_INVESTMENT
    keys = [column.key for column in everything]
    places = [keys.index(column.key) for column in columns]
    return [Row(row.id, tuple(row.cells[place] for place in places)) for row in rows]


def tree_rows(side: Side, lines: Sequence[LineProgress], closed: Set[object]) -> list[Row]:
    """The sum of the side, then its lines; what lies below a closed line is left out."""
    return [_total(side, lines, closed), *(_row(line, closed, side.kind) for line in shown(lines, closed))]


def shown(lines: Sequence[LineProgress], closed: Set[object]) -> Iterable[LineProgress]:
    """The lines that are not hidden by a closed one above them."""
    if TOTAL in closed:
        return
    hidden_below: int | None = None
    for line in lines:
        if hidden_below is not None and line.depth > hidden_below:
            continue
        hidden_below = line.depth if line.id in closed else None
        yield line


def investment_rows(lines: Sequence[tuple[LineProgress, str]], *, with_project: bool) -> list[Row]:
    """The lines of the investment plan, each with its project; in a narrow window the project follows the name."""
    progress = [line for line, _ in lines]
    total = _cells(Branch(INVESTMENT.total, strong=True), *_sums(progress), INVESTMENT.kind)
    rows = [Row(TOTAL, _with_project(total, "", with_project))]
    for line, project in lines:
        name = line.name if with_project or not project else f"{line.name} · {project}"
        cells = _cells(Branch(name, 1), line.allocated, line.done, INVESTMENT.kind)
        rows.append(Row(line.id, _with_project(cells, project, with_project)))
    return rows


def _with_project(cells: tuple[Cell, ...], project: str, with_project: bool) -> tuple[Cell, ...]:
    return (cells[0], Text(project, muted=True), *cells[1:]) if with_project else cells


def _total(side: Side, lines: Sequence[LineProgress], closed: Set[object]) -> Row:
    name = Branch(side.total, open=TOTAL not in closed if lines else None, strong=True)
    return Row(TOTAL, _cells(name, *_sums([line for line in lines if line.depth == 0]), side.kind))


def _row(line: LineProgress, closed: Set[object], kind: BudgetKind) -> Row:
    name = Branch(line.name, line.depth + 1, None if line.is_leaf else line.id not in closed, strong=not line.is_leaf)
    return Row(line.id, _cells(name, line.allocated, line.done, kind))


def _sums(lines: Sequence[LineProgress]) -> tuple[int, int]:
    return sum(line.allocated for line in lines), sum(line.done for line in lines)


def _cells(name: Branch, allocated: int, done: int, kind: BudgetKind) -> tuple[Cell, ...]:
    """More collected than planned is well, and nothing planned is not exceeded; more spent than given is a fault."""
    over = done > allocated
    fault = Tone.RED if kind is BudgetKind.EXPENDITURE and over else None
    left = formats.format_money(allocated - done)
    if over:
        left = f"vượt {formats.format_money(done - allocated)}" if allocated or fault else ""
    percent = formats.format_ratio(done, allocated)
    return (
        name,
        Number(formats.format_money(allocated), strong=name.strong),
        Number(formats.format_money(done), strong=name.strong),
        Number(left, muted=True, tone=fault),
        Progress(done, allocated, percent, strong=name.strong and not name.depth, tone=fault or Tone.BLUE),
    )
