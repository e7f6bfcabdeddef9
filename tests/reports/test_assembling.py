"""Facts of a report: lines of the budget above their leaves, documents of an office that was renamed."""

from datetime import date

from app.models.budget import AllocationKind, BudgetKind
from app.models.database import OfficeFile
from app.periods import PeriodKind
from app.registers import budget, budget_lines, office, saved_reports
from app.reports import assembling
from app.reports.blocks import Template
from app.reports.facts import Facts
from tests.offices import do, document


def facts(file: OfficeFile, template: Template) -> Facts:
    with file.read() as connection:
        period = saved_reports.period_of(connection, PeriodKind.H1, 2023)
        return assembling.facts_of(connection, period, None, template)


def test_a_line_above_others_has_the_sum_of_their_figures(office_file: OfficeFile, outline_template: Template) -> None:
    def line(name: str, parent: str | None = None) -> int:
        values = {"year": 2023, "kind": BudgetKind.EXPENDITURE, "name": name, "parent": parent}
        return int(do(office_file, budget_lines.save_line, None, values))

    for name, parent in (("Chi thường xuyên", None), ("Chi sự nghiệp", "Chi thường xuyên")):
        line(name, parent)
    leaves = {name: line(name, "Chi sự nghiệp") for name in ("Giáo dục", "Y tế")} | {"Dự phòng": line("Dự phòng")}
    for leaf, amount in zip(leaves.values(), (400, 600, 50), strict=True):
        given = {"allocation_kind": AllocationKind.GIVEN, "decision": "01/QĐ", "decided_on": date(2023, 1, 3)}
        do(office_file, budget.save_allocation, None, given | {"line_id": leaf, "amount": amount})
        # The second entry is after the cut-off.
        for day in (date(2023, 2, 1), date(2023, 6, 20)):
            entry = {"line_id": leaf, "entry_on": day, "amount": amount // 4}
            do(office_file, budget.save_entry, None, entry)
    found = facts(office_file, outline_template)
    shown = [(row.label, row.depth, row.allocated.value, row.done.value) for row in found.budget_rows]
    assert shown == [
        ("Chi ngân sách", 0, 1050, 262),
        ("Chi thường xuyên", 1, 1000, 250),
        ("Chi sự nghiệp", 2, 1000, 250),
        ("Giáo dục", 3, 400, 100),
        ("Y tế", 3, 600, 150),
        ("Dự phòng", 1, 50, 12),
    ]
    for row in found.budget_rows:
        if (row.done.name, row.label) in found.figures:
            assert row.percent == found.figures[row.percent.name, row.label]
    assert [str(row.percent.value) for row in found.budget_rows] == [
        "24.95",
        "25.00",
        "25.00",
        "25.00",
        "25.00",
        "24.00",
    ]


def test_a_plan_keeps_the_name_under_which_it_was_issued(office_file: OfficeFile, outline_template: Template) -> None:
    document(office_file, 1, date(2023, 3, 1), "KH", in_report=True)
    newer = do(office_file, office.new_office_version, date(2023, 4, 1))
    do(office_file, office.save_office, newer, {"name": "Tên Mới"})
    document(office_file, 2, date(2023, 5, 1), "KH", in_report=True)
    found = facts(office_file, outline_template)
    assert found.office.unit == "xã Tên Mới"
    assert [plan.issuer for plan in found.plans] == ["Ủy ban nhân dân xã Thử Nghiệm", "Ủy ban nhân dân xã Tên Mới"]
