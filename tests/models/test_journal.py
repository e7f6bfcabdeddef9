"""One Save: before and after, who and when, undo; several programs on one file at once."""

import json
import sqlite3
import subprocess
import sys
import time as clock_time
from contextlib import closing
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from app.clock import Clock
from app.models import sqlite
from app.models.budget import BudgetEntry, BudgetKind
from app.models.database import Actor, OfficeFile, Work
from app.models.documents import Document
from app.models.dossiers import Dossier, DossierStep, Outcome
from app.models.office import Person, Setting
from app.models.undoing import GONE, IN_USE, REFUSED, undo
from app.problems import Problem
from app.registers import budget, budget_lines, documents, dossier_steps, dossiers, drafts, office
from tests.offices import ACTOR, NOW, TODAY, do, document, dossier, dossier_row, row, rows, type_id


def changes(path: Path, group: int) -> list[tuple[Any, ...]]:
    """The journal of one group, read by SQLite alone."""
    with closing(sqlite3.connect(path)) as connection:
        query = 'SELECT register, row_id, before, "after" FROM change WHERE group_id = ? ORDER BY id'
        return connection.execute(query, (group,)).fetchall()


def save(file: OfficeFile, command: Any, *args: Any, words: str = "Việc thử") -> int:
    """The change group of one Save."""
    group = file.write(ACTOR, words, command, *args).group_id
    assert group is not None
    return group


# --- what is kept ----------------------------------------------------------------------------------------------------


def test_a_new_row_before_and_after(office_file: OfficeFile) -> None:
    group = save(office_file, office.set_setting, "k", "giá trị")
    [(register, row_id, before, after)] = changes(office_file.path, group)
    assert (register, before) == ("setting", None)
    assert json.loads(after) == {"id": row_id, "key": "k", "value": "giá trị"}
    assert "giá trị" in after  # readable with any tool


def test_an_amended_row_keeps_only_what_differs(office_file: OfficeFile) -> None:
    save(office_file, office.set_setting, "k", "cũ")
    group = save(office_file, office.set_setting, "k", "mới")
    [(_, _, before, after)] = changes(office_file.path, group)
    assert (json.loads(before), json.loads(after)) == ({"value": "cũ"}, {"value": "mới"})


def test_a_row_taken_away_is_kept_whole(office_file: OfficeFile) -> None:
    save(office_file, office.set_setting, "k", "cũ")
    [kept] = [each for each in rows(office_file, Setting) if each["key"] == "k"]
    group = save(office_file, Work.delete, Setting, kept["id"])
    [(_, _, before, after)] = changes(office_file.path, group)
    assert (json.loads(before), after) == (kept, None)


def test_a_row_taken_away_leaves_its_id_to_nobody(office_file: OfficeFile) -> None:
    taken = dossier(office_file)
    do(office_file, dossiers.remove, taken)
    assert dossier(office_file) == taken + 1
    do(office_file, dossiers.remove, taken + 1)
    [last] = do(office_file, lambda work: [work.last_id(Dossier)])
    assert last == taken + 1


def test_who_when_and_what_in_words(office_file: OfficeFile) -> None:
    group = save(office_file, office.set_setting, "k", "x", words="Đổi cài đặt")
    with closing(sqlite3.connect(office_file.path)) as connection:
        query = "SELECT person_id, person_name, command, at FROM change_group WHERE id = ?"
        kept = connection.execute(query, (group,)).fetchone()
    assert kept == (1, "Trần Thị Mẫu", "Đổi cài đặt", NOW.isoformat(" ") + ".000000")


def test_one_group_a_save(office_file: OfficeFile) -> None:
    group = save(office_file, _two_dossiers, dossier(office_file))
    assert [register for register, *_ in changes(office_file.path, group)] == ["dossier_step", "dossier"] * 2


def _two_dossiers(work: Work, first: int) -> None:
    procedure = work.row(Dossier, first)["procedure_id"]
    dossier_steps.finish(work, first, Outcome.RESOLVED, TODAY)
    dossier_steps.hand_over(work, first, TODAY)
    assert procedure


