"""Everything only SQLite has: connecting, its errors in words, copies, recognising a file."""

import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.pool import QueuePool

from app.problems import Problem

# Written into the file's header at creation, so that a stranger's SQLite file is told from ours ("SCHC").
APPLICATION_ID = 0x53434843
BUSY_SECONDS = 30
HEADER = b"SQLite format 3\x00"

NOT_OURS = "Tệp này không phải sổ của chương trình. Tệp không bị thay đổi"
DAMAGED = "Tệp sổ bị hỏng, không đọc được. Tệp không bị thay đổi"
NEWER = "Tệp này do phiên bản mới hơn ghi. Hãy cập nhật chương trình; tệp không bị thay đổi"
READ_ONLY = "Tệp sổ chỉ đọc được, không ghi được. Tệp không bị thay đổi"
MISSING = "Không thấy tệp sổ {path}"


def _connect(path: Path, *, writing: bool, creating: bool = False) -> sqlite3.Connection:
    # mode=rw never creates a file; a reader too opens it so, since WAL needs its index file, but may not write rows.
    mode = "rwc" if creating else "rw"
    uri = f"file:{quote(path.absolute().as_posix())}?mode={mode}"
    connection = sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA foreign_keys=ON")
    if writing:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
    else:
        connection.execute("PRAGMA query_only=ON")
    connection.execute("PRAGMA cache_size=-32000")
    return connection


def engine_for(path: Path, *, writing: bool, creating: bool = False) -> Engine:
    """An engine on the file; a writing one begins IMMEDIATE, so that it waits its turn instead of failing at commit."""
    engine = create_engine(
        "sqlite://",
        creator=lambda: _connect(path, writing=writing, creating=creating),
        poolclass=QueuePool,
        pool_size=1 if writing else 4,
    )

    @event.listens_for(engine, "begin")
    def begin(connection: object) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")  # type: ignore[attr-defined]

    return engine


def mark_as_ours(connection: sqlite3.Connection) -> None:
    """Writes our mark into a new file's header."""
    connection.execute(f"PRAGMA application_id={APPLICATION_ID}")


def recognise(path: Path, *, writing: bool) -> str:
    """Looks at a file before anything is written to it and returns its schema revision.

    Raises Problem when the file is missing, not ours, damaged or (for writing) read-only.
    """
    if not path.is_file():
        raise Problem(MISSING.format(path=path))
    try:
        with path.open("rb") as file:
            head = file.read(100)
        read_only = not path.stat().st_mode & 0o222
    except OSError as error:
        raise Problem(f"Không đọc được tệp sổ {path}") from error
    if not head.startswith(HEADER):
        # Our header with damage further on is told below; a file cut to nothing is damaged, not foreign.
        raise Problem(NOT_OURS if head else DAMAGED)
    if int.from_bytes(head[68:72], "big") != APPLICATION_ID:
        raise Problem(NOT_OURS)
    if writing and read_only:
        raise Problem(READ_ONLY, next_step="Bỏ dấu chỉ đọc của tệp rồi mở lại.")
    try:
        with closing(_connect(path, writing=False)) as connection:
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.DatabaseError as error:
        raise problem_of(error) or Problem(DAMAGED) from error
    if row is None:
        raise Problem(DAMAGED)
    return str(row[0])


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

    Raises Problem when the copy is not whole; the target then does not exist.
    """
    beside = target.with_name(target.name + ".dang-ghi")
    beside.unlink(missing_ok=True)
    try:
        with closing(_connect(source, writing=False)) as origin, closing(sqlite3.connect(beside)) as copy:
            origin.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
            whole = copy.execute("PRAGMA quick_check").fetchone()[0] == "ok"
            same = _counts(origin) == _counts(copy)
        if not (whole and same):
            raise Problem("Bản sao ghi ra không đọc lại được")
        beside.replace(target)
    except (OSError, sqlite3.Error) as error:
        raise problem_of(error) or Problem(f"Không ghi được bản sao vào {target.parent}") from error
    finally:
        beside.unlink(missing_ok=True)


def _counts(connection: sqlite3.Connection) -> list[tuple[str, int]]:
    names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type='table' ORDER BY name")]
    return [(name, connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]) for name in names]


def checkpoint(path: Path) -> None:
    """Brings everything into the one file, so that it stands alone when the program closes."""
    with closing(_connect(path, writing=True)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def file_version(path: Path) -> tuple[int, ...]:
    """What changes when anybody has written to the file: size and time of the file and of its -wal."""
    version: list[int] = []
    for each in (path, path.with_name(path.name + "-wal")):
        try:
            status = each.stat()
        except OSError:
            version += [0, 0]
        else:
            version += [status.st_size, status.st_mtime_ns]
    return tuple(version)
