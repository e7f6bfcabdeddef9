"""Taking an entry back: a counter-entry with its day and its reason."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from app import formats
from app.problems import Problem, Problems
from app.registers.budget import ENTRIES
from app.registers.kinds import Context
from app.ui.described import specs_of
from app.ui.form import Form
from app.ui.widgets.buttons import Button, Kind
from app.ui.widgets.facts import Facts
from app.ui.widgets.overlay import Popover

_FIELDS = ("entry_on", "reason")


class CounterPopover(Popover):
    """`save(entry_id, day, reason)` is called with what was typed; it answers through `refused` or closes this."""

    def __init__(self, context: Callable[[], Context], save: Callable[[int, date, str], None]):
        super().__init__("Ghi bút toán điều chỉnh")
        self._save = save
        self._entry_id = 0
        self._facts = Facts()
        specs = specs_of((ENTRIES.by_key[key] for key in _FIELDS), context)
        self.form = Form(specs, today=lambda: context().today, margins=(0, 0, 0, 0))
        self.form.set_required("reason", True)
        self.form.save_asked.connect(self._write)
        self.form.leave_asked.connect(self.close_overlay)
        self.content.addWidget(self._facts)
        self.content.addWidget(self.form)
        self.content.addWidget(self.form.problem_link)
        write = Button("Ghi", Kind.PRIMARY, keys="Ctrl+Enter")
        write.clicked.connect(self.form.ask_save)
        self.foot.addWidget(write)
        self.foot.addStretch(1)

    def ask(self, entry: Mapping[str, Any], day: date) -> None:
        """Fill it for an entry; open it at an anchor after this."""
        self._entry_id = entry["id"]
        self._facts.set_rows(
            [
                ("Bút toán", f"{formats.format_date(entry['entry_on'])} {entry['voucher']}".strip()),
                ("Nội dung", entry["text"]),
                ("Số tiền", f"{formats.format_money(entry['amount'])} đồng"),
                ("Sẽ ghi", f"{formats.format_money(-entry['amount'])} đồng"),
            ]
        )
        self.form.set_values({"entry_on": day})

    def _write(self) -> None:
        try:
            values = self.form.values()
        except Problems:
            return
        self._save(self._entry_id, values["entry_on"], values["reason"])

    def refused(self, problem: Problem) -> None:
        """The command said no: at its field, else at the reason."""
        at_field = problem if problem.field in _FIELDS else Problem(problem.sentence, field="reason")
        self.form.show_problems(at_field)
