"""Ngân sách in the real window on the sample office, by keyboard; read back from the file itself."""

import sqlite3
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hand import BACKSPACE, commit, compose, press, type_text
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app import places
from app.clock import Clock
from app.registers import budget
from app.ui import theme
from app.ui.cells import Number, Progress, Row, Text
from app.ui.paged_model import ROW_ROLE
from app.ui.screens.budget import BudgetPage
from app.ui.screens.budget_entry_row import EntryRow
from app.ui.screens.importing import ImportPage
from app.ui.table import TableView
from app.ui.tokens import Tone, Type
from app.ui.widgets.buttons import Button
from app.ui.widgets.messages import Banner, Toast
from tests.offices import TODAY, MovingClock
from tests.ui.window import Window

CTRL = Qt.KeyboardModifier.ControlModifier
REVENUE_100, RESERVE = 1, 7  # lines of the sample: Thu hưởng 100%, Dự phòng


def open_window(path: Path, clock: Clock, qtbot: QtBot) -> Window:
    window = Window(path, clock)
    qtbot.addWidget(window.shell)
    window.shell.show()
    window.shell.activateWindow()
    qtbot.waitUntil(window.shell.isActiveWindow)
    return window


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "settings.json"
    monkeypatch.setattr(places, "settings_file", lambda: path)
    return path


@pytest.fixture
def window(sample_path: Path, clock: Clock, qtbot: QtBot, settings: Path) -> Iterator[Window]:
    window = open_window(sample_path, clock, qtbot)
    yield window
    window.shell.close()


@pytest.fixture
def page(window: Window) -> BudgetPage:
    return budget_of(window)


def budget_of(window: Window) -> BudgetPage:
    page = window.shell.go("budget")
    assert isinstance(page, BudgetPage)
    return page


def asked(path: Path, query: str) -> list[tuple[Any, ...]]:
    with sqlite3.connect(path) as file:
        return file.execute(query).fetchall()


def rows_of(table: TableView) -> list[Row]:
    model = table.model()
    return [model.index(number, 0).data(ROW_ROLE) for number in range(model.rowCount())]


def numbers(row: Row) -> list[str]:
    return [cell.text for cell in row.cells if isinstance(cell, Number)]


def shown(row: EntryRow) -> dict[str, str]:
    return {key: field.text() for key, field in row.fields.items()}


def choose(page: BudgetPage, name: str, side: str = "revenue") -> None:
    page.look_at_side(side)
    row = next(row for row in rows_of(page.tree) if row.cells[0].text == name)  # type: ignore[union-attr]
    page.tree.select(row.id)


def type_row(page: BudgetPage, **texts: str) -> None:
    """Types into the open row from its first field on, going on with Tab."""
    page.entries.row.focus_first()
    for key, field in page.entries.row.fields.items():
        assert QApplication.focusWidget() is field
        if key in texts:
            field.selectAll()
            type_text(field, texts[key])
        press(field, Qt.Key.Key_Tab)
        if key == max(texts, key=list(page.entries.row.fields).index):
            field.setFocus()
            break


def saved(qtbot: QtBot, window: Window, act: Any) -> None:
    with qtbot.waitSignal(window.at.saved):
        act()


def enter(page: BudgetPage, key: str = "amount") -> None:
    press(page.entries.row.fields[key], Qt.Key.Key_Return)


def toast(window: Window) -> str:
    return window.shell.findChild(Toast).accessibleName()  # type: ignore[union-attr]


# --- the tree --------------------------------------------------------------------------------------------------------


def test_the_tree_shows_the_sample_as_its_page_says(page: BudgetPage) -> None:
    total, first = rows_of(page.tree)[:2]
    assert numbers(total) == ["11.243.000.000", "8.568.086.260", "2.674.913.740"]
    assert numbers(first) == ["412.000.000", "268.441.260", "143.558.740"]
    assert isinstance(total.cells[4], Progress) and total.cells[4].text == "76,21%"
    page.look_at_side("expenditure")
    assert numbers(rows_of(page.tree)[0])[:2] == ["11.243.000.000", "8.033.228.700"]
    page.look_at_side("investment")
    total, line = rows_of(page.tree)
    assert numbers(total)[:2] == ["5.973.794.000", "5.721.585.000"]
    assert line.cells[1] == Text("Công trình mẫu của xã", muted=True)


