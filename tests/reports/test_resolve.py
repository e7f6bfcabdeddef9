import unicodedata
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.periods import Period, PeriodKind
from app.problems import Problem
from app.reports.blocks import (
    EACH,
    Citation,
    CitationForm,
    CitationKind,
    Clause,
    Document,
    FigureRef,
    FilledAnnex,
    FilledHead,
    FilledSignature,
    Form,
    Inline,
    Paragraph,
    PlanList,
    RepeatFields,
    Role,
    Run,
    Section,
    Template,
    TemplateBlock,
    Text,
    When,
    text_of,
)
from app.reports.facts import CitedDocument, Facts, FigureValue, OfficeFacts, SignerFacts
from app.reports.resolve import figure_text, resolve
from tests.reports.sample_facts import DRAFT, EMPTY, SAMPLE, share


def report(*blocks: TemplateBlock) -> Template:
    return Template("t", "T", date(2023, 1, 1), (Section("a", "A", blocks),))


def body(*inlines: Inline) -> Template:
    return report(Paragraph(Role.BODY, inlines))


def words(template: Template, facts: Facts = SAMPLE) -> list[str]:
    """The paragraphs of a resolved report, without the mark at the end."""
    document = resolve(template, facts)
    found = [text_of(block.inlines) for section in document.sections for block in section.blocks if is_text(block)]
    return [text.removesuffix("./.") for text in found]


def is_text(block: object) -> bool:
    return isinstance(block, Paragraph)


def blocks_of(document: Document, kind: type) -> list[object]:
    return [block for section in document.sections for block in section.blocks if isinstance(block, kind)]


# Figures


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (0, Form.COUNT, "không"),
        (1, Form.COUNT, "01"),
        (9, Form.COUNT, "09"),
        (10, Form.COUNT, "10"),
        (1455, Form.COUNT, "1.455"),
        (3, Form.PLAIN, "3"),
        (0, Form.PLAIN, "0"),
        (8_568_086_260, Form.MONEY, "8.568.086.260 đồng"),
    ],
)
def test_counts(value: int, form: Form, text: str) -> None:
    assert figure_text(FigureValue("x", "", value, "hồ sơ"), form, "không") == text


def test_a_ratio_keeps_the_order_of_its_operands() -> None:
    digitised = SAMPLE.figure("dossiers.digitised_share")
    assert figure_text(digitised, Form.RATIO) == "1.441/1.455"
    assert figure_text(digitised, Form.PERCENT) == "99,04%"


def test_a_ratio_without_base_is_a_dash() -> None:
    assert figure_text(EMPTY.figure("dossiers.online_share"), Form.PERCENT) == "–"


def test_the_value_stands_beside_the_text() -> None:
    document = resolve(body(Text("có "), FigureRef("dossiers.total"), Text(" hồ sơ")), SAMPLE)
    (paragraph,) = document.sections[0].blocks
    assert isinstance(paragraph, Paragraph)
    assert paragraph.inlines[1] == Run("1.455", figure=SAMPLE.figure("dossiers.total"))


def test_a_dimension_without_rows_is_nought() -> None:
    assert SAMPLE.figure("dossiers.total", "Thư viện").value == 0
    assert SAMPLE.figure("dossiers.online_share", "Thư viện").value is None


def test_an_unknown_figure_is_a_problem() -> None:
    with pytest.raises(Problem, match=r"dossiers\.lost"):
        resolve(body(FigureRef("dossiers.lost")), SAMPLE)


def test_a_ratio_written_as_a_count_is_a_problem() -> None:
    with pytest.raises(Problem, match="tỷ lệ"):
        resolve(body(FigureRef("dossiers.online_share")), SAMPLE)


@given(st.integers(0, 10**9), st.integers(1, 10**9))
def test_the_printed_percentage_is_that_of_the_printed_operands(part: int, whole: int) -> None:
    figure = replace(share("x", "", *(replace(op, value=v) for op, v in zip(OPERANDS, (part, whole), strict=True))))
    numerator, denominator = (Decimal(side.replace(".", "")) for side in figure_text(figure, Form.RATIO).split("/"))
    printed = Decimal(figure_text(figure, Form.PERCENT).removesuffix("%").replace(".", "").replace(",", "."))
    assert abs(numerator * 100 / denominator - printed) <= Decimal("0.005")


OPERANDS = SAMPLE.figure("dossiers.digitised_share").operands


# Clauses and repetitions


