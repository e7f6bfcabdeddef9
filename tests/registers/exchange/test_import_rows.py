"""Rows in: each cell read strictly, each row with its fault in words, the good ones in one transaction."""

import shutil
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from small_office import ACTOR, HEADINGS, dossier

from app.models.database import OfficeFile, Work
from app.models.dossiers import DecidedBy, Outcome
from app.models.undoing import undo
from app.problems import Problem
from app.registers import dossier_steps, dossiers, exchange, procedures
from app.registers.exchange import RowState

Query = Callable[..., list[tuple[Any, ...]]]


def faults_of(file: OfficeFile, sheet, *changed: dict[str, object]) -> list[str]:
    """What is said of rows that differ from a good one, without the row's number."""
    rows = [HEADINGS, *(dossier(number, **change) for number, change in enumerate(changed, start=1))]
    result = exchange.import_file(file, ACTOR, "dossiers", sheet("so.xlsx", rows))
    return [fault.partition(": ")[2] for fault in result.faults]


def imported(file: OfficeFile, sheet, *changed: dict[str, object]) -> exchange.ImportResult:
    rows = [HEADINGS, *(dossier(number, **change) for number, change in enumerate(changed, start=1))]
    result = exchange.import_file(file, ACTOR, "dossiers", sheet("so.xlsx", rows))
    assert not result.faults, result.faults
    return result


# --- one cell --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"received_on": "31/02/2023"}, "Ngày nhận: tháng 2/2023 có 28 ngày"),
        ({"received_on": "31/06/2023"}, "Ngày nhận: tháng 6/2023 có 30 ngày"),
        ({"received_on": "22.5"}, "Ngày nhận: không đọc được ngày"),
        ({"received_on": "h"}, "Ngày nhận: không đọc được ngày"),
        ({"received_on": "5/2023"}, "Ngày nhận: không đọc được ngày"),
        ({"received_on": "01/05/0024"}, "Ngày nhận: năm 0024 không đúng: cần từ 1900 đến 2100"),
        ({"received_on": "11/05/2032"}, "Ngày nhận: sau hôm nay"),
        ({"received_on": "05/22/2023"}, "Ngày nhận: không có tháng 22: gõ ngày trước, tháng sau"),
        ({"procedure": "Khai sinh nhanh"}, "Thủ tục: không có trong danh mục"),
        ({"procedure": None}, "Thủ tục: còn trống"),
        ({"applicant": " \u00a0 "}, "Người nộp: còn trống"),
        ({"quantity": -2}, "Số lượng: phải từ 1 trở lên"),
        ({"quantity": "-2"}, "Số lượng: phải từ 1 trở lên"),
        ({"quantity": "hai"}, "Số lượng: không phải số"),
        ({"quantity": 1.5}, "Số lượng: phải là số nguyên"),
        ({"quantity": "1,5"}, "Số lượng: phải là số nguyên"),
        ({"quantity": "=A1"}, "Số lượng: công thức chưa có kết quả. Mở bằng Excel rồi lưu lại"),
        ({"applicant": "=A1"}, "Người nộp: công thức chưa có kết quả. Mở bằng Excel rồi lưu lại"),
        ({"code": "230512-0001"}, "Mã hồ sơ của tỉnh: thiếu mã cơ quan H23.56.21"),
        ({"outcome": "Đã trả"}, "Ngày xong: còn trống"),
        ({"outcome": "Đã trả", "finished_on": date(2023, 4, 28)}, "Ngày xong: trước ngày nhận"),
        ({"finished_on": date(2023, 5, 3)}, "Ngày xong: hồ sơ đang giải quyết mà đã có ngày xong"),
        ({"outcome": "Xong rồi"}, "Trạng thái: chưa rõ “Xong rồi” là gì"),
    ],
)
def test_a_bad_cell_is_told_in_words(file: OfficeFile, sheet, change: dict[str, object], fault: str) -> None:
    assert faults_of(file, sheet, change) == [fault]


