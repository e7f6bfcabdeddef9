"""The verbs that read the office's file: report, figures, rows, check."""

import argparse
import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any

from app.cli.opening import opened, period_of, target_of
from app.clock import Clock
from app.problems import ExitCode
from app.vietnamese import clean

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from app.models.database import OfficeFile
    from app.registers.saved_reports import SavedReport
    from app.reports.figures import FigureRow, FigureSet


def report(options: argparse.Namespace, clock: Clock) -> int:
    """Writes the report of a period as PDF and says where."""
    from app.reports.making import write_pdf

    target = target_of(options)
    with opened(options, clock) as file:
        period, saved = period_of(file, options)
        with file.read() as connection:
            pages = write_pdf(connection, period, saved, target)
    print(f"Đã xuất báo cáo {period.words}, {pages} trang: {target.resolve()}")
    return ExitCode.WELL


def figures(options: argparse.Namespace, clock: Clock) -> int:
    """Prints all figures of a period."""
    from app.reports.figures import as_json, text_of

    with opened(options, clock) as file:
        found, _ = _figures(file, options)
    if options.json:
        print(json.dumps(as_json(found), ensure_ascii=False, indent=1))
    else:
        for value in found:
            print(_line(value.name, value.dimension, text_of(value), value.unit))
    return ExitCode.WELL


def _figures(file: "OfficeFile", options: argparse.Namespace) -> tuple["FigureSet", "SavedReport | None"]:
    from app.reports.assembling import figures_of

    period, saved = period_of(file, options)
    with file.read() as connection:
        return figures_of(connection, period), saved


def check(options: argparse.Namespace, clock: Clock) -> int:
    """Prints the findings of a period; an error ends 1."""
    from app.reports.checks import Severity
    from app.reports.checks import check as run

    with opened(options, clock) as file:
        found, saved = _figures(file, options)
        with file.read() as connection:
            findings = run(connection, found, saved, file.clock.today())
    for finding in findings:
        print(f"{'Lỗi' if finding.severity is Severity.ERROR else 'Lưu ý'}: {finding.sentence}")
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    print(f"{errors} lỗi, {len(findings) - errors} lưu ý")
    return ExitCode.FINDINGS if errors else ExitCode.WELL


def rows(options: argparse.Namespace, clock: Clock) -> int:
    """Prints the rows behind a figure: the columns of their register, and what each weighs."""
    from app.registers.catalogue import REGISTERS
    from app.reports import figures
    from app.reports.assembling import scope_of
    from app.reports.catalogue import CATALOGUE

    dimension = clean(options.dimension)
    with opened(options, clock) as file:
        period, _ = period_of(file, options)
        with file.read() as connection:
            scope = scope_of(connection, period)
            found = figures.rows(connection, scope, CATALOGUE, options.figure, dimension)
            lines = [
                line
                for key, part in groupby(found, lambda row: row.register)
                for line in _told(connection, file, key, list(part))
            ]
    if options.json:
        print(json.dumps(lines, ensure_ascii=False, indent=1))
        return ExitCode.WELL
    for key, part in groupby(lines, lambda line: line["register"]):
        labels = [field.label for field in REGISTERS[key].fields]
        print(_line("Sổ", "Dòng", *labels, "Tính"))
        for line in part:
            print(_line(REGISTERS[key].title, *list(line.values())[1:]))
    return ExitCode.WELL


def _told(connection: "Connection", file: "OfficeFile", key: str, found: list["FigureRow"]) -> Iterator[dict[str, Any]]:
    """Rows of one register as they are read, each with its weight."""
    from app.registers.catalogue import REGISTERS
    from app.registers.lists import rows_by_id
    from app.registers.references import context_of_rows

    register = REGISTERS[key]
    context = context_of_rows(connection, register, file.clock.today())
    for part in _batches(found):
        values = {row["id"]: row for row in rows_by_id(connection, register, [each.id for each in part])}
        for each in part:
            shown = {field.key: field.format(values[each.id].get(field.key), context) for field in register.fields}
            yield {"register": key, "id": each.id, **shown, "weight": each.weight}


def _batches(found: list["FigureRow"]) -> Iterable[list["FigureRow"]]:
    """A thousand at a time: SQLite takes only so many values in one statement."""
    return (found[start : start + 1000] for start in range(0, len(found), 1000))


def _line(*cells: object) -> str:
    """Cells of one line of text; a line end within one would make two rows of it."""
    return "\t".join(" ".join(str(cell).split()) for cell in cells)
