"""Typing Vietnamese loses no letter, and nothing changes the text between keys."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from hand import compose, press, type_text
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from sheet import PROCEDURES, TODAY, parse_count, parse_day, show_count, show_day

from app.ui.matching import Choice, find, hits
from app.ui.widgets.buttons import Button
from app.ui.widgets.choices import Check, Segmented
from app.ui.widgets.combo import ChoiceList, Combo
from app.ui.widgets.composing import commit_composed
from app.ui.widgets.fields import DateField, LineField, NumberField, SearchField, TextArea
from app.ui.widgets.labelled import LabelledField

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


PutUp = Callable[..., None]


@pytest.fixture
def put_up(qtbot: QtBot) -> Iterator[PutUp]:
    """Puts fields into a window and the focus into the first; keeps the window alive."""
    window = QWidget()
    window.resize(600, 500)
    layout = QVBoxLayout(window)
    qtbot.addWidget(window)

    def put(*widgets: QWidget) -> None:
        for widget in widgets:
            layout.addWidget(widget)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        widgets[0].setFocus()

    yield put
    window.close()


@pytest.mark.parametrize("field_class", [LineField, TextArea, Combo, SearchField])
def test_backspace_and_retype_gives_tao(put_up: PutUp, field_class: type[LineField] | type[TextArea]) -> None:
    field = field_class()
    put_up(field)
    type_text(field, "tao\b\bạo")
    assert field.raw() == "tạo"


@pytest.mark.parametrize("field_class", [LineField, TextArea])
def test_word_being_composed_is_kept_when_the_mouse_goes_on(
    put_up: PutUp, field_class: type[LineField] | type[TextArea]
) -> None:
    field, other = field_class(), LineField()
    put_up(field, other)
    type_text(field, "Nguyễn Văn ")
    compose(field, "Đức")
    QTest.mouseClick(other, Qt.MouseButton.LeftButton, pos=QPoint(20, 10))
    assert other.hasFocus()
    assert field.raw() == "Nguyễn Văn Đức"


@pytest.mark.parametrize("field_class", [LineField, TextArea])
def test_word_being_composed_is_read_by_a_save(put_up: PutUp, field_class: type[LineField] | type[TextArea]) -> None:
    field = field_class()
    put_up(field)
    compose(field, "Thử")
    commit_composed()
    assert field.raw() == "Thử"
    commit_composed()
    assert field.raw() == "Thử"


def test_telex_through_the_typing_program(put_up: PutUp) -> None:
    field = Combo(PROCEDURES)
    put_up(field)
    for stage in ("d", "đ", "đă", "đăn", "đăng"):
        compose(field, stage)
    press(field, Qt.Key.Key_Return)
    assert field.text() == "đăng"
    assert not field.is_composing()


def test_enter_during_composition_commits_the_word_and_nothing_else(qtbot: QtBot, put_up: PutUp) -> None:
    field = LineField()
    put_up(field)
    with qtbot.assertNotEmitted(field.returnPressed):
        compose(field, "việt")
        press(field, Qt.Key.Key_Return)
    assert field.raw() == "việt"
    with qtbot.waitSignal(field.returnPressed):
        press(field, Qt.Key.Key_Return)


def test_decomposed_letters_are_read_composed(put_up: PutUp) -> None:
    field = LineField()
    put_up(field)
    field.setText("Nguye\u0302\u0303n")
    assert field.raw() == "Nguyễn"


def test_amount_gets_its_dots_only_when_left(put_up: PutUp) -> None:
    field, other = NumberField(parse_count, show_count), LineField()
    put_up(field, other)
    type_text(field, "18600000")
    assert field.text() == "18600000"
    press(field, Qt.Key.Key_Tab)
    assert field.text() == "18.600.000"


def test_unreadable_text_stays_as_typed(put_up: PutUp) -> None:
    field, other = DateField(parse_day, show_day), LineField()
    put_up(field, other)
    type_text(field, "31/02/2023")
    press(field, Qt.Key.Key_Tab)
    assert field.text() == "31/02/2023"


def test_plus_and_minus_change_a_finished_date_only(put_up: PutUp) -> None:
    field = DateField(parse_day, show_day, today=lambda: TODAY)
    put_up(field)
    type_text(field, "+")
    assert field.value() == date(2023, 6, 13)
    type_text(field, "--")
    assert field.value() == date(2023, 6, 11)
    field.clear()
    type_text(field, "12-6")
    assert field.text() == "12-6"


def test_calendar_by_keyboard(put_up: PutUp) -> None:
    field = DateField(parse_day, show_day, today=lambda: TODAY)
    put_up(field)
    field.set_value(TODAY)
    press(field, Qt.Key.Key_F4)
    grid = QApplication.focusWidget()
    assert grid is not None and grid is not field
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_PageDown, Qt.Key.Key_Return):
        press(grid, key)
    assert field.value() == date(2023, 7, 20)
    assert field.hasFocus()
    press(field, Qt.Key.Key_Down, ALT)
    again = QApplication.focusWidget()
    assert again is grid
    press(again, Qt.Key.Key_Escape)
    assert field.hasFocus() and field.value() == date(2023, 7, 20)


def test_calendar_by_mouse_and_a_click_outside(put_up: PutUp) -> None:
    field, other = DateField(parse_day, show_day, today=lambda: TODAY), LineField()
    put_up(field, other)
    field.open_calendar()
    popup = field._popup
    assert popup is not None and popup.isVisible()
    QTest.mouseClick(other, Qt.MouseButton.LeftButton, pos=QPoint(400, 10))
    assert popup.isHidden()


def test_combo_finds_by_initials_and_never_completes_inside(put_up: PutUp) -> None:
    field, other = Combo(PROCEDURES), LineField()
    put_up(field, other)
    type_text(field, "ks")
    assert field.text() == "ks"
    assert field.selectedText() == ""
    assert field.is_open()
    assert field.completer() is None
    press(field, Qt.Key.Key_Return)
    assert field.key() == "1"
    assert field.text() == "MAU-012  Đăng ký khai sinh"
    assert not field.is_open()


def test_combo_takes_the_marked_choice_with_tab_and_goes_on(put_up: PutUp) -> None:
    field, other = Combo(PROCEDURES), LineField()
    put_up(field, other)
    type_text(field, "ket hon")
    press(field, Qt.Key.Key_Tab)
    assert field.key() == "4"
    assert other.hasFocus()


def test_tab_takes_the_marked_choice_also_over_one_chosen_before(put_up: PutUp) -> None:
    field, other = Combo(PROCEDURES), LineField()
    put_up(field, other)
    field.set_raw("3")
    press(field, Qt.Key.Key_F4)
    press(field, Qt.Key.Key_Down)
    press(field, Qt.Key.Key_Tab)
    assert field.key() == "4" and other.hasFocus()


def test_tab_goes_on_from_an_empty_combo_that_was_only_clicked(put_up: PutUp) -> None:
    field, other = Combo(PROCEDURES), LineField()
    put_up(field, other)
    QTest.mouseClick(field, Qt.MouseButton.LeftButton)
    assert field.is_open()
    press(field, Qt.Key.Key_Tab)
    assert field.raw() == "" and other.hasFocus() and not field.is_open()


def test_a_combo_that_suggests_completes_with_tab_what_was_begun_and_keeps_another_text(put_up: PutUp) -> None:
    field, other = Combo([Choice("Hộ tịch", "Hộ tịch"), Choice("Đất đai", "Đất đai")], free=True), LineField()
    put_up(field, other)
    type_text(field, "ho")
    press(field, Qt.Key.Key_Tab)
    assert field.raw() == "Hộ tịch" and other.hasFocus()
    for text, keys, stands in (
        ("tịch", (), "tịch"),
        ("Hộ", (Qt.Key.Key_Escape,), "Hộ"),
        ("Nuôi con nuôi", (), "Nuôi con nuôi"),
    ):
        field.set_raw("")
        field.setFocus()
        type_text(field, text)
        for key in (*keys, Qt.Key.Key_Tab):
            press(field, key)
        assert field.raw() == stands


def test_combo_keeps_what_matches_nothing(put_up: PutUp) -> None:
    field, other = Combo(PROCEDURES), LineField()
    put_up(field, other)
    type_text(field, "không có gì")
    press(field, Qt.Key.Key_Tab)
    assert field.raw() == "không có gì" and field.key() == ""


def test_combo_opens_with_f4_and_closes_with_escape_keeping_the_choice(put_up: PutUp) -> None:
    field = Combo(PROCEDURES)
    put_up(field)
    field.set_raw("3")
    press(field, Qt.Key.Key_F4)
    assert field.is_open()
    press(field, Qt.Key.Key_Down)
    press(field, Qt.Key.Key_Escape)
    assert not field.is_open() and field.key() == "3"
    press(field, Qt.Key.Key_Down, ALT)
    press(field, Qt.Key.Key_Down)
    press(field, Qt.Key.Key_Return)
    assert field.key() == "4"


def test_combo_list_is_picked_by_mouse(put_up: PutUp) -> None:
    field = Combo(PROCEDURES)
    put_up(field)
    field.open_list()
    popup = field._list
    assert popup is not None
    view = popup._view
    at = view.visualRect(view.model().index(1, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert field.key() == "2"
    assert popup.isHidden()


def test_search_waits_and_escape_empties(qtbot: QtBot, put_up: PutUp) -> None:
    field = SearchField("Tìm")
    put_up(field)
    with qtbot.waitSignal(field.searched) as found:
        type_text(field, "ví dụ")
    assert found.args == ["ví dụ"]
    with qtbot.waitSignal(field.searched) as found:
        press(field, Qt.Key.Key_Escape)
    assert found.args == [""] and field.text() == ""


def test_segments_by_arrow_keys(qtbot: QtBot, put_up: PutUp) -> None:
    field = Segmented([Choice("a", "Trực tiếp"), Choice("b", "Trực tuyến"), Choice("c", "Bưu chính")])
    put_up(field)
    field.set_raw("a")
    field.setFocus()
    focused = QApplication.focusWidget()
    assert focused is not None
    with qtbot.waitSignal(field.chosen):
        press(focused, Qt.Key.Key_Right)
    assert field.raw() == "b"
    field.set_raw("")
    assert field.raw() == ""


def test_the_first_arrow_chooses_where_nothing_is_chosen(qtbot: QtBot, put_up: PutUp) -> None:
    field = Segmented([Choice("a", "trong ngày"), Choice("b", "giờ"), Choice("c", "ngày làm việc")])
    put_up(field)
    field.set_raw("")
    field.setFocus()
    told: list[str] = []
    field.chosen.connect(told.append)
    for key, chosen in ((Qt.Key.Key_Right, "a"), (Qt.Key.Key_Right, "b"), (Qt.Key.Key_Left, "a")):
        focused = QApplication.focusWidget()
        assert focused is not None
        press(focused, key)
        assert field.raw() == chosen
    assert told == ["a", "b", "a"]


def test_check_by_space_and_click(put_up: PutUp) -> None:
    field = Check("Trả kết quả ngay")
    put_up(field)
    press(field, Qt.Key.Key_Space)
    assert field.raw() == "có"
    QTest.mouseClick(field, Qt.MouseButton.LeftButton, pos=QPoint(60, 10))
    assert field.raw() == "không"


def test_label_error_and_required_are_told(put_up: PutUp) -> None:
    editor = LineField()
    field = LabelledField("Người nộp", editor, required=True, help="Họ và tên người nộp hồ sơ")
    put_up(field)
    assert editor.accessibleName() == "Người nộp, bắt buộc"
    assert editor.accessibleDescription() == "Họ và tên người nộp hồ sơ"
    field.set_error("Cần nhập người nộp")
    assert editor.accessibleDescription() == "Cần nhập người nộp"
    assert editor.property("fault") is True
    field.clear_error()
    assert editor.accessibleDescription() == "Họ và tên người nộp hồ sơ"


def test_ranking_of_choices() -> None:
    assert [choice.key for choice in find("", PROCEDURES)] == ["1", "2", "3", "4", "5"]
    assert [choice.key for choice in find("dang ky", PROCEDURES)] == ["4", "1"]
    assert [choice.key for choice in find("mau-05", PROCEDURES)] == ["5"]
    assert find("KS", PROCEDURES)[0].key == "1"
    assert find("khai sinh ký", PROCEDURES)[0].key == "1"
    assert find("zzz", PROCEDURES) == []


def test_the_list_is_wider_than_its_field_for_names_that_differ_at_their_ends(put_up: PutUp) -> None:
    field = Combo([Choice("1", "Đăng ký khai sinh kết hợp đăng ký nhận cha, mẹ, con", "TT-043", "3 ngày làm việc")])
    field.setFixedWidth(200)
    short = Combo([Choice("1", "Trực tiếp")])
    short.setFixedWidth(200)
    put_up(field, short)
    for each in (field, short):
        each.open_list()
    assert 450 < field._popup().body.width() <= 560
    assert short._popup().body.width() == 200


def test_the_plain_name_comes_before_its_special_cases() -> None:
    special = Choice("1", "Đăng ký khai sinh kết hợp đăng ký nhận cha, mẹ, con", "TT-043")
    plain = Choice("2", "Đăng ký khai sinh", "TT-047")
    for typed in ("ks", "khai sinh", "dang ky khai", "sinh khai"):
        assert find(typed, [special, plain]) == [plain, special]
    assert find("tt-0", [special, plain]) == [special, plain]


def test_hits_are_places_in_the_shown_text() -> None:
    text = "Đặng Thị Làm Mẫu"
    assert [text[start:end] for start, end in hits(text, "dang mau")] == ["Đặng", "Mẫu"]
    assert hits(text, "") == []
    assert [text[start:end] for start, end in hits(text, "ang ng")] == ["ặng"]


@pytest.mark.parametrize("field_class", [LineField, TextArea])
@pytest.mark.parametrize("keys", ["Ctrl+U", "Ctrl+K", "Ctrl+E", "Ctrl+D", "Ctrl+Z"])
def test_keys_of_the_window_reach_it_from_a_field(
    put_up: PutUp, qtbot: QtBot, field_class: type[LineField] | type[TextArea], keys: str
) -> None:
    field = field_class()
    put_up(field)
    field.set_raw("đang gõ")
    shortcut = QShortcut(QKeySequence(keys), field.window())
    with qtbot.waitSignal(shortcut.activated, timeout=500):
        press(field, Qt.Key(ord(keys[-1])), CTRL)
    assert field.raw() == "đang gõ"


def test_a_list_below_a_button_is_worked_by_keyboard(put_up: PutUp, qtbot: QtBot) -> None:
    button = Button("Lĩnh vực", menu=True)
    put_up(button)
    below = ChoiceList(260)
    button.clicked.connect(lambda: below.open_with(button, PROCEDURES, "1"))
    press(button, Qt.Key.Key_Return)
    assert below.isVisible() and button.hasFocus()
    with qtbot.waitSignal(below.picked) as told:
        press(button, Qt.Key.Key_Down)
        press(button, Qt.Key.Key_Return)
    assert told.args == ["2"] and below.isHidden()
    press(button, Qt.Key.Key_Return)
    press(button, Qt.Key.Key_Escape)
    assert below.isHidden()
