"""Documents, plans with their tasks: numbers, days, voided ones, and every sentence that refuses one."""

from datetime import date

import pytest
from sqlalchemy import select

from app.models.database import OfficeFile
from app.models.documents import Document, DocumentSeries, PlanTask
from app.problems import Problem
from app.registers import documents, plan_tasks, plans
from tests.offices import TODAY, do, document, refused, row, rows, type_id


def next_number(file: OfficeFile, code: str = "QĐ", year: int = 2023, issuer: str = "UBND") -> int:
    with file.read() as connection:
        return documents.next_number(connection, issuer, type_id(file, code), year)


# --- numbers ---------------------------------------------------------------------------------------------------------


def test_a_series_for_each_issuer_type_and_year(office_file: OfficeFile) -> None:
    for year in (2022, 2023):
        document(office_file, 1, date(year, 3, 1))
        document(office_file, 1, date(year, 3, 1), issuer="HĐND")
        document(office_file, 1, date(year, 3, 1), "KH")
    assert len(rows(office_file, DocumentSeries)) == 6
    assert next_number(office_file) == 2
    assert next_number(office_file, year=2024) == 1


def test_symbols(office_file: OfficeFile) -> None:
    made = [
        row(office_file, Document, document(office_file, 1, TODAY, code, issuer=issuer))["symbol"]
        for code, issuer in (("QĐ", "UBND"), ("NQ", "HĐND"), ("CV", "UBND"))
    ]
    assert made == ["QĐ-UBND", "NQ-HĐND", "UBND"]
    assert documents.document_name(7, "", "KH-UBND") == "07/KH-UBND"
    assert documents.document_name(129, "a", "UBND") == "129a/UBND"


def test_a_number_taken_names_the_other_document_and_the_next_number(office_file: OfficeFile) -> None:
    document(office_file, 3, date(2023, 3, 9), abstract="Phân công trực")
    values = {"type_id": type_id(office_file, "QĐ"), "issuer": "UBND", "number": 3, "abstract": "Khác"}
    problem = refused(office_file, documents.save, None, values | {"dated_on": TODAY})
    assert problem.sentence == "Số 03/QĐ-UBND đã có, ngày 09/3/2023: Phân công trực"
    assert (problem.field, problem.next_step) == ("number", "Số tiếp theo là 04.")


def test_the_number_of_a_voided_document_is_not_free(office_file: OfficeFile) -> None:
    voided = document(office_file, 3, date(2023, 3, 9), abstract="Phân công trực")
    do(office_file, documents.void, voided, date(2023, 3, 10), "Ghi nhầm tên")
    values = {"type_id": type_id(office_file, "QĐ"), "issuer": "UBND", "number": 3, "abstract": "Khác"}
    problem = refused(office_file, documents.save, None, values | {"dated_on": TODAY})
    assert problem.sentence == (
        "Số 03/QĐ-UBND đã có, ngày 09/3/2023: Phân công trực, đã hủy ngày 10/3/2023 (Ghi nhầm tên)"
    )
    assert next_number(office_file) == 4


def test_letters_behind_a_number(office_file: OfficeFile) -> None:
    document(office_file, 3, TODAY)
    inserted = document(office_file, 3, TODAY, suffix="a")
    with pytest.raises(Problem, match="Số 03a/QĐ-UBND đã có"):
        document(office_file, 3, TODAY, suffix="a")
    do(office_file, documents.save, inserted, {"abstract": "Sửa trích yếu"})
    assert row(office_file, Document, inserted)["suffix"] == "a"


def test_opening_numbers(office_file: OfficeFile) -> None:
    info = type_id(office_file, "QĐ")
    do(office_file, documents.set_opening, "UBND", info, 2023, 41)
    assert next_number(office_file) == 42
    document(office_file, 42, TODAY)
    do(office_file, documents.set_opening, "UBND", info, 2023, 40)
    problem = refused(office_file, documents.set_opening, "UBND", info, 2023, 42)
    assert problem.sentence == "Sổ đã có số 42 của loại này"


