"""Running alembic on one file: a copy aside first, one transaction, foreign keys and counts checked before commit."""

from pathlib import Path

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from app.models import sqlite
from app.models.tables import metadata
from app.problems import Problem


def script() -> ScriptDirectory:
    """The revisions beside this module."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    return ScriptDirectory.from_config(config)


def run(connection: Connection, target: str = "head") -> None:
    """Applies the revisions up to `target` inside the caller's transaction."""
    directory = script()

    def steps(revision: str, _: MigrationContext) -> list[object]:
        return list(directory._upgrade_revs(target, revision))

    with EnvironmentContext(Config(), directory, fn=steps) as environment:
        environment.configure(connection=connection, target_metadata=metadata, transactional_ddl=True)
        environment.run_migrations()


def upgrade_file(path: Path) -> None:
    """Migrates a file in place; on any fault the file is as it was, and its copy stands beside it."""
    aside = path.with_name(path.name + ".truoc-nang-cap")
    sqlite.copy_file(path, aside)
    engine = sqlite.engine_for(path, writing=True)
    try:
        with engine.connect() as connection:
            # Rebuilding a table drops it: with foreign keys on, that would empty its children.
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
            connection.rollback()
            with connection.begin():
                run(connection)
                if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                    raise Problem("Chưa nâng cấp được tệp sổ. Tệp cũ còn nguyên", next_step=f"Bản sao: {aside}")
    finally:
        engine.dispose()
