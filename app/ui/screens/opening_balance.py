"""Số dư đầu: last numbers, pending dossiers, cumulative budget of an office that opens its books within a year."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app import formats
from app.models.database import Work
from app.problems import Problem, Problems
from app.registers import opening
from app.registers.kinds import Context
from app.ui.described import specs_of
from app.ui.drafting import Drafting, Unfinished
from app.ui.screens.alone import AlonePage, Fitting, Sheet, centred
from app.ui.screens.opening_budget import OpeningBudget
from app.ui.screens.opening_numbers import OpeningNumbers
from app.ui.screens.opening_parts import heading, hint, part_head
from app.ui.session import Session
from app.ui.shell import Shell
from app.ui.tokens import Space, Tone, Type
from app.ui.widgets.buttons import Button, Kind
from app.ui.widgets.composing import commit_composed
from app.ui.widgets.fields import DateField
from app.ui.widgets.labels import HLine, Label, VLine, column, row
from app.ui.widgets.messages import Banner

_WIDTH, _DAY_WIDTH = 1040, 136
_DRAFT = "opening"


class OpeningBalancePage(AlonePage):
    """Step 2 of a new office (`first`), or opened again from Thiết lập. Each part may stay empty.

    `changed` comes when a person has typed.
    """

    changed = Signal()

    def __init__(self, session: Session, shell: Shell, *, first: bool = False):
        super().__init__()
        self._session, self._shell, self._first = session, shell, first
        with session.read() as connection:
            opened = opening.opened_on(connection, session.today)
            noted = opening.read(connection, opened)
        self.day = _day_field(session)
        self.day.set_value(opened)
        self.numbers = OpeningNumbers(session, noted)
        self.budget = OpeningBudget(noted)
        self._pending = Label("", Type.BODY, "text2", elide=True)
        self._save = Button("Lưu và mở sổ" if first else "Lưu", Kind.PRIMARY, keys="Ctrl+S")
        self._later = Button("Để sau", Kind.GHOST, keys="Esc")
        self._problem = Button("", Kind.ALARM, icon="circle-alert")
        self._problem.hide()
        self._arrange()
        if first:
            self.show_steps(("Cơ quan", "Số dư đầu, có thể để sau"), at=1)
        self.back.clicked.connect(self._go_back)
        self._save.clicked.connect(self.save)
        self._later.clicked.connect(self._leave)
        self._problem.clicked.connect(self._go_to_problem)
        self.day.left.connect(self._other_day)
        self.shown.connect(self.numbers.focus_first)
        self.shown.connect(self._count_pending)
        self.day.edited.connect(self.changed)
        self.budget.edited.connect(self.changed)
        for field in self.numbers.fields():
            field.edited.connect(self.changed)
        self.changed.connect(self._count_faults)
        self._drafting = Drafting(session, (_DRAFT,), self)
        self._drafting.failed.connect(self._fail)
        clean = self.typed()
        waiting = self._drafting.waiting()
        if waiting:
            self._restore(waiting[0].typed)
        self._drafting.watch(self, waiting[0] if waiting else Unfinished(_DRAFT, None, clean), clean=clean)

    def _arrange(self) -> None:
        sheet = Sheet(_WIDTH)
        stack = sheet.stack
        head = QWidget()
        top = row(head, (Space.XXL, Space.L, Space.XXL, Space.L), Space.S)
        words = QWidget()
        upright = column(words)
        upright.addWidget(Label("Số dư đầu", Type.TITLE))
        upright.addWidget(
            Label("Để báo cáo đầu tiên đúng khi mở sổ giữa năm. Chưa có số thì để sau.", Type.BODY, "text2")
        )
        top.addWidget(words, 1)
        day = Label("Ngày mở sổ", Type.BODY, "text2")
        day.setBuddy(self.day)
        top.addWidget(day)
        self.day.setFixedWidth(_DAY_WIDTH)
        top.addWidget(self.day)
        stack.addWidget(head)
        stack.addWidget(HLine())
        body = QWidget()
        across = row(body)
        left = QWidget()
        parts = column(left, (Space.XXL, Space.XL, Space.XXL, Space.XL), Space.L)
        parts.addWidget(self.numbers)
        parts.addWidget(HLine())
        parts.addWidget(self._dossiers())
        parts.addStretch(1)
        right = QWidget()
        column(right, (Space.XXL, Space.XL, Space.XXL, Space.XL)).addWidget(self.budget)
        across.addWidget(left, 5)
        across.addWidget(VLine())
        across.addWidget(right, 4)
        stack.addWidget(Fitting(body, "surface", "surface"))
        stack.addWidget(HLine())
        foot = QWidget()
        line = row(foot, (Space.XXL, Space.M, Space.XXL, Space.M), Space.S)
        line.addWidget(self._save)
        line.addWidget(self._later)
        line.addWidget(self._problem)
        line.addStretch(1)
        if self._first:
            line.addWidget(Label("Mở lại ở Thiết lập › Cơ quan › Số dư đầu", Type.HINT, "text2"))
        stack.addWidget(foot)
        centred(self.centre, sheet)

    def _dossiers(self) -> QWidget:
        """Pending dossiers come as a file."""
        part = QWidget()
        stack = column(part, gap=Space.S)
        blank = Button("Tải mẫu trắng", Kind.LINK, icon="file-down")
        blank.clicked.connect(self._write_blank)
        title, detail = heading("Hồ sơ đang giải quyết"), hint("Nhận trước ngày mở sổ, còn phải trả.")
        stack.addWidget(part_head("folder-open", title, detail, blank))
        bring = Button("Nhập từ Excel", icon="file-up")
        bring.clicked.connect(self._import)
        line = QHBoxLayout()
        line.setContentsMargins(30, 0, 0, 0)
        line.addWidget(bring)
        line.addWidget(self._pending, 1)
        stack.addLayout(line)
        return part

    def _count_pending(self) -> None:
        """How many are there already."""
        day = self.day.read() or self._session.today
        with self._session.read() as connection:
            count = opening.pending_before(connection, day)
        self._pending.setText(f"Sổ đã có {formats.format_integer(count)} hồ sơ." if count else "")

    # the day

    def _opened(self) -> date:
        day = self.day.value()
        assert isinstance(day, date)
        return day

    def _other_day(self) -> None:
        """Another day asks nothing and changes no row: it says up to which day the numbers count."""
        try:
            day = self._opened()
        except Problem as problem:
            self.day.set_fault(True)
            self._tell("Ngày mở sổ", str(problem))
            return
        self.day.set_fault(False)
        with self._session.read() as connection:
            noted = opening.read(connection, day)
        self.numbers.show_year(noted)
        self.budget.show_year(noted)
        self._count_pending()
        self._problem.hide()

    # saving

    def save(self) -> None:
        """All faults at their fields, or everything in one Save."""
        commit_composed()
        faults: list[Problem] = []
        for read in (self._opened, self.numbers.values, self.budget.values):
            try:
                read()
            except Problems as problems:
                faults += problems.faults
            except Problem as problem:
                self.day.set_fault(True)
                faults.append(problem)
        if faults:
            self._refuse(Problems(faults))
            return
        self._save.disable("Đang lưu")
        noted = {"opened": self._opened(), "last_numbers": self.numbers.values(), "amounts": self.budget.values()}
        saving = self._session.save("Lưu số dư đầu", self._drafting.saving(_save), None, noted)
        saving.then(self._saved).otherwise(self._not_saved).with_toast("Đã lưu số dư đầu")

    def _saved(self, _: object) -> None:
        self._drafting.saved()
        self._shell.close_over()

    def _not_saved(self, problem: Problem) -> None:
        self._drafting.not_saved()
        self._refuse(problem)

    def _refuse(self, problem: Problem) -> None:
        self._save.setEnabled(True)
        self._save.setToolTip("")
        faults = problem.faults if isinstance(problem, Problems) else (problem,)
        shown = [fault for fault in faults if fault.field]
        for fault in shown:
            self.numbers.show_fault(fault)
            self.budget.show_fault(fault)
        if not shown:
            self._fail(problem)
            return
        self.show_banner(None)
        self._tell(f"{len(shown)} ô", str(shown[0]) if len(shown) == 1 else "")
        self._go_to_problem()

    def _tell(self, what: str, sentence: str) -> None:
        self._problem.set_text(f"Còn 1 ô cần sửa: {sentence}" if sentence else f"Còn {what} cần sửa")
        self._problem.show()

    def _count_faults(self) -> None:
        """What is mended while typing is counted no more."""
        if self._problem.isHidden():
            return
        wrong = [
            field for field in (self.day, *self.numbers.fields(), *self.budget.fields()) if field.property("fault")
        ]
        if wrong:
            self._tell(f"{len(wrong)} ô", "")
        else:
            self._problem.hide()

    def _go_to_problem(self) -> None:
        for field in (self.day, *self.numbers.fields(), *self.budget.fields()):
            if field.property("fault"):
                field.setFocus(Qt.FocusReason.OtherFocusReason)
                field.selectAll()
                return

    # leaving

    def typed(self) -> dict[str, str]:
        """The texts as they stand, the day among them."""
        fields = {field.key: field.raw() for field in (*self.numbers.fields(), *self.budget.fields())}
        return {opening.OPENED_ON.key: self.day.raw(), **fields}

    def _restore(self, typed: Mapping[str, str]) -> None:
        self.day.set_raw(typed.get(opening.OPENED_ON.key, self.day.raw()))
        self._other_day()
        for field in (*self.numbers.fields(), *self.budget.fields()):
            field.set_raw(typed.get(field.key, field.raw()))
        self.budget.add_up()

    def _leave(self) -> None:
        """Nothing is asked; what was typed and not saved is there again next time."""
        if self._drafting.put_aside() is not None:
            self._shell.toast("Đã cất bản đang gõ")
        self._shell.close_over()

    def _go_back(self) -> None:
        """From the set-up to what step 1 asked, now in Thiết lập; else where one came from."""
        self._leave()
        if self._first:
            self._shell.go("settings")

    def set_compact(self, compact: bool, low: bool) -> None:
        super().set_compact(compact, low)
        self.numbers.set_columns(1 if self.window().width() < _WIDTH else 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.focusNextPrevChild(True)
        else:
            super().keyPressEvent(event)

    # files

    def _import(self) -> None:
        from app.ui.screens.importing import ImportPage

        self._shell.open_over(ImportPage(self._session, self._shell, "dossiers"))

    def _write_blank(self) -> None:
        from app.ui.importing.choosing import write_blank

        write_blank(self, self._session, self._shell, "dossiers", self._fail)

    def _fail(self, problem: Problem) -> None:
        self.show_banner(Banner(str(problem), Tone.RED))


def _save(work: Work, _: int | None, values: Mapping[str, Any]) -> None:
    opening.save(work, **values)


def _day_field(session: Session) -> DateField:
    """The day the books are opened: any day up to today counts."""
    spec = specs_of([opening.OPENED_ON], lambda: Context(session.today, {}))[0]
    return DateField(spec.parse, spec.format, today=lambda: session.today)
