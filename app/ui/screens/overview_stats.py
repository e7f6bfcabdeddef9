"""The strip at the top of Tổng quan: four counts, each the door to its dossiers."""

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app import formats
from app.models.dossiers import Channel
from app.reports.overview import Overview
from app.ui import due, icons, painting, theme
from app.ui.screens.overview_parts import Pressable
from app.ui.tokens import Radius, Size, Space, Tone, Type
from app.ui.widgets.facts import Card
from app.ui.widgets.labels import VLine, row

HEIGHT, HEIGHT_LOW = 98, 86
_CHANNELS = {Channel.ONLINE: "trực tuyến", Channel.IN_PERSON: "trực tiếp", Channel.POST: "bưu chính"}
_ICONS = {Tone.AMBER: "clock", Tone.RED: "circle-alert"}
_NONE = "Không có hồ sơ nào"


@dataclass(frozen=True)
class Stat:
    """A count with what it is made of; a tone when it wants to be looked at."""

    key: str
    title: str
    number: int
    detail: str
    tone: Tone | None = None


def stats_of(shown: Overview) -> tuple[Stat, ...]:
    """The four counts of today."""
    waiting = shown.waiting
    pending = _listed(((waiting.in_time, "trong hạn"), (waiting.undated, "chưa có hạn"), (waiting.overdue, "quá hạn")))
    late = _NONE
    if waiting.oldest_due is not None:
        words, _ = due.remaining(waiting.oldest_due, shown.today, shown.calendar)
        late = f"{words[0].upper()}{words[1:]}, {waiting.oldest_field}"
    received = _listed((waiting.received.get(channel, 0), words) for channel, words in _CHANNELS.items())
    soon = f"Trong {due.SOON} ngày làm việc tới"
    return (
        Stat("pending", "Đang giải quyết", waiting.pending, pending or _NONE),
        Stat("soon", "Sắp đến hạn", waiting.soon, soon, Tone.AMBER if waiting.soon else None),
        Stat("overdue", "Quá hạn", waiting.overdue, late, Tone.RED if waiting.overdue else None),
        Stat("today", "Tiếp nhận hôm nay", waiting.received_today, received or "Chưa có hồ sơ nào"),
    )


def _listed(parts: Iterable[tuple[int, str]]) -> str:
    return ", ".join(f"{formats.format_integer(number)} {words}" for number, words in parts if number)


class StatStrip(Card):
    """Four counts side by side; `chosen` names the one that was pressed."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.content.setContentsMargins(0, 0, 0, 0)
        inside = QWidget()
        line = row(inside)
        self.stats: list[StatButton] = []
        for number in range(4):
            if number:
                mark = QWidget()
                row(mark, (0, Space.L, 0, Space.L)).addWidget(VLine())
                line.addWidget(mark)
            stat = StatButton()
            stat.clicked.connect(lambda _=False, at=number: self.chosen.emit(self.stats[at].stat.key))
            self.stats.append(stat)
            line.addWidget(stat, 1)
        self.content.addWidget(inside)
        self.set_low(False)

    def show_stats(self, stats: Iterable[Stat]) -> None:
        """Other counts."""
        for button, stat in zip(self.stats, stats, strict=True):
            button.show_stat(stat)

    def set_low(self, low: bool) -> None:
        """Less height in a low window."""
        self.setFixedHeight(HEIGHT_LOW if low else HEIGHT)


class StatButton(Pressable):
    """Title, number, what it is made of."""

    def __init__(self) -> None:
        super().__init__(Radius.CARD)
        self.stat = Stat("", "", 0, "")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_stat(self, stat: Stat) -> None:
        """Another count."""
        self.stat = stat
        self.setAccessibleName(f"{stat.title}, {formats.format_integer(stat.number)}")
        self.setAccessibleDescription(stat.detail)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(160, HEIGHT_LOW)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, HEIGHT_LOW)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, c = QPainter(self), theme.colours()
        self.paint_back(painter)
        left, width = float(Space.XL), self.width() - 2.0 * Space.XL
        top = (self.height() - 70) / 2
        painting.words(painter, QRectF(left, top, width - Size.ICON, 20), self.stat.title, Type.BODY, c.text2)
        icons.paint(painter, left + width - Size.ICON + 2, top + 2, "chevron-right", c.text2)
        ink = c.pair(self.stat.tone).text if self.stat.tone else c.text
        number = formats.format_integer(self.stat.number)
        used = painting.words(painter, QRectF(left, top + 21, width, 36), number, Type.STAT, ink)
        if self.stat.tone:
            size = Size.ICON_NAVIGATION
            at = top + 21 + (36 - size) / 2
            icons.paint(painter, left + used + Space.M - 2, at, _ICONS[self.stat.tone], ink, size)
        painting.words(painter, QRectF(left, top + 57, width, 16), self.stat.detail, Type.HINT, c.text2)
