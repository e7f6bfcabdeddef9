"""The first set-up: one page of six required fields, with the paper beside it changing while one types."""

import sys
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app import places
from app.clock import Clock
from app.models.office import OfficeKind
from app.periods import PeriodKind, default_period, default_rules
from app.problems import Problem, Problems
from app.registers import founding, office
from app.registers.description import Field
from app.registers.founding import NewOffice
from app.registers.kinds import Context
from app.reports.assembling import office_facts, one_a_line
from app.reports.facts import SignerFacts
from app.ui.described import specs_of
from app.ui.form import FieldSpec, Form
from app.ui.matching import Choice
from app.ui.operations import Operations
from app.ui.paper_preview import OfficePaper, PaperPreview
from app.ui.screens.alone import Fitting, Sheet, centred
from app.ui.session import remember_person
from app.ui.tokens import Space, Type
from app.ui.widgets import file_dialogs
from app.ui.widgets.buttons import Button, Kind
from app.ui.widgets.composing import commit_composed
from app.ui.widgets.labels import HLine, Label, VLine, column, filled, row

_WIDTH, _FORM_WIDTH = 963, 561
_CATALOGUE = "catalogue"
_LATER = "Còn thiếu gì, sổ sẽ nhắc ở Tổng quan."
_WORKING = "Đang lập sổ, chờ vài giây…"


class SetUp(QWidget):
    """The card of the set-up. `finished` tells the file made and whether to go on to the opening balances.

    `there` names a file that stands already where the new one would; `failed` is a Problem that belongs to no field.
    """

    finished = Signal(Path, bool)
    there = Signal(Path)
    failed = Signal(object)
    moved = Signal()

    def __init__(self, path: Path, clock: Clock, operations: Operations):
        super().__init__()
        self.path = path
        self._clock, self._operations = clock, operations
        self._working = False
        self.form = Form(_specs(clock), today=clock.today, margins=(0, 0, 0, 0))
        self.form.set_values({"kind": OfficeKind.COMMUNE, _CATALOGUE: True})
        self.preview = PaperPreview()
        self.change_folder = Button("Đổi…", Kind.LINK)
        self.change_folder.setToolTip("Chọn thư mục khác cho tệp sổ")
        self._next = Button("Lưu, sang bước 2", Kind.PRIMARY, keys="Ctrl+S")
        self._open = Button("Lưu và mở sổ")
        self._state = Label(_LATER, Type.HINT, "text2")
        self._arrange()
        self._next.clicked.connect(self.form.ask_save)
        self.form.save_asked.connect(lambda: self._save(go_on=True))
        self._open.clicked.connect(lambda: self._save(go_on=False))
        self.form.changed.connect(lambda _key: self._show_paper())
        self.change_folder.clicked.connect(self._choose_folder)
        self._show_paper()

    def _arrange(self) -> None:
        sheet = Sheet(_WIDTH)
        stack = sheet.stack
        body = QWidget()
        across = row(body)
        left = QWidget()
        left.setFixedWidth(_FORM_WIDTH)
        upright = column(left, (Space.XXL + Space.XS, Space.XXL, Space.XXL + Space.XS, Space.XL))
        upright.addWidget(Label("Lập xã của tôi", Type.TITLE))
        upright.addWidget(Label("Điền một lần, sửa được bất cứ lúc nào trong Thiết lập.", Type.BODY, "text2"))
        upright.addSpacing(Space.S)
        upright.addWidget(self.form)
        right = QWidget()
        filled(right, "sunken")
        column(right, (Space.XL, Space.XXL + Space.XS, Space.XL, Space.XL)).addWidget(self.preview)
        across.addWidget(left)
        across.addWidget(VLine())
        across.addWidget(right, 1)
        stack.addWidget(Fitting(body, "surface", "sunken"))
        stack.addWidget(HLine())
        foot = QWidget()
        line = row(foot, (Space.XXL + Space.XS, Space.M, Space.XXL + Space.XS, Space.M), Space.S)
        line.addWidget(self._next)
        line.addWidget(self._open)
        line.addWidget(self.form.problem_link)
        line.addStretch(1)
        line.addWidget(self._state)
        stack.addWidget(foot)
        centred(self, sheet)

    def where(self) -> tuple[str, Button]:
        """Where the file will stand, in words, and the button that changes it."""
        folder = self.path.parent
        if sys.platform == "win32" and folder == places.default_office_folder():
            words = f"Sổ đặt ở Tài liệu chung, thư mục {folder.name}: mọi tài khoản trên máy này dùng chung."
        else:
            words = f"Sổ đặt ở thư mục {folder}."
        return words, self.change_folder

    def _choose_folder(self) -> None:
        commit_composed()
        chosen = file_dialogs.folder(self, "Chọn thư mục đặt sổ", self.path.parent)
        if chosen is None:
            return
        path = places.office_file(chosen)
        if path.exists():
            self.there.emit(path)
            return
        self.path = path
        self.moved.emit()

    def _typed(self) -> NewOffice:
        """What stands in the fields just now, read or not: the paper shows it while one types."""
        texts = {key: text.strip() for key, text in self.form.typed().items()}
        return NewOffice(
            OfficeKind(texts["kind"]),
            texts["name"],
            texts["superior"],
            texts["signer"],
            texts["title"],
            texts["person"],
            texts["section"],
            texts[_CATALOGUE] == "có",
        )

    def _show_paper(self) -> None:
        new = self._typed()
        head = founding.head_of(new)
        signer = SignerFacts(new.signer, **founding.signing_as(new.title)) if new.signer or new.title else None
        paper = OfficePaper(office_facts(head), one_a_line(head["recipients"]), signer)
        year = self._clock.today().year
        self.preview.show_paper(paper, default_period(PeriodKind.Y, year, lambda *_: None, default_rules()))

    def _save(self, *, go_on: bool) -> None:
        commit_composed()
        if self._working:
            return
        try:
            values = self.form.values()
        except Problems:
            return
        new = NewOffice(
            values["kind"],
            values["name"],
            values["superior"],
            values["signer"],
            values["title"],
            values["person"],
            values["section"] or "",
            values[_CATALOGUE],
        )
        path, clock = self.path, self._clock
        if path.exists():
            self.there.emit(path)
            return
        self._wait(True)

        def write() -> None:
            if path.parent != places.office_folder():
                places.remember("folder", str(path.parent))
            remember_person(path, founding.found_file(path, clock, new))

        self._operations.submit(write, lambda _: self.finished.emit(path, go_on), self._fail)

    def _fail(self, problem: Problem) -> None:
        self._wait(False)
        self.failed.emit(problem)

    def _wait(self, waiting: bool) -> None:
        self._working = waiting
        self._state.setText(_WORKING if waiting else _LATER)
        for button in (self._next, self._open):
            if waiting:
                button.disable("Đang lập sổ")
            else:
                button.setEnabled(True)
                button.setToolTip("")


