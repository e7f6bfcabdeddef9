"""The real window on an office's file, as tests and pictures open it."""

from pathlib import Path

from app.clock import Clock
from app.ui.filling import Filling
from app.ui.session import Session
from app.ui.shell import Shell


class Window(Filling):
    """As the program fills its window; a screen is loaded when a test goes there."""

    def __init__(self, path: Path, clock: Clock, *, may_set_up: bool = False):
        super().__init__(Shell(), clock, may_set_up=may_set_up)
        self.open(path)

    @property
    def at(self) -> Session:
        """The session, which must be there."""
        assert self.session is not None
        return self.session
