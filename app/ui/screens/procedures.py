"""Thủ tục: the catalogue of procedures, its published changes, and what the period did to it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any, cast

from PySide6.QtWidgets import QWidget
from sqlalchemy import ColumnElement, Connection

from app import formats
from app.models.database import Work
from app.models.dossiers import DecidedBy, ProcedureChangeKind
from app.registers import founding, procedures
from app.registers.exchange.starting import starter_catalogue
from app.registers.lists import Listing
from app.registers.procedures import CHANGES, PROCEDURES
from app.reports import dossier_list, procedure_list
from app.ui.cells import Pill, Row, RowSource, Text, TwoLine
from app.ui.described import choices_of
from app.ui.drafting import Unfinished
from app.ui.entry_panel import Entry, Opened
from app.ui.form import FieldSpec
from app.ui.matching import Choice
from app.ui.paged_model import Column
from app.ui.register_page import RegisterPage
from app.ui.register_view import ChipSpec, Filter, FirstThing, View, Words
from app.ui.screens import procedure_panel
from app.ui.session import Session
from app.ui.shell import Shell
from app.ui.tokens import Size, Tone
from app.ui.widgets.buttons import Button, icon_button

FIELD = "field"
_PILLS = {
    ProcedureChangeKind.ISSUED: Pill("Mới", Tone.BLUE),
    ProcedureChangeKind.AMENDED: Pill("Sửa đổi", Tone.VIOLET),
    ProcedureChangeKind.ABOLISHED: Pill("Bãi bỏ", Tone.GRAY),
}
_CHANGED = {
    ProcedureChangeKind.ISSUED: "Mới trong kỳ",
    ProcedureChangeKind.AMENDED: "Sửa đổi trong kỳ",
    ProcedureChangeKind.ABOLISHED: "Bãi bỏ trong kỳ",
}
Changes = Mapping[int, Sequence[Mapping[str, Any]]]


class ProceduresPage(RegisterPage):
    """Rows of the report's figures at the cut-off; a change is a row of its own, with its day and decision."""

    place = "procedures"
    import_key = "procedures"
    register = PROCEDURES
    words = Words(
        noun="thủ tục",
        icon="list-checks",
        search="Tìm mã, tên thủ tục; gõ tắt “ks” ra Khai sinh",
        search_short="Tìm mã, tên thủ tục…",
        new="Thủ tục mới",
        new_short="Thủ tục mới",
        new_title="Thủ tục mới",
        edit_title="Sửa thủ tục",
        empty_how="Gõ thủ tục đầu tiên, hoặc nạp danh mục kèm theo chương trình.",
    )
    tables = frozenset({"procedure", "procedure_change", "procedure_field", "dossier", "report"})
    chips = (
        ChipSpec(procedure_list.IN_FORCE, "Đang áp dụng"),
        ChipSpec(procedure_list.NEW, "Mới trong kỳ", "Mới"),
        ChipSpec(procedure_list.AMENDED, "Sửa đổi"),
        ChipSpec(procedure_list.ABOLISHED, "Bãi bỏ"),
        ChipSpec(procedure_list.NO_LIMIT, "Chưa có thời hạn", left_out=True, only_with_rows=True),
    )
    order = ("applies_from", True)
    draft_keys = (PROCEDURES.key, CHANGES.key)

    def __init__(self, session: Session, shell: Shell):
        self._changes: Changes = {}
        self._limits: Mapping[int, procedure_panel.Limit] = {}
        super().__init__(session, shell)

    # the list

    def columns(self, compact: bool, beside: bool) -> tuple[Column, ...]:
        limit = Column("limit", "Thời hạn", 128)
        if compact:
            return Column("name", "Thủ tục, lĩnh vực", stretch=True, sort="name"), limit
        return (
            Column("code", "Mã", 80, sort="code"),
            Column("name", "Thủ tục, lĩnh vực, cấp quyết định", stretch=True, sort="name"),
            limit,
            Column("applies_from", "Áp dụng từ", 176, sort="applies_from"),
        )

    def row_height(self, compact: bool) -> int:
        return Size.ROW_TWO_LINES

    def to_row(self, values: dict[str, Any]) -> Row:
        compact, _ = self.compact_columns()
        level = f"{DecidedBy(values['decided_by']).value} quyết định"
        limit = Text(procedures.limit_text(*self._limits[values["id"]]))
        if compact:
            return Row(values["id"], (TwoLine(values["name"], values["field"]), limit))
        names = TwoLine(values["name"], f"{values['field']} · {level}")
        since = Text(formats.format_date(self._applies_from(values)), pill=self._pill(values["id"]))
        return Row(values["id"], (Text(values["code"], muted=True), names, limit, since))

    def _day(self) -> date:
        """The day under which procedures are looked at: the cut-off, or today where every day counts."""
        return self.view.period.end if self.view.period is not None else self.session.today

    def _applies_from(self, values: Mapping[str, Any]) -> date:
        changed = [
            change["effective_on"]
            for change in self._changes.get(values["id"], ())
            if change["kind"] != ProcedureChangeKind.ABOLISHED
        ]
        return cast(date, max(changed, default=values["valid_from"]))

    def _in_period(self, procedure_id: int) -> ProcedureChangeKind | None:
        """What the period did to it, the latest change first."""
        period = self.view.period
        for change in self._changes.get(procedure_id, ()):
            if period is not None and period.contains(change["published_on"]):
                return ProcedureChangeKind(change["kind"])
        return None

    def _pill(self, procedure_id: int) -> Pill | None:
        kind = self._in_period(procedure_id)
        return None if kind is None else _PILLS[kind]

    def where(self, connection: Connection, view: View) -> tuple[ColumnElement[bool], ...]:
        shown = procedure_list.condition(connection, view.chip, view.period, self.session.today)
        return (shown, *self._narrowing(view))

    def _narrowing(self, view: View) -> tuple[ColumnElement[bool], ...]:
        return (procedure_list.of_field(int(view.filters[FIELD])),) if FIELD in view.filters else ()

    def counts(self, connection: Connection, view: View) -> Mapping[str, int]:
        searched = self.listing(connection, view).searched()
        among = (*self._narrowing(view), *searched)
        return procedure_list.numbers(connection, view.period, self.session.today, among)

    def listing(self, connection: Connection, view: View) -> Listing:
        """Like ones by their code."""
        return replace(super().listing(connection, view), order=(view.order, ("code", False)))

    def source(self, connection: Connection, view: View) -> RowSource:
        self._changes = procedures.changes_from(connection)
        self._limits = procedures.limits_on(connection, self._day())
        return super().source(connection, view)

    def filters_offered(self) -> tuple[Filter, ...]:
        return (Filter(FIELD, "Lĩnh vực", "Mọi lĩnh vực", self._fields),)

    def _fields(self) -> Sequence[Choice]:
        with self.session.read() as connection:
            return choices_of(procedures.fields(connection))

    def total_words(self, count: int) -> str:
        number = formats.format_integer(count)
        return number if self.is_compact() else f"{number} đang áp dụng, đến {formats.format_prose_date(self._day())}"

    def first_things(self) -> Sequence[FirstThing]:
        count = formats.format_integer(founding.catalogue_size())
        why = f"{count} thủ tục cấp xã năm 2026; thời hạn còn thiếu thì điền sau"
        return (FirstThing("list-checks", "Danh mục kèm theo chương trình", why, "Nạp", self._start_catalogue),)

    def _start_catalogue(self) -> None:
        first = date(self.session.today.year, 1, 1)
        saving = self.session.save("Nạp danh mục thủ tục", starter_catalogue, first)
        saving.with_toast(lambda count: f"Đã nạp {formats.format_integer(count)} thủ tục")

    # the forms

    def specs(self) -> Sequence[FieldSpec]:
        names = [Choice(each.label, each.label) for each in self._fields()]
        return [
            replace(spec, kind="suggested", choices=names) if spec.key == FIELD else spec
            for spec in self.specs_of(PROCEDURES)
        ]

    def defaults(self) -> dict[str, Any]:
        return {"valid_from": self.session.today}

    def saved_words(self, row_id: int) -> str:
        values = self.read_row(row_id)
        return f"Đã lưu thủ tục {values['code']}" if values else "Đã lưu"

    def entry_for(self, unfinished: Unfinished) -> Entry | None:
        if unfinished.register != CHANGES.key:
            return super().entry_for(unfinished)
        values = self.read_row(unfinished.row_id or 0)
        return None if values is None else self.change_entry(values)

    def change_entry(self, values: Mapping[str, Any]) -> Entry:
        """The form of a published change; its draft is kept under the procedure it belongs to."""

        def save(work: Work, procedure_id: int | None, typed: Mapping[str, Any]) -> int:
            procedures.save_change(work, None, {**typed, "procedure_id": procedure_id})
            return cast(int, procedure_id)

        return Entry(
            "Ghi thay đổi",
            self.specs_of(CHANGES),
            {"published_on": self.session.today, "effective_on": self.session.today},
            save,
            words="Ghi thay đổi thủ tục",
            told=lambda _: f"Đã ghi thay đổi của {values['code']}",
            detail=values["code"],
            row_id=values["id"],
            draft_key=CHANGES.key,
        )

    # the opened procedure

    def opened(self, values: dict[str, Any]) -> Opened:
        period = self.session.period
        with self.session.read() as connection:
            numbers = dossier_list.of_one_procedure(connection, period, values["id"])
            limit = procedures.limit_on(connection, values["id"], self._day())
            told = procedures.changes_of(connection, values["id"])
        kind = self._in_period(values["id"])
        edit = icon_button("pencil", "Sửa")
        edit.clicked.connect(self.edit)
        return Opened(
            "Thủ tục",
            values["code"],
            (
                procedure_panel.naming(values, _CHANGED[kind] if kind is not None else "", self._day()),
                procedure_panel.facts(values, procedures.limit_text(*limit)),
                procedure_panel.changes(
                    (values["limit_amount"], values["limit_unit"]), told, partial(self._take_back, values, told)
                ),
                procedure_panel.dossiers(numbers, lambda: self._see_dossiers(values["id"])),
            ),
            self._foot(values),
            (edit,),
        )

    def _foot(self, values: Mapping[str, Any]) -> list[QWidget]:
        change = Button("Ghi thay đổi", icon="plus", keys="Ctrl+T")
        change.clicked.connect(lambda: self.enter(self.change_entry(values)))
        return [change, self.edit_button()]

    def _take_back(self, values: Mapping[str, Any], told: Sequence[Mapping[str, Any]]) -> None:
        """The newest change was a slip: it goes, the right one is entered after it."""
        saving = self.session.save("Bỏ thay đổi của thủ tục", procedures.remove_change, told[0]["id"])
        words = procedure_panel.KIND_WORDS
        saving.with_toast(lambda kind: f"Đã bỏ thay đổi “{words[kind]}” của {values['code']}")

    def _see_dossiers(self, procedure_id: int) -> None:
        page = self.shell.go("dossiers")
        if isinstance(page, RegisterPage):
            page.look_only(period=self.session.period, filters={"procedure": str(procedure_id)})
