"""What an opened task says of itself."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app import formats
from app.registers.plan_tasks import TaskInfo
from app.ui import due
from app.ui.page import PanelSection
from app.ui.screens.plan_groups import Looking
from app.ui.tokens import Space, Tone, Type
from app.ui.widgets.buttons import Button, Kind
from app.ui.widgets.facts import Facts
from app.ui.widgets.labels import Label, Pill, SectionHeading

_ICONS = {Tone.RED: "circle-alert", Tone.AMBER: "clock"}


def task_parts(task: TaskInfo, looking: Looking, open_plan: Callable[[], None]) -> list[QWidget]:
    """What is to be done, by when, where it stands; the plan is a door to it."""
    head = PanelSection(line=False)
    head.content.addWidget(Label(task.content, Type.BODY_MEDIUM, wrap=True))
    head.content.addLayout(_state_line(task, looking))
    plan = Button(task.plan, Kind.LINK)
    plan.clicked.connect(open_plan)
    facts: list[tuple[str, str | QWidget]] = [("Kế hoạch", plan)]
    facts += [(name, value) for name, value in (("Lĩnh vực", task.area), ("Chủ trì", task.lead)) if value]
    if task.done_on is not None:
        facts.append(("Ngày xong", formats.format_date(task.done_on)))
    body = PanelSection()
    body.content.addWidget(Facts(facts))
    return [head, body]


def result_part(task: TaskInfo) -> QWidget:
    """What came of it so far."""
    part = PanelSection(gap=Space.XS)
    part.content.addWidget(SectionHeading("Kết quả"))
    if task.result:
        part.content.addWidget(Label(task.result, Type.BODY, wrap=True))
    else:
        part.content.addWidget(Label("chưa ghi", Type.BODY, "text3"))
    return part


def _state_line(task: TaskInfo, looking: Looking) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(Space.S)
    if task.done_on is not None:
        line.addWidget(Pill("Đã xong", Tone.GREEN, "check"))
    else:
        line.addWidget(Pill("Đang làm", Tone.BLUE))
        if task.due_on is not None:
            words, tone = due.remaining(task.due_on, looking.today, looking.calendar)
            line.addWidget(Pill(f"{words[0].upper()}{words[1:]}", tone or Tone.GRAY, _ICONS.get(tone or Tone.GRAY, "")))
    line.addStretch(1)
    if task.due_on is not None:
        line.addWidget(Label(f"hạn {formats.format_date(task.due_on)}", Type.BODY_MEDIUM))
    return line
