"""Budget, documents, procedures and plans from files; blank sheets; the starter catalogue."""

import io
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from small_office import ACTOR, PROCEDURES

from app import places
from app.models.database import OfficeFile
from app.registers import exchange
from app.registers.exchange.sheets import sheet_name

Query = Callable[..., list[tuple[Any, ...]]]

LINES = [
    ["Năm", "Loại", "Khoản", "Thuộc khoản", "Thuộc kế hoạch đầu tư công", "Dự án"],
    [2023, "Thu", "Thu phí"],
    [2023, "Chi", "Chi đầu tư", None, "x"],
    [2023, "Chi", "Đường thôn", "Chi đầu tư", "x", "Đường thôn 3"],
]
ALLOCATIONS = [
    ["Năm", "Loại", "Khoản", "Hình thức giao", "Quyết định", "Ngày quyết định", "Số tiền"],
    [2023, "Chi", "Đường thôn", "Giao đầu năm", "12/QĐ-UBND", date(2023, 1, 3), "8.568.086.260"],
    [2023, "Chi", "Đường thôn", "Thu hồi", "13/QĐ-UBND", date(2023, 3, 3), "1 000 000"],
]
ENTRIES = [
    ["Năm", "Loại", "Khoản", "Ngày", "Số chứng từ", "Nội dung", "Số tiền", "Lũy kế"],
    [2023, "Thu", "Thu phí", date(2023, 2, 28), None, None, None, 250],
    [2023, "Thu", "Thu phí", date(2023, 1, 31), None, None, None, 100],
    [2023, "Chi", "Đường thôn", date(2023, 4, 3), 12, "=1+1", 18600000],
    [2023, "Chi", "Đường thôn", date(2023, 4, 4), "12a", "Hoàn", -600000],
]


def budget(**sheets: list[list[object]]) -> dict[str, list[list[object]]]:
    return {"Dòng": LINES, "Dự toán": ALLOCATIONS, "Bút toán": ENTRIES} | sheets


# --- budget ----------------------------------------------------------------------------------------------------------


def test_three_sheets_of_the_budget_go_in_together(file: OfficeFile, sheet, query: Query) -> None:
    path = sheet("ngan-sach.xlsx", budget())
    result = exchange.import_file(file, ACTOR, "budget", path)
    assert (result.faults, result.read, result.written) == ([], 9, 9)
    assert query("SELECT name, is_investment, project FROM budget_line ORDER BY id")[2] == (
        "Đường thôn",
        1,
        "Đường thôn 3",
    )
    assert query("SELECT kind, amount FROM budget_allocation") == [("given", 8568086260), ("withdrawn", -1000000)]
    entries = "SELECT entry_on, voucher, text, amount, source_row FROM budget_entry ORDER BY entry_on"
    assert query(entries) == [
        ("2023-01-31", "", "Lũy kế đến ngày 31/01/2023", 100, 3),
        ("2023-02-28", "", "Lũy kế đến ngày 28/02/2023", 150, 2),
        ("2023-04-03", "12", "=1+1", 18600000, 4),
        ("2023-04-04", "12a", "Hoàn", -600000, 5),
    ]
    assert query("SELECT count(*), max(row_count) FROM change_group WHERE file_name <> ''") == [(1, 9)]
    again = exchange.import_file(file, ACTOR, "budget", path)
    assert (again.written, again.known) == (0, 9)


def test_each_sheet_of_the_budget_may_be_left_out(file: OfficeFile, sheet, query: Query) -> None:
    exchange.import_file(file, ACTOR, "budget", sheet("dong.xlsx", {"Các khoản": LINES}))
    assert query("SELECT count(*) FROM budget_line") == [(3,)]
    exchange.import_file(file, ACTOR, "budget", sheet("giao.xlsx", {"Giao": ALLOCATIONS}))
    exchange.import_file(file, ACTOR, "budget", sheet("sổ quỹ.xlsx", {"Sổ quỹ": ENTRIES}))
    assert query("SELECT (SELECT count(*) FROM budget_allocation), (SELECT count(*) FROM budget_entry)") == [(2, 4)]


