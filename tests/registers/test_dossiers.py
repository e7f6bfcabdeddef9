"""Dossiers: codes, due dates, and every sentence that refuses one."""

from datetime import date, time, timedelta

import pytest

from app.models.database import OfficeFile
from app.models.dossiers import Channel, Dossier, DossierStep, Outcome, ProcedureChangeKind
from app.models.office import DayException
from app.problems import Problem, Problems
from app.registers import dossier_steps, dossiers, lists, office, procedures
from app.workdays import LimitUnit
from tests.offices import do, dossier, dossier_row, procedure_id, refused, row, rows

MONDAY = date(2023, 6, 5)


def values(file: OfficeFile, **more: object) -> dict[str, object]:
    filled = {"procedure_id": procedure_id(file, "BA"), "applicant": "Phạm Thị Thử", "channel": Channel.POST}
    return filled | {"received_on": MONDAY} | more


# --- codes -----------------------------------------------------------------------------------------------------------


def test_our_own_series_runs_by_year(office_file: OfficeFile) -> None:
    codes = [
        dossier_row(office_file, dossier(office_file, received_on=day))["code"]
        for day in (date(2022, 12, 30), MONDAY, MONDAY, date(2022, 12, 29))
    ]
    assert codes == ["NB-2022-0001", "NB-2023-0001", "NB-2023-0002", "NB-2022-0002"]


def test_an_official_code_is_kept_and_takes_no_number(office_file: OfficeFile) -> None:
    first = dossier_row(office_file, dossier(office_file, code="H23.56-0001"))
    assert (first["code"], first["own_number"]) == ("H23.56-0001", None)
    assert dossier_row(office_file, dossier(office_file))["code"] == "NB-2023-0001"


def test_a_code_that_is_there_names_whose(office_file: OfficeFile) -> None:
    dossier(office_file, code="H23.56-0001", applicant="Đỗ Văn Thử")
    problem = refused(office_file, dossiers.save, None, values(office_file, code="H23.56-0001"))
    assert (problem.sentence, problem.field) == ("Mã H23.56-0001 đã có, của Đỗ Văn Thử", "code")


def test_a_number_of_ours_typed_by_hand_is_passed_over(office_file: OfficeFile) -> None:
    dossier(office_file, code="NB-2023-0002")
    codes = [dossier_row(office_file, dossier(office_file))["code"] for _ in range(2)]
    assert codes == ["NB-2023-0001", "NB-2023-0003"]


def test_the_official_code_that_comes_later_does_not_free_our_number(office_file: OfficeFile) -> None:
    first = dossier(office_file)
    do(office_file, dossiers.save, first, {"code": "H23.56-0007"})
    assert dossier_row(office_file, first)["code"] == "H23.56-0007"
    assert dossier_row(office_file, dossier(office_file))["code"] == "NB-2023-0002"
    do(office_file, dossiers.save, first, {"code": None})
    assert dossier_row(office_file, first)["code"] == "H23.56-0007"


# --- due dates -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "received_on", "received_at", "due_on"),
    [
        ("NGAY", MONDAY, None, MONDAY),
        ("NGAY", MONDAY, time(14, 59), MONDAY),
        ("NGAY", MONDAY, time(15, 0), date(2023, 6, 6)),
        ("NGAY", date(2023, 6, 9), time(16, 30), date(2023, 6, 12)),  # Friday afternoon
        ("NGAY", date(2023, 6, 10), time(8, 0), date(2023, 6, 12)),  # a Saturday
        ("GIO", MONDAY, None, date(2023, 6, 6)),
        ("BA", MONDAY, None, date(2023, 6, 8)),
        ("BA", date(2023, 4, 28), None, date(2023, 5, 8)),  # over 29/4 to 03/5
        ("HAI-HAI", date(2023, 1, 16), None, date(2023, 2, 22)),  # over Tết, 20 to 26/01
        ("BA-MUOI", date(2023, 5, 12), None, date(2023, 6, 12)),  # the thirtieth day is a Sunday
        ("CHUA-RO", MONDAY, None, None),
    ],
)
def test_due_by_the_limit(office_file: OfficeFile, code, received_on, received_at, due_on) -> None:
    saved = dossier_row(office_file, dossier(office_file, code, received_on=received_on, received_at=received_at))
    assert (saved["due_on"], saved["due_set_on"]) == (due_on, received_on)


