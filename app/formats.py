"""Numbers, money, dates and times as people of the office write and type them.

`format_*` makes text, `parse_*` reads typed text and raises Problem with a sentence that says what is wrong; parsing
what was formatted gives the same value. Numbers are written by Babel, loaded when first used. Reading is stricter than
Babel's (which takes 12.34 as 1234), and a date is always read day first, whatever the PC's settings.
"""

import re
from calendar import monthrange
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal

from app.problems import Problem
from app.vietnamese import clean, fold

LOCALE = "vi"
NO_RATIO = "–"
LARGEST = 10**15 - 1  # đồng or pieces: sums of nine thousand such amounts still fit SQLite's 64 bits
FIRST_YEAR, LAST_YEAR = 1900, 2100

# --- whole numbers and money -----------------------------------------------------------------------------------------

_SIGNED = r"(?P<sign>[-−–]?) ?(?P<whole>[1-9]\d{0,2}(?:\.\d{3})+|[1-9]\d{0,2}(?: \d{3})+|\d+)"
_INTEGER = re.compile(_SIGNED, re.ASCII)
_MONEY = re.compile(_SIGNED + r"(?:,(?P<part>\d+))? ?(?P<unit>k|nghin|ngan|tr|trieu|t[yi])? ?(?:d|dong|vnd)?", re.ASCII)
_POWERS = {None: 0, "k": 3, "nghin": 3, "ngan": 3, "tr": 6, "trieu": 6, "ty": 9, "ti": 9}  # of ten


def format_integer(number: int) -> str:
    """1.129; below zero −1.129."""
    from babel.numbers import format_decimal

    return format_decimal(number, locale=LOCALE).replace("-", "−")


def format_count(number: int) -> str:
    """A count in running text: 1-9 as 01-09 ("02 Chỉ thị"), others as `format_integer`."""
    return f"{number:02}" if 0 < number < 10 else format_integer(number)


def format_money(amount: int) -> str:
    """Whole đồng without the unit: 8.568.086.260."""
    return format_integer(amount)


def parse_integer(text: str, *, allow_negative: bool = False) -> int:
    """Reads "1.129", "1 129" or "1129"."""
    found = _INTEGER.fullmatch(clean(text))
    if not found:
        raise Problem("Cần số nguyên, như 1.129")
    return _signed(found["sign"], found["whole"], "Số này", allow_negative)


def parse_money(text: str, *, allow_negative: bool = False) -> int:
    """Reads whole đồng: "8.568.086.260", "1 234 567", "18,6tr", "1,2 tỷ", "250k", each also with "đồng" or "đ"."""
    found = _MONEY.fullmatch(fold(text))
    if not found:
        raise Problem(f"Không đọc được số tiền “{clean(text)}”: gõ như 8.568.086.260, 18,6tr, 1,2 tỷ hoặc 250k")
    power = _POWERS[found["unit"]]
    part = (found["part"] or "").rstrip("0")
    if len(part) > power:
        raise Problem("Số tiền tính đến đồng, không có số lẻ của đồng")
    return _signed(found["sign"], found["whole"] + part.ljust(power, "0"), "Số tiền", allow_negative)


def _signed(sign: str, digits: str, name: str, allow_negative: bool) -> int:
    digits = re.sub("[. ]", "", digits).lstrip("0") or "0"
    if len(digits) > len(str(LARGEST)):
        raise Problem(f"{name} quá lớn: nhiều nhất {len(str(LARGEST))} chữ số")
    if not sign:
        return int(digits)
    if digits != "0" and not allow_negative:
        raise Problem(f"{name} không được âm")
    return -int(digits)


# --- ratios ----------------------------------------------------------------------------------------------------------


def ratio(numerator: int, denominator: int) -> Decimal | None:
    """Per cent with two decimals, half up, from whole operands (DECREE30, Writing numbers); None without a base."""
    if denominator == 0:
        return None
    hundredths, rest = divmod(abs(numerator) * 10_000, abs(denominator))
    hundredths += 2 * rest >= abs(denominator)
    return Decimal(hundredths if (numerator < 0) == (denominator < 0) else -hundredths).scaleb(-2)


def format_percent(value: Decimal, decimals: int = 2) -> str:
    """Per cent, half up: 76,21%; with one decimal 44,7%."""
    from babel.numbers import format_decimal

    rounded = value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return format_decimal(rounded, f"#,##0.{'0' * decimals}", locale=LOCALE).replace("-", "−") + "%"


def format_ratio(numerator: int, denominator: int) -> str:
    """ "76,21%", or "–" without a base."""
    value = ratio(numerator, denominator)
    return NO_RATIO if value is None else format_percent(value)


