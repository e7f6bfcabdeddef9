"""An opened procedure: in force or not, its limit, its changes, its dossiers of the period."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app import formats
from app.models.dossiers import ProcedureChangeKind
from app.registers.procedures import LEVELS, limit_text
from app.ui.page import PanelSection
from app.ui.tokens import Space, Tone, Type
from app.ui.widgets.buttons import Button, Kind
from app.ui.widgets.facts import Facts, Step, StepState, Timeline
from app.ui.widgets.labels import Label, Pill, SectionHeading, row
from app.workdays import LimitUnit

Limit = tuple[int | None, LimitUnit | None]

KIND_WORDS = {
    ProcedureChangeKind.ISSUED: "Ban hành",
    ProcedureChangeKind.AMENDED: "Sửa đổi",
    ProcedureChangeKind.ABOLISHED: "Bãi bỏ",
}


def naming(values: Mapping[str, Any], changed: str, day: date) -> QWidget:
    """The whole name, whether it is in force, and what the period did to it."""
    part = PanelSection(line=False)
    part.content.addWidget(Label(values["name"], Type.BODY_MEDIUM, wrap=True))
    line = QHBoxLayout()
    line.setSpacing(Space.S)
    line.addWidget(_standing(values, day))
    if changed:
        line.addWidget(Pill(changed, Tone.VIOLET))
    line.addStretch(1)
    part.content.addLayout(line)
    return part


def _standing(values: Mapping[str, Any], day: date) -> Pill:
    if values["valid_from"] > day:
        return Pill("Chưa áp dụng", Tone.GRAY, "clock")
    if values["valid_to"] is not None and values["valid_to"] < day:
        return Pill("Thôi áp dụng", Tone.GRAY)
    return Pill("Đang áp dụng", Tone.GREEN, "check")


def facts(values: Mapping[str, Any], limit: str) -> QWidget:
    """Field, limit, level, days."""
    level = next(option.name for option in LEVELS if option.value == values["decided_by"])
    until = f"đến {formats.format_date(values['valid_to'])}" if values["valid_to"] else "chưa có ngày hết"
    part = PanelSection()
    part.content.addWidget(
        Facts(
            [
                ("Lĩnh vực", values["field"]),
                ("Thời hạn", Label(limit or "chưa có", Type.BODY_MEDIUM)),
                ("Quyết định", level),
                ("Áp dụng", f"từ {formats.format_date(values['valid_from'])}, {until}"),
            ]
        )
    )
    return part


def changes(first: Limit, told: Sequence[Mapping[str, Any]], take_back: Callable[[], None]) -> QWidget:
    """The published changes, the newest first; `first` is the limit the procedure began with.

    `take_back` takes the newest one away that was entered by mistake.
    """
    part = PanelSection()
    head = SectionHeading("Thay đổi", formats.format_integer(len(told)))
    part.content.addWidget(head)
    if told:
        slip = Button("Bỏ dòng mới nhất", Kind.LINK)
        slip.clicked.connect(take_back)
        head.add_action(slip)
    else:
        part.content.addWidget(Label("Chưa ghi thay đổi nào.", Type.HINT, "text2"))
        return part
    before, after = first, {}
    for change in reversed(told):
        if change["limit_unit"] is not None:
            now = (change["limit_amount"], LimitUnit(change["limit_unit"]))
            after[change["id"]] = _limit_change(before, now)
            before = now
    steps = [
        Step(
            KIND_WORDS[ProcedureChangeKind(change["kind"])],
            f"công khai {formats.format_date(change['published_on'])}",
            tuple(line for line in (change["decision"], after.get(change["id"], ""), change["note"]) if line),
            StepState.DONE if place == 0 else StepState.BEFORE,
        )
        for place, change in enumerate(told)
    ]
    part.content.addWidget(Timeline(steps))
    return part


def _limit_change(before: Limit, now: Limit) -> str:
    """ "Thời hạn 25 còn 22 ngày làm việc", or both with their units."""
    if before == now or before[1] is None:
        return f"Thời hạn {limit_text(*now)}"
    if before[1] == now[1] and before[0] is not None and now[0] is not None:
        word = "còn" if now[0] < before[0] else "thành"
        return f"Thời hạn {before[0]} {word} {limit_text(*now)}"
    return f"Thời hạn {limit_text(*before)} thành {limit_text(*now)}"


def dossiers(numbers: Mapping[str, int], see: Callable[[], None]) -> QWidget:
    """What the report counts of it in the period, and the door to these dossiers."""
    part = PanelSection(gap=Space.XS)
    head = SectionHeading("Hồ sơ trong kỳ")
    part.content.addWidget(head)
    if not numbers["total"]:
        part.content.addWidget(Label("Không phát sinh.", Type.HINT, "text2"))
        return part
    link = Button(f"Xem {formats.format_integer(numbers['total'])} hồ sơ", Kind.LINK)
    link.clicked.connect(see)
    head.add_action(link)
    for name, detail, number in _lines(numbers):
        if number:
            part.content.addWidget(_line(name, detail, number))
    return part


def _lines(numbers: Mapping[str, int]) -> list[tuple[str, str, int]]:
    carried = numbers["carried_over"]
    overdue = numbers["pending_overdue"]
    return [
        ("Tiếp nhận", f"{formats.format_integer(carried)} kỳ trước chuyển sang" if carried else "", numbers["total"]),
        ("Đã giải quyết", _in_time(numbers), numbers["resolved"]),
        (
            "Đang giải quyết",
            f"{formats.format_integer(overdue)} quá hạn" if overdue else "trong hạn",
            numbers["pending"],
        ),
        ("Trả lại", "", numbers["returned"]),
        ("Rút", "", numbers["withdrawn"]),
        ("Dừng", "", numbers["stopped"]),
    ]


def _in_time(numbers: Mapping[str, int]) -> str:
    if numbers["late"]:
        return f"{formats.format_integer(numbers['late'])} quá hạn"
    return "tất cả trước và đúng hạn" if numbers["early"] else "tất cả đúng hạn"


def _line(name: str, detail: str, number: int) -> QWidget:
    widget = QWidget()
    line = row(widget, gap=Space.S)
    line.addWidget(Label(name, Type.BODY, "text2"))
    line.addWidget(Label(detail, Type.HINT, "text2"))
    line.addStretch(1)
    line.addWidget(Label(formats.format_integer(number), Type.BODY_STRONG))
    return widget
