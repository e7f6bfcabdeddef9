"""Step 2: the columns of a sheet set to the fields of the register; what needs a look stands first."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from app import formats
from app.registers.description import Register
from app.registers.exchange import Context, Exchange, Match, Sheet, Workbook, matching
from app.registers.exchange.matching import HEADING_ROWS, Column
from app.ui.cells import FixedRows
from app.ui.importing.column_panel import ColumnPanel
from app.ui.importing.looking import ALL, LOOK, NOT_TAKEN, TITLES, Looked, table_rows
from app.ui.importing.parts import FootBar, Remembering
from app.ui.matching import Choice
from app.ui.page import FilterArea
from app.ui.paged_model import Column as TableColumn
from app.ui.table import TableView
from app.ui.tokens import Size, Space, Type
from app.ui.widgets.buttons import Button, Kind
from app.ui.widgets.choice_button import ChoiceButton
from app.ui.widgets.choices import ChipRow, Segmented
from app.ui.widgets.combo import Combo
from app.ui.widgets.labels import HLine, Label, VLine, column, row
from app.ui.widgets.states import EmptyState

_FIELD = 3  # the place of "Ô của sổ"
_NO_SHEET = "-"


class MatchStep(QWidget):
    """`preview_asked` when the matching is done, `cancel_asked` when the import is given up."""

    preview_asked = Signal()
    cancel_asked = Signal()

    def __init__(self, exchange: Exchange, remembered: Callable[[Register], Sequence[Match]]):
        super().__init__()
        self._parts = exchange.parts
        self._remembered = remembered
        self._workbook: Workbook | None = None
        self._contexts: Mapping[str, Context] = {}
        self._matches: dict[str, Match] = {}
        self._part = exchange.parts[-1]
        self._selected: int | None = None
        self._combos: dict[int, Combo] = {}
        outer = column(self)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        left = QWidget()
        self._left = column(left)
        self._filters = FilterArea()
        self._build_filters()
        self._left.addWidget(self._filters)
        self._left.addWidget(HLine())
        self.table = TableView(_columns(False))
        self.table.selected.connect(self._select)
        self.table.opened.connect(self._enter)
        self._left.addWidget(self.table, 1)
        self.panel = ColumnPanel()
        self.panel.value_chosen.connect(self._set_value)
        self.panel.column_chosen.connect(lambda field, index: self._choose(index, field))
        middle.addWidget(left, 1)
        middle.addWidget(VLine())
        middle.addWidget(self.panel)
        outer.addLayout(middle, 1)
        outer.addWidget(self._build_foot())

    def _build_filters(self) -> None:
        self.segments: Segmented | None = None
        if len(self._parts) > 1:
            self.segments = Segmented([Choice(part.key, part.title) for part in self._parts], stretch=False)
            self.segments.chosen.connect(self._look_at_part)
            self._filters.add_line(self.segments, QWidget(), stretch=1)
        self.chips = ChipRow()
        for key, title in ((ALL, "Tất cả"), *TITLES.items()):
            self.chips.add(key, title)
        self.chips.chosen.connect(lambda _: self._show())
        self._sheet = ChoiceButton("", self._sheets)
        self._sheet.picked.connect(self._pick_sheet)
        self._heading = ChoiceButton("", self._heading_rows)
        self._heading.picked.connect(self._pick_heading)
        self._choosers = QWidget()
        line = row(self._choosers, gap=Space.S)
        line.addWidget(Label("Trang tính", Type.HINT, "text2"))
        line.addWidget(self._sheet)
        line.addSpacing(Space.S)
        line.addWidget(Label("Dòng tiêu đề", Type.HINT, "text2"))
        line.addWidget(self._heading)
        self._beside = self._filters.add_line(self.chips, self._choosers)
        self._below = self._filters.add_line()

    def _build_foot(self) -> FootBar:
        self.preview = Button("Xem trước", Kind.PRIMARY, keys="Ctrl+Enter")
        self.preview.clicked.connect(self.go_on)
        cancel = Button("Hủy", Kind.GHOST, keys="Esc")
        cancel.clicked.connect(self.cancel_asked)
        self._foot = FootBar(self.preview, cancel)
        self._foot.line.addStretch(1)
        self.remembering = Remembering()
        self._foot.line.addWidget(self.remembering)
        return self._foot

    # what is matched

    def begin(
        self, workbook: Workbook, contexts: Mapping[str, Context], matches: Sequence[Match], name: str, *, keep: bool
    ) -> None:
        """A file was read: its sheets as far as they were found."""
        self._workbook, self._contexts = workbook, contexts
        self._matches = {match.register: match for match in matches}
        known = next((match.name for match in matches if match.name), "")
        self._part = next(part for part in self._parts if part.key == matches[0].register)
        if self.segments is not None:
            self.segments.set_raw(self._part.key)
        self.remembering.begin(known, name, keep=keep)
        self._selected = None
        self.chips.choose(ALL)
        self._show()

    def matches(self) -> list[Match]:
        """The matches of the parts that are taken."""
        return [self._matches[part.key] for part in self._parts if part.key in self._matches]

    def looked(self, part: Register | None = None) -> Looked | None:
        """A part of the file as it stands now."""
        part = part or self._part
        match = self._matches.get(part.key)
        if match is None or self._workbook is None:
            return None
        return Looked(part, self._workbook.sheet(match.sheet), match, self._contexts[part.key])

    def go_on(self) -> None:
        """To the preview; a required field without a column is gone to instead."""
        for part in self._parts:
            looked = self.looked(part)
            lacking = matching.lacking(part, looked.match) if looked is not None else ()
            if looked is not None and lacking:
                self._go_to_lacking(looked, lacking[0].key)
                return
        self.preview_asked.emit()

    def _go_to_lacking(self, looked: Looked, field: str) -> None:
        """To the guess that offers itself for it, else to the choice of a column beside."""
        self.look_at_part(looked.register.key)
        guess = next((each for each in looked.match.columns if each.guessed and each.field == field), None)
        if guess is not None:
            self.table.select(guess.index)
            self._focus_combo(guess.index)
        else:
            self.panel.go_to_required(field)

    # showing

    def _look_at_part(self, key: str) -> None:
        self._part = next(part for part in self._parts if part.key == key)
        self._selected = None
        self.chips.choose(ALL)
        self._show()

    def look_at_part(self, key: str) -> None:
        """Show another part of the file."""
        if self.segments is not None and self._part.key != key:
            self.segments.set_raw(key)
            self._look_at_part(key)

    def _show(self, *, panel: bool = True) -> None:
        """Everything anew; without the `panel`, what one is setting there stays."""
        looked = self.looked()
        self._combos = {}
        self.table.show_overlay(None)
        self._sheet.set_text(_short(looked.match.sheet if looked is not None else "Không lấy"))
        self._sheet.set_chosen(looked.match.sheet if looked is not None else _NO_SHEET)
        self._heading.setVisible(looked is not None)
        self.panel.setVisible(looked is not None)
        count = formats.format_integer(sum(each.rows() for part in self._parts if (each := self.looked(part))))
        self.preview.set_text(f"Xem trước {count} dòng")
        if looked is None:
            self.table.set_source(FixedRows([]))
            how = f"Chọn trang tính ở trên nếu tệp có phần {self._part.title.lower()}."
            self.table.show_overlay(EmptyState("file-text", f"Không lấy trang nào cho {self._part.title}", how))
            for key in (ALL, *TITLES):
                self.chips.set_count(key, "0")
            return
        self._heading.set_text(str(looked.match.heading_row))
        self._heading.set_chosen(str(looked.match.heading_row))
        groups = looked.groups()
        self.chips.set_count(ALL, formats.format_integer(len(looked.match.columns)))
        for key, columns in groups.items():
            self.chips.set_count(key, formats.format_integer(len(columns)))
        rows = table_rows(looked, self.chips.current())
        self.table.set_source(FixedRows(rows))
        for number, line in enumerate(rows):
            if line.group is None:
                shown = looked.column(int(str(line.id)))
                assert shown is not None
                open_to_look = shown in groups[LOOK]
                self.table.setRowHeight(number, Size.ROW_TWO_LINES if open_to_look else Size.ROW)
                if open_to_look:
                    self._put_combo(looked, number, shown)
        if self._selected is None or not self.table.select(self._selected):
            self.table.select_first()
        current = self.table.current_id()
        self._selected = current if isinstance(current, int) else None
        if panel:
            self._show_panel()

    def _show_panel(self) -> None:
        looked = self.looked()
        shown = looked.column(self._selected) if looked is not None and self._selected is not None else None
        if looked is not None and shown is not None:
            self.panel.show_column(looked, shown)

    def _put_combo(self, looked: Looked, number: int, shown: Column) -> Combo:
        """The choice of a field in a row: always there under "Cần xem", elsewhere after F2."""
        combo = Combo(looked.offered(shown), "Chọn ô của sổ")
        combo.set_raw(shown.field or NOT_TAKEN)
        combo.setAccessibleName(f"Ô của sổ cho cột {shown.heading}")
        combo.chosen.connect(lambda key: self._choose(shown.index, "" if key == NOT_TAKEN else key))
        combo.returnPressed.connect(lambda: self._accept(shown.index))
        holder = QWidget()
        line = row(holder, (Space.S, 2, Space.L, 3))
        line.addWidget(combo)
        holder.setFocusProxy(combo)
        self.table.setIndexWidget(self.table.model().index(number, _FIELD), holder)
        self._combos[shown.index] = combo
        return combo

    def foot_height(self) -> int:
        """Of the bar with the buttons."""
        return self._foot.height()

    def set_compact(self, padding: int, *, compact: bool) -> None:
        """The window became narrow or wide."""
        self._filters.set_padding(padding, Size.PAGE_PADDING_NARROW)
        self._foot.set_padding(padding)
        self.panel.setFixedWidth(Size.PANEL_NARROW if compact else Size.PANEL)
        if compact:
            self._below.addWidget(self._choosers, 0, Qt.AlignmentFlag.AlignLeft)
        else:
            self._beside.addWidget(self._choosers)
        self.table.set_columns(_columns(compact), Size.ROW)
        if self._workbook is not None:
            self._show()

    # what a person chooses

    def _select(self, index: object) -> None:
        self._selected = index if isinstance(index, int) else None
        self._show_panel()

    def _choose(self, index: int, field: str) -> None:
        looked = self.looked()
        assert looked is not None
        self._changed(looked.match.with_field(index, field))
        self._selected = index
        QTimer.singleShot(0, self, self._show_again)

    def _show_again(self) -> None:
        self._show()
        self.table.setFocus()

    def _accept(self, index: int) -> None:
        """Enter on a guess takes it for what it says."""
        looked = self.looked()
        shown = looked.column(index) if looked is not None else None
        if shown is not None and shown.guessed:
            self._choose(index, shown.field)

    def _set_value(self, field: str, text: str, value: object) -> None:
        looked = self.looked()
        assert looked is not None
        self._changed(looked.match.with_value(field, text, value))
        QTimer.singleShot(0, self, lambda: self._show(panel=False))

    def _changed(self, match: Match) -> None:
        self._matches[match.register] = match

    def _enter(self, index: object) -> None:
        looked = self.looked()
        shown = looked.column(index) if looked is not None and isinstance(index, int) else None
        if shown is None:
            return
        if shown.guessed:
            self._accept(shown.index)
        elif not self.panel.focus_first():
            self.change()

    def change(self) -> None:
        """F2: another field for the selected column."""
        looked = self.looked()
        if looked is None or self._selected is None:
            return
        shown = looked.column(self._selected)
        assert shown is not None
        if self._selected not in self._combos:
            self._put_combo(looked, self.table.currentIndex().row(), shown)
        self._focus_combo(self._selected)
        self._combos[self._selected].open_list()

    def _focus_combo(self, index: int) -> None:
        combo = self._combos.get(index)
        if combo is not None:
            combo.setFocus(Qt.FocusReason.OtherFocusReason)
            combo.selectAll()

    # sheets

    def _sheets(self) -> list[Choice]:
        assert self._workbook is not None
        choices = [Choice(sheet.name, sheet.name) for sheet in self._workbook.sheets if sheet.rows]
        if len(self._parts) > 1:
            choices.insert(0, Choice(_NO_SHEET, "Không lấy"))
        return choices

    def _pick_sheet(self, name: str) -> None:
        assert self._workbook is not None
        if len(self._parts) > 1 and name == _NO_SHEET:
            if len(self._matches) > 1 or self._part.key not in self._matches:
                self._matches.pop(self._part.key, None)
        else:
            self._changed(self._found(self._workbook.sheet(name)))
        self._selected = None
        self._show()

    def _found(self, sheet: Sheet, heading_row: int | None = None) -> Match:
        part = self._part
        known = self._remembered(part)
        return matching.match_sheet(part, sheet, self._contexts[part.key], known, heading_row)

    def _heading_rows(self) -> list[Choice]:
        looked = self.looked()
        assert looked is not None
        choices = []
        for number in range(1, min(len(looked.sheet.rows), HEADING_ROWS) + 1):
            told = " · ".join(filter(None, (matching.shown(cell) for cell in looked.sheet.row(number))))
            choices.append(Choice(str(number), _short(told) or "(trống)", str(number)))
        return choices

    def _pick_heading(self, number: str) -> None:
        looked = self.looked()
        assert looked is not None
        self._changed(replace(self._found(looked.sheet, int(number)), name=""))
        self._selected = None
        self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F2:
            self.change()
        elif event.key() == Qt.Key.Key_Escape and QApplication.focusWidget() in self._combos.values():
            self._show_again()
        else:
            super().keyPressEvent(event)


def _columns(compact: bool) -> tuple[TableColumn, ...]:
    return (
        TableColumn("column", "Cột trong tệp", 180 if compact else 220),
        TableColumn("samples", "Ba giá trị đầu", stretch=True),
        TableColumn("to", "", 32),
        TableColumn("field", "Ô của sổ", 168 if compact else 216),
    )


def _short(text: str) -> str:
    return text if len(text) <= 24 else f"{text[:24].rstrip()}…"