# --- dates -----------------------------------------------------------------------------------------------------------

_WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
_GAP = "(?: ?[/.-] ?| )"
_DATE = re.compile(
    rf"(?P<day1>\d\d?)(?:{_GAP}(?P<month1>\d\d?)(?:{_GAP}(?P<year1>\d+))?)?"  # 12, 12/6, 12-6-23, 12.6.2023
    r"|(?P<day2>\d\d)(?P<month2>\d\d)(?P<year2>\d\d|\d{4})?"  # 1206, 120623, 12062023
    r"|(?P<year3>\d{4})-(?P<month3>\d\d?)-(?P<day3>\d\d?)"  # 2023-06-12
    r"|(?:ngay )?(?P<day4>\d\d?) thang (?P<month4>\d\d?)(?: nam (?P<year4>\d+))?",
    re.ASCII,
)


def format_date(day: date) -> str:
    """12/06/2023, in fields and tables."""
    return f"{day.day:02}/{day.month:02}/{day.year:04}"


def format_short_date(day: date) -> str:
    """12/06, in narrow columns of the running year."""
    return f"{day.day:02}/{day.month:02}"


def format_prose_date(day: date) -> str:
    """12/6/2023, 05/02/2023 in sentences: two digits for days, and for months 1 and 2 only (Nghị định 30/2020)."""
    return f"{day.day:02}/{_prose_month(day)}/{day.year:04}"


def format_long_date(day: date) -> str:
    """ "ngày 05 tháng 02 năm 2023", as the date of a document (Nghị định 30/2020, Phụ lục I)."""
    return f"ngày {day.day:02} tháng {_prose_month(day)} năm {day.year:04}"


def _prose_month(day: date) -> str:
    return f"{day.month:02}" if day.month < 3 else str(day.month)


def format_weekday(day: date) -> str:
    """ "Thứ Hai" ... "Chủ nhật"."""
    return _WEEKDAYS[day.weekday()]


def parse_date(text: str, today: date, *, allow_future: bool = True, name: str = "Ngày") -> date:
    """Reads a typed date, always day first: 12 (of this month), 12/6 (of this year), 12/6/23, 12062023, 120623,
    12-6-2023, 12.6.2023, 2023-06-12, "ngày 12 tháng 6 năm 2023", h (today). Two digits of a year are of 2000-2099.

    `name` begins the sentence about a day after `today` where the field allows none ("Ngày nhận sau hôm nay").
    """
    typed = fold(text)
    if typed in ("h", "hom nay"):
        return today
    found = _DATE.fullmatch(typed)
    if not found:
        raise Problem(f"Không đọc được ngày “{clean(text)}”: gõ 12, 12/6, 12/6/2023 hoặc h (hôm nay)")
    parts = {name.rstrip("1234"): digits for name, digits in found.groupdict().items() if digits}
    year = _year(parts["year"]) if "year" in parts else today.year
    read = _real_date(int(parts["day"]), int(parts.get("month", today.month)), year)
    if read > today and not allow_future:
        raise Problem(f"{name} sau hôm nay")
    return read


def _year(digits: str) -> int:
    year = int(digits) + (2000 if len(digits) == 2 else 0)
    if len(digits) not in (2, 4) or not FIRST_YEAR <= year <= LAST_YEAR:
        raise Problem(f"Năm {digits} không đúng: cần từ {FIRST_YEAR} đến {LAST_YEAR}")
    return year


def _real_date(day: int, month: int, year: int) -> date:
    if not 1 <= month <= 12:
        raise Problem(f"Không có tháng {month}: gõ ngày trước, tháng sau")
    length = monthrange(year, month)[1]
    if day > length:
        raise Problem(f"Tháng {month}/{year} có {length} ngày")
    if day < 1:
        raise Problem("Ngày trong tháng tính từ 01")
    return date(year, month, day)


# --- times -----------------------------------------------------------------------------------------------------------

_TIME = re.compile(r"(\d\d?)(?: ?(?:[:hg.]|gio) ?(\d\d?)?|(\d\d))?", re.ASCII)


def format_time(moment: time | datetime) -> str:
    """09:42."""
    return f"{moment.hour:02}:{moment.minute:02}"


def parse_time(text: str) -> time:
    """Reads 9, 942, 0942, 9h, 9h42, 9 giờ 42, 09:42."""
    found = _TIME.fullmatch(fold(text))
    if not found:
        raise Problem(f"Không đọc được giờ “{clean(text)}”: gõ 9, 942 hoặc 09:42")
    hour, minute = int(found[1]), int(found[2] or found[3] or 0)
    if hour > 23 or minute > 59:
        raise Problem("Giờ từ 00:00 đến 23:59")
    return time(hour, minute)
