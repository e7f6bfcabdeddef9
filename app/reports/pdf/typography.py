"""From runs to lines of type: joins that may not part at a line's end, and markup for reportlab's Paragraph."""

import re
from xml.sax.saxutils import escape

from app.reports.blocks import Run, text_of

NBSP = "\u00a0"

_JOINS = re.compile(
    r"(?:(?<=\bsố)|(?<=\bngày)|(?<=\btháng)|(?<=\bnăm)|(?<=\bISO)) (?=\d)"  # số 124/KH-UBND, ngày 05, năm 2023
    r"|(?<=\d) (?=đồng\b|tháng (?:đầu|cuối)\b)"  # 8.568.086.260 đồng, 6 tháng đầu năm
    r"|(?<= \d\d) (?=[^\W\d])"  # 02 chỉ thị
    r"|(?<=\bPhụ lục) (?=[IVX])"
    r"| (?=\S{1,6}$)",  # no last line of one syllable
    re.IGNORECASE,
)


def joined(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """The same runs with no-break spaces where the line may not end, also across the border of two runs."""
    whole = _JOINS.sub(NBSP, text_of(runs))
    at = 0
    out = []
    for run in runs:
        out.append(Run(whole[at : at + len(run.text)], run.bold, run.italic, run.figure))
        at += len(run.text)
    return tuple(out)


def markup(runs: tuple[Run, ...], *, bold: bool = False, capitals: bool = False) -> str:
    """Runs as the markup of a Paragraph, everything people typed escaped."""
    return "".join(_marked(run, bold or run.bold, capitals) for run in runs)


def _marked(run: Run, bold: bool, capitals: bool) -> str:
    text = escape(run.text.upper() if capitals else run.text)
    if run.italic:
        text = f"<i>{text}</i>"
    return f"<b>{text}</b>" if bold else text
