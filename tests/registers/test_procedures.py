"""Procedures and their published changes: limits by day, ends, and every sentence that refuses one."""

from datetime import date

import pytest

from app.models.database import OfficeFile
from app.models.dossiers import DecidedBy, Procedure, ProcedureChange, ProcedureChangeKind, ProcedureField
from app.registers import procedures
from app.workdays import LimitUnit
from tests.offices import TODAY, do, procedure_id, refused, row, rows


def values(**more: object) -> dict[str, object]:
    filled = {"code": "1.000001", "name": "Thủ tục mới", "field": "Hộ tịch", "decided_by": DecidedBy.CENTRE}
    dated = {"valid_from": date(2023, 1, 1), "valid_to": None}
    return filled | dated | {"limit_amount": 3, "limit_unit": LimitUnit.WORKING_DAYS} | more


def change(file: OfficeFile, code: str, kind: ProcedureChangeKind, day: date, **more: object) -> dict[str, object]:
    filled = {"procedure_id": procedure_id(file, code), "kind": kind, "decision": "QĐ thử"}
    return filled | {"published_on": day, "effective_on": day} | more


def test_a_code_once(office_file: OfficeFile) -> None:
    problem = refused(office_file, procedures.save, None, values(code="BA"))
    assert (problem.sentence, problem.field) == ("Mã BA đã có: Thủ tục BA", "code")


@pytest.mark.parametrize(
    ("limit", "sentence", "field"),
    [
        ({"limit_amount": 3, "limit_unit": None}, "Cần chọn đơn vị của thời hạn", "limit_unit"),
        ({"limit_amount": None, "limit_unit": LimitUnit.DAYS}, "Cần nhập số của thời hạn", "limit_amount"),
        ({"limit_amount": 4000, "limit_unit": LimitUnit.DAYS}, "Thời hạn nhiều nhất là 3650", "limit_amount"),
    ],
)
def test_half_a_limit(office_file: OfficeFile, limit, sentence: str, field: str) -> None:
    in_procedure = refused(office_file, procedures.save, None, values(**limit))
    amended = change(office_file, "BA", ProcedureChangeKind.AMENDED, TODAY, **limit)
    in_change = refused(office_file, procedures.save_change, None, amended)
    for problem in (in_procedure, in_change):
        assert (problem.sentence, problem.field) == (sentence, field)


def test_same_day_has_no_amount(office_file: OfficeFile) -> None:
    saved = do(office_file, procedures.save, None, values(limit_amount=1, limit_unit=LimitUnit.SAME_DAY))
    assert row(office_file, Procedure, saved)["limit_amount"] is None


def test_days_out_of_order(office_file: OfficeFile) -> None:
    problem = refused(office_file, procedures.save, None, values(valid_to=date(2022, 12, 31)))
    assert (problem.sentence, problem.field) == ("Ngày cuối trước ngày đầu", "valid_to")


def test_a_new_field_stands_behind_the_others(office_file: OfficeFile) -> None:
    do(office_file, procedures.save, None, values(field="  hộ  TỊCH "))
    do(office_file, procedures.save, None, values(code="1.000002", field="Thư viện"))
    names = [field["name"] for field in sorted(rows(office_file, ProcedureField), key=lambda each: each["position"])]
    assert names == ["Chứng thực", "Hộ tịch", "Bảo trợ xã hội", "Đất đai", "Thư viện"]


def test_what_a_correction_leaves_out_stays(office_file: OfficeFile) -> None:
    saved = procedure_id(office_file, "BA")
    before = row(office_file, Procedure, saved)
    do(office_file, procedures.save, saved, {"name": "Tên khác"})
    after = row(office_file, Procedure, saved)
    assert after.pop("search_text").startswith("ba ten khac")
    del before["search_text"]
    assert after == before | {"name": "Tên khác", "name_key": "ten khac"}


