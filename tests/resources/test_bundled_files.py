"""The fonts, icons and catalogues that the program brings along are whole, readable and licensed."""

import csv
import re
import struct
import unicodedata
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from reportlab.pdfbase.ttfonts import TTFont

RESOURCES = Path(__file__).parents[2] / "resources"
FONTS = RESOURCES / "fonts"
SERIF = sorted(FONTS.glob("LiberationSerif-*.ttf"))
INTER = sorted(FONTS.glob("Inter-*.otf"))
ICONS = sorted((RESOURCES / "icons").glob("*.svg"))

TONES = ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]
VIETNAMESE = {
    unicodedata.normalize("NFC", letter + tone) for letter in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY" for tone in TONES
} | set("đĐ")
PRINTED = VIETNAMESE | set(map(chr, range(0x20, 0x7F))) | set("“”‘’–—…·×₫§°²³½")


def names_of(path: Path) -> dict[int, str]:
    """The Windows Unicode strings of a font's name table, by name id."""
    data = path.read_bytes()
    (count,) = struct.unpack_from(">H", data, 4)
    tables = (struct.unpack_from(">4sLLL", data, 12 + 16 * index) for index in range(count))
    start = next(offset for tag, _, offset, _ in tables if tag == b"name")
    records, strings = struct.unpack_from(">HH", data, start + 2)
    names: dict[int, str] = {}
    for index in range(records):
        platform, _, _, name_id, length, offset = struct.unpack_from(">6H", data, start + 6 + 12 * index)
        if platform == 3:
            begin = start + strings + offset
            names[name_id] = data[begin : begin + length].decode("utf-16-be")
    return names


def test_the_four_faces_of_the_paper_and_three_of_the_window_are_there() -> None:
    assert [path.stem for path in SERIF] == [
        "LiberationSerif-Bold",
        "LiberationSerif-BoldItalic",
        "LiberationSerif-Italic",
        "LiberationSerif-Regular",
    ]
    assert [path.stem for path in INTER] == ["Inter-Medium", "Inter-Regular", "Inter-SemiBold"]


@pytest.mark.parametrize("path", SERIF, ids=lambda path: path.stem)
def test_a_face_of_the_paper_is_the_known_version_and_has_every_letter(path: Path) -> None:
    assert re.match(r"Version 2\.1\.5\b", names_of(path)[5])
    face = TTFont(path.stem, str(path)).face
    assert sorted(PRINTED - set(map(chr, face.charToGlyph))) == []


@pytest.mark.parametrize("path", [*SERIF, *INTER], ids=lambda path: path.stem)
def test_qt_loads_the_font_and_it_has_every_vietnamese_letter(path: Path, qapp: object) -> None:
    from PySide6.QtGui import QRawFont

    font = QRawFont(str(path), 13)
    assert font.isValid()
    assert font.familyName() == ("Inter" if path in INTER else "Liberation Serif")
    assert [letter for letter in sorted(VIETNAMESE) if not font.supportsCharacter(ord(letter))] == []


@pytest.mark.parametrize("path", ICONS, ids=lambda path: path.stem)
def test_an_icon_takes_the_colour_beside_it_and_draws(path: Path, qapp: object) -> None:
    from PySide6.QtSvg import QSvgRenderer

    root = ET.fromstring(path.read_bytes())
    assert root.attrib["stroke"] == "currentColor"
    assert root.attrib["viewBox"] == "0 0 24 24"
    assert QSvgRenderer(str(path)).isValid()


@pytest.mark.parametrize(
    ("licence", "words"),
    [
        ("fonts/LICENSE-LiberationSerif.txt", "SIL OPEN FONT LICENSE Version 1.1"),
        ("fonts/LICENSE-Inter.txt", "SIL OPEN FONT LICENSE Version 1.1"),
        ("icons/LICENSE.txt", "ISC License"),
    ],
)
def test_the_licence_lies_beside(licence: str, words: str) -> None:
    assert words in (RESOURCES / licence).read_text(encoding="utf-8")


@pytest.mark.parametrize("year", [2023, 2026])
def test_a_catalogue_of_procedures_reads_and_is_nfc(year: int) -> None:
    text = (RESOURCES / f"catalogue/procedures-{year}.csv").read_text(encoding="utf-8")
    assert unicodedata.is_normalized("NFC", text)
    rows = list(csv.DictReader(text.splitlines()))
    assert len(rows) > 50
    assert all(row["field"] and row["name"] for row in rows)
