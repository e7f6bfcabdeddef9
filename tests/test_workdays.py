"""Working days and due dates over a calendar value."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.problems import Problem
from app.workdays import (
    LONGEST_LIMIT,
    Calendar,
    LimitUnit,
    add_workdays,
    due_date,
    incomplete,
    is_workday,
    limit_words,
    next_workday,
    unit_label,
    workday_from,
    workdays_between,
)

MONDAY = date(2023, 6, 12)
FRIDAY = date(2023, 6, 16)
SATURDAY = date(2023, 6, 17)
NEXT_MONDAY = date(2023, 6, 19)
PLAIN = Calendar(known_years=frozenset({2023}))

days = st.dates(date(2020, 1, 1), date(2030, 12, 31))
some_days = st.frozensets(st.dates(date(2020, 1, 1), date(2020, 3, 31)), max_size=20)
calendars = st.builds(lambda off, worked: Calendar(off - worked, worked), some_days, some_days)
near_days = st.dates(date(2020, 1, 1), date(2020, 3, 31))


def test_weekends_days_off_and_days_worked_instead() -> None:
    swapped = Calendar(days_off=frozenset({MONDAY}), days_worked=frozenset({SATURDAY}))
    assert [is_workday(day, PLAIN) for day in (MONDAY, FRIDAY, SATURDAY)] == [True, True, False]
    assert [is_workday(day, swapped) for day in (MONDAY, FRIDAY, SATURDAY)] == [False, True, True]
    assert next_workday(FRIDAY, PLAIN) == NEXT_MONDAY
    assert next_workday(FRIDAY, swapped) == SATURDAY
    assert workday_from(FRIDAY, PLAIN) == FRIDAY
    assert workday_from(SATURDAY, PLAIN) == NEXT_MONDAY


def test_what_is_left_and_what_is_past() -> None:
    assert workdays_between(MONDAY, FRIDAY, PLAIN) == 4
    assert workdays_between(MONDAY, MONDAY, PLAIN) == 0
    assert workdays_between(FRIDAY, SATURDAY, PLAIN) == 0
    assert workdays_between(FRIDAY, NEXT_MONDAY, PLAIN) == 1
    assert workdays_between(date(2023, 6, 14), MONDAY, PLAIN) == -2
    assert add_workdays(MONDAY, 0, PLAIN) == MONDAY
    with pytest.raises(ValueError, match="islice"):
        add_workdays(MONDAY, -1, PLAIN)


@given(near_days, st.integers(1, 60), calendars)
def test_adding_and_counting_agree(day: date, amount: int, calendar: Calendar) -> None:
    end = add_workdays(day, amount, calendar)
    assert is_workday(end, calendar)
    assert workdays_between(day, end, calendar) == amount
    assert workdays_between(end, day, calendar) == -amount


@given(near_days, near_days, near_days, calendars)
def test_counts_add_up(first: date, second: date, third: date, calendar: Calendar) -> None:
    counts = [workdays_between(*pair, calendar) for pair in ((first, second), (second, third), (first, third))]
    assert counts[0] + counts[1] == counts[2]


@pytest.mark.parametrize(
    ("received_on", "received_at", "due"),
    [
        (MONDAY, None, MONDAY),
        (MONDAY, time(14, 59), MONDAY),
        (MONDAY, time(15), date(2023, 6, 13)),
        (FRIDAY, time(16, 30), NEXT_MONDAY),
        (SATURDAY, None, NEXT_MONDAY),
        (SATURDAY, time(8), NEXT_MONDAY),
        (SATURDAY, time(16), NEXT_MONDAY),
    ],
)
def test_same_day(received_on: date, received_at: time | None, due: date) -> None:
    assert due_date(received_on, received_at, None, LimitUnit.SAME_DAY, PLAIN) == due


def test_the_hour_of_the_same_day_is_the_offices() -> None:
    assert due_date(MONDAY, time(15), None, LimitUnit.SAME_DAY, PLAIN, time(16)) == MONDAY


@pytest.mark.parametrize(
    ("received_on", "amount", "unit", "due"),
    [
        (MONDAY, 3, LimitUnit.WORKING_DAYS, date(2023, 6, 15)),
        (FRIDAY, 1, LimitUnit.WORKING_DAYS, NEXT_MONDAY),
        (SATURDAY, 1, LimitUnit.WORKING_DAYS, NEXT_MONDAY),
        (MONDAY, 4, LimitUnit.HOURS, date(2023, 6, 13)),
        (MONDAY, 8, LimitUnit.HOURS, date(2023, 6, 13)),
        (MONDAY, 12, LimitUnit.HOURS, date(2023, 6, 14)),
        (MONDAY, 4, LimitUnit.DAYS, FRIDAY),
        (MONDAY, 5, LimitUnit.DAYS, NEXT_MONDAY),
        (MONDAY, 7, LimitUnit.DAYS, NEXT_MONDAY),
        (date(2023, 5, 5), 30, LimitUnit.DAYS, date(2023, 6, 5)),
    ],
)
def test_due_dates(received_on: date, amount: int, unit: LimitUnit, due: date) -> None:
    """The day of reception is not counted; an end on a rest day moves to the next working day (BLDS 2015, 147-148)."""
    assert due_date(received_on, time(16), amount, unit, PLAIN) == due


@given(near_days, st.one_of(st.none(), st.times()), st.integers(1, 40), st.sampled_from(LimitUnit), calendars)
def test_a_due_date_is_a_working_day_and_never_before_reception(
    received_on: date, received_at: time | None, amount: int, unit: LimitUnit, calendar: Calendar
) -> None:
    due = due_date(received_on, received_at, amount, unit, calendar)
    assert is_workday(due, calendar)
    assert due >= received_on
    assert due_date(received_on, received_at, amount + 1, unit, calendar) >= due
    if unit is LimitUnit.DAYS:
        assert due >= received_on + timedelta(days=amount)


@pytest.mark.parametrize("amount", [None, 0, -1, LONGEST_LIMIT + 1, 10**12])
@pytest.mark.parametrize("unit", [LimitUnit.HOURS, LimitUnit.WORKING_DAYS, LimitUnit.DAYS])
def test_a_limit_without_a_sound_amount(amount: int | None, unit: LimitUnit) -> None:
    with pytest.raises(Problem, match="cần một số từ 1") as caught:
        due_date(MONDAY, None, amount, unit, PLAIN)
    assert unit_label(unit) in caught.value.sentence


def test_limits_in_words() -> None:
    assert limit_words(22, LimitUnit.WORKING_DAYS) == "22 ngày làm việc"
    assert limit_words(None, LimitUnit.SAME_DAY) == "trong ngày"
    assert limit_words(4, LimitUnit.HOURS) == "4 giờ"
    assert limit_words(30, LimitUnit.DAYS) == "30 ngày"


def test_a_year_that_is_not_announced() -> None:
    assert incomplete(PLAIN, 2024)
    assert not incomplete(PLAIN, 2023)
