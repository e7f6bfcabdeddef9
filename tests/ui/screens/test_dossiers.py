"""Hồ sơ in the real window on the sample office: typed by hand, read back from the file."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hand import compose, press, type_text
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app import places, vietnamese
from app.clock import Clock
from app.models.database import OfficeFile
from app.problems import Problem
from app.registers.dossiers import DOSSIERS
from app.reports.assembling import figures_of
from app.ui.cells import Due, Row, Text
from app.ui.form import Form
from app.ui.paged_model import ROW_ROLE
from app.ui.screens.dossiers import DossiersPage
from app.ui.widgets.buttons import Button
from app.ui.widgets.choices import Chip
from app.ui.widgets.labels import Label, Pill
from app.ui.widgets.messages import Banner, Toast
from app.ui.widgets.states import EmptyState
from tests import offices
from tests.ui.window import Window

CTRL = Qt.KeyboardModifier.ControlModifier
Opening = Callable[[Path], Window]


@pytest.fixture
def opening(clock: Clock, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Opening]:
    """Opens windows on files, and closes them."""
    monkeypatch.setattr(places, "settings_file", lambda: tmp_path / "settings.json")
    opened: list[Window] = []

    def open_window(path: Path) -> Window:
        window = Window(path, clock)
        opened.append(window)
        qtbot.addWidget(window.shell)
        window.shell.show()
        window.shell.activateWindow()
        qtbot.waitUntil(window.shell.isActiveWindow)
        return window

    yield open_window
    for window in opened:
        window.shell.close()


@pytest.fixture
def window(opening: Opening, sample_path: Path) -> Window:
    return opening(sample_path)


@pytest.fixture
def page(window: Window) -> DossiersPage:
    return page_of(window)


def page_of(window: Window) -> DossiersPage:
    page = window.shell.go("dossiers")
    assert isinstance(page, DossiersPage)
    return page


def asked(path: Path, query: str, *values: Any) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as file:
        return file.execute(query, values).fetchall()


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def form_of(page: DossiersPage) -> Form:
    assert page.entry_panel.form is not None
    return page.entry_panel.form


def rows(page: DossiersPage, count: int = 30) -> list[Row]:
    model = page.table.model()
    return [model.index(place, 0).data(ROW_ROLE) for place in range(min(count, page.table.count()))]


def texts(widget: QWidget) -> list[str]:
    return [label.full_text() for label in widget.findChildren(Label) if label.isVisible()]


def button(page: QWidget, text: str) -> Button:
    QApplication.processEvents()  # what was just added is shown with the next turn
    return next(each for each in page.findChildren(Button) if each.text() == text and each.isVisible())


def has_button(page: QWidget, text: str) -> bool:
    return any(each.text() == text and each.isVisible() for each in page.findChildren(Button))


def chips(page: DossiersPage) -> dict[str, str]:
    return {
        chip.text(): chip.accessibleName().removeprefix(chip.text()).strip()
        for chip in page.chip_row.findChildren(Chip)
        if chip.isVisible()
    }


def type_same_day(page: DossiersPage, qtbot: QtBot, name: str = "Dương Thị Bền") -> None:
    """Ctrl+N, code, Tab, name, Ctrl+S."""
    press(page, Qt.Key.Key_N, CTRL)
    type_text(focused(), "mau-012")
    press(focused(), Qt.Key.Key_Tab)
    type_text(focused(), name)
    press(focused(), Qt.Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: form_of(page).typed()["applicant"] == "")


def test_a_dossier_is_typed_saved_seen_undone_and_found_again(
    opening: Opening, sample_path: Path, qtbot: QtBot
) -> None:
    window = opening(sample_path)
    page = page_of(window)
    press(page, Qt.Key.Key_N, CTRL)
    form = form_of(page)
    assert focused() is form.field("procedure_id").editor
    type_text(focused(), "dkks")
    press(focused(), Qt.Key.Key_Tab)
    assert focused() is form.field("applicant").editor
    type_text(focused(), "Dương Thị Bên\b\bền")
    press(focused(), Qt.Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: form_of(page).typed()["applicant"] == "")
    assert page.entry_panel.entry is not None and page.entry_panel.detail.full_text() == "NB-2023-0420"
    assert focused() is form_of(page).field("procedure_id").editor
    saved = "select code, applicant, received_on, due_on, channel, quantity from dossier where code = 'NB-2023-0419'"
    assert asked(sample_path, saved) == [("NB-2023-0419", "Dương Thị Bền", "2023-06-12", "2023-06-12", "in_person", 1)]
    first = rows(page)[0]
    assert first.cells[:2] == (Text("NB-2023-0419", muted=True), Text("Dương Thị Bền", medium=True))
    assert chips(page)["Sau ngày chốt"] == "1"
    toast = window.shell.findChild(Toast)
    assert toast.isVisible() and toast.accessibleName() == "Đã lưu hồ sơ NB-2023-0419"
    press(page.table, Qt.Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: not asked(sample_path, saved))
    qtbot.waitUntil(lambda: "Sau ngày chốt" not in chips(page) or chips(page)["Sau ngày chốt"] == "0")
    page.leave()
    type_same_day(page, qtbot)
    window.shell.close()
    assert not sample_path.with_name(sample_path.name + "-wal").exists()

    again = page_of(opening(sample_path))
    again.period_choice.look_at_every_day()  # type: ignore[union-attr]
    again.search.setFocus()
    type_text(again.search, "duong thi ben")
    qtbot.waitUntil(lambda: again.table.count() == 1)
    assert rows(again)[0].cells[1] == Text("Dương Thị Bền", medium=True)


def test_a_word_still_composed_is_saved(page: DossiersPage, sample_path: Path, qtbot: QtBot) -> None:
    press(page, Qt.Key.Key_N, CTRL)
    type_text(focused(), "mau-012")
    press(focused(), Qt.Key.Key_Tab)
    type_text(focused(), "Nguyễn Văn ")
    compose(focused(), "Đạo")
    press(focused(), Qt.Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: form_of(page).typed()["applicant"] == "")
    assert asked(sample_path, "select count(*) from dossier where applicant = 'Nguyễn Văn Đạo'") == [(1,)]


def test_a_quick_hand_types_on_into_the_next_form(page: DossiersPage, sample_path: Path, qtbot: QtBot) -> None:
    press(page, Qt.Key.Key_N, CTRL)
    first = form_of(page)
    type_text(focused(), "mau-012")
    press(focused(), Qt.Key.Key_Tab)
    type_text(focused(), "Trần Thị Nhanh")
    press(focused(), Qt.Key.Key_S, CTRL)
    type_text(focused(), "mau-013")  # the save is still on its way
    press(focused(), Qt.Key.Key_Tab)
    type_text(focused(), "Lê Văn Vội")
    assert first.typed()["applicant"] == "Trần Thị Nhanh"
    qtbot.waitUntil(lambda: form_of(page) is not first)
    assert form_of(page).typed()["applicant"] == "Lê Văn Vội" and form_of(page).value("procedure_id")
    assert asked(sample_path, "select count(*) from dossier where applicant = 'Trần Thị Nhanh'") == [(1,)]


def test_chips_are_the_figures_of_the_period(page: DossiersPage) -> None:
    with page.session.read() as connection:
        figures = figures_of(connection, page.session.period)
    for chip, name in (("all", "total"), ("pending", "pending"), ("not_digitised", "not_digitised")):
        number = figures.number(f"dossiers.{name}")
        assert page._counts[chip] == number
        page.look(chip=chip)
        with page.session.read() as connection:
            ids = page.listing(connection, page.view).keys(connection, 0, 2000)
        marks = ",".join(str(each) for each in ids)
        total = asked(page.session.file.path, f"select sum(quantity), count(*) from dossier where id in ({marks})")
        assert total == [(number, page.table.count())]
    assert page._counts["all"] == 1455 and page._counts["pending"] == 15 and page._counts["not_digitised"] == 14


def test_soon_and_overdue_look_at_today(opening: Opening, sample_path: Path, sample: OfficeFile, qtbot: QtBot) -> None:
    offices.dossier(sample, "MAU-012", received_on=date(2023, 6, 8))  # due the same day: overdue
    offices.dossier(sample, "MAU-012", received_on=date(2023, 6, 12), quantity=3)
    sample.close()
    window = opening(sample_path)
    page = page_of(window)
    assert page._counts["overdue"] == 1
    page.look(chip="overdue")
    assert [row.cells[-2] for row in rows(page)] == [Due("08/06", "quá 2 ngày", rows(page)[0].cells[-2].tone)]
    page.look(chip="soon")
    assert page._counts["soon"] == 3 + 3
    items = window.shell.navigation._items.values()
    qtbot.waitUntil(lambda: "1 quá hạn" in [item.accessibleName().split(", ")[-1] for item in items])


def test_search_is_folded_and_counts_follow(page: DossiersPage, qtbot: QtBot) -> None:
    press(page, Qt.Key.Key_F, CTRL)
    type_text(focused(), "duong")
    qtbot.waitUntil(lambda: page.header.count.full_text().endswith("khớp trong 1.455"))
    found = page._counts["all"]
    assert 0 < found < 1455
    for row in rows(page):  # in the name, or in "nuôi dưỡng" of the procedure
        assert "duong" in vietnamese.fold(" ".join(cell.text for cell in row.cells if isinstance(cell, Text)))
    press(focused(), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: page.header.count.full_text() == "1.455 trong kỳ")


def test_a_search_without_hit_is_quoted_and_leads_outside(page: DossiersPage, qtbot: QtBot) -> None:
    type_same_day(page, qtbot, "Trần Quắm Xoè")
    page.leave()
    page.clear_filters()
    page.search.setFocus()
    type_text(page.search, "quắm xòe")
    qtbot.waitUntil(lambda: page.table.count() == 0)
    state = page.findChild(EmptyState)
    assert state.title.full_text() == "Không thấy hồ sơ nào khớp “quắm xòe”"
    assert state.how.full_text() == "Đang tìm trong kỳ 15/12/2022 – 10/6/2023. Ngoài kỳ này có 1 hồ sơ khớp."
    assert page.search.hasFocus() and chips(page)["Tất cả"] == "0"
    button(page, "Xem 1 hồ sơ ngoài kỳ").click()
    assert page.table.count() == 1 and page.period_choice.text() == "Mọi ngày"  # type: ignore[union-attr]
    page.clear_filters()
    assert page.search.text() == "" and page.table.count() > 400


def test_field_filter_is_the_figures_dimension(page: DossiersPage) -> None:
    with page.session.read() as connection:
        figures = figures_of(connection, page.session.period)
    choice = next(each for each in page._fields() if each.label == "Bảo trợ xã hội")
    page.look(filters={"field": choice.key})
    assert page._counts["all"] == figures.number("dossiers.total", "Bảo trợ xã hội")
    assert button(page, "Lĩnh vực: Bảo trợ xã hội").isVisible()


def test_all_errors_at_once_with_those_of_the_command(page: DossiersPage, sample_path: Path, qtbot: QtBot) -> None:
    press(page, Qt.Key.Key_N, CTRL)
    form = form_of(page)
    form.field("received_on").editor.setFocus()
    form.field("received_on").editor.set_raw("")
    type_text(form.field("received_on").editor, "31/2")
    press(focused(), Qt.Key.Key_S, CTRL)
    assert form.field("procedure_id").error() == "Cần nhập thủ tục"
    assert form.field("applicant").error() == "Cần nhập người nộp"
    assert form.field("received_on").error() == "Tháng 2/2023 có 28 ngày"
    assert form.problem_link.text() == "Còn 3 ô cần sửa" and focused() is form.field("procedure_id").editor
    taken = asked(sample_path, "select code, applicant from dossier limit 1")[0]
    procedure = asked(sample_path, "select id from procedure where code = 'MAU-012'")[0][0]
    form.set_value("procedure_id", procedure)
    form.set_value("applicant", "Trùng Mã")
    form.set_value("received_on", date(2023, 6, 9))
    form.set_value("code", taken[0])
    press(focused(), Qt.Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: form.field("code").error() != "")
    assert form.field("code").error() == f"Mã {taken[0]} đã có, của {taken[1]}"
    assert form.typed()["applicant"] == "Trùng Mã" and focused() is form.field("code").editor


def test_a_day_that_cannot_be_read_moves_no_field_above_it(page: DossiersPage) -> None:
    press(page, Qt.Key.Key_N, CTRL)
    form = form_of(page)
    type_text(focused(), "mau-012")
    press(focused(), Qt.Key.Key_Tab)
    day = form.field("received_on").editor
    QApplication.processEvents()
    before = day.mapTo(form, QPoint())
    day.setFocus()
    day.selectAll()  # type: ignore[attr-defined]
    type_text(day, "31/6")
    press(day, Qt.Key.Key_Tab)
    QApplication.processEvents()
    assert form.field("received_on").error() == "Tháng 6/2023 có 30 ngày"
    assert day.mapTo(form, QPoint()) == before
    assert form.field("due_on").editor.raw() == ""


def test_the_due_date_is_worked_out_and_overruled_with_a_reason(
    page: DossiersPage, sample_path: Path, qtbot: QtBot
) -> None:
    press(page, Qt.Key.Key_N, CTRL)
    form = form_of(page)
    type_text(focused(), "mau-012")
    press(focused(), Qt.Key.Key_Tab)
    due = form.field("due_on")
    assert due.editor.raw() == "12/06/2023"
    assert "Nhận trước 15:00 nên trả trong ngày. Sửa tay phải ghi lý do." in texts(due.note)
    assert "Hộ tịch · trả trong ngày" in texts(form.field("procedure_id").note)
    type_text(focused(), "Nguyễn Thị Hạn")
    form.field("received_at").editor.setFocus()
    form.field("received_at").editor.selectAll()  # type: ignore[union-attr]
    type_text(focused(), "15:30")
    assert due.editor.raw() == "13/06/2023" and "Nhận từ 15:00 nên trả ngày làm việc sau." in texts(due.note)[0]
    assert not form.field("due_reason").isVisible()
    due.editor.setFocus()
    press(focused(), Qt.Key.Key_F2)
    assert form.field("due_reason").isVisible()
    type_text(focused(), "16/6")
    press(focused(), Qt.Key.Key_S, CTRL)
    assert form.field("due_reason").error() == "Cần nhập lý do sửa hạn"
    type_text(focused(), "Chờ xác minh")
    press(focused(), Qt.Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: form_of(page).typed()["applicant"] == "")
    query = "select d.due_on, s.reason from dossier d join dossier_step s on s.dossier_id = d.id where applicant = ?"
    assert asked(sample_path, query, "Nguyễn Thị Hạn") == [("2023-06-16", "Chờ xác minh")]
    page.leave()
    page.open_row(asked(sample_path, "select id from dossier where applicant = 'Nguyễn Thị Hạn'")[0][0])
    press(page, Qt.Key.Key_F2)
    assert form_of(page).field("due_reason").editor.raw() == "Chờ xác minh"
    assert form_of(page).field("due_on").editor.raw() == "16/06/2023"


def test_steps_from_resolved_to_handed_over(page: DossiersPage, sample_path: Path, qtbot: QtBot) -> None:
    page.look(chip="pending")
    page.table.setFocus()
    page.table.select_first()
    row_id = page.table.current_id()
    press(page.table, Qt.Key.Key_Return)
    assert page.entry_panel.isVisible()
    button(page, "Giải quyết xong").click()
    assert form_of(page).typed() == {"on_date": "12/06/2023"}
    assert form_of(page).field("on_date").label_text == "Ngày xong"
    [code] = asked(sample_path, "select code from dossier where id = ?", row_id)[0]
    assert f"Hồ sơ {code}" in texts(page.entry_panel)
    press(focused(), Qt.Key.Key_S, CTRL)
    state = "select outcome, finished_on, handed_over_on from dossier where id = ?"
    qtbot.waitUntil(lambda: asked(sample_path, state, row_id) == [("resolved", "2023-06-12", None)])
    qtbot.waitUntil(lambda: "Đã giải quyết" in [pill.text() for pill in page.entry_panel.findChildren(Pill)])
    qtbot.waitUntil(lambda: has_button(page, "Trả kết quả"))
    button(page, "Trả kết quả").click()
    assert form_of(page).field("on_date").label_text == "Ngày trả"
    press(focused(), Qt.Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: asked(sample_path, state, row_id) == [("resolved", "2023-06-12", "2023-06-12")])
    qtbot.waitUntil(lambda: not has_button(page, "Trả kết quả"))
    assert "Trả kết quả" in texts(page.entry_panel)


def test_a_dossier_without_a_due_day_says_so(page: DossiersPage, sample_path: Path) -> None:
    page.look(chip="pending")
    page.table.select_first()
    row_id = page.table.current_id()
    with closing(sqlite3.connect(sample_path)) as file:
        file.execute("update dossier set due_on = null where id = ?", (row_id,))
        file.commit()
    page.open_row(row_id)
    assert "chưa có hạn trả" in texts(page.entry_panel)


def test_a_return_wants_its_reason_and_is_taken_back(page: DossiersPage, sample_path: Path, qtbot: QtBot) -> None:
    page.look(chip="pending")
    page.table.select_first()
    row_id = page.table.current_id()
    page.open_row(row_id)
    button(page, "Trả lại hồ sơ").click()
    assert focused() is form_of(page).field("reason").editor
    press(focused(), Qt.Key.Key_S, CTRL)
    assert form_of(page).field("reason").error() == "Cần nhập lý do"
    type_text(focused(), "Thiếu giấy khai sinh")
    press(focused(), Qt.Key.Key_S, CTRL)
    state = "select outcome from dossier where id = ?"
    qtbot.waitUntil(lambda: asked(sample_path, state, row_id) == [("returned",)])
    qtbot.waitUntil(lambda: "Thiếu giấy khai sinh" in texts(page.entry_panel))
    press(page.table, Qt.Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: asked(sample_path, state, row_id) == [(None,)])
    qtbot.waitUntil(lambda: has_button(page, "Giải quyết xong"))


def test_a_wrong_end_is_taken_back_long_after_its_toast(
    page: DossiersPage, window: Window, sample_path: Path, qtbot: QtBot
) -> None:
    [(row_id,)] = asked(sample_path, "select id from dossier where outcome = 'returned' order by id limit 1")
    page.open_row(row_id)
    assert not has_button(page, "Giải quyết xong")
    button(page, "Bỏ bước cuối").click()
    state = "select outcome, finished_on from dossier where id = ?"
    qtbot.waitUntil(lambda: asked(sample_path, state, row_id) == [(None, None)])
    qtbot.waitUntil(lambda: has_button(page, "Giải quyết xong") and not has_button(page, "Bỏ bước cuối"))
    toast = window.shell.findChild(Toast)
    assert toast.accessibleName().startswith("Đã bỏ bước “Trả lại hồ sơ” của hồ sơ NB-")
    for told in ("Đã hoàn tác", "Đã làm lại", "Đã hoàn tác"):  # each names what it undid or did again
        toast._acted()
        qtbot.waitUntil(lambda told=told: toast.accessibleName() == f"{told} · Bỏ bước cuối của hồ sơ")  # type: ignore[misc]


def test_one_entered_twice_is_taken_away_and_one_key_brings_it_back(
    page: DossiersPage, window: Window, sample_path: Path, qtbot: QtBot
) -> None:
    row_id = rows(page)[1].id
    code = asked(sample_path, "select code from dossier where id = ?", row_id)[0][0]
    page.open_row(row_id)
    press(page.table, Qt.Key.Key_F2)
    type_text(form_of(page).field("note").editor, "gõ dở")  # what was typed into it goes with it
    button(page, "Xóa").click()
    there = "select count(*) from dossier where id = ?"
    qtbot.waitUntil(lambda: asked(sample_path, there, row_id) == [(0,)])
    qtbot.waitUntil(lambda: window.shell.findChild(Toast).accessibleName() == f"Đã xóa hồ sơ {code}")
    assert not page.entry_panel.isVisible() and row_id not in [row.id for row in rows(page)]
    assert page.drafting.waiting() == []
    press(page.table, Qt.Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: asked(sample_path, there, row_id) == [(1,)])
    qtbot.waitUntil(lambda: row_id in [row.id for row in rows(page)])


def test_a_new_form_has_nothing_to_take_away(page: DossiersPage) -> None:
    press(page.table, Qt.Key.Key_N, CTRL)
    assert not has_button(page.entry_panel, "Xóa")


def test_digitising_is_set_in_the_edit_form(page: DossiersPage, sample_path: Path, qtbot: QtBot) -> None:
    page.look(chip="not_digitised")
    page.table.select_first()
    row_id = page.table.current_id()
    press(page.table, Qt.Key.Key_F2)
    editor = form_of(page).field("papers_digitised_on").editor
    editor.setFocus()
    type_text(editor, "h")
    press(editor, Qt.Key.Key_S, CTRL)
    query = "select papers_digitised_on from dossier where id = ?"
    qtbot.waitUntil(lambda: asked(sample_path, query, row_id) == [("2023-06-12",)])
    qtbot.waitUntil(lambda: page.entry_panel.entry is None)
    assert page.entry_panel.isVisible()


def test_esc_keeps_a_draft_and_the_chip_opens_it(opening: Opening, sample_path: Path, qtbot: QtBot) -> None:
    window = opening(sample_path)
    page = page_of(window)
    press(page, Qt.Key.Key_N, CTRL)
    form_of(page).field("applicant").editor.setFocus()
    type_text(focused(), "Phạm Thị Dở")
    press(focused(), Qt.Key.Key_Escape)
    toast = window.shell.findChild(Toast)
    assert toast.accessibleName() == "Đã cất bản đang gõ" and not page.entry_panel.isVisible()
    qtbot.waitUntil(lambda: chips(page).get("Đang gõ dở") == "1")
    press(page.table, Qt.Key.Key_Z, CTRL)
    assert form_of(page).typed()["applicant"] == "Phạm Thị Dở"
    press(focused(), Qt.Key.Key_Escape)
    window.shell.close()

    again = page_of(opening(sample_path))
    assert chips(again)["Đang gõ dở"] == "1"
    next(chip for chip in again.chip_row.findChildren(Chip) if chip.text() == "Đang gõ dở").click()
    assert form_of(again).typed()["applicant"] == "Phạm Thị Dở"
    assert "Đang gõ dở" not in chips(again)
    form_of(again).field("procedure_id").editor.setFocus()
    type_text(focused(), "mau-012")
    press(focused(), Qt.Key.Key_Tab)
    press(focused(), Qt.Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: asked(sample_path, "select count(*) from draft") == [(0,)])
    assert asked(sample_path, "select count(*) from dossier where applicant = 'Phạm Thị Dở'") == [(1,)]


def test_a_draft_is_thrown_away_and_comes_back(
    page: DossiersPage, window: Window, sample_path: Path, qtbot: QtBot
) -> None:
    press(page, Qt.Key.Key_N, CTRL)
    form_of(page).field("applicant").editor.setFocus()
    type_text(focused(), "Lê Văn Bỏ")
    page.leave()
    qtbot.waitUntil(lambda: chips(page).get("Đang gõ dở") == "1")
    page.resume(page.drafting.waiting()[0])
    button(page, "Bỏ bản này").click()
    qtbot.waitUntil(lambda: asked(sample_path, "select count(*) from draft") == [(0,)])
    qtbot.waitUntil(lambda: "Đang gõ dở" not in chips(page))
    press(page.table, Qt.Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: chips(page).get("Đang gõ dở") == "1")


def test_nothing_typed_leaves_no_draft(page: DossiersPage, sample_path: Path, window: Window) -> None:
    press(page, Qt.Key.Key_N, CTRL)
    press(focused(), Qt.Key.Key_Escape)
    assert not page.entry_panel.isVisible() and not window.shell.findChild(Toast).isVisible()
    assert asked(sample_path, "select count(*) from draft") == [(0,)]


def test_drafts_belong_to_who_typed_them(page: DossiersPage, window: Window, qtbot: QtBot) -> None:
    press(page, Qt.Key.Key_N, CTRL)
    form_of(page).field("applicant").editor.setFocus()
    type_text(focused(), "Của Mẫu")
    page.leave()
    qtbot.waitUntil(lambda: "Đang gõ dở" in chips(page))
    mine = window.at.actor
    window.at.sit_down(type(mine)("Lê Thị Thử", 3))
    assert "Đang gõ dở" not in chips(page)
    window.at.sit_down(mine)
    assert "Đang gõ dở" in chips(page)


_TYPING = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from app import places
places.settings_file = lambda: Path(sys.argv[2])
from app.ui.application import Application
from tests.offices import clock_on
from tests.ui.window import Window
sys.path.insert(0, "tests/ui")
from hand import type_text
application = Application()
window = Window(Path(sys.argv[1]), clock_on())
window.shell.show()
page = window.shell.go("dossiers")
page.new()
editor = page.entry_panel.form.field("applicant").editor
type_text(editor, "Mất Điện")
page.drafting.changed.connect(lambda: print("kept", flush=True))
application.exec()
"""


