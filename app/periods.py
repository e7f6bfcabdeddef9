"""Reporting periods: names, days, chains. Pure; ends of other reports and the office's rules are handed in.

Defaults after Nghị định 09/2019, Điều 12: a six-month report covers 15/12 of the year before to 14/6. The budget is
counted from 01/01 of the period's year.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from app.formats import format_prose_date, parse_date
from app.problems import Problem
from app.vietnamese import clean, roman

EndOf = Callable[["PeriodKind", int], date | None]
"""The last day of the report of a kind and year, None while there is no such report."""


class PeriodKind(StrEnum):
    """The kinds of period, in the order in which they end."""

    Q1 = "Q1"
    Q2 = "Q2"
    H1 = "H1"
    Q3 = "Q3"
    NINE = "9M"
    Q4 = "Q4"
    H2 = "H2"
    Y = "Y"


DayOfYear = tuple[int, int]
"""A month and a day that every year has."""


@dataclass(frozen=True)
class PeriodRules:
    """The usual last day of each kind of period, and the day by which its report is sent, both in the period's year."""

    ends: Mapping[PeriodKind, DayOfYear]
    dues: Mapping[PeriodKind, DayOfYear]


@dataclass(frozen=True)
class Period:
    """The days that one report covers, both ends within; a dossier finished on `end` is finished."""

    kind: PeriodKind
    year: int
    start: date
    end: date
    budget_start: date
    due_on: date

    @property
    def code(self) -> str:
        """2023-H1."""
        return code_of(self.kind, self.year)

    @property
    def words(self) -> str:
        """ "6 tháng đầu năm 2023", within a sentence."""
        return words_of(self.kind, self.year)

    @property
    def next_words(self) -> str:
        """The period for which the report plans: "6 tháng cuối năm 2023"."""
        return words_of(*following(self.kind, self.year))

    @property
    def short(self) -> str:
        """ "6 tháng đầu 2023", on a chip."""
        return short_of(self.kind, self.year)

    def contains(self, day: date) -> bool:
        """Whether a day lies in the period; the cut-off day does."""
        return self.start <= day <= self.end

    def ending(self, end: date) -> "Period":
        """The same period with another cut-off. Raises Problem (field "end") when it lies before the start."""
        if end < self.start:
            first = format_prose_date(self.start)
            raise Problem(f"Số liệu {self.words} tính từ {first}: ngày chốt phải từ ngày đó", field="end")
        return replace(self, end=end)


# --- names -----------------------------------------------------------------------------------------------------------

_Q1, _Q2, _Q3, _Q4 = PeriodKind.Q1, PeriodKind.Q2, PeriodKind.Q3, PeriodKind.Q4
_H1, _H2, _NINE, _Y = PeriodKind.H1, PeriodKind.H2, PeriodKind.NINE, PeriodKind.Y

_QUARTERS = {kind: f"quý {roman(number)}" for number, kind in enumerate((_Q1, _Q2, _Q3, _Q4), 1)}
_WORDS = _QUARTERS | {_H1: "6 tháng đầu", _H2: "6 tháng cuối", _NINE: "9 tháng", _Y: ""}
_FOLLOWING = {  # kind, and years later
    _Q1: (_Q2, 0),
    _Q2: (_Q3, 0),
    _Q3: (_Q4, 0),
    _Q4: (_Q1, 1),
    _H1: (_H2, 0),
    _H2: (_H1, 1),
    _NINE: (_Q4, 0),
    _Y: (_Y, 1),
}


def code_of(kind: PeriodKind, year: int) -> str:
    """2023-H1, on the command line and in files."""
    return f"{year:04}-{kind}"


def parse_period(text: str) -> tuple[PeriodKind, int]:
    """Reads a code. Raises Problem for any other text."""
    found = re.fullmatch(r"((?:19|20)\d\d)-(\w\w?)", clean(text).upper(), re.ASCII)
    if not found or found[2] not in set(PeriodKind):
        raise Problem(f"Không có kỳ “{clean(text)}”: viết năm và kỳ, như 2023-H1 ({', '.join(PeriodKind)})")
    return PeriodKind(found[2]), int(found[1])