def _specs(clock: Clock) -> list[FieldSpec]:
    """The fields as the registers describe them, under the names they have on this page."""
    fields: dict[str, Field] = {
        **{key: office.OFFICE.by_key[key] for key in ("kind", "name", "superior")},
        "signer": office.SIGNERS.by_key["name"],
        "title": office.SIGNERS.by_key["title"],
        "person": office.PEOPLE.by_key["name"],
        "section": office.PEOPLE.by_key["section"],
    }
    read = specs_of(fields.values(), lambda: Context(clock.today(), {}))
    specs = {key: replace(spec, key=key, width="full") for key, spec in zip(fields, read, strict=True)}
    for wide, narrow in (("kind", "name"), ("signer", "title"), ("person", "section")):
        specs[wide] = replace(specs[wide], width="two_thirds")
        specs[narrow] = replace(specs[narrow], width="third")
    superior = replace(specs["superior"], kind="suggested", choices=[Choice(n, n) for n in founding.superiors()])
    specs["superior"] = replace(superior, hint="Chọn trong danh sách hoặc gõ tên khác.")
    specs["title"] = replace(specs["title"], kind="suggested", choices=[Choice(t, t) for t in founding.TITLES])
    specs["person"] = replace(
        specs["person"],
        label="Tôi là",
        hint="Ghi tên vào việc mình làm. Người khác thêm sau.",
        parted=True,
        missing="Cần nhập tên người ngồi máy",
    )
    words = f"Lấy danh mục {founding.catalogue_size()} thủ tục mẫu, thời hạn điền sau"
    yes_no = FieldSpec(_CATALOGUE, words, lambda text: text == "có", lambda on: "có" if on else "không", "flag")
    return [*specs.values(), yes_no]
