"""The report before it is paper: two frozen trees of the same shape.

The *template* is what people write and the office file stores: text around references (figures, citations, words for
periods, days and the office). The *document* is what `resolve` makes of a template and the facts: runs of text with
the value beside each figure. A tree knows no size, place or page; a role says what a block is, and each renderer maps
roles to its own measures in one table. Both trees are closed: every reader is a `match` that ends in `assert_never`.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Generic, TypeVar

from app.reports.facts import FigureValue

Inlines = TypeVar("Inlines", covariant=True)
Block = TypeVar("Block", covariant=True)


class Role(StrEnum):
    """What a paragraph of the running text is (Nghị định 30/2020/NĐ-CP, Phụ lục I, phần II, mục I, khoản 6)."""

    PART = "part"  # I. PHẦN, numbered in Roman, capitals, bold
    TITLE = "title"  # 1. Khoản có tiêu đề, bold
    SENTENCE = "sentence"  # 1. Khoản không có tiêu đề: a whole sentence behind the number, upright
    POINT = "point"  # a) Điểm
    BODY = "body"
    ITEM = "item"  # - gạch đầu dòng


HEADINGS = (Role.PART, Role.TITLE, Role.POINT)


# Inlines of the template


class Form(StrEnum):
    """How a figure is written in running text."""

    COUNT = "count"  # 03, 12, 1.455; nought as the reference says
    PLAIN = "plain"  # 3, 12, 1.455, 0
    PERCENT = "percent"  # 99,04%
    RATIO = "ratio"  # 1.441/1.455, the operands of a ratio
    MONEY = "money"  # 8.568.086.260 đồng


class CitationKind(StrEnum):
    """Where a cited thing stands: the register of documents, the legal bases, the fixed phrases."""

    DOCUMENT = "document"
    LEGAL_BASIS = "legal_basis"
    PHRASE = "phrase"


class CitationForm(StrEnum):
    """First citation in full, later ones short (Nghị định 30/2020/NĐ-CP, Phụ lục I, phần II, mục I, khoản 6)."""

    FULL = "full"  # Kế hoạch số 31/KH-UBND ngày 31/12/2022 của Ủy ban nhân dân xã Nam Trung về ...
    ISSUED = "issued"  # Kế hoạch số 31/KH-UBND ngày 31/12/2022 của Ủy ban nhân dân xã Nam Trung
    DATED = "dated"  # Kế hoạch số 31/KH-UBND ngày 31/12/2022
    SHORT = "short"  # Kế hoạch số 31/KH-UBND


class PeriodWordKind(StrEnum):
    """Words that the report's period gives."""

    THIS = "this"  # 6 tháng đầu năm 2023
    NEXT = "next"  # 6 tháng cuối năm 2023
    YEAR = "year"  # 2023
    PREVIOUS_YEAR = "previous_year"  # 2022
    NEXT_YEAR = "next_year"  # 2024


class DateWordKind(StrEnum):
    """Days that the report's period gives, written as in running text: 05/02/2023, 10/6/2023."""

    START = "start"
    CUT_OFF = "cut_off"
    BUDGET_START = "budget_start"
    REPORT = "report"


class OfficeWordKind(StrEnum):
    """Words that the office's settings give."""

    KIND = "kind"  # xã
    NAME = "name"  # xã Nam Trung
    FULL_NAME = "full_name"  # Ủy ban nhân dân xã Nam Trung
    SHORT_NAME = "short_name"  # UBND xã Nam Trung
    SUPERIOR = "superior"  # Ủy ban nhân dân huyện Nam Sách
    SUPERIOR_SHORT = "superior_short"  # UBND huyện Nam Sách


@dataclass(frozen=True)
class Text:
    """What people typed."""

    text: str
    bold: bool = False
    italic: bool = False


EACH = "*"  # as a dimension: the field that the surrounding repetition stands at


@dataclass(frozen=True)
class FigureRef:
    """A number of the registers. `dimension` is "" for the whole, EACH inside a repetition; `zero` words nought."""

    name: str
    dimension: str = ""
    form: Form = Form.COUNT
    zero: str = "0"


@dataclass(frozen=True)
class Citation:
    """A document by its key "UBND/KH/2022/31", a legal basis by "Kế hoạch 124/KH-UBND", a fixed phrase by its text."""

    kind: CitationKind
    key: str
    form: CitationForm = CitationForm.DATED


@dataclass(frozen=True)
class PeriodWord:
    which: PeriodWordKind


@dataclass(frozen=True)
class DateWord:
    which: DateWordKind


@dataclass(frozen=True)
class OfficeWord:
    which: OfficeWordKind


@dataclass(frozen=True)
class AnnexRef:
    """ "Phụ lục I": the number of the annex whose section has this key."""

    key: str


@dataclass(frozen=True)
class DimensionWord:
    """The name of the field that the surrounding repetition stands at."""


Plain = Text | FigureRef | Citation | PeriodWord | DateWord | OfficeWord | AnnexRef | DimensionWord