def test_nothing_changed_leaves_no_group(office_file: OfficeFile) -> None:
    save(office_file, office.set_setting, "k", "x")
    outcome = office_file.write(ACTOR, "Lưu", office.set_setting, "k", "x")
    assert (outcome.group_id, outcome.changed) == (None, frozenset())


def test_what_changed_is_told(office_file: OfficeFile) -> None:
    outcome = office_file.write(ACTOR, "Lưu", office.save_person, None, {"name": "Đỗ Văn Thử"})
    assert outcome.changed == {"person"}


def test_a_refused_command_leaves_nothing(office_file: OfficeFile) -> None:
    def half(work: Work) -> None:
        office.set_setting(work, "k", "x")
        raise Problem("Không được")

    with pytest.raises(Problem, match="Không được"):
        office_file.write(ACTOR, "Lưu", half)
    assert [each for each in rows(office_file, Setting) if each["key"] == "k"] == []


def test_a_bug_is_no_problem_and_leaves_nothing(office_file: OfficeFile) -> None:
    def wrong(work: Work) -> None:
        office.set_setting(work, "k", "x")
        work.insert(Setting, key="k", value="y")  # breaks the unique key

    with pytest.raises(Exception, match="UNIQUE"):
        office_file.write(ACTOR, "Lưu", wrong)
    assert [each for each in rows(office_file, Setting) if each["key"] == "k"] == []


def test_drafts_have_no_history(office_file: OfficeFile) -> None:
    outcome = office_file.write(ACTOR, "Giữ", drafts.keep, None, "dossiers", None, {"applicant": "Ngu"})
    assert outcome.group_id is None
    with office_file.read() as connection:
        [draft] = drafts.of_person(connection, "dossiers", ACTOR.person_id)
        assert drafts.of_person(connection, "dossiers", None) == []
    assert draft.typed == {"applicant": "Ngu"}
    do(office_file, drafts.keep, draft.id, "dossiers", None, {"applicant": "Nguyễn"})
    do(office_file, drafts.drop, draft.id)
    with office_file.read() as connection:
        assert drafts.of_person(connection, "dossiers", ACTOR.person_id) == []


def test_an_import_is_one_group(office_file: OfficeFile) -> None:
    def take_in(work: Work) -> None:
        work.describe("Nhập tệp", file_name="ho-so.xlsx", file_hash="ab" * 32, row_count=2)
        assert work.group_id
        work.bulk_insert(Person, [{"name": name, "name_key": name.casefold()} for name in ("Một Thử", "Hai Thử")])

    group = save(office_file, take_in)
    assert changes(office_file.path, group) == []
    with closing(sqlite3.connect(office_file.path)) as connection:
        query = "SELECT command, file_name, file_hash, row_count FROM change_group WHERE id = ?"
        assert connection.execute(query, (group,)).fetchone() == ("Nhập tệp", "ho-so.xlsx", "ab" * 32, 2)
    with pytest.raises(Problem, match=GONE):
        do(office_file, undo, group)


def test_what_was_written_is_read_by_sqlite_alone(office_file: OfficeFile) -> None:
    dossier_id = dossier(office_file, received_on=date(2023, 6, 5), received_at=time(15, 30), applicant="Đặng Thị Thử")
    office_file.close()
    with closing(sqlite3.connect(office_file.path)) as connection:
        query = "SELECT code, applicant, received_on, due_on, quantity, search_text FROM dossier WHERE id = ?"
        assert connection.execute(query, (dossier_id,)).fetchone() == (
            "NB-2023-0001",
            "Đặng Thị Thử",
            "2023-06-05",
            "2023-06-08",
            1,
            "nb-2023-0001 dang thi thu",
        )
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


# --- undo ------------------------------------------------------------------------------------------------------------


def test_undo_of_a_new_row(office_file: OfficeFile) -> None:
    group = save(office_file, office.set_setting, "k", "x")
    assert do(office_file, undo, group) == "Việc thử"
    assert [each for each in rows(office_file, Setting) if each["key"] == "k"] == []


def test_undo_of_an_amended_row(office_file: OfficeFile) -> None:
    dossier_id = dossier(office_file)
    before = dossier_row(office_file, dossier_id)
    group = save(office_file, dossier_steps.finish, dossier_id, Outcome.RESOLVED, TODAY)
    do(office_file, undo, group)
    assert dossier_row(office_file, dossier_id) == before
    assert len(rows(office_file, DossierStep)) == 1


