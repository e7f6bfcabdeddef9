"""The table asks for the pages it paints, keeps heights and selection, and says what it shows."""

from typing import Any

import pytest
from hand import press
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from sheet import COLUMNS, dossiers

from app.ui.cells import Branch, Due, FixedRows, Group, Number, Pill, Progress, Row, Text, Tick, TwoLine, spoken
from app.ui.paged_model import PAGE, Column
from app.ui.table import TableView
from app.ui.tokens import Size, Tone
from app.ui.widgets.states import EmptyState


class Million:
    """Counts what it is asked for."""

    def __init__(self) -> None:
        self.asked: list[int] = []

    def count(self) -> int:
        return 1_000_000

    def page(self, offset: int, limit: int) -> list[Row]:
        self.asked.append(offset)
        return [Row(n, (Text(f"Dòng {n}"), Number(str(n)))) for n in range(offset, min(offset + limit, 1_000_000))]


TWO = (Column("name", "Tên", stretch=True), Column("count", "Số", 90, right=True, sort="count"))


def shown(qtbot: QtBot, table: TableView, width: int = 764, height: int = 500) -> TableView:
    qtbot.addWidget(table)
    table.resize(width, height)
    table.show()
    qtbot.waitExposed(table)
    table.grab()
    return table


def test_a_million_rows_ask_for_few_pages(qtbot: QtBot) -> None:
    source = Million()
    table = TableView(TWO)
    table.set_source(source)
    shown(qtbot, table)
    assert len(set(source.asked)) <= 2
    table.verticalScrollBar().setValue(table.verticalScrollBar().maximum())
    table.grab()
    assert len(source.asked) <= 4
    assert max(source.asked) == 1_000_000 - PAGE
    table.verticalScrollBar().setValue(table.verticalScrollBar().maximum() // 2)
    table.grab()
    assert len(source.asked) <= 6


def test_a_register_that_shrank_meanwhile_does_no_harm(qtbot: QtBot) -> None:
    class Shrunk(Million):
        def page(self, offset: int, limit: int) -> list[Row]:
            return super().page(offset, 3)

    table = TableView(TWO)
    table.set_source(Shrunk())
    shown(qtbot, table)
    assert table.model().index(7, 0).data() is None


@pytest.mark.parametrize("height", [Size.ROW, Size.ROW_DENSE, Size.ROW_WIDE, Size.ROW_TWO_LINES])
def test_row_heights_are_as_said(qtbot: QtBot, height: int) -> None:
    table = TableView(COLUMNS, row_height=height)
    table.set_source(dossiers())
    shown(qtbot, table)
    assert {table.rowHeight(row) for row in range(table.count())} == {height}
    assert table.horizontalHeader().height() == Size.TABLE_HEAD


def test_group_rows_are_lower_and_cannot_be_opened(qtbot: QtBot) -> None:
    table = TableView(TWO)
    table.set_source(
        FixedRows([Row("g", group=Group("Quá hạn", "1", Tone.RED, "circle-alert")), Row(1, (Tick("A"), Number("1")))])
    )
    shown(qtbot, table)
    qtbot.waitUntil(lambda: table.rowHeight(0) == Size.ROW_GROUP)
    assert table.rowHeight(1) == Size.ROW
    table.select_first()
    assert table.current_id() == 1
    with qtbot.waitSignal(table.ticked) as told:
        press(table, Qt.Key.Key_Space)
    assert told.args == [1]
    press(table, Qt.Key.Key_Up)
    with qtbot.waitSignal(table.folded) as folded:
        press(table, Qt.Key.Key_Left)
    assert folded.args == ["g", False]
    assert table.current_id() is None


def test_exactly_one_column_stretches_and_nothing_scrolls_sideways(qtbot: QtBot) -> None:
    table = TableView(COLUMNS)
    table.set_source(dossiers())
    for width in (764, 1157, 640):
        shown(qtbot, table, width)
        assert sum(table.columnWidth(n) for n in range(len(COLUMNS))) == table.viewport().width()
        fixed = [table.columnWidth(n) for n in (1, 3, 4)]
        assert fixed == [156, 148, 132] if width > 700 else fixed < [156, 148, 132]


class Remembered(dict[str, Any]):
    def value(self, key: str, /) -> Any:
        return self.get(key)

    def setValue(self, key: str, value: Any, /) -> None:
        self[key] = value


def test_widths_are_remembered(qtbot: QtBot) -> None:
    kept = Remembered()
    table = shown(qtbot, TableView(COLUMNS, name="dossiers", remembered=kept))
    table.horizontalHeader().resizeSection(3, 180)
    assert kept == {"dossiers/due": 180}
    again = shown(qtbot, TableView(COLUMNS, name="dossiers", remembered=kept))
    assert again.columnWidth(3) == 180


def test_the_width_of_the_first_column_is_kept_without_the_padding(qtbot: QtBot) -> None:
    kept = Remembered()
    table = shown(qtbot, TableView(COLUMNS, name="d", remembered=kept))
    table.horizontalHeader().resizeSection(0, table.columnWidth(0) + 10)
    assert kept == {"d/code": 118}


def test_enter_and_double_click_open_and_arrows_select(qtbot: QtBot) -> None:
    table = TableView(COLUMNS)
    table.set_source(dossiers())
    shown(qtbot, table)
    table.select_first()
    with qtbot.waitSignal(table.selected) as told:
        press(table, Qt.Key.Key_Down)
    assert told.args == [1]
    with qtbot.waitSignal(table.opened) as told:
        press(table, Qt.Key.Key_Return)
    assert told.args == [1]
    at = table.visualRect(table.model().index(3, 1)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    with qtbot.waitSignal(table.opened) as told:
        QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert told.args == [3]


def test_selection_stays_when_rows_come_anew(qtbot: QtBot) -> None:
    table = TableView(COLUMNS)
    table.set_source(dossiers())
    shown(qtbot, table)
    table.select(5)
    with qtbot.assertNotEmitted(table.selected):
        table.set_source(dossiers())
    assert table.current_id() == 5


def test_a_row_of_the_first_page_can_be_selected_before_anything_is_painted(qtbot: QtBot) -> None:
    table = TableView(COLUMNS)
    qtbot.addWidget(table)
    table.set_source(dossiers())
    assert table.select(2) and table.current_id() == 2
    assert not table.select("nobody")


def test_heads_sort_and_only_where_they_may(qtbot: QtBot) -> None:
    table = TableView(TWO)
    table.set_source(Million())
    shown(qtbot, table)
    header = table.horizontalHeader()
    for descending in (False, True, False):
        with qtbot.waitSignal(table.sorted) as told:
            at = QPoint(header.sectionViewportPosition(1) + 20, 10)
            QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)
        assert told.args == ["count", descending]
    with qtbot.assertNotEmitted(table.sorted):
        QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(40, 10))


