""" "Tôi là …": another officer sits down with one key, and what is being typed is saved under the new name."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hand import press, type_text
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app import places
from app.clock import real_clock
from app.models.database import Actor, OfficeFile, Work
from app.registers import office
from app.ui.page import Page
from app.ui.person_popover import PersonChoice
from app.ui.session import Session
from app.ui.shell import Shell
from app.ui.widgets.fields import LineField

STAFF = (("Trần Thị Mẫu", "Bộ phận Một cửa"), ("Phạm Văn Mẫu", "Tài chính, kế toán"), ("Lê Thị Thử", "Văn phòng"))
CTRL = Qt.KeyboardModifier.ControlModifier


def _staff(work: Work) -> None:
    for name, section in STAFF:
        office.save_person(work, None, {"name": name, "section": section})


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    monkeypatch.setattr(places, "settings_file", lambda: tmp_path / "settings.json")
    with OfficeFile.create(tmp_path / "so.socchc", real_clock()) as file:
        file.write(Actor("Thử"), "Lập danh sách", _staff)
    session = _Session(OfficeFile.open(tmp_path / "so.socchc", real_clock()), is_sample=False)
    yield session
    session.close()


class _Session(Session):
    """Without rules of periods: this test needs none."""

    def _first_period(self) -> None:  # type: ignore[override]
        return None


@pytest.fixture
def field(session: Session, qtbot: QtBot) -> Iterator[LineField]:
    page = Page("Hồ sơ")
    field = LineField()
    page.filters.add_line(field)
    page.show_filters()
    shell = Shell()
    qtbot.addWidget(shell)
    shell.add_page("dossiers", lambda: page)
    shell.go("dossiers")
    shell.officer_asked.connect(PersonChoice(session, shell).ask)
    shell.show()
    shell.activateWindow()
    qtbot.waitUntil(shell.isActiveWindow)
    field.setFocus()
    type_text(field, "Nguyễn Văn Ví D")
    yield field


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def test_choosing_keeps_what_is_typed_and_saves_it_under_the_new_name(
    session: Session, field: LineField, qtbot: QtBot
) -> None:
    assert session.actor.name == "Trần Thị Mẫu"
    press(field, Qt.Key.Key_U, CTRL)
    assert focused() is not field
    type_text(focused(), "thu")
    press(focused(), Qt.Key.Key_Return)
    assert session.actor.name == "Lê Thị Thử"
    assert field.hasFocus()
    type_text(field, "ụ")
    assert field.raw() == "Nguyễn Văn Ví Dụ"
    with qtbot.waitSignal(session.changed):
        session.save("Ghi tên", office.save_person, None, {"name": field.raw(), "section": ""})
    with sqlite3.connect(session.file.path) as file:
        assert file.execute("SELECT person_name FROM change_group ORDER BY id DESC").fetchone() == ("Lê Thị Thử",)


def test_present_person_is_marked_first(session: Session, field: LineField) -> None:
    session.sit_down(Actor("Phạm Văn Mẫu", 2))
    press(field, Qt.Key.Key_U, CTRL)
    press(focused(), Qt.Key.Key_Down)
    press(focused(), Qt.Key.Key_Return)
    assert session.actor == Actor("Lê Thị Thử", 3)


def test_key_again_or_esc_changes_nobody(session: Session, field: LineField) -> None:
    for key, modifiers in ((Qt.Key.Key_U, CTRL), (Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)):
        press(field, Qt.Key.Key_U, CTRL)
        assert not field.hasFocus()
        press(focused(), key, modifiers)
        assert field.hasFocus()
    assert session.actor.name == "Trần Thị Mẫu"


def test_choice_is_remembered_for_the_account(session: Session, field: LineField) -> None:
    press(field, Qt.Key.Key_U, CTRL)
    press(focused(), Qt.Key.Key_Down)
    press(focused(), Qt.Key.Key_Return)
    assert places.recall(f"person:{session.file.path}") == 2


def test_choice_holds_where_settings_cannot_be_written(
    session: Session, field: LineField, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setattr(places, "settings_file", lambda: tmp_path / "file" / "settings.json")
    press(field, Qt.Key.Key_U, CTRL)
    press(focused(), Qt.Key.Key_Down)
    press(focused(), Qt.Key.Key_Return)
    assert session.actor.name == "Phạm Văn Mẫu"
