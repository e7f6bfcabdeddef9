"""The sample's report as PDF against reportlab alone drawing the same lines on as many pages in the same four faces."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from app.clock import real_clock
from app.models.database import OfficeFile
from app.periods import PeriodKind
from app.places import resource
from app.registers import saved_reports
from app.reports import making
from app.reports.pdf.fonts import BOLD, BOLD_ITALIC, ITALIC, REGULAR, register
from app.reports.pdf.render import render
from tests.bench import bare_paper
from tests.bench.pairs import compare, process, timed
from tests.reports.paper import Paper, read

pytestmark = pytest.mark.bench
MOST_AS_A_PROCESS = 6.0
MOST_IN_PROCESS = 3.0
ROUNDS = 15
FACES = {REGULAR: "Regular", BOLD: "Bold", ITALIC: "Italic", BOLD_ITALIC: "BoldItalic"}
ROOT = Path(__file__).parents[2]


@pytest.fixture
def lines(sample_path: Path) -> dict[str, Any]:
    """The sample's paper read back: what the floor has to draw."""
    with OfficeFile.open(sample_path, real_clock(), writing=False) as file, file.read() as connection:
        report = saved_reports.find(connection, PeriodKind.H1, 2023)
        assert report is not None
        paper = read(render(making.document_of(connection, report.period, report)).pdf)
    faces = {name: str(resource(f"fonts/LiberationSerif-{file}.ttf")) for name, file in FACES.items()}
    return {"faces": faces, "pages": [_page(paper, number) for number in range(1, len(paper.sizes) + 1)]}


def _page(paper: Paper, number: int) -> dict[str, Any]:
    width, height = paper.sizes[number - 1]
    return {
        "size": [width, height],
        "lines": [[line.face, line.size, line.left, height - line.baseline, line.text] for line in paper.page(number)],
        "rules": [[rule.left, rule.right, height - rule.y] for rule in paper.rules if rule.page == number],
    }


def test_the_paper_as_a_whole_process(sample_path: Path, tmp_path: Path, lines: dict[str, Any]) -> None:
    (tmp_path / "lines.json").write_text(json.dumps(lines), encoding="utf-8")
    report = [sys.executable, "-P", "-m", "app", "report", "2023-H1", "-o", str(tmp_path / "a.pdf")]
    bare = [sys.executable, "-P", str(ROOT / "tests/bench/bare_paper.py"), str(tmp_path / "lines.json")]
    found = compare(process([*report, "--db", str(sample_path)]), process([*bare, str(tmp_path / "b.pdf")]), ROUNDS)
    _same_lines(read((tmp_path / "b.pdf").read_bytes()), read((tmp_path / "a.pdf").read_bytes()))
    print("\n" + found.told("report of the sample, whole process", "bare reportlab", MOST_AS_A_PROCESS))
    assert found.ratio <= MOST_AS_A_PROCESS


def test_rendering_alone_in_process(sample_path: Path, lines: dict[str, Any]) -> None:
    with OfficeFile.open(sample_path, real_clock(), writing=False) as file, file.read() as connection:
        report = saved_reports.find(connection, PeriodKind.H1, 2023)
        assert report is not None
        document = making.document_of(connection, report.period, report)
    register()
    found = compare(timed(lambda: render(document)), timed(lambda: bare_paper.draw(lines["pages"])), ROUNDS)
    print("\n" + found.told("rendering the resolved report", "bare reportlab", MOST_IN_PROCESS))
    assert found.ratio <= MOST_IN_PROCESS


def _same_lines(bare: Paper, ours: Paper) -> None:
    """The floor is honest: the same words at the same places in the same faces."""
    assert len(bare.sizes) == len(ours.sizes)
    assert bare.faces == ours.faces or {each[7:] for each in bare.faces} == {each[7:] for each in ours.faces}
    places = [(line.page, line.text, round(line.baseline), line.face) for line in ours.lines]
    assert [(line.page, line.text, round(line.baseline), line.face) for line in bare.lines] == places
