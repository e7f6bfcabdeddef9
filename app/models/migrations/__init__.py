"""Migrations of the file's schema (alembic). `HEAD` tells without alembic whether one is due."""

from pathlib import Path

from sqlalchemy import Connection

HEAD = "0001"
REVISIONS = ("0001",)


def is_older(revision: str) -> bool:
    """Whether a file of this revision is one that this program knows how to bring up to date."""
    return revision in REVISIONS[:-1]


def stamp(connection: Connection) -> None:
    """Marks a new file as being of the newest revision (the table is alembic's own)."""
    connection.exec_driver_sql(
        "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, "
        "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
    )
    connection.exec_driver_sql("INSERT INTO alembic_version VALUES (?)", (HEAD,))


def upgrade(path: Path, revision: str) -> None:
    """Brings a file of an older revision up to date: copies it aside, then migrates in one transaction."""
    from app.models.migrations.upgrading import upgrade_file  # alembic takes 0,3 s to import

    upgrade_file(path, revision)
