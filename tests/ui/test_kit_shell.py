"""The shell: built lazily, worked by keyboard, nothing cut off at any size, no English, no lost references."""

import sys
from collections.abc import Iterator

import pytest
from hand import press, type_text
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QScrollArea, QWidget
from pytestqt.qtbot import QtBot
from sheet import DossierPage, components, shell_with

from app.ui import theme
from app.ui.page import Page
from app.ui.shell import Shell
from app.ui.tokens import Size, Tone
from app.ui.widgets.buttons import Button, Kind
from app.ui.widgets.choices import Chip
from app.ui.widgets.labels import Label
from app.ui.widgets.messages import Banner
from app.ui.widgets.overlay import Popover

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def page_with_form() -> DossierPage:
    page = DossierPage()
    page.open_form()
    return page


@pytest.fixture
def shell(qtbot: QtBot) -> Iterator[Shell]:
    made = shell_with(page_with_form)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    made.close()


def test_a_page_is_built_when_it_is_first_gone_to(shell: Shell, qtbot: QtBot) -> None:
    built = []

    def budget() -> Page:
        built.append("budget")
        return Page("Ngân sách")

    shell.add_page("budget", budget)
    assert built == []
    with qtbot.waitSignal(shell.page_changed):
        press(shell, Qt.Key.Key_4, ALT)
    assert built == ["budget"] and shell.current_page().header.title.text() == "Ngân sách"
    press(shell, Qt.Key.Key_2, ALT)
    press(shell, Qt.Key.Key_4, ALT)
    assert built == ["budget"]


def test_a_place_nobody_built_yet_leaves_the_page_in_sight(shell: Shell) -> None:
    before = shell.current_page()
    press(shell, Qt.Key.Key_1, ALT)
    assert shell.current_page() is before


def test_navigation_in_its_order(shell: Shell) -> None:
    items = [button for button in shell.navigation.findChildren(QAbstractButton) if button.isCheckable()]
    names = ["Tổng quan", "Hồ sơ", "Thủ tục", "Ngân sách", "Văn bản", "Kế hoạch", "Báo cáo", "Thiết lập"]
    assert [item.text() for item in items] == names
    assert items[1].accessibleName() == "Hồ sơ, 1 quá hạn"


def test_page_over_its_place_and_back(shell: Shell) -> None:
    place = shell.current_page()
    over = Page("Nhập hồ sơ từ Excel")
    shell.open_over(over)
    assert shell.current_page() is over
    shell.close_over()
    assert shell.current_page() is place


@pytest.mark.parametrize(
    ("size", "rail", "header", "panel"),
    [
        ((1366, 768), False, Size.HEADER, Size.PANEL),
        ((1366, 690), False, Size.HEADER, Size.PANEL),
        ((1179, 700), True, Size.HEADER, Size.PANEL_NARROW),
        ((911, 441), True, Size.HEADER_LOW, Size.PANEL_NARROW),
        ((900, 430), True, Size.HEADER_LOW, Size.PANEL_NARROW),
    ],
)
def test_sizes(shell: Shell, size: tuple[int, int], rail: bool, header: int, panel: int) -> None:
    shell.resize(*size)
    QApplication.processEvents()
    page = shell.current_page()
    assert (shell.width(), shell.height()) == size
    assert shell.navigation.width() == (Size.RAIL if rail else Size.NAVIGATION) + 1
    assert page.header.height() == header
    assert page.panel is not None and page.panel.width() == panel
    assert shell.status.height() == Size.STATUS + 1
    save = next(button for button in page.panel.findChildren(Button) if button.kind is Kind.PRIMARY)
    assert save.mapTo(shell, QPoint(0, save.height())).y() <= shell.height() - shell.status.height()


def clipped(root: QWidget) -> list[str]:
    """Labels, buttons and chips whose text does not fit, and fields that show less than they hold."""
    found = []
    for widget in root.findChildren(QWidget):
        if not widget.isVisible() or widget.visibleRegion().isEmpty():
            continue
        if isinstance(widget, Button | Chip):
            if widget.width() < widget.sizeHint().width() or widget.height() < widget.sizeHint().height():
                found.append(widget.text())
        elif isinstance(widget, Label):
            short = not widget.wordWrap() and widget.fontMetrics().horizontalAdvance(widget.text()) > widget.width()
            low = widget.wordWrap() and widget.heightForWidth(widget.width()) > widget.height()
            if short or low or widget.text() != widget.full_text():
                found.append(widget.text())
        elif isinstance(widget, QLineEdit):
            room = widget.width() - widget.textMargins().left() - widget.textMargins().right() - 20
            if widget.fontMetrics().horizontalAdvance(widget.text()) > room:
                found.append(widget.text())
    return found


