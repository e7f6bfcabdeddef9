"""A full disk: a sentence, the old data whole, and the same Save works once there is room."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app.clock import Clock
from app.models import backup, sqlite
from app.models.database import OfficeFile
from app.problems import Problem
from app.sample import build
from tests.offices import TODAY, dossier

FULL = "Không ghi được vào đĩa"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 4 MB."""
    if os.name != "posix" or os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("a small disk can only be mounted by root")
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(disk)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"mounting is not permitted here: {mounted.stderr.decode().strip()}")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


def fill(disk: Path) -> Path:
    """Takes all room that is left."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError:
            return ballast


def count(file: OfficeFile) -> int:
    with file.read() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM dossier").scalar_one())


def whole(path: Path) -> bool:
    with closing(sqlite3.connect(path)) as connection:
        return bool(connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok")


def test_saving_on_a_full_disk(small_disk: Path, office_master: Path, clock: Clock) -> None:
    path = Path(shutil.copy(office_master, small_disk / "so.socchc"))
    with OfficeFile.open(path, clock) as file:
        dossier(file)
        ballast = fill(small_disk)
        saved = 1
        with pytest.raises(Problem, match=FULL) as told:
            while True:
                dossier(file, applicant="Người nộp " + "x" * 150)
                saved += 1
        assert told.value.next_step == "Dọn bớt đĩa rồi ghi lại."
        assert count(file) == saved
        ballast.unlink()
        dossier(file)
        assert count(file) == saved + 1
    assert [each.name for each in small_disk.iterdir()] == ["so.socchc"]
    assert whole(path)


def test_opening_and_closing_on_a_full_disk(small_disk: Path, office_master: Path, clock: Clock) -> None:
    path = Path(shutil.copy(office_master, small_disk / "so.socchc"))
    before = path.read_bytes()
    ballast = fill(small_disk)
    try:
        with OfficeFile.open(path, clock) as file:
            dossier(file)
    except Problem as problem:
        assert problem.sentence.startswith((FULL, "Không mở được tệp sổ"))
    assert path.read_bytes() == before
    ballast.unlink()
    with OfficeFile.open(path, clock) as file:
        dossier(file)
        assert count(file) == 1
    assert whole(path)


def test_a_daily_copy_on_a_full_disk(small_disk: Path, office_path: Path) -> None:
    folder = small_disk / "ban-sao"
    backup.daily_copy(office_path, folder, TODAY)
    ballast = fill(small_disk)
    with pytest.raises(Problem, match=FULL):
        backup.daily_copy(office_path, folder, TODAY.replace(day=13))
    assert [path.name for path in folder.iterdir()] == ["so-2023-06-12.socchc"]
    assert whole(folder / "so-2023-06-12.socchc")
    ballast.unlink()
    backup.daily_copy(office_path, folder, TODAY.replace(day=13))


def test_making_a_file_on_a_full_disk(small_disk: Path, clock: Clock) -> None:
    ballast = fill(small_disk)
    with pytest.raises(Problem):
        OfficeFile.create(small_disk / "so.socchc", clock)
    with pytest.raises(Problem):
        build(small_disk / "mau.socchc", clock)
    ballast.unlink()
    assert list(small_disk.iterdir()) == []


def test_a_sample_larger_than_the_disk_leaves_nothing(small_disk: Path, clock: Clock) -> None:
    (small_disk / "ballast").write_bytes(bytes(3 * 1024 * 1024))
    with pytest.raises(Problem, match=FULL):
        build(small_disk / "mau.socchc", clock)
    assert [each.name for each in small_disk.iterdir()] == ["ballast"]


def test_a_file_that_may_grow_no_more(office_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same without root: SQLite is told how many pages there may be."""
    real = sqlite._connect

    def limited(path: Path, **how: bool) -> sqlite3.Connection:
        connection = real(path, **how)
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count={pages + 2}")
        return connection

    monkeypatch.setattr(sqlite, "_connect", limited)
    with OfficeFile.open(office_path, clock) as file:
        saved = 0
        with pytest.raises(Problem, match=FULL):
            while True:
                dossier(file, applicant="Người nộp " + "x" * 150)
                saved += 1
        assert count(file) == saved > 0
    monkeypatch.undo()
    with OfficeFile.open(office_path, clock) as file:
        dossier(file)
        assert count(file) == saved + 1
    assert whole(office_path)