def test_another_day_counts_up_to_that_day(page: BudgetPage) -> None:
    page.look.day.setFocus()
    page.look.day.selectAll()
    type_text(page.look.day, "31/3")
    press(page.look.day, Qt.Key.Key_Return)
    assert page.look.day.text() == "31/03/2023"
    assert numbers(rows_of(page.tree)[1])[1] == "128.840.000"
    type_text(page.look.day, "+")
    assert page.look.day.text() == "01/04/2023"
    page.look.day.selectAll()
    type_text(page.look.day, "31/12/2022")
    press(page.look.day, Qt.Key.Key_Return)
    assert page.look.day.text() == "01/04/2023"


def test_lines_below_a_closed_line_are_hidden(page: BudgetPage) -> None:
    page.tree.select("total")
    press(page.tree, Qt.Key.Key_Left)
    assert len(rows_of(page.tree)) == 1
    assert not page.entries.row.isVisible()
    press(page.tree, Qt.Key.Key_Right)
    assert len(rows_of(page.tree)) == 5


# --- the open row ----------------------------------------------------------------------------------------------------


def test_a_row_is_typed_and_written_by_enter(page: BudgetPage, window: Window, qtbot: QtBot) -> None:
    row = page.entries.row
    assert shown(row)["entry_on"] == "09/06/2023"
    assert shown(row)["payer"] == "Đơn vị mẫu"
    window.shell.activateWindow()
    QTest.keyClick(window.shell, Qt.Key.Key_N, CTRL)
    type_row(page, entry_on="12", voucher="PT 083", text="Thu khoán ao cá công sản đợt 2", amount="18,6tr")
    assert row.fields["entry_on"].text() == "12/06/2023"
    assert row.fields["cumulative"].text() == "287.041.260"
    assert page.entries.said() == "18,6tr = 18.600.000 đồng mười tám triệu sáu trăm nghìn đồng"
    saved(qtbot, window, lambda: enter(page))
    query = (
        "SELECT line_id, entry_on, voucher, text, payer, amount, cumulative FROM budget_entry ORDER BY id DESC LIMIT 1"
    )
    assert asked(window.at.file.path, query) == [
        (REVENUE_100, "2023-06-12", "PT 083", "Thu khoán ao cá công sản đợt 2", "Đơn vị mẫu", 18_600_000, None)
    ]
    assert numbers(rows_of(page.entries.table)[-1]) == ["18.600.000", "287.041.260"]
    assert numbers(rows_of(page.tree)[1])[1] == "287.041.260"
    # The next row is open, with day and payer as above, the focus on its day.
    assert shown(row) == {
        "entry_on": "12/06/2023", "voucher": "", "text": "", "payer": "Đơn vị mẫu", "amount": "", "cumulative": ""
    }  # fmt: skip
    assert QApplication.focusWidget() is row.fields["entry_on"]
    assert toast(window) == "Đã ghi PT 083 18.600.000 đồng"


def test_the_day_of_the_next_row_is_typed_over(page: BudgetPage, window: Window, qtbot: QtBot) -> None:
    before = len(rows_of(page.entries.table))
    type_row(page, entry_on="11/6", text="Thu thử", amount="1tr")
    saved(qtbot, window, lambda: enter(page))
    qtbot.waitUntil(lambda: len(rows_of(page.entries.table)) == before + 1)
    day = page.entries.row.fields["entry_on"]
    type_text(day, "12/6")
    press(day, Qt.Key.Key_Tab)
    assert day.text() == "12/06/2023"


def test_below_an_opening_balance_today_is_offered(page: BudgetPage, window: Window, qtbot: QtBot) -> None:
    choose(page, "Dự phòng", "expenditure")
    window.at.save("Số dư đầu", budget.set_opening, RESERVE, date(2023, 5, 31), 5_000_000)
    qtbot.waitUntil(lambda: len(rows_of(page.entries.table)) == 1)
    assert page.entries.row.fields["entry_on"].text() == "12/06/2023"


