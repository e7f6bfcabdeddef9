"""Hồ sơ: the dossiers of the one-stop counter, their intake form and their steps."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget
from sqlalchemy import ColumnElement, Connection

from app import formats
from app.models.database import Work
from app.models.dossiers import Channel, Outcome
from app.periods import Period
from app.registers import dossier_facts, dossier_steps, dossiers, office, procedures
from app.registers.description import Field
from app.registers.dossiers import DOSSIERS
from app.reports import dossier_list
from app.reports.dossier_list import ChipNumber, Look
from app.ui.cells import Row, RowSource
from app.ui.described import choices_of, specs_of
from app.ui.due import calendar_around
from app.ui.entry_panel import Entry, Opened
from app.ui.form import FieldSpec, Form
from app.ui.matching import Choice
from app.ui.page import subject
from app.ui.paged_model import Column
from app.ui.register_page import RegisterPage
from app.ui.register_source import KeyedSource, RegisterSource
from app.ui.register_view import ChipSpec, Filter, FirstThing, View, Words
from app.ui.screens import dossier_panel
from app.ui.screens.dossier_form import DossierForm
from app.ui.screens.dossier_rows import Around, row_of
from app.ui.session import Session
from app.ui.shell import Shell
from app.ui.widgets.buttons import Button, Kind
from app.ui.widgets.choice_button import ChoiceButton
from app.ui.widgets.labels import HLine

FIELD, PROCEDURE, RECEIVED_ON = "field", "procedure", "received_on"
_ENDS = {
    Outcome.RESOLVED: "Giải quyết xong",
    Outcome.RETURNED: "Trả lại hồ sơ",
    Outcome.WITHDRAWN: "Rút hồ sơ",
    Outcome.STOPPED: "Dừng giải quyết",
    Outcome.REJECTED: "Từ chối tiếp nhận",
}
_TOLD = {
    Outcome.RESOLVED: "Đã giải quyết xong hồ sơ",
    Outcome.RETURNED: "Đã trả lại hồ sơ",
    Outcome.WITHDRAWN: "Đã ghi rút hồ sơ",
    Outcome.STOPPED: "Đã dừng giải quyết hồ sơ",
    Outcome.REJECTED: "Đã từ chối hồ sơ",
}
_OTHER_ENDS = (Outcome.WITHDRAWN, Outcome.STOPPED, Outcome.REJECTED)
_INDEXED = ("received_on", "code", "applicant")
_DUE = ("due_on", "due_reason")
_DIGITISED = ("papers_digitised_on", "result_digitised_on")

_Asked = tuple[Period | None, str, Mapping[str, str]]


class DossiersPage(RegisterPage):
    """The list is looked at through the figures of the report; the form works out when a dossier is due."""

    place = "dossiers"
    import_key = "dossiers"
    register = DOSSIERS
    words = Words(
        noun="hồ sơ",
        icon="folder-open",
        search="Tìm mã, tên, địa chỉ, thủ tục",
        search_short="Tìm mã, tên, thủ tục…",
        new="Tiếp nhận hồ sơ",
        new_short="Tiếp nhận",
        new_title="Tiếp nhận hồ sơ",
        edit_title="Sửa hồ sơ",
        empty_how="Tiếp nhận hồ sơ đầu tiên, hoặc nhập sổ một cửa đang có từ Excel.",
    )
    tables = frozenset({"dossier", "dossier_step", "procedure", "procedure_change", "office_version", "report"})
    chips = (
        ChipSpec(dossier_list.ALL, "Tất cả"),
        ChipSpec(dossier_list.PENDING, "Đang giải quyết", "Đang làm"),
        ChipSpec(dossier_list.SOON, "Sắp đến hạn", "Sắp hạn"),
        ChipSpec(dossier_list.OVERDUE, "Quá hạn"),
        ChipSpec(dossier_list.NOT_DIGITISED, "Chưa số hóa", left_out=True),
        ChipSpec(dossier_list.AFTER, "Sau ngày chốt", "Sau chốt", only_with_rows=True),
    )
    order = ("received_on", True)

    def __init__(self, session: Session, shell: Shell):
        self._around = Around(session.today, calendar_around(session), {}, ())
        self._counted: list[tuple[_Asked, Mapping[str, ChipNumber]]] = []
        self._following: DossierForm | None = None
        super().__init__(session, shell)

    # the list

    def columns(self, compact: bool, beside: bool) -> tuple[Column, ...]:
        due, state = Column("due_on", "Hạn trả", 160, sort="due_on"), Column("state", "Trạng thái", 132)
        if compact:
            return Column("applicant", "Người nộp", stretch=True, sort="applicant"), due, state
        received = () if beside else (Column("received_on", "Ngày nhận", 104, sort="received_on"),)
        return (
            Column("code", "Mã hồ sơ", 122, sort="code"),
            Column("applicant", "Người nộp", 156, sort="applicant"),
            Column("procedure", "Thủ tục", stretch=True),
            *received,
            due,
            state,
        )

    def to_row(self, values: dict[str, Any]) -> Row:
        compact, beside = self.compact_columns()
        return row_of(values, self._around, compact=compact, beside=beside)

    def _look(self, view: View) -> Look:
        return Look(view.period, self._around.today, self._around.calendar)

    def _narrowing(self, view: View) -> tuple[ColumnElement[bool], ...]:
        """What field, procedure and day of reception narrow the list to."""
        narrowing = []
        if FIELD in view.filters:
            narrowing.append(dossier_list.of_field(int(view.filters[FIELD])))
        if PROCEDURE in view.filters:
            narrowing.append(dossier_list.of_procedure(int(view.filters[PROCEDURE])))
        if RECEIVED_ON in view.filters:
            narrowing.append(dossier_list.received_on(date.fromisoformat(view.filters[RECEIVED_ON])))
        return tuple(narrowing)

    def where(self, connection: Connection, view: View) -> tuple[ColumnElement[bool], ...]:
        shown = dossier_list.condition(connection, view.chip, self._look(view))
        return (shown, *self._narrowing(view))

    def counts(self, connection: Connection, view: View) -> Mapping[str, int]:
        return {chip: number.dossiers for chip, number in self._numbers(connection, view).items()}

    def _numbers(self, connection: Connection, view: View) -> Mapping[str, ChipNumber]:
        """Counted once for all chips, until a fact changes or something else is looked for."""
        asked = (view.period, view.search, view.filters)
        for counted, numbers in self._counted:
            if counted == asked:
                return numbers
        among = (*self._narrowing(view), *self.listing(connection, view).searched())
        numbers = dossier_list.numbers(connection, self._look(view), among)
        self._counted = [*self._counted[-1:], (asked, numbers)]
        return numbers

    def read_anew(self) -> None:
        self._counted = []
        with self.session.read() as connection:
            self._around = Around(
                self.session.today,
                calendar_around(self.session),
                dossier_facts.procedure_names(connection),
                dossier_facts.office_codes(connection),
            )

    def source(self, connection: Connection, view: View) -> RowSource:
        rows = self._numbers(connection, view)[view.chip].rows
        listing = self.listing(connection, view)
        if view.period is None and view.order[0] in _INDEXED:
            return RegisterSource(self.session, listing, self.to_row, rows)
        newest = None
        plain = view.order == self.order and view.chip == dossier_list.ALL and not view.is_narrowed
        if view.period is not None and plain:
            newest = replace(listing, where=(dossier_list.newest_condition(connection, view.chip, view.period),))
        return KeyedSource(self.session, listing, self.to_row, rows, newest)

    def filters_offered(self) -> tuple[Filter, ...]:
        return (Filter(FIELD, "Lĩnh vực", "Mọi lĩnh vực", self._fields),)

    def _fields(self) -> Sequence[Choice]:
        with self.session.read() as connection:
            return choices_of(procedures.fields(connection))

    def filter_words(self, key: str, value: str) -> str:
        if key == RECEIVED_ON:
            return f"Ngày nhận: {formats.format_date(date.fromisoformat(value))}"
        if key == PROCEDURE:
            return f"Thủ tục: {self._around.procedures.get(int(value), value)}"
        return super().filter_words(key, value)

    def first_things(self) -> Sequence[FirstThing]:
        with self.session.read() as connection:
            catalogue = dossiers.procedure_exists(connection)
        why = "Để báo cáo đầu tiên có số kỳ trước chuyển sang"
        carried = FirstThing("hourglass", "Hồ sơ nhận trước ngày mở sổ", why, "Nhập", self._import)
        if catalogue:
            return (carried,)
        why = "Để ô “Thủ tục” chọn được và hạn trả tự tính"
        return FirstThing("list-checks", "Danh mục thủ tục", why, "Mở", self._go_to_procedures), carried

    def _go_to_procedures(self) -> None:
        self.shell.go("procedures")

    # the form

    def specs(self) -> Sequence[FieldSpec]:
        return [spec for spec in self._all_specs() if spec.key not in _DIGITISED]

    def edit_entry(self, values: dict[str, Any]) -> Entry:
        return replace(super().edit_entry(values), specs=self._all_specs())

    def _all_specs(self) -> list[FieldSpec]:
        """The due date takes a whole line: what it follows from stands below it."""
        specs = self.specs_of(DOSSIERS)
        return [replace(spec, width="full") if spec.key in _DUE else spec for spec in specs]

    def defaults(self) -> dict[str, Any]:
        now = self.session.file.clock.now().time().replace(second=0, microsecond=0)
        return {"channel": Channel.IN_PERSON, "received_on": self.session.today, "received_at": now, "quantity": 1}

    def next_detail(self) -> str:
        with self.session.read() as connection:
            return str(dossiers.next_own_code(connection, self.session.today.year)["code"])

    def form_changed(self, form: Form, key: str) -> None:
        if self._following is None or self._following.form is not form:
            self._following = DossierForm(self.session, form)
        self._following.follow(key)

    def edit_values(self, values: dict[str, Any]) -> dict[str, Any]:
        with self.session.read() as connection:
            return values | {"due_reason": dossier_facts.due_reason(connection, values["id"])}

    def saved_words(self, row_id: int) -> str:
        values = self.read_row(row_id)
        return f"Đã lưu hồ sơ {dossier_facts.short_code(values['code'], self._around.prefixes)}" if values else "Đã lưu"

    def was_saved(self, entry: Entry, row_id: int) -> None:
        """One received after the cut-off lies outside the period: the list goes to where it stands."""
        plain = self.view.chip == dossier_list.ALL and not self.view.is_narrowed
        cut_off = self._look(self.view).cut_off
        if plain and cut_off is not None and entry.row_id is None:
            values = self.read_row(row_id)
            if values is not None and values["received_on"] > cut_off:
                self.chip_row.choose(dossier_list.AFTER)
                self.look(chip=dossier_list.AFTER)

    # the opened dossier

    def opened(self, values: dict[str, Any]) -> Opened:
        with self.session.read() as connection:
            procedure = dossier_facts.procedure_facts(connection, values["procedure_id"], values["received_on"])
            steps = dossier_steps.steps_of(connection, values["id"])
            officers = {person.id: person.name for person in office.people(connection, values["received_on"])}
        assert procedure is not None
        return Opened(
            values["applicant"],
            dossier_facts.short_code(values["code"], self._around.prefixes),
            (
                dossier_panel.standing(values, self._around, lambda: self._next_step(values), short=self.is_compact()),
                dossier_panel.facts(values, procedure, officers),
                dossier_panel.course(values, steps, self._around, officers),
            ),
            self._foot(values),
        )

    def _foot(self, values: dict[str, Any]) -> list[QWidget]:
        if values["outcome"] is not None:
            take_back = Button("Bỏ bước cuối", Kind.GHOST, icon="undo-2")
            take_back.clicked.connect(lambda: self._take_back(values))
            return [self.edit_button(), take_back]
        back = Button(_ENDS[Outcome.RETURNED])
        back.clicked.connect(lambda: self.ask_end(values, Outcome.RETURNED))
        ends = [Choice(outcome.value, _ENDS[outcome]) for outcome in _OTHER_ENDS]
        other = ChoiceButton("Khác", lambda: ends)
        other.kind = Kind.GHOST
        other.picked.connect(lambda key: self.ask_end(values, Outcome(key)))
        return [self.edit_button(), back, other]

    def _take_back(self, values: dict[str, Any]) -> None:
        """The last step was a slip, a wrong outcome or day: it goes, the right one is entered after it."""
        code = dossier_facts.short_code(values["code"], self._around.prefixes)
        saving = self.session.save("Bỏ bước cuối của hồ sơ", dossier_steps.take_back_step, values["id"])
        saving.with_toast(lambda kind: f"Đã bỏ bước “{dossier_panel.STEP_WORDS[kind]}” của hồ sơ {code}")

    def _next_step(self, values: dict[str, Any]) -> None:
        if values["outcome"] is None:
            self.ask_end(values, Outcome.RESOLVED)
        else:
            asked = (dossier_facts.HAND_OVER_DAY,)
            self._ask_step(values, "Trả kết quả", dossier_steps.hand_over, "Đã trả kết quả hồ sơ", asked)

    def ask_end(self, values: dict[str, Any], outcome: Outcome) -> None:
        """Asks on which day, and why, a dossier ended so."""
        reasons = () if outcome is Outcome.RESOLVED else (dossier_facts.STEP_REASON,)
        asked = (dossier_facts.FINISH_DAY, *reasons)
        day = values["received_on"] if outcome is Outcome.REJECTED else self.session.today
        self._ask_step(values, _ENDS[outcome], partial(_finish, outcome), _TOLD[outcome], asked, day)

    def _ask_step(
        self,
        values: dict[str, Any],
        title: str,
        command: Any,
        told: str,
        asked: Sequence[Field],
        day: Any = None,
    ) -> None:
        """A small form in the panel: the day, today offered, and the reason where one is due."""
        context = self.context()
        code = dossier_facts.short_code(values["code"], self._around.prefixes)
        self.enter(
            Entry(
                title,
                specs_of(asked, lambda: context),
                {"on_date": day or self.session.today},
                save=partial(_step, command),
                words=title,
                told=lambda _: f"{told} {code}",
                row_id=values["id"],
                button="Ghi",
                above=[subject(values["applicant"], f"Hồ sơ {code}"), HLine()],
            )
        )


def _finish(outcome: Outcome, work: Work, row_id: int, on_date: Any, reason: str = "") -> int:
    return dossier_steps.finish(work, row_id, outcome, on_date, reason)


def _step(command: Any, work: Work, row_id: int | None, values: Mapping[str, Any]) -> int:
    """A step of a dossier as the panel's form hands it in."""
    assert row_id is not None
    return int(command(work, row_id, **values))
