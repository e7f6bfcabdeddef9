"""What a person's hand does: keys as a keyboard sends them, words as a typing program composes them.

Never QTest.keyClicks with Vietnamese letters: it aborts the process.
"""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

NONE = Qt.KeyboardModifier.NoModifier
BACKSPACE = "\b"


def type_text(widget: QWidget, text: str) -> None:
    """Letter by letter; a backspace sign is the Backspace key."""
    for letter in text:
        key = Qt.Key.Key_Backspace if letter == BACKSPACE else Qt.Key.Key_unknown
        shown = "" if letter == BACKSPACE else letter
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(widget, QKeyEvent(kind, key, NONE, shown))


def press(widget: QWidget, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
    """One key that is no letter."""
    QTest.keyClick(widget, key, modifiers)


def compose(widget: QWidget, word: str) -> None:
    """A word still underlined."""
    QApplication.sendEvent(widget, QInputMethodEvent(word, []))


def commit(widget: QWidget, word: str) -> None:
    """The typing program hands the finished word over."""
    event = QInputMethodEvent()
    event.setCommitString(word)
    QApplication.sendEvent(widget, event)
