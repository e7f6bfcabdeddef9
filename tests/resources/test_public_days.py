"""The kept public days are those of the library that is installed."""

import csv

from app.places import resource
from tests.resources.public_days import HEAD, rows


def test_kept_days_equal_the_library() -> None:
    with resource("public-days.csv").open(encoding="utf-8", newline="") as file:
        head, *kept = (tuple(line) for line in csv.reader(file))
    assert head == HEAD
    assert kept == rows(), "run python -m tests.resources.public_days"
