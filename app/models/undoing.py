"""Taking a Save back: what stood before is put there again, as a new change; an import's rows are taken out."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.exc import IntegrityError

from app.models.base import Base, Imported
from app.models.database import Work, from_json, table_of
from app.models.journal import Change, ChangeGroup
from app.models.tables import MODEL_OF_TABLE, metadata
from app.problems import Problem

REFUSED = "Chưa hoàn tác được: dòng này đã được sửa sau đó"
IN_USE = "Chưa hoàn tác được: dòng khác trong sổ đang cần dòng này"
GONE = "Chưa hoàn tác được: không còn dòng nào của lần nhập này"

_CHUNK = 500
Rows = list[tuple[type[Base], list[int]]]


def undo(work: Work, group_id: int) -> str:
    """Puts back what a Save changed, as a new change, and returns the words of the undone command.

    Refused (Problem) when a later change touched one of its rows, or another row needs it.
    """
    group = work.row(ChangeGroup, group_id)
    changes = work.rows(select(table_of(Change)).where(Change.group_id == group_id).order_by(Change.id.desc()))
    is_import = bool(group["file_hash"])
    brought_in = _brought_in(work, group_id) if is_import else []
    if is_import and not brought_in:
        raise Problem(GONE)
    touched = {(model.__tablename__, row_id) for model, ids in brought_in for row_id in ids}
    touched |= {
        (change["register"], change["row_id"]) for change in changes if not is_import or change["before"] is not None
    }
    later = work.rows(select(Change.register, Change.row_id).where(Change.group_id > group_id))
    if any((change["register"], change["row_id"]) in touched for change in later):
        raise Problem(REFUSED)
    work.describe(f"Hoàn tác: {group['command']}"[:200], undoes_id=group_id)
    try:
        for model, ids in brought_in:
            work.bulk_delete(model, ids)
        for change in changes:
            if is_import and change["before"] is None:
                _take_away_unused(work, change)
            else:
                _put_back(work, change)
    except IntegrityError as error:
        raise Problem(IN_USE) from error
    return str(group["command"])


def _put_back(work: Work, change: Mapping[str, Any]) -> None:
    model = MODEL_OF_TABLE[change["register"]]
    before = from_json(model, change["before"])
    if before is None:
        work.delete(model, change["row_id"])
    elif change["after"] is None:
        work.insert(model, **before)
    else:
        work.update(model, change["row_id"], **before)


def _take_away_unused(work: Work, change: Mapping[str, Any]) -> None:
    """What an import brought along (a field, a series) stays where later rows have come to need it."""
    with suppress(IntegrityError), work.connection.begin_nested():
        _put_back(work, change)


def _brought_in(work: Work, group_id: int) -> Rows:
    """The rows of an import and the rows that are nothing without them (steps of a dossier), in the order in which
    they can be taken away."""
    found: Rows = []
    for table in metadata.sorted_tables:
        model = MODEL_OF_TABLE[table.name]
        if issubclass(model, Imported):
            query = select(table.c.id).where(table.c.source_group_id == group_id).order_by(table.c.id.desc())
            ids = list(work.connection.execute(query).scalars())
        else:
            ids = [row_id for owner, owned in found for row_id in _parts(work, table, table_of(owner), owned)]
        if ids:
            found.append((model, ids))
    return found[::-1]


def _parts(work: Work, table: Table, owner: Table, ids: Sequence[int]) -> list[int]:
    """The rows of a table that cannot be without one of these."""
    columns = [
        column
        for column in table.columns
        if not column.nullable and any(key.references(owner) for key in column.foreign_keys)
    ]
    return [
        row_id
        for column in columns
        for start in range(0, len(ids), _CHUNK)
        for row_id in work.connection.execute(
            select(table.c.id).where(column.in_(ids[start : start + _CHUNK]))
        ).scalars()
    ]
