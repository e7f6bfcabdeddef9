"""Thiết lập › Mẫu báo cáo: the outlines reports begin with, and what they may cite."""

from collections.abc import Sequence
from typing import Any

from app import formats
from app.registers import office
from app.registers.lists import Listing
from app.reports.making import outlines
from app.ui.screens.settings.group import Found, Group, ListRow, Place, RowList, add_link, section
from app.ui.tokens import Space

_ALL = 1000


class OutlinesGroup(Group):
    """Outlines come with the program; legal bases and fixed phrases are the office's own."""

    key, title, icon = "outlines", "Mẫu báo cáo", "file-cog"
    tables = frozenset({"legal_basis", "fixed_phrase"})

    def __init__(self, place: Place):
        super().__init__(place, "Báo cáo mới lấy mẫu áp dụng cho ngày chốt; chữ của báo cáo sửa trong báo cáo đó.")
        self.outlines = RowList((0, 150), "Không có mẫu nào")
        self._add_basis, self._add_phrase = add_link("Thêm căn cứ pháp lý"), add_link("Thêm cụm từ cố định")
        self._add_basis.clicked.connect(lambda: self._edit_basis(None))
        self._add_phrase.clicked.connect(lambda: self._edit_phrase(None))
        self.bases = RowList((190, 0, 152), "Chưa có căn cứ pháp lý nào", after=self._add_basis)
        self.bases.edit_asked.connect(self._edit_basis)
        none = "Chưa có cụm từ nào. Tên riêng có chữ số thì ghi ở đây: TCVN ISO 9001:2015."
        self.phrases = RowList((0,), none, after=self._add_phrase)
        self.phrases.edit_asked.connect(self._edit_phrase)
        for head, shown in (
            (section("Mẫu"), self.outlines),
            (section("Căn cứ pháp lý", self._add_basis), self.bases),
            (section("Cụm từ cố định", self._add_phrase), self.phrases),
        ):
            self.body.addWidget(head)
            self.body.addWidget(shown)
            self.body.addSpacing(Space.S)
        self.body.addStretch(1)

    def refresh(self) -> None:
        self.outlines.set_rows(
            [
                ListRow(each.key, (each.title, f"áp dụng từ {formats.format_date(each.valid_from)}"))
                for each in outlines()
            ]
        )
        with self.session.read() as connection:
            bases = Listing(office.BASES, order=(("dated_on", True),)).page(connection, 0, _ALL)
            phrases = Listing(office.PHRASES, order=(("text", False),)).page(connection, 0, _ALL)
        self.bases.set_rows(
            [
                ListRow(
                    each["id"],
                    (
                        f"{each['type_name']} {each['symbol']}",
                        f"{each['issuer']}, ngày {formats.format_prose_date(each['dated_on'])}",
                        f"hết hiệu lực {formats.format_date(each['valid_to'])}" if each["valid_to"] else "",
                    ),
                    f"Sửa {each['symbol']}",
                    muted=each["valid_to"] is not None and each["valid_to"] < self.session.today,
                )
                for each in bases
            ]
        )
        self.phrases.set_rows([ListRow(each["id"], (each["text"],), f"Sửa {each['text']}") for each in phrases])

    def _edit_basis(self, row_id: Any) -> None:
        title = "Căn cứ mới" if row_id is None else "Sửa căn cứ"
        self.edit_row(office.BASES, row_id, title, "Đã lưu căn cứ pháp lý")

    def _edit_phrase(self, row_id: Any) -> None:
        title = "Cụm từ mới" if row_id is None else "Sửa cụm từ"
        self.edit_row(office.PHRASES, row_id, title, "Đã lưu cụm từ")

    def findable(self) -> Sequence[Found]:
        return [
            Found("outlines", "Mẫu", "Đề cương báo cáo"),
            Found("bases", "Căn cứ pháp lý", "Nghị định, thông tư, kế hoạch được dẫn"),
            Found("phrases", "Cụm từ cố định", "Tên riêng có chữ số: ISO"),
        ]

    def show_found(self, key: str) -> None:
        {"bases": self._add_basis, "phrases": self._add_phrase}.get(key, self._add_basis).setFocus()
