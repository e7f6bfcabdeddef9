"""The pages beside the editor: just as in the PDF, following the section that is being edited."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent, QShowEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from app.problems import Problem
from app.reports.pdf import measures
from app.reports.pdf.render import Place
from app.ui import painting, theme
from app.ui.report.rendering import PagePicture, Rendering
from app.ui.tokens import Space, Type
from app.ui.widgets.buttons import icon_button
from app.ui.widgets.labels import Label, column, filled, row

_BAND = QColor(31, 90, 168, 26)


class Preview(QWidget):
    """Page by page, 436 wide; the lines of the edited section lie under a light band."""

    def __init__(self, rendering: Rendering):
        super().__init__()
        self._rendering = rendering
        self._section = ""
        self._number = 1
        self._sheet = _Sheet()
        self._place = Label("", Type.BODY_STRONG, "text")
        self._note = Label("", Type.HINT, "text2", wrap=True)
        self._back = icon_button("chevron-left", "Trang trước")
        self._on = icon_button("chevron-right", "Trang sau")
        self._back.clicked.connect(lambda: self._turn(-1))
        self._on.clicked.connect(lambda: self._turn(1))
        outer = column(self, (Space.L, Space.S, Space.L, Space.S), Space.S)
        head_line = QWidget()
        head = row(head_line, gap=Space.XS)
        for widget in (self._back, self._place, self._on):
            head.addWidget(widget)
        head.addStretch(1)
        head.addWidget(Label("Theo mục đang sửa", Type.HINT, "text2"))
        outer.addWidget(head_line)
        outer.addWidget(self._sheet, 1)
        foot_line = QWidget()
        foot = row(foot_line)
        foot.addWidget(self._note, 1)
        foot.addWidget(Label("đúng như tệp PDF", Type.HINT, "text2"))
        outer.addWidget(foot_line)
        filled(self, "bg")
        rendering.ready.connect(self._drawn)
        rendering.failed.connect(self._not_drawn)
        self._tell()

    def follow(self, section: str) -> None:
        """Turns to the first page of a section and marks its lines."""
        self._section = section
        for place in self._places():
            self._number = place.page
            break
        self._draw()

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
        rendered = self._rendering.rendered
        assert rendered is not None
        self._number = min(self._number, rendered.pages)
        self._draw()

    def _not_drawn(self, problem: Problem) -> None:
        self._note.setText(str(problem))

    def _draw(self) -> None:
        self._tell()
        width = self._sheet.width()
        if width > 0 and self.isVisible():
            self._rendering.picture(self._number, width, self.devicePixelRatioF(), self._show)

    def _show(self, picture: PagePicture) -> None:
        if picture.number == self._number:
            bands = [(place.top, place.bottom) for place in self._places() if place.page == picture.number]
            self._sheet.show_picture(picture, bands)

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
        self._turn(-1 if event.angleDelta().y() > 0 else 1)


class _Sheet(QWidget):
    """The picture of a page at the top of its room, scaled to fit."""

    def __init__(self) -> None:
        super().__init__()
        self._picture: PagePicture | None = None
        self._bands: list[tuple[float, float]] = []
        self.setAccessibleName("Trang in")

    def show_picture(self, picture: PagePicture, bands: list[tuple[float, float]]) -> None:
        self._picture, self._bands = picture, bands
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(404, 572)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._picture is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        image = self._picture.image
        whole = image.deviceIndependentSize()
        scale = min(self.width() / whole.width(), self.height() / whole.height())
        width, height = whole.width() * scale, whole.height() * scale
        sheet = QRectF((self.width() - width) / 2, 0, width, height)
        painter.drawImage(sheet, image)
        points = height / self._picture.height
        left, right = (margin * points - 2 for margin in (measures.MARGIN_LEFT, measures.MARGIN_RIGHT))
        for top, bottom in self._bands:
            band = QRectF(sheet.left() + left, top * points - 1, width - left - right, (bottom - top) * points + 2)
            painter.fillRect(band, _BAND)
        painting.box(painter, sheet.adjusted(0.5, 0.5, -0.5, -0.5), 0, "", theme.colours().border)
