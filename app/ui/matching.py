"""Finding a choice, or the hit inside a text, from what a person types without diacritics."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.vietnamese import fold, matches, nfc


@dataclass(frozen=True)
class Choice:
    """One entry of a list: `key` is what parse and raw text mean by it, the rest is what a person sees."""

    key: str
    label: str
    code: str = ""
    hint: str = ""

    @property
    def shown(self) -> str:
        """As it stands in the field once chosen."""
        return f"{self.code}  {self.label}" if self.code else self.label


def find(query: str, choices: Sequence[Choice]) -> list[Choice]:
    """The choices that match, best first: by code, start of the name, start of a word, then words and initials.

    Among names that match alike the shortest leads: "khai sinh" means Đăng ký khai sinh before its special cases.
    """
    wanted = fold(query)
    if not wanted:
        return list(choices)
    ranked = [(rank, choice) for choice in choices if (rank := _rank(wanted, choice)) is not None]
    return [choice for _, choice in sorted(ranked, key=lambda pair: pair[0])]


def _rank(wanted: str, choice: Choice) -> tuple[int, int] | None:
    """How well it matches, and where the name does, its length; codes keep their order."""
    code, label = fold(choice.code), fold(choice.label)
    if wanted in (code, label, fold(choice.shown)):
        return 0, 0
    if code.startswith(wanted):
        return 1, 0
    if label.startswith(wanted):
        return 1, len(label)
    if wanted in code:
        return 2, 0
    if f" {wanted}" in label:
        return 2, len(label)
    return (3, len(label)) if matches(wanted, label) or matches(wanted, f"{code} {label}") else None


def hits(text: str, query: str) -> list[tuple[int, int]]:
    """Start and end of each place in NFC text where a word of the query is found, without overlaps."""
    folded = "".join(fold(letter)[:1] or letter for letter in nfc(text))
    found: list[tuple[int, int]] = []
    for word in fold(query).split():
        start = folded.find(word)
        while start >= 0:
            found.append((start, start + len(word)))
            start = folded.find(word, start + len(word))
    merged: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
