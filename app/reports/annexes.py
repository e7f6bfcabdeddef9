"""The annexed tables, filled from the facts. Tables print numbers unpadded; a ratio without base is "–"."""

from typing import assert_never

from app import formats
from app.reports.blocks import Align, AnnexKind, HeadCell, Row, Run, Table
from app.reports.facts import Facts, FigureValue
from app.vietnamese import roman

# Biểu II.06a/VPCP/KSTT: the eleven columns of numbers, (3) to (13). Columns (7) to (10) hold all that is finished,
# also what was returned, withdrawn or stopped; else (3) = (7) + (11) would fail.
_DOSSIER_COLUMNS: tuple[tuple[str, ...], ...] = (
    ("dossiers.total",),
    ("dossiers.online",),
    ("dossiers.in_person", "dossiers.post"),
    ("dossiers.carried_over",),
    ("dossiers.finished",),
    ("dossiers.finished_early",),
    ("dossiers.finished_on_time",),
    ("dossiers.finished_late",),
    ("dossiers.pending",),
    ("dossiers.pending_in_time",),
    ("dossiers.pending_overdue",),
)
_FOLDED = (
    ("dossiers.returned", "hồ sơ trả lại"),
    ("dossiers.withdrawn", "hồ sơ rút"),
    ("dossiers.stopped", "hồ sơ dừng giải quyết"),
)
_FOLDED_COLUMNS = (
    ("(8)", "dossiers.finished_early", "dossiers.early"),
    ("(9)", "dossiers.finished_on_time", "dossiers.on_time"),
    ("(10)", "dossiers.finished_late", "dossiers.late"),
)


def table_of(kind: AnnexKind, facts: Facts) -> Table:
    """The table of an annex."""
    match kind:
        case AnnexKind.DOSSIERS:
            return _dossiers(facts)
        case AnnexKind.BUDGET:
            return _budget(facts)
    assert_never(kind)


def unit_of(kind: AnnexKind) -> str:
    """The line over the table that names its unit."""
    match kind:
        case AnnexKind.DOSSIERS:
            return "Đơn vị tính: hồ sơ"
        case AnnexKind.BUDGET:
            return "Đơn vị tính: đồng"
    assert_never(kind)


def notes_of(kind: AnnexKind, facts: Facts) -> tuple[str, ...]:
    """The lines under the table."""
    match kind:
        case AnnexKind.DOSSIERS:
            return _dossier_notes(facts)
        case AnnexKind.BUDGET:
            return _budget_notes(facts)
    assert_never(kind)


def _dossiers(facts: Facts) -> Table:
    rows = [_dossier_row(str(at), name, name, facts) for at, name in enumerate(facts.fields, start=1)]
    head = (
        (
            HeadCell("TT", rows=3),
            HeadCell("Lĩnh vực giải quyết", rows=3),
            HeadCell("Số hồ sơ tiếp nhận", columns=4),
            HeadCell("Số hồ sơ đã giải quyết", columns=4),
            HeadCell("Số hồ sơ đang giải quyết", columns=3),
        ),
        (
            HeadCell("Tổng số", rows=2),
            HeadCell("Trong kỳ", columns=2),
            HeadCell("Từ kỳ trước", rows=2),
            HeadCell("Tổng số", rows=2),
            HeadCell("Trước hạn", rows=2),
            HeadCell("Đúng hạn", rows=2),
            HeadCell("Quá hạn", rows=2),
            HeadCell("Tổng số", rows=2),
            HeadCell("Trong hạn", rows=2),
            HeadCell("Quá hạn", rows=2),
        ),
        (HeadCell("Trực tuyến"), HeadCell("Trực tiếp, bưu chính")),
        tuple(HeadCell(f"({column})", bold=False) for column in range(1, len(_DOSSIER_COLUMNS) + 3)),
    )
    align = (Align.CENTRE, Align.LEFT, *(Align.RIGHT,) * len(_DOSSIER_COLUMNS))
    return Table(head, align, (*rows, _dossier_row("", "Tổng cộng", "", facts, total=True)))