def test_undo_of_a_row_taken_away(office_file: OfficeFile) -> None:
    dossier_id = dossier(office_file, received_at=time(8, 15))
    [step] = rows(office_file, DossierStep)
    group = save(office_file, Work.delete, DossierStep, step["id"])
    do(office_file, undo, group)
    assert rows(office_file, DossierStep) == [step]
    assert dossier_row(office_file, dossier_id)["received_at"] == time(8, 15)


def test_undo_is_itself_a_change_and_can_be_undone(office_file: OfficeFile) -> None:
    dossier_id = dossier(office_file)
    group = save(office_file, dossier_steps.finish, dossier_id, Outcome.RESOLVED, TODAY)
    after = dossier_row(office_file, dossier_id)
    back = save(office_file, undo, group)
    with closing(sqlite3.connect(office_file.path)) as connection:
        query = "SELECT command, undoes_id FROM change_group WHERE id = ?"
        assert connection.execute(query, (back,)).fetchone() == ("Hoàn tác: Việc thử", group)
    do(office_file, undo, back)
    assert dossier_row(office_file, dossier_id) == after


def test_undo_is_refused_after_a_later_change(office_file: OfficeFile) -> None:
    dossier_id = dossier(office_file)
    group = save(office_file, dossier_steps.finish, dossier_id, Outcome.RESOLVED, TODAY)
    do(office_file, dossier_steps.hand_over, dossier_id, TODAY)
    before = dossier_row(office_file, dossier_id)
    with pytest.raises(Problem, match=REFUSED):
        do(office_file, undo, group)
    assert dossier_row(office_file, dossier_id) == before


def test_a_change_of_another_row_does_not_matter(office_file: OfficeFile) -> None:
    first, second = dossier(office_file), dossier(office_file)
    group = save(office_file, dossier_steps.finish, first, Outcome.RESOLVED, TODAY)
    do(office_file, dossier_steps.finish, second, Outcome.RESOLVED, TODAY)
    do(office_file, undo, group)
    assert dossier_row(office_file, first)["outcome"] is None
    assert dossier_row(office_file, second)["outcome"] == Outcome.RESOLVED


def test_undo_twice_is_refused(office_file: OfficeFile) -> None:
    group = save(office_file, office.set_setting, "k", "x")
    do(office_file, undo, group)
    with pytest.raises(Problem, match=REFUSED):
        do(office_file, undo, group)


def test_undo_of_what_others_need_is_refused(office_file: OfficeFile) -> None:
    """The first document of the year opened its series; the second stands in it."""
    info = type_id(office_file, "QĐ")
    values = {"type_id": info, "issuer": "UBND", "number": 1, "dated_on": TODAY, "abstract": "Thử"}
    group = save(office_file, documents.save, None, values)
    second = document(office_file, 2, TODAY)
    with pytest.raises(Problem, match=IN_USE):
        do(office_file, undo, group)
    assert row(office_file, Document, second)["number"] == 2
    assert len(rows(office_file, Document)) == 2


def test_undo_whose_number_was_taken_meanwhile(office_file: OfficeFile) -> None:
    first = document(office_file, 1, TODAY)
    info = type_id(office_file, "QĐ")
    group = save(office_file, documents.save, first, {"number": 3, "type_id": info, "issuer": "UBND"})
    document(office_file, 1, TODAY)
    with pytest.raises(Problem, match=IN_USE):
        do(office_file, undo, group)
    assert row(office_file, Document, first)["number"] == 3


def test_reasons_stand_in_their_own_rows(office_file: OfficeFile) -> None:
    dossier_id = dossier(office_file, due_on=TODAY + timedelta(30), due_reason="Chờ xác minh")
    assert rows(office_file, DossierStep)[0]["reason"] == "Chờ xác minh"
    do(office_file, dossier_steps.finish, dossier_id, Outcome.RETURNED, TODAY, "Thiếu giấy tờ")
    assert rows(office_file, DossierStep)[1]["reason"] == "Thiếu giấy tờ"
    line = do(office_file, budget_lines.save_line, None, {"year": 2023, "kind": BudgetKind.REVENUE, "name": "Phí"})
    entry = do(office_file, budget.save_entry, None, {"line_id": line, "entry_on": TODAY, "amount": 5})
    counter = do(office_file, budget.counter, entry, TODAY, "Ghi nhầm")
    assert row(office_file, BudgetEntry, counter)["reason"] == "Ghi nhầm"


