"""A resolved document as PDF: one match over its blocks, the pages that carry them, and where each section landed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import assert_never
from xml.sax.saxutils import escape

from reportlab.lib.enums import TA_JUSTIFY, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus.doctemplate import BaseDocTemplate, NextPageTemplate, PageTemplate
from reportlab.platypus.flowables import CondPageBreak, Flowable, PageBreak
from reportlab.platypus.frames import Frame
from reportlab.platypus.paragraph import Paragraph as NoteText

from app.reports.blocks import (
    Document,
    FilledAddressee,
    FilledAnnex,
    FilledHead,
    FilledSignature,
    Paragraph,
    Role,
    Run,
    Subject,
    text_of,
)
from app.reports.pdf import measures
from app.reports.pdf.flowables import (
    AddresseePart,
    BodyText,
    CentredLines,
    Ending,
    HeadPart,
    Note,
    SignaturePart,
)
from app.reports.pdf.fonts import BOLD, ITALIC, REGULAR, check_signs, register
from app.reports.pdf.tables import table_flowable
from app.reports.pdf.type import Type
from app.reports.pdf.typography import joined, markup

_BODY = ParagraphStyle(
    "body",
    fontName=REGULAR,
    fontSize=measures.BODY_SIZE,
    leading=measures.BODY_LEADING,
    firstLineIndent=measures.BODY_INDENT,
    spaceBefore=measures.PARAGRAPH_GAP,
    alignment=TA_JUSTIFY,
    allowWidows=0,
    allowOrphans=0,
)
_NOTE = ParagraphStyle(
    "note",
    fontName=REGULAR,
    fontSize=measures.TABLE_SIZE,
    leading=measures.TABLE_LEADING,
    spaceBefore=measures.NOTE_BEFORE,
)
_UNIT = ParagraphStyle(
    "unit", _NOTE, fontName=ITALIC, alignment=TA_RIGHT, spaceBefore=0, spaceAfter=measures.UNIT_AFTER
)
_BODY_RUN = "body"


@dataclass(frozen=True)
class Place:
    """Where a section lies on a page (from 1): `top` and `bottom` in points from the page's upper edge."""

    section: str
    page: int
    top: float
    bottom: float


@dataclass(frozen=True)
class Rendered:
    """The finished PDF, how many pages it has, and the places of its sections in reading order."""

    pdf: bytes
    pages: int
    places: tuple[Place, ...]


def render(document: Document) -> Rendered:
    """Draws the document; the same document gives the same bytes. A sign the faces lack is a Problem."""
    register()
    check_signs(document)
    story = _Story()
    for section in document.sections:
        for block in section.blocks:
            match block:
                case Paragraph(role, inlines, number):
                    story.paragraph(section.key, role, number, inlines)
                case Subject(kind, lines):
                    story.subject(section.key, kind, lines)
                case FilledHead():
                    story.add(HeadPart(block, story.noting(section.key)))
                case FilledAddressee():
                    story.add(AddresseePart(block, story.noting(section.key)))
                case FilledSignature():
                    story.signature(section.key, block)
                case FilledAnnex():
                    story.annex(section.key, block)
                case _:
                    assert_never(block)
    return story.build(document.title)


class _Pages(PageTemplate):  # type: ignore[misc]
    """One run of pages: the text, or one annex. Numbered in the top margin from its second page on."""

    def __init__(self, key: str, size: tuple[float, float], on_page: Callable[[Canvas], None] | None = None):
        width = size[0] - measures.MARGIN_LEFT - measures.MARGIN_RIGHT
        height = size[1] - measures.MARGIN_TOP - measures.MARGIN_BOTTOM
        frame = Frame(measures.MARGIN_LEFT, measures.MARGIN_BOTTOM, width, height, 0, 0, 0, 0)
        super().__init__(key, [frame], pagesize=size)
        self.centre = measures.MARGIN_LEFT + width / 2
        self.first = 0
        self.on_page = on_page

    def beforeDrawPage(self, canvas: Canvas, doc: BaseDocTemplate) -> None:
        self.first = self.first or doc.page
        number = doc.page - self.first + 1
        if number > 1:
            baseline = self.pagesize[1] - measures.PAGE_NUMBER_BASELINE
            Type(str(number), REGULAR, measures.PAGE_NUMBER_SIZE).draw_centred(canvas, self.centre, baseline)
        if self.on_page:
            self.on_page(canvas)


