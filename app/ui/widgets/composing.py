"""A field keeps the word that is still being composed.

QLineEdit and QPlainTextEdit drop the underlined word when the focus moves, and a save during composition reads the text
without it. Fields with this mixin put it in at both moments.
"""

from typing import TYPE_CHECKING

from PySide6.QtGui import QFocusEvent, QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    _Base = QWidget
else:
    _Base = object


class Composing(_Base):
    """Comes before the Qt class: `class Field(Composing, QLineEdit)`."""

    _composed = ""

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._composed = event.preeditString()
        super().inputMethodEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.commit_composed()
        super().focusOutEvent(event)

    def is_composing(self) -> bool:
        """Whether a word is still underlined."""
        return bool(self._composed)

    def commit_composed(self) -> None:
        """Make the word that is being composed part of the text."""
        if not self._composed:
            return
        QGuiApplication.inputMethod().commit()
        if self._composed:
            word = QInputMethodEvent()
            word.setCommitString(self._composed)
            self._composed = ""
            super().inputMethodEvent(word)
        QGuiApplication.inputMethod().reset()


def commit_composed() -> None:
    """The same for whatever field has the focus; call before reading any form."""
    field = QApplication.focusWidget()
    if isinstance(field, Composing):
        field.commit_composed()
