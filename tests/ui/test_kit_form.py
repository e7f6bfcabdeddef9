"""The generated form: order, errors all at once, drafts, keys."""

from collections.abc import Iterator

import pytest
from hand import compose, press, type_text
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea, QWidget
from pytestqt.qtbot import QtBot
from sheet import TODAY, intake_specs

from app.problems import Problem, Problems
from app.ui.form import Form
from app.ui.widgets.choices import Segmented
from app.ui.widgets.combo import Combo
from app.ui.widgets.fields import DateField, LineField, NumberField

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def form(qtbot: QtBot) -> Iterator[Form]:
    made = Form(intake_specs(), today=lambda: TODAY)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setWidget(made)
    area.resize(392, 500)
    qtbot.addWidget(area)
    area.show()
    area.activateWindow()
    qtbot.waitUntil(area.isActiveWindow)
    yield made
    area.close()


def focused_key(form: Form) -> str:
    now = QApplication.focusWidget()
    for key in form.typed():
        editor = form.field(key).editor
        if now is not None and (editor is now or editor.isAncestorOf(now)):
            return key
    return ""


ORDER = [
    "procedure",
    "applicant",
    "identity",
    "phone",
    "address",
    "channel",
    "received_on",
    "received_at",
    "quantity",
    "fee",
    "note",
    "now",
]


@pytest.mark.parametrize("key", [Qt.Key.Key_Tab, Qt.Key.Key_Return])
def test_tab_and_enter_go_in_reading_order(form: Form, key: Qt.Key) -> None:
    form.focus_first()
    seen = []
    for _ in ORDER:
        seen.append(focused_key(form))
        now = QApplication.focusWidget()
        assert now is not None
        press(now, Qt.Key.Key_Tab if seen[-1] == "note" else key)
    assert seen == ORDER


def test_tab_order_is_reading_order_on_the_screen(form: Form) -> None:
    places = [(form.field(key).y(), form.field(key).x()) for key in ORDER]
    assert places == sorted(places)


def test_label_belongs_to_its_editor(form: Form) -> None:
    buddies = {label.buddy(): label.text() for label in form.findChildren(QLabel) if label.buddy()}
    for key in ORDER[:-1]:
        assert buddies[form.field(key).editor] == form.field(key).label_text


def test_all_errors_at_once_and_the_focus_at_the_first(form: Form) -> None:
    form.set_values({"applicant": "Nguyễn Văn Ví Dụ", "identity": "123", "channel": "Trực tiếp"})
    with pytest.raises(Problems) as raised:
        form.values()
    assert [fault.field for fault in raised.value.faults] == ["procedure", "identity", "received_on"]
    assert form.field("procedure").error() == "Cần nhập thủ tục"
    assert form.field("identity").error() == "Cần 12 số, mới có 3"
    assert form.problem_link.text() == "Còn 3 ô cần sửa"
    assert focused_key(form) == "procedure"


def test_link_goes_to_the_fault_and_selects_its_text(form: Form) -> None:
    form.show_problems(Problem("Cần 12 số, mới có 2", field="identity"))
    form.field("identity").editor.set_raw("12")
    assert form.problem_link.text() == "Còn 1 ô cần sửa: Số định danh"
    form.problem_link.click()
    editor = form.field("identity").editor
    assert isinstance(editor, LineField)
    assert editor.hasFocus() and editor.selectedText() == "12"


def test_error_goes_away_with_the_first_right_key(form: Form) -> None:
    editor = form.field("identity").editor
    editor.setFocus()
    type_text(editor, "03018800123")
    assert form.field("identity").error() == ""
    press(editor, Qt.Key.Key_Tab)
    assert form.field("identity").error() == "Cần 12 số, mới có 11"
    editor.setFocus()
    assert isinstance(editor, LineField)
    editor.end(False)
    type_text(editor, "4")
    assert form.field("identity").error() == ""
    assert form.problem_link.isHidden()


def test_a_field_walked_over_is_not_yet_wrong(form: Form) -> None:
    form.focus_first()
    for _ in range(4):
        now = QApplication.focusWidget()
        assert now is not None
        press(now, Qt.Key.Key_Tab)
    assert not any(form.field(key).error() for key in ORDER)


def test_save_reads_the_word_still_being_composed(form: Form, qtbot: QtBot) -> None:
    editor = form.field("applicant").editor
    editor.setFocus()
    type_text(editor, "Nguyễn Văn ")
    compose(editor, "Ví")
    with qtbot.waitSignal(form.save_asked):
        press(editor, Qt.Key.Key_S, CTRL)
    assert form.typed()["applicant"] == "Nguyễn Văn Ví"


