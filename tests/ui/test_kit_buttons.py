"""What is pressed looks different under the mouse, and as before when it has gone: Fusion repaints every button."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.ui.widgets.buttons import Button
from app.ui.widgets.choices import Chip
from app.ui.widgets.labels import column

GAP = 40


@pytest.mark.parametrize("make", [lambda: Button("Lưu"), lambda: Chip("Quá hạn", "3")])
def test_it_is_painted_anew_when_the_mouse_comes_and_goes(qtbot: QtBot, make: Callable[[], QWidget]) -> None:
    window, pressed, beside = QWidget(), make(), QLabel("Hạn trả")
    upright = column(window, (GAP, GAP, GAP, GAP), GAP)
    for widget in (pressed, beside):
        upright.addWidget(widget)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)

    def look() -> QImage:
        """As it stands on the screen: nothing is painted for the sake of looking."""
        corner = pressed.mapTo(window, QPoint(0, 0))
        return (
            window.screen()
            .grabWindow(0, window.x() + corner.x(), window.y() + corner.y(), pressed.width(), pressed.height())
            .toImage()
        )

    QTest.mouseMove(beside)
    before = look()
    QTest.mouseMove(pressed)
    qtbot.waitUntil(lambda: look() != before)
    QTest.mouseMove(beside)
    qtbot.waitUntil(lambda: look() == before)
