"""Kinds of values: typed text and cells of files, through the real descriptions; every sentence that refuses one."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from app.problems import Problem
from app.registers import kinds
from app.registers.budget import ALLOCATIONS, ENTRIES
from app.registers.catalogue import REGISTERS
from app.registers.description import Field
from app.registers.documents import DOCUMENTS
from app.registers.dossiers import DOSSIERS
from app.registers.kinds import Context, KindName, Option
from app.registers.procedures import PROCEDURES

OPTIONS = {
    "procedures": [
        Option(1, "Đăng ký khai sinh", "1.001"),
        Option(2, "Đăng ký khai tử", "1.002"),
        Option(3, "Hòa giải", "1.003"),
        Option(4, "Hoà giải ", "1.004"),
    ],
    "people": [Option(1, "Trần Thị Mẫu"), Option(2, "Trần Thị Mâu")],
}
CONTEXT = Context(date(2023, 6, 12), OPTIONS)
FIELDS = {
    **{key: DOSSIERS.by_key[key] for key in ("received_on", "received_at", "quantity", "applicant", "note", "channel")},
    **{key: DOSSIERS.by_key[key] for key in ("procedure_id", "officer_id", "phone", "due_on", "outcome")},
    "amount": ENTRIES.by_key["amount"],
    "cumulative": ENTRIES.by_key["cumulative"],
    "allocation": ALLOCATIONS.by_key["amount"],
    "year": ENTRIES.by_key["year"],
    "in_report": DOCUMENTS.by_key["in_report"],
    "limit_unit": PROCEDURES.by_key["limit_unit"],
}


@pytest.mark.parametrize(
    ("key", "typed", "value"),
    [
        ("received_on", "12/6", date(2023, 6, 12)),
        ("received_on", "03/04/2023", date(2023, 4, 3)),
        ("received_on", "h", date(2023, 6, 12)),
        ("received_at", "942", time(9, 42)),
        ("quantity", "1.129", 1129),
        ("year", "2023", 2023),
        ("amount", "18,6tr", 18_600_000),
        ("allocation", "-750.000", -750_000),
        ("applicant", "Nguye\u0302\u0303n  Văn\u00a0Thử ", "Nguyễn Văn Thử"),
        ("note", " một \n\n hai \n", "một\n\nhai"),
        ("channel", "TRỰC TUYẾN toàn trình", "online"),
        ("channel", "truc tuyen", "online"),
        ("limit_unit", "Trong ngày", "same_day"),
        ("procedure_id", "1.002", 2),
        ("procedure_id", "Đăng ký khai sinh", 1),
        ("procedure_id", "1.002 Đăng ký khai tử", 2),
        ("officer_id", "trần thị mâu", 2),
        ("in_report", "x", True),
        ("in_report", "không", False),
        ("in_report", "", False),
        ("phone", "", None),
        ("due_on", "  ", None),
    ],
)
def test_typed_text(key: str, typed: str, value: Any) -> None:
    assert FIELDS[key].parse(typed, CONTEXT) == value


@pytest.mark.parametrize(
    ("key", "typed", "sentence"),
    [
        ("applicant", "", "Cần nhập người nộp"),
        ("received_on", "", "Cần nhập ngày nhận"),
        ("received_on", "13/6/2023", "Ngày nhận sau hôm nay"),
        ("received_on", "31/4", "Tháng 4/2023 có 30 ngày"),
        ("quantity", "0", "Số lượng phải từ 1 trở lên"),
        ("quantity", "hai", "Cần số nguyên, như 1.129"),
        ("cumulative", "-5", "Số tiền không được âm"),
        ("amount", "12.34", "Không đọc được số tiền “12.34”"),
        ("phone", "0" * 31, "Nhiều nhất 30 ký tự, đang có 31"),
        ("channel", "bồ câu", "Nhận qua: chỉ nhận Trực tiếp, Trực tuyến, Bưu chính"),
        ("procedure_id", "Nuôi ong", "Thủ tục: “Nuôi ong” không có trong danh mục"),
        ("officer_id", "Tran Thi Mau", "Người giải quyết: “Tran Thi Mau” không có trong danh mục"),
        ("in_report", "hả", "Nêu trong báo cáo CCHC: ghi “x” hoặc để trống"),
    ],
)
def test_typed_text_that_is_refused(key: str, typed: str, sentence: str) -> None:
    with pytest.raises(Problem) as told:
        FIELDS[key].parse(typed, CONTEXT)
    assert told.value.sentence.startswith(sentence)
    assert told.value.field == FIELDS[key].key


def test_length_counts_after_composing() -> None:
    """Thirty letters typed as base and mark are sixty signs before they are composed."""
    assert len(FIELDS["phone"].parse("e\u0301" * 30, CONTEXT)) == 30


@pytest.mark.parametrize(
    ("key", "cell", "value"),
    [
        ("received_on", datetime(2023, 6, 5, 10, 30), date(2023, 6, 5)),
        ("received_on", date(2023, 6, 5), date(2023, 6, 5)),
        ("received_on", "05/06/2023", date(2023, 6, 5)),
        ("received_at", datetime(2023, 6, 5, 10, 30, 5, 7), time(10, 30, 5)),
        ("received_at", time(10, 30), time(10, 30)),
        ("received_at", timedelta(hours=10, minutes=30), time(10, 30)),
        ("received_at", 0.4375, time(10, 30)),
        ("quantity", 3.0, 3),
        ("quantity", 3, 3),
        ("amount", 8_568_086_260.0, 8_568_086_260),
        ("phone", 912345678.0, "912345678"),
        ("phone", 9.5, "9,5"),
        ("note", date(2023, 6, 5), "05/06/2023"),
        ("note", datetime(2023, 6, 5), "05/06/2023"),
        ("channel", "Trực tiếp", "in_person"),
        ("in_report", True, True),
        ("in_report", 0, False),
        ("due_on", None, None),
    ],
)
def test_cells(key: str, cell: kinds.Cell, value: Any) -> None:
    assert kinds.from_cell(FIELDS[key], cell, CONTEXT) == value


@pytest.mark.parametrize(
    ("key", "cell", "sentence"),
    [
        ("received_on", 45000, "Ngày nhận: ô ghi số 45000, có thể là ngày 15/03/2023"),
        ("received_on", 90000, "Ngày nhận: không đọc được ngày"),
        ("received_on", True, "Ngày nhận: không đọc được ngày"),
        ("received_at", 10, "Giờ: không đọc được giờ"),
        ("quantity", 2.5, "Số lượng: phải là số nguyên"),
        ("quantity", True, "Số lượng: không phải số"),
        ("quantity", date(2023, 6, 5), "Số lượng: không phải số"),
        ("phone", True, "Điện thoại: không đọc được giá trị này"),
        ("applicant", None, "Cần nhập người nộp"),
        ("quantity", 0.0, "Số lượng phải từ 1 trở lên"),
    ],
)
def test_cells_that_are_refused(key: str, cell: kinds.Cell, sentence: str) -> None:
    with pytest.raises(Problem) as told:
        kinds.from_cell(FIELDS[key], cell, CONTEXT)
    assert (told.value.sentence, told.value.field) == (sentence, FIELDS[key].key)


@pytest.mark.parametrize(
    ("key", "value", "shown"),
    [
        ("received_on", date(2023, 6, 5), "05/06/2023"),
        ("received_at", time(9, 5), "09:05"),
        ("quantity", 1129, "1.129"),
        ("year", 2023, "2023"),
        ("amount", 8_568_086_260, "8.568.086.260"),
        ("channel", "online", "Trực tuyến"),
        ("procedure_id", 1, "1.001  Đăng ký khai sinh"),
        ("in_report", True, "x"),
        ("note", None, ""),
        ("officer_id", 99, ""),
    ],
)
def test_shown_and_read_back(key: str, value: Any, shown: str) -> None:
    assert FIELDS[key].format(value, CONTEXT) == shown
    if shown and key != "officer_id":
        assert FIELDS[key].parse(shown, CONTEXT) == value
        cell = kinds.to_cell(FIELDS[key], value, CONTEXT)
        assert kinds.from_cell(FIELDS[key], cell, CONTEXT) == value


def test_an_unknown_kind_fails_when_the_description_is_made() -> None:
    with pytest.raises(AssertionError):
        Field(None, "Nhãn", "Lời giải thích.", key="x", kind="colour")  # type: ignore[arg-type]


@pytest.mark.parametrize("register", REGISTERS.values(), ids=REGISTERS)
def test_every_choice_is_read_by_each_of_its_words(register: Any) -> None:
    for field in register.fields:
        for option in field.choices:
            for word in (option.name, option.code, *option.synonyms):
                assert not word or field.parse(word, CONTEXT) == option.value
        assert field.kind is not KindName.REFERENCE or field.reference
