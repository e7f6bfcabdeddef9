"""The form of a dossier as it is typed: what follows from the procedure, and the due date with its reason."""

from datetime import date
from typing import Any

from app import formats
from app.problems import Problem
from app.registers import dossier_facts
from app.registers.dossier_facts import DueAdvice
from app.registers.dossiers import DUE_FROM
from app.ui.form import Form
from app.ui.session import Session
from app.ui.widgets.fields import DateField
from app.workdays import LimitUnit

DUE, REASON, PROCEDURE = "due_on", "due_reason", "procedure_id"


class DossierForm:
    """Follows one form. The due date is worked out until a person overrules it with the pencil; then it wants a reason.

    A date that stands in the form from before and is not the one worked out was overruled already.
    """

    def __init__(self, session: Session, form: Form):
        self.form = form
        self._session = session
        self._advice = DueAdvice(None, "")
        self._overruled = False
        self._due.overrule_asked.connect(self._overrule)

    @property
    def _due(self) -> DateField:
        editor = self.form.field(DUE).editor
        assert isinstance(editor, DateField)
        return editor

    def follow(self, key: str) -> None:
        """After a field changed; "" when all values were put in."""
        if key in ("", *DUE_FROM):
            self._work_out()
            if not key:
                self._overruled = self._differs()
            self._show_due()
        elif key == DUE:
            self._tell_required()

    def _work_out(self) -> None:
        procedure_id, received_on = self._value(PROCEDURE), self._value("received_on")
        self._advice = DueAdvice(None, "")
        if procedure_id is None:
            self.form.field(PROCEDURE).set_hint("")
            return
        with self._session.read() as connection:
            if received_on is not None:
                at = self._value("received_at")
                self._advice = dossier_facts.due_advice(connection, procedure_id, received_on, at)
            # Said of a day that cannot be read too: a line that goes would move the fields below under the hand.
            facts = dossier_facts.procedure_facts(connection, procedure_id, received_on or self._session.today)
        assert facts is not None
        self.form.field(PROCEDURE).set_hint(f"{facts.field} · {_limit_words(facts.unit, facts.limit)}")

    def _show_due(self) -> None:
        known = self._advice.due_on is not None
        computed = not self._overruled and (known or not self._advice.why)
        field = self.form.field(DUE)
        if not self._overruled:
            self._due.set_raw("" if self._advice.due_on is None else formats.format_date(self._advice.due_on))
        self._due.set_computed(computed)
        if not computed and known:
            assert self._advice.due_on is not None
            field.set_hint(f"Để trống thì lấy lại {formats.format_date(self._advice.due_on)}.")
        else:
            field.set_hint(f"{self._advice.why} Sửa tay phải ghi lý do." if known else self._advice.why)
        self.form.set_shown(REASON, self._overruled and known)
        self._tell_required()

    def _overrule(self) -> None:
        if self._advice.due_on is None:
            return
        self._overruled = True
        self._show_due()
        self._due.setFocus()
        self._due.selectAll()

    def _tell_required(self) -> None:
        self.form.set_required(REASON, self._overruled and self._differs())

    def _differs(self) -> bool:
        """Whether the field holds another day than the one worked out."""
        typed = self._value(DUE)
        return self._advice.due_on is not None and bool(self._due.raw()) and typed != self._advice.due_on

    def _value(self, key: str) -> Any:
        try:
            return self.form.value(key)
        except Problem:
            return None


def _limit_words(unit: LimitUnit | None, limit: str) -> str:
    if unit is None:
        return "chưa có thời hạn"
    return f"trả {limit}" if unit is LimitUnit.SAME_DAY else f"thời hạn {limit}"


def received_words(received_on: date, at: Any) -> str:
    """ "08/06/2023 08:15"."""
    return f"{formats.format_date(received_on)} {formats.format_time(at)}" if at else formats.format_date(received_on)
