"""A register's list behind a table: rows fetched in pages when painted, counted once."""

from collections.abc import Callable
from typing import Any

from app.registers.lists import Listing, rows_by_id
from app.ui.cells import Row
from app.ui.session import Session


class RegisterSource:
    """Pages of a listing as rows of cells; `to_row` makes the cells of one row's values. `count` where it is known."""

    def __init__(
        self, session: Session, listing: Listing, to_row: Callable[[dict[str, Any]], Row], count: int | None = None
    ):
        self._session = session
        self._listing = listing
        self._to_row = to_row
        self._count = count

    def count(self) -> int:
        """How many rows the list has."""
        if self._count is None:
            with self._session.read() as connection:
                self._count = self._listing.count(connection)
        return self._count

    def page(self, offset: int, limit: int) -> list[Row]:
        """Rows of one page."""
        with self._session.read() as connection:
            rows = self._listing.page(connection, offset, limit)
        return [self._to_row(row) for row in rows]


class KeyedSource(RegisterSource):
    """Where no index gives the order, all keys are read once and pages are cut from them.

    `newest` lists the same rows in a way that answers the first page at once; the keys are read when one goes further.
    """

    def __init__(
        self,
        session: Session,
        listing: Listing,
        to_row: Callable[[dict[str, Any]], Row],
        count: int,
        newest: Listing | None = None,
    ):
        super().__init__(session, listing, to_row, count)
        self._newest = newest
        self._keys: list[int] | None = None

    def page(self, offset: int, limit: int) -> list[Row]:
        """Rows of one page."""
        with self._session.read() as connection:
            if self._newest is not None and offset == 0 and self._keys is None:
                rows = self._newest.page(connection, 0, limit)
            else:
                if self._keys is None:
                    self._keys = self._listing.keys(connection, 0, self.count())
                rows = rows_by_id(connection, self._listing.register, self._keys[offset : offset + limit])
        return [self._to_row(row) for row in rows]