def test_a_bad_line_takes_its_amounts_along_and_nothing_is_written(file: OfficeFile, sheet, query: Query) -> None:
    lines = [LINES[0], LINES[1], [2023, "Chi", "Đường thôn", "Khoản lạ"]]
    result = exchange.import_file(file, ACTOR, "budget", sheet("ns.xlsx", budget(Dòng=lines)))
    assert result.faults[0] == "Dòng, dòng 3: Không có khoản “Khoản lạ” trong năm 2023"
    assert len(result.faults) == 5
    tables = ("budget_line", "budget_allocation", "budget_entry")
    assert [query(f"SELECT count(*) FROM {table}") for table in tables] == [[(0,)]] * 3


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({6: "12.34"}, "Số tiền: không đọc được số tiền"),
        ({6: 12.34}, "Số tiền: phải là số nguyên"),
        ({6: None}, "Số tiền: ghi số tiền, hoặc lũy kế đến ngày này"),
        ({6: 0}, "Số tiền: ô ghi 0, có phải đúng là 0 đồng?"),
        ({6: "0"}, "Số tiền: ô ghi 0, có phải đúng là 0 đồng?"),
        ({6: "=1+2"}, "Số tiền: công thức chưa có kết quả. Mở bằng Excel rồi lưu lại"),
        ({6: 1e16}, "Số tiền: quá lớn: nhiều nhất 15 chữ số"),
        ({6: 10**10}, "Lý do: vượt dự toán 1.431.913.740 đồng. Ghi lý do để lưu"),
        ({3: date(2022, 12, 31)}, "Ngày: ngày này không thuộc năm ngân sách 2023"),
        ({2: "Chi đầu tư"}, "Khoản: khoản này có khoản nhỏ. Ghi tiền vào khoản nhỏ"),
        ({0: "hai"}, "Năm: không phải số"),
    ],
)
def test_a_bad_entry_is_told(file: OfficeFile, sheet, change: dict[int, object], fault: str) -> None:
    entry = list(ENTRIES[3])
    for column, cell in change.items():
        entry[column] = cell
    allocations = ALLOCATIONS[:2]
    sheets = {"Dòng": LINES, "Dự toán": allocations, "Bút toán": [ENTRIES[0], entry]}
    result = exchange.import_file(file, ACTOR, "budget", sheet("ns.xlsx", sheets))
    assert [line.partition(": ")[2] for line in result.faults] == [fault]


def test_an_amount_over_the_allocation_is_taken_with_a_reason(file: OfficeFile, sheet, query: Query) -> None:
    entry = [*ENTRIES[3][:6], 10**10]
    workbook = exchange.open_file(sheet("ns.xlsx", budget(**{"Bút toán": [ENTRIES[0], entry]})))
    with file.read() as connection:
        matches = exchange.find_matches(connection, file.clock.today(), "budget", workbook)
    corrections = {("entries", 2, "reason"): "Theo quyết định bổ sung"}
    assert exchange.import_rows(file, ACTOR, "budget", workbook, matches, corrections, good=False).written == 6
    assert query("SELECT amount, reason FROM budget_entry") == [(10**10, "Theo quyết định bổ sung")]


def test_a_file_may_say_why_an_amount_is_over_the_allocation(file: OfficeFile, sheet, query: Query) -> None:
    entries = [[*ENTRIES[0], "Lý do"], [*ENTRIES[3][:6], 10**10], [*ENTRIES[3][:6], 10**9, None, "Bổ sung"]]
    path = sheet("ns.xlsx", budget(**{"Bút toán": entries}))
    result = exchange.import_file(file, ACTOR, "budget", path, good=True)
    assert result.faults == ["Bút toán, dòng 2: Lý do: vượt dự toán 1.432.913.740 đồng. Ghi lý do để lưu"]
    assert query("SELECT amount, reason FROM budget_entry") == [(10**9, "Bổ sung")]


