"""Nhập Excel: a file is chosen, its columns are matched, its rows are looked at and brought in, in one page."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QStackedWidget

from app import formats
from app.problems import Problem
from app.registers import exchange
from app.registers.description import Register
from app.registers.exchange import Context, Match, Preview, Stopped, Workbook, matching
from app.ui.importing.choosing import ChooseStep, with_suffix, write_blank
from app.ui.importing.columns import MatchStep
from app.ui.importing.parts import StepMarks
from app.ui.importing.preview import PreviewStep
from app.ui.importing.preview_words import guesses_of, told
from app.ui.importing.running import Running
from app.ui.operations import Operations
from app.ui.page import Page
from app.ui.session import Session
from app.ui.shell import Shell
from app.ui.tokens import Size, Tone
from app.ui.widgets import file_dialogs
from app.ui.widgets.messages import Banner

CHOOSE, MATCH, PREVIEW = range(3)


@dataclass(frozen=True)
class Begun:
    """An import that was left before anything was written, so that it can be gone on with."""

    workbook: Workbook
    matches: Sequence[Match]
    corrections: Mapping[tuple[str, int, str], str]
    name: str
    keep: bool
    step: int


@dataclass(frozen=True)
class _Read:
    """What reading a file brings: its sheets, what they may say, how they match (or why not)."""

    workbook: Workbook
    contexts: dict[str, Context]
    matches: Sequence[Match]
    problem: Problem | None


class ImportPage(Page):
    """Opened over the page of a register with `shell.open_over`; goes back there by itself."""

    def __init__(self, session: Session, shell: Shell, register_key: str, begun: Begun | None = None):
        self._exchange = exchange.REGISTERS[register_key]
        super().__init__(self._exchange.title)
        self._session, self._shell, self._key = session, shell, register_key
        self._begun = begun
        self._workbook: Workbook | None = None
        self._contexts: dict[str, Context] = {}
        self._corrections: dict[tuple[str, int, str], str] = {}
        self._preview: Preview | None = None
        self._running: Running | None = None
        self._gone = False
        # Reading a file waits for no Save, and no Save for it.
        self._reading = Operations(self)
        self.marks = StepMarks()
        self.header.add_back().clicked.connect(self.go_back)
        self.header.add(self.marks)
        self.choosing = ChooseStep(self._exchange)
        self.matching = MatchStep(self._exchange, self._remembered)
        self.previewing = PreviewStep(self._exchange)
        self._stack = QStackedWidget()
        for step in (self.choosing, self.matching, self.previewing):
            self._stack.addWidget(step)
        self.set_content(self._stack)
        self.setAcceptDrops(True)
        self._connect()
        self._go(CHOOSE)
        if begun is not None:
            self._go_on_with(begun)

    def _connect(self) -> None:
        self.choosing.chosen.connect(self.read)
        self.choosing.blank_asked.connect(self._write_blank)
        self.matching.preview_asked.connect(self._look)
        self.matching.cancel_asked.connect(self.give_up)
        step = self.previewing
        step.corrected.connect(self._correct)
        step.all_guesses_taken.connect(self._take_guesses)
        step.import_asked.connect(self._bring_in)
        step.bad_rows_asked.connect(self._write_bad_rows)
        step.match_asked.connect(lambda: self._go(MATCH))
        step.cancel_asked.connect(self.give_up)
        self._session.leaving.connect(self.let_go)
        self.shown.connect(self._focus)

    # steps

    def _go(self, step: int) -> None:
        self._stack.setCurrentIndex(step)
        self.marks.show_step(step)
        self.show_banner(None)
        self._focus()

    def _focus(self) -> None:
        step = self._stack.currentIndex()
        field = (self.choosing.choose, self.matching.table, self.previewing.table)[step]
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_back(self) -> None:
        """The arrow: one step back; from the first step to where one came from."""
        self._stop()
        if self._stack.currentIndex() == CHOOSE:
            self.give_up()
        else:
            self._go(self._stack.currentIndex() - 1)

    def give_up(self) -> None:
        """Hủy: nothing was written; what was matched and corrected can be had again as long as the toast stands."""
        if self._is_writing():
            return
        begun = self._as_begun()
        self._shell.close_over()
        if begun is not None:
            reopen = partial(_reopen, self._session, self._shell, self._key, begun)
            self._shell.toast(f"Chưa nhập {begun.workbook.file_name}", "Mở lại", reopen)

    def _as_begun(self) -> Begun | None:
        step = self._stack.currentIndex()
        if self._workbook is None or step == CHOOSE:
            return None
        remembering = self.matching.remembering
        name, keep = remembering.name.raw(), remembering.keep.isChecked()
        return Begun(self._workbook, self.matching.matches(), dict(self._corrections), name, keep, step)

    def _go_on_with(self, begun: Begun) -> None:
        with self._session.read() as connection:
            self._contexts = exchange.contexts(connection, self._key, self._session.today)
        self._workbook = begun.workbook
        self._corrections = dict(begun.corrections)
        self.header.count.setText(begun.workbook.file_name)
        self.matching.begin(begun.workbook, self._contexts, begun.matches, begun.name, keep=begun.keep)
        if begun.step == PREVIEW:
            self._look()
        else:
            self._go(MATCH)

    # 1. the file

    def read(self, path: Path) -> None:
        """Reads a file beside everything else, and goes on to its columns, or past them where they are known."""
        self._stop()
        self._go(CHOOSE)
        self.choosing.show_reading(path.name)
        key, today, file = self._key, self._session.today, self._session.file
        running = self._run(f"Đọc {path.name}")

        def job() -> _Read:
            workbook = exchange.open_file(path, running.look)
            with file.read() as connection:
                contexts = exchange.contexts(connection, key, today)
                try:
                    return _Read(workbook, contexts, exchange.find_matches(connection, today, key, workbook), None)
                except Problem as problem:
                    return _Read(workbook, contexts, (), problem)

        self._reading.submit(job, self._answer(running, self._was_read), self._answer(running, self._not_read))

    def _write_blank(self) -> None:
        write_blank(self, self._session, self._shell, self._key, self._not_read)

    def _not_read(self, problem: Problem) -> None:
        self.choosing.show_reading("")
        if not isinstance(problem, Stopped):
            self.choosing.show_problem(problem)
        self._focus()

    def _was_read(self, read: _Read) -> None:
        self.choosing.show_reading("")
        if read.problem is not None:
            banner = self.choosing.show_problem(read.problem, "Khớp tay")
            assert banner is not None
            banner.acted.connect(lambda: self._match_by_hand(read))
            self._focus()
            return
        self._begin(read, read.matches)

    def _match_by_hand(self, read: _Read) -> None:
        """No heading is ours: the first sheet is shown as it is."""
        part = self._exchange.parts[-1]
        sheet = next(sheet for sheet in read.workbook.sheets if sheet.rows)
        self._begin(read, [matching.match_sheet(part, sheet, read.contexts[part.key])])

    def _begin(self, read: _Read, matches: Sequence[Match]) -> None:
        self._workbook, self._contexts = read.workbook, read.contexts
        self._corrections = {}
        self.header.count.setText(read.workbook.file_name)
        self.matching.begin(read.workbook, read.contexts, matches, Path(read.workbook.file_name).stem, keep=True)
        if all(match.name for match in matches):
            self._look()
        else:
            self._go(MATCH)

    def _remembered(self, register: Register) -> list[Match]:
        with self._session.read() as connection:
            return matching.remembered(connection, register)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() and not self._is_writing():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """One file of this PC."""
        paths = [url.toLocalFile() for url in event.mimeData().urls()]
        if len(paths) == 1 and paths[0]:
            event.acceptProposedAction()
            self.read(Path(paths[0]))
        else:
            self._go(CHOOSE)
            self.choosing.show_problem(Problem("Mỗi lần chỉ nhập một tệp trên máy này"))

    # 3. the rows

    def _look(self) -> None:
        """From the columns to the rows."""
        assert self._workbook is not None
        matches = self.matching.matches()
        remembered = next((match.name for match in matches if match.name), "")
        read = {match.sheet for match in matches}
        others = [sheet.name for sheet in self._workbook.sheets if sheet.rows and sheet.name not in read]
        self.previewing.begin(self._contexts, remembered, others)
        self._go(PREVIEW)
        self._check()

    def _check(self) -> None:
        """What an import would do: tried and taken back, with what was corrected meanwhile."""
        self._stop()
        assert self._workbook is not None
        running = self._run(f"Xem {self._workbook.file_name}")
        self.previewing.set_busy("Đang xem các dòng")
        corrections = dict(self._corrections)
        file, actor, workbook, matches = (
            self._session.file,
            self._session.actor,
            self._workbook,
            self.matching.matches(),
        )

        def job() -> Preview:
            return exchange.check(file, actor, self._key, workbook, matches, corrections, running.tick)

        def done(preview: Preview) -> None:
            self._preview = preview
            self.previewing.show_preview(preview, corrections)

        self._session.operations.submit(job, self._answer(running, done), self._answer(running, self._not_checked))

    def _not_checked(self, problem: Problem) -> None:
        """Stopped, or a column lacks: back to the columns."""
        self._go(MATCH)
        if not isinstance(problem, Stopped):
            self.show_banner(Banner(str(problem), Tone.RED))

    def _correct(self, register: str, number: int, field: str, text: str) -> None:
        self._corrections[register, number, field] = text
        self._check()

    def _take_guesses(self) -> None:
        assert self._preview is not None
        self._corrections.update(guesses_of(self._preview))
        self._check()

    def _bring_in(self) -> None:
        if self._running is not None or self._workbook is None:
            return
        name = self._workbook.file_name
        running = self._run(f"Nhập {name}", writes=True)
        self.previewing.set_busy("Đang nhập")
        saving = self._session.save(
            self._exchange.title,
            exchange.bring_in,
            self._key,
            self._workbook,
            self.matching.matches(),
            dict(self._corrections),
            running.tick,
            self.matching.remembering.given(),
        )
        saving.then(self._answer(running, lambda _: self._shell.close_over()))
        saving.otherwise(self._answer(running, self._not_brought_in))
        saving.with_toast(told)

    def _not_brought_in(self, problem: Problem) -> None:
        self.previewing.set_busy("")
        self.show_banner(Banner(str(problem), Tone.BLUE if isinstance(problem, Stopped) else Tone.RED))

    def _write_bad_rows(self) -> None:
        assert self._workbook is not None and self._preview is not None
        offered = Path(f"{Path(self._workbook.file_name).stem}-loi.xlsx")
        target = file_dialogs.file_to_write(self, "Ghi dòng lỗi ra tệp", offered, "Excel (*.xlsx)")
        if target is None:
            return
        path, workbook, preview, corrections = with_suffix(target), self._workbook, self._preview, self._corrections

        def written(count: int) -> None:
            self.show_banner(None)
            self._shell.toast(f"Đã ghi {formats.format_integer(count)} dòng lỗi: {path}")

        self._reading.submit(
            lambda: exchange.write_bad_rows(path, workbook, preview, dict(corrections)),
            written,
            lambda problem: self.show_banner(Banner(str(problem), Tone.RED)),
        )

    # in the background

    def _run(self, name: str, *, writes: bool = False) -> Running:
        self._running = Running(self._shell, name, writes=writes)
        return self._running

    def _answer(self, running: Running, answer: Callable[[Any], None]) -> Callable[[Any], None]:
        """An answer that counts only while it is still waited for."""

        def answered(value: Any) -> None:
            running.end()
            if self._running is running:
                self._running = None
                if not self._gone:
                    answer(value)

        return answered

    def _is_writing(self) -> bool:
        return self._running is not None and self._running.writes

    def _stop(self) -> None:
        """Give up what is being read or looked at; nobody waits for it any more."""
        if self._running is not None and not self._running.writes:
            self._running.stop()
            self._running.end()
            self._running = None
            self.choosing.show_reading("")

    def let_go(self) -> None:
        """The page goes: reading and looking end, what is being written is written whole."""
        if not self._gone:
            self._stop()
            self._gone = True
            self._reading.close(unfinished=False)

    # room and keys

    def set_compact(self, compact: bool, low: bool) -> None:
        super().set_compact(compact, low)
        narrow = self.window().width() < Size.RAIL_BELOW
        self.choosing.set_padding(self.padding())
        self.matching.set_compact(self.padding(), compact=narrow)
        self.previewing.set_compact(self.padding(), compact=narrow)

    def toast_room(self) -> QRect:
        """Above the bar with the buttons."""
        room = super().toast_room()
        bars = (0, self.matching.foot_height(), self.previewing.foot_height())
        return room.adjusted(0, 0, 0, -bars[self._stack.currentIndex()])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.give_up()
        else:
            super().keyPressEvent(event)


def _reopen(session: Session, shell: Shell, key: str, begun: Begun) -> None:
    shell.open_over(ImportPage(session, shell, key, begun))
