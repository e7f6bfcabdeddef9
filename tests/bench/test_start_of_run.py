"""A second start of ./run against its private Python started directly with the same arguments: at most 1.1."""

import statistics
import subprocess
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ARGUMENTS = ["--help"]
ROUNDS = 60


def seconds(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


@pytest.mark.bench
def test_a_second_start_costs_at_most_a_tenth_more_than_python_itself() -> None:
    through_run = [str(ROOT / "run"), *ARGUMENTS]
    directly = [str(ROOT / ".venv/bin/python"), "-P", "-m", "app", *ARGUMENTS]
    for command in (through_run, directly):
        seconds(command)  # sets up, compiles, warms the disk cache
    pairs = [(seconds(through_run), seconds(directly)) for _ in range(ROUNDS)]
    run, python = (statistics.median(times) for times in zip(*pairs, strict=True))
    print(f"\n./run --help {run * 1000:.1f} ms / python -m app --help {python * 1000:.1f} ms = {run / python:.3f}")
    assert run / python <= 1.1
