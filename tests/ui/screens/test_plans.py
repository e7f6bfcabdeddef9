"""Kế hoạch in the real window on the sample office, by keyboard."""

import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hand import press, type_text
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app import places
from app.clock import Clock
from app.models.database import Actor
from app.registers import plan_tasks, plans
from app.reports.assembling import figures_of
from app.ui.cells import Due, Row, Tick
from app.ui.paged_model import ROW_ROLE
from app.ui.screens.documents import DocumentsPage
from app.ui.screens.plans import PlansPage
from app.ui.tokens import Tone
from app.ui.widgets.buttons import Button
from app.ui.widgets.choices import Chip
from app.ui.widgets.labels import Label
from app.ui.widgets.messages import Toast
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
def page(window: Window) -> PlansPage:
    page = window.shell.go("plans")
    assert isinstance(page, PlansPage)
    page.table.setFocus()
    return page


def asked(page: PlansPage, query: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(page.session.file.path) as file:
        return file.execute(query).fetchall()


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def chips(page: PlansPage) -> list[str]:
    return [chip.accessibleName() for chip in page.chip_row.findChildren(Chip)]


def rows(page: PlansPage) -> list[Row]:
    model = page.table.model()
    return [model.index(number, 0).data(ROW_ROLE) for number in range(model.rowCount())]


def headings(page: PlansPage) -> list[str]:
    return [f"{row.group.title} {row.group.count}".strip() for row in rows(page) if row.group]


def task_id(page: PlansPage, content: str) -> int:
    return int(str(asked(page, f"SELECT id FROM plan_task WHERE content = '{content}'")[0][0]))


def look_at(page: PlansPage, key: str) -> None:
    page.chip_row.choose(key)
    page.chip_row.chosen.emit(key)


def said(widget: QWidget) -> list[str]:
    return [label.full_text() for label in widget.findChildren(Label)]


def save(page: PlansPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.session.saved):
        press(focused(), Qt.Key.Key_S, CTRL)


def test_header_is_what_the_report_says_of_plans(window: Window, page: PlansPage) -> None:
    with window.at.read() as connection:
        found = figures_of(connection, window.at.period)
    done, total = found.number("plans.tasks.done"), found.number("plans.tasks.total")
    assert (done, total, found.number("plans.listed")) == (31, 55, 11)
    assert page.header.count.full_text() == "Trong báo cáo: 31/55 nhiệm vụ xong, 11 kế hoạch, đến 10/6/2023"
    assert chips(page) == ["Chưa xong 24", "Quá hạn 0", "Việc của tôi 8", "Đã xong 31", "Tất cả 55"]


def test_groups_by_day_say_what_is_late_and_what_is_soon(page: PlansPage) -> None:
    assert headings(page) == ["Tuần này 2", "Tháng này 7", "Sau 15"]
    week = rows(page)[0].group
    assert week is not None and (week.tone, week.icon) == (Tone.AMBER, "clock")
    first = rows(page)[1].cells
    assert first[0] == Tick("Số hóa hồ sơ, kết quả giải quyết")
    assert first[3] == Due("15/06", "còn 3 ngày", Tone.AMBER)
    with sqlite3.connect(page.session.file.path) as file:
        file.execute("UPDATE plan_task SET due_on = '2023-06-08' WHERE content = 'Tập huấn hòa giải viên'")
    page.refresh()
    late = rows(page)[0].group
    assert late is not None and (late.title, late.tone) == ("Quá hạn", Tone.RED)
    assert chips(page)[1] == "Quá hạn 1"
    look_at(page, "all")
    assert headings(page)[-1] == "Đã xong 31"


def test_space_asks_the_result_and_ctrl_s_writes_it_with_today(window: Window, page: PlansPage, qtbot: QtBot) -> None:
    wanted = task_id(page, "Số hóa hồ sơ, kết quả giải quyết")
    page.table.select(wanted)
    press(page.table, Qt.Key.Key_Space)
    form = page.entry_panel.form
    assert form is not None and focused() is form.field("result").editor
    type_text(focused(), "Đã số hóa 1.441/1.455 hồ s\bsơ")
    save(page, qtbot)
    query = f"SELECT done_on, result FROM plan_task WHERE id = {wanted}"
    assert asked(page, query) == [("2023-06-12", "Đã số hóa 1.441/1.455 hồ sơ")]
    assert chips(page)[0] == "Chưa xong 23" and chips(page)[3] == "Đã xong 32"
    assert "Đã số hóa 1.441/1.455 hồ sơ" in said(page.entry_panel) and focused() is page.table
    toast = window.shell.findChild(Toast)
    assert toast is not None and toast.accessibleName() == "Đã ghi nhiệm vụ xong"  # type: ignore[attr-defined]
    with qtbot.waitSignal(window.at.changed):
        press(page.table, Qt.Key.Key_Z, CTRL)
    assert asked(page, query) == [(None, "")] and chips(page)[0] == "Chưa xong 24"


def test_space_takes_a_done_task_back_and_its_result_stays(page: PlansPage, qtbot: QtBot) -> None:
    look_at(page, "done")
    done = page.table
    done.select_first()
    wanted = done.current_id()
    result = asked(page, f"SELECT result FROM plan_task WHERE id = {wanted}")
    with qtbot.waitSignal(page.session.saved):
        press(done, Qt.Key.Key_Space)
    assert asked(page, f"SELECT done_on FROM plan_task WHERE id = {wanted}") == [(None,)]
    assert asked(page, f"SELECT result FROM plan_task WHERE id = {wanted}") == result
    assert chips(page)[3] == "Đã xong 30"


def test_left_and_right_close_and_open_a_group(page: PlansPage) -> None:
    page.table.select_first()
    before = page.table.count()
    press(page.table, Qt.Key.Key_Left)
    assert page.table.count() == before - 2 and headings(page)[0] == "Tuần này 2"
    press(page.table, Qt.Key.Key_Right)
    assert page.table.count() == before
    press(page.table, Qt.Key.Key_Left)
    press(page.table, Qt.Key.Key_Left)
    assert page.table.count() == before - 2


def test_by_plan_each_group_has_its_progress(page: PlansPage) -> None:
    page.grouping.set_raw("plan")
    page.grouping.chosen.emit("plan")
    group = rows(page)[0].group
    assert group is not None and group.progress == (5, 9)
    assert group.title.startswith("31/KH-UBND · Thực hiện công tác cải cách hành chính")


def test_by_person_and_my_own_follow_who_sits_at_the_pc(window: Window, page: PlansPage) -> None:
    page.grouping.set_raw("person")
    page.grouping.chosen.emit("person")
    assert [heading.rsplit(" ", 1)[0] for heading in headings(page)] == [
        "Nguyễn Văn Ví Dụ",
        "Phạm Văn Mẫu",
        "Trần Thị Mẫu",
        "Lê Thị Thử",
    ]
    look_at(page, "mine")
    assert headings(page) == ["Trần Thị Mẫu 8"]
    with window.at.read() as connection:
        other = next(task for task in plan_tasks.tasks(connection) if task.lead == "Lê Thị Thử")
    window.at.sit_down(Actor("Lê Thị Thử", other.lead_id))
    assert [heading.rsplit(" ", 1)[0] for heading in headings(page)] == ["Lê Thị Thử"]


def test_search_looks_into_task_plan_and_person(page: PlansPage) -> None:
    for query, found in (("tap huan hoa giai", 1), ("31/kh", 4), ("pham van mau", 3)):
        page.look(search=query)
        assert chips(page)[0] == f"Chưa xong {found}", query
    page.look(search="không có đâu")
    assert "Không thấy nhiệm vụ nào khớp “không có đâu”" in said(page.table)


def test_task_is_added_of_the_plan_of_the_selected_one(page: PlansPage, qtbot: QtBot) -> None:
    page.table.select(task_id(page, "Tập huấn hòa giải viên"))
    press(page.table, Qt.Key.Key_T, CTRL)
    form = page.entry_panel.form
    assert form is not None and focused() is form.field("content").editor
    type_text(focused(), "Cấp thẻ hòa giải viên")
    form.field("due_on").editor.setFocus()
    type_text(focused(), "30/6")
    save(page, qtbot)
    query = """SELECT d.number, t.content, t.due_on FROM plan_task t JOIN document d ON d.id = t.document_id
        ORDER BY t.id DESC LIMIT 1"""
    assert asked(page, query) == [(6, "Cấp thẻ hòa giải viên", "2023-06-30")]
    assert chips(page)[4] == "Tất cả 56"


def test_the_next_task_is_of_the_plan_just_chosen(page: PlansPage, qtbot: QtBot) -> None:
    press(page.table, Qt.Key.Key_T, CTRL)
    form = page.entry_panel.form
    assert form is not None
    before = form.value("document_id")
    form.field("document_id").editor.setFocus()
    focused().selectAll()  # type: ignore[attr-defined]
    type_text(focused(), "24/KH")
    press(focused(), Qt.Key.Key_Tab)
    assert focused() is form.field("content").editor
    type_text(focused(), "Việc của kế hoạch khác")
    chosen = form.value("document_id")
    assert chosen != before
    save(page, qtbot)
    following = page.entry_panel.form
    assert following is not None and following is not form
    assert following.value("document_id") == chosen
    assert focused() is following.field("content").editor


def test_new_plan_is_written_in_the_register_of_documents(window: Window, page: PlansPage) -> None:
    press(page.table, Qt.Key.Key_N, CTRL)
    documents = window.shell.current_page()
    assert isinstance(documents, DocumentsPage)
    form = documents.entry_panel.form
    assert form is not None and form.typed()["number"] == "28"
    assert focused() is form.field("abstract").editor and not form.field("in_report").isHidden()


def test_opened_task_tells_its_plan_and_is_corrected_with_f2(page: PlansPage, qtbot: QtBot) -> None:
    wanted = task_id(page, "Số hóa hồ sơ, kết quả giải quyết")
    page.table.select(wanted)
    press(page.table, Qt.Key.Key_Return)
    assert page.entry_panel.title.text() == "Nhiệm vụ"
    assert page.entry_panel.detail.full_text() == "6/9 của kế hoạch"
    assert {"Thủ tục hành chính", "Trần Thị Mẫu", "hạn 15/06/2023"} <= set(said(page.entry_panel))
    press(page.table, Qt.Key.Key_F2)
    form = page.entry_panel.form
    assert form is not None
    form.set_value("due_on", date(2023, 6, 30))
    save(page, qtbot)
    assert asked(page, f"SELECT due_on, done_on FROM plan_task WHERE id = {wanted}") == [("2023-06-30", None)]
    assert headings(page) == ["Tuần này 1", "Tháng này 8", "Sau 15"]


def test_a_task_entered_by_mistake_is_taken_away(window: Window, page: PlansPage, qtbot: QtBot) -> None:
    wanted = task_id(page, "Số hóa hồ sơ, kết quả giải quyết")
    page.show_task(wanted)
    page.edit()
    next(each for each in page.entry_panel.findChildren(Button) if each.text() == "Xóa").click()
    qtbot.waitUntil(lambda: asked(page, f"SELECT count(*) FROM plan_task WHERE id = {wanted}") == [(0,)])
    qtbot.waitUntil(lambda: wanted not in [row.id for row in rows(page)])
    toast = window.shell.findChild(Toast)
    assert toast is not None
    qtbot.waitUntil(toast.isVisible)
    middles = [each.mapToGlobal(each.rect().center()).x() for each in (toast, page)]
    assert abs(middles[0] - middles[1]) <= 1  # in the middle of the list, which has the room of the closed panel
    press(page.table, Qt.Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: wanted in [row.id for row in rows(page)])


def test_plan_of_another_year_opens_from_its_task(window: Window, page: PlansPage) -> None:
    with sqlite3.connect(window.at.file.path) as file:
        file.execute("UPDATE document SET dated_on = '2022-10-01' WHERE abstract LIKE 'Ứng dụng công nghệ%'")
    page.show_task(task_id(page, "Thay chữ ký số sắp hết hạn"))
    next(b for b in page.entry_panel.findChildren(Button) if b.text() == "32/KH-UBND").click()
    documents = window.shell.current_page()
    assert isinstance(documents, DocumentsPage)
    assert documents.entry_panel.title.text() == "Kế hoạch 32/KH-UBND" and documents.view.period is None


def test_result_left_half_typed_waits_as_a_draft(page: PlansPage, qtbot: QtBot) -> None:
    page.table.select_first()
    wanted = page.table.current_id()
    press(page.table, Qt.Key.Key_Space)
    type_text(focused(), "Mới làm một nửa")
    press(focused(), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: len(page.drafting.waiting()) == 1)
    page.resume(page.drafting.waiting()[0])
    form = page.entry_panel.form
    assert form is not None and form.typed() == {"result": "Mới làm một nửa"}
    save(page, qtbot)
    assert asked(page, f"SELECT done_on FROM plan_task WHERE id = {wanted}") == [("2023-06-12",)]
    assert page.drafting.waiting() == []


def test_what_is_half_typed_of_a_task_goes_with_it(page: PlansPage, qtbot: QtBot) -> None:
    page.table.select_first()
    wanted = page.table.current_id()
    press(page.table, Qt.Key.Key_Space)
    type_text(focused(), "Của việc ghi nhầm")
    press(focused(), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: len(page.drafting.waiting()) == 1)
    page.open_row(wanted)
    page.edit()
    next(each for each in page.entry_panel.findChildren(Button) if each.text() == "Xóa").click()
    qtbot.waitUntil(lambda: asked(page, f"SELECT count(*) FROM plan_task WHERE id = {wanted}") == [(0,)])
    # The next task may get its number in the file, and must not get its words.
    qtbot.waitUntil(lambda: not [chip for chip in chips(page) if chip.startswith("Đang gõ dở")])
    assert asked(page, "SELECT count(*) FROM draft") == [(0,)]


def test_overdue_task_shows_in_the_navigation(window: Window, page: PlansPage, qtbot: QtBot) -> None:
    wanted = task_id(page, "Tập huấn hòa giải viên")
    with qtbot.waitSignal(window.at.changed):
        window.at.save("Sửa nhiệm vụ", plans.save, wanted, {"due_on": date(2023, 6, 8)})
    entries = [each.accessibleName() for each in window.shell.navigation.children() if hasattr(each, "accessibleName")]
    assert "Kế hoạch, 1 quá hạn" in entries


def test_tasks_of_a_voided_plan_are_gone(page: PlansPage) -> None:
    with sqlite3.connect(page.session.file.path) as file:
        file.execute("UPDATE document SET voided_on = '2023-06-09' WHERE abstract LIKE 'Ứng dụng công nghệ%'")
    page.refresh()
    assert chips(page)[4] == "Tất cả 49"


@pytest.mark.parametrize("size", [(1366, 768), (1366, 690), (911, 441)])
def test_result_form_fits_every_window(window: Window, page: PlansPage, size: tuple[int, int]) -> None:
    window.shell.resize(*size)
    page.table.select_first()
    press(page.table, Qt.Key.Key_Space)
    QApplication.processEvents()
    button = next(b for b in page.entry_panel.findChildren(Button) if b.text() == "Ghi là đã xong" and b.isVisible())
    assert window.shell.rect().contains(button.mapTo(window.shell, button.rect().bottomRight()))
