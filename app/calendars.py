"""The working calendar of Vietnam: the library's public holidays, what it lacks, the office's own days over both."""

import csv
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache

from app.places import resource
from app.workdays import Calendar


def calendar_for(
    years: Iterable[int], office_days: Mapping[date, bool] | None = None, office_known: Iterable[int] = ()
) -> Calendar:
    """The calendar of these years.

    `office_days` says of single days whether the office works (True) or rests; it holds against the library and the
    shipped exceptions, both ways. `office_known` are years whose arrangement the office has confirmed itself. Outside
    `known_years` only what is known so far stands in the calendar: workdays.incomplete() tells.
    """
    days: dict[date, bool] = {}
    known: set[int] = set()
    for year in set(years):
        days |= _public_days(year) | {day: worked for day, worked in _shipped_days().items() if day.year == year}
        if year in _shipped_years() or year in set(office_known):
            known.add(year)
    days |= office_days or {}
    return Calendar(
        days_off=frozenset(day for day, worked in days.items() if not worked),
        days_worked=frozenset(day for day, worked in days.items() if worked),
        known_years=frozenset(known),
    )


@cache
def _public_days(year: int) -> dict[date, bool]:
    """What the library knows of a year: days off, and rest days worked in exchange (True)."""
    import holidays

    public = holidays.country_holidays("VN", years=year)
    exchanged = {day: True for day in public.weekend_workdays if day.year == year}
    return {day: False for day in public if day.year == year} | exchanged


@cache
def _shipped() -> tuple[tuple[date, str], ...]:
    """Lines of resources/holidays.csv: `off` and `work` correct the library; `year` says that a year is announced."""
    with resource("holidays.csv").open(encoding="utf-8", newline="") as file:
        return tuple((date.fromisoformat(line["date"]), line["kind"]) for line in csv.DictReader(file))


def _shipped_days() -> dict[date, bool]:
    return {day: kind == "work" for day, kind in _shipped() if kind != "year"}


def _shipped_years() -> set[int]:
    return {day.year for day, kind in _shipped() if kind == "year"}