def test_an_error_value_is_told(file: OfficeFile, tmp_path) -> None:
    import xlsxwriter

    path = tmp_path / "loi.xlsx"
    book = xlsxwriter.Workbook(path)
    page = book.add_worksheet()
    for column, heading in enumerate(HEADINGS):
        page.write(0, column, heading)
    for column, cell in enumerate(dossier(received_on="02/05/2023")):
        page.write(1, column, cell)
    page.write_formula(1, 5, "=1/0", None, "#DIV/0!")
    book.close()
    result = exchange.import_file(file, ACTOR, "dossiers", path)
    assert result.faults == ["Dòng 2: Số lượng: ô báo lỗi #DIV/0!"]


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("03/04/2023", "2023-04-03"),
        ("3.4.23", "2023-04-03"),
        ("03-04-2023", "2023-04-03"),
        ("2023-04-03", "2023-04-03"),
        ("03042023", "2023-04-03"),
        ("03/04/2023 09:42", "2023-04-03"),
        ("2023-04-03 09:42:10", "2023-04-03"),
        ("ngày 03 tháng 4 năm 2023", "2023-04-03"),
        (date(2023, 4, 3), "2023-04-03"),
    ],
)
def test_a_day_is_read_day_first_and_two_digits_are_of_this_century(
    file: OfficeFile, sheet, query: Query, cell: object, day: str
) -> None:
    imported(file, sheet, {"received_on": cell})
    assert query("SELECT received_on FROM dossier") == [(day,)]


def test_a_number_in_a_column_of_days_is_asked_and_taken_when_a_person_agrees(
    file: OfficeFile, sheet, query: Query
) -> None:
    workbook = exchange.open_file(sheet("so.xlsx", [HEADINGS, dossier(received_on=45000)]))
    with file.read() as connection:
        matches = exchange.find_matches(connection, file.clock.today(), "dossiers", workbook)
    (row,) = exchange.check(file, ACTOR, "dossiers", workbook, matches).parts[0].rows
    (fault,) = row.faults
    assert (fault.sentence, fault.suggestion) == ("Ngày nhận: ô ghi số 45000, có phải ngày 15/03/2023?", "15/03/2023")
    assert query("SELECT count(*) FROM dossier") == [(0,)]
    corrections = {("dossiers", 2, "received_on"): fault.suggestion}
    result = exchange.import_rows(file, ACTOR, "dossiers", workbook, matches, corrections)
    assert result.written == 1
    assert query("SELECT received_on FROM dossier") == [("2023-03-15",)]


def test_a_clock_beside_the_day_is_the_hour_of_reception(file: OfficeFile, sheet, query: Query) -> None:
    imported(file, sheet, {"procedure": "Đăng ký khai sinh", "received_on": datetime(2023, 5, 4, 15, 30)})
    assert query("SELECT received_at, due_on FROM dossier") == [("15:30:00.000000", "2023-05-05")]


def test_digits_that_excel_dropped_are_asked(file: OfficeFile, sheet, query: Query) -> None:
    headings, row = [*HEADINGS, "SĐT"], [*dossier(), 912345678]
    workbook = exchange.open_file(sheet("so.xlsx", [headings, row, [*dossier(2), "0912345678"]]))
    with file.read() as connection:
        matches = exchange.find_matches(connection, file.clock.today(), "dossiers", workbook)
    preview = exchange.check(file, ACTOR, "dossiers", workbook, matches)
    assert preview.faults == ["Dòng 2: Điện thoại: mất số 0 ở đầu, có phải 0912345678?"]
    assert preview.parts[0].rows[0].faults[0].suggestion == "0912345678"
    assert exchange.import_rows(file, ACTOR, "dossiers", workbook, matches).written == 1
    assert query("SELECT phone FROM dossier") == [("0912345678",)]


def test_codes_and_numbers_in_text_columns_stay_text(file: OfficeFile, sheet, query: Query) -> None:
    imported(file, sheet, {"code": 230502000123})
    assert query("SELECT code, typeof(code) FROM dossier") == [("230502000123", "text")]
    assert faults_of(file, sheet, {"code": 12345678901234567890}) == [
        "Mã hồ sơ của tỉnh: số quá dài, Excel đã làm tròn. Sửa ô thành dạng chữ"
    ]


