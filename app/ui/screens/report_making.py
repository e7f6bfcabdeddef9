"""The popover that makes the draft of a period: the next one not yet made is offered."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app import formats
from app.periods import Period, PeriodKind
from app.problems import Problem, Problems
from app.registers import saved_reports
from app.reports.making import outline
from app.reports.template import write_template
from app.ui.matching import Choice
from app.ui.session import Session, coming_period
from app.ui.tokens import Space, Tone
from app.ui.widgets.buttons import Button, Kind
from app.ui.widgets.choices import Segmented
from app.ui.widgets.combo import Combo
from app.ui.widgets.fields import DateField, LineField
from app.ui.widgets.labelled import LabelledField
from app.ui.widgets.messages import Note
from app.ui.widgets.overlay import Popover

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


class MakingPopover(Popover):
    """Chooses period, cut-off and due day; `made` brings the report's id, also of one that is there already."""

    made = Signal(int)

    def __init__(self, session: Session, period: Period | None):
        super().__init__("Lập báo cáo")
        self._session = session
        self._existing: int | None = None
        if period is None:
            with session.read() as connection:
                period = _next_missing(session, coming_period(connection, session.today))
        self._build(period)
        self._show_kind(period.kind)
        self._offer()

    def _build(self, period: Period) -> None:
        today = self._session.today
        self._family = Segmented([Choice(key, words) for key, (words, _) in _FAMILIES.items()])
        self._parts = {
            key: Segmented([Choice(kind.value, _PARTS[kind]) for kind in kinds])
            for key, (_, kinds) in _FAMILIES.items()
            if len(kinds) > 1
        }
        years = [str(year) for year in range(today.year + 1, today.year - 4, -1)]
        self._year = Combo([Choice(year, year) for year in years])
        self._year.set_raw(str(period.year))
        self._due, self._end, self._start = self._day("Hạn gửi"), self._day("Đến hết ngày"), LineField()
        self._start.set_computed(True)
        self._end_field = LabelledField("Đến hết ngày", self._end, required=True)
        self._due_field = LabelledField("Hạn gửi", self._due)
        self.content.addWidget(LabelledField("Kỳ báo cáo", self._family, required=True))
        for part in self._parts.values():
            self.content.addWidget(part)
            part.chosen.connect(lambda _: self._offer())
        for pair in (
            (LabelledField("Năm", self._year, required=True), self._due_field),
            (LabelledField("Số liệu từ", self._start, hint="Tự tính"), self._end_field),
        ):
            line = QHBoxLayout()
            line.setSpacing(Space.M)
            for field in pair:
                line.addWidget(field, 1)
            self.content.addLayout(line)
        self._note_room = QWidget()
        self._note_line = QHBoxLayout(self._note_room)
        self._note_line.setContentsMargins(0, 0, 0, 0)
        self.content.addWidget(self._note_room)
        self._family.chosen.connect(lambda _: self._offer())
        self._year.chosen.connect(lambda _: self._offer())
        self._end.left.connect(self._tell)
        self._go = Button("Lập báo cáo", Kind.PRIMARY, keys="Enter")
        self._go.clicked.connect(self._make)
        cancel = Button("Hủy", Kind.GHOST, keys="Esc")
        cancel.clicked.connect(self.close_overlay)
        self.foot.addWidget(self._go)
        self.foot.addWidget(cancel)
        self.foot.addStretch(1)

    def _day(self, name: str) -> DateField:
        today = self._session.today

        def parse(text: str):  # type: ignore[no-untyped-def]
            return formats.parse_date(text, today, name=name)

        return DateField(parse, formats.format_date, today=lambda: today)

    # what is chosen

    def _show_kind(self, kind: PeriodKind) -> None:
        family = next(key for key, (_, kinds) in _FAMILIES.items() if kind in kinds)
        self._family.set_raw(family)
        for key, part in self._parts.items():
            kinds = _FAMILIES[key][1]
            part.set_raw(kind.value if kind in kinds else kinds[0].value)

    def _kind(self) -> PeriodKind:
        family = self._family.raw()
        part = self._parts.get(family)
        return PeriodKind(part.raw()) if part is not None else _FAMILIES[family][1][0]

    def _offer(self) -> None:
        """Another period: its days are worked out anew."""
        for key, part in self._parts.items():
            part.setVisible(key == self._family.raw())
        period = self._default()
        self._start.set_raw(formats.format_date(period.start))
        self._end.set_value(period.end)
        self._due.set_value(period.due_on)
        self._end_field.set_hint(f"{formats.format_prose_date(period.end)} là mặc định, sửa được")
        self._tell()

    def _default(self) -> Period:
        with self._session.read() as connection:
            return saved_reports.default_period(connection, self._kind(), int(self._year.raw()))

    def _tell(self) -> None:
        """What follows from the choice; a period that has a report says so."""
        period = self._default()
        with self._session.read() as connection:
            existing = saved_reports.find(connection, period.kind, period.year)
        self._existing = existing.id if existing is not None else None
        if existing is not None:
            note = Note(f"Đã có báo cáo {period.words}.", Tone.AMBER)
            self._go.setText("Mở báo cáo đó")
        else:
            note = Note(self._news(period), Tone.BLUE)
            self._go.setText("Lập báo cáo")
        while (item := self._note_line.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        self._note_line.addWidget(note)

    def _news(self, period: Period) -> str:
        budget = f"Ngân sách tính từ {formats.format_date(period.budget_start)}."
        days = (period.end - self._session.today).days
        if days <= 0:
            return budget
        left = formats.format_integer(days)
        return f"Kỳ này còn {left} ngày. Lập sớm được: số liệu chạy theo sổ đến ngày chốt. {budget}"

    # making

    def _make(self) -> None:
        if self._existing is not None:
            self._open(self._existing)
            return
        try:
            end, due_on = self._days()
            with self._session.read() as connection:
                kind, year = self._kind(), int(self._year.raw())
                period = saved_reports.default_period(connection, kind, year, end)
        except Problem as problem:
            self._show(problem)
            return
        text = write_template(outline(period))
        saving = self._session.save("Lập báo cáo", saved_reports.create, period, text, due_on)
        saving.otherwise(self._show).with_toast(f"Đã lập báo cáo {period.words}").then(self._open)

    def _days(self):  # type: ignore[no-untyped-def]
        faults = []
        values = []
        for field, key, label in ((self._end, "end", self._end_field), (self._due, "due_on", self._due_field)):
            try:
                value = field.value()
                if value is None:
                    raise Problem(f"Cần nhập {label.label_text.lower()}")
                values.append(value)
            except Problem as problem:
                faults.append(Problem(problem.sentence, field=key))
        if faults:
            raise Problems(faults)
        return values

    def _show(self, problem: Problem) -> None:
        for fault in problem.faults if isinstance(problem, Problems) else (problem,):
            field = self._due_field if fault.field == "due_on" else self._end_field
            field.set_error(fault.sentence)

    def _open(self, report_id: int) -> None:
        self.close_overlay()
        self.made.emit(report_id)


def _next_missing(session: Session, coming: Period) -> Period:
    """The coming period, or the next of its kinds that has no report."""
    with session.read() as connection:
        for year in (coming.year, coming.year + 1):
            for kind in (PeriodKind.Q1, PeriodKind.H1, PeriodKind.NINE, PeriodKind.Y):
                period = saved_reports.default_period(connection, kind, year)
                if period.end >= coming.end and saved_reports.find(connection, kind, year) is None:
                    return period
    return coming
