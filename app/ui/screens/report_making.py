"""The popover that makes the draft of a period: the next one not yet made is offered."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app import formats
from app.periods import Period, PeriodKind
from app.problems import Problem, Problems
from app.registers import saved_reports
from app.registers.saved_reports import SavedReport
from app.reports.making import outline
from app.reports.template import write_template
from app.ui.matching import Choice
from app.ui.session import Session, coming_period
from app.ui.tokens import Space, Tone
from app.ui.widgets.buttons import Button, Kind
from app.ui.widgets.choices import Segmented
from app.ui.widgets.combo import Combo
from app.ui.widgets.fields import DateField, ParsedField
from app.ui.widgets.labelled import LabelledField
from app.ui.widgets.messages import Note
from app.ui.widgets.overlay import Popover

DUE_KINDS = (PeriodKind.Q1, PeriodKind.H1, PeriodKind.NINE, PeriodKind.Y)
"""The reports that an office owes each year (Nghị định 09/2019/NĐ-CP, Điều 12)."""

_FAMILIES = {
    "quarter": ("Quý", (PeriodKind.Q1, PeriodKind.Q2, PeriodKind.Q3, PeriodKind.Q4)),
    "half": ("6 tháng", (PeriodKind.H1, PeriodKind.H2)),
    "nine": ("9 tháng", (PeriodKind.NINE,)),
    "year": ("Năm", (PeriodKind.Y,)),
}
_PARTS = {
    PeriodKind.Q1: "I",
    PeriodKind.Q2: "II",
    PeriodKind.Q3: "III",
    PeriodKind.Q4: "IV",
    PeriodKind.H1: "Đầu năm",
    PeriodKind.H2: "Cuối năm",
}
_YEARS_BACK = 4


class MakingPopover(Popover):
    """Chooses period, days and due day; `made` brings the report's id, also of one that is there already."""

    made = Signal(int)

    def __init__(self, session: Session, period: Period | None = None):
        super().__init__("Lập báo cáo")
        self._session = session
        self._existing: SavedReport | None = None
        self._build()
        self._choose(period or _next_missing(session))

    # building

    def _build(self) -> None:
        today = self._session.today
        self._family = Segmented([Choice(key, words) for key, (words, _) in _FAMILIES.items()])
        self._parts = {
            key: Segmented([Choice(kind.value, _PARTS[kind]) for kind in kinds])
            for key, (_, kinds) in _FAMILIES.items()
            if len(kinds) > 1
        }
        years = range(today.year + 1, today.year - _YEARS_BACK, -1)
        self._year = Combo([Choice(str(year), str(year)) for year in years])
        self._due = DateField(self._day_of("Hạn gửi"), formats.format_date, today=lambda: today)
        self._end = DateField(self._day_of("Ngày chốt"), formats.format_date, today=lambda: today)
        self._start = ParsedField(self._day_of("Ngày đầu kỳ"), formats.format_date)
        self._start.add_tool("pencil", "Sửa tay").clicked.connect(self._type_start)
        self._kind_field = LabelledField("Kỳ báo cáo", self._family, required=True)
        self._year_field = LabelledField("Năm", self._year, required=True)
        self._due_field = LabelledField("Hạn gửi", self._due)
        self._start_field = LabelledField("Số liệu từ", self._start)
        self._end_field = LabelledField("Đến hết ngày", self._end, required=True)
        self._note = Note("")
        self.content.addWidget(self._kind_field)
        for part in self._parts.values():
            self.content.addWidget(part)
            part.chosen.connect(lambda _: self._offer())
        self._add_pair(self._year_field, self._due_field)
        self._add_pair(self._start_field, self._end_field)
        self.content.addWidget(self._note)
        self._family.chosen.connect(lambda _: self._offer())
        self._year.chosen.connect(lambda _: self._offer())
        self._make_button = Button("Lập báo cáo", Kind.PRIMARY, keys="Enter")
        self._make_button.clicked.connect(self.make)
        cancel = Button("Hủy", Kind.GHOST, keys="Esc")
        cancel.clicked.connect(self.close_overlay)
        self.foot.addWidget(self._make_button)
        self.foot.addWidget(cancel)
        self.foot.addStretch(1)

    def _add_pair(self, left: QWidget, right: QWidget) -> None:
        line = QHBoxLayout()
        line.setSpacing(Space.M)
        line.addWidget(left, 1)
        line.addWidget(right, 1)
        self.content.addLayout(line)

    def _day_of(self, name: str) -> Callable[[str], date | None]:
        def parse(text: str) -> date | None:
            return formats.parse_date(text, self._session.today, name=name) if text.strip() else None

        return parse

    def open_at(self, anchor: QWidget, *, right: bool = False, height: int = 0) -> None:
        """Below its button; what is mostly typed over has the focus."""
        super().open_at(anchor, right=right, height=height)
        self._end.setFocus(Qt.FocusReason.OtherFocusReason)
        self._end.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.make()
            return
        super().keyPressEvent(event)

    # what is chosen

    def _choose(self, period: Period) -> None:
        for key, (_, kinds) in _FAMILIES.items():
            if period.kind in kinds:
                self._family.set_raw(key)
        for key, part in self._parts.items():
            kinds = _FAMILIES[key][1]
            part.set_raw((period.kind if period.kind in kinds else kinds[0]).value)
        self._year.set_raw(str(period.year))
        self._offer()

    def _kind(self) -> PeriodKind:
        family = self._family.raw()
        part = self._parts.get(family)
        return PeriodKind(part.raw()) if part is not None else _FAMILIES[family][1][0]

    def _offer(self) -> None:
        """Another period: its days are worked out anew."""
        for key, part in self._parts.items():
            part.setVisible(key == self._family.raw())
        for field in (self._kind_field, self._year_field, self._due_field, self._start_field, self._end_field):
            field.clear_error()
        if not self._year.key():
            return
        kind, year = self._kind(), int(self._year.key())
        with self._session.read() as connection:
            self._existing = saved_reports.find(connection, kind, year)
            period = saved_reports.period_of(connection, kind, year)
        self._start.set_computed(True)
        self._start_field.set_hint("Tự tính")
        self._start.set_value(period.start)
        self._end.set_value(period.end)
        self._due.set_value(period.due_on)
        if self._existing is None:
            self._end_field.set_hint(f"{period.end.day}/{period.end.month} là mặc định, sửa được")
            self._note.set(_news(period, self._session.today), Tone.BLUE)
            self._make_button.set_text("Lập báo cáo")
        else:
            self._end_field.set_hint("")
            self._note.set(f"Đã có báo cáo {period.words}.", Tone.AMBER)
            self._make_button.set_text("Mở báo cáo đó")

    def _type_start(self) -> None:
        self._start.set_computed(False)
        self._start_field.set_hint("Sửa tay")
        self._start.setFocus(Qt.FocusReason.OtherFocusReason)
        self._start.selectAll()

    # making

    def make(self) -> None:
        """Makes the draft, or opens the report that is there."""
        if self._existing is not None:
            self._open(self._existing.id)
            return
        try:
            period, due_on = self._read()
        except Problem as problem:
            self._show(problem)
            return
        text = write_template(outline(period))
        saving = self._session.save("Lập báo cáo", saved_reports.create, period, text, due_on)
        saving.otherwise(self._show).with_toast(f"Đã lập báo cáo {period.words}").then(self._open)

    def _read(self) -> tuple[Period, date | None]:
        """The period with its days; raises Problems with all faults."""
        values: dict[str, date | None] = {}
        faults: list[Problem] = []
        if not self._year.key():
            faults.append(Problem("Chọn năm trong danh mục", field="year"))
        for key, field, name in (
            ("start", self._start, "ngày đầu kỳ"),
            ("end", self._end, "ngày chốt số liệu"),
            ("due_on", self._due, ""),
        ):
            try:
                values[key] = field.value()
                if values[key] is None and name:
                    raise Problem(f"Cần nhập {name}")
            except Problem as problem:
                faults.append(Problem(problem.sentence, field=key))
        if faults:
            raise Problems(faults)
        start, end = values["start"], values["end"]
        assert start is not None and end is not None
        with self._session.read() as connection:
            period = saved_reports.default_period(connection, self._kind(), int(self._year.key()))
        return replace(period, start=start).ending(end), values["due_on"]

    def _show(self, problem: Problem) -> None:
        fields = {
            "kind": self._kind_field,
            "year": self._year_field,
            "start": self._start_field,
            "due_on": self._due_field,
        }
        for fault in problem.faults if isinstance(problem, Problems) else (problem,):
            fields.get(fault.field or "", self._end_field).set_error(str(fault))

    def _open(self, report_id: int) -> None:
        self.close_overlay()
        self.made.emit(report_id)


def _news(period: Period, today: date) -> str:
    """What follows from making it now."""
    budget = f"Ngân sách tính từ {formats.format_date(period.budget_start)}."
    days = (period.end - today).days
    if days <= 0:
        return budget
    return f"Kỳ này còn {formats.format_integer(days)} ngày. Lập sớm được: số liệu chạy theo sổ đến ngày chốt. {budget}"


def _next_missing(session: Session) -> Period:
    """The coming period, or the next of those due each year that has no report."""
    with session.read() as connection:
        coming = coming_period(connection, session.today)
        for year in (coming.year, coming.year + 1):
            for kind in DUE_KINDS:
                period = saved_reports.default_period(connection, kind, year)
                if period.end >= coming.end and saved_reports.find(connection, kind, year) is None:
                    return period
    return coming