def test_a_procedure_is_found_by_name_code_and_with_odd_spaces(file: OfficeFile, sheet, query: Query) -> None:
    names = ("Đăng ký kết hôn ", "Đăng ký\u00a0kết hôn", "dang ky ket hon", "1.000002", "1.000002 Đăng ký kết hôn")
    imported(file, sheet, *({"procedure": name} for name in names))
    assert query("SELECT count(*), count(DISTINCT procedure_id) FROM dossier") == [(5, 1)]


# --- rows ------------------------------------------------------------------------------------------------------------


def test_titles_blank_rows_sums_and_numbers_of_columns_are_no_rows(file: OfficeFile, sheet) -> None:
    numbers = [f"({number})" for number in range(1, 9)]
    rows = [["SỔ"], HEADINGS, numbers, dossier(1), [], HEADINGS, dossier(2, quantity="x"), ["Tổng cộng"], []]
    result = exchange.import_file(file, ACTOR, "dossiers", sheet("so.xlsx", rows, hidden=[3]))
    assert result.faults == ["Dòng 7: Số lượng: không phải số"]
    (part,) = result.preview.parts
    assert (part.skipped, part.hidden_rows) == ((3, 6, 8), 1)
    assert "Bỏ qua 3 dòng không phải dòng dữ liệu: 3, 6, 8." in result.words
    assert "1 dòng đang bị ẩn" in result.words


def test_a_code_twice_in_the_file_is_told_with_the_other_row(file: OfficeFile, sheet) -> None:
    result = exchange.import_file(file, ACTOR, "dossiers", sheet("so.xlsx", [HEADINGS, dossier(1), dossier(1)]))
    assert result.faults == ["Dòng 3: Mã hồ sơ của tỉnh: trùng dòng 2"]


def test_500_rows_with_row_250_bad(file: OfficeFile, sheet, query: Query, tmp_path) -> None:
    rows = [HEADINGS, *(dossier(number) for number in range(1, 500))]
    rows[249] = dossier(249, received_on="31/02/2023")
    path = sheet("so.xlsx", rows)
    refused = exchange.import_file(file, ACTOR, "dossiers", path)
    assert refused.faults == ["Dòng 250: Ngày nhận: tháng 2/2023 có 28 ngày"]
    assert (refused.written, refused.group_id) == (0, None)
    assert query("SELECT (SELECT count(*) FROM dossier), (SELECT count(*) FROM change_group)") == [(0, 1)]

    taken = exchange.import_file(file, ACTOR, "dossiers", path, good=True)
    assert (taken.read, taken.written, taken.known, len(taken.faults)) == (499, 498, 0, 1)
    assert query("SELECT file_name, row_count, length(file_hash) FROM change_group WHERE id > 1") == [
        ("so.xlsx", 498, 64)
    ]
    assert query("SELECT DISTINCT source_group_id FROM dossier") == [(taken.group_id,)]
    assert query("SELECT min(source_row), max(source_row) FROM dossier") == [(2, 500)]

    to_mend = tmp_path / "dong-loi.xlsx"
    assert exchange.write_bad_rows(to_mend, exchange.open_file(path), taken.preview) == 1
    page = exchange.open_file(to_mend).sheets[0]
    assert page.row(1)[-2:] == ("Vì sao chưa nhập được", "Dòng trong tệp")
    assert page.row(2)[3] == "31/02/2023"
    assert page.row(2)[-2:] == ("Ngày nhận: tháng 2/2023 có 28 ngày", 250)

    again = exchange.import_file(file, ACTOR, "dossiers", path, good=True)
    assert (again.written, again.known, len(again.faults)) == (0, 498, 1)
    rows[249] = dossier(249)
    mended = exchange.import_file(file, ACTOR, "dossiers", sheet("da-sua.xlsx", rows))
    assert (mended.written, mended.known) == (1, 498)
    assert query("SELECT count(*), count(DISTINCT code) FROM dossier") == [(499, 499)]


