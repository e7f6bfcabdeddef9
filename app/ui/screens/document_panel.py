"""What an opened document says of itself, and a plan of its tasks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app import formats
from app.registers.plan_tasks import TaskInfo
from app.ui import due, theme
from app.ui.page import PanelSection
from app.ui.tokens import Space, Tone, Type
from app.ui.widgets.facts import Facts
from app.ui.widgets.labels import Label, Pill
from app.ui.widgets.messages import Note
from app.ui.widgets.progress import ProgressBar
from app.workdays import Calendar


@dataclass(frozen=True)
class OpenedDocument:
    """A document with what is known around it: who signs with which title, what is out of order, a plan's tasks."""

    values: dict[str, Any]
    type_name: str
    signer_title: str
    fault: str
    tasks: Sequence[TaskInfo]


def facts_parts(document: OpenedDocument) -> list[QWidget]:
    """An ordinary document."""
    values = document.values
    head = _head(document)
    facts = PanelSection()
    rows = [
        ("Ngày ban hành", formats.format_date(values["dated_on"])),
        ("Cơ quan", values["issuer"]),
        ("Loại văn bản", document.type_name),
        ("Người ký", f"{document.signer_title} {values['signer']}".strip()),
    ]
    facts.content.addWidget(Facts([(name, value) for name, value in rows if value]))
    return [head, facts]


def plan_parts(document: OpenedDocument, today: date, calendar: Calendar) -> list[QWidget]:
    """A plan: how far it has come."""
    head = _head(document)
    day = formats.format_date(document.values["dated_on"])
    signed = f"{document.signer_title} {document.values['signer']}".strip()
    told = f"{day} · {signed} ký" if signed else day
    head.content.addWidget(Label(told, Type.HINT, "text2", wrap=True))
    if document.values["in_report"]:
        head.content.addWidget(Label("Nêu trong báo cáo CCHC", Type.HINT, "text2"))
    if document.tasks:
        head.content.addSpacing(Space.XS)
        head.content.addLayout(_progress_line(document.tasks, today, calendar))
        done = sum(task.done_on is not None for task in document.tasks)
        tone = Tone.GREEN if done == len(document.tasks) else Tone.BLUE
        head.content.addWidget(ProgressBar(done / len(document.tasks), tone))
    return [head]


def _head(document: OpenedDocument) -> PanelSection:
    """The abstract, and what is wrong with the document or no longer holds."""
    values = document.values
    head = PanelSection(gap=Space.XS, line=False)
    head.content.addWidget(Label(values["abstract"], Type.BODY_MEDIUM, wrap=True))
    if values["voided_on"] is not None:
        head.content.addWidget(Pill("Đã hủy", Tone.GRAY), 0, Qt.AlignmentFlag.AlignLeft)
        day = formats.format_date(values["voided_on"])
        head.content.addWidget(Label(f"Hủy ngày {day}: {values['void_reason']}", Type.HINT, "text2", wrap=True))
    if document.fault:
        head.content.addWidget(Note(document.fault, Tone.AMBER))
    return head


def _progress_line(tasks: Sequence[TaskInfo], today: date, calendar: Calendar) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(Space.M)
    done = sum(task.done_on is not None for task in tasks)
    line.addWidget(Label(f"{done}/{len(tasks)} nhiệm vụ xong", Type.BODY_STRONG), 1)
    open_days = [task.due_on for task in tasks if task.done_on is None and task.due_on is not None]
    tones = [due.remaining(day, today, calendar)[1] for day in open_days]
    for tone, words in ((Tone.RED, "quá hạn"), (Tone.AMBER, "sắp đến hạn")):
        if count := tones.count(tone):
            label = Label(f"{count} {words}", Type.LABEL)
            label.set_colour(theme.colours().pair(tone).text)
            line.addWidget(label)
    return line
