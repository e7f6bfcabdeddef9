""" "Tôi là …": who sits down at the PC. What is being typed stays, and is saved under the new name."""

from PySide6.QtCore import QObject

from app.models.database import Actor
from app.registers import office
from app.ui.matching import Choice
from app.ui.session import Session
from app.ui.shell import Shell
from app.ui.widgets.people import PeoplePopover


class PersonChoice(QObject):
    """Answers Ctrl+U and a click on the name with the list of the staff."""

    def __init__(self, session: Session, shell: Shell):
        super().__init__(shell)
        self._session = session
        self._shell = shell
        self._names: dict[str, str] = {}
        self._popover = PeoplePopover()
        self._popover.picked.connect(self._sit_down)
        self._popover.add_asked.connect(self._add)

    def ask(self) -> None:
        """Opens the list, or closes it again."""
        if self._popover.isVisible():
            self._popover.close_overlay()
            return
        with self._session.read() as connection:
            people = office.people(connection, self._session.today)
        self._names = {str(person.id): person.name for person in people}
        choices = [Choice(str(person.id), person.name, hint=person.section) for person in people]
        self._popover.open_for(self._shell.navigation.officer, choices, str(self._session.actor.person_id))

    def _sit_down(self, key: str) -> None:
        self._session.sit_down(Actor(self._names[key], int(key)))

    def _add(self) -> None:
        from app.ui.screens.settings import SettingsPage

        page = self._shell.go("settings")
        assert isinstance(page, SettingsPage)
        page.show_group("people")
