"""Saved reports: making a draft for a period, its particulars (cut-off, number, date, signer, addressee), its text.

A report with number and date stands in the register of documents: the same command writes it there, so that its number
is taken once and nobody enters it twice.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, select

from app import formats, periods
from app.models.database import Work, table_of
from app.models.documents import Document
from app.models.office import Rule, Signer
from app.models.reports import Report
from app.periods import Period, PeriodKind
from app.problems import Problem
from app.registers import documents, office
from app.registers.description import Field, Register, Width
from app.registers.saving import put

REPORT_TYPE = "report.document_type"
TYPED_TOGETHER = timedelta(minutes=10)

FIELDS = (
    Field(
        Report.end,
        "Đến hết ngày",
        "Ngày chốt số liệu; việc của chính ngày này được tính.",
        width=Width.HALF,
    ),
    Field(Report.due_on, "Hạn gửi", "Ngày cấp trên cần nhận báo cáo.", width=Width.HALF),
    Field(
        Report.number,
        "Số",
        "Số của báo cáo trong loạt số báo cáo; để trống khi còn dự thảo.",
        minimum=1,
        width=Width.HALF,
    ),
    Field(Report.dated_on, "Ngày ký", "Ngày ghi trên báo cáo.", width=Width.HALF),
    Field(Report.signer_id, "Người ký", "Để trống thì lấy người ký của ngày ký.", reference="signers"),
    Field(Report.addressee, "Kính gửi", "Nơi nhận báo cáo; để trống thì lấy cấp trên của cơ quan."),
)


@dataclass(frozen=True)
class SavedReport:
    """A saved report as screens and the renderer need it."""

    id: int
    period: Period
    number: int | None
    dated_on: date | None
    signer_id: int | None
    addressee: str
    text: str

    @property
    def is_draft(self) -> bool:
        """Until it is numbered."""
        return self.number is None


def create(work: Work, period: Period, text: str, due_on: date | None = None) -> int:
    """Makes the draft of a period, due on its usual day or another. Raises Problem when the period has one already."""
    if find(work.connection, period.kind, period.year) is not None:
        raise Problem(f"Đã có báo cáo {period.words}", field="kind")
    if period.end < period.start:
        raise Problem("Ngày chốt trước ngày đầu kỳ", field="end")
    return work.insert(
        Report,
        kind=period.kind,
        year=period.year,
        start=period.start,
        end=period.end,
        budget_start=period.budget_start,
        due_on=due_on or period.due_on,
        addressee="",
        text=text,
    )


def save(work: Work, row_id: int | None, values: Mapping[str, Any]) -> int:
    """Writes the particulars of a report; what `values` leave out stays.

    Raises Problem for a number taken or given up, and days out of order.
    """
    assert row_id is not None
    before = work.row(Report, row_id)
    merged = before | dict(values)
    if merged["end"] < merged["start"]:
        raise Problem("Ngày chốt trước ngày đầu kỳ", field="end")
    if merged["dated_on"] is not None and merged["dated_on"] < merged["end"]:
        raise Problem("Ngày ký trước ngày chốt số liệu", field="dated_on")
    if merged["number"] is not None and merged["dated_on"] is None:
        raise Problem("Báo cáo đã có số cần ngày ký", field="dated_on")
    if merged["number"] is None and before["number"] is not None:
        raise Problem("Số của báo cáo đã vào sổ văn bản, không bỏ được", field="number")
    put(work, Report, row_id, values)
    if merged["number"] is not None:
        work.update(Report, row_id, document_id=_register(work, merged))
    return row_id


def save_text(work: Work, report_id: int, text: str) -> None:
    """Writes the text of a report (JSON of the template tree).

    An editor saves each second: what one person goes on typing within ten minutes is one Save of the journal.
    """
    if not work.extend_last(Report, report_id, TYPED_TOGETHER, text=text):
        work.update(Report, report_id, text=text)


def _register(work: Work, report: Mapping[str, Any]) -> int:
    """Puts a numbered report into the register of documents, or corrects its row there.

    A voided row keeps its number and day: the report then needs another number, and a row of its own.
    """
    current = office.office_on(work.connection, report["dated_on"])
    info = _report_type(work.connection, report["dated_on"])
    period = _period(report)
    signer = signer_of(work.connection, report["signer_id"], report["dated_on"])
    return documents.save(
        work,
        None if voided_on(work.connection, report["id"]) else report["document_id"],
        {
            "type_id": info.id,
            "issuer": office.reporting_issuer(current),
            "number": report["number"],
            "dated_on": report["dated_on"],
            "abstract": f"Kết quả công tác cải cách hành chính {period.words}",
            "signer": signer["name"] if signer else "",
        },
    )


def voided_on(connection: Connection, report_id: int) -> date | None:
    """The day on which the number of a report was voided in the register of documents; None while it holds."""
    query = select(Document.voided_on).join(Report, Report.document_id == Document.id).where(Report.id == report_id)
    return connection.execute(query).scalar_one_or_none()


def symbol_on(connection: Connection, day: date) -> str:
    """The symbol of reports on a day: BC-UBND."""
    info = _report_type(connection, day)
    return documents.symbol_for(info, office.reporting_issuer(office.office_on(connection, day)))


def _report_type(connection: Connection, day: date) -> documents.TypeInfo:
    code = office.rule(connection, REPORT_TYPE, day)
    return next(info for info in documents.types(connection) if info.code == code)


def signer_of(connection: Connection, signer_id: int | None, day: date) -> Mapping[str, Any] | None:
    """The signer chosen for a report, else the one who signs on its day."""
    if signer_id is None:
        return office.signer_on(connection, day)
    return dict(connection.execute(select(table_of(Signer)).where(Signer.id == signer_id)).mappings().one())


def _period(row: Mapping[str, Any]) -> Period:
    return Period(
        kind=PeriodKind(row["kind"]),
        year=row["year"],
        start=row["start"],
        end=row["end"],
        budget_start=row["budget_start"],
        due_on=row["due_on"],
    )


def _saved(row: Mapping[str, Any]) -> SavedReport:
    return SavedReport(
        row["id"],
        _period(row),
        row["number"],
        row["dated_on"],
        row["signer_id"],
        row["addressee"],
        row["text"],
    )


def find(connection: Connection, kind: PeriodKind, year: int) -> SavedReport | None:
    """The latest saved, not replaced report of a period."""
    query = (
        select(table_of(Report))
        .where(Report.kind == kind, Report.year == year, Report.replaced_by_id.is_(None))
        .order_by(Report.id.desc())
        .limit(1)
    )
    row = connection.execute(query).mappings().first()
    return _saved(dict(row)) if row is not None else None


def get(connection: Connection, report_id: int) -> SavedReport:
    """One report. Raises Problem when it is gone."""
    row = connection.execute(select(table_of(Report)).where(Report.id == report_id)).mappings().first()
    if row is None:
        raise Problem("Báo cáo này không còn trong sổ")
    return _saved(dict(row))


def every(connection: Connection) -> list[SavedReport]:
    """All reports that are not replaced, the newest period first."""
    query = (
        select(table_of(Report)).where(Report.replaced_by_id.is_(None)).order_by(Report.end.desc(), Report.id.desc())
    )
    return [_saved(dict(row)) for row in connection.execute(query).mappings()]


def period_rules(connection: Connection, year: int) -> periods.PeriodRules:
    """The usual cut-offs and due days of a year: a rule decides no day from before it was in force."""
    query = select(Rule.key, Rule.value, Rule.valid_from).where(Rule.key.like("period.%")).order_by(Rule.valid_from)
    values: dict[str, str] = {}
    for key, value, valid_from in connection.execute(query):
        day = periods.day_of_year(value)
        if day is not None and valid_from <= date(year, *day):
            values[key] = value
    return periods.rules_from(values)


def default_period(connection: Connection, kind: PeriodKind, year: int, end: date | None = None) -> Period:
    """The period with its chained start and default cut-off (or the given one), not looking at its own report."""
    rules = period_rules(connection, year)
    # Without a report of last year its usual end, by the rules of that year, opens this one.
    ends = {(PeriodKind.Y, year - 1): date(year - 1, *period_rules(connection, year - 1).ends[PeriodKind.Y])}
    ends |= {(report.period.kind, report.period.year): report.period.end for report in every(connection)}
    return periods.default_period(kind, year, lambda k, y: ends.get((k, y)), rules, end=end)


def period_of(connection: Connection, kind: PeriodKind, year: int, end: date | None = None) -> Period:
    """The period of a report asked for by name: the saved report's, else the default; `end` overrides the cut-off."""
    saved = find(connection, kind, year)
    if saved is None:
        return default_period(connection, kind, year, end)
    if end is None:
        return saved.period
    if end < saved.period.start:
        raise Problem(f"Ngày chốt {formats.format_date(end)} trước ngày đầu kỳ", field="end")
    return saved.period.ending(end)


REPORTS = Register(
    "reports",
    "Báo cáo",
    "báo cáo",
    Report,
    FIELDS,
    frozenset({"id", "kind", "year", "start", "budget_start", "document_id", "replaced_by_id", "text"}),
    save,
)
