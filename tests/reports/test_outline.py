"""What the outline says of offices that have little, or something late: each sentence true, none against another."""

from datetime import date

import pytest

from app.models.budget import AllocationKind, BudgetKind
from app.models.database import OfficeFile
from app.models.dossiers import Channel, Outcome
from app.periods import PeriodKind
from app.registers import budget, budget_lines, dossier_steps, plans, saved_reports
from app.reports.blocks import Paragraph, text_of
from app.reports.making import document_of
from tests.offices import do, document, dossier

DAY = date(2023, 3, 1)
DUE = date(2023, 3, 6)  # three working days later, as BA says
LATE = date(2023, 3, 20)


def said(file: OfficeFile, section: str) -> str:
    """The paragraphs of one section of the half-year's report, joined."""
    with file.read() as connection:
        period = saved_reports.period_of(connection, PeriodKind.H1, 2023)
        document = document_of(connection, period, None)
    (found,) = (each for each in document.sections if each.key == section)
    return " ".join(text_of(block.inlines) for block in found.blocks if isinstance(block, Paragraph))


def finished(file: OfficeFile, outcome: Outcome, day: date) -> None:
    reason = "" if outcome is Outcome.RESOLVED else "Thiếu giấy tờ"
    do(file, dossier_steps.finish, dossier(file, received_on=DAY), outcome, day, reason)


def plan_with_task(file: OfficeFile, number: int, due_on: date, done_on: date | None = None) -> None:
    plan = document(file, number, date(2023, 1, 17), "KH", in_report=True)
    task = {"document_id": plan, "content": "Việc thử", "due_on": due_on, "done_on": done_on}
    do(file, plans.save, None, task)


@pytest.mark.parametrize("number", [1, 2])
def test_plans_are_spoken_of_alike_whether_one_or_several(office_file: OfficeFile, number: int) -> None:
    for each in range(1, number + 1):
        plan_with_task(office_file, each, date(2023, 7, 1))
    text = said(office_file, "steering")
    assert f"ban hành 0{number} kế hoạch để chỉ đạo, điều hành, cụ thể:" in text
    assert text.endswith(
        f"Tính đến hết ngày 14/6/2023, tổng số nhiệm vụ giao theo kế hoạch nêu trên là 0{number};"
        f" đang thực hiện 0{number} nhiệm vụ."
    )


def test_an_overdue_task_is_among_the_limits(office_file: OfficeFile) -> None:
    plan_with_task(office_file, 1, DUE, DUE)
    assert "nhiệm vụ" not in said(office_file, "limits")
    plan_with_task(office_file, 2, DUE)
    assert "đã hoàn thành 01 nhiệm vụ; đang thực hiện 01 nhiệm vụ, trong đó 01 nhiệm vụ quá hạn." in said(
        office_file, "steering"
    )
    assert "Còn 01 nhiệm vụ theo kế hoạch đã quá hạn." in said(office_file, "limits")


def test_nothing_in_time_is_no_strength(office_file: OfficeFile) -> None:
    finished(office_file, Outcome.RESOLVED, LATE)
    assert "hạn" not in said(office_file, "strengths")
    assert "Có 01 hồ sơ xử lý xong khi đã quá hạn." in said(office_file, "limits")
    finished(office_file, Outcome.RESOLVED, DUE)
    assert said(office_file, "strengths").endswith("1/2 hồ sơ xong trước hạn và đúng hạn, đạt 50,00%.")


def test_what_was_returned_late_is_late_as_in_the_annex(office_file: OfficeFile) -> None:
    finished(office_file, Outcome.RETURNED, LATE)
    assert "Có 01 hồ sơ xử lý xong khi đã quá hạn." in said(office_file, "limits")


def test_an_overdue_dossier_is_among_the_limits(office_file: OfficeFile) -> None:
    dossier(office_file, received_on=DAY)
    assert said(office_file, "procedures").count("đang giải quyết 01 hồ sơ, trong đó quá hạn 01 hồ sơ.") == 2
    assert "Còn 01 hồ sơ quá hạn chưa giải quyết xong." in said(office_file, "limits")


def test_a_field_with_refusals_alone_has_no_line(office_file: OfficeFile) -> None:
    finished(office_file, Outcome.REJECTED, DAY)
    text = said(office_file, "procedures")
    assert "không phát sinh hồ sơ phải giải quyết. Ngoài ra, từ chối tiếp nhận 01 hồ sơ." in text
    assert "Lĩnh vực" not in text


def test_many_by_post_are_not_called_few(office_file: OfficeFile) -> None:
    dossier(office_file, received_on=DAY, channel=Channel.POST)
    limits = said(office_file, "limits")
    assert limits.endswith("Hồ sơ tiếp nhận qua dịch vụ bưu chính công ích là 01 trong số 01 hồ sơ mới.")


@pytest.mark.parametrize(
    ("given", "done", "words"),
    [
        (0, 0, "không phát sinh khoản thu;"),
        (2_400_000, 0, "dự toán 2.400.000 đồng, không phát sinh khoản thu;"),
        (2_400_000, 2_500_000, "dự toán 2.400.000 đồng, thực hiện 2.500.000 đồng, đạt 104,17%;"),
        (0, 2_500_000, "thực hiện 2.500.000 đồng;"),
    ],
)
def test_revenue_is_said_with_what_there_is(office_file: OfficeFile, given: int, done: int, words: str) -> None:
    named = {"year": 2023, "kind": BudgetKind.REVENUE, "name": "Thu phí", "parent": None}
    line = do(office_file, budget_lines.save_line, None, named)
    if given:
        decision = {"allocation_kind": AllocationKind.GIVEN, "decision": "01/QĐ", "decided_on": date(2023, 1, 3)}
        do(office_file, budget.save_allocation, None, decision | {"line_id": line, "amount": given})
    if done:
        entry = {"line_id": line, "entry_on": DAY, "amount": done, "reason": "Thu vượt"}
        do(office_file, budget.save_entry, None, entry)
    assert f"Thu ngân sách nhà nước: {words}" in said(office_file, "finance")
