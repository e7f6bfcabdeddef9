"""Periods: names in words, default days, and chains in which what was pending in one is carried over in the next."""

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.periods import (
    EndOf,
    Period,
    PeriodKind,
    code_of,
    default_period,
    default_rules,
    following,
    parse_period,
    rules_from,
    start_of,
)
from app.places import resource
from app.problems import Problem

Q1, Q2, Q3, Q4 = PeriodKind.Q1, PeriodKind.Q2, PeriodKind.Q3, PeriodKind.Q4
H1, H2, NINE, Y = PeriodKind.H1, PeriodKind.H2, PeriodKind.NINE, PeriodKind.Y
RULES = default_rules()
DAY = timedelta(days=1)
kinds = st.sampled_from(PeriodKind)
years = st.integers(2000, 2090)


def none(_kind: PeriodKind, _year: int) -> date | None:
    return None


def ends(known: dict[tuple[PeriodKind, int], date]) -> EndOf:
    return lambda kind, year: known.get((kind, year))


def of(kind: PeriodKind, year: int = 2023, end_of: EndOf = none, end: date | None = None) -> Period:
    return default_period(kind, year, end_of, RULES, end=end)


@pytest.mark.parametrize(
    ("kind", "words", "short", "next_words"),
    [
        (Q1, "quý I năm 2023", "Quý I 2023", "quý II năm 2023"),
        (Q2, "quý II năm 2023", "Quý II 2023", "quý III năm 2023"),
        (Q3, "quý III năm 2023", "Quý III 2023", "quý IV năm 2023"),
        (Q4, "quý IV năm 2023", "Quý IV 2023", "quý I năm 2024"),
        (H1, "6 tháng đầu năm 2023", "6 tháng đầu 2023", "6 tháng cuối năm 2023"),
        (H2, "6 tháng cuối năm 2023", "6 tháng cuối 2023", "6 tháng đầu năm 2024"),
        (NINE, "9 tháng năm 2023", "9 tháng 2023", "quý IV năm 2023"),
        (Y, "năm 2023", "Năm 2023", "năm 2024"),
    ],
)
def test_names(kind: PeriodKind, words: str, short: str, next_words: str) -> None:
    period = of(kind)
    assert (period.words, period.short, period.next_words) == (words, short, next_words)


@given(kinds, years)
def test_a_code_is_read_back(kind: PeriodKind, year: int) -> None:
    assert parse_period(code_of(kind, year)) == (kind, year)
    assert parse_period(f" {code_of(kind, year).lower()}\n") == (kind, year)


@pytest.mark.parametrize(
    "text", ["", "2023", "2023-H3", "23-H1", "2023-6T", "H1-2023", "2023-9", "0023-H1", "2023-H1-1"]
)
def test_other_codes_are_refused_in_words(text: str) -> None:
    with pytest.raises(Problem, match="như 2023-H1"):
        parse_period(text)


@pytest.mark.parametrize(
    ("kind", "start", "end", "due_on"),
    [
        (Q1, date(2022, 12, 15), date(2023, 3, 14), date(2023, 3, 15)),
        (Q2, date(2023, 3, 15), date(2023, 6, 14), date(2023, 6, 15)),
        (H1, date(2022, 12, 15), date(2023, 6, 14), date(2023, 6, 15)),
        (Q3, date(2023, 6, 15), date(2023, 9, 14), date(2023, 9, 15)),
        (NINE, date(2022, 12, 15), date(2023, 9, 14), date(2023, 9, 15)),
        (Q4, date(2023, 9, 15), date(2023, 12, 14), date(2023, 12, 15)),
        (H2, date(2023, 6, 15), date(2023, 12, 14), date(2023, 12, 15)),
        (Y, date(2022, 12, 15), date(2023, 12, 14), date(2023, 12, 15)),
    ],
)
def test_usual_days(kind: PeriodKind, start: date, end: date, due_on: date) -> None:
    period = of(kind)
    assert (period.start, period.end, period.due_on) == (start, end, due_on)
    assert period.budget_start == date(2023, 1, 1)


def test_the_sample_ends_on_its_own_day() -> None:
    period = of(H1, end=date(2023, 6, 10))
    assert (period.code, period.start, period.end) == ("2023-H1", date(2022, 12, 15), date(2023, 6, 10))
    assert (period.budget_start, period.due_on) == (date(2023, 1, 1), date(2023, 6, 15))
    assert period.contains(date(2023, 6, 10))  # the cut-off day itself belongs to the period
    assert period.contains(date(2022, 12, 15))
    assert not period.contains(date(2023, 6, 11))
    assert not period.contains(date(2022, 12, 14))


