"""Every measure of the paper, in one place: Nghị định 30/2020/NĐ-CP, Phụ lục I (the chosen value of each range).

Lengths are in points (1/72 inch) unless the name says mm; sizes of type are in points. "Baseline" distances are from
baseline to baseline. A test measures each of them on the finished PDF.
"""

from dataclasses import dataclass

from app.reports.blocks import AnnexKind, Role

MM = 72 / 25.4

# Paper: khổ A4; lề trên, dưới 20-25 mm, trái 30-35 mm, phải 15-20 mm. A landscape page keeps its margins as read.
PORTRAIT = (210 * MM, 297 * MM)
LANDSCAPE = (297 * MM, 210 * MM)
MARGIN_TOP = 20 * MM
MARGIN_BOTTOM = 20 * MM
MARGIN_LEFT = 30 * MM
MARGIN_RIGHT = 15 * MM

# Số trang: chữ số Ả Rập, cỡ 13-14, đứng, giữa lề trên; trang đầu không hiển thị.
PAGE_NUMBER_SIZE = 14
PAGE_NUMBER_BASELINE = 13.5 * MM  # from the top edge: the figures begin 10 mm under it

LINE = 1.15  # leading of single spacing over size, Liberation Serif
RULE_WIDTH = 0.75
RULE_DROP = 5.0  # a rule under a line of text, below its baseline

# Head: agency at the left, national name and motto at the right, as the decree's sample page divides it.
HEAD_LEFT_WIDTH = 66 * MM
HEAD_RIGHT_WIDTH = 99 * MM
AGENCY_SIZE = 12
AGENCY_RULE = 0.4  # 1/3-1/2 of the printed text of the last line
NATIONAL_NAME_SIZE = 12
MOTTO_SIZE = 13
HEAD_LEADING = MOTTO_SIZE * LINE  # both sides, so that their lines stand level
NUMBER_SIZE = 13
DATE_SIZE = 13
HEAD_ROWS_GAP = 24.0  # baseline of the lower of agency and motto to that of number and date
DRAFT_SIZE = 13
DRAFT_GAP = 17.0  # baseline of the number to that of DỰ THẢO

# Type of document and subject: cỡ 14, đậm, giữa; kẻ ngang 1/3-1/2 dòng cuối.
SUBJECT_SIZE = 14
SUBJECT_BEFORE = 18.0
SUBJECT_RULE = 0.4

# Kính gửi: cỡ 14, đứng.
ADDRESSEE_SIZE = 14
ADDRESSEE_BEFORE = 12.0
ADDRESSEE_AFTER = 6.0  # beside the gap of the first paragraph

# Running text: cỡ 14, dãn dòng đơn, cách đoạn 6 pt, lùi đầu dòng 1,27 cm, canh đều hai lề.
BODY_SIZE = 14
BODY_LEADING = 16.1
BODY_INDENT = 12.7 * MM
PARAGRAPH_GAP = 6.0
LINES_TOGETHER = 2  # of a paragraph on each side of a page's end, and of the last one beside the signature

# Signature at the right half, recipients at the left.
SIGNATURE_BEFORE = 18.0
SIGNATURE_SIZE = 14
SIGNATURE_LEADING = SIGNATURE_SIZE * LINE
SIGNATURE_ROOM = 35 * MM  # baseline of the last title to that of the name: about 30 mm clear
RECIPIENTS_HEAD_SIZE = 12
RECIPIENTS_SIZE = 11
RECIPIENTS_LEADING = RECIPIENTS_SIZE * LINE
RECIPIENTS_FIRST = 2.0  # more between "Nơi nhận:" and the first of the list

# Annexes.
ANNEX_SIZE = 14
ANNEX_AFTER = 10.0
TABLE_SIZE = 11
TABLE_LEADING = TABLE_SIZE * LINE
TABLE_PADDING = 3.0  # at the sides of a cell
TABLE_ROW_PADDING = 2.5  # over and under its text
TABLE_RULE = 0.5
NOTE_BEFORE = 6.0
UNIT_AFTER = 3.0
COLUMNS_MM = {
    AnnexKind.DOSSIERS: (9.0, 45.0, *(18.0,) * 11),
    AnnexKind.BUDGET: (11.0, 66.0, 33.0, 33.0, 22.0),
}
PAGE_OF_ANNEX = {AnnexKind.DOSSIERS: LANDSCAPE, AnnexKind.BUDGET: PORTRAIT}


@dataclass(frozen=True)
class Shape:
    """How a role's text looks; its size, leading, indent and gap are those of the running text."""

    bold: bool = False
    capitals: bool = False
    heading: bool = False


SHAPES = {
    Role.PART: Shape(bold=True, capitals=True, heading=True),
    Role.TITLE: Shape(bold=True, heading=True),
    Role.POINT: Shape(heading=True),
    Role.SENTENCE: Shape(),
    Role.BODY: Shape(),
    Role.ITEM: Shape(),
}
