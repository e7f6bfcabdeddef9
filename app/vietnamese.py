"""Vietnamese text: cleaning, folding for search, sorting, letters and Roman numbers, amounts in words.

All functions are pure. What people typed is kept as typed, but composed (NFC).
"""

import re
import unicodedata

# Control, format and lone surrogate code points that are no white space for str.split().
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)


def nfc(text: str) -> str:
    """The composed form, in which everything is stored and compared."""
    return unicodedata.normalize("NFC", text)


def clean(text: str) -> str:
    """One line for names, codes and headings: composed, no invisible signs, single ordinary spaces, bare edges."""
    return " ".join(nfc(_INVISIBLE.sub("", text)).split())


def clean_lines(text: str) -> str:
    """Long text: each line cleaned, lines kept (parted by "\\n"), empty lines at both ends dropped."""
    return "\n".join(clean(line) for line in text.splitlines()).strip("\n")


def fold(text: str) -> str:
    """For search: no diacritics, đ as d, lower case, single spaces. "Hoà" and "hòa" fold alike."""
    folded = clean(text).casefold()
    if not folded.isascii():
        apart = unicodedata.normalize("NFD", folded)
        folded = " ".join("".join(sign for sign in apart if not unicodedata.combining(sign)).replace("đ", "d").split())
    return folded


def key(text: str) -> str:
    """For unique names and headings: folded, without the signs people put after a heading ("Ngày nhận: *")."""
    folded = fold(text)
    return folded.strip(" .,:;*") or folded


def matches(query: str, name: str) -> bool:
    """Whether each word of the query stands in the name, or the query is initials of neighbouring words of it.

    Without diacritics: "ks" and "sinh khai" find "Đăng ký khai sinh". An empty query finds everything.
    """
    asked, folded = fold(query), fold(name)
    return all(word in folded for word in asked.split()) or asked.replace(" ", "") in initials(folded)


def initials(text: str) -> str:
    """The first letters of its words, folded: "dkks" of "Đăng ký khai sinh"."""
    return "".join(word[0] for word in re.findall(r"\w+", fold(text)))


# --- sorting ---------------------------------------------------------------------------------------------------------

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_PLACE = {letter: chr(ord("A") + place) for place, letter in enumerate(_ALPHABET)}  # above digits and tones
_SHAPES = "\u0306\u0302\u031b"  # breve, circumflex, horn: they make another letter
_TONE_MARKS = ("", *"\u0300\u0309\u0303\u0301\u0323")
_TONES: dict[str, str] = dict(zip(_TONE_MARKS, '!"#$%&', strict=True))  # below digits and letters


def _syllable_key(syllable: str) -> str:
    """Letters in the order of the alphabet, then the tone: không dấu, huyền, hỏi, ngã, sắc, nặng."""
    letters: list[str] = []
    tone = ""
    for sign in unicodedata.normalize("NFD", syllable):
        if sign in _TONES:
            tone = sign
        elif sign in _SHAPES and letters:
            letters[-1] = nfc(letters[-1] + sign)
        elif not unicodedata.combining(sign):
            letters.append(sign)
    return "".join(_PLACE.get(letter, letter) for letter in letters) + _TONES[tone]


def text_sort_key(text: str) -> str:
    """Sorts syllable by syllable as a Vietnamese dictionary does; as str and as bytes in SQLite (BINARY) alike."""
    return "".join(_syllable_key(syllable) for syllable in clean(text).casefold().split())


def name_sort_key(text: str) -> str:
    """Sorts persons: given name (the last word) first, then family name and middle names."""
    *others, given = clean(text).split() or [""]
    return text_sort_key(" ".join((given, *others)))


# --- numbering -------------------------------------------------------------------------------------------------------

LETTERS = "abcdđeghiklmnopqrstuvxy"


def letter(index: int) -> str:
    """The letter of an item, index from 0: a b c d đ e g ... y (Nghị định 30/2020, Phụ lục I), then aa, ab."""
    if index < 0:
        raise ValueError(index)
    before, place = divmod(index, len(LETTERS))
    return (letter(before - 1) if before else "") + LETTERS[place]


def roman(number: int) -> str:
    """I, II, III, IV ...; ValueError outside 1-3999."""
    if not 1 <= number <= 3999:
        raise ValueError(number)
    written = ""
    for value, signs in (
        *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC")),
        *((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
    ):
        count, number = divmod(number, value)
        written += signs * count
    return written


# --- amounts in words ------------------------------------------------------------------------------------------------

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_BILLION = 10**9


def amount_in_words(amount: int) -> str:
    """A whole number read out, without its unit: 1.005.021 is "một triệu không trăm linh năm nghìn không trăm hai mươi
    mốt". Thousands of tỷ are counted in tỷ: 10^15 is "một triệu tỷ"."""
    if amount < 0:
        return f"âm {amount_in_words(-amount)}"
    return " ".join(_read(amount, leading=True)) or _DIGITS[0]


def _read(amount: int, *, leading: bool) -> list[str]:
    """Words of an amount; one that does not lead says its hundreds even when they are none."""
    billions, rest = divmod(amount, _BILLION)
    words = [*_read(billions, leading=leading), "tỷ"] if billions else []
    for unit, name in ((10**6, ["triệu"]), (10**3, ["nghìn"]), (1, [])):
        group, rest = divmod(rest, unit)
        if group:
            words += _read_group(group, leading=leading and not words) + name
    return words


def _read_group(group: int, *, leading: bool) -> list[str]:
    """Words of 1-999; mốt and tư after mươi, lăm after mười and mươi, linh for an empty ten."""
    hundreds, rest = divmod(group, 100)
    tens, ones = divmod(rest, 10)
    words = [_DIGITS[hundreds], "trăm"] if hundreds or not leading else []
    if tens > 1:
        words += [_DIGITS[tens], "mươi"]
    elif tens == 1:
        words += ["mười"]
    elif ones and words:
        words += ["linh"]
    if ones == 5 and tens:
        words += ["lăm"]
    elif ones == 1 and tens > 1:
        words += ["mốt"]
    elif ones == 4 and tens > 1:
        words += ["tư"]
    elif ones:
        words += [_DIGITS[ones]]
    return words
