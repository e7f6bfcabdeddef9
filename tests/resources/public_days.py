"""Keeps the library's public days of Vietnam in resources/: `python -m tests.resources.public_days`, after each update
of the library."""

import csv

from app.calendars import ask_library
from app.places import resource

YEARS = range(2015, 2036)
HEAD = ("date", "kind", "name")


def rows() -> list[tuple[str, str, str]]:
    return [
        (each.day.isoformat(), "work" if each.worked else "off", each.name)
        for year in YEARS
        for each in sorted(ask_library(year), key=lambda each: each.day)
    ]


if __name__ == "__main__":
    with resource("public-days.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEAD)
        writer.writerows(rows())
