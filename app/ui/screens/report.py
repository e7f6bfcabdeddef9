"""One report opened: its sections, the editor of one of them, the real pages beside."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from app.registers import saved_reports
from app.registers.saved_reports import SavedReport
from app.reports.assembling import facts_of
from app.reports.blocks import Template
from app.reports.facts import Facts
from app.reports.making import write_pdf
from app.reports.numbering import number_sections, outline
from app.reports.template import read_template, write_template
from app.ui.matching import Choice
from app.ui.page import Page
from app.ui.report.editor import SectionEditor
from app.ui.report.outline_list import OutlineList
from app.ui.report.preview import Preview
from app.ui.report.reading import ReportReader
from app.ui.report.rendering import Rendering
from app.ui.screens.report_particulars import ParticularsPopover, Summary
from app.ui.session import Session
from app.ui.shell import Shell
from app.ui.tokens import Space, Tone, Type
from app.ui.widgets.buttons import Button, Kind
from app.ui.widgets.combo import ChoiceList
from app.ui.widgets.labels import HLine, IconLabel, Label, Pill, VLine, column, filled, row

SECTIONS_WIDTH = 220
PREVIEW_WIDTH = 436
# Widths of the window under which the pages hide behind a button, and the sections fold into a list.
PREVIEW_FROM, SECTIONS_FROM = 1180, 1000
TEXT_SAVED = "Sửa nội dung báo cáo"


class ReportPage(Page):
    """The opened report of one period; `back` leads to the list."""

    wants_rail = True

    def __init__(self, session: Session, shell: Shell, report_id: int, back: Callable[[], None]):
        super().__init__("")
        self._session, self._shell, self._report_id, self._back = session, shell, report_id, back
        self._report, self._template = self._load()
        self._reader = ReportReader(self._template, self._facts())
        self._pages_wanted = False
        self._build_header()
        self._summary = Summary()
        self._summary.edit.clicked.connect(self._edit)
        self.editor = SectionEditor(self._reader.read, self._reader.captions)
        self.editor.settled.connect(self._save)
        self.rendering = Rendering(session.file, report_id, self)
        self._preview = Preview(self.rendering)
        self._preview.setFixedWidth(PREVIEW_WIDTH)
        self.sections = OutlineList()
        self.sections.picked.connect(self.go)
        self.set_content(self._three_columns())
        session.changed.connect(self._changed)
        shell.closing.connect(self.close_report)
        self._show_report()
        self.go(self._template.sections[0].key)
        self.rendering.ask()

    # building

    def _build_header(self) -> None:
        self.header.add_back().clicked.connect(self._leave)
        self._state = Pill("", Tone.GRAY)
        self.header.after_title.addWidget(self._state)
        self._section_list = ChoiceList(SECTIONS_WIDTH + 60)
        self._section_list.picked.connect(self.go)
        self._sections_button = Button("Các mục", menu=True)
        self._sections_button.clicked.connect(self._choose_section)
        self._pages_button = Button("Xem trang in", icon="file-text")
        self._pages_button.clicked.connect(self._toggle_pages)
        export = Button("Xuất PDF", Kind.PRIMARY, icon="file-down", keys="Ctrl+E")
        export.clicked.connect(self._ask_where)
        for button in (self._sections_button, self._pages_button, export):
            self.header.add(button)

    def _three_columns(self) -> QWidget:
        whole = QWidget()
        filled(whole, "surface")
        outer = column(whole)
        outer.addWidget(self._summary)
        outer.addWidget(HLine())
        parts = QWidget()
        line = row(parts)
        self._list_part = self._section_part()
        line.addWidget(self._list_part)
        line.addWidget(self._editor_part(), 1)
        self._pages_part = QWidget()
        pages = row(self._pages_part)
        pages.addWidget(VLine())
        pages.addWidget(self._preview)
        line.addWidget(self._pages_part)
        outer.addWidget(parts, 1)
        return whole

    def _section_part(self) -> QWidget:
        part = QWidget()
        line = row(part)
        inside = QWidget()
        inside.setFixedWidth(SECTIONS_WIDTH)
        stack = column(inside, (Space.S, Space.M, Space.S, Space.S), Space.S)
        head = Label("Các mục", Type.LABEL_STRONG, "text2")
        head.setIndent(Space.M)
        stack.addWidget(head)
        stack.addWidget(self.sections, 1)
        line.addWidget(inside)
        line.addWidget(VLine())
        return part

    def _editor_part(self) -> QWidget:
        middle = QWidget()
        stack = column(middle)
        stack.addWidget(self.editor, 1)
        stack.addWidget(HLine())
        note = QWidget()
        line = row(note, (Space.XXL, Space.S, Space.XXL, Space.S), Space.S)
        line.addWidget(IconLabel("info", size=14))
        words = "Số liệu tô nền lấy từ sổ, tự đổi theo sổ. Xóa cả ô hoặc để nguyên."
        line.addWidget(Label(words, Type.HINT, "text2", elide=True), 1)
        stack.addWidget(note)
        return middle

    # reading

    def _load(self) -> tuple[SavedReport, Template]:
        with self._session.read() as connection:
            report = saved_reports.get(connection, self._report_id)
        return report, read_template(report.text)

    def _facts(self) -> Facts:
        with self._session.read() as connection:
            return facts_of(connection, self._report.period, self._report, self._template)

    def _show_report(self) -> None:
        report = self._report
        self.header.title.setText(f"Báo cáo CCHC {report.period.words}")
        if report.is_draft:
            self._state.set("Dự thảo", Tone.GRAY)
        else:
            self._state.set("Đã cấp số", Tone.GREEN)
        self._summary.show_report(report, self._reader.facts)
        self.sections.show_entries(outline(self._template.sections))

    # going about

    def go(self, key: str) -> None:
        """Edits another section; what was typed in the one before is saved."""
        self.editor.settle()
        self._reader.section = key
        self.sections.choose(key)
        section = next(each for each in number_sections(self._template.sections) if each.key == key)
        self.editor.show_section(section, self._reader.is_silent)
        self._preview.follow(key)

    def _choose_section(self) -> None:
        choices = [Choice(entry.key, entry.text) for entry in outline(self._template.sections)]
        self._section_list.open_with(self._sections_button, choices, self._reader.section)

    def _leave(self) -> None:
        self.close_report()
        self._back()

    def close_report(self) -> None:
        """Saves what is typed and lets the background work end."""
        self.editor.settle()
        self.rendering.close()

    # saving

    def _save(self) -> None:
        section = self.editor.section()
        if section is None:
            return
        sections = tuple(section if each.key == section.key else each for each in self._template.sections)
        self._template = self._reader.template = replace(self._template, sections=sections)
        text = write_template(self._template)
        self._session.save(TEXT_SAVED, saved_reports.save_text, self._report_id, text)

    def _changed(self, _tables: frozenset[str]) -> None:
        """Registers or the report itself changed: figures, head and pages follow; what is typed stays."""
        self._report, template = self._load()
        if not self.editor.document().isModified():
            self._template = self._reader.template = template
        self._reader.facts = self._facts()
        self._show_report()
        self.editor.repaint_chips()
        self.rendering.ask()

    def _edit(self) -> None:
        ParticularsPopover(self._session, self._report, self._reader.facts).open_at(self._summary.edit, right=True)

    # the PDF

    def _ask_where(self) -> None:
        self.editor.settle()
        name = f"bao-cao-cchc-{self._report.period.code}.pdf"
        start = str(self._session.file.path.parent / name)
        chosen, _ = QFileDialog.getSaveFileName(self, "Xuất PDF", start, "PDF (*.pdf)")
        if chosen:
            self.export(Path(chosen))

    def export(self, target: Path) -> None:
        """Writes the PDF on the worker, behind what is still being saved, then opens it."""
        file, report_id = self._session.file, self._report_id

        def job() -> int:
            with file.read() as connection:
                report = saved_reports.get(connection, report_id)
                return write_pdf(connection, report.period, report, target)

        def done(pages: int) -> None:
            self._shell.toast(f"Đã xuất {pages} trang: {target.name}", "Mở thư mục", lambda: _open(target.parent))
            _open(target)

        self._session.operations.submit(job, done, self._session.trouble.emit)

    # room

    def _toggle_pages(self) -> None:
        self._pages_wanted = not self._pages_wanted
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        width = self.window().width()
        has_room = width >= PREVIEW_FROM
        self._pages_button.setVisible(not has_room)
        self._pages_button.setText("Xem chữ" if self._pages_wanted else "Xem trang in")
        self._pages_part.setVisible(has_room or self._pages_wanted)
        self._list_part.setVisible(width >= SECTIONS_FROM)
        self._sections_button.setVisible(width < SECTIONS_FROM)


def _open(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