@dataclass
class _Story:
    """What has been gathered for the pages, and what the drawing notes down."""

    flowables: list[Flowable] = field(default_factory=list)
    templates: list[PageTemplate] = field(default_factory=lambda: [_Pages(_BODY_RUN, measures.PORTRAIT)])
    places: list[Place] = field(default_factory=list)
    outline_depth: int = -1

    width = measures.PORTRAIT[0] - measures.MARGIN_LEFT - measures.MARGIN_RIGHT

    def add(self, flowable: Flowable) -> None:
        self.flowables.append(flowable)

    # Blocks

    def paragraph(self, section: str, role: Role, number: str, inlines: tuple[Run, ...]) -> None:
        shape = measures.SHAPES[role]
        lead = {Role.ITEM: "- "}.get(role, f"{number} " if number else "")
        runs = joined((Run(lead), *inlines))
        text = BodyText(markup(runs, bold=shape.bold, capitals=shape.capitals), _BODY)
        depth = {Role.PART: 0, Role.TITLE: 1, Role.POINT: 2}.get(role)
        text.note = self.noting(section, text_of(runs) if depth is not None else "", depth or 0)
        text.is_heading = shape.heading
        self.add(text)

    def subject(self, section: str, kind: str, lines: tuple[tuple[Run, ...], ...]) -> None:
        words = [kind.upper(), *(text_of(joined(line)) for line in lines)]
        types = [Type(each, BOLD, measures.SUBJECT_SIZE) for each in words]
        self.add(CentredLines(types, self.noting(section), measures.SUBJECT_BEFORE, rule=measures.SUBJECT_RULE))

    def signature(self, section: str, signature: FilledSignature) -> None:
        """Takes the last paragraphs, at least two lines of them, together with the signature."""
        texts: list[BodyText] = []
        while self.flowables and isinstance(self.flowables[-1], BodyText):
            texts.insert(0, self.flowables.pop())
            if sum(text.line_count(self.width) for text in texts) >= measures.LINES_TOGETHER:
                break
        part = SignaturePart(signature, self.noting(section))
        self.add(Ending(texts, part) if texts else part)

    def annex(self, section: str, annex: FilledAnnex) -> None:
        size = measures.PAGE_OF_ANNEX[annex.kind]
        key = f"annex-{len(self.templates)}"
        self.templates.append(_Pages(key, size, lambda canvas: self._note_page(section, canvas, size)))
        self.add(NextPageTemplate(key))
        self.add(PageBreak())
        title = text_of(annex.title)
        head = [
            Type(annex.label, BOLD, measures.ANNEX_SIZE),
            Type(text_of(joined(annex.title)).upper(), BOLD, measures.ANNEX_SIZE),
            *_reference(annex, size[0] - measures.MARGIN_LEFT - measures.MARGIN_RIGHT),
        ]
        self.add(CentredLines(head, self._bookmarking(f"{annex.label}. {title}", 0), after=measures.ANNEX_AFTER))
        if annex.unit:
            self.add(NoteText(escape(annex.unit), _UNIT))
        columns = tuple(width * measures.MM for width in measures.COLUMNS_MM[annex.kind])
        self.add(table_flowable(annex.table, columns))
        for note in annex.notes:
            self.add(NoteText(escape(note), _NOTE))

    # What the drawing notes down

    def noting(self, section: str, heading: str = "", depth: int = 0) -> Note:
        """Notes the place of a piece of the section, and its heading in the PDF's outline."""
        bookmark = self._bookmarking(heading, depth)

        def note(canvas: Canvas, bottom: float, top: float) -> None:
            height = canvas._pagesize[1]
            self.places.append(Place(section, canvas.getPageNumber(), height - top, height - bottom))
            bookmark(canvas, bottom, top)

        return note

    def _bookmarking(self, heading: str, depth: int) -> Note:
        def note(canvas: Canvas, _bottom: float, top: float) -> None:
            if heading:
                self.outline_depth = min(depth, self.outline_depth + 1)  # a jump of two levels raises
                key = f"{len(self.places)}-{heading}"
                canvas.bookmarkHorizontal(key, 0, top)
                canvas.addOutlineEntry(heading, key, self.outline_depth)

        return note

    def _note_page(self, section: str, canvas: Canvas, size: tuple[float, float]) -> None:
        page = canvas.getPageNumber()
        self.places.append(Place(section, page, measures.MARGIN_TOP, size[1] - measures.MARGIN_BOTTOM))

    # Pages

    def build(self, title: str) -> Rendered:
        stream = BytesIO()
        doc = BaseDocTemplate(
            stream,
            pagesize=measures.PORTRAIT,
            title=title,
            lang="vi-VN",
            invariant=1,
            initialFontName=REGULAR,
            initialFontSize=measures.BODY_SIZE,
        )
        doc.addPageTemplates(self.templates)
        doc.build(list(self._with_breaks()))
        return Rendered(stream.getvalue(), doc.page, _merged(self.places))

    def _with_breaks(self) -> Iterator[Flowable]:
        """The story with a break before headings that would stand last on a page, without the text they head."""
        heads: list[BodyText] = []
        for flowable in self.flowables:
            if getattr(flowable, "is_heading", False):
                heads.append(flowable)
                continue
            if heads:
                height = sum(head.wrap(self.width, measures.PORTRAIT[1])[1] + head.style.spaceBefore for head in heads)
                if isinstance(flowable, BodyText | Ending):
                    height += flowable.opening(self.width) + measures.PARAGRAPH_GAP
                yield CondPageBreak(height)
                yield from heads
                heads = []
            yield flowable
        yield from heads


def _merged(places: list[Place]) -> tuple[Place, ...]:
    """One place for each section and page."""
    merged: dict[tuple[str, int], Place] = {}
    for place in places:
        key = (place.section, place.page)
        old = merged.get(key, place)
        merged[key] = Place(*key, min(old.top, place.top), max(old.bottom, place.bottom))
    return tuple(merged.values())


def _reference(annex: FilledAnnex, width: float) -> list[Type]:
    """On one line where it fits."""
    whole = Type(" ".join(annex.reference), ITALIC, measures.ANNEX_SIZE)
    return [whole] if whole.width <= width else [Type(each, ITALIC, measures.ANNEX_SIZE) for each in annex.reference]