def test_a_save_is_undone_by_its_toast(page: BudgetPage, window: Window, qtbot: QtBot) -> None:
    type_row(page, text="Thu thử", amount="1tr")
    saved(qtbot, window, lambda: enter(page))
    assert len(rows_of(page.entries.table)) == 7
    saved(qtbot, window, lambda: QTest.keyClick(page.entries.row.fields["entry_on"], Qt.Key.Key_Z, CTRL))
    qtbot.waitUntil(lambda: len(rows_of(page.entries.table)) == 6)
    assert asked(window.at.file.path, "SELECT count(*) FROM budget_entry WHERE text = 'Thu thử'") == [(0,)]


def test_a_cumulative_amount_books_the_difference(page: BudgetPage, window: Window, qtbot: QtBot) -> None:
    row = page.entries.row
    type_row(page, entry_on="12", cumulative="300tr")
    assert row.fields["amount"].text() == "31.558.740"
    saved(qtbot, window, lambda: enter(page, "cumulative"))
    query = "SELECT amount, cumulative, text FROM budget_entry ORDER BY id DESC LIMIT 1"
    assert asked(window.at.file.path, query) == [(31_558_740, 300_000_000, "Lũy kế đến ngày 12/6/2023")]


def test_the_running_total_of_a_day_in_the_past_counts_up_to_it(page: BudgetPage) -> None:
    type_row(page, entry_on="1/3", amount="1tr")
    assert page.entries.row.fields["cumulative"].text() == "73.470.000"


def test_faults_stand_at_the_row_and_the_text_stays(page: BudgetPage, window: Window) -> None:
    type_row(page, entry_on="13", amount="12.34")
    enter(page)
    row = page.entries.row
    assert row.fields["entry_on"].property("fault") and row.fields["amount"].property("fault")
    assert QApplication.focusWidget() is row.fields["entry_on"]
    assert page.entries.hint() == "Ngày sau hôm nay"
    assert row.fields["amount"].text() == "12.34"
    row.fields["entry_on"].selectAll()
    type_text(row.fields["entry_on"], "12")
    assert not row.fields["entry_on"].property("fault")


def test_an_empty_row_is_not_written(page: BudgetPage) -> None:
    page.entries.row.focus_first()
    enter(page, "entry_on")
    assert page.entries.hint() == "Cần nhập số tiền, hoặc lũy kế đến ngày này"
    assert QApplication.focusWidget() is page.entries.row.fields["amount"]


def test_words_are_composed_and_retyped_as_typing_programs_do(page: BudgetPage, window: Window, qtbot: QtBot) -> None:
    text = page.entries.row.fields["text"]
    text.setFocus()
    type_text(text, f"tao{BACKSPACE}{BACKSPACE}ạo ")
    compose(text, "qu")
    commit(text, "quỹ")
    compose(text, "đất")
    press(text, Qt.Key.Key_Return)  # commits the word and nothing else
    assert text.text() == "tạo quỹđất"
    assert page.entries.hint().startswith("Dòng mới")
    page.entries.row.fields["amount"].setFocus()
    type_text(page.entries.row.fields["amount"], "250k")
    saved(qtbot, window, lambda: enter(page))
    assert asked(window.at.file.path, "SELECT text, amount FROM budget_entry ORDER BY id DESC LIMIT 1") == [
        ("tạo quỹđất", 250_000)
    ]


def test_the_cell_above_is_copied(page: BudgetPage) -> None:
    text = page.entries.row.fields["text"]
    text.setFocus()
    QTest.keyClick(text, Qt.Key.Key_D, CTRL)
    assert text.text() == "Thu phí, lệ phí, hoa lợi, tháng 6"


