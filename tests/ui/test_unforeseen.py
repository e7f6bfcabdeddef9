"""A fault nobody foresaw while saving: the log and one dialog tell it, the form keeps its text, the log has no name."""

import logging
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hand import press, type_text
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from app import log, places
from app.clock import Clock
from app.registers import documents
from app.ui.application import _ExceptionDialog
from app.ui.operations import UNFORESEEN
from app.ui.screens.documents import DocumentsPage
from app.ui.widgets.messages import Banner
from tests.ui.window import Window

CTRL = Qt.KeyboardModifier.ControlModifier
NAME = "Đặng Thị Làm Mẫu"


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the dialog of bugs said."""
    shown: list[str] = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: shown.append(box.text()))
    monkeypatch.setattr(sys, "excepthook", _ExceptionDialog().tell)
    return shown


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    log.set_up(tmp_path / "log")
    yield tmp_path / "log"
    for handler in [each for each in root.handlers if each not in before]:
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)


@pytest.fixture
def page(
    sample_path: Path, clock: Clock, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Iterator[DocumentsPage]:
    monkeypatch.setattr(places, "settings_file", lambda: tmp_path / "settings.json")
    window = Window(sample_path, clock)
    qtbot.addWidget(window.shell)
    window.shell.show()
    window.shell.activateWindow()
    qtbot.waitUntil(window.shell.isActiveWindow)
    page = window.shell.go("documents")
    assert isinstance(page, DocumentsPage)
    yield page
    window.shell.close()


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


@pytest.mark.qt_no_exception_capture
def test_fault_while_saving_is_told_once_and_loses_nothing(
    page: DocumentsPage, told: list[str], folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> str:
        raise KeyError(NAME)

    page.chip_row.choose("QĐ")
    page.look(chip="QĐ")
    page.new()
    type_text(focused(), f"Hỗ trợ bà {NAME}")
    with monkeypatch.context() as broken:
        broken.setattr(documents, "_search_text", fail)
        press(focused(), Qt.Key.Key_S, CTRL)
        qtbot.waitUntil(lambda: bool(told))
    assert told == ["Chương trình gặp lỗi ngoài dự tính. Số liệu đã lưu vẫn còn."]
    form = page.entry_panel.form
    assert form is not None and form.typed()["abstract"] == f"Hỗ trợ bà {NAME}"
    assert UNFORESEEN in [banner.text.full_text() for banner in page.findChildren(Banner)]
    with qtbot.waitSignal(page.session.saved):  # and it can be saved once nothing fails
        press(focused(), Qt.Key.Key_S, CTRL)
    with sqlite3.connect(page.session.file.path) as file:
        assert file.execute("SELECT count(*) FROM document WHERE abstract LIKE 'Hỗ trợ bà%'").fetchone() == (1,)
    text = "".join(path.read_text(encoding="utf-8") for path in folder.iterdir())
    assert "builtins.KeyError" in text and "_search_text" in text
    assert NAME not in text and "Làm" not in text
