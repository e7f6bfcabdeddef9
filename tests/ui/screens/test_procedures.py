"""Thủ tục in the real window on the sample office."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hand import press, type_text
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app import places
from app.clock import Clock
from app.reports.assembling import figures_of
from app.ui.cells import Pill, Row, Text, TwoLine
from app.ui.form import Form
from app.ui.paged_model import ROW_ROLE
from app.ui.screens.dossiers import DossiersPage
from app.ui.screens.procedures import ProceduresPage
from app.ui.tokens import Tone
from app.ui.widgets.buttons import Button
from app.ui.widgets.choices import Chip, Segmented
from app.ui.widgets.labels import Label
from app.ui.widgets.states import EmptyState
from tests.ui.window import Window

CTRL = Qt.KeyboardModifier.ControlModifier


def open_window(path: Path, clock: Clock, qtbot: QtBot) -> Window:
    window = Window(path, clock)
    qtbot.addWidget(window.shell)
    window.shell.show()
    window.shell.activateWindow()
    qtbot.waitUntil(window.shell.isActiveWindow)
    return window


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "settings_file", lambda: tmp_path / "settings.json")


@pytest.fixture
def window(sample_path: Path, clock: Clock, qtbot: QtBot) -> Iterator[Window]:
    window = open_window(sample_path, clock, qtbot)
    yield window
    window.shell.close()


@pytest.fixture
def page(window: Window) -> ProceduresPage:
    page = window.shell.go("procedures")
    assert isinstance(page, ProceduresPage)
    return page


def asked(path: Path, query: str, *values: Any) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as file:
        return file.execute(query, values).fetchall()


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def form_of(page: ProceduresPage) -> Form:
    assert page.entry_panel.form is not None
    return page.entry_panel.form


def rows(page: ProceduresPage) -> list[Row]:
    model = page.table.model()
    return [model.index(place, 0).data(ROW_ROLE) for place in range(min(20, page.table.count()))]


def codes(page: ProceduresPage) -> list[str]:
    return [cell.text for row in rows(page) if isinstance(cell := row.cells[0], Text)]


def texts(widget: QWidget) -> list[str]:
    QApplication.processEvents()
    return [label.full_text() for label in widget.findChildren(Label) if label.isVisible()]


def click(page: QWidget, text: str) -> None:
    QApplication.processEvents()
    next(each for each in page.findChildren(Button) if each.text() == text and each.isVisible()).click()


def open_code(page: ProceduresPage, code: str) -> int:
    row_id = asked(page.session.file.path, "select id from procedure where code = ?", code)[0][0]
    page.open_row(row_id)
    page.table.select(row_id)
    return int(row_id)


def test_chips_are_the_figures_at_the_cut_off(page: ProceduresPage) -> None:
    with page.session.read() as connection:
        figures = figures_of(connection, page.session.period)
    assert page.header.count.full_text() == "140 đang áp dụng, đến 10/6/2023"
    for chip in ("in_force", "new", "amended", "abolished"):
        number = figures.number(f"procedures.{chip}")
        page.look(chip=chip)
        assert page._counts[chip] == page.table.count() == number
    assert [page._counts[chip] for chip in ("in_force", "new", "amended", "abolished")] == [140, 2, 3, 1]


def test_rows_say_field_limit_and_what_the_period_did(page: ProceduresPage) -> None:
    assert codes(page)[:6] == ["MAU-032", "MAU-033", "MAU-034", "MAU-036", "MAU-038", "MAU-001"]
    first, third, sixth = rows(page)[0], rows(page)[2], rows(page)[5]
    assert first.cells[2:] == (Text("4 ngày làm việc"), Text("05/06/2023", pill=Pill("Mới", Tone.BLUE)))
    assert third.cells[3] == Text("20/03/2023", pill=Pill("Sửa đổi", Tone.VIOLET))
    assert sixth.cells[1] == TwoLine("Cấp bản sao từ sổ gốc", "Chứng thực · trung ương quyết định")
    assert sixth.cells[2:] == (Text("trong ngày"), Text("01/01/2022"))


def test_initials_find_a_name(page: ProceduresPage, qtbot: QtBot) -> None:
    press(page, Qt.Key.Key_F, CTRL)
    type_text(focused(), "dkks")
    qtbot.waitUntil(lambda: page.table.count() < 140)
    assert "MAU-012" in codes(page)


def test_the_panel_tells_its_changes_and_leads_to_its_dossiers(page: ProceduresPage, window: Window) -> None:
    row_id = open_code(page, "MAU-034")
    told = texts(page.entry_panel)
    for words in ("22 ngày làm việc", "từ 01/01/2022, chưa có ngày hết", "công khai 20/03/2023", "Trung ương"):
        assert words in told
    path = page.session.file.path
    query = "select sum(quantity) from dossier where procedure_id = ? and received_on <= '2023-06-10'"
    total = asked(path, query, row_id)[0][0]
    click(page, f"Xem {total} hồ sơ")
    there = window.shell.current_page()
    assert isinstance(there, DossiersPage) and there._counts["all"] == there.table.count() == total
    chip = next(each for each in there.chip_row.findChildren(Chip) if each.text().startswith("Thủ tục: "))
    chip.click()
    assert there._counts["all"] == 1455


def test_a_procedure_is_typed_with_a_field_of_its_own(page: ProceduresPage, sample_path: Path, qtbot: QtBot) -> None:
    press(page, Qt.Key.Key_N, CTRL)
    form = form_of(page)
    press(focused(), Qt.Key.Key_S, CTRL)
    assert {key for key in form.typed() if form.field(key).error()} == {"code", "field", "name", "decided_by"}
    type_text(focused(), "MAU-999")
    press(focused(), Qt.Key.Key_Return)
    type_text(focused(), "Thử nghiệm")
    press(focused(), Qt.Key.Key_Tab)
    type_text(focused(), "Đăng ký việc thử")
    for key, choice in (("decided_by", "địa phương"), ("limit_unit", "working_days")):
        editor = form.field(key).editor
        assert isinstance(editor, Segmented)
        editor.set_raw(choice)
    press(focused(), Qt.Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: form.field("limit_amount").error() == "Cần nhập số của thời hạn")
    type_text(form.field("limit_amount").editor, "7")
    press(focused(), Qt.Key.Key_S, CTRL)
    query = (
        "select p.name, f.name, limit_amount from procedure p join procedure_field f on f.id = field_id where code = ?"
    )
    qtbot.waitUntil(lambda: asked(sample_path, query, "MAU-999") == [("Đăng ký việc thử", "Thử nghiệm", 7)])


def test_a_change_is_written_and_its_limit_counts(page: ProceduresPage, sample_path: Path, qtbot: QtBot) -> None:
    row_id = open_code(page, "MAU-034")
    press(page, Qt.Key.Key_T, CTRL)
    form = form_of(page)
    kind, unit = form.field("kind").editor, form.field("limit_unit").editor
    kind.set_raw("amended")
    unit.set_raw("working_days")
    type_text(form.field("decision").editor, "Quyết định mẫu 09/QĐ")
    published = form.field("published_on").editor
    published.set_raw("")
    type_text(published, "9/6")
    form.field("effective_on").editor.set_raw("09/06/2023")
    type_text(form.field("limit_amount").editor, "20")
    press(form.field("limit_amount").editor, Qt.Key.Key_S, CTRL)
    query = "select kind, limit_amount from procedure_change where procedure_id = ? order by id desc limit 1"
    qtbot.waitUntil(lambda: asked(sample_path, query, row_id) == [("amended", 20)])
    qtbot.waitUntil(lambda: page._counts["amended"] == 4)
    told = texts(page.entry_panel)
    assert "20 ngày làm việc" in told and "Thời hạn 22 còn 20 ngày làm việc" in told


def test_the_newest_change_is_taken_away(page: ProceduresPage, sample_path: Path, qtbot: QtBot) -> None:
    row_id = open_code(page, "MAU-034")
    click(page, "Bỏ dòng mới nhất")
    query = "select kind from procedure_change where procedure_id = ?"
    qtbot.waitUntil(lambda: asked(sample_path, query, row_id) == [("issued",)])
    qtbot.waitUntil(lambda: page._counts["amended"] == 2 and "Sửa đổi" not in texts(page.entry_panel))
    press(page.table, Qt.Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: page._counts["amended"] == 3)


def test_a_half_typed_change_is_kept_under_its_procedure(page: ProceduresPage, qtbot: QtBot) -> None:
    row_id = open_code(page, "MAU-034")
    press(page, Qt.Key.Key_T, CTRL)
    editor = form_of(page).field("decision").editor
    editor.setFocus()
    type_text(editor, "Quyết định dở")
    press(editor, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: len(page.drafting.waiting()) == 1)
    page.resume(page.drafting.waiting()[0])
    assert form_of(page).typed()["decision"] == "Quyết định dở"
    assert page.entry_panel.entry is not None and page.entry_panel.entry.row_id == row_id


def test_an_empty_catalogue_takes_the_one_that_comes_with_the_program(
    office_path: Path, clock: Clock, qtbot: QtBot
) -> None:
    with closing(sqlite3.connect(office_path)) as file:
        file.execute("delete from procedure")
        file.commit()
    window = open_window(office_path, clock, qtbot)
    page = window.shell.go("procedures")
    assert isinstance(page, ProceduresPage)
    assert page.findChild(EmptyState).title.full_text() == "Chưa có thủ tục nào"
    click(page, "Nạp")
    qtbot.waitUntil(lambda: page.table.count() > 100)
    assert page._counts["no_limit"] > 0
    window.shell.close()
