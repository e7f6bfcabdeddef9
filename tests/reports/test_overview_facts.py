"""What Tổng quan tells: today's counts, what is due first, what the coming report and a new office lack."""

from datetime import date, timedelta
from typing import Any

import pytest

from app.models.budget import AllocationKind, BudgetKind
from app.models.database import OfficeFile
from app.models.dossiers import Channel, Outcome
from app.models.reports import Report
from app.periods import Period, PeriodKind
from app.registers import (
    budget,
    budget_lines,
    dossier_steps,
    office,
    opening,
    plans,
    procedures,
    saved_reports,
)
from app.reports import overview
from app.reports.overview import Lack, Overview
from app.workdays import LimitUnit
from tests.offices import TODAY, do, document, dossier, procedure_id, rows, type_id

YESTERDAY = TODAY - timedelta(days=3)  # the Friday before


def read(file: OfficeFile, day: date = TODAY) -> Overview:
    with file.read() as connection:
        coming = saved_reports.period_of(connection, PeriodKind.H1, 2023)
        return overview.overview(connection, day, coming, coming)


def keys(lacks: tuple[Lack, ...]) -> list[str]:
    return [lack.key for lack in lacks]


def sentence(found: Overview, key: str) -> str:
    return next(lack.sentence for lack in found.lacks if lack.key == key)


def task(file: OfficeFile, plan: int, due_on: date | None, **values: Any) -> int:
    filled = {"document_id": plan, "content": "Kiểm tra việc thực hiện", "area": None, "lead_id": 1}
    return int(do(file, plans.save, None, filled | {"due_on": due_on} | values))


# --- the sample ------------------------------------------------------------------------------------------------------


def test_the_sample_has_nothing_late_and_lacks_nothing(sample: OfficeFile) -> None:
    found = read(sample)
    assert (found.waiting.pending, found.waiting.in_time, found.waiting.soon, found.waiting.overdue) == (15, 15, 3, 0)
    assert [item.register for item in found.due] == ["dossiers", "dossiers", "dossiers", "tasks"]
    assert found.due_total == 4
    assert (found.lacks, found.first_steps) == ((), ())
    assert found.budget.number("budget.revenue.done") == 8_568_086_260
    assert found.period.number("dossiers.total") == 1455


def test_a_report_without_number_and_day_says_so(sample: OfficeFile) -> None:
    report = next(row["id"] for row in rows(sample, Report) if row["number"] == 71)
    # The command gives no number up: the draft as it was before.
    do(sample, lambda work: work.update(Report, report, number=None, dated_on=None))
    found = read(sample)
    assert keys(found.lacks) == ["number"]
    assert sentence(found, "number") == "Chưa có số văn bản, ngày ký"


# --- today -----------------------------------------------------------------------------------------------------------


def test_dossiers_of_today_are_counted_with_their_quantity(office_file: OfficeFile) -> None:
    dossier(office_file, "BA", received_on=TODAY, quantity=20, channel=Channel.ONLINE)
    dossier(office_file, "BA", received_on=TODAY, quantity=3)
    refused = dossier(office_file, "BA", received_on=TODAY)
    do(office_file, dossier_steps.finish, refused, Outcome.REJECTED, TODAY, "Không thuộc thẩm quyền")
    waiting = read(office_file).waiting
    assert waiting.received == {Channel.ONLINE: 20, Channel.IN_PERSON: 3}
    assert waiting.received_today == 23


def test_late_soon_and_without_a_day(office_file: OfficeFile) -> None:
    dossier(office_file, "BA", received_on=date(2023, 6, 5))  # due 8/6
    dossier(office_file, "BA", received_on=date(2023, 6, 6))  # due 9/6
    dossier(office_file, "BA", received_on=TODAY)  # due 15/6
    dossier(office_file, "HAI-HAI", received_on=TODAY)
    dossier(office_file, "CHUA-RO", received_on=TODAY)
    waiting = read(office_file).waiting
    assert (waiting.pending, waiting.overdue, waiting.soon, waiting.undated, waiting.in_time) == (5, 2, 1, 1, 2)
    assert (waiting.oldest_due, waiting.oldest_field) == (date(2023, 6, 8), "Hộ tịch")


def test_dossiers_and_tasks_stand_in_one_list_by_their_day(office_file: OfficeFile) -> None:
    plan = document(office_file, 31, date(2023, 1, 3), "KH")
    late = task(office_file, plan, date(2023, 6, 8))
    task(office_file, plan, date(2023, 6, 16))  # a day beyond three working days
    task(office_file, plan, None)
    task(office_file, plan, date(2023, 6, 7), done_on=date(2023, 6, 7))
    soon = dossier(office_file, "BA", received_on=TODAY)
    found = read(office_file)
    assert [(item.register, item.id) for item in found.due] == [("tasks", late), ("dossiers", soon)]
    assert found.due_total == 2
    assert found.due[0].detail == "Kế hoạch 31/KH-UBND · Trần Thị Mẫu"
    assert found.due[1].title == "Thủ tục BA"


