"""The verbs that write: sample, demo, template, import."""

import argparse
import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from app import places
from app.cli import reading
from app.cli.opening import is_named, opened, path_of, target_of
from app.clock import Clock
from app.periods import PeriodKind
from app.problems import ExitCode, Problem

DEMO_PERIOD: Final = (PeriodKind.H1, 2023)
DEMO_PDF: Final = "bao-cao-cchc-2023-H1.pdf"


def sample(options: argparse.Namespace, clock: Clock) -> int:
    """Makes the sample office in a new file."""
    from app.sample import build

    path = _sample_path(options)
    build(path, clock)
    print(f"Đã lập xã mẫu: {path.resolve()}")
    return ExitCode.WELL


def demo(options: argparse.Namespace, clock: Clock) -> int:
    """The sample office, its report and the window on it; what is there and whole is used again."""
    from app.sample import build

    options.db = path = _sample_path(options)
    vars(options).pop("data", None)
    if not _is_whole(path, clock):
        build(path, clock)
    options.period, options.to = DEMO_PERIOD, None
    options.output = path.with_name(DEMO_PDF)
    reading.report(options, clock)
    sys.stdout.flush()
    from app.cli.window import window
    from app.ui.screen import has_screen

    if not has_screen():
        print("Máy này không có màn hình nên không mở cửa sổ.")
        return ExitCode.WELL
    return window(options, clock)


def _sample_path(options: argparse.Namespace) -> Path:
    return path_of(options) if is_named(options) else places.office_file(places.sample_folder())


def _is_whole(path: Path, clock: Clock) -> bool:
    """Whether the sample is there; a damaged one is moved aside, never thrown away.

    Raises Problem when the file is something else than a sample.
    """
    from app.models import sqlite
    from app.models.database import OfficeFile
    from app.registers import office, saved_reports

    if not path.exists():
        return False
    try:
        with OfficeFile.open(path, clock) as file, file.read() as connection:
            if office.sample_day(connection) is None:
                raise Problem(f"{path} không phải xã mẫu. Tệp không bị thay đổi", next_step="Nêu tệp khác sau --db.")
            if saved_reports.find(connection, *DEMO_PERIOD) is not None:
                return True
    except Problem as problem:
        if problem.sentence != sqlite.DAMAGED:
            raise
    aside = sqlite.move_aside(path)
    print(f"Xã mẫu đang có bị hỏng hoặc thiếu: đã cất sang {aside.name} và lập lại.")
    return False


def template(options: argparse.Namespace, _: Clock) -> int:
    """Writes the blank sheet of a register."""
    from app.registers.exchange import blank_sheet

    target = target_of(options)
    places.put_in_place(target, blank_sheet(options.register))
    print(f"Đã ghi bảng trắng: {target.resolve()}")
    return ExitCode.WELL


@contextmanager
def _collecting() -> Iterator[None]:
    """A file may hold a hundred thousand rows: rubbish is collected meanwhile, and not after (ui/sweeping.py)."""
    was_on = gc.isenabled()
    gc.enable()
    try:
        yield
    finally:
        if not was_on:
            gc.disable()


def import_file(options: argparse.Namespace, clock: Clock) -> int:
    """Imports a file; with bad rows nothing is written and 1 is returned, unless the good ones are asked for."""
    from app.models.database import Actor
    from app.registers import exchange

    with _collecting(), opened(options, clock, writing=True) as file:
        result = exchange.import_file(file, Actor("Dòng lệnh"), options.register, options.file, good=options.good)
    for fault in result.faults:
        print(fault, file=sys.stderr)
    print(result.words)
    return ExitCode.FINDINGS if result.faults and not options.good else ExitCode.WELL
