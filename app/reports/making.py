"""Making the paper of one report: template, facts, document, PDF."""

from dataclasses import replace
from pathlib import Path

from sqlalchemy import Connection

from app import places
from app.periods import Period
from app.registers.saved_reports import SavedReport
from app.reports.assembling import facts_of
from app.reports.blocks import Document, Template
from app.reports.resolve import resolve
from app.reports.template import read_template, read_template_file


def outlines() -> list[Template]:
    """The outlines that come with the program."""
    return [read_template_file(path) for path in sorted((places.resources() / "reports").glob("*.json"))]


def outline(period: Period) -> Template:
    """The outline in force for a period: the newest of resources/reports/ whose first day is not after its end."""
    templates = outlines()
    in_force = [template for template in templates if template.valid_from <= period.end]
    return max(in_force or templates, key=lambda template: template.valid_from)


def document_of(connection: Connection, period: Period, report: SavedReport | None) -> Document:
    """The resolved report of a period: the saved text, or the outline where nothing is saved.

    With another cut-off than the saved one it is a draft: other figures never stand under the number that was signed.
    """
    if report is not None and period != report.period:
        report = replace(report, number=None, dated_on=None)
    template = read_template(report.text) if report is not None else outline(period)
    return resolve(template, facts_of(connection, period, report, template))


def write_pdf(connection: Connection, period: Period, report: SavedReport | None, target: Path) -> int:
    """Writes the PDF beside, then puts it in place; returns the number of pages.

    Raises Problem when the target cannot be replaced, or when the text has a sign that the typeface lacks.
    """
    from app.reports.pdf.render import render  # reportlab loads at this door

    rendered = render(document_of(connection, period, report))
    places.put_in_place(target, rendered.pdf)
    return rendered.pages
