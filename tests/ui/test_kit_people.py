""" "Tôi là …": a few letters, Enter, and the hand is back where it was."""

from hand import press, type_text
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot
from sheet import DossierPage, shell_with

from app.ui.matching import Choice
from app.ui.widgets.people import PeoplePopover, initials

PEOPLE = [
    Choice("1", "Trần Thị Mẫu", hint="Bộ phận Một cửa"),
    Choice("2", "Phạm Văn Mẫu", hint="Tài chính, kế toán"),
    Choice("3", "Lê Thị Thử", hint="Văn phòng"),
]


def test_choose_who_is_working(qtbot: QtBot) -> None:
    shell = shell_with(DossierPage)
    qtbot.addWidget(shell)
    shell.show()
    shell.activateWindow()
    qtbot.waitUntil(shell.isActiveWindow)
    field = shell.current_page().findChildren(QLineEdit)[0]
    field.setFocus()
    type_text(field, "đang gõ")
    with qtbot.waitSignal(shell.officer_asked):
        press(field, Qt.Key.Key_U, Qt.KeyboardModifier.ControlModifier)
    popover = PeoplePopover()
    popover.open_for(shell.navigation.officer, PEOPLE, "1")
    search = QApplication.focusWidget()
    assert search is not None and popover.isAncestorOf(search)
    with qtbot.waitSignal(popover.picked) as told:
        press(search, Qt.Key.Key_Down)
        press(search, Qt.Key.Key_Return)
    assert told.args == ["2"]
    assert field.hasFocus() and field.text() == "đang gõ"
    popover.open_for(shell.navigation.officer, PEOPLE, "2")
    again = QApplication.focusWidget()
    assert again is not None
    with qtbot.waitSignal(popover.picked) as told:
        type_text(again, "thu")
        press(again, Qt.Key.Key_Return)
    assert told.args == ["3"]
    popover.open_for(shell.navigation.officer, PEOPLE, "3")
    with qtbot.assertNotEmitted(popover.picked):
        press(again, Qt.Key.Key_Escape)
    assert popover.isHidden() and field.hasFocus()
    shell.close()


def test_initials() -> None:
    assert initials("Trần Thị Mẫu") == "TM"
    assert initials("Nguyễn Văn Ví Dụ") == "VD"
    assert initials("Mẫu") == "M"
