"""The list of a report's sections: numbered by the tree, indented by level, one of them being edited."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QAbstractItemDelegate, QFrame, QListWidget, QListWidgetItem, QStyle, QStyleOptionViewItem

from app.reports.numbering import OutlineEntry
from app.ui import painting, theme
from app.ui.tokens import Radius, Space, Type

_ROW = 28
_INDENT = 14
_LEVEL, _STRONG, _KEY = (int(Qt.ItemDataRole.UserRole) + offset for offset in range(3))


class OutlineList(QListWidget):
    """Signal `picked(key)` when another section is chosen by mouse or keyboard."""

    picked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName("Các mục của báo cáo")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self._delegate = _Delegate(self)
        self.setItemDelegate(self._delegate)
        self.currentItemChanged.connect(self._changed)

    def show_entries(self, entries: Sequence[OutlineEntry]) -> None:
        """Shows the sections; the chosen one stays chosen."""
        chosen = self.key()
        self.blockSignals(True)
        self.clear()
        for position, entry in enumerate(entries):
            item = QListWidgetItem(entry.text, self)
            below = entries[position + 1].level if position + 1 < len(entries) else 0
            item.setData(_LEVEL, entry.level)
            item.setData(_STRONG, below > entry.level)
            item.setData(_KEY, entry.key)
        self.blockSignals(False)
        self.choose(chosen)

    def choose(self, key: str) -> None:
        """Marks a section without telling."""
        self.blockSignals(True)
        for position in range(self.count()):
            if self.item(position).data(_KEY) == key:
                self.setCurrentRow(position)
        self.blockSignals(False)
        self.viewport().update()

    def key(self) -> str:
        """The chosen section."""
        item = self.currentItem()
        return str(item.data(_KEY)) if item is not None else ""

    def words(self) -> str:
        """The chosen section as the list names it."""
        item = self.currentItem()
        return item.text() if item is not None else ""

    def _changed(self) -> None:
        self.picked.emit(self.key())


class _Delegate(QAbstractItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, _ROW)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        colours, rect = theme.colours(), QRectF(option.rect)
        state = option.state
        if state & QStyle.StateFlag.State_Selected:
            painting.box(painter, rect, Radius.CONTROL, colours.accent_soft)
            bar = QRectF(rect.left(), rect.center().y() - 8, 3, 16)
            painting.box(painter, bar, 1.5, colours.accent)
        elif state & QStyle.StateFlag.State_MouseOver:
            painting.box(painter, rect, Radius.CONTROL, colours.hover)
        style = Type.BODY_STRONG if index.data(_STRONG) else Type.BODY
        room = rect.adjusted(Space.M + _INDENT * index.data(_LEVEL), 0, -Space.XS, 0)
        painter.setFont(theme.font(style))
        painter.setPen(QColor(colours.text))
        words = theme.metrics(style).elidedText(index.data(), Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)
