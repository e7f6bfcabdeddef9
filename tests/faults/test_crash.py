"""The program killed while it writes: everything it had acknowledged is there, and the file opens at once."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from app.clock import Clock
from app.models.database import OfficeFile
from app.models.dossiers import Dossier
from app.registers import dossier_steps, dossiers, lists
from tests.offices import dossier

# Writes dossiers without end and says each id once it is saved.
WRITER = """
import sys
from datetime import date
from pathlib import Path
from app.models.database import OfficeFile
from tests.offices import clock_on, do, dossier
from app.models.dossiers import Outcome
from app.registers import dossiers
with OfficeFile.open(Path(sys.argv[1]), clock_on()) as file:
    while True:
        saved = dossier(file, applicant="Người nộp " + "x" * 180)
        print("saved", saved, flush=True)
        do(file, dossier_steps.finish, saved, Outcome.RESOLVED, date(2023, 6, 12))
        print("finished", saved, flush=True)
"""


def killed_after(path: Path, seconds: float) -> list[tuple[str, int]]:
    """Runs the writer, kills it, and returns what it had acknowledged."""
    root = Path(__file__).parents[2]
    running = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, text=True, cwd=root, env=os.environ
    )
    assert running.stdout is not None
    first = running.stdout.readline()
    time.sleep(seconds)
    running.send_signal(signal.SIGKILL)
    rest, _ = running.communicate()
    lines = [line for line in (first + rest).split("\n")[:-1] if line]
    return [(line.split()[0], int(line.split()[1])) for line in lines]


def look(path: Path, acknowledged: list[tuple[str, int]], clock: Clock) -> None:
    """Everything acknowledged is there, at most one Save more, nothing half, and the next Save works."""
    named = {saved for _, saved in acknowledged}
    with OfficeFile.open(path, clock) as file:
        with file.read() as connection:
            newer = (Dossier.id >= min(named),)
            found = {row["id"]: row for row in lists.Listing(dossiers.DOSSIERS, newer).page(connection, 0, 10**6)}
            assert named <= found.keys()
            assert len(found.keys() - named) <= 1
            assert all(found[saved]["outcome"] == "resolved" for word, saved in acknowledged if word == "finished")
            for saved, row in found.items():
                derived = dossier_steps.derive(dossier_steps.steps_of(connection, saved))
                assert derived == {name: row[name] for name in derived}
        dossier(file)
    assert [each.name for each in path.parent.iterdir()] == [path.name]
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_killed_while_writing(office_path: Path, clock: Clock) -> None:
    look(office_path, killed_after(office_path, 0.3), clock)


@pytest.mark.slow
def test_killed_again_and_again(office_path: Path, clock: Clock) -> None:
    chance = random.Random(2023)
    for _ in range(60):
        look(office_path, killed_after(office_path, chance.uniform(0.02, 0.5)), clock)