# --- the coming report -----------------------------------------------------------------------------------------------


def test_a_new_office_lacks_everything_and_is_told_what_to_do_first(office_file: OfficeFile) -> None:
    found = read(office_file)
    assert keys(found.lacks) == ["report", "dossiers", "documents", "budget", "opening"]
    assert sentence(found, "budget") == "Chưa có dự toán năm 2023"
    assert keys(found.first_steps) == ["limits", "opening"]  # procedures and two people are there
    assert found.first_steps[0].sentence == "1 trong 6 thủ tục chưa có thời hạn"
    with_limit = {"limit_amount": 3, "limit_unit": LimitUnit.WORKING_DAYS}
    do(office_file, procedures.save, procedure_id(office_file, "CHUA-RO"), with_limit)
    assert keys(read(office_file).first_steps) == ["opening"]


def test_each_register_with_rows_lacks_nothing_more(office_file: OfficeFile) -> None:
    dossier(office_file)
    document(office_file, 1, date(2023, 1, 5))
    line = do(office_file, budget_lines.save_line, None, {"year": 2023, "kind": BudgetKind.REVENUE, "name": "Thu phí"})
    given = {"line_id": line, "kind": AllocationKind.GIVEN, "decision": "01/QĐ", "decided_on": date(2023, 1, 3)}
    do(office_file, budget.save_allocation, None, given | {"amount": 100})
    found = read(office_file)
    assert keys(found.lacks) == ["report", "budget", "opening"]
    assert sentence(found, "budget") == "Chưa có số thu, chi năm 2023"
    do(office_file, budget.save_entry, None, {"line_id": line, "entry_on": TODAY, "amount": 5})
    found = read(office_file)
    assert keys(found.lacks) == ["report", "opening"]
    assert found.first_steps == ()


def test_books_with_rows_from_before_the_period_need_no_opening(office_file: OfficeFile) -> None:
    dossier(office_file, received_on=date(2022, 12, 1))
    assert "opening" not in keys(read(office_file).lacks)


def test_once_the_books_are_opened_the_empty_parts_are_named(office_file: OfficeFile) -> None:
    do(office_file, office.set_setting, office.OPENED_ON, "2023-05-02")
    assert sentence(read(office_file), "opening") == (
        "Số dư đầu chưa có số văn bản, hồ sơ đang giải quyết, lũy kế ngân sách"
    )
    dossier(office_file, received_on=date(2023, 4, 28))
    assert sentence(read(office_file), "opening") == "Số dư đầu chưa có số văn bản, lũy kế ngân sách"
    numbers = {("UBND", type_id(office_file, "QĐ")): 12}
    do(office_file, opening.save, date(2023, 5, 2), numbers, {})
    assert sentence(read(office_file), "opening") == "Số dư đầu chưa có lũy kế ngân sách"
    do(office_file, office.set_setting, office.OPENED_ON, "2023-01-01")
    assert sentence(read(office_file), "opening") == "Số dư đầu chưa có hồ sơ đang giải quyết"


def test_what_happened_before_the_books_were_opened_is_asked_for(office_file: OfficeFile) -> None:
    assert "left_out" not in keys(read(office_file).lacks)
    do(office_file, office.set_setting, office.OPENED_ON, "2023-05-02")
    [lack] = [lack for lack in read(office_file).lacks if lack.key == "left_out"]
    assert (lack.sentence, lack.verb) == ("Chưa nhập số liệu trước ngày mở sổ", "Nhập")
    assert lack.place == "dossiers"


@pytest.mark.parametrize(("day", "years"), [(date(2023, 6, 12), []), (date(2098, 3, 1), [2098])])
def test_a_year_whose_days_off_are_not_announced_is_named(office_file: OfficeFile, day: date, years: list[int]) -> None:
    said = [lack.sentence for lack in read(office_file, day).lacks if lack.key == "holidays"]
    assert said == [f"Chưa có đủ ngày nghỉ chính thức năm {year}" for year in years]


def test_in_december_the_next_year_is_looked_at_too(office_file: OfficeFile) -> None:
    found = read(office_file, date(2098, 12, 1))
    assert [lack.sentence[-4:] for lack in found.lacks if lack.key == "holidays"] == ["2098", "2099"]


def test_without_a_signer_or_recipients(office_file: OfficeFile) -> None:
    period = Period(PeriodKind.H1, 2021, date(2020, 12, 15), date(2021, 6, 14), date(2021, 1, 1), date(2021, 6, 15))
    with office_file.read() as connection:
        found = overview.overview(connection, date(2021, 6, 1), period, period)
    assert "signer" in keys(found.lacks)


def test_the_share_of_the_year() -> None:
    assert overview.share_of_year(date(2023, 6, 12)) == (163, 365)
    assert overview.share_of_year(date(2024, 12, 31)) == (366, 366)
