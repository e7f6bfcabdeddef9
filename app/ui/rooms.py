"""The screens behind the navigation; each is loaded when it is first looked at, so that the window opens at once."""

from collections.abc import Callable

from app.ui.page import Page
from app.ui.session import Session
from app.ui.shell import Shell


def rooms(session: Session, shell: Shell) -> dict[str, Callable[[], Page]]:
    """What builds each screen, by its key in the navigation."""

    def overview() -> Page:
        from app.ui.screens.overview import OverviewPage

        return OverviewPage(session, shell)

    def dossiers() -> Page:
        from app.ui.screens.dossiers import DossiersPage

        return DossiersPage(session, shell)

    def procedures() -> Page:
        from app.ui.screens.procedures import ProceduresPage

        return ProceduresPage(session, shell)

    def budget() -> Page:
        from app.ui.screens.budget import BudgetPage

        return BudgetPage(session, shell)

    def documents() -> Page:
        from app.ui.screens.documents import DocumentsPage

        return DocumentsPage(session, shell)

    def plans() -> Page:
        from app.ui.screens.plans import PlansPage

        return PlansPage(session, shell)

    def reports() -> Page:
        from app.ui.screens.reports import ReportsPage

        return ReportsPage(session, shell)

    def settings() -> Page:
        from app.ui.screens.settings import SettingsPage

        return SettingsPage(session, shell)

    builders = (overview, dossiers, procedures, budget, documents, plans, reports, settings)
    return {builder.__name__: builder for builder in builders}