def test_a_day_off_of_the_offices_own(office_file: OfficeFile) -> None:
    do(office_file, office.save_day, None, {"day": date(2023, 6, 6), "worked": False, "name": "Mất điện"})
    assert dossier_row(office_file, dossier(office_file, received_on=MONDAY))["due_on"] == date(2023, 6, 9)
    assert rows(office_file, DayException)[0]["worked"] is False


def test_an_amended_limit_counts_from_its_day_on(office_file: OfficeFile) -> None:
    change = {
        "procedure_id": procedure_id(office_file, "BA"),
        "kind": ProcedureChangeKind.AMENDED,
        "decision": "Quyết định thử",
        "published_on": date(2023, 5, 30),
        "effective_on": date(2023, 6, 6),
        "limit_amount": 1,
        "limit_unit": LimitUnit.WORKING_DAYS,
    }
    before = dossier(office_file, received_on=MONDAY)
    do(office_file, procedures.save_change, None, change)
    after = [
        dossier_row(office_file, dossier(office_file, received_on=MONDAY + timedelta(n)))["due_on"] for n in (0, 1)
    ]
    assert after == [date(2023, 6, 8), date(2023, 6, 7)]
    assert dossier_row(office_file, before)["due_on"] == date(2023, 6, 8)


def test_a_due_date_before_reception(office_file: OfficeFile) -> None:
    early = values(office_file, due_on=date(2023, 6, 4), due_reason="Thử")
    problem = refused(office_file, dossiers.save, None, early)
    assert (problem.sentence, problem.field) == ("Hạn trả trước ngày nhận", "due_on")


def test_another_due_date_needs_a_reason(office_file: OfficeFile) -> None:
    other = values(office_file, due_on=date(2023, 6, 20))
    problem = refused(office_file, dossiers.save, None, other)
    assert (problem.sentence, problem.field) == (
        "Hạn trả khác thời hạn của thủ tục. Cần ghi lý do",
        "due_reason",
    )
    saved = do(office_file, dossiers.save, None, other | {"due_reason": "Chờ xác minh"})
    assert dossier_row(office_file, saved)["due_on"] == date(2023, 6, 20)
    assert [step["reason"] for step in rows(office_file, DossierStep)] == ["Chờ xác minh"]


def test_a_due_date_is_free_where_no_limit_is_known(office_file: OfficeFile) -> None:
    free = values(office_file, procedure_id=procedure_id(office_file, "CHUA-RO"), due_on=date(2023, 6, 20))
    saved = do(office_file, dossiers.save, None, free)
    do(office_file, dossiers.save, saved, {"received_on": date(2023, 6, 6)})
    assert dossier_row(office_file, saved)["due_on"] == date(2023, 6, 20)


def test_a_due_date_set_by_hand_stays_when_the_dossier_is_corrected(office_file: OfficeFile) -> None:
    saved = dossier(office_file, received_on=MONDAY, due_on=date(2023, 6, 20), due_reason="Chờ xác minh")
    form = {"applicant": "Phạm Thị Sửa", "due_on": date(2023, 6, 20), "due_reason": None}
    do(office_file, dossiers.save, saved, form)
    assert dossier_row(office_file, saved)["due_on"] == date(2023, 6, 20)
    assert rows(office_file, DossierStep)[0]["reason"] == "Chờ xác minh"


def test_a_due_date_stays_when_calendar_or_limit_change_later(office_file: OfficeFile) -> None:
    saved = dossier(office_file, received_on=MONDAY)
    do(office_file, office.save_day, None, {"day": date(2023, 6, 6), "worked": False, "name": "Mất điện"})
    do(office_file, dossiers.save, saved, {"note": "Đã gọi điện", "due_on": date(2023, 6, 8)})
    assert dossier_row(office_file, saved)["due_on"] == date(2023, 6, 8)


def test_a_new_due_date_when_procedure_day_or_hour_change(office_file: OfficeFile) -> None:
    saved = dossier(office_file, "NGAY", received_on=MONDAY, received_at=time(9))
    form = {"due_on": MONDAY, "due_reason": None}
    do(office_file, dossiers.save, saved, form | {"received_at": time(15, 30)})
    assert dossier_row(office_file, saved)["due_on"] == date(2023, 6, 6)
    do(office_file, dossiers.save, saved, {"procedure_id": procedure_id(office_file, "BA")})
    assert dossier_row(office_file, saved)["due_on"] == date(2023, 6, 8)
    do(office_file, dossiers.save, saved, {"received_on": date(2023, 6, 1)})
    assert dossier_row(office_file, saved)["due_on"] == date(2023, 6, 6)
    [step] = rows(office_file, DossierStep)
    assert (step["on_date"], step["due_on"]) == (date(2023, 6, 1), date(2023, 6, 6))


