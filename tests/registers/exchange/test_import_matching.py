"""Headings and words: found, guessed, chosen, remembered."""

from datetime import date

import pytest
from small_office import ACTOR, HEADINGS, TODAY, dossier

from app.models.database import OfficeFile
from app.problems import Problem
from app.registers import exchange
from app.registers.dossiers import DOSSIERS
from app.registers.exchange import matching
from app.registers.exchange.matching import EMPTY, Match
from app.registers.exchange.reading import Workbook


def found(file: OfficeFile, workbook: Workbook, key: str = "dossiers") -> Match:
    with file.read() as connection:
        return exchange.find_matches(connection, file.clock.today(), key, workbook)[0]


def context(file: OfficeFile):
    with file.read() as connection:
        return matching.context_for(connection, DOSSIERS, TODAY)


def test_sheet_and_heading_row_are_found_below_titles(file: OfficeFile, sheet) -> None:
    rows = [["SỔ THEO DÕI HỒ SƠ"], ["Tháng 5 năm 2023"], [], HEADINGS, dossier()]
    workbook = exchange.open_file(sheet("so.xlsx", {"Bìa": [["Sổ một cửa"]], "Tháng 5": rows}))
    match = found(file, workbook)
    assert (match.sheet, match.heading_row) == ("Tháng 5", 4)
    assert set(match.by_field) == {
        *("code", "applicant", "procedure_id", "received_on", "channel", "quantity", "outcome", "finished_on")
    }


def test_headings_are_compared_folded_and_without_signs(file: OfficeFile, sheet) -> None:
    headings = ["Ngày nhận:", "NGƯỜI\u00a0NỘP *", "Thủ  tục ", "Hình thức\nnộp", "STT"]
    match = found(file, exchange.open_file(sheet("so.xlsx", [headings, ["01/05/2023", "A", "B", "C", 1]])))
    assert match.by_field == {"received_on": 0, "applicant": 1, "procedure_id": 2, "channel": 3}


def test_headings_of_a_one_stop_desk_are_known(file: OfficeFile, sheet) -> None:
    headings = ["Số biên nhận", "Tên công dân", "Tên TTHC", "Hình thức nộp", "Ngày tiếp nhận", "Ngày trả cho dân"]
    row = ["H12.001", "Trần Văn Mẫu", "Khai sinh", "Nộp qua BCCI", "01/05/2023", "02/05/2023"]
    workbook = exchange.open_file(sheet("so.xlsx", [headings, row]))
    match = found(file, workbook)
    assert list(match.by_field) == ["code", "applicant", "procedure_id", "channel", "received_on", "handed_over_on"]
    [value] = matching.choice_values(DOSSIERS, workbook.sheets[0], match, "channel", context(file))
    assert value.known and value.value == "post"


def test_of_two_columns_for_one_field_the_label_wins(file: OfficeFile, sheet) -> None:
    match = found(file, exchange.open_file(sheet("so.xlsx", [["Mã thủ tục", "Thủ tục", "Người nộp"], ["1", "a", "b"]])))
    assert match.by_field == {"procedure_id": 1, "applicant": 2}
    assert match.columns[0].field == ""


def test_a_guess_from_the_values_counts_only_when_accepted(file: OfficeFile, sheet) -> None:
    headings = [*HEADINGS[:4], "Đường nộp", *HEADINGS[5:]]
    rows = [headings, *(dossier(number) for number in range(1, 6))]
    workbook = exchange.open_file(sheet("so.xlsx", rows))
    match = found(file, workbook)
    column = match.columns[4]
    assert (column.field, column.guessed, column.letter) == ("channel", True, "E")
    assert "channel" not in match.by_field
    assert matching.needs_look(DOSSIERS, workbook.sheets[0], match, column, context(file))
    with pytest.raises(Problem, match="thiếu cột Nhận qua"):
        exchange.check(file, ACTOR, "dossiers", workbook, [match])
    accepted = match.with_field(4, "channel")
    assert exchange.check(file, ACTOR, "dossiers", workbook, [accepted]).count(exchange.RowState.GOOD) == 5