def test_over_the_allocation_a_reason_is_asked(page: BudgetPage, window: Window, qtbot: QtBot) -> None:
    choose(page, "Dự phòng", "expenditure")
    type_row(page, text="Chi phòng chống lụt bão", amount="231,2tr")
    assert page.entries.over() == "Vượt dự toán 1.200.000 đồng. Ghi lý do để lưu"
    enter(page)
    assert QApplication.focusWidget() is page.entries.reason
    assert asked(window.at.file.path, f"SELECT count(*) FROM budget_entry WHERE line_id = {RESERVE}") == [(0,)]
    type_text(page.entries.reason, "Bão số 3")
    saved(qtbot, window, lambda: press(page.entries.reason, Qt.Key.Key_Return))
    query = f"SELECT amount, reason FROM budget_entry WHERE line_id = {RESERVE}"
    assert asked(window.at.file.path, query) == [(231_200_000, "Bão số 3")]
    over = next(row for row in rows_of(page.tree) if row.id == RESERVE)
    assert numbers(over)[2] == "vượt 1.200.000"
    assert isinstance(over.cells[4], Progress) and over.cells[4].tone is Tone.RED
    assert page.entries.over() == ""


def test_the_reason_of_a_row_put_aside_is_not_that_of_the_next(page: BudgetPage) -> None:
    choose(page, "Dự phòng", "expenditure")
    type_row(page, text="Chi phòng chống lụt bão", amount="231,2tr")
    enter(page)
    type_text(page.entries.reason, "Bão số 3")
    press(page.entries.row.fields["text"], Qt.Key.Key_Escape)
    type_row(page, text="Chi khác", amount="300tr")
    enter(page)
    assert QApplication.focusWidget() is page.entries.reason
    assert page.entries.reason.raw() == ""


def test_what_the_command_refuses_comes_back_into_the_row(page: BudgetPage, window: Window, qtbot: QtBot) -> None:
    type_row(page, entry_on="12/06/2022", text="Năm trước", amount="1tr")
    with qtbot.waitSignal(page.entries.row.faulty, check_params_cb=lambda text: "năm ngân sách" in text):
        enter(page)
    assert page.entries.row.fields["text"].text() == "Năm trước"
    assert page.entries.row.fields["amount"].text() == "1.000.000"
    assert page.entries.hint() == "Ngày này không thuộc năm ngân sách 2023"


# --- rows put aside --------------------------------------------------------------------------------------------------


def drafts(window: Window) -> int:
    return int(asked(window.at.file.path, "SELECT count(*) FROM draft")[0][0])


def test_esc_puts_the_row_aside_and_it_can_be_opened_again(page: BudgetPage, window: Window, qtbot: QtBot) -> None:
    type_row(page, text="Đang gõ dở", amount="2tr")
    press(page.entries.row.fields["amount"], Qt.Key.Key_Escape)
    assert toast(window) == "Đã cất dòng đang gõ"
    assert page.entries.row.fields["text"].text() == ""
    qtbot.waitUntil(lambda: drafts(window) == 1)
    QTest.keyClick(page.entries.row.fields["entry_on"], Qt.Key.Key_Z, CTRL)
    assert page.entries.row.fields["text"].text() == "Đang gõ dở"
    assert page.entries.row.fields["cumulative"].text() == "270.441.260"
    saved(qtbot, window, lambda: enter(page))
    qtbot.waitUntil(lambda: drafts(window) == 0)


def test_a_row_belongs_to_its_line(page: BudgetPage, window: Window, qtbot: QtBot) -> None:
    type_row(page, text="Của dòng đầu", amount="2tr")
    press(page.tree, Qt.Key.Key_Down)
    assert page.entries.row.fields["text"].text() == ""
    qtbot.waitUntil(lambda: drafts(window) == 1)
    unfinished = next(button for button in page.entries.findChildren(Button) if "Đang gõ dở" in button.text())
    qtbot.waitUntil(unfinished.isVisible)
    assert unfinished.text() == "Đang gõ dở 1"
    unfinished.click()
    assert page.entries.row.fields["text"].text() == "Của dòng đầu"
    saved(qtbot, window, lambda: enter(page))
    assert asked(window.at.file.path, "SELECT line_id FROM budget_entry ORDER BY id DESC LIMIT 1") == [(REVENUE_100,)]


