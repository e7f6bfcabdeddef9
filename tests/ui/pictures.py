"""Pictures of every screen on the sample office: `python -m tests.ui.pictures OUT [NAME ...]`.

Each screen is a function that brings the window into its state; others add theirs to SCREENS. Drawn at 1366x768,
1366x690 and, in a process of its own at factor 1.5, at 911x441.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import cast

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication
from sqlalchemy import select

from app import sample
from app.models.database import Work
from app.models.documents import DocumentSeries, DocumentType
from app.models.dossiers import Channel, Outcome, Procedure
from app.registers import documents, plan_tasks, plans
from app.ui.application import Application
from app.ui.screens.budget import BudgetPage
from app.ui.screens.documents import DocumentsPage
from app.ui.screens.dossiers import DossiersPage
from app.ui.screens.first_start import FirstStartPage
from app.ui.screens.importing import ImportPage
from app.ui.screens.opening_balance import OpeningBalancePage
from app.ui.screens.overview import OverviewPage
from app.ui.screens.plans import PlansPage
from app.ui.screens.procedures import ProceduresPage
from app.ui.screens.settings import SettingsPage
from tests.offices import build_office, clock_on
from tests.ui.excel import FIRST, one_stop, write_book
from tests.ui.hand import type_text
from tests.ui.report_pictures import REPORTS
from tests.ui.window import Window

SIZES = ((1366, 768), (1366, 690))
SMALL = (911, 441)
RESERVE = 7  # the line "Dự phòng" of the sample
_SCALED = "SO_CCHC_PICTURES_SCALED"


def settle(window: Window) -> None:
    """Until what was handed in is done and everything is painted."""
    done: list[None] = []
    window.at.operations.submit(lambda: None, done.append, lambda _: None)
    while not done:
        QApplication.processEvents()
    QApplication.processEvents()


def _dossiers(window: Window) -> DossiersPage:
    return cast(DossiersPage, window.shell.go("dossiers"))


def dossiers_list(window: Window) -> None:
    _dossiers(window)


def dossiers_form(window: Window) -> None:
    page = _dossiers(window)
    page.new()
    form = page.entry_panel.form
    assert form is not None
    procedures = [c for c in page.context().options["procedures"] if c.name == "Đăng ký khai sinh"]
    form.set_value("procedure_id", procedures[0].value)
    form.set_value("applicant", "Nguyễn Văn Ví Dụ")
    form.set_value("address", "Thôn Thử Nghiệm, xã Nam Trung")


def dossiers_errors(window: Window) -> None:
    page = _dossiers(window)
    page.new()
    page.entry_panel.save()


def dossiers_opened(window: Window) -> None:
    page = _dossiers(window)
    page.look_only(chip="pending")
    page.table.select_first()
    page.open_row(page.table.current_id())


def dossiers_step(window: Window) -> None:
    dossiers_opened(window)
    page = _dossiers(window)
    row = page.read_row(cast(int, page.table.current_id()))
    assert row is not None
    page.ask_end(row, Outcome.WITHDRAWN)


def dossiers_draft(window: Window) -> None:
    dossiers_form(window)
    _dossiers(window).leave()


def dossiers_no_hit(window: Window) -> None:
    page = _dossiers(window)
    page.search.set_raw("quắm xòe")
    page.look(search="quắm xòe")


def _documents(window: Window) -> DocumentsPage:
    return cast(DocumentsPage, window.shell.go("documents"))


def documents_list(window: Window) -> None:
    _documents(window)


def documents_plan(window: Window) -> None:
    """Plan 10 dated before plan 05, plan 04 voided: what the sample keeps right."""
    page = _documents(window)
    options = page.session.today.replace(month=2, day=2), page.session.period.end
    page.session.save("Sửa văn bản", _misdate, *options)
    settle(window)
    first = plan_tasks_of(window)[0]
    page.show_document(first.plan_id)


def _misdate(work: Work, day: date, voided_on: date) -> None:
    found = work.rows(documents.DOCUMENTS.query().where(DocumentType.code == "KH", DocumentSeries.year == 2023))
    by_number = {row["number"]: row["id"] for row in found}
    documents.save(work, by_number[10], {"dated_on": day})
    if all(row["voided_on"] is None for row in found):
        documents.void(work, by_number[4], voided_on, "Ghi nhầm nội dung")


def plan_tasks_of(window: Window) -> list[plan_tasks.TaskInfo]:
    with window.at.read() as connection:
        return plan_tasks.tasks(connection)


def documents_form(window: Window) -> None:
    page = _documents(window)
    page.look_only(chip="KH")
    page.new()
    form = page.entry_panel.form
    assert form is not None
    form.set_value("dated_on", date(2023, 6, 1))


def documents_void(window: Window) -> None:
    page = _documents(window)
    page.look_only(chip="QĐ")
    page.table.select_first()
    page.open_row(page.table.current_id())


def documents_no_hit(window: Window) -> None:
    page = _documents(window)
    page.search.set_raw("ví dụ ba")
    page.look(search="ví dụ ba")


def _plans(window: Window) -> PlansPage:
    return cast(PlansPage, window.shell.go("plans"))


def _plans_list(window: Window) -> None:
    _plans(window)


def plans_task(window: Window) -> None:
    page = _plans(window)
    page.table.select_first()
    page.open_row(page.table.current_id())


def plans_late(window: Window) -> None:
    """One task late, as an alarm: the sample has none."""
    wanted = next(task for task in plan_tasks_of(window) if task.content == "Tập huấn hòa giải viên")
    window.at.save("Sửa nhiệm vụ", plans.save, wanted.id, {"due_on": date(2023, 6, 8)})
    settle(window)
    plans_task(window)


def plans_result(window: Window) -> None:
    page = _plans(window)
    page.table.select_first()
    page.table.ticked.emit(page.table.current_id())


def plans_by_plan(window: Window) -> None:
    page = _plans(window)
    page.grouping.set_raw("plan")
    page.refresh()


def plans_by_person(window: Window) -> None:
    page = _plans(window)
    page.grouping.set_raw("person")
    page.refresh()


def plans_new_task(window: Window) -> None:
    _plans(window).add_task()


def people(window: Window) -> None:
    _dossiers(window)
    window.shell.officer_asked.emit()


def _procedures(window: Window) -> ProceduresPage:
    return cast(ProceduresPage, window.shell.go("procedures"))


def procedures_list(window: Window) -> None:
    _procedures(window)


def procedures_opened(window: Window) -> None:
    page = _procedures(window)
    with page.session.read() as connection:
        row_id = connection.execute(select(Procedure.id).where(Procedure.code == "MAU-034")).scalar_one()
    page.open_row(row_id)
    page.table.select(row_id)


def procedures_form(window: Window) -> None:
    _procedures(window).new()


def procedures_change(window: Window) -> None:
    procedures_opened(window)
    page = _procedures(window)
    row = page.read_row(cast(int, page.table.current_id()))
    assert row is not None
    page.enter(page.change_entry(row))


def _import(window: Window, key: str = "dossiers", *, matched: bool) -> ImportPage:
    """The import of a month's register: read, and with `matched` its words set to ours and the rows looked at."""
    window.shell.go(key)
    page = ImportPage(window.at, window.shell, key)
    window.shell.open_over(page)
    with tempfile.TemporaryDirectory() as folder:
        page.read(one_stop(Path(folder) / "so-mot-cua-thang-5.xlsx"))
        while page.matching.looked() is None:
            QApplication.processEvents()
    if matched:
        for text, value in (("Dịch vụ công một phần", Channel.ONLINE), ("Tại quầy tiếp dân", Channel.IN_PERSON)):
            page.matching.panel.value_chosen.emit("channel", text, value)
        QApplication.processEvents()
        page.matching.go_on()
        settle(window)
    return page


