"""What all tables share: an integer key, and where an imported row came from."""

from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Integer, String

if TYPE_CHECKING:
    # The type checker reads the same notation with SQLAlchemy's own classes, whose attributes know their Python type.
    from sqlalchemy.orm import DeclarativeBase as Tables
    from sqlalchemy.orm import Mapped, mapped_column
else:
    from app.models.mapping import Mapped, Tables, mapped_column

__all__ = ["Base", "Imported", "Mapped", "mapped_column"]


class Base(Tables):
    """A table of the office's file; every table has an integer key `id`."""

    id: Mapped[int] = mapped_column(Integer, primary_key=True, sort_order=-1)


class Imported:
    """The source of a row that came from a file: the import's change group and the row of its sheet.

    `import_key` recognises the same row of the same file again: the official key, else the row's content and its
    ordinal among equals in that file.
    """

    source_group_id: Mapped[int | None] = mapped_column(ForeignKey("change_group.id"), sort_order=90)
    source_row: Mapped[int | None] = mapped_column(Integer, sort_order=91)
    import_key: Mapped[str | None] = mapped_column(String(200), unique=True, sort_order=92)
