"""Opening the list of dossiers among 1.000.000, counts of its chips and first page, against bare SQL for the same."""

import sqlite3
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from app.models.database import OfficeFile
from app.periods import Period, PeriodKind
from app.registers import office, saved_reports
from app.registers.dossiers import DOSSIERS
from app.registers.lists import Listing
from app.reports import dossier_list
from app.reports.dossier_list import ALL, Look
from tests.bench import million
from tests.bench.pairs import compare, timed

pytestmark = pytest.mark.bench
TODAY = date(2023, 6, 12)
PAGE = 100
ROUNDS = 9
NEWEST = (("received_on", True),)

COUNTED_NOW = """
SELECT (SELECT sum(quantity) FROM dossier WHERE finished_on IS NULL),
  (SELECT sum(quantity) FROM dossier WHERE finished_on IS NULL AND due_on >= :today AND due_on <= :soon),
  (SELECT sum(quantity) FROM dossier WHERE finished_on IS NULL AND due_on < :today)
"""
EVERY_DAY = (
    "SELECT sum(quantity), count(*), sum(quantity) FILTER (WHERE papers_digitised_on IS NULL) FROM dossier",
    COUNTED_NOW,
    "SELECT * FROM dossier ORDER BY received_on DESC, id DESC LIMIT 100",
)
_RANGES = """
  SELECT id, quantity, finished_on, papers_digitised_on, received_on FROM dossier
  WHERE received_on >= :start AND received_on <= :end AND (outcome IS NULL OR outcome != 'rejected')
  UNION ALL
  SELECT id, quantity, finished_on, papers_digitised_on, received_on FROM dossier
  WHERE finished_on BETWEEN :start AND '9999-12-31' AND received_on < :start AND outcome != 'rejected'
  UNION ALL
  SELECT id, quantity, finished_on, papers_digitised_on, received_on FROM dossier
  WHERE finished_on IS NULL AND received_on < :start
"""
OF_PERIOD = (
    f"""
SELECT sum(quantity), count(*), sum(quantity) FILTER (WHERE finished_on IS NULL OR finished_on > :end),
  sum(quantity) FILTER (WHERE papers_digitised_on IS NULL OR papers_digitised_on > :end) FROM ({_RANGES})
""",
    COUNTED_NOW,
    f"""
SELECT * FROM dossier WHERE id IN (SELECT id FROM ({_RANGES}) ORDER BY received_on DESC, id DESC LIMIT 100)
ORDER BY received_on DESC, id DESC
""",
)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OfficeFile]:
    path: Path = tmp_path_factory.mktemp("lists") / "so.socchc"
    with million.make(path) as made:
        yield made


@pytest.mark.parametrize("of_period", [False, True], ids=["every day", "one half-year"])
def test_opening_the_list(file: OfficeFile, of_period: bool) -> None:
    with file.read() as connection:
        period = saved_reports.default_period(connection, PeriodKind.H1, 2023) if of_period else None
        ours, bare = _ours(connection, period), _bare(connection, period, OF_PERIOD if of_period else EVERY_DAY)
        assert ours() == bare()
        found = compare(timed(ours), timed(bare), ROUNDS)
    name = "one half-year" if of_period else "every day"
    print(
        f"\nopening the list of dossiers, {name} {found.ours * 1000:.0f} ms / bare SQL {found.floor * 1000:.0f} ms"
        f" = {found.ratio:.2f}"
    )


def _ours(connection: Connection, period: Period | None) -> Callable[[], tuple[int, list[int]]]:
    look = Look(period, TODAY, office.calendar(connection, range(2022, 2025)))

    def job() -> tuple[int, list[int]]:
        number = dossier_list.numbers(connection, look, ())[ALL]
        if period is None:
            where = dossier_list.condition(connection, ALL, look)
        else:
            where = dossier_list.newest_condition(connection, ALL, period)
        page = Listing(DOSSIERS, (where,), order=NEWEST).page(connection, 0, PAGE)
        return number.dossiers, [row["id"] for row in page]

    return job


def _bare(
    connection: Connection, period: Period | None, statements: tuple[str, ...]
) -> Callable[[], tuple[int, list[int]]]:
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    days: dict[str, Any] = {"today": TODAY.isoformat(), "soon": "2023-06-15"}
    if period is not None:
        days |= {"start": period.start.isoformat(), "end": period.end.isoformat()}

    def job() -> tuple[int, list[int]]:
        counted, _, page = (driver.execute(statement, days).fetchall() for statement in statements)
        return counted[0][0], [row[0] for row in page]

    return job
