"""Files as they may lie there: not ours, damaged, newer, missing; making, closing, copying."""

import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from app.clock import Clock
from app.models import backup, migrations, sqlite
from app.models.database import Actor, OfficeFile
from app.problems import Problem
from tests.offices import do, dossier

PAGE = 4096


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# --- recognised before anything is written ---------------------------------------------------------------------------


def no_file(path: Path) -> None:
    path.unlink()


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def empty(path: Path) -> None:
    path.write_bytes(b"")


def a_text(path: Path) -> None:
    path.write_text("Báo cáo\n" * 500, encoding="utf-8")


def a_cut_header(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:60])


def half(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2 // PAGE * PAGE])


def one_byte_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def noise_in_the_middle(path: Path) -> None:
    content = bytearray(path.read_bytes())
    middle = len(content) // 2 // PAGE * PAGE
    content[middle : middle + 4 * PAGE] = os.urandom(4 * PAGE)
    path.write_bytes(bytes(content))


def noise_on_the_first_page(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[100:PAGE] = os.urandom(PAGE - 100)
    path.write_bytes(bytes(content))


def another_programs(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE t (a)")
        connection.commit()


def another_mark(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA application_id=7")
        connection.execute("PRAGMA journal_mode=DELETE")


def our_mark_alone(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA application_id={sqlite.APPLICATION_ID}")
        connection.execute("CREATE TABLE t (a)")
        connection.commit()


def no_revision(path: Path) -> None:
    _revision(path, None)


def a_newer_revision(path: Path) -> None:
    _revision(path, "0999")


def _revision(path: Path, revision: str | None) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DELETE FROM alembic_version")
        if revision:
            connection.execute("INSERT INTO alembic_version VALUES (?)", (revision,))
        connection.commit()
        connection.execute("PRAGMA journal_mode=DELETE")


SPOILT = {
    no_file: "Không thấy tệp sổ",
    a_folder: "là thư mục, không phải tệp sổ",
    empty: sqlite.DAMAGED,
    a_text: sqlite.NOT_OURS,
    a_cut_header: sqlite.DAMAGED,
    half: sqlite.DAMAGED,
    one_byte_short: sqlite.DAMAGED,
    noise_in_the_middle: sqlite.DAMAGED,
    noise_on_the_first_page: sqlite.DAMAGED,
    another_programs: sqlite.NOT_OURS,
    another_mark: sqlite.NOT_OURS,
    our_mark_alone: sqlite.DAMAGED,
    no_revision: sqlite.DAMAGED,
    a_newer_revision: sqlite.NEWER,
}


@pytest.mark.parametrize("writing", [True, False], ids=["writing", "reading"])
@pytest.mark.parametrize("spoil", SPOILT, ids=lambda spoil: spoil.__name__)
def test_a_spoilt_file_gets_its_sentence_and_stays(spoil, writing: bool, sample_path: Path, clock: Clock) -> None:
    spoil(sample_path)
    before = digest(sample_path) if sample_path.is_file() else None
    there = names(sample_path.parent)
    with pytest.raises(Problem) as told:
        OfficeFile.open(sample_path, clock, writing=writing)
    assert SPOILT[spoil] in told.value.sentence
    assert names(sample_path.parent) == there
    assert before == (digest(sample_path) if sample_path.is_file() else None)


def test_a_file_marked_read_only_is_not_opened_for_writing(sample_path: Path, clock: Clock) -> None:
    sample_path.chmod(0o444)
    before = digest(sample_path)
    with pytest.raises(Problem, match="chỉ đọc được"):
        OfficeFile.open(sample_path, clock)
    assert digest(sample_path) == before
    assert names(sample_path.parent) == [sample_path.name]


READ_AS_ANOTHER_USER = """
import os, sys
from pathlib import Path
from app.clock import real_clock
from app.models.database import OfficeFile
from app.problems import Problem
os.setgid(65534); os.setuid(65534)
try:
    with OfficeFile.open(Path(sys.argv[1]), real_clock(), writing=False) as file, file.read() as connection:
        print(connection.exec_driver_sql("SELECT count(*) FROM dossier").scalar_one())
except Problem as problem:
    print(problem.sentence)
"""


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can become another user")
def test_where_nothing_may_be_written_a_sentence_is_told(sample_path: Path) -> None:
    """A folder and file of somebody else: SQLite needs its index file beside a file in WAL, so it cannot be opened."""
    sample_path.chmod(0o444)
    folder = sample_path.parent
    for each in (folder, *folder.parents[:3]):
        each.chmod(each.stat().st_mode | 0o055)
    before = digest(sample_path)
    ran = subprocess.run(
        [sys.executable, "-c", READ_AS_ANOTHER_USER, str(sample_path)], capture_output=True, text=True, check=False
    )
    if "Permission denied" in ran.stderr:
        pytest.skip("another user cannot read this checkout")
    assert "Traceback" not in ran.stderr
    said = ran.stdout.strip()
    told = ("Không mở được tệp sổ", "Không đọc được tệp sổ", sqlite.READ_ONLY)
    assert said.startswith(told) or said.isdigit()
    assert digest(sample_path) == before


def test_what_a_crash_left_beside_is_taken_in(sample_path: Path, tmp_path: Path, clock: Clock) -> None:
    """A copy of file and -wal as a power cut leaves them: nothing acknowledged is lost, no damage is told."""
    with OfficeFile.open(sample_path, clock) as file:
        dossier_id = dossier_of_sample(file)
        crashed = tmp_path / "crash" / "so.socchc"
        crashed.parent.mkdir()
        for suffix in ("", "-wal"):
            shutil.copy(sample_path.with_name(sample_path.name + suffix), crashed.with_name(crashed.name + suffix))
    with OfficeFile.open(crashed, clock) as file, file.read() as connection:
        query = f"SELECT applicant FROM dossier WHERE id = {dossier_id}"
        assert connection.exec_driver_sql(query).scalar_one() == "Phạm Thị Ví Dụ"
    assert names(crashed.parent) == ["so.socchc"]


def dossier_of_sample(file: OfficeFile) -> int:
    return dossier(file, "MAU-001")


# --- making and closing ----------------------------------------------------------------------------------------------


def test_creating_refuses_what_is_there(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "so.socchc"
    path.write_bytes(b"precious")
    with pytest.raises(Problem, match="Đã có tệp"):
        OfficeFile.create(path, clock)
    assert path.read_bytes() == b"precious"
    assert names(tmp_path) == ["so.socchc"]


def test_a_new_file_carries_mark_and_revision(tmp_path: Path, clock: Clock) -> None:
    OfficeFile.create(tmp_path / "so.socchc", clock).close()
    assert names(tmp_path) == ["so.socchc"]
    with closing(sqlite3.connect(tmp_path / "so.socchc")) as connection:
        assert connection.execute("PRAGMA application_id").fetchone() == (sqlite.APPLICATION_ID,)
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [(migrations.HEAD,)]
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_a_failed_making_leaves_nothing(tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(migrations, "stamp", full)
    with pytest.raises(Problem, match="Không tạo được tệp"):
        OfficeFile.create(tmp_path / "so.socchc", clock)
    assert names(tmp_path) == []


def test_what_a_killed_making_left_is_no_hindrance(tmp_path: Path, clock: Clock) -> None:
    (tmp_path / "so.socchc.dang-lap").write_bytes(b"half")
    (tmp_path / "so.socchc.dang-lap-wal").write_bytes(b"half")
    OfficeFile.create(tmp_path / "so.socchc", clock).close()
    assert names(tmp_path) == ["so.socchc"]


def test_a_folder_that_cannot_be_made(tmp_path: Path, clock: Clock) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(Problem, match="Không tạo được tệp"):
        OfficeFile.create(tmp_path / "file" / "so.socchc", clock)


@pytest.mark.parametrize("folder", ["Nguyễn Văn A", "a b%20c?d#e", "Sổ 100% & ‘phẩy’"])
def test_any_name_of_a_folder(folder: str, tmp_path: Path, office_master: Path, clock: Clock) -> None:
    home = tmp_path / folder
    home.mkdir()
    path = Path(shutil.copy(office_master, home / "sổ của xã.socchc"))
    with OfficeFile.open(path, clock) as file:
        dossier(file)
        backup.daily_copy(path, home / "ban-sao", date(2023, 6, 12))
    assert names(home) == ["ban-sao", "sổ của xã.socchc"]
    assert names(home / "ban-sao") == ["so-2023-06-12.socchc"]


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        (PurePosixPath("/home/Nguyễn Văn A/so.socchc"), "file:///home/Nguy%E1%BB%85n%20V%C4%83n%20A/so.socchc"),
        (PureWindowsPath(r"C:\Users\Public\so.socchc"), "file:///C%3A/Users/Public/so.socchc"),
        (PureWindowsPath(r"\\may-chu\chung\so.socchc"), "file:////may-chu/chung/so.socchc"),
    ],
)
def test_addresses_for_sqlite(path, uri: str) -> None:
    assert sqlite.uri_of(path) == uri


def test_closing_leaves_one_complete_file(office_path: Path, clock: Clock) -> None:
    file = OfficeFile.open(office_path, clock)
    dossier_id = dossier(file)
    assert names(office_path.parent) == ["so.socchc", "so.socchc-shm", "so.socchc-wal"]
    file.close()
    assert names(office_path.parent) == ["so.socchc"]
    with closing(sqlite3.connect(f"file:{office_path}?mode=ro&immutable=1", uri=True)) as connection:
        assert connection.execute("SELECT id FROM dossier").fetchall() == [(dossier_id,)]


def test_closing_by_a_reader_too(office_path: Path, clock: Clock) -> None:
    with OfficeFile.open(office_path, clock) as writer, OfficeFile.open(office_path, clock, writing=False) as reader:
        with reader.read() as connection:
            connection.exec_driver_sql("SELECT 1 FROM dossier").all()
        dossier(writer)
        writer.close()
        with reader.read() as connection:
            assert connection.exec_driver_sql("SELECT count(*) FROM dossier").scalar_one() == 1
    assert names(office_path.parent) == ["so.socchc"]


def test_reading_writes_nothing(sample_path: Path, clock: Clock) -> None:
    before = digest(sample_path)
    with OfficeFile.open(sample_path, clock, writing=False) as file:
        with pytest.raises(Problem, match="chỉ đọc được"), file.read() as connection:
            connection.exec_driver_sql("DELETE FROM dossier")
        with file.read() as connection:
            assert connection.exec_driver_sql("SELECT count(*) FROM dossier").scalar_one()
    assert digest(sample_path) == before
    assert names(sample_path.parent) == [sample_path.name]


def test_what_is_acknowledged_is_on_the_disk(office_path: Path) -> None:
    """synchronous=FULL (2) and WAL in the program itself; this process of tests waits for no disk."""
    program = (
        "import sys; from pathlib import Path; from app.models import sqlite; "
        "connection = sqlite.engine_for(Path(sys.argv[1]), writing=True).connect(); "
        "print([connection.exec_driver_sql(f'PRAGMA {name}').scalar_one() "
        "for name in ('synchronous', 'journal_mode', 'foreign_keys')])"
    )
    command = [sys.executable, "-c", program, str(office_path)]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip() == "[2, 'wal', 1]"


# --- copies ----------------------------------------------------------------------------------------------------------


FIRST = date(2023, 6, 1)


@pytest.mark.parametrize(
    ("days", "stay"),
    [
        ([], []),
        ([0], [0]),
        (list(range(14)), list(range(14))),
        (list(range(15)), list(range(1, 15))),
        ([*range(0, 100, 7)], [*range(7, 100, 7)]),  # a weekly visitor keeps fourteen visits, not fourteen days
        ([3, 3, 1], [1, 3]),
    ],
)
def test_which_copies_stay(days: list[int], stay: list[int]) -> None:
    kept = backup.retained([FIRST + timedelta(day) for day in days])
    assert sorted(kept) == [FIRST + timedelta(day) for day in stay]
    assert len(kept) <= 14


def test_a_copy_a_day_and_the_last_fourteen(office_file: OfficeFile, tmp_path: Path) -> None:
    folder = tmp_path / "ban-sao"
    for day in range(16):
        assert backup.daily_copy(office_file.path, folder, FIRST + timedelta(day)) is not None
    assert sorted(backup.copies(folder)) == [FIRST + timedelta(day) for day in range(2, 16)]
    assert names(folder)[0] == "so-2023-06-03.socchc"


def test_a_second_copy_of_a_day_is_not_made(office_file: OfficeFile, tmp_path: Path) -> None:
    made = backup.daily_copy(office_file.path, tmp_path / "ban-sao", FIRST)
    assert made is not None
    before = digest(made)
    dossier(office_file)
    assert backup.daily_copy(office_file.path, tmp_path / "ban-sao", FIRST) is None
    assert digest(made) == before


def test_a_copy_holds_what_is_still_in_the_wal_and_opens(office_file: OfficeFile, tmp_path: Path, clock: Clock) -> None:
    dossier(office_file)
    assert office_file.path.with_name("so.socchc-wal").stat().st_size > 0
    made = backup.daily_copy(office_file.path, tmp_path / "ban-sao", FIRST)
    assert made is not None
    assert names(made.parent) == [made.name]
    with OfficeFile.open(made, clock) as copy, copy.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM dossier").scalar_one() == 1


def test_files_of_others_among_the_copies_stay(office_file: OfficeFile, tmp_path: Path) -> None:
    folder = tmp_path / "ban-sao"
    folder.mkdir()
    for name in ("so-cu.socchc", "so-2023-13-45.socchc", "ghi-chu.txt"):
        (folder / name).write_bytes(b"mine")
    for day in range(16):
        backup.daily_copy(office_file.path, folder, FIRST + timedelta(day))
    assert {"so-cu.socchc", "so-2023-13-45.socchc", "ghi-chu.txt"} <= set(names(folder))


def test_a_copy_of_a_damaged_file_is_refused_and_older_ones_stay(office_path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "ban-sao"
    backup.daily_copy(office_path, folder, FIRST)
    noise_in_the_middle(office_path)
    with pytest.raises(Problem):
        backup.daily_copy(office_path, folder, FIRST + timedelta(1))
    assert names(folder) == ["so-2023-06-01.socchc"]


def test_a_copy_that_cannot_be_written(office_path: Path, tmp_path: Path) -> None:
    (tmp_path / "ban-sao").write_bytes(b"a file, no folder")
    with pytest.raises(Problem, match="Không lập được thư mục sao lưu"):
        backup.daily_copy(office_path, tmp_path / "ban-sao", FIRST)


def test_a_copy_while_another_program_writes(office_path: Path, tmp_path: Path, clock: Clock) -> None:
    """Counted and copied as of one moment: writing between copying and counting is no fault of the copy."""
    with OfficeFile.open(office_path, clock) as file:
        real = sqlite._counts
        seen: list[object] = []

        def counting(connection: sqlite3.Connection) -> dict[str, int]:
            if not seen:
                seen.append(real(connection))
                dossier(file)
            return real(connection)

        sqlite._counts = counting
        try:
            made = backup.daily_copy(office_path, tmp_path / "ban-sao", FIRST)
        finally:
            sqlite._counts = real
    assert made is not None


def test_the_actor_of_the_command_line(office_file: OfficeFile) -> None:
    """Nobody sits there: the group keeps a name and no person."""
    from app.registers import office

    group = office_file.write(Actor("Dòng lệnh"), "Ghi", office.set_setting, "a", "b").group_id
    with office_file.read() as connection:
        row = connection.exec_driver_sql(f"SELECT person_id, person_name FROM change_group WHERE id = {group}").one()
    assert tuple(row) == (None, "Dòng lệnh")
    assert do(office_file, office.set_setting, "a", "b") is None