def test_the_same_file_again_adds_nothing_even_without_codes(file: OfficeFile, sheet, query: Query) -> None:
    like = dossier(code=None, applicant="Lê Thị Thử")
    path = sheet("so.xlsx", [HEADINGS, like, like, dossier(2, code=None)])
    assert exchange.import_file(file, ACTOR, "dossiers", path).written == 3
    assert query("SELECT code FROM dossier ORDER BY id") == [("NB-2023-0001",), ("NB-2023-0002",), ("NB-2023-0003",)]
    again = exchange.import_file(file, ACTOR, "dossiers", path)
    assert (again.written, again.known, again.group_id) == (0, 3, None)
    renamed = shutil.copy(path, path.with_name("ten-khac.xlsx"))
    assert exchange.import_file(file, ACTOR, "dossiers", renamed).known == 3
    more = exchange.import_file(file, ACTOR, "dossiers", sheet("them.xlsx", [HEADINGS, like, like, like]))
    assert (more.written, more.known) == (1, 2)


def test_the_same_sheet_matched_with_another_column_adds_nothing(file: OfficeFile, sheet) -> None:
    rows = [[*HEADINGS, "Cột lạ"], [*dossier(1, code=None), "một"], [*dossier(2, code=None), "hai"]]
    workbook = exchange.open_file(sheet("so.xlsx", rows))
    with file.read() as connection:
        (match,) = exchange.find_matches(connection, file.clock.today(), "dossiers", workbook)
    assert exchange.import_rows(file, ACTOR, "dossiers", workbook, [match]).written == 2
    wider = match.with_field(8, "note")
    assert exchange.import_rows(file, ACTOR, "dossiers", workbook, [wider]).known == 2


def test_a_correction_makes_a_row_good_and_is_written_into_the_file_to_mend(
    file: OfficeFile, sheet, query: Query, tmp_path
) -> None:
    rows = [HEADINGS, dossier(1, quantity="hai", channel="?"), dossier(2, procedure="Kết hôn")]
    workbook = exchange.open_file(sheet("so.xlsx", rows))
    with file.read() as connection:
        matches = exchange.find_matches(connection, file.clock.today(), "dossiers", workbook)
    corrections = {("dossiers", 2, "quantity"): "2", ("dossiers", 3, "procedure_id"): "Đăng ký kết hôn"}
    preview = exchange.check(file, ACTOR, "dossiers", workbook, matches, corrections)
    assert [row.state for row in preview.parts[0].rows] == [RowState.BAD, RowState.GOOD]
    exchange.write_bad_rows(tmp_path / "loi.xlsx", workbook, preview, corrections)
    assert exchange.open_file(tmp_path / "loi.xlsx").sheets[0].row(2)[4:6] == ("?", "2")
    corrections["dossiers", 2, "channel"] = "Bưu chính"
    assert exchange.import_rows(file, ACTOR, "dossiers", workbook, matches, corrections, good=False).written == 2
    assert query("SELECT quantity, channel FROM dossier ORDER BY id") == [(2, "post"), (1, "in_person")]


def test_an_import_that_is_stopped_writes_nothing(file: OfficeFile, sheet, query: Query) -> None:
    def stop(done: int, total: int) -> None:
        assert total == 300
        if done >= 200:
            raise exchange.Stopped

    workbook = exchange.open_file(sheet("so.xlsx", [HEADINGS, *(dossier(number) for number in range(300))]))
    with file.read() as connection:
        matches = exchange.find_matches(connection, file.clock.today(), "dossiers", workbook)
    with pytest.raises(exchange.Stopped):
        file.write(ACTOR, "Nhập", exchange.bring_in, "dossiers", workbook, matches, None, stop)
    assert query("SELECT count(*) FROM dossier") == [(0,)]


# --- taking an import back -------------------------------------------------------------------------------------------


