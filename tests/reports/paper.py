"""Reads a finished PDF back: its lines of type and its rules, in points from the page's upper left corner."""

from collections import defaultdict
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pdfplumber

MM = 72 / 25.4


@dataclass(frozen=True)
class Line:
    """One line of type: its text, ends, baseline, size and face (of its first sign)."""

    page: int
    text: str
    left: float
    right: float
    baseline: float
    size: float
    face: str

    @property
    def centre(self) -> float:
        return (self.left + self.right) / 2

    @property
    def width(self) -> float:
        return self.right - self.left


@dataclass(frozen=True)
class Rule:
    """A horizontal line."""

    page: int
    left: float
    right: float
    y: float

    @property
    def centre(self) -> float:
        return (self.left + self.right) / 2

    @property
    def width(self) -> float:
        return self.right - self.left


@dataclass(frozen=True)
class Paper:
    sizes: tuple[tuple[float, float], ...]
    lines: tuple[Line, ...]
    rules: tuple[Rule, ...]
    texts: tuple[str, ...]
    faces: frozenset[str]
    metadata: dict[str, Any]
    language: str

    @property
    def text(self) -> str:
        """All text, line ends and columns as single spaces."""
        return " ".join(" ".join(self.texts).split())

    def line(self, start: str) -> Line:
        return next(line for line in self.lines if line.text.startswith(start))

    def page(self, number: int) -> list[Line]:
        return [line for line in self.lines if line.page == number]

    def rule_under(self, line: Line) -> Rule:
        """The nearest rule under a line that lies beneath its middle."""
        under = [
            rule
            for rule in self.rules
            if rule.page == line.page and rule.left < line.centre < rule.right and rule.y > line.baseline
        ]
        return min(under, key=lambda rule: rule.y)


def read(pdf: bytes) -> Paper:
    """Everything the tests measure. A gap wider than a column's parts two lines of one baseline."""
    with pdfplumber.open(BytesIO(pdf)) as opened:
        lines: list[Line] = []
        rules: list[Rule] = []
        for number, page in enumerate(opened.pages, start=1):
            lines += _lines(number, page)
            rules += [Rule(number, float(each["x0"]), float(each["x1"]), float(each["top"])) for each in page.lines]
        language = opened.doc.catalog["Lang"]
        return Paper(
            sizes=tuple((float(page.width), float(page.height)) for page in opened.pages),
            lines=tuple(lines),
            rules=tuple(rules),
            texts=tuple(page.extract_text() for page in opened.pages),
            faces=frozenset(char["fontname"] for page in opened.pages for char in page.chars),
            metadata=opened.metadata,
            language=language.decode() if isinstance(language, bytes) else str(language),
        )


def _lines(number: int, page: Any) -> list[Line]:
    rows: dict[float, list[Any]] = defaultdict(list)
    for char in page.chars:
        rows[round(float(page.height) - char["matrix"][5], 1)].append(char)
    lines = []
    for baseline, chars in sorted(rows.items()):
        chars.sort(key=lambda char: char["x0"])
        piece = [chars[0]]
        for char in chars[1:]:
            if char["x0"] - piece[-1]["x1"] > 25:
                lines.append(_line(number, baseline, piece))
                piece = []
            piece.append(char)
        lines.append(_line(number, baseline, piece))
    return lines


def _line(number: int, baseline: float, chars: list[Any]) -> Line:
    while len(chars) > 1 and chars[-1]["text"].isspace():
        chars = chars[:-1]
    first = chars[0]
    text = "".join(char["text"] for char in chars)
    face = first["fontname"].split("+")[-1]
    return Line(number, text, first["x0"], chars[-1]["x1"], baseline, round(first["size"], 2), face)
