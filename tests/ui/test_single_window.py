"""A second window on the same file raises the first and ends well; a crash leaves nothing locked."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.problems import ExitCode, Problem
from app.ui import single_window

SENTENCE = "Sổ đang mở ở cửa sổ khác. Đã đưa cửa sổ đó lên trước"

# A window on a file in a process of its own; it tells when it listens and when it came to the front.
FIRST = """
import sys
from pathlib import Path
from app.ui import single_window
from app.ui.application import Application
from PySide6.QtWidgets import QWidget

class Window(QWidget):
    def raise_(self):
        print("raised", flush=True)

application = Application()
window = Window()
window.showMinimized()
holding = single_window.take(Path(sys.argv[1]))
holding.listen(window)
print("open", flush=True)
application.exec()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "Nguyễn Văn A" / "so.socchc"
    path.parent.mkdir()
    path.touch()
    return path


@pytest.fixture
def first(path: Path) -> Iterator["subprocess.Popen[str]"]:
    process = subprocess.Popen([sys.executable, "-c", FIRST, str(path)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "open\n"
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


def start_second(path: Path, environment: Mapping[str, str] = os.environ) -> "subprocess.Popen[str]":
    command = [sys.executable, "-P", "-m", "app", "--db", str(path)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=dict(environment))


def test_second_start_raises_the_first_window_and_ends_well(path: Path, first: "subprocess.Popen[str]") -> None:
    second = start_second(path)
    _, told = second.communicate(timeout=20)
    assert (second.returncode, told.strip()) == (ExitCode.WELL, SENTENCE)
    assert first.stdout is not None
    assert first.stdout.readline() == "raised\n"
    assert first.poll() is None


def test_window_that_was_small_stands_in_front(path: Path, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.showMinimized()
    holding = single_window.take(path)
    assert holding is not None
    holding.listen(window)
    second = start_second(path)
    qtbot.waitUntil(lambda: second.poll() is not None, timeout=20_000)
    assert second.communicate()[1].strip() == SENTENCE
    assert window.isVisible() and not window.isMinimized()
    holding.let_go()


def test_killed_window_leaves_the_file_free(path: Path, first: "subprocess.Popen[str]", qtbot: QtBot) -> None:
    first.send_signal(signal.SIGKILL)
    first.wait()
    holding = single_window.take(path)
    assert holding is not None
    window = QWidget()
    qtbot.addWidget(window)
    holding.listen(window)  # over what the crash left
    second = start_second(path)
    qtbot.waitUntil(lambda: second.poll() is not None, timeout=20_000)
    assert second.returncode == ExitCode.WELL
    second.communicate()
    holding.let_go()


def test_window_that_does_not_answer_is_named(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(single_window, "_WAIT_SECONDS", 0.2)
    holding = single_window.take(path)
    assert holding is not None
    with pytest.raises(Problem, match="Sổ đang mở ở cửa sổ khác") as caught:
        single_window.take(path)
    assert caught.value.next_step and caught.value.exit_code == ExitCode.BAD_INPUT
    holding.let_go()


def test_file_is_free_once_let_go(path: Path) -> None:
    for _ in range(2):
        holding = single_window.take(path)
        assert holding is not None
        holding.let_go()


def test_file_that_is_not_there_gets_no_lock_file(path: Path) -> None:
    path.unlink()
    assert single_window.take(path) is None
    assert list(path.parent.iterdir()) == []


def test_whole_program_started_twice_then_killed_and_started_again(sample_path: Path, tmp_path: Path) -> None:
    folders = {f"XDG_{kind}_HOME": str(tmp_path / kind) for kind in ("CONFIG", "DATA", "STATE")}
    environment = {**os.environ, **folders, "HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"}
    first = start_second(sample_path, environment)
    until = time.monotonic() + 20
    while not sample_path.with_name("xa-mau.socchc.khoa").exists() and time.monotonic() < until:
        time.sleep(0.1)
    second = start_second(sample_path, environment)
    assert second.communicate(timeout=20)[1].strip() == SENTENCE and second.returncode == ExitCode.WELL
    beside = [sys.executable, "-P", "-m", "app", "--db", str(sample_path), "check", "2023-H1"]
    assert subprocess.run(beside, env=environment, capture_output=True).returncode == ExitCode.WELL
    assert first.poll() is None
    first.send_signal(signal.SIGKILL)
    first.communicate()
    third = start_second(sample_path, environment)
    with pytest.raises(subprocess.TimeoutExpired):  # it opens and stays
        third.communicate(timeout=3)
    third.kill()
    told = third.communicate()[1]
    assert SENTENCE not in told and "Traceback" not in told
