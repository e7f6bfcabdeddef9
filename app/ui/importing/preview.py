"""Step 3: every row with what becomes of it; bad cells are corrected in their place."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from app import formats
from app.registers.description import Field
from app.registers.exchange import Context, Exchange, Part, Preview, RowState, matching
from app.registers.exchange.preview import Corrections
from app.registers.exchange.preview import Row as FileRow
from app.registers.kinds import KindName, Option
from app.ui import theme
from app.ui.importing.cell_editor import CellEditor
from app.ui.importing.parts import FootBar
from app.ui.importing.preview_rows import PreviewRows, Shown, reason
from app.ui.importing.preview_words import consequence, facts, guesses_of
from app.ui.matching import Choice
from app.ui.page import FilterArea
from app.ui.paged_model import Column
from app.ui.table import TableView
from app.ui.tokens import Size, Space, Type
from app.ui.widgets.buttons import Button, Kind
from app.ui.widgets.choices import ChipRow, Segmented
from app.ui.widgets.labels import HLine, IconLabel, Label, column, row
from app.ui.widgets.states import EmptyState, Loading

ALL = "all"
_CHIPS = {ALL: "Tất cả", RowState.GOOD: "Tốt", RowState.BAD: "Lỗi", RowState.KNOWN: "Đã có"}
_NOTHING = {
    ALL: "Không có dòng nào",
    RowState.GOOD: "Chưa có dòng tốt nào",
    RowState.BAD: "Không còn dòng lỗi nào",
    RowState.KNOWN: "Không có dòng nào đã có trong sổ",
}
_WORDED = (KindName.CHOICE, KindName.REFERENCE)


class PreviewStep(QWidget):
    """`corrected(register, row, field, text)` for each cell; then a new preview is shown with `show_preview`."""

    corrected = Signal(str, int, str, str)
    all_guesses_taken = Signal()
    import_asked = Signal()
    bad_rows_asked = Signal()
    match_asked = Signal()
    cancel_asked = Signal()

    def __init__(self, exchange: Exchange):
        super().__init__()
        self._exchange = exchange
        self._preview: Preview | None = None
        self._waiting: tuple[Preview, Corrections] | None = None
        self._corrections: Corrections = {}
        self._contexts: Mapping[str, Context] = {}
        self._fields: list[Field] = []
        self._shown: Shown | None = None
        self._narrow = False
        self._part_key = exchange.parts[-1].key
        outer = column(self)
        self._filters = FilterArea()
        outer.addWidget(self._filters)
        outer.addWidget(HLine())
        self._build_filters()
        self.table = TableView((Column("number", "Dòng", stretch=True),))
        self.table.opened.connect(lambda _: self.edit())
        self.table.doubleClicked.connect(self._edit_clicked)
        self.editor = CellEditor(self.table)
        self.table.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.editor.typed.connect(self._typed)
        self.editor.moved.connect(self._edit_beside)
        self.editor.closed.connect(self._show_waiting)
        self._edited: tuple[FileRow, Field] | None = None
        outer.addWidget(self.table, 1)
        # Where the last column has no room for the reason, that of the selected row stands here whole.
        self._why = QWidget()
        self._why_line = row(self._why, gap=Space.S)
        icon = IconLabel("circle-alert", "text2", Size.ICON_TEXT)
        icon.set("circle-alert", theme.colours().red.text)
        self._why_words = Label("", Type.BODY, wrap=True)
        self._why_words.set_colour(theme.colours().red.text)
        self._why_line.addWidget(icon)
        self._why_line.addWidget(self._why_words, 1)
        outer.addWidget(self._why)
        self.table.selected.connect(lambda _: self._tell_why())
        outer.addWidget(self._build_foot())

    def _build_filters(self) -> None:
        self.segments: Segmented | None = None
        if len(self._exchange.parts) > 1:
            choices = [Choice(part.key, part.title) for part in self._exchange.parts]
            self.segments = Segmented(choices, stretch=False)
            self.segments.chosen.connect(self._look_at_part)
            self._filters.add_line(self.segments, QWidget(), stretch=1)
        self.chips = ChipRow()
        for key, title in _CHIPS.items():
            self.chips.add(key, title)
        self.chips.chosen.connect(lambda _: self._show())
        self._note = Label("", Type.HINT, "text2")
        self.guesses = Button("", Kind.LINK)
        self.guesses.clicked.connect(self.all_guesses_taken)
        again = Button("Khớp lại", Kind.LINK)
        again.clicked.connect(self.match_asked)
        self._filters.add_line(self.chips, self._note, self.guesses, again).setSpacing(Space.L)
        self._facts = Label("", Type.HINT, "text2", elide=True)
        self._filters.add_line(self._facts)

    def _build_foot(self) -> FootBar:
        self.bring_in = Button("Nhập", Kind.PRIMARY, icon="file-up", keys="Ctrl+Enter")
        self.bring_in.clicked.connect(self._ask_import)
        self.write_bad = Button("", icon="file-down")
        self.write_bad.clicked.connect(self.bad_rows_asked)
        cancel = Button("Hủy", Kind.GHOST, keys="Esc")
        cancel.clicked.connect(self.cancel_asked)
        self._foot = FootBar(self.bring_in, self.write_bad, cancel)
        self._consequence = Label("", Type.HINT, "text2", wrap=True)
        self._consequence.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._foot.line.addWidget(self._consequence, 1)
        return self._foot

    # showing

    def begin(self, contexts: Mapping[str, Context], remembered: str, other_sheets: Sequence[str]) -> None:
        """Another file, or the same one matched anew: nothing is known yet."""
        self._contexts = contexts
        self._preview, self._waiting = None, None
        self._other_sheets = tuple(other_sheets)
        self._note.setText(f"Cột của tệp khớp theo mẫu “{remembered}”, đã nhớ" if remembered else "")
        self._note.setVisible(bool(remembered))
        self._facts.hide()
        for key in _CHIPS:
            self.chips.set_count(key, "")
        self.guesses.hide()
        self.write_bad.hide()
        self._consequence.setText("")
        self.set_busy("Đang xem các dòng")
        self.table.show_overlay(Loading())

    def show_preview(self, preview: Preview, corrections: Corrections) -> None:
        """What was found; the first time it opens on the faults."""
        if self.editor.is_open():
            self._waiting = (preview, corrections)
            return
        first = self._preview is None
        self._preview, self._corrections = preview, corrections
        if first:
            keys = [part.register.key for part in preview.parts]
            bad = [part.register.key for part in preview.parts if _count(part, RowState.BAD)]
            self._part_key = (bad or keys)[0]
            if self.segments is not None:
                self.segments.set_raw(self._part_key)
            self.chips.choose(RowState.BAD if bad else ALL)
        self.set_busy("")
        self._show()
        if first:
            self.table.setFocus()
            self.table.select_first()

    def _show_waiting(self) -> None:
        if self._waiting is not None:
            waiting, self._waiting = self._waiting, None
            self.show_preview(*waiting)

    def set_busy(self, why: str) -> None:
        """While rows are looked at or written nothing can be imported."""
        if why:
            self.bring_in.disable(why)
        else:
            self.bring_in.setEnabled(True)
            self.bring_in.setToolTip("")

    def _part(self) -> Part | None:
        assert self._preview is not None
        return next((part for part in self._preview.parts if part.register.key == self._part_key), None)

    def _look_at_part(self, key: str) -> None:
        self._part_key = key
        part = self._part() if self._preview is not None else None
        if part is not None:
            self.chips.choose(RowState.BAD if _count(part, RowState.BAD) else ALL)
            self._show()
            self.table.select_first()
        elif self._preview is not None:
            self._show()

    def _show(self) -> None:
        if self._preview is None:
            return
        self.editor.take()
        part = self._part()
        state = self.chips.current()
        kept, number = self.table.current_id(), self.table.currentIndex().row()
        for key in _CHIPS:
            count = 0 if part is None else len(part.rows) if key == ALL else _count(part, RowState(key))
            self.chips.set_count(key, formats.format_integer(count))
        self._tell(self._preview)
        rows = [row for row in part.rows if state in (ALL, row.state)] if part is not None else []
        if part is None or not rows:
            self._shown = None
            self._why.hide()
            self.table.set_columns((Column("number", "Dòng", stretch=True),), Size.ROW)
            title = "Tệp không có phần này" if part is None else _NOTHING[state]
            self.table.show_overlay(EmptyState("circle-check" if state == RowState.BAD else "inbox", title))
            return
        self.table.show_overlay(None)
        self._shown = Shown(part, rows, self._corrections, self._contexts[part.register.key])
        self._fields = self._shown.fields(self.width(), narrow=self._narrow)
        self.table.set_columns(self._shown.columns(self._fields), Size.ROW)
        self.table.set_source(PreviewRows(self._shown, self._fields))
        numbers = [row.number for row in rows]
        if kept in numbers:
            self.table.select(kept, near=numbers.index(kept))
        elif number >= 0:
            near = min(number, len(numbers) - 1)
            self.table.select(numbers[near], near=near)
        else:
            self.table.select_first()
        self._tell_why()

    def _tell_why(self) -> None:
        """The reason of the selected row, in a narrow window."""
        chosen = self._row()
        why = reason(chosen, self._shown.register) if chosen is not None and self._shown is not None else ""
        self._why.setVisible(self._narrow and bool(why))
        self._why_words.setText(why)

    def _tell(self, preview: Preview) -> None:
        """Counts on the buttons, and what follows."""
        good, bad = preview.count(RowState.GOOD), preview.count(RowState.BAD)
        self.bring_in.setVisible(good > 0)
        self.bring_in.set_text(f"Nhập {formats.format_integer(good)} dòng tốt")
        self.write_bad.setVisible(bad > 0)
        self.write_bad.set_text(f"Ghi {formats.format_integer(bad)} dòng lỗi ra tệp…")
        self._consequence.setText(consequence(preview))
        guesses = len(guesses_of(preview))
        self.guesses.setVisible(guesses > 1)
        self.guesses.set_text(f"Nhận cả {formats.format_integer(guesses)} gợi ý")
        told = facts(preview, self._other_sheets)
        self._facts.setText(told)
        self._facts.setVisible(bool(told))

    def foot_height(self) -> int:
        """Of the bar with the buttons."""
        return self._foot.height()

    def set_compact(self, padding: int, *, compact: bool) -> None:
        """The window became narrow or wide."""
        self._narrow = compact
        self._filters.set_padding(padding, padding)
        self._foot.set_padding(padding)
        self._why_line.setContentsMargins(padding, Space.XS, padding, Space.XS)
        self._note.setVisible(bool(self._note.full_text()))
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may have room for other columns."""
        super().resizeEvent(event)
        if self._shown is not None and _keys(self._fields) != _keys(
            self._shown.fields(self.width(), narrow=self._narrow)
        ):
            self._show()

    def _ask_import(self) -> None:
        """What is being typed is taken first; it has to be looked at before anything is written."""
        if self.editor.is_open():
            self.editor.take()
        else:
            self.import_asked.emit()

    # correcting

    def _scrolled(self) -> None:
        """The cell went from under its field."""
        self.editor.take()

    def edit(self) -> None:
        """The first bad cell of the selected row, else its first cell."""
        row = self._row()
        if row is None:
            return
        bad = [fault.field for fault in row.faults]
        field = next((each for each in self._fields if each.key in bad), self._fields[0] if self._fields else None)
        if field is not None:
            self._edit(row, field)

    def _row(self) -> FileRow | None:
        if self._shown is None or self.table.current_id() is None:
            return None
        number = self.table.currentIndex().row()
        return self._shown.rows[number] if number < len(self._shown.rows) else None

    def _edit_clicked(self, index: QModelIndex) -> None:
        """A double click corrects the cell under it."""
        row, place = self._row(), index.column() - 1
        if row is not None and 0 <= place < len(self._fields):
            self._edit(row, self._fields[place])

    def _edit_beside(self, step: int) -> None:
        """Tab: the next cell of the row."""
        if self._edited is None:
            return
        row, field = self._edited
        keys = _keys(self._fields)
        if field.key in keys and 0 <= keys.index(field.key) + step < len(keys):
            self._edit(row, self._fields[keys.index(field.key) + step])

    def _edit(self, row: FileRow, field: Field) -> None:
        if self._shown is None or row.state is RowState.KNOWN:
            return
        place = _keys(self._fields).index(field.key) + 1
        index = self.table.model().index(self.table.currentIndex().row(), place)
        text = self._shown.text(row, field)
        guess = next((fault.suggestion for fault in row.faults if fault.field == field.key), "")
        cell = self.table.visualRect(index)
        if field.kind in _WORDED:
            near = matching.nearest(field, text, self._shown.context)
            self.editor.open(cell, text, guess, _choices(field, near, self._shown.context), offer=bool(near))
        else:
            self.editor.open(cell, text, guess)
        self._edited = (row, field)

    def _typed(self, text: str) -> None:
        assert self._edited is not None
        row, field = self._edited
        assert self._shown is not None
        self.corrected.emit(self._shown.register.key, row.number, field.key, text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F2:
            self.edit()
        else:
            super().keyPressEvent(event)


def _choices(field: Field, near: list[Option], context: Context) -> list[Choice]:
    """What a choice or reference may be, what comes near first."""
    ordered = near + [option for option in matching.options_of(field, context) if option not in near]
    return [Choice(f"{each.code} {each.name}", each.name, each.code, each.hint) for each in ordered]


def _keys(fields: Sequence[Field]) -> list[str]:
    return [each.key for each in fields]


def _count(part: Part, state: RowState) -> int:
    return sum(row.state is state for row in part.rows)
