"""What the verbs share: the file meant, opened under its day; the period meant; where a file may be written."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from app import places
from app.clock import Clock
from app.problems import Problem

if TYPE_CHECKING:
    from app.models.database import OfficeFile
    from app.periods import Period
    from app.registers.saved_reports import SavedReport


def is_named(options: argparse.Namespace) -> bool:
    """Whether the command line says which file is meant. Raises Problem when it says so twice."""
    if hasattr(options, "db") and hasattr(options, "data"):
        raise Problem("Chỉ nêu một trong hai: --db hoặc --data")
    return hasattr(options, "db") or hasattr(options, "data")


def path_of(options: argparse.Namespace) -> Path:
    """The file meant: the one named, else the office's own."""
    if not is_named(options):
        return places.office_file(places.office_folder())
    return Path(options.db) if hasattr(options, "db") else places.office_file(Path(options.data))


@contextmanager
def opened(options: argparse.Namespace, clock: Clock, *, writing: bool = False) -> Iterator["OfficeFile"]:
    """The file meant, under the day that it is looked at: the sample carries its own."""
    from app.models.database import OfficeFile
    from app.registers import office

    with OfficeFile.open(path_of(options), clock, writing=writing) as file:
        with file.read() as connection:
            day = office.sample_day(connection)
        if day is not None:
            file.clock = clock.at(day)
        yield file


def period_of(file: "OfficeFile", options: argparse.Namespace) -> tuple["Period", "SavedReport | None"]:
    """The period meant, with its saved report: its cut-off is --to, else the saved report's, else the default."""
    from app import formats
    from app.registers import saved_reports

    kind, year = options.period
    end = formats.parse_date(options.to, file.clock.today()) if options.to is not None else None
    with file.read() as connection:
        return saved_reports.period_of(connection, kind, year, end), saved_reports.find(connection, kind, year)


def target_of(options: argparse.Namespace) -> Path:
    """The file to be written. Raises Problem where it would take the place of an office's file or of a folder."""
    target = Path(options.output)
    if target.is_dir():
        raise Problem(f"{target} là thư mục", next_step="Nêu tên tệp sau -o.")
    if target.exists():
        from app.models import sqlite

        if sqlite.looks_like_database(target):
            raise Problem(f"{target} là tệp sổ, không ghi đè", next_step="Nêu tên khác sau -o.")
    return target
