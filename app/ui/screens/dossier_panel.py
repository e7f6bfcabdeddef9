"""An opened dossier: where it stands, what comes next, what is known of it, what happened."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app import formats
from app.models.dossiers import Outcome, StepKind
from app.registers.dossier_facts import ProcedureFacts
from app.registers.dossiers import CHANNELS
from app.ui.due import date_text, remaining
from app.ui.page import PanelSection
from app.ui.screens.dossier_form import received_words
from app.ui.screens.dossier_rows import Around, state_of
from app.ui.tokens import Space, Tone, Type
from app.ui.widgets.buttons import Button, Kind
from app.ui.widgets.facts import Facts, Step, StepState, Timeline
from app.ui.widgets.labels import Label, SectionHeading
from app.ui.widgets.labels import Pill as PillLabel

STEP_WORDS = {
    StepKind.RECEIVED: "Tiếp nhận",
    StepKind.AWAITING_SUPPLEMENT: "Chờ bổ sung",
    StepKind.DUE_SET: "Đổi hạn trả",
    StepKind.RESOLVED: "Giải quyết xong",
    StepKind.RETURNED: "Trả lại hồ sơ",
    StepKind.WITHDRAWN: "Người nộp rút hồ sơ",
    StepKind.STOPPED: "Dừng giải quyết",
    StepKind.REJECTED: "Từ chối tiếp nhận",
    StepKind.HANDED_OVER: "Trả kết quả",
}


def next_step(values: Mapping[str, Any]) -> str:
    """The one thing to do next: "Giải quyết xong", then "Trả kết quả", then nothing."""
    if values["outcome"] is None:
        return "Giải quyết xong"
    if values["outcome"] == Outcome.RESOLVED and values["handed_over_on"] is None:
        return "Trả kết quả"
    return ""


def standing(values: Mapping[str, Any], around: Around, step: Callable[[], None], *, short: bool) -> QWidget:
    """State, days left, and the next step as the primary button; `short` in a narrow window."""
    part = PanelSection(line=False, gap=Space.M)
    line = QHBoxLayout()
    line.setSpacing(Space.S)
    state = state_of(values)
    line.addWidget(PillLabel(state.text, state.tone))
    due_on: date | None = values["due_on"]
    if values["outcome"] is None and due_on is not None:
        words, tone = remaining(due_on, around.today, around.calendar)
        icons = {Tone.AMBER: "clock", Tone.RED: "circle-alert"}
        shown = words[0].upper() + words[1:]
        line.addWidget(PillLabel(shown, tone or Tone.GRAY, icons[tone] if tone is not None else ""))
    line.addStretch(1)
    if due_on is not None and values["outcome"] != Outcome.REJECTED:
        day = date_text(due_on, around.today) if short else formats.format_date(due_on)
        line.addWidget(Label(f"hẹn trả {day}", Type.BODY_MEDIUM))
    elif values["outcome"] is None:
        line.addWidget(Label("chưa có hạn trả", Type.BODY, "text2"))
    part.content.addLayout(line)
    if words := next_step(values):
        button = Button(words, Kind.PRIMARY, icon="check")
        button.clicked.connect(step)
        part.content.addWidget(button)
    return part


def facts(values: Mapping[str, Any], procedure: ProcedureFacts, officers: Mapping[int, str]) -> QWidget:
    """What is known of it; what is empty is left out."""
    channel = next(option.name for option in CHANNELS if option.value == values["channel"])
    limit = f" · thời hạn {procedure.limit}" if procedure.limit else ""
    name = Label(procedure.name, Type.BODY_MEDIUM, wrap=True)
    rows: list[tuple[str, str | QWidget]] = [
        ("Thủ tục", name),
        ("Lĩnh vực", f"{procedure.field}{limit}"),
        ("Địa chỉ", values["address"]),
        ("Điện thoại", values["phone"]),
        ("Nhận qua", f"{channel}, {received_words(values['received_on'], values['received_at'])}"),
        ("Số lượng", formats.format_integer(values["quantity"]) if values["quantity"] > 1 else ""),
        ("Người giải quyết", officers.get(values["officer_id"], "")),
        ("Số hóa", _digitised(values)),
        ("Ghi chú", values["note"]),
    ]
    part = PanelSection()
    part.content.addWidget(Facts([(label, value) for label, value in rows if value != ""]))
    return part


def _digitised(values: Mapping[str, Any]) -> str:
    papers, result = values["papers_digitised_on"], values["result_digitised_on"]
    told = [f"giấy tờ {formats.format_date(papers)}" if papers else "chưa số hóa giấy tờ"]
    if values["outcome"] == Outcome.RESOLVED:
        told.append(f"kết quả {formats.format_date(result)}" if result else "chưa số hóa kết quả")
    words = ", ".join(told)
    return words[0].upper() + words[1:]


def course(
    values: Mapping[str, Any], steps: Sequence[Mapping[str, Any]], around: Around, officers: Mapping[int, str]
) -> QWidget:
    """The dated steps, and what is still ahead."""
    channel = next(option.name for option in CHANNELS if option.value == values["channel"])
    told = []
    for step in steps:
        kind = StepKind(step["kind"])
        first = kind is StepKind.RECEIVED
        when = date_text(step["on_date"], around.today)
        if first and values["received_at"]:
            when = f"{when} {formats.format_time(values['received_at'])}"
        who = [step["person_name"], channel.lower() if first else ""]
        lines = (" · ".join(word for word in who if word), step["reason"])
        told.append(Step(STEP_WORDS[kind], when, tuple(line for line in lines if line)))
    told += _ahead(values, around, officers)
    part = PanelSection()
    part.content.addWidget(SectionHeading("Quá trình"))
    part.content.addWidget(Timeline(told))
    return part


def _ahead(values: Mapping[str, Any], around: Around, officers: Mapping[int, str]) -> list[Step]:
    due = date_text(values["due_on"], around.today) if values["due_on"] is not None else ""
    handing = Step("Trả kết quả", due, (), StepState.AHEAD)
    if values["outcome"] is None:
        officer = officers.get(values["officer_id"], "")
        since = f"từ {date_text(values['received_on'], around.today)}"
        return [Step("Đang giải quyết", since, (officer,) if officer else (), StepState.NOW), handing]
    return [handing] if next_step(values) else []