def test_a_day_to_come(office_file: OfficeFile) -> None:
    values = {"type_id": type_id(office_file, "QĐ"), "issuer": "UBND", "number": 1, "abstract": "x"}
    problem = refused(office_file, documents.save, None, values | {"dated_on": date(2023, 6, 13)})
    assert (problem.sentence, problem.field) == ("Ngày ban hành sau hôm nay", "dated_on")
    saved = document(office_file, 1, TODAY)
    assert refused(office_file, documents.save, saved, {"dated_on": date(2023, 6, 13)}).field == "dated_on"


def test_moving_to_another_year_or_type(office_file: OfficeFile) -> None:
    saved = document(office_file, 1, date(2023, 1, 5))
    do(office_file, documents.save, saved, {"dated_on": date(2022, 12, 30)})
    do(office_file, documents.save, saved, {"type_id": type_id(office_file, "CV")})
    moved = row(office_file, Document, saved)
    series = row(office_file, DocumentSeries, moved["series_id"])
    assert (series["year"], series["type_id"], moved["symbol"]) == (2022, type_id(office_file, "CV"), "UBND")


# --- what a correction leaves out stays ------------------------------------------------------------------------------


def test_correcting_a_voided_document_keeps_reason_and_symbol(office_file: OfficeFile) -> None:
    saved = document(office_file, 5, TODAY, symbol="QĐ-CTUBND")
    do(office_file, documents.void, saved, TODAY, "Trùng số")
    form = {"type_id": type_id(office_file, "QĐ"), "issuer": "UBND", "number": 5, "dated_on": TODAY}
    do(office_file, documents.save, saved, form | {"abstract": "Đã sửa", "signer": None, "in_report": False})
    kept = row(office_file, Document, saved)
    assert (kept["void_reason"], kept["voided_on"], kept["symbol"]) == ("Trùng số", TODAY, "QĐ-CTUBND")
    assert kept["search_text"] == "05/qd-ctubnd quyet dinh da sua"


# --- voiding ---------------------------------------------------------------------------------------------------------


def test_voiding(office_file: OfficeFile) -> None:
    saved = document(office_file, 1, date(2023, 6, 5))
    no_reason = refused(office_file, documents.void, saved, TODAY, "")
    assert (no_reason.sentence, no_reason.field) == ("Cần ghi lý do hủy", "void_reason")
    assert refused(office_file, documents.void, saved, date(2023, 6, 4), "x").sentence == "Ngày hủy trước ngày ban hành"
    assert refused(office_file, documents.void, saved, date(2023, 6, 13), "x").sentence == "Ngày hủy sau hôm nay"
    do(office_file, documents.void, saved, TODAY, "Ghi nhầm")
    assert refused(office_file, documents.void, saved, TODAY, "x").sentence == "Văn bản này đã hủy"


def test_a_voided_document_of_a_file_needs_its_reason(office_file: OfficeFile) -> None:
    values = {"type_id": type_id(office_file, "QĐ"), "issuer": "UBND", "number": 1, "abstract": "x"}
    problem = refused(office_file, documents.save, None, values | {"dated_on": TODAY, "voided_on": TODAY})
    assert problem.sentence == "Cần ghi lý do hủy"


# --- order and gaps --------------------------------------------------------------------------------------------------

START, END = date(2023, 2, 1), date(2023, 3, 31)


def test_days_that_fall_while_numbers_rise(office_file: OfficeFile) -> None:
    document(office_file, 1, date(2023, 2, 10))
    document(office_file, 2, date(2023, 1, 5))  # before the span: not told, nor taken as the measure
    document(office_file, 3, date(2023, 2, 7))
    document(office_file, 4, date(2023, 2, 10))
    with office_file.read() as connection:
        [fault] = documents.out_of_order(connection, START, END)
    assert fault.sentence == "Số 03/QĐ-UBND ghi ngày 07/02/2023, trước số 01/QĐ-UBND (10/02/2023)"


