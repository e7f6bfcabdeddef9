"""Opening the window on a file: the shell first, then the file, then the screens; closing in the reverse order."""

from functools import partial
from pathlib import Path

from app.clock import Clock
from app.ui import application
from app.ui.shell import Shell


def open_window(path: Path, clock: Clock, *, may_set_up: bool) -> int:
    """Shows the window and fills it from the file at `path`; with `may_set_up` a missing file leads to the first start.

    Raises Problem where no window can open.
    """
    return application.run(partial(fill, path=path, clock=clock, may_set_up=may_set_up))


def fill(shell: Shell, *, path: Path, clock: Clock, may_set_up: bool) -> None:
    """Called once after the first paint: everything heavy loads here."""
    from app.ui.filling import Filling

    Filling(shell, clock, may_set_up=may_set_up).open(path)
