"""./test says which of its stages failed, runs all of them, and hands its arguments to pytest."""

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout whose private Python only says what it is asked, and fails or sleeps where a file tells it to."""
    (tmp_path / "installer").mkdir()
    (tmp_path / ".venv/bin").mkdir(parents=True)
    shutil.copy(ROOT / "test", tmp_path)
    shutil.copy(ROOT / "installer/setup.sh", tmp_path / "installer")
    shutil.copy(ROOT / "requirements-dev.txt", tmp_path)
    shutil.copy2(tmp_path / "requirements-dev.txt", tmp_path / ".venv")
    python = tmp_path / ".venv/bin/python"
    python.write_text('#!/bin/sh\necho "asked: $* ($QT_QPA_PLATFORM)"\n[ ! -e "$2.sh" ] || . "./$2.sh"\n')
    python.chmod(0o755)
    return tmp_path


def run(checkout: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [checkout / "test", *arguments]
    return subprocess.run(command, capture_output=True, encoding="utf-8", stdin=subprocess.DEVNULL, timeout=60)


def test_all_stages_run_and_the_arguments_reach_pytest(checkout: Path) -> None:
    result = run(checkout, "-k", "hai từ")
    assert result.returncode == 0, result.stderr
    assert "asked: -m pytest -k hai từ (offscreen)" in result.stdout
    stages = [line.split(",")[0] for line in result.stdout.splitlines() if line.startswith("== ")]
    names = ("lint", "format", "types", "windows-types", "arrows", "tests")
    assert stages == [f"== {name}: ok" for name in names]


def test_a_failure_is_named_and_does_not_hide_the_rest(checkout: Path) -> None:
    (checkout / "mypy.sh").write_text("exit 1\n")
    result = run(checkout)
    assert result.returncode == 1
    assert "== tests: ok" in result.stdout
    assert result.stdout.splitlines()[-1] == "== failed: types, windows-types"


def test_a_stage_over_its_budget_is_ended(checkout: Path) -> None:
    script = checkout / "test"
    script.write_text(script.read_text().replace("stage 380 tests", "stage 1 tests"))
    (checkout / "pytest.sh").write_text("sleep 30\n")
    result = run(checkout)
    assert result.returncode == 1
    assert "== tests: out of time" in result.stdout


def test_the_budgets_together_are_under_ten_minutes() -> None:
    words = [line.split() for line in (ROOT / "test").read_text(encoding="utf-8").splitlines()]
    budgets = [int(line[1]) for line in words if len(line) > 3 and line[0] == "stage"]
    assert len(budgets) == 6
    assert sum(budgets) < 600
