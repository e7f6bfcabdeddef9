"""Choosing one of many by typing: a field with a list below it, never completed inside the text."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.ui import icons, painting, theme
from app.ui.matching import Choice, find
from app.ui.tokens import Size, Space, Type
from app.ui.widgets.composing import Composing
from app.ui.widgets.fields import LineField
from app.ui.widgets.labels import column
from app.ui.widgets.overlay import Overlay
from app.vietnamese import fold, nfc

_ROWS_SHOWN = 8
_WIDEST = 560  # of a list whose names are longer than its field: they differ at their ends
_CHOICE = Qt.ItemDataRole.UserRole
_STEPS = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: _ROWS_SHOWN,
    Qt.Key.Key_PageUp: -_ROWS_SHOWN,
}

AnyIndex = QModelIndex | QPersistentModelIndex


class _Choices(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.shown: list[Choice] = []

    def show(self, choices: list[Choice]) -> None:
        self.beginResetModel()
        self.shown = choices
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.shown)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        choice = self.shown[index.row()]
        if role == _CHOICE:
            return choice
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{choice.shown} {choice.hint}".strip()
        return None


class _ChoiceDelegate(QStyledItemDelegate):
    def __init__(self, parent: QWidget):
        super().__init__(parent)
        self.code_width = 0
        self.chosen = ""

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return QSize(0, Size.CONTROL)

    def width_of(self, choice: Choice) -> int:
        """The room in which a choice is shown whole, a scroll bar beside it."""
        code = self.code_width + Space.M if self.code_width else 0
        hint = painting.width_of(choice.hint, Type.HINT) + Space.S if choice.hint else 0
        return code + painting.width_of(choice.label, Type.BODY) + hint + 2 * Space.M + Space.L

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        choice, c = index.data(_CHOICE), theme.colours()
        rect = QRectF(option.rect)
        view: QListView = self.parent()  # type: ignore[assignment]
        if index.row() == view.currentIndex().row():
            painter.fillRect(rect, c.accent_soft)
        room = rect.adjusted(Space.M, 0, -Space.M, 0)
        if choice.key == self.chosen:
            icons.paint(painter, room.right() - Size.ICON, rect.center().y() - 8, "check", c.green.text)
            room.setRight(room.right() - Size.ICON - Space.S)
        if self.code_width:
            painting.words(painter, room, choice.code, Type.BODY, c.text2)
            room.setLeft(room.left() + self.code_width + Space.M)
        if choice.hint:
            hint = painting.width_of(choice.hint, Type.HINT)
            painting.words(painter, room, choice.hint, Type.HINT, c.text2, painting.RIGHT)
            room.setRight(room.right() - hint - Space.S)
        painting.words(painter, room, choice.label, Type.BODY, c.text)


class ChoiceList(Overlay):
    """The list below a field or a button; the keyboard stays there, and the list answers its keys first.

    Without a `width` it is as wide as its anchor, wider for names that are longer.
    """

    picked = Signal(str)

    def __init__(self, width: int = 0):
        super().__init__(width)
        self._fits_names = not width
        self._model = _Choices()
        self._view = QListView()
        self._view.setModel(self._model)
        self._view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._view.setFrameShape(QListView.Shape.NoFrame)
        self._view.setUniformItemSizes(True)
        self._view.setMouseTracking(True)
        self._view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._view.viewport().setAutoFillBackground(False)
        self._delegate = _ChoiceDelegate(self._view)
        self._view.setItemDelegate(self._delegate)
        self._view.clicked.connect(self._pick)
        column(self.body, (1, Space.XS, 1, Space.XS)).addWidget(self._view)

    def open_with(self, anchor: QWidget, choices: list[Choice], chosen: str = "", *, right: bool = False) -> None:
        """Show these choices at the anchor, the chosen one marked."""
        self._delegate.code_width = max((painting.width_of(choice.code, Type.BODY) for choice in choices), default=0)
        self._delegate.chosen = chosen
        self._model.show(choices)
        keys = [choice.key for choice in choices]
        self.mark(keys.index(chosen) if chosen in keys else 0)
        height = min(len(choices), _ROWS_SHOWN) * Size.CONTROL + 2 * Space.XS
        if self._fits_names:
            longest = max((self._delegate.width_of(choice) for choice in choices), default=0)
            self._width = max(anchor.width(), min(longest, _WIDEST, anchor.window().width() - 2 * Space.M))
            middle = anchor.mapTo(anchor.window(), anchor.rect().center()).x()
            right = right or middle > anchor.window().width() / 2
        self.open_at(anchor, right=right, height=height)

    def mark(self, row: int | None) -> None:
        """Move the mark to a row, or take it away."""
        if row is None:
            self._view.setCurrentIndex(QModelIndex())
        elif self._model.shown:
            row = max(0, min(row, len(self._model.shown) - 1))
            self._view.setCurrentIndex(self._model.index(row))

    def step(self, rows: int) -> None:
        """Move the mark by some rows."""
        self.mark(self._view.currentIndex().row() + rows)

    def marked(self) -> Choice | None:
        """The choice under the mark."""
        choice: Choice | None = self._view.currentIndex().data(_CHOICE)
        return choice

    def _pick(self, index: QModelIndex) -> None:
        choice: Choice = index.data(_CHOICE)
        self.close_overlay()
        self.picked.emit(choice.key)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and watched is self._anchor:
            composing = isinstance(watched, Composing) and watched.is_composing()
            if not composing and self._take_key(event):
                return True
        return super().eventFilter(watched, event)

    def _take_key(self, event: QKeyEvent) -> bool:
        """Answer a key; False when the list does not use it."""
        key = Qt.Key(event.key())
        if key in _STEPS:
            self.step(_STEPS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            choice = self.marked()
            if choice is None:
                return False
            self.close_overlay()
            self.picked.emit(choice.key)
        elif key == Qt.Key.Key_Escape:
            self.close_overlay()
        else:
            return False
        return True


class Combo(LineField):
    """Choose one of many: typing narrows the list, also without diacritics and by initials ("ks").

    F4, Alt+Down, the arrow or a key opens it; Enter or Tab takes the marked one. A click opens it with nothing marked
    that was not chosen, so that Tab goes on from a field only looked at. The wheel never changes it.
    `raw()` is the key of what is chosen, or the text typed where that matches nothing. `free`: the list only suggests.
    What begins with the text typed is marked; any other text, or one typed to its end and left by Esc, stands.
    """

    chosen = Signal(str)

    def __init__(
        self,
        choices: Sequence[Choice] = (),
        placeholder: str = "",
        *,
        free: bool = False,
        parent: QWidget | None = None,
    ):
        super().__init__(placeholder, parent=parent)
        self._free = free
        self._choices: Sequence[Choice] = choices
        self._key = ""
        self._list: ChoiceList | None = None
        self.add_tool("chevron-down", "Mở danh mục").clicked.connect(self._toggle)
        self.textEdited.connect(self._narrow)

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Other choices; what is chosen stays when it is still among them."""
        self._choices = choices
        if self._key and self._find_key(self._key) is None:
            self._key = ""

    def key(self) -> str:
        """The key of what is chosen, "" where nothing is."""
        return self._key

    def raw(self) -> str:
        return self._key or nfc(self.text()).strip()

    def set_raw(self, text: str) -> None:
        choice = self._find_key(text)
        self._key = choice.key if choice else ""
        super().set_raw(choice.shown if choice else text)

    def choose(self, key: str) -> None:
        """Choose as a person does."""
        self.set_raw(key)
        self.edited.emit()
        self.chosen.emit(key)

    def _find_key(self, key: str) -> Choice | None:
        return next((choice for choice in self._choices if choice.key == key), None)

    def _popup(self) -> ChoiceList:
        if self._list is None:
            self._list = ChoiceList()
            self._list.picked.connect(self.choose)
        return self._list

    def is_open(self) -> bool:
        """Whether the list is to be seen."""
        return self._list is not None and self._list.isVisible()

    def open_list(self) -> None:
        """Show every choice."""
        if not self.isReadOnly() and self.isEnabled():
            self._popup().open_with(self, list(self._choices), self._key)

    def _toggle(self) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if self.is_open():
            self._popup().close_overlay()
        else:
            self._look()

    def _look(self) -> None:
        self.open_list()
        if not self._key:
            self._popup().mark(None)

    def _narrow(self, text: str) -> None:
        self._key = ""
        found = find(nfc(text), self._choices)
        if text.strip() and found:
            self._popup().open_with(self, found)
            if self._free and not fold(found[0].label).startswith(fold(text.strip())):
                self._popup().mark(None)
        elif self.is_open():
            self._popup().close_overlay()

    def leave(self) -> None:
        """Close the list; take what was typed in full, or what stands under the mark when Tab went on."""
        if self.is_open():
            self._popup().close_overlay()
        if not self._key and self.text().strip():
            self._take_exact()
        super().leave()

    def _take_exact(self) -> None:
        wanted = fold(self.text().strip())
        for choice in self._choices:
            if wanted in (fold(choice.shown), fold(choice.label), fold(choice.code)):
                self.choose(choice.key)
                return

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if not self.is_open():
            self._look()
            self.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt_down = event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier
        if event.key() == Qt.Key.Key_F4 or alt_down:
            self.open_list()
            return
        super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        marked = self._popup().marked() if forward and self.is_open() else None
        if marked is not None and marked.key != self._key:
            self.choose(marked.key)
        return super().focusNextPrevChild(forward)
