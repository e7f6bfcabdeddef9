"""Fields side by side, what is told of each below it; a longer sentence has the whole line."""

from PySide6.QtWidgets import QGridLayout

from app.ui.tokens import Space
from app.ui.widgets.labelled import LabelledField

_FIELDS, _NOTES = 0, 1


class FieldLine(QGridLayout):
    """One line of a form. `place_notes` follows each change of a note or of the width."""

    def __init__(self) -> None:
        super().__init__()
        self.setHorizontalSpacing(Space.M)
        self.setVerticalSpacing(Space.XS)
        self._fields: list[LabelledField] = []
        self._overflowing: list[bool] = []

    def add_field(self, field: LabelledField, weight: int) -> None:
        """One more at the right, with its share of the line."""
        at = len(self._fields)
        self._fields.append(field)
        self._overflowing.append(False)
        self.addWidget(field, _FIELDS, at)
        self.addWidget(field.note, _NOTES, at)
        self.setColumnStretch(at, weight)

    def leave_free(self, weight: int) -> None:
        """The rest of a line that is not full."""
        self.setColumnStretch(len(self._fields), weight)

    def place_notes(self) -> None:
        """Each note below its field; one that does not fit there goes below all of them, from side to side."""
        for at, field in enumerate(self._fields):
            overflows = field.overflows()
            if overflows == self._overflowing[at]:
                continue
            self._overflowing[at] = overflows
            self.removeWidget(field.note)
            if overflows:
                self.addWidget(field.note, _NOTES + 1 + at, 0, 1, -1)
            else:
                self.addWidget(field.note, _NOTES, at)
