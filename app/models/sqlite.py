"""Everything only SQLite has: connecting, its errors in words, copies, recognising a file."""

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path, PurePath
from urllib.parse import quote

from sqlalchemy import Connection, Engine, Table, create_engine, event
from sqlalchemy.pool import QueuePool

from app.problems import Problem

# Written into the file's header at creation, so that a stranger's SQLite file is told from ours ("SCHC").
APPLICATION_ID = 0x53434843
BUSY_SECONDS = 30
SYNCHRONOUS = "FULL"  # what is acknowledged is on the disk; only tests switch it off
HEADER = b"SQLite format 3\x00"
# Files up to this size are read whole at each opening (some 2 ms a megabyte); larger ones with each daily copy.
CHECKED_WHOLE = 64 * 1024 * 1024

NOT_OURS = "Tệp này không phải sổ của chương trình. Tệp không bị thay đổi"
DAMAGED = "Tệp sổ bị hỏng, không đọc được. Tệp không bị thay đổi"
NEWER = "Tệp này do phiên bản mới hơn ghi. Hãy cập nhật chương trình; tệp không bị thay đổi"
READ_ONLY = "Tệp sổ chỉ đọc được, không ghi được. Tệp không bị thay đổi"
MISSING = "Không thấy tệp sổ {path}"
MAKE_ONE = "Xem lại đường dẫn. Sổ mới được lập khi mở chương trình lần đầu."
FOLDER = "{path} là thư mục, không phải tệp sổ"
UNREADABLE = "Không đọc được tệp sổ {path}"

_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY name"


def _connect(path: Path, *, writing: bool, creating: bool = False, immutable: bool = False) -> sqlite3.Connection:
    # mode=rw never creates a file; a reader too opens it so, since WAL needs its index file, but may not write rows.
    mode = "rwc" if creating else "rw"
    if immutable or (not writing and _stands_still(path)):
        mode = "ro&immutable=1"
    uri = f"{uri_of(path.absolute())}?mode={mode}"
    connection = sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA foreign_keys=ON")
    if writing:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute(f"PRAGMA synchronous={SYNCHRONOUS}")
    else:
        connection.execute("PRAGMA query_only=ON")
    connection.execute("PRAGMA cache_size=-32000")
    return connection


def _stands_still(path: Path) -> bool:
    """Whether nobody has the file open and we may not write to it or beside it.

    SQLite would not open it without its -wal and -shm, or would leave them there (https://www.sqlite.org/wal.html,
    "Read-Only Databases").
    """
    may_write = os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
    return not may_write and not _wal(path).exists()


def uri_of(path: PurePath) -> str:
    """An absolute path as SQLite's URI, in which a drive (C:/) and a share (//server/) need slashes before them."""
    text = path.as_posix()
    return "file://" + ("" if text.startswith("/") else "/") + quote(text)


def engine_for(path: Path, *, writing: bool, creating: bool = False) -> Engine:
    """An engine on the file; a writing one begins IMMEDIATE, so that it waits its turn instead of failing at commit."""
    engine = create_engine(
        "sqlite://",
        creator=lambda: _connect(path, writing=writing, creating=creating),
        poolclass=QueuePool,
        pool_size=1 if writing else 4,
    )

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


def mark_as_ours(connection: Connection) -> None:
    """Writes our mark into a new file's header, within the caller's transaction."""
    connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")


def recognise(path: Path, *, writing: bool) -> str:
    """Looks at a file before anything is written to it and returns its schema revision.

    Raises Problem when the file is missing, not ours, damaged or (for writing) read-only.
    """
    try:
        if path.is_dir():
            raise Problem(FOLDER.format(path=path))
        if not path.exists():
            raise Problem(MISSING.format(path=path), next_step=MAKE_ONE)
        with path.open("rb") as file:
            head = file.read(100)
        status = path.stat()
    except OSError as error:
        raise Problem(UNREADABLE.format(path=path)) from error
    if not head.startswith(HEADER):
        # A file cut to nothing is damaged, not foreign.
        raise Problem(DAMAGED if HEADER.startswith(head) else NOT_OURS)
    if len(head) < 100 or _is_cut(head, status.st_size, path):
        raise Problem(DAMAGED)
    if int.from_bytes(head[68:72], "big") != APPLICATION_ID:
        raise Problem(NOT_OURS)
    if writing and not (status.st_mode & 0o222 and os.access(path, os.W_OK)):
        raise Problem(READ_ONLY, next_step="Bỏ dấu chỉ đọc của tệp rồi mở lại.")
    try:
        # Looked at as it lies there: what SQLite makes beside a file it would leave beside a damaged one.
        return _revision(path, status.st_size, immutable=not _wal(path).exists())
    except Problem:
        if not _wal(path).exists():
            raise
        return _revision(path, status.st_size, immutable=False)  # opened by another program meanwhile


def _revision(path: Path, size: int, *, immutable: bool) -> str:
    """The schema revision of a whole file. Raises Problem for a damaged one."""
    try:
        with closing(_connect(path, writing=False, immutable=immutable)) as connection:
            if size <= CHECKED_WHOLE and connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
                raise Problem(DAMAGED)
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.DatabaseError as error:
        raise problem_of(error) or Problem(DAMAGED) from error
    if row is None:
        raise Problem(DAMAGED)
    return str(row[0])


