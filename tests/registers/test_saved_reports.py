"""Saved reports: periods by default and by chain, numbers that stand in the register of documents, sentences."""

from datetime import date

import pytest

from app.models.database import OfficeFile
from app.models.documents import Document
from app.models.office import Rule
from app.models.reports import Report
from app.periods import Period, PeriodKind
from app.problems import Problem
from app.registers import documents, office, saved_reports
from app.reports import checks
from tests.offices import TODAY, clock_on, do, document, refused, row, rows

H1 = PeriodKind.H1
CUT_OFF = date(2023, 6, 10)


def period(file: OfficeFile, kind: PeriodKind = H1, year: int = 2023, end: date | None = None) -> Period:
    with file.read() as connection:
        return saved_reports.period_of(connection, kind, year, end)


def report(file: OfficeFile, kind: PeriodKind = H1, year: int = 2023, end: date | None = CUT_OFF) -> int:
    return int(do(file, saved_reports.create, period(file, kind, year, end), "{}"))


# --- periods ---------------------------------------------------------------------------------------------------------


def test_default_periods(office_file: OfficeFile) -> None:
    usual = period(office_file)
    assert (usual.start, usual.end, usual.budget_start, usual.due_on) == (
        date(2022, 12, 15),
        date(2023, 6, 14),
        date(2023, 1, 1),
        date(2023, 6, 15),
    )
    assert period(office_file, end=CUT_OFF).end == CUT_OFF


def test_a_saved_report_keeps_its_cut_off_and_the_next_period_begins_after_it(office_file: OfficeFile) -> None:
    report(office_file)
    assert period(office_file).end == CUT_OFF
    assert period(office_file, PeriodKind.H2).start == date(2023, 6, 11)
    assert period(office_file, end=date(2023, 5, 31)).end == date(2023, 5, 31)
    assert refused_period(office_file) == "Ngày chốt 14/12/2022 trước ngày đầu kỳ"


def refused_period(file: OfficeFile) -> str:
    with pytest.raises(Problem) as told:
        period(file, end=date(2022, 12, 14))
    return told.value.sentence


def test_the_offices_own_days(office_file: OfficeFile) -> None:
    do(office_file, lambda work: work.insert(Rule, key="period.H1.end", valid_from=date(2023, 1, 1), value="05/6"))
    assert period(office_file).end == date(2023, 6, 5)
    assert period(office_file, year=2022).end == date(2022, 6, 14)


def test_a_later_rule_leaves_the_periods_before_it(office_file: OfficeFile) -> None:
    rule = {"key": "period.H1.end", "valid_from": date(2023, 7, 1), "value": "31/5"}
    do(office_file, lambda work: work.insert(Rule, **rule))
    assert [period(office_file, year=year).end for year in (2023, 2024)] == [date(2023, 6, 14), date(2024, 5, 31)]


def test_a_year_opens_where_the_one_before_ended_by_its_own_rules(office_file: OfficeFile) -> None:
    rule = {"key": "period.Y.end", "valid_from": date(2024, 1, 1), "value": "31/12"}
    do(office_file, lambda work: work.insert(Rule, **rule))
    assert period(office_file, PeriodKind.Y).end == date(2023, 12, 14)
    assert [period(office_file, year=year).start for year in (2024, 2025)] == [date(2023, 12, 15), date(2025, 1, 1)]


# --- a report --------------------------------------------------------------------------------------------------------


def test_one_report_a_period(office_file: OfficeFile) -> None:
    report(office_file)
    again = refused(office_file, saved_reports.create, period(office_file), "{}")
    assert (again.sentence, again.field) == ("Đã có báo cáo 6 tháng đầu năm 2023", "kind")
    usual = period(office_file, PeriodKind.Q1)
    turned = Period(usual.kind, usual.year, usual.end, usual.start, usual.budget_start, usual.due_on)
    assert refused(office_file, saved_reports.create, turned, "{}").sentence == "Ngày chốt trước ngày đầu kỳ"


def test_days_in_order(office_file: OfficeFile) -> None:
    saved = report(office_file)
    end = refused(office_file, saved_reports.save, saved, {"end": date(2022, 12, 1)})
    assert (end.sentence, end.field) == ("Ngày chốt trước ngày đầu kỳ", "end")
    signed = refused(office_file, saved_reports.save, saved, {"dated_on": date(2023, 6, 9)})
    assert (signed.sentence, signed.field) == ("Ngày ký trước ngày chốt số liệu", "dated_on")
    undated = refused(office_file, saved_reports.save, saved, {"number": 71})
    assert (undated.sentence, undated.field) == ("Báo cáo đã có số cần ngày ký", "dated_on")


def test_a_numbered_report_stands_in_the_register_of_documents(office_file: OfficeFile) -> None:
    saved = report(office_file)
    do(office_file, saved_reports.save, saved, {"number": 71, "dated_on": TODAY, "addressee": None})
    [entry] = rows(office_file, Document)
    assert entry["id"] == row(office_file, Report, saved)["document_id"]
    assert (entry["number"], entry["symbol"], entry["dated_on"], entry["signer"]) == (
        71,
        "BC-UBND",
        TODAY,
        "Nguyễn Văn Mẫu",
    )
    assert entry["abstract"] == "Kết quả công tác cải cách hành chính 6 tháng đầu năm 2023"
    do(office_file, saved_reports.save, saved, {"number": 72})
    assert [each["number"] for each in rows(office_file, Document)] == [72]


