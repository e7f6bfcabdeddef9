"""Báo cáo in the real window on the sample: the list, making a draft, particulars, writing, the pages, the PDF."""

import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pdfplumber
import pytest
from hand import BACKSPACE, commit, compose, press, type_text
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QFileSystemModel, QWidget
from pytestqt.qtbot import QtBot

from app import formats, places
from app.clock import Clock
from app.models.database import Actor, OfficeFile, Work
from app.models.reports import Report
from app.problems import Problem
from app.registers import documents, opening, saved_reports
from app.reports.assembling import figures_of
from app.reports.blocks import Citation, CitationKind, Inline, Paragraph, Role, Text
from app.reports.template import read_template, write_template
from app.ui import theme
from app.ui.cells import Due, Pill, Row, TwoLine
from app.ui.cells import Text as CellText
from app.ui.paged_model import ROW_ROLE
from app.ui.report.chips import Kind, Property
from app.ui.screens import report as report_module
from app.ui.screens.report import ReportPage
from app.ui.screens.report_making import MakingPopover
from app.ui.screens.report_particulars import ParticularsPopover, Summary
from app.ui.screens.reports import ReportsPage
from app.ui.tokens import Tone
from app.ui.widgets import file_dialogs
from app.ui.widgets.buttons import Button
from app.ui.widgets.fields import LineField
from app.ui.widgets.labelled import LabelledField
from app.ui.widgets.labels import Label
from app.ui.widgets.labels import Pill as PillLabel
from app.ui.widgets.messages import Banner, Note, Toast
from app.vietnamese import nfc
from tests.ui.window import Window

CTRL = Qt.KeyboardModifier.ControlModifier
OTHER = Actor("Dòng lệnh")


@pytest.fixture
def window(
    sample_path: Path, clock: Clock, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Window]:
    monkeypatch.setattr(places, "settings_file", lambda: tmp_path / "settings.json")
    monkeypatch.setattr(report_module, "_open", lambda _path: None)
    window = Window(sample_path, clock)
    qtbot.addWidget(window.shell)
    window.shell.show()
    window.shell.activateWindow()
    qtbot.waitUntil(window.shell.isActiveWindow)
    yield window
    window.shell.close()


@pytest.fixture
def page(window: Window) -> ReportsPage:
    page = window.shell.go("reports")
    assert isinstance(page, ReportsPage)
    page.table.setFocus()
    return page


