"""Figures of one half-year among 1.000.000 dossiers, against hand-written SQL over the same index ranges."""

import statistics
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from app.periods import PeriodKind
from app.registers import saved_reports
from app.reports import figures
from app.reports.catalogue import dossiers
from tests.bench import million

pytestmark = pytest.mark.bench
LIMIT = 1.3
ROUNDS = 9

# What a person would write who knows the indexes: the three ranges, one pass, the same figures by field.
BY_HAND = """
WITH basis AS (
  SELECT quantity, procedure_id, received_on, channel, outcome, finished_on, due_on, papers_digitised_on,
         result_digitised_on
  FROM dossier
  WHERE (outcome IS NULL OR outcome != 'rejected') AND received_on >= :start AND received_on <= :end
  UNION ALL
  SELECT quantity, procedure_id, received_on, channel, outcome, finished_on, due_on, papers_digitised_on,
         result_digitised_on
  FROM dossier
  WHERE (outcome IS NULL OR outcome != 'rejected') AND received_on < :start
    AND finished_on BETWEEN :start AND '9999-12-31'
  UNION ALL
  SELECT quantity, procedure_id, received_on, channel, outcome, finished_on, due_on, papers_digitised_on,
         result_digitised_on
  FROM dossier
  WHERE (outcome IS NULL OR outcome != 'rejected') AND finished_on IS NULL AND received_on < :start
)
SELECT f.name,
  SUM(quantity),
  SUM(quantity) FILTER (WHERE received_on >= :start),
  SUM(quantity) FILTER (WHERE received_on < :start),
  SUM(quantity) FILTER (WHERE received_on >= :start AND channel = 'online'),
  SUM(quantity) FILTER (WHERE received_on >= :start AND channel = 'in_person'),
  SUM(quantity) FILTER (WHERE received_on >= :start AND channel = 'post'),
  SUM(quantity) FILTER (WHERE finished_on <= :end AND outcome = 'resolved'),
  SUM(quantity) FILTER (WHERE finished_on <= :end AND finished_on < due_on AND outcome = 'resolved'),
  SUM(quantity) FILTER (
    WHERE finished_on <= :end AND (due_on IS NULL OR finished_on = due_on) AND outcome = 'resolved'),
  SUM(quantity) FILTER (WHERE finished_on <= :end AND finished_on > due_on AND outcome = 'resolved'),
  SUM(quantity) FILTER (WHERE finished_on <= :end AND outcome = 'returned'),
  SUM(quantity) FILTER (WHERE finished_on <= :end AND outcome = 'withdrawn'),
  SUM(quantity) FILTER (WHERE finished_on <= :end AND outcome = 'stopped'),
  SUM(quantity) FILTER (WHERE finished_on <= :end),
  SUM(quantity) FILTER (WHERE finished_on <= :end AND finished_on < due_on),
  SUM(quantity) FILTER (WHERE finished_on <= :end AND (due_on IS NULL OR finished_on = due_on)),
  SUM(quantity) FILTER (WHERE finished_on <= :end AND finished_on > due_on),
  SUM(quantity) FILTER (WHERE finished_on IS NULL OR finished_on > :end),
  SUM(quantity) FILTER (WHERE (finished_on IS NULL OR finished_on > :end) AND (due_on IS NULL OR due_on >= :end)),
  SUM(quantity) FILTER (WHERE (finished_on IS NULL OR finished_on > :end) AND due_on < :end),
  SUM(quantity) FILTER (WHERE papers_digitised_on <= :end),
  SUM(quantity) FILTER (WHERE papers_digitised_on IS NULL OR papers_digitised_on > :end),
  SUM(quantity) FILTER (WHERE result_digitised_on <= :end)
FROM basis JOIN procedure p ON p.id = basis.procedure_id JOIN procedure_field f ON f.id = p.field_id
GROUP BY f.name
"""
# dossiers.rejected has a basis of its own.
REJECTED_BY_HAND = """
SELECT f.name, SUM(quantity)
FROM dossier JOIN procedure p ON p.id = procedure_id JOIN procedure_field f ON f.id = p.field_id
WHERE outcome = 'rejected' AND finished_on >= :start AND finished_on <= :end
GROUP BY f.name
"""


def test_figures_among_a_million(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with million.make(tmp_path / "so.socchc") as file, file.read() as connection:
        period = saved_reports.default_period(connection, PeriodKind.H1, 2023)
        scope = figures.Scope(period)
        days = {"start": period.start.isoformat(), "end": period.end.isoformat()}
        driver = connection.connection.driver_connection
        assert driver is not None
        by_hand = [[*driver.execute(BY_HAND, days).fetchall(), *driver.execute(REJECTED_BY_HAND, days).fetchall()]]
        ours = figures.compute(connection, scope, dossiers.FIGURES)
        assert sum(row[1] for row in by_hand[0][: million.FIELDS]) == ours.number("dossiers.total") > 40_000

        def hand() -> None:
            driver.execute(BY_HAND, days).fetchall()
            driver.execute(REJECTED_BY_HAND, days).fetchall()

        def catalogue() -> None:
            figures.compute(connection, scope, dossiers.FIGURES)

        ratios = []
        for _ in range(ROUNDS):
            floor = _seconds(hand)
            ratios.append(_seconds(catalogue) / floor)
        ratio = statistics.median(ratios)
        total = ours.number("dossiers.total")
    with capsys.disabled():
        print(f"\nfigures of one half-year ({total} of 1.000.000 dossiers) / hand-written SQL: {ratio:.2f}")
    assert ratio <= LIMIT


def _seconds(job: Callable[[], None]) -> float:
    start = time.perf_counter()
    job()
    return time.perf_counter() - start
