from datetime import date

from app.reports.blocks import Annex, AnnexKind, Paragraph, Role, Section, Template, Text
from app.reports.numbering import annex_labels, number_sections, outline


def paragraphs(*roles: Role) -> tuple[Paragraph[Text], ...]:
    return tuple(Paragraph(role, (Text("chữ"),)) for role in roles)


def numbers(*roles: Role) -> list[str]:
    (section,) = number_sections([Section("a", "A", paragraphs(*roles))])
    return [block.number for block in section.blocks]


def test_parts_are_roman_titles_arabic_and_points_letters() -> None:
    assert numbers(Role.PART, Role.TITLE, Role.BODY, Role.POINT, Role.POINT, Role.TITLE, Role.POINT, Role.PART) == [
        *("I.", "1.", "", "a)", "b)", "2.", "a)", "II.")
    ]


def test_points_follow_the_vietnamese_alphabet() -> None:
    assert numbers(*[Role.POINT] * 11) == [f"{letter})" for letter in "abcdđeghikl"]


def test_sentences_count_with_titles_and_start_again_in_each_part() -> None:
    assert numbers(Role.PART, Role.TITLE, Role.SENTENCE, Role.PART, Role.SENTENCE) == ["I.", "1.", "2.", "II.", "1."]


def test_numbers_go_on_over_sections() -> None:
    sections = [Section("a", "A", paragraphs(Role.PART)), Section("b", "B", paragraphs(Role.PART))]
    assert [section.blocks[0].number for section in number_sections(sections)] == ["I.", "II."]


def test_a_single_annex_has_no_number() -> None:
    one = Section("one", "Hồ sơ", (Annex(AnnexKind.DOSSIERS, ()),))
    two = Section("two", "Ngân sách", (Annex(AnnexKind.BUDGET, ()),))
    assert annex_labels([one]) == {"one": "Phụ lục"}
    assert annex_labels([one, two]) == {"one": "Phụ lục I", "two": "Phụ lục II"}


def test_the_list_of_sections_is_that_of_the_picture(outline_template: Template) -> None:
    """ui/14-bao-cao-ban-dau.png."""
    entries = outline(outline_template.sections)
    assert [(entry.level, entry.text) for entry in entries] == [
        (0, "Phần đầu và mở đầu"),
        (0, "I. Kết quả thực hiện"),
        (1, "1. Chỉ đạo, điều hành"),
        (1, "2. Kết quả từng lĩnh vực"),
        (2, "a) Thể chế"),
        (2, "b) Cải cách TTHC"),
        (2, "c) Tổ chức bộ máy"),
        (2, "d) Chế độ công vụ"),
        (2, "đ) Tài chính công"),
        (2, "e) Chính quyền số"),
        (0, "II. Đánh giá chung"),
        (1, "1. Mặt được"),
        (1, "2. Tồn tại, hạn chế"),
        (0, "III. Phương hướng"),
        (0, "Chữ ký, nơi nhận"),
        (0, "Phụ lục I. Hồ sơ"),
        (0, "Phụ lục II. Ngân sách"),
    ]
    assert outline_template.valid_from <= date(2023, 6, 10)
