"""The side panel of a register: a form being filled, or an opened row."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLayout, QWidget

from app.problems import Problem, Problems
from app.ui.drafting import Drafting, RemoveRow, SaveRow, Unfinished
from app.ui.form import FieldSpec, Form
from app.ui.held_keys import HeldKeys
from app.ui.page import SidePanel
from app.ui.session import Session
from app.ui.widgets.buttons import Button, Kind
from app.ui.widgets.labels import column


@dataclass(frozen=True)
class Entry:
    """A form to be filled.

    `save(work, row_id, values)` is the command, `words` its name in the journal, `told` makes the toast from what it
    returns. `follow(form, key)` is called after a person changed a field, and with "" when all values were put in.
    `next` makes the form that follows a save, from what it returned; without it the form closes. Drafts are kept under
    `draft_key`; "" keeps none. `above` stands over the fields, `extra` beside the Save button.
    `remove(work, row_id)` is the command behind "Xóa": it takes the row away and returns its name.
    """

    title: str
    specs: Sequence[FieldSpec]
    values: dict[str, Any]
    save: SaveRow
    words: str
    told: Callable[[Any], str]
    detail: str = ""
    button: str = "Lưu"
    row_id: int | None = None
    draft_key: str = ""
    follow: Callable[[Form, str], None] = lambda _form, _key: None
    next: "Callable[[Any], Entry] | None" = None
    above: Sequence[QWidget] = ()
    extra: tuple[Button, ...] = field(default=())
    remove: RemoveRow | None = None


@dataclass(frozen=True)
class Opened:
    """An opened row: parts of the body one below the other, buttons of the foot, small ones of the head."""

    title: str
    detail: str
    parts: Sequence[QWidget]
    foot: Sequence[QWidget] = ()
    tools: Sequence[Button] = ()


class EntryPanel(SidePanel):
    """Holds the form or the opened row.

    `saved(entry, id)` follows each save, `leave_asked` Esc and ×. `failed(problem, again)` is a failure that belongs to
    no field; `again` tries once more. `thrown_away(unfinished)` when a person gave a draft up, `removed` when the row
    that was corrected is taken away.
    """

    saved = Signal(object, object)
    leave_asked = Signal()
    failed = Signal(object, object)
    thrown_away = Signal(object)
    removed = Signal()

    def __init__(self, session: Session, drafting: Drafting):
        super().__init__()
        self._session = session
        self._drafting = drafting
        self._own_tools: Sequence[QWidget] = ()
        self._saving = False
        self._keys = HeldKeys(self)
        self._waiting: Callable[[], None] | None = None
        self.entry: Entry | None = None
        self.form: Form | None = None
        self.closed.connect(self.leave_asked)

    def enter(self, entry: Entry, unfinished: Unfinished | None = None) -> None:
        """Show a form, filled with its values or with what was typed before, the focus in its first empty field."""
        form = Form(entry.specs, today=lambda: self._session.today)
        form.set_values(entry.values)
        entry.follow(form, "")
        clean = form.typed()
        if unfinished is not None:
            form.restore(unfinished.typed)
            entry.follow(form, "")
        self.entry, self.form, self._saving = entry, form, False
        form.save_asked.connect(self.save)
        form.leave_asked.connect(self.leave_asked)
        form.changed.connect(lambda key: entry.follow(form, key))
        save = Button(entry.button, Kind.PRIMARY, keys="Ctrl+S")
        save.clicked.connect(form.ask_save)
        foot: list[QWidget] = [save, *entry.extra]
        if unfinished is not None:
            drop = Button("Bỏ bản này", Kind.GHOST, icon="trash-2")
            drop.clicked.connect(self._throw_away)
            foot.append(drop)
        elif entry.remove is not None and entry.row_id is not None:
            remove = Button("Xóa", Kind.GHOST, icon="trash-2")
            remove.clicked.connect(self._remove)
            foot.append(remove)
        body = _one_below_other([*entry.above, form]) if entry.above else form
        self._show(entry.title, entry.detail, body, foot, (form.problem_link,))
        if entry.draft_key:
            kept = unfinished or Unfinished(entry.draft_key, entry.row_id, clean)
            self._drafting.watch(form, kept, clean=clean)
        form.focus_first()

    def show_opened(self, opened: Opened) -> None:
        """Show an opened row."""
        self.entry = self.form = None
        body = _one_below_other(opened.parts)
        self._show(opened.title, opened.detail, body, opened.foot, (), opened.tools)

    def is_saving(self) -> bool:
        """Whether a save is on its way; the form must not be left before it is known how it ended."""
        return self._saving

    def when_saved(self, act: Callable[[], None]) -> None:
        """Act once the save on its way has ended well; where it fails, its errors stand and nothing else happens."""
        self._waiting = act

    def put_aside(self) -> Unfinished | None:
        """Leave the form; gives what was typed, kept as a draft, or None when nothing was."""
        self.entry = self.form = None
        return self._drafting.put_aside()

    def save(self) -> None:
        """Save the form: all errors stand at their fields, or the command runs."""
        entry, form = self.entry, self.form
        if entry is None or form is None or self._saving:
            return
        try:
            values = form.values()
        except Problems:
            return
        self._saving = True
        self._keys.hold()
        command = self._drafting.saving(entry.save)
        saving = self._session.save(entry.words, command, entry.row_id, values)
        saving.then(self._then).otherwise(self._otherwise).with_toast(entry.told)

    def _then(self, row_id: Any) -> None:
        entry = self.entry
        self._saving = False
        self.entry = self.form = None
        self._drafting.saved()
        self.saved.emit(entry, row_id)
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            waiting()
        self._keys.release()

    def _otherwise(self, problem: Problem) -> None:
        self._saving, self._waiting = False, None
        self._keys.drop()
        self._drafting.not_saved()
        form = self.form
        if form is None:
            return
        faults = problem.faults if isinstance(problem, Problems) else (problem,)
        shown = [fault for fault in faults if fault.field in form.typed()]
        rest = [fault for fault in faults if fault not in shown]
        if shown:
            form.show_problems(Problems(shown))
        if rest:
            self.failed.emit(rest[0], self.save)

    def _remove(self) -> None:
        """The row was entered by mistake; one key brings it back."""
        entry = self.entry
        if entry is None or entry.remove is None or entry.row_id is None or self._saving:
            return
        self._saving = True
        saving = self._session.save("Xóa dòng ghi nhầm", self._drafting.removing(entry.remove), entry.row_id)
        saving.then(self._removed).otherwise(self._not_removed).with_toast(lambda name: f"Đã xóa {name}")

    def _removed(self, _: str) -> None:
        self._saving = False
        self.entry = self.form = None
        self._drafting.saved()
        self.removed.emit()

    def _not_removed(self, problem: Problem) -> None:
        self._saving = False
        self._drafting.not_saved()
        self.failed.emit(problem, None)

    def _throw_away(self) -> None:
        self.entry = self.form = None
        self.thrown_away.emit(self._drafting.throw_away())

    def _show(
        self,
        title: str,
        detail: str,
        body: QWidget,
        foot: Sequence[QWidget],
        notice: Sequence[QWidget],
        tools: Sequence[QWidget] = (),
    ) -> None:
        self.set_head(title, detail)
        for tool in self._own_tools:
            tool.hide()
            tool.deleteLater()
        self._own_tools = tools
        for tool in tools:
            self.add_tool(tool)
        _fill(self.notice, notice)
        _fill(self.foot, foot)
        self.set_foot_visible(bool(foot))
        self.set_body(body)


def _one_below_other(parts: Sequence[QWidget]) -> QWidget:
    body = QWidget()
    upright = column(body)
    for part in parts:
        upright.addWidget(part)
    upright.addStretch(1)
    return body


def _fill(layout: QLayout, widgets: Sequence[QWidget]) -> None:
    """Other widgets in a row; those before are deleted."""
    while (item := layout.takeAt(0)) is not None:
        if (old := item.widget()) is not None:
            old.hide()
            old.deleteLater()
    for widget in widgets:
        layout.addWidget(widget)
