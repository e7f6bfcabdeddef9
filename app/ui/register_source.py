"""A register's list behind a table: rows fetched in pages when painted, counted once."""

from collections.abc import Callable
from typing import Any

from app.registers.lists import Listing
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