def test_number_and_day_of_a_report_are_entered_once(office_file: OfficeFile) -> None:
    saved = report(office_file)
    do(office_file, saved_reports.save, saved, {"number": 71, "dated_on": TODAY})
    entry = row(office_file, Report, saved)["document_id"]
    for values in ({"number": 75}, {"suffix": "a"}, {"dated_on": date(2023, 6, 11)}, {"issuer": "HĐND"}):
        problem = refused(office_file, documents.save, entry, values)
        assert problem.sentence == ("Văn bản này là báo cáo 6 tháng đầu năm 2023: số và ngày chỉ sửa ở trang Báo cáo")
        assert problem.field == next(iter(values))
    do(office_file, documents.save, entry, {"abstract": "Kết quả cải cách hành chính", "number": 71})
    assert row(office_file, Document, entry)["abstract"] == "Kết quả cải cách hành chính"


def test_a_report_whose_number_was_voided_needs_another(office_file: OfficeFile) -> None:
    saved = report(office_file)
    do(office_file, saved_reports.save, saved, {"number": 71, "dated_on": TODAY})
    do(office_file, documents.void, row(office_file, Report, saved)["document_id"], TODAY, "Ghi nhầm")
    with office_file.read() as connection:
        told = checks.report_particulars(connection, saved_reports.get(connection, saved))
        assert [finding.sentence for finding in told] == ["Số 71 của báo cáo đã bị hủy trong sổ văn bản ngày 12/6/2023"]
    assert refused(office_file, saved_reports.save, saved, {"due_on": TODAY}).next_step == "Số tiếp theo là 72."
    do(office_file, saved_reports.save, saved, {"number": 72})
    assert [(each["number"], each["voided_on"]) for each in rows(office_file, Document)] == [(71, TODAY), (72, None)]
    with office_file.read() as connection:
        assert list(checks.report_particulars(connection, saved_reports.get(connection, saved))) == []


def test_a_number_taken_is_told_at_the_field(office_file: OfficeFile) -> None:
    document(office_file, 71, date(2023, 6, 1), "BC", abstract="Báo cáo tuần")
    problem = refused(office_file, saved_reports.save, report(office_file), {"number": 71, "dated_on": TODAY})
    assert (problem.sentence, problem.field) == ("Số 71/BC-UBND đã có, ngày 01/6/2023: Báo cáo tuần", "number")
    assert problem.next_step == "Số tiếp theo là 72."


def test_a_number_is_not_given_up(office_file: OfficeFile) -> None:
    saved = report(office_file)
    do(office_file, saved_reports.save, saved, {"number": 71, "dated_on": TODAY})
    problem = refused(office_file, saved_reports.save, saved, {"number": None})
    assert (problem.sentence, problem.field) == ("Số của báo cáo đã vào sổ văn bản, không bỏ được", "number")


def test_what_a_correction_leaves_out_stays(office_file: OfficeFile) -> None:
    saved = report(office_file)
    do(office_file, saved_reports.save, saved, {"addressee": "UBND tỉnh Mẫu", "number": 71, "dated_on": TODAY})
    do(office_file, documents.save, row(office_file, Report, saved)["document_id"], {"in_report": True})
    do(office_file, saved_reports.save, saved, {"due_on": date(2023, 6, 16)})
    assert row(office_file, Report, saved)["addressee"] == "UBND tỉnh Mẫu"
    assert rows(office_file, Document)[0]["in_report"]


def test_the_signer_chosen_goes_before_the_signer_of_the_day(office_file: OfficeFile) -> None:
    deputy = {"name": "Phó Thử", "title": "Phó Chủ tịch", "signed_for": "Chủ tịch", "valid_from": date(2022, 1, 1)}
    chosen = do(office_file, office.save_signer, None, deputy)
    saved = report(office_file)
    do(office_file, saved_reports.save, saved, {"signer_id": chosen, "number": 1, "dated_on": TODAY})
    assert rows(office_file, Document)[0]["signer"] == "Phó Thử"


def test_finding_reports(office_file: OfficeFile) -> None:
    first, second = report(office_file), report(office_file, PeriodKind.Q1, end=None)
    do(office_file, saved_reports.save_text, second, '{"version": 1}')
    with office_file.read() as connection:
        assert [saved.id for saved in saved_reports.every(connection)] == [first, second]
        assert saved_reports.get(connection, second).text == '{"version": 1}'
        assert saved_reports.get(connection, second).is_draft
        assert saved_reports.find(connection, PeriodKind.Y, 2023) is None
        with pytest.raises(Problem, match="Báo cáo này không còn trong sổ"):
            saved_reports.get(connection, 99)
    assert clock_on().today() == TODAY
