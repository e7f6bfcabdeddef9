"""One report opened: its sections, the editor of one of them, the real pages beside."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from app.problems import Problem
from app.registers import saved_reports
from app.registers.saved_reports import REPORTS
from app.reports.making import write_pdf
from app.reports.numbering import outline
from app.ui import theme
from app.ui.drafting import Drafting
from app.ui.matching import Choice
from app.ui.page import Page
from app.ui.report.editor import SectionEditor
from app.ui.report.opened import OpenedReport
from app.ui.report.outline_list import OutlineList
from app.ui.report.preview import Preview
from app.ui.report.rendering import Rendering
from app.ui.screens.report_particulars import ParticularsPopover, Summary
from app.ui.session import Session
from app.ui.shell import Shell
from app.ui.tokens import Size, Space, Tone, Type
from app.ui.widgets import file_dialogs
from app.ui.widgets.buttons import Button, Kind
from app.ui.widgets.combo import ChoiceList
from app.ui.widgets.labels import HLine, IconLabel, Label, Pill, VLine, column, filled, row
from app.ui.widgets.messages import Banner, Note

SECTIONS_WIDTH = 220
PREVIEW_WIDTH = 436
# Widths of the window under which the pages hide behind a button, and the sections fold into a list.
PREVIEW_FROM, SECTIONS_FROM = Size.RAIL_BELOW, 1000
_SECTION_NAME = 120
_PAGES, _TEXT = "Xem trang in", "Xem chữ"


class ReportPage(Page):
    """The opened report of one period; `back` leads to the list. Raises Problem where it cannot be read."""

    wants_rail = True

    def __init__(self, session: Session, shell: Shell, report_id: int, back: Callable[[], None]):
        super().__init__("")
        self._session, self._shell, self._back = session, shell, back
        self._opened = OpenedReport(session, report_id, self)
        self._pages_wanted = False
        self._particulars: ParticularsPopover | None = None
        self._drafting = Drafting(session, (REPORTS.key,), self)
        self._drafting.failed.connect(session.trouble)
        self._build_header()
        self._summary = Summary()
        self._summary.edit.clicked.connect(self.edit)
        self._cautions = QWidget()
        self._notes = [Note("", Tone.AMBER) for _ in range(2)]
        notes = column(self._cautions, (Space.XL, 0, Space.XL, Space.S), Space.XS)
        for note in self._notes:
            notes.addWidget(note)
        self.editor = SectionEditor(self._opened.reader)
        self.editor.settled.connect(self._keep)
        self.rendering = Rendering(session.file, report_id, self)
        self.preview = Preview(self.rendering)
        self.sections = OutlineList()
        self.sections.picked.connect(self.go)
        self.set_content(self._three_columns())
        self._opened.renewed.connect(self._renewed)
        self._opened.gone.connect(self._back)
        self._opened.unsaved.connect(self._unsaved)
        session.leaving.connect(self.let_go)
        self._show_report()
        self.go(self._opened.template.sections[0].key)
        self.rendering.ask()

    # building

    def _build_header(self) -> None:
        self.header.add_back().clicked.connect(self._back)
        self._state = Pill("", Tone.GRAY)
        self.header.after_title.addWidget(self._state)
        self._section_list = ChoiceList(SECTIONS_WIDTH + 60)
        self._section_list.picked.connect(self.go)
        self._sections_button = Button("Các mục", menu=True)
        self._sections_button.clicked.connect(self._choose_section)
        self._pages_button = Button(_PAGES, icon="file-text")
        self._pages_button.clicked.connect(self.toggle_pages)
        export = Button("Xuất PDF", Kind.PRIMARY, icon="file-down", keys="Ctrl+E")
        export.clicked.connect(self._ask_where)
        for button in (self._sections_button, self._pages_button, export):
            self.header.add(button)

    def _three_columns(self) -> QWidget:
        whole = QWidget()
        filled(whole, "surface")
        outer = column(whole)
        outer.addWidget(self._summary)
        outer.addWidget(self._cautions)
        outer.addWidget(HLine())
        parts = QWidget()
        line = row(parts)
        self._list_part, self._text_part, self._pages_part = self._section_part(), self._editor_part(), QWidget()
        pages = row(self._pages_part)
        self._pages_line = VLine()
        pages.addWidget(self._pages_line)
        pages.addWidget(self.preview)
        line.addWidget(self._list_part)
        line.addWidget(self._text_part, 1)
        line.addWidget(self._pages_part)
        outer.addWidget(parts, 1)
        return whole

    def _section_part(self) -> QWidget:
        part = QWidget()
        line = row(part)
        inside = QWidget()
        inside.setFixedWidth(SECTIONS_WIDTH)
        stack = column(inside, (Space.S, Space.M, Space.S, Space.S), Space.M)
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

    # showing

    def _show_report(self) -> None:
        report = self._opened.report
        self._name()
        if report.is_draft:
            self._state.set("Dự thảo", Tone.GRAY)
        else:
            self._state.set("Đã cấp số", Tone.GREEN)
        self._summary.show_report(report, self._opened.facts)
        cautions = self._opened.cautions()
        for note, caution in zip(self._notes, cautions, strict=True):
            note.set(caution, Tone.AMBER)
            note.setVisible(bool(caution))
        self._cautions.setVisible(any(cautions))
        self.sections.show_entries(outline(self._opened.template.sections))
        if self.isVisible():
            self._show_deadline()

    def _name(self) -> None:
        """The whole name, or the period alone where there is little room."""
        period = self._opened.report.period
        whole = f"Báo cáo CCHC {period.words}"
        self.header.title.setText(whole if self._is_wide() else period.short)
        self.header.title.setToolTip("" if self._is_wide() else whole)

    def _is_wide(self) -> bool:
        return self.window().width() >= SECTIONS_FROM

    def _show_deadline(self) -> None:
        self._shell.status.set_deadline(*self._opened.due_words())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_deadline()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._shell.status.set_deadline("")

    def _renewed(self) -> None:
        """Registers or the report itself changed: figures, head and pages follow; what is being typed stays."""
        self._show_report()
        key = self._opened.reader.section
        kept = next((each for each in self._opened.template.sections if each.key == key), None)
        if kept is None:
            self.go(self._opened.template.sections[0].key)
        elif not self.editor.document().isModified() and self.editor.section() != kept:
            self.editor.show_section(self._opened.section(key))
        else:
            self.editor.renew()
        self.rendering.ask()

    # going about

    def go(self, key: str) -> None:
        """Edits another section; what was typed in the one before is saved."""
        self.editor.settle()
        self._opened.reader.section = key
        self.sections.choose(key)
        self._show_section_name()
        self.editor.show_section(self._opened.section(key))
        self.preview.follow(key)

    def _show_section_name(self) -> None:
        whole = self.sections.words()
        shown = theme.metrics(Type.BODY_MEDIUM).elidedText(whole, Qt.TextElideMode.ElideRight, _SECTION_NAME)
        self._sections_button.set_text(shown)
        self._sections_button.setAccessibleName(f"Các mục: {whole}")
        self._sections_button.setToolTip(whole if shown != whole else "")

    def _choose_section(self) -> None:
        choices = [Choice(entry.key, entry.text) for entry in outline(self._opened.template.sections)]
        self._section_list.open_with(self._sections_button, choices, self._opened.reader.section)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._back()
            return
        super().keyPressEvent(event)

    def let_go(self) -> None:
        """Hands in what is typed and lets the background work end."""
        self.editor.settle()
        self.rendering.close()

    # saving

    def _keep(self) -> None:
        section = self.editor.section()
        if section is not None:
            self._opened.keep(section)

    def _unsaved(self, problem: Problem | None) -> None:
        if problem is None:
            self.show_banner(None)
            return
        banner = Banner(str(problem), Tone.RED, "Ghi lại")
        banner.acted.connect(self._opened.save)
        self.show_banner(banner)

    def edit(self) -> None:
        """Opens the popover of the particulars."""
        self.editor.settle()
        if self._particulars is not None:
            self._particulars.deleteLater()
        popover = ParticularsPopover(self._session, self._opened.report, self._opened.facts, self._drafting)
        popover.kept.connect(lambda: self._offer("Đã cất bản đang gõ", "Mở lại", self.edit))
        popover.thrown_away.connect(
            lambda draft: self._offer("Đã bỏ bản đang gõ", "Hoàn tác", lambda: self._drafting.keep_again(draft))
        )
        self._particulars = popover
        self._particulars.open_at(self._summary.edit, right=True)
        self._particulars.form.focus_first()

    def _offer(self, told: str, action: str, act: Callable[[], None]) -> None:
        """A toast whose way back leads nowhere once the page is left."""
        self._shell.toast(told, action, lambda: act() if self._shell.current_page() is self else None)

    # the PDF

    def _ask_where(self) -> None:
        self.editor.settle()
        name = f"bao-cao-cchc-{self._opened.report.period.code}.pdf"
        offered = self._session.file.path.parent / name
        chosen = file_dialogs.file_to_write(self, "Xuất PDF", offered, "PDF (*.pdf)")
        if chosen is not None:
            self.export(chosen)

    def export(self, target: Path) -> None:
        """Writes the PDF on the worker, behind what is still being saved, then opens it."""
        self.editor.settle()
        file, report_id = self._session.file, self._opened.id

        def job() -> int:
            with file.read() as connection:
                report = saved_reports.get(connection, report_id)
                return write_pdf(connection, report.period, report, target)

        self._session.operations.submit(job, lambda pages: self._exported(target, pages), self._not_exported)

    def _exported(self, target: Path, pages: int) -> None:
        self.show_banner(None)
        self._shell.toast(f"Đã xuất {pages} trang: {target.name}")
        _open(target)

    def _not_exported(self, problem: Problem) -> None:
        banner = Banner(str(problem), Tone.RED, "Chọn tên khác")
        banner.acted.connect(self._ask_where)
        self.show_banner(banner)

    # room

    def toggle_pages(self) -> None:
        """Pages instead of the text, and back."""
        self._pages_wanted = not self._pages_wanted
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Where there is no room for the pages beside the text, they take its place when asked for."""
        width = self.window().width()
        beside = width >= PREVIEW_FROM
        instead = self._pages_wanted and not beside
        self._pages_button.setVisible(not beside)
        self._pages_button.set_text(_TEXT if instead else _PAGES)
        self._text_part.setVisible(not instead)
        self._pages_part.setVisible(beside or instead)
        self._pages_line.setVisible(beside)
        self.preview.set_width(PREVIEW_WIDTH if beside else None)
        self._list_part.setVisible(self._is_wide())
        self._sections_button.setVisible(not self._is_wide())
        self._summary.set_narrow(not beside)
        self._name()


def _open(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
