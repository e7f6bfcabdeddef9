"""Văn bản: the documents issued, in the series of their numbers; a plan opens with its tasks."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget
from sqlalchemy import ColumnElement, Connection

from app import formats
from app.models.database import Work
from app.problems import Problem
from app.registers import documents, lists, office, plan_tasks
from app.registers.documents import DOCUMENTS, NumberFault, document_name
from app.registers.lists import Listing
from app.registers.plan_tasks import PlanProgress
from app.registers.plans import TASKS
from app.reports import document_list
from app.reports.document_list import DocumentsAsked
from app.ui.cells import Cell, Progress, Row, RowSource, Text, TwoLine
from app.ui.cells import Pill as PillCell
from app.ui.drafting import Unfinished
from app.ui.entry_panel import Entry, Opened
from app.ui.form import Form
from app.ui.matching import Choice
from app.ui.paged_model import Column
from app.ui.register_page import RegisterPage
from app.ui.register_view import ChipSpec, Filter, FirstThing, View, Words
from app.ui.screens import task_forms
from app.ui.screens.document_panel import OpenedDocument, facts_parts, plan_parts
from app.ui.screens.task_list import TaskList
from app.ui.session import Session
from app.ui.shell import Shell
from app.ui.tokens import Size, Tone
from app.ui.widgets.buttons import Button, Kind
from app.ui.widgets.combo import ChoiceList

PLAN = "KH"
_OTHER = "other"
_OWN_CHIPS = ((PLAN, "Kế hoạch"), ("QĐ", "Quyết định"), ("CT", "Chỉ thị"))
_MENU = 260
_FIRST_DAY, _LAST_DAY = date(1945, 9, 2), date(9999, 12, 31)


class DocumentsPage(RegisterPage):
    """The list, the form, an opened document."""

    place = "documents"
    register = DOCUMENTS
    words = Words(
        noun="văn bản",
        icon="file-text",
        search="Tìm số, ký hiệu, trích yếu, người ký",
        search_short="Tìm văn bản",
        new="Văn bản mới",
        new_short="Văn bản mới",
        new_title="Văn bản mới",
        edit_title="Sửa văn bản",
        empty_how="Ghi văn bản đầu tiên, số do sổ đưa ra, hoặc nhập sổ văn bản đang có từ Excel.",
    )
    tables = frozenset({"document", "document_series", "document_type", "plan_task", "office_version", "person"})
    chips = (
        ChipSpec("all", "Tất cả"),
        *(ChipSpec(code, name, code) for code, name in _OWN_CHIPS),
        ChipSpec(_OTHER, "Loại khác", "Khác", menu=True),
    )
    order = ("dated_on", False)
    import_key = "documents"

    def __init__(self, session: Session, shell: Shell):
        with session.read() as connection:
            self._types = {info.id: info for info in documents.types(connection)}
        self._by_code = {info.code: info for info in self._types.values()}
        self._faults: Mapping[int, NumberFault] = {}
        self._progress: Mapping[int, PlanProgress] = {}
        self._other = ""
        self._offered: int | None = None
        self._last_type: int | None = None
        super().__init__(session, shell)
        self._others = ChoiceList(_MENU)
        self._others.picked.connect(self._look_at_other)

    # the list

    def columns(self, compact: bool, beside: bool) -> tuple[Column, ...]:
        tasks = Column("tasks", "Nhiệm vụ", 120)
        if compact:
            return (Column("abstract", "Trích yếu", stretch=True), tasks)
        return (
            Column("number", "Số, ký hiệu", 112, sort="number"),
            Column("dated_on", "Ngày", 148, sort="dated_on"),
            Column("abstract", "Trích yếu", stretch=True),
            tasks,
        )

    def row_height(self, compact: bool) -> int:
        return Size.ROW_TWO_LINES if compact else Size.ROW_WIDE

    def filters_offered(self) -> tuple[Filter, ...]:
        """Whose documents, where the office has more than one issuer; the report counts the first one's."""
        first, *others = self._issuers()
        if not others:
            return ()
        return (Filter("issuer", "Cơ quan", first, lambda: [Choice(name, name) for name in others]),)

    def where(self, connection: Connection, view: View) -> tuple[ColumnElement[bool], ...]:
        return document_list.listed(connection, self._asked(view))

    def counts(self, connection: Connection, view: View) -> Mapping[str, int]:
        """What the report counts: voided documents stand in the list, not in the numbers."""
        counts = {}
        for chip in self.chips:
            asked = self._asked(replace(view, chip=chip.key))
            where = document_list.counted(connection, asked)
            counts[chip.key] = Listing(self.register, where, view.search).count(connection)
        return counts

    def listing(self, connection: Connection, view: View) -> Listing:
        """Of one day, in the order of the numbers."""
        listing = super().listing(connection, view)
        return replace(listing, order=(*listing.order, ("number", view.order[1])))

    def source(self, connection: Connection, view: View) -> RowSource:
        start, end = (view.period.start, view.period.end) if view.period else (_FIRST_DAY, _LAST_DAY)
        self._faults = {fault.document_id: fault for fault in documents.out_of_order(connection, start, end)}
        self._progress = plan_tasks.progress(connection)
        return super().source(connection, view)

    def total_words(self, count: int) -> str:
        number = formats.format_integer(count)
        return f"{number} văn bản đi trong kỳ" if self.view.period is not None else f"{number} văn bản đi"

    def to_row(self, values: dict[str, Any]) -> Row:
        compact, _ = self.compact_columns()
        cells: tuple[Cell, ...]
        if compact:
            cells = (self._both_cell(values), self._tasks_cell(values))
        else:
            voided = values["voided_on"] is not None
            pill = PillCell("Đã hủy", Tone.GRAY) if voided else None
            name = Text(_name(values), strong=not voided, muted=voided, struck=voided)
            abstract = Text(values["abstract"], muted=voided, pill=pill)
            cells = (name, self._date_cell(values), abstract, self._tasks_cell(values))
        return Row(values["id"], cells)

    def _date_cell(self, values: Mapping[str, Any]) -> Cell:
        day = formats.format_date(values["dated_on"])
        fault = self._faults.get(values["id"])
        if fault is None:
            return Text(day, muted=True)
        return TwoLine(day, _short(fault), False, Tone.AMBER, "triangle-alert", tip=fault.sentence)

    def _both_cell(self, values: Mapping[str, Any]) -> Cell:
        fault = self._faults.get(values["id"])
        told = [_name(values), formats.format_date(values["dated_on"])]
        told += ["đã hủy"] if values["voided_on"] else [_short(fault)] if fault else []
        tone, icon = (Tone.AMBER, "triangle-alert") if fault else (None, "")
        return TwoLine(values["abstract"], " · ".join(told), tone=tone, icon=icon)

    def _tasks_cell(self, values: Mapping[str, Any]) -> Cell:
        progress = self._progress.get(values["id"])
        if progress is None:
            return Text("")
        tone = Tone.GREEN if progress.done == progress.total else Tone.BLUE
        return Progress(progress.done, progress.total, tone=tone)

    def _asked(self, view: View) -> DocumentsAsked:
        types: Sequence[str] = ()
        if view.chip == _OTHER:
            types = [self._other] if self._other else self._other_types()
        elif view.chip != self.chips[0].key:
            types = [view.chip]
        return DocumentsAsked(view.filters.get("issuer") or self._issuers()[0], view.period, types)

    def _issuers(self) -> tuple[str, ...]:
        with self.session.read() as connection:
            return office.issuers_of(office.office_on(connection, self.session.today))

    def _other_types(self) -> list[str]:
        own = {code for code, _ in _OWN_CHIPS}
        return [code for code in self._by_code if code not in own]

    # "Loại khác"

    def chip_menu(self, key: str) -> None:
        """The other types, with their numbers."""
        choices = [Choice("", "Mọi loại khác")]
        with self.session.read() as connection:
            for code in self._other_types():
                asked = replace(self._asked(self.view), types=[code])
                where = document_list.counted(connection, asked)
                count = Listing(self.register, where, self.view.search).count(connection)
                choices.append(Choice(code, self._by_code[code].name, hint=formats.format_integer(count)))
        self._others.open_with(self.chip_row.chip(_OTHER), choices, self._other)

    def _look_at_other(self, code: str) -> None:
        self._other = code
        self.chip_row.choose(_OTHER)
        self.look(chip=_OTHER)

    def look(self, **changed: Any) -> None:
        """The type that "Loại khác" names holds only as long as it is chosen."""
        if changed.get("chip", self.view.chip) != _OTHER:
            self._other = ""
        super().look(**changed)

    def _arrange(self) -> None:
        super()._arrange()
        other = self.chips[-1]
        words = other.short if self.compact_columns() == (True, True) else other.text
        self.chip_row.set_text(_OTHER, self._by_code[self._other].name if self._other else words)

    def first_things(self) -> Sequence[FirstThing]:
        """The last number given before the books were opened, from which the next one is offered."""
        with self.session.read() as connection:
            if office.setting(connection, office.OPENED_ON) is not None:
                return ()
        why = "Để số đưa ra nối tiếp sổ đang dùng"
        return (FirstThing("hash", "Số văn bản cuối cùng đã cấp", why, "Ghi", self._open_numbers),)

    def _open_numbers(self) -> None:
        from app.ui.screens.settings import SettingsPage

        page = self.shell.go("settings")
        assert isinstance(page, SettingsPage)
        page.show_group("office")

    # the form

    def defaults(self) -> dict[str, Any]:
        """Today's document of the type looked at, else of the type written last."""
        today = self.session.today
        code = self._other if self.view.chip == _OTHER else self.view.chip
        chosen = self._by_code[code].id if code in self._by_code else self._last_type
        with self.session.read() as connection:
            signer = office.signer_on(connection, today)
        return {
            "type_id": chosen,
            "issuer": self.view.filters.get("issuer") or self._issuers()[0],
            "dated_on": today,
            "signer": signer["name"] if signer else None,
        }

    def new_entry(self) -> Entry:
        self._offered = None
        return replace(super().new_entry(), follow=partial(self._follow, None), told=self._told)

    def edit_entry(self, values: dict[str, Any]) -> Entry:
        name = _name(values)
        return replace(super().edit_entry(values), detail=name, follow=partial(self._follow, values["id"]))

    def new_plan(self) -> None:
        """The form for a plan, asked for from the page of plans."""
        self.chip_row.choose(PLAN)
        self.look(chip=PLAN)
        self.new()

    def saved_words(self, row_id: int) -> str:
        values = self.read_row(row_id)
        return f"Đã lưu {_name(values)}" if values else super().saved_words(row_id)

    def _told(self, row_id: int) -> str:
        values = self.read_row(row_id)
        if values is None:
            return super().saved_words(row_id)
        period = self.view.period
        outside = period is not None and not period.start <= values["dated_on"] <= period.end
        return f"Đã lưu {_name(values)}" + (", ngoài kỳ đang xem" if outside else "")

    def _follow(self, row_id: int | None, form: Form, key: str) -> None:
        """The number offered, the mark only plans have, and what is out of order."""
        type_id, issuer, day = (_read_of(form, name) for name in ("type_id", "issuer", "dated_on"))
        info = self._types.get(type_id)
        form.set_shown("in_report", info is not None and info.has_tasks)
        if row_id is None and info is not None:
            self._last_type = info.id
        if row_id is None and key in ("", "type_id", "issuer", "dated_on"):
            self._offer(form, type_id, issuer, day)
        number, note = _read_of(form, "number"), ""
        if info is not None and issuer and number and day:
            with self.session.read() as connection:
                note = documents.order_note(connection, row_id, issuer, type_id, number, day)
            form.field("number").set_hint(f"/{documents.symbol_for(info, issuer)}")
        form.field("dated_on").set_hint(note, warns=bool(note))

    def _offer(self, form: Form, type_id: int | None, issuer: str | None, day: date | None) -> None:
        """The next number, unless a person has typed another one."""
        if not (type_id and issuer and day):
            return
        typed = _read_of(form, "number")
        by_hand = typed is not None and typed != self._offered
        with self.session.read() as connection:
            self._offered = documents.next_number(connection, issuer, type_id, day.year)
        if not by_hand and typed != self._offered:
            form.set_value("number", self._offered)

    # an opened document

    def show_document(self, document_id: int) -> None:
        """The door from other pages: the document selected and opened, whatever its period."""
        with self.session.read() as connection:
            values = lists.row(connection, self.register, document_id)
        period = self.view.period
        if period is not None and not period.start <= values["dated_on"] <= period.end:
            assert self.period_choice is not None
            self.period_choice.look_at_every_day()
        issuer = values["issuer"] if values["issuer"] != self._issuers()[0] else ""
        chip = values["type_code"] if values["type_code"] in dict(_OWN_CHIPS) else self.chips[0].key
        self.look_only(chip=chip, period=self.view.period, filters={"issuer": issuer} if issuer else {})
        with self.session.read() as connection:
            ids = self.listing(connection, self.view).keys(connection, 0, self.table.count())
        self.table.select(document_id, near=ids.index(document_id))
        self.open_row(document_id)

    def opened(self, values: dict[str, Any]) -> Opened:
        info = self._types[values["type_id"]]
        today = self.session.today
        with self.session.read() as connection:
            signer = office.signer_on(connection, values["dated_on"])
            tasks = plan_tasks.tasks(connection, values["id"]) if info.has_tasks else []
            years = {today.year, *(task.due_on.year for task in tasks if task.due_on)}
            calendar = office.calendar(connection, years)
            fault = documents.order_note(
                connection, values["id"], values["issuer"], info.id, values["number"], values["dated_on"]
            )
        title = signer["title"] if signer and signer["name"] == values["signer"] else ""
        document = OpenedDocument(values, info.name, title, fault, tasks)
        foot: list[QWidget] = []
        if info.has_tasks:
            parts = plan_parts(document, today, calendar)
            listed = TaskList(tasks, today, calendar)
            listed.ticked.connect(self._tick)
            listed.opened.connect(self._open_task)
            parts.append(listed)
            if values["voided_on"] is None:
                add = Button("Thêm nhiệm vụ", icon="plus", keys="Ctrl+T")
                add.clicked.connect(lambda: self._add_task(values["id"]))
                foot.append(add)
        else:
            parts = facts_parts(document)
            foot.append(self.edit_button())
        if values["voided_on"] is None:
            void = Button("Hủy văn bản…", Kind.GHOST)
            void.clicked.connect(lambda: self.enter(self._void_entry(values)))
            foot.append(void)
        tools = [self._pencil()] if info.has_tasks else []
        return Opened(f"{info.name} {_name(values)}", "", parts, foot, tools)

    def _pencil(self) -> Button:
        pencil = Button("", Kind.GHOST, icon="pencil", name="Sửa", keys="F2")
        pencil.clicked.connect(self.edit)
        return pencil

    def _void_entry(self, values: dict[str, Any]) -> Entry:
        fields = [replace(self.register.by_key[key], required=True) for key in ("voided_on", "void_reason")]
        return Entry(
            "Hủy văn bản",
            self.specs_of(self.register, fields),
            {"voided_on": self.session.today},
            _void,
            "Hủy văn bản",
            lambda _: f"Đã hủy {_name(values)}, số giữ nguyên",
            detail=_name(values),
            button="Hủy văn bản",
            row_id=values["id"],
        )

    # tasks of the opened plan

    def _add_task(self, plan_id: int) -> None:
        self.enter(task_forms.add_entry(self.session, plan_id, choose_plan=False))

    def _tick(self, task_id: int) -> None:
        with self.session.read() as connection:
            task = plan_tasks.task(connection, task_id)
        if task.done_on is not None:
            task_forms.reopen(self.session, task_id)
            return
        self.enter(task_forms.result_entry(self.session, task, task_forms.heading(task)))

    def _open_task(self, task_id: int) -> None:
        from app.ui.screens.plans import PlansPage

        page = self.shell.go("plans")
        assert isinstance(page, PlansPage)
        page.show_task(task_id)

    def entry_for(self, unfinished: Unfinished) -> Entry | None:
        """A task that was left here half typed comes back in its own form."""
        if unfinished.register == DOCUMENTS.key:
            return super().entry_for(unfinished)
        if unfinished.register == TASKS.key:
            return task_forms.add_entry(self.session, None, choose_plan=True)
        assert unfinished.row_id is not None
        with self.session.read() as connection:
            task = plan_tasks.task(connection, unfinished.row_id)
        return task_forms.result_entry(self.session, task, task_forms.heading(task))


def _void(work: Work, row_id: int | None, values: Mapping[str, Any]) -> int:
    assert row_id is not None
    documents.void(work, row_id, values["voided_on"], values["void_reason"])
    return row_id


def _name(values: Mapping[str, Any]) -> str:
    return document_name(values["number"], values["suffix"], values["symbol"])


def _short(fault: NumberFault) -> str:
    """ "số 05 ghi 03/02"."""
    return f"số {fault.other.split('/')[0]} ghi {formats.format_short_date(fault.other_on)}"


def _read_of(form: Form, key: str) -> Any:
    """A field's value, None while it cannot be read."""
    try:
        return form.value(key)
    except Problem:
        return None
