"""Before the books were opened: what a report leaves out is named, with its days, until it has been entered."""

from datetime import date

from app.models.database import OfficeFile
from app.models.dossiers import Outcome
from app.periods import Period, PeriodKind
from app.registers import dossier_steps, opening, plans
from tests.offices import do, document, dossier

OPENED = date(2023, 5, 2)
BEFORE = date(2023, 3, 1)
PERIOD = Period(PeriodKind.H1, 2023, date(2022, 12, 15), date(2023, 6, 14), date(2023, 1, 1), date(2023, 6, 15))


def told(file: OfficeFile, period: Period = PERIOD) -> tuple[str, str]:
    with file.read() as connection:
        found = opening.left_out(connection, period)
    return (found.sentence, found.register) if found is not None else ("", "")


def open_books(file: OfficeFile, day: date) -> None:
    do(file, opening.save, day, {}, {})


def sentence(missing: str, days: str = "từ 15/12/2022 đến 01/5/2023") -> str:
    return f"Chưa nhập {missing} {days}, trước ngày mở sổ: báo cáo chưa tính"


def test_what_has_no_row_of_those_days_is_named(office_file: OfficeFile) -> None:
    assert told(office_file) == ("", ""), "the day of opening is not noted"
    open_books(office_file, OPENED)
    assert told(office_file) == (sentence("hồ sơ đã giải quyết, văn bản đi, nhiệm vụ kế hoạch"), "dossiers")
    finished = dossier(office_file, received_on=BEFORE)
    assert told(office_file)[1] == "dossiers", "one that is pending is a balance, and counted"
    do(office_file, dossier_steps.finish, finished, Outcome.RESOLVED, BEFORE)
    assert told(office_file) == (sentence("văn bản đi, nhiệm vụ kế hoạch"), "documents")
    plan = document(office_file, 1, BEFORE, "KH")
    assert told(office_file) == (sentence("nhiệm vụ kế hoạch"), "plans")
    do(office_file, plans.save, None, {"document_id": plan, "content": "Việc thử"})
    assert told(office_file) == ("", "")


def test_the_day_of_opening_itself_is_in_the_books(office_file: OfficeFile) -> None:
    open_books(office_file, OPENED)
    document(office_file, 1, OPENED)
    assert "văn bản đi" in told(office_file)[0]
    open_books(office_file, PERIOD.start)
    assert told(office_file) == ("", "")


def test_a_period_that_ended_before_the_opening_is_left_out_as_a_whole(office_file: OfficeFile) -> None:
    open_books(office_file, OPENED)
    first = Period(PeriodKind.Q1, 2023, PERIOD.start, date(2023, 3, 14), PERIOD.budget_start, date(2023, 3, 15))
    assert "từ 15/12/2022 đến 14/3/2023, trước ngày mở sổ" in told(office_file, first)[0]