def import_file(window: Window) -> None:
    window.shell.go("dossiers")
    window.shell.open_over(ImportPage(window.at, window.shell, "dossiers"))


def import_columns(window: Window) -> None:
    _import(window, matched=False)


def import_preview(window: Window) -> None:
    _import(window, matched=True)


def import_budget(window: Window) -> None:
    """Three sheets, an entry over its allocation, and a sheet without a column that must be there."""
    window.shell.go("budget")
    page = ImportPage(window.at, window.shell, "budget")
    window.shell.open_over(page)
    entries = ["Năm", "Loại", "Khoản", "Ngày", "Nội dung", "Số tiền"]
    lines = [[2023, "Chi", "Chi thường xuyên", date(2023, 6, 1), "Chi hội nghị", 9_000_000_000]]
    allocations = ["Năm", "Loại", "Tên khoản chi", "Hình thức giao", "Quyết định", "Ngày quyết định", "Số tiền"]
    given = [2023, "Chi", "Chi thường xuyên", "Giao đầu năm", "12/QĐ-UBND", date(2023, 1, 3), 5_000_000]
    with tempfile.TemporaryDirectory() as folder:
        sheets = {"Dự toán": [allocations, given], "Bút toán": [entries, *lines]}
        page.read(write_book(Path(folder) / "ngan-sach-2023.xlsx", sheets))
        while page.matching.looked() is None:
            QApplication.processEvents()


