"""From the office's file to the facts of one report: figures, office, signer, plans, citations, budget lines."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Select, select

from app import formats
from app.models.budget import BudgetKind
from app.models.database import table_of
from app.models.documents import Document, DocumentSeries, DocumentType
from app.models.office import FixedPhrase, LegalBasis
from app.periods import Period
from app.registers import budget_lines, office, saved_reports
from app.registers.budget_lines import LineProgress
from app.registers.documents import document_name
from app.registers.saved_reports import SavedReport
from app.reports import figures
from app.reports.catalogue import CATALOGUE
from app.reports.facts import (
    COMMITTEE,
    COMMITTEE_SHORT,
    BudgetRow,
    CitedDocument,
    Facts,
    FigureValue,
    OfficeFacts,
    Operand,
    SignerFacts,
)
from app.reports.figures import Count, FigureSet, Scope

if TYPE_CHECKING:
    # The text's tree loads with a text: counting alone, which the first view does, goes without.
    from app.reports.blocks import Template

ISSUERS = {COMMITTEE_SHORT: COMMITTEE, "HĐND": "Hội đồng nhân dân"}


def figures_of(connection: Connection, period: Period) -> FigureSet:
    """All figures of a period."""
    return figures.compute(connection, scope_of(connection, period), CATALOGUE.values())


def scope_of(connection: Connection, period: Period) -> Scope:
    """What the figures of a period look at; before there is an office, its committee's documents."""
    versions = office.office_versions(connection)
    if not versions:
        return Scope(period)
    return Scope(period, office.reporting_issuer(office.office_on(connection, period.end)))


def facts_of(connection: Connection, period: Period, report: SavedReport | None, template: "Template") -> Facts:
    """The facts of a report; without a saved one, those of a draft for the period."""
    figure_set = figures_of(connection, period)
    day = report.dated_on if report is not None and report.dated_on is not None else period.end
    current = office.office_on(connection, day)
    facts = office_facts(current)
    addressee = report.addressee if report is not None and report.addressee else current["superior"]
    return Facts(
        office=facts,
        period=period,
        figures=figure_set.values,
        fields=tuple(
            name for name in figure_set.dimensions["dossiers.total"] if figure_set.number("dossiers.total", name)
        ),
        plans=tuple(_plans(connection, figure_set.scope)),
        budget_rows=tuple(_budget_rows(connection, period, figure_set)),
        documents=_documents(connection, cited_documents(template)),
        legal_bases=_legal_bases(connection),
        phrases={text: text for text in connection.execute(select(FixedPhrase.text)).scalars()},
        addressees=one_a_line(addressee),
        recipients=one_a_line(current["recipients"]),
        signer=_signer(connection, report, day),
        number=report.number if report is not None else None,
        symbol=saved_reports.symbol_on(connection, day),
        dated_on=report.dated_on if report is not None else None,
    )


def office_facts(version: Mapping[str, Any]) -> OfficeFacts:
    """The facts of one dated version of the office."""
    return OfficeFacts(
        kind=version["kind"],
        name=version["name"],
        superior=version["superior"],
        place=version["place"],
        parent_line=version["parent_line"],
        authority_line=version["authority_line"],
    )


