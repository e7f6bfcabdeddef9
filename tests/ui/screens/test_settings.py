"""Thiết lập in the real window on the sample office: applied when left, undone by a key, read back by bare SQLite."""

import json
import sqlite3
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hand import press, type_text
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app import places
from app.clock import Clock
from app.models import backup
from app.registers import saved_reports
from app.reports.blocks import FilledAddressee, FilledHead, FilledSignature
from app.reports.making import document_of
from app.ui.screens.importing import ImportPage
from app.ui.screens.opening_balance import OpeningBalancePage
from app.ui.screens.settings import SettingsPage
from app.ui.screens.settings.copies_group import CopiesGroup
from app.ui.screens.settings.days_group import DaysGroup
from app.ui.screens.settings.group import Group
from app.ui.screens.settings.outlines_group import OutlinesGroup
from app.ui.screens.settings.people_group import PeopleGroup
from app.ui.screens.settings.rules_group import RulesGroup
from app.ui.tokens import Size
from app.ui.widgets.buttons import Button
from app.ui.widgets.fields import LineField
from app.ui.widgets.labels import Label
from app.ui.widgets.messages import Banner, Toast
from tests.ui.window import Window

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(
    sample_path: Path, clock: Clock, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Window]:
    monkeypatch.setattr(places, "settings_file", lambda: tmp_path / "settings.json")
    window = Window(sample_path, clock)
    qtbot.addWidget(window.shell)
    window.shell.show()
    window.shell.activateWindow()
    qtbot.waitUntil(window.shell.isActiveWindow)
    yield window
    window.shell.close()


@pytest.fixture
def page(window: Window) -> SettingsPage:
    page = window.shell.go("settings")
    assert isinstance(page, SettingsPage)
    return page