def test_branches_open_and_close(qtbot: QtBot) -> None:
    table = TableView(TWO)
    table.set_source(FixedRows([Row("I", (Branch("Thu", open=True), Number("1"))), Row("a", (Branch("Phí", 1),))]))
    shown(qtbot, table)
    table.select_first()
    with qtbot.waitSignal(table.folded) as told:
        press(table, Qt.Key.Key_Left)
    assert told.args == ["I", False]
    with qtbot.waitSignal(table.folded) as told:
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(Size.PAGE_PADDING + 6, 18))
    assert told.args == ["I", False]


def test_overlay_covers_the_rows_and_goes_away(qtbot: QtBot) -> None:
    table = shown(qtbot, TableView(COLUMNS))
    table.show_overlay(EmptyState("folder-open", "Chưa có hồ sơ nào"))
    assert table.horizontalHeader().isHidden()
    table.show_overlay(None)
    assert table.horizontalHeader().isVisible()


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (Text("05/06/2023", pill=Pill("Mới", Tone.BLUE)), "05/06/2023 Mới"),
        (Number("1.455"), "1.455"),
        (Pill("Trả lại", Tone.GRAY), "Trả lại"),
        (Due("09/06", "quá 1 ngày", Tone.RED), "09/06 quá 1 ngày"),
        (Progress(3, 9), "3/9"),
        (Progress(7621, 10000, "76,21%"), "76,21%"),
        (TwoLine("Đăng ký khai sinh", "Hộ tịch"), "Đăng ký khai sinh, Hộ tịch"),
        (Tick("Số hóa", done=True), "Số hóa, đã xong"),
        (Branch("Thu khác", 2), "Thu khác"),
    ],
)
def test_every_cell_is_painted_and_spoken(qtbot: QtBot, cell: Any, said: str) -> None:
    table = TableView((Column("a", "A", stretch=True),))
    table.set_source(FixedRows([Row(1, (cell,))]))
    table.set_marks("khai")
    shown(qtbot, table)
    table.select(1)
    table.grab()
    assert table.model().index(0, 0).data() == said
    assert spoken(cell) == said


def test_what_is_cut_off_has_a_tool_tip(qtbot: QtBot) -> None:
    painter = TableView(COLUMNS)._delegate.painter
    for cell in (
        Text("Đăng ký khai sinh"),
        TwoLine("Đăng ký", "khai sinh, hộ tịch"),
        Due("09/06", "quá 1 ngày", Tone.RED),
    ):
        assert painter.fits(cell, 300)
        assert not painter.fits(cell, 40)


def test_the_keyboard_comes_to_the_first_row_in_sight_and_tells_nothing(qtbot: QtBot) -> None:
    table = TableView(TWO)
    table.set_source(FixedRows([Row(n, (Text(f"Dòng {n}"), Number(str(n)))) for n in (1, 2, 3)]))
    shown(qtbot, table)
    table.activateWindow()
    qtbot.waitUntil(table.isActiveWindow)
    with qtbot.assertNotEmitted(table.selected):
        table.clearFocus()
        table.setFocus()
    assert table.current_id() == 1 and table.is_selected(0)
    with qtbot.assertNotEmitted(table.selected):
        assert table.restore(3) and table.current_id() == 3
        assert not table.restore(7)
    assert table.current_id() is None


def test_how_late_it_is_stays_in_sight_where_the_date_finds_no_room(qtbot: QtBot) -> None:
    table = TableView((Column("name", "Tên", stretch=True), Column("due", "Hạn", 130)))
    full, alone = Due("01/12/2025", "quá 115 ngày", Tone.RED), Due("", "quá 115 ngày", Tone.RED)
    table.set_source(FixedRows([Row(1, (Text("a"), full)), Row(2, (Text("a"), alone))]))
    shown(qtbot, table)
    cells = [table.visualRect(table.model().index(row, 1)) for row in (0, 1)]
    first, second = (table.viewport().grab(cell.adjusted(1, 1, -1, -2)).toImage() for cell in cells)
    assert first == second
    assert spoken(full) == "01/12/2025 quá 115 ngày"


def test_rows_that_come_anew_leave_the_place_and_a_new_search_begins_at_the_top(qtbot: QtBot) -> None:
    table = TableView(COLUMNS)
    table.set_source(dossiers(30))
    shown(qtbot, table)
    table.select(5)
    table.verticalScrollBar().setValue(2000)
    table.set_source(dossiers(30))
    assert table.verticalScrollBar().value() == 2000 and table.current_id() == 5
    table.set_marks("van")
    assert table.verticalScrollBar().value() == 0
