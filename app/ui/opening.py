"""Opening the window on a file: the shell first, then the file, then the screens; closing in the reverse order."""

import gc
from pathlib import Path

from app import places
from app.clock import Clock
from app.ui import application, single_window
from app.ui.shell import Shell
from app.ui.single_window import Holding


def open_window(path: Path, clock: Clock, *, may_set_up: bool) -> int:
    """Shows the window and fills it from the file at `path`; with `may_set_up` a missing file leads to the first start.

    Raises Problem where no window can open, and where one is open on this file already.
    """
    holding = single_window.take(path)

    def load(shell: Shell) -> None:
        from app import log

        log.set_up(places.log_folder())
        fill(shell, path=path, clock=clock, may_set_up=may_set_up, holding=holding)

    return application.run(load)


def fill(shell: Shell, *, path: Path, clock: Clock, may_set_up: bool, holding: Holding | None = None) -> None:
    """Called once after the first paint: everything heavy loads here."""
    from app.ui.filling import Filling

    Filling(shell, clock, may_set_up=may_set_up, holding=holding).open(path)
    gc.freeze()  # what is loaded stays: the sweeper looks only through what comes (sweeping.py)
