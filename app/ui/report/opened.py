"""The opened report: its text and particulars as they are kept, what its figures say now, saving what is typed."""

from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from app.problems import Problem
from app.registers import office, opening, saved_reports
from app.registers.saved_reports import SavedReport
from app.reports import early
from app.reports.assembling import cited_documents, facts_of
from app.reports.blocks import Section, Template, TemplateBlock
from app.reports.facts import Facts
from app.reports.numbering import number_sections
from app.reports.template import read_template, write_template
from app.ui import due
from app.ui.report.reading import ReportReader
from app.ui.session import Session
from app.ui.tokens import Tone

TEXT_SAVED = "Sửa nội dung báo cáo"
_AGAIN_AFTER_MS = 10_000
_NO_FACTS = frozenset({"draft", "change", "change_group"})


class OpenedReport(QObject):
    """One saved report in the window. Raises Problem where it cannot be read.

    `renewed` when registers or the report have changed; `gone` when it is no longer in the file; `unsaved` brings the
    Problem of a text that could not be written, and None when it is: it is tried again until it succeeds.
    """

    renewed = Signal()
    gone = Signal()
    unsaved = Signal(object)

    def __init__(self, session: Session, report_id: int, parent: QObject | None = None):
        super().__init__(parent)
        self._session, self.id = session, report_id
        with session.read() as connection:
            self.report = saved_reports.get(connection, report_id)
        self.template = read_template(self.report.text)
        self.reader = ReportReader(self.template, self._facts())
        self._waiting = 0
        self._failed = False
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_AGAIN_AFTER_MS)
        self._again.timeout.connect(self.save)
        session.changed.connect(self._changed)

    @property
    def facts(self) -> Facts:
        """What the report speaks of."""
        return self.reader.facts

    def section(self, key: str) -> Section[TemplateBlock]:
        """One section, numbered."""
        return next(section for section in number_sections(self.template.sections) if section.key == key)

    def keep(self, section: Section[TemplateBlock]) -> None:
        """Puts an edited section in its place and saves the text."""
        sections = tuple(section if each.key == section.key else each for each in self.template.sections)
        self._set_template(replace(self.template, sections=sections))
        self.save()

    def save(self) -> None:
        """Hands the whole text in."""
        self._again.stop()
        self._waiting += 1
        text = write_template(self.template)
        saving = self._session.save(TEXT_SAVED, saved_reports.save_text, self.id, text)
        saving.then(lambda _: self._saved()).otherwise(self._not_saved)

    def due_words(self) -> tuple[str, Tone | None]:
        """ "Gửi trước 15/6/2023, còn 3 ngày" of a draft with its tone; nothing once it is numbered."""
        if not self.report.is_draft:
            return "", None
        due_on, today = self.report.period.due_on, self._session.today
        with self._session.read() as connection:
            calendar = office.calendar(connection, {today.year, due_on.year})
        return due.sending(due_on, today, calendar)

    def cautions(self) -> tuple[str, str]:
        """What its figures do not count of the days before the books were opened, and what they count as late that is
        not so yet; "" when nothing."""
        period = self.report.period
        with self._session.read() as connection:
            found = opening.left_out(connection, period)
            overdue = int(self.facts.figures[early.OVERDUE, ""].value or 0)
            late = early.late_by_then(connection, period, overdue, self._session.today)
        return found.sentence if found is not None else "", late

    def _saved(self) -> None:
        self._waiting -= 1
        if self._failed:
            self._failed = False
            self.unsaved.emit(None)

    def _not_saved(self, problem: Problem) -> None:
        self._waiting -= 1
        self._failed = True
        self._again.start()
        self.unsaved.emit(problem)

    def _changed(self, tables: frozenset[str]) -> None:
        if tables <= _NO_FACTS:
            return
        before = self.report
        try:
            with self._session.read() as connection:
                self.report = saved_reports.get(connection, self.id)
            # What is on its way to the file is newer than what stands in it.
            if not self._waiting and not self._failed:
                self._set_template(read_template(self.report.text))
            if tables - {"report"} - _NO_FACTS or _particulars(before) != _particulars(self.report):
                self.reader.facts = self._facts()
        except Problem:
            self.gone.emit()
            return
        self.renewed.emit()

    def _set_template(self, template: Template) -> None:
        cited_before = cited_documents(self.template)
        self.template = self.reader.template = template
        if cited_documents(template) - cited_before:
            self.reader.facts = self._facts()

    def _facts(self) -> Facts:
        with self._session.read() as connection:
            return facts_of(connection, self.report.period, self.report, self.template)


def _particulars(report: SavedReport) -> SavedReport:
    return replace(report, text="")
