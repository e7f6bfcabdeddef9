"""The office's file: opening it, one Save as one journaled transaction, reading.

A command is a plain function `command(work, ...)` of registers/. It writes through `Work`, which journals each row
before and after, and returns plain values; nothing of SQLAlchemy leaves it.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum
from pathlib import Path
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar

from sqlalchemy import Connection, DateTime, Engine, Executable, Table, delete, insert, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.types import Date, Time

from app.clock import Clock
from app.models import migrations, sqlite
from app.models.base import Base, Imported
from app.models.journal import Change, ChangeGroup
from app.models.tables import metadata
from app.problems import Problem

P = ParamSpec("P")
T = TypeVar("T")

ALREADY_THERE = "Đã có tệp {path}. Tệp không bị thay đổi"
ANOTHER_NAME = "Chọn tên khác hoặc mở tệp đó."
_CHUNK = 500  # rows a statement names at once
OLDER = "Tệp này do phiên bản cũ ghi. Tệp không bị thay đổi"


@dataclass(frozen=True)
class Actor:
    """Who sits at the PC ("Tôi là ..."); the command line acts as itself, without a person."""

    name: str
    person_id: int | None = None


@dataclass(frozen=True)
class Outcome(Generic[T]):
    """What a Save gave back: the command's value, its change group (None if nothing changed), the tables touched."""

    value: T
    group_id: int | None
    changed: frozenset[str]


def table_of(model: type[Base]) -> Table:
    """The Core table behind a mapped class."""
    table = model.__table__
    assert isinstance(table, Table)
    return table


