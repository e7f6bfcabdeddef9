"""Dead widgets are destroyed on the window's thread, whoever allocates."""

import gc
import threading
from pathlib import Path
from typing import ClassVar

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.clock import Clock
from app.ui import opening
from app.ui.application import Application
from app.ui.shell import Shell


class Knot(QWidget):
    """A widget that holds itself, as a page does whose buttons call its methods."""

    destroyed_on: ClassVar[list[int]] = []

    def __init__(self) -> None:
        super().__init__()
        self.itself = self

    def __del__(self) -> None:
        Knot.destroyed_on.append(threading.get_ident())


def test_a_thread_that_allocates_destroys_no_widget(qapp: Application, qtbot: QtBot) -> None:
    Knot.destroyed_on.clear()
    for _ in range(10):
        Knot()
    kept: list[list[object]] = []

    def allocate() -> None:
        for _ in range(20_000):  # far over the threshold at which Python would collect
            one: list[object] = []
            one.append(one)
            kept.append(one)

    worker = threading.Thread(target=allocate)
    worker.start()
    worker.join()
    assert Knot.destroyed_on == []
    qtbot.waitUntil(lambda: len(Knot.destroyed_on) == 10)
    assert set(Knot.destroyed_on) == {threading.get_ident()}
    assert not gc.isenabled()


def test_filling_a_window_leaves_the_collecting_to_the_sweeper(qtbot: QtBot, tmp_path: Path, clock: Clock) -> None:
    shell = Shell()
    qtbot.addWidget(shell)
    opening.fill(shell, path=tmp_path / "khong-co.socchc", clock=clock, may_set_up=False)
    gc.unfreeze()
    assert not gc.isenabled()
    shell.close()
