"""Lists of a register: counted and paged by keys, searched without diacritics, sorted by column; and single rows.

Every word of a search must be found. Pages come by offset over an index, so that a million rows open like a hundred.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, select

from app import vietnamese
from app.models.database import table_of
from app.problems import Problem
from app.registers.description import Register


@dataclass(frozen=True)
class Listing:
    """What a list shows: conditions that a row must meet, words searched, and its order (key, descending)."""

    register: Register
    where: tuple[ColumnElement[bool], ...] = ()
    search: str = ""
    order: tuple[tuple[str, bool], ...] = ()

    def count(self, connection: Connection) -> int:
        """How many rows the list has."""
        query = self._narrowed(select(func.count()).select_from(table_of(self.register.model)))
        return int(connection.execute(query).scalar_one())

    def keys(self, connection: Connection, offset: int, limit: int) -> list[int]:
        """The ids of one page in the list's order."""
        table = table_of(self.register.model)
        query = self._narrowed(select(table.c.id)).order_by(*self._ordering()).offset(offset).limit(limit)
        return list(connection.execute(query).scalars())

    def page(self, connection: Connection, offset: int, limit: int) -> list[dict[str, Any]]:
        """The rows of one page, their values by field key, `id` among them."""
        return rows_by_id(connection, self.register, self.keys(connection, offset, limit))

    def searched(self) -> tuple[ColumnElement[bool], ...]:
        """The conditions of the search: every word must be found."""
        words = vietnamese.fold(self.search).split()
        if not words:
            return ()
        assert self.register.search is not None
        return tuple(self.register.search(word) for word in words)

    def _narrowed(self, query: Select[Any]) -> Select[Any]:
        return query.where(*self.searched(), *self.where)

    def _ordering(self) -> Iterable[Any]:
        table = table_of(self.register.model)
        descending = True
        for key, descending in self.order:
            column = self.register.sorts[key] if key in self.register.sorts else table.c[key]
            yield column.desc() if descending else column.asc()
        yield table.c.id.desc() if descending else table.c.id.asc()


def rows_by_id(connection: Connection, register: Register, ids: Sequence[int]) -> list[dict[str, Any]]:
    """Rows by their ids, in the order of the ids."""
    if not ids:
        return []
    query = register.query().where(table_of(register.model).c.id.in_(ids))
    found = {row["id"]: dict(row) for row in connection.execute(query).mappings()}
    return [found[row_id] for row_id in ids if row_id in found]


def row(connection: Connection, register: Register, row_id: int) -> dict[str, Any]:
    """One row's values by field key. Raises Problem when it is gone."""
    found = rows_by_id(connection, register, [row_id])
    if not found:
        raise Problem(f"{register.noun.capitalize()} này không còn trong sổ", next_step="Tải lại danh sách.")
    return found[0]


def has_rows(connection: Connection, register: Register) -> bool:
    """Whether the register holds anything at all."""
    return connection.execute(select(table_of(register.model).c.id).limit(1)).first() is not None
