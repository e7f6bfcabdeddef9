"""A window without an office: the two ways in, and the set-up up to the file read back by bare SQLite."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hand import compose, press, type_text
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app import places
from app.clock import Clock
from app.models.office import OfficeKind
from app.problems import Problem
from app.registers import founding
from app.registers.founding import NewOffice
from app.reports.resolve import BLANK
from app.sample import build
from app.ui import theme
from app.ui.screens.alone import Fitting
from app.ui.screens.first_start import FirstStartPage
from app.ui.screens.opening_balance import OpeningBalancePage
from app.ui.screens.settings import SettingsPage
from app.ui.widgets import file_dialogs
from app.ui.widgets.labels import Label
from app.ui.widgets.messages import Banner
from tests.ui.window import Window

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the office's file would stand; nothing of the account is touched."""
    monkeypatch.setattr(places, "settings_file", lambda: tmp_path / "settings.json")
    monkeypatch.setattr(places, "default_office_folder", lambda: tmp_path / "so")
    monkeypatch.setattr(places, "sample_folder", lambda: tmp_path / "xa-mau")
    return tmp_path / "so"


@pytest.fixture
def window(folder: Path, clock: Clock, qtbot: QtBot) -> Iterator[Window]:
    path = places.office_file(places.office_folder())
    window = Window(path, clock, may_set_up=True)
    qtbot.addWidget(window.shell)
    window.shell.show()
    window.shell.activateWindow()
    qtbot.waitUntil(window.shell.isActiveWindow)
    yield window
    window.shell.close()