# --- several faults ---------------------------------------------------------------------------------------------------


def test_reception_is_not_moved_behind_the_end(office_file: OfficeFile) -> None:
    saved = dossier(office_file, received_on=MONDAY)
    do(office_file, dossier_steps.finish, saved, Outcome.RESOLVED, date(2023, 6, 7))
    problem = refused(office_file, dossiers.save, saved, {"received_on": date(2023, 6, 8)})
    assert (problem.sentence, problem.field) == ("Ngày nhận sau ngày xong 07/06/2023", "received_on")


def test_digitising_before_reception(office_file: OfficeFile) -> None:
    with pytest.raises(Problems) as told:
        early = {"papers_digitised_on": date(2023, 6, 4), "result_digitised_on": date(2023, 6, 1)}
        do(office_file, dossiers.save, None, values(office_file, **early))
    assert {(fault.sentence, fault.field) for fault in told.value.faults} == {
        ("Ngày số hóa trước ngày nhận", "papers_digitised_on"),
        ("Ngày số hóa trước ngày nhận", "result_digitised_on"),
    }


def test_all_faults_are_told_at_once(office_file: OfficeFile) -> None:
    dossier(office_file, code="X")
    wrong = values(office_file, code="X", due_on=date(2023, 6, 20), papers_digitised_on=date(2023, 6, 1))
    with pytest.raises(Problems) as told:
        do(office_file, dossiers.save, None, wrong)
    assert [fault.field for fault in told.value.faults] == ["code", "due_reason", "papers_digitised_on"]


# --- the row ---------------------------------------------------------------------------------------------------------


def test_what_is_left_empty(office_file: OfficeFile) -> None:
    nothing = dict.fromkeys(("quantity", "phone", "address", "note", "officer_id", "received_at", "code", "due_on"))
    saved = dossier_row(office_file, do(office_file, dossiers.save, None, values(office_file, **nothing)))
    assert (saved["quantity"], saved["phone"], saved["note"], saved["officer_id"]) == (1, "", "", None)


def test_what_a_correction_leaves_out_stays(office_file: OfficeFile) -> None:
    saved = dossier(office_file, phone="0912", address="Thôn Thử", quantity=7, note="Cần gọi")
    do(office_file, dossiers.save, saved, {"applicant": "Vũ Thị Khác"})
    kept = dossier_row(office_file, saved)
    assert (kept["phone"], kept["address"], kept["quantity"], kept["note"]) == ("0912", "Thôn Thử", 7, "Cần gọi")
    assert kept["search_text"] == "nb-2023-0001 vu thi khac thon thu 0912"


def test_a_missing_dossier(office_file: OfficeFile) -> None:
    assert refused(office_file, dossiers.save, 99, {"note": "x"}).sentence == "Dòng này không còn trong sổ"
    with office_file.read() as connection, pytest.raises(Problem, match="Hồ sơ này không còn trong sổ"):
        lists.row(connection, dossiers.DOSSIERS, 99)


def test_searching_and_sorting(office_file: OfficeFile) -> None:
    for name in ("Trần Thị Đào", "Lê Văn Dần", "Nguyễn Thị Ân", "Phạm Văn Ba"):
        dossier(office_file, applicant=name)
    with office_file.read() as connection:
        by_name = lists.Listing(dossiers.DOSSIERS, order=(("applicant", False),)).page(connection, 0, 9)
        assert [found["applicant"].split()[-1] for found in by_name] == ["Ân", "Ba", "Dần", "Đào"]
        for typed, wanted in (("dao", 1), ("DAN", 1), ("nguye\u0302\u0303n", 1), ("nb-2023", 4), ("thủ tục ba", 0)):
            listing = lists.Listing(dossiers.DOSSIERS, search=typed)
            assert listing.count(connection) == len(listing.keys(connection, 0, 9)), typed
            if wanted:
                assert listing.count(connection) == wanted, typed
        assert lists.Listing(dossiers.DOSSIERS, search="50%").count(connection) == 0


def test_row_helper_reads_what_is_there(office_file: OfficeFile) -> None:
    saved = dossier(office_file)
    assert row(office_file, Dossier, saved)["id"] == saved
