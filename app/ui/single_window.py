"""One window for each office's file: a second one raises the first and ends.

Who has the lock on the lock file beside the office's file has the window. The system lets go of it when the program
ends, also when it crashes, so that none is ever left behind; the empty lock file stays. The command line asks for
nothing here and may run beside.
"""

import contextlib
import logging
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.problems import ExitCode, Problem

if TYPE_CHECKING:
    # Loaded when first needed: the first paint does without the network library.
    from PySide6.QtNetwork import QLocalServer

_log = logging.getLogger(__name__)
_SUFFIX: Final = ".khoa"
_RAISED: Final = b"raised\n"
# The first window listens from its first paint on: a second start in the same moment waits for it this long.
_WAIT_SECONDS: Final = 3.0
_PATIENCE_MS: Final = 1000
_ANY_PROCESS: Final = -1


class Holding:
    """The right to the one window of a file, until it is let go or the program ends."""

    def __init__(self, path: Path, descriptor: int):
        self.path = path
        self._descriptor = descriptor
        self._server: QLocalServer | None = None

    def listen(self, window: QWidget) -> None:
        """From now on a second start brings this window to the front."""
        if self._server is not None:
            return
        from PySide6.QtNetwork import QLocalServer

        name = _name_of(self.path)
        server = QLocalServer(window)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        QLocalServer.removeServer(name)  # what a crash left; having the lock, we know that nobody listens there
        server.newConnection.connect(lambda: _answer(server, window))
        if not server.listen(name):
            _log.warning("a second start cannot raise this window: %s", server.serverError().name)
        self._server = server

    def let_go(self) -> None:
        """Leaves the file to another window."""
        if self._server is not None:
            self._server.close()
        os.close(self._descriptor)


def take(path: Path) -> Holding | None:
    """The right to the window on an office's file; None where there is no file, or no right to write beside it.

    When another window has it, that one comes to the front and a Problem says so; it ends the program well.
    """
    real = path.resolve()
    if not real.exists():
        return None
    try:
        # Locking needs no right to write, which another account may not have on this file.
        descriptor = os.open(real.with_name(real.name + _SUFFIX), os.O_RDONLY | os.O_CREAT, 0o666)
    except OSError:
        return None
    if _lock(descriptor):
        return Holding(path, descriptor)
    os.close(descriptor)
    if _raise_other(path):
        raise Problem("Sổ đang mở ở cửa sổ khác. Đã đưa cửa sổ đó lên trước", exit_code=ExitCode.WELL)
    raise Problem("Sổ đang mở ở cửa sổ khác", next_step="Đóng cửa sổ đó rồi mở lại.")


def _name_of(path: Path) -> str:
    """Under which name a window of this account and this file listens."""
    import hashlib

    whole = f"{Path.home()}|{os.path.normcase(path.resolve())}"
    return f"so-cchc-{hashlib.sha256(whole.encode()).hexdigest()[:24]}"


def _answer(server: "QLocalServer", window: QWidget) -> None:
    while server.hasPendingConnections():
        socket = server.nextPendingConnection()
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.show()
        window.raise_()
        window.activateWindow()
        socket.disconnected.connect(socket.deleteLater)
        socket.write(_RAISED)
        socket.disconnectFromServer()


def _raise_other(path: Path) -> bool:
    """Asks the window that has the file to come to the front; whether it answered."""
    from PySide6.QtNetwork import QLocalSocket

    if sys.platform == "win32":
        import ctypes

        # Windows lets a program in the background come to the front only when the one in front allows it.
        ctypes.windll.user32.AllowSetForegroundWindow(_ANY_PROCESS)
    until = time.monotonic() + _WAIT_SECONDS
    while time.monotonic() < until:
        socket = QLocalSocket()
        socket.connectToServer(_name_of(path))
        if socket.waitForConnected(_PATIENCE_MS):
            return socket.waitForReadyRead(_PATIENCE_MS) and socket.readAll().data() == _RAISED
        time.sleep(0.1)
    return False


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> bool:
        with contextlib.suppress(OSError):
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
            return True
        return False

else:
    import fcntl

    def _lock(descriptor: int) -> bool:
        with contextlib.suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        return False
