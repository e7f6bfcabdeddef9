"""The one clock, handed in at the top; the sample office carries its own day."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Clock:
    """`today` decides what is due; `now` is the real moment of typing, kept in the change journal."""

    today: Callable[[], date]
    now: Callable[[], datetime]

    def at(self, day: date) -> "Clock":
        """The same real moments under a day that stands still (the sample's own day)."""
        return Clock(today=lambda: day, now=self.now)


def real_clock() -> Clock:
    """Day and moment of the PC, in its own zone (an office keeps local time)."""
    return Clock(today=date.today, now=datetime.now)
