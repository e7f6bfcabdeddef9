"""The text of a report is saved each second while it is typed: one entry of the journal, undone as one."""

import json
import sqlite3
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from app.clock import Clock
from app.models.database import Actor, OfficeFile
from app.models.reports import Report
from app.models.undoing import undo
from app.periods import PeriodKind
from app.problems import Problem
from app.registers import office, saved_reports
from tests.offices import ACTOR, NOW, TODAY, row

WORDS = "Sửa nội dung báo cáo"


class Typing:
    """An office's file, its report, and a clock that a test moves on."""

    def __init__(self, path: Path):
        self.now = NOW
        self.file = OfficeFile.open(path, Clock(today=lambda: TODAY, now=lambda: self.now))
        with self.file.read() as connection:
            period = saved_reports.period_of(connection, PeriodKind.H1, 2023, date(2023, 6, 10))
        self.report = int(self.file.write(ACTOR, "Lập báo cáo", saved_reports.create, period, "đầu").value)

    def type(self, text: str, actor: Actor = ACTOR, after: timedelta = timedelta(seconds=1)) -> frozenset[str]:
        self.now += after
        return self.file.write(actor, WORDS, saved_reports.save_text, self.report, text).changed

    def text(self) -> str:
        return str(row(self.file, Report, self.report)["text"])

    def journal(self) -> list[tuple[int, str, str]]:
        """Group, before and after of every change of the text, read by SQLite alone."""
        with closing(sqlite3.connect(self.file.path)) as connection:
            query = """SELECT group_id, before, "after" FROM change JOIN change_group ON change_group.id = group_id
                       WHERE command = ? ORDER BY change.id"""
            found = connection.execute(query, (WORDS,)).fetchall()
        return [(group, json.loads(before)["text"], json.loads(after)["text"]) for group, before, after in found]


@pytest.fixture
def typing(office_path: Path) -> Typing:
    return Typing(office_path)


def test_an_hour_of_saves_is_a_few_entries(typing: Typing) -> None:
    for second in range(1, 601):
        assert typing.type(f"chữ {second}") == {"report"}
    [(_, before, after)] = typing.journal()
    assert (before, after, typing.text()) == ("đầu", "chữ 600", "chữ 600")
    for minute in range(50):
        typing.type(f"phút {minute}", after=timedelta(minutes=1))
    assert len(typing.journal()) == 6
    chain = typing.journal()
    assert [before for _, before, _ in chain[1:]] == [after for _, _, after in chain[:-1]]


def test_undo_takes_back_all_that_was_typed_together(typing: Typing) -> None:
    for text in ("m", "mộ", "một"):
        typing.type(text)
    [(group, _, _)] = typing.journal()
    typing.file.write(ACTOR, "Hoàn tác", undo, group)
    assert typing.text() == "đầu"
    typing.type("hai")
    assert [(before, after) for _, before, after in typing.journal()] == [("đầu", "một"), ("đầu", "hai")]
    with pytest.raises(Problem):
        typing.file.write(ACTOR, "Hoàn tác", undo, group)


def test_another_person_and_another_save_begin_anew(typing: Typing) -> None:
    typing.type("một")
    typing.type("hai", Actor("Lê Thị Thử", 2))
    typing.type("ba", Actor("Lê Thị Thử"))
    typing.file.write(ACTOR, "Việc khác", office.set_setting, "k", "v")
    typing.type("bốn")
    assert [(before, after) for _, before, after in typing.journal()] == [
        ("đầu", "một"),
        ("một", "hai"),
        ("hai", "ba"),
        ("ba", "bốn"),
    ]


def test_particulars_saved_in_between_keep_their_own_entry(typing: Typing) -> None:
    typing.type("một")
    typing.file.write(ACTOR, WORDS, saved_reports.save, typing.report, {"due_on": date(2023, 6, 16)})
    typing.type("hai")
    with closing(sqlite3.connect(typing.file.path)) as connection:
        [(count,)] = connection.execute("SELECT count(*) FROM change WHERE register = 'report'").fetchall()
    assert count == 4, "made, typed, particulars, typed"
    assert row(typing.file, Report, typing.report)["due_on"] == date(2023, 6, 16)


def test_a_clock_set_back_begins_anew(typing: Typing) -> None:
    typing.type("một")
    typing.now = datetime(2022, 1, 1)
    typing.type("hai")
    assert len(typing.journal()) == 2
