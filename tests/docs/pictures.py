"""The pictures of README.md: `python -m tests.docs.pictures`.

Screens at 1366x768, as tests/ui/pictures.py draws all of them in every size, and two pages of the sample's report."""

import os
import shutil
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pypdfium2
from PIL import Image
from PySide6.QtGui import QImage

from app import sample
from app.cli import main
from app.ui.application import Application
from tests.offices import clock_on
from tests.ui.pictures import SCREENS, settle
from tests.ui.window import Window

OUT = Path(__file__).parents[2] / "docs" / "pictures"
SHOWN = (
    "tong-quan",
    "ho-so-tiep-nhan",
    "ngan-sach",
    "ke-hoach",
    "nhap-xem-truoc",
    "bao-cao-chi-dao",
)
PAGES_OF_PAPER = {0: "trang-1", 5: "phu-luc-1"}
DOTS_AN_INCH = 80


def draw_screens(office: Path, folder: Path) -> None:
    for name in SHOWN:
        window = Window(Path(shutil.copy(office, folder / f"{name}.socchc")), clock_on())
        window.shell.resize(1366, 768)
        window.shell.show()
        SCREENS[name](window)
        settle(window)
        _keep(_as_picture(window.shell.grab().toImage()), name)
        window.shell.close()


def draw_paper(office: Path, folder: Path) -> None:
    main(["report", "2023-H1", "-o", str(folder / "a.pdf"), "--db", str(office)])
    with pypdfium2.PdfDocument(folder / "a.pdf") as pdf:
        for number, name in PAGES_OF_PAPER.items():
            _keep(pdf[number].render(scale=DOTS_AN_INCH / 72, grayscale=True).to_pil(), name)


def _keep(picture: Image.Image, name: str) -> None:
    """In few colours, so that the checkout stays small; chosen to cover all, or a small red mark turns grey (seen)."""
    few = picture.convert("RGB").quantize(256, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    few.save(OUT / f"{name}.png", optimize=True)


def _as_picture(image: QImage) -> Image.Image:
    image = image.convertToFormat(QImage.Format.Format_RGBA8888)
    return Image.frombytes("RGBA", (image.width(), image.height()), bytes(image.constBits()))


if __name__ == "__main__":
    OUT.mkdir(exist_ok=True)
    application = Application()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sample.build(folder / "so.socchc", clock_on())
        draw_screens(folder / "so.socchc", folder)
        draw_paper(folder / "so.socchc", folder)
    del application
