"""A process that opens a window and says on standard output when it is painted; then it ends at once.

`window_process.py bare` is the floor: a QMainWindow of PySide6, nothing else. `first FILE` is the program as `python -m
app --db FILE` up to the first paint of the shell, `filled FILE` up to Tổng quan painted with what it read.
"""

import os
import sys
from typing import Any


def say(word: str) -> None:
    sys.stdout.write(word + "\n")
    sys.stdout.flush()
    os._exit(0)


def bare() -> None:
    from PySide6.QtCore import QTimer
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QApplication, QMainWindow

    class Window(QMainWindow):
        def paintEvent(self, event: QPaintEvent) -> None:
            super().paintEvent(event)
            QTimer.singleShot(0, lambda: say("painted"))

    application = QApplication([])
    window = Window()
    window.resize(1366, 768)
    window.show()
    application.exec()


def program(until: str, file: str) -> None:
    import gc

    gc.disable()  # as app/__main__.py does
    from app.cli import main
    from app.ui import opening

    fill = opening.fill

    def first_painted(shell: object, **_: object) -> None:
        say("painted")

    def watched_fill(shell: Any, **rest: Any) -> None:
        from PySide6.QtCore import QTimer
        from PySide6.QtWidgets import QApplication

        fill(shell, **rest)
        page, look = shell.page("overview"), QTimer(shell)

        def check() -> None:
            if page.is_up_to_date():
                QApplication.processEvents()
                say("filled")

        look.timeout.connect(check)
        look.start(2)

    # The program calls it after the first paint (tests/ui/test_kit_start.py).
    opening.fill = first_painted if until == "first" else watched_fill
    sys.exit(main(["--db", file]))


if __name__ == "__main__":
    bare() if sys.argv[1] == "bare" else program(*sys.argv[1:])
