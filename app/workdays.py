"""Working days and due dates: pure, over a calendar value. All days are dates of the office, never moments.

How days are counted: Bộ luật Dân sự 2015, Điều 147 (the day of reception is not counted) and Điều 148 (an end on a rest
day moves to the next working day); Nghị định 61/2018, Điều 18 (received after 15:00: the next working day).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum
from itertools import islice

from app.problems import Problem

HOURS_A_DAY = 8
LONGEST_LIMIT = 3650  # ten years, in any unit: beyond it an amount is a slip of the hand
SATURDAY = 5


class LimitUnit(StrEnum):
    """In what a procedure's time limit is counted."""

    SAME_DAY = "same_day"
    HOURS = "hours"
    WORKING_DAYS = "working_days"
    DAYS = "days"


_UNIT_LABELS = {
    LimitUnit.SAME_DAY: "trong ngày",
    LimitUnit.HOURS: "giờ",
    LimitUnit.WORKING_DAYS: "ngày làm việc",
    LimitUnit.DAYS: "ngày",
}


@dataclass(frozen=True)
class Calendar:
    """Days off beside Saturdays and Sundays, rest days worked instead, and the years for which these are announced."""

    days_off: frozenset[date] = frozenset()
    days_worked: frozenset[date] = frozenset()
    known_years: frozenset[int] = frozenset()


def unit_label(unit: LimitUnit) -> str:
    """ "ngày làm việc", "trong ngày", "giờ", "ngày"."""
    return _UNIT_LABELS[unit]


def limit_words(amount: int | None, unit: LimitUnit) -> str:
    """ "22 ngày làm việc", "trong ngày", "4 giờ", "30 ngày"."""
    return unit_label(unit) if unit is LimitUnit.SAME_DAY else f"{amount} {unit_label(unit)}"


def incomplete(calendar: Calendar, year: int) -> bool:
    """Whether the holidays of a year are not all announced, so that its due dates may still move."""
    return year not in calendar.known_years


def is_workday(day: date, calendar: Calendar) -> bool:
    """Monday to Friday without days off, and rest days worked instead."""
    return day in calendar.days_worked or (day.weekday() < SATURDAY and day not in calendar.days_off)


def _workdays_after(day: date, calendar: Calendar) -> Iterator[date]:
    while True:
        day += timedelta(days=1)
        if is_workday(day, calendar):
            yield day


def next_workday(day: date, calendar: Calendar) -> date:
    """The first working day after a day."""
    return next(_workdays_after(day, calendar))


def workday_from(day: date, calendar: Calendar) -> date:
    """The day itself when it is worked, else the next working day."""
    return day if is_workday(day, calendar) else next_workday(day, calendar)


def add_workdays(day: date, amount: int, calendar: Calendar) -> date:
    """The amount-th working day after a day, which is itself not counted; the day itself for 0."""
    return next(islice(_workdays_after(day, calendar), amount - 1, None)) if amount else day


def workdays_between(start: date, end: date, calendar: Calendar) -> int:
    """Working days after `start` up to and with `end`; below zero when `end` lies before `start`.

    From today to a due date: 4 is "còn 4 ngày", 0 "hôm nay" (or a rest day after it), -2 "quá 2 ngày".
    """
    first, last = min(start, end), max(start, end)
    count = sum(is_workday(first + timedelta(days=n), calendar) for n in range(1, (last - first).days + 1))
    return count if start <= end else -count


def due_date(
    received_on: date,
    received_at: time | None,
    amount: int | None,
    unit: LimitUnit,
    calendar: Calendar,
    same_day_until: time = time(15),
) -> date:
    """The day by which a dossier is due, counted to the end of that day.

    `same_day`: the day of reception, or the next working day when received at `same_day_until` or later or on a rest
    day. `hours`: each 8 begun are one working day. `days`: calendar days. Raises Problem for a limit without amount.
    """
    if unit is LimitUnit.SAME_DAY:
        late = received_at is not None and received_at >= same_day_until
        return next_workday(received_on, calendar) if late else workday_from(received_on, calendar)
    if amount is None or not 1 <= amount <= LONGEST_LIMIT:
        raise Problem(
            f"Thời hạn tính bằng {unit_label(unit)} cần một số từ 1 đến {LONGEST_LIMIT}", field="limit_amount"
        )
    if unit is LimitUnit.HOURS:
        return add_workdays(received_on, -(-amount // HOURS_A_DAY), calendar)
    if unit is LimitUnit.WORKING_DAYS:
        return add_workdays(received_on, amount, calendar)
    return workday_from(received_on + timedelta(days=amount), calendar)
