"""Thiết lập › Ngày nghỉ: the holidays of a year, and the days on which this office works or rests otherwise."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtWidgets import QHBoxLayout

from app import calendars, formats, workdays
from app.registers import lists, office, references
from app.registers.lists import Listing
from app.ui.described import specs_of
from app.ui.entry_panel import Entry
from app.ui.screens.settings.group import Found, Group, ListRow, Place, RowList, add_link, draft_key, section
from app.ui.tokens import Space, Tone, Type
from app.ui.widgets.buttons import Button, Kind, icon_button
from app.ui.widgets.labels import Label
from app.ui.widgets.messages import Banner

_ALL = 1000


class DaysGroup(Group):
    """One year at a time; a year that nobody announced is said to be incomplete until the office confirms it."""

    key, title, icon = "days", "Ngày nghỉ", "calendar-off"
    tables = frozenset({"day_exception", "setting"})

    def __init__(self, place: Place):
        super().__init__(place, "Hạn trả tính theo lịch này. Hạn đã ghi không đổi khi lịch đổi.")
        self.year = self.session.today.year
        before, after = icon_button("chevron-left", "Năm trước"), icon_button("chevron-right", "Năm sau")
        before.clicked.connect(lambda: self.show_year(self.year - 1))
        after.clicked.connect(lambda: self.show_year(self.year + 1))
        self._year = Label("", Type.BODY_STRONG)
        for widget in (before, self._year, after):
            self.tools.addWidget(widget)
        self._notice = QHBoxLayout()
        self.body.addLayout(self._notice)
        self._add = add_link("Thêm ngày riêng của cơ quan")
        self._add.clicked.connect(lambda: self._edit(None))
        self.own = RowList((170, 110, 0), "Cơ quan nghỉ và làm đúng lịch chung", after=self._add)
        self.own.edit_asked.connect(self._edit)
        self.public = RowList((170, 110, 0), "Chưa biết ngày nghỉ nào của năm này")
        self.body.addWidget(section("Ngày riêng của cơ quan", self._add))
        self.body.addWidget(self.own)
        self.body.addSpacing(Space.S)
        self.body.addWidget(section("Lịch chung"))
        self.body.addWidget(self.public)
        self.body.addStretch(1)

    def show_year(self, year: int) -> None:
        """Another year's days."""
        self.year = year
        self.refresh()

    def refresh(self) -> None:
        self._year.setText(str(self.year))
        with self.session.read() as connection:
            own = Listing(office.DAYS, order=(("day", False),)).page(connection, 0, _ALL)
            calendar = office.calendar(connection, (self.year,))
            confirmed = self.year in office.confirmed_years(connection)
        mine = {each["day"] for each in own}
        self.own.set_rows(
            [
                ListRow(each["id"], _cells(each["day"], each["worked"], each["name"]), "Sửa ngày này")
                for each in own
                if each["day"].year == self.year
            ]
        )
        self.public.set_rows(
            [
                ListRow(each.day, _cells(each.day, each.worked, each.name), muted=each.day in mine)
                for each in calendars.public_days(self.year)
            ]
        )
        self._tell(incomplete=workdays.incomplete(calendar, self.year), confirmed=confirmed)

    def _tell(self, *, incomplete: bool, confirmed: bool) -> None:
        while (item := self._notice.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        if incomplete:
            words = f"Lịch nghỉ năm {self.year} chưa công bố đủ: ngày hoán đổi còn có thể thêm."
            banner = Banner(words, Tone.AMBER, "Xác nhận đã đủ")
        elif confirmed:
            banner = Banner(f"Cơ quan đã xác nhận lịch nghỉ năm {self.year}.", Tone.BLUE, "Bỏ xác nhận")
        else:
            return
        banner.acted.connect(lambda: self._confirm(incomplete))
        self._notice.addWidget(banner)

    def _confirm(self, confirmed: bool) -> None:
        told = f"Đã {'xác nhận' if confirmed else 'bỏ xác nhận'} lịch nghỉ năm {self.year}"
        self.session.save(told[3:].capitalize(), office.confirm_year, self.year, confirmed).with_toast(told)

    def _edit(self, row_id: Any) -> None:
        with self.session.read() as connection:
            context = references.context_for(connection, office.DAYS, self.session.today)
            values = {} if row_id is None else lists.row(connection, office.DAYS, row_id)
        extra: tuple[Button, ...] = ()
        if row_id is not None:
            remove = Button("Bỏ ngày này", Kind.GHOST, icon="trash-2")
            remove.clicked.connect(lambda: self._remove(row_id))
            extra = (remove,)
        title = "Ngày riêng mới" if row_id is None else "Sửa ngày riêng"
        self.place.enter(
            Entry(
                title,
                specs_of(office.DAYS.form_fields, lambda: context),
                values,
                office.save_day,
                title,
                lambda _id: "Đã lưu ngày riêng",
                row_id=row_id,
                draft_key=draft_key(office.DAYS),
                extra=extra,
            )
        )

    def _remove(self, row_id: int) -> None:
        self.place.leave()
        self.session.save("Bỏ ngày riêng", office.remove_day, row_id).with_toast("Đã bỏ ngày riêng")

    def findable(self) -> Sequence[Found]:
        return [
            Found("own", "Ngày riêng của cơ quan", "Làm bù, nghỉ khác lịch chung"),
            Found("public", "Lịch chung", "Tết"),
        ]

    def show_found(self, key: str) -> None:
        self._add.setFocus()


def _cells(day: date, worked: bool, name: str) -> tuple[str, str, str]:
    return f"{formats.format_weekday(day)}, {formats.format_date(day)}", "làm việc" if worked else "nghỉ", name
