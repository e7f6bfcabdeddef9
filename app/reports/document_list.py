"""The list of documents beside the figure that counts them: the same rows, so that list and report agree."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, and_, or_, select

from app.models.documents import Document, DocumentSeries, DocumentType
from app.periods import Period
from app.reports import figures
from app.reports.catalogue import CATALOGUE
from app.reports.figures import Count, Scope


@dataclass(frozen=True)
class DocumentsAsked:
    """Whose documents, of which period (None: of every day), of which types by their code (none: of all)."""

    issuer: str
    period: Period | None
    types: Collection[str] = ()


def counted(connection: Connection, asked: DocumentsAsked) -> tuple[ColumnElement[bool], ...]:
    """What the documents meet that documents.issued counts."""
    return (*_of_types(asked), _counted(connection, asked))


def listed(connection: Connection, asked: DocumentsAsked) -> tuple[ColumnElement[bool], ...]:
    """The same, and the voided ones of these days: they keep their place in the register and are not counted."""
    return (*_of_types(asked), or_(_counted(connection, asked), _voided(asked)))


def _counted(connection: Connection, asked: DocumentsAsked) -> ColumnElement[bool]:
    if asked.period is None:
        return and_(Document.voided_on.is_(None), _of_issuer(asked))
    figure = CATALOGUE["documents.issued"]
    assert isinstance(figure, Count)
    rows = figures.select_rows(connection, Scope(asked.period, asked.issuer), figure).subquery()
    return Document.id.in_(select(rows.c.id))


def _voided(asked: DocumentsAsked) -> ColumnElement[bool]:
    voided = and_(Document.voided_on.is_not(None), _of_issuer(asked))
    if asked.period is None:
        return voided
    return and_(voided, Document.dated_on >= asked.period.start, Document.dated_on <= asked.period.end)


def _of_issuer(asked: DocumentsAsked) -> ColumnElement[bool]:
    return Document.series_id.in_(select(DocumentSeries.id).where(DocumentSeries.issuer == asked.issuer))


def _of_types(asked: DocumentsAsked) -> tuple[ColumnElement[bool], ...]:
    if not asked.types:
        return ()
    series = (
        select(DocumentSeries.id)
        .join(DocumentType, DocumentType.id == DocumentSeries.type_id)
        .where(DocumentType.code.in_(asked.types))
    )
    return (Document.series_id.in_(series),)
