"""The office: its versions, signers, people, days, bases, phrases, rules by day; every sentence that refuses one."""

from datetime import date, time

import pytest

from app.models.database import OfficeFile
from app.models.office import DayException, LegalBasis, OfficeKind, OfficeVersion, Person, Rule, Signer
from app.problems import Problem
from app.registers import office, references, rules, saved_reports
from app.registers.documents import DOCUMENTS
from app.registers.dossiers import DOSSIERS
from tests.offices import TODAY, do, refused, row, rows


def signer(file: OfficeFile, name: str, start: date, end: date | None = None, signed_for: str | None = None) -> int:
    values = {"name": name, "title": "Chủ tịch", "signed_for": signed_for, "valid_from": start, "valid_to": end}
    return int(do(file, office.save_signer, None, values))


def signs(file: OfficeFile, day: date) -> str | None:
    with file.read() as connection:
        found = office.signer_on(connection, day)
    return found["name"] if found else None


# --- versions --------------------------------------------------------------------------------------------------------


def test_an_old_report_keeps_the_old_name(office_file: OfficeFile) -> None:
    merged = do(office_file, office.new_office_version, date(2025, 7, 1))
    do(office_file, office.save_office, merged, {"kind": OfficeKind.WARD, "name": "Mới", "superior": "UBND tỉnh Mẫu"})
    with office_file.read() as connection:
        names = [office.office_on(connection, day)["name"] for day in (date(2025, 6, 30), date(2025, 7, 1))]
        before_all = office.office_on(connection, date(2000, 1, 1))
    assert names == ["Thử Nghiệm", "Mới"]
    assert before_all["name"] == "Thử Nghiệm"
    assert row(office_file, OfficeVersion, merged)["recipients"] == "Như trên\nLưu: VT"


def test_a_version_a_day(office_file: OfficeFile) -> None:
    taken = refused(office_file, office.new_office_version, date(2022, 1, 1))
    assert (taken.sentence, taken.field) == ("Đã có bản áp dụng từ ngày này", "valid_from")
    merged = do(office_file, office.new_office_version, date(2025, 7, 1))
    assert refused(office_file, office.save_office, merged, {"valid_from": date(2022, 1, 1)}).field == "valid_from"


def test_without_a_name(tmp_path, clock) -> None:
    with (
        OfficeFile.create(tmp_path / "so.socchc", clock) as file,
        file.read() as connection,
        pytest.raises(Problem, match="Sổ chưa có tên cơ quan") as told,
    ):
        office.office_on(connection, TODAY)
    assert told.value.next_step == "Điền ở Thiết lập › Cơ quan."


def test_what_is_left_empty(office_file: OfficeFile) -> None:
    [version] = rows(office_file, OfficeVersion)
    assert (version["code"], version["parent_line"], version["authority_line"]) == ("", "", True)
    do(office_file, office.save_office, version["id"], {"code": None, "issuers": None})
    with office_file.read() as connection:
        assert office.reporting_issuer(office.office_on(connection, TODAY)) == "UBND"


# --- signers and people ----------------------------------------------------------------------------------------------


def test_issuers_are_names_between_commas(office_file: OfficeFile) -> None:
    [version] = rows(office_file, OfficeVersion)
    for typed, kept in ((" UBND,HĐND , UBND,", "UBND, HĐND"), (" , ", "UBND")):
        do(office_file, office.save_office, version["id"], {"issuers": typed})
        assert row(office_file, OfficeVersion, version["id"])["issuers"] == kept
    assert office.issuers_of({"issuers": "UBND, HĐND"}) == ("UBND", "HĐND")


def test_who_signs(office_file: OfficeFile) -> None:
    """The head before a deputy, the longest in office first; the last day still counts."""
    do(office_file, office.save_signer, 1, {"valid_to": date(2023, 3, 31)})
    signer(office_file, "Phó Thử", date(2020, 1, 1), signed_for="Chủ tịch")
    signer(office_file, "Mới Thử", date(2023, 4, 15))
    days = (date(2019, 1, 1), date(2023, 3, 31), date(2023, 4, 1), date(2023, 4, 15))
    assert [signs(office_file, day) for day in days] == [None, "Nguyễn Văn Mẫu", "Phó Thử", "Mới Thử"]
    assert row(office_file, Signer, 1)["signed_for"] == ""


def test_a_signer_ends_after_he_begins(office_file: OfficeFile) -> None:
    problem = refused(office_file, office.save_signer, 1, {"valid_to": date(2021, 12, 31)})
    assert (problem.sentence, problem.field) == ("Ngày cuối trước ngày đầu", "valid_to")


