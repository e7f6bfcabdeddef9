"""Thiết lập › Giới thiệu: version, whose work is inside and under which licence, where the log stands."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app import __version__, places
from app.ui.screens.settings.copies_group import open_folder
from app.ui.screens.settings.group import Found, Group, ListRow, Place, RowList, section
from app.ui.tokens import Space
from app.ui.widgets.buttons import Button, Kind
from app.ui.widgets.facts import Facts

# What is inside, what it does here, its licence.
PARTS = (
    ("Qt, PySide6", "cửa sổ", "LGPL-3.0"),
    ("Inter", "chữ trong cửa sổ", "OFL-1.1"),
    ("Liberation Serif", "chữ trên giấy", "OFL-1.1"),
    ("Lucide", "hình vẽ nhỏ", "ISC"),
    ("SQLite", "tệp sổ", "Public domain"),
    ("SQLAlchemy, alembic", "đọc, ghi tệp sổ", "MIT"),
    ("ReportLab", "xuất PDF", "BSD-3-Clause"),
    ("PDFium, pypdfium2", "xem trang in", "BSD-3-Clause, Apache-2.0"),
    ("Babel", "số, ngày tháng", "BSD-3-Clause"),
    ("holidays", "ngày nghỉ lễ", "MIT"),
    ("python-calamine, XlsxWriter", "đọc, ghi Excel", "MIT, BSD-2-Clause"),
    ("platformdirs", "chỗ đặt tệp", "MIT"),
)


class AboutGroup(Group):
    """Nothing to change here."""

    key, title, icon = "about", "Giới thiệu", "info"

    def __init__(self, place: Place):
        super().__init__(place, "Sổ theo dõi và báo cáo cải cách hành chính của một xã, phường. Không cần mạng.")
        facts: list[tuple[str, str | QWidget]] = [
            ("Phiên bản", __version__),
            ("Nhật ký lỗi", str(places.log_folder())),
        ]
        self.body.addWidget(Facts(facts))
        self._log = Button("Mở thư mục nhật ký", Kind.LINK, icon="folder-open")
        self._log.clicked.connect(self._open_log)
        self.body.addWidget(self._log)
        self.body.addSpacing(Space.S)
        self.body.addWidget(section("Phần mềm và phông chữ dùng trong chương trình"))
        parts = RowList((210, 0, 170), "")
        parts.set_rows([ListRow(name, (name, use, licence)) for name, use, licence in PARTS])
        self.body.addWidget(parts)
        self._licences = Button("Mở thư mục giấy phép", Kind.LINK, icon="folder-open")
        self._licences.clicked.connect(lambda: open_folder(places.resource("fonts")))
        self.body.addWidget(self._licences)
        self.body.addStretch(1)

    @staticmethod
    def _open_log() -> None:
        places.log_folder().mkdir(parents=True, exist_ok=True)
        open_folder(places.log_folder())

    def findable(self) -> Sequence[Found]:
        return [Found("log", "Nhật ký lỗi", "Thư mục nhật ký"), Found("licences", "Giấy phép", "Phiên bản, phần mềm")]

    def show_found(self, key: str) -> None:
        (self._log if key == "log" else self._licences).setFocus()