def test_a_clause_is_silent_at_nought() -> None:
    template = body(
        Text("a"),
        Clause("dossiers.late", (Text(" quá hạn"),)),
        Clause("dossiers.late", (Text(" không quá hạn"),), when=When.NONE),
        Clause("dossiers.returned", (Text(" trả lại "), FigureRef("dossiers.returned"))),
    )
    assert words(template) == ["a không quá hạn trả lại 03"]


def test_a_paragraph_that_says_nothing_is_left_out() -> None:
    assert words(body(Clause("dossiers.total", (Text("a"),))), EMPTY) == []


def test_a_repetition_writes_one_item_for_each_field() -> None:
    repeat = RepeatFields(
        (
            FigureRef("dossiers.total", EACH),
            Clause("dossiers.carried_over", (Text(" trước "), FigureRef("dossiers.carried_over", EACH)), EACH),
        )
    )
    assert words(report(repeat)) == ["89 trước 13", "14 trước 02", "1.129", "218 trước 01", "03", "02"]
    assert words(report(repeat), EMPTY) == []


def test_plans_are_listed_with_date_and_subject() -> None:
    plans = (
        CitedDocument("Kế hoạch", "05/KH-UBND", date(2023, 2, 5), "UBND", "Về việc phòng, chống tham nhũng."),
        CitedDocument("Kế hoạch", "18/KH-UBND", date(2023, 3, 3), "UBND", "CCHC năm 2023"),
    )
    assert words(report(PlanList()), replace(SAMPLE, plans=plans)) == [
        "Kế hoạch số 05/KH-UBND ngày 05/02/2023 về việc phòng, chống tham nhũng;",
        "Kế hoạch số 18/KH-UBND ngày 03/3/2023 về CCHC năm 2023",
    ]


# Citations and words


@pytest.mark.parametrize(
    ("form", "text"),
    [
        (CitationForm.SHORT, "Thông tư số 02/2017/TT-VPCP"),
        (CitationForm.DATED, "Thông tư số 02/2017/TT-VPCP ngày 31/10/2017"),
        (CitationForm.ISSUED, "Thông tư số 02/2017/TT-VPCP ngày 31/10/2017 của Văn phòng Chính phủ"),
        (CitationForm.FULL, "Thông tư số 02/2017/TT-VPCP ngày 31/10/2017 của Văn phòng Chính phủ"),
    ],
)
def test_citations(form: CitationForm, text: str) -> None:
    assert words(body(Citation(CitationKind.LEGAL_BASIS, "Thông tư 02/2017/TT-VPCP", form))) == [text]


def test_a_document_that_is_not_there_is_a_problem() -> None:
    with pytest.raises(Problem, match="UBND/KH/2023/99"):
        resolve(body(Citation(CitationKind.DOCUMENT, "UBND/KH/2023/99")), SAMPLE)


def test_what_was_typed_decomposed_is_printed_composed() -> None:
    assert words(body(Text(unicodedata.normalize("NFD", "Hiền đồng")))) == ["Hiền đồng"]


def test_pasted_line_ends_and_invisible_signs_are_cleaned() -> None:
    typed = (Text("dòng\nmột\u200b "), Text("\t"), FigureRef("dossiers.returned"), Text("\u2028hồ  sơ"))
    assert words(body(*typed)) == ["dòng một  03 hồ sơ"]  # two inlines, a space of each


def test_the_end_mark_stands_once(sample_template: Template) -> None:
    text = "\n".join(words_with_mark(sample_template))
    assert text.count("./.") == 1
    assert text.endswith("xem xét, chỉ đạo./.")


def words_with_mark(template: Template) -> list[str]:
    document = resolve(template, SAMPLE)
    return [text_of(block.inlines) for section in document.sections for block in section.blocks if is_text(block)]


# The decree's parts


def test_the_head_of_a_numbered_report(sample_template: Template) -> None:
    (head,) = blocks_of(resolve(sample_template, SAMPLE), FilledHead)
    assert head == FilledHead(
        superior="",
        agency=("Ủy ban nhân dân", "xã Nam Trung"),
        number="Số: 71/BC-UBND",
        place_and_date="Nam Trung, ngày 12 tháng 6 năm 2023",
        draft="",
    )


def test_a_draft_leaves_room_and_says_so(sample_template: Template) -> None:
    (head,) = blocks_of(resolve(sample_template, DRAFT), FilledHead)
    assert isinstance(head, FilledHead)
    assert head.number.replace("\u00a0", " ") == "Số:      /BC-UBND"
    assert head.place_and_date.replace("\u00a0", " ") == "Nam Trung, ngày     tháng     năm 2023"
    assert head.draft == "DỰ THẢO"


