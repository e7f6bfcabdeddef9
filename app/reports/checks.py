"""Checks of a report against the registers and against itself: plain functions that give findings.

An error must be mended before the report is sent; a warning is for looking at. Sources: the identities of biểu II.06a
and of the office's practice; Nghị định 30/2020/NĐ-CP, Điều 15 for numbers and days.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import Connection, and_, func, select

from app import formats, workdays
from app.models.documents import Document, DocumentSeries
from app.models.dossiers import Procedure, ProcedureChange, ProcedureChangeKind
from app.registers import documents, office, opening, saved_reports
from app.registers.documents import document_name
from app.registers.saved_reports import SavedReport
from app.reports import early
from app.reports.catalogue import CATALOGUE
from app.reports.figures import FigureSet


class Severity(StrEnum):
    """An error ends `check` with 1; a warning with 0."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Finding:
    """What is wrong, in one sentence with the arithmetic, under the name of its rule."""

    rule: str
    severity: Severity
    sentence: str


# Each identity: what must equal the sum of what. Every whole and every dimension must keep them.
IDENTITIES: tuple[tuple[str, tuple[tuple[int, str], ...]], ...] = (
    ("dossiers.total", ((1, "dossiers.carried_over"), (1, "dossiers.new"))),
    ("dossiers.new", ((1, "dossiers.online"), (1, "dossiers.in_person"), (1, "dossiers.post"))),
    ("dossiers.resolved", ((1, "dossiers.early"), (1, "dossiers.on_time"), (1, "dossiers.late"))),
    (
        "dossiers.finished",
        ((1, "dossiers.resolved"), (1, "dossiers.returned"), (1, "dossiers.withdrawn"), (1, "dossiers.stopped")),
    ),
    (
        "dossiers.finished",
        ((1, "dossiers.finished_early"), (1, "dossiers.finished_on_time"), (1, "dossiers.finished_late")),
    ),
    ("dossiers.pending", ((1, "dossiers.pending_in_time"), (1, "dossiers.pending_overdue"))),
    ("dossiers.total", ((1, "dossiers.finished"), (1, "dossiers.pending"))),
    ("dossiers.total", ((1, "dossiers.digitised"), (1, "dossiers.not_digitised"))),
    (
        "procedures.in_force",
        ((1, "procedures.in_force_before"), (1, "procedures.new"), (-1, "procedures.abolished")),
    ),
    ("procedures.published", ((1, "procedures.new"), (1, "procedures.amended"))),
    ("plans.tasks.total", ((1, "plans.tasks.done"), (1, "plans.tasks.pending"))),
    ("budget.balance", ((1, "budget.revenue.done"), (-1, "budget.expenditure.done"))),
)

# Parts that may not be above their whole.
PARTS: tuple[tuple[str, str], ...] = (
    ("dossiers.results_digitised", "dossiers.total"),
    ("plans.tasks.overdue", "plans.tasks.pending"),
    ("budget.investment.allocated", "budget.expenditure.allocated"),
    ("budget.investment.done", "budget.expenditure.done"),
)


def identities(figures: FigureSet) -> Iterator[Finding]:
    """Every identity, for the whole and for each dimension that all its figures have."""
    for name, parts in IDENTITIES:
        shared = [d for d in figures.dimensions[name] if all(d in figures.dimensions[part] for _, part in parts)]
        for dimension in ("", *shared):
            value = figures.number(name, dimension)
            total = sum(sign * figures.number(part, dimension) for sign, part in parts)
            if value != total:
                terms = " ".join(
                    f"{'+' if sign > 0 else '−'} {_text(figures.number(part, dimension))} {_named(part)}"
                    for sign, part in parts
                )
                named = _named(name, dimension)
                yield _error("identity", f"{named} là {_text(value)}, còn {terms.lstrip('+ ')} = {_text(total)}")


