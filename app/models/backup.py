"""A copy each day the program runs; the last fourteen are kept."""

from datetime import date
from pathlib import Path

from app.models import sqlite

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
    target = folder / f"{PREFIX}{day.isoformat()}{SUFFIX}"
    if target.exists():
        return None
    folder.mkdir(parents=True, exist_ok=True)
    sqlite.copy_file(file, target)
    found = copies(folder)
    for gone in set(found) - set(retained(list(found))):
        found[gone].unlink(missing_ok=True)
    return target
