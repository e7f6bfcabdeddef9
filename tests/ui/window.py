"""The real window on an office's file, with the pages a test asks for."""

from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

from app.clock import Clock
from app.ui.filling import Filling
from app.ui.page import Page
from app.ui.session import Session
from app.ui.shell import Shell

PAGES = {
    "overview": ("overview", "OverviewPage"),
    "dossiers": ("dossiers", "DossiersPage"),
    "procedures": ("procedures", "ProceduresPage"),
    "budget": ("budget", "BudgetPage"),
    "documents": ("documents", "DocumentsPage"),
    "plans": ("plans", "PlansPage"),
    "reports": ("reports", "ReportsPage"),
    "settings": ("settings", "SettingsPage"),
}


class Window(Filling):
    """As the program fills its window, but only the named pages are loaded."""

    def __init__(self, path: Path, clock: Clock, keys: Sequence[str], *, may_set_up: bool = False):
        super().__init__(Shell(), clock, may_set_up=may_set_up)
        self._keys = keys
        self.open(path)

    @property
    def at(self) -> Session:
        """The session, which must be there."""
        assert self.session is not None
        return self.session

    def _screens(self, session: Session) -> dict[str, Callable[[], Page]]:
        return {key: self._factory(session, *PAGES[key]) for key in self._keys}

    def _factory(self, session: Session, module: str, name: str) -> Callable[[], Page]:
        def make() -> Page:
            page: Page = getattr(import_module(f"app.ui.screens.{module}"), name)(session, self.shell)
            return page

        return make
