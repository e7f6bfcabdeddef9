"""A form without Save: each field is applied when it is left, a field that fails its check is not."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from app.problems import Problem
from app.ui.form import FieldSpec, Form
from app.ui.widgets.choices import Check, Segmented

Apply = Callable[[str, Any], None]


class AppliedForm(Form):
    """`apply(key, value)` is called with each value that differs from the stored one and can be read."""

    def __init__(self, specs: Sequence[FieldSpec], apply: Apply, **more: Any):
        super().__init__(specs, margins=(0, 0, 0, 0), **more)
        self._apply = apply
        self._stored: dict[str, Any] = {}
        self._shown: dict[str, str] = {}
        self._before: dict[str, tuple[str, Any]] = {}
        self.changed.connect(self._chosen)
        self.field_left.connect(self._leave)
        self.save_asked.connect(self._apply_all)

    def show_stored(self, values: Mapping[str, Any]) -> None:
        """Show what is stored; a field that is being typed in, or whose text could not be read, keeps its text."""
        typed = self.typed()
        for key in typed:
            if typed[key] != self._shown.get(key, ""):
                continue
            editor = self.field(key).editor
            editor.set_raw("" if values.get(key) is None else self.format_value(key, values[key]))
            self._shown[key] = editor.raw()
        self._stored = {key: values.get(key) for key in typed}

    def start_anew(self, values: Mapping[str, Any]) -> None:
        """Show another row."""
        self.set_values(values)
        self._shown = self.typed()
        self._stored = {key: values.get(key) for key in self._shown}

    def refuse(self, key: str, problem: Problem) -> None:
        """The register refused a value: its text stays, with what is wrong below it."""
        self._shown[key], self._stored[key] = self._before[key]
        self.field(key).set_error(str(problem))

    def _chosen(self, key: str) -> None:
        """A choice or a check is made with the click."""
        if isinstance(self.field(key).editor, Segmented | Check):
            self._leave(key)

    def _apply_all(self) -> None:
        for key in self.typed():
            self._leave(key)

    def _leave(self, key: str) -> None:
        raw = self.typed()[key]
        if raw == self._shown.get(key, ""):
            return
        try:
            value = self.value(key)
        except Problem:
            return
        stored = self._stored.get(key)
        if value == stored:
            self.field(key).editor.set_raw(self._shown.get(key, ""))
            return
        self._before[key] = (self._shown.get(key, ""), stored)
        self._shown[key], self._stored[key] = raw, value
        self._apply(key, value)
