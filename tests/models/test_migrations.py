"""The schema's revisions: the newest equals the mapped classes; an older file is copied aside, migrated, or left."""

import hashlib
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from app.clock import Clock
from app.models import migrations, sqlite
from app.models.database import OfficeFile
from app.models.migrations import upgrading
from app.models.tables import metadata
from app.problems import Problem
from tests.offices import dossier

# A later revision that rebuilds a table with children, the way alembic does it on SQLite.
REBUILDS = """
import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade():
    with op.batch_alter_table("dossier") as table:
        table.add_column(sa.Column("colour", sa.String(10), nullable=True))
    op.execute("UPDATE dossier SET colour = 'xanh'")
"""
FAILS = REBUILDS.replace("""'xanh'")""", """'xanh'")\n    raise RuntimeError("in the middle")""")
EMPTIES = REBUILDS.replace("""'xanh'")""", """'xanh'")\n    op.execute("DELETE FROM dossier_step")""")
BREAKS = REBUILDS.replace("""'xanh'")""", """'xanh'")\n    op.execute("UPDATE dossier SET procedure_id = 9999")""")


def schema(path: Path) -> list[tuple[str, list[str]]]:
    """What SQLite keeps of the schema: columns in their order, constraints in any; spaces and quotes aside."""
    with closing(sqlite3.connect(path)) as connection:
        query = "SELECT type || ' ' || name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY 1"
        return [(name, _clauses(sql)) for name, sql in connection.execute(query)]


def _clauses(sql: str) -> list[str]:
    text = re.sub(r"[\s\"]+", " ", sql).replace("( ", "(").removesuffix(")").strip()
    columns, *constraints = text.split(", CONSTRAINT ")
    return [columns, *sorted(constraints)]


def test_the_revisions_give_the_schema_of_the_classes(tmp_path: Path, clock: Clock) -> None:
    made, migrated = tmp_path / "made.socchc", tmp_path / "migrated.socchc"
    OfficeFile.create(made, clock).close()
    engine = sqlite.engine_for(migrated, writing=True, creating=True)
    with engine.begin() as connection:
        upgrading.run(connection)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
    engine.dispose()
    assert schema(migrated) == schema(made)


def test_the_constants_are_alembics() -> None:
    script = upgrading.script()
    assert script.get_heads() == [migrations.HEAD]
    assert tuple(revision.revision for revision in script.walk_revisions())[::-1] == migrations.REVISIONS
    assert not migrations.is_older(migrations.HEAD)
    assert not migrations.is_older("0999")


def test_every_constraint_and_index_has_a_name() -> None:
    for table in metadata.tables.values():
        for each in (*table.constraints, *table.indexes):
            assert each.name, (table.name, each)


# --- an older file ---------------------------------------------------------------------------------------------------


@pytest.fixture
def older(office_path: Path, clock: Clock) -> Path:
    """A full file of today's revision, which will be the older one."""
    with OfficeFile.open(office_path, clock) as file:
        for _ in range(5):
            dossier(file)
    return office_path


def later_revision(monkeypatch: pytest.MonkeyPatch, folder: Path, text: str) -> None:
    """Makes a revision after today's the newest one."""
    folder.mkdir()
    (folder / "0002_later.py").write_text(text, encoding="utf-8")
    home = Path(migrations.__file__).parent
    script = ScriptDirectory(str(home), version_locations=[str(home / "versions"), str(folder)])
    monkeypatch.setattr(upgrading, "script", lambda: script)
    monkeypatch.setattr(migrations, "HEAD", "0002")
    monkeypatch.setattr(migrations, "REVISIONS", ("0001", "0002"))


def counts(path: Path) -> tuple[int, int]:
    with closing(sqlite3.connect(path)) as connection:
        query = "SELECT (SELECT count(*) FROM dossier), (SELECT count(*) FROM dossier_step)"
        return tuple(connection.execute(query).fetchone())  # type: ignore[return-value]


def test_an_older_file_is_copied_aside_and_migrated(older: Path, tmp_path: Path, monkeypatch, clock: Clock) -> None:
    later_revision(monkeypatch, tmp_path / "later", REBUILDS)
    with OfficeFile.open(older, clock) as file, file.read() as connection:
        assert connection.exec_driver_sql("SELECT DISTINCT colour FROM dossier").scalars().all() == ["xanh"]
    assert counts(older) == (5, 5)  # rebuilding a table empties its children when foreign keys are on
    aside = older.with_name("so.socchc.truoc-nang-cap-0001")
    assert counts(aside) == (5, 5)
    with closing(sqlite3.connect(aside)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [("0001",)]
    with closing(sqlite3.connect(older)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [("0002",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


@pytest.mark.parametrize("text", [FAILS, EMPTIES, BREAKS], ids=["fails", "empties", "breaks"])
def test_a_failed_upgrade_goes_back_by_itself(text: str, older: Path, tmp_path, monkeypatch, clock: Clock) -> None:
    before = schema(older)
    later_revision(monkeypatch, tmp_path / "later", text)
    with pytest.raises(Problem, match="Tệp cũ còn nguyên"):
        OfficeFile.open(older, clock)
    assert (counts(older), schema(older)) == ((5, 5), before)
    monkeypatch.undo()
    with OfficeFile.open(older, clock) as file:
        dossier(file)


def test_a_second_upgrade_keeps_the_first_copy(older: Path, tmp_path: Path, monkeypatch, clock: Clock) -> None:
    later_revision(monkeypatch, tmp_path / "later", FAILS)
    for _ in range(2):
        with pytest.raises(Problem):
            OfficeFile.open(older, clock)
    copies = sorted(path.name for path in older.parent.glob("*.truoc-nang-cap*"))
    assert copies == ["so.socchc.truoc-nang-cap-0001", "so.socchc.truoc-nang-cap-0001-2"]


def test_an_older_file_is_not_migrated_by_reading(older: Path, tmp_path: Path, monkeypatch, clock: Clock) -> None:
    later_revision(monkeypatch, tmp_path / "later", REBUILDS)
    before = hashlib.sha256(older.read_bytes()).digest()
    with pytest.raises(Problem, match="phiên bản cũ"):
        OfficeFile.open(older, clock, writing=False)
    assert hashlib.sha256(older.read_bytes()).digest() == before
    assert [path.name for path in older.parent.glob("so*")] == ["so.socchc"]
