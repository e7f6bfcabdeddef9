"""Documents issued in numbered series, and the plans among them.

Nghị định 30/2020/NĐ-CP, Điều 15: numbers run from 01 on 01/01 to 31/12, in the order of the days of issue; a number is
never freed, a voided document keeps its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, and_, func, or_, select

from app import formats, periods, vietnamese
from app.models.database import Work, table_of
from app.models.documents import Document, DocumentSeries, DocumentType, PlanTask
from app.models.reports import Report
from app.periods import PeriodKind
from app.problems import Problem
from app.registers.description import Field, Register, Width
from app.registers.kinds import KindName
from app.registers.saving import put, stored, taken

FIELDS = (
    Field(
        None,
        "Loại văn bản",
        "Loại văn bản; mỗi loại một loạt số trong năm.",
        key="type_id",
        reference="document_types",
        required=True,
        headings=("Loại", "Tên loại"),
        width=Width.HALF,
    ),
    Field(
        None,
        "Cơ quan ban hành",
        "UBND hay HĐND; mỗi cơ quan một loạt số.",
        key="issuer",
        reference="issuers",
        required=True,
        headings=("Nơi ban hành", "Đơn vị ban hành"),
        width=Width.HALF,
    ),
    Field(
        Document.number,
        "Số",
        "Sổ đưa ra số tiếp theo; số đã cấp không dùng lại.",
        headings=("Số văn bản", "Số VB", "Số, ký hiệu", "Số ký hiệu", "Số và ký hiệu", "Số, ký hiệu văn bản"),
        minimum=1,
        width=Width.THIRD,
    ),
    Field(
        Document.suffix,
        "Chữ kèm số",
        "Chữ đứng sau số khi chèn số: a, b.",
        width=Width.THIRD,
        in_form=False,
    ),
    Field(
        Document.symbol,
        "Ký hiệu",
        "Tự đặt theo loại và cơ quan: KH-UBND.",
        required=False,
        width=Width.THIRD,
        in_form=False,
    ),
    Field(
        Document.dated_on,
        "Ngày ban hành",
        "Ngày ghi trên văn bản; số lớn không được ghi ngày trước số nhỏ.",
        headings=("Ngày", "Ngày văn bản", "Ngày tháng"),
        past_only=True,
        width=Width.HALF,
    ),
    Field(Document.abstract, "Trích yếu", "Nội dung chính, không ghi lại tên loại.", headings=("Trích yếu nội dung",)),
    Field(Document.signer, "Người ký", "Họ và tên người ký.", kind=KindName.NAME, headings=("Người ký văn bản",)),
    Field(
        Document.in_report,
        "Nêu trong báo cáo CCHC",
        "Báo cáo liệt kê kế hoạch có dấu này, theo ngày rồi theo số.",
        headings=("Nêu trong báo cáo",),
    ),
    Field(
        Document.voided_on,
        "Ngày hủy",
        "Văn bản hủy giữ nguyên số và không được đếm.",
        headings=("Hủy ngày",),
        past_only=True,
        in_form=False,
    ),
    Field(Document.void_reason, "Lý do hủy", "Vì sao hủy hoặc thu hồi.", in_form=False),
)


@dataclass(frozen=True)
class TypeInfo:
    """A type of document as the register needs it."""

    id: int
    code: str
    name: str
    symbol_form: str
    has_tasks: bool


def types(connection: Connection) -> list[TypeInfo]:
    """All types in the order of the report."""
    query = select(
        DocumentType.id, DocumentType.code, DocumentType.name, DocumentType.symbol_form, DocumentType.has_tasks
    ).order_by(DocumentType.position, DocumentType.id)
    return [TypeInfo(*row) for row in connection.execute(query)]


def symbol_for(info: TypeInfo, issuer: str) -> str:
    """The symbol of a type and issuer: KH-UBND, for a công văn UBND (Nghị định 30/2020/NĐ-CP, Phụ lục I)."""
    return info.symbol_form.format(type=info.code, issuer=issuer)


def save(work: Work, row_id: int | None, values: Mapping[str, Any]) -> int:
    """Writes a document; what `values` leave out stays. Its series is opened with its first number.

    Raises Problem for a number taken, a day to come, a voided document without reason, and another number or day for
    a report.
    """
    before = _stored(work, row_id)
    values = dict(values)
    if not values.get("symbol"):
        values.pop("symbol", None)  # made of type and issuer
    merged = before | values
    values.pop("type_id", None)
    values.pop("issuer", None)
    info = next(info for info in types(work.connection) if info.id == merged["type_id"])
    if "symbol" not in values:
        same = (merged["type_id"], merged["issuer"]) == (before.get("type_id"), before.get("issuer"))
        merged["symbol"] = values["symbol"] = before["symbol"] if same else symbol_for(info, merged["issuer"])
    if before:
        _check_report(work.connection, before, merged)
    series = series_id(work, merged["issuer"], info.id, merged["dated_on"].year)
    _check_number(work.connection, series, row_id, merged)
    if merged["dated_on"] > work.clock.today() and merged["dated_on"] != before.get("dated_on"):
        raise Problem("Ngày ban hành sau hôm nay", field="dated_on")
    if merged.get("voided_on") and not merged.get("void_reason"):
        raise Problem("Cần ghi lý do hủy", field="void_reason")
    return put(work, Document, row_id, {**values, "series_id": series, "search_text": _search_text(info, merged)})


def _stored(work: Work, row_id: int | None) -> dict[str, Any]:
    row = stored(work, Document, row_id)
    if row:
        series = work.row(DocumentSeries, row["series_id"])
        row |= {"issuer": series["issuer"], "type_id": series["type_id"]}
    return row


def _check_report(connection: Connection, before: Mapping[str, Any], values: Mapping[str, Any]) -> None:
    """Number and day of a report are entered once, in the report, which brings them here (saved_reports.save)."""
    query = select(Report.kind, Report.year, Report.number, Report.dated_on).where(Report.document_id == before["id"])
    report = connection.execute(query).first()
    if report is None:
        return
    own = dict(before) | {"number": report.number, "dated_on": report.dated_on}
    for key in ("number", "suffix", "dated_on", "type_id", "issuer"):
        if (values.get(key) or "") != (own[key] or ""):
            words = periods.words_of(PeriodKind(report.kind), report.year)
            raise Problem(
                f"Văn bản này là báo cáo {words}: số và ngày chỉ sửa ở trang Báo cáo",
                field=key,
                next_step="Mở báo cáo đó, bấm F2.",
            )


def void(work: Work, document_id: int, on_date: date, reason: str) -> None:
    """Voids a document; it keeps its number and is not counted any more."""
    row = work.row(Document, document_id)
    if row["voided_on"] is not None:
        raise Problem("Văn bản này đã hủy")
    if not reason:
        raise Problem("Cần ghi lý do hủy", field="void_reason")
    if on_date < row["dated_on"]:
        raise Problem("Ngày hủy trước ngày ban hành", field="voided_on")
    if on_date > work.clock.today():
        raise Problem("Ngày hủy sau hôm nay", field="voided_on")
    work.update(Document, document_id, voided_on=on_date, void_reason=reason)


def remove(work: Work, document_id: int) -> str:
    """Takes away the document that was entered last in its series by mistake: its number is free again.

    Returns its name. Raises Problem for an earlier number, which would leave a gap, a report and a plan with tasks.
    """
    row = work.row(Document, document_id)
    name = document_name(row["number"], row["suffix"], row["symbol"])
    if work.connection.execute(select(Report.id).where(Report.document_id == document_id)).first():
        raise Problem(f"Văn bản {name} là báo cáo đã cấp số", next_step="Bỏ số ở trang Báo cáo, hoặc hủy văn bản.")
    if work.connection.execute(select(PlanTask.id).where(PlanTask.document_id == document_id)).first():
        raise Problem(f"Kế hoạch {name} đã có nhiệm vụ", next_step="Xóa các nhiệm vụ ghi nhầm trước.")
    behind = or_(
        Document.number > row["number"],
        and_(Document.number == row["number"], Document.suffix > row["suffix"]),
    )
    if taken(work, Document, document_id, Document.series_id == row["series_id"], behind):
        raise Problem(f"Sau số {name} đã có số khác, xóa thì sổ thiếu số", next_step="Dùng “Hủy văn bản”: số vẫn giữ.")
    work.delete(Document, document_id)
    return f"văn bản {name}"


def series_id(work: Work, issuer: str, type_id: int, year: int) -> int:
    """The series of an issuer, type and year, opened at 1 when there is none."""
    query = select(DocumentSeries.id).where(
        DocumentSeries.issuer == issuer, DocumentSeries.type_id == type_id, DocumentSeries.year == year
    )
    found = work.connection.execute(query).scalar_one_or_none()
    return found or work.insert(DocumentSeries, issuer=issuer, type_id=type_id, year=year, opening_number=1)


def set_opening(work: Work, issuer: str, type_id: int, year: int, last_number: int) -> None:
    """Notes the last number used before the books were opened. Raises Problem when a smaller number stands in them."""
    series = series_id(work, issuer, type_id, year)
    first = work.connection.execute(select(func.min(Document.number)).where(Document.series_id == series)).scalar()
    if first is not None and first <= last_number:
        raise Problem(f"Sổ đã có số {first:02d} của loại này")
    work.update(DocumentSeries, series, opening_number=last_number + 1)


def openings(connection: Connection, year: int) -> dict[tuple[str, int], int]:
    """The last number used before the books were opened, by issuer and type; series that began at 1 are left out."""
    query = select(DocumentSeries.issuer, DocumentSeries.type_id, DocumentSeries.opening_number).where(
        DocumentSeries.year == year, DocumentSeries.opening_number > 1
    )
    return {(row.issuer, row.type_id): row.opening_number - 1 for row in connection.execute(query)}


def next_number(connection: Connection, issuer: str, type_id: int, year: int) -> int:
    """The number offered next: after the last one used, at least the opening number."""
    query = select(DocumentSeries.id).where(
        DocumentSeries.issuer == issuer, DocumentSeries.type_id == type_id, DocumentSeries.year == year
    )
    series = connection.execute(query).scalar_one_or_none()
    return 1 if series is None else _next_of(connection, series)


def _next_of(connection: Connection, series: int) -> int:
    opening = connection.execute(select(DocumentSeries.opening_number).where(DocumentSeries.id == series)).scalar_one()
    last = connection.execute(select(func.max(Document.number)).where(Document.series_id == series)).scalar()
    return int(max(opening, (last or 0) + 1))


def _check_number(connection: Connection, series: int, row_id: int | None, values: Mapping[str, Any]) -> None:
    query = select(
        Document.symbol, Document.dated_on, Document.abstract, Document.voided_on, Document.void_reason
    ).where(
        Document.series_id == series,
        Document.number == values["number"],
        Document.suffix == (values.get("suffix") or ""),
        Document.id != (row_id or 0),
    )
    other = connection.execute(query).first()
    if other is None:
        return
    name = document_name(values["number"], values.get("suffix") or "", other.symbol)
    day = formats.format_prose_date(other.dated_on)
    voided = (
        f", đã hủy ngày {formats.format_prose_date(other.voided_on)} ({other.void_reason})" if other.voided_on else ""
    )
    raise Problem(
        f"Số {name} đã có, ngày {day}: {other.abstract}{voided}",
        field="number",
        next_step=f"Số tiếp theo là {_next_of(connection, series):02d}.",
    )


def _search_text(info: TypeInfo, values: Mapping[str, Any]) -> str:
    name = document_name(values["number"], values.get("suffix") or "", values["symbol"])
    return vietnamese.fold(f"{name} {info.name} {values['abstract']} {values.get('signer') or ''}")


def document_name(number: int, suffix: str, symbol: str) -> str:
    """Số và ký hiệu as printed: numbers below 10 written 01 to 09, no spaces (Nghị định 30/2020/NĐ-CP, Phụ lục I)."""
    return f"{number:02d}{suffix}/{symbol}"


@dataclass(frozen=True)
class NumberFault:
    """A document whose day falls while its number rises, with the earlier number that has the later day."""

    document_id: int
    name: str
    dated_on: date
    other: str
    other_on: date

    @property
    def sentence(self) -> str:
        day, other_day = formats.format_date(self.dated_on), formats.format_date(self.other_on)
        return f"Số {self.name} ghi ngày {day}, trước số {self.other} ({other_day})"


def out_of_order(connection: Connection, start: date, end: date) -> list[NumberFault]:
    """Documents dated in a span whose number is higher than one of a later day (Nghị định 30/2020/NĐ-CP, Điều 15)."""
    query = (
        select(Document.id, Document.series_id, Document.number, Document.suffix, Document.symbol, Document.dated_on)
        .where(Document.dated_on >= date(start.year, 1, 1), Document.dated_on <= date(end.year, 12, 31))
        .order_by(Document.series_id, Document.number, Document.suffix)
    )
    faults: list[NumberFault] = []
    series, latest = None, None
    for row in connection.execute(query):
        if row.series_id != series:
            series, latest = row.series_id, None
        if latest is None or row.dated_on >= latest.dated_on:
            latest = row
        elif start <= row.dated_on <= end:
            faults.append(
                NumberFault(
                    row.id,
                    document_name(row.number, row.suffix, row.symbol),
                    row.dated_on,
                    document_name(latest.number, latest.suffix, latest.symbol),
                    latest.dated_on,
                )
            )
    return faults


def order_note(
    connection: Connection, row_id: int | None, issuer: str, type_id: int, number: int, dated_on: date
) -> str:
    """What is out of order when a document gets this number and day, "" for nothing. It may be saved all the same."""
    query = (
        select(Document.number, Document.suffix, Document.dated_on)
        .join(DocumentSeries, DocumentSeries.id == Document.series_id)
        .where(
            DocumentSeries.issuer == issuer,
            DocumentSeries.type_id == type_id,
            DocumentSeries.year == dated_on.year,
            Document.id != (row_id or 0),
            or_(
                and_(Document.number < number, Document.dated_on > dated_on),
                and_(Document.number > number, Document.dated_on < dated_on),
            ),
        )
        .order_by(func.abs(Document.number - number))
        .limit(1)
    )
    other = connection.execute(query).first()
    if other is None:
        return ""
    day, other_day = formats.format_date(dated_on), formats.format_date(other.dated_on)
    side = "trước" if other.dated_on > dated_on else "sau"
    return f"Số {number:02d} ghi ngày {day}, {side} số {other.number:02d}{other.suffix} ({other_day})"


def gaps(connection: Connection, start: date, end: date) -> list[str]:
    """The numbers that lack in the series of a span's years, between the opening number and the last one of the span.

    A number that stands there with a later day does not lack.
    """
    query = (
        select(Document.series_id, Document.number, Document.symbol, Document.dated_on, DocumentSeries.opening_number)
        .join(DocumentSeries, DocumentSeries.id == Document.series_id)
        .where(DocumentSeries.year >= start.year, DocumentSeries.year <= end.year)
        .order_by(Document.series_id, Document.number)
    )
    lacking: list[str] = []
    series, expected = None, 0
    waiting: list[str] = []  # lack only if a document of the span follows them
    for row in connection.execute(query):
        if row.series_id != series:
            series, expected, waiting = row.series_id, row.opening_number, []
        waiting += [document_name(number, "", row.symbol) for number in range(expected, row.number)]
        if row.dated_on <= end:
            lacking += waiting
            waiting = []
        expected = max(expected, row.number + 1)
    return lacking


def _read() -> Select[Any]:
    return (
        select(
            table_of(Document),
            DocumentSeries.type_id,
            DocumentSeries.issuer,
            DocumentSeries.year,
            DocumentType.code.label("type_code"),
            DocumentType.has_tasks,
        )
        .join(DocumentSeries, DocumentSeries.id == Document.series_id)
        .join(DocumentType, DocumentType.id == DocumentSeries.type_id)
    )


DOCUMENTS = Register(
    "documents",
    "Văn bản",
    "văn bản",
    Document,
    FIELDS,
    frozenset({"id", "series_id", "search_text", "source_group_id", "source_row", "import_key"}),
    save,
    remove,
    read=_read,
    search=lambda word: Document.search_text.contains(word, autoescape=True),
)
