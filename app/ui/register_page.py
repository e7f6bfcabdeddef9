"""The page that every register shares: search, chips, period, table at the left; form or opened row at the right.

A register makes a subclass and says only what is its own. It sets

    place       key of the navigation ("dossiers")
    register    the description (registers/): its fields make the form, its `save` is the command
    words       Words: noun, icon, what the buttons and the empty list say
    tables      names of the tables whose change refreshes the list
    chips       ChipSpec each; the first one is the whole list
    order       (key, descending) of the list at first
    by_period   whether the list looks at a period (with "Mọi ngày" beside the periods)
    import_key  of the register that "Nhập Excel" brings files into; "" has no such button
    draft_keys  under which its half-typed forms are kept; the register's key is the first

and overrides, of these, what differs:

    columns(compact, beside)        the table's columns; `beside`: the panel is open, so there is less room
    row_height(compact)
    to_row(values)                  one row's values by field key -> Row
    where(connection, view)         conditions of the list for chip, filters, period of the View
    counts(connection, view)        number beside each chip, the search in force
    source(connection, view)        another source of rows than the paged listing
    read_anew()                     what the page keeps between looks (names, counts) is read again
    filters_offered()               Filter each, as buttons beside the search
    filter_words(key, value)        what a filter in force says; one that has no button stands as a chip with ×
    header_actions()                ghost buttons before the primary one (made anew for the empty list)
    total_words(count)              what stands beside the title
    specs() / defaults()            fields and first values of the new form; `next_detail()` beside its title
    form_changed(form, key)         what follows from a field: hints, computed values ("" when all were put in)
    edit_values(values)             first values of the form that corrects a row
    saved_words(row_id)             the toast; `was_saved(entry, row_id)` what else follows
    opened(values)                  Opened: body, foot and tools of a row
    first_things()                  what had better be done before the first row

Own forms beside the register's (a step, a change) are an `Entry` handed to `enter`; after it is saved the row that was
open is shown again. A page is refreshed by itself when a table of its own changes; when it is not in sight, on return.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget
from sqlalchemy import ColumnElement, Connection

from app import formats
from app.problems import Problem
from app.registers import lists, references
from app.registers.description import Field, Register
from app.registers.kinds import Context
from app.registers.lists import Listing
from app.ui.cells import Row, RowSource
from app.ui.described import specs_of
from app.ui.drafting import Drafting, Unfinished
from app.ui.entry_panel import Entry, EntryPanel, Opened
from app.ui.form import FieldSpec, Form
from app.ui.list_states import empty_state, label_of, limits_of, no_hit_state
from app.ui.matching import Choice
from app.ui.page import Page
from app.ui.period_choice import PeriodChoice
from app.ui.register_source import RegisterSource
from app.ui.register_view import ChipSpec, Filter, FirstThing, View, Words
from app.ui.remembered import Widths
from app.ui.session import EVERYTHING, Session
from app.ui.shell import Shell
from app.ui.table import Column, TableView
from app.ui.tokens import Size, Tone
from app.ui.widgets.buttons import Button, Kind
from app.ui.widgets.choice_button import FilterChoice
from app.ui.widgets.choices import ChipRow
from app.ui.widgets.combo import ChoiceList
from app.ui.widgets.fields import SearchField
from app.ui.widgets.messages import Banner

_DRAFTS = "unfinished"
_DRAFT_MENU = 320


class RegisterPage(Page):
    """See above."""

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
        self.drafting = Drafting(session, self.draft_keys or (self.register.key,), self)
        self.view = View(self.chips[0].key, session.period if self.by_period else None, order=self.order)
        self._stale = True
        self._open_id: int | None = None
        self._edited: dict[str, Any] | None = None
        self._source: RowSource | None = None
        self._filter_chips: list[str] = []
        self._counts: Mapping[str, int] = {}
        self._compact_columns: tuple[bool, bool] | None = None
        self._build_header()
        self._build_filters()
        self.table = TableView(
            self.columns(False, False), row_height=self.row_height(False), name=self.place, remembered=Widths(self)
        )
        self.table.set_sorting(*self.order)
        self.set_content(self.table)
        self.entry_panel = EntryPanel(session, self.drafting)
        self.set_panel(self.entry_panel)
        self._connect()
        self._count_drafts()

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

    def edit_button(self) -> Button:
        """ "Sửa F2" for the foot of an opened row."""
        button = Button("Sửa", icon="pencil", keys="F2")
        button.clicked.connect(self.edit)
        return button

    # building

    def _build_header(self) -> None:
        self._actions = self.header_actions()
        for action in self._actions:
            action.kind = Kind.GHOST
            self.header.add(action)
        self._new = self._new_button()
        self.header.add(self._new)

    def _new_button(self) -> Button:
        button = Button(self.words.new, Kind.PRIMARY, icon="plus", keys="Ctrl+N")
        button.clicked.connect(self.new)
        return button

    def _build_filters(self) -> None:
        self.search = SearchField(self.words.search)
        self.search.searched.connect(lambda text: self.look(search=text))
        self._filters = {each.key: self._filter_button(each) for each in self.filters_offered()}
        line: list[QWidget] = [self.search, *self._filters.values(), *self.beside_search()]
        self.period_choice = PeriodChoice(self.session, every_day=True) if self.by_period else None
        if self.period_choice is not None:
            self.period_choice.chosen.connect(self._look_at_period)
            line.append(self.period_choice)
        self.filters.add_line(*line)
        self.chip_row = ChipRow()
        for chip in self.chips:
            self.chip_row.add(chip.key, chip.text, menu=chip.menu)
        self.chip_row.chosen.connect(self._chip_chosen)
        self.chip_row.removed.connect(lambda key: self.look(filters={**self.view.filters, key: ""}))
        self.filters.add_line(self.chip_row)
        self.show_filters()
        self._draft_menu = ChoiceList(_DRAFT_MENU)
        self._draft_menu.picked.connect(self._resume_waiting)

    def _filter_button(self, each: Filter) -> FilterChoice:
        button = FilterChoice(each.title, each.everything, each.choices)
        button.picked.connect(lambda key: self.look(filters={**self.view.filters, each.key: key}))
        return button

    def _connect(self) -> None:
        self.shown.connect(self._came_into_sight)
        self.session.changed.connect(self._changed)
        self.session.period_changed.connect(self._look_at_period)
        self.drafting.changed.connect(self._count_drafts)
        self.drafting.failed.connect(lambda problem: self._fail(problem, self.drafting.keep))
        self.table.opened.connect(self.open_row)
        self.table.clicked.connect(lambda _: self._clicked())
        self.table.selected.connect(self._selected)
        self.table.sorted.connect(lambda key, descending: self.look(order=(key, descending)))
        panel = self.entry_panel
        panel.saved.connect(self._saved)
        panel.leave_asked.connect(self.leave)
        panel.failed.connect(self._fail)
        panel.thrown_away.connect(self._thrown_away)
        for keys, act in (("Ctrl+F", self._go_to_search), ("F5", self._reload)):
            QShortcut(QKeySequence(keys), self).activated.connect(act)

    # the list

    def look(self, **changed: Any) -> None:
        """Look at the list otherwise: chip, search, filters, period, order."""
        if "filters" in changed:
            changed["filters"] = {key: value for key, value in changed["filters"].items() if value}
        self.view = replace(self.view, **changed)
        self._present()

    def look_only(self, **view: Any) -> None:
        """Look at the list through nothing but this: for doors from other pages."""
        fresh = View(self.chips[0].key, self.view.period, order=self.view.order)
        self.search.set_raw(view.get("search", ""))
        self.view = replace(fresh, **view)
        if self.period_choice is not None:
            self.period_choice.set_every_day(self.view.period is None)
        self.chip_row.choose(self.view.chip)
        self._present()

    def refresh(self) -> None:
        """Counts, rows and the opened row anew; the selected row stays."""
        self._stale = False
        self.read_anew()
        self._present()

    def _present(self) -> None:
        view = self.view
        with self.session.read() as connection:
            counts = self.counts(connection, view)
            whole = counts if not view.search else self.counts(connection, replace(view, search=""))
            source = self.source(connection, view)
        for key, number in counts.items():
            self.chip_row.set_count(key, formats.format_integer(number))
        self._counts = counts
        self._arrange()
        self._show_chips()
        self._show_filters_in_force()
        self._source = source
        self.table.set_marks(view.search)
        self.table.set_source(source)
        self._tell_state(counts, whole)
        self._refresh_opened()

    def _show_chips(self) -> None:
        """Those there is room and reason for, and always the one in force."""
        narrow = self.is_compact() and self._has_panel()
        for chip in self.chips:
            needless = (narrow and chip.left_out) or (chip.only_with_rows and not self._counts.get(chip.key))
            self.chip_row.set_shown(chip.key, not needless or chip.key == self.view.chip)

    def _show_filters_in_force(self) -> None:
        """Those with a button on it, the others as chips that a click takes off."""
        for key, button in self._filters.items():
            button.set_chosen(self.view.filters.get(key, ""), short=self.is_compact() or self._has_panel())
        for key in self._filter_chips:
            self.chip_row.remove(key)
        self._filter_chips = [key for key in self.view.filters if key not in self._filters]
        for key in self._filter_chips:
            self.chip_row.add(key, self.filter_words(key, self.view.filters[key]), removable=True)

    def _tell_state(self, counts: Mapping[str, int], whole: Mapping[str, int]) -> None:
        """The count beside the title, and what stands where there are no rows."""
        first, view = self.chips[0].key, self.view
        total = whole[first]
        empty = hit = False
        if self.table.count():
            hit = True
        else:
            with self.session.read() as connection:
                empty = not lists.has_rows(connection, self.register)
        for button in (*self._actions, self._new):
            button.setVisible(not empty)
        if empty:
            self.header.count.setText("chưa có")
            new = self._new_button()
            others = self.header_actions()
            self.table.show_overlay(empty_state(self.words, new, others, self.first_things()))
            return
        if view.search:
            found = formats.format_integer(counts[view.chip])
            self.header.count.setText(f"{found} khớp trong {formats.format_integer(whole[view.chip])}")
        else:
            self.header.count.setText(self.total_words(total))
        self.table.show_overlay(None if hit else self._no_hit())

    def _no_hit(self) -> QWidget:
        view = self.view
        outside = 0
        if view.period is not None:
            with self.session.read() as connection:
                outside = self.counts(connection, replace(view, period=None))[view.chip]
        chip = next(chip.text for chip in self.chips if chip.key == view.chip)
        narrowed = view.is_narrowed or view.chip != self.chips[0].key
        return no_hit_state(
            self.words,
            view,
            chip if view.chip != self.chips[0].key else "",
            limits_of(view, [self.filter_words(*pair) for pair in view.filters.items()]),
            outside,
            self._see_outside,
            self.clear_filters if narrowed else None,
        )

    def _see_outside(self) -> None:
        assert self.period_choice is not None
        self.period_choice.look_at_every_day()
        self.search.setFocus()

    def clear_filters(self) -> None:
        """Search, chip and filters as at first."""
        self.search.set_raw("")
        self.chip_row.choose(self.chips[0].key)
        self.look(search="", chip=self.chips[0].key, filters={})
        self.search.setFocus()

    def _look_at_period(self) -> None:
        if self.period_choice is None:
            return
        self.view = replace(self.view, period=self.period_choice.period)
        self._refresh_soon()

    def _changed(self, tables: frozenset[str]) -> None:
        if tables == EVERYTHING or tables & self.tables:
            self._refresh_soon()
            self._tell_if_overtaken()

    def _refresh_soon(self) -> None:
        """Now when in sight, else on return."""
        if self.isVisible():
            self.refresh()
        else:
            self._stale = True

    def _came_into_sight(self) -> None:
        if self._stale:
            self.refresh()

    def _chip_chosen(self, key: str) -> None:
        if key == _DRAFTS:
            self.chip_row.choose(self.view.chip)
            self._offer_drafts()
        elif any(chip.menu for chip in self.chips if chip.key == key):
            self.chip_row.choose(self.view.chip)
            self.chip_menu(key)
        else:
            self.look(chip=key)

    def _clicked(self) -> None:
        row_id = self.table.current_id()
        if isinstance(row_id, int):
            self.open_row(row_id)

    def _selected(self, row_id: Any) -> None:
        if self._open_id is not None and self.entry_panel.entry is None and row_id != self._open_id:
            self.open_row(row_id)

    # the panel

    def new(self) -> None:
        """The form for a new row."""
        entry = self.entry_panel.entry
        if entry is not None and entry.row_id is None and entry.draft_key == self.register.key:
            assert self.entry_panel.form is not None
            self.entry_panel.form.focus_first()
            return
        self._leave_form()
        self._open_id = None
        self.enter(self.new_entry())

    def new_entry(self) -> Entry:
        """The form for a new row; after a save the next one follows."""
        return self._entry(
            self.words.new_title,
            self.defaults(),
            detail=self.next_detail(),
            words=self.words.new_title,
            button="Lưu và nhập tiếp",
            next=self.new_entry,
        )

    def edit_entry(self, values: dict[str, Any]) -> Entry:
        """The form that corrects a row."""
        return self._entry(
            self.words.edit_title, self.edit_values(values), words=self.words.edit_title, row_id=values["id"]
        )

    def _entry(self, title: str, values: dict[str, Any], **more: Any) -> Entry:
        return Entry(
            title,
            self.specs(),
            values,
            self.register.save,
            told=self.saved_words,
            draft_key=self.register.key,
            follow=self.form_changed,
            **more,
        )

    def enter(self, entry: Entry, unfinished: Unfinished | None = None) -> None:
        """Show a form in the panel."""
        self._edited = None
        self.show_banner(None)
        self.open_panel(True)
        self.entry_panel.enter(entry, unfinished)

    def edit(self) -> None:
        """Correct the opened row, or the selected one."""
        row_id = self._open_id if self._open_id is not None else self.table.current_id()
        if not isinstance(row_id, int) or self.entry_panel.entry is not None:
            return
        values = self.read_row(row_id)
        if values is not None:
            self._open_id = row_id
            self.enter(self.edit_entry(values))
            self._edited = values

    def _tell_if_overtaken(self) -> None:
        """The row being corrected was changed by somebody else: saving now would take that back."""
        entry = self.entry_panel.entry
        if entry is None or self._edited is None or self.entry_panel.is_saving():
            return
        with self.session.read() as connection:
            now = lists.rows_by_id(connection, self.register, [self._edited["id"]])
        if now != [self._edited]:
            banner = Banner("Số liệu vừa đổi ở nơi khác", Tone.BLUE, "Tải lại F5")
            banner.acted.connect(self._reload)
            self.show_banner(banner)

    def _reload(self) -> None:
        """F5: everything anew; a form that corrects a row begins again, what was typed is a draft."""
        if self._edited is not None and self.entry_panel.entry is not None:
            self._leave_form()
            self.edit()
        self.refresh()

    def open_row(self, row_id: Any) -> None:
        """Show a row in the panel; a form that stands there is put aside."""
        self._leave_form()
        if self.entry_panel.is_saving():
            return
        values = self.read_row(row_id)
        if values is not None:
            self._open_id = row_id
            self.entry_panel.show_opened(self.opened(values))
            self.open_panel(True)

    def _refresh_opened(self) -> None:
        if self._open_id is None or self.entry_panel.entry is not None or self.entry_panel.is_saving():
            return
        try:
            with self.session.read() as connection:
                values = lists.row(connection, self.register, self._open_id)
        except Problem:
            self._close()
            return
        self.entry_panel.show_opened(self.opened(values))

    def leave(self) -> None:
        """Esc and ×: the form is left, then the opened row."""
        if self.entry_panel.is_saving():
            return
        in_form = self.entry_panel.entry is not None
        self._leave_form()
        if in_form and self._open_id is not None:
            self._refresh_opened()
        else:
            self._close()
        self.table.setFocus()

    def _leave_form(self) -> None:
        if self.entry_panel.entry is None or self.entry_panel.is_saving():
            return
        self.show_banner(None)
        unfinished = self.entry_panel.put_aside()
        if unfinished is not None:
            self.shell.toast("Đã cất bản đang gõ", "Mở lại", lambda: self.resume(unfinished))

    def _close(self) -> None:
        self._open_id = None
        self.open_panel(False)

    def _saved(self, entry: Entry, row_id: Any) -> None:
        self.show_banner(None)
        self.was_saved(entry, row_id)
        if entry.next is not None:
            self.enter(entry.next())
        elif self._open_id is not None:
            self._refresh_opened()
            self.table.setFocus()
        else:
            self.open_row(row_id)

    def read_row(self, row_id: int) -> dict[str, Any] | None:
        """A row's values; where it is gone that is said, and None comes."""
        try:
            with self.session.read() as connection:
                return lists.row(connection, self.register, row_id)
        except Problem as problem:
            self._fail(problem, None)
            return None

    def _fail(self, problem: Problem, again: Any) -> None:
        """A failure that belongs to no field: a banner until it is solved; what was typed stays."""
        banner = Banner(str(problem), Tone.RED, "Ghi lại" if again is not None else "")
        if again is not None:
            banner.acted.connect(again)
            banner.acted.connect(lambda: self.show_banner(None))
        self.show_banner(banner)

    # drafts

    def resume(self, unfinished: Unfinished) -> None:
        """Open what was left half typed."""
        self.shell.go(self.place)
        self._leave_form()
        entry = self.entry_for(unfinished)
        if entry is not None:
            self._open_id = entry.row_id
            self.enter(entry, unfinished)
            self._edited = self.read_row(entry.row_id) if entry.row_id is not None else None

    def entry_for(self, unfinished: Unfinished) -> Entry | None:
        """The form to which a draft belongs; None when its row is gone."""
        if unfinished.row_id is None:
            return self.new_entry()
        values = self.read_row(unfinished.row_id)
        return None if values is None else self.edit_entry(values)

    def _count_drafts(self) -> None:
        count = len(self.drafting.waiting())
        self.chip_row.remove(_DRAFTS)
        if count:
            self.chip_row.add(_DRAFTS, "Đang gõ dở", formats.format_integer(count), icon="pencil")

    def _offer_drafts(self) -> None:
        waiting = self.drafting.waiting()
        if len(waiting) == 1:
            self.resume(waiting[0])
            return
        choices = [Choice(str(each.id), self._draft_words(each)) for each in waiting]
        self._draft_menu.open_with(self.chip_row, choices)

    def _draft_words(self, unfinished: Unfinished) -> str:
        """The first words of a draft, by which it is known again."""
        told = [text for key, text in unfinished.typed.items() if text and not self._is_key(key)]
        return ", ".join(told[:2]) or self.words.new_title

    def _is_key(self, key: str) -> bool:
        """Whether the typed text of a field is no word a person knows (the key of a choice)."""
        field = self.register.by_key.get(key)
        return field is None or bool(field.choices or field.reference) or field.kind == "flag"

    def _resume_waiting(self, key: str) -> None:
        for each in self.drafting.waiting():
            if str(each.id) == key:
                self.resume(each)

    def _thrown_away(self, unfinished: Unfinished | None) -> None:
        self._close()
        self.table.setFocus()
        if unfinished is not None:
            self.shell.toast("Đã bỏ bản đang gõ", "Hoàn tác", lambda: self.drafting.keep_again(unfinished))

    # room and keys

    def _has_panel(self) -> bool:
        return not self.entry_panel.isHidden()

    def open_panel(self, visible: bool = True) -> None:
        super().open_panel(visible)
        self._arrange()

    def set_compact(self, compact: bool, low: bool) -> None:
        super().set_compact(compact, low)
        self._new.set_text(self.words.new_short if compact else self.words.new)
        self._arrange()

    def _arrange(self) -> None:
        """Columns, chips and buttons as there is room."""
        compact, beside = self.is_compact(), self._has_panel()
        if self._compact_columns == (compact, beside):
            return
        self._compact_columns = (compact, beside)
        self.search.setPlaceholderText(self.words.search_short if compact else self.words.search)
        for chip in self.chips:
            self.chip_row.set_text(chip.key, chip.short if compact and beside and chip.short else chip.text)
        self._show_chips()
        if self.period_choice is not None:
            self.period_choice.set_short(compact and beside)
        kept, number = self.table.current_id(), self.table.currentIndex().row()
        self.table.set_columns(self.columns(compact, beside), self.row_height(compact))
        if self._source is not None:
            self.table.set_source(self._source)
            if kept is not None:
                self.table.select(kept, near=number)

    def _import(self) -> None:
        from app.ui.screens.importing import ImportPage  # loads the readers of files

        self.shell.open_over(ImportPage(self.session, self.shell, self.import_key))

    def _go_to_search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape and self._has_panel():
            self.leave()
        elif key == Qt.Key.Key_Escape and (self.view.is_narrowed or not self.table.count()):
            self.clear_filters()
        elif key == Qt.Key.Key_F2:
            self.edit()
        elif key == Qt.Key.Key_Down and QApplication.focusWidget() is self.search:
            self.table.setFocus()
            self.table.select_first()
        else:
            super().keyPressEvent(event)
