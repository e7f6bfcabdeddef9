"""Tasks of plans: what is to be done, by whom, by when, and what came of it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, func, select

from app import vietnamese
from app.models.database import Work, table_of
from app.models.documents import Document, DocumentSeries, DocumentType, PlanTask
from app.models.office import Person
from app.problems import Problem
from app.registers import office
from app.registers.description import Field, Register, Width
from app.registers.documents import document_name
from app.registers.kinds import KindName, Option
from app.registers.saving import put, stored

FIELDS = (
    Field(
        PlanTask.document_id,
        "Kế hoạch",
        "Kế hoạch giao nhiệm vụ này.",
        reference="plans",
        in_import=False,
    ),
    Field(
        None,
        "Số kế hoạch",
        "Số của kế hoạch có nhiệm vụ này.",
        key="plan_number",
        kind=KindName.INTEGER,
        required=True,
        minimum=1,
        headings=("Kế hoạch", "Số KH"),
        in_form=False,
    ),
    Field(
        None,
        "Năm kế hoạch",
        "Năm của loạt số kế hoạch.",
        key="plan_year",
        kind=KindName.YEAR,
        required=True,
        minimum=2000,
        headings=("Năm", "Năm KH"),
        in_form=False,
    ),
    Field(PlanTask.content, "Nhiệm vụ", "Việc phải làm, một câu.", headings=("Nội dung", "Nội dung nhiệm vụ")),
    Field(PlanTask.area, "Lĩnh vực", "Lĩnh vực cải cách: Thể chế, Thủ tục hành chính.", width=Width.HALF),
    Field(
        PlanTask.lead_id,
        "Chủ trì",
        "Người chịu trách nhiệm chính.",
        reference="people",
        headings=("Người chủ trì", "Đơn vị chủ trì"),
        width=Width.HALF,
    ),
    Field(PlanTask.due_on, "Hạn", "Ngày phải xong.", headings=("Thời hạn", "Hạn hoàn thành"), width=Width.HALF),
    Field(
        PlanTask.done_on,
        "Ngày xong",
        "Ngày đã làm xong.",
        headings=("Hoàn thành ngày",),
        past_only=True,
        width=Width.HALF,
    ),
    Field(PlanTask.result, "Kết quả", "Đã làm được gì; sản phẩm, văn bản.", headings=("Kết quả thực hiện",)),
)


def save(work: Work, row_id: int | None, values: Mapping[str, Any]) -> int:
    """Writes a task of values["document_id"] (in files: plan_number and plan_year); what `values` leave out stays."""
    values = dict(values)
    year, number = values.pop("plan_year", None), values.pop("plan_number", None)
    if "document_id" not in values and year is not None and number is not None:
        values["document_id"] = plan_id(work.connection, year, number)
    _check_done(work, values.get("done_on"))
    merged = stored(work, PlanTask, row_id) | values
    values["search_text"] = vietnamese.fold(f"{merged['content']} {merged.get('area') or ''}")
    if row_id is None:
        last = select(func.coalesce(func.max(PlanTask.position), 0)).where(
            PlanTask.document_id == values["document_id"]
        )
        values["position"] = work.connection.execute(last).scalar_one() + 1
    return put(work, PlanTask, row_id, values)


def _check_done(work: Work, done_on: date | None) -> None:
    if done_on is not None and done_on > work.clock.today():
        raise Problem("Ngày xong sau hôm nay", field="done_on")


def remove(work: Work, task_id: int) -> str:
    """Takes away a task entered by mistake; returns its name."""
    content = work.row(PlanTask, task_id)["content"]
    work.delete(PlanTask, task_id)
    return f"nhiệm vụ “{content}”"


def finish(work: Work, task_id: int, on_date: date, result: str) -> None:
    """Notes a task as done on a day, with its result."""
    _check_done(work, on_date)
    work.update(PlanTask, task_id, done_on=on_date, result=result)


def reopen(work: Work, task_id: int) -> None:
    """Notes a task as not done after all."""
    work.update(PlanTask, task_id, done_on=None)


def plan_id(connection: Connection, year: int, number: int) -> int:
    """A plan by year and number, of the issuer whose documents the report counts first. Raises Problem without one."""
    query = (
        select(Document.id, DocumentSeries.issuer)
        .join(DocumentSeries, DocumentSeries.id == Document.series_id)
        .join(DocumentType, DocumentType.id == DocumentSeries.type_id)
        .where(DocumentType.has_tasks.is_(True), DocumentSeries.year == year, Document.number == number)
        .order_by(Document.suffix)
    )
    found = connection.execute(query).all()
    if not found:
        raise Problem(f"Không có kế hoạch số {number:02d} năm {year}", field="plan_number")
    issuer = office.reporting_issuer(office.office_on(connection, date(year, 12, 31))) if len(found) > 1 else ""
    return int(min(found, key=lambda row: row.issuer != issuer).id)


def plan_options(connection: Connection) -> Sequence[Option]:
    """The plans, the newest first, for choosing."""
    query = (
        select(Document.id, Document.number, Document.suffix, Document.symbol, Document.abstract)
        .join(DocumentSeries, DocumentSeries.id == Document.series_id)
        .join(DocumentType, DocumentType.id == DocumentSeries.type_id)
        .where(DocumentType.has_tasks.is_(True), Document.voided_on.is_(None))
        .order_by(Document.dated_on.desc(), Document.number.desc())
    )
    return [
        Option(row.id, row.abstract, document_name(row.number, row.suffix, row.symbol))
        for row in connection.execute(query)
    ]


def _read() -> Select[Any]:
    return (
        select(
            table_of(PlanTask),
            Document.number.label("plan_number"),
            Document.suffix.label("plan_suffix"),
            Document.symbol.label("plan_symbol"),
            DocumentSeries.year.label("plan_year"),
            Document.in_report,
            Person.name.label("lead_name"),
        )
        .join(Document, Document.id == PlanTask.document_id)
        .join(DocumentSeries, DocumentSeries.id == Document.series_id)
        .outerjoin(Person, Person.id == PlanTask.lead_id)
    )


TASKS = Register(
    "tasks",
    "Kế hoạch",
    "nhiệm vụ",
    PlanTask,
    FIELDS,
    frozenset({"id", "position", "search_text", "source_group_id", "source_row", "import_key"}),
    save,
    remove,
    read=_read,
    search=lambda word: PlanTask.search_text.contains(word, autoescape=True),
)
