"""Numbers, money, dates and times: what is typed, what is written, and that the two agree."""

import subprocess
import sys
from collections.abc import Callable
from datetime import date, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import formats
from app.problems import Problem

TODAY = date(2023, 6, 12)
amounts = st.integers(-formats.LARGEST, formats.LARGEST)
days = st.dates(date(formats.FIRST_YEAR, 1, 1), date(formats.LAST_YEAR, 12, 31))


def sentence_of(parse: Callable[[], object]) -> str:
    with pytest.raises(Problem) as caught:
        parse()
    return caught.value.sentence


# --- numbers and money


def test_whole_numbers() -> None:
    written = " ".join(formats.format_integer(number) for number in (0, 7, 1129, 10**9, -1129))
    assert written == "0 7 1.129 1.000.000.000 −1.129"
    assert [formats.format_count(n) for n in (0, 1, 9, 10, 1455)] == ["0", "01", "09", "10", "1.455"]
    assert formats.format_money(8_568_086_260) == "8.568.086.260"


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("8.568.086.260", 8_568_086_260),
        ("8568086260", 8_568_086_260),
        ("1 234 567", 1_234_567),
        ("1\u00a0234\u00a0567", 1_234_567),
        (" 250.000 đồng ", 250_000),
        ("250.000đ", 250_000),
        ("250.000 VNĐ", 250_000),
        ("18,6tr", 18_600_000),
        ("18,6 triệu đồng", 18_600_000),
        ("1,2 tỷ", 1_200_000_000),
        ("1,2 tỉ", 1_200_000_000),
        ("1.200 tỷ", 1_200_000_000_000),
        ("250k", 250_000),
        ("250 nghìn", 250_000),
        ("0,0005tr", 500),
        ("5,00", 5),
        ("0", 0),
        ("-0", 0),
        ("007", 7),
    ],
)
def test_money_as_typed(typed: str, amount: int) -> None:
    assert formats.parse_money(typed) == amount


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "12.34",
        "1.234.5",
        "1,234.567",
        "0.123",
        "1.234 567",
        "12,",
        ",5",
        "1e5",
        "NaN",
        "1_000",
        "１２",
        "tr",
        "1 tỷ 2",
    ],
)
def test_money_that_is_not_guessed(typed: str) -> None:
    assert sentence_of(lambda: formats.parse_money(typed)).startswith("Không đọc được số tiền")


def test_money_is_whole_and_bounded() -> None:
    assert "đồng" in sentence_of(lambda: formats.parse_money("1,5"))
    assert "đồng" in sentence_of(lambda: formats.parse_money("1,2345k"))
    assert "đồng" in sentence_of(lambda: formats.parse_money("1,00000000000000000000000000000000000001 tỷ"))
    assert sentence_of(lambda: formats.parse_money("1" * 16)) == "Số tiền quá lớn: nhiều nhất 15 chữ số"
    assert "quá lớn" in sentence_of(lambda: formats.parse_money("9" * 9000))
    assert "quá lớn" in sentence_of(lambda: formats.parse_integer("9" * 9000))


def test_negative_only_where_allowed() -> None:
    assert sentence_of(lambda: formats.parse_money("-750.000")) == "Số tiền không được âm"
    assert sentence_of(lambda: formats.parse_integer("−3")) == "Số này không được âm"
    for typed in ("-750.000", "−750.000", "– 750k"):
        assert formats.parse_money(typed, allow_negative=True) == -750_000


@pytest.mark.parametrize("typed", ["", "1,5", "12.34", "ba", "1 12", "5 hồ sơ"])
def test_numbers_that_are_not_whole(typed: str) -> None:
    assert sentence_of(lambda: formats.parse_integer(typed)) == "Cần số nguyên, như 1.129"


@given(amounts)
def test_what_is_written_is_read_back(number: int) -> None:
    assert formats.parse_integer(formats.format_integer(number), allow_negative=True) == number
    assert formats.parse_integer(formats.format_count(number), allow_negative=True) == number
    assert formats.parse_money(formats.format_money(number), allow_negative=True) == number
    assert formats.parse_money(f"{formats.format_money(number)} đồng", allow_negative=True) == number


@given(st.text())
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    for parse in (
        formats.parse_money,
        formats.parse_integer,
        formats.parse_time,
        lambda t: formats.parse_date(t, TODAY),
    ):
        try:
            parse(text)
        except Problem as problem:
            assert problem.sentence


# --- ratios


@pytest.mark.parametrize(
    ("numerator", "denominator", "text"),
    [
        (8_568_086_260, 11_243_000_000, "76,21%"),
        (1441, 1455, "99,04%"),
        (1322, 1455, "90,86%"),
        (1, 800, "0,13%"),  # 0,125 half up; half to even would say 0,12
        (25, 800, "3,13%"),
        (0, 5, "0,00%"),
        (3, 3, "100,00%"),
        (12_345, 100, "12.345,00%"),
        (-1, 800, "−0,13%"),
        (5, 0, "–"),
    ],
)
def test_ratios_two_decimals_half_up(numerator: int, denominator: int, text: str) -> None:
    assert formats.format_ratio(numerator, denominator) == text


def test_ratio_is_a_decimal_with_two_places() -> None:
    assert str(formats.ratio(1436, 1436)) == "100.00"
    assert str(formats.ratio(0, 7)) == "0.00"
    assert formats.ratio(1, 0) is None
    assert formats.format_percent(Decimal("0.125")) == "0,13%"
    assert formats.format_percent(Decimal("3.125")) == "3,13%"
    assert formats.format_percent(Decimal("44.65"), 1) == "44,7%"


