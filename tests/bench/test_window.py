"""From the start of the process to the window: its first paint, and Tổng quan filled from the sample."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.bench.pairs import compare

pytestmark = pytest.mark.bench
MOST_TO_FIRST_PAINT = 2.0
MOST_TO_FILLED = 5.0
ROUNDS = 21
ROOT = Path(__file__).parents[2]


def until_said(*arguments: str, word: str, home: Path) -> Callable[[], float]:
    """Seconds from starting the process to its word."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
    environment |= {"QT_QPA_PLATFORM": "offscreen", "HOME": str(home)}

    def run() -> float:
        start = time.perf_counter()
        command = [sys.executable, "-P", str(ROOT / "tests/bench/window_process.py"), *arguments]
        with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == word + "\n"
            return time.perf_counter() - start

    return run


@pytest.mark.parametrize(
    ("until", "word", "told", "limit"),
    [
        ("first", "painted", "first paint of the window", MOST_TO_FIRST_PAINT),
        ("filled", "filled", "Tổng quan filled from the sample", MOST_TO_FILLED),
    ],
)
def test_the_window(sample_path: Path, tmp_path: Path, until: str, word: str, told: str, limit: float) -> None:
    ours = until_said(until, str(sample_path), word=word, home=tmp_path)
    floor = until_said("bare", word="painted", home=tmp_path)
    found = compare(ours, floor, ROUNDS)
    print("\n" + found.told(told, "bare QMainWindow", limit))
    assert found.ratio <= limit
