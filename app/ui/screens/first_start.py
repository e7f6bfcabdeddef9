"""What a window without an office shows: set up one's own, or look at the sample."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from app import places
from app.clock import Clock
from app.problems import Problem
from app.ui import painting, theme
from app.ui.operations import Operations
from app.ui.screens.alone import LOCAL, AlonePage, Fitting, Logo
from app.ui.screens.set_up import SetUp
from app.ui.tokens import Radius, Size, Space, Tone, Type
from app.ui.widgets.buttons import Button, Kind
from app.ui.widgets.labels import IconLabel, Label, column
from app.ui.widgets.messages import Banner

_CARD = 344
_OWN = (
    "Tên xã, cấp trên nhận báo cáo, người ký",
    "Danh mục thủ tục, lấy sẵn hoặc từ Excel",
    "Số dư đầu, nếu mở sổ giữa năm",
)
_SAMPLE = (
    "1.455 hồ sơ, 298 văn bản, ngân sách",
    "Mọi tên người nộp đều là tên bịa",
    "Tách hẳn với số liệu thật",
)


class FirstStartPage(AlonePage):
    """Two cards; "Bắt đầu thiết lập" leads to the set-up, whose arrow comes back here with what was typed kept.

    `opened` gets the file to open; `first_steps` the same for a new office that goes on to its opening balances.
    """

    def __init__(
        self, path: Path, clock: Clock, opened: Callable[[Path], None], first_steps: Callable[[Path], None]
    ) -> None:
        super().__init__()
        self._clock, self._opened = clock, opened
        self._operations = Operations(self)
        self._welcome = Welcome()
        self._welcome.own.clicked.connect(self.start)
        self._welcome.sample.clicked.connect(self._open_sample)
        self.set_up = SetUp(path, clock, self._operations)
        self.set_up.finished.connect(lambda made, on: (first_steps if on else opened)(made))
        self.set_up.failed.connect(lambda problem: self.show_banner(Banner(str(problem), Tone.RED)))
        self.set_up.there.connect(self._offer)
        self.set_up.moved.connect(self._show_where)
        self.set_up.form.leave_asked.connect(self._return)
        self.back.clicked.connect(self._return)
        self.show_steps(("Cơ quan", "Số dư đầu, có thể để sau"), at=0)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._welcome)
        self._stack.addWidget(self.set_up)
        column(self.centre).addWidget(self._stack)
        self._return()
        self.shown.connect(self._welcome.own.setFocus)

    def finish(self) -> None:
        """The window closes: what is being written is written to its end."""
        self._operations.close()

    def start(self) -> None:
        """On to the set-up."""
        self.show_banner(None)
        self.top.show()
        self._stack.setCurrentWidget(self.set_up)
        self._show_where()
        self.set_up.form.focus_first()

    def _return(self) -> None:
        self.show_banner(None)
        self.top.hide()
        self._stack.setCurrentWidget(self._welcome)
        self._show_where()
        self._welcome.own.setFocus()

    def _show_where(self) -> None:
        words, change = self.set_up.where()
        setting_up = self._stack.currentWidget() is self.set_up
        self.show_where(words if setting_up else LOCAL, change)
        change.setVisible(setting_up)

    def _offer(self, path: Path) -> None:
        """The folder chosen has an office's file already: it is opened, never overwritten."""
        banner = Banner(f"Thư mục {path.parent} đã có sổ.", Tone.AMBER, "Mở sổ đó")
        banner.acted.connect(lambda: self._open_other(path))
        self.show_banner(banner)

    def _open_other(self, path: Path) -> None:
        if path.parent != places.office_folder():
            places.remember("folder", str(path.parent))
        self._opened(path)

    def _open_sample(self) -> None:
        path = places.office_file(places.sample_folder())
        if path.exists():
            self._opened(path)
            return
        self._welcome.wait(True)

        def build() -> None:
            from app.sample import build

            build(path, self._clock)

        self._operations.submit(build, lambda _: self._opened(path), self._sample_failed)

    def _sample_failed(self, problem: Problem) -> None:
        self._welcome.wait(False)
        self.show_banner(Banner(str(problem), Tone.RED))

    def set_compact(self, compact: bool, low: bool) -> None:
        super().set_compact(compact, low)
        self._welcome.set_low(low)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter starts the set-up, wherever the focus is on the first cards."""
        if self._stack.currentWidget() is self._welcome and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._welcome.own.click()
        else:
            super().keyPressEvent(event)


class Welcome(QWidget):
    """Logo, name, and the two ways in."""

    def __init__(self) -> None:
        super().__init__()
        self.own = Button("Bắt đầu thiết lập", Kind.PRIMARY, keys="Enter")
        self.sample = Button("Mở xã mẫu")
        centre = Qt.AlignmentFlag.AlignHCenter
        inside = QWidget()
        stack = column(inside, (Space.XL, Space.L, Space.XL, Space.L))
        stack.addStretch(3)
        self._logo = Logo(48)
        stack.addWidget(self._logo, 0, centre)
        stack.addSpacing(Space.M)
        stack.addWidget(Label("Sổ CCHC", Type.STAT), 0, centre)
        stack.addSpacing(Space.XS)
        stack.addWidget(Label("Ghi việc mỗi ngày một lần. Báo cáo tự có số liệu.", Type.BODY, "text2"), 0, centre)
        stack.addSpacing(Space.XXL + Space.XS)
        cards = QHBoxLayout()
        cards.setSpacing(Space.XXL)
        cards.addStretch(1)
        own = _Way("building-2", "Thiết lập cho cơ quan", "Khoảng 3 phút. Sửa lại được bất cứ lúc nào.", _OWN, self.own)
        sample = _Way(
            "flask-conical", "Xem thử với xã mẫu", "Xã Nam Trung, 6 tháng đầu năm 2023.", _SAMPLE, self.sample
        )
        self.waiting = sample.state
        cards.addWidget(own)
        cards.addWidget(sample)
        cards.addStretch(1)
        stack.addLayout(cards)
        stack.addStretch(4)
        column(self).addWidget(Fitting(inside, "bg", "bg"))

    def set_low(self, low: bool) -> None:
        """In a low window the two buttons come before the sign."""
        self._logo.setVisible(not low)

    def wait(self, waiting: bool) -> None:
        """While the sample is being built."""
        self.waiting.setText("Đang lập, chờ vài giây…" if waiting else "")
        for button in (self.own, self.sample):
            if waiting:
                button.disable("Đang lập xã mẫu")
            else:
                button.setEnabled(True)
                button.setToolTip("")


class _Way(QWidget):
    """A card: what it is, what it brings, its button, and beside it in `state` that one must wait."""

    def __init__(self, icon: str, title: str, detail: str, points: tuple[str, ...], button: Button):
        super().__init__()
        self.setFixedSize(_CARD, 272)
        stack = column(self, (Space.XXL, Space.XXL, Space.XXL, Space.XXL))
        drawing = IconLabel(icon, "accent", 28)
        stack.addWidget(drawing)
        stack.addSpacing(Space.M)
        stack.addWidget(Label(title, Type.HEADING))
        stack.addWidget(Label(detail, Type.BODY, "text2"))
        stack.addSpacing(Space.S)
        for point in points:
            line = QHBoxLayout()
            line.setSpacing(Space.S)
            tick = IconLabel("check", "text2", Size.ICON_TEXT)
            tick.set("check", theme.colours().green.text)
            line.addWidget(tick)
            line.addWidget(Label(point), 1)
            stack.addLayout(line)
            stack.addSpacing(2)
        stack.addStretch(1)
        foot = QHBoxLayout()
        foot.setSpacing(Space.M)
        self.state = Label("", Type.BODY, "text2")
        foot.addWidget(button)
        foot.addWidget(self.state)
        foot.addStretch(1)
        stack.addLayout(foot)

    def paintEvent(self, event: QPaintEvent) -> None:
        c = theme.colours()
        painting.box(QPainter(self), QRectF(self.rect()), Radius.CARD, c.surface, c.border)
