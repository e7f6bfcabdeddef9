"""The log: what failed and where in the code, in a rotated file of the account. It holds no applicant's name.

Faults carry values in their messages ("invalid literal: 'Nguyễn Văn A'"), so a fault is written as its kind and the
lines of code it went through; a message only where its kind never quotes a value.
"""

import copy
import logging
import traceback
from pathlib import Path
from types import TracebackType
from typing import Final

_FILE: Final = "so-cchc.log"
_BYTES: Final = 512 * 1024
_KEPT: Final = 4
# Their messages name code or the system, never what stands in a row.
_QUOTES_NO_VALUE: Final = (AttributeError, ImportError, NameError, MemoryError, RecursionError)

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def file_in(folder: Path) -> Path:
    """Where the log stands."""
    return folder / _FILE


def set_up(folder: Path) -> None:
    """Writes the program's log into this folder from now on; without a place to write it goes without."""
    root = logging.getLogger()
    root.addHandler(_WhenNeeded(folder))
    root.setLevel(logging.INFO)


class _WhenNeeded(logging.Handler):
    """Opens the log with the first word for it: most starts have none, and the window need not wait for it."""

    def __init__(self, folder: Path):
        super().__init__()
        self._folder = folder
        self._file: logging.Handler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        if self._file is None:
            self._file = _opened(self._folder)
        self._file.handle(record)

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
        super().close()


def _opened(folder: Path) -> logging.Handler:
    from logging.handlers import RotatingFileHandler

    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(file_in(folder), maxBytes=_BYTES, backupCount=_KEPT, encoding="utf-8")
    except OSError:
        return logging.NullHandler()
    handler.setFormatter(_Discreet("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    return handler


class _Discreet(logging.Formatter):
    """Writes a fault without the values in it."""

    def format(self, record: logging.LogRecord) -> str:
        own = copy.copy(record)
        own.exc_text = None  # another handler may have written the fault there in its own words
        return super().format(own)

    def formatException(self, ei: ExcInfo) -> str:
        fault = ei[1]
        return "\n".join(_told(fault, set())) if fault is not None else ""


def _told(fault: BaseException, seen: set[int]) -> list[str]:
    """The faults that led to this one, then its kind and its way through the code."""
    seen.add(id(fault))
    lines: list[str] = []
    before = fault.__cause__ or (None if fault.__suppress_context__ else fault.__context__)
    if before is not None and id(before) not in seen:
        lines += [*_told(before, seen), "then:"]
    for frame in traceback.extract_tb(fault.__traceback__):
        lines.append(f"  {frame.filename}:{frame.lineno} {frame.name}: {frame.line}")
    lines.append(f"{type(fault).__module__}.{type(fault).__qualname__} {_detail(fault)}".rstrip())
    return lines


def _detail(fault: BaseException) -> str:
    if isinstance(fault, _QUOTES_NO_VALUE):
        return str(fault)
    if isinstance(fault, OSError):
        return f"errno {fault.errno} {fault.strerror}"
    return str(getattr(fault, "sqlite_errorname", ""))
