"""Files in: read by content, apart, within limits."""

import re
import subprocess
import sys
import unicodedata
import zipfile
from datetime import date, datetime, time
from pathlib import Path

import pytest
import xlsxwriter

from app.clock import Clock
from app.models.database import OfficeFile
from app.problems import Problem
from app.registers import office
from app.registers.exchange import reading
from app.registers.exchange.reading import read_workbook
from tests.offices import do


def test_cells_are_read_as_what_they_are_under_excels_own_row_numbers(sheet) -> None:
    path = sheet("so.xlsx", [[], ["Chữ", 5, 5.5, date(2023, 5, 4), time(9, 30), True, datetime(2023, 5, 4, 9, 30)]])
    page = read_workbook(path).sheets[0]
    assert page.row(1) == ()
    assert page.row(2)[:6] == ("Chữ", 5.0, 5.5, date(2023, 5, 4), time(9, 30), True)
    assert page.cell(2, 40) is None


def test_an_xlsx_named_xls_or_csv_is_read_by_content(sheet) -> None:
    path = sheet("so.xlsx", [["Người nộp"], ["Nguyễn Thị Ví Dụ"]])
    for name in ("so.xls", "so.csv", "so"):
        renamed = path.rename(path.with_name(name))
        assert read_workbook(renamed).sheets[0].row(2) == ("Nguyễn Thị Ví Dụ",)
        path = renamed


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_a_csv_is_read_with_and_without_mark_by_comma_and_semicolon(tmp_path: Path, mark: str, sign: str) -> None:
    lines = [["Người nộp", "Ghi chú"], ["Trần Văn Mẫu", "a"], [], ["Lê Thị Thử", '"dòng 1\ndòng 2"']]
    path = tmp_path / "so.xlsx"
    path.write_bytes((mark + "\r\n".join(sign.join(line) for line in lines)).encode())
    page = read_workbook(path).sheets[0]
    assert page.row(1) == ("Người nộp", "Ghi chú")
    assert page.row(3) == ()
    assert page.row(4) == ("Lê Thị Thử", "dòng 1\ndòng 2")


def test_hidden_rows_are_counted_and_formulas_without_result_are_told(sheet) -> None:
    page = read_workbook(sheet("so.xlsx", [["Số tiền"], ["=1+2"], [5], [6]], hidden=[2])).sheets[0]
    assert page.hidden_rows == 1
    assert page.uncalculated == {(1, 0)}


def test_sheets_hidden_in_excel_are_not_read(tmp_path: Path) -> None:
    path = tmp_path / "so.xlsx"
    book = xlsxwriter.Workbook(path)
    book.add_worksheet("Một").write(0, 0, "a")
    hidden = book.add_worksheet("Hai")
    hidden.write(0, 0, "b")
    hidden.hide()
    book.close()
    assert [page.name for page in read_workbook(path).sheets] == ["Một"]


def test_names_of_file_and_sheet_are_composed(tmp_path: Path) -> None:
    path = tmp_path / unicodedata.normalize("NFD", "Hồ sơ tháng 5.xlsx")
    book = xlsxwriter.Workbook(path)
    book.add_worksheet(unicodedata.normalize("NFD", "Hộ tịch")).write(0, 0, "a")
    book.close()
    found = read_workbook(path)
    assert (found.file_name, found.sheets[0].name) == ("Hồ sơ tháng 5.xlsx", "Hộ tịch")


# --- hostile and broken files ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("first", ["A1", "XFD1048576"])
def test_a_cell_at_the_far_corner_gives_a_sentence(tmp_path: Path, first: str) -> None:
    path = tmp_path / "xa.xlsx"
    book = xlsxwriter.Workbook(path)
    page = book.add_worksheet()
    page.write(first, "a")
    page.write("XFD1048576", "z")
    book.close()
    with pytest.raises(Problem, match="ô ghi rất xa"):
        read_workbook(path)


