"""Keys that a field leaves to the window, although Qt's own fields would take them."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

# On Linux these delete or jump inside a line; here they are the window's: Tôi là, find, export, copy from above.
_WINDOWS_OWN = (Qt.Key.Key_U, Qt.Key.Key_K, Qt.Key.Key_E, Qt.Key.Key_D)


def left_to_window(event: QEvent, *, can_undo: bool) -> bool:
    """Call first in a field's `event`. Ctrl+Z is the field's only while it has typing of its own to take back."""
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
    undo = event.matches(QKeySequence.StandardKey.Undo) and not can_undo
    if not undo and not (control and event.key() in _WINDOWS_OWN):
        return False
    event.ignore()
    return True