class Work:
    """One transaction of one command: reads on `connection`, writes through the primitives, which journal."""

    def __init__(self, connection: Connection, actor: Actor, command: str, clock: Clock):
        self.connection = connection
        self.actor = actor
        self.clock = clock
        self.changed: set[str] = set()
        self._command = command
        self._group_id: int | None = None
        self._group_extra: dict[str, Any] = {}
        self._source: dict[str, Any] | None = None

    @property
    def opened_group(self) -> int | None:
        """The change group if this command has changed anything yet."""
        return self._group_id

    @property
    def group_id(self) -> int:
        """The change group of this Save, begun with its first change."""
        if self._group_id is None:
            self._group_id = self._insert(
                table_of(ChangeGroup),
                at=self.clock.now(),
                person_id=self.actor.person_id,
                person_name=self.actor.name,
                command=self._command,
                **self._group_extra,
            )
        return self._group_id

    def describe(self, command: str, **extra: Any) -> None:
        """Names the command more exactly before its first change (an import: file_name, file_hash, row_count)."""
        assert self._group_id is None
        self._command = command
        self._group_extra = extra

    def insert(self, model: type[Base], /, *, why: str = "", **values: Any) -> int:
        """Adds a row and returns its id."""
        if self._source is not None and issubclass(model, Imported):
            self.changed.add(model.__tablename__)
            return self._insert(table_of(model), **values, **self._source)
        row_id = self._insert(table_of(model), **values)
        self._journal(model, row_id, None, self.row(model, row_id), why)
        return row_id

    def update(self, model: type[Base], row_id: int, /, *, why: str = "", **values: Any) -> bool:
        """Writes what really differs; returns whether anything did."""
        before = self.row(model, row_id)
        differing = {name: value for name, value in values.items() if before[name] != value}
        if not differing:
            return False
        table = table_of(model)
        self.connection.execute(update(table).where(table.c.id == row_id).values(differing))
        after = self.row(model, row_id)
        self._journal(model, row_id, {n: before[n] for n in differing}, {n: after[n] for n in differing}, why)
        return True

    def extend_last(self, model: type[Base], row_id: int, within: timedelta, /, **values: Any) -> bool:
        """Goes on with the last Save, when it was this person's, of this command, on this row, a short while ago.

        The row and the "after" of its one change are written anew, so that a text saved while it is being typed is one
        entry of the journal; returns False, having written nothing, otherwise.
        """
        query = (
            select(
                table_of(Change), ChangeGroup.at, ChangeGroup.person_id, ChangeGroup.person_name, ChangeGroup.command
            )
            .join(ChangeGroup, ChangeGroup.id == Change.group_id)
            .order_by(Change.id.desc())
            .limit(1)
        )
        last = self.connection.execute(query).mappings().first()
        mine = (model.__tablename__, row_id, self.actor.person_id, self.actor.name, self._command)
        if (
            last is None
            or mine != tuple(last[name] for name in ("register", "row_id", "person_id", "person_name", "command"))
            or not timedelta(0) <= self.clock.now() - last["at"] <= within
            or last["before"] is None
            or not values.keys() <= json.loads(last["before"]).keys()
        ):
            return False
        journal = table_of(Change)
        self.keep(model, row_id, **values)
        self.connection.execute(update(journal).where(journal.c.id == last["id"]).values(after=to_json(values)))
        return True

    def delete(self, model: type[Base], row_id: int, *, reason: str = "") -> None:
        """Takes a row away; the journal keeps it whole."""
        before = self.row(model, row_id)
        table = table_of(model)
        self.connection.execute(delete(table).where(table.c.id == row_id))
        self._journal(model, row_id, before, None, reason)

    def bulk_delete(self, model: type[Base], ids: Sequence[int]) -> None:
        """Takes many rows away; the journal keeps each whole."""
        table = table_of(model)
        for start in range(0, len(ids), _CHUNK):
            among = table.c.id.in_(ids[start : start + _CHUNK])
            gone = [
                {"group_id": self.group_id, "register": table.name, "row_id": row["id"], "before": to_json(dict(row))}
                for row in self.connection.execute(select(table).where(among).order_by(table.c.id)).mappings()
            ]
            self.connection.execute(insert(table_of(Change)), gone)
            self.connection.execute(delete(table).where(among))
            self.changed.add(table.name)

    def bulk_insert(self, model: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
        """Adds many rows of an import: the group stands for them, no row is journaled by itself."""
        if rows:
            assert self.group_id
            self.connection.execute(insert(table_of(model)), list(rows))
            self.changed.add(model.__tablename__)

    @contextmanager
    def row_of_file(self, number: int, key: str) -> Iterator[None]:
        """One row of an import, whole or not at all: a row that can carry its source is not journaled by itself (the
        group stands for all of them), what it brings along (a field, a series) is."""
        self._source = {"source_group_id": self.group_id, "source_row": number, "import_key": key}
        try:
            with self.connection.begin_nested():
                yield
        finally:
            self._source = None

    def last_id(self, model: type[Base]) -> int:
        """The highest id that a row ever had, behind which an import numbers its own."""
        return sqlite.last_id(self.connection, table_of(model))

    def row(self, model: type[Base], row_id: int) -> dict[str, Any]:
        """One row as a dict; raises Problem when it is gone."""
        table = table_of(model)
        found = self.connection.execute(select(table).where(table.c.id == row_id)).mappings().one_or_none()
        if found is None:
            raise Problem("Dòng này không còn trong sổ", next_step="Tải lại danh sách.")
        return dict(found)

    def rows(self, query: Executable) -> list[dict[str, Any]]:
        """The rows of a query as dicts."""
        return [dict(row) for row in self.connection.execute(query).mappings()]

    def keep(self, model: type[Base], row_id: int | None, /, **values: Any) -> int:
        """Writes what is no fact of the office and needs no history (a draft, a remembered match)."""
        table = table_of(model)
        self.changed.add(model.__tablename__)
        if row_id is None:
            return self._insert(table, **values)
        self.connection.execute(update(table).where(table.c.id == row_id).values(values))
        return row_id

    def drop(self, model: type[Base], row_id: int) -> None:
        """Takes away what `keep` wrote."""
        table = table_of(model)
        self.changed.add(model.__tablename__)
        self.connection.execute(delete(table).where(table.c.id == row_id))

    def _insert(self, table: Table, **values: Any) -> int:
        result = self.connection.execute(insert(table).values(values))
        assert result.inserted_primary_key is not None
        return int(result.inserted_primary_key[0])

    def _journal(
        self, model: type[Base], row_id: int, before: dict[str, Any] | None, after: dict[str, Any] | None, reason: str
    ) -> None:
        self._insert(
            table_of(Change),
            group_id=self.group_id,
            register=model.__tablename__,
            row_id=row_id,
            before=to_json(before),
            after=to_json(after),
            reason=reason,
        )
        self.changed.add(model.__tablename__)


class OfficeFile:
    """One open file of one office. Safe to use from several threads; each call takes its own connection."""

    def __init__(self, path: Path, clock: Clock):
        self.path = path
        self.clock = clock
        # Engines connect when first used; a file that is only read never gets a writing connection.
        self._reader: Engine = sqlite.engine_for(path, writing=False)
        self._writer: Engine = sqlite.engine_for(path, writing=True)
        self._has_written = False

    @classmethod
    def open(cls, path: Path, clock: Clock, *, writing: bool = True) -> "OfficeFile":
        """Opens an existing file, migrating an older one (copied aside first) when it is opened for writing.

        Raises Problem, before anything is written, when the file is missing, not ours, damaged, newer, read-only, or
        older and only to be read.
        """
        revision = sqlite.recognise(path, writing=writing)
        if revision != migrations.HEAD:
            if not migrations.is_older(revision):
                raise Problem(sqlite.NEWER)
            if not writing:
                raise Problem(OLDER, next_step="Mở tệp bằng chương trình một lần để nâng cấp.")
            migrations.upgrade(path, revision)
        return cls(path, clock)

    @classmethod
    def create(cls, path: Path, clock: Clock) -> "OfficeFile":
        """Makes a new empty file. Raises Problem when one is there already: nothing is ever overwritten."""
        if path.exists():
            raise Problem(ALREADY_THERE.format(path=path), next_step=ANOTHER_NAME)
        # Made beside and put in place whole, so that a crash leaves no half file under the office's name.
        beside = path.with_name(path.name + ".dang-lap")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            sqlite.remove(beside)
            engine = sqlite.engine_for(beside, writing=True, creating=True)
            try:
                with engine.begin() as connection:
                    sqlite.mark_as_ours(connection)
                    metadata.create_all(connection)
                    migrations.stamp(connection)
            finally:
                engine.dispose()
            beside.replace(path)
        except (OSError, DBAPIError) as error:
            with suppress(OSError):
                sqlite.remove(beside)
            raise sqlite.problem_of(error) or Problem(f"Không tạo được tệp {path}") from error
        return cls(path, clock)

    def close(self) -> None:
        """Closes all connections and leaves one complete file without -wal beside it."""
        self._writer.dispose()
        self._reader.dispose()
        if self._has_written and self.path.with_name(self.path.name + "-wal").exists():
            sqlite.checkpoint(self.path)

    def __enter__(self) -> "OfficeFile":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A read-only connection that sees one state of the file from its first query on."""
        try:
            with self._reader.connect() as connection:
                yield connection
        except DBAPIError as error:
            if (problem := sqlite.problem_of(error)) is None:
                raise
            raise problem from error

    def others_version(self) -> int:
        """Changes when another program has written. To be asked on the thread that writes."""
        return sqlite.others_version(self._writer)

    def write(
        self, actor: Actor, words: str, command: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> Outcome[T]:
        """Runs one command as one transaction: all of it is on the disk when this returns, or none of it.

        `words` names the command in the journal. Raises what the command raises, and Problem for disk and file.
        """
        self._has_written = True
        try:
            with self._writer.begin() as connection:
                work = Work(connection, actor, words, self.clock)
                value = command(work, *args, **kwargs)
            return Outcome(value, work.opened_group, frozenset(work.changed))
        except DBAPIError as error:
            if (problem := sqlite.problem_of(error)) is None:
                raise
            raise problem from error


def build_file(
    path: Path,
    clock: Clock,
    actor: Actor,
    words: str,
    command: Callable[Concatenate[Work, P], T],
    *args: P.args,
    **kwargs: P.kwargs,
) -> T:
    """Makes a new file filled by one command. Raises Problem when a file is there; a half-built one never stands there.

    Built beside and put in place whole: a file that is there is whole.
    """
    if path.exists():
        raise Problem(ALREADY_THERE.format(path=path), next_step=ANOTHER_NAME)
    beside = path.with_name(path.name + ".dang-dung")
    try:
        sqlite.remove(beside)
        with OfficeFile.create(beside, clock) as file:
            value = file.write(actor, words, command, *args, **kwargs).value
        beside.replace(path)
    except OSError as error:
        raise Problem(f"Không tạo được tệp {path}") from error
    finally:
        with suppress(OSError):
            sqlite.remove(beside)
    return value


def to_json(values: dict[str, Any] | None) -> str | None:
    """A row as the journal keeps it."""
    return None if values is None else json.dumps(values, ensure_ascii=False, default=_plain)


def _plain(value: object) -> str:
    match value:
        case date() | datetime() | time():
            return value.isoformat()
        case Enum():
            return str(value.value)
        case _:
            raise TypeError(f"no plain form of {value!r}")


def from_json(model: type[Base], text: str | None) -> dict[str, Any] | None:
    """A row as it was."""
    if text is None:
        return None
    values = json.loads(text)
    for column in table_of(model).columns:
        value = values.get(column.name)
        if isinstance(value, str):
            match column.type:
                case DateTime():
                    values[column.name] = datetime.fromisoformat(value)
                case Date():
                    values[column.name] = date.fromisoformat(value)
                case Time():
                    values[column.name] = time.fromisoformat(value)
    return dict(values)
