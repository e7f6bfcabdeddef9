"""The pieces of a page: a paragraph that reports where it lands, and the decree's own parts, drawn to the measure."""

from collections.abc import Callable

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus.flowables import Flowable
from reportlab.platypus.paragraph import Paragraph

from app.reports.blocks import FilledAddressee, FilledHead, FilledSignature
from app.reports.pdf import measures
from app.reports.pdf.fonts import BOLD, BOLD_ITALIC, ITALIC, REGULAR
from app.reports.pdf.type import Type
from app.reports.wording import ADDRESSEE_WORDS, MOTTO, NATIONAL_NAME, RECIPIENTS_WORDS

_DESCENT = 0.22  # of the size, under the baseline

# Called with canvas, bottom and top (points from the page's lower edge) of a piece that was drawn.
Note = Callable[[Canvas, float, float], None]


def _rule(canvas: Canvas, centre: float, y: float, length: float) -> None:
    canvas.setLineWidth(measures.RULE_WIDTH)
    canvas.line(centre - length / 2, y, centre + length / 2, y)


class BodyText(Paragraph):  # type: ignore[misc]
    """A paragraph of the running text."""

    note: Note
    is_heading = False
    _size = (0.0, 0.0)

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Breaks the lines once for a width: what stands together is measured before it is placed."""
        if self._size[0] != width or not hasattr(self, "blPara"):  # a failed split drops its lines
            self._size = (width, float(super().wrap(width, height)[1]))
        return self._size

    def split(self, width: float, height: float) -> list["BodyText"]:
        parts: list[BodyText] = super().split(width, height)
        for part in parts:
            part.note = self.note
        return parts

    def drawOn(self, canvas: Canvas, x: float, y: float, _sW: float = 0) -> None:  # noqa: N803
        self.note(canvas, y, y + self.height)
        super().drawOn(canvas, x, y, _sW)

    def line_count(self, width: float) -> int:
        """Into how many lines it breaks."""
        self.wrap(width, measures.PORTRAIT[1])
        return len(self.blPara.lines)

    def opening(self, width: float) -> float:
        """The height that must stay together at its beginning: two lines, or all where the rest would stand alone."""
        lines = self.line_count(width)
        together = measures.LINES_TOGETHER
        return float((lines if lines < 2 * together else together) * self.style.leading)


class _Part(Flowable):  # type: ignore[misc]
    """A part of known height, drawn from its top."""

    def __init__(self, note: Note, before: float = 0):
        super().__init__()
        self.note = note
        self.spaceBefore = before

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        self.width = width
        self.height = self.arrange(width)
        return width, self.height

    def drawOn(self, canvas: Canvas, x: float, y: float, _sW: float = 0) -> None:  # noqa: N803
        self.note(canvas, y, y + self.height)
        super().drawOn(canvas, x, y, _sW)

    def arrange(self, width: float) -> float:
        """Breaks the lines; gives the height."""
        raise NotImplementedError


class HeadPart(_Part):
    """Agency, number, draft mark at the left; national name, motto, place and date at the right."""

    def __init__(self, head: FilledHead, note: Note):
        super().__init__(note)
        self.head = head

    def arrange(self, width: float) -> float:
        head = self.head
        lines = [Type(head.superior.upper(), REGULAR, measures.AGENCY_SIZE)] if head.superior else []
        lines += [Type(line.upper(), BOLD, measures.AGENCY_SIZE) for line in head.agency]
        self.agency = [part for line in lines for part in line.balanced(measures.HEAD_LEFT_WIDTH)]
        lowest = max(len(self.agency) - 1, 1)
        self.second_row = measures.AGENCY_SIZE + lowest * measures.HEAD_LEADING + measures.HEAD_ROWS_GAP
        last = self.second_row + (measures.DRAFT_GAP if head.draft else 0)
        return last + _DESCENT * measures.NUMBER_SIZE

    def draw(self) -> None:
        canvas, top = self.canv, self.height
        left = measures.HEAD_LEFT_WIDTH / 2
        right = measures.HEAD_LEFT_WIDTH + measures.HEAD_RIGHT_WIDTH / 2
        first = top - measures.AGENCY_SIZE
        for position, line in enumerate(self.agency):
            line.draw_centred(canvas, left, first - position * measures.HEAD_LEADING)
        below = first - (len(self.agency) - 1) * measures.HEAD_LEADING - measures.RULE_DROP
        _rule(canvas, left, below, self.agency[-1].width * measures.AGENCY_RULE)

        Type(NATIONAL_NAME, BOLD, measures.NATIONAL_NAME_SIZE).draw_centred(canvas, right, first)
        motto = Type(MOTTO, BOLD, measures.MOTTO_SIZE)
        motto.draw_centred(canvas, right, first - measures.HEAD_LEADING)
        _rule(canvas, right, first - measures.HEAD_LEADING - measures.RULE_DROP, motto.width)

        row = top - self.second_row
        Type(self.head.number, REGULAR, measures.NUMBER_SIZE).draw_centred(canvas, left, row)
        Type(self.head.place_and_date, ITALIC, measures.DATE_SIZE).draw_centred(canvas, right, row)
        Type(self.head.draft, BOLD, measures.DRAFT_SIZE).draw_centred(canvas, left, row - measures.DRAFT_GAP)


class CentredLines(_Part):
    """Lines centred between the margins; `rule`: a rule under the last, as a share of its length."""

    def __init__(self, lines: list[Type], note: Note, before: float = 0, after: float = 0, rule: float = 0):
        super().__init__(note, before)
        self.source = lines
        self.after = after
        self.rule = rule

    def arrange(self, width: float) -> float:
        self.lines = [part for line in self.source for part in line.balanced(width)]
        rule = measures.RULE_DROP if self.rule else 0
        return sum(line.size * measures.LINE for line in self.lines) + rule + self.after

    def draw(self) -> None:
        centre, y = self.width / 2, self.height
        baseline = y
        for line in self.lines:
            baseline = y - line.size
            line.draw_centred(self.canv, centre, baseline)
            y -= line.size * measures.LINE
        if self.rule:
            _rule(self.canv, centre, baseline - measures.RULE_DROP, self.lines[-1].width * self.rule)


class AddresseePart(_Part):
    """Kính gửi: one addressee on the same line; several each on a line, their dashes under the colon."""

    def __init__(self, addressee: FilledAddressee, note: Note):
        super().__init__(note, measures.ADDRESSEE_BEFORE)
        self.names = addressee.names

    def arrange(self, width: float) -> float:
        size = measures.ADDRESSEE_SIZE
        if len(self.names) == 1:
            self.lines = Type(f"{ADDRESSEE_WORDS}: {self.names[0]}", REGULAR, size).balanced(width)
            self.hang = 0.0
        else:
            self.hang = Type(ADDRESSEE_WORDS, REGULAR, size).width
            self.lines = [Type(f"{ADDRESSEE_WORDS}:", REGULAR, size)]
            for position, name in enumerate(self.names, start=1):
                mark = "." if position == len(self.names) else ";"
                self.lines += Type(f"- {name}{mark}", REGULAR, size).wrapped(width - self.hang)
        return len(self.lines) * size * measures.LINE + measures.ADDRESSEE_AFTER

    def draw(self) -> None:
        baseline = self.height - measures.ADDRESSEE_SIZE
        widest = self.hang + max(line.width for line in self.lines)
        for position, line in enumerate(self.lines):
            if self.hang:
                line.draw(self.canv, (self.width - widest) / 2 + (self.hang if position else 0), baseline)
            else:
                line.draw_centred(self.canv, self.width / 2, baseline)
            baseline -= measures.ADDRESSEE_SIZE * measures.LINE


class SignaturePart(_Part):
    """Recipients at the left, authority, title and name at the right; "Nơi nhận:" on the line of the authority."""

    def __init__(self, signature: FilledSignature, note: Note):
        super().__init__(note, measures.SIGNATURE_BEFORE)
        self.signature = signature

    def arrange(self, width: float) -> float:
        half = width / 2
        recipients = [Type(each, REGULAR, measures.RECIPIENTS_SIZE) for each in self.signature.recipients]
        titles = [Type(title, BOLD, measures.SIGNATURE_SIZE) for title in self.signature.titles]
        self.recipients = [line for each in recipients for line in each.wrapped(half - measures.PARAGRAPH_GAP)]
        self.titles = [line for title in titles for line in title.balanced(half)]
        first = measures.SIGNATURE_SIZE
        self.name_at = first + (len(self.titles) - 1) * measures.SIGNATURE_LEADING + measures.SIGNATURE_ROOM
        last_recipient = first + measures.RECIPIENTS_FIRST + len(self.recipients) * measures.RECIPIENTS_LEADING
        return max(self.name_at, last_recipient) + _DESCENT * measures.SIGNATURE_SIZE

    def draw(self) -> None:
        canvas, top = self.canv, self.height
        first = top - measures.SIGNATURE_SIZE
        centre = self.width * 3 / 4
        for position, line in enumerate(self.titles):
            line.draw_centred(canvas, centre, first - position * measures.SIGNATURE_LEADING)
        Type(self.signature.name, BOLD, measures.SIGNATURE_SIZE).draw_centred(canvas, centre, top - self.name_at)
        if self.recipients:
            Type(RECIPIENTS_WORDS, BOLD_ITALIC, measures.RECIPIENTS_HEAD_SIZE).draw(canvas, 0, first)
        for position, line in enumerate(self.recipients, start=1):
            line.draw(canvas, 0, first - measures.RECIPIENTS_FIRST - position * measures.RECIPIENTS_LEADING)


class Ending(Flowable):  # type: ignore[misc]
    """The last paragraphs with the signature, which is never parted from the last two lines of the text.

    Where the page is too short, the first paragraph gives lines to it as long as two stay here.
    """

    def __init__(self, texts: list[BodyText], signature: SignaturePart):
        super().__init__()
        self.texts = texts
        self.signature = signature
        self.spaceBefore = texts[0].style.spaceBefore

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width = width
        heights = [text.wrap(width, height)[1] for text in self.texts]
        gaps = sum(text.style.spaceBefore for text in self.texts[1:])
        self.signature_height = self.signature.wrap(width, height)[1]
        self.height = sum(heights) + gaps + self.signature.spaceBefore + self.signature_height
        return width, self.height

    def split(self, width: float, height: float) -> list[Flowable]:
        first, rest = self.texts[0], self.texts[1:]
        leading = first.style.leading
        lines = min(int(height / leading), first.line_count(width) - measures.LINES_TOGETHER)
        if lines < measures.LINES_TOGETHER:
            return []
        head, tail = first.split(width, lines * leading + 0.1)
        return [head, Ending([tail, *rest], self.signature)]

    def opening(self, width: float) -> float:
        """The height that must stay together at its beginning."""
        if self.texts[0].line_count(width) < 2 * measures.LINES_TOGETHER:
            return self.wrap(width, measures.PORTRAIT[1])[1]
        return self.texts[0].opening(width)

    def drawOn(self, canvas: Canvas, x: float, y: float, _sW: float = 0) -> None:  # noqa: N803
        top = y + self.height
        for position, text in enumerate(self.texts):
            top -= text.height + (text.style.spaceBefore if position else 0)
            text.drawOn(canvas, x, top)
        self.signature.drawOn(canvas, x, y)
