"""Thiết lập › Sao lưu: where the office's file and its daily copies stand, and a copy now."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from app import formats, places
from app.models import backup
from app.ui.screens.settings.group import Found, Group, ListRow, Place, RowList, section
from app.ui.tokens import Space, Tone, Type
from app.ui.widgets.buttons import Button, Kind
from app.ui.widgets.facts import Facts
from app.ui.widgets.labels import Label
from app.ui.widgets.messages import Note


class CopiesGroup(Group):
    """The list is read from the folder each time it is shown."""

    key, title, icon = "copies", "Sao lưu", "archive"

    def __init__(self, place: Place):
        super().__init__(place, f"Mỗi ngày mở sổ có một bản sao, giữ {backup.KEPT} bản gần nhất.")
        self.now = Button("Sao lưu ngay", icon="hard-drive")
        self.now.clicked.connect(self._copy_now)
        self.tools.addWidget(self.now)
        path = self.session.file.path
        self._folder = places.copies_folder(path)
        facts: list[tuple[str, str | QWidget]] = [("Tệp sổ", str(path)), ("Bản sao", str(self._folder))]
        self.body.addWidget(Facts(facts))
        self._open = Button("Mở thư mục sổ", Kind.LINK, icon="folder-open")
        self._open.clicked.connect(lambda: open_folder(path.parent))
        self.body.addWidget(self._open)
        self._fault = Note("", Tone.RED)
        self._fault.hide()
        self.body.addWidget(self._fault)
        self.body.addSpacing(Space.S)
        self.body.addWidget(section("Bản sao"))
        self.copies = RowList((170, 110, 0), "Chưa có bản sao nào")
        self.body.addWidget(self.copies)
        self.body.addWidget(
            Label("Chép cả thư mục này ra ổ khác để còn sổ khi máy hỏng.", Type.HINT, "text2", wrap=True)
        )
        self.body.addStretch(1)

    def refresh(self) -> None:
        found = backup.copies(self._folder)
        rows = []
        for day in sorted(found, reverse=True):
            size = found[day].stat().st_size
            rows.append(ListRow(day, (formats.format_date(day), _size(size), found[day].name)))
        self.copies.set_rows(rows)

    def showEvent(self, event: object) -> None:
        self.refresh()

    def _copy_now(self) -> None:
        self.now.disable("Đang sao lưu")
        self._fault.hide()
        path, folder, day = self.session.file.path, self._folder, self.session.file.clock.now().date()
        self.session.operations.submit(lambda: backup.copy_now(path, folder, day), self._copied, self._failed)

    def _copied(self, copy: Path) -> None:
        self._ready()
        self.refresh()
        now = formats.format_time(self.session.file.clock.now())
        self.place.shell.toast(f"Đã sao lưu {now}")
        self.place.shell.status.set_backup(f"Sao lưu {now} hôm nay")

    def _failed(self, problem: Exception) -> None:
        self._ready()
        self._fault.set(str(problem), Tone.RED)
        self._fault.show()

    def _ready(self) -> None:
        self.now.setEnabled(True)
        self.now.setToolTip("")

    def findable(self) -> Sequence[Found]:
        return [Found("now", "Sao lưu ngay", "Bản sao hằng ngày"), Found("where", "Tệp sổ", "Thư mục đặt sổ, bản sao")]

    def show_found(self, key: str) -> None:
        (self.now if key == "now" else self._open).setFocus()


def open_folder(folder: Path) -> None:
    """Shows a folder in the system's own program for files."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


def _size(size: int) -> str:
    """ "824 KB", "1,3 MB"."""
    if size < 1024 * 1024:
        return f"{formats.format_integer(-(-size // 1024))} KB"
    tenths = size * 10 // (1024 * 1024)
    return f"{formats.format_integer(tenths // 10)},{tenths % 10} MB"