def asked(path: Path, query: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(path) as file:
        return file.execute(query).fetchall()


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def field(page: SettingsPage, key: str) -> LineField:
    group = page.office_group()
    editor = (group.head if key in group.head.typed() else group.foot).field(key).editor
    assert isinstance(editor, LineField)
    return editor


def retype(editor: LineField, text: str) -> None:
    editor.setFocus()
    editor.selectAll()
    type_text(editor, text)


def group(page: SettingsPage, key: str) -> Group:
    page.show_group(key)
    return page.groups[key]


def save_form(page: SettingsPage, texts: dict[str, str]) -> None:
    """Types into the panel's form and saves it by its key."""
    form = page.entry_panel.form
    assert form is not None
    for key, text in texts.items():
        editor = form.field(key).editor
        assert isinstance(editor, LineField)
        retype(editor, text)
    press(focused(), Qt.Key.Key_S, CTRL)


# --- Cơ quan ---


def test_a_field_is_applied_when_left_and_taken_back_by_ctrl_z(
    window: Window, page: SettingsPage, qtbot: QtBot
) -> None:
    superior = "SELECT superior FROM office_version"
    retype(field(page, "superior"), "Ủy ban nhân dân tỉnh Mẫu")
    assert asked(window.at.file.path, superior) == [("Ủy ban nhân dân huyện Nam Sách",)], "not while typing"
    with qtbot.waitSignal(window.at.saved):
        press(focused(), Qt.Key.Key_Tab)
    assert asked(window.at.file.path, superior) == [("Ủy ban nhân dân tỉnh Mẫu",)]
    toast = window.shell.findChild(Toast)
    assert toast is not None and toast.accessibleName() == "Đã đổi cấp trên nhận báo cáo"
    with qtbot.waitSignal(window.at.saved):
        press(window.shell, Qt.Key.Key_Z, CTRL)
    assert asked(window.at.file.path, superior) == [("Ủy ban nhân dân huyện Nam Sách",)]
    assert field(page, "superior").raw() == "Ủy ban nhân dân huyện Nam Sách"


def test_a_field_that_fails_is_not_applied_and_keeps_its_text(window: Window, page: SettingsPage, qtbot: QtBot) -> None:
    name = field(page, "name")
    name.setFocus()
    name.selectAll()
    press(name, Qt.Key.Key_Delete)
    press(name, Qt.Key.Key_Tab)
    form = page.office_group().head
    assert form.field("name").error() == "Cần nhập tên"
    assert [each for each in QApplication.topLevelWidgets() if each.isVisible()] == [window.shell], "no stray link"
    retype(field(page, "place"), "Nam Trung mới")
    with qtbot.waitSignal(window.at.saved):
        press(focused(), Qt.Key.Key_Tab)
    assert form.field("name").error() == "Cần nhập tên", "another field's save does not hide it"
    assert asked(window.at.file.path, "SELECT name, place FROM office_version") == [("Nam Trung", "Nam Trung mới")]


def test_a_kind_is_applied_by_its_click(window: Window, page: SettingsPage, qtbot: QtBot) -> None:
    segment = next(child for child in page.office_group().findChildren(QWidget) if child.accessibleName() == "Phường")
    with qtbot.waitSignal(window.at.saved):
        qtbot.mouseClick(segment, Qt.MouseButton.LeftButton)
    assert asked(window.at.file.path, "SELECT kind FROM office_version") == [("phường",)]
    assert "PHƯỜNG NAM TRUNG" in page.preview.lines()


def test_a_new_version_from_a_day_leaves_the_old_one(window: Window, page: SettingsPage, qtbot: QtBot) -> None:
    page.office_group()._new.click()
    type_text(focused(), "1/7/2025")
    with qtbot.waitSignal(window.at.saved):
        press(focused(), Qt.Key.Key_Return)
    retype(field(page, "name"), "Trần Phú")
    with qtbot.waitSignal(window.at.saved):
        press(focused(), Qt.Key.Key_Tab)
    assert asked(window.at.file.path, "SELECT valid_from, name FROM office_version ORDER BY valid_from") == [
        ("2021-06-15", "Nam Trung"),
        ("2025-07-01", "Trần Phú"),
    ]
    page.office_group().choose(1)
    assert field(page, "name").raw() == "Nam Trung"


def test_a_day_that_has_a_version_is_told_at_its_field(page: SettingsPage, qtbot: QtBot) -> None:
    page.office_group()._new.click()
    day = focused()
    type_text(day, "15/6/2021")
    press(day, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: day.accessibleDescription() == "Đã có bản áp dụng từ ngày này")


def test_the_paper_shows_the_lines_of_the_report(window: Window, page: SettingsPage) -> None:
    with window.at.read() as connection:
        report = saved_reports.find(connection, window.at.period.kind, window.at.period.year)
        document = document_of(connection, window.at.period, report)
    lines = page.preview.lines()
    for section in document.sections:
        for block in section.blocks:
            match block:
                case FilledHead(agency=agency):
                    assert [line.upper() for line in agency] == lines[:2]
                case FilledAddressee(names=names):
                    assert f"Kính gửi: {names[0]}" in lines
                case FilledSignature(titles=titles, name=name, recipients=recipients):
                    assert lines[-len(titles) - 1 :] == [*titles, name]
                    assert set(recipients) <= set(lines)
                case _:
                    pass


def test_a_signer_is_added(window: Window, page: SettingsPage, qtbot: QtBot) -> None:
    page.office_group().edit_signer(None)
    with qtbot.waitSignal(window.at.saved):
        save_form(page, {"name": "Phạm Thị Làm Mẫu", "title": "Phó Chủ tịch", "signed_for": "Chủ tịch"})
    assert asked(window.at.file.path, "SELECT title, signed_for, valid_from FROM signer WHERE id > 1") == [
        ("Phó Chủ tịch", "Chủ tịch", "2023-06-12")
    ]
    shown = [label.full_text() for label in page.office_group().signers.findChildren(Label) if not label.isHidden()]
    assert "KT. Chủ tịch, Phó Chủ tịch" in shown
    assert page.entry_panel.isHidden()


def test_a_half_typed_signer_is_kept(window: Window, page: SettingsPage, qtbot: QtBot) -> None:
    page.office_group().edit_signer(None)
    type_text(focused(), "Phạm Thị")
    press(focused(), Qt.Key.Key_Escape)
    assert page.entry_panel.isHidden()
    qtbot.waitUntil(lambda: asked(window.at.file.path, "SELECT count(*) FROM draft") == [(1,)])
    page.office_group().edit_signer(None)
    assert page.entry_panel.form is not None
    assert page.entry_panel.form.typed()["name"] == "Phạm Thị"


# --- the other groups ---


def test_people_are_added_and_leave(window: Window, page: SettingsPage, qtbot: QtBot) -> None:
    people = group(page, "people")
    assert isinstance(people, PeopleGroup)
    people._add.click()
    with qtbot.waitSignal(window.at.saved):
        save_form(page, {"name": "Vũ Thị Minh Họa", "section": "Địa chính"})
    qtbot.waitUntil(lambda: page.entry_panel.isHidden())
    assert page.isAncestorOf(focused()) and focused().accessibleName() == "Cán bộ"
    people._edit(2)
    with qtbot.waitSignal(window.at.saved):
        save_form(page, {"left_on": "1/6/2023"})
    assert asked(window.at.file.path, "SELECT name, left_on FROM person WHERE id IN (2, 5)") == [
        ("Phạm Văn Mẫu", "2023-06-01"),
        ("Vũ Thị Minh Họa", None),
    ]
    assert len(people.people.pencils()) == 5


def test_a_name_that_is_there_is_told_at_its_field(page: SettingsPage, qtbot: QtBot) -> None:
    people = group(page, "people")
    assert isinstance(people, PeopleGroup)
    people._add.click()
    save_form(page, {"name": "Lê Thị Thử"})
    form = page.entry_panel.form
    assert form is not None
    qtbot.waitUntil(lambda: form.field("name").error() == "Đã có Lê Thị Thử trong danh sách")


def test_a_year_not_announced_is_said_and_confirmed(window: Window, page: SettingsPage, qtbot: QtBot) -> None:
    days = group(page, "days")
    assert isinstance(days, DaysGroup)
    assert days.findChild(Banner) is None
    days.show_year(2031)
    banner = days.findChild(Banner)
    assert banner is not None and banner.text.full_text().startswith("Lịch nghỉ năm 2031 chưa công bố đủ")
    with qtbot.waitSignal(window.at.saved):
        banner.acted.emit()
    assert asked(window.at.file.path, "SELECT value FROM setting WHERE key = 'calendar.confirmed_years'") == [("2031",)]


def test_an_own_day_is_added_and_taken_away(window: Window, page: SettingsPage, qtbot: QtBot) -> None:
    days = group(page, "days")
    assert isinstance(days, DaysGroup)
    days._edit(None)
    with qtbot.waitSignal(window.at.saved):
        save_form(page, {"day": "13/6/2023", "name": "Hội làng"})
    assert asked(window.at.file.path, "SELECT day, worked, name FROM day_exception") == [("2023-06-13", 0, "Hội làng")]
    (pencil,) = days.own.pencils()
    pencil.click()
    entry = page.entry_panel.entry
    assert entry is not None
    with qtbot.waitSignal(window.at.saved):
        entry.extra[0].click()
    assert asked(window.at.file.path, "SELECT * FROM day_exception") == []


def test_a_rule_changes_from_a_day_on(window: Window, page: SettingsPage, qtbot: QtBot) -> None:
    shown = group(page, "rules")
    assert isinstance(shown, RulesGroup)
    shown._edit("period.H1.end")
    save_form(page, {"value": "31/6"})
    form = page.entry_panel.form
    assert form is not None
    qtbot.waitUntil(lambda: bool(form.field("value").error()))
    with qtbot.waitSignal(window.at.saved):
        save_form(page, {"value": "10/6", "valid_from": "1/1/2023", "source": "Công văn mẫu"})
    assert asked(window.at.file.path, "SELECT valid_from, value FROM rule WHERE key = 'period.H1.end'") == [
        ("2000-01-01", "14/6"),
        ("2023-01-01", "10/6"),
    ]


def test_phrases_and_bases_are_added(window: Window, page: SettingsPage, qtbot: QtBot) -> None:
    outlines = group(page, "outlines")
    assert isinstance(outlines, OutlinesGroup)
    outlines._add_phrase.click()
    with qtbot.waitSignal(window.at.saved):
        save_form(page, {"text": "Đề án 06"})
    outlines._add_basis.click()
    basis = {"type_name": "Nghị định", "symbol": "61/2018/NĐ-CP", "dated_on": "23/4/2018", "issuer": "Chính phủ"}
    with qtbot.waitSignal(window.at.saved):
        save_form(page, basis)
    assert asked(window.at.file.path, "SELECT text FROM fixed_phrase") == [("TCVN ISO 9001:2015",), ("Đề án 06",)]
    assert asked(window.at.file.path, "SELECT dated_on FROM legal_basis WHERE id = 4") == [("2018-04-23",)]


def test_a_copy_is_made_now(window: Window, page: SettingsPage, qtbot: QtBot) -> None:
    copies = group(page, "copies")
    assert isinstance(copies, CopiesGroup)
    copies.now.click()
    assert not copies.now.isEnabled()
    qtbot.waitUntil(copies.now.isEnabled)
    (copy,) = backup.copies(places.copies_folder(window.at.file.path)).values()
    assert asked(copy, "SELECT count(*) FROM office_version") == [(1,)]
    assert any(copy.name == label.full_text() for label in copies.copies.findChildren(Label))


def test_every_group_opens_and_its_pencils_fit(page: SettingsPage) -> None:
    for key in page.groups:
        page.show_group(key)
        QApplication.processEvents()
        assert page.current_group() == key
        assert page._scrolls[key].horizontalScrollBar().maximum() == 0


def test_tab_goes_from_top_to_bottom(window: Window, page: SettingsPage, qtbot: QtBot) -> None:
    """Also after the rows between were built anew by a save."""
    retype(field(page, "code"), "H23.56.21")
    with qtbot.waitSignal(window.at.saved):
        press(focused(), Qt.Key.Key_Tab)
    QApplication.processEvents()
    page.office_group()._new.setFocus()
    tops = []
    for _ in range(12):
        press(focused(), Qt.Key.Key_Tab)
        tops.append(focused().mapTo(page, QPoint(0, 0)).y())
    assert all(later > earlier - Size.CONTROL for earlier, later in pairwise(tops)), tops
    assert focused() is page.office_group().foot.field("authority_line").editor


def test_search_finds_group_and_field(page: SettingsPage, qtbot: QtBot) -> None:
    press(page, Qt.Key.Key_F, CTRL)
    type_text(page.search, "dia danh")
    qtbot.waitUntil(page.search._list.isVisible)
    press(page.search, Qt.Key.Key_Return)
    assert focused() is field(page, "place")
    page.search.setFocus()
    type_text(page.search, "sao luu")
    qtbot.waitUntil(page.search._list.isVisible)
    press(page.search, Qt.Key.Key_Return)
    assert page.current_group() == "copies"


def test_the_paper_gives_way_in_a_narrow_window(window: Window, page: SettingsPage) -> None:
    assert page._paper.isVisible()
    window.shell.resize(911, 441)
    QApplication.processEvents()
    assert not page._paper.isVisible()
    page.office_group().edit_signer(1)
    QApplication.processEvents()
    assert not page._list.isVisible()
    scroll = page._scrolls["office"]
    assert scroll.horizontalScrollBar().maximum() == 0


# --- Số dư đầu ---


@pytest.fixture
def balances(window: Window, page: SettingsPage) -> OpeningBalancePage:
    page.office_group()._open_balances()
    opened = window.shell.current_page()
    assert isinstance(opened, OpeningBalancePage)
    return opened


def test_opening_balances_are_kept_and_come_back_to_the_settings(
    window: Window, page: SettingsPage, balances: OpeningBalancePage, qtbot: QtBot
) -> None:
    fields = {each.name: each for each in balances.numbers.fields()}
    assert not fields["Quy chế, số cuối"].isVisible()
    more = next(each for each in balances.findChildren(Button) if each.text() == "Loại khác" and each.isVisible())
    more.click()
    quy_che = fields["Quy chế, số cuối"]
    retype(quy_che, "4")
    retype(balances.budget.fields()[0], "1,2tr")
    assert balances.budget._sums[next(iter(balances.budget._sums))].full_text() == "1.200.000"
    with qtbot.waitSignal(window.at.saved):
        press(focused(), Qt.Key.Key_S, CTRL)
    assert window.shell.current_page() is page
    path = window.at.file.path
    assert asked(
        path, "SELECT opening_number FROM document_series s JOIN document_type t ON t.id = type_id WHERE t.code = 'QC'"
    ) == [(5,)]
    assert asked(path, "SELECT amount, entry_on FROM budget_entry WHERE is_opening") == [(1_200_000, "2023-06-11")]
    assert asked(path, "SELECT value FROM setting WHERE key = 'opened_on'") == [("2023-06-12",)]


def test_opening_balances_tell_every_fault_at_its_field(balances: OpeningBalancePage, qtbot: QtBot) -> None:
    number, amount = balances.numbers.fields()[0], balances.budget.fields()[0]
    retype(number, "mười")
    retype(amount, "12.34")
    balances.save()
    assert not number.fault_line.isHidden() and not amount.fault_line.isHidden()
    assert balances._problem.text() == "Còn 2 ô cần sửa" and focused() is number
    retype(number, "70")
    assert balances._problem.text() == "Còn 1 ô cần sửa"
    retype(amount, "")
    press(amount, Qt.Key.Key_Delete)
    assert balances._problem.isHidden()
    balances.save()
    qtbot.waitUntil(lambda: number.fault_line.sentence() == "Sổ đã có số 01 của loại này")


def test_opening_balances_left_half_typed_are_there_again(
    window: Window, page: SettingsPage, balances: OpeningBalancePage, qtbot: QtBot
) -> None:
    retype(balances.budget.fields()[1], "500")
    press(focused(), Qt.Key.Key_Escape)
    assert window.shell.current_page() is page
    qtbot.waitUntil(lambda: asked(window.at.file.path, "SELECT register FROM draft") == [("opening",)])
    page.office_group()._open_balances()
    again = window.shell.current_page()
    assert isinstance(again, OpeningBalancePage)
    assert again.budget.fields()[1].raw() == "500"
    with qtbot.waitSignal(window.at.saved):
        again.save()
    assert asked(window.at.file.path, "SELECT count(*) FROM draft") == [(0,)]


def test_opening_balances_outlive_the_window(window: Window, balances: OpeningBalancePage, qtbot: QtBot) -> None:
    path = window.at.file.path
    retype(balances.numbers.fields()[0], "58")
    qtbot.waitUntil(lambda: asked(path, "SELECT register FROM draft") == [("opening",)])
    retype(balances.budget.fields()[1], "500")
    window.shell.close()
    [(typed,)] = asked(path, "SELECT typed FROM draft")
    assert {"58", "500"} <= set(json.loads(typed).values())


def test_another_opening_day_moves_what_is_counted(balances: OpeningBalancePage) -> None:
    retype(balances.day, "1/1/2023")
    press(balances.day, Qt.Key.Key_Tab)
    assert balances.budget._detail.full_text() == "Mở sổ ngày 01/01 thì không có lũy kế."
    retype(balances.day, "1/1/2030")
    press(balances.day, Qt.Key.Key_Tab)
    assert balances._problem.text() == "Còn 1 ô cần sửa: Ngày mở sổ sau hôm nay"


def test_an_import_given_up_comes_back_to_the_balances(window: Window, balances: OpeningBalancePage) -> None:
    retype(balances.numbers.fields()[0], "58")
    next(each for each in balances.findChildren(Button) if each.text() == "Nhập từ Excel").click()
    importing = window.shell.current_page()
    assert isinstance(importing, ImportPage)
    importing.give_up()
    assert window.shell.current_page() is balances
    assert balances.numbers.fields()[0].raw() == "58"
