"""The finished PDF, read back: every measure of DECREE30.md within 0,5 mm in place and 0,1 pt in size of type."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.problems import Problem
from app.reports.blocks import Document, FilledSignature, Paragraph, Role, Run, Section, Template, Text
from app.reports.facts import Facts, SignerFacts
from app.reports.pdf.render import Rendered, render
from app.reports.resolve import resolve
from tests.reports.paper import MM, Line, Paper, read
from tests.reports.sample_facts import DRAFT, EMPTY, SAMPLE

REGULAR, BOLD = "LiberationSerif", "LiberationSerif-Bold"
ITALIC, BOLD_ITALIC = "LiberationSerif-Italic", "LiberationSerif-BoldItalic"
NEAR = 0.5 * MM
LEFT, RIGHT = 30 * MM, 195 * MM
MIDDLE = (LEFT + RIGHT) / 2
WIDTH, HEIGHT = 210 * MM, 297 * MM


def near(value: float) -> object:
    return pytest.approx(value, abs=NEAR)


def exactly(value: float) -> object:
    return pytest.approx(value, abs=0.1)


@pytest.fixture(scope="module")
def rendered(sample_template: Template) -> Rendered:
    return render(resolve(sample_template, SAMPLE))


@pytest.fixture(scope="module")
def paper(rendered: Rendered) -> Paper:
    return read(rendered.pdf)


@pytest.fixture(scope="module")
def printed(sample_template: Template) -> Callable[[Facts], Paper]:
    return lambda facts: read(render(resolve(sample_template, facts)).pdf)


def document(*paragraphs: str | Paragraph[Run]) -> Document:
    """A text of body paragraphs with a signature."""
    body = [Paragraph(Role.BODY, (Run(each),)) if isinstance(each, str) else each for each in paragraphs]
    signature = FilledSignature(("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), "Nguyễn Văn Bền", ("- Lưu: VT.",))
    return Document("Báo cáo", (Section("text", "Phần chữ", (*body, signature)),))


def style(line: Line) -> tuple[float, str]:
    return line.size, line.face


# Paper and faces


def test_a4_with_the_wide_annex_lying(paper: Paper) -> None:
    body = len(paper.sizes) - 2
    assert body >= 3
    upright, lying = (near(WIDTH), near(HEIGHT)), (near(HEIGHT), near(WIDTH))
    assert list(paper.sizes) == [*[upright] * body, lying, upright]


def test_margins(paper: Paper) -> None:
    for number, (width, height) in enumerate(paper.sizes, start=1):
        lines = [line for line in paper.page(number) if not line.text.isdigit() or line.baseline > 20 * MM]
        assert min(line.left for line in lines) >= 30 * MM - 0.1
        assert max(line.right for line in lines) <= width - 15 * MM + 0.6
        assert min(line.baseline - line.size for line in lines) >= 20 * MM - 0.1
        assert max(line.baseline + 0.22 * line.size for line in lines) <= height - 20 * MM + 0.1
    text = [line for number in (2, 3, 4) for line in paper.page(number) if line.baseline > 20 * MM]
    assert min(line.left for line in text) == exactly(LEFT)
    assert max(line.right for line in text) == near(RIGHT)
    assert paper.page(2)[1].baseline - 14 == near(20 * MM)


def test_only_the_four_faces_each_embedded_as_a_subset(rendered: Rendered, paper: Paper) -> None:
    assert {face.split("+")[-1] for face in paper.faces} == {REGULAR, BOLD, ITALIC, BOLD_ITALIC}
    assert all(re.fullmatch(r"[A-Z]{6}\+.*", face) for face in paper.faces)
    assert rendered.pdf.count(b"/FontFile2") == rendered.pdf.count(b"/FontDescriptor") / 2
    for base in (b"Helvetica", b"Times", b"Courier"):
        assert base not in rendered.pdf


def test_title_language_and_pages(rendered: Rendered, paper: Paper) -> None:
    assert paper.metadata["Title"].startswith("Báo cáo kết quả công tác cải cách hành chính 6 tháng đầu năm 2023")
    assert paper.language == "vi-VN"
    assert rendered.pages == len(paper.sizes)


def test_text_comes_back_composed_and_whole(paper: Paper) -> None:
    for text in paper.texts:
        assert unicodedata.normalize("NFC", text) == text
        assert not set(text) & set("\0\ufffd□\u25a1")


# The head


def test_national_name_and_motto(paper: Paper) -> None:
    name = paper.line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    motto = paper.line("Độc lập - Tự do - Hạnh phúc")
    assert style(name) == (exactly(12), BOLD)
    assert style(motto) == (exactly(13), BOLD)
    assert name.centre == near(motto.centre)
    assert name.left > WIDTH / 2 - 10 * MM
    rule = paper.rule_under(motto)
    assert rule.width == near(motto.width)
    assert rule.centre == near(motto.centre)


def test_agency(paper: Paper) -> None:
    first, last = paper.line("ỦY BAN NHÂN DÂN"), paper.line("XÃ NAM TRUNG")
    assert style(first) == style(last) == (exactly(12), BOLD)
    assert first.centre == near(last.centre)
    assert first.right < WIDTH / 2
    assert first.baseline == exactly(paper.line("CỘNG HÒA").baseline)
    rule = paper.rule_under(last)
    assert rule.width == near(0.4 * last.width)
    assert rule.centre == near(last.centre)


def test_a_superior_agency_stands_over_it_upright(printed: Callable[[Facts], Paper]) -> None:
    paper = printed(replace(SAMPLE, office=replace(SAMPLE.office, parent_line="UBND huyện Nam Sách")))
    assert style(paper.line("UBND HUYỆN NAM SÁCH")) == (exactly(12), REGULAR)


def test_number_and_date_stand_level(paper: Paper) -> None:
    number, day = paper.line("Số: 71/BC-UBND"), paper.line("Nam Trung, ngày 12 tháng 6 năm 2023")
    assert style(number) == (exactly(13), REGULAR)
    assert style(day) == (exactly(13), ITALIC)
    assert number.baseline == exactly(day.baseline)
    assert number.centre == near(paper.line("XÃ NAM TRUNG").centre)
    assert day.centre == near(paper.line("Độc lập").centre)


def test_a_numbered_report_is_no_draft(paper: Paper, printed: Callable[[Facts], Paper]) -> None:
    assert "DỰ THẢO" not in paper.text
    draft = printed(DRAFT)
    mark, number = draft.line("DỰ THẢO"), draft.line("Số:")
    assert style(mark) == (exactly(13), BOLD)
    assert mark.centre == near(number.centre)
    assert mark.baseline > number.baseline
    assert number.text == "Số:      /BC-UBND"
    assert draft.line("Nam Trung,").text == "Nam Trung, ngày     tháng     năm 2023"
    assert draft.line("(Kèm theo").text.startswith("(Kèm theo Báo cáo số      /BC-UBND ngày     tháng     năm 2023")


def test_subject(paper: Paper) -> None:
    kind, first = paper.line("BÁO CÁO"), paper.line("Kết quả công tác cải cách hành chính 6 tháng đầu năm 2023")
    last = paper.line("và phương hướng nhiệm vụ 6 tháng cuối năm 2023")
    for line in (kind, first, last):
        assert style(line) == (exactly(14), BOLD)
        assert line.centre == near(MIDDLE)
    rule = paper.rule_under(last)
    assert rule.width == near(0.4 * last.width)
    assert rule.centre == near(MIDDLE)


def test_one_addressee_on_the_same_line(paper: Paper) -> None:
    line = paper.line("Kính gửi: Ủy ban nhân dân huyện Nam Sách")
    assert style(line) == (exactly(14), REGULAR)
    assert line.centre == near(MIDDLE)


def test_several_addressees_each_on_a_line(printed: Callable[[Facts], Paper]) -> None:
    paper = printed(replace(SAMPLE, addressees=("Sở Nội vụ tỉnh Hải Dương", "Ủy ban nhân dân huyện Nam Sách")))
    words = paper.line("Kính gửi:")
    first, last = paper.line("- Sở Nội vụ"), paper.line("- Ủy ban nhân dân huyện Nam Sách")
    assert words.text == "Kính gửi:"
    assert first.text == "- Sở Nội vụ tỉnh Hải Dương;"
    assert last.text == "- Ủy ban nhân dân huyện Nam Sách."
    assert first.left == last.left == near(words.right - 3.9)  # under the colon


# The running text


def body_lines(paper: Paper) -> list[Line]:
    """Lines of running text, in reading order, over all pages of the text."""
    start = paper.line("Theo nhiệm vụ")
    end = paper.line("Nơi nhận:")
    return [
        line
        for line in paper.lines
        if (start.page, start.baseline) <= (line.page, line.baseline) < (end.page, end.baseline) and not is_number(line)
    ]


def is_number(line: Line) -> bool:
    return line.text.isdigit() and line.baseline < 20 * MM


def test_size_indent_leading_and_gaps(paper: Paper) -> None:
    lines = body_lines(paper)
    steps = set()
    for line, following in pairwise(lines):
        assert line.size == exactly(14)
        assert line.left in (exactly(LEFT), exactly(LEFT + 12.7 * MM))
        if line.page == following.page:
            new = following.left > LEFT + 1
            steps.add((new, round(following.baseline - line.baseline, 1)))
    assert steps == {(False, 16.1), (True, 22.1)}


def test_lines_are_justified(paper: Paper) -> None:
    lines = body_lines(paper)
    for line, following in pairwise(lines):
        if following.left < LEFT + 1:  # the paragraph goes on
            assert line.right == near(RIGHT)


def test_headings(paper: Paper) -> None:
    for start, face in (
        ("I. KẾT QUẢ THỰC HIỆN", BOLD),
        ("1. Công tác chỉ đạo, điều hành", BOLD),
        ("2. Kết quả theo từng lĩnh vực", BOLD),
        ("a) Cải cách thể chế", REGULAR),
        ("đ) Cải cách tài chính công", REGULAR),
        ("II. ĐÁNH GIÁ CHUNG", BOLD),
        ("III. PHƯƠNG HƯỚNG, NHIỆM VỤ 6 THÁNG CUỐI NĂM 2023", BOLD),
        ("1. Hoàn thành các việc còn lại", REGULAR),
    ):
        line = paper.line(start)
        assert style(line) == (exactly(14), face)
        assert line.left == exactly(LEFT + 12.7 * MM)


def test_items_begin_at_the_indent_and_go_on_at_the_margin(paper: Paper) -> None:
    lines = body_lines(paper)
    at = next(place for place, line in enumerate(lines) if line.text.startswith("- Kế hoạch số 31/KH-UBND"))
    assert lines[at].left == exactly(LEFT + 12.7 * MM)
    assert lines[at + 1].left == exactly(LEFT)


def test_what_may_not_part_stays_on_a_line(paper: Paper) -> None:
    for line, following in pairwise(body_lines(paper)):
        parted = f"{line.text}|{following.text}"
        assert not re.search(r"\b(số|ngày|tháng|năm|ISO|Phụ lục)\|[\dIVX]", parted)
        assert not re.search(r"\d\|(đồng|tháng đầu|tháng cuối)", parted)
        assert not re.search(r" \d\d\|[^\W\d]", parted)


def test_every_figure_is_printed_as_resolved(sample_template: Template, paper: Paper) -> None:
    text = " ".join(line.text for line in body_lines(paper))
    for section in resolve(sample_template, SAMPLE).sections[1:]:
        for block in section.blocks:
            if isinstance(block, Paragraph) and block.role is not Role.PART:
                assert "".join(run.text for run in block.inlines) in text


def test_the_end_mark_stands_once(paper: Paper) -> None:
    assert paper.text.count("./.") == 1


def test_page_numbers(paper: Paper) -> None:
    body = len(paper.sizes) - 2
    numbers = [[line for line in paper.page(page) if is_number(line)] for page in range(1, body + 3)]
    assert [[line.text for line in page] for page in numbers] == [
        *([], *([str(page)] for page in range(2, body + 1)), [], [])
    ]
    (second,) = numbers[1]
    assert style(second) == (exactly(14), REGULAR)
    assert second.centre == near(MIDDLE)
    assert second.baseline - 0.66 * 14 == near(10 * MM)


# Signature and recipients


def test_signature(paper: Paper) -> None:
    authority, title = paper.line("TM. ỦY BAN NHÂN DÂN"), paper.line("CHỦ TỊCH")
    name = paper.line("Nguyễn Văn Bền")
    for line in (authority, title, name):
        assert style(line) == (exactly(14), BOLD)
        assert line.centre == near((MIDDLE + RIGHT) / 2)
    room = name.baseline - title.baseline - 14 * 0.88  # from the title's feet to the name's head
    assert 25 * MM <= room <= 45 * MM
    assert room == pytest.approx(30 * MM, abs=2 * MM)


def test_recipients(paper: Paper) -> None:
    words = paper.line("Nơi nhận:")
    assert style(words) == (exactly(12), BOLD_ITALIC)
    assert words.baseline == exactly(paper.line("TM. ỦY BAN NHÂN DÂN").baseline)
    starts = ("- Như trên;", "- Lãnh đạo UBND xã;", "- Công chức chuyên môn UBND xã;", "- Lưu: VT.")
    recipients = [paper.line(start) for start in starts]
    assert [line.text for line in recipients] == list(starts)
    for line in recipients:
        assert style(line) == (exactly(11), REGULAR)
        assert line.left == exactly(LEFT)


def test_a_deputy_signs_for_the_head(printed: Callable[[Facts], Paper]) -> None:
    paper = printed(replace(SAMPLE, signer=SignerFacts("Trần Thị Mẫu", "Phó Chủ tịch", signed_for="Chủ tịch")))
    lines = [paper.line(start) for start in ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Trần Thị Mẫu")]
    assert [line.baseline for line in lines] == sorted(line.baseline for line in lines)
    assert lines[3].baseline - lines[2].baseline == near(35 * MM)


@given(st.lists(st.integers(1, 60), min_size=1, max_size=60))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_pages_break_well(lengths: list[int]) -> None:
    """Two lines of a paragraph on each side of a break; the signature beside two lines of text."""
    paper = read(render(document(*("nghiệm thu " * length for length in lengths))).pdf)
    lines = [line for line in paper.lines if line.text.startswith(("nghiệm", "thu")) and line.size == exactly(14)]
    paragraphs: list[list[Line]] = []
    for line in lines:
        if line.left > LEFT + 1:
            paragraphs.append([])
        paragraphs[-1].append(line)
    assert len(paragraphs) == len(lengths)
    for paragraph in paragraphs:
        pages = [line.page for line in paragraph]
        assert all(pages.count(page) >= min(2, len(paragraph)) for page in pages)
    signed = paper.line("TM. ỦY BAN NHÂN DÂN").page
    assert sum(line.page == signed for line in lines) >= min(2, len(lines))


@given(st.integers(0, 60), st.integers(1, 9))
@settings(max_examples=25, deadline=None)
def test_a_heading_never_stands_last(before: int, after: int) -> None:
    heads = [Paragraph(role, (Run("Tiêu đề"),), number) for role, number in ((Role.PART, "I."), (Role.TITLE, "1."))]
    texts = ["nghiệm"] * before + [*heads, "thu " * 18 * after, "hết " * 40]
    paper = read(render(document(*texts)).pdf)
    last = paper.line("1. Tiêu đề")
    assert paper.line("I. TIÊU ĐỀ").page == last.page
    lines = [line for line in paper.lines if line.text.startswith("thu")]
    assert sum(line.page == last.page for line in lines) >= min(2, len(lines))


def test_a_long_narrative_fills_its_pages() -> None:
    paper = read(render(document(*["nghiệm thu " * 200] * 12)).pdf)
    for page in range(1, len(paper.sizes) - 1):
        assert max(line.baseline for line in paper.page(page)) > HEIGHT - 20 * MM - 3 * 16.1


# Annexes


def test_annex_heads(paper: Paper) -> None:
    for label, title, centre in (
        ("Phụ lục I", "TÌNH HÌNH, KẾT QUẢ GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH 6 THÁNG ĐẦU NĂM 2023", (LEFT + 282 * MM) / 2),
        ("Phụ lục II", "TÌNH HÌNH THỰC HIỆN DỰ TOÁN NGÂN SÁCH NĂM 2023", MIDDLE),
    ):
        head = next(line for line in paper.lines if line.text == label and line.size == exactly(14))
        page = paper.page(head.page)
        words = next(line for line in page if line.text == title)
        reference = next(line for line in page if line.text.startswith("(Kèm theo Báo cáo số 71/BC-UBND"))
        assert style(head) == style(words) == (exactly(14), BOLD)
        assert style(reference) == (exactly(14), ITALIC)
        assert head.centre == near(centre)
        assert words.centre == near(centre)
    assert "(Kèm theo Báo cáo số 71/BC-UBND ngày 12 tháng 6 năm 2023 của Ủy ban nhân dân xã Nam Trung)" in paper.text


def test_tables_fill_the_width_and_say_what_is_folded_in(paper: Paper) -> None:
    body = len(paper.sizes) - 2
    for page, right in ((body + 1, 282 * MM), (body + 2, RIGHT)):
        rules = [rule for rule in paper.rules if rule.page == page]
        assert min(rule.left for rule in rules) == near(LEFT)
        assert max(rule.right for rule in rules) == near(right)
    assert paper.line("Cột (7) và (9) gồm 03 hồ sơ trả lại và 01 hồ sơ rút.").page == body + 1
    assert paper.line("Thu lớn hơn chi: 534.857.560 đồng.").page == body + 2
    assert "Chứng thực 1.129 1.086 43 0 1.129 0 1.129 0 0 0 0" in paper.text
    assert "Tổng cộng 1.455 1.322 117 16 1.440 18 1.422 0 15 15 0" in paper.text


def test_a_long_table_repeats_its_head_and_counts_its_own_pages(printed: Callable[[Facts], Paper]) -> None:
    paper = printed(replace(SAMPLE, fields=tuple(f"Lĩnh vực thứ {number}" for number in range(60))))
    lying = [page for page, (width, height) in enumerate(paper.sizes, start=1) if width > height]
    assert len(lying) == 4
    for number, page in enumerate(lying, start=1):
        lines = paper.page(page)
        assert sum("Lĩnh vực giải quyết" in line.text for line in lines) == 1
        numbers = [line for line in lines if is_number(line)]
        assert [line.text for line in numbers] == ([str(number)] if number > 1 else [])
        assert all(line.centre == near((LEFT + 282 * MM) / 2) for line in numbers)


def test_one_long_name_breaks_over_pages(printed: Callable[[Facts], Paper]) -> None:
    paper = printed(replace(SAMPLE, fields=("tên rất dài " * 500,)))
    assert paper.text.count("tên") >= 500


# What people typed


def test_signs_are_printed_as_typed() -> None:
    typed = "S&P 500 & <C>, a<b, &amp; </para> <b>không đậm</b> “ngoặc” – …"
    paper = read(render(document(typed)).pdf)
    assert typed in paper.text
    assert {line.face for line in paper.lines if "S&P" in line.text} == {REGULAR}


def test_every_vietnamese_letter_is_printed() -> None:
    letters = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
    text = " ".join(letters + letters.upper())
    for bold, italic in ((False, False), (True, False), (False, True), (True, True)):
        paper = read(render(document(Paragraph(Role.BODY, (Run(text, bold, italic),)))).pdf)
        assert text in paper.text


def test_a_sign_the_faces_lack_is_named_with_its_place(sample_template: Template) -> None:
    section = replace(sample_template.sections[4], blocks=(Paragraph(Role.BODY, (Text("Đã rà soát ☑ xong"),)),))
    template = replace(sample_template, sections=(*sample_template.sections[:4], section))
    with pytest.raises(Problem, match=r"☑.*U\+2611.*Thể chế.*Đã rà soát") as caught:
        render(resolve(template, SAMPLE))
    assert caught.value.field == section.key


def test_bold_and_italic_runs() -> None:
    runs = (Run("đứng "), Run("đậm ", bold=True), Run("nghiêng ", italic=True), Run("cả hai", bold=True, italic=True))
    paper = read(render(document(Paragraph(Role.BODY, runs))).pdf)
    assert {face.split("+")[-1] for face in paper.faces} == {REGULAR, BOLD, ITALIC, BOLD_ITALIC}


# The whole


def test_an_empty_office_has_a_whole_report(outline_template: Template) -> None:
    paper = read(render(resolve(outline_template, EMPTY)).pdf)
    assert paper.text.count("không phát sinh") >= 9
    assert "./." in paper.text


def test_no_signer_no_recipients_no_addressee(outline_template: Template) -> None:
    facts = replace(EMPTY, addressees=(), recipients=())
    assert "Kính gửi" not in read(render(resolve(outline_template, facts)).pdf).text


def test_a_dated_report_without_number_leaves_room(outline_template: Template) -> None:
    paper = read(render(resolve(outline_template, replace(DRAFT, dated_on=date(2023, 6, 12)))).pdf)
    assert "ngày 12 tháng 6 năm 2023" in paper.text
    assert "DỰ THẢO" in paper.text


def test_two_runs_give_the_same_bytes(sample_template: Template, rendered: Rendered) -> None:
    assert render(resolve(sample_template, SAMPLE)).pdf == rendered.pdf


def test_places_hold_the_text_of_their_sections(sample_template: Template, rendered: Rendered, paper: Paper) -> None:
    resolved = resolve(sample_template, SAMPLE)
    assert {place.section for place in rendered.places} == {section.key for section in resolved.sections}
    for start, key in (
        ("ỦY BAN NHÂN DÂN", "opening"),
        ("a) Cải cách thể chế", "institutions"),
        ("b) Cải cách thủ tục", "procedures"),
        ("- Lĩnh vực Hộ tịch", "procedures"),
        ("Trên đây là", "signature"),
        ("Nguyễn Văn Bền", "signature"),
        ("Phụ lục I", "annex-dossiers"),
    ):
        line = paper.line(start)
        holding = [
            place.section
            for place in rendered.places
            if place.page == line.page and place.top - 1 <= line.baseline - 5 and line.baseline <= place.bottom + 1
        ]
        assert holding == [key]