def test_a_typed_row_outlives_the_window(sample_path: Path, clock: Clock, qtbot: QtBot, settings: Path) -> None:
    window = open_window(sample_path, clock, qtbot)
    page = budget_of(window)
    type_row(page, text="Còn lại sau khi đóng", amount="2tr")
    window.shell.close()
    assert asked(sample_path, "SELECT count(*) FROM draft") == [(1,)]
    again = open_window(sample_path, clock, qtbot)
    page = budget_of(again)
    unfinished = next(button for button in page.entries.findChildren(Button) if "Đang gõ dở" in button.text())
    unfinished.click()
    assert page.entries.row.fields["text"].text() == "Còn lại sau khi đóng"
    again.shell.close()


# --- counter-entries, lines, decisions, years ------------------------------------------------------------------------


def button(page: BudgetPage, text: str) -> Button:
    found = [each for each in page.findChildren(Button) if each.text() == text and each.isVisible()]
    assert found, text
    return found[0]


def test_an_entry_is_taken_back_by_a_counter_entry(page: BudgetPage, window: Window, qtbot: QtBot) -> None:
    page.entries.table.select_first()
    button(page, "Ghi bút toán điều chỉnh").click()
    form = page.counter.form
    reason = form.field("reason").editor
    assert QApplication.focusWidget() is reason
    press(reason, Qt.Key.Key_Return, CTRL)
    assert form.field("reason").error() == "Cần nhập lý do"
    type_text(reason, "Ghi nhầm số")
    saved(qtbot, window, lambda: press(reason, Qt.Key.Key_Return, CTRL))
    assert not page.counter.isVisible()
    query = "SELECT amount, entry_on, reason, corrects_id FROM budget_entry ORDER BY id DESC LIMIT 1"
    assert asked(window.at.file.path, query) == [(-32_210_000, "2023-06-12", "Ghi nhầm số", 1)]
    assert numbers(rows_of(page.entries.table)[-1]) == ["−32.210.000", "236.231.260"]
    page.entries.table.select_first()
    page.entries.table.opened.emit(1)
    assert not page.counter.isVisible()


def test_a_decision_is_entered_beside_its_line(page: BudgetPage, window: Window, qtbot: QtBot) -> None:
    button(page, "Quyết định giao dự toán").click()
    given = page.beside.panel.findChild(TableView)
    assert given is not None
    assert [row.cells[0].bottom for row in rows_of(given)] == [  # type: ignore[union-attr]
        "03/01/2023 · Giao đầu năm", "12/04/2023 · Bổ sung"
    ]  # fmt: skip
    button(page, "Ghi quyết định").click()
    form = page.beside.panel.form
    assert form is not None
    form.set_value("allocation_kind", "withdrawn")
    for key, text in (("decision", "Quyết định mẫu 09/TH"), ("decided_on", "1/6"), ("amount", "12tr")):
        editor = form.field(key).editor
        editor.setFocus()
        type_text(editor, text)
    saved(qtbot, window, form.ask_save)
    query = "SELECT line_id, kind, decision, decided_on, amount FROM budget_allocation ORDER BY id DESC LIMIT 1"
    assert asked(window.at.file.path, query) == [
        (REVENUE_100, "withdrawn", "Quyết định mẫu 09/TH", "2023-06-01", -12_000_000)
    ]
    assert numbers(rows_of(page.tree)[1])[0] == "400.000.000"
    assert page.tree.hasFocus()
    # The list of decisions stands again, and follows the chosen line.
    given = page.beside.panel.findChildren(TableView)[-1]
    assert len(rows_of(given)) == 3
    press(page.tree, Qt.Key.Key_Down)
    assert page.beside.panel.detail.full_text() == "Thu phân chia theo tỷ lệ"
    press(page.tree, Qt.Key.Key_Escape)
    assert page.beside.panel.isHidden() and page.tree.hasFocus()


