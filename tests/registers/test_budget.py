"""The amounts of a budget: allocations, entries, and every sentence that refuses one."""

from datetime import date

import pytest

from app.models.budget import AllocationKind, BudgetAllocation, BudgetEntry, BudgetKind
from app.models.database import OfficeFile
from app.problems import Problem
from app.registers import budget
from tests.offices import TODAY, allocate, budget_entry, budget_line, do, refused, row, rows

MAY = date(2023, 5, 31)


def test_money_goes_to_leaves(office_file: OfficeFile) -> None:
    top = budget_line(office_file, "Lớn")
    budget_line(office_file, "Nhỏ", parent="Lớn")
    sentence = "Khoản này có khoản nhỏ. Ghi tiền vào khoản nhỏ"
    amount = {"line_id": top, "entry_on": MAY, "amount": 5}
    assert refused(office_file, budget.save_entry, None, amount).sentence == sentence
    assert refused(office_file, budget.set_opening, top, MAY, 5).sentence == sentence
    values = {"line_id": top, "kind": AllocationKind.GIVEN, "decision": "x", "decided_on": MAY, "amount": 5}
    assert refused(office_file, budget.save_allocation, None, values).field == "line"


# --- allocations -----------------------------------------------------------------------------------------------------


def test_what_is_withdrawn_is_kept_negative(office_file: OfficeFile) -> None:
    one = budget_line(office_file, "Một")
    allocate(office_file, one, 100)
    allocate(office_file, one, 30, AllocationKind.WITHDRAWN)
    allocate(office_file, one, -20, AllocationKind.WITHDRAWN)
    allocate(office_file, one, -10, AllocationKind.ADJUSTED)
    assert [each["amount"] for each in rows(office_file, BudgetAllocation)] == [100, -30, -20, -10]
    with office_file.read() as connection:
        assert budget.allocated(connection, one) == 40
        assert budget.allocated(connection, one, date(2023, 1, 2)) == 0


def test_signs_of_allocations(office_file: OfficeFile) -> None:
    one = budget_line(office_file, "Một")
    for kind in (AllocationKind.GIVEN, AllocationKind.ADDED):
        with pytest.raises(Problem, match="Chỉ điều chỉnh hoặc thu hồi mới ghi số âm"):
            allocate(office_file, one, -5, kind)
    with pytest.raises(Problem, match="Số tiền phải khác 0"):
        allocate(office_file, one, 0)


def test_a_correction_of_an_allocation(office_file: OfficeFile) -> None:
    given = allocate(office_file, budget_line(office_file, "Một"), 100)
    do(office_file, budget.save_allocation, given, {"amount": 120})
    do(office_file, budget.save_allocation, given, {"allocation_kind": AllocationKind.WITHDRAWN})
    kept = row(office_file, BudgetAllocation, given)
    assert (kept["amount"], kept["kind"], kept["decision"]) == (-120, AllocationKind.WITHDRAWN, "QĐ thử")


def test_an_allocation_entered_twice_counts_once_again(office_file: OfficeFile) -> None:
    one = budget_line(office_file, "Một")
    given, again = allocate(office_file, one, 100), allocate(office_file, one, 100)
    budget_entry(office_file, one, amount=70)
    do(office_file, budget.remove_allocation, again)
    assert [each["id"] for each in rows(office_file, BudgetAllocation)] == [given]
    with office_file.read() as connection:
        assert budget.allocated(connection, one) == 100
        assert budget.excess(connection, one, 31) == 1
    do(office_file, budget.remove_allocation, given)  # what was done without an allocation is over it, and told so
    with office_file.read() as connection:
        assert budget.excess(connection, one, 1) == 71


# --- entries ---------------------------------------------------------------------------------------------------------


def test_chi_over_its_allocation_needs_a_reason(office_file: OfficeFile) -> None:
    one = budget_line(office_file, "Một")
    allocate(office_file, one, 1_000_000)
    budget_entry(office_file, one, amount=900_000)
    over = {"line_id": one, "entry_on": MAY, "amount": 350_000}
    problem = refused(office_file, budget.save_entry, None, over)
    assert (problem.sentence, problem.field) == ("Vượt dự toán 250.000 đồng. Ghi lý do để lưu", "reason")
    by_sum = {"line_id": one, "entry_on": MAY, "cumulative": 1_250_000}
    assert refused(office_file, budget.save_entry, None, by_sum).sentence == problem.sentence
    do(office_file, budget.save_entry, None, over | {"reason": "Khắc phục bão"})
    assert rows(office_file, BudgetEntry)[-1]["reason"] == "Khắc phục bão"
    budget_entry(office_file, one, amount=-5)  # what lowers the sum is not over


def test_thu_has_no_bound(office_file: OfficeFile) -> None:
    budget_entry(office_file, budget_line(office_file, "Phí", BudgetKind.REVENUE), amount=10**12)