def sums(figures: FigureSet) -> Iterator[Finding]:
    """Every whole is the sum of its dimension."""
    for name in figures.names:
        value = figures.values[name, ""]
        dimensions = figures.dimensions.get(name, ())
        if value.operands or not dimensions:
            continue
        total = sum(figures.number(name, dimension) for dimension in dimensions)
        if value.value != total:
            yield _error("sum", f"{_named(name)} là {_text(figures.number(name))}, cộng từng phần được {_text(total)}")


def parts(figures: FigureSet) -> Iterator[Finding]:
    """No part is above its whole; a ratio over 100% of a budget is only warned of."""
    for part, whole in PARTS:
        if figures.number(part) > figures.number(whole):
            above = f"{_named(part)} là {_text(figures.number(part))}"
            yield _error("part", f"{above}, lớn hơn {_named(whole)} là {_text(figures.number(whole))}")
    for value in figures:
        if value.operands and value.operands[0].value > value.operands[1].value:
            numerator, denominator = value.operands
            share = formats.format_ratio(numerator.value, denominator.value)
            operands = f"{_text(numerator.value)}/{_text(denominator.value)}"
            named = _named(value.name, value.dimension)
            if not value.name.startswith("budget."):
                yield _error("part", f"{named}: {operands} = {share}, phần lớn hơn tổng")
            elif denominator.value:
                yield _warning("over_100", f"{named}: {operands} = {share}, vượt 100%")
            else:
                done = _named(numerator.name, value.dimension)
                yield _warning("over_100", f"{done} là {_text(numerator.value)}, chưa có dự toán")


def numbers_used_twice(connection: Connection, figures: FigureSet) -> Iterator[Finding]:
    """A number taken twice in a series (a file changed by another program; the register itself refuses it)."""
    period = figures.scope.period
    query = (
        select(Document.number, Document.suffix, Document.symbol, DocumentSeries.year)
        .join(DocumentSeries, DocumentSeries.id == Document.series_id)
        .where(DocumentSeries.year >= period.start.year, DocumentSeries.year <= period.end.year)
        .group_by(DocumentSeries.issuer, DocumentSeries.type_id, DocumentSeries.year, Document.number, Document.suffix)
        .having(func.count() > 1)
    )
    for row in connection.execute(query):
        yield _error(
            "number_twice", f"Số {document_name(row.number, row.suffix, row.symbol)} năm {row.year} dùng hai lần"
        )


def report_particulars(connection: Connection, report: SavedReport | None) -> Iterator[Finding]:
    """A numbered report has its date, signer and recipients; an unnumbered one is a draft, which is said."""
    if report is None:
        yield _warning("no_report", "Kỳ này chưa lập báo cáo")
        return
    if report.number is None:
        yield _warning("draft", "Báo cáo chưa có số: còn là dự thảo")
        if report.dated_on is not None:
            yield _error("number", "Báo cáo đã có ngày ký mà chưa có số")
    elif report.dated_on is None:
        yield _error("date", "Báo cáo đã có số mà chưa có ngày ký")
    if report.is_draft:
        return
    voided_on = saved_reports.voided_on(connection, report.id)
    if voided_on is not None:
        day_voided = formats.format_prose_date(voided_on)
        yield _error("number", f"Số {report.number:02d} của báo cáo đã bị hủy trong sổ văn bản ngày {day_voided}")
    day = report.dated_on or report.period.end
    if saved_reports.signer_of(connection, report.signer_id, day) is None:
        yield _error("signer", "Báo cáo đã có số mà chưa có người ký")
    if not office.office_on(connection, day)["recipients"].strip():
        yield _error("recipients", "Báo cáo đã có số mà chưa có nơi nhận")


def order_of_numbers(connection: Connection, figures: FigureSet) -> Iterator[Finding]:
    """Days that fall while numbers rise."""
    period = figures.scope.period
    for fault in documents.out_of_order(connection, period.start, period.end):
        yield _warning("order", fault.sentence)


