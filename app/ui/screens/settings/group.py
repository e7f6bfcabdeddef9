"""What the groups of the settings share: their frame, lists of rows with a pencil, what the search finds."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.registers import lists, office, references
from app.registers.description import Register
from app.ui.described import specs_of
from app.ui.entry_panel import Entry
from app.ui.session import Session
from app.ui.shell import Shell
from app.ui.tokens import Size, Space, Type
from app.ui.widgets.buttons import Button, Kind, icon_button
from app.ui.widgets.labels import HLine, Label, column, row

_ROW = Size.ROW


# The registers whose rows are edited in the panel.
EDITED = (office.SIGNERS, office.PEOPLE, office.DAYS, office.BASES, office.PHRASES)


def draft_key(register: Register) -> str:
    """Under which half-typed rows of a register are kept."""
    return f"settings:{register.key}"


@dataclass(frozen=True)
class Place:
    """What the group may ask of the page: the session, the window, a form in the panel."""

    session: Session
    shell: Shell
    enter: Callable[[Entry], None]
    leave: Callable[[], None]


@dataclass(frozen=True)
class Found:
    """One thing the search can find in a group: its name and other words for it."""

    key: str
    label: str
    help: str = ""


class Group(QWidget):
    """One group. It sets `key`, `title`, `icon`, `tables`; overrides `refresh`, `findable` and `show_found`."""

    key: ClassVar[str]
    title: ClassVar[str]
    icon: ClassVar[str]
    tables: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, place: Place, note: str = ""):
        super().__init__()
        self.place = place
        self.session = place.session
        self.body: QVBoxLayout = column(self, (Space.XXL, Space.M, Space.XXL, Space.XXL), Space.S)
        head = QHBoxLayout()
        head.setSpacing(Space.S)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Label(self.title, Type.HEADING))
        if note:
            words.addWidget(Label(note, Type.HINT, "text2", wrap=True))
        head.addLayout(words, 1)
        self.tools = QHBoxLayout()
        self.tools.setSpacing(Space.S)
        head.addLayout(self.tools)
        self.body.addLayout(head)

    def refresh(self) -> None:
        """Show what stands in the file now."""

    def findable(self) -> Sequence[Found]:
        """What the search finds here."""
        return ()

    def show_found(self, key: str) -> None:
        """Put the focus where the search led to."""

    def edit_row(self, register: Register, row_id: int | None, title: str, told: str, **defaults: Any) -> None:
        """The panel's form for a row of a register, or for a new one."""
        with self.session.read() as connection:
            context = references.context_for(connection, register, self.session.today)
            values = dict(defaults) if row_id is None else lists.row(connection, register, row_id)
        self.place.enter(
            Entry(
                title,
                specs_of(register.form_fields, lambda: context),
                values,
                register.save,
                title,
                lambda _row_id: told,
                row_id=row_id,
                draft_key=draft_key(register),
            )
        )


@dataclass(frozen=True)
class ListRow:
    """A row of a list: its cells, the first one names it. `edit` names the pencil; "" for a row that only tells."""

    id: Hashable
    cells: tuple[str, ...]
    edit: str = ""
    muted: bool = False


class RowList(QWidget):
    """A few rows with a line between them, each with its pencil. `widths`: pixels of the columns, 0 takes the rest.

    `after` is the control that Tab leaves for the first pencil, however often the rows are built anew.
    """

    edit_asked = Signal(object)

    def __init__(self, widths: Sequence[int], empty: str, after: QWidget | None = None):
        super().__init__()
        self._widths, self._empty, self._after = widths, empty, after
        self._pencils: list[Button] = []
        self._column = column(self)

    def set_rows(self, rows: Sequence[ListRow]) -> None:
        """Show other rows."""
        while (item := self._column.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._pencils = []
        self._column.addWidget(HLine())
        for each in rows:
            self._column.addWidget(self._line(each))
            self._column.addWidget(HLine())
        in_order(self._after, self._pencils)
        if not rows:
            empty = Label(self._empty, Type.BODY, "text2")
            empty.setFixedHeight(_ROW)
            self._column.addWidget(empty)

    def _line(self, each: ListRow) -> QWidget:
        line = QWidget()
        line.setFixedHeight(_ROW)
        cells = row(line, gap=Space.M)
        for number, (text, width) in enumerate(zip(each.cells, self._widths, strict=True)):
            style = Type.BODY_MEDIUM if number == 0 and not each.muted else Type.BODY
            label = Label(text, style, "text2" if each.muted or number else "text", elide=True)
            if width:
                label.setFixedWidth(width)
                label.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            cells.addWidget(label, 0 if width else 1)
        if each.edit:
            pencil = icon_button("pencil", each.edit)
            pencil.clicked.connect(lambda: self.edit_asked.emit(each.id))
            self._pencils.append(pencil)
            cells.addWidget(pencil)
        return line

    def pencils(self) -> list[Button]:
        """The pencils from top to bottom."""
        return self._pencils


def in_order(first: QWidget | None, following: Sequence[QWidget]) -> None:
    """Tab goes from the first to each of the following, and then on to where it went before."""
    for widget in following:
        if first is not None:
            QWidget.setTabOrder(first, widget)
        first = widget


def section(title: str, add: Button | None = None) -> QWidget:
    """The heading of a list, "Thêm" at its right."""
    head = QWidget()
    line = row(head)
    line.addWidget(Label(title, Type.LABEL_STRONG, "text2"))
    line.addStretch(1)
    if add is not None:
        line.addWidget(add, 0, Qt.AlignmentFlag.AlignRight)
    head.setFixedHeight(Size.CONTROL_DENSE)
    return head


def add_link(name: str) -> Button:
    """ "+ Thêm", which a screen reader reads with what is added."""
    return Button("Thêm", Kind.LINK, icon="plus", name=name)