def test_a_line_is_entered_and_mended(page: BudgetPage, window: Window, qtbot: QtBot) -> None:
    page.look_at_side("expenditure")
    button(page, "Khoản mới").click()
    form = page.beside.panel.form
    assert form is not None
    assert not form.field("project").isVisible()
    type_text(form.field("name").editor, "Nâng cấp đường thôn")
    QTest.mouseClick(form.field("is_investment").editor, Qt.MouseButton.LeftButton, pos=QPoint(4, 12))
    assert form.field("project").isVisible()
    type_text(form.field("project").editor, "Đường thôn Mẫu")
    saved(qtbot, window, form.ask_save)
    query = "SELECT year, kind, name, is_investment, project, parent_id FROM budget_line ORDER BY id DESC LIMIT 1"
    assert asked(window.at.file.path, query) == [
        (2023, "expenditure", "Nâng cấp đường thôn", 1, "Đường thôn Mẫu", None)
    ]
    assert page.tree.current_id() == 8
    QTest.keyClick(page.tree, Qt.Key.Key_F2)
    form = page.beside.panel.form
    assert form is not None
    form.set_value("parent_id", "5")
    with qtbot.waitSignal(form.field("parent_id").editor.edited, raising=False, timeout=300):
        form.ask_save()
    assert "“5”" in form.field("parent_id").error()  # a line with amounts takes no lines below it
    press(form, Qt.Key.Key_Escape)
    assert page.beside.panel.isHidden()
    assert toast(window) == "Đã cất bản đang gõ"


def banners(page: BudgetPage) -> list[str]:
    return [each.text.full_text() for each in page.findChildren(Banner) if each.isVisible()]


def test_a_decision_entered_twice_is_taken_away_and_one_key_brings_it_back(
    page: BudgetPage, window: Window, qtbot: QtBot
) -> None:
    button(page, "Quyết định giao dự toán").click()
    given = page.beside.panel.findChild(TableView)
    assert given is not None
    given.setFocus()
    given.select(rows_of(given)[1].id)
    press(given, Qt.Key.Key_Return)
    remove = next(each for each in page.beside.panel.findChildren(Button) if each.text() == "Xóa")
    qtbot.waitUntil(remove.isVisible)
    saved(qtbot, window, remove.click)
    assert toast(window).startswith("Đã xóa quyết định giao “")
    query = f"SELECT kind FROM budget_allocation WHERE line_id = {REVENUE_100} ORDER BY id"
    assert asked(window.at.file.path, query) == [("given",)]
    assert numbers(rows_of(page.tree)[1])[0] == "380.000.000"
    # The list of decisions stands again.
    assert len(rows_of(page.beside.panel.findChildren(TableView)[-1])) == 1
    assert page.tree.hasFocus()
    saved(qtbot, window, lambda: press(page.tree, Qt.Key.Key_Z, CTRL))
    assert asked(window.at.file.path, query) == [("given",), ("added",)]
    assert numbers(rows_of(page.tree)[1])[0] == "412.000.000"
    assert len(rows_of(page.beside.panel.findChildren(TableView)[-1])) == 2


def test_a_line_entered_by_mistake_is_taken_away(page: BudgetPage, window: Window, qtbot: QtBot) -> None:
    button(page, "Khoản mới").click()
    form = page.beside.panel.form
    assert form is not None
    assert not [each for each in page.beside.panel.findChildren(Button) if each.text() == "Xóa"]
    type_text(form.field("name").editor, "Thu khác")
    saved(qtbot, window, form.ask_save)
    line = page.tree.current_id()
    press(page.tree, Qt.Key.Key_F2)
    saved(qtbot, window, button(page, "Xóa").click)
    assert toast(window) == "Đã xóa khoản “Thu khác”"
    there = f"SELECT count(*) FROM budget_line WHERE id = {line}"
    assert asked(window.at.file.path, there) == [(0,)]
    assert page.beside.panel.isHidden() and page.tree.hasFocus()
    assert page.tree.current_id() == REVENUE_100 and line not in [row.id for row in rows_of(page.tree)]
    saved(qtbot, window, lambda: press(page.tree, Qt.Key.Key_Z, CTRL))
    assert asked(window.at.file.path, there) == [(1,)]
    assert line in [row.id for row in rows_of(page.tree)]


