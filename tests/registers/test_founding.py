"""A new office, whole or not at all; opening balances; rules from a day on; an own calendar."""

import sqlite3
from datetime import date, time
from pathlib import Path

import pytest

from app import workdays
from app.clock import Clock
from app.models.budget import BudgetEntry, BudgetKind, BudgetLine
from app.models.database import OfficeFile
from app.models.documents import DocumentSeries
from app.models.dossiers import Procedure
from app.models.office import OfficeKind, OfficeVersion, Person, Rule, Signer
from app.problems import Problem, Problems
from app.registers import budget_lines, documents, founding, office, opening, rules, saved_reports
from app.registers.founding import NewOffice
from tests.offices import TODAY, do, document, dossier, rows, type_id

NEW = NewOffice(
    OfficeKind.WARD,
    "Trần Phú",
    "Ủy ban nhân dân thành phố Hải Phòng",
    "Lê Văn Mẫu",
    "Phó Chủ tịch",
    "Trần Thị Thử",
    "",
    True,
)


def test_a_new_office_has_what_was_asked_and_what_follows(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "mới" / "so.socchc"
    person = founding.found_file(path, clock, NEW)
    assert [each.name for each in path.parent.iterdir()] == ["so.socchc"]
    with OfficeFile.open(path, clock) as file:
        (version,) = rows(file, OfficeVersion)
        (signer,) = rows(file, Signer)
        assert [each["id"] for each in rows(file, Person)] == [person]
        assert (version["valid_from"], version["place"]) == (date(2022, 1, 1), "Trần Phú")
        assert version["recipients"].splitlines()[1] == "Lãnh đạo UBND phường"
        assert (signer["title"], signer["signed_for"]) == ("Phó Chủ tịch", "Chủ tịch")
        assert len(rows(file, Procedure)) == founding.catalogue_size() == 315
    with sqlite3.connect(path) as bare:
        assert bare.execute("SELECT command, person_name FROM change_group").fetchall() == [("Lập sổ", "Trần Thị Thử")]


def test_a_failing_set_up_leaves_no_file(tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise Problem("Không ghi được vào đĩa")

    monkeypatch.setattr(office, "save_person", fail)
    with pytest.raises(Problem):
        founding.found_file(tmp_path / "so.socchc", clock, NEW)
    assert list(tmp_path.iterdir()) == []


def test_an_office_that_is_there_is_never_overwritten(office_path: Path, clock: Clock) -> None:
    before = office_path.read_bytes()
    with pytest.raises(Problem, match="Đã có tệp"):
        founding.found_file(office_path, clock, NEW)
    assert office_path.read_bytes() == before


@pytest.mark.parametrize(("kind", "name", "place"), [("phường", "1", "Phường 1"), ("xã", "Nam Trung", "Nam Trung")])
def test_place_of_the_date_line(kind: str, name: str, place: str) -> None:
    assert founding.place_of(kind, name) == place


def test_superiors_are_those_of_today() -> None:
    assert len(founding.superiors()) == len(set(founding.superiors())) == 34


# --- opening balances ---


def test_opening_balances_make_lines_and_numbers(office_file: OfficeFile) -> None:
    decisions = ("UBND", type_id(office_file, "QĐ"))
    amounts = {f"{BudgetKind.REVENUE}:Thu hưởng 100%": 268_441_260, f"{BudgetKind.EXPENDITURE}:Dự phòng": None}
    do(office_file, opening.save, TODAY, {decisions: 58}, amounts)
    with office_file.read() as connection:
        noted = opening.read(connection, opening.opened_on(connection, date(2023, 12, 1)))
        assert documents.next_number(connection, *decisions, 2023) == 59
    assert noted.opened_on == TODAY and noted.last_numbers == {decisions: 58}
    assert [line.name for line in noted.lines] == [line.name for line in budget_lines.standard_lines()]
    assert {line.amount for line in noted.lines} == {268_441_260, None}
    (entry,) = rows(office_file, BudgetEntry)
    assert (entry["entry_on"], entry["amount"], entry["is_opening"]) == (date(2023, 6, 11), 268_441_260, True)
    investment = [line["name"] for line in rows(office_file, BudgetLine) if line["is_investment"]]
    assert investment == ["Chi đầu tư phát triển"]


def test_opening_balances_left_empty_write_only_the_day(office_file: OfficeFile) -> None:
    do(office_file, opening.save, TODAY, {("UBND", type_id(office_file, "QĐ")): None}, {})
    assert rows(office_file, DocumentSeries) == rows(office_file, BudgetLine) == []


def test_a_last_number_that_the_register_has_passed_is_told_at_its_field(office_file: OfficeFile) -> None:
    document(office_file, 3, date(2023, 6, 1))
    key = ("UBND", type_id(office_file, "QĐ"))
    with pytest.raises(Problems) as caught:
        do(office_file, opening.save, TODAY, {key: 5}, {})
    assert [fault.field for fault in caught.value.faults] == [opening.field_of_number(key)]


def test_dossiers_pending_from_before_are_counted(office_file: OfficeFile) -> None:
    dossier(office_file, quantity=3)
    dossier(office_file, received_on=TODAY)
    with office_file.read() as connection:
        assert opening.pending_before(connection, TODAY) == 3


def test_books_opened_on_new_year_have_no_cumulative_budget(office_file: OfficeFile) -> None:
    assert opening.counted_until(date(2023, 1, 1)) is None
    do(office_file, opening.save, date(2023, 1, 1), {}, {f"{BudgetKind.REVENUE}:Thu hưởng 100%": 5})
    assert rows(office_file, BudgetEntry) == []


# --- rules ---


def test_a_rule_holds_from_its_day_on(office_file: OfficeFile) -> None:
    values = {"value": "16h30", "valid_from": date(2023, 7, 1), "source": "Thông báo mẫu"}
    do(office_file, rules.set_rule, office.SAME_DAY_UNTIL, values)
    with office_file.read() as connection:
        assert office.same_day_until(connection, date(2023, 6, 30)) == time(15)
        assert office.same_day_until(connection, date(2023, 7, 1)) == time(16, 30)
        first, last = [each for each in rules.versions(connection) if each.key == office.SAME_DAY_UNTIL]
    assert (first.valid_from, last.value) == (date(2023, 7, 1), "15:00")
    do(office_file, rules.set_rule, office.SAME_DAY_UNTIL, values | {"value": "17:00"})
    assert len([each for each in rows(office_file, Rule) if each["key"] == office.SAME_DAY_UNTIL]) == 2


@pytest.mark.parametrize(
    ("key", "typed", "kept"),
    [("period.H1.end", "10/6", "10/6"), ("period.Y.due", "05/12", "5/12"), (saved_reports.REPORT_TYPE, "bc", "BC")],
)
def test_rule_values_are_kept_in_one_form(office_file: OfficeFile, key: str, typed: str, kept: str) -> None:
    with office_file.read() as connection:
        assert rules.read_value(connection, key, typed) == kept


@pytest.mark.parametrize(
    ("key", "typed"),
    [
        (office.SAME_DAY_UNTIL, "25:00"),
        ("period.H1.end", "31/6"),
        ("period.H1.end", "mai"),
        (saved_reports.REPORT_TYPE, "XX"),
    ],
)
def test_rule_values_that_are_none_are_told_at_the_field(office_file: OfficeFile, key: str, typed: str) -> None:
    with office_file.read() as connection, pytest.raises(Problem) as caught:
        rules.read_value(connection, key, typed)
    assert caught.value.field == "value"


def test_every_seeded_rule_has_its_words(office_file: OfficeFile) -> None:
    assert {each["key"] for each in rows(office_file, Rule)} == set(rules.RULES)


# --- calendar ---


def test_a_year_that_nobody_announced_is_complete_once_confirmed(office_file: OfficeFile) -> None:
    with office_file.read() as connection:
        assert workdays.incomplete(office.calendar(connection, (2031,)), 2031)
    do(office_file, office.confirm_year, 2031, True)
    do(office_file, office.confirm_year, 2030, True)
    with office_file.read() as connection:
        assert office.confirmed_years(connection) == {2030, 2031}
        assert not workdays.incomplete(office.calendar(connection, (2031,)), 2031)
    do(office_file, office.confirm_year, 2031, False)
    with office_file.read() as connection:
        assert workdays.incomplete(office.calendar(connection, (2031,)), 2031)


def test_an_own_day_taken_away_gives_the_calendar_back(office_file: OfficeFile) -> None:
    day = date(2023, 6, 13)
    row_id = do(office_file, office.save_day, None, {"day": day, "worked": False, "name": "Hội làng"})
    with office_file.read() as connection:
        assert not workdays.is_workday(day, office.calendar(connection, (2023,)))
    do(office_file, office.remove_day, row_id)
    with office_file.read() as connection:
        assert workdays.is_workday(day, office.calendar(connection, (2023,)))
