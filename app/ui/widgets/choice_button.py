"""A button whose list offers one choice of several; the keyboard stays on the button and moves in the list."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal

from app.ui.matching import Choice
from app.ui.widgets.buttons import Button
from app.ui.widgets.combo import ChoiceList

_WIDTH = 240


class ChoiceButton(Button):
    """`choices` is asked each time it opens; `picked` names what was chosen."""

    picked = Signal(str)

    def __init__(self, text: str, choices: Callable[[], Sequence[Choice]], *, width: int = _WIDTH):
        super().__init__(text, menu=True)
        self._choices = choices
        self._chosen = ""
        self._list = ChoiceList(width)
        self._list.picked.connect(self.picked)
        self.clicked.connect(self._toggle)

    def set_chosen(self, key: str) -> None:
        """The choice that is marked in the list."""
        self._chosen = key

    def _toggle(self) -> None:
        if self._list.isVisible():
            self._list.close_overlay()
        else:
            self._list.open_with(self, list(self._choices()), self._chosen, right=True)


class FilterChoice(ChoiceButton):
    """Narrows a list: "Lĩnh vực", and once chosen "Lĩnh vực: Hộ tịch". The key "" is everything."""

    _LONGEST = 24

    def __init__(self, title: str, everything: str, choices: Callable[[], Sequence[Choice]]):
        super().__init__(title, lambda: [Choice("", everything), *choices()])
        self._title = title

    def set_chosen(self, key: str, *, short: bool = False) -> None:
        """Show what is chosen; `short` where there is little room."""
        super().set_chosen(key)
        name = next((choice.label for choice in self._choices() if choice.key == key), key) if key else ""
        cut = name if len(name) <= self._LONGEST else f"{name[: self._LONGEST].rstrip()}…"
        self.set_text(cut if name and short else f"{self._title}: {cut}" if name else self._title)
        self.setToolTip(f"{self._title}: {name}" if name else "")
