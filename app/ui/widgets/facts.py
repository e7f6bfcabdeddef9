"""What an opened thing says of itself: facts in rows, steps with their dates, cards around them."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.ui import painting, theme
from app.ui.tokens import Radius, Space, Type
from app.ui.widgets.labels import HLine, Label, column, row

_LABEL_WIDTH = 100
_DOT = 10
_RAIL = 22
_LINE = 18


class Facts(QWidget):
    """Label at the left, value at the right of it. A value may be text or a widget (a link, a pill)."""

    def __init__(self, rows: Sequence[tuple[str, str | QWidget]] = (), parent: QWidget | None = None):
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(Space.M)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnMinimumWidth(0, _LABEL_WIDTH)
        self._grid.setColumnStretch(1, 1)
        self.set_rows(rows)

    def set_rows(self, rows: Sequence[tuple[str, str | QWidget]]) -> None:
        """Other facts."""
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for number, (name, value) in enumerate(rows):
            shown = Label(value, Type.BODY, wrap=True) if isinstance(value, str) else value
            # A link is higher than a line of text: its name stands beside its middle.
            place = Qt.AlignmentFlag.AlignTop if isinstance(shown, Label) else Qt.AlignmentFlag.AlignVCenter
            self._grid.addWidget(Label(name, Type.BODY, "text2"), number, 0, place)
            if isinstance(shown, Label):
                shown.setAccessibleName(f"{name}: {shown.full_text()}")
                self._grid.addWidget(shown, number, 1)
            else:
                self._grid.addWidget(shown, number, 1, place | Qt.AlignmentFlag.AlignLeft)


class StepState(Enum):
    """Done is a full dot, now an accent ring; before and ahead are grey rings, of which ahead is not yet true."""

    DONE = "done"
    NOW = "now"
    BEFORE = "before"
    AHEAD = "ahead"


@dataclass(frozen=True)
class Step:
    """One dated step."""

    title: str
    when: str
    lines: tuple[str, ...] = ()
    state: StepState = StepState.DONE


class Timeline(QWidget):
    """Dated steps, joined by a line."""

    def __init__(self, steps: Sequence[Step] = (), parent: QWidget | None = None):
        super().__init__(parent)
        self._column = column(self)
        self.set_steps(steps)

    def set_steps(self, steps: Sequence[Step]) -> None:
        """Other steps."""
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for step in steps:
            self._column.addWidget(_StepRow(step, last=step is steps[-1]))


class _StepRow(QWidget):
    def __init__(self, step: Step, *, last: bool):
        super().__init__()
        self._state = step.state
        self._last = last
        inside = column(self, (_RAIL, 0, 0, 0 if last else Space.M))
        head = QHBoxLayout()
        ahead = step.state is StepState.AHEAD
        head.addWidget(Label(step.title, Type.BODY if ahead else Type.BODY_MEDIUM, "text2" if ahead else "text"), 1)
        head.addWidget(Label(step.when, Type.BODY, "text2"))
        inside.addLayout(head)
        for words in step.lines:
            told = Label(words, Type.HINT, "text2", wrap=True)
            told.setMinimumHeight(_LINE)
            inside.addWidget(told)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, c = QPainter(self), theme.colours()
        middle = Type.BODY.value.line / 2
        if not self._last:
            painting.line(painter, _DOT / 2, middle + _DOT, _DOT / 2 + 2, self.height() - 1, c.border)
        dot = QRectF(1, middle - _DOT / 2, _DOT, _DOT)
        if self._state is StepState.DONE:
            painting.box(painter, dot, _DOT / 2, fill=c.accent)
        else:
            ring = c.accent if self._state is StepState.NOW else c.field
            painting.box(painter, dot, _DOT / 2, fill=c.surface, line=ring, width=2.0)


class Card(QWidget):
    """A surface with a line around it; only on Tổng quan and where nothing else stands on the page."""

    def __init__(self, title: str = "", count: str = "", parent: QWidget | None = None):
        super().__init__(parent)
        outer = column(self, (1, 1, 1, 1))
        self.head: QHBoxLayout | None = None
        self.title, self.count = Label(title, Type.HEADING), Label(count, Type.BODY, "text2")
        if title:
            top = QWidget()
            self.head = row(top, (Space.XL, Space.M - 1, Space.XL, Space.M - 2), Space.S)
            self.head.addWidget(self.title)
            self.head.addWidget(self.count)
            self.head.addStretch(1)
            outer.addWidget(top)
            outer.addWidget(HLine())
        inside = QWidget()
        self.content: QVBoxLayout = column(inside, (Space.XL, Space.L, Space.XL, Space.L), Space.S)
        outer.addWidget(inside, 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        c = theme.colours()
        painting.box(QPainter(self), QRectF(self.rect()), Radius.CARD, c.surface, c.border)
