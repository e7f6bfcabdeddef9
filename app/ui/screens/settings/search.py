"""Finding a setting by name: what matches stands in a list, Enter goes there."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy

from app.ui.matching import Choice, find
from app.ui.screens.settings.group import Group
from app.ui.widgets.combo import ChoiceList
from app.ui.widgets.fields import SearchField

_WIDTH, _LIST_WIDTH = 240, 380


class SettingsSearch(SearchField):
    """`found(group, key)` follows the choice; a group itself has the key ""."""

    found = Signal(str, str)

    def __init__(self, groups: Mapping[str, Group]):
        super().__init__("Tìm trong thiết lập")
        self.setFixedWidth(_WIDTH)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._groups = groups
        self._list = ChoiceList(_LIST_WIDTH)
        self._list.picked.connect(self._pick)
        self.searched.connect(self._offer)

    def _choices(self) -> list[Choice]:
        found = [Choice(f"{key}/", group.title) for key, group in self._groups.items()]
        for key, group in self._groups.items():
            found += [Choice(f"{key}/{each.key}", each.label, hint=group.title) for each in group.findable()]
        return found

    def _offer(self, text: str) -> None:
        hits = find(text, self._choices()) or self._by_help(text) if text else []
        if hits:
            self._list.open_with(self, hits, right=True)
        else:
            self._list.close_overlay()
        self.setToolTip("" if hits or not text else f"Không có mục nào khớp “{text}”")

    def _by_help(self, text: str) -> list[Choice]:
        """Where no name matches: what the words under the fields say."""
        found = []
        for key, group in self._groups.items():
            explained = [Choice(f"{key}/{each.key}", f"{each.label} {each.help}") for each in group.findable()]
            keys = {choice.key for choice in find(text, explained)}
            found += [
                Choice(f"{key}/{each.key}", each.label, hint=group.title)
                for each in group.findable()
                if f"{key}/{each.key}" in keys
            ]
        return found

    def _pick(self, chosen: str) -> None:
        group, _, key = chosen.partition("/")
        self.clear_search()
        self.found.emit(group, key)
