"""The working calendar of Vietnam: the library's public holidays, what it lacks, the office's own days over both."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
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
        days |= {each.day: each.worked for each in public_days(year)}
        if year in _shipped_years() or year in set(office_known):
            known.add(year)
    days |= office_days or {}
    return Calendar(
        days_off=frozenset(day for day, worked in days.items() if not worked),
        days_worked=frozenset(day for day, worked in days.items() if worked),
        known_years=frozenset(known),
    )


@dataclass(frozen=True)
class NamedDay:
    """A day that the calendar of the country sets apart: a holiday, or a rest day that is worked in exchange."""

    day: date
    worked: bool
    name: str


def public_days(year: int) -> tuple[NamedDay, ...]:
    """The holidays and exchanged days of a year as far as they are known, in order, without the office's own."""
    shipped = {day: NamedDay(day, kind == "work", name) for day, kind, name in _shipped() if kind != "year"}
    days = {each.day: each for each in _library_days(year)}
    days |= {day: each for day, each in shipped.items() if day.year == year}
    return tuple(days[day] for day in sorted(days))


def _library_days(year: int) -> tuple[NamedDay, ...]:
    """What the library knows of a year: days off, and rest days worked in exchange."""
    kept = _kept_days()
    return kept[year] if year in kept else ask_library(year)


@cache
def ask_library(year: int) -> tuple[NamedDay, ...]:
    """The library itself, which loads the calendars of two hundred countries before it answers for one."""
    import holidays

    public = holidays.country_holidays("VN", years=year, language="vi")
    off = [NamedDay(day, False, name) for day, name in public.items() if day.year == year]
    return (*off, *(NamedDay(day, True, "Làm bù") for day in public.weekend_workdays if day.year == year))


@cache
def _kept_days() -> Mapping[int, tuple[NamedDay, ...]]:
    """The library's answers for the years at hand, kept in resources/ (tests/resources/public_days.py makes them)."""
    found: dict[int, list[NamedDay]] = {}
    with resource("public-days.csv").open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            day = date.fromisoformat(line["date"])
            found.setdefault(day.year, []).append(NamedDay(day, line["kind"] == "work", line["name"]))
    return {year: tuple(days) for year, days in found.items()}


@cache
def _shipped() -> tuple[tuple[date, str, str], ...]:
    """Lines of resources/holidays.csv: `off` and `work` correct the library; `year` says that a year is announced."""
    with resource("holidays.csv").open(encoding="utf-8", newline="") as file:
        return tuple((date.fromisoformat(line["date"]), line["kind"], line["name"]) for line in csv.DictReader(file))


def _shipped_years() -> set[int]:
    return {day.year for day, kind, _ in _shipped() if kind == "year"}
