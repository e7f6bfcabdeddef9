"""Văn bản in the real window on the sample office, by keyboard."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hand import press, type_text
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app import places
from app.clock import Clock
from app.reports import figures
from app.reports.assembling import figures_of, scope_of
from app.reports.catalogue import CATALOGUE
from app.ui.cells import Progress, Row, Text, TwoLine
from app.ui.paged_model import ROW_ROLE
from app.ui.screens.documents import DocumentsPage
from app.ui.screens.plans import PlansPage
from app.ui.screens.task_list import TaskList
from app.ui.tokens import Tone, Type
from app.ui.widgets.buttons import Button
from app.ui.widgets.choices import Chip
from app.ui.widgets.labels import Label
from app.ui.widgets.messages import Note, Toast
from tests.ui.window import Window

CTRL = Qt.KeyboardModifier.ControlModifier
PLAN_31 = "Thực hiện công tác cải cách hành chính năm 2023 trên địa bàn xã Nam Trung"


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
def page(window: Window) -> DocumentsPage:
    page = window.shell.go("documents")
    assert isinstance(page, DocumentsPage)
    return page


def asked(path: Path, query: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(path) as file:
        return file.execute(query).fetchall()


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def chip(page: DocumentsPage, key: str) -> str:
    found = page.chip_row.findChildren(Chip)
    return next(each.accessibleName() for each in found if each.key == key)


def row_of(page: DocumentsPage, row_id: object) -> Row:
    model = page.table.model()
    rows = [model.index(number, 0).data(ROW_ROLE) for number in range(model.rowCount())]
    found: Row = next(row for row in rows if row.id == row_id)
    return found


def document_id(window: Window, number: int, code: str, year: int = 2023) -> int:
    query = f"""SELECT d.id FROM document d JOIN document_series s ON s.id = d.series_id
        JOIN document_type t ON t.id = s.type_id
        WHERE d.number = {number} AND t.code = '{code}' AND s.year = {year}"""
    return int(str(asked(window.at.file.path, query)[0][0]))


def toast(window: Window) -> str:
    return window.shell.findChild(Toast).accessibleName()  # type: ignore[union-attr]


def said(widget: QWidget) -> list[str]:
    return [label.full_text() for label in widget.findChildren(Label)]


def save(page: DocumentsPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.session.saved):
        press(focused(), Qt.Key.Key_S, CTRL)


def look_at(page: DocumentsPage, key: str) -> None:
    page.chip_row.choose(key)
    page.chip_row.chosen.emit(key)


def test_chips_and_rows_are_what_the_report_counts(window: Window, page: DocumentsPage) -> None:
    with window.at.read() as connection:
        period = window.at.period
        counted = figures_of(connection, period)
        scope = scope_of(connection, period)
        issued = {
            key: {row.id for row in figures.rows(connection, scope, CATALOGUE, "documents.issued", dimension)}
            for key, dimension in (("all", ""), ("KH", "KH"), ("QĐ", "QĐ"), ("CT", "CT"))
        }
    for key, ids in issued.items():
        look_at(page, key)
        assert page.table.count() == len(ids) == counted.number("documents.issued", "" if key == "all" else key)
        assert chip(page, key).endswith(f" {len(ids)}")
        assert row_of(page, next(iter(ids)))
    assert page.header.count.full_text() == "298 văn bản đi trong kỳ"
    assert chip(page, "other") == "Loại khác 204"


def test_decision_typed_with_the_number_offered_is_saved_found_and_undone(
    window: Window, page: DocumentsPage, qtbot: QtBot
) -> None:
    path = window.at.file.path
    press(page.table, Qt.Key.Key_N, CTRL)
    form = page.entry_panel.form
    assert form is not None and focused() is form.field("type_id").editor
    type_text(focused(), "quyet dinh")
    press(focused(), Qt.Key.Key_Tab)
    assert form.typed()["number"] == "59"
    assert form.field("in_report").isHidden()
    form.field("abstract").editor.setFocus()
    type_text(focused(), "Phân công trưc\b\bực tết")
    save(page, qtbot)
    saved = asked(path, "SELECT number, symbol, dated_on, abstract, signer FROM document ORDER BY id DESC LIMIT 1")
    assert saved == [(59, "QĐ-UBND", "2023-06-12", "Phân công trực tết", "Nguyễn Văn Bền")]
    assert toast(window) == "Đã lưu 59/QĐ-UBND, ngoài kỳ đang xem"
    following = page.entry_panel.form
    assert following is not None and following is not form
    assert following.typed()["number"] == "60" and focused() is following.field("abstract").editor
    with qtbot.waitSignal(window.at.changed):
        press(focused(), Qt.Key.Key_Z, CTRL)
    assert asked(path, "SELECT count(*) FROM document WHERE abstract = 'Phân công trực tết'") == [(0,)]


def test_number_follows_type_issuer_and_year_until_one_is_typed(page: DocumentsPage) -> None:
    page.new()
    form = page.entry_panel.form
    assert form is not None
    codes = {info.code: info.id for info in page._types.values()}
    form.set_value("type_id", codes["KH"])
    assert form.typed()["number"] == "28" and not form.field("in_report").isHidden()
    form.set_value("issuer", "HĐND")
    assert form.typed()["number"] == "1"
    form.set_value("issuer", "UBND")
    form.field("dated_on").editor.set_raw("31/12/2022")
    form.field("dated_on").editor.edited.emit()
    assert form.typed()["number"] == "33"
    form.field("number").editor.setFocus()
    form.field("number").editor.selectAll()  # type: ignore[union-attr]
    type_text(form.field("number").editor, "40")
    form.set_value("type_id", codes["QĐ"])
    assert form.typed()["number"] == "40"


def test_taken_number_is_told_at_its_field_and_the_text_stays(page: DocumentsPage, qtbot: QtBot) -> None:
    look_at(page, "KH")
    page.new()
    form = page.entry_panel.form
    assert form is not None
    form.set_value("number", 27)
    room = form.field("number").width()
    type_text(focused(), "Kế hoạch trùng số")
    press(focused(), Qt.Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: bool(form.field("number").error()))
    assert form.field("number").error().startswith("Số 27/KH-UBND đã có, ngày 05/6/2023: Khám sức khỏe")
    assert form.field("number").error().endswith("Số tiếp theo là 28.")
    assert form.typed()["abstract"] == "Kế hoạch trùng số"
    assert focused() is form.field("number").editor
    number, note = form.field("number"), form.field("number").note
    qtbot.waitUntil(lambda: note.width() > 2 * number.width(), timeout=2000)
    assert number.width() == room, "nothing moves"
    assert note.y() > form.field("dated_on").geometry().bottom() and note.height() < 4 * Type.HINT.value.line


def test_a_day_to_come_is_told_when_the_field_is_left(page: DocumentsPage) -> None:
    page.new()
    form = page.entry_panel.form
    assert form is not None
    day = form.field("dated_on").editor
    day.setFocus()
    day.selectAll()  # type: ignore[union-attr]
    type_text(day, "13/6")
    assert not form.field("dated_on").error()
    press(day, Qt.Key.Key_Tab)
    assert form.field("dated_on").error() == "Ngày ban hành sau hôm nay"


def test_number_out_of_order_is_noted_while_typing_and_in_the_list(page: DocumentsPage, qtbot: QtBot) -> None:
    look_at(page, "KH")
    page.new()
    form = page.entry_panel.form
    assert form is not None
    form.set_value("abstract", "Kế hoạch ghi lùi ngày")
    day = form.field("dated_on").editor
    day.setFocus()
    day.selectAll()  # type: ignore[union-attr]
    type_text(day, "1/6")
    assert "Số 28 ghi ngày 01/06/2023, trước số 27 (05/06/2023)" in said(form.field("dated_on").note)
    save(page, qtbot)
    cell = row_of(page, asked(page.session.file.path, "SELECT max(id) FROM document")[0][0]).cells[1]
    assert isinstance(cell, TwoLine)
    assert (cell.top, cell.bottom, cell.tone) == ("01/06/2023", "số 27 ghi 05/06", Tone.AMBER)


def test_voided_document_keeps_its_place_and_number_and_is_not_counted(
    window: Window, page: DocumentsPage, qtbot: QtBot
) -> None:
    look_at(page, "CT")
    row_id = document_id(window, 2, "CT")
    page.table.select(row_id)
    page.open_row(row_id)
    next(b for b in page.entry_panel.findChildren(Button) if b.text() == "Hủy văn bản…").click()
    form = page.entry_panel.form
    assert form is not None and form.typed()["voided_on"] == "12/06/2023"
    press(focused(), Qt.Key.Key_S, CTRL)
    assert form.field("void_reason").error() == "Cần nhập lý do hủy"
    type_text(focused(), "Ghi nhầm nội dung")
    form.set_value("voided_on", window.at.period.end)
    save(page, qtbot)
    assert toast(window) == "Đã hủy 02/CT-UBND, số giữ nguyên"
    assert chip(page, "CT") == "Chỉ thị 1" and page.table.count() == 2
    name, _, abstract, _ = row_of(page, row_id).cells
    assert isinstance(name, Text) and name.struck
    assert isinstance(abstract, Text) and abstract.pill is not None and abstract.pill.text == "Đã hủy"
    assert "Hủy ngày 10/06/2023: Ghi nhầm nội dung" in said(page.entry_panel)
    assert not [b for b in page.entry_panel.findChildren(Button) if b.text() == "Hủy văn bản…" and b.isVisible()]
    page.new()
    form = page.entry_panel.form
    assert form is not None and form.typed()["number"] == "3"


def test_plan_opens_with_its_tasks_and_space_asks_only_the_result(
    window: Window, page: DocumentsPage, qtbot: QtBot
) -> None:
    path, plan = window.at.file.path, document_id(window, 31, "KH", 2022)
    page.show_document(plan)
    assert "5/9 nhiệm vụ xong" in said(page.entry_panel) and PLAN_31 in said(page.entry_panel)
    assert page.entry_panel.title.text() == "Kế hoạch 31/KH-UBND"
    tasks = page.entry_panel.findChild(TaskList)
    assert isinstance(tasks, TaskList)
    rows = [row for row in tasks.children() if hasattr(row, "task_id")]
    names = [row.accessibleName() for row in rows]  # type: ignore[attr-defined]
    assert names[0].startswith("Số hóa hồ sơ, kết quả giải quyết") and "còn 3 ngày" in names[0]
    assert ["xong" in name for name in names].count(True) == 5
    first = rows[0]
    assert isinstance(first, QWidget)
    first.setFocus()
    press(first, Qt.Key.Key_Down)
    assert focused() is rows[1]
    press(rows[1], Qt.Key.Key_Up)  # type: ignore[arg-type]
    press(first, Qt.Key.Key_Space)
    form = page.entry_panel.form
    assert form is not None and list(form.typed()) == ["result"] and focused() is form.field("result").editor
    type_text(focused(), "Đã số hóa 1.441 hồ sơ")
    save(page, qtbot)
    query = "SELECT done_on, result FROM plan_task WHERE content LIKE 'Số hóa hồ sơ%'"
    assert asked(path, query) == [("2023-06-12", "Đã số hóa 1.441 hồ sơ")]
    assert "6/9 nhiệm vụ xong" in said(page.entry_panel)
    cell = row_of(page, plan).cells[3]
    assert isinstance(cell, Progress) and (cell.done, cell.total) == (6, 9)
    with qtbot.waitSignal(window.at.changed):
        press(page.table, Qt.Key.Key_Z, CTRL)
    assert asked(path, query) == [(None, "")]
    assert "5/9 nhiệm vụ xong" in said(page.entry_panel)


def test_task_is_added_to_the_opened_plan(window: Window, page: DocumentsPage, qtbot: QtBot) -> None:
    page.show_document(document_id(window, 24, "KH"))
    press(page.table, Qt.Key.Key_T, CTRL)
    form = page.entry_panel.form
    assert form is not None and form.field("document_id").isHidden()
    assert "Kế hoạch 24/KH-UBND" in said(page.entry_panel)
    type_text(focused(), "Đăng ký tuổi 17")
    form.set_value("due_on", page.session.today)
    save(page, qtbot)
    plan = document_id(window, 24, "KH")
    query = f"SELECT content, due_on, position FROM plan_task WHERE document_id = {plan}"
    assert asked(window.at.file.path, query) == [("Đăng ký tuổi 17", "2023-06-12", 1)]
    assert page.entry_panel.form is not form  # the next one follows
    assert "Kế hoạch 24/KH-UBND" in said(page.entry_panel)
    page.leave()
    assert "0/1 nhiệm vụ xong" in said(page.entry_panel)


def test_task_of_a_plan_opens_on_the_page_of_plans_and_back(window: Window, page: DocumentsPage) -> None:
    page.show_document(document_id(window, 32, "KH", 2022))
    tasks = page.entry_panel.findChild(TaskList)
    assert isinstance(tasks, TaskList)
    row = next(each for each in tasks.children() if hasattr(each, "task_id"))
    press(row, Qt.Key.Key_Return)  # type: ignore[arg-type]
    plans = window.shell.current_page()
    assert isinstance(plans, PlansPage) and plans.table.current_id() == row.task_id
    next(b for b in plans.entry_panel.findChildren(Button) if b.text() == "32/KH-UBND").click()
    assert window.shell.current_page() is page and page.entry_panel.title.text() == "Kế hoạch 32/KH-UBND"


def test_other_types_stand_under_one_chip(page: DocumentsPage) -> None:
    page._look_at_other("BC")
    assert chip(page, "other") == "Báo cáo 76" and page.table.count() == 76
    assert page.defaults()["type_id"] == page._by_code["BC"].id
    look_at(page, "all")
    assert chip(page, "other") == "Loại khác 204" and page.table.count() == 298


def test_documents_of_another_issuer_are_looked_at_apart(window: Window, page: DocumentsPage, qtbot: QtBot) -> None:
    page.look(filters={"issuer": "HĐND"})
    assert page.table.count() == 0
    page.new()
    form = page.entry_panel.form
    assert form is not None
    form.set_value("type_id", page._by_code["BC"].id)
    form.set_value("dated_on", window.at.period.end)
    form.set_value("abstract", "Báo cáo của Hội đồng nhân dân")
    assert form.typed()["issuer"] == "HĐND" and form.typed()["number"] == "1"
    save(page, qtbot)
    assert page.table.count() == 1
    look_at(page, "all")
    page.clear_filters()
    assert chip(page, "all") == "Tất cả 298"


def test_search_finds_without_marks_and_quotes_what_is_not_there(page: DocumentsPage) -> None:
    page.search.setFocus()
    type_text(page.search, "cai cach hanh chinh")
    press(page.search, Qt.Key.Key_Return)
    assert chip(page, "KH") == "Kế hoạch 3"
    page.look(search="không có đâu")
    assert "Không thấy văn bản nào khớp “không có đâu”" in said(page.table)


def test_draft_comes_back_with_its_number(page: DocumentsPage, window: Window, qtbot: QtBot) -> None:
    look_at(page, "QĐ")
    page.new()
    type_text(focused(), "Đang gõ dở")
    press(focused(), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: toast(window) == "Đã cất bản đang gõ")
    qtbot.waitUntil(lambda: len(page.drafting.waiting()) == 1)
    page.resume(page.drafting.waiting()[0])
    form = page.entry_panel.form
    assert form is not None
    assert (form.typed()["number"], form.typed()["abstract"]) == ("59", "Đang gõ dở")


def test_document_is_corrected_with_f2(window: Window, page: DocumentsPage, qtbot: QtBot) -> None:
    row_id = document_id(window, 1, "QĐ")
    page.show_document(row_id)
    page.table.setFocus()
    press(page.table, Qt.Key.Key_F2)
    form = page.entry_panel.form
    assert form is not None and form.typed()["number"] == "1"
    form.set_value("abstract", "Trích yếu sửa lại")
    save(page, qtbot)
    query = f"SELECT number, symbol, abstract FROM document WHERE id = {row_id}"
    assert asked(window.at.file.path, query) == [(1, "QĐ-UBND", "Trích yếu sửa lại")]
    assert page.entry_panel.title.text() == "Quyết định 01/QĐ-UBND"


def test_an_earlier_number_is_not_taken_away_and_what_is_typed_stays(
    window: Window, page: DocumentsPage, qtbot: QtBot
) -> None:
    page.show_document(document_id(window, 1, "QĐ"))
    page.edit()
    form = page.entry_panel.form
    assert form is not None
    form.set_value("abstract", "Trích yếu gõ dở")
    next(each for each in page.entry_panel.findChildren(Button) if each.text() == "Xóa").click()
    sentence = "Sau số 01/QĐ-UBND đã có số khác, xóa thì sổ thiếu số"
    qtbot.waitUntil(lambda: [each for each in said(page) if each.startswith(sentence)] != [])
    assert not [each for each in page.findChildren(Button) if each.text() == "Ghi lại" and each.isVisible()]
    assert form.typed()["abstract"] == "Trích yếu gõ dở"


def test_fault_of_order_stands_in_the_opened_document(window: Window, page: DocumentsPage) -> None:
    with sqlite3.connect(window.at.file.path) as file:
        file.execute(f"UPDATE document SET dated_on = '2023-02-02' WHERE id = {document_id(window, 10, 'KH')}")
    page.refresh()
    page.show_document(document_id(window, 10, "KH"))
    assert page.entry_panel.findChildren(Note)
    cell = row_of(page, document_id(window, 10, "KH")).cells[1]
    assert isinstance(cell, TwoLine) and cell.bottom.startswith("số ") and cell.bottom.endswith(" ghi 03/02")


@pytest.mark.parametrize("size", [(1366, 768), (1366, 690), (911, 441)])
def test_form_fits_every_window(window: Window, page: DocumentsPage, size: tuple[int, int]) -> None:
    window.shell.resize(*size)
    page.new()
    QApplication.processEvents()
    button = next(b for b in page.entry_panel.findChildren(Button) if b.text() == "Lưu và nhập tiếp")
    place = button.mapTo(window.shell, button.rect().bottomRight())
    assert window.shell.rect().contains(place)
    assert not page.table.horizontalScrollBar().isVisible()


def test_import_opens_over_the_register(window: Window, page: DocumentsPage) -> None:
    next(b for b in page.header.findChildren(Button) if b.text() == "Nhập Excel").click()
    over = window.shell.current_page()
    assert over is not page and over.header.title.text() == "Nhập văn bản từ Excel"
    window.shell.close_over()
    assert window.shell.current_page() is page
