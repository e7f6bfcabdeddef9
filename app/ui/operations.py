"""Writing off the window's thread: one worker runs the commands one after another and hands back plain values."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.problems import Problem

UNFORESEEN = "Chưa ghi được vì lỗi ngoài dự tính. Chữ đã gõ vẫn còn"

Done = Callable[[Any], None]
Failed = Callable[[Problem], None]


class Operations(QObject):
    """The one worker. `done` and `failed` are called on the window's thread.

    A bug fails too, so that a form that waits stands as it was, and goes on to the log and the dialog of bugs.
    """

    _finished = Signal(object, object, object)

    def __init__(self, parent: QObject | None = None):
        super().__init__(parent)
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="writer")
        self._closed = False
        self._finished.connect(self._hand_back)

    def submit(self, job: Callable[[], Any], done: Done, failed: Failed) -> None:
        """Runs a job on the worker; its value or its Problem comes back on the window's thread."""
        future = self._worker.submit(job)
        future.add_done_callback(lambda ended: self._finished.emit(ended, done, failed))

    def close(self, *, unfinished: bool = True) -> None:
        """Waits until everything handed in has been done; nothing acknowledged is lost at closing.

        Without the `unfinished` only what has begun is waited for: pictures nobody will look at.
        """
        self._closed = True
        self._worker.shutdown(wait=True, cancel_futures=not unfinished)

    def _hand_back(self, ended: "Future[Any]", done: Done, failed: Failed) -> None:
        if self._closed:  # what was handed in last is on the disk; no screen is left to be told
            return
        try:
            value = ended.result()
        except Problem as problem:
            failed(problem)
            return
        except Exception:
            failed(Problem(UNFORESEEN))
            raise
        done(value)
