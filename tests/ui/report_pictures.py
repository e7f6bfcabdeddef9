"""The pictures of Báo cáo: the list, the popovers, the opened report with its sections."""

import time
from collections.abc import Callable

from PySide6.QtWidgets import QApplication

from app.models.database import Work
from app.models.reports import Report
from app.registers import saved_reports
from app.ui.screens.report import ReportPage
from app.ui.screens.reports import ReportsPage
from tests.ui.window import Window

_HALF = "2023-H1"
_LONGEST = 5.0  # seconds for the pages to be drawn


def _list(window: Window) -> ReportsPage:
    page = window.shell.go("reports")
    assert isinstance(page, ReportsPage)
    page.table.select(_HALF)
    return page


def _draft(window: Window) -> None:
    """The half-year's report before it had a number, as drawn."""

    def take_number(work: Work) -> None:
        for report in saved_reports.every(work.connection):
            if report.period.code == _HALF:
                work.update(Report, report.id, number=None, dated_on=None, document_id=None)

    saved: list[object] = []
    window.at.save("Bỏ số", take_number).then(saved.append)
    _until(lambda: bool(saved))


def _until(happened: Callable[[], bool]) -> None:
    end = time.monotonic() + _LONGEST
    while not happened() and time.monotonic() < end:
        QApplication.processEvents()


def reports_list(window: Window) -> None:
    _draft(window)
    _list(window)


def making(window: Window) -> None:
    _draft(window)
    _list(window).open_report("2023-9M")


def section(window: Window, key: str = "procedures", *, numbered: bool = False, instead: bool = False) -> ReportPage:
    """The opened report with one section in the editor, its page drawn."""
    if not numbered:
        _draft(window)
    _list(window).open_report(_HALF)
    page = window.shell.current_page()
    assert isinstance(page, ReportPage)
    _until(lambda: page.rendering.rendered is not None)
    page.go(key)
    if instead:
        page.toggle_pages()
    end = time.monotonic() + 0.5  # the picture of the page comes from the worker
    _until(lambda: time.monotonic() > end)
    return page


def particulars(window: Window) -> None:
    section(window).edit()


def at_section(key: str) -> Callable[[Window], None]:
    def show(window: Window) -> None:
        section(window, key, numbered=True)

    return show


def draft(window: Window) -> None:
    section(window)


def pages(window: Window) -> None:
    section(window, instead=True)


REPORTS: dict[str, Callable[[Window], None]] = {
    "bao-cao": reports_list,
    "bao-cao-lap": making,
    "bao-cao-du-thao": draft,
    "bao-cao-trang-in": pages,
    "bao-cao-sua": particulars,
    "bao-cao-mo-dau": at_section("opening"),
    "bao-cao-chi-dao": at_section("steering"),
    "bao-cao-tai-chinh": at_section("finance"),
    "bao-cao-phuong-huong": at_section("next"),
    "bao-cao-chu-ky": at_section("signature"),
    "bao-cao-phu-luc": at_section("annex-dossiers"),
}
