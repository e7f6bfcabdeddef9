"""Workbooks as offices have them, for the import in tests and pictures."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import xlsxwriter

HEADINGS = (
    *("STT", "Mã hồ sơ TTHC", "Tên người nộp", "Địa chỉ thường trú", "Tên thủ tục", "Ngày tiếp nhận", "Ngày hẹn trả"),
    *("Hình thức", "Tình trạng", "SL", "Nơi để"),
)
FIRST = 5  # Excel's number of the first row below the headings of `one_stop`
_PEOPLE = ("Nguyễn Văn Ví Dụ", "Trần Thị Minh Họa", "Lê Văn Thử", "Phạm Thị Giả Định", "Đỗ Thị Làm Mẫu")
_PLACES = ("Thôn Thử Nghiệm", "Thôn Làm Mẫu", "Thôn Minh Họa")
_PROCEDURES = ("Đăng ký kết hôn", "Đăng ký khai tử", "Chứng thực di chúc", "Đăng ký giám hộ")
_WAYS = ("Trực tuyến toàn trình", "Dịch vụ công một phần", "Tại quầy tiếp dân")
# Rows from 0, column by its letter: what is wrong with each row of the picture.
FAULTS: Mapping[int, tuple[str, Any]] = {
    9: ("F", "31/02/2023"),
    82: ("E", "Khai sinh nhanh"),
    137: ("C", None),
    138: ("J", -2),
    261: ("F", "11/05/2032"),
    296: ("B", "230512-0001"),
    413: ("J", "hai"),
    525: ("F", 45000),
    606: ("F", "22.5"),
    697: ("E", None),
    810: ("J", 1.5),
    1015: ("F", "31/06/2023"),
}
_KNOWN = {20: "NB-2022-0001", 21: "NB-2022-0002", 22: "NB-2022-0003"}


def write_book(path: Path, sheets: Mapping[str, Sequence[Sequence[Any]]]) -> Path:
    """Writes rows to an xlsx: dates as days, everything else as it is."""
    book = xlsxwriter.Workbook(path)
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for title, lines in sheets.items():
        sheet = book.add_worksheet(title)
        for number, line in enumerate(lines):
            for column, cell in enumerate(line):
                if isinstance(cell, date):
                    sheet.write_datetime(number, column, datetime(cell.year, cell.month, cell.day), day)
                elif cell is not None:
                    sheet.write(number, column, cell)
    book.close()
    return path


def one_stop(path: Path, count: int = 1204, *, faults: Mapping[int, tuple[str, Any]] = FAULTS) -> Path:
    """The register of a one-stop counter for May 2023, headings in row 4, under titles."""
    rows: list[list[Any]] = [["UBND xã Nam Trung"], ["SỔ THEO DÕI HỒ SƠ THÁNG 5 NĂM 2023"], [], list(HEADINGS)]
    for number in range(count):
        rows.append(_row(number))
        if number in faults:
            letter, cell = faults[number]
            rows[-1][ord(letter) - ord("A")] = cell
    return write_book(path, {"Tháng 5": rows})


def _row(number: int) -> list[Any]:
    received = date(2023, 5, 2) + timedelta(days=number % 28)
    way = _WAYS[0] if number % 12 < 7 else _WAYS[1] if number % 12 < 11 else _WAYS[2]
    return [
        number + 1,
        _KNOWN.get(number, f"H23.56.21-{received:%y%m%d}-{number + 1:04d}"),
        _PEOPLE[number % len(_PEOPLE)],
        _PLACES[number % len(_PLACES)],
        _PROCEDURES[number % len(_PROCEDURES)],
        received,
        received + timedelta(days=7),
        way,
        "Đang xử lý",
        1,
        "tủ số 2" if number % 3 == 1 else None,
    ]