def test_a_row_typed_for_a_line_that_is_taken_away_goes_to_no_other(
    page: BudgetPage, window: Window, qtbot: QtBot
) -> None:
    button(page, "Khoản mới").click()
    form = page.beside.panel.form
    assert form is not None
    type_text(form.field("name").editor, "Thu khác")
    saved(qtbot, window, form.ask_save)
    type_row(page, text="Của khoản ghi nhầm", amount="2tr")
    page.beside.edit_line()
    saved(qtbot, window, button(page, "Xóa").click)
    assert page.tree.current_id() == REVENUE_100 and page.entries.row.fields["text"].text() == ""
    unfinished = next(each for each in page.entries.findChildren(Button) if "Đang gõ dở" in each.text())
    qtbot.waitUntil(unfinished.isVisible)
    # As long as the line is gone there is nowhere to type on: the row is dropped, and comes back with one key.
    unfinished.click()
    assert toast(window) == "Khoản của dòng đang gõ không còn trong sổ, đã bỏ dòng đó"
    qtbot.waitUntil(lambda: drafts(window) == 0 and unfinished.isHidden())
    press(page.tree, Qt.Key.Key_Z, CTRL)
    qtbot.waitUntil(lambda: drafts(window) == 1)


def test_a_line_in_use_stays_and_says_why(page: BudgetPage, window: Window, qtbot: QtBot) -> None:
    press(page.tree, Qt.Key.Key_F2)
    form = page.beside.panel.form
    assert form is not None
    type_text(form.field("name").editor, "Gõ dở ")
    button(page, "Xóa").click()
    qtbot.waitUntil(lambda: banners(page) != [])
    assert banners(page) == ["Không xóa được khoản “Thu hưởng 100%”: đã có bút toán. Ghi nhầm tên khoản thì sửa tên."]
    assert page.beside.panel.form is form and form.typed()["name"] == "Gõ dở Thu hưởng 100%"
    press(form, Qt.Key.Key_Escape)
    assert banners(page) == []


def test_a_new_year_begins_with_the_lines_of_this_one(page: BudgetPage, window: Window, qtbot: QtBot) -> None:
    offered = page.look.years_offered()
    assert (offered[0].label, offered[0].hint) == ("Mở năm 2024", "chép khoản năm 2023")
    saved(qtbot, window, lambda: page.look.pick_year(offered[0].key))
    assert toast(window) == "Đã mở năm 2024 với 7 khoản"
    assert asked(window.at.file.path, "SELECT count(*) FROM budget_line WHERE year = 2024") == [(7,)]
    assert numbers(rows_of(page.tree)[0]) == ["0", "0", "0"]
    assert [choice.label for choice in page.look.years_offered()] == ["Năm 2024", "Năm 2023"]


def test_a_year_without_lines_says_what_to_do(office_path: Path, clock: Clock, qtbot: QtBot, settings: Path) -> None:
    window = open_window(office_path, clock, qtbot)
    page = budget_of(window)
    assert not page.entries.isVisible()
    assert rows_of(page.tree) == []
    button(page, "Khoản mới").click()
    form = page.beside.panel.form
    assert form is not None
    type_text(form.field("name").editor, "Thu phí")
    saved(qtbot, window, form.ask_save)
    assert page.entries.isVisible()
    assert [row.cells[0].text for row in rows_of(page.tree)] == ["Thu ngân sách", "Thu phí"]  # type: ignore[union-attr]
    window.shell.close()


def test_a_first_year_begins_with_the_usual_lines(
    office_path: Path, clock: Clock, qtbot: QtBot, settings: Path
) -> None:
    window = open_window(office_path, clock, qtbot)
    page = budget_of(window)
    saved(qtbot, window, button(page, "Lập các khoản thường dùng").click)
    assert toast(window).startswith("Đã lập ") and page.entries.isVisible()
    assert len(rows_of(page.tree)) > 2
    # Nothing was given yet: what comes in exceeds nothing, what is spent does.
    type_row(page, amount="5tr")
    saved(qtbot, window, lambda: enter(page))
    assert numbers(rows_of(page.tree)[0]) == ["0", "5.000.000", ""]
    assert page.entries._left_words.text() == "Chưa giao dự toán"
    page.look_at_side("expenditure")
    type_row(page, amount="2tr")
    enter(page)
    type_text(page.entries.reason, "Chi trước khi được giao")
    saved(qtbot, window, lambda: press(page.entries.reason, Qt.Key.Key_Return))
    assert numbers(rows_of(page.tree)[0]) == ["0", "2.000.000", "vượt 2.000.000"]
    window.shell.close()