def whole(query: Query) -> list[list[tuple[Any, ...]]]:
    """The rows of every register, without those of the journal."""
    tables = ("dossier", "dossier_step", "procedure", "procedure_field", "document", "document_series", "budget_line")
    return [query(f"SELECT * FROM {table} ORDER BY id") for table in tables]


def test_an_import_is_taken_back_and_brought_again(file: OfficeFile, sheet, query: Query) -> None:
    path = sheet("so.xlsx", [HEADINGS, *(dossier(number) for number in range(700))])
    before = whole(query)
    first = exchange.import_file(file, ACTOR, "dossiers", path)
    after = whole(query)
    taken_back = file.write(ACTOR, "Hoàn tác", undo, first.group_id)
    assert whole(query) == before
    assert {"dossier", "dossier_step"} <= taken_back.changed
    again = file.write(ACTOR, "Hoàn tác", undo, taken_back.group_id)
    assert whole(query) == after
    file.write(ACTOR, "Hoàn tác", undo, again.group_id)
    assert exchange.import_file(file, ACTOR, "dossiers", path).written == 700
    assert query("PRAGMA foreign_key_check") == []


def test_what_a_catalogue_brought_along_goes_with_it(file: OfficeFile, sheet, query: Query) -> None:
    rows = [["Mã", "Tên thủ tục", "Lĩnh vực", "Cấp quyết định", "Thời hạn", "Đơn vị"]]
    rows += [["9.1", "Thủ tục thử một", "Đất đai", "TW", 3, "ngày làm việc"]]
    before = whole(query)
    result = exchange.import_file(file, ACTOR, "procedures", sheet("tt.xlsx", rows), good=True)
    assert result.written == 1, result.faults
    assert whole(query) != before
    file.write(ACTOR, "Hoàn tác", undo, result.group_id)
    assert whole(query) == before


def test_an_import_on_which_somebody_worked_stays(file: OfficeFile, sheet, query: Query) -> None:
    result = imported(file, sheet, {}, {})
    file.write(ACTOR, "Xong", dossier_steps.finish, 1, Outcome.RESOLVED, date(2023, 6, 1))
    with pytest.raises(Problem, match="đã được sửa sau đó"):
        file.write(ACTOR, "Hoàn tác", undo, result.group_id)
    assert query("SELECT count(*) FROM dossier") == [(2,)]


def test_an_import_that_others_need_stays(file: OfficeFile, sheet, query: Query) -> None:
    rows = [["Mã", "Tên thủ tục", "Lĩnh vực", "Cấp quyết định"], ["9.1", "Thử", "Hộ tịch", "TW"]]
    catalogue = exchange.import_file(file, ACTOR, "procedures", sheet("tt.xlsx", rows))
    imported(file, sheet, {"procedure": "9.1"})
    with pytest.raises(Problem, match="dòng khác trong sổ đang cần"):
        file.write(ACTOR, "Hoàn tác", undo, catalogue.group_id)
    assert query("SELECT count(*) FROM procedure WHERE code = '9.1'") == [(1,)]


def test_a_target_that_cannot_be_written_gives_a_sentence(file: OfficeFile, sheet, tmp_path) -> None:
    workbook = exchange.open_file(sheet("so.xlsx", [HEADINGS, dossier(quantity="x")]))
    with file.read() as connection:
        matches = exchange.find_matches(connection, file.clock.today(), "dossiers", workbook)
    preview = exchange.check(file, ACTOR, "dossiers", workbook, matches)
    with pytest.raises(Problem):
        exchange.write_bad_rows(tmp_path / "khong-co" / "loi.xlsx", workbook, preview)


# --- steps of dossiers -----------------------------------------------------------------------------------------------


