"""Figures of the documents issued in the period, of the plans the report lists, and of their tasks."""

from collections.abc import Mapping

from sqlalchemy import ColumnElement, Connection, Select, Subquery, and_, literal, or_, select, true

from app.models.documents import Document, DocumentSeries, DocumentType, PlanTask
from app.reports.figures import Basis, Columns, Count, Figure, Scope


def _issued(scope: Scope) -> Select[int]:
    """Documents of the reporting issuer dated in the period and not voided by its end."""
    return (
        select(Document.id)
        .join(DocumentSeries, DocumentSeries.id == Document.series_id)
        .join(DocumentType, DocumentType.id == DocumentSeries.type_id)
        .where(
            DocumentSeries.issuer == scope.issuer,
            Document.dated_on >= scope.period.start,
            Document.dated_on <= scope.period.end,
            or_(Document.voided_on.is_(None), Document.voided_on > scope.period.end),
        )
    )


def _documents(scope: Scope) -> Subquery:
    return (
        _issued(scope)
        .add_columns(
            literal(1).label("measure"),
            DocumentSeries.type_id.label("key"),
            Document.in_report,
            DocumentType.has_tasks,
        )
        .subquery("documents")
    )


def _tasks(scope: Scope) -> Subquery:
    plans = _issued(scope).where(Document.in_report.is_(True), DocumentType.has_tasks.is_(True))
    return (
        select(PlanTask.id, literal(1).label("measure"), literal("").label("key"), PlanTask.due_on, PlanTask.done_on)
        .where(PlanTask.document_id.in_(plans))
        .subquery("tasks")
    )


def _types(connection: Connection, _: Scope) -> Mapping[int, str]:
    query = select(DocumentType.id, DocumentType.code).order_by(DocumentType.position, DocumentType.id)
    return dict(connection.execute(query).all())


def _undivided(_: Connection, __: Scope) -> Mapping[str, str]:
    return {"": ""}


DOCUMENTS = Basis("documents", "documents", "văn bản", _documents, _types)
PLANS = Basis("documents", "plans", "kế hoạch", _documents, _types)
TASKS = Basis("tasks", "tasks", "nhiệm vụ", _tasks, _undivided)


def _all(_: Columns, __: Scope) -> ColumnElement[bool]:
    return true()


def _listed(row: Columns, _: Scope) -> ColumnElement[bool]:
    return and_(row["in_report"].is_(True), row["has_tasks"].is_(True))


def _done(row: Columns, scope: Scope) -> ColumnElement[bool]:
    return row["done_on"] <= scope.period.end


def _pending(row: Columns, scope: Scope) -> ColumnElement[bool]:
    return or_(row["done_on"].is_(None), row["done_on"] > scope.period.end)


def _overdue(row: Columns, scope: Scope) -> ColumnElement[bool]:
    return and_(_pending(row, scope), row["due_on"] < scope.period.end)


FIGURES: tuple[Figure, ...] = (
    Count("documents.issued", "Văn bản đi ban hành trong kỳ, trừ văn bản đã hủy", DOCUMENTS, _all),
    Count("plans.listed", "Kế hoạch ban hành trong kỳ có dấu “Nêu trong báo cáo CCHC”", PLANS, _listed, False),
    Count("plans.tasks.total", "Nhiệm vụ của các kế hoạch nêu trong báo cáo", TASKS, _all, False),
    Count("plans.tasks.done", "Nhiệm vụ xong đến ngày chốt", TASKS, _done, False),
    Count("plans.tasks.pending", "Nhiệm vụ đến ngày chốt chưa xong", TASKS, _pending, False),
    Count("plans.tasks.overdue", "Nhiệm vụ chưa xong, hạn trước ngày chốt", TASKS, _overdue, False),
)