def test_numbers_below_ten_are_padded_and_keep_their_suffix(sample_template: Template) -> None:
    facts = replace(SAMPLE, number=5, number_suffix="a", dated_on=date(2023, 2, 5))
    (head,) = blocks_of(resolve(sample_template, facts), FilledHead)
    assert isinstance(head, FilledHead)
    assert head.number == "Số: 05a/BC-UBND"
    assert head.place_and_date == "Nam Trung, ngày 05 tháng 02 năm 2023"


@pytest.mark.parametrize(
    ("signer", "authority", "titles"),
    [
        (SignerFacts("A", "Chủ tịch"), True, ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")),
        (SignerFacts("A", "Chủ tịch"), False, ("CHỦ TỊCH",)),
        (
            SignerFacts("A", "Phó Chủ tịch", signed_for="Chủ tịch"),
            True,
            ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
        ),
    ],
)
def test_who_signs(sample_template: Template, signer: SignerFacts, authority: bool, titles: tuple[str, ...]) -> None:
    facts = replace(SAMPLE, signer=signer, office=replace(SAMPLE.office, authority_line=authority))
    (signature,) = blocks_of(resolve(sample_template, facts), FilledSignature)
    assert isinstance(signature, FilledSignature)
    assert signature.titles == titles


def test_recipients_end_with_a_full_stop_once(sample_template: Template) -> None:
    facts = replace(SAMPLE, recipients=("- Như trên;", "Đảng ủy (để báo cáo)", "Lưu: VT."))
    (signature,) = blocks_of(resolve(sample_template, facts), FilledSignature)
    assert isinstance(signature, FilledSignature)
    assert signature.recipients == ("- Như trên;", "- Đảng ủy (để báo cáo);", "- Lưu: VT.")


def test_a_ward_named_by_a_number_takes_a_capital() -> None:
    assert OfficeFacts("phường", "1", "", "").full_name == "Ủy ban nhân dân Phường 1"
    assert OfficeFacts("đặc khu", "Phú Quý", "", "").short_name == "UBND đặc khu Phú Quý"


# Annexes


def annexes(template: Template, facts: Facts) -> tuple[FilledAnnex, FilledAnnex]:
    first, second = blocks_of(resolve(template, facts), FilledAnnex)
    assert isinstance(first, FilledAnnex)
    assert isinstance(second, FilledAnnex)
    return first, second


def test_dossiers_by_field(sample_template: Template) -> None:
    """paper/annex.png."""
    annex, _ = annexes(sample_template, SAMPLE)
    assert annex.label == "Phụ lục I"
    assert ["|".join(cell.text for cell in row.cells) for row in annex.table.rows] == [
        "1|Bảo trợ xã hội|89|48|28|13|78|0|78|0|11|11|0",
        "2|Người có công|14|8|4|2|12|0|12|0|2|2|0",
        "3|Chứng thực|1.129|1.086|43|0|1.129|0|1.129|0|0|0|0",
        "4|Hộ tịch|218|178|39|1|218|18|200|0|0|0|0",
        "5|Phổ biến, giáo dục pháp luật|3|2|1|0|3|0|3|0|0|0|0",
        "6|Đất đai|2|0|2|0|0|0|0|0|2|2|0",
        "|Tổng cộng|1.455|1.322|117|16|1.440|18|1.422|0|15|15|0",
    ]
    assert annex.notes == ("Cột (7) và (9) gồm 03 hồ sơ trả lại và 01 hồ sơ rút.",)


def test_the_heads_of_both_tables_cover_each_column_once(sample_template: Template) -> None:
    for annex in annexes(sample_template, SAMPLE):
        covered = sum(cell.columns * cell.rows for row in annex.table.head for cell in row)
        assert covered == len(annex.table.head) * len(annex.table.align)


def test_budget_lines(sample_template: Template) -> None:
    _, annex = annexes(sample_template, SAMPLE)
    rows = [" ".join(cell.text for cell in row.cells) for row in annex.table.rows]
    assert rows[0] == "I Tổng thu ngân sách 11.243.000.000 8.568.086.260 76,21"
    assert rows[5] == "II Tổng chi ngân sách 11.243.000.000 8.033.228.700 71,45"
    assert rows[8] == "3 Dự phòng 230.000.000 0 0,00"
    assert annex.notes == ("Thu lớn hơn chi: 534.857.560 đồng.",)


def test_tables_of_an_empty_office(outline_template: Template) -> None:
    dossiers, budget = annexes(outline_template, EMPTY)
    assert dossiers.notes == ("Trong kỳ không phát sinh hồ sơ.",)
    assert budget.notes == ("Trong kỳ không phát sinh thu, chi ngân sách.",)


# Whole reports


def test_every_fact_of_the_original_is_there(sample_template: Template) -> None:
    """seed-report.txt, but for the departures of SAMPLE.md."""
    text = "\n".join(words(sample_template))
    for fact in (
        *("Kế hoạch số 124/KH-UBND ngày 31/12/2022", "Thông tư số 02/2017/TT-VPCP ngày 31/10/2017"),
        *("Nghị định số 130/2005/NĐ-CP ngày 17/10/2005 của Chính phủ", "TCVN ISO 9001:2015"),
        *("298 văn bản", "63 quyết định", "02 chỉ thị", "05 thủ tục", "bãi bỏ 01 thủ tục", "140 thủ tục"),
        *("1.441/1.455 hồ sơ, đạt 99,04%", "1.322/1.455 hồ sơ, đạt 90,86%", "Còn 14 hồ sơ"),
        *("8.568.086.260 đồng, đạt 76,21%", "8.033.228.700 đồng, đạt 71,45%", "5.721.585.000 đồng, đạt 95,78%"),
        *("Lũy kế từ 01/01/2023", "bưu chính công ích chưa phát sinh hồ sơ", "5.973.794.000 đồng"),
        *("bàn ghế, máy tính, máy in, tủ hồ sơ", "khiếu nại, kiến nghị", "thanh tra, kiểm toán"),
        *("Quy chế quản lý, sử dụng tài sản công", "Quy chế chi tiêu nội bộ", "tinh giản biên chế"),
        "Lĩnh vực Bảo trợ xã hội: tiếp nhận 89 hồ sơ, trong đó 13 hồ sơ kỳ trước chuyển sang; đã giải quyết 77 hồ sơ,"
        " đúng hạn 77; người nộp rút 01 hồ sơ; đang giải quyết 11 hồ sơ.",
        "Lĩnh vực Hộ tịch: tiếp nhận 218 hồ sơ, trong đó 01 hồ sơ kỳ trước chuyển sang; đã giải quyết 216 hồ sơ,"
        " trước hạn 18, đúng hạn 198; trả lại 02 hồ sơ do không đủ điều kiện giải quyết.",
    ):
        assert fact in text
    assert sum(line.startswith("Kế hoạch số") for line in text.split("\n")) == 11


def test_the_text_of_the_sample_tells_what_comes_late(sample_template: Template) -> None:
    late = {(name, ""): FigureValue(name, "", 2, "") for name in ("dossiers.finished_late", "plans.tasks.overdue")}
    text = "\n".join(words(sample_template, replace(SAMPLE, figures={**SAMPLE.figures, **late})))
    assert "Có 02 hồ sơ xử lý xong khi đã quá hạn. Còn 02 nhiệm vụ theo kế hoạch đã quá hạn. Còn 14 hồ sơ" in text


@pytest.mark.parametrize("stale", ["quý I", "quý II", "0 hồ sơ;", "  ", " ,", " .", "..", ";."])
def test_no_report_holds(stale: str, outline_template: Template, sample_template: Template) -> None:
    for template, facts in ((outline_template, SAMPLE), (outline_template, EMPTY), (sample_template, SAMPLE)):
        assert stale not in "\n".join(words(template, facts))


def test_an_empty_office_says_so_in_every_area(outline_template: Template) -> None:
    document = resolve(outline_template, EMPTY)
    for key in ("steering", "institutions", "procedures", "finance", "digital"):
        (section,) = (each for each in document.sections if each.key == key)
        text = " ".join(text_of(block.inlines) for block in section.blocks if isinstance(block, Paragraph))
        assert "không phát sinh" in text
        assert "–" not in text


@pytest.mark.parametrize("kind", list(PeriodKind))
def test_the_outline_serves_every_period(kind: PeriodKind, outline_template: Template) -> None:
    period = Period(kind, 2026, date(2025, 12, 15), date(2026, 3, 14), date(2026, 1, 1), date(2026, 3, 15))
    document = resolve(outline_template, replace(SAMPLE, period=period))
    assert period.words in document.title
    assert f"Phương hướng, nhiệm vụ {period.next_words}" in words(outline_template, replace(SAMPLE, period=period))


def test_the_title_names_the_file(outline_template: Template) -> None:
    assert resolve(outline_template, SAMPLE).title == (
        "Báo cáo kết quả công tác cải cách hành chính 6 tháng đầu năm 2023"
        " và phương hướng nhiệm vụ 6 tháng cuối năm 2023"
    )
