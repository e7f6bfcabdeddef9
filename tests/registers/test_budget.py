"""The budget: the tree of lines, allocations, entries, and every sentence that refuses one."""

from datetime import date
from typing import Any

import pytest

from app.models.budget import AllocationKind, BudgetAllocation, BudgetEntry, BudgetKind, BudgetLine
from app.models.database import OfficeFile
from app.problems import Problem
from app.registers import budget, budget_year
from tests.offices import TODAY, do, row, rows

MAY = date(2023, 5, 31)


def refused(file: OfficeFile, command, *args) -> Problem:
    with pytest.raises(Problem) as told:
        do(file, command, *args)
    return told.value


def line(file: OfficeFile, name: str, kind: BudgetKind = BudgetKind.EXPENDITURE, **more: Any) -> int:
    return int(do(file, budget.save_line, None, {"year": 2023, "kind": kind, "name": name} | more))


def allocate(file: OfficeFile, line_id: int, amount: int, kind: AllocationKind = AllocationKind.GIVEN) -> int:
    values = {"line_id": line_id, "kind": kind, "decision": "QĐ thử", "decided_on": date(2023, 1, 3)}
    return int(do(file, budget.save_allocation, None, values | {"amount": amount}))


def entry(file: OfficeFile, line_id: int, day: date = MAY, **more: Any) -> int:
    return int(do(file, budget.save_entry, None, {"line_id": line_id, "entry_on": day} | more))


# --- lines -----------------------------------------------------------------------------------------------------------


def test_a_name_once_a_year_and_side(office_file: OfficeFile) -> None:
    line(office_file, "Chi thường xuyên")
    line(office_file, "Chi thường xuyên", BudgetKind.REVENUE)
    line(office_file, "Chi thường xuyên", year=2024)
    again = {"year": 2023, "kind": BudgetKind.EXPENDITURE, "name": "chi THƯỜNG  xuyên:"}
    problem = refused(office_file, budget.save_line, None, again)
    assert (problem.sentence, problem.field) == ("Đã có khoản “chi THƯỜNG  xuyên:” trong năm này", "name")


def test_only_chi_is_investment(office_file: OfficeFile) -> None:
    values = {"year": 2023, "kind": BudgetKind.REVENUE, "name": "Phí", "is_investment": True}
    problem = refused(office_file, budget.save_line, None, values)
    assert (problem.sentence, problem.field) == ("Chỉ khoản chi mới thuộc kế hoạch đầu tư công", "is_investment")


def test_a_parent_has_no_amounts_of_its_own(office_file: OfficeFile) -> None:
    allocate(office_file, line(office_file, "Đầu tư"), 5)
    entry(office_file, line(office_file, "Thường xuyên"), amount=5, reason="Thử")
    for parent in ("Đầu tư", "Thường xuyên"):
        child = {"year": 2023, "kind": BudgetKind.EXPENDITURE, "name": "Con", "parent": parent}
        problem = refused(office_file, budget.save_line, None, child)
        assert problem.sentence == "Khoản cấp trên đã có số tiền riêng nên không chia nhỏ được"
    lost = {"year": 2023, "kind": BudgetKind.EXPENDITURE, "name": "Con", "parent": "Không có"}
    problem = refused(office_file, budget.save_line, None, lost)
    assert problem.sentence == "Không có khoản “Không có” trong năm 2023"


def test_no_line_stands_below_itself(office_file: OfficeFile) -> None:
    top = line(office_file, "Lớn")
    line(office_file, "Nhỏ", parent="Lớn")
    for parent in ("Lớn", "Nhỏ"):
        problem = refused(office_file, budget.save_line, top, {"parent": parent})
        assert problem.sentence == "Khoản cấp trên không được là chính khoản này hay khoản nhỏ của nó"


def test_money_goes_to_leaves(office_file: OfficeFile) -> None:
    top = line(office_file, "Lớn")
    line(office_file, "Nhỏ", parent="Lớn")
    sentence = "Khoản này có khoản nhỏ. Ghi tiền vào khoản nhỏ"
    amount = {"line_id": top, "entry_on": MAY, "amount": 5}
    assert refused(office_file, budget.save_entry, None, amount).sentence == sentence
    assert refused(office_file, budget.set_opening, top, MAY, 5).sentence == sentence
    values = {"line_id": top, "kind": AllocationKind.GIVEN, "decision": "x", "decided_on": MAY, "amount": 5}
    assert refused(office_file, budget.save_allocation, None, values).field == "line"


def test_what_lies_below_an_investment_is_one(office_file: OfficeFile) -> None:
    top = line(office_file, "Đầu tư", is_investment=True)
    child = line(office_file, "Đường thôn", parent="Đầu tư")
    assert row(office_file, BudgetLine, child)["is_investment"]
    do(office_file, budget.save_line, top, {"is_investment": False})
    assert not row(office_file, BudgetLine, child)["is_investment"]
    do(office_file, budget.save_line, child, {"is_investment": True})
    do(office_file, budget.save_line, top, {"name": "Đầu tư phát triển"})
    assert row(office_file, BudgetLine, child)["is_investment"]