def test_a_dossier_of_a_file_has_the_steps_and_columns_of_one_typed(file: OfficeFile, sheet, query: Query) -> None:
    headings = [*HEADINGS, "Ngày trả kết quả"]
    rows = [
        [*dossier(1, outcome="Đã trả", finished_on=date(2023, 5, 4)), date(2023, 5, 5)],
        [*dossier(2, outcome="Từ chối"), None],
        [*dossier(3), None],
    ]
    exchange.import_file(file, ACTOR, "dossiers", sheet("so.xlsx", [headings, *rows]))

    def by_hand(work: Work) -> None:
        for number in (1, 2, 3):
            values = {
                "code": f"TAY-{number}",
                "applicant": f"Nguyễn Văn Ví Dụ {number}",
                "procedure_id": query("SELECT id FROM procedure WHERE code = '1.000002'")[0][0],
                "received_on": date(2023, 5, 2),
                "channel": "in_person",
                "quantity": 1,
            }
            row_id = dossiers.save(work, None, values)
            if number == 1:
                dossier_steps.finish(work, row_id, Outcome.RESOLVED, date(2023, 5, 4))
                dossier_steps.hand_over(work, row_id, date(2023, 5, 5))
            if number == 2:
                dossier_steps.finish(work, row_id, Outcome.REJECTED, date(2023, 5, 2), "Theo tệp so.xlsx")

    file.write(ACTOR, "Tay", by_hand)
    columns = (
        "procedure_id, applicant, applicant_key, received_on, channel, quantity, due_on, due_set_on, finished_on, "
    )
    columns += "outcome, handed_over_on, address, phone, note"
    table = query(f"SELECT {columns} FROM dossier ORDER BY id")
    assert table[:3] == table[3:]
    steps = "SELECT kind, on_date, due_on, reason, person_name FROM dossier_step WHERE dossier_id {} 3 ORDER BY id"
    assert query(steps.format("<=")) == query(steps.format(">"))
    assert len(query(steps.format("<="))) == 6


def test_a_due_date_of_the_file_stands_with_its_reason(file: OfficeFile, sheet, query: Query) -> None:
    headings = [*HEADINGS, "Ngày hẹn trả"]
    rows = [[*dossier(1), date(2023, 5, 9)], [*dossier(2), None], [*dossier(3), date(2023, 5, 1)]]
    result = exchange.import_file(file, ACTOR, "dossiers", sheet("so.xlsx", [headings, *rows]), good=True)
    assert result.faults == ["Dòng 4: Hạn trả: trước ngày nhận"]
    assert query("SELECT due_on, reason FROM dossier_step ORDER BY id") == [
        ("2023-05-09", "Theo tệp so.xlsx"),
        ("2023-05-08", ""),
    ]


def test_days_without_a_column_of_outcomes_mean_resolved(file: OfficeFile, sheet, query: Query) -> None:
    headings = [heading for heading in HEADINGS if heading != "Trạng thái"]
    rows = [[*dossier(1)[:6], date(2023, 5, 4)], [*dossier(2)[:6], None]]
    exchange.import_file(file, ACTOR, "dossiers", sheet("so.xlsx", [headings, *rows]))
    assert query("SELECT outcome, finished_on FROM dossier ORDER BY id") == [("resolved", "2023-05-04"), (None, None)]


def test_a_name_means_the_procedure_in_force_on_the_day(file: OfficeFile, sheet, query: Query) -> None:
    def replaced(work: Work) -> None:
        first, last = date(2022, 1, 1), date(2023, 5, 31)
        values = {"field": "Đất đai", "name": "Xác nhận", "limit_amount": 2, "limit_unit": "days"}
        values["decided_by"] = DecidedBy.CENTRE
        procedures.save(work, None, values | {"code": "CU", "valid_from": first, "valid_to": last})
        procedures.save(work, None, values | {"code": "MOI", "valid_from": date(2023, 6, 1)})

    file.write(ACTOR, "Thủ tục", replaced)
    days = (date(2023, 5, 30), date(2023, 6, 2))
    imported(file, sheet, *({"procedure": "Xác nhận", "received_on": day} for day in days))
    found = query("SELECT p.code FROM dossier d JOIN procedure p ON p.id = d.procedure_id ORDER BY d.id")
    assert found == [("CU",), ("MOI",)]
