"""The particulars of a report: the line that shows them, the popover that changes them."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app import formats
from app.problems import Problem, Problems
from app.registers import saved_reports
from app.registers.references import context_for
from app.registers.saved_reports import REPORTS, SavedReport
from app.reports.facts import COMMITTEE, COMMITTEE_SHORT, Facts
from app.ui import theme
from app.ui.described import specs_of
from app.ui.drafting import Drafting, Unfinished
from app.ui.form import Form
from app.ui.session import Session
from app.ui.tokens import Space, Type
from app.ui.widgets.buttons import Button, Kind
from app.ui.widgets.labels import Label, column, row
from app.ui.widgets.overlay import Popover

_HEIGHT = 40
NOT_YET = "chưa có"
_SIGNER, _TO = "Người ký", "Gửi"
_NAMES = ("Kỳ", "Số", "Ngày ký", _SIGNER)


class Summary(QWidget):
    """Kỳ, Số, Ngày ký, Người ký, Gửi in one line; what is lacking is amber."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(_HEIGHT)
        self._line = row(self, (Space.XL, 0, Space.XL, 0), Space.XXL)
        self._values: dict[str, Label] = {}
        self._signer = ("", "")
        self._narrow = False
        for name in (*_NAMES, _TO):
            pair = QWidget()
            inside = row(pair, gap=Space.S)
            inside.addWidget(Label(name, Type.HINT, "text2"))
            value = Label("", Type.BODY_MEDIUM, elide=name == _TO)
            inside.addWidget(value, 1 if name == _TO else 0)
            self._values[name] = value
            self._line.addWidget(pair, 1 if name == _TO else 0)
        self._rest = QWidget()
        self._line.addWidget(self._rest, 1)
        self._rest.hide()
        self.edit = Button("Sửa", icon="pencil", keys="F2", dense=True)
        self._line.addWidget(self.edit)

    def set_narrow(self, narrow: bool) -> None:
        """Without title and addressee where there is little room; the popover and the page show them."""
        if narrow == self._narrow:
            return
        self._narrow = narrow
        side = Space.L if narrow else Space.XL
        self._line.setContentsMargins(side, 0, side, 0)
        self._line.setSpacing(Space.L if narrow else Space.XXL)
        addressee = self._values[_TO].parentWidget()
        assert addressee is not None
        addressee.setVisible(not narrow)
        self._rest.setVisible(narrow)
        self._show(_SIGNER, self._signer[narrow])

    def show_report(self, report: SavedReport, facts: Facts) -> None:
        """Shows the particulars as the paper will have them."""
        period, signer = report.period, facts.signer
        self._signer = (f"{signer.title} {signer.name}", signer.name) if signer else ("", "")
        texts = (
            f"{formats.format_date(period.start)} – {formats.format_prose_date(period.end)}",
            f"{report.number:02d}/{facts.symbol}" if report.number is not None else "",
            formats.format_prose_date(report.dated_on) if report.dated_on else "",
            self._signer[self._narrow],
            "; ".join(name.replace(COMMITTEE, COMMITTEE_SHORT) for name in facts.addressees),
        )
        for name, text in zip((*_NAMES, _TO), texts, strict=True):
            self._show(name, text)

    def _show(self, name: str, text: str) -> None:
        colours = theme.colours()
        self._values[name].setText(text or NOT_YET)
        self._values[name].set_colour(colours.text if text else colours.amber.text)


class ParticularsPopover(Popover):
    """Cut-off, due day, number, date, signer and addressee of one report.

    What was typed and not saved is kept and stands there again next time: `kept` says so, `thrown_away(unfinished)`
    that a person gave it up.
    """

    kept = Signal()
    thrown_away = Signal(object)

    def __init__(self, session: Session, report: SavedReport, facts: Facts, drafting: Drafting):
        super().__init__(f"Sửa báo cáo {report.period.words}")
        self._session, self._report, self._drafting = session, report, drafting
        with session.read() as connection:
            context = context_for(connection, REPORTS, session.today)
        specs = specs_of(REPORTS.form_fields, lambda: context)
        self.form = Form(specs, today=lambda: session.today, margins=(0, 0, 0, 0))
        self.form.set_values(
            {
                "end": report.period.end,
                "due_on": report.period.due_on,
                "number": report.number,
                "dated_on": report.dated_on,
                "signer_id": report.signer_id,
                "addressee": report.addressee or None,
            }
        )
        signer = f"{facts.signer.title} {facts.signer.name}" if facts.signer else NOT_YET
        self.form.field("signer_id").set_hint(f"Để trống: {signer}")
        self.form.field("addressee").set_hint(f"Để trống: {facts.office.superior}")
        self.form.save_asked.connect(self._save)
        self.form.leave_asked.connect(self.close_overlay)
        self.content.addWidget(self.form)
        save = Button("Lưu", Kind.PRIMARY, keys="Ctrl+S")
        save.clicked.connect(self.form.ask_save)
        cancel = Button("Hủy", Kind.GHOST, keys="Esc")
        cancel.clicked.connect(self.close_overlay)
        notice = QWidget()
        column(notice).addWidget(self.form.problem_link)
        self.content.addWidget(notice)
        for button in (save, cancel):
            self.foot.addWidget(button)
        self._go_on_typing()
        self.foot.addStretch(1)
        self.closed.connect(self._put_aside)

    def _go_on_typing(self) -> None:
        """From now on what is typed is kept, as a new draft or as the one that waits."""
        clean = self.form.typed()
        waiting = next((each for each in self._drafting.waiting() if each.row_id == self._report.id), None)
        if waiting is not None:
            self.form.restore(waiting.typed)
            drop = Button("Bỏ bản này", Kind.GHOST, icon="trash-2")
            drop.clicked.connect(self._throw_away)
            self.foot.addWidget(drop)
        self._drafting.watch(self.form, waiting or Unfinished(REPORTS.key, self._report.id, clean), clean=clean)

    def _put_aside(self) -> None:
        if self._drafting.put_aside() is not None:
            self.kept.emit()

    def _throw_away(self) -> None:
        unfinished = self._drafting.throw_away()
        self.close_overlay()
        self.thrown_away.emit(unfinished)

    def _save(self) -> None:
        try:
            values = self.form.values()
        except Problems:
            return
        command = self._drafting.saving(saved_reports.save)
        saving = self._session.save("Sửa báo cáo", command, self._report.id, values)
        saving.then(self._saved).otherwise(self._refused).with_toast("Đã lưu báo cáo")

    def _saved(self, _: int) -> None:
        self._drafting.saved()
        self.close_overlay()

    def _refused(self, problem: Problem) -> None:
        self._drafting.not_saved()
        self.form.show_problems(problem)
