"""Fields side by side, what is told of each below it; a longer sentence has the whole line."""

from PySide6.QtWidgets import QGridLayout, QVBoxLayout

from app.ui.tokens import Space
from app.ui.widgets.labelled import LabelledField

_FIELDS, _NOTES = 0, 1


class FieldLine(QVBoxLayout):
    """One line of a form. `place_notes` follows each change of a note or of the width."""

    def __init__(self) -> None:
        super().__init__()
        self.setSpacing(Space.XS)
        self._columns = QGridLayout()
        self._columns.setHorizontalSpacing(Space.M)
        self._columns.setVerticalSpacing(Space.XS)
        self.addLayout(self._columns)
        self._fields: list[LabelledField] = []
        self._overflowing: list[bool] = []

    def add_field(self, field: LabelledField, weight: int) -> None:
        """One more at the right, with its share of the line."""
        at = len(self._fields)
        self._fields.append(field)
        self._overflowing.append(False)
        self._columns.addWidget(field, _FIELDS, at)
        self._columns.addWidget(field.note, _NOTES, at)
        self._columns.setColumnStretch(at, weight)

    def leave_free(self, weight: int) -> None:
        """The rest of a line that is not full."""
        self._columns.setColumnStretch(len(self._fields), weight)

    def place_notes(self) -> None:
        """Each note below its field; one that does not fit there goes below all of them, from side to side."""
        for at, field in enumerate(self._fields):
            overflows = field.overflows()
            if overflows == self._overflowing[at]:
                continue
            self._overflowing[at] = overflows
            if overflows:
                self._columns.removeWidget(field.note)
                self.insertWidget(1 + sum(self._overflowing[:at]), field.note)
            else:
                self.removeWidget(field.note)
                self._columns.addWidget(field.note, _NOTES, at)