# --- several programs at once ----------------------------------------------------------------------------------------

WRITER = """
import sys
from pathlib import Path
from app.clock import real_clock
from app.models.database import Actor, OfficeFile
from app.registers import office
with OfficeFile.open(Path(sys.argv[1]), real_clock()) as file:
    for number in range(int(sys.argv[3])):
        file.write(Actor(sys.argv[2]), "Ghi", office.set_setting, f"{sys.argv[2]}-{number}", "x")
"""
COUNTER = """
import sys
from pathlib import Path
from app.clock import real_clock
from app.models.database import Actor, OfficeFile, Work
from app.registers import office

def more(work):
    now = int(office.setting(work.connection, "n") or 0)
    office.set_setting(work, "n", str(now + 1))

with OfficeFile.open(Path(sys.argv[1]), real_clock()) as file:
    for _ in range(int(sys.argv[2])):
        file.write(Actor("Máy"), "Đếm", more)
"""


def start(program: str, *args: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", program, *map(str, args)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def end(*running: subprocess.Popen[str]) -> None:
    for each in running:
        _, errors = each.communicate(timeout=60)
        assert each.returncode == 0, errors


def test_two_programs_count_without_losing_one(office_path: Path, clock: Clock) -> None:
    """Each reads, adds one and writes: without BEGIN IMMEDIATE counts would be lost or fail at commit."""
    end(*(start(COUNTER, office_path, 25) for _ in range(2)))
    with OfficeFile.open(office_path, clock) as file, file.read() as connection:
        assert office.setting(connection, "n") == "50"


def test_another_program_writes_while_this_one_reads(office_file: OfficeFile) -> None:
    count = "SELECT count(*) FROM setting"
    version = office_file.others_version()
    with office_file.read() as connection:
        before = connection.exec_driver_sql(count).scalar_one()
        end(start(WRITER, office_file.path, "khác", 3))
        assert connection.exec_driver_sql(count).scalar_one() == before  # one state, from the first query on
    with office_file.read() as connection:
        assert connection.exec_driver_sql(count).scalar_one() == before + 3
    assert office_file.others_version() != version


def test_the_version_stays_while_nobody_else_writes(office_file: OfficeFile) -> None:
    dossier(office_file)
    version = office_file.others_version()
    with office_file.read() as connection:
        connection.execute(select(Dossier.id)).all()
    dossier(office_file)
    assert office_file.others_version() == version
    end(start(WRITER, office_file.path, "khác", 1))
    dossier(office_file)
    assert office_file.others_version() != version


def test_a_writer_waits_for_another(office_file: OfficeFile) -> None:
    with closing(sqlite3.connect(office_file.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        running = start(WRITER, office_file.path, "chờ", 1)
        clock_time.sleep(1.2)
        assert running.poll() is None
        other.execute("COMMIT")
        end(running)


def test_a_file_that_stays_busy_gets_a_sentence(office_path: Path, clock: Clock, monkeypatch) -> None:
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.1)
    with OfficeFile.open(office_path, clock) as file, closing(sqlite3.connect(office_path)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Problem, match="đang bận"):
            file.write(Actor("Máy"), "Ghi", office.set_setting, "k", "x")
        other.rollback()
        file.write(Actor("Máy"), "Ghi", office.set_setting, "k", "x")


def test_a_killed_writer_holds_nobody_up(office_path: Path, clock: Clock) -> None:
    program = WRITER.replace("for number", "print('ready', flush=True)\n    for number")
    running = start(program, office_path, "giết", 100_000)
    assert running.stdout is not None
    assert running.stdout.readline() == "ready\n"
    clock_time.sleep(0.2)
    running.kill()
    running.communicate()
    with OfficeFile.open(office_path, clock) as file:
        do(file, office.set_setting, "sau", "x")
    assert [path.name for path in office_path.parent.iterdir()] == [office_path.name]