def gaps(connection: Connection, figures: FigureSet) -> Iterator[Finding]:
    """Numbers that lack in a series."""
    period = figures.scope.period
    for name in documents.gaps(connection, period.start, period.end):
        yield _warning("gap", f"Thiếu số {name} trong sổ văn bản")


def rest_days(connection: Connection, figures: FigureSet) -> Iterator[Finding]:
    """Documents dated on a day of rest."""
    period = figures.scope.period
    calendar = office.calendar(connection, range(period.start.year, period.end.year + 1))
    query = (
        select(Document.number, Document.suffix, Document.symbol, Document.dated_on)
        .where(Document.dated_on >= period.start, Document.dated_on <= period.end, Document.voided_on.is_(None))
        .order_by(Document.dated_on, Document.number)
    )
    for row in connection.execute(query):
        if not workdays.is_workday(row.dated_on, calendar):
            name = document_name(row.number, row.suffix, row.symbol)
            yield _warning("rest_day", f"Văn bản {name} ghi ngày nghỉ {formats.format_date(row.dated_on)}")


def changes_across_periods(connection: Connection, figures: FigureSet) -> Iterator[Finding]:
    """Changes published in one period and in effect in another: why procedures in force and changes may not add up."""
    period = figures.scope.period
    published, effective = (
        and_(day >= period.start, day <= period.end)
        for day in (ProcedureChange.published_on, ProcedureChange.effective_on)
    )
    query = (
        select(Procedure.code, ProcedureChange.published_on, ProcedureChange.effective_on)
        .join(Procedure, Procedure.id == ProcedureChange.procedure_id)
        .where(ProcedureChange.kind != ProcedureChangeKind.AMENDED, published != effective)
        .order_by(Procedure.code)
    )
    for row in connection.execute(query):
        days = f"công khai {formats.format_date(row.published_on)}, áp dụng {formats.format_date(row.effective_on)}"
        yield _warning("across_periods", f"Thủ tục {row.code}: {days}, khác kỳ báo cáo")


def before_opening(connection: Connection, figures: FigureSet) -> Iterator[Finding]:
    """Days of the period before the books were opened, of which registers hold nothing."""
    left_out = opening.left_out(connection, figures.scope.period)
    if left_out is not None:
        yield _warning("before_opening", left_out.sentence)


def cut_off_to_come(connection: Connection, figures: FigureSet, today: date) -> Iterator[Finding]:
    """Dossiers that have time yet and are late only on a cut-off to come."""
    sentence = early.late_by_then(connection, figures.scope.period, figures.number(early.OVERDUE), today)
    if sentence:
        yield _warning("cut_off_to_come", sentence)


_OF_FIGURES: tuple[Callable[[FigureSet], Iterator[Finding]], ...] = (identities, sums, parts)
_OF_REGISTERS: tuple[Callable[[Connection, FigureSet], Iterator[Finding]], ...] = (
    numbers_used_twice,
    order_of_numbers,
    gaps,
    rest_days,
    changes_across_periods,
    before_opening,
)


def check(connection: Connection, figures: FigureSet, report: SavedReport | None, today: date) -> list[Finding]:
    """All findings, errors first."""
    found = [
        *(finding for rule in _OF_FIGURES for finding in rule(figures)),
        *report_particulars(connection, report),
        *(finding for rule in _OF_REGISTERS for finding in rule(connection, figures)),
        *cut_off_to_come(connection, figures, today),
    ]
    return sorted(found, key=lambda finding: finding.severity is not Severity.ERROR)


def _named(name: str, dimension: str = "") -> str:
    """A figure as people know it: by its definition."""
    return f"“{CATALOGUE[name].definition}”" + (f" ({dimension})" if dimension else "")


def _text(number: int) -> str:
    return formats.format_integer(number)


def _error(rule: str, sentence: str) -> Finding:
    return Finding(rule, Severity.ERROR, sentence)


def _warning(rule: str, sentence: str) -> Finding:
    return Finding(rule, Severity.WARNING, sentence)