def test_a_draft_survives_the_death_of_the_program(opening: Opening, sample_path: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-c", _TYPING, str(sample_path), str(tmp_path / "settings.json")]
    root = Path(__file__).parents[3]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root, env={**os.environ}) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "kept\n"
        program.send_signal(signal.SIGKILL)
    page = page_of(opening(sample_path))
    assert chips(page)["Đang gõ dở"] == "1"
    assert page.drafting.waiting()[0].typed["applicant"] == "Mất Điện"


def test_another_programs_change_refreshes_the_list(
    page: DossiersPage, sample_path: Path, clock: Clock, qtbot: QtBot
) -> None:
    page.look(chip="pending")
    page.table.select_first()
    kept = page.table.current_id()
    with OfficeFile.open(sample_path, clock) as other:
        offices.dossier(other, "MAU-012", applicant="Từ Dòng Lệnh", received_on=date(2023, 6, 9))
    qtbot.waitUntil(lambda: page._counts["pending"] == 16, timeout=8000)
    assert page.table.current_id() == kept
    assert "Từ Dòng Lệnh" in [row.cells[1].text for row in rows(page) if isinstance(row.cells[1], Text)]


def test_a_failure_of_the_disk_keeps_what_was_typed(
    page: DossiersPage, sample_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    press(page, Qt.Key.Key_N, CTRL)
    type_text(focused(), "mau-012")
    press(focused(), Qt.Key.Key_Tab)
    type_text(focused(), "Đĩa Đầy")
    file = page.session.file
    write = file.write

    def full(*_args: Any, **_more: Any) -> Any:
        raise Problem("Không ghi được vào đĩa. Chữ đã gõ vẫn còn")

    monkeypatch.setattr(file, "write", full)
    press(focused(), Qt.Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: bool(page.findChildren(Banner)))
    assert form_of(page).typed()["applicant"] == "Đĩa Đầy"
    monkeypatch.setattr(file, "write", write)
    page.findChild(Banner).action.click()
    qtbot.waitUntil(lambda: form_of(page).typed()["applicant"] == "")
    assert asked(sample_path, "select count(*) from dossier where applicant = 'Đĩa Đầy'") == [(1,)]


def test_an_empty_office_says_how_to_begin(opening: Opening, office_path: Path) -> None:
    page = page_of(opening(office_path))
    assert page.header.count.full_text() == "chưa có"
    assert page.findChild(EmptyState).title.full_text() == "Chưa có hồ sơ nào"
    assert (
        len([each for each in page.findChildren(Button) if each.text() == "Tiếp nhận hồ sơ" and each.isVisible()]) == 1
    )
    press(page, Qt.Key.Key_N, CTRL)
    assert page.entry_panel.isVisible()


def test_on_a_low_screen_what_comes_first_scrolls_unpressed(opening: Opening, office_path: Path) -> None:
    window = opening(office_path)
    window.shell.resize(911, 441)
    state = page_of(window).findChild(EmptyState)
    labels = [label for label in state.findChildren(Label) if label.isVisible()]
    assert "Hồ sơ nhận trước ngày mở sổ" in [label.full_text() for label in labels]
    areas = [QRect(label.mapTo(state, QPoint(0, 0)), label.size()) for label in labels]
    assert not [one for one, other in combinations(areas, 2) if one.intersects(other)]


def test_a_row_changed_elsewhere_while_it_is_corrected_is_told(
    page: DossiersPage, sample_path: Path, clock: Clock, qtbot: QtBot
) -> None:
    page.look(chip="pending")
    page.table.select_first()
    row_id = page.table.current_id()
    press(page.table, Qt.Key.Key_F2)
    editor = form_of(page).field("address").editor
    editor.setFocus()
    type_text(editor, "Thôn Mới")
    with OfficeFile.open(sample_path, clock) as other:
        offices.do(other, DOSSIERS.save, row_id, {"phone": "0912 000 000"})
    qtbot.waitUntil(lambda: bool(page.findChildren(Banner)), timeout=8000)
    assert "Thôn Mới" in form_of(page).typed()["address"]
    press(page, Qt.Key.Key_F5)
    assert form_of(page).typed()["phone"] == "0912 000 000"
    qtbot.waitUntil(lambda: chips(page).get("Đang gõ dở") == "1")


@pytest.mark.parametrize("size", [(1366, 690), (911, 441), (900, 430)])
def test_nothing_is_cut_off_and_save_is_in_sight(
    page: DossiersPage, window: Window, size: tuple[int, int], qtbot: QtBot
) -> None:
    def nothing_is_cut_off() -> None:
        assert cut_off(window.shell) == []

    window.shell.resize(*size)
    page.look(chip="pending")
    page.table.select_first()
    page.open_row(page.table.current_id())
    qtbot.waitUntil(nothing_is_cut_off)
    page.edit()
    page.entry_panel.save()
    qtbot.waitUntil(nothing_is_cut_off)
    page.new()
    qtbot.waitUntil(lambda: page.entry_panel.entry is not None and page.entry_panel.entry.row_id is None)
    page.entry_panel.save()
    qtbot.waitUntil(nothing_is_cut_off)
    save = button(page, "Lưu và nhập tiếp")
    assert window.shell.rect().contains(save.mapTo(window.shell, save.rect().bottomRight()))
    assert page.table.horizontalScrollBar().maximum() == 0


def cut_off(window: QWidget) -> list[str]:
    """Texts of labels and buttons that have less room than they need."""
    QApplication.processEvents()
    plain = [each for each in window.findChildren(Label) if not each.wordWrap() and not each._elide]
    short: list[QWidget] = [
        *plain,
        *window.findChildren(Button),
        *window.findChildren(Chip),
        *window.findChildren(Pill),
    ]
    return [each.text() for each in short if each.isVisible() and _lacks_room(each)]  # type: ignore[attr-defined]


def _lacks_room(widget: QWidget) -> bool:
    """Narrower than its text, or hanging over the edge of what it stands in. What is scrolled away is not cut off."""
    seen = widget.visibleRegion().boundingRect()
    return widget.width() < widget.sizeHint().width() or (not seen.isEmpty() and seen.width() < widget.width())


def test_a_new_form_waits_for_the_save_on_its_way(page: DossiersPage, qtbot: QtBot) -> None:
    """Ctrl+S, then at once Ctrl+N: the answer of the save does not fall into the new form."""
    page.look(chip="pending")
    page.table.select_first()
    page.open_row(page.table.current_id())
    page.edit()
    form_of(page).set_value("note", "Đã gọi điện")
    page.entry_panel.save()
    page.new()
    qtbot.waitUntil(lambda: page.entry_panel.entry is not None and page.entry_panel.entry.row_id is None)
    type_text(form_of(page).field("applicant").editor, "Nguyễn Văn Ví Dụ")
    qtbot.wait(200)
    assert form_of(page).typed()["applicant"] == "Nguyễn Văn Ví Dụ"
