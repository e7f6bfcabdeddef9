"""The tasks of an opened plan: what is not done first, what is done below; Space ticks one."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from app.registers.plan_tasks import TaskInfo
from app.ui import due, icons, painting, theme
from app.ui.tokens import Size, Space, Tone, Type
from app.ui.widgets.focus_ring import ring
from app.ui.widgets.labels import HLine, SectionHeading, column
from app.workdays import Calendar

_ROW = 48
_TEXT_AT = Size.PANEL_PADDING + 26


class TaskList(QWidget):
    """`ticked(id)` comes with Space or a click on the mark, `opened(id)` with Enter or a click on the task."""

    ticked = Signal(int)
    opened = Signal(int)

    def __init__(self, tasks: Sequence[TaskInfo], today: date, calendar: Calendar):
        super().__init__()
        outer = column(self)
        waiting = [task for task in tasks if task.done_on is None]
        done = [task for task in tasks if task.done_on is not None]
        waiting.sort(key=lambda task: (task.due_on or date.max, task.position))
        for title, part in (("Chưa xong", waiting), ("Đã xong", done)):
            if part:
                outer.addWidget(HLine())
                self._add(outer, title, [_TaskRow(task, today, calendar) for task in part])

    def _add(self, outer: QVBoxLayout, title: str, rows: list["_TaskRow"]) -> None:
        head = QWidget()
        inside = column(head, (Size.PANEL_PADDING, Space.XS + 2, Size.PANEL_PADDING, 0))
        inside.addWidget(SectionHeading(title, str(len(rows))))
        outer.addWidget(head)
        for row in rows:
            row.ticked.connect(self.ticked)
            row.clicked.connect(lambda _=False, task_id=row.task_id: self.opened.emit(task_id))
            outer.addWidget(row)
            if row is not rows[-1]:
                outer.addWidget(HLine())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            rows = self.findChildren(_TaskRow)
            focused = next((place for place, row in enumerate(rows) if row.hasFocus()), None)
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            if focused is not None and 0 <= focused + step < len(rows):
                rows[focused + step].setFocus(Qt.FocusReason.TabFocusReason)
            return
        super().keyPressEvent(event)


class _TaskRow(QAbstractButton):
    ticked = Signal(int)

    def __init__(self, task: TaskInfo, today: date, calendar: Calendar):
        super().__init__()
        self.task_id = task.id
        self._content = task.content
        self._detail = " · ".join(part for part in (task.area, task.lead) if part)
        self._day = due.date_text(task.due_on, today) if task.due_on else ""
        self._tone: Tone | None = None
        if task.done_on is not None:
            self._remaining, self._tone = f"xong {due.date_text(task.done_on, today)}", Tone.GREEN
        elif task.due_on is not None:
            self._remaining, self._tone = due.remaining(task.due_on, today, calendar)
        else:
            self._remaining = "không có hạn"
        self._icon = _ICONS.get(self._tone, "circle-dashed")
        self.setToolTip(task.content)
        said = ", ".join(part for part in (task.content, self._detail, self._day, self._remaining) if part)
        self.setAccessibleName(said)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        ring(self, 0, dx=-2, dy=-2)

    def sizeHint(self) -> QSize:
        return QSize(Size.PANEL_NARROW, _ROW)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self.ticked.emit(self.task_id)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            event.ignore()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.position().x() < _TEXT_AT and event.button() is Qt.MouseButton.LeftButton:
            self.setDown(False)
            self.ticked.emit(self.task_id)
            return
        super().mouseReleaseEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, c = QPainter(self), theme.colours()
        if self.underMouse():
            painter.fillRect(self.rect(), QColor(c.hover))
        ink = c.pair(self._tone).text if self._tone else c.text2
        middle = self.height() / 2
        icons.paint(painter, Size.PANEL_PADDING, middle - Size.ICON / 2, self._icon, ink)
        right = self.width() - Size.PANEL_PADDING
        taken = max(painting.width_of(self._day, Type.BODY), painting.width_of(self._remaining, Type.LABEL)) + Space.S
        upper, lower = QRectF(_TEXT_AT, middle - 19, 0, 20), QRectF(_TEXT_AT, middle, 0, 18)
        for room in (upper, lower):
            room.setRight(right - taken)
        painting.words(painter, upper, self._content, Type.BODY_MEDIUM, c.text)
        painting.words(painter, lower, self._detail, Type.HINT, c.text2)
        for room in (upper, lower):
            room.setLeft(right - taken)
            room.setRight(right)
        painting.words(painter, upper, self._day, Type.BODY, c.text, painting.RIGHT)
        style = Type.LABEL if self._tone else Type.HINT
        painting.words(painter, lower, self._remaining, style, ink, painting.RIGHT)


_ICONS: dict[Tone | None, str] = {Tone.RED: "circle-alert", Tone.AMBER: "clock", Tone.GREEN: "circle-check"}
