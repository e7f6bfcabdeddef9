"""Vietnamese text: each line of PITFALLS.md on text and on words, and the properties behind them."""

import sqlite3
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.vietnamese import (
    amount_in_words,
    clean,
    clean_lines,
    fold,
    key,
    letter,
    matches,
    name_sort_key,
    nfc,
    roman,
    text_sort_key,
)

VOWELS = "aăâeêioôơuưy"
SYLLABLE_SIGNS = (
    "".join(nfc(v + tone) for v in VOWELS for tone in ("", *"\u0300\u0309\u0303\u0301\u0323")) + "bcdđghklmn"
)
vietnamese_text = st.text(SYLLABLE_SIGNS + SYLLABLE_SIGNS.upper() + " 0123/-,.", max_size=40)


def decomposed(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def test_composed_at_the_entrance_also_from_half_composed_text() -> None:
    assert nfc("ê\u0323") == "ệ"
    assert clean(decomposed("Nguyễn Thị Điệp")) == "Nguyễn Thị Điệp"


@pytest.mark.parametrize(
    "typed",
    [
        "Hộ tịch ",
        "Hộ\u00a0tịch",
        "\tHộ  tịch\r\n",
        "Hộ \u200btịch\ufeff",
        "Hộ\u2003tịch",
        "Hộ tịc\u00adh",
        "H\u200dộ tịch",
    ],
)
def test_spaces_and_invisible_signs_are_cleaned(typed: str) -> None:
    assert clean(typed) == "Hộ tịch"


def test_long_text_keeps_its_lines() -> None:
    assert clean_lines("\n Một  hai\r\n\r\nba\u00a0bốn\tnăm \x0bsáu\n\n") == "Một hai\n\nba bốn năm\nsáu"


def test_what_was_typed_is_kept_as_typed() -> None:
    assert (clean("hoà"), clean("hòa")) == ("hoà", "hòa")


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text) == nfc(clean(text))
    assert clean_lines(clean_lines(text)) == clean_lines(text)
    clean(text).encode()  # whatever came in can be written to a file


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("duong", "Đường"),
        ("ben", "Bền"),
        ("DANG", "Đặng"),
        ("diep", "Điệp"),
        ("hoà", "hòa"),
        ("uỷ", "ủy"),
        ("ủy", "UỶ"),
    ],
)
def test_search_without_diacritics(query: str, name: str) -> None:
    assert fold(query) == fold(name)
    assert fold(decomposed(query)) == fold(name)


@given(vietnamese_text)
def test_folded_text_is_plain_and_the_same_for_every_spelling(text: str) -> None:
    assert fold(text).isascii()
    assert fold(text) == fold(decomposed(text)) == fold(text.upper()) == fold(fold(text))


