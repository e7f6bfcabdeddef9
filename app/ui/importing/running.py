"""One piece of background work: its bar in the status bar, its count, and "Dừng"."""

from threading import Event

from PySide6.QtCore import QObject, Signal

from app import formats
from app.registers.exchange import Stopped
from app.ui.shell import Shell


class Running(QObject):
    """Shown until `end`. `tick` and `look` are called on the worker; they raise Stopped once a person has stopped it.

    What `writes` is not given up when its page goes: it is written whole.
    """

    _told = Signal(int, int)

    def __init__(self, shell: Shell, name: str, *, writes: bool = False):
        super().__init__(shell)
        self.writes = writes
        self._status = shell.status
        self._name = name
        self._stop = Event()
        self._ended = False
        self._told.connect(self._show)
        self._status.stop_asked.connect(self.stop)
        self._status.set_work(name)

    def stop(self) -> None:
        """Ask it to end; nothing it did is kept."""
        self._stop.set()

    def look(self) -> None:
        """Go on, or end here."""
        if self._stop.is_set():
            raise Stopped

    def tick(self, done: int, total: int) -> None:
        """So much is done."""
        self.look()
        self._told.emit(done, total)

    def end(self) -> None:
        """It has ended, or nobody waits for it any more; the status bar is free again."""
        if self._ended:
            return
        self._ended = True
        self._told.disconnect(self._show)
        self._status.stop_asked.disconnect(self.stop)
        self._status.set_work("")
        self.deleteLater()

    def _show(self, done: int, total: int) -> None:
        count = f"{formats.format_integer(done)}/{formats.format_integer(total)}"
        self._status.set_work(self._name, done, total, count)