def test_series_do_not_mix(office_file: OfficeFile) -> None:
    document(office_file, 1, date(2023, 3, 9))
    document(office_file, 2, date(2023, 2, 9), "KH")
    document(office_file, 2, date(2023, 2, 9), issuer="HĐND")
    with office_file.read() as connection:
        assert documents.out_of_order(connection, START, END) == []


def test_numbers_that_lack(office_file: OfficeFile) -> None:
    do(office_file, documents.set_opening, "UBND", type_id(office_file, "QĐ"), 2023, 3)
    for number, day in ((4, date(2023, 2, 1)), (6, date(2023, 3, 1)), (7, date(2023, 4, 3)), (8, date(2023, 3, 2))):
        document(office_file, number, day)
    document(office_file, 11, date(2023, 5, 2))
    with office_file.read() as connection:
        assert documents.gaps(connection, START, END) == ["05/QĐ-UBND"]
        later = documents.gaps(connection, START, date(2023, 5, 2))
        assert later == ["05/QĐ-UBND", "09/QĐ-UBND", "10/QĐ-UBND"]


# --- tasks of plans --------------------------------------------------------------------------------------------------


def test_a_task_finds_its_plan_by_number_and_year(office_file: OfficeFile) -> None:
    document(office_file, 5, TODAY, "KH", issuer="HĐND")
    plan = document(office_file, 5, TODAY, "KH")
    task = do(office_file, plans.save, None, {"plan_number": 5, "plan_year": 2023, "content": "Rà soát"})
    assert row(office_file, PlanTask, task)["document_id"] == plan
    problem = refused(office_file, plans.save, None, {"plan_number": 6, "plan_year": 2023, "content": "x"})
    assert (problem.sentence, problem.field) == ("Không có kế hoạch số 06 năm 2023", "plan_number")


def test_a_task_is_done_and_taken_up_again(office_file: OfficeFile) -> None:
    plan = document(office_file, 1, TODAY, "KH")
    task = do(office_file, plans.save, None, {"document_id": plan, "content": "Rà soát", "area": None, "result": None})
    to_come = refused(office_file, plans.finish, task, date(2023, 6, 13), "Xong")
    assert (to_come.sentence, to_come.field) == ("Ngày xong sau hôm nay", "done_on")
    assert refused(office_file, plans.save, task, {"done_on": date(2023, 6, 13)}).field == "done_on"
    do(office_file, plans.finish, task, TODAY, "Có báo cáo")
    do(office_file, plans.save, task, {"content": "Rà soát văn bản", "plan_year": 2023, "plan_number": 1})
    kept = row(office_file, PlanTask, task)
    assert (kept["done_on"], kept["result"], kept["search_text"]) == (TODAY, "Có báo cáo", "ra soat van ban")
    do(office_file, plans.reopen, task)
    assert row(office_file, PlanTask, task)["done_on"] is None


def test_tasks_keep_their_order_and_voided_plans_are_not_offered(office_file: OfficeFile) -> None:
    first = document(office_file, 1, date(2023, 6, 1), "KH")
    second = document(office_file, 2, TODAY, "KH")
    for content in ("Một", "Hai"):
        do(office_file, plans.save, None, {"document_id": first, "content": content})
    assert [task["position"] for task in rows(office_file, PlanTask)] == [1, 2]
    with office_file.read() as connection:
        assert [option.code for option in plans.plan_options(connection)] == ["02/KH-UBND", "01/KH-UBND"]
    do(office_file, documents.void, second, TODAY, "Ghi nhầm")
    with office_file.read() as connection:
        assert [option.value for option in plans.plan_options(connection)] == [first]
        assert connection.execute(select(Document.id)).scalars().all() == [first, second]


def test_a_task_that_is_gone(office_file: OfficeFile) -> None:
    with office_file.read() as connection, pytest.raises(Problem, match="Nhiệm vụ này không còn trong sổ"):
        plan_tasks.task(connection, 99)
