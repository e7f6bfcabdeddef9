"""A quick hand types on while a save is on its way: its keys wait for the form that comes after it."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

_TYPING = (QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.InputMethod)


class HeldKeys(QObject):
    """Keeps what is typed into `within` between `hold` and `release`; shortcuts go on working."""

    def __init__(self, within: QWidget):
        super().__init__(within)
        self._within = within
        self._held: list[QEvent] = []

    def hold(self) -> None:
        """From now on."""
        self._application().installEventFilter(self)

    def release(self) -> None:
        """What was typed goes to where the keyboard is now."""
        held, self._held = self._held, []
        self._application().removeEventFilter(self)
        for event in held:
            QApplication.sendEvent(QApplication.focusWidget() or self._within, event)

    def drop(self) -> None:
        """What was typed was meant for a form that does not come."""
        self._held = []
        self._application().removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        inside = isinstance(watched, QWidget) and (watched is self._within or self._within.isAncestorOf(watched))
        if inside and event.type() in _TYPING:
            self._held.append(event.clone())
            return True
        return False

    def _application(self) -> QObject:
        application = QApplication.instance()
        assert application is not None
        return application