def words_of(kind: PeriodKind, year: int) -> str:
    """ "quý I năm 2023", "6 tháng đầu năm 2023", "9 tháng năm 2023", "năm 2023", within a sentence."""
    return f"{_WORDS[kind]} năm {year}".strip()


def short_of(kind: PeriodKind, year: int) -> str:
    """ "Quý I 2023", "6 tháng đầu 2023", "9 tháng 2023", "Năm 2023", on a chip."""
    words = f"{_WORDS[kind] or 'năm'} {year}"
    return words[0].upper() + words[1:]


def following(kind: PeriodKind, year: int) -> tuple[PeriodKind, int]:
    """The period that a report of this kind plans for: quý II after quý I, 6 tháng cuối năm after 6 tháng đầu năm."""
    next_kind, years = _FOLLOWING[kind]
    return next_kind, year + years


# --- days ------------------------------------------------------------------------------------------------------------

_BEFORE = {  # the reports one of which it goes on from, the first that there is; the others open the year
    _Q2: (_Q1,),
    _Q3: (_H1, _Q2),
    _H2: (_H1, _Q2),
    _Q4: (_NINE, _Q3),
}


def default_rules() -> PeriodRules:
    """Last days after Nghị định 09/2019, Điều 12; reports are due the day after."""
    months = {_Q1: 3, _Q2: 6, _H1: 6, _Q3: 9, _NINE: 9, _Q4: 12, _H2: 12, _Y: 12}
    return PeriodRules(
        ends={kind: (month, 14) for kind, month in months.items()},
        dues={kind: (month, 15) for kind, month in months.items()},
    )


def rules_from(values: Mapping[str, str]) -> PeriodRules:
    """The rules of the office: "period.H1.end" and "period.H1.due" with day and month as "14/6", else the defaults.

    Raises Problem for a day that not every year has.
    """
    rules = default_rules()
    return PeriodRules(
        ends={kind: day_of_year(values.get(f"period.{kind}.end")) or day for kind, day in rules.ends.items()},
        dues={kind: day_of_year(values.get(f"period.{kind}.due")) or day for kind, day in rules.dues.items()},
    )


def day_of_year(text: str | None) -> DayOfYear | None:
    """Reads "14/6"; None for nothing. Raises Problem for a day that not every year has."""
    if not text:
        return None
    if text.count("/") != 1:
        raise Problem(f"Không đọc được “{text}”: cần ngày và tháng, như 14/6")
    day = parse_date(text, date(2001, 1, 1))  # no leap year
    return day.month, day.day


def start_of(kind: PeriodKind, year: int, end_of: EndOf, rules: PeriodRules) -> date:
    """The day after the report it goes on from, so that what was pending there is carried over here.

    Quý I, 6 tháng đầu năm, 9 tháng and năm go on from last year's yearly report; quý II from quý I; quý III and 6 tháng
    cuối năm from 6 tháng đầu năm, else quý II; quý IV from 9 tháng, else quý III. Without such a report: its usual end.
    """
    before = [(each, year) for each in _BEFORE.get(kind, ())] or [(_Y, year - 1)]
    usual_kind, usual_year = before[0]
    ends = [end for each in before if (end := end_of(*each))]
    return (ends[0] if ends else date(usual_year, *rules.ends[usual_kind])) + timedelta(days=1)


def default_period(kind: PeriodKind, year: int, end_of: EndOf, rules: PeriodRules, end: date | None = None) -> Period:
    """The period with its start by the chain, its usual end (or the given one) and its usual due day.

    Raises Problem (field "end") when the end lies before the start.
    """
    start = start_of(kind, year, end_of, rules)
    due_on = date(year, *rules.dues[kind])
    period = Period(kind, year, start, date.max, budget_start=date(year, 1, 1), due_on=due_on)
    return period.ending(end or date(year, *rules.ends[kind]))
