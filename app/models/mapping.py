"""Tables written as classes, in SQLAlchemy's declarative notation but on its Core alone.

A class describes a table; its attributes are the table's columns, and it stands wherever Core takes a table. Rows never
become objects of such a class and there is no session, so the ORM would be loaded for nothing: a seventh of the time
until the window is filled, and each statement compiled half as long again.
"""

from datetime import date, datetime, time
from inspect import get_annotations
from types import NoneType
from typing import Any, ClassVar, get_args

from sqlalchemy import Boolean, Column, Date, DateTime, ForeignKey, Integer, MetaData, String, Table, Time

# What a column is when only its Python type is said; one that refers to another takes over that one's.
_TYPES: dict[Any, Any] = {bool: Boolean, int: Integer, str: String, date: Date, datetime: DateTime, time: Time}
# Every constraint has a name, so that a later migration can find it on SQLite.
_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Mapped:
    """`Mapped[date | None]` in an annotation: the Python type of a column, None where it may be empty."""

    def __class_getitem__(cls, kind: Any) -> Any:
        return kind


class _Described:
    """What is said of a column beyond its annotation."""

    def __init__(self, *arguments: Any, sort_order: int = 0, **options: Any):
        self.arguments, self.sort_order, self.options = arguments, sort_order, options


mapped_column = _Described


class _TableClass(type):
    """Lets a class stand for its table: in a join, in select_from."""

    __table__: Table

    def __clause_element__(cls) -> Table:
        return cls.__table__


class Tables(metaclass=_TableClass):
    """The base of all of them; a subclass with a table name becomes a table, others lend their columns."""

    __table__: ClassVar[Table]
    metadata: ClassVar[MetaData] = MetaData(naming_convention=_NAMES)

    def __init_subclass__(cls) -> None:
        name = cls.__dict__.get("__tablename__")
        if name is None:
            return
        described = [each for kind in reversed(cls.__mro__) for each in _columns_of(kind)]
        described.sort(key=lambda each: each[2].sort_order)
        columns = [_column(*each) for each in described]
        table = Table(name, cls.metadata, *columns, *cls.__dict__.get("__table_args__", ()))
        cls.__table__ = table
        for column in columns:
            setattr(cls, column.key, column)


def _columns_of(kind: type) -> list[tuple[str, Any, _Described]]:
    """Name, annotation and description of each column that a class itself declares."""
    if kind is Tables or kind is object:
        return []
    return [
        (name, annotation, kind.__dict__.get(name) or _Described())
        for name, annotation in get_annotations(kind).items()
        if not name.startswith("__")
    ]


def _column(name: str, annotation: Any, described: _Described) -> Column[Any]:
    kinds = get_args(annotation) or (annotation,)
    arguments = [
        # Several tables borrow one description (Imported), and a reference belongs to one table.
        ForeignKey(each.target_fullname) if isinstance(each, ForeignKey) else each
        for each in described.arguments or (_TYPES[kinds[0]],)
    ]
    return Column(name, *arguments, **{"nullable": NoneType in kinds, **described.options})