def test_the_limit_of_a_day(office_file: OfficeFile) -> None:
    day = date(2023, 6, 1)
    limit = {"limit_amount": 1, "limit_unit": LimitUnit.HOURS}
    do(office_file, procedures.save_change, None, change(office_file, "BA", ProcedureChangeKind.AMENDED, day, **limit))
    untouched = change(office_file, "BA", ProcedureChangeKind.AMENDED, date(2023, 6, 5))
    do(office_file, procedures.save_change, None, untouched)
    with office_file.read() as connection:
        procedure = procedure_id(office_file, "BA")
        limits = {
            each: procedures.limit_on(connection, procedure, each)
            for each in (date(2023, 5, 31), day, date(2023, 6, 9))
        }
        assert all(procedures.limits_on(connection, each)[procedure] == limit for each, limit in limits.items())
        shown = [option.hint for option in procedures.options(connection, day) if option.code == "BA"]
    assert list(limits.values()) == [
        (3, LimitUnit.WORKING_DAYS),
        (1, LimitUnit.HOURS),
        (1, LimitUnit.HOURS),
    ]
    assert shown == ["1 giờ"]


def test_abolished_it_ends_the_day_before(office_file: OfficeFile) -> None:
    procedure = procedure_id(office_file, "BA")
    abolished = change(office_file, "BA", ProcedureChangeKind.ABOLISHED, date(2023, 4, 1), note=None)
    saved = do(office_file, procedures.save_change, None, abolished)
    assert row(office_file, Procedure, procedure)["valid_to"] == date(2023, 3, 31)
    with office_file.read() as connection:
        in_force = [
            {option.code for option in procedures.options(connection, day)}
            for day in (date(2023, 3, 31), date(2023, 4, 1))
        ]
    assert ["BA" in codes for codes in in_force] == [True, False]
    do(office_file, procedures.save_change, saved, {"effective_on": date(2023, 5, 1)})
    assert row(office_file, Procedure, procedure)["valid_to"] == date(2023, 4, 30)
    do(office_file, procedures.save_change, saved, {"kind": ProcedureChangeKind.AMENDED})
    assert row(office_file, Procedure, procedure)["valid_to"] is None
    assert row(office_file, ProcedureChange, saved)["note"] == ""


def test_abolished_before_it_began(office_file: OfficeFile) -> None:
    abolished = change(office_file, "BA", ProcedureChangeKind.ABOLISHED, date(2020, 1, 1))
    problem = refused(office_file, procedures.save_change, None, abolished)
    assert problem.sentence == "Ngày bãi bỏ không sau ngày bắt đầu áp dụng của thủ tục"
    assert rows(office_file, ProcedureChange) == []


def test_issued_it_applies_from_the_day_of_effect(office_file: OfficeFile) -> None:
    issued = change(office_file, "BA", ProcedureChangeKind.ISSUED, date(2023, 4, 1), published_on=date(2023, 3, 20))
    do(office_file, procedures.save_change, None, issued)
    assert row(office_file, Procedure, procedure_id(office_file, "BA"))["valid_from"] == date(2023, 4, 1)


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        (ProcedureChangeKind.ISSUED, "Thủ tục này đã công bố mới ngày 01/04/2023"),
        (ProcedureChangeKind.ABOLISHED, "Thủ tục này đã công bố bãi bỏ ngày 01/04/2023"),
    ],
)
def test_issued_once_and_abolished_once(office_file: OfficeFile, kind: ProcedureChangeKind, sentence: str) -> None:
    saved = do(office_file, procedures.save_change, None, change(office_file, "BA", kind, date(2023, 4, 1)))
    do(office_file, procedures.save_change, saved, {"decision": "QĐ sửa"})  # the same one may be corrected
    problem = refused(office_file, procedures.save_change, None, change(office_file, "BA", kind, date(2023, 5, 1)))
    assert (problem.sentence, problem.field) == (sentence, "kind")


def test_changes_of_a_procedure_newest_first(office_file: OfficeFile) -> None:
    for day in (date(2023, 1, 5), date(2023, 3, 5)):
        do(office_file, procedures.save_change, None, change(office_file, "BA", ProcedureChangeKind.AMENDED, day))
    with office_file.read() as connection:
        found = procedures.changes_of(connection, procedure_id(office_file, "BA"))
    assert [each["published_on"] for each in found] == [date(2023, 3, 5), date(2023, 1, 5)]
