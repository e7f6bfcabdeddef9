"""The head and the signature of a report as they will stand on paper, small, while the office is being described.

The lines come from `reports.resolve`, as the report itself gets them; sizes from the measures of the paper.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from app.periods import Period
from app.reports.blocks import (
    Addressee,
    Document,
    FilledAddressee,
    FilledHead,
    FilledSignature,
    Head,
    Section,
    Signature,
    Subject,
    Template,
)
from app.reports.facts import Facts, OfficeFacts, SignerFacts
from app.reports.pdf import measures
from app.reports.resolve import resolve
from app.reports.wording import ADDRESSEE_WORDS, MOTTO, NATIONAL_NAME, RECIPIENTS_WORDS
from app.ui import theme
from app.ui.tokens import Space, Type
from app.ui.widgets.labels import Label, column

_TEXT_WIDTH = measures.HEAD_LEFT_WIDTH + measures.HEAD_RIGHT_WIDTH  # points
_FACES = ("LiberationSerif-Regular", "LiberationSerif-Bold", "LiberationSerif-Italic", "LiberationSerif-BoldItalic")
_RULE_GAP = 2.0  # under the letters that reach lowest
_MOTTO_RULE = 0.5
_PARTS = Template(
    "preview",
    "",
    date.min,
    (Section("head", "", (Head(), Subject("BÁO CÁO", ()), Addressee())), Section("end", "", (Signature(),))),
)


@dataclass(frozen=True)
class OfficePaper:
    """What the office and its signer give to the paper."""

    office: OfficeFacts
    recipients: tuple[str, ...]
    signer: SignerFacts | None
    symbol: str = Facts.symbol


class PaperPreview(QWidget):
    """Two slips of paper, one over the other: the head with "Kính gửi", and recipients with signature."""

    def __init__(self) -> None:
        super().__init__()
        outer = column(self, gap=Space.M)
        head = QHBoxLayout()
        head.addWidget(Label("Trên giấy", Type.LABEL_STRONG, "text2"))
        head.addStretch(1)
        head.addWidget(Label("đổi ngay khi gõ", Type.HINT, "text2"))
        outer.addLayout(head)
        self._head, self._signature = _Slip(_paint_head, 124 / 360), _Slip(_paint_signature, 112 / 360)
        outer.addWidget(self._head)
        outer.addWidget(self._signature)
        outer.addStretch(1)

    def show_paper(self, paper: OfficePaper, period: Period) -> None:
        """Paint other words."""
        facts = Facts(
            office=paper.office,
            period=period,
            figures={},
            addressees=(paper.office.superior,) if paper.office.superior else (),
            recipients=paper.recipients,
            signer=paper.signer,
            symbol=paper.symbol,
        )
        document = resolve(_PARTS, facts)
        for slip in (self._head, self._signature):
            slip.show_document(document)

    def lines(self) -> list[str]:
        """Every line in reading order: what a screen reader says, and what tests compare with the paper."""
        return [line for slip in (self._head, self._signature) for line in slip.accessibleName().split("\n")]


class _Slip(QWidget):
    """A piece of white paper in both themes; `share` is its height for its width."""

    def __init__(self, draw: "Callable[[_Pen, Document], None]", share: float):
        super().__init__()
        self._draw, self._share = draw, share
        self._document: Document | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return round(width * self._share)

    def show_document(self, document: Document) -> None:
        self._document = document
        pen = _Pen(None, QRectF(0, 0, 400, 400))
        self._draw(pen, document)
        self.setAccessibleName("\n".join(pen.written))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        rect = QRectF(self.rect())
        painter.fillRect(rect, QColor(theme.colours().border))
        painter.fillRect(rect.adjusted(1, 1, -1, -1), QColor("white"))
        if self._document is not None:
            margin = rect.width() * 0.04
            self._draw(_Pen(painter, rect.adjusted(margin, rect.width() * 0.035, -margin, 0)), self._document)


@cache
def _family() -> str:
    """The paper's typeface, registered when first shown."""
    for face in _FACES:
        QFontDatabase.addApplicationFont(str(theme.RESOURCES / "fonts" / f"{face}.ttf"))
    return "Liberation Serif"