class When(StrEnum):
    """Whether a clause speaks of something or of its absence."""

    SOME = "some"
    NONE = "none"


@dataclass(frozen=True)
class Clause:
    """Words that are printed only when the figure is not nought (SOME), or only when it is (NONE).

    Two clauses side by side make the alternative: "có 13 hồ sơ ..." and "không phát sinh hồ sơ". Clauses do not nest.
    """

    figure: str
    inlines: tuple[Plain, ...]
    dimension: str = ""
    when: When = When.SOME


Inline = Plain | Clause


# Runs of the document


@dataclass(frozen=True)
class Run:
    """Text of one shape; `figure` is the value it prints, where it prints one."""

    text: str
    bold: bool = False
    italic: bool = False
    figure: FigureValue | None = None


def text_of(runs: tuple[Run, ...]) -> str:
    """The bare text of runs."""
    return "".join(run.text for run in runs)


# Blocks of both trees


@dataclass(frozen=True)
class Paragraph(Generic[Inlines]):
    """A paragraph of the running text. `number` ("I.", "1.", "a)") is given by `numbering`, never stored."""

    role: Role
    inlines: tuple[Inlines, ...]
    number: str = ""


@dataclass(frozen=True)
class Subject(Generic[Inlines]):
    """Type of document and subject (tên loại, trích yếu), the subject line by line."""

    kind: str
    lines: tuple[tuple[Inlines, ...], ...]


@dataclass(frozen=True)
class Section(Generic[Block]):
    """What the editor edits at a time; `title` is its name in the editor's list, without the number."""

    key: str
    title: str
    blocks: tuple[Block, ...]


class AnnexKind(StrEnum):
    """The tables that can be annexed."""

    DOSSIERS = "dossiers"  # biểu II.06a by field, 13 columns, landscape
    BUDGET = "budget"  # budget lines, portrait


# Blocks of the template alone: what the facts fill


@dataclass(frozen=True)
class Head:
    """Agency, national name and motto, number and symbol, place and date."""


@dataclass(frozen=True)
class Addressee:
    """Kính gửi."""


@dataclass(frozen=True)
class PlanList:
    """The plans that the register marks "Nêu trong báo cáo CCHC", one item each."""


@dataclass(frozen=True)
class RepeatFields:
    """One item for each field that has dossiers in the period."""

    inlines: tuple[Inline, ...]


@dataclass(frozen=True)
class Signature:
    """Signature and recipients, which stand side by side."""


@dataclass(frozen=True)
class Annex:
    """A table on pages of its own. Its rows and the line under it come from the facts."""

    kind: AnnexKind
    title: tuple[Inline, ...]


TemplateBlock = Paragraph[Inline] | Subject[Inline] | Head | Addressee | PlanList | RepeatFields | Signature | Annex


@dataclass(frozen=True)
class Template:
    """A report as people wrote it. `valid_from`: the day from which an outline of resources/ is offered."""

    key: str
    title: str
    valid_from: date
    sections: tuple[Section[TemplateBlock], ...]


# Blocks of the document alone: the same, filled


@dataclass(frozen=True)
class FilledHead:
    """`superior` (upright) and `agency` (bold) are the lines at the left, `draft` the words of an unnumbered report."""

    superior: str
    agency: tuple[str, ...]
    number: str
    place_and_date: str
    draft: str


@dataclass(frozen=True)
class FilledAddressee:
    names: tuple[str, ...]


@dataclass(frozen=True)
class FilledSignature:
    """`titles`: authority line, then title lines; `recipients` with dash and final mark."""

    titles: tuple[str, ...]
    name: str
    recipients: tuple[str, ...]


class Align(StrEnum):
    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


@dataclass(frozen=True)
class HeadCell:
    """A cell of a table's head, over `columns` columns and `rows` rows."""

    text: str
    columns: int = 1
    rows: int = 1
    bold: bool = True


@dataclass(frozen=True)
class Row:
    """One row of a table, a cell for each column; a `total` is bold, its label centred."""

    cells: tuple[Run, ...]
    bold: bool = False
    total: bool = False


@dataclass(frozen=True)
class Table:
    """`head`: rows of cells, left to right, those covered from above left out; `align`: one for each column."""

    head: tuple[tuple[HeadCell, ...], ...]
    align: tuple[Align, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class FilledAnnex:
    """`reference`: "(Kèm theo Báo cáo số ... của ...)", where too long for a line parted at its two pieces;
    `unit`: the line over the table; `notes`: the lines under it.
    """

    kind: AnnexKind
    label: str
    title: tuple[Run, ...]
    reference: tuple[str, str]
    unit: str
    table: Table
    notes: tuple[str, ...]


DocumentBlock = Paragraph[Run] | Subject[Run] | FilledHead | FilledAddressee | FilledSignature | FilledAnnex


@dataclass(frozen=True)
class Document:
    """The resolved report; `title` names the file and its window."""

    title: str
    sections: tuple[Section[DocumentBlock], ...]
