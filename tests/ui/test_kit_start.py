"""Starting: no screen, missing libraries, typing programs, and what is loaded at the first paint."""

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.problems import Problem
from app.ui import screen
from app.ui.application import answer_as_ibus
from app.ui.translator import WORDS
from app.ui.widgets.fields import LineField, TextArea

ROOT = Path(__file__).resolve().parents[2]
HEAVY = {"sqlalchemy", "alembic", "babel", "reportlab", "docx", "xlsxwriter", "holidays"}

FIRST_PAINT = """
import sys
from app.ui import application
from app.ui.shell import Shell

painted = []
paint = Shell.paintEvent
Shell.paintEvent = lambda shell, event: (painted.append(shell), paint(shell, event))[1]

def load(shell):
    assert painted, "loading began before the first paint"
    print(" ".join(sorted({name.partition(".")[0] for name in sys.modules})))
    shell.close()

sys.exit(application.run(load))
"""


def run(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "HOME": "/tmp", **environment},
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_first_paint_loads_nothing_heavy_and_closing_ends_well() -> None:
    done = run(FIRST_PAINT, QT_QPA_PLATFORM="offscreen")
    assert done.returncode == 0, done.stderr
    assert HEAVY & set(done.stdout.split()) == set()


def test_without_a_screen_there_is_a_sentence_and_no_abort() -> None:
    with pytest.raises(Problem, match="không có màn hình"):
        screen.require_screen({}, "linux")
    screen.require_screen({"QT_QPA_PLATFORM": "offscreen"}, "linux")
    screen.require_screen({}, "win32")


def test_a_missing_library_is_named_with_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> None:
        if "cursor" in name:
            raise OSError(name)

    monkeypatch.setattr(screen.ctypes, "CDLL", absent)
    with pytest.raises(Problem, match="libxcb-cursor0"):
        screen.require_screen({"DISPLAY": ":0"}, "linux")
    screen.require_screen({"WAYLAND_DISPLAY": "wayland-0"}, "linux")


def test_fcitx_answers_as_ibus() -> None:
    environment = {"QT_IM_MODULE": "fcitx", "QT_IM_MODULES": "wayland;fcitx"}
    answer_as_ibus(environment)
    assert environment == {"QT_IM_MODULE": "ibus", "QT_IM_MODULES": "wayland;ibus"}
    untouched = {"QT_IM_MODULE": "ibus"}
    answer_as_ibus(untouched)
    assert untouched == {"QT_IM_MODULE": "ibus"}


def test_an_unforeseen_fault_is_logged_and_told_in_vietnamese(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from app.ui import application

    told: list[str] = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: told.append(box.text()))
    application._ExceptionDialog().tell(ValueError, ValueError("x"), None)
    assert told == ["Chương trình gặp lỗi ngoài dự tính. Số liệu đã lưu vẫn còn."]
    assert "unforeseen" in caplog.text


@pytest.mark.parametrize("field_class", [LineField, TextArea])
def test_menus_of_fields_speak_vietnamese(qtbot: QtBot, field_class: type[LineField] | type[TextArea]) -> None:
    field = field_class()
    qtbot.addWidget(field)
    assert isinstance(field, QLineEdit | QPlainTextEdit)
    menu = field.createStandardContextMenu()
    words = [action.text().split("\t")[0] for action in menu.actions() if not action.isSeparator()]
    assert words == ["Hoàn tác", "Làm lại", "Cắt", "Chép", "Dán", "Xóa", "Chọn hết"]
    menu.deleteLater()


ENGLISH = {word.replace("&", "") for table in WORDS.values() for word in table}


def said(root: QWidget) -> set[str]:
    words = {label.text() for label in root.findChildren(QLabel)}
    words |= {button.text() for button in root.findChildren(QAbstractButton)}
    words |= {button.toolTip() for button in root.findChildren(QAbstractButton)}
    return {word.replace("&", "") for word in words if word}


def test_message_boxes_and_file_dialogs_have_no_english_word(qtbot: QtBot) -> None:
    button = QMessageBox.StandardButton
    box = QMessageBox(QMessageBox.Icon.Warning, "Sổ CCHC", "Thử", button.Ok | button.Cancel | button.Yes | button.No)
    qtbot.addWidget(box)
    dialog = QFileDialog(None, "Lưu thành…")
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    qtbot.addWidget(dialog)
    dialog.show()
    QApplication.processEvents()
    assert said(box) & ENGLISH == set()
    assert said(dialog) & ENGLISH == set()
    headers = dialog.findChildren(QWidget, "treeView")
    model = headers[0].model()  # type: ignore[attr-defined]
    shown = [model.headerData(place, Qt.Orientation.Horizontal) for place in range(4)]
    assert shown == ["Tên", "Cỡ", "Loại", "Ngày sửa"]