def import_correcting(window: Window) -> None:
    page = _import(window, matched=True)
    page.previewing.table.select(FIRST + 82, near=1)
    page.previewing.edit()


def _budget(window: Window) -> BudgetPage:
    return cast(BudgetPage, window.shell.go("budget"))


def budget_entry(window: Window) -> None:
    page = _budget(window)
    page.new_entry()
    for key, text in (("voucher", "PT 083"), ("text", "Thu khoán ao cá công sản đợt 2"), ("amount", "18,6tr")):
        page.entries.row.fields[key].setFocus()
        type_text(page.entries.row.fields[key], text)


def budget_over(window: Window) -> None:
    page = _budget(window)
    page.look_at_side("expenditure")
    page.tree.select(RESERVE)
    page.entries.row.fields["amount"].setFocus()
    type_text(page.entries.row.fields["amount"], "231,2tr")


def budget_investment(window: Window) -> None:
    _budget(window).look_at_side("investment")


def budget_decisions(window: Window) -> None:
    _budget(window).beside.open_allocations()


def budget_line(window: Window) -> None:
    page = _budget(window)
    page.look_at_side("expenditure")
    page.beside.edit_line()


def budget_new_year(window: Window) -> None:
    _budget(window)


def overview(window: Window) -> None:
    page = cast(OverviewPage, window.shell.go("overview"))
    while not page.is_up_to_date():
        QApplication.processEvents()


def overview_due(window: Window) -> None:
    overview(window)
    cast(OverviewPage, window.shell.current_page()).open_due()


def overview_fields(window: Window) -> None:
    overview(window)
    cast(OverviewPage, window.shell.current_page()).open_fields()


def settings_group(key: str) -> Callable[[Window], None]:
    def show(window: Window) -> None:
        cast(SettingsPage, window.shell.go("settings")).show_group(key)

    return show


def settings_signer(window: Window) -> None:
    group = cast(SettingsPage, window.shell.go("settings")).office_group()
    group.edit_signer(1)


def first_start(window: Window) -> None:
    window.shell.open_over(FirstStartPage(window.at.file.path, clock_on(), lambda _: None, lambda _: None))


def set_up(window: Window) -> None:
    first_start(window)
    page = cast(FirstStartPage, window.shell.current_page())
    page.start()
    answers = {
        "name": "Nam Trung",
        "superior": "Ủy ban nhân dân huyện Nam Sách",
        "signer": "Nguyễn Văn Bền",
        "title": "Chủ tịch",
        "person": "Trần Thị Mẫu",
        "section": "Một cửa",
    }
    for key, text in answers.items():
        page.set_up.form.set_value(key, text)


def opening_balances(window: Window) -> None:
    page = OpeningBalancePage(window.at, window.shell, first=True)
    window.shell.open_over(page)
    amounts = (268_441_260, 241_850_000, 2_336_210_000, 5_721_585_000, 5_721_585_000, 2_311_643_700, 0)
    for numbers, fields in (
        ((58, 27, 70, 15, 27, 53, 12, 2, 2, 6), page.numbers.fields()),
        (amounts, page.budget.fields()),
    ):
        for number, field in zip(numbers, fields, strict=False):
            field.set_value(number)
    page.budget.add_up()