def test_what_is_counted_up_to_today_goes_on_at_midnight(office_path: Path, qtbot: QtBot, settings: Path) -> None:
    moving = MovingClock(TODAY)
    window = open_window(office_path, moving.clock, qtbot)
    page = budget_of(window)
    moving.day = TODAY + timedelta(days=1)
    with qtbot.waitSignal(window.at.day_changed, timeout=5000):
        pass
    assert page.look.day.text() == "13/06/2023"
    window.shell.close()


def test_a_file_is_brought_in_from_here(page: BudgetPage, window: Window) -> None:
    button(page, "Nhập Excel").click()
    assert isinstance(window.shell.current_page(), ImportPage)


# --- the window ------------------------------------------------------------------------------------------------------


def test_the_place_of_the_line_between_is_remembered(
    sample_path: Path, clock: Clock, qtbot: QtBot, settings: Path
) -> None:
    window = open_window(sample_path, clock, qtbot)
    page = budget_of(window)
    page.splitter.moveSplitter(250, 1)
    height = page.tree.height()
    qtbot.waitUntil(settings.exists, timeout=3000)
    window.shell.close()
    again = open_window(sample_path, clock, qtbot)
    assert abs(budget_of(again).tree.height() - height) <= 1
    again.shell.close()


def test_no_window_opens_beside_the_shell(page: BudgetPage, window: Window) -> None:
    page.tree.select("total")
    page.look_at_side("investment")
    page.beside.open_allocations()
    assert [each for each in QApplication.topLevelWidgets() if each.isVisible()] == [window.shell]


def test_beside_a_panel_in_a_narrow_window_the_tree_keeps_whole_numbers(page: BudgetPage, window: Window) -> None:
    window.shell.resize(911, 441)
    page.beside.open_allocations()
    QApplication.processEvents()
    assert [column.key for column in page.tree.columns] == ["name", "done", "part"]
    assert not page.entries.isVisible()
    page.new_entry()
    assert page.entries.isVisible() and QApplication.focusWidget() is page.entries.row.fields["entry_on"]


def test_beside_a_panel_even_what_exceeds_billions_stands_whole(page: BudgetPage, window: Window) -> None:
    window.shell.resize(1366, 768)
    page.beside.open_allocations()
    QApplication.processEvents()
    [place] = [place for place, column in enumerate(page.tree.columns) if column.key == "left"]
    room = page.tree.cell_room(QRectF(0, 0, page.tree.columnWidth(place), 32), place)
    assert QFontMetricsF(theme.font(Type.BODY)).horizontalAdvance("vượt 64.453.820.200") <= room.width()


@pytest.mark.parametrize(("width", "height"), [(1366, 690), (911, 441), (900, 430)])
def test_nothing_is_cut_in_a_small_window(page: BudgetPage, window: Window, width: int, height: int) -> None:
    window.shell.resize(width, height)
    QApplication.processEvents()
    for table in (page.tree, page.entries.table):
        assert not table.horizontalScrollBar().isVisible()
        assert table.isVisible() and table.height() >= 64
    assert page.entries.row.isVisible()
    type_text(page.entries.row.fields["amount"], "1tr")
    QApplication.processEvents()
    bottom = page.entries.bar.mapTo(page, QPoint(0, page.entries.bar.height()))
    assert page.entries.bar.isVisible() and bottom.y() <= page.height()
    fields = list(page.entries.row.fields.values())
    assert all(left.geometry().left() < right.geometry().left() for left, right in pairwise(fields))