@pytest.mark.parametrize("size", [(1366, 768), (1366, 690), (911, 441), (900, 430)])
def test_nothing_is_clipped(shell: Shell, size: tuple[int, int]) -> None:
    shell.resize(*size)
    QApplication.processEvents()
    assert clipped(shell) == []
    for area in shell.findChildren(QScrollArea):
        inside = area.widget()
        assert inside is None or inside.width() <= area.viewport().width()


def test_nothing_is_clipped_on_the_sheet(qtbot: QtBot) -> None:
    sheet = components()
    qtbot.addWidget(sheet)
    sheet.resize(1366, 647)
    sheet.show()
    QApplication.processEvents()
    assert clipped(sheet) == []


def test_every_control_has_a_name_and_is_big_enough(shell: Shell) -> None:
    for widget in shell.findChildren(QAbstractButton):
        if widget.isVisible():
            face = QAccessible.queryAccessibleInterface(widget)
            assert face.text(QAccessible.Text.Name), widget
            assert face.role() in (
                QAccessible.Role.Button,
                QAccessible.Role.CheckBox,
                QAccessible.Role.RadioButton,
            )
            assert widget.height() >= 28 and widget.width() >= 28, widget.accessibleName()
    for field in shell.findChildren(QLineEdit):
        assert field.accessibleName(), field


def test_the_ring_shows_for_the_keyboard_and_not_for_the_mouse(shell: Shell, qapp: QApplication) -> None:
    ring = qapp._ring  # type: ignore[attr-defined]
    page = shell.current_page()
    search = page.findChildren(QLineEdit)[0]
    search.setFocus()
    press(search, Qt.Key.Key_Tab)
    focused = QApplication.focusWidget()
    assert isinstance(focused, Button)
    assert ring.isVisible()
    assert ring.geometry() == focused.geometry().adjusted(-4, -4, 4, 4)
    QTest.mouseClick(search, Qt.MouseButton.LeftButton, pos=QPoint(60, 10))
    assert not ring.isVisible()


def test_ctrl_n_presses_the_primary_button_also_from_within_a_field(shell: Shell, qtbot: QtBot) -> None:
    page = shell.current_page()
    new = next(button for button in page.header.findChildren(Button) if button.kind is Kind.PRIMARY)
    with qtbot.waitSignal(new.clicked, timeout=1000):
        press(page.findChildren(QLineEdit)[0], Qt.Key.Key_N, CTRL)


def test_toast_takes_back_with_ctrl_z_and_only_once(shell: Shell) -> None:
    done: list[str] = []
    shell.toast("Đã lưu hồ sơ NB-2023-0023", "Hoàn tác", lambda: done.append("undo"))
    toast = shell._toast
    assert toast.isVisible()
    press(shell, Qt.Key.Key_Z, CTRL)
    press(shell, Qt.Key.Key_Z, CTRL)
    assert done == ["undo"] and not toast.isVisible()


def test_ctrl_z_in_a_field_with_typed_text_takes_back_the_typing(shell: Shell) -> None:
    done: list[str] = []
    field = shell.current_page().findChildren(QLineEdit)[0]
    field.setFocus()
    type_text(field, "abc")
    shell.toast("Đã lưu", "Hoàn tác", lambda: done.append("undo"))
    press(field, Qt.Key.Key_Z, CTRL)
    assert field.text() == "" and done == []
    press(field, Qt.Key.Key_Z, CTRL)
    assert done == ["undo"]


@pytest.mark.parametrize("width", [911, 1366])
def test_a_long_toast_keeps_its_way_back_in_sight(shell: Shell, width: int) -> None:
    shell.resize(width, 690)
    told = f"Đã xóa nhiệm vụ “{'Rà soát thủ tục hành chính ' * 18}”"
    shell.toast(told, "Hoàn tác", lambda: None)
    toast, room = shell._toast, shell.rect()
    for part in (toast, toast._button):
        left, right = (part.mapTo(shell, point).x() for point in (QPoint(12, 0), QPoint(part.width() - 24, 0)))
        assert room.left() <= left < right <= room.right()
    assert toast.accessibleName() == told and toast._text.text().endswith("…") and toast._text.toolTip() == told


