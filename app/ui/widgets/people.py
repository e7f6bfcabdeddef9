""" "Tôi là …": the list of people, found by a few letters of the name. What is being typed elsewhere stays."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.ui import icons, painting, theme
from app.ui.matching import Choice, find
from app.ui.tokens import Size, Space, Type
from app.ui.widgets.buttons import Button, Kind
from app.ui.widgets.fields import SearchField
from app.ui.widgets.labels import HLine, KeyHint, Label, column, row
from app.ui.widgets.overlay import Overlay

_ROWS_SHOWN = 6
_FACE = 28
_BAR = 3
_PERSON = Qt.ItemDataRole.UserRole


class _PersonDelegate(QStyledItemDelegate):
    present = ""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, Size.ROW_TWO_LINES)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        person, c = index.data(_PERSON), theme.colours()
        rect = QRectF(option.rect)
        view = self.parent()
        marked = isinstance(view, QListView) and view.currentIndex().row() == index.row()
        if marked:
            painter.fillRect(rect, c.accent_soft)
            painter.fillRect(QRectF(rect.left(), rect.top(), _BAR, rect.height()), c.accent)
        face = QRectF(rect.left() + Space.L, rect.center().y() - _FACE / 2, _FACE, _FACE)
        painting.box(painter, face, _FACE / 2, fill=c.surface if marked else c.accent_soft)
        painting.words(painter, face, initials(person.label), Type.LABEL_STRONG, c.blue.text, painting.CENTRE)
        x, middle = face.right() + Space.M, rect.center().y()
        room = rect.right() - x - Size.ICON - Space.XL
        painting.words(painter, QRectF(x, middle - 18, room, 20), person.label, Type.BODY_MEDIUM, c.text)
        painting.words(painter, QRectF(x, middle, room, 16), person.hint, Type.HINT, c.text2)
        if person.key == self.present:
            icons.paint(painter, rect.right() - Size.ICON - Space.L, middle - Size.ICON / 2, "check", c.green.text)


def initials(name: str) -> str:
    """First letters of the last two words: middle and given name."""
    return "".join(word[0] for word in name.split()[-2:]).upper()


class PeoplePopover(Overlay):
    """Above the officer's name: `picked` gives the key, `add_asked` wants another person written down."""

    picked = Signal(str)
    add_asked = Signal()

    def __init__(self) -> None:
        super().__init__(Size.POPOVER_SMALL, gap=Space.S)
        self.body.setAccessibleName("Tôi là …")
        self._people: Sequence[Choice] = ()
        outer = column(self.body, (1, 1, 1, 1))
        head = QWidget()
        top = row(head, (Space.L, Space.M - 2, Space.M, 0))
        top.addWidget(Label("Tôi là …", Type.HEADING), 1)
        top.addWidget(KeyHint("Ctrl+U"))
        outer.addWidget(head)
        frame = QWidget()
        self._search = SearchField("Gõ vài chữ của tên")
        column(frame, (Space.M, Space.M - 2, Space.M, Space.S)).addWidget(self._search)
        outer.addWidget(frame)
        outer.addWidget(HLine())
        self._model = QStandardItemModel()
        self._view = QListView()
        self._view.setModel(self._model)
        self._view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._view.setFrameShape(QListView.Shape.NoFrame)
        self._view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._view.viewport().setAutoFillBackground(False)
        self._delegate = _PersonDelegate(self._view)
        self._view.setItemDelegate(self._delegate)
        self._view.clicked.connect(self._pick)
        outer.addWidget(self._view)
        outer.addWidget(HLine())
        foot = QWidget()
        bottom = row(foot, (Space.L, Space.S, Space.L, Space.S), Space.M)
        bottom.addWidget(KeyHint("Enter", "chọn"))
        bottom.addWidget(KeyHint("Esc", "đóng"))
        bottom.addStretch(1)
        add = Button("Thêm người", Kind.LINK, icon="user-plus")
        add.clicked.connect(self._add)
        bottom.addWidget(add)
        outer.addWidget(foot)
        self._search.textEdited.connect(self._narrow)

    def open_for(self, anchor: QWidget, people: Sequence[Choice], present: str) -> None:
        """Show the people at the anchor: label is the name, hint the unit; `present` has the tick."""
        self._people = people
        self._delegate.present = present
        self._search.clear()
        self._view.setFixedHeight(min(max(len(people), 1), _ROWS_SHOWN) * Size.ROW_TWO_LINES)
        self._show(list(people))
        keys = [person.key for person in people]
        self._mark(keys.index(present) if present in keys else 0)
        self.open_at(anchor)
        self._search.setFocus(Qt.FocusReason.PopupFocusReason)

    def _narrow(self, text: str) -> None:
        self._show(find(text, self._people))
        self._mark(0)

    def _show(self, people: list[Choice]) -> None:
        self._model.clear()
        for person in people:
            item = QStandardItem(f"{person.label} {person.hint}".strip())
            item.setData(person, _PERSON)
            item.setEditable(False)
            self._model.appendRow(item)

    def _mark(self, place: int) -> None:
        if self._model.rowCount():
            self._view.setCurrentIndex(self._model.index(max(0, min(place, self._model.rowCount() - 1)), 0))

    def _pick(self, index: QModelIndex) -> None:
        person: Choice | None = index.data(_PERSON)
        if person is not None:
            self.close_overlay()
            self.picked.emit(person.key)

    def _add(self) -> None:
        self.close_overlay()
        self.add_asked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._mark(self._view.currentIndex().row() + (1 if key == Qt.Key.Key_Down else -1))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._pick(self._view.currentIndex())
        elif key == Qt.Key.Key_Escape:
            self.close_overlay()
        else:
            super().keyPressEvent(event)
