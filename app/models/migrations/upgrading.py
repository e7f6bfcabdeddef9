"""Running alembic on one file: a copy aside first, one transaction, foreign keys and counts checked before commit."""

from pathlib import Path

from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext, RevisionStep
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from app.models import sqlite
from app.problems import Problem


def script() -> ScriptDirectory:
    """The revisions beside this module."""
    return ScriptDirectory(str(Path(__file__).parent))


def run(connection: Connection) -> None:
    """Applies the revisions that the file lacks, inside the caller's transaction."""
    revisions = script()

    def lacking(revision: str, _: MigrationContext) -> list[RevisionStep]:
        return list(revisions._upgrade_revs("head", revision))

    context = MigrationContext.configure(connection, opts={"fn": lacking})
    with Operations.context(context):
        context.run_migrations()


def upgrade_file(path: Path, revision: str) -> None:
    """Migrates a file of an older revision in place; on any fault the file is as it was.

    A copy of the older file stands beside it. Raises Problem.
    """
    aside = _free_name(path, revision)
    sqlite.copy_file(path, aside)
    engine = sqlite.engine_for(path, writing=True)
    try:
        with engine.connect() as connection:
            sqlite.without_foreign_keys(connection)
            with connection.begin():
                before = sqlite.row_counts(connection)
                run(connection)
                _check(connection, before)
    except Exception as error:  # whatever went wrong, the transaction is rolled back
        raise Problem("Chưa nâng cấp được tệp sổ. Tệp cũ còn nguyên", next_step=f"Bản sao: {aside}") from error
    finally:
        engine.dispose()


def _free_name(path: Path, revision: str) -> Path:
    """A name for the copy that no earlier copy has."""
    name = f"{path.name}.truoc-nang-cap-{revision}"
    number = 1
    while path.with_name(name if number == 1 else f"{name}-{number}").exists():
        number += 1
    return path.with_name(name if number == 1 else f"{name}-{number}")


def _check(connection: Connection, before: dict[str, int]) -> None:
    """Raises ValueError when a reference leads nowhere or a table has lost rows."""
    if sqlite.broken_reference(connection):
        raise ValueError("foreign key")
    after = sqlite.row_counts(connection)
    lost = [name for name, count in before.items() if after.get(name, count) < count]
    if lost:
        raise ValueError(f"rows lost: {lost}")