def test_one_toast_at_a_time_inside_the_content(shell: Shell) -> None:
    shell.toast("Một")
    shell.toast("Đã cất bản đang gõ", "Mở lại", lambda: None)
    toast = shell._toast
    labels = [label.text() for label in toast.findChildren(QLabel)]
    assert labels == ["Đã cất bản đang gõ"]
    page = shell.current_page()
    assert page.panel is not None
    left = page.panel.mapTo(shell, QPoint(0, 0)).x()
    assert toast.mapTo(shell, QPoint(toast.width() - 24, 0)).x() <= left


def test_popover_keeps_tab_inside_and_gives_the_focus_back(shell: Shell) -> None:
    page = shell.current_page()
    field = page.findChildren(QLineEdit)[0]
    field.setFocus()
    popover = Popover("Lập báo cáo")
    first, second = QLineEdit(), QLineEdit()
    popover.content.addWidget(first)
    popover.content.addWidget(second)
    popover.open_at(page.header, right=True)
    seen = set()
    for _ in range(8):
        now = QApplication.focusWidget()
        assert now is not None and popover.isAncestorOf(now)
        seen.add(now)
        press(now, Qt.Key.Key_Tab)
    assert {first, second} <= seen
    press(first, Qt.Key.Key_Escape)
    assert popover.isHidden() and field.hasFocus()


def test_click_outside_closes_a_popover(shell: Shell) -> None:
    page = shell.current_page()
    popover = Popover("Lập báo cáo")
    popover.open_at(page.header)
    QTest.mouseClick(shell.navigation, Qt.MouseButton.LeftButton, pos=QPoint(10, 500))
    assert popover.isHidden()


def test_banner_comes_and_goes_and_is_one_line_in_a_low_window(shell: Shell, qtbot: QtBot) -> None:
    shell.show_banner(Banner("Đang xem xã mẫu, không phải số liệu thật.", Tone.BLUE, "Thoát"))
    QApplication.processEvents()
    assert any("xã mẫu" in label.text() for label in shell.findChildren(QLabel) if label.isVisible())
    shell.resize(911, 441)
    banner = shell.findChild(Banner)
    assert banner is not None
    qtbot.waitUntil(lambda: banner.height() == 32 and shell.current_page().mapTo(shell, QPoint(0, 0)).y() == 32)
    shell.resize(1366, 768)
    qtbot.waitUntil(lambda: banner.height() == 40 and shell.current_page().mapTo(shell, QPoint(0, 0)).y() == 56)
    shell.show_banner(None)
    assert not any("xã mẫu" in label.text() for label in shell.findChildren(QLabel) if label.isVisible())


def test_names_with_signs_of_markup_are_shown_as_they_are(qtbot: QtBot) -> None:
    label = Label("<b>Công ty A & B</b>")
    qtbot.addWidget(label)
    assert label.textFormat() is Qt.TextFormat.PlainText


def test_fonts_are_ours_with_even_digits() -> None:
    from app.ui.tokens import Type

    metrics = theme.metrics(Type.BODY)
    assert theme.font(Type.BODY).family() == "Inter"
    assert len({metrics.horizontalAdvance(digit) for digit in "0123456789"}) == 1
    assert {QApplication.font().pixelSize(), theme.font(Type.BODY).pixelSize()} == {13}


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None cannot be lost there: it is immortal")
def test_a_thousand_repaints_lose_no_reference(shell: Shell) -> None:
    for widget in shell.findChildren(QWidget):
        widget.repaint()
    page = shell.current_page()
    assert isinstance(page, DossierPage) and page.panel is not None
    row = page.table.visualRect(page.table.model().index(0, 0))
    row.setWidth(page.table.viewport().width())
    before = sys.getrefcount(None)
    for _ in range(1000):
        shell.navigation.repaint()
        page.header.repaint()
        page.panel.repaint()
        page.table.viewport().repaint(row)
        shell.status.repaint()
    assert abs(sys.getrefcount(None) - before) < 100


def test_the_ring_outlives_the_control_it_was_around(shell: Shell, qapp: QApplication, qtbot: QtBot) -> None:
    ring = qapp._ring  # type: ignore[attr-defined]
    page = Page("Nhập hồ sơ từ Excel")
    back = page.header.add_back()
    page.header.add(Button("Hủy"))
    shell.open_over(page)
    back.setFocus()
    press(back, Qt.Key.Key_Tab)
    assert ring.isVisible()
    shell.close_over()
    qtbot.wait(10)
    search = shell.current_page().findChildren(QLineEdit)[0]
    search.setFocus()
    press(search, Qt.Key.Key_Tab)
    assert ring.isVisible()


