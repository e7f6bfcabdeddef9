"""Nhập Excel in the real window on the sample office: a real workbook, by keyboard, read back from the file."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hand import commit, compose, press, type_text
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QScrollBar, QWidget
from pytestqt.qtbot import QtBot
from python_calamine import CalamineWorkbook

from app import places
from app.clock import Clock
from app.registers.exchange import RowState, reading
from app.reports.assembling import figures_of
from app.ui.cells import Number, Row, Text
from app.ui.importing.preview import ALL
from app.ui.importing.running import Running
from app.ui.page import Page
from app.ui.paged_model import ROW_ROLE
from app.ui.screens.dossiers import DossiersPage
from app.ui.screens.importing import CHOOSE, MATCH, PREVIEW, ImportPage
from app.ui.table import TableView
from app.ui.widgets import file_dialogs
from app.ui.widgets.buttons import Button
from app.ui.widgets.choices import Chip, ChipRow
from app.ui.widgets.combo import Combo
from app.ui.widgets.labels import Label
from app.ui.widgets.messages import Banner, Toast
from tests.ui.excel import FAULTS, FIRST, HEADINGS, one_stop, write_book
from tests.ui.window import Window

LEVEL = Qt.Orientation.Horizontal
CTRL = Qt.KeyboardModifier.ControlModifier
Opening = Callable[[Path], Window]
Make = Callable[..., Path]
UNKNOWN_WORDS = {"Dịch vụ công một phần": "Trực tuyến", "Tại quầy tiếp dân": "Trực tiếp"}


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
def book(tmp_path: Path) -> Make:
    def make(count: int = 1204, **more: Any) -> Path:
        return one_stop(tmp_path / "so-mot-cua-thang-5.xlsx", count, **more)

    return make


def asked(path: Path, query: str, *values: Any) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as file:
        return file.execute(query, values).fetchall()


def counts(path: Path) -> list[tuple[Any, ...]]:
    tables = ("dossier", "dossier_step", "change_group", "change", "import_match")
    return [asked(path, f"SELECT count(*) FROM {table}")[0] for table in tables]


def button(widget: QWidget, text: str) -> Button:
    found = [each for each in widget.findChildren(Button) if each.text() == text and each.isVisible()]
    assert found, text
    return found[0]


def open_import(window: Window, key: str = "dossiers") -> ImportPage:
    place = window.shell.go(key)
    assert place is not None
    button(place, "Nhập Excel").click()
    page = window.shell.current_page()
    assert isinstance(page, ImportPage)
    return page


def step(page: ImportPage) -> int:
    return page._stack.currentIndex()


def choose(page: ImportPage, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file as a person chooses it, Ctrl+O."""
    monkeypatch.setattr(file_dialogs, "file_to_open", lambda *_: path)
    press(page, Qt.Key.Key_O, CTRL)