def test_zero_typed_by_a_person_is_zero(file: OfficeFile, sheet, query: Query) -> None:
    workbook = exchange.open_file(sheet("ns.xlsx", budget(**{"Bút toán": [ENTRIES[0], [*ENTRIES[3][:6], 0]]})))
    with file.read() as connection:
        matches = exchange.find_matches(connection, file.clock.today(), "budget", workbook)
    corrections = {("entries", 2, "amount"): "0"}
    assert exchange.check(file, ACTOR, "budget", workbook, matches, corrections).faults == []


# --- documents, plans, procedures ------------------------------------------------------------------------------------

DOCUMENT_HEADINGS = [
    "Loại văn bản",
    "Cơ quan ban hành",
    "Số, ký hiệu",
    "Ngày văn bản",
    "Trích yếu nội dung",
    "Người ký",
]


def document(
    number: object = "05/KH-UBND", day: object = date(2023, 2, 3), abstract: str = "Về rà soát"
) -> list[object]:
    return ["Kế hoạch", "UBND", number, day, abstract, "Nguyễn Văn Bền"]


def test_documents_are_known_by_issuer_series_year_and_number(file: OfficeFile, sheet, query: Query) -> None:
    rows = [DOCUMENT_HEADINGS, document(), document("05a/KH-UBND"), document(6), document("07")]
    path = sheet("vb.xlsx", rows)
    assert exchange.import_file(file, ACTOR, "documents", path).written == 4
    assert query("SELECT number, suffix, symbol FROM document ORDER BY id") == [
        (5, "", "KH-UBND"),
        (5, "a", "KH-UBND"),
        (6, "", "KH-UBND"),
        (7, "", "KH-UBND"),
    ]
    rows[2] = document("05a/KH-UBND", abstract="Sửa trong tệp")
    again = exchange.import_file(file, ACTOR, "documents", sheet("vb2.xlsx", [*rows, document("08", "4/2/23")]))
    assert (again.written, again.known) == (1, 4)


def test_a_number_that_another_document_has_is_told(file: OfficeFile, plan: int, sheet, query: Query) -> None:
    same = document(10, date(2023, 2, 2), "kế hoạch  cải cách hành chính")
    other = document(10, date(2023, 3, 2), "Kế hoạch khác")
    assert exchange.import_file(file, ACTOR, "documents", sheet("a.xlsx", [DOCUMENT_HEADINGS, same])).known == 1
    result = exchange.import_file(file, ACTOR, "documents", sheet("b.xlsx", [DOCUMENT_HEADINGS, other]))
    assert result.faults == ["Dòng 2: Số: 10/KH-UBND đã có, ngày 02/02/2023: Kế hoạch cải cách hành chính"]
    assert query("SELECT count(*) FROM document") == [(1,)]
    assert query("SELECT count(*) FROM document_series") == [(1,)]


def test_tasks_go_to_their_plan(file: OfficeFile, plan: int, sheet, query: Query) -> None:
    headings = ["Số kế hoạch", "Năm kế hoạch", "Nhiệm vụ", "Lĩnh vực", "Chủ trì", "Hạn", "Ngày xong", "Kết quả"]
    rows = [
        headings,
        [10, 2023, "Rà soát thủ tục", "Thủ tục", "Lê Văn Thử", date(2023, 6, 30)],
        ["11", 2023, "Lạc", ""],
    ]
    path = sheet("kh.xlsx", rows)
    result = exchange.import_file(file, ACTOR, "plans", path, good=True)
    assert result.faults == ["Dòng 3: Số kế hoạch: không có kế hoạch số 11 năm 2023"]
    assert query("SELECT document_id, content, position, source_row FROM plan_task") == [
        (plan, "Rà soát thủ tục", 1, 2)
    ]
    assert exchange.import_file(file, ACTOR, "plans", path, good=True).known == 1