@given(st.integers(-(10**15), 10**15), st.integers(1, 10**15))
def test_ratio_is_nearest_and_never_a_float(numerator: int, denominator: int) -> None:
    value = formats.ratio(numerator, denominator)
    assert value is not None
    assert value.as_tuple().exponent == -2
    assert abs(2 * (int(value.scaleb(2)) * denominator - numerator * 10_000)) <= denominator
    assert formats.ratio(-numerator, -denominator) == value


# --- dates


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("12", TODAY),
        ("5", date(2023, 6, 5)),
        ("12/6", TODAY),
        ("1/2", date(2023, 2, 1)),
        ("12/6/23", TODAY),
        ("12/6/2023", TODAY),
        ("12/06/2023", TODAY),
        ("12-6-2023", TODAY),
        ("12.6.2023", TODAY),
        ("12 6 2023", TODAY),
        ("12 / 6 / 2023", TODAY),
        ("1206", TODAY),
        ("120623", TODAY),
        ("12062023", TODAY),
        ("2023-06-12", TODAY),
        ("h", TODAY),
        ("H", TODAY),
        ("hôm nay", TODAY),
        ("ngày 12 tháng 6 năm 2023", TODAY),
        ("03/04/2023", date(2023, 4, 3)),  # day first, always
        ("03/04/24", date(2024, 4, 3)),  # never 0024
        ("29/2/2024", date(2024, 2, 29)),
        ("17/10/2005", date(2005, 10, 17)),
    ],
)
def test_dates_as_typed(typed: str, day: date) -> None:
    assert formats.parse_date(typed, TODAY) == day


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("30/2/2023", "Tháng 2/2023 có 28 ngày"),
        ("30/2/2024", "Tháng 2/2024 có 29 ngày"),
        ("31", "Tháng 6/2023 có 30 ngày"),
        ("32/1", "Tháng 1/2023 có 31 ngày"),
        ("0/6", "Ngày trong tháng tính từ 01"),
        ("6/13/2023", "Không có tháng 13: gõ ngày trước, tháng sau"),
        ("20230612", "Năm 0612 không đúng: cần từ 1900 đến 2100"),
        ("12/6/0024", "Năm 0024 không đúng: cần từ 1900 đến 2100"),
        ("12/6/203", "Năm 203 không đúng: cần từ 1900 đến 2100"),
        ("12/6/20233", "Năm 20233 không đúng: cần từ 1900 đến 2100"),
    ],
)
def test_dates_that_do_not_exist(typed: str, sentence: str) -> None:
    assert sentence_of(lambda: formats.parse_date(typed, TODAY)) == sentence


@pytest.mark.parametrize("typed", ["", "123", "12062", "12/6/", "mai", "12/6/2023 08:00", "2023/06/12", "１２/6"])
def test_dates_that_are_not_guessed(typed: str) -> None:
    assert sentence_of(lambda: formats.parse_date(typed, TODAY)).startswith("Không đọc được ngày")


def test_days_after_today() -> None:
    assert formats.parse_date("13", TODAY) == date(2023, 6, 13)
    refused = sentence_of(lambda: formats.parse_date("13", TODAY, allow_future=False, name="Ngày nhận"))
    assert refused == "Ngày nhận sau hôm nay"
    assert formats.parse_date("h", TODAY, allow_future=False) == TODAY


def test_dates_as_written() -> None:
    june, february, march = TODAY, date(2023, 2, 5), date(2023, 3, 3)
    assert [formats.format_date(day) for day in (june, february)] == ["12/06/2023", "05/02/2023"]
    assert formats.format_short_date(june) == "12/06"
    assert [formats.format_prose_date(d) for d in (june, february, march)] == ["12/6/2023", "05/02/2023", "03/3/2023"]
    assert formats.format_long_date(june) == "ngày 12 tháng 6 năm 2023"
    assert formats.format_long_date(february) == "ngày 05 tháng 02 năm 2023"
    assert formats.format_long_date(date(2022, 12, 31)) == "ngày 31 tháng 12 năm 2022"
    assert formats.format_weekday(june) == "Thứ Hai"
    assert formats.format_weekday(date(2023, 6, 18)) == "Chủ nhật"


@given(days, days)
def test_written_dates_are_read_back(day: date, today: date) -> None:
    for write in (formats.format_date, formats.format_prose_date, formats.format_long_date, date.isoformat):
        assert formats.parse_date(write(day), today) == day
    assert formats.parse_date(f"{day.day:02}{day.month:02}{day.year}", today) == day
    assert formats.parse_date(formats.format_short_date(today), today) == today


# --- times


@pytest.mark.parametrize("typed", ["942", "0942", "9h42", "9 giờ 42", "9:42", "09:42", "9g42"])
def test_times_as_typed(typed: str) -> None:
    assert formats.parse_time(typed) == time(9, 42)


def test_hours_alone_and_times_refused() -> None:
    assert formats.parse_time("9") == formats.parse_time("9h") == formats.parse_time("9 giờ") == time(9)
    for typed in ("24:00", "9h60", "2561"):
        assert sentence_of(lambda typed=typed: formats.parse_time(typed)) == "Giờ từ 00:00 đến 23:59"
    for typed in ("", "sáng", "9:4:2", "12345"):
        assert sentence_of(lambda typed=typed: formats.parse_time(typed)).startswith("Không đọc được giờ")


@given(st.times().map(lambda moment: moment.replace(second=0, microsecond=0)))
def test_written_times_are_read_back(moment: time) -> None:
    assert formats.parse_time(formats.format_time(moment)) == moment


def test_babel_waits_until_a_number_is_written() -> None:
    code = "import sys, app.formats; sys.exit(any(name.startswith('babel') for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