@given(st.text())
def test_any_text_folds_once_and_for_all(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_keys_of_names_and_headings() -> None:
    assert key("Hộ tịch ") == key("Hộ\u00a0tịch") == key("HỘ TỊCH")
    assert key("Ngày nhận:") == key("Ngày nhận *") == key("Ngày nhận")
    assert key("Ngày nhận") != key("Ngày trả")
    assert key("...") != ""


@pytest.mark.parametrize("query", ["ks", "dkks", "sinh", "khai sinh", "sinh dang", "Đăng ký", "  ", "KS"])
def test_typed_search_finds_by_words_and_initials(query: str) -> None:
    assert matches(query, "Đăng ký khai sinh")


@pytest.mark.parametrize("query", ["kt", "sk", "khai tử", "kss"])
def test_typed_search_leaves_out_the_rest(query: str) -> None:
    assert not matches(query, "Đăng ký khai sinh")


def test_names_sort_by_given_name_in_the_order_of_the_alphabet() -> None:
    people = ["Trần Thị Đào", "Lê Văn Dần", "Nguyễn Thị Ân", "Phạm Văn Ba"]
    assert sorted(people, key=name_sort_key) == ["Nguyễn Thị Ân", "Phạm Văn Ba", "Lê Văn Dần", "Trần Thị Đào"]


def test_the_same_given_name_sorts_by_family_then_middle_name() -> None:
    people = ["Trần Văn An", "Lê Thị An", "Lê Anh An", "An"]
    assert sorted(people, key=name_sort_key) == ["An", "Lê Anh An", "Lê Thị An", "Trần Văn An"]


def test_letters_then_tones_then_the_next_syllable() -> None:
    expected = "9 a à ả ã á ạ an ay ă ăn â ấn b ba c d dũng đ đa e ê ề g h hoa hòa hoan i ma mà ma-ra o ô ơ u ư ừ y"
    assert " ".join(sorted(sorted(expected.split(" ")), key=text_sort_key)) == expected
    assert sorted(["Hòa An", "Hoa Xuân", "Hoà", "Hoan"], key=text_sort_key) == ["Hoa Xuân", "Hoà", "Hòa An", "Hoan"]


@given(st.lists(vietnamese_text, max_size=12))
def test_sort_keys_sort_alike_in_sqlite(names: list[str]) -> None:
    keys = [name_sort_key(name) for name in names]
    with sqlite3.connect(":memory:") as connection:
        connection.execute("CREATE TABLE names (k TEXT)")
        connection.executemany("INSERT INTO names VALUES (?)", [(k,) for k in keys])
        assert [k for (k,) in connection.execute("SELECT k FROM names ORDER BY k")] == sorted(keys)
    connection.close()


@given(vietnamese_text)
def test_sort_keys_ignore_case_and_composition(name: str) -> None:
    assert name_sort_key(name) == name_sort_key(name.upper()) == name_sort_key(decomposed(name))


def test_letters_of_items_follow_the_vietnamese_alphabet() -> None:
    assert " ".join(letter(index) for index in range(23)) == "a b c d đ e g h i k l m n o p q r s t u v x y"
    assert [letter(index) for index in (23, 24, 45, 46)] == ["aa", "ab", "ay", "ba"]
    with pytest.raises(ValueError, match="-1"):
        letter(-1)


def test_roman_numbers() -> None:
    numbers = (1, 2, 3, 4, 5, 6, 9, 14, 40, 99, 2023)
    assert " ".join(map(roman, numbers)) == "I II III IV V VI IX XIV XL XCIX MMXXIII"
    for outside in (0, -1, 4000):
        with pytest.raises(ValueError, match=str(outside)):
            roman(outside)


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "không"),
        (4, "bốn"),
        (5, "năm"),
        (10, "mười"),
        (11, "mười một"),
        (14, "mười bốn"),
        (15, "mười lăm"),
        (20, "hai mươi"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (25, "hai mươi lăm"),
        (101, "một trăm linh một"),
        (104, "một trăm linh bốn"),
        (105, "một trăm linh năm"),
        (110, "một trăm mười"),
        (115, "một trăm mười lăm"),
        (1_000, "một nghìn"),
        (1_005, "một nghìn không trăm linh năm"),
        (1_015, "một nghìn không trăm mười lăm"),
        (21_000, "hai mươi mốt nghìn"),
        (1_000_005, "một triệu không trăm linh năm"),
        (18_600_000, "mười tám triệu sáu trăm nghìn"),
        (1_005_000_000, "một tỷ không trăm linh năm triệu"),
        (
            8_568_086_260,
            "tám tỷ năm trăm sáu mươi tám triệu không trăm tám mươi sáu nghìn hai trăm sáu mươi",
        ),
        (1_100_000_000_000, "một nghìn một trăm tỷ"),
        (1_050_000_000_007, "một nghìn không trăm năm mươi tỷ không trăm linh bảy"),
        (10**15, "một triệu tỷ"),
        (10**18, "một tỷ tỷ"),
        (-750_000, "âm bảy trăm năm mươi nghìn"),
    ],
)
def test_amounts_in_words(amount: int, words: str) -> None:
    assert amount_in_words(amount) == words


def read_back(words: str) -> int:
    """The amount that words say: an independent reader, right to left over the units of each tỷ."""
    digits = "không một hai ba bốn năm sáu bảy tám chín mốt tư lăm"
    values = dict(zip(digits.split(" "), [*range(10), 1, 4, 5], strict=True))
    if words.startswith("âm "):
        return -read_back(words[3:])
    head, tỷ, tail = words.rpartition(" tỷ")
    if tỷ:
        return read_back(head) * 10**9 + (read_back(tail.strip()) if tail else 0)
    total = group = digit = 0
    for word in words.split():
        if word in values:
            group += values[word]
            digit = values[word]
        elif word == "mười":
            group += 10
        elif word in ("trăm", "mươi"):
            group += digit * ({"trăm": 100, "mươi": 10}[word] - 1)
        elif word in ("triệu", "nghìn"):
            total += group * {"triệu": 10**6, "nghìn": 1000}[word]
            group = 0
    return total + group


@given(st.integers(-(10**17), 10**17))
def test_words_say_the_amount(amount: int) -> None:
    assert read_back(amount_in_words(amount)) == amount
