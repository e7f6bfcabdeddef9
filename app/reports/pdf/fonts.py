"""The four faces of Liberation Serif, registered once; a sign they lack is named before anything is drawn."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache

from reportlab.pdfbase.pdfmetrics import registerFont, registerFontFamily
from reportlab.pdfbase.ttfonts import TTFont

from app.places import resource
from app.problems import Problem
from app.reports.blocks import Document

REGULAR = "LiberationSerif"
BOLD = "LiberationSerif-Bold"
ITALIC = "LiberationSerif-Italic"
BOLD_ITALIC = "LiberationSerif-BoldItalic"
_FILES = {REGULAR: "Regular", BOLD: "Bold", ITALIC: "Italic", BOLD_ITALIC: "BoldItalic"}


def face(bold: bool, italic: bool) -> str:
    """The name of a face."""
    match bold, italic:
        case False, False:
            return REGULAR
        case True, False:
            return BOLD
        case False, True:
            return ITALIC
        case _:
            return BOLD_ITALIC


@cache
def register() -> frozenset[str]:
    """Registers the faces, once in a process; returns the signs that all four can print."""
    faces = [TTFont(name, str(resource(f"fonts/LiberationSerif-{file}.ttf"))) for name, file in _FILES.items()]
    for each in faces:
        registerFont(each)
    registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=ITALIC, boldItalic=BOLD_ITALIC)
    common = frozenset.intersection(*(frozenset(each.face.charToGlyph) for each in faces))
    return frozenset(map(chr, common))


def check_signs(document: Document) -> None:
    """A Problem that names the first sign the faces lack and the words around it: on paper it would be a box."""
    printable = register()
    for section in document.sections:
        for text in _texts(section.blocks):
            if not printable.issuperset(text):
                at, missing = next((at, sign) for at, sign in enumerate(text) if sign not in printable)
                around = text[max(0, at - 20) : at + 20].strip()
                raise Problem(
                    f"Phông chữ của báo cáo không in được ký tự “{missing}” (U+{ord(missing):04X})"
                    f" ở mục {section.title}: “{around}”",
                    field=section.key,
                    next_step="Thay ký tự này bằng chữ khác.",
                )


def _texts(node: object) -> Iterator[str]:
    """Every text under a node of the document."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, tuple):
        for child in node:
            yield from _texts(child)
    elif is_dataclass(node):
        for each in fields(node):
            yield from _texts(getattr(node, each.name))
