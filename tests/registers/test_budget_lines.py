"""The lines of a budget: a tree that adds up, and every sentence that refuses one."""

from datetime import date

from app.models.budget import BudgetKind, BudgetLine
from app.models.database import OfficeFile
from app.registers import budget_lines
from tests.offices import allocate, budget_entry, budget_line, do, refused, row, rows

MAY = date(2023, 5, 31)


def test_a_name_once_a_year_and_side(office_file: OfficeFile) -> None:
    budget_line(office_file, "Chi thường xuyên")
    budget_line(office_file, "Chi thường xuyên", BudgetKind.REVENUE)
    budget_line(office_file, "Chi thường xuyên", year=2024)
    again = {"year": 2023, "kind": BudgetKind.EXPENDITURE, "name": "chi THƯỜNG  xuyên:"}
    problem = refused(office_file, budget_lines.save_line, None, again)
    assert (problem.sentence, problem.field) == ("Đã có khoản “chi THƯỜNG  xuyên:” trong năm này", "name")


def test_only_chi_is_investment(office_file: OfficeFile) -> None:
    values = {"year": 2023, "kind": BudgetKind.REVENUE, "name": "Phí", "is_investment": True}
    problem = refused(office_file, budget_lines.save_line, None, values)
    assert (problem.sentence, problem.field) == ("Chỉ khoản chi mới thuộc kế hoạch đầu tư công", "is_investment")


def test_a_parent_has_no_amounts_of_its_own(office_file: OfficeFile) -> None:
    allocate(office_file, budget_line(office_file, "Đầu tư"), 5)
    budget_entry(office_file, budget_line(office_file, "Thường xuyên"), amount=5, reason="Thử")
    for parent in ("Đầu tư", "Thường xuyên"):
        child = {"year": 2023, "kind": BudgetKind.EXPENDITURE, "name": "Con", "parent": parent}
        problem = refused(office_file, budget_lines.save_line, None, child)
        assert problem.sentence == "Khoản cấp trên đã có số tiền riêng nên không chia nhỏ được"
    lost = {"year": 2023, "kind": BudgetKind.EXPENDITURE, "name": "Con", "parent": "Không có"}
    problem = refused(office_file, budget_lines.save_line, None, lost)
    assert problem.sentence == "Không có khoản “Không có” trong năm 2023"


def test_no_line_stands_below_itself(office_file: OfficeFile) -> None:
    top = budget_line(office_file, "Lớn")
    budget_line(office_file, "Nhỏ", parent="Lớn")
    for parent in ("Lớn", "Nhỏ"):
        problem = refused(office_file, budget_lines.save_line, top, {"parent": parent})
        assert problem.sentence == "Khoản cấp trên không được là chính khoản này hay khoản nhỏ của nó"


def test_what_lies_below_an_investment_is_one(office_file: OfficeFile) -> None:
    top = budget_line(office_file, "Đầu tư", is_investment=True)
    child = budget_line(office_file, "Đường thôn", parent="Đầu tư")
    assert row(office_file, BudgetLine, child)["is_investment"]
    do(office_file, budget_lines.save_line, top, {"is_investment": False})
    assert not row(office_file, BudgetLine, child)["is_investment"]
    do(office_file, budget_lines.save_line, child, {"is_investment": True})
    do(office_file, budget_lines.save_line, top, {"name": "Đầu tư phát triển"})
    assert row(office_file, BudgetLine, child)["is_investment"]


def test_a_correction_of_the_form_keeps_year_side_and_place(office_file: OfficeFile) -> None:
    budget_line(office_file, "Lớn")
    child = budget_line(office_file, "Nhỏ", parent="Lớn", project="Đường")
    before = row(office_file, BudgetLine, child)
    do(office_file, budget_lines.save_line, child, {"name": "Nhỏ hơn", "is_investment": False, "project": None})
    after = row(office_file, BudgetLine, child)
    assert after == before | {"name": "Nhỏ hơn", "name_key": "nho hon", "project": ""}


def test_the_tree_adds_up(office_file: OfficeFile) -> None:
    budget_line(office_file, "Lớn")
    for number, name in enumerate(("A", "B"), start=1):
        child = budget_line(office_file, name, parent="Lớn")
        allocate(office_file, child, 1000 * number)
        budget_entry(office_file, child, amount=100 * number)
        budget_entry(office_file, child, date(2023, 6, 12), amount=7)
    with office_file.read() as connection:
        found = budget_lines.tree(connection, 2023, BudgetKind.EXPENDITURE, MAY)
    assert [(each.name, each.depth, each.is_leaf, each.allocated, each.done) for each in found] == [
        ("Lớn", 0, False, 3000, 300),
        ("A", 1, True, 1000, 100),
        ("B", 1, True, 2000, 200),
    ]


def test_a_line_in_use_stays(office_file: OfficeFile) -> None:
    top = budget_line(office_file, "Lớn")
    child = budget_line(office_file, "Nhỏ", parent="Lớn")
    given, booked = budget_line(office_file, "Được giao"), budget_line(office_file, "Đã chi")
    allocate(office_file, given, 5)
    budget_entry(office_file, booked, amount=5, reason="Thử")
    with_child = refused(office_file, budget_lines.remove_line, top)
    assert with_child.sentence == "Chưa xóa được khoản “Lớn”: còn khoản nhỏ"
    with_money = refused(office_file, budget_lines.remove_line, given)
    assert with_money.sentence == "Chưa xóa được khoản “Được giao”: còn quyết định giao"
    with_entry = refused(office_file, budget_lines.remove_line, booked)
    assert with_entry.sentence == "Không xóa được khoản “Đã chi”: đã có bút toán"
    do(office_file, budget_lines.remove_line, child)
    do(office_file, budget_lines.remove_line, top)
    assert [each["name"] for each in rows(office_file, BudgetLine)] == ["Được giao", "Đã chi"]


def test_the_name_of_a_line_taken_away_is_free_again(office_file: OfficeFile) -> None:
    do(office_file, budget_lines.remove_line, budget_line(office_file, "Dự phòng"))
    assert budget_line(office_file, "Dự phòng")


def test_the_usual_lines_only_into_an_empty_year(office_file: OfficeFile) -> None:
    assert len(do(office_file, budget_lines.add_standard_lines, 2023)) == 7
    problem = refused(office_file, budget_lines.add_standard_lines, 2023)
    assert problem.sentence == "Năm 2023 đã có khoản thu, chi"