class _Pen:
    """Writes centred or left lines in points of the paper, scaled to the slip; notes the words it wrote."""

    def __init__(self, painter: QPainter | None, room: QRectF):
        self._painter = painter
        self.room = room
        self.scale = room.width() / _TEXT_WIDTH
        self.written: list[str] = []

    def write(
        self,
        text: str,
        left: float,
        top: float,
        width: float,
        size: float,
        *,
        bold: bool = False,
        italic: bool = False,
        centred: bool = True,
    ) -> float:
        """One paragraph at a place measured in points of the paper; returns where the next one may begin."""
        self.written.append(text)
        font = QFont(_family())
        font.setPixelSize(max(round(size * self.scale), 1))
        font.setBold(bold)
        font.setItalic(italic)
        flags = int(
            Qt.TextFlag.TextWordWrap | (Qt.AlignmentFlag.AlignHCenter if centred else Qt.AlignmentFlag.AlignLeft)
        )
        room = QRectF(
            self.room.left() + left * self.scale, self.room.top() + top * self.scale, width * self.scale, 10_000
        )
        taken: QSizeF = QFontMetricsF(font).boundingRect(room, flags, text).size()
        if self._painter is not None:
            self._painter.setFont(font)
            self._painter.setPen(QColor("black"))
            self._painter.drawText(room, flags, text)
        return top + taken.height() / self.scale

    def rule(self, left: float, top: float, width: float, part: float) -> None:
        """The rule under a line of the head: a part of its width, centred."""
        if self._painter is None:
            return
        length = width * part
        x = self.room.left() + (left + (width - length) / 2) * self.scale
        self._painter.fillRect(
            QRectF(x, round(self.room.top() + top * self.scale), length * self.scale, 1), QColor("black")
        )


def _blocks(document: Document) -> Sequence[object]:
    return [block for section in document.sections for block in section.blocks]


def _paint_head(pen: _Pen, document: Document) -> None:
    left, right = measures.HEAD_LEFT_WIDTH, measures.HEAD_RIGHT_WIDTH
    bottom = 0.0
    for block in _blocks(document):
        match block:
            case FilledHead(superior=superior, agency=agency, number=number, place_and_date=place_and_date):
                top = pen.write(superior.upper(), 0, 0, left, measures.AGENCY_SIZE) if superior else 0.0
                for line in agency:
                    top = pen.write(line.upper(), 0, top, left, measures.AGENCY_SIZE, bold=True)
                pen.rule(0, top + _RULE_GAP, left, measures.AGENCY_RULE / 2)
                beside = pen.write(NATIONAL_NAME, left, 0, right, measures.NATIONAL_NAME_SIZE, bold=True)
                beside = pen.write(MOTTO, left, beside, right, measures.MOTTO_SIZE, bold=True)
                pen.rule(left, beside + _RULE_GAP, right, _MOTTO_RULE)
                top = max(top, beside) + measures.HEAD_ROWS_GAP - measures.HEAD_LEADING
                one = pen.write(number, 0, top, left, measures.NUMBER_SIZE)
                bottom = max(one, pen.write(place_and_date, left, top, right, measures.DATE_SIZE, italic=True))
            case Subject(kind=kind):
                top = bottom + measures.SUBJECT_BEFORE
                bottom = pen.write(kind, 0, top, left + right, measures.SUBJECT_SIZE, bold=True)
            case FilledAddressee(names=names):
                top = bottom + measures.ADDRESSEE_BEFORE
                pen.write(f"{ADDRESSEE_WORDS}: {'; '.join(names)}", 0, top, left + right, measures.ADDRESSEE_SIZE)
            case _:
                pass


def _paint_signature(pen: _Pen, document: Document) -> None:
    half = _TEXT_WIDTH / 2
    for block in _blocks(document):
        if not isinstance(block, FilledSignature):
            continue
        top = pen.write(
            RECIPIENTS_WORDS, 0, 0, half, measures.RECIPIENTS_HEAD_SIZE, bold=True, italic=True, centred=False
        )
        for recipient in block.recipients:
            top = pen.write(recipient, 0, top, half, measures.RECIPIENTS_SIZE, centred=False)
        top = 0.0
        for title in block.titles:
            top = pen.write(title, half, top, half, measures.SIGNATURE_SIZE, bold=True)
        pen.write(block.name, half, top + measures.SIGNATURE_ROOM / 2, half, measures.SIGNATURE_SIZE, bold=True)
