"""What CONTRIBUTING.md, README.md and the notes name is there: files, tests, commands."""

import re
import shlex
from pathlib import Path

import pytest

from app.cli.parser import parser

ROOT = Path(__file__).parents[2]
PAGES = ("CONTRIBUTING.md", "README.md", "docs/ui-kit.md", "docs/import.md", "docs/report.md")


def words(page: str) -> list[str]:
    return re.findall(r"`([^`\n]+)`", (ROOT / page).read_text(encoding="utf-8"))


@pytest.mark.parametrize("page", PAGES)
def test_files_that_are_named_are_there(page: str) -> None:
    for word in words(page):
        path = word.split("::")[0]
        if re.fullmatch(r"(app|tests|docs|resources|installer)/[\w./*-]+", path):
            assert list(ROOT.glob(path)) or "NAME" in path or "FAMILY" in path, word


def test_tests_that_are_named_are_there() -> None:
    named = [word.split("::") for word in words("CONTRIBUTING.md") if "::" in word]
    assert len(named) > 20
    for path, test in named:
        assert f"def {test}(" in (ROOT / path).read_text(encoding="utf-8"), (path, test)


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#]+)\)", text):
        assert target.startswith("https://") or ((ROOT / page).parent / target).exists(), target


def test_the_first_screen_of_the_readme_holds_two_commands() -> None:
    head = (ROOT / "README.md").read_text(encoding="utf-8").split("\n## ")[0]
    assert re.findall(r"^    (\S.*)$", head, re.MULTILINE) == ["./run demo", "./test"]


def test_commands_of_the_readme_are_understood() -> None:
    for line in re.findall(r"^    \./run (.+)$", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE):
        parser().parse_args(shlex.split(line))
