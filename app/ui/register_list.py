"""The list side of a register's page: header, search, chips, period, table, and what stands where there are no rows."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from app import formats
from app.registers import lists
from app.ui.cells import RowSource
from app.ui.list_states import empty_state, limits_of, no_hit_state
from app.ui.period_choice import PeriodChoice
from app.ui.register_hooks import RegisterHooks
from app.ui.register_view import Filter, View
from app.ui.remembered import Widths
from app.ui.session import EVERYTHING, Session
from app.ui.shell import Shell
from app.ui.table import TableView
from app.ui.widgets.buttons import Button, Kind
from app.ui.widgets.choice_button import FilterChoice
from app.ui.widgets.choices import ChipRow
from app.ui.widgets.fields import SearchField


class RegisterList(RegisterHooks):
    """The list is looked at through a View; `presented` comes after each look."""

    presented = Signal()

    def __init__(self, session: Session, shell: Shell):
        super().__init__(session, shell)
        self._stale = True
        self._source: RowSource | None = None
        self._filter_chips: list[str] = []
        self._counts: Mapping[str, int] = {}
        self._build_header()
        self._build_filters()
        self.table = TableView(
            self.columns(False, False), row_height=self.row_height(False), name=self.place, remembered=Widths(self)
        )
        self.table.set_sorting(*self.order)
        self.set_content(self.table)
        self.shown.connect(self._came_into_sight)
        session.changed.connect(self._changed)
        session.period_changed.connect(self._look_at_period)
        self.table.sorted.connect(lambda key, descending: self.look(order=(key, descending)))
        QShortcut(QKeySequence("Ctrl+F"), self).activated.connect(self._go_to_search)

    def new(self) -> None:
        """What the primary button does."""
        raise NotImplementedError

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

    def _filter_button(self, each: Filter) -> FilterChoice:
        button = FilterChoice(each.title, each.everything, each.choices)
        button.picked.connect(lambda key: self.look(filters={**self.view.filters, each.key: key}))
        return button

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
        self.presented.emit()

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
        if any(chip.menu for chip in self.chips if chip.key == key):
            self.chip_row.choose(self.view.chip)
            self.chip_menu(key)
        else:
            self.look(chip=key)

    # room and keys

    def _has_panel(self) -> bool:
        return self.panel is not None and not self.panel.isHidden()

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
                self.table.restore(kept, near=number)

    def _go_to_search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and (self.view.is_narrowed or not self.table.count()):
            self.clear_filters()
        elif event.key() == Qt.Key.Key_Down and QApplication.focusWidget() is self.search:
            self.table.setFocus()
            self.table.select_first()
        else:
            super().keyPressEvent(event)