def asked(window: Window, query: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(window.at.file.path) as file:
        return file.execute(query).fetchall()


def rows(page: ReportsPage) -> list[Row]:
    model = page.table.model()
    return [model.index(number, 0).data(ROW_ROLE) for number in range(model.rowCount())]


def told(row: Row) -> list[str]:
    """What a row of the list says."""
    words = []
    for cell in row.cells:
        match cell:
            case TwoLine(top, bottom):
                words.append(f"{top} | {bottom}")
            case Due(day, remaining):
                words.append(f"{day} {remaining}")
            case Pill(text=text) | CellText(text=text):
                words.append(text)
    return words


def shown(window: Window, kind: type[QWidget]) -> list[QWidget]:
    return [widget for widget in window.shell.findChildren(kind) if widget.isVisible()]


def labels(widget: QWidget) -> list[str]:
    return [label.full_text() for label in widget.findChildren(Label) if label.isVisible()]


def field(popover: QWidget, name: str) -> LabelledField:
    return next(each for each in popover.findChildren(LabelledField) if each.label_text == name)


def enter(popover: QWidget, name: str, text: str) -> None:
    editor = field(popover, name).editor
    assert isinstance(editor, LineField)
    editor.setFocus(Qt.FocusReason.TabFocusReason)
    editor.selectAll()
    if text:
        type_text(editor, text)
    else:
        press(editor, Qt.Key.Key_Delete)


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def as_other(window: Window, command: Callable[..., object], *args: object) -> None:
    """Another process writes into the same file."""
    with OfficeFile.open(window.at.file.path, window.at.file.clock) as file:
        file.write(OTHER, "Việc của lệnh", command, *args)


def saved_text(window: Window, period: str = "2023-H1") -> str:
    year, kind = period.split("-")
    [(text,)] = asked(window, f"SELECT text FROM report WHERE year = {year} AND kind = '{kind}'")
    return str(text)


@pytest.fixture
def opened(window: Window, page: ReportsPage, qtbot: QtBot) -> ReportPage:
    """The half-year's report, its pages drawn."""
    page.open_report("2023-H1")
    return drawn(window, qtbot)


def drawn(window: Window, qtbot: QtBot) -> ReportPage:
    report = window.shell.current_page()
    assert isinstance(report, ReportPage)
    qtbot.waitUntil(lambda: report.rendering.rendered is not None)
    return report


def write_at_end(report: ReportPage, key: str, text: str, line: int = -1) -> None:
    report.go(key)
    document = report.editor.document()
    cursor = report.editor.textCursor()
    cursor.setPosition(document.findBlockByNumber(line % document.blockCount()).position())
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
    report.editor.setTextCursor(cursor)
    report.editor.setFocus()
    type_text(report.editor, text)


def chips(report: ReportPage) -> list[str]:
    """What the chips of the section say."""
    document, found = report.editor.document(), []
    for position in range(document.characterCount() - 1):
        cursor = QTextCursor(document)
        cursor.setPosition(position + 1)
        if cursor.charFormat().objectType() == Kind.CHIP and not cursor.atBlockStart():
            found.append(report.editor.reader.inline(cursor.charFormat().property(Property.INLINE)).text)
    return found


# the list


def test_the_list_shows_each_year_and_its_states(page: ReportsPage) -> None:
    assert [row.group.title for row in rows(page) if row.group] == ["Năm 2023"]
    assert [told(row) for row in rows(page) if not row.group] == [
        [
            "6 tháng đầu năm 2023 | Số liệu 15/12/2022 – 10/6/2023",
            "Đã cấp số",
            "15/06 đúng hạn",
            "71/BC-UBND",
            "12/06/2023",
            "Nguyễn Văn Bền",
        ],
        [
            "Quý I năm 2023 | Số liệu 15/12/2022 – 14/3/2023",
            "Đã cấp số",
            "15/03 đúng hạn",
            "32/BC-UBND",
            "15/03/2023",
            "Nguyễn Văn Bền",
        ],
        ["9 tháng năm 2023 | Số liệu 15/12/2022 – 14/9/2023", "Chưa lập", "15/09 còn 67 ngày", "", "", ""],
        ["Năm 2023 | Số liệu 15/12/2022 – 14/12/2023", "Chưa lập", "15/12 còn 132 ngày", "", "", ""],
    ]


def test_a_period_before_the_books_were_opened_is_no_alarm(
    office_path: Path, clock: Clock, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "settings_file", lambda: tmp_path / "settings.json")
    window = Window(office_path, clock)
    qtbot.addWidget(window.shell)
    window.shell.show()
    page = window.shell.go("reports")
    assert isinstance(page, ReportsPage)

    def quarter() -> Due:
        [row] = [row for row in rows(page) if row.id == "2023-Q1"]
        due = row.cells[2]
        assert isinstance(due, Due)
        return due

    assert (quarter().remaining_text, quarter().tone) == ("quá 60 ngày", Tone.RED)
    with qtbot.waitSignal(window.at.changed):
        window.at.save("Ghi số dư đầu", opening.save, date(2023, 3, 14), {}, {})
    assert quarter().tone is Tone.RED, "books of its last day are late with it"
    window.at.save("Ghi số dư đầu", opening.save, date(2023, 3, 15), {}, {})
    qtbot.waitUntil(lambda: quarter() == Due("15/03", "trước ngày mở sổ", Tone.GRAY))
    window.shell.close()


def test_an_opened_report_names_the_days_it_cannot_count(window: Window, opened: ReportPage, qtbot: QtBot) -> None:
    def notes() -> list[str]:
        return [text for note in shown(window, Note) for text in labels(note) if text.startswith("Chưa nhập")]

    assert notes() == []
    window.at.save("Ghi số dư đầu", opening.save, date(2022, 12, 31), {}, {})
    words = "Chưa nhập nhiệm vụ kế hoạch từ 15/12/2022 đến 30/12/2022, trước ngày mở sổ: báo cáo chưa tính"
    qtbot.waitUntil(lambda: notes() == [words])
    window.shell.resize(911, 441)
    assert too_short(window.shell) == []
    window.at.save("Ghi số dư đầu", opening.save, date(2022, 12, 15), {}, {})
    qtbot.waitUntil(lambda: notes() == [])


def _end_later(work: Work, report_id: int) -> None:
    work.update(Report, report_id, end=date(2023, 6, 30))


def test_a_report_drawn_up_early_names_what_is_late_only_by_then(
    window: Window, opened: ReportPage, qtbot: QtBot
) -> None:
    def notes() -> list[str]:
        return [text for note in shown(window, Note) for text in labels(note) if text.startswith("Chưa đến")]

    assert notes() == []
    window.at.save("Sửa báo cáo", _end_later, opened._opened.id)
    qtbot.waitUntil(lambda: len(notes()) == 1)
    assert notes()[0].startswith("Chưa đến ngày chốt 30/6/2023: ")
    window.shell.resize(911, 441)
    assert too_short(window.shell) == []


def test_searching_and_filtering(page: ReportsPage, qtbot: QtBot) -> None:
    search = next(each for each in page.findChildren(LineField) if each.isVisible())
    search.setFocus()
    type_text(search, "quy i")
    qtbot.waitUntil(lambda: len(rows(page)) == 2)
    type_text(search, "xx")
    qtbot.waitUntil(lambda: not rows(page))
    assert "Không thấy báo cáo nào khớp “quy ixx”" in labels(page)
    press(search, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: len(rows(page)) == 5)


def test_enter_opens_the_report_and_escape_comes_back(window: Window, page: ReportsPage, qtbot: QtBot) -> None:
    page.table.select("2023-H1")
    press(page.table, Qt.Key.Key_Return)
    report = window.shell.current_page()
    assert isinstance(report, ReportPage)
    assert report.header.title.text() == "Báo cáo CCHC 6 tháng đầu năm 2023"
    assert focused() is report.editor
    press(report.editor, Qt.Key.Key_Escape)
    assert window.shell.current_page() is page
    assert page.table.current_id() == "2023-H1"
    assert focused() is page.table


# making


def making(window: Window) -> MakingPopover:
    [popover] = [each for each in window.shell.findChildren(MakingPopover) if each.isVisible()]
    return popover


def test_the_next_missing_period_is_offered_made_and_opened(window: Window, page: ReportsPage, qtbot: QtBot) -> None:
    press(page, Qt.Key.Key_N, CTRL)
    popover = making(window)
    assert [field(popover, name).editor.raw() for name in ("Kỳ báo cáo", "Năm", "Hạn gửi")] == [
        "nine",
        "2023",
        "15/09/2023",
    ]
    assert focused() is field(popover, "Đến hết ngày").editor
    assert "14/9 là mặc định, sửa được" in labels(popover)
    type_text(focused(), "31/8")
    press(focused(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(window.shell.current_page(), ReportPage))
    report = window.shell.current_page()
    assert report.header.title.text() == "Báo cáo CCHC 9 tháng năm 2023"
    assert "Dự thảo" in [pill.text() for pill in report.findChildren(PillLabel)]
    assert asked(window, "SELECT start, end, due_on, number FROM report WHERE kind = '9M'") == [
        ("2022-12-15", "2023-08-31", "2023-09-15", None)
    ]
    toast = next(each for each in window.shell.findChildren(Toast) if each.isVisible())
    assert toast.accessibleName() == "Đã lập báo cáo 9 tháng năm 2023"
    window.shell.activateWindow()
    toast.findChildren(QAbstractButton)[0].click()  # taken back while it is open: back to the list
    qtbot.waitUntil(lambda: window.shell.current_page() is page)
    assert asked(window, "SELECT count(*) FROM report WHERE kind = '9M'") == [(0,)]


def test_an_opened_missing_period_is_filled_in(window: Window, page: ReportsPage) -> None:
    page.open_report("2023-Y")
    popover = making(window)
    assert field(popover, "Kỳ báo cáo").editor.raw() == "year"
    press(focused(), Qt.Key.Key_Escape)
    assert not popover.isVisible()
    assert focused() is page.table


def test_a_period_that_has_a_report_opens_it(window: Window, page: ReportsPage, qtbot: QtBot) -> None:
    page.open_report("2023-9M")
    popover = making(window)
    field(popover, "Kỳ báo cáo").editor.setFocus()
    press(focused(), Qt.Key.Key_Left)
    [note] = [each for each in popover.findChildren(Note) if each.isVisible()]
    assert labels(note) == ["Đã có báo cáo 6 tháng đầu năm 2023."]
    assert field(popover, "Đến hết ngày").editor.raw() == "10/06/2023"
    assert "Mở báo cáo đó" in [button.text() for button in popover.findChildren(Button)]
    press(focused(), Qt.Key.Key_Return)
    assert isinstance(window.shell.current_page(), ReportPage)
    assert asked(window, "SELECT count(*) FROM report") == [(2,)]


def test_the_start_may_be_typed_and_faults_stand_at_their_fields(
    window: Window, page: ReportsPage, qtbot: QtBot
) -> None:
    page.open_report("2023-9M")
    popover = making(window)
    enter(popover, "Đến hết ngày", "31/2")
    enter(popover, "Hạn gửi", "hôm nào")
    press(focused(), Qt.Key.Key_Return)
    assert field(popover, "Đến hết ngày").error() == "Tháng 2/2023 có 28 ngày"
    assert field(popover, "Hạn gửi").error()
    assert asked(window, "SELECT count(*) FROM report") == [(2,)]
    enter(popover, "Đến hết ngày", "1/1/2022")
    enter(popover, "Hạn gửi", "")
    press(focused(), Qt.Key.Key_Return)
    assert "ngày chốt phải từ ngày đó" in field(popover, "Đến hết ngày").error()
    enter(popover, "Đến hết ngày", "14/9/2023")
    pencil = next(each for each in popover.findChildren(Button) if each.accessibleName() == "Sửa tay")
    pencil.click()
    enter(popover, "Số liệu từ", "1/1")
    press(focused(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(window.shell.current_page(), ReportPage))
    assert asked(window, "SELECT start, end, due_on FROM report WHERE kind = '9M'") == [
        ("2023-01-01", "2023-09-14", "2023-09-15")
    ]


# writing


def test_what_is_typed_is_saved_a_second_later_and_printed(
    window: Window, opened: ReportPage, qtbot: QtBot, tmp_path: Path, clock: Clock
) -> None:
    write_at_end(opened, "strengths", " Người dân hài lòng tao" + 2 * BACKSPACE + "ạo.")
    compose(opened.editor, "Nhanh")
    commit(opened.editor, " Nhanh gọn.")
    assert "hài lòng" not in saved_text(window)
    qtbot.waitUntil(lambda: "hài lòng" in saved_text(window), timeout=3000)
    target = tmp_path / "báo cáo.pdf"
    opened.export(target)
    qtbot.waitUntil(target.exists)
    qtbot.waitUntil(lambda: bool(shown(window, Toast)))
    window.shell.close()
    with OfficeFile.open(window_path(tmp_path), clock) as file, file.read() as connection:
        report = next(each for each in saved_reports.every(connection) if each.number == 71)
        figures = figures_of(connection, report.period)
    strengths = next(each for each in read_template(report.text).sections if each.key == "strengths")
    paragraph = strengths.blocks[-1]
    assert isinstance(paragraph, Paragraph) and isinstance(paragraph.inlines[-1], Text)
    assert paragraph.inlines[-1].text.endswith(" Người dân hài lòng tạo. Nhanh gọn.")
    with pdfplumber.open(target) as pdf:
        words = nfc(" ".join(" ".join(each.extract_text() for each in pdf.pages).split()))
    assert "Người dân hài lòng tạo. Nhanh gọn." in words
    for name in ("dossiers.total", "dossiers.resolved", "budget.revenue.done"):
        assert formats.format_integer(figures.number(name)) in words


def window_path(tmp_path: Path) -> Path:
    return tmp_path / "xa-mau.socchc"


def test_leaving_the_section_saves_at_once(window: Window, opened: ReportPage, qtbot: QtBot) -> None:
    write_at_end(opened, "strengths", " Rời mục.")
    opened.go("limits")
    qtbot.waitUntil(lambda: "Rời mục." in saved_text(window), timeout=900)
    opened.go("strengths")
    assert "Rời mục." in opened.editor.toPlainText()


@pytest.mark.parametrize("leave", ["close", "escape", "elsewhere"])
def test_nothing_typed_is_lost_on_leaving_at_once(
    window: Window, opened: ReportPage, qtbot: QtBot, tmp_path: Path, leave: str
) -> None:
    write_at_end(opened, "strengths", " Gõ rồi đi")
    compose(opened.editor, "ngay")
    if leave == "close":
        window.shell.close()
    elif leave == "escape":
        press(opened.editor, Qt.Key.Key_Escape)
    else:
        window.shell.go("reports")
    window.shell.close()
    with sqlite3.connect(window_path(tmp_path)) as file:
        assert "Gõ rồi đingay" in str(file.execute("SELECT text FROM report WHERE number = 71").fetchall())
    assert not [each for each in threading.enumerate() if each.name.startswith("writer")]


def test_typing_is_one_entry_of_the_journal(window: Window, opened: ReportPage, qtbot: QtBot) -> None:
    def entries() -> list[tuple[object, ...]]:
        return asked(window, "SELECT count(*) FROM change_group WHERE command = 'Sửa nội dung báo cáo'")

    for word in ("một", "hai", "ba"):
        write_at_end(opened, "strengths", f" {word}")
        opened.editor.settle()
        qtbot.waitUntil(lambda word=word: f" {word}" in saved_text(window))
    assert entries() == [(1,)]


def test_a_full_disk_keeps_what_was_typed_and_tries_again(
    window: Window, opened: ReportPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object, **_kwargs: object) -> None:
        raise Problem("Không ghi được vào đĩa. Chữ đã gõ vẫn còn")

    whole = window.at.file.write
    monkeypatch.setattr(window.at.file, "write", full)
    write_at_end(opened, "strengths", " Đĩa đầy.")
    opened.editor.settle()
    qtbot.waitUntil(lambda: any("Không ghi được" in " ".join(labels(each)) for each in shown(window, Banner)))
    opened.go("limits")
    opened.go("strengths")
    assert "Đĩa đầy." in opened.editor.toPlainText()
    monkeypatch.setattr(window.at.file, "write", whole)
    banner = next(each for each in opened.findChildren(Banner) if each.isVisible())
    banner.action.click()
    qtbot.waitUntil(lambda: "Đĩa đầy." in saved_text(window))
    qtbot.waitUntil(lambda: not [each for each in opened.findChildren(Banner) if each.isVisible()])


# registers change


def test_figures_follow_another_process(window: Window, opened: ReportPage, qtbot: QtBot) -> None:
    opened.go("institutions")
    assert "298" in chips(opened)
    write_at_end(opened, "institutions", " Đang gõ")
    with window.at.read() as connection:
        kind = next(info for info in documents.types(connection) if info.code == "TB")
    values = {
        "type_id": kind.id,
        "issuer": "UBND",
        "number": 28,
        "dated_on": date(2023, 6, 9),
        "abstract": "Thông báo thêm",
        "signer": "Nguyễn Văn Bền",
    }
    as_other(window, documents.save, None, values)
    qtbot.waitUntil(lambda: "299" in chips(opened), timeout=6000)
    assert "Đang gõ" in opened.editor.toPlainText()


def rewrite(window: Window, key: str, title: str, added: Paragraph[Inline]) -> None:
    """Another process gives a section another title and one more paragraph."""
    [(report,)] = asked(window, "SELECT id FROM report WHERE number = 71")
    template = read_template(saved_text(window))
    sections = tuple(
        replace(each, title=title, blocks=(*each.blocks, added)) if each.key == key else each
        for each in template.sections
    )
    as_other(window, saved_reports.save_text, report, write_template(replace(template, sections=sections)))


def test_a_text_changed_by_another_process_is_shown(window: Window, opened: ReportPage, qtbot: QtBot) -> None:
    opened.go("strengths")
    rewrite(window, "strengths", "Mặt mạnh", Paragraph(Role.BODY, (Text("Viết nơi khác."),)))
    qtbot.waitUntil(lambda: "Viết nơi khác." in opened.editor.toPlainText(), timeout=6000)
    qtbot.waitUntil(lambda: "1. Mặt mạnh" in [opened.sections.item(at).text() for at in range(opened.sections.count())])


def test_a_citation_without_its_document(window: Window, opened: ReportPage, qtbot: QtBot, tmp_path: Path) -> None:
    cited = Citation(CitationKind.DOCUMENT, "UBND/KH/2022/99")
    rewrite(window, "strengths", "Mặt được", Paragraph(Role.BODY, (Text("Theo "), cited, Text("."))))
    opened.go("strengths")
    qtbot.waitUntil(lambda: "không có" in chips(opened), timeout=6000)
    sentence = "Báo cáo dẫn “UBND/KH/2022/99” nhưng trong sổ văn bản không có"
    qtbot.waitUntil(lambda: any(sentence in words for words in labels(opened.preview)))
    opened.export(tmp_path / "x.pdf")
    qtbot.waitUntil(lambda: any(sentence in " ".join(labels(each)) for each in opened.findChildren(Banner)))
    assert not (tmp_path / "x.pdf").exists()


# particulars


def particulars(window: Window, opened: ReportPage) -> ParticularsPopover:
    press(opened.editor, Qt.Key.Key_F2)
    [popover] = [each for each in window.shell.findChildren(ParticularsPopover) if each.isVisible()]
    return popover


def summary(opened: ReportPage) -> dict[str, str]:
    words = labels(opened.findChildren(Summary)[0])
    return dict(zip(words[::2], words[1::2], strict=True))


def test_what_was_typed_and_left_with_escape_stands_there_again(
    window: Window, opened: ReportPage, qtbot: QtBot
) -> None:
    enter(particulars(window, opened), "Kính gửi", "Sở Nội vụ")
    press(focused(), Qt.Key.Key_Escape)
    toast = window.shell.findChild(Toast)
    assert toast is not None and toast.accessibleName() == "Đã cất bản đang gõ"
    qtbot.waitUntil(lambda: asked(window, "SELECT register FROM draft") == [("reports",)])
    popover = particulars(window, opened)
    assert field(popover, "Kính gửi").editor.raw() == "Sở Nội vụ"
    next(b for b in popover.findChildren(Button) if b.text() == "Bỏ bản này").click()
    assert not popover.isVisible() and toast.accessibleName() == "Đã bỏ bản đang gõ"
    qtbot.waitUntil(lambda: asked(window, "SELECT register FROM draft") == [])
    popover = particulars(window, opened)
    assert field(popover, "Kính gửi").editor.raw() != "Sở Nội vụ"
    enter(popover, "Kính gửi", "Sở Tư pháp")
    press(focused(), Qt.Key.Key_Escape)
    popover = particulars(window, opened)
    press(focused(), Qt.Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: not popover.isVisible())
    assert asked(window, "SELECT addressee FROM report WHERE number = 71") == [("Sở Tư pháp",)]
    qtbot.waitUntil(lambda: asked(window, "SELECT register FROM draft") == [])
    press(focused(), Qt.Key.Key_F2)
    press(focused(), Qt.Key.Key_Escape)
    assert toast.accessibleName() == "Đã lưu báo cáo", "nothing was typed"


def test_a_number_that_is_taken_is_refused_at_its_field(window: Window, opened: ReportPage, qtbot: QtBot) -> None:
    popover = particulars(window, opened)
    enter(popover, "Số", "70")
    press(focused(), Qt.Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: "70/BC-UBND" in field(popover, "Số").error())
    assert popover.isVisible() and focused() is field(popover, "Số").editor
    enter(popover, "Số", "72")
    press(focused(), Qt.Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: summary(opened)["Số"] == "72/BC-UBND")
    assert not popover.isVisible()
    assert asked(window, "SELECT count(*) FROM document WHERE number IN (71, 72) AND dated_on = '2023-06-12'") == [(1,)]


def test_a_number_wants_a_date(window: Window, opened: ReportPage, qtbot: QtBot) -> None:
    popover = particulars(window, opened)
    enter(popover, "Ngày ký", "")
    press(focused(), Qt.Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: field(popover, "Ngày ký").error() == "Báo cáo đã có số cần ngày ký")
    press(focused(), Qt.Key.Key_Escape)
    assert not popover.isVisible()
    assert isinstance(window.shell.current_page(), ReportPage)


def test_another_cut_off_changes_figures_and_pages(window: Window, opened: ReportPage, qtbot: QtBot) -> None:
    opened.go("procedures")
    assert "1.455" in chips(opened)
    before = opened.rendering.rendered
    popover = particulars(window, opened)
    enter(popover, "Đến hết ngày", "31/5/2023")
    press(focused(), Qt.Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: "1.455" not in chips(opened))
    assert "31/5/2023" in chips(opened)
    assert summary(opened)["Kỳ"] == "15/12/2022 – 31/5/2023"
    qtbot.waitUntil(lambda: opened.rendering.rendered is not before)
    assert window.at.period.end == date(2023, 5, 31)
    with window.at.read() as connection:
        total = figures_of(connection, window.at.period).number("dossiers.total")
    assert formats.format_integer(total) in chips(opened)


@pytest.fixture
def draft(window: Window, page: ReportsPage, qtbot: QtBot) -> ReportPage:
    """The half-year's report as it was before it had a number."""
    asked(window, "UPDATE report SET number = NULL, dated_on = NULL, document_id = NULL WHERE number = 71")
    page.open_report("2023-H1")
    return drawn(window, qtbot)


def test_a_draft_says_what_it_lacks_and_when_it_is_due(window: Window, draft: ReportPage, page: ReportsPage) -> None:
    assert summary(draft)["Số"] == summary(draft)["Ngày ký"] == "chưa có"
    assert "Gửi trước 15/6/2023, còn 3 ngày" in labels(window.shell.status)
    [told_amber] = [each for each in window.shell.status.findChildren(Label) if each.full_text().startswith("Gửi")]
    amber = told_amber.palette().windowText().color().name()
    assert amber.lower() == theme.colours().pair(Tone.AMBER).text.lower()
    press(draft.editor, Qt.Key.Key_Escape)
    assert "Kỳ: 6 tháng đầu năm 2023 (15/12/2022 – 10/6/2023)" in labels(window.shell.status)


def test_a_draft_is_numbered(window: Window, draft: ReportPage, page: ReportsPage, qtbot: QtBot) -> None:
    popover = particulars(window, draft)
    enter(popover, "Số", "73")
    enter(popover, "Ngày ký", "12/6/2023")
    press(focused(), Qt.Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: summary(draft)["Số"] == "73/BC-UBND")
    assert "Gửi trước 15/6/2023, còn 3 ngày" not in labels(window.shell.status)
    press(draft.editor, Qt.Key.Key_Escape)
    assert told(rows(page)[1])[1] == "Đã cấp số"


# the PDF


def test_a_folder_that_takes_no_file_gets_a_sentence(
    window: Window, opened: ReportPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    target = tmp_path / "đang mở.pdf"
    target.write_bytes(b"old")
    monkeypatch.setattr("app.places.os.replace", refuse)
    opened.export(target)
    qtbot.waitUntil(lambda: bool([each for each in opened.findChildren(Banner) if each.isVisible()]), timeout=5000)
    assert target.read_bytes() == b"old"
    monkeypatch.undo()
    monkeypatch.setattr(report_module, "_open", lambda _path: None)
    opened.export(target)
    qtbot.waitUntil(lambda: target.read_bytes().startswith(b"%PDF"))
    qtbot.waitUntil(lambda: not [each for each in opened.findChildren(Banner) if each.isVisible()])


def test_ctrl_e_asks_where(opened: ReportPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    offered: list[Path] = []

    def choose(_parent: object, _title: str, start: Path, _filter: str) -> Path:
        offered.append(start)
        return tmp_path / "ra.pdf"

    monkeypatch.setattr(file_dialogs, "file_to_write", choose)
    opened.editor.setFocus()
    press(opened.editor, Qt.Key.Key_E, CTRL)
    qtbot.waitUntil((tmp_path / "ra.pdf").exists)
    assert offered[0].name == "bao-cao-cchc-2023-H1.pdf"


def test_asking_where_keeps_the_file_locked_against_other_programs(
    window: Window, opened: ReportPage, qtbot: QtBot
) -> None:
    """Without its locks the window would save into a -wal that the next program takes away."""
    path = window.at.file.path

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QFileDialog)
        try:
            model = dialog.findChild(QFileSystemModel)
            listed = model.index(str(path))
            qtbot.waitUntil(lambda: bool(model.type(listed)))
        finally:
            dialog.reject()

    QTimer.singleShot(0, opened, look)
    press(opened.editor, Qt.Key.Key_E, CTRL)
    subprocess.run([sys.executable, "-P", "-m", "app", "--db", str(path), "figures", "2023-H1"], check=True)
    assert path.with_name(f"{path.name}-wal").exists()


# room


def test_pages_and_sections_fold_in_a_narrow_window(window: Window, opened: ReportPage, qtbot: QtBot) -> None:
    def visible() -> tuple[bool, bool, bool]:
        return opened.sections.isVisible(), opened.editor.isVisible(), opened.preview.isVisible()

    window.shell.resize(1366, 690)
    qtbot.waitUntil(lambda: visible() == (True, True, True))
    window.shell.resize(1179, 690)
    qtbot.waitUntil(lambda: visible() == (True, True, False))
    pages = next(each for each in opened.findChildren(Button) if each.text() == "Xem trang in")
    pages.click()
    assert visible() == (True, False, True)
    assert pages.text() == "Xem chữ"
    pages.click()
    window.shell.resize(999, 690)
    qtbot.waitUntil(lambda: visible() == (False, True, False))
    opened.go("finance")
    assert "đ) Tài chính công" in [each.text() for each in opened.findChildren(Button) if each.isVisible()]


def test_the_page_turns_with_the_section(opened: ReportPage) -> None:
    rendered = opened.rendering.rendered
    assert rendered is not None
    opened.go("annex-budget")
    place = next(each for each in rendered.places if each.section == "annex-budget")
    assert f"Trang {place.page}/{rendered.pages}" in labels(opened.preview)


# closing


@pytest.mark.parametrize("moment", [0, 30, 120, 300])
def test_closing_at_any_moment_ends_well(sample_path: Path, moment: int, tmp_path: Path) -> None:
    script = f"""
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from app import places
from app.ui.application import Application
from tests.offices import clock_on
from tests.ui.window import Window
places.settings_file = lambda: Path({str(tmp_path)!r}) / "settings.json"
application = Application()
window = Window(Path({str(sample_path)!r}), clock_on())
window.shell.show()
window.shell.go("reports").open_report("2023-H1")
QTimer.singleShot({moment}, window.shell.close)
sys.exit(application.exec())
"""
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert not sample_path.with_name(sample_path.name + "-wal").exists()


# looks


@pytest.mark.parametrize("size", [(1366, 768), (1366, 690), (1100, 600), (911, 441), (900, 430)])
def test_nothing_is_cut_off(window: Window, page: ReportsPage, qtbot: QtBot, size: tuple[int, int]) -> None:
    window.shell.resize(*size)
    page.open_report("2023-9M")
    assert too_short(window.shell) == []
    press(focused(), Qt.Key.Key_Escape)
    page.open_report("2023-H1")
    report = drawn(window, qtbot)
    for section in ("areas", "annex-budget"):
        report.go(section)
        assert too_short(window.shell) == []
    assert report.editor.horizontalScrollBar().maximum() == 0
    popover = particulars(window, report)
    enter(popover, "Ngày ký", "31/2")
    press(focused(), Qt.Key.Key_S, CTRL)
    assert too_short(window.shell) == []
    save = next(each for each in popover.findChildren(Button) if each.text() == "Lưu")
    assert window.shell.rect().contains(save.rect().translated(save.mapTo(window.shell, QPoint(0, 0))))


def too_short(window: QWidget) -> list[str]:
    """Labels that do not wrap, and buttons, that are narrower than their words or hang over an edge."""
    QApplication.processEvents()
    found = []
    for kind in (Label, Button, PillLabel):
        for each in window.findChildren(kind):
            seen = each.visibleRegion().boundingRect()
            if seen.isEmpty() or (isinstance(each, Label) and each.wordWrap()):
                continue
            whole = each.full_text() if isinstance(each, Label) else each.text()
            if each.width() < each.sizeHint().width() or seen.width() < each.width() or each.text() != whole:
                found.append(whole)
    return found