def read(page: ImportPage, path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    choose(page, path, monkeypatch)
    qtbot.waitUntil(lambda: page._running is None, timeout=20_000)


def idle(page: ImportPage, qtbot: QtBot) -> None:
    """Until the rows have been looked at."""
    QApplication.processEvents()
    qtbot.waitUntil(lambda: page._running is None, timeout=20_000)


def look(page: ImportPage, qtbot: QtBot) -> None:
    """The unknown words set to ours, and on to the preview."""
    for text, meaning in UNKNOWN_WORDS.items():
        named = f"“{text}” là"
        combo = next((each for each in page.matching.panel.findChildren(Combo) if each.accessibleName() == named), None)
        if combo is None:
            continue
        combo.setFocus()
        type_text(combo, meaning)
        press(combo, Qt.Key.Key_Return)
        QApplication.processEvents()
    press(page, Qt.Key.Key_Return, CTRL)
    assert step(page) == PREVIEW
    idle(page, qtbot)


def preview(window: Window, path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> ImportPage:
    page = open_import(window)
    read(page, path, qtbot, monkeypatch)
    look(page, qtbot)
    return page


def chips(row: ChipRow) -> dict[str, str]:
    return {each.key: each.accessibleName() for each in row.findChildren(Chip)}


def rows(table: TableView) -> list[Row]:
    model = table.model()
    return [model.index(number, 0).data(ROW_ROLE) for number in range(model.rowCount())]


def words(row: Row) -> list[str]:
    return [cell.text for cell in row.cells if isinstance(cell, Text | Number)]


def faulty(row: Row) -> list[str]:
    return [cell.text for cell in row.cells if isinstance(cell, Text | Number) and cell.fault]


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def toast(window: Window) -> str:
    found = window.shell.findChild(Toast)
    assert found is not None and found.isVisible()
    return found.accessibleName()


def banners(page: Page) -> list[str]:
    return [each.text.full_text() for each in page.findChildren(Banner) if each.isVisible()]


def correct(page: ImportPage, number: int, text: str, qtbot: QtBot) -> None:
    """A bad cell by keyboard: its row selected, F2, another text, Enter."""
    table = page.previewing.table
    assert table.select(number, near=[row.id for row in rows(table)].index(number))
    table.setFocus()
    press(table, Qt.Key.Key_F2)
    field = focused()
    assert field is page.previewing.editor.field()
    type_text(field, text)
    press(field, Qt.Key.Key_Return)
    idle(page, qtbot)


def bring_in(window: Window, page: ImportPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.at.saved, timeout=20_000):
        press(page, Qt.Key.Key_Return, CTRL)


# --- the whole way ---------------------------------------------------------------------------------------------------


def test_a_month_is_brought_in_and_counted(
    window: Window, book: Make, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = window.at.file.path
    before = asked(path, "SELECT count(*), sum(quantity) FROM dossier")[0]
    with window.at.read() as connection:
        received = figures_of(connection, window.at.period).number("dossiers.new")
    page = open_import(window)
    assert step(page) == CHOOSE
    read(page, book(), qtbot, monkeypatch)
    assert step(page) == MATCH
    assert page.header.count.full_text() == "so-mot-cua-thang-5.xlsx"
    assert chips(page.matching.chips) == {
        "all": "Tất cả 11",
        "look": "Cần xem 1",
        "matched": "Đã khớp 8",
        "left-out": "Không lấy 2",
    }
    assert page.matching.preview.text() == "Xem trước 1.204 dòng"
    look(page, qtbot)
    assert chips(page.previewing.chips) == {
        "all": "Tất cả 1.204",
        "good": "Tốt 1.189",
        "bad": "Lỗi 12",
        "known": "Đã có 3",
    }
    shown = rows(page.previewing.table)
    assert [row.id for row in shown] == [FIRST + number for number in sorted(FAULTS)]
    assert (faulty(shown[0]), words(shown[0])[-1]) == (["31/02/2023"], "Ngày nhận: tháng 2/2023 có 28 ngày")
    assert (faulty(shown[2]), words(shown[2])[-1]) == (["(trống)"], "Người nộp: còn trống")
    correct(page, FIRST + 9, "28/02/2023", qtbot)
    assert chips(page.previewing.chips)["bad"] == "Lỗi 11"
    assert page.previewing.table.current_id() == FIRST + 82
    assert page.previewing.bring_in.text() == "Nhập 1.190 dòng tốt"
    assert asked(path, "SELECT count(*), sum(quantity) FROM dossier")[0] == before
    bring_in(window, page, qtbot)
    assert toast(window) == "Đã nhập 1.190 dòng từ so-mot-cua-thang-5.xlsx, 11 dòng lỗi chưa nhập"
    assert asked(path, "SELECT count(*), sum(quantity) FROM dossier")[0] == (before[0] + 1190, before[1] + 1190)
    assert asked(path, "SELECT received_on FROM dossier WHERE source_row = ?", FIRST + 9) == [("2023-02-28",)]
    listed = window.shell.current_page()
    assert isinstance(listed, DossiersPage)
    with window.at.read() as connection:
        assert figures_of(connection, window.at.period).number("dossiers.new") == received + 1190
    assert chips(listed.chip_row)["all"].endswith("2.645")
    # The way back.
    with qtbot.waitSignal(window.at.saved, timeout=20_000):
        press(listed, Qt.Key.Key_Z, CTRL)
    assert asked(path, "SELECT count(*), sum(quantity) FROM dossier")[0] == before
    assert asked(path, "PRAGMA foreign_key_check") == []


def test_the_same_file_goes_straight_to_its_rows_and_adds_nothing(
    window: Window, book: Make, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, file = book(60, faults={}), window.at.file.path
    page = open_import(window)
    read(page, path, qtbot, monkeypatch)
    name = page.matching.remembering.name
    assert (name.raw(), page.matching.remembering.keep.isChecked()) == ("so-mot-cua-thang-5", True)
    name.setFocus()
    name.selectAll()
    type_text(name, "Một cửa tỉnh")
    look(page, qtbot)
    bring_in(window, page, qtbot)
    assert toast(window) == "Đã nhập 57 dòng từ so-mot-cua-thang-5.xlsx"
    assert asked(file, "SELECT name FROM import_match") == [("Một cửa tỉnh",)]
    before = counts(file)
    again = open_import(window)
    read(again, path, qtbot, monkeypatch)
    idle(again, qtbot)
    assert step(again) == PREVIEW
    assert chips(again.previewing.chips)["known"] == "Đã có 60"
    assert again.previewing.chips.current() == ALL
    said = [label.full_text() for label in again.previewing.findChildren(Label)]
    assert "Cột của tệp khớp theo mẫu “Một cửa tỉnh”, đã nhớ" in said
    assert "Không có dòng nào để nhập. 60 dòng đã có sẽ bỏ qua." in said
    assert not again.previewing.bring_in.isVisible()
    press(again, Qt.Key.Key_Return, CTRL)
    button(again, "Khớp lại").click()
    assert step(again) == MATCH
    assert again.matching.remembering.keep.text() == "Nhớ cho tệp của “Một cửa tỉnh”"
    assert counts(file) == before


def test_what_is_given_up_writes_nothing_and_can_be_had_again(
    window: Window, book: Make, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = counts(window.at.file.path)
    page = preview(window, book(), qtbot, monkeypatch)
    correct(page, FIRST + 9, "2/5/2023", qtbot)
    press(page.previewing.table, Qt.Key.Key_Escape)
    assert isinstance(window.shell.current_page(), DossiersPage)
    assert counts(window.at.file.path) == before
    assert toast(window) == "Chưa nhập so-mot-cua-thang-5.xlsx"
    press(window.shell.current_page(), Qt.Key.Key_Z, CTRL)
    again = window.shell.current_page()
    assert isinstance(again, ImportPage)
    idle(again, qtbot)
    assert chips(again.previewing.chips)["bad"] == "Lỗi 11"
    again.previewing.chips.chip(RowState.GOOD).click()
    corrected = next(row for row in rows(again.previewing.table) if row.id == FIRST + 9)
    assert "02/05/2023" in words(corrected)


# --- step 1 ----------------------------------------------------------------------------------------------------------


def test_what_is_no_table_gets_a_sentence_and_the_window_lives(
    window: Window, tmp_path: Path, book: Make, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_import(window)
    cut = tmp_path / "cut.xlsx"
    cut.write_bytes(book(5).read_bytes()[:2000])
    picture = tmp_path / "anh.xlsx"
    picture.write_bytes(b"\x89PNG" + bytes(100))
    for path, sentence in ((cut, "bị hỏng"), (picture, "không phải Excel"), (tmp_path / "khong-co.xlsx", "Không đọc")):
        read(page, path, qtbot, monkeypatch)
        assert step(page) == CHOOSE
        qtbot.waitUntil(lambda words=sentence: [words in banner for banner in banners(page)] == [True])
    read(page, book(5), qtbot, monkeypatch)
    assert step(page) == MATCH


def test_headings_that_are_not_ours_are_matched_by_hand(
    window: Window, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [["a", "b", "c", "d"], ["Nguyễn Văn Ví Dụ", "Đăng ký kết hôn", date(2023, 5, 2), "Trực tiếp"]]
    path = write_book(tmp_path / "la.xlsx", {"Trang": lines})
    page = open_import(window)
    read(page, path, qtbot, monkeypatch)
    qtbot.waitUntil(lambda: ["Không thấy dòng tiêu đề" in words for words in banners(page)] == [True])
    button(page, "Khớp tay").click()
    assert step(page) == MATCH
    # Ctrl+Enter goes to each required field that has no column.
    for heading in ("b", "a", "d", "c"):
        press(page, Qt.Key.Key_Return, CTRL)
        combo = focused()
        assert step(page) == MATCH and isinstance(combo, Combo)
        type_text(combo, heading)
        press(combo, Qt.Key.Key_Return)
        QApplication.processEvents()
    press(page, Qt.Key.Key_Return, CTRL)
    assert step(page) == PREVIEW
    idle(page, qtbot)
    assert chips(page.previewing.chips)["good"] == "Tốt 1"


def test_a_file_is_dropped_on_the_page(window: Window, book: Make, qtbot: QtBot) -> None:
    page = open_import(window)

    def drop(*paths: Path) -> None:
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        buttons, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        event = QDropEvent(QPointF(300, 300), Qt.DropAction.CopyAction, mime, buttons, none)
        page.dropEvent(event)

    path = book(5)
    drop(path, path)
    QApplication.processEvents()
    qtbot.waitUntil(lambda: banners(page) == ["Mỗi lần chỉ nhập một tệp trên máy này"])
    drop(path)
    qtbot.waitUntil(lambda: page._running is None, timeout=20_000)
    assert step(page) == MATCH


def test_a_blank_sheet_is_written(
    window: Window, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_import(window)
    monkeypatch.setattr(file_dialogs, "file_to_write", lambda *_: tmp_path / "mau")
    button(page, "Tải mẫu trắng").click()
    qtbot.waitUntil((tmp_path / "mau.xlsx").exists)
    headings = CalamineWorkbook.from_path(tmp_path / "mau.xlsx").get_sheet_by_index(0).to_python()[0]
    assert {"Người nộp *", "Ngày nhận *"} <= set(headings)


def test_reading_is_stopped(
    window: Window, book: Make, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    sleeping = tmp_path / "sleeping.py"
    sleeping.write_text("import time; time.sleep(60)")
    monkeypatch.setattr(reading, "READER", sleeping)
    page = open_import(window)
    choose(page, book(5), monkeypatch)
    assert page.choosing.title.full_text() == "Đang đọc so-mot-cua-thang-5.xlsx…"
    button(window.shell.status, "Dừng").click()
    qtbot.waitUntil(lambda: page._running is None)
    assert page.choosing.title.full_text() == "Chọn tệp Excel hoặc CSV"
    qtbot.waitUntil(lambda: banners(page) == [])
    assert not [each for each in window.shell.status.findChildren(Button) if each.isVisible()]
    # Leaving the page ends it as well.
    choose(page, book(5), monkeypatch)
    window.shell.go("documents")
    qtbot.waitUntil(lambda: not window.shell.findChildren(Running))


# --- step 2 ----------------------------------------------------------------------------------------------------------


def test_a_guess_counts_once_enter_accepts_it(
    window: Window, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    headings = ["Họ và tên", "Việc", "Ngày nhận", "Hình thức"]
    lines = [["Lê Văn Thử", "Đăng ký kết hôn", date(2023, 5, day), "Trực tiếp"] for day in range(2, 8)]
    path = write_book(tmp_path / "so.xlsx", {"Trang": [headings, *lines]})
    page = open_import(window)
    read(page, path, qtbot, monkeypatch)
    assert chips(page.matching.chips)["look"] == "Cần xem 1"
    press(page, Qt.Key.Key_Return, CTRL)
    combo = focused()
    assert step(page) == MATCH and isinstance(combo, Combo) and combo.text() == "Thủ tục"
    press(combo, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert chips(page.matching.chips)["look"] == "Cần xem 0"
    press(page, Qt.Key.Key_Return, CTRL)
    assert step(page) == PREVIEW
    idle(page, qtbot)
    assert page.previewing.bring_in.text() == "Nhập 6 dòng tốt"


def test_f2_changes_what_a_column_fills(
    window: Window, book: Make, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_import(window)
    read(page, book(6, faults={}), qtbot, monkeypatch)
    table = page.matching.table
    assert table.select(HEADINGS.index("SL"))
    table.setFocus()
    press(table, Qt.Key.Key_F2)
    combo = focused()
    assert isinstance(combo, Combo) and combo.text() == "Số lượng"
    combo.selectAll()
    type_text(combo, "khong lay")
    press(combo, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert chips(page.matching.chips)["left-out"] == "Không lấy 3"
    said = [label.full_text() for label in page.matching.panel.findChildren(Label)]
    assert "Không có cột “Số lượng”: mỗi dòng là 1 hồ sơ." in said
    assert focused() is table


def test_another_sheet_and_heading_row(
    window: Window, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = ["Lê Văn Thử", "Đăng ký kết hôn", date(2023, 5, 2), "Trực tiếp"]
    headings = ["Người nộp", "Thủ tục", "Ngày nhận", "Nhận qua"]
    sheets = {"Tháng 4": [headings, row, row], "Tháng 5": [["Sổ"], headings, row]}
    page = open_import(window)
    read(page, write_book(tmp_path / "so.xlsx", sheets), qtbot, monkeypatch)
    assert page.matching.preview.text() == "Xem trước 2 dòng"
    page.matching._sheet.picked.emit("Tháng 5")
    assert page.matching.preview.text() == "Xem trước 1 dòng"
    assert page.matching._heading.text() == "2"
    page.matching._heading.picked.emit("1")
    assert chips(page.matching.chips)["matched"] == "Đã khớp 0"
    page.matching._heading.picked.emit("2")
    press(page, Qt.Key.Key_Return, CTRL)
    idle(page, qtbot)
    said = [label.full_text() for label in page.previewing.findChildren(Label)]
    assert "Chưa đọc trang “Tháng 4”" in said


# --- step 3 ----------------------------------------------------------------------------------------------------------


def test_guesses_are_accepted_by_enter_and_all_at_once(
    window: Window, book: Make, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    faults = {number: ("F", 45000 + number) for number in range(3)}
    page = preview(window, book(10, faults=faults), qtbot, monkeypatch)
    table = page.previewing.table
    assert words(rows(table)[0])[-1] == "Ngày nhận: ô ghi số 45000, có phải ngày 15/03/2023?"
    assert page.previewing.guesses.text() == "Nhận cả 3 gợi ý"
    press(table, Qt.Key.Key_Return)
    field = page.previewing.editor.field()
    assert field.text() == "15/03/2023"
    press(field, Qt.Key.Key_Return)
    idle(page, qtbot)
    assert chips(page.previewing.chips)["bad"] == "Lỗi 2"
    page.previewing.guesses.click()
    idle(page, qtbot)
    assert chips(page.previewing.chips)["bad"] == "Lỗi 0"
    bring_in(window, page, qtbot)
    days = "SELECT received_on FROM dossier WHERE source_row IN (5, 6, 7) ORDER BY source_row"
    assert asked(window.at.file.path, days) == [("2023-03-15",), ("2023-03-16",), ("2023-03-17",)]


def test_a_name_that_is_not_in_the_catalogue_is_chosen_from_what_comes_near(
    window: Window, book: Make, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = preview(window, book(5, faults={1: ("E", "Khai sinh nhanh")}), qtbot, monkeypatch)
    assert words(rows(page.previewing.table)[0])[-1] == "Thủ tục: không có trong danh mục. Chọn gần giống?"
    press(page.previewing.table, Qt.Key.Key_F2)
    field = page.previewing.editor.field()
    assert isinstance(field, Combo) and field.is_open()
    press(field, Qt.Key.Key_Return)
    idle(page, qtbot)
    assert chips(page.previewing.chips)["bad"] == "Lỗi 0"
    page.previewing.chips.chip(RowState.GOOD).click()
    assert "Đăng ký khai sinh" in words(rows(page.previewing.table)[1])


def test_a_word_being_composed_in_a_cell_is_kept(
    window: Window, book: Make, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = preview(window, book(5, faults={1: ("C", None)}), qtbot, monkeypatch)
    table = page.previewing.table
    press(table, Qt.Key.Key_F2)
    field = page.previewing.editor.field()
    commit(field, "Đặng Thị ")
    compose(field, "Thử")
    press(field, Qt.Key.Key_Return)  # commits the word and nothing else
    assert page.previewing.editor.is_open()
    press(field, Qt.Key.Key_Return)
    idle(page, qtbot)
    assert not page.previewing.editor.is_open()
    page.previewing.chips.chip(RowState.GOOD).click()
    press(table, Qt.Key.Key_F2)
    press(focused(), Qt.Key.Key_Escape)
    assert isinstance(window.shell.current_page(), ImportPage)
    bring_in(window, page, qtbot)
    query = "SELECT applicant FROM dossier WHERE source_row = 6"
    assert asked(window.at.file.path, query) == [("Đặng Thị Thử",)]


def test_what_is_being_typed_is_looked_at_before_anything_is_written(
    window: Window, book: Make, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = preview(window, book(5, faults={1: ("J", "hai")}), qtbot, monkeypatch)
    press(page.previewing.table, Qt.Key.Key_F2)
    field = page.previewing.editor.field()
    type_text(field, "2")
    press(field, Qt.Key.Key_Return, CTRL)
    assert isinstance(window.shell.current_page(), ImportPage)
    idle(page, qtbot)
    assert page.previewing.bring_in.text() == "Nhập 5 dòng tốt"
    bring_in(window, page, qtbot)
    query = "SELECT sum(quantity) FROM dossier WHERE source_row IS NOT NULL"
    assert asked(window.at.file.path, query) == [(6,)]


def test_tab_goes_to_the_next_cell_and_a_double_click_to_any(
    window: Window, book: Make, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = preview(window, book(5, faults={1: ("F", "22.5"), 2: ("F", "x")}), qtbot, monkeypatch)
    table = page.previewing.table
    place = [column.title for column in table.columns].index("Ngày nhận")
    table.doubleClicked.emit(table.model().index(table.currentIndex().row(), place))
    field = page.previewing.editor.field()
    assert field.text() == "22.5"
    type_text(field, "2/5/2023")
    press(field, Qt.Key.Key_Tab)
    assert page.previewing.editor.is_open() and page.previewing.editor.field() is not field
    beside = page.previewing.editor.field()
    assert isinstance(beside, Combo)
    press(beside, Qt.Key.Key_Escape)  # the list, then the field
    press(beside, Qt.Key.Key_Escape)
    idle(page, qtbot)
    assert chips(page.previewing.chips)["bad"] == "Lỗi 1"


def test_bad_rows_are_written_to_a_file_that_can_be_brought_in(
    window: Window, book: Make, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = preview(window, book(), qtbot, monkeypatch)
    target = tmp_path / "loi.xlsx"
    monkeypatch.setattr(file_dialogs, "file_to_write", lambda *_: target)
    button(page, "Ghi 12 dòng lỗi ra tệp…").click()
    qtbot.waitUntil(target.exists)
    qtbot.waitUntil(lambda: "Đã ghi 12 dòng lỗi" in toast(window))
    assert len(CalamineWorkbook.from_path(target).get_sheet_by_index(0).to_python()) == 13
    bring_in(window, page, qtbot)
    again = open_import(window)
    read(again, target, qtbot, monkeypatch)
    idle(again, qtbot)
    assert step(again) == PREVIEW  # its headings are those that were remembered
    assert chips(again.previewing.chips)["bad"] == "Lỗi 12"


def test_an_import_that_is_stopped_writes_nothing(
    window: Window, book: Make, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = preview(window, book(12_000, faults={}), qtbot, monkeypatch)
    before = counts(window.at.file.path)
    page.previewing.bring_in.click()
    button(window.shell.status, "Dừng").click()
    idle(page, qtbot)
    qtbot.waitUntil(lambda: banners(page) == ["Đã dừng. Chưa ghi dòng nào vào sổ"])
    assert counts(window.at.file.path) == before
    bring_in(window, page, qtbot)
    assert isinstance(window.shell.current_page(), DossiersPage)


def test_one_may_go_elsewhere_while_it_is_written(
    window: Window, book: Make, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = preview(window, book(300, faults={}), qtbot, monkeypatch)
    with qtbot.waitSignal(window.at.saved, timeout=20_000):
        page.previewing.bring_in.click()
        place = window.shell.go("documents")
    assert window.shell.current_page() is place
    assert toast(window) == "Đã nhập 297 dòng từ so-mot-cua-thang-5.xlsx"


@pytest.mark.parametrize("when", ["reading", "looking", "writing"])
def test_the_window_is_closed_in_the_middle(
    when: str, window: Window, book: Make, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, path = window.at.file.path, book(300, faults={})
    before = counts(file)
    page = open_import(window)
    if when == "reading":
        choose(page, path, monkeypatch)
    else:
        read(page, path, qtbot, monkeypatch)
        press(page, Qt.Key.Key_Return, CTRL)
        if when == "writing":
            idle(page, qtbot)
            page.previewing.bring_in.click()
    window.shell.close()
    written = asked(file, "SELECT count(*) FROM dossier WHERE source_row IS NOT NULL")[0][0]
    if when == "writing":
        assert written == 175  # those whose word for the way in is not known stay out
    else:
        assert (written, counts(file)) == (0, before)
    assert asked(file, "PRAGMA integrity_check") == [("ok",)]
    assert not file.with_name(file.name + "-wal").exists()


@pytest.mark.parametrize("size", [(1366, 768), (1366, 690), (911, 441)])
def test_nothing_is_cut_off(
    size: tuple[int, int], window: Window, book: Make, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.shell.resize(*size)
    page = open_import(window)
    assert cut_off(page) == []
    read(page, book(), qtbot, monkeypatch)
    assert cut_off(page) == []
    look(page, qtbot)
    assert cut_off(page) == []
    assert page.previewing.bring_in.visibleRegion().boundingRect() == page.previewing.bring_in.rect()
    assert not any(bar.isVisible() for bar in page.findChildren(QScrollBar) if bar.orientation() == LEVEL)


def cut_off(page: ImportPage) -> list[str]:
    """Texts of labels and buttons that have less room than they need, or hang over an edge."""
    QApplication.processEvents()
    labels = [each for each in page.findChildren(Label) if not each.wordWrap() and not each._elide]
    shown: list[Any] = [*labels, *page.findChildren(Button), *page.findChildren(Chip)]

    def lacks_room(each: QWidget) -> bool:
        seen = each.visibleRegion().boundingRect()
        return each.width() < each.sizeHint().width() or (not seen.isEmpty() and seen.width() < each.width())

    return [each.text() for each in shown if each.isVisible() and lacks_room(each)]


# --- budget, documents -----------------------------------------------------------------------------------------------


def test_a_workbook_of_the_budget_brings_in_its_three_parts(
    window: Window, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheets: dict[str, list[list[Any]]] = {
        "Dòng": [["Năm", "Loại", "Khoản"], [2023, "Chi", "Chi thử"]],
        "Dự toán": [
            ["Năm", "Loại", "Khoản", "Hình thức giao", "Quyết định", "Ngày quyết định", "Số tiền"],
            [2023, "Chi", "Chi thử", "Giao đầu năm", "12/QĐ-UBND", date(2023, 1, 3), 5_000_000],
        ],
        "Bút toán": [
            ["Năm", "Loại", "Khoản", "Ngày", "Nội dung", "Số tiền", "Lý do"],
            [2023, "Chi", "Chi thử", date(2023, 4, 3), "Chi một", 2_000_000, None],
            [2023, "Chi", "Chi thử", date(2023, 4, 4), "Chi hai", 4_000_000, None],
            [2023, "Chi", "Chi thử", date(2023, 4, 5), "Chi ba", 1_000_000, "Bổ sung"],
        ],
    }
    page = open_import(window, "budget")
    read(page, write_book(tmp_path / "ngan-sach.xlsx", sheets), qtbot, monkeypatch)
    assert page.matching.segments is not None
    assert [part.title for part in page._exchange.parts] == ["Dòng", "Dự toán", "Bút toán"]
    assert page.matching.preview.text() == "Xem trước 5 dòng"
    press(page, Qt.Key.Key_Return, CTRL)
    idle(page, qtbot)
    assert page.previewing.segments is not None and page.previewing.segments.raw() == "entries"
    (bad,) = rows(page.previewing.table)
    assert words(bad)[-1] == "Lý do: vượt dự toán 1.000.000 đồng. Ghi lý do để lưu"
    correct(page, 3, "Theo quyết định bổ sung", qtbot)
    assert page.previewing.bring_in.text() == "Nhập 5 dòng tốt"
    bring_in(window, page, qtbot)
    query = "SELECT amount, reason FROM budget_entry WHERE source_row IS NOT NULL ORDER BY source_row"
    reasons = asked(window.at.file.path, query)
    assert [reason for _, reason in reasons] == ["", "Theo quyết định bổ sung", "Bổ sung"]


def test_documents_go_in_by_their_numbers(
    window: Window, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines: list[list[Any]] = [["Loại", "Cơ quan ban hành", "Số", "Ngày", "Trích yếu"]]
    lines += [["Công văn", "UBND", 900 + number, date(2023, 6, 12), f"Về việc thử {number}"] for number in range(4)]
    page = open_import(window, "documents")
    read(page, write_book(tmp_path / "van-ban.xlsx", {"Đi": lines}), qtbot, monkeypatch)
    press(page, Qt.Key.Key_Return, CTRL)
    idle(page, qtbot)
    assert chips(page.previewing.chips)["good"] == "Tốt 4", [words(row) for row in rows(page.previewing.table)]
    bring_in(window, page, qtbot)
    query = "SELECT count(*) FROM document WHERE source_row IS NOT NULL"
    assert asked(window.at.file.path, query) == [(4,)]