def test_procedures_are_known_by_their_code(file: OfficeFile, sheet, query: Query) -> None:
    headings = ["Mã TTHC", "Lĩnh vực", "Tên thủ tục", "Cấp quyết định", "Thời hạn", "Đơn vị", "Áp dụng từ"]
    day = date(2023, 1, 1)
    rows = [
        headings,
        ["1.000001", "Hộ tịch", "Khác", "Trung ương", 3, "ngày làm việc", day],
        ["2.000001", "Hộ tịch\u00a0", "Ghi chú ly hôn", "trung ương", "12", "Ngày làm việc", day],
        ["2.000002", "Đất đai", "Xác nhận", "Địa phương", None, "trong ngày", day],
        ["2.000003", "Đất đai", "Xác nhận nữa", "Địa phương", None, "ngày", day],
    ]
    result = exchange.import_file(file, ACTOR, "procedures", sheet("tt.xlsx", rows), good=True)
    assert (result.written, result.known) == (2, 1)
    assert result.faults == ["Dòng 5: Thời hạn: còn trống"]
    fields = "SELECT f.name, p.limit_amount, p.limit_unit FROM procedure p JOIN procedure_field f ON f.id = p.field_id"
    assert query(f"{fields} WHERE p.code LIKE '2.%'") == [
        ("Hộ tịch", 12, "working_days"),
        ("Đất đai", None, "same_day"),
    ]


def test_the_starter_catalogue_gets_codes_of_ours_and_is_taken_once(file: OfficeFile, query: Query) -> None:
    added = file.write(ACTOR, "Danh mục", exchange.starter_catalogue, date(2023, 1, 1)).value
    assert added == 313  # of 315 published, two have names that are here already
    assert query("SELECT min(code), max(code) FROM procedure WHERE code LIKE 'TT-%'") == [("TT-001", "TT-315")]
    assert query("SELECT count(*) FROM procedure WHERE limit_unit IS NULL")[0][0] > 100
    assert query("SELECT DISTINCT register FROM change WHERE group_id > 1") == [("procedure_field",)]
    assert file.write(ACTOR, "Danh mục", exchange.starter_catalogue, date(2023, 1, 1)).value == 0


def test_a_catalogue_without_codes_gets_codes_of_ours_and_is_taken_once(file: OfficeFile, query: Query) -> None:
    path = places.resource("catalogue/procedures-2026.csv")
    result = exchange.import_file(file, ACTOR, "procedures", path)
    assert (result.faults, result.written, result.known) == ([], 313, 2)
    codes = "SELECT min(code), max(code), min(valid_from) FROM procedure WHERE code LIKE 'TT-%'"
    assert query(codes) == [("TT-001", "TT-313", "2022-01-01")]
    assert exchange.import_file(file, ACTOR, "procedures", path).known == 315


# --- blank sheets ----------------------------------------------------------------------------------------------------

FILLED = {
    "dossiers": {
        "Hồ sơ": [
            ["Đăng ký kết hôn", "Trần Văn Mẫu", "0912345678", "H23.56.21-1", "Thôn Một", "Trực tiếp", date(2023, 5, 2)],
        ]
    },
    "documents": {
        "Văn bản": [["KH Kế hoạch", "UBND", 3, None, None, date(2023, 1, 9), "Về một việc", "Nguyễn Văn Bền", "x"]]
    },
    "procedures": {"Thủ tục": [["9.1", "Đất đai", "Xác nhận", "Trung ương", 3, "ngày làm việc", date(2023, 1, 1)]]},
    "plans": {"Kế hoạch": [[10, 2023, "Rà soát", "Thủ tục", "Lê Văn Thử", date(2023, 6, 30)]]},
    "budget": {"Dòng": LINES[1:], "Dự toán": ALLOCATIONS[1:], "Bút toán": [[*ENTRIES[3][:6], None, 18600000]]},
}


