"""The command line through both doors: in process, and as a process in an account of its own."""

import json
import logging
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from app import places
from app.cli import main

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Done:
    """How a command ended and what it said."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Done]


@pytest.fixture
def account(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An account that has never started the program: everything it keeps goes into this folder."""
    home = tmp_path / "account"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    for kind in ("DATA", "CONFIG", "STATE", "CACHE"):
        monkeypatch.delenv(f"XDG_{kind}_HOME", raising=False)
    monkeypatch.setattr(places, "_user_folder", lambda kind: home / kind)
    before = logging.root.handlers[:]
    yield home
    for handler in set(logging.root.handlers) - set(before):
        logging.root.removeHandler(handler)
        handler.close()


@pytest.fixture
def so(account: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """so("figures", "2023-H1", "--db", path): the command in this process."""

    def run(*arguments: object) -> Done:
        capsys.readouterr()
        try:
            code = main([str(each) for each in arguments])
        except SystemExit as end:  # argparse ends the process after --help
            code = int(end.code or 0)
        said = capsys.readouterr()
        return Done(code, said.out, said.err)

    return run


@pytest.fixture
def process(account: Path) -> Run:
    """The same as a process, without a screen."""

    def run(*arguments: object, user: int | None = None, **environment: str) -> Done:
        clean = {name: value for name, value in os.environ.items() if "DISPLAY" not in name and name[:3] != "QT_"}
        ended = subprocess.run(
            [sys.executable, "-P", "-m", "app", *(str(each) for each in arguments)],
            cwd=ROOT,
            env=clean | {"PYTHONDONTWRITEBYTECODE": "1"} | environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=120,
            user=user,
        )
        return Done(ended.returncode, ended.stdout, ended.stderr)

    return run


def is_one_sentence(words: str) -> bool:
    """What standard error holds when something is wrong: one line, no trace of Python."""
    return len(words.strip().splitlines()) == 1 and "Traceback" not in words