@pytest.fixture
def page(window: Window) -> FirstStartPage:
    page = window.shell.current_page()
    assert isinstance(page, FirstStartPage)
    return page


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def asked(path: Path, query: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(path) as file:
        return file.execute(query).fetchall()


def fill(page: FirstStartPage, texts: tuple[str, ...]) -> None:
    """Types from the name on, Tab from field to field."""
    for text in texts:
        type_text(focused(), text)
        press(focused(), Qt.Key.Key_Tab)


ANSWERS = ("Nam Trung", "Ủy ban nhân dân huyện Nam Sách", "Nguyễn Văn Bền", "Chủ tịch", "Trần Thị Mẫu", "Một cửa")


def test_nothing_stands_around_the_first_cards(window: Window, page: FirstStartPage) -> None:
    assert window.shell.navigation.isHidden() and window.shell.status.isHidden()
    assert focused() is page._welcome.own, "the sample is never the default"


def test_enter_starts_the_set_up_and_the_arrow_keeps_what_was_typed(page: FirstStartPage) -> None:
    press(focused(), Qt.Key.Key_Return)
    fill(page, ("Nam Trung",))
    page.back.click()
    assert page._welcome.isVisible()
    press(focused(), Qt.Key.Key_Return)
    assert page.set_up.form.typed()["name"] == "Nam Trung"


def test_one_page_from_top_to_bottom_makes_the_file_and_opens_it(
    window: Window, page: FirstStartPage, folder: Path, qtbot: QtBot
) -> None:
    press(focused(), Qt.Key.Key_Return)
    fill(page, ANSWERS)
    press(focused(), Qt.Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: isinstance(window.shell.current_page(), OpeningBalancePage), timeout=10_000)
    assert window.at.actor.name == "Trần Thị Mẫu"
    press(window.shell.current_page(), Qt.Key.Key_Escape)
    assert not window.shell.navigation.isHidden()
    path = places.office_file(folder)
    assert asked(path, "SELECT kind, name, superior, place FROM office_version") == [
        ("xã", "Nam Trung", "Ủy ban nhân dân huyện Nam Sách", "Nam Trung")
    ]
    assert asked(path, "SELECT name, title FROM signer") == [("Nguyễn Văn Bền", "Chủ tịch")]
    assert asked(path, "SELECT name, section FROM person") == [("Trần Thị Mẫu", "Một cửa")]
    assert asked(path, "SELECT count(*) FROM procedure WHERE limit_unit IS NULL") != [(0,)]
    list_page = window.shell.go("dossiers")
    assert list_page is not None and asked(path, "SELECT count(*) FROM dossier") == [(0,)]


def test_while_the_file_is_made_the_page_says_so_and_a_second_save_waits(
    window: Window, page: FirstStartPage, folder: Path, qtbot: QtBot
) -> None:
    press(focused(), Qt.Key.Key_Return)
    fill(page, ANSWERS)
    press(focused(), Qt.Key.Key_S, CTRL)
    press(focused(), Qt.Key.Key_S, CTRL)
    said = [label.full_text() for label in page.findChildren(Label) if label.isVisible()]
    assert "Đang lập sổ, chờ vài giây…" in said
    qtbot.waitUntil(lambda: isinstance(window.shell.current_page(), OpeningBalancePage), timeout=10_000)
    assert asked(places.office_file(folder), "SELECT count(*) FROM person") == [(1,)]


def test_empty_fields_are_told_at_once_and_the_first_has_the_focus(page: FirstStartPage, folder: Path) -> None:
    press(focused(), Qt.Key.Key_Return)
    press(focused(), Qt.Key.Key_S, CTRL)
    form = page.set_up.form
    wrong = [key for key in form.typed() if form.field(key).error()]
    assert wrong == ["name", "superior", "signer", "title", "person"]
    assert form.field("person").error() == "Cần nhập tên người ngồi máy"
    assert focused() is form.field("name").editor
    assert not folder.exists()
    type_text(focused(), "N")
    assert not form.field("name").error(), "it goes with the first letter"


def test_the_paper_changes_while_one_types(page: FirstStartPage) -> None:
    press(focused(), Qt.Key.Key_Return)
    type_text(focused(), "Nam")
    lines = page.set_up.preview.lines()
    assert "XÃ NAM" in lines and f"Số: {BLANK}/BC-UBND" in lines
    press(focused(), Qt.Key.Key_Tab)
    fill(page, ("Ủy ban nhân dân tỉnh Mẫu", "Lê Thị Thử", "Phó Chủ tịch"))
    lines = page.set_up.preview.lines()
    assert "Kính gửi: Ủy ban nhân dân tỉnh Mẫu" in lines
    assert lines[-4:] == ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Lê Thị Thử"]


def test_in_a_low_window_no_patch_stands_beside_the_scroll_bar(
    window: Window, page: FirstStartPage, qtbot: QtBot
) -> None:
    press(focused(), Qt.Key.Key_Return)
    window.shell.resize(911, 441)
    area = page.set_up.findChild(Fitting)
    assert area is not None
    bar = area.verticalScrollBar()
    qtbot.waitUntil(bar.isVisible)
    beside = window.shell.grab().toImage().pixelColor(bar.mapTo(window.shell, bar.rect().bottomLeft()))
    assert beside.name() == theme.colours().sunken.lower()


def test_a_superior_is_suggested_but_any_name_may_be_typed(page: FirstStartPage) -> None:
    press(focused(), Qt.Key.Key_Return)
    press(focused(), Qt.Key.Key_Tab)
    field = focused()
    type_text(field, "hai phong")
    press(field, Qt.Key.Key_Down)
    press(field, Qt.Key.Key_Return)
    assert page.set_up.form.value("superior") == "Ủy ban nhân dân thành phố Hải Phòng"


def test_a_word_still_composed_is_saved(window: Window, page: FirstStartPage, folder: Path, qtbot: QtBot) -> None:
    press(focused(), Qt.Key.Key_Return)
    fill(page, ANSWERS[:4])
    compose(focused(), "Mẫu")
    press(focused(), Qt.Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: window.session is not None, timeout=10_000)
    assert asked(places.office_file(folder), "SELECT name FROM person") == [("Mẫu",)]


def test_without_the_catalogue_there_are_no_procedures(
    window: Window, page: FirstStartPage, folder: Path, qtbot: QtBot
) -> None:
    press(focused(), Qt.Key.Key_Return)
    fill(page, ANSWERS)
    press(focused(), Qt.Key.Key_Space)
    page.set_up._open.click()
    qtbot.waitUntil(lambda: window.session is not None, timeout=10_000)
    assert not isinstance(window.shell.current_page(), OpeningBalancePage)
    assert asked(places.office_file(folder), "SELECT count(*) FROM procedure") == [(0,)]


def test_a_failing_save_keeps_the_form_and_leaves_no_file(
    page: FirstStartPage, folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise Problem("Không ghi được vào đĩa")

    monkeypatch.setattr(founding, "found_file", fail)
    press(focused(), Qt.Key.Key_Return)
    fill(page, ANSWERS)
    press(focused(), Qt.Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: page.findChild(Banner) is not None)
    banner = page.findChild(Banner)
    assert banner is not None and banner.text.full_text() == "Không ghi được vào đĩa"
    assert page.set_up.form.typed()["signer"] == "Nguyễn Văn Bền"
    assert page.set_up._next.isEnabled() and not folder.exists()
    said = [label.full_text() for label in page.findChildren(Label) if label.isVisible()]
    assert "Còn thiếu gì, sổ sẽ nhắc ở Tổng quan." in said


def test_another_folder_is_chosen_and_remembered(
    window: Window, page: FirstStartPage, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = tmp_path / "Ổ chung"
    monkeypatch.setattr(file_dialogs, "folder", lambda *_: chosen)
    press(focused(), Qt.Key.Key_Return)
    page.set_up.change_folder.click()
    assert page.where.full_text() == f"Sổ đặt ở thư mục {chosen}."
    fill(page, ANSWERS)
    page.set_up._open.click()
    qtbot.waitUntil(lambda: window.session is not None, timeout=10_000)
    assert window.at.file.path == places.office_file(chosen)
    assert places.office_folder() == chosen


def test_a_folder_with_an_office_is_opened_never_overwritten(
    window: Window, page: FirstStartPage, tmp_path: Path, clock: Clock, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = places.office_file(tmp_path / "đã có")
    new = NewOffice(OfficeKind.COMMUNE, "Cũ", "Ủy ban nhân dân tỉnh Mẫu", "Lê Mẫu", "Chủ tịch", "Lê Thử", "", False)
    founding.found_file(there, clock, new)
    monkeypatch.setattr(file_dialogs, "folder", lambda *_: there.parent)
    press(focused(), Qt.Key.Key_Return)
    page.set_up.change_folder.click()
    banner = page.findChild(Banner)
    assert banner is not None
    banner.acted.emit()
    assert window.at.file.path == there and places.office_folder() == there.parent


def test_the_sample_is_built_while_the_window_lives(window: Window, page: FirstStartPage, qtbot: QtBot) -> None:
    window.shell.resize(911, 441)
    page._welcome.sample.click()
    said = page._welcome.waiting
    assert said.full_text() == "Đang lập, chờ vài giây…"
    qtbot.waitUntil(lambda: said.width() > 100 and said.visibleRegion().boundingRect() == said.rect())
    assert not page._welcome.own.isEnabled()
    qtbot.waitUntil(lambda: window.session is not None, timeout=30_000)
    assert window.at.is_sample and window.at.file.path == places.office_file(places.sample_folder())
    assert not places.office_file(places.office_folder()).exists()


def test_the_arrow_of_step_two_leads_to_the_office(window: Window, page: FirstStartPage, qtbot: QtBot) -> None:
    press(focused(), Qt.Key.Key_Return)
    fill(page, ANSWERS)
    press(focused(), Qt.Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: isinstance(window.shell.current_page(), OpeningBalancePage), timeout=10_000)
    step_two = window.shell.current_page()
    assert isinstance(step_two, OpeningBalancePage)
    step_two.back.click()
    settings = window.shell.current_page()
    assert isinstance(settings, SettingsPage)
    assert settings.office_group().typed()["name"] == "Nam Trung"


def test_the_sample_is_left_for_the_first_start(window: Window, folder: Path, clock: Clock, qtbot: QtBot) -> None:
    sample = places.office_file(places.sample_folder())
    build(sample, clock)
    window.open(sample)
    banner = window.shell.findChild(Banner)
    assert banner is not None
    banner.acted.emit()
    left = QApplication.instance().property("shell")
    qtbot.addWidget(left)
    assert isinstance(left.current_page(), FirstStartPage)
    assert window.session is None and not window.shell.isVisible()
    left.close()
