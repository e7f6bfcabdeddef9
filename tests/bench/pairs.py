"""Two jobs measured in turn, so that what else the machine does meets both alike."""

import statistics
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Pair:
    """The medians of two jobs in seconds, and the median of what one costs of the other in the same round."""

    ours: float
    floor: float
    ratio: float

    def told(self, ours: str, floor: str, limit: float) -> str:
        """One line of a bench."""
        return (
            f"{ours} {self.ours * 1000:.1f} ms / {floor} {self.floor * 1000:.1f} ms"
            f" = {self.ratio:.2f} (at most {limit:g})"
        )


def compare(ours: Callable[[], float], floor: Callable[[], float], rounds: int) -> Pair:
    """Runs both in turn, each once before for warming; each returns its own seconds."""
    floor(), ours()
    pairs = []
    for number in range(rounds):
        if number % 2:
            second, first = ours(), floor()
        else:
            first, second = floor(), ours()
        pairs.append((second, first))
    return Pair(
        statistics.median(pair[0] for pair in pairs),
        statistics.median(pair[1] for pair in pairs),
        statistics.median(pair[0] / pair[1] for pair in pairs),
    )


def timed(job: Callable[[], object]) -> Callable[[], float]:
    """A job that tells how long it took."""

    def run() -> float:
        start = time.perf_counter()
        job()
        return time.perf_counter() - start

    return run


def process(command: Sequence[str]) -> Callable[[], float]:
    """A whole process, from its start to its end."""

    def run() -> float:
        start = time.perf_counter()
        subprocess.run(command, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        return time.perf_counter() - start

    return run
