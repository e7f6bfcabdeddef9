"""Text that is read, not typed: labels, pills, key hints, lines between areas."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.ui import icons, painting, theme
from app.ui.tokens import Size, Space, Tone, Type


class Label(QLabel):
    """Plain text in a style of the scale, as high as its line, so that no hat of a letter is cut.

    `colour` names a field of Colours. `wrap` breaks long text; `elide` cuts it with … and shows it as tool tip.
    """

    def __init__(
        self,
        text: str = "",
        style: Type = Type.BODY,
        colour: str = "text",
        *,
        wrap: bool = False,
        elide: bool = False,
        parent: QWidget | None = None,
    ):
        super().__init__(parent)
        self._style = style
        self._colour = QColor(getattr(theme.colours(), colour))
        self._elide = elide
        self._full = text
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(theme.font(style))
        self.setMinimumHeight(style.value.line)
        self.setWordWrap(wrap)
        if wrap:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        if elide:
            self.setMinimumWidth(0)
            self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._dye()
        self.setText(text)

    def set_colour(self, colour: str) -> None:
        """Another colour, as hex from the tokens."""
        self._colour = QColor(colour)
        self._dye()

    def _dye(self) -> None:
        palette = self.palette()
        if palette.color(QPalette.ColorRole.WindowText) != self._colour:
            palette.setColor(QPalette.ColorRole.WindowText, self._colour)
            self.setPalette(palette)

    def changeEvent(self, event: QEvent) -> None:
        """Style sheets put an older palette back when a label comes under another parent (measured)."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._dye()

    def setText(self, text: str) -> None:
        """Show it; a label that elides keeps the whole for its accessible name."""
        self._full = text
        if self._elide:
            self.setAccessibleName(text)
            self._fit()
        else:
            super().setText(text)

    def full_text(self) -> str:
        """The text as given, also where less is shown."""
        return self._full

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._elide:
            self._fit()

    def _fit(self) -> None:
        shown = theme.metrics(self._style).elidedText(self._full, Qt.TextElideMode.ElideRight, self.width())
        super().setText(shown)
        self.setToolTip(self._full if shown != self._full else "")

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        if self._elide:
            return QSize(painting.width_of(self._full, self._style) + 1, self._style.value.line)
        return hint


class IconLabel(QWidget):
    """A drawing beside text lines; it says nothing that the text does not say."""

    def __init__(self, name: str, colour: str = "text2", size: int = Size.ICON, parent: QWidget | None = None):
        super().__init__(parent)
        self._name = name
        self._colour = getattr(theme.colours(), colour)
        self._size = size
        self.setFixedSize(size, size)

    def set(self, name: str, colour: str) -> None:
        """Another drawing, colour as hex from the tokens."""
        self._name, self._colour = name, colour
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        icons.paint(QPainter(self), 0, 0, self._name, self._colour, self._size)


class Pill(QLabel):
    """A state in its colour: "Đang giải quyết". `icon` doubles the colour where the word does not."""

    def __init__(self, text: str, tone: Tone, icon: str = "", parent: QWidget | None = None):
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set(text, tone, icon)

    def set(self, text: str, tone: Tone, icon: str = "") -> None:
        """Another state."""
        self._tone, self._icon = tone, icon
        self.setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(pill_width(self.text(), self._icon), Size.PILL)

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_pill(QPainter(self), QRectF(self.rect()), self.text(), self._tone, self._icon)


def pill_width(text: str, icon: str = "") -> int:
    """Width of a pill."""
    return painting.width_of(text, Type.LABEL) + 2 * Space.S + (Size.ICON_TEXT + Space.XS if icon else 0)


def paint_pill(painter: QPainter, rect: QRectF, text: str, tone: Tone, icon: str = "", back: str = "") -> None:
    """Paint a pill; on a selected row `back` is the surface."""
    pair = theme.colours().pair(tone)
    painting.box(painter, rect, rect.height() / 2, fill=back or pair.back)
    x = rect.left() + Space.S
    if icon:
        icons.paint(painter, x, rect.center().y() - Size.ICON_TEXT / 2, icon, pair.text, Size.ICON_TEXT)
        x += Size.ICON_TEXT + Space.XS
    painting.words(painter, QRectF(x, rect.top(), rect.right() - x, rect.height()), text, Type.LABEL, pair.text)


class KeyHint(QWidget):
    """A key's name in its box, with what it does behind it: [Enter] ghi và xuống dòng."""

    def __init__(self, keys: str, does: str = "", parent: QWidget | None = None):
        super().__init__(parent)
        self._keys, self._does = keys, does
        self.setAccessibleName(f"{keys} {does}".strip())
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        told = painting.width_of(self._does, Type.HINT) + Space.S if self._does else 0
        return QSize(painting.keys_width(self._keys) + told, Size.KEY_HINT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, c = QPainter(self), theme.colours()
        painting.keys_box(painter, 0, self.height() / 2, self._keys, c.text3, c.border, c.sunken)
        x = painting.keys_width(self._keys) + Space.S
        painting.words(painter, QRectF(x, 0, self.width() - x + 1, self.height()), self._does, Type.HINT, c.text2)


class HLine(QFrame):
    """One pixel between areas, instead of boxes around them."""

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self.setFixedHeight(1)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), QColor(theme.colours().border))


class VLine(QFrame):
    """The same, upright."""

    def __init__(self, parent: QWidget | None = None):
        super().__init__(parent)
        self.setFixedWidth(1)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), QColor(theme.colours().border))


class SectionHeading(QWidget):
    """ "Thay đổi  2": a small heading with its count, and room for a link at its right."""

    def __init__(self, title: str, count: str = "", parent: QWidget | None = None):
        super().__init__(parent)
        self.title = Label(title, Type.LABEL_STRONG, "text2")
        self.count = Label(count, Type.HINT, "text2")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S)
        row.addWidget(self.title)
        row.addWidget(self.count)
        row.addStretch(1)
        self.setMinimumHeight(Type.BODY.value.line)

    def add_action(self, link: QWidget) -> None:
        """Put a link at the right."""
        layout = self.layout()
        assert layout is not None
        layout.addWidget(link)


def filled(widget: QWidget, colour: str) -> None:
    """Give an area its back: surface, side, bg or sunken (a field of Colours)."""
    palette = widget.palette()
    palette.setColor(QPalette.ColorRole.Window, QColor(getattr(theme.colours(), colour)))
    widget.setPalette(palette)
    widget.setAutoFillBackground(True)


def column(widget: QWidget, margins: tuple[int, int, int, int] = (0, 0, 0, 0), gap: int = 0) -> QVBoxLayout:
    """An upright layout with no hidden margins."""
    made = QVBoxLayout(widget)
    made.setContentsMargins(*margins)
    made.setSpacing(gap)
    return made


def row(widget: QWidget, margins: tuple[int, int, int, int] = (0, 0, 0, 0), gap: int = 0) -> QHBoxLayout:
    """A level layout with no hidden margins."""
    made = QHBoxLayout(widget)
    made.setContentsMargins(*margins)
    made.setSpacing(gap)
    return made
