"""Tổng quan in the real window: every count is a door, it follows each Save, midnight, and a small window."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from hand import press
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from app import places
from app.clock import Clock
from app.models.database import OfficeFile
from app.models.reports import Report
from app.registers.dossiers import DOSSIERS
from app.ui.navigation import Navigation
from app.ui.screens.budget import BudgetPage
from app.ui.screens.dossiers import DossiersPage
from app.ui.screens.overview import OverviewPage
from app.ui.screens.overview_lists import DueListPage, FieldsPage
from app.ui.screens.overview_parts import DueRow
from app.ui.screens.plans import PlansPage
from app.ui.screens.procedures import ProceduresPage
from app.ui.screens.report import ReportPage
from app.ui.widgets.labels import Label
from tests.offices import TODAY, MovingClock, do, dossier, rows
from tests.ui.window import Window


def open_window(path: Path, clock: Clock, qtbot: QtBot) -> Window:
    window = Window(path, clock)
    qtbot.addWidget(window.shell)
    window.shell.show()
    window.shell.activateWindow()
    qtbot.waitUntil(window.shell.isActiveWindow)
    filled(window, qtbot)
    return window


def filled(window: Window, qtbot: QtBot) -> OverviewPage:
    """The page once everything asked for has been read."""
    page = window.shell.go("overview")
    assert isinstance(page, OverviewPage)
    qtbot.waitUntil(page.is_up_to_date)
    QApplication.processEvents()
    return page


@pytest.fixture(autouse=True)
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "settings_file", lambda: tmp_path / "settings.json")


@pytest.fixture
def window(sample_path: Path, clock: Clock, qtbot: QtBot) -> Iterator[Window]:
    window = open_window(sample_path, clock, qtbot)
    yield window
    window.shell.close()


@pytest.fixture
def new_office(office_path: Path, clock: Clock, qtbot: QtBot) -> Iterator[Window]:
    window = open_window(office_path, clock, qtbot)
    yield window
    window.shell.close()


@pytest.fixture
def page(window: Window, qtbot: QtBot) -> OverviewPage:
    return filled(window, qtbot)


def said(widget: QWidget) -> list[str]:
    return [label.full_text() for label in widget.findChildren(Label) if label.isVisible() and label.full_text()]


def take_number(window: Window) -> None:
    """Another program puts the report of the sample back to what it was before it was numbered."""
    with OfficeFile.open(window.at.file.path, window.at.file.clock) as file:
        report = next(row["id"] for row in rows(file, Report) if row["number"] == 71)
        do(file, lambda work: work.update(Report, report, number=None, dated_on=None))


def numbers(page: OverviewPage) -> list[str]:
    return [button.accessibleName() for button in page.stats.stats]


def badge(window: Window, key: str) -> str:
    return window.shell.findChild(Navigation).badge(key)  # type: ignore[union-attr]


def link(widget: QWidget, name: str) -> QAbstractButton:
    buttons = widget.findChildren(QAbstractButton)
    return next(b for b in buttons if name in (b.text(), b.accessibleName()) and b.isVisible())


# --- what it says ----------------------------------------------------------------------------------------------------


def test_the_sample_is_told_as_its_page_says(page: OverviewPage) -> None:
    assert numbers(page) == ["Đang giải quyết, 15", "Sắp đến hạn, 3", "Quá hạn, 0", "Tiếp nhận hôm nay, 0"]
    assert [row.item.detail for row in page.due.findChildren(DueRow)][-1] == "Kế hoạch 31/KH-UBND · Trần Thị Mẫu"
    assert page.report.days.text() == "Còn 3 ngày"
    assert said(page.report)[1:4] == [
        "CCHC 6 tháng đầu năm 2023",
        "Hạn gửi 15/6/2023, số liệu đến 10/6/2023",
        "Đã đủ số liệu, số văn bản và ngày ký",
    ]
    budget = said(page.budget)
    assert budget[:3] == ["Ngân sách năm 2023", "lũy kế đến 12/6/2023", "Vạch đứng: 44,7% năm đã qua"]
    assert budget[3:7] == ["Thu", "8.568.086.260", "/ 11.243.000.000 đồng", "76,21%"]
    assert said(page.period)[2:] == [
        "Tiếp nhận", "1.455", "Đã giải quyết", "1.436", "Trả lại, rút", "3 + 1",
        "Trực tuyến", "1.322/1.455 = 90,86%", "Số hóa", "1.441/1.455 = 99,04%",
    ]  # fmt: skip


def test_nothing_due_says_so(office_path: Path, clock: Clock, qtbot: QtBot) -> None:
    with OfficeFile.open(office_path, clock) as file:
        dossier(file, "HAI-HAI", received_on=TODAY)
    window = open_window(office_path, clock, qtbot)
    assert "Không có việc đến hạn." in said(filled(window, qtbot).due)
    window.shell.close()


def test_it_follows_each_save(page: OverviewPage, window: Window, qtbot: QtBot) -> None:
    row = {"procedure_id": 1, "applicant": "Phạm Thị Ví Dụ", "channel": "online", "received_on": TODAY, "quantity": 5}
    with qtbot.waitSignal(window.at.changed):
        window.at.save("Tiếp nhận", DOSSIERS.save, None, row)
    qtbot.waitUntil(page.is_up_to_date)
    assert numbers(page)[3] == "Tiếp nhận hôm nay, 5"
    assert page.stats.stats[3].stat.detail == "5 trực tuyến"


def test_it_follows_midnight(sample_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    moving = MovingClock(TODAY)
    monkeypatch.setattr(Clock, "at", lambda self, _day: moving.clock)
    window = open_window(sample_path, moving.clock, qtbot)
    page = filled(window, qtbot)
    moving.day = TODAY + timedelta(days=4)
    with qtbot.waitSignal(window.at.day_changed, timeout=5000):
        pass
    qtbot.waitUntil(page.is_up_to_date)
    assert numbers(page)[2] == "Quá hạn, 3"
    assert page.stats.stats[2].stat.detail == "Quá 2 ngày, Bảo trợ xã hội"
    assert page.report.days.text() == "Còn 63 ngày"  # working days to the next: this one is numbered
    take_number(window)
    qtbot.waitUntil(lambda: page.report.days.text() == "Quá 1 ngày", timeout=5000)
    window.shell.close()


def test_what_the_report_lacks_is_said_with_its_verb(page: OverviewPage, window: Window, qtbot: QtBot) -> None:
    assert badge(window, "reports") == ""
    take_number(window)
    qtbot.waitUntil(lambda: badge(window, "reports") == "!", timeout=5000)
    qtbot.waitUntil(lambda: "Chưa có số văn bản, ngày ký" in said(page.report), timeout=5000)
    link(page.report, "Nhập: Chưa có số văn bản, ngày ký").click()
    assert isinstance(window.shell.current_page(), ReportPage)


# --- doors -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("at", "chip", "count"), [(0, "pending", 15), (1, "soon", 3), (2, "overdue", 0)])
def test_a_count_opens_its_dossiers(page: OverviewPage, window: Window, at: int, chip: str, count: int) -> None:
    press(page.stats.stats[at], Qt.Key.Key_Return)
    opened = window.shell.current_page()
    assert isinstance(opened, DossiersPage)
    assert opened.view.chip == chip
    assert opened.view.period is None
    assert opened.table.count() == count


def test_what_was_received_today_opens_today(page: OverviewPage, window: Window, qtbot: QtBot) -> None:
    row = {"procedure_id": 1, "applicant": "Phạm Thị Ví Dụ", "channel": "online", "received_on": TODAY}
    with qtbot.waitSignal(window.at.changed):
        window.at.save("Tiếp nhận", DOSSIERS.save, None, row)
    page.stats.stats[3].click()
    opened = window.shell.current_page()
    assert isinstance(opened, DossiersPage)
    assert opened.table.count() == 1


def test_what_is_due_opens_itself(page: OverviewPage, window: Window, qtbot: QtBot) -> None:
    page.due.findChildren(DueRow)[0].click()
    opened = window.shell.current_page()
    assert isinstance(opened, DossiersPage)
    assert opened.entry_panel.title.full_text() == "Lê Thị Minh Họa"
    page = filled(window, qtbot)
    page.due.findChildren(DueRow)[-1].click()
    assert isinstance(window.shell.current_page(), PlansPage)


def test_what_is_due_opens_itself_whatever_row_was_chosen_before(
    page: OverviewPage, window: Window, qtbot: QtBot
) -> None:
    dossiers = window.shell.go("dossiers")
    assert isinstance(dossiers, DossiersPage)
    dossiers.table.select_first()
    page = filled(window, qtbot)
    page.due.findChildren(DueRow)[0].click()
    assert window.shell.current_page() is dossiers
    assert dossiers.entry_panel.title.full_text() == "Lê Thị Minh Họa"
    dossiers.edit()
    dossiers.leave()
    assert dossiers.entry_panel.title.full_text() == "Lê Thị Minh Họa"


def test_the_whole_list_is_one_step_away(page: OverviewPage, window: Window, qtbot: QtBot) -> None:
    window.shell.resize(1000, 500)
    qtbot.waitUntil(lambda: len(page.due.findChildren(DueRow)) == 3)
    link(page.due, "Xem tất cả").click()
    opened = window.shell.current_page()
    assert isinstance(opened, DueListPage)
    assert opened.table.count() == 4
    press(opened.table, Qt.Key.Key_Return)
    assert isinstance(window.shell.current_page(), DossiersPage)


def test_budget_fields_and_new_dossier(page: OverviewPage, window: Window, qtbot: QtBot) -> None:
    page.budget.open_line("investment")
    opened = window.shell.current_page()
    assert isinstance(opened, BudgetPage)
    assert opened.look.segments.raw() == "investment"
    link(filled(window, qtbot).period, "Theo lĩnh vực").click()
    fields = window.shell.current_page()
    assert isinstance(fields, FieldsPage)
    assert fields.table.count() == 7
    press(fields.table, Qt.Key.Key_Down)
    press(fields.table, Qt.Key.Key_Down)
    press(fields.table, Qt.Key.Key_Return)
    opened_dossiers = window.shell.current_page()
    assert isinstance(opened_dossiers, DossiersPage)
    assert opened_dossiers.view.filters
    page = filled(window, qtbot)
    link(page, "Tiếp nhận hồ sơ").click()
    assert opened_dossiers.entry_panel.form is not None


# --- a new office ----------------------------------------------------------------------------------------------------


def test_a_new_office_is_told_what_to_do_first(new_office: Window, qtbot: QtBot) -> None:
    page = filled(new_office, qtbot)
    assert page.due.title.full_text() == "Nên làm trước"
    assert said(page.due)[1:] == [
        *("1 trong 6 thủ tục chưa có thời hạn", "Điền"),
        *("Ghi số dư đầu: số văn bản, hồ sơ, ngân sách", "Ghi"),
    ]
    assert said(page.budget)[3:] == [
        word for side in ("Thu", "Chi", "Đầu tư công") for word in (side, "chưa có dự toán")
    ]
    assert said(page.period)[-4:] == ["Trực tuyến", "–", "Số hóa", "–"]
    assert said(page.report)[3:] == [
        *("Chưa lập báo cáo", "Lập"),
        *("Chưa có hồ sơ nào trong kỳ", "Nhập"),
        *("Chưa có văn bản đi trong kỳ", "Nhập"),
        *("Chưa có dự toán năm 2023", "Nhập"),
        *("Chưa ghi số dư đầu", "Ghi"),
    ]
    link(page.due, "Điền: 1 trong 6 thủ tục chưa có thời hạn").click()
    listed = new_office.shell.current_page()
    assert isinstance(listed, ProceduresPage) and listed.view.chip == "no_limit" and listed.table.count() == 1
    page = filled(new_office, qtbot)
    qtbot.waitUntil(lambda: badge(new_office, "budget") == "!")
    link(page.report, "Nhập: Chưa có dự toán năm 2023").click()
    assert isinstance(new_office.shell.current_page(), BudgetPage)


# --- the window ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("width", "height", "count"), [(1366, 768, 4), (1366, 690, 4), (911, 441, 3)])
def test_only_whole_rows_and_nothing_beyond_the_side(
    page: OverviewPage, window: Window, qtbot: QtBot, width: int, height: int, count: int
) -> None:
    window.shell.resize(width, height)
    QApplication.processEvents()

    def rows() -> list[int]:
        return [row.height() for row in page.due.findChildren(DueRow) if row.isVisible()]

    qtbot.waitUntil(lambda: rows() == [44 if height < 750 else 48] * count)
    scroll = page.findChild(QScrollArea)
    assert scroll is not None and scroll.widget().width() <= scroll.viewport().width()
    right = page.report.mapTo(page, QPoint(page.report.width(), 0)).x()
    assert right <= page.width() - 16