def _wal(path: Path) -> Path:
    return path.with_name(path.name + "-wal")


def looks_like_database(path: Path) -> bool:
    """Whether a file is some SQLite database, ours or another's."""
    try:
        with path.open("rb") as file:
            return file.read(len(HEADER)) == HEADER
    except OSError:
        return False


def move_aside(path: Path) -> Path:
    """Renames a damaged file, with what SQLite keeps beside it, and returns its new place."""
    number = 1
    while (aside := path.with_name(f"{path.stem}.hong-{number}{path.suffix}")).exists():
        number += 1
    try:
        for suffix in ("-wal", "-shm", ""):
            with suppress(FileNotFoundError):
                path.with_name(path.name + suffix).rename(aside.with_name(aside.name + suffix))
    except OSError as error:
        raise Problem(f"Không cất được tệp hỏng {path}") from error
    return aside


def _is_cut(head: bytes, size: int, path: Path) -> bool:
    """Whether pages are missing at the end (https://www.sqlite.org/fileformat.html, offsets 16, 24, 28, 92).

    Where the program died while it was writing, the rest stands in the -wal and SQLite puts it in place itself.
    """
    wal = _wal(path)
    if (wal.exists() and wal.stat().st_size) or head[24:28] != head[92:96]:
        return False
    page = int.from_bytes(head[16:18], "big")
    return size < (65536 if page == 1 else page) * int.from_bytes(head[28:32], "big")


def problem_of(error: BaseException) -> Problem | None:
    """The known problem behind a SQLite error, or None for a bug."""
    cause: BaseException = getattr(error, "orig", None) or error
    code = getattr(cause, "sqlite_errorcode", None)
    if code is None:
        return None
    match code & 0xFF:
        case sqlite3.SQLITE_FULL | sqlite3.SQLITE_IOERR:
            return Problem("Không ghi được vào đĩa. Chữ đã gõ vẫn còn", next_step="Dọn bớt đĩa rồi ghi lại.")
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return Problem("Sổ đang bận ghi việc khác. Chữ đã gõ vẫn còn", next_step="Chờ một lát rồi ghi lại.")
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM:
            return Problem(READ_ONLY)
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return Problem(DAMAGED, next_step="Mở bản sao gần nhất trong thư mục ban-sao.")
        case sqlite3.SQLITE_CANTOPEN:
            return Problem("Không mở được tệp sổ")
        case _:
            return None


def copy_file(source: Path, target: Path) -> None:
    """Copies a live file by SQLite's own backup and reads the copy back; a copy of the bytes would miss the -wal.

    Raises Problem when the copy is not whole; the target is then as it was.
    """
    beside = target.with_name(target.name + ".dang-ghi")
    try:
        beside.unlink(missing_ok=True)
        with closing(_connect(source, writing=False)) as origin, closing(sqlite3.connect(beside)) as copy:
            origin.execute("BEGIN")  # counted and copied as of one moment, whoever writes meanwhile
            counted = _counts(origin)
            origin.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
            whole = copy.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok" and counted == _counts(copy)
        if not whole:
            raise Problem("Bản sao ghi ra không đọc lại được")
        beside.replace(target)
    except (OSError, sqlite3.Error) as error:
        raise problem_of(error) or Problem(f"Không ghi được bản sao vào {target.parent}") from error
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def _counts(connection: sqlite3.Connection) -> dict[str, int]:
    names = [row[0] for row in connection.execute(_TABLES)]
    return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}


@event.listens_for(Table, "before_create")
def _give_no_id_twice(table: Table, connection: Connection, **_: object) -> None:
    """The journal names rows by their id, so a row that is taken away leaves its id to nobody."""
    table.dialect_options["sqlite"]["autoincrement"] = True


def last_id(connection: Connection, table: Table) -> int:
    """The highest id that a row of the table ever had; 0 before the first."""
    query = "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = ?"
    return int(connection.exec_driver_sql(query, (table.name,)).scalar_one())


def row_counts(connection: Connection) -> dict[str, int]:
    """How many rows each table has."""
    return _counts(_driver(connection))


def without_foreign_keys(connection: Connection) -> None:
    """Lets a migration rebuild tables: it drops them, which with foreign keys on would empty their children.

    SQLite ignores the switch inside a transaction, so it comes first.
    """
    driver = _driver(connection)
    assert not driver.in_transaction
    driver.execute("PRAGMA foreign_keys=OFF")


def broken_reference(connection: Connection) -> bool:
    """Whether some row refers to a row that is not there."""
    return _driver(connection).execute("PRAGMA foreign_key_check").fetchone() is not None


def _driver(connection: Connection) -> sqlite3.Connection:
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    return driver


def checkpoint(path: Path) -> None:
    """Brings everything into the one file, so that it stands alone when the program closes.

    Another program that has the file open does the same when it closes: it is not waited for.
    """
    with closing(_connect(path, writing=True)) as connection:
        connection.execute("PRAGMA busy_timeout=0")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def remove(path: Path) -> None:
    """Takes away a file that never became an office's, with what SQLite keeps beside it."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def others_version(engine: Engine) -> int:
    """Changes when anybody but this engine's one connection has written; begins no transaction."""
    connection = engine.raw_connection()
    try:
        return int(connection.cursor().execute("PRAGMA data_version").fetchone()[0])
    finally:
        connection.close()