def test_escape_asks_to_leave_and_the_draft_comes_back(form: Form, qtbot: QtBot) -> None:
    form.set_values({})
    form.focus_first()
    editor = form.field("applicant").editor
    editor.setFocus()
    type_text(editor, "Trần Thị")
    type_text(form.field("received_on").editor, "12/")
    assert form.is_changed()
    with qtbot.waitSignal(form.leave_asked):
        press(editor, Qt.Key.Key_Escape)
    draft = form.typed()
    form.set_values({})
    assert not form.is_changed()
    form.restore(draft)
    assert form.typed() == draft and form.is_changed()
    assert form.typed()["received_on"] == "12/"


def test_values_come_back_as_shown(form: Form) -> None:
    values = {
        "procedure": "1",
        "applicant": "Nguyễn Văn Ví Dụ",
        "identity": "030188001234",
        "channel": "Trực tuyến",
        "received_on": TODAY,
        "quantity": 34,
        "fee": 18_600_000,
    }
    form.set_values(values)
    read = form.values()
    assert {key: read[key] for key in values} == values
    assert read["now"] == "không"
    assert form.field("fee").editor.raw() == "18.600.000"


def test_amount_is_read_out_while_typing(form: Form) -> None:
    type_text(form.field("fee").editor, "250000")
    assert form.field("fee").editor.accessibleDescription() == "250.000 đồng"


def test_a_choice_that_is_not_in_the_list_is_told(form: Form) -> None:
    editor = form.field("procedure").editor
    editor.setFocus()
    type_text(editor, "không có gì")
    press(editor, Qt.Key.Key_Tab)
    assert form.field("procedure").error() == "Không có “không có gì” trong danh mục"


def test_kinds_get_their_widgets(form: Form) -> None:
    kinds = {key: type(form.field(key).editor) for key in ORDER}
    assert kinds["procedure"] is Combo
    assert kinds["channel"] is Segmented
    assert kinds["received_on"] is DateField
    assert kinds["quantity"] is kinds["fee"] is NumberField


def test_a_field_left_out_is_neither_shown_nor_read(form: Form) -> None:
    form.set_shown("identity", False)
    assert form.field("identity").isHidden()
    form.set_values({"procedure": "1", "applicant": "A", "channel": "Trực tiếp", "received_on": TODAY})
    assert "identity" not in form.values()
    form.set_shown("identity", True)
    assert form.field("identity").isVisible()
    form.set_required("identity", False)
    assert form.values()["identity"] is None


def test_a_long_error_has_the_whole_line_and_a_short_one_stays_at_its_field(form: Form, qtbot: QtBot) -> None:
    wide = form.field("channel").width()
    hour, quantity = form.field("received_at"), form.field("quantity")
    widths = [form.field(key).width() for key in ("received_on", "received_at", "quantity")]
    form.show_problems(
        Problem("Giờ nhận phải trong giờ làm việc của bộ phận một cửa, từ 7:00 đến 17:00", field="received_at")
    )
    form.show_problems(Problem("Cần số", field="quantity"))
    qtbot.waitUntil(lambda: hour.note.width() == wide)
    assert [form.field(key).width() for key in ("received_on", "received_at", "quantity")] == widths
    assert hour.note.y() >= hour.geometry().bottom() and hour.note.x() == form.field("channel").x()
    assert quantity.note.width() == quantity.width() and quantity.note.x() == quantity.x()
    hour.clear_error()
    form.set_shown("received_at", False)
    hour.set_error("Giờ nhận phải trong giờ làm việc của bộ phận một cửa, từ 7:00 đến 17:00")
    QApplication.processEvents()
    assert not hour.note.isVisible()


def test_the_date_shows_whole_and_nothing_is_wider_than_the_panel(form: Form) -> None:
    form.set_values({"received_on": TODAY, "fee": 8_568_086_260})
    QApplication.processEvents()
    for key in ("received_on", "fee"):
        editor = form.field(key).editor
        assert isinstance(editor, LineField)
        room = editor.width() - editor.textMargins().right() - 22
        assert editor.fontMetrics().horizontalAdvance(editor.text()) <= room
    assert form.width() <= 392
    for child in (child for child in form.findChildren(QWidget) if child.isVisible()):
        assert child.mapTo(form, child.rect().topRight()).x() <= form.width()


def test_what_a_command_found_stays_until_the_field_is_changed(form: Form) -> None:
    editor = form.field("applicant").editor
    editor.setFocus()
    type_text(editor, "Nguyễn Văn Ví Dụ")
    form.show_problems(Problem("Người này đã nộp hồ sơ này hôm nay", field="applicant"))
    press(editor, Qt.Key.Key_Tab)
    assert form.field("applicant").error() == "Người này đã nộp hồ sơ này hôm nay"
    editor.setFocus()
    type_text(editor, "B")
    assert form.field("applicant").error() == ""