def test_excess_is_what_chi_goes_over_its_allocation(office_file: OfficeFile) -> None:
    chi, thu = budget_line(office_file, "Dự phòng"), budget_line(office_file, "Thu phí", BudgetKind.REVENUE)
    allocate(office_file, chi, 100)
    budget_entry(office_file, chi, amount=30)
    with office_file.read() as connection:
        assert budget.excess(connection, chi, 70) == 0
        assert budget.excess(connection, chi, 71) == 1
        assert budget.excess(connection, chi, -500) == 0
        assert budget.excess(connection, thu, 500) == 0


def test_an_entry_lies_in_the_year_of_its_line(office_file: OfficeFile) -> None:
    one = budget_line(office_file, "Một")
    other_year = {"line_id": one, "entry_on": date(2022, 12, 31), "amount": 5}
    problem = refused(office_file, budget.save_entry, None, other_year)
    assert (problem.sentence, problem.field) == ("Ngày này không thuộc năm ngân sách 2023", "entry_on")
    assert refused(office_file, budget.set_opening, one, date(2022, 12, 31), 5).field == "entry_on"


@pytest.mark.parametrize("amounts", [{}, {"amount": 5, "cumulative": 5}, {"amount": None, "cumulative": None}])
def test_an_amount_or_a_sum_up_to_a_day(office_file: OfficeFile, amounts: dict[str, int | None]) -> None:
    values = {"line_id": budget_line(office_file, "Phí", BudgetKind.REVENUE), "entry_on": MAY}
    problem = refused(office_file, budget.save_entry, None, values | amounts)
    assert (problem.sentence, problem.field) == ("Ghi số tiền, hoặc lũy kế đến ngày này", "amount")


def test_of_a_sum_the_difference_is_booked(office_file: OfficeFile) -> None:
    one = budget_line(office_file, "Phí", BudgetKind.REVENUE)
    do(office_file, budget.set_opening, one, date(2023, 1, 31), 100)
    budget_entry(office_file, one, date(2023, 2, 28), amount=50)
    budget_entry(office_file, one, date(2023, 4, 30), amount=1000)  # after the day of the sum: not looked at
    booked = row(office_file, BudgetEntry, budget_entry(office_file, one, date(2023, 3, 31), cumulative=400))
    assert (booked["amount"], booked["cumulative"], booked["text"]) == (250, 400, "Lũy kế đến ngày 31/3/2023")
    lower = row(office_file, BudgetEntry, budget_entry(office_file, one, date(2023, 3, 31), cumulative=380, text="Sửa"))
    assert (lower["amount"], lower["text"]) == (-20, "Sửa")
    with office_file.read() as connection:
        assert budget.done(connection, one, date(2023, 3, 31)) == 380
        assert budget.done(connection, one) == 1380


def test_the_opening_balance_is_set_and_set_anew(office_file: OfficeFile) -> None:
    one = budget_line(office_file, "Phí", BudgetKind.REVENUE)
    do(office_file, budget.set_opening, one, MAY, 0)
    assert rows(office_file, BudgetEntry) == []
    for amount in (100, 300, 0):
        do(office_file, budget.set_opening, one, MAY, amount)
        assert [(each["amount"], each["is_opening"]) for each in rows(office_file, BudgetEntry)] == [(amount, True)]


def test_an_amount_once_written_changes_by_a_counter_entry_only(office_file: OfficeFile) -> None:
    one, two = budget_line(office_file, "Phí", BudgetKind.REVENUE), budget_line(office_file, "Khác", BudgetKind.REVENUE)
    saved = budget_entry(office_file, one, amount=100, voucher="PT-1")
    for values in ({"amount": 90}, {"entry_on": TODAY}, {"line_id": two}, {"cumulative": 90}):
        problem = refused(office_file, budget.save_entry, saved, values)
        assert problem.sentence == "Bút toán đã ghi chỉ sửa bằng bút toán điều chỉnh"
    form = {"entry_on": MAY, "voucher": "PT-2", "text": None, "amount": 100, "cumulative": None, "reason": None}
    do(office_file, budget.save_entry, saved, form)
    do(office_file, budget.save_entry, saved, {"payer": "Đơn vị thử", "amount": None})
    kept = row(office_file, BudgetEntry, saved)
    assert (kept["amount"], kept["voucher"], kept["payer"]) == (100, "PT-2", "Đơn vị thử")


def test_a_counter_entry(office_file: OfficeFile) -> None:
    saved = budget_entry(office_file, budget_line(office_file, "Phí", BudgetKind.REVENUE), amount=100, text="Thu phí")
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
    budget_line(office_file, "Chi thường xuyên")
    named = {"year": 2023, "kind": BudgetKind.EXPENDITURE, "line": "CHI thuong xuyên"}
    do(office_file, budget.save_entry, None, named | {"entry_on": MAY, "amount": 5, "reason": "Thử"})
    unknown = named | {"line": "Chi khác", "entry_on": MAY, "amount": 5}
    problem = refused(office_file, budget.save_entry, None, unknown)
    assert (problem.sentence, problem.field) == ("Không có khoản “Chi khác” trong năm 2023", "line")