def _dossier_row(number: str, label: str, dimension: str, facts: Facts, *, total: bool = False) -> Row:
    values = [[facts.figure(name, dimension) for name in names] for names in _DOSSIER_COLUMNS]
    return Row((Run(number), Run(label), *(_sum_run(each) for each in values)), total, total)


def _sum_run(figures: list[FigureValue]) -> Run:
    """One cell; `figure` beside the text only where the cell is that one figure."""
    total = sum(_integer(figure) for figure in figures)
    return Run(formats.format_integer(total), figure=figures[0] if len(figures) == 1 else None)


def _dossier_notes(facts: Facts) -> tuple[str, ...]:
    """Which columns hold what has no column of its own: "Cột (7) và (9) gồm 03 hồ sơ trả lại và 01 hồ sơ rút." """
    if not _integer(facts.figure("dossiers.total")):
        return ("Trong kỳ không phát sinh hồ sơ.",)
    folded = [
        f"{formats.format_count(_integer(facts.figure(name)))} {words}"
        for name, words in _FOLDED
        if _integer(facts.figure(name))
    ]
    if not folded:
        return ()
    columns = ["(7)"] + [
        column
        for column, finished, resolved in _FOLDED_COLUMNS
        if _integer(facts.figure(finished)) != _integer(facts.figure(resolved))
    ]
    return (f"Cột {_listed(columns)} gồm {_listed(folded)}.",)


def _budget(facts: Facts) -> Table:
    cut_off = formats.format_prose_date(facts.period.end)
    start = formats.format_prose_date(facts.period.budget_start)
    head = (
        (
            HeadCell("TT"),
            HeadCell("Nội dung"),
            HeadCell("Dự toán được giao"),
            HeadCell(f"Thực hiện từ {start} đến {cut_off}"),
            HeadCell("Tỷ lệ (%)"),
        ),
    )
    rows = []
    counters = [0, 0]
    for line in facts.budget_rows:
        if line.depth < 2:
            counters[line.depth] += 1
            counters[line.depth + 1 :] = [0] * (1 - line.depth)
        number = [roman(counters[0]), str(counters[1])][line.depth] if line.depth < 2 else ""
        label = line.label if line.depth < 2 else f"- {line.label}"
        rows.append(_budget_row(number, label, line.allocated, line.done, line.percent, bold=line.bold))
    investment = [facts.figure(f"budget.investment.{part}") for part in ("allocated", "done", "percent")]
    if rows and _integer(investment[0]):
        rows.append(_budget_row("", "Trong chi: kế hoạch đầu tư công", *investment))
    return Table(head, (Align.CENTRE, Align.LEFT, Align.RIGHT, Align.RIGHT, Align.RIGHT), tuple(rows))


def _budget_row(
    number: str, label: str, allocated: FigureValue, done: FigureValue, percent: FigureValue, *, bold: bool = False
) -> Row:
    amounts = (Run(formats.format_integer(_integer(each)), figure=each) for each in (allocated, done))
    share = Run(percent_text(percent).removesuffix("%"), figure=percent)
    return Row((Run(number), Run(label), *amounts, share), bold)


def _budget_notes(facts: Facts) -> tuple[str, ...]:
    if not facts.budget_rows:
        return ("Trong kỳ không phát sinh thu, chi ngân sách.",)
    balance = _integer(facts.figure("budget.balance"))
    words = "Thu lớn hơn chi" if balance >= 0 else "Chi lớn hơn thu"
    return (f"{words}: {formats.format_integer(abs(balance))} đồng.",) if balance else ()


def percent_text(figure: FigureValue) -> str:
    """ "99,04%", of a ratio without base "–"."""
    numerator, denominator = figure.operands
    return formats.format_ratio(numerator.value, denominator.value)


def _integer(figure: FigureValue) -> int:
    assert isinstance(figure.value, int), figure.name
    return figure.value


def _listed(words: list[str]) -> str:
    """ "a", "a và b", "a, b và c"."""
    return " và ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)
