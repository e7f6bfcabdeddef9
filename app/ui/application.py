"""Starting the window: what must be right before Qt, the first paint, then everything else."""

import logging
import os
import sys
from collections.abc import Callable, MutableMapping, Sequence
from types import TracebackType

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from app.ui import theme
from app.ui.screen import require_screen
from app.ui.shell import Shell
from app.ui.sweeping import Sweeper
from app.ui.translator import VietnameseTranslator
from app.ui.widgets.focus_ring import FocusRing

_log = logging.getLogger(__name__)
_FCITX = ("fcitx", "fcitx5")
_PATIENCE_MS = 2000


def run(load: Callable[[Shell], None]) -> int:
    """Open the window; `load` fills it after the first paint. Raises Problem where no window can open."""
    require_screen()
    application = Application()
    shell = Shell()
    sys.excepthook = _ExceptionDialog().tell
    after_first_paint(shell, lambda: load(shell))
    shell.show()
    return application.exec()


def after_first_paint(window: QWidget, then: Callable[[], None]) -> None:
    """Calls `then` once, when the window has been painted for the first time; a timer alone fires before that.

    A window that the system does not paint (a locked screen) does not wait for it for ever.
    """
    _FirstPaint(window, then)


class _FirstPaint(QObject):
    def __init__(self, window: QWidget, then: Callable[[], None]):
        super().__init__(window)
        self._window, self._then = window, then
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._patience.timeout.connect(self._go)
        self._patience.start()
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            self._patience.start(0)  # its children are painted before the next timer
        return False

    def _go(self) -> None:
        self._window.removeEventFilter(self)
        self.deleteLater()
        self._then()


class Application(QApplication):
    """The dressed application: theme, Vietnamese, focus ring; tests make it too."""

    def __init__(self, arguments: Sequence[str] = ("so-cchc",)):
        answer_as_ibus(os.environ)
        super().__init__(list(arguments))
        self.setApplicationDisplayName("Sổ CCHC")
        theme.apply(self)
        self._translator = VietnameseTranslator(self)
        self.installTranslator(self._translator)
        self._ring = FocusRing(self)
        self._sweeper = Sweeper(self)


def answer_as_ibus(environment: MutableMapping[str, str]) -> None:
    """Qt's package has no plugin for fcitx, which answers as ibus too."""
    if environment.get("QT_IM_MODULE") in _FCITX:
        environment["QT_IM_MODULE"] = "ibus"
    modules = environment.get("QT_IM_MODULES", "").split(";")
    if any(name in _FCITX for name in modules):
        environment["QT_IM_MODULES"] = ";".join("ibus" if name in _FCITX else name for name in modules)


class _ExceptionDialog:
    """A fault nobody foresaw goes to the log; the person gets one sentence, once."""

    def __init__(self) -> None:
        self._open = False

    def tell(self, kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
        _log.critical("unforeseen", exc_info=(kind, fault, trace))
        if self._open:
            return
        self._open = True
        box = QMessageBox(
            QMessageBox.Icon.Warning,
            "Sổ CCHC",
            "Chương trình gặp lỗi ngoài dự tính. Số liệu đã lưu vẫn còn.",
            QMessageBox.StandardButton.Close,
        )
        box.setInformativeText("Đóng rồi mở lại chương trình nếu màn hình không làm theo nữa.")
        box.exec()
        self._open = False