SCREENS: dict[str, Callable[[Window], None]] = {
    "tong-quan": overview,
    "tong-quan-viec-den-han": overview_due,
    "tong-quan-linh-vuc": overview_fields,
    "ho-so": dossiers_list,
    "ho-so-tiep-nhan": dossiers_form,
    "ho-so-loi": dossiers_errors,
    "ho-so-chi-tiet": dossiers_opened,
    "ho-so-buoc": dossiers_step,
    "ho-so-ban-go-do": dossiers_draft,
    "ho-so-khong-thay": dossiers_no_hit,
    "thu-tuc": procedures_list,
    "thu-tuc-chi-tiet": procedures_opened,
    "thu-tuc-moi": procedures_form,
    "thu-tuc-thay-doi": procedures_change,
    "van-ban": documents_list,
    "van-ban-ke-hoach": documents_plan,
    "van-ban-moi": documents_form,
    "van-ban-chi-tiet": documents_void,
    "van-ban-khong-thay": documents_no_hit,
    "ke-hoach": plans_late,
    "ke-hoach-ket-qua": plans_result,
    "ke-hoach-theo-ke-hoach": plans_by_plan,
    "ke-hoach-theo-nguoi": plans_by_person,
    "ke-hoach-nhiem-vu-moi": plans_new_task,
    "nhap-tep": import_file,
    "nhap-khop-cot": import_columns,
    "nhap-xem-truoc": import_preview,
    "nhap-sua-o": import_correcting,
    "nhap-ngan-sach": import_budget,
    "ngan-sach": budget_entry,
    "ngan-sach-vuot": budget_over,
    "ngan-sach-dau-tu-cong": budget_investment,
    "ngan-sach-quyet-dinh": budget_decisions,
    "ngan-sach-khoan": budget_line,
    "thiet-lap": settings_group("office"),
    "thiet-lap-nguoi-ky": settings_signer,
    "thiet-lap-can-bo": settings_group("people"),
    "thiet-lap-ngay-nghi": settings_group("days"),
    "thiet-lap-quy-tac": settings_group("rules"),
    "thiet-lap-mau": settings_group("outlines"),
    "thiet-lap-sao-luu": settings_group("copies"),
    "thiet-lap-gioi-thieu": settings_group("about"),
    "toi-la": people,
    **REPORTS,
}
# Drawn on a new office without a row.
EMPTY: dict[str, Callable[[Window], None]] = {
    "lan-dau": first_start,
    "lap-xa": set_up,
    "so-du-dau": opening_balances,
    "tong-quan-moi": overview,
    "ho-so-trong": dossiers_list,
    "ngan-sach-trong": budget_new_year,
    "van-ban-trong": documents_list,
    "ke-hoach-trong": _plans_list,
}


def draw(out: Path, names: list[str]) -> None:
    """Draws the named screens (none named: all), each in a fresh window on a fresh copy of the office."""
    sizes = (SMALL,) if os.environ.get(_SCALED) else SIZES
    with tempfile.TemporaryDirectory() as folder:
        sample_office, new_office = Path(folder) / "mau.socchc", Path(folder) / "moi.socchc"
        sample.build(sample_office, clock_on())
        build_office(new_office)
        for name, show in (SCREENS | EMPTY).items():
            if names and name not in names:
                continue
            for width, height in sizes:
                office = new_office if name in EMPTY else sample_office
                copy = shutil.copy(office, Path(folder) / f"{name}-{width}x{height}.socchc")
                window = Window(Path(copy), clock_on())
                window.shell.resize(width, height)
                window.shell.show()
                show(window)
                settle(window)
                settle(window)  # rows of chips that have become fewer are laid out with the next turn
                window.shell.grab().save(str(out / f"{name}-{width}x{height}.png"))
                window.shell.close()


def main() -> None:
    out, names = Path(sys.argv[1]), sys.argv[2:]
    out.mkdir(parents=True, exist_ok=True)
    application = Application()
    draw(out, names)
    del application
    if not os.environ.get(_SCALED):
        command = [sys.executable, "-m", "tests.ui.pictures", str(out), *names]
        subprocess.run(command, check=True, env={**os.environ, "QT_SCALE_FACTOR": "1.5", _SCALED: "1"})


if __name__ == "__main__":
    main()
