"""Thiết lập › Cán bộ: the staff list, from which "Tôi là …" and the officers of dossiers are chosen."""

from collections.abc import Mapping, Sequence
from typing import Any

from app import formats
from app.registers import office
from app.registers.lists import Listing
from app.ui.screens.settings.group import Found, Group, ListRow, Place, RowList
from app.ui.widgets.buttons import Button

_ALL = 1000


class PeopleGroup(Group):
    """Those who left stay in the list: what they entered keeps their name."""

    key, title, icon = "people", "Cán bộ", "users"
    tables = frozenset({"person"})

    def __init__(self, place: Place):
        super().__init__(place, "Tên ghi vào mỗi lần lưu. Người thôi làm ghi ngày nghỉ, không xóa.")
        self._add = Button("Thêm cán bộ", icon="plus")
        self._add.clicked.connect(lambda: self._edit(None))
        self.tools.addWidget(self._add)
        self.people = RowList((200, 0, 150), "Chưa có cán bộ nào", after=self._add)
        self.people.edit_asked.connect(self._edit)
        self.body.addWidget(self.people)
        self.body.addStretch(1)

    def refresh(self) -> None:
        with self.session.read() as connection:
            people = Listing(office.PEOPLE, order=(("id", False),)).page(connection, 0, _ALL)
        today = self.session.today
        here = [each for each in people if each["left_on"] is None or each["left_on"] > today]
        gone = [each for each in people if each not in here]
        self.people.set_rows([_row(each, here=each in here) for each in (*here, *gone)])

    def _edit(self, row_id: Any) -> None:
        title = "Cán bộ mới" if row_id is None else "Sửa cán bộ"
        self.edit_row(office.PEOPLE, row_id, title, "Đã lưu cán bộ")

    def findable(self) -> Sequence[Found]:
        return [Found(field.key, field.label, field.help) for field in office.PERSON_FIELDS]

    def show_found(self, key: str) -> None:
        self._add.setFocus()


def _row(person: Mapping[str, Any], *, here: bool) -> ListRow:
    left = f"nghỉ từ {formats.format_date(person['left_on'])}" if person["left_on"] else ""
    return ListRow(person["id"], (person["name"], person["section"], left), f"Sửa {person['name']}", muted=not here)
