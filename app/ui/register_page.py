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

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut

from app import formats
from app.problems import Problem
from app.registers import lists
from app.ui.drafting import Drafting, Unfinished
from app.ui.entry_panel import Entry, EntryPanel
from app.ui.matching import Choice
from app.ui.register_list import RegisterList
from app.ui.session import EVERYTHING, Session
from app.ui.shell import Shell
from app.ui.tokens import Tone
from app.ui.widgets.buttons import Button
from app.ui.widgets.combo import ChoiceList
from app.ui.widgets.messages import Banner

_DRAFTS = "unfinished"
_DRAFT_MENU = 320


class RegisterPage(RegisterList):
    """See above."""

    def __init__(self, session: Session, shell: Shell):
        super().__init__(session, shell)
        self.drafting = Drafting(session, self.draft_keys or (self.register.key,), self)
        self.entry_panel = EntryPanel(session, self.drafting)
        self._open_id: int | None = None
        self._edited: dict[str, Any] | None = None
        self._draft_menu = ChoiceList(_DRAFT_MENU)
        self.set_panel(self.entry_panel)
        self._connect()
        self._count_drafts()

    def edit_button(self) -> Button:
        """ "Sửa F2" for the foot of an opened row."""
        button = Button("Sửa", icon="pencil", keys="F2")
        button.clicked.connect(self.edit)
        return button

    def _connect(self) -> None:
        self.presented.connect(self._refresh_opened)
        self.drafting.changed.connect(self._count_drafts)
        self.drafting.failed.connect(lambda problem: self._fail(problem, self.drafting.keep))
        self._draft_menu.picked.connect(self._resume_waiting)
        self.table.opened.connect(self.open_row)
        self.table.clicked.connect(lambda _: self._clicked())
        self.table.selected.connect(self._selected)
        panel = self.entry_panel
        panel.saved.connect(self._saved)
        panel.leave_asked.connect(self.leave)
        panel.failed.connect(self._fail)
        panel.thrown_away.connect(self._thrown_away)
        panel.removed.connect(self._removed)
        QShortcut(QKeySequence("F5"), self).activated.connect(self._reload)

    def _changed(self, tables: frozenset[str]) -> None:
        super()._changed(tables)
        if tables == EVERYTHING or tables & self.tables:
            self._tell_if_overtaken()

    def _chip_chosen(self, key: str) -> None:
        if key == _DRAFTS:
            self.chip_row.choose(self.view.chip)
            self._offer_drafts()
        else:
            super()._chip_chosen(key)

    def _clicked(self) -> None:
        row_id = self.table.current_id()
        if isinstance(row_id, int):
            self.open_row(row_id)

    def _selected(self, row_id: Any) -> None:
        if self._open_id is not None and self.entry_panel.entry is None and row_id != self._open_id:
            self.open_row(row_id)

    # the panel

    def new(self) -> None:
        """The form for a new row; behind a save on its way, so that its answer does not fall into the new form."""
        if self.entry_panel.is_saving():
            self.entry_panel.when_saved(self.new)
            return
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
            next=lambda _: self.new_entry(),
        )

    def edit_entry(self, values: dict[str, Any]) -> Entry:
        """The form that corrects a row."""
        return self._entry(
            self.words.edit_title,
            self.edit_values(values),
            words=self.words.edit_title,
            row_id=values["id"],
            remove=self.register.remove,
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
            self.table.restore(row_id, near=self.table.currentIndex().row())

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
            self.enter(entry.next(row_id))
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

    def _removed(self) -> None:
        self.show_banner(None)
        self._close()
        self.table.setFocus()

    def _thrown_away(self, unfinished: Unfinished | None) -> None:
        self._close()
        self.table.setFocus()
        if unfinished is not None:
            self.shell.toast("Đã bỏ bản đang gõ", "Hoàn tác", lambda: self.drafting.keep_again(unfinished))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves form and opened row before it empties the search; F2 corrects."""
        if event.key() == Qt.Key.Key_Escape and self._has_panel():
            self.leave()
        elif event.key() == Qt.Key.Key_F2:
            self.edit()
        else:
            super().keyPressEvent(event)