def test_words_of_choices_are_counted_and_set_to_ours(file: OfficeFile, sheet) -> None:
    rows = [HEADINGS, dossier(1, channel="Trực tuyến toàn trình"), dossier(2, channel="Một cửa"), dossier(3)]
    workbook = exchange.open_file(sheet("so.xlsx", rows))
    match = found(file, workbook)
    page = workbook.sheets[0]
    values = matching.choice_values(DOSSIERS, page, match, "channel", context(file))
    assert {(value.text, value.rows, value.value, value.known) for value in values} == {
        ("Trực tuyến toàn trình", 1, "online", True),
        ("Một cửa", 1, None, False),
        ("Trực tiếp", 1, "in_person", True),
    }
    assert matching.needs_look(DOSSIERS, page, match, match.columns[4], context(file))
    bad = exchange.check(file, ACTOR, "dossiers", workbook, [match])
    assert bad.faults == ["Dòng 3: Nhận qua: chưa rõ “Một cửa” là gì"]
    chosen = match.with_value("channel", "Một cửa", "post").with_value("outcome", "Đang xử lý", EMPTY)
    preview = exchange.check(file, ACTOR, "dossiers", workbook, [chosen])
    assert [row.values["channel"] for row in preview.parts[0].rows] == ["online", "post", "in_person"]
    assert not matching.needs_look(DOSSIERS, page, chosen, chosen.columns[4], context(file))


def test_a_match_is_remembered_by_the_headings(file: OfficeFile, sheet) -> None:
    headings = ["STT", "Ai", "Việc", "Hôm", "Đường", "Kết cục"]
    row = [1, "Trần Văn Mẫu", "Đăng ký khai sinh", date(2023, 5, 2), "Mạng", "Chưa"]
    workbook = exchange.open_file(sheet("mot.xlsx", {"Tháng 5": [["Tiêu đề"], headings, row]}))
    context_ = context(file)
    match = matching.match_sheet(DOSSIERS, workbook.sheets[0], context_, heading_row=2)
    for index, field in enumerate(("", "applicant", "procedure_id", "received_on", "channel", "outcome")):
        match = match.with_field(index, field)
    match = match.with_value("channel", "Mạng", "online").with_value("outcome", "Chưa", EMPTY)
    file.write(ACTOR, "Nhớ", matching.remember, match, "Một cửa tỉnh")
    other = exchange.open_file(sheet("hai.xlsx", {"Bìa": [["x"]], "T6": [[], [], headings, row, row]}))
    known = found(file, other)
    assert (known.name, known.sheet, known.heading_row) == ("Một cửa tỉnh", "T6", 3)
    assert [column.heading for column in known.columns] == headings
    preview = exchange.check(file, ACTOR, "dossiers", other, [known])
    assert preview.count(exchange.RowState.GOOD) == 2
    file.write(ACTOR, "Nhớ", matching.remember, known, "Một cửa")
    with file.read() as connection:
        assert [kept.name for kept in matching.remembered(connection, DOSSIERS)] == ["Một cửa"]
    with pytest.raises(Problem):
        file.write(ACTOR, "Nhớ", matching.remember, known, " ")


def test_a_file_without_our_headings_or_required_columns_gives_a_sentence(file: OfficeFile, sheet) -> None:
    with pytest.raises(Problem, match="Không thấy dòng tiêu đề"):
        exchange.import_file(file, ACTOR, "dossiers", sheet("la.xlsx", [["a", "b"], [1, 2]]))
    with pytest.raises(Problem, match="thiếu cột Thủ tục, Người nộp"):
        exchange.import_file(file, ACTOR, "dossiers", sheet("la.xlsx", [["Ngày nhận", "Hình thức"], ["1/5/2023", "x"]]))


def test_what_follows_from_columns_left_out_is_said(file: OfficeFile, sheet) -> None:
    match = found(file, exchange.open_file(sheet("so.xlsx", [HEADINGS, dossier()])))
    assert matching.left_out(DOSSIERS, match) == ["Không có cột “Hạn trả”: hạn tính theo thời hạn của thủ tục."]


def test_near_names_are_offered(file: OfficeFile) -> None:
    offers = matching.nearest(DOSSIERS.by_key["procedure_id"], "Khai sinh", context(file))
    assert offers[0].name == "Đăng ký khai sinh"