CHAINS = {
    "quarters": (Q1, Q2, Q3, Q4),
    "halves": (H1, H2),
    "first half, then quarters": (H1, Q3, Q4),
    "quarters, then half": (Q1, Q2, H2),
    "nine months": (NINE, Q4),
    "years": (Y,),
}
"""Reports that follow each other within a year; those from the year's opening also follow last year's yearly report."""


def subsets(members: tuple[PeriodKind, ...]) -> Iterator[tuple[bool, ...]]:
    return product((False, True), repeat=len(members))


@pytest.mark.parametrize("chain", CHAINS.values(), ids=CHAINS)
def test_each_period_of_a_chain_starts_the_day_after_the_one_before(chain: tuple[PeriodKind, ...]) -> None:
    """Over every choice of members that ended early, so that pending there is carried over here."""
    for early in subsets(chain):
        known: dict[tuple[PeriodKind, int], date] = {}
        before = date(2022, 12, 14)
        for kind, is_early in zip(chain, early, strict=True):
            usual = of(kind, end_of=ends(known))
            period = usual.ending(usual.end - timedelta(days=9)) if is_early else usual
            assert period.start == before + DAY
            known[kind, 2023] = before = period.end


@pytest.mark.parametrize("kind", [Q1, H1, NINE, Y])
def test_the_year_opens_after_last_years_report(kind: PeriodKind) -> None:
    assert of(kind, end_of=ends({(Y, 2022): date(2022, 11, 30)})).start == date(2022, 12, 1)
    others = ends({(Q4, 2022): date(2022, 12, 20), (H2, 2022): date(2022, 12, 21), (Q1, 2023): date(2023, 3, 1)})
    assert of(kind, end_of=others).start == date(2022, 12, 15)


def test_the_nearer_report_goes_first() -> None:
    both = ends({(H1, 2023): date(2023, 6, 10), (Q2, 2023): date(2023, 6, 12)})
    assert of(Q3, end_of=both).start == of(H2, end_of=both).start == date(2023, 6, 11)
    quarter = ends({(Q2, 2023): date(2023, 6, 12)})
    assert of(Q3, end_of=quarter).start == of(H2, end_of=quarter).start == date(2023, 6, 13)
    last = ends({(NINE, 2023): date(2023, 9, 10), (Q3, 2023): date(2023, 9, 12)})
    assert of(Q4, end_of=last).start == date(2023, 9, 11)
    assert of(Q4, end_of=ends({(Q3, 2023): date(2023, 9, 12)})).start == date(2023, 9, 13)


@given(st.dictionaries(st.tuples(kinds, st.integers(2022, 2023)), st.integers(0, 20), max_size=16), kinds)
def test_a_start_never_lies_within_the_report_before(
    early: dict[tuple[PeriodKind, int], int], kind: PeriodKind
) -> None:
    known = {(k, y): date(y, *RULES.ends[k]) - timedelta(days=days) for (k, y), days in early.items()}
    start = start_of(kind, 2023, ends(known), RULES)
    assert start - DAY in {*known.values(), *(date(y, *RULES.ends[k]) for k in PeriodKind for y in (2022, 2023))}
    assert of(kind, end_of=ends(known)).end >= start


@given(kinds, years)
def test_usual_periods_abut(kind: PeriodKind, year: int) -> None:
    """The period that a report plans for begins the day after its own."""
    assert of(*following(kind, year)).start == of(kind, year).end + DAY


def test_a_cut_off_before_the_start_is_refused() -> None:
    with pytest.raises(Problem) as caught:
        of(Q2, end=date(2023, 3, 14))
    assert caught.value.sentence == "Số liệu quý II năm 2023 tính từ 15/3/2023: ngày chốt phải từ ngày đó"
    assert caught.value.field == "end"
    assert of(Q2, end=date(2023, 3, 15)).end == date(2023, 3, 15)


def test_rules_of_the_office() -> None:
    rules = rules_from({"period.Y.end": "30/11", "period.9M.end": "", "period.H1.due": "17/6", "else": "x"})
    assert default_period(H1, 2023, none, rules).start == date(2022, 12, 1)
    assert default_period(H1, 2023, none, rules).due_on == date(2023, 6, 17)
    assert rules.ends[NINE] == (9, 14)
    for wrong in ("29/2", "31/11", "14", "14/6/2023", "tháng 6"):
        with pytest.raises(Problem):
            rules_from({"period.Y.end": wrong})


def test_the_shipped_rules_are_the_defaults() -> None:
    with resource("rules.csv").open(encoding="utf-8", newline="") as file:
        shipped = {line["key"]: line["value"] for line in csv.DictReader(file)}
    assert {f"period.{kind}.{what}" for kind in PeriodKind for what in ("end", "due")} <= shipped.keys()
    assert rules_from(shipped) == RULES