def test_a_correction_of_the_form_keeps_year_side_and_place(office_file: OfficeFile) -> None:
    line(office_file, "Lớn")
    child = line(office_file, "Nhỏ", parent="Lớn", project="Đường")
    before = row(office_file, BudgetLine, child)
    do(office_file, budget.save_line, child, {"name": "Nhỏ hơn", "is_investment": False, "project": None})
    after = row(office_file, BudgetLine, child)
    assert after == before | {"name": "Nhỏ hơn", "name_key": "nho hon", "project": ""}


def test_the_tree_adds_up(office_file: OfficeFile) -> None:
    line(office_file, "Lớn")
    for number, name in enumerate(("A", "B"), start=1):
        child = line(office_file, name, parent="Lớn")
        allocate(office_file, child, 1000 * number)
        entry(office_file, child, amount=100 * number)
        entry(office_file, child, date(2023, 6, 12), amount=7)
    with office_file.read() as connection:
        found = budget.tree(connection, 2023, BudgetKind.EXPENDITURE, MAY)
    assert [(each.name, each.depth, each.is_leaf, each.allocated, each.done) for each in found] == [
        ("Lớn", 0, False, 3000, 300),
        ("A", 1, True, 1000, 100),
        ("B", 1, True, 2000, 200),
    ]


# --- allocations -----------------------------------------------------------------------------------------------------


def test_what_is_withdrawn_is_kept_negative(office_file: OfficeFile) -> None:
    one = line(office_file, "Một")
    allocate(office_file, one, 100)
    allocate(office_file, one, 30, AllocationKind.WITHDRAWN)
    allocate(office_file, one, -20, AllocationKind.WITHDRAWN)
    allocate(office_file, one, -10, AllocationKind.ADJUSTED)
    assert [each["amount"] for each in rows(office_file, BudgetAllocation)] == [100, -30, -20, -10]
    with office_file.read() as connection:
        assert budget.allocated(connection, one) == 40
        assert budget.allocated(connection, one, date(2023, 1, 2)) == 0


def test_signs_of_allocations(office_file: OfficeFile) -> None:
    one = line(office_file, "Một")
    for kind in (AllocationKind.GIVEN, AllocationKind.ADDED):
        with pytest.raises(Problem, match="Chỉ điều chỉnh hoặc thu hồi mới ghi số âm"):
            allocate(office_file, one, -5, kind)
    with pytest.raises(Problem, match="Số tiền phải khác 0"):
        allocate(office_file, one, 0)


def test_a_correction_of_an_allocation(office_file: OfficeFile) -> None:
    given = allocate(office_file, line(office_file, "Một"), 100)
    do(office_file, budget.save_allocation, given, {"amount": 120})
    do(office_file, budget.save_allocation, given, {"allocation_kind": AllocationKind.WITHDRAWN})
    kept = row(office_file, BudgetAllocation, given)
    assert (kept["amount"], kept["kind"], kept["decision"]) == (-120, AllocationKind.WITHDRAWN, "QĐ thử")


# --- entries ---------------------------------------------------------------------------------------------------------


def test_chi_over_its_allocation_needs_a_reason(office_file: OfficeFile) -> None:
    one = line(office_file, "Một")
    allocate(office_file, one, 1_000_000)
    entry(office_file, one, amount=900_000)
    over = {"line_id": one, "entry_on": MAY, "amount": 350_000}
    problem = refused(office_file, budget.save_entry, None, over)
    assert (problem.sentence, problem.field) == ("Vượt dự toán 250.000 đồng. Ghi lý do để lưu", "reason")
    by_sum = {"line_id": one, "entry_on": MAY, "cumulative": 1_250_000}
    assert refused(office_file, budget.save_entry, None, by_sum).sentence == problem.sentence
    do(office_file, budget.save_entry, None, over | {"reason": "Khắc phục bão"})
    assert rows(office_file, BudgetEntry)[-1]["reason"] == "Khắc phục bão"
    entry(office_file, one, amount=-5)  # what lowers the sum is not over


def test_thu_has_no_bound(office_file: OfficeFile) -> None:
    entry(office_file, line(office_file, "Phí", BudgetKind.REVENUE), amount=10**12)


def test_an_entry_lies_in_the_year_of_its_line(office_file: OfficeFile) -> None:
    one = line(office_file, "Một")
    other_year = {"line_id": one, "entry_on": date(2022, 12, 31), "amount": 5}
    problem = refused(office_file, budget.save_entry, None, other_year)
    assert (problem.sentence, problem.field) == ("Ngày này không thuộc năm ngân sách 2023", "entry_on")
    assert refused(office_file, budget.set_opening, one, date(2022, 12, 31), 5).field == "entry_on"


@pytest.mark.parametrize("amounts", [{}, {"amount": 5, "cumulative": 5}, {"amount": None, "cumulative": None}])
def test_an_amount_or_a_sum_up_to_a_day(office_file: OfficeFile, amounts: dict[str, int | None]) -> None:
    values = {"line_id": line(office_file, "Phí", BudgetKind.REVENUE), "entry_on": MAY}
    problem = refused(office_file, budget.save_entry, None, values | amounts)
    assert (problem.sentence, problem.field) == ("Ghi số tiền, hoặc lũy kế đến ngày này", "amount")


