"""The real pages in the background: the report is resolved and drawn as the PDF, then its pages as pictures.

A worker of their own does it, so that neither typing nor saving waits.
"""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from app.models.database import OfficeFile
from app.problems import Problem
from app.registers import saved_reports
from app.reports.making import document_of
from app.reports.pdf.render import Rendered, render
from app.ui.operations import Operations


@dataclass(frozen=True)
class PagePicture:
    """One page (from 1) as a picture, with its height in points for finding places on it."""

    number: int
    image: QImage
    height: float


class Rendering(QObject):
    """The newest PDF of one report. `ready` follows each new one; the old one stays until then, so nothing flickers."""

    ready = Signal()
    failed = Signal(object)

    def __init__(self, file: OfficeFile, report_id: int, parent: QObject | None = None):
        super().__init__(parent)
        self._file = file
        self._report_id = report_id
        self._worker = Operations(self)
        self._waiting = False
        self.rendered: Rendered | None = None

    def ask(self) -> None:
        """Draws anew; asked while one is on its way, it follows that one once."""
        if self._waiting:
            return
        self._waiting = True
        self._worker.submit(self._render, self._take, self._fail)

    def picture(self, number: int, width: int, ratio: float, take: Callable[[PagePicture], None]) -> None:
        """Draws one page `width` logical pixels wide at the screen's ratio and hands it over."""
        rendered = self.rendered
        if rendered is not None:
            job = lambda: _picture(rendered.pdf, number, width, ratio)  # noqa: E731
            self._worker.submit(job, take, self._fail)

    def close(self) -> None:
        """Waits for what is being drawn; what was asked for after it is dropped."""
        self._worker.close(unfinished=False)

    def _render(self) -> Rendered:
        self._waiting = False
        with self._file.read() as connection:
            report = saved_reports.get(connection, self._report_id)
            document = document_of(connection, report.period, report)
        return render(document)

    def _take(self, rendered: Rendered) -> None:
        self.rendered = rendered
        self.ready.emit()

    def _fail(self, problem: Problem) -> None:
        self.failed.emit(problem)


def _picture(pdf: bytes, number: int, width: int, ratio: float) -> PagePicture:
    import pypdfium2  # PDFium loads at this door

    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[number - 1]
        page_width, height = page.get_size()
        bitmap = page.render(scale=width * ratio / page_width, rev_byteorder=True)
        size = bitmap.width, bitmap.height
        form = QImage.Format.Format_RGB888 if bitmap.n_channels == 3 else QImage.Format.Format_RGBX8888
        image = QImage(bytes(bitmap.buffer), *size, bitmap.stride, form).copy()
    finally:
        document.close()
    image.setDevicePixelRatio(ratio)
    return PagePicture(number, image, height)
