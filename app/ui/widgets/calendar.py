"""A month to choose a day from, in Vietnamese, worked by arrow keys."""

import calendar
from datetime import date, timedelta

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.ui import painting, theme
from app.ui.tokens import Radius, Space, Type
from app.ui.widgets.buttons import icon_button
from app.ui.widgets.labels import Label, column, row
from app.ui.widgets.overlay import Overlay

_CELL = 32
_WEEKDAYS = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")
_STEPS = {
    Qt.Key.Key_Left: timedelta(days=-1),
    Qt.Key.Key_Right: timedelta(days=1),
    Qt.Key.Key_Up: timedelta(days=-7),
    Qt.Key.Key_Down: timedelta(days=7),
}


def month_later(day: date, months: int) -> date:
    """The same day of another month, or its last day where that month is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    year = min(max(year, 1900), 2200)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


class MonthGrid(QWidget):
    """Six weeks of days; Monday comes first."""

    chosen = Signal(date)
    moved = Signal(date)

    def __init__(self) -> None:
        super().__init__()
        self._day = self._today = date(2000, 1, 1)
        self.setFixedSize(7 * _CELL, 7 * _CELL)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_day(self, day: date, today: date | None = None) -> None:
        """Move the mark."""
        self._day = day
        self._today = today or self._today
        self.setAccessibleName(f"Ngày {day.day} tháng {day.month} năm {day.year}")
        self.moved.emit(day)
        self.update()

    def move_months(self, months: int) -> None:
        """The same day some months on."""
        self.show_day(month_later(self._day, months))

    def _first(self) -> date:
        first = self._day.replace(day=1)
        return first - timedelta(days=first.weekday())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, c = QPainter(self), theme.colours()
        for column_, name in enumerate(_WEEKDAYS):
            head = QRectF(column_ * _CELL, 0, _CELL, _CELL)
            painting.words(painter, head, name, Type.LABEL, c.text2, painting.CENTRE)
        for place in range(42):
            day = self._first() + timedelta(days=place)
            cell = QRectF(place % 7 * _CELL, (place // 7 + 1) * _CELL, _CELL, _CELL)
            colour = c.text if day.month == self._day.month else c.text3
            if day == self._day:
                painting.box(painter, cell.adjusted(1, 1, -1, -1), Radius.CONTROL, fill=c.accent)
                colour = c.on_accent
            elif day == self._today:
                painting.box(painter, cell.adjusted(1, 1, -1, -1), Radius.CONTROL, line=c.accent)
            painting.words(painter, cell, str(day.day), Type.BODY, colour, painting.CENTRE)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at: QPointF = event.position()
        place = (int(at.y()) // _CELL - 1) * 7 + int(at.x()) // _CELL
        if 0 <= place < 42:
            self.chosen.emit(self._first() + timedelta(days=place))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _STEPS:
            self.show_day(self._day + _STEPS[key])
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.move_months(-1 if key == Qt.Key.Key_PageUp else 1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.chosen.emit(self._day)
        else:
            super().keyPressEvent(event)


class CalendarPopup(Overlay):
    """The grid below a date field. Enter chooses, Esc closes, PgUp and PgDn change the month."""

    chosen = Signal(date)

    def __init__(self) -> None:
        super().__init__(7 * _CELL + 2 * Space.M)
        outer = column(self.body, (Space.M, Space.S, Space.M, Space.M), Space.XS)
        head = QWidget()
        bar = row(head)
        before, after = icon_button("chevron-left", "Tháng trước"), icon_button("chevron-right", "Tháng sau")
        self._title = Label("", Type.BODY_STRONG)
        self._title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._grid = MonthGrid()
        for button, months in ((before, -1), (after, 1)):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(lambda _=False, by=months: self._grid.move_months(by))
        bar.addWidget(before)
        bar.addWidget(self._title, 1)
        bar.addWidget(after)
        outer.addWidget(head)
        outer.addWidget(self._grid)
        self._grid.moved.connect(lambda day: self._title.setText(f"Tháng {day.month}/{day.year}"))
        self._grid.chosen.connect(self._choose)

    def open_for(self, field: QWidget, day: date, today: date) -> None:
        """Show the month of `day` at the field."""
        self._grid.show_day(day, today)
        self.open_at(field)
        self._grid.setFocus(Qt.FocusReason.PopupFocusReason)

    def _choose(self, day: date) -> None:
        self.close_overlay()
        self.chosen.emit(day)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_overlay()
            return
        super().keyPressEvent(event)
