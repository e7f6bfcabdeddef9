"""Widths of columns, remembered for this account of the PC."""

from typing import Any

from PySide6.QtCore import QObject, QTimer

from app import places

_WRITE_AFTER_MS = 1000


class Widths(QObject):
    """What TableView calls `Remembered`. Written a moment after the last drag, not with every pixel."""

    def __init__(self, parent: QObject):
        super().__init__(parent)
        self._waiting: dict[str, Any] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WRITE_AFTER_MS)
        self._timer.timeout.connect(self._write)

    def value(self, key: str) -> Any:
        """The width kept under a key, or None."""
        return self._waiting.get(key, places.recall(f"width:{key}"))

    def setValue(self, key: str, value: Any) -> None:
        """Keeps a width."""
        self._waiting[key] = value
        self._timer.start()

    def _write(self) -> None:
        for key, value in self._waiting.items():
            places.remember(f"width:{key}", value)
        self._waiting.clear()
