"""Step 1: the file is chosen, or dropped on the page; the blank sheet is to be had here."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app import places
from app.problems import Problem
from app.registers import exchange
from app.registers.exchange import Exchange
from app.ui.session import Session
from app.ui.shell import Shell
from app.ui.tokens import Size, Space, Tone, Type
from app.ui.widgets import file_dialogs
from app.ui.widgets.buttons import Button, Kind
from app.ui.widgets.labels import IconLabel, Label, column
from app.ui.widgets.messages import Banner

FILTER = "Excel, CSV (*.xlsx *.xlsm *.xls *.csv);;Mọi tệp (*)"
_BLANKS = {
    "dossiers": "mau-ho-so.xlsx",
    "budget": "mau-ngan-sach.xlsx",
    "documents": "mau-van-ban.xlsx",
    "procedures": "mau-thu-tuc.xlsx",
}


class ChooseStep(QWidget):
    """`chosen(path)` when a file was picked."""

    chosen = Signal(object)
    blank_asked = Signal()

    def __init__(self, exchange: Exchange):
        super().__init__()
        self._outer = column(self, gap=0)
        centre = Qt.AlignmentFlag.AlignHCenter
        self._problem = QWidget()
        self._problem_column = column(self._problem)
        self._outer.addWidget(self._problem)
        self._outer.addStretch(2)
        self._outer.addWidget(IconLabel("file-up", "text2", Size.ICON_EMPTY), 0, centre)
        self._outer.addSpacing(Space.S)
        self.title = Label("", Type.HEADING)
        self._outer.addWidget(self.title, 0, centre)
        self._how = Label("", Type.BODY, "text2", wrap=True)
        self._how.setAlignment(centre)
        self._outer.addWidget(self._how)
        self._outer.addSpacing(Space.M)
        self.choose = Button("Chọn tệp…", Kind.PRIMARY, icon="file-up", keys="Ctrl+O")
        self.choose.clicked.connect(self._ask)
        self.blank = Button("Tải mẫu trắng", icon="file-down")
        self.blank.clicked.connect(self.blank_asked)
        line = QHBoxLayout()
        line.setSpacing(Space.S)
        line.addStretch(1)
        line.addWidget(self.choose)
        line.addWidget(self.blank)
        line.addStretch(1)
        self._outer.addLayout(line)
        self._outer.addSpacing(Space.XXL)
        self._required = Label(_required(exchange), Type.HINT, "text2", wrap=True)
        self._required.setAlignment(centre)
        self._outer.addWidget(self._required)
        self._outer.addStretch(5)
        self.show_reading("")

    def show_reading(self, name: str) -> None:
        """A file is being read; with "" none is."""
        self.title.setText(f"Đang đọc {name}…" if name else "Chọn tệp Excel hoặc CSV")
        self._how.setText("Bấm “Dừng” ở thanh dưới cùng để thôi." if name else "Hoặc kéo tệp thả vào trang này.")
        for button in (self.choose, self.blank):
            button.setVisible(not name)
        if name:
            self.show_problem(None)

    def show_problem(self, problem: Problem | None, action: str = "") -> Banner | None:
        """Why the file was not read; it stays until another one is chosen."""
        while (item := self._problem_column.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._problem.setVisible(problem is not None)
        if problem is None:
            return None
        banner = Banner(str(problem), Tone.RED, action)
        self._problem_column.addWidget(banner)
        return banner

    def set_padding(self, padding: int) -> None:
        """The page's padding."""
        self._outer.setContentsMargins(padding, 0, padding, 0)
        self._problem_column.setContentsMargins(0, Space.M, 0, 0)

    def _ask(self) -> None:
        path = file_dialogs.file_to_open(self, "Chọn tệp để nhập", FILTER)
        if path is not None:
            self.chosen.emit(path)


def _required(exchange: Exchange) -> str:
    """Which columns a file needs: "Cột phải có: Người nộp, Thủ tục, Ngày nhận, Nhận qua"."""
    told = []
    for part in exchange.parts:
        labels = ", ".join(each.label for each in part.import_fields if each.required)
        told.append(f"{part.title}: {labels}" if len(exchange.parts) > 1 else labels)
    return f"Cột phải có: {'; '.join(told)}. Tên cột khác cũng được, bước sau khớp lại."


def write_blank(page: QWidget, session: Session, shell: Shell, key: str, failed: Callable[[Problem], None]) -> None:
    """Asks where, and writes the blank sheet of a register there."""
    target = file_dialogs.file_to_write(page, "Tải mẫu trắng", Path(_BLANKS[key]), "Excel (*.xlsx)")
    if target is None:
        return
    path = with_suffix(target)

    def write() -> None:
        with session.read() as connection:
            lists = exchange.contexts(connection, key, session.today)
        places.put_in_place(path, exchange.blank_sheet(key, lists))

    def written(_: object) -> None:
        shell.toast(f"Đã ghi mẫu trắng: {path}")

    session.operations.submit(write, written, failed)


def with_suffix(path: Path) -> Path:
    """The name as chosen, ending as Excel's files end."""
    return path if path.suffix.lower() == ".xlsx" else path.with_name(f"{path.name}.xlsx")
