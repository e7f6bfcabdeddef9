"""What can go wrong in words a person understands.

Every failure that the program knows is a Problem; anything else is a bug and goes to the log.
"""

from enum import IntEnum


class ExitCode(IntEnum):
    """Exit codes of the command line."""

    WELL = 0
    FINDINGS = 1
    BAD_INPUT = 2
    FAULT = 3
    INTERRUPTED = 130


class Problem(Exception):
    """A known failure: one Vietnamese sentence, the field it belongs to, what to do next.

    `field` is the key of a field of the register's description, or "" where it concerns the whole.
    """

    def __init__(self, sentence: str, *, field: str = "", next_step: str = "", exit_code: int = ExitCode.BAD_INPUT):
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field
        self.next_step = next_step
        self.exit_code = exit_code

    def __str__(self) -> str:
        return f"{self.sentence}. {self.next_step}" if self.next_step else self.sentence


class Problems(Problem):
    """All faults of one form at once, in reading order."""

    def __init__(self, faults: list[Problem]):
        super().__init__(" ".join(f"{fault.sentence}." for fault in faults))
        self.faults = tuple(faults)
