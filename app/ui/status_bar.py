"""The bar at the bottom: what is safe, what is running, which period and day. Nothing is said only here."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from app.ui import theme
from app.ui.tokens import Size, Space, Tone, Type
from app.ui.widgets.buttons import Button, Kind
from app.ui.widgets.labels import HLine, IconLabel, Label, column, row
from app.ui.widgets.progress import ProgressBar

_WIDE = 900
_BAR = 120


def _together(*widgets: QWidget) -> QWidget:
    """Widgets that come and go as one, so that no gap stays where they were."""
    group = QWidget()
    line = row(group, gap=6)
    for widget in widgets:
        line.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
    return group


class StatusBar(QWidget):
    """Saved and backup at the left, work in the background beside them, period and day at the right."""

    stop_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(Size.STATUS + 1)
        outer = column(self)
        outer.addWidget(HLine())
        inside = QWidget()
        outer.addWidget(inside, 1)
        line = row(inside, (Space.L, 0, Space.L, 0), Space.XL)
        self._saved_icon, self._saved = IconLabel("check", "text2", Size.ICON_TEXT), Label("", Type.HINT, "text2")
        self._saved_icon.set("check", theme.colours().green.text)
        self._backup_icon = IconLabel("hard-drive", "text2", Size.ICON_TEXT)
        self._backup = Label("", Type.HINT, "text2")
        self._work, self._bar = Label("", Type.HINT, "text2"), ProgressBar()
        self._bar.setFixedWidth(_BAR)
        self._stop = Button("Dừng", Kind.LINK, dense=True)
        self._stop.clicked.connect(self.stop_asked)
        self._period, self._day = Label("", Type.HINT, "text2"), Label("", Type.HINT, "text2")
        self._period_words = self._day_words = ("", "")
        self._deadline = ""
        self._saved_group = _together(self._saved_icon, self._saved)
        self._backup_group = _together(self._backup_icon, self._backup)
        self._work_group = _together(self._work, self._bar, self._stop)
        for group in (self._saved_group, self._backup_group, self._work_group):
            line.addWidget(group)
        self.set_work("")
        line.addStretch(1)
        line.addWidget(self._period)
        line.addWidget(self._day)
        self.set_saved("")
        self.set_backup("")

    def set_saved(self, text: str) -> None:
        """ "Đã lưu 09:41"."""
        self._saved.setText(text)
        self._saved_group.setVisible(bool(text))

    def set_backup(self, text: str) -> None:
        """ "Sao lưu 07:45 hôm nay"."""
        self._backup.setText(text)
        self._fit()

    def set_period(self, text: str, short: str = "") -> None:
        """The period at work; `short` for a narrow window."""
        self._period_words = (text, short or text)
        self._fit()

    def set_deadline(self, text: str, tone: Tone | None = None) -> None:
        """What the page at hand must be sent by, in the place of the period until it is set to "" again."""
        self._deadline = text
        c = theme.colours()
        self._period.setFont(theme.font(Type.LABEL if text else Type.HINT))
        self._period.set_colour(c.pair(tone).text if tone is not None else c.text2)
        self._fit()

    def set_day(self, text: str, short: str = "") -> None:
        """ "Thứ Hai, 12/6/2023"; `short` is "T2, 12/6/2023"."""
        self._day_words = (text, short or text)
        self._fit()

    def set_work(self, name: str, done: int = 0, total: int = 0, count: str = "") -> None:
        """Work in the background, with its count and "Dừng"; an empty name ends it."""
        self._work_group.setVisible(bool(name))
        self._work.setText(f"{name} {count}".strip())
        self._bar.set_part(done / total if total else 0.0)

    def _fit(self) -> None:
        wide = self.width() >= _WIDE
        self._backup_group.setVisible(wide and bool(self._backup.full_text()))
        self._period.setText(self._deadline or self._period_words[0 if wide else 1])
        self._day.setText(self._day_words[0 if wide else 1])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
