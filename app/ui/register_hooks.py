"""What a register's page says of itself: every part that a subclass of RegisterPage may say otherwise."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar

from PySide6.QtWidgets import QWidget
from sqlalchemy import ColumnElement, Connection

from app import formats
from app.registers import references
from app.registers.description import Field, Register
from app.registers.kinds import Context
from app.registers.lists import Listing
from app.ui.cells import Row, RowSource
from app.ui.described import specs_of
from app.ui.entry_panel import Entry, Opened
from app.ui.form import FieldSpec, Form
from app.ui.list_states import label_of
from app.ui.page import Page
from app.ui.paged_model import Column
from app.ui.register_source import RegisterSource
from app.ui.register_view import ChipSpec, Filter, FirstThing, View, Words
from app.ui.session import Session
from app.ui.shell import Shell
from app.ui.tokens import Size
from app.ui.widgets.buttons import Button


class RegisterHooks(Page):
    """The hooks, each with what holds where a register says nothing; register_page.py lists them."""

    place: ClassVar[str]
    register: ClassVar[Register]
    words: ClassVar[Words]
    tables: ClassVar[frozenset[str]]
    chips: ClassVar[tuple[ChipSpec, ...]] = (ChipSpec("all", "Tất cả"),)
    order: ClassVar[tuple[str, bool]] = ("id", True)
    by_period: ClassVar[bool] = True
    draft_keys: ClassVar[tuple[str, ...]] = ()
    import_key: ClassVar[str] = ""

    def __init__(self, session: Session, shell: Shell):
        super().__init__(self.register.title)
        self.session = session
        self.shell = shell
        self.view = View(self.chips[0].key, session.period if self.by_period else None, order=self.order)
        self._compact_columns: tuple[bool, bool] | None = None

    # what a register says of itself

    def columns(self, compact: bool, beside: bool) -> tuple[Column, ...]:
        """The table's columns."""
        raise NotImplementedError

    def row_height(self, compact: bool) -> int:
        """Height of a row."""
        return Size.ROW_TWO_LINES if compact else Size.ROW

    def to_row(self, values: dict[str, Any]) -> Row:
        """The cells of one row; `self.compact_columns()` tells which columns stand."""
        raise NotImplementedError

    def where(self, connection: Connection, view: View) -> tuple[ColumnElement[bool], ...]:
        """What a row must meet to be in the list."""
        return ()

    def counts(self, connection: Connection, view: View) -> Mapping[str, int]:
        """The number beside each chip."""
        return {
            chip.key: self.listing(connection, replace(view, chip=chip.key)).count(connection) for chip in self.chips
        }

    def source(self, connection: Connection, view: View) -> RowSource:
        """Where the table takes its rows from."""
        return RegisterSource(self.session, self.listing(connection, view), self.to_row)

    def read_anew(self) -> None:
        """Facts that were changed: what a page has kept of them is read again."""

    def filters_offered(self) -> tuple[Filter, ...]:
        """Choices beside the search."""
        return ()

    def filter_words(self, key: str, value: str) -> str:
        """What a filter in force says: "Lĩnh vực: Hộ tịch"."""
        each = next(each for each in self.filters_offered() if each.key == key)
        return f"{each.title}: {label_of(each.choices(), value)}"

    def beside_search(self) -> list[QWidget]:
        """Other controls in the line of the search."""
        return []

    def chip_menu(self, key: str) -> None:
        """A chip with a menu was clicked: offer its choices."""

    def header_actions(self) -> list[Button]:
        """Buttons before the primary one; made once as ghosts for the header, once for the empty list."""
        if not self.import_key:
            return []
        button = Button("Nhập Excel", icon="file-up")
        button.clicked.connect(self._import)
        return [button]

    def total_words(self, count: int) -> str:
        """What stands beside the title."""
        number = formats.format_integer(count)
        return f"{number} trong kỳ" if self.view.period is not None and not self.is_compact() else number

    def specs(self) -> Sequence[FieldSpec]:
        """The fields of the form."""
        return self.specs_of(self.register)

    def defaults(self) -> dict[str, Any]:
        """First values of the form for a new row."""
        return {}

    def next_detail(self) -> str:
        """What stands beside the title of the new form: the number it will get."""
        return ""

    def form_changed(self, form: Form, key: str) -> None:
        """What follows from a field."""

    def edit_values(self, values: dict[str, Any]) -> dict[str, Any]:
        """First values of the form that corrects a row."""
        return values

    def saved_words(self, row_id: int) -> str:
        """What the toast says after a save."""
        return f"Đã lưu {self.words.noun}"

    def was_saved(self, entry: Entry, row_id: int) -> None:
        """What follows from a save beside the refreshing."""

    def opened(self, values: dict[str, Any]) -> Opened:
        """The opened row."""
        raise NotImplementedError

    def first_things(self) -> Sequence[FirstThing]:
        """What had better be done before the first row."""
        return ()

    # for subclasses

    def listing(self, connection: Connection, view: View) -> Listing:
        """The list of a view."""
        return Listing(self.register, self.where(connection, view), view.search, (view.order,))

    def context(self, register: Register | None = None) -> Context:
        """The day and the choices that fields need, read anew."""
        with self.session.read() as connection:
            return references.context_for(connection, register or self.register, self.session.today)

    def specs_of(self, register: Register, fields: Sequence[Field] | None = None) -> list[FieldSpec]:
        """Specs of a form from a register's description."""
        context = self.context(register)
        return specs_of(register.form_fields if fields is None else fields, lambda: context)

    def compact_columns(self) -> tuple[bool, bool]:
        """(compact, beside) for which the columns stand now."""
        return self._compact_columns or (False, False)

    def _import(self) -> None:
        from app.ui.screens.importing import ImportPage  # loads the readers of files

        self.shell.open_over(ImportPage(self.session, self.shell, self.import_key))
