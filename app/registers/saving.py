"""What all commands of saving share: writing one row, new or amended."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Column, ColumnElement, select
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from app.models.base import Base
from app.models.database import Work, table_of


def put(work: Work, model: type[Base], row_id: int | None, values: Mapping[str, Any]) -> int:
    """Writes a new row (row_id None) or what differs of an old one, and returns its id.

    None in a column that is never empty means its default: a text left empty, a quantity of one.
    """
    columns = table_of(model).columns
    filled = {name: _filled(columns[name], value) for name, value in values.items()}
    if row_id is None:
        return work.insert(model, **filled)
    work.update(model, row_id, **filled)
    return row_id


def _filled(column: Column[Any], value: Any) -> Any:
    if value is None and not column.nullable and isinstance(column.default, ScalarElementColumnDefault):
        return column.default.arg
    return value


def stored(work: Work, model: type[Base], row_id: int | None) -> dict[str, Any]:
    """The row that is amended; nothing for a new one."""
    return {} if row_id is None else work.row(model, row_id)


def taken(work: Work, model: type[Base], row_id: int | None, *same: ColumnElement[bool]) -> bool:
    """Whether another row of the register has these values already."""
    table = table_of(model)
    query = select(table.c.id).where(*same, table.c.id != (row_id or 0)).limit(1)
    return work.connection.execute(query).first() is not None