def test_a_far_dimension_over_few_cells_is_read(sheet) -> None:
    path = _changed(sheet("so.xlsx", [["a"], ["b"]]), "xl/worksheets/sheet1.xml", b'"A1:A2"', b'"A1:XFD1048576"')
    assert read_workbook(path).sheets[0].rows == (("a",), ("b",))


def test_a_truncated_file_gives_a_sentence(sheet) -> None:
    path = sheet("so.xlsx", [["Người nộp"]] * 50)
    content = path.read_bytes()
    for length in (3, 30, len(content) // 2, len(content) - 30):
        path.write_bytes(content[:length])
        with pytest.raises(Problem):
            read_workbook(path)


def test_a_part_spoilt_inside_gives_a_sentence(sheet) -> None:
    path = sheet("so.xlsx", [["Người nộp"]] * 50)
    content = bytearray(path.read_bytes())
    content[40:400] = bytes(360)
    path.write_bytes(content)
    with pytest.raises(Problem):
        read_workbook(path)


def test_parts_that_unpack_to_too_much_are_refused_before_unpacking(tmp_path: Path) -> None:
    path = tmp_path / "bom.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            for _ in range(25):
                part.write(bytes(10_000_000))
    assert path.stat().st_size < 1_000_000
    with pytest.raises(Problem, match="quá lớn"):
        read_workbook(path)


@pytest.mark.parametrize("content", [b"%PDF-1.4 \xff\xfe", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"a\0b", b""])
def test_what_is_no_table_gives_a_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "la.xlsx"
    path.write_bytes(content)
    with pytest.raises(Problem):
        read_workbook(path)


def test_the_open_office_file_is_refused_and_stays_locked(office_path: Path, clock: Clock) -> None:
    close_elsewhere = (
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('SELECT count(*) FROM person'); c.close()"
    )
    with OfficeFile.open(office_path, clock) as file:
        do(file, office.set_setting, office.OPENED_ON, "2023-01-01")
        with pytest.raises(Problem, match=re.escape(reading.NOT_A_TABLE)):
            read_workbook(office_path)
        subprocess.run([sys.executable, "-c", close_elsewhere, str(office_path)], check=True)
        assert office_path.with_name(f"{office_path.name}-wal").exists()


def test_a_zip_that_is_no_xlsx_and_a_missing_file_give_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "la.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "x")
    for wrong in (path, tmp_path / "khong-co.xlsx"):
        with pytest.raises(Problem):
            read_workbook(wrong)


def test_a_reader_that_is_too_slow_or_aborts_gives_a_sentence(sheet, monkeypatch: pytest.MonkeyPatch) -> None:
    path = sheet("so.xlsx", [["a"]])
    monkeypatch.setattr(reading, "MOST_SECONDS", 0.001)
    with pytest.raises(Problem):
        read_workbook(path)
    monkeypatch.undo()
    aborting = path.with_name("aborting.py")
    aborting.write_text("import os; os.abort()")
    monkeypatch.setattr(reading, "READER", aborting)
    with pytest.raises(Problem, match="bị hỏng"):
        read_workbook(path)


def test_reading_ends_when_a_person_stops_it(sheet, monkeypatch: pytest.MonkeyPatch) -> None:
    class StoppedError(Exception):
        pass

    def stop() -> None:
        raise StoppedError

    path = sheet("so.xlsx", [["a"]])
    sleeping = path.with_name("sleeping.py")
    sleeping.write_text("import time; time.sleep(60)")
    monkeypatch.setattr(reading, "READER", sleeping)
    with pytest.raises(StoppedError):
        read_workbook(path, stop)


def _changed(path: Path, part: str, old: bytes, new: bytes) -> Path:
    target = path.with_name("khac.xlsx")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(target, "w") as archive:
        for name in source.namelist():
            content = source.read(name)
            if name == part:
                assert old in content
                content = content.replace(old, new)
            archive.writestr(name, content)
    return target