def stops_after(count: int) -> list[str]:
    """Where so many Tabs stop, by name."""
    told = []
    for _ in range(count):
        focused = QApplication.focusWidget()
        assert focused is not None
        press(focused, Qt.Key.Key_Tab)
        now = QApplication.focusWidget()
        assert now is not None
        told.append(now.accessibleName())
    return told


def test_tab_goes_from_the_fields_of_a_panel_to_its_buttons(shell: Shell) -> None:
    page = shell.current_page()
    assert isinstance(page, DossierPage)
    form = page.open_form()  # what came last stands where it is read
    page.chips.add("after", "Sau ngày chốt", "4").click()
    page.chips.chip("after").setFocus()
    assert stops_after(2) == ["", "Giải thích"]
    form.field("note").editor.setFocus()
    assert stops_after(4)[1:] == ["Lưu và nhập tiếp", "Lưu, in giấy hẹn", "Tổng quan"]
    form.field("address").editor.setFocus()
    assert stops_after(2) == ["Trực tiếp", "Ngày nhận, bắt buộc"]


def test_going_to_a_page_puts_the_keyboard_on_its_list_or_where_it_was(shell: Shell, qtbot: QtBot) -> None:
    page = shell.current_page()
    assert isinstance(page, DossierPage)
    shell.add_page("plans", lambda: DossierPage())
    shell.navigation.setFocus()
    press(shell, Qt.Key.Key_6, ALT)
    plans = shell.current_page()
    assert isinstance(plans, DossierPage) and plans.table.hasFocus()
    press(plans.table, Qt.Key.Key_Down)
    assert plans.table.currentIndex().isValid()
    plans.search.setFocus()
    press(shell, Qt.Key.Key_2, ALT)
    press(shell, Qt.Key.Key_6, ALT)
    assert plans.search.hasFocus()


def test_a_page_that_stands_alone_has_no_navigation(shell: Shell) -> None:
    class First(Page):
        stands_alone = True

    shell.open_over(First("Lần đầu"))
    assert shell.navigation.isHidden() and shell.status.isHidden() and shell.current_page().header.isHidden()
    shell.close_over()
    assert shell.navigation.isVisible() and shell.status.isVisible()


def test_another_page_closes_what_lies_above(shell: Shell) -> None:
    shell.add_page("budget", lambda: Page("Ngân sách"))
    popover = Popover("Kỳ")
    popover.open_at(shell.current_page().header)
    shell.go("budget")
    assert popover.isHidden()


def test_placeholders_have_their_own_colour(shell: Shell) -> None:
    field = shell.current_page().findChildren(QLineEdit)[0]
    assert field.palette().placeholderText().color().name().upper() == theme.colours().text3


def test_a_toast_goes_by_itself_but_not_while_the_keyboard_is_on_it(shell: Shell, qtbot: QtBot) -> None:
    toast = shell._toast
    assert toast._clock.interval() == 8000
    toast._clock.setInterval(30)
    shell.toast("Đã lưu", "Hoàn tác", lambda: None)
    toast._button.setFocus()
    qtbot.wait(120)
    assert toast.isVisible()
    shell.current_page().findChildren(QLineEdit)[0].setFocus()
    qtbot.waitUntil(toast.isHidden, timeout=1000)


def test_what_lasts_is_taken_back_when_its_toast_is_gone_but_not_from_a_field(shell: Shell, qtbot: QtBot) -> None:
    page, taken = shell.current_page(), []
    assert isinstance(page, DossierPage)
    toast = shell._toast
    toast._clock.setInterval(20)
    shell.toast("Đã lưu", "Hoàn tác", lambda: taken.append("saved"), lasts=True)
    page.search.setFocus()
    qtbot.waitUntil(toast.isHidden, timeout=1000)
    press(page.search, Qt.Key.Key_Z, CTRL)
    assert taken == []
    page.table.setFocus()
    press(page.table, Qt.Key.Key_Z, CTRL)
    press(page.table, Qt.Key.Key_Z, CTRL)
    assert taken == ["saved"]
    shell.toast("Đã lưu", "Hoàn tác", lambda: taken.append("again"), lasts=True)
    shell.toast("Đã cất bản đang gõ", "Mở lại", lambda: taken.append("draft"))
    qtbot.waitUntil(toast.isHidden, timeout=1000)
    press(page.table, Qt.Key.Key_Z, CTRL)
    assert taken == ["saved"]
