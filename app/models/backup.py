"""A copy each day the program runs; the last fourteen are kept."""

from contextlib import suppress
from datetime import date
from pathlib import Path

from app.models import sqlite
from app.problems import Problem

KEPT = 14
PREFIX = "so-"
SUFFIX = ".socchc"


def retained(days: list[date], kept: int = KEPT) -> list[date]:
    """Which copies stay: the newest `kept` days."""
    return sorted(set(days), reverse=True)[:kept]


def copies(folder: Path) -> dict[date, Path]:
    """The daily copies in a folder by their day."""
    found: dict[date, Path] = {}
    for path in sorted(folder.glob(f"{PREFIX}*{SUFFIX}")):
        try:
            found[date.fromisoformat(path.name.removeprefix(PREFIX).removesuffix(SUFFIX))] = path
        except ValueError:
            continue
    return found


def daily_copy(file: Path, folder: Path, day: date) -> Path | None:
    """Makes the copy of `day` if there is none yet, then lets the oldest go. Returns the new copy, or None.

    Raises Problem when the copy cannot be made; older copies then stay as they are.
    """
    return None if _target(folder, day).exists() else copy_now(file, folder, day)


def _target(folder: Path, day: date) -> Path:
    return folder / f"{PREFIX}{day.isoformat()}{SUFFIX}"


def copy_now(file: Path, folder: Path, day: date) -> Path:
    """Makes the copy of `day` afresh, in place of an earlier one of that day. Raises Problem like `daily_copy`."""
    target = _target(folder, day)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Problem(f"Không lập được thư mục sao lưu {folder}") from error
    sqlite.copy_file(file, target)
    found = copies(folder)
    for gone in set(found) - set(retained(list(found))):
        with suppress(OSError):  # open elsewhere: it goes another day
            found[gone].unlink(missing_ok=True)
    return target
