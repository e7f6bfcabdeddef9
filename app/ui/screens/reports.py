"""Báo cáo: what is due first, then what was sent; making a draft; the opened report takes the place of the list."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from sqlalchemy import Connection

from app import formats, vietnamese
from app.periods import Period
from app.problems import Problem
from app.registers import office, opening, saved_reports
from app.registers.documents import document_name
from app.registers.saved_reports import SavedReport
from app.ui.cells import Cell, Due, FixedRows, Group, Pill, Row, Text, TwoLine
from app.ui.due import date_text, due_cell
from app.ui.page import Page
from app.ui.paged_model import Column
from app.ui.screens.report_making import DUE_KINDS, MakingPopover
from app.ui.session import EVERYTHING, Session, coming_period
from app.ui.shell import Shell
from app.ui.table import TableView
from app.ui.tokens import Size, Space, Tone
from app.ui.widgets.buttons import Button, Kind
from app.ui.widgets.choices import ChipRow
from app.ui.widgets.fields import SearchField
from app.ui.widgets.labels import column
from app.ui.widgets.states import EmptyState
from app.workdays import Calendar

_COLUMNS = (
    Column("name", "Báo cáo cải cách hành chính", stretch=True),
    Column("state", "Trạng thái", 116),
    Column("due", "Hạn gửi", 200),
    Column("number", "Số, ký hiệu", 150),
    Column("dated_on", "Ngày ký", 136),
    Column("signer", "Người ký", 188),
)
_NARROW = _COLUMNS[:3]
_CHIPS = (("all", "Tất cả"), ("draft", "Dự thảo"), ("numbered", "Đã cấp số"), ("missing", "Chưa lập"))
_ROW = 44
_SEARCH_WIDTH = 220


@dataclass(frozen=True)
class Line:
    """A period with its report, where there is one, and how the paper names it.

    A report not made of a period `before_opening` is nothing that these books owe.
    """

    period: Period
    report: SavedReport | None
    number: str = ""
    signer: str = ""
    before_opening: bool = False

    @property
    def state(self) -> str:
        """draft, numbered or missing."""
        if self.report is None:
            return "missing"
        return "draft" if self.report.is_draft else "numbered"


class ReportsPage(Page):
    """The list; `open_report` shows one in its place."""

    def __init__(self, session: Session, shell: Shell):
        super().__init__("Báo cáo")
        self._session, self._shell = session, shell
        make = Button("Lập báo cáo", Kind.PRIMARY, icon="plus", keys="Ctrl+N")
        make.clicked.connect(lambda: self._make(None))
        self._make_button = make
        self.header.add(make)
        self._search = SearchField("Tìm kỳ, số văn bản")
        self._search.searched.connect(lambda _: self._show())
        self._chips = ChipRow()
        for key, text in _CHIPS:
            self._chips.add(key, text, "0")
        self._chips.choose("all")
        self._chips.chosen.connect(lambda _: self._show())
        self._search.setFixedWidth(_SEARCH_WIDTH)
        beside = QWidget()
        above = (Size.CONTROL - Size.CHIP) // 2
        column(beside, (Space.XS, above, 0, above)).addWidget(self._chips)
        self.filters.add_line(self._search, beside, stretch=1)
        self.show_filters()
        self.table = TableView(_COLUMNS, row_height=_ROW, name="reports")
        self.table.opened.connect(self._open)
        self.set_content(self.table)
        self._lines: dict[str, Line] = {}
        self._making: MakingPopover | None = None
        session.changed.connect(self._changed)
        self._refresh()

    def open_report(self, code: str) -> None:
        """Opens the report of a period, or offers to make it."""
        line = self._lines.get(code)
        if line is None or line.report is None:
            self._make(line.period if line else None)
            return
        self.show_report(line.report.id)

    def show_report(self, report_id: int) -> None:
        """Shows one report in the place of the list; one that cannot be read is said so."""
        from app.ui.screens.report import ReportPage

        try:
            page = ReportPage(self._session, self._shell, report_id, self._come_back)
        except Problem as problem:
            self._session.trouble.emit(problem)
            return
        self._shell.open_over(page)
        page.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _come_back(self) -> None:
        self._shell.close_over()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open(self, code: object) -> None:
        self.open_report(str(code))

    def _make(self, period: Period | None) -> None:
        if self._making is not None:
            self._making.deleteLater()
        self._making = MakingPopover(self._session, period)
        self._making.made.connect(self.show_report)
        self._making.open_at(self._make_button, right=True)

    # reading

    def _changed(self, tables: frozenset[str]) -> None:
        if tables & {"report", "rule", "signer", "setting"} or tables == EVERYTHING:
            self._refresh()

    def _refresh(self) -> None:
        with self._session.read() as connection:
            lines = _lines(connection, self._session)
            self._calendar: Calendar = office.calendar(
                connection, {line.period.due_on.year for line in lines} | {self._session.today.year}
            )
        self._lines = {line.period.code: line for line in lines}
        for key, _ in _CHIPS:
            count = sum(key in ("all", line.state) for line in lines)
            self._chips.set_count(key, formats.format_integer(count))
        self._show()

    def _show(self) -> None:
        chosen, query = self._chips.current(), vietnamese.fold(self._search.raw())
        shown = [
            line
            for line in self._lines.values()
            if chosen in ("all", line.state) and query in vietnamese.fold(f"{line.period.words} {line.number}")
        ]
        current = self.table.current_id()
        self.table.set_source(FixedRows(self._rows(shown)))
        self.table.show_overlay(None if shown else EmptyState("search-x", f"Không thấy báo cáo nào khớp “{query}”"))
        if current is not None and not self.table.select(current):
            self.table.select_first()

    def _rows(self, lines: list[Line]) -> list[Row]:
        rows: list[Row] = []
        for year in sorted({line.period.year for line in lines}, reverse=True):
            of_year = [line for line in lines if line.period.year == year]
            rows.append(Row(f"year-{year}", (), group=Group(f"Năm {year}", f"{len(of_year)} kỳ")))
            rows.extend(Row(line.period.code, self._cells(line)) for line in of_year)
        return rows

    def _cells(self, line: Line) -> tuple[Cell, ...]:
        period, report, today = line.period, line.report, self._session.today
        start, end = formats.format_date(period.start), formats.format_prose_date(period.end)
        words = period.words[0].upper() + period.words[1:]
        name = TwoLine(words, f"Số liệu {start} – {end}", medium=report is not None)
        state: Cell = Text("Chưa lập", muted=True)
        due: Cell = due_cell(period.due_on, today, self._calendar)
        if line.before_opening:
            due = Due(date_text(period.due_on, today), "trước ngày mở sổ", Tone.GRAY)
        elif report is not None and report.is_draft:
            state = Pill("Dự thảo", Tone.GRAY)
        elif report is not None:
            state = Pill("Đã cấp số", Tone.GREEN)
            in_time = report.dated_on is not None and report.dated_on <= period.due_on
            due = Due(date_text(period.due_on, today), "đúng hạn" if in_time else "quá hạn", Tone.GRAY)
        if self.table.columns == _NARROW:
            return name, state, due
        dated = formats.format_date(report.dated_on) if report is not None and report.dated_on else ""
        return name, state, due, Text(line.number, medium=True), Text(dated, muted=True), Text(line.signer, muted=True)

    def set_compact(self, compact: bool, low: bool) -> None:
        """Three columns in a narrow window."""
        super().set_compact(compact, low)
        columns = _NARROW if compact else _COLUMNS
        if self.table.columns != columns:
            current = self.table.current_id()
            self.table.set_columns(columns, _ROW)
            self._show()
            if current is not None:
                self.table.select(current)


def _lines(connection: Connection, session: Session) -> list[Line]:
    """The current year's periods and all saved ones: the coming one first, each year by its end."""
    today = session.today
    saved = {(report.period.kind, report.period.year): report for report in saved_reports.every(connection)}
    periods = {key: report.period for key, report in saved.items()}
    for kind in DUE_KINDS:
        periods.setdefault((kind, today.year), saved_reports.default_period(connection, kind, today.year))
    coming = coming_period(connection, today).code
    ordered = sorted(periods.values(), key=lambda period: (-period.year, period.code != coming, period.end))
    return [_line(connection, period, saved.get((period.kind, period.year))) for period in ordered]


def _line(connection: Connection, period: Period, report: SavedReport | None) -> Line:
    if report is None:
        return Line(period, None, before_opening=period.end < opening.opened_on(connection, period.start))
    if report.number is None:
        return Line(period, report)
    day = report.dated_on or period.end
    signer = saved_reports.signer_of(connection, report.signer_id, day)
    symbol = saved_reports.symbol_on(connection, day)
    return Line(period, report, document_name(report.number, "", symbol), signer["name"] if signer else "")
