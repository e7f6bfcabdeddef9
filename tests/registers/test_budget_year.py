"""A year of the budget: opened with the lines of the year before; what may be a parent; what was taken back."""

from datetime import date

import pytest

from app.models.budget import BudgetKind, BudgetLine
from app.models.database import OfficeFile
from app.problems import Problem
from app.registers import budget, budget_lines, budget_year
from tests.offices import TODAY, allocate, budget_entry, budget_line, do, rows

CHI = BudgetKind.EXPENDITURE


def test_a_new_year_has_the_same_tree_without_amounts(office_file: OfficeFile) -> None:
    child = budget_line(office_file, "Chi lương")
    parent = budget_line(office_file, "Chi thường xuyên")
    do(office_file, budget_lines.save_line, child, {"parent_id": parent})  # moved below a line entered after it
    road = budget_line(office_file, "Đường thôn", is_investment=True, project="Đường thôn Mẫu")
    allocate(office_file, child, 100)
    budget_entry(office_file, child, amount=10)
    assert do(office_file, budget_year.copy_lines, 2023, 2024) == 3
    copies = {row["name"]: row for row in rows(office_file, BudgetLine) if row["year"] == 2024}
    assert copies["Chi lương"]["parent_id"] == copies["Chi thường xuyên"]["id"]
    assert copies["Đường thôn"]["project"] == "Đường thôn Mẫu" and copies["Đường thôn"]["is_investment"]
    with office_file.read() as connection:
        tree = budget_lines.tree(connection, 2024, CHI, date(2024, 12, 31))
    assert [(row.name, row.depth, row.allocated, row.done) for row in tree] == [
        ("Chi thường xuyên", 0, 0, 0),
        ("Chi lương", 1, 0, 0),
        ("Đường thôn", 0, 0, 0),
    ]
    assert road != copies["Đường thôn"]["id"]


def test_a_year_is_opened_once_and_from_a_year_that_has_lines(office_file: OfficeFile) -> None:
    with pytest.raises(Problem, match="Năm 2023 chưa có khoản nào để chép"):
        do(office_file, budget_year.copy_lines, 2023, 2024)
    budget_line(office_file, "Chi thường xuyên")
    do(office_file, budget_year.copy_lines, 2023, 2024)
    with pytest.raises(Problem, match="đã có khoản"):
        do(office_file, budget_year.copy_lines, 2023, 2024)


def test_investment_is_the_marked_leaves_with_their_projects(office_file: OfficeFile) -> None:
    plan = budget_line(office_file, "Đầu tư phát triển", is_investment=True)
    road = budget_line(office_file, "Đường thôn", parent_id=plan, project="Đường thôn Mẫu")
    budget_line(office_file, "Chi thường xuyên")
    allocate(office_file, road, 100)
    budget_entry(office_file, road, amount=40)
    with office_file.read() as connection:
        found = budget_year.investment(connection, 2023, TODAY)
    assert [(row.name, row.allocated, row.done, project) for row, project in found] == [
        ("Đường thôn", 100, 40, "Đường thôn Mẫu")
    ]


def test_a_parent_has_no_amounts_and_does_not_lie_below(office_file: OfficeFile) -> None:
    upper = budget_line(office_file, "Chi")
    middle = budget_line(office_file, "Chi thường xuyên", parent_id=upper)
    budget_line(office_file, "Chi lương", parent_id=middle)
    with_money = budget_line(office_file, "Dự phòng")
    allocate(office_file, with_money, 100)
    with office_file.read() as connection:
        of_new = budget_year.possible_parents(connection, 2023, CHI, None)
        of_middle = budget_year.possible_parents(connection, 2023, CHI, middle)
    assert [parent.name for parent in of_new] == ["Chi", "Chi thường xuyên", "Chi lương"]
    assert [parent.name for parent in of_middle] == ["Chi"]


def test_an_entry_taken_back_is_known(office_file: OfficeFile) -> None:
    chi = budget_line(office_file, "Dự phòng")
    allocate(office_file, chi, 100)
    first, second = budget_entry(office_file, chi, amount=30), budget_entry(office_file, chi, amount=20)
    do(office_file, budget.counter, first, TODAY, "Ghi nhầm")
    with office_file.read() as connection:
        assert budget_year.corrected(connection, chi) == {first}
        assert second not in budget_year.corrected(connection, chi)
