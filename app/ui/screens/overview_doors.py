"""Where the counts and lacks of Tổng quan lead. Screens are known at their door only: most are not built yet."""

from app.registers import procedures
from app.reports.dossier_list import ALL
from app.reports.overview import DueItem, Lack
from app.reports.procedure_list import NO_LIMIT
from app.ui.session import Session, coming_period
from app.ui.shell import Shell

TODAY = "today"
# Where in Thiết lập a lack is mended.
_GROUP_OF = {
    "holidays": "days",
    "signer": "office",
    "recipients": "office",
    "people": "people",
}


class Doors:
    """Each opens the rows or the place that something on Tổng quan speaks of."""

    def __init__(self, session: Session, shell: Shell):
        self._session, self._shell = session, shell

    def open_stat(self, key: str) -> None:
        """The dossiers of a count: of every day, as it counts them."""
        from app.ui.screens.dossiers import RECEIVED_ON, DossiersPage

        page = self._shell.go("dossiers")
        assert isinstance(page, DossiersPage)
        received = {RECEIVED_ON: self._session.today.isoformat()} if key == TODAY else {}
        page.look_only(chip=ALL if key == TODAY else key, period=None, filters=received)

    def new_dossier(self) -> None:
        """The form of intake."""
        from app.ui.screens.dossiers import DossiersPage

        page = self._shell.go("dossiers")
        assert isinstance(page, DossiersPage)
        page.new()

    def open_item(self, item: DueItem) -> None:
        """The dossier or task itself."""
        from app.ui.register_page import RegisterPage

        page = self._shell.go("dossiers" if item.register == "dossiers" else "plans")
        assert isinstance(page, RegisterPage)
        page.open_row(item.id)

    def open_field(self, name: str) -> None:
        """The dossiers of a field in the period looked at; "" opens all of them."""
        from app.ui.screens.dossiers import FIELD, DossiersPage

        page = self._shell.go("dossiers")
        assert isinstance(page, DossiersPage)
        with self._session.read() as connection:
            fields = {option.name: str(option.value) for option in procedures.fields(connection)}
        page.look_only(filters={FIELD: fields[name]} if name else {}, period=self._session.period)

    def open_coming_report(self) -> None:
        """The report that is due next, or its making."""
        from app.ui.screens.reports import ReportsPage

        page = self._shell.go("reports")
        assert isinstance(page, ReportsPage)
        with self._session.read() as connection:
            page.open_report(coming_period(connection, self._session.today).code)

    def open_budget(self, side: str) -> None:
        """One side of the budget."""
        from app.ui.screens.budget import BudgetPage

        page = self._shell.go("budget")
        assert isinstance(page, BudgetPage)
        page.look_at_side(side)

    def mend(self, lack: Lack) -> None:
        """Where a lack is mended."""
        if lack.place == "reports":
            self.open_coming_report()
            return
        if lack.place == "opening":
            from app.ui.screens.opening_balance import OpeningBalancePage

            self._shell.open_over(OpeningBalancePage(self._session, self._shell))
            return
        if lack.key == "limits":
            from app.ui.screens.procedures import ProceduresPage

            listed = self._shell.go("procedures")
            assert isinstance(listed, ProceduresPage)
            listed.look_only(chip=NO_LIMIT, period=None)
            return
        page = self._shell.go(lack.place)
        if lack.place == "settings":
            from app.ui.screens.settings import SettingsPage

            assert isinstance(page, SettingsPage)
            page.show_group(_GROUP_OF[lack.key])
