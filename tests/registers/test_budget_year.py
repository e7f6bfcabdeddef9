"""A year of the budget: opened with the lines of the year before; what may be a parent; what goes over."""

from datetime import date
from typing import Any

import pytest

from app.models.budget import AllocationKind, BudgetKind, BudgetLine
from app.models.database import OfficeFile
from app.problems import Problem
from app.registers import budget, budget_year
from tests.offices import TODAY, do, rows

CHI = BudgetKind.EXPENDITURE


def line(file: OfficeFile, name: str, **values: Any) -> int:
    filled = {"year": 2023, "kind": CHI, "name": name, "is_investment": False, "project": None}
    return int(do(file, budget.save_line, None, filled | values))


def give(file: OfficeFile, line_id: int, amount: int) -> None:
    values = {"line_id": line_id, "kind": AllocationKind.GIVEN, "decision": "01/QĐ", "decided_on": date(2023, 1, 3)}
    do(file, budget.save_allocation, None, values | {"amount": amount})


def spend(file: OfficeFile, line_id: int, amount: int, day: date = TODAY) -> int:
    return int(do(file, budget.save_entry, None, {"line_id": line_id, "entry_on": day, "amount": amount}))


def test_a_new_year_has_the_same_tree_without_amounts(office_file: OfficeFile) -> None:
    child = line(office_file, "Chi lương")
    parent = line(office_file, "Chi thường xuyên")
    do(office_file, budget.save_line, child, {"parent_id": parent})  # moved below a line entered after it
    road = line(office_file, "Đường thôn", is_investment=True, project="Đường thôn Mẫu")
    give(office_file, child, 100)
    spend(office_file, child, 10)
    assert do(office_file, budget_year.copy_lines, 2023, 2024) == 3
    copies = {row["name"]: row for row in rows(office_file, BudgetLine) if row["year"] == 2024}
    assert copies["Chi lương"]["parent_id"] == copies["Chi thường xuyên"]["id"]
    assert copies["Đường thôn"]["project"] == "Đường thôn Mẫu" and copies["Đường thôn"]["is_investment"]
    with office_file.read() as connection:
        tree = budget.tree(connection, 2024, CHI, date(2024, 12, 31))
    assert [(row.name, row.depth, row.allocated, row.done) for row in tree] == [
        ("Chi thường xuyên", 0, 0, 0),
        ("Chi lương", 1, 0, 0),
        ("Đường thôn", 0, 0, 0),
    ]
    assert road != copies["Đường thôn"]["id"]


def test_a_year_is_opened_once_and_from_a_year_that_has_lines(office_file: OfficeFile) -> None:
    with pytest.raises(Problem, match="chưa có khoản nào"):
        do(office_file, budget_year.copy_lines, 2023, 2024)
    line(office_file, "Chi thường xuyên")
    do(office_file, budget_year.copy_lines, 2023, 2024)
    with pytest.raises(Problem, match="đã có khoản"):
        do(office_file, budget_year.copy_lines, 2023, 2024)


def test_investment_is_the_marked_leaves_with_their_projects(office_file: OfficeFile) -> None:
    plan = line(office_file, "Đầu tư phát triển", is_investment=True)
    road = line(office_file, "Đường thôn", parent_id=plan, project="Đường thôn Mẫu")
    line(office_file, "Chi thường xuyên")
    give(office_file, road, 100)
    spend(office_file, road, 40)
    with office_file.read() as connection:
        found = budget_year.investment(connection, 2023, TODAY)
    assert [(row.name, row.allocated, row.done, project) for row, project in found] == [
        ("Đường thôn", 100, 40, "Đường thôn Mẫu")
    ]


def test_a_parent_has_no_amounts_and_does_not_lie_below(office_file: OfficeFile) -> None:
    upper = line(office_file, "Chi")
    middle = line(office_file, "Chi thường xuyên", parent_id=upper)
    line(office_file, "Chi lương", parent_id=middle)
    with_money = line(office_file, "Dự phòng")
    give(office_file, with_money, 100)
    with office_file.read() as connection:
        of_new = budget_year.possible_parents(connection, 2023, CHI, None)
        of_middle = budget_year.possible_parents(connection, 2023, CHI, middle)
    assert [parent.name for parent in of_new] == ["Chi", "Chi thường xuyên", "Chi lương"]
    assert [parent.name for parent in of_middle] == ["Chi"]


def test_excess_is_what_chi_goes_over_its_allocation(office_file: OfficeFile) -> None:
    chi, thu = line(office_file, "Dự phòng"), line(office_file, "Thu phí", kind=BudgetKind.REVENUE)
    give(office_file, chi, 100)
    spend(office_file, chi, 30)
    with office_file.read() as connection:
        assert budget.excess(connection, chi, 70) == 0
        assert budget.excess(connection, chi, 71) == 1
        assert budget.excess(connection, chi, -500) == 0
        assert budget.excess(connection, thu, 500) == 0


def test_an_entry_taken_back_is_known(office_file: OfficeFile) -> None:
    chi = line(office_file, "Dự phòng")
    give(office_file, chi, 100)
    first, second = spend(office_file, chi, 30), spend(office_file, chi, 20)
    do(office_file, budget.counter, first, TODAY, "Ghi nhầm")
    with office_file.read() as connection:
        assert budget_year.corrected(connection, chi) == {first}
        assert second not in budget_year.corrected(connection, chi)