def test_of_a_sum_the_difference_is_booked(office_file: OfficeFile) -> None:
    one = line(office_file, "Phí", BudgetKind.REVENUE)
    do(office_file, budget.set_opening, one, date(2023, 1, 31), 100)
    entry(office_file, one, date(2023, 2, 28), amount=50)
    entry(office_file, one, date(2023, 4, 30), amount=1000)  # after the day of the sum: not looked at
    booked = row(office_file, BudgetEntry, entry(office_file, one, date(2023, 3, 31), cumulative=400))
    assert (booked["amount"], booked["cumulative"], booked["text"]) == (250, 400, "Lũy kế đến ngày 31/3/2023")
    lower = row(office_file, BudgetEntry, entry(office_file, one, date(2023, 3, 31), cumulative=380, text="Sửa"))
    assert (lower["amount"], lower["text"]) == (-20, "Sửa")
    with office_file.read() as connection:
        assert budget.done(connection, one, date(2023, 3, 31)) == 380
        assert budget.done(connection, one) == 1380


def test_the_opening_balance_is_set_and_set_anew(office_file: OfficeFile) -> None:
    one = line(office_file, "Phí", BudgetKind.REVENUE)
    do(office_file, budget.set_opening, one, MAY, 0)
    assert rows(office_file, BudgetEntry) == []
    for amount in (100, 300, 0):
        do(office_file, budget.set_opening, one, MAY, amount)
        assert [(each["amount"], each["is_opening"]) for each in rows(office_file, BudgetEntry)] == [(amount, True)]


def test_an_amount_once_written_changes_by_a_counter_entry_only(office_file: OfficeFile) -> None:
    one, two = line(office_file, "Phí", BudgetKind.REVENUE), line(office_file, "Khác", BudgetKind.REVENUE)
    saved = entry(office_file, one, amount=100, voucher="PT-1")
    for values in ({"amount": 90}, {"entry_on": TODAY}, {"line_id": two}, {"cumulative": 90}):
        problem = refused(office_file, budget.save_entry, saved, values)
        assert problem.sentence == "Bút toán đã ghi chỉ sửa bằng bút toán điều chỉnh"
    form = {"entry_on": MAY, "voucher": "PT-2", "text": None, "amount": 100, "cumulative": None, "reason": None}
    do(office_file, budget.save_entry, saved, form)
    do(office_file, budget.save_entry, saved, {"payer": "Đơn vị thử", "amount": None})
    kept = row(office_file, BudgetEntry, saved)
    assert (kept["amount"], kept["voucher"], kept["payer"]) == (100, "PT-2", "Đơn vị thử")


def test_a_counter_entry(office_file: OfficeFile) -> None:
    saved = entry(office_file, line(office_file, "Phí", BudgetKind.REVENUE), amount=100, text="Thu phí")
    no_reason = refused(office_file, budget.counter, saved, TODAY, "")
    assert (no_reason.sentence, no_reason.field) == ("Cần ghi lý do", "reason")
    early = refused(office_file, budget.counter, saved, date(2023, 5, 30), "x")
    assert early.sentence == "Ngày điều chỉnh trước ngày của bút toán"
    assert refused(office_file, budget.counter, saved, date(2023, 6, 13), "x").sentence == "Ngày điều chỉnh sau hôm nay"
    assert refused(office_file, budget.counter, saved, date(2024, 1, 2), "x").field == "entry_on"
    taken_back = row(office_file, BudgetEntry, do(office_file, budget.counter, saved, TODAY, "Ghi nhầm"))
    assert (taken_back["amount"], taken_back["corrects_id"], taken_back["text"]) == (-100, saved, "Điều chỉnh: Thu phí")
    again = refused(office_file, budget.counter, saved, TODAY, "x")
    assert again.sentence == "Bút toán này đã được điều chỉnh"


def test_a_file_names_the_line(office_file: OfficeFile) -> None:
    line(office_file, "Chi thường xuyên")
    named = {"year": 2023, "kind": BudgetKind.EXPENDITURE, "line": "CHI thuong xuyên"}
    do(office_file, budget.save_entry, None, named | {"entry_on": MAY, "amount": 5, "reason": "Thử"})
    unknown = named | {"line": "Chi khác", "entry_on": MAY, "amount": 5}
    problem = refused(office_file, budget.save_entry, None, unknown)
    assert (problem.sentence, problem.field) == ("Không có khoản “Chi khác” trong năm 2023", "line")


def test_the_usual_lines_only_into_an_empty_year(office_file: OfficeFile) -> None:
    do(office_file, budget.add_standard_lines, 2023)
    assert refused(office_file, budget.add_standard_lines, 2023).sentence == "Năm 2023 đã có khoản thu, chi"


def test_a_year_without_lines_has_none_to_copy(office_file: OfficeFile) -> None:
    problem = refused(office_file, budget_year.copy_lines, 2022, 2023)
    assert problem.sentence == "Năm 2022 chưa có khoản nào để chép"
