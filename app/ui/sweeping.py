"""Cycles of dead objects are collected on the window's thread only.

Python collects them on whatever thread happens to allocate; a dropped page among them would be destroyed on the thread
that writes, and Qt ends the process (measured: a segmentation fault in a save shortly after a list was rebuilt).
"""

import atexit
import gc

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 500


class Sweeper(QObject):
    """Made once, with the application: takes the collecting over from Python, by Python's own thresholds."""

    def __init__(self, parent: QObject):
        super().__init__(parent)
        gc.disable()
        # Before Qt's own farewell: a widget that outlives the application ends the process with a fault.
        atexit.register(gc.collect)
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.sweep)
        self._timer.start()

    def sweep(self) -> None:
        """Collects the oldest generation that is due; whoever turned Python's own collecting on again is overruled."""
        gc.disable()
        counts = zip(gc.get_count(), gc.get_threshold(), strict=True)
        due = [generation for generation, (count, limit) in enumerate(counts) if count > limit]
        if due:
            gc.collect(due[-1])
