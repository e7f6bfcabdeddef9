"""Draws the kit to pictures, to be looked at beside the target pictures: `python tests/ui/sheet.py OUT_FOLDER`.

A sheet of components, and the shell with a made-up register: list and form, opened row, empty, no hit, narrow.
"""

import contextlib
import os
import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from app.problems import Problem
from app.ui.application import Application
from app.ui.cells import Due, FixedRows, Group, Pill, Row, Text, Tick, TwoLine
from app.ui.form import FieldSpec, Form
from app.ui.matching import Choice
from app.ui.page import Page, PanelSection, SidePanel
from app.ui.paged_model import Column
from app.ui.shell import Shell
from app.ui.table import TableView
from app.ui.tokens import Size, Tone, Type
from app.ui.widgets.buttons import Button, Kind, icon_button
from app.ui.widgets.choices import Check, Chip, ChipRow, Segmented
from app.ui.widgets.facts import Card, Facts, Step, StepState, Timeline
from app.ui.widgets.fields import DateField, LineField, SearchField
from app.ui.widgets.labelled import LabelledField
from app.ui.widgets.labels import Label, SectionHeading, filled
from app.ui.widgets.labels import Pill as PillLabel
from app.ui.widgets.messages import Banner, Toast
from app.ui.widgets.overlay import Popover
from app.ui.widgets.progress import ProgressBar
from app.ui.widgets.states import EmptyState, Loading

TODAY = date(2023, 6, 12)


def parse_day(text: str) -> date | None:
    if not text.strip():
        return None
    try:
        return datetime.strptime(text.strip(), "%d/%m/%Y").date()
    except ValueError:
        raise Problem("Ngày viết như 12/06/2023") from None


