"""What all mapped classes share: names for every constraint, and where an imported row came from."""

from sqlalchemy import ForeignKey, Integer, MetaData, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

# Every constraint has a name, so that a later migration can find it on SQLite.
NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """A table of the office's file; every table has an integer key `id`."""

    metadata = MetaData(naming_convention=NAMES)
    id: Mapped[int] = mapped_column(Integer, primary_key=True, sort_order=-1)


class Imported:
    """The source of a row that came from a file: the import's change group and the row of its sheet.

    `import_key` recognises the same row of the same file again: the official key, else the row's content and its
    ordinal among equals in that file.
    """

    source_group_id: Mapped[int | None] = mapped_column(ForeignKey("change_group.id"), sort_order=90)
    source_row: Mapped[int | None] = mapped_column(Integer, sort_order=91)
    import_key: Mapped[str | None] = mapped_column(String(200), unique=True, sort_order=92)
