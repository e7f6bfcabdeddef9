"""The pages beside the editor: just as in the PDF, following the section that is being edited."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent, QShowEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from app.problems import Problem
from app.reports.pdf import measures
from app.reports.pdf.render import Place
from app.ui import painting, theme
from app.ui.report.rendering import PagePicture, Rendering
from app.ui.tokens import Space, Type
from app.ui.widgets.buttons import icon_button
from app.ui.widgets.labels import Label, column, filled, row

_BAND = QColor(31, 90, 168, 26)
_WIDEST = 640
_SHAPE = 297 / 210  # of a page still unknown
_NOTCH = 120
_BAR = 10  # room of the scroll bar, kept so that the page is as wide with it as without
_BAR_SIDE = Space.L - _BAR


class Preview(QWidget):
    """Page by page; the lines of the edited section lie under a light band."""

    def __init__(self, rendering: Rendering):
        super().__init__()
        self._rendering = rendering
        self._section = ""
        self._number = 1
        self._turned = 0
        self._sheet = _Sheet()
        self._place = Label("", Type.BODY_STRONG, "text")
        self._note = Label("", Type.HINT, wrap=True)
        self._note.set_colour(theme.colours().red.text)
        self._note.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._back = icon_button("chevron-left", "Trang trước")
        self._on = icon_button("chevron-right", "Trang sau")
        self._back.clicked.connect(lambda: self._turn(-1))
        self._on.clicked.connect(lambda: self._turn(1))
        outer = column(self, (Space.L, Space.XS, _BAR_SIDE, Space.S), Space.XS)
        head_line = QWidget()
        head = row(head_line, gap=Space.XS)
        for widget in (self._back, self._place, self._on):
            head.addWidget(widget)
        head.addStretch(1)
        head.addWidget(Label("Theo mục đang sửa", Type.HINT, "text2"))
        head.addSpacing(_BAR)
        outer.addWidget(head_line)
        self._room = _Room(self._sheet)
        outer.addWidget(self._room, 1)
        foot_line = QWidget()
        foot = row(foot_line, gap=Space.S)
        foot.addWidget(self._note, 1)
        foot.addWidget(Label("đúng như tệp PDF", Type.HINT, "text2"), 0, Qt.AlignmentFlag.AlignTop)
        foot.addSpacing(_BAR)
        outer.addWidget(foot_line)
        filled(self, "bg")
        rendering.ready.connect(self._drawn)
        rendering.failed.connect(self._not_drawn)
        self._tell()

    def set_width(self, width: int | None) -> None:
        """A fixed width beside the text, or all the room there is (None)."""
        if width is None:
            self.setMinimumWidth(0)
            self.setMaximumWidth(16_777_215)
        else:
            self.setFixedWidth(width)

    def follow(self, section: str) -> None:
        """Turns to the first page of a section and marks its lines."""
        self._section = section
        self._go_to_section()
        self._draw()

    def _go_to_section(self) -> None:
        """Turns to the section, unless one of its pages is in sight."""
        pages = [place.page for place in self._places()]
        if pages and self._number not in pages:
            self._number = min(pages)

    def _places(self) -> list[Place]:
        rendered = self._rendering.rendered
        return [place for place in rendered.places if place.section == self._section] if rendered else []

    def _turn(self, pages: int) -> None:
        rendered = self._rendering.rendered
        if rendered is not None:
            self._number = max(1, min(self._number + pages, rendered.pages))
            self._draw()

    def _drawn(self) -> None:
        self._note.setText("")
        self._go_to_section()
        rendered = self._rendering.rendered
        assert rendered is not None
        self._number = min(self._number, rendered.pages)
        self._draw()

    def _not_drawn(self, problem: Problem) -> None:
        self._note.setText(str(problem))

    def _draw(self) -> None:
        self._tell()
        if self.isVisible():
            self._rendering.picture(self._number, self._page_width(), self.devicePixelRatioF(), self._show)

    def _page_width(self) -> int:
        """As wide with the scroll bar as without it; in the middle of a wide room."""
        room = self._room.width() - _BAR
        side = Qt.AlignmentFlag.AlignHCenter if room > _WIDEST else Qt.AlignmentFlag.AlignLeft
        self._room.setAlignment(side | Qt.AlignmentFlag.AlignTop)
        return max(100, min(room, _WIDEST))

    def _show(self, picture: PagePicture) -> None:
        if picture.number == self._number:
            bands = [(place.top, place.bottom) for place in self._places() if place.page == picture.number]
            turned = self._sheet.show_picture(picture, bands)
            if turned and bands:
                top = round(min(top for top, _ in bands) * self._sheet.points)
                self._room.verticalScrollBar().setValue(max(0, top - Space.XXL))

    def _tell(self) -> None:
        rendered = self._rendering.rendered
        self._place.setText(f"Trang {self._number}/{rendered.pages}" if rendered else "Đang vẽ trang…")
        self._back.setEnabled(rendered is not None and self._number > 1)
        self._on.setEnabled(rendered is not None and self._number < rendered.pages)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._draw()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._draw()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """What the page has no room to scroll turns to the next one, a notch a page."""
        self._turned += event.angleDelta().y()
        if abs(self._turned) >= _NOTCH:
            self._turn(-1 if self._turned > 0 else 1)
            self._turned = 0


class _Room(QScrollArea):
    """The page scrolls where the window is low; its wheel turns pages at the ends."""

    def __init__(self, sheet: "_Sheet"):
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(sheet)
        self.viewport().setAutoFillBackground(False)

    def wheelEvent(self, event: QWheelEvent) -> None:
        bar = self.verticalScrollBar()
        up = event.angleDelta().y() > 0
        if bar.value() == (bar.minimum() if up else bar.maximum()):
            event.ignore()
            return
        super().wheelEvent(event)
        event.accept()


class _Sheet(QWidget):
    """The picture of a page in the size it was drawn in."""

    def __init__(self) -> None:
        super().__init__()
        self._picture: PagePicture | None = None
        self._bands: list[tuple[float, float]] = []
        self.setAccessibleName("Trang in")
        self.resize(404, round(404 * _SHAPE))

    @property
    def points(self) -> float:
        """Pixels for a point of the paper."""
        return self.height() / self._picture.height if self._picture is not None else 1.0

    def show_picture(self, picture: PagePicture, bands: list[tuple[float, float]]) -> bool:
        """Shows a page; whether it is another page, or other lines of it are marked."""
        turned = self._picture is None or (picture.number, bands) != (self._picture.number, self._bands)
        self._picture, self._bands = picture, bands
        whole = picture.image.deviceIndependentSize()
        self.resize(QSize(round(whole.width()), round(whole.height())))
        self.update()
        return turned

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._picture is None:
            return
        painter = QPainter(self)
        sheet = QRectF(self.rect())
        painter.drawImage(sheet, self._picture.image)
        left, right = (margin * self.points - 2 for margin in (measures.MARGIN_LEFT, measures.MARGIN_RIGHT))
        for top, bottom in self._bands:
            height = (bottom - top) * self.points + 2
            painter.fillRect(QRectF(left, top * self.points - 1, sheet.width() - left - right, height), _BAND)
        painting.box(painter, sheet.adjusted(0.5, 0.5, -0.5, -0.5), 0, "", theme.colours().border)