@pytest.mark.parametrize("key", exchange.REGISTERS)
def test_a_filled_blank_sheet_is_imported_whole(file: OfficeFile, plan: int, sheet, key: str, tmp_path: Path) -> None:
    with file.read() as connection:
        lists = exchange.contexts(connection, key, file.clock.today())
    for content in (exchange.blank_sheet(key), exchange.blank_sheet(key, lists)):
        blank = tmp_path / "bang-trang.xlsx"
        blank.write_bytes(content)
        pages = {page.name: page for page in exchange.open_file(blank).sheets}
        assert list(pages) == list(FILLED[key])
        assert all(len(page.rows) == 1 for page in pages.values()), "headings only, no row of data"
    filled = {name: [pages[name].row(1), *rows] for name, rows in FILLED[key].items()}
    result = exchange.import_file(file, ACTOR, key, sheet("da-dien.xlsx", filled))
    assert (result.faults, result.written) == ([], sum(map(len, FILLED[key].values())))


def test_required_fields_are_marked_and_choices_offered(file: OfficeFile) -> None:
    def parts(name: str) -> str:
        with file.read() as connection:
            content = exchange.blank_sheet("dossiers", exchange.contexts(connection, "dossiers", file.clock.today()))
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return archive.read(name).decode().replace("&quot;", '"')

    words = parts("xl/sharedStrings.xml")
    assert "Thủ tục *" in words
    assert "Điện thoại<" in words
    page = parts("xl/worksheets/sheet1.xml")
    assert '"Trực tiếp,Trực tuyến,Bưu chính"' in page
    assert ",".join(f"{code} {name}" for code, _, name, _, _ in PROCEDURES) in page
    assert "Ví dụ: 31/01/2023" in parts("xl/comments1.xml")
    file.write(ACTOR, "Danh mục", exchange.starter_catalogue, date(2023, 1, 1))
    assert parts("xl/worksheets/sheet2.xml").count("<c ") == len(PROCEDURES) + 313, "a long list has its own sheet"


# --- files out -------------------------------------------------------------------------------------------------------


def test_rows_to_mend_keep_text_dates_and_amounts_as_they_are(file: OfficeFile, sheet, tmp_path: Path) -> None:
    entry = [2023, "Chi", "Lạ", date(2023, 4, 3), "0012", "=1+1", -750000]
    workbook = exchange.open_file(sheet("ns.xlsx", budget(**{"Bút toán": [ENTRIES[0], entry]})))
    with file.read() as connection:
        matches = exchange.find_matches(connection, file.clock.today(), "budget", workbook)
    preview = exchange.check(file, ACTOR, "budget", workbook, matches)
    target = tmp_path / "loi.xlsx"
    target.write_bytes(b"old")
    assert exchange.write_bad_rows(target, workbook, preview) == 1
    (page,) = exchange.open_file(target).sheets
    assert page.name == "Bút toán"
    assert page.row(2)[3:7] == (date(2023, 4, 3), "0012", "=1+1", -750000)
    with zipfile.ZipFile(target) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_names_of_sheets_are_cleaned_cut_and_unique() -> None:
    taken: set[str] = set()
    assert sheet_name("Kế hoạch: quý I/2023 của xã Nam Trung", taken) == "Kế hoạch quý I 2023 của xã Nam"
    assert sheet_name("Kế hoạch: quý I/2023 của xã Nam Trung", taken) == "Kế hoạch quý I 2023 của xã Na 2"
    assert sheet_name("[]*?", taken) == "Trang"
    names = {sheet_name("Tháng", taken) for _ in range(12)}
    assert len(names) == 12
    assert all(len(name) <= 31 for name in names)
    xlsxwriter.Workbook(io.BytesIO()).add_worksheet("Kế hoạch quý I 2023 của xã Na 2")