def test_a_name_once_in_the_staff_list(office_file: OfficeFile) -> None:
    problem = refused(office_file, office.save_person, None, {"name": "TRẦN THỊ MẪU"})
    assert (problem.sentence, problem.field) == ("Đã có TRẦN THỊ MẪU trong danh sách", "name")
    do(office_file, office.save_person, None, {"name": "Trần Thị Mâu"})  # other marks: another person
    do(office_file, office.save_person, 1, {"left_on": TODAY})
    assert row(office_file, Person, 1)["name"] == "Trần Thị Mẫu"


def test_who_has_left_is_chosen_no_more(office_file: OfficeFile) -> None:
    do(office_file, office.save_person, 1, {"left_on": TODAY})
    with office_file.read() as connection:
        named = [person.name for person in office.people(connection, TODAY)]
        assert named == ["Lê Thị Thử"]
        options = references.context_for(connection, DOSSIERS, TODAY).options
    assert [option.name for option in options["people"]] == ["Lê Thị Thử"]


def test_options_of_references(office_file: OfficeFile) -> None:
    with office_file.read() as connection:
        options = references.context_for(connection, DOCUMENTS, TODAY).options
    assert [option.name for option in options["issuers"]] == ["UBND", "HĐND"]
    assert [option.code for option in options["document_types"]][:4] == ["NQ", "QĐ", "CT", "KH"]


# --- days, bases, phrases --------------------------------------------------------------------------------------------


def test_a_day_once(office_file: OfficeFile) -> None:
    day = {"day": date(2023, 6, 10), "worked": True, "name": "Làm bù"}
    do(office_file, office.save_day, None, day)
    problem = refused(office_file, office.save_day, None, day | {"worked": False})
    assert (problem.sentence, problem.field) == ("Ngày này đã có trong danh sách", "day")
    with office_file.read() as connection:
        assert date(2023, 6, 10) in office.calendar(connection, [2023]).days_worked
    do(office_file, office.save_day, 1, {"worked": False})
    assert row(office_file, DayException, 1)["name"] == "Làm bù"


def test_a_basis_once_and_in_order(office_file: OfficeFile) -> None:
    basis = {
        "type_name": "Nghị định",
        "symbol": "130/2005/NĐ-CP",
        "dated_on": date(2005, 10, 17),
        "issuer": "Chính phủ",
    }
    saved = do(office_file, office.save_basis, None, basis | {"abstract": None, "valid_to": date(2026, 4, 30)})
    problem = refused(office_file, office.save_basis, None, basis)
    assert (problem.sentence, problem.field) == ("Đã có Nghị định 130/2005/NĐ-CP trong danh sách", "symbol")
    order = refused(office_file, office.save_basis, saved, {"valid_from": date(2026, 5, 1)})
    assert (order.sentence, order.field) == ("Ngày hết hiệu lực trước ngày có hiệu lực", "valid_to")
    assert row(office_file, LegalBasis, saved)["abstract"] == ""


def test_a_phrase_once(office_file: OfficeFile) -> None:
    do(office_file, office.save_phrase, None, {"text": "TCVN ISO 9001:2015"})
    problem = refused(office_file, office.save_phrase, None, {"text": "TCVN ISO 9001:2015"})
    assert (problem.sentence, problem.field) == ("Đã có “TCVN ISO 9001:2015” trong danh sách", "text")


# --- rules -----------------------------------------------------------------------------------------------------------


def test_a_rule_in_force_on_a_day(office_file: OfficeFile) -> None:
    later = {"key": office.SAME_DAY_UNTIL, "valid_from": date(2023, 6, 1), "value": "16:00"}
    do(office_file, lambda work: work.insert(Rule, **later))
    with office_file.read() as connection:
        hours = [office.same_day_until(connection, day) for day in (date(2023, 5, 31), date(2023, 6, 1))]
        with pytest.raises(KeyError):
            office.rule(connection, "no.such.rule", TODAY)
    assert hours == [time(15), time(16)]


def test_settings(office_file: OfficeFile) -> None:
    do(office_file, office.set_setting, "k", "một")
    do(office_file, office.set_setting, "k", "hai")
    with office_file.read() as connection:
        assert (office.setting(connection, "k"), office.setting(connection, "nothing")) == ("hai", None)


def test_a_rule_that_names_no_type_of_document(office_file: OfficeFile) -> None:
    values = {"value": "BCX", "valid_from": TODAY}
    problem = refused(office_file, rules.set_rule, saved_reports.REPORT_TYPE, values)
    assert (problem.sentence, problem.field) == ("Không có loại văn bản mã “BCX”", "value")
