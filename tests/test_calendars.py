"""The calendar of Vietnam against DOMAIN.md 3.3: holidays of 2023-2027, exchanged days, due dates across them."""

import subprocess
import sys
from datetime import date, timedelta

import pytest

from app.calendars import calendar_for
from app.workdays import Calendar, add_workdays, incomplete, is_workday, workdays_between

CALENDAR = calendar_for(range(2022, 2028))


def span(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


REST = {
    "Tết 2023": span(date(2023, 1, 20), date(2023, 1, 26)),
    "Giỗ Tổ, 30/4, 01/5 2023": span(date(2023, 4, 29), date(2023, 5, 3)),
    "02/9 2023": span(date(2023, 9, 1), date(2023, 9, 4)),
    "Tết Dương lịch 2023": [date(2023, 1, 2)],
    "Tết 2024": span(date(2024, 2, 8), date(2024, 2, 14)),
    "Giỗ Tổ 2024": [date(2024, 4, 18)],
    "30/4, 01/5 2024, exchanged": span(date(2024, 4, 27), date(2024, 5, 1)),
    "02/9 2024": span(date(2024, 8, 31), date(2024, 9, 3)),
    "Tết 2025": span(date(2025, 1, 25), date(2025, 2, 2)),
    "Giỗ Tổ 2025": [date(2025, 4, 7)],
    "30/4, 01/5 2025, exchanged": span(date(2025, 4, 30), date(2025, 5, 4)),
    "02/9 2025": span(date(2025, 8, 30), date(2025, 9, 2)),
    "Tết Dương lịch 2026, exchanged": span(date(2026, 1, 1), date(2026, 1, 4)),
    "Tết 2026": span(date(2026, 2, 14), date(2026, 2, 22)),
    "Giỗ Tổ 2026, moved": [date(2026, 4, 27)],
    "02/9 2026, exchanged": span(date(2026, 8, 29), date(2026, 9, 2)),
    "Ngày Văn hóa Việt Nam": [date(2026, 11, 24), date(2027, 11, 24)],
    "Giỗ Tổ 2027": [date(2027, 4, 16)],
}
WORKED = {
    "before and after 2023": [
        date(2023, 1, 19),
        date(2023, 1, 27),
        date(2023, 4, 28),
        date(2023, 5, 4),
        date(2023, 9, 5),
    ],
    "Saturdays worked": [date(2024, 5, 4), date(2025, 4, 26), date(2026, 1, 10), date(2026, 8, 22)],
    "24/11 before it was a holiday": [date(2025, 11, 24)],
    "around Tết 2026": [date(2026, 2, 13), date(2026, 2, 23), date(2026, 1, 5), date(2026, 9, 3)],
}


@pytest.mark.parametrize("days", REST.values(), ids=REST)
def test_days_of_rest(days: list[date]) -> None:
    assert [day for day in days if is_workday(day, CALENDAR)] == []


@pytest.mark.parametrize("days", WORKED.values(), ids=WORKED)
def test_days_of_work(days: list[date]) -> None:
    assert [day for day in days if not is_workday(day, CALENDAR)] == []


@pytest.mark.parametrize(
    ("received_on", "amount", "due"),
    [
        (date(2026, 2, 13), 3, date(2026, 2, 25)),
        (date(2026, 8, 20), 2, date(2026, 8, 22)),  # a Saturday worked in exchange is a working day
        (date(2026, 8, 28), 1, date(2026, 9, 3)),
        (date(2026, 4, 24), 1, date(2026, 4, 28)),
        (date(2026, 4, 29), 1, date(2026, 5, 4)),
        (date(2026, 11, 23), 1, date(2026, 11, 25)),
        (date(2026, 12, 31), 1, date(2027, 1, 4)),
        (date(2025, 12, 31), 1, date(2026, 1, 5)),
    ],
)
def test_due_dates_of_the_domain(received_on: date, amount: int, due: date) -> None:
    assert add_workdays(received_on, amount, CALENDAR) == due


def test_the_sample_period_has_118_working_days() -> None:
    assert workdays_between(date(2022, 12, 14), date(2023, 6, 10), CALENDAR) == 118


def test_the_office_overrides_both_ways() -> None:
    saturday, tet, monday = date(2026, 8, 22), date(2026, 2, 17), date(2026, 3, 2)
    own = calendar_for([2026], {saturday: False, tet: True, monday: False, date(2026, 3, 7): True})
    assert [is_workday(day, own) for day in (saturday, tet, monday, date(2026, 3, 7))] == [False, True, False, True]
    assert not own.days_off & own.days_worked
    assert is_workday(saturday, calendar_for([2026]))  # one office's days do not stay for the next


def test_years_not_announced_are_incomplete() -> None:
    calendar = calendar_for([2023, 2026, 2027, 2101])
    assert [year for year in (2023, 2025, 2026, 2027, 2101) if incomplete(calendar, year)] == [2025, 2027, 2101]
    assert not is_workday(date(2027, 1, 1), calendar)  # what is known of it stands there all the same
    confirmed = calendar_for([2027], {date(2027, 2, 11): False}, office_known=[2027])
    assert not incomplete(confirmed, 2027)


def test_only_the_years_asked_for() -> None:
    assert calendar_for([]) == Calendar()
    assert {day.year for day in calendar_for([2026]).days_off} == {2026}


def test_the_library_waits_until_a_year_is_asked_for_that_is_not_kept() -> None:
    code = """
import sys
from app.calendars import calendar_for
calendar_for(range(2015, 2036))
assert 'holidays' not in sys.modules
calendar_for([2040])
assert 'holidays' in sys.modules
"""
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
