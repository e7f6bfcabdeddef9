"""The cards of Tổng quan below the strip: what is due first, the coming report, the budget, the period."""

from collections.abc import Sequence
from decimal import Decimal
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app import formats
from app.reports.figures import FigureSet
from app.reports.overview import DueItem, Lack, Overview, share_of_year
from app.ui import painting, theme
from app.ui.due import remaining
from app.ui.screens.overview_parts import DueRow, Pressable, added, emptied
from app.ui.tokens import Radius, Size, Space, Tone, Type
from app.ui.widgets.buttons import Button, Kind
from app.ui.widgets.facts import Card
from app.ui.widgets.labels import IconLabel, Label, Pill, column, row
from app.ui.widgets.progress import ProgressBar

ROW, ROW_LOW = 48, 44
_HEAD = 49
_DUE, _FIRST = "Cần làm trước", "Nên làm trước"
_LEAST_ROWS = 3
_LACK = 32
_WIDE = 600
_SIDES = (("Thu", "revenue"), ("Chi", "expenditure"), ("Đầu tư công", "investment"))


class DueCard(Card):
    """Dossiers and tasks by their day, whole rows only; for a new office what to do first."""

    opened = Signal(object)
    all_asked = Signal()
    step_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__(_DUE)
        self.content.setContentsMargins(0, 0, 0, 0)
        self.content.setSpacing(0)
        assert self.head is not None
        self._all = Button("Xem tất cả", Kind.LINK)
        self._all.clicked.connect(self.all_asked)
        self.head.addWidget(self._all)
        self.head.addStrut(Size.CONTROL_DENSE)
        self._shown: Overview | None = None
        self._row = ROW
        self._rows = 0
        self.set_low(False)

    def set_low(self, low: bool) -> None:
        """Lower rows in a low window."""
        self._row = ROW_LOW if low else ROW
        self.setMinimumHeight(_HEAD + _LEAST_ROWS * self._row + 2)
        self._fill()

    def show_due(self, shown: Overview) -> None:
        """Other rows."""
        self._shown = shown
        self._fill()

    def _fill(self) -> None:
        shown = self._shown
        if shown is None:
            return
        self._rows = self._room()
        emptied(self.content)
        self.title.setText(_FIRST if shown.first_steps and not shown.due else _DUE)
        self._all.setVisible(shown.due_total > self._rows)
        self.count.setText(f"{formats.format_integer(shown.due_total)} việc" if shown.due_total else "")
        if shown.due:
            items = shown.due[: self._rows]
            for item in items:
                last = item is items[-1] and len(items) == self._rows
                added(self.content, self._due_row(item, shown, last=last))
        elif shown.first_steps:
            self.content.addSpacing(Space.S)
            for step in shown.first_steps:
                added(self.content, self._step(step))
        else:
            note = Label("Không có việc đến hạn.", Type.BODY, "text2")
            note.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
            added(self.content, note)
        self.content.addStretch(1)

    def _due_row(self, item: DueItem, shown: Overview, *, last: bool) -> DueRow:
        made = DueRow(item, shown, self._row, last=last, wide=self.width() >= _WIDE)
        made.clicked.connect(partial(self.opened.emit, item))
        return made

    def _step(self, step: Lack) -> QWidget:
        line = LackLine(step)
        line.set_padding(Space.XL)
        line.clicked.connect(partial(self.step_asked.emit, step))
        return line

    def _room(self) -> int:
        return max((self.height() - _HEAD - 2) // self._row, _LEAST_ROWS)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._shown is not None and self._room() != self._rows:
            self._fill()


class LackLine(Pressable):
    """What lacks, and at the right the verb that mends it; the whole line is pressed."""

    def __init__(self, lack: Lack):
        super().__init__(Radius.CONTROL)
        self.setFixedHeight(_LACK)
        self.setAccessibleName(f"{lack.verb}: {lack.sentence}")
        self._line = row(self, gap=Space.S)
        self._line.addWidget(IconLabel("circle-dashed", "text2", Size.ICON))
        self._line.addWidget(Label(lack.sentence, Type.BODY, elide=True), 1)
        self._line.addWidget(Label(lack.verb, Type.BODY_MEDIUM, "accent"))

    def set_padding(self, padding: int) -> None:
        """Room at both sides, where the card gives none."""
        self._line.setContentsMargins(padding, 0, padding, 0)

    def sizeHint(self) -> QSize:
        return QSize(self._line.sizeHint().width(), _LACK)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.underMouse():
            painting.box(QPainter(self), QRectF(self.rect()), Radius.CONTROL, theme.colours().hover)


class ReportCard(Card):
    """The report that is due next: until when, what it lacks, the way to it."""

    mend_asked = Signal(object)
    open_asked = Signal()

    def __init__(self) -> None:
        super().__init__("Báo cáo sắp đến")
        assert self.head is not None
        self.content.setSpacing(0)
        self.days = Pill("", Tone.GRAY)
        self.head.addWidget(self.days)
        self.head.addStrut(Size.CONTROL_DENSE)
        self._name = Label("", Type.HEADING, elide=True)
        self._until = Label("", Type.BODY, "text2", elide=True)
        self.open = Button("", Kind.PRIMARY, icon="file-chart-column")
        self.open.clicked.connect(self.open_asked)
        self._lines = QVBoxLayout()
        self.content.addWidget(self._name)
        self.content.addWidget(self._until)
        self.content.addSpacing(Space.S)
        self.content.addLayout(self._lines)
        self.content.addSpacing(Space.S)
        self.content.addWidget(self.open)
        self.content.addStretch(1)

    def show_report(self, shown: Overview) -> None:
        """Another report, or another state of it."""
        coming = shown.coming
        self.days.set(*_days_left(shown))
        self._name.setText(f"CCHC {coming.words}")
        due_on, end = formats.format_prose_date(coming.due_on), formats.format_prose_date(coming.end)
        self._until.setText(f"Hạn gửi {due_on}, số liệu đến {end}")
        self.open.set_text("Mở báo cáo" if shown.report is not None else "Lập báo cáo")
        emptied(self._lines)
        for lack in shown.lacks:
            line = LackLine(lack)
            line.clicked.connect(partial(self.mend_asked.emit, lack))
            added(self._lines, line)
        if not shown.lacks:
            added(self._lines, _nothing_lacks())


def _nothing_lacks() -> QWidget:
    made = QWidget()
    made.setFixedHeight(_LACK)
    line = row(made, gap=Space.S)
    done = IconLabel("circle-check", "text2", Size.ICON)
    done.set("circle-check", theme.colours().green.text)
    line.addWidget(done)
    line.addWidget(Label("Đã đủ số liệu, số văn bản và ngày ký", Type.BODY, elide=True), 1)
    return made


def _days_left(shown: Overview) -> tuple[str, Tone, str]:
    """The pill: the same working days that the list of reports counts."""
    words, tone = remaining(shown.coming.due_on, shown.today, shown.calendar)
    return words[0].upper() + words[1:], tone or Tone.BLUE, "circle-alert" if tone is Tone.RED else "clock"


class BudgetCard(Card):
    """How far thu, chi and investment have come this year, with a tick where the year is."""

    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.content.setContentsMargins(Space.XL, Space.M - 2, Space.XL, Space.L)
        self.content.setSpacing(Space.XS)
        head = QHBoxLayout()
        head.setSpacing(Space.S)
        self._year, self._until = Label("", Type.HEADING), Label("", Type.BODY, "text2", elide=True)
        self._tick = Label("", Type.HINT, "text2")
        head.addWidget(self._year)
        head.addWidget(self._until, 1)
        head.addWidget(self._tick)
        self.content.addLayout(head)
        self._lines = {key: _BudgetLine(name) for name, key in _SIDES}
        for key, line in self._lines.items():
            line.clicked.connect(partial(self.opened.emit, key))
            self.content.addWidget(line)
        self.content.addStretch(1)

    def open_line(self, key: str) -> None:
        """As a click on its bar."""
        self._lines[key].click()

    def show_budget(self, shown: Overview) -> None:
        """Other sums."""
        gone, whole = share_of_year(shown.today)
        self._year.setText(f"Ngân sách năm {shown.today.year}")
        self._until.setText(f"lũy kế đến {formats.format_prose_date(shown.today)}")
        share = formats.format_percent(Decimal(100 * gone) / whole, 1)
        self._tick.setText(f"Vạch đứng: {share} năm đã qua")
        for key, line in self._lines.items():
            line.show_sums(shown.budget, key, gone / whole)


class _BudgetLine(Pressable):
    def __init__(self, name: str):
        super().__init__(Radius.CONTROL)
        outer = column(self, (0, Space.XS, 0, 0), Space.XS)
        line = QHBoxLayout()
        line.setSpacing(Space.XS)
        self._name = name
        self._done, self._given = Label("", Type.BODY_STRONG), Label("", Type.BODY, "text2")
        self._percent = Label("", Type.BODY_STRONG)
        self._percent.setMinimumWidth(64)
        self._percent.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._bar = ProgressBar()
        line.addWidget(Label(name, Type.BODY_MEDIUM))
        line.addStretch(1)
        for label in (self._done, self._given, self._percent):
            line.addWidget(label)
        outer.addLayout(line)
        outer.addWidget(self._bar)

    def show_sums(self, found: FigureSet, key: str, tick: float) -> None:
        done, given = found.number(f"budget.{key}.done"), found.number(f"budget.{key}.allocated")
        over = key != "revenue" and done > given
        done_text = formats.format_money(done)
        if given:
            percent = formats.format_ratio(done, given)
            told = (done_text, f"/ {formats.format_money(given)} đồng", percent)
        else:
            told = (f"{done_text} đồng", "· chưa có dự toán", "") if done else ("", "chưa có dự toán", "")
        for label, text in zip((self._done, self._given, self._percent), told, strict=True):
            label.setText(text)
            label.setVisible(bool(text))
        self._bar.set_part(done / given if given else 0.0, Tone.RED if over else Tone.BLUE, tick)
        self.setAccessibleName(f"{self._name}: {' '.join(text for text in told if text)}")

    def sizeHint(self) -> QSize:
        layout = self.layout()
        assert layout is not None
        return layout.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The back under the mouse goes a little beyond the words."""
        if self.underMouse():
            painting.box(QPainter(self), QRectF(self.rect()), Radius.CONTROL, theme.colours().hover)


class PeriodCard(Card):
    """The period's counts with their operands."""

    fields_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.content.setContentsMargins(Space.XL, Space.M - 1, Space.XL, Space.L)
        self.content.setSpacing(Space.S)
        head = QHBoxLayout()
        head.setSpacing(Space.S)
        self._period = Label("", Type.BODY, "text2", elide=True)
        by_field = Button("Theo lĩnh vực", Kind.LINK)
        by_field.clicked.connect(self.fields_asked)
        head.addWidget(Label("Trong kỳ", Type.HEADING))
        head.addWidget(self._period, 1)
        head.addWidget(by_field)
        self.content.addLayout(head)
        self._rows = QGridLayout()
        self._rows.setVerticalSpacing(2)
        self._rows.setColumnStretch(1, 1)
        self.content.addLayout(self._rows)
        self.content.addStretch(1)

    def show_period(self, found: FigureSet) -> None:
        """Other counts."""
        self._period.setText(found.scope.period.short)
        emptied(self._rows)
        for number, (name, value) in enumerate(period_counts(found)):
            told = Label(value, Type.BODY_STRONG)
            told.setAccessibleName(f"{name}: {value}")
            self._rows.addWidget(Label(name, Type.BODY, "text2"), number, 0)
            self._rows.addWidget(told, number, 1, Qt.AlignmentFlag.AlignRight)


def period_counts(found: FigureSet, dimension: str = "") -> Sequence[tuple[str, str]]:
    """The counts of the period as they are printed; a ratio with both its operands."""

    def count(name: str) -> str:
        return formats.format_integer(found.number(f"dossiers.{name}", dimension))

    def ratio(part: str, whole: str) -> str:
        base = found.number(f"dossiers.{whole}", dimension)
        value = formats.format_ratio(found.number(f"dossiers.{part}", dimension), base)
        return f"{count(part)}/{count(whole)} = {value}" if base else value

    return (
        ("Tiếp nhận", count("total")),
        ("Đã giải quyết", count("resolved")),
        ("Trả lại, rút", f"{count('returned')} + {count('withdrawn')}"),
        ("Trực tuyến", ratio("online", "total")),
        ("Số hóa", ratio("digitised", "total")),
    )