def one_a_line(text: str) -> tuple[str, ...]:
    """Addressees and recipients, which are kept one a line."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def cited_documents(template: "Template") -> set[str]:
    """The keys of the documents that a template cites."""
    from app.reports.blocks import Citation, CitationKind
    from app.reports.template import inlines_of

    return {
        inline.key
        for inline in inlines_of(template)
        if isinstance(inline, Citation) and inline.kind is CitationKind.DOCUMENT
    }


def _signer(connection: Connection, report: SavedReport | None, day: date) -> SignerFacts | None:
    chosen = report.signer_id if report is not None else None
    row = saved_reports.signer_of(connection, chosen, day)
    return None if row is None else SignerFacts(row["name"], row["title"], row["signed_for"])


def _plans(connection: Connection, scope: Scope) -> Iterable[CitedDocument]:
    """The plans that plans.listed counts, by date, then by number."""
    figure = CATALOGUE["plans.listed"]
    assert isinstance(figure, Count)
    listed = figures.select_rows(connection, scope, figure).subquery()
    query = _cited().where(Document.id.in_(select(listed.c.id))).order_by(Document.dated_on, Document.number)
    return [_document(connection, row) for row in connection.execute(query).mappings()]


def _documents(connection: Connection, keys: Iterable[str]) -> dict[str, CitedDocument]:
    """Documents by the keys that a template cites: "UBND/KH/2022/31"; unknown ones are left out."""
    found: dict[str, CitedDocument] = {}
    for key in keys:
        issuer, type_code, year, number = key.split("/")
        query = _cited().where(
            DocumentSeries.issuer == issuer,
            DocumentType.code == type_code,
            DocumentSeries.year == int(year),
            Document.number == int(number),
        )
        row = connection.execute(query).mappings().first()
        if row is not None:
            found[key] = _document(connection, row)
    return found


def _cited() -> Select[int, str, str, date, str, str, str]:
    return (
        select(
            Document.number,
            Document.suffix,
            Document.symbol,
            Document.dated_on,
            Document.abstract,
            DocumentType.name.label("type_name"),
            DocumentSeries.issuer,
        )
        .join(DocumentSeries, DocumentSeries.id == Document.series_id)
        .join(DocumentType, DocumentType.id == DocumentSeries.type_id)
    )


def _document(connection: Connection, row: Mapping[Any, Any]) -> CitedDocument:
    """A document is of the office as it was named on the document's own day."""
    own = office_facts(office.office_on(connection, row["dated_on"]))
    return CitedDocument(
        type_name=row["type_name"],
        symbol=document_name(row["number"], row["suffix"], row["symbol"]),
        dated_on=row["dated_on"],
        issuer=f"{ISSUERS.get(row['issuer'], row['issuer'])} {own.unit}",
        abstract=row["abstract"],
    )


def _legal_bases(connection: Connection) -> dict[str, CitedDocument]:
    query = select(table_of(LegalBasis))
    return {
        f"{row['type_name']} {row['symbol']}": CitedDocument(
            row["type_name"], row["symbol"], row["dated_on"], row["issuer"], row["abstract"]
        )
        for row in connection.execute(query).mappings()
    }


def _budget_rows(connection: Connection, period: Period, figure_set: FigureSet) -> Iterable[BudgetRow]:
    """Thu and chi with their lines; what a line with lines below it has is the sum of its leaves' figures."""
    for kind, label in ((BudgetKind.REVENUE, "Thu ngân sách"), (BudgetKind.EXPENDITURE, "Chi ngân sách")):
        lines = budget_lines.tree(connection, period.budget_start.year, kind, period.end)
        if not lines:
            continue
        names = [f"budget.{kind.value}.{part}" for part in ("allocated", "done", "percent")]
        allocated, done, percent = (figure_set.values[name, ""] for name in names)
        yield BudgetRow(label, 0, allocated, done, percent, bold=True)
        for at, line in enumerate(lines):
            progress = _progress(names, line.name, _leaves(lines[at:]), figure_set)
            yield BudgetRow(line.name, line.depth + 1, *progress)


def _leaves(lines: Sequence[LineProgress]) -> list[str]:
    """The leaves of the first of these lines: itself, or those below it."""
    top, *others = lines
    below = takewhile(lambda each: each.depth > top.depth, others)
    return [each.name for each in (top, *below) if each.is_leaf]


def _progress(
    names: list[str], line: str, leaves: list[str], figure_set: FigureSet
) -> tuple[FigureValue, FigureValue, FigureValue]:
    allocated, done = (sum(figure_set.number(name, leaf) for leaf in leaves) for name in names[:2])
    operands = (Operand(names[1], done), Operand(names[0], allocated))
    return (
        FigureValue(names[0], line, allocated, "đồng"),
        FigureValue(names[1], line, done, "đồng"),
        FigureValue(names[2], line, formats.ratio(done, allocated), "%", operands),
    )