def show_day(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def parse_count(text: str) -> int | None:
    digits = text.replace(".", "").strip()
    if not digits:
        return None
    if not digits.isdecimal():
        raise Problem("Cần một số")
    return int(digits)


def show_count(count: int) -> str:
    return f"{count:,}".replace(",", ".")


def parse_identity(text: str) -> str | None:
    digits = text.replace(" ", "")
    if digits and len(digits) != 12:
        raise Problem(f"Cần 12 số, mới có {len(digits)}")
    return digits or None


def plain(text: str) -> str | None:
    return text.strip() or None


def line_of(*widgets: QWidget, gap: int = 8) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(gap)
    for widget in widgets:
        line.addWidget(widget)
    line.addStretch(1)
    return line


def components() -> QWidget:
    sheet = QWidget()
    filled(sheet, "bg")
    grid = QGridLayout(sheet)
    grid.setContentsMargins(24, 24, 24, 24)
    grid.setSpacing(16)
    for column in range(3):
        grid.setColumnStretch(column, 1)
    for place, make in enumerate((_buttons, _fields, _states, _messages, _empty, _loading)):
        grid.addWidget(make(), place // 3, place % 3)
    return sheet


def _buttons() -> Card:
    card = Card("Nút")
    card.content.addLayout(line_of(Button("Lưu và nhập tiếp", Kind.PRIMARY, keys="Ctrl+S"), Button("Lưu, in giấy hẹn")))
    off = Button("Chốt báo cáo")
    off.disable("Còn 1 lỗi")
    card.content.addLayout(
        line_of(Button("In danh sách", Kind.GHOST, icon="printer"), Button("Xem tất cả", Kind.LINK), off, gap=12)
    )
    focused = Button("In", icon="printer")
    focused.setObjectName("focused")
    card.content.addSpacing(8)
    card.content.addLayout(line_of(focused, Label("viền khi chọn bằng bàn phím", Type.HINT, "text2"), gap=12))
    card.content.addSpacing(8)
    on = Chip("Tất cả", "1.455")
    on.setChecked(True)
    card.content.addLayout(line_of(on, Chip("Quá hạn", "1"), Chip("Lĩnh vực: Hộ tịch", removable=True)))
    card.content.addStretch(1)
    return card


def _fields() -> Card:
    card = Card("Ô nhập")
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(8)
    phone = LineField()
    phone.set_raw("0912 000 000")
    phone.setObjectName("phone")
    bad = LineField()
    bad.set_raw("31/02/2023")
    wrong = LabelledField("Ngày nhận", bad, required=True)
    wrong.set_error("Tháng 2/2023 có 28 ngày")
    due = LineField()
    due.set_raw("15/06/2023")
    due.set_computed(True)
    due.add_tool("pencil", "Sửa tay")
    grid.addWidget(LabelledField("Người nộp", LineField("Họ và tên"), required=True), 0, 0)
    grid.addWidget(LabelledField("Điện thoại", phone), 0, 1)
    grid.addWidget(wrong, 1, 0)
    grid.addWidget(LabelledField("Hạn trả", due, hint="Tự tính"), 1, 1)
    card.content.addLayout(grid)
    now = Check("Trả kết quả ngay")
    now.setChecked(True)
    card.content.addWidget(now)
    way = Segmented([Choice("a", "Trực tiếp"), Choice("b", "Trực tuyến"), Choice("c", "Bưu chính")])
    way.set_raw("b")
    card.content.addWidget(way)
    card.content.addStretch(1)
    return card


def _states() -> Card:
    card = Card("Trạng thái, hạn")
    card.content.setSpacing(14)
    card.content.addLayout(
        line_of(
            PillLabel("Đang giải quyết", Tone.BLUE),
            PillLabel("Chờ bổ sung", Tone.VIOLET),
            PillLabel("Đã giải quyết", Tone.GREEN),
        )
    )
    card.content.addLayout(
        line_of(
            PillLabel("Đã trả kết quả", Tone.GRAY),
            PillLabel("Trả lại", Tone.GRAY),
            PillLabel("Dự thảo", Tone.GRAY),
            PillLabel("Đã chốt", Tone.GREEN, "lock"),
        )
    )
    card.content.addLayout(
        line_of(
            PillLabel("Còn 3 ngày", Tone.AMBER, "clock"),
            PillLabel("Quá 2 ngày", Tone.RED, "circle-alert"),
            PillLabel("Hôm nay", Tone.AMBER, "clock"),
        )
    )
    card.content.addWidget(ProgressBar(0.76, tick=0.447))
    card.content.addWidget(ProgressBar(1.0, Tone.GREEN))
    card.content.addWidget(ProgressBar(0.4, Tone.AMBER))
    card.content.addStretch(1)
    return card


def _messages() -> Card:
    card = Card("Báo tin")
    card.content.setSpacing(12)
    card.content.addWidget(Banner("Đang xem xã mẫu, không phải số liệu thật.", Tone.BLUE, "Thoát"))
    card.content.addWidget(Banner("Chưa có ngày nghỉ lễ năm 2027.", Tone.AMBER, "Bổ sung"))
    card.content.addWidget(Banner("Không ghi được vào đĩa. Chữ đã gõ vẫn còn.", Tone.RED, "Ghi lại"))
    card.content.addSpacing(80)
    toast = Toast(card)
    toast.tell("Đã xóa bút toán PT 083", "Hoàn tác", lambda: None)
    return card


def _empty() -> Card:
    card = Card("Danh sách trống")
    card.content.addWidget(
        EmptyState(
            "folder-open",
            "Chưa có hồ sơ nào trong kỳ này",
            "Nhấn Ctrl+N để tiếp nhận, hoặc nhập từ Excel.",
            Button("Tiếp nhận hồ sơ", Kind.PRIMARY, icon="plus", keys="Ctrl+N"),
            Button("Nhập Excel", icon="file-up"),
        )
    )
    return card


def _loading() -> Card:
    card = Card("Đang tải, tìm không thấy")
    loading = Loading()
    loading.setMinimumHeight(108)
    loading.appear()
    card.content.addWidget(loading)
    card.content.addStretch(1)
    return card


COLUMNS = (
    Column("code", "Mã hồ sơ", 108, sort="code"),
    Column("applicant", "Người nộp", 156),
    Column("procedure", "Thủ tục", stretch=True),
    Column("due", "Hạn trả", 148, sort="due"),
    Column("state", "Trạng thái", 132),
)
NARROW = (
    Column("applicant", "Người nộp", stretch=True),
    Column("due", "Hạn trả", 148, sort="due"),
    Column("state", "Trạng thái", 128),
)
OPEN, DONE = Pill("Đang giải quyết", Tone.BLUE), Pill("Đã giải quyết", Tone.GREEN)
HANDED, WAITING = Pill("Đã trả kết quả", Tone.GRAY), Pill("Chờ bổ sung", Tone.VIOLET)
_MADE_UP = (
    ("230612-0023", "Nguyễn Văn Ví Dụ", "Chứng thực bản sao", "12/06", "hôm nay", Tone.AMBER, OPEN),
    ("230612-0022", "Trần Thị Minh Họa", "Đăng ký khai sinh", "12/06", "hôm nay", Tone.AMBER, OPEN),
    ("230612-0021", "12 người nộp", "Chứng thực bản sao × 34", "12/06", "đã trả", Tone.GRAY, HANDED),
    ("230608-0011", "Lê Văn Thử", "Xác nhận tình trạng hôn nhân", "13/06", "còn 1 ngày", Tone.AMBER, OPEN),
    ("230608-0004", "Đặng Thị Làm Mẫu", "Thay đổi, cải chính hộ tịch", "13/06", "xong 09/06", Tone.GRAY, DONE),
    ("230602-0004", "Phạm Thị Giả Định", "Hỗ trợ chi phí mai táng", "09/06", "quá 1 ngày", Tone.RED, OPEN),
    ("230601-0006", "Bùi Thị Thử Nghiệm", "Trợ cấp một lần người có công", "16/06", "còn 4 ngày", None, OPEN),
    ("230529-0008", "Dương Thị Ví Dụ", "Xác nhận hộ nghèo", "", "chờ giấy tờ", None, WAITING),
)


def dossiers(times: int = 3) -> FixedRows:
    rows = []
    for number, (code, who, what, day, left, tone, state) in enumerate(_MADE_UP * times):
        cells = (Text(code, muted=True), Text(who, medium=True), Text(what), Due(day, left, tone), state)
        rows.append(Row(number, cells))
    return FixedRows(rows)


def dossiers_narrow() -> FixedRows:
    return FixedRows(
        [
            Row(number, (TwoLine(who, what), Due(day, left, tone), state))
            for number, (_, who, what, day, left, tone, state) in enumerate(_MADE_UP * 3)
        ]
    )


PROCEDURES = [
    Choice("1", "Đăng ký khai sinh", "MAU-012", "trong ngày"),
    Choice("2", "Chứng thực bản sao từ bản chính giấy tờ, văn bản", "MAU-002", "trong ngày"),
    Choice("3", "Hỗ trợ chi phí mai táng cho đối tượng bảo trợ xã hội", "MAU-038", "5 ngày làm việc"),
    Choice("4", "Đăng ký kết hôn", "MAU-014", "5 ngày làm việc"),
    Choice("5", "Xác nhận hộ nghèo", "MAU-051", "10 ngày làm việc"),
]


def intake_specs() -> list[FieldSpec]:
    way = [Choice("Trực tiếp", "Trực tiếp"), Choice("Trực tuyến", "Trực tuyến"), Choice("Bưu chính", "Bưu chính")]
    return [
        FieldSpec("procedure", "Thủ tục", plain, str, "reference", required=True, choices=PROCEDURES),
        FieldSpec("applicant", "Người nộp", plain, str, "name", required=True, max_length=100),
        FieldSpec("identity", "Số định danh", parse_identity, str, required=True, width="half"),
        FieldSpec("phone", "Điện thoại", plain, str, width="half"),
        FieldSpec("address", "Địa chỉ", plain, str),
        FieldSpec("channel", "Nhận qua", plain, str, "choice", required=True, choices=way),
        FieldSpec("received_on", "Ngày nhận", parse_day, show_day, "date", required=True, width="third"),
        FieldSpec("received_at", "Giờ", plain, str, "time", width="third"),
        FieldSpec("quantity", "Số lượng", parse_count, show_count, "integer", width="third"),
        FieldSpec("fee", "Lệ phí", parse_count, show_count, "money", describe=lambda n: f"{show_count(n)} đồng"),
        FieldSpec("note", "Ghi chú", plain, str, "long_text"),
        FieldSpec("now", "Trả kết quả ngay (không in giấy hẹn)", plain, str, "flag"),
    ]


class DossierPage(Page):
    """A page as a screen would make it."""

    def __init__(self, *, empty: str = "") -> None:
        super().__init__("Hồ sơ")
        self.header.count.setText("1.455 trong kỳ")
        self.header.add(Button("Nhập Excel", Kind.GHOST, icon="file-up"))
        self.header.add(Button("In danh sách", Kind.GHOST, icon="printer"))
        if empty != "new":
            self.header.add(Button("Tiếp nhận hồ sơ", Kind.PRIMARY, icon="plus", keys="Ctrl+N"))
        self.search = SearchField("Tìm mã, tên, địa chỉ, thủ tục")
        self.filters.add_line(self.search, Button("Lĩnh vực", menu=True), Button("Kỳ: 6 tháng đầu 2023", menu=True))
        self.chips = ChipRow()
        for key, text, count in (
            ("all", "Tất cả", "1.455"),
            ("open", "Đang giải quyết", "15"),
            ("soon", "Sắp đến hạn", "4"),
            ("late", "Quá hạn", "1"),
            ("paper", "Chưa số hóa", "14"),
        ):
            self.chips.add(key, text, count)
        self.filters.add_line(self.chips)
        self.show_filters()
        self.table = TableView(COLUMNS)
        self.table.set_sorting("code", True)
        self.table.set_source(dossiers())
        self.table.horizontalHeader()
        self.set_content(self.table)

    def set_compact(self, compact: bool, low: bool) -> None:
        super().set_compact(compact, low)
        if compact and self.table.columns is COLUMNS:
            self.table.set_columns(NARROW, Size.ROW_TWO_LINES)
            self.table.set_source(dossiers_narrow())

    def open_form(self) -> Form:
        panel = SidePanel("Tiếp nhận hồ sơ", "230612-0024")
        panel.add_tool(icon_button("circle-help", "Giải thích"))
        form = Form(intake_specs(), today=lambda: TODAY)
        form.set_values(
            {
                "procedure": "1",
                "applicant": "Nguyễn Văn Ví Dụ",
                "identity": "03018800123",
                "phone": "0912 000 000",
                "address": "Thôn Thử Nghiệm, xã Nam Trung",
                "channel": "Trực tiếp",
                "received_on": TODAY,
                "received_at": "09:42",
                "quantity": 1,
            }
        )
        panel.notice.addWidget(form.problem_link)
        save = Button("Lưu và nhập tiếp", Kind.PRIMARY, keys="Ctrl+S")
        save.clicked.connect(form.ask_save)
        panel.foot.addWidget(save)
        panel.foot.addWidget(Button("Lưu, in giấy hẹn"))
        panel.set_body(form)
        self.set_panel(panel)
        self.open_panel()
        return form

    def open_facts(self) -> None:
        panel = SidePanel("Thủ tục", "MAU-034")
        panel.add_tool(icon_button("pencil", "Sửa"))
        body = QWidget()
        from app.ui.widgets.labels import column

        parts = column(body)
        top = PanelSection(line=False)
        top.content.addWidget(
            Label(
                "Thực hiện, điều chỉnh, thôi hưởng trợ cấp xã hội hàng tháng, "
                "hỗ trợ kinh phí chăm sóc, nuôi dưỡng hàng tháng",
                Type.BODY_MEDIUM,
                wrap=True,
            )
        )
        top.content.addLayout(
            line_of(PillLabel("Đang áp dụng", Tone.GREEN, "check"), PillLabel("Sửa đổi trong kỳ", Tone.VIOLET))
        )
        facts = PanelSection()
        facts.content.addWidget(
            Facts(
                [
                    ("Lĩnh vực", "Bảo trợ xã hội"),
                    ("Thời hạn", "22 ngày làm việc"),
                    ("Quyết định", "Trung ương"),
                    ("Áp dụng", "từ 01/01/2022, chưa có ngày hết"),
                ]
            )
        )
        steps = PanelSection()
        steps.content.addWidget(SectionHeading("Thay đổi", "2"))
        steps.content.addWidget(
            Timeline(
                [
                    Step(
                        "Sửa đổi",
                        "công khai 20/03/2023",
                        ("Quyết định mẫu 01/QĐ", "Thời hạn 25 còn 22 ngày làm việc"),
                    ),
                    Step("Ban hành", "công khai 24/12/2021", ("Quyết định mẫu 07/QĐ",), StepState.BEFORE),
                ]
            )
        )
        for part in (top, facts, steps):
            parts.addWidget(part)
        parts.addStretch(1)
        panel.set_body(body)
        panel.foot.addWidget(Button("Ghi thay đổi", icon="plus", keys="Ctrl+T"))
        panel.foot.addWidget(Button("Sửa", icon="pencil", keys="F2"))
        self.set_panel(panel)
        self.open_panel()


def shell_with(page: Callable[[], Page], key: str = "dossiers") -> Shell:
    shell = Shell()
    shell.navigation.set_office("UBND xã Nam Trung")
    shell.navigation.officer.set_person("Trần Thị Mẫu", "Bộ phận Một cửa")
    shell.navigation.set_badge("dossiers", "1", Tone.RED, "1 quá hạn")
    shell.navigation.set_badge("plans", "1", Tone.RED, "1 quá hạn")
    shell.navigation.set_badge("reports", "!", Tone.AMBER, "còn thiếu số liệu")
    shell.status.set_saved("Đã lưu 09:41")
    shell.status.set_backup("Sao lưu 07:45 hôm nay")
    shell.status.set_period("Kỳ: 6 tháng đầu năm 2023 (15/12/2022 – 10/6/2023)", "6 tháng đầu năm 2023")
    shell.status.set_day("Thứ Hai, 12/6/2023", "T2, 12/6/2023")
    shell.add_page(key, page)
    shell.go(key)
    return shell


def main(folder: Path) -> None:
    application = Application()
    folder.mkdir(parents=True, exist_ok=True)

    def take(widget: QWidget, name: str, width: int = 1366, height: int = 768) -> None:
        widget.resize(width, height)
        widget.show()
        for _ in range(5):
            application.processEvents()
        widget.grab().save(str(folder / f"{name}.png"))

    sheet = components()
    sheet.resize(1366, 647)
    sheet.show()
    sheet.activateWindow()
    for _ in range(5):
        application.processEvents()
    focused = sheet.findChild(Button, "focused")
    assert focused is not None
    QTest.keyClick(focused, Qt.Key.Key_Tab)
    focused.setFocus(Qt.FocusReason.TabFocusReason)
    take(sheet, "00", 1366, 647)
    sheet.close()

    def form_page() -> DossierPage:
        page = DossierPage()
        form = page.open_form()
        with contextlib.suppress(Problem):
            form.values()
        return page

    shell = shell_with(form_page)
    take(shell, "02-form")
    shell.toast("Đã lưu hồ sơ 230612-0023", "Hoàn tác", lambda: None)
    take(shell, "02-toast")
    shell.close()

    def facts_page() -> DossierPage:
        page = DossierPage()
        page.open_facts()
        page.table.select(3)
        page.table.set_marks("van")
        return page

    shell = shell_with(facts_page)
    take(shell, "12-facts")
    shell.close()

    def empty_page() -> DossierPage:
        page = DossierPage(empty="new")
        page.table.set_source(FixedRows([]))
        state = EmptyState(
            "folder-open",
            "Chưa có hồ sơ nào",
            "Tiếp nhận hồ sơ đầu tiên, hoặc nhập sổ một cửa đang có từ Excel.",
            Button("Tiếp nhận hồ sơ", Kind.PRIMARY, icon="plus", keys="Ctrl+N"),
            Button("Nhập Excel", icon="file-up"),
        )
        page.table.show_overlay(state)
        return page

    shell = shell_with(empty_page)
    take(shell, "20a")
    shell.close()

    def plan_page() -> Page:
        page = Page("Kế hoạch")
        page.header.add(Button("Thêm nhiệm vụ", Kind.GHOST, icon="plus", keys="Ctrl+T"))
        page.header.add(Button("Kế hoạch mới", Kind.PRIMARY, icon="plus", keys="Ctrl+N"))
        by = Segmented(
            [Choice("d", "Theo hạn"), Choice("p", "Theo kế hoạch"), Choice("w", "Theo người")], stretch=False
        )
        by.set_raw("d")
        page.filters.add_line(SearchField("Tìm nhiệm vụ, kế hoạch, người"), by)
        page.show_filters()
        table = TableView(
            (
                Column("task", "Nhiệm vụ", stretch=True),
                Column("plan", "Kế hoạch", 112),
                Column("lead", "Chủ trì", 148),
                Column("due", "Hạn", 158),
            )
        )

        def task(id: int, what: str, plan: str, who: str, due: Due) -> Row:
            return Row(id, (Tick(what), Text(f"{plan}/KH-UBND", muted=True), Text(who), due))

        table.set_source(
            FixedRows(
                [
                    Row("late", group=Group("Quá hạn", "1", Tone.RED, "circle-alert")),
                    task(
                        1,
                        "Kiểm tra việc thực hiện CCHC quý II",
                        "31",
                        "Nguyễn Văn Ví Dụ",
                        Due("08/06", "quá 2 ngày", Tone.RED),
                    ),
                    Row("week", group=Group("Tuần này", "2", Tone.AMBER, "clock")),
                    task(
                        2,
                        "Số hóa hồ sơ, kết quả giải quyết",
                        "31",
                        "Trần Thị Mẫu",
                        Due("15/06", "còn 3 ngày", Tone.AMBER),
                    ),
                    task(
                        3,
                        "Lấy ý kiến hài lòng của người dân, đợt 1",
                        "16",
                        "Trần Thị Mẫu",
                        Due("16/06", "còn 4 ngày", None),
                    ),
                    Row("month", group=Group("Tháng này", "7")),
                    task(
                        4,
                        "Phát tin về nộp hồ sơ trực tuyến",
                        "10",
                        "Nguyễn Văn Ví Dụ",
                        Due("20/06", "còn 6 ngày", None),
                    ),
                ]
            )
        )
        table.select(2)
        page.set_content(table)
        return page

    shell = shell_with(plan_page, "plans")
    take(shell, "13-plans")
    popover = Popover("Lập báo cáo")
    day = DateField(parse_day, show_day)
    day.set_value(date(2023, 9, 14))
    period = Segmented([Choice(str(n), t) for n, t in enumerate(("Quý", "6 tháng", "9 tháng", "Năm"))])
    period.set_raw("2")
    popover.content.addWidget(LabelledField("Kỳ báo cáo", period, required=True))
    popover.content.addWidget(LabelledField("Đến hết ngày", day, required=True, hint="14/9 là mặc định, sửa được"))
    popover.foot.addWidget(Button("Lập báo cáo", Kind.PRIMARY, keys="Enter"))
    popover.foot.addWidget(Button("Hủy", Kind.GHOST, keys="Esc"))
    popover.foot.addStretch(1)
    anchor = shell.current_page().header.findChildren(Button)[-1]
    popover.open_at(anchor, right=True)
    take(shell, "15-popover")
    day.open_calendar()
    take(shell, "15-calendar")
    shell.close()

    shell = shell_with(form_page)
    take(shell, "10-narrow", 911, 512)
    take(shell, "10-small", 900, 430)
    shell.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
