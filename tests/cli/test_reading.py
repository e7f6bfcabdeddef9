"""report, figures, rows, check on the sample; every reading command leaves things as they were."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import unicodedata
from contextlib import closing
from pathlib import Path

import pdfplumber
import pytest

from app.clock import real_clock
from app.models.database import OfficeFile
from app.reports.catalogue import CATALOGUE
from tests.cli.conftest import Run, is_one_sentence
from tests.sample.test_sample import RATIOS, expected

H1 = "2023-H1"
UNITS = {
    "dossiers": "hồ sơ",
    "procedures": "thủ tục",
    "documents": "văn bản",
    "plans": "kế hoạch",
    "plans.tasks": "nhiệm vụ",
    "budget": "đồng",
}
READING = (
    ("figures", H1),
    ("figures", H1, "--json"),
    ("rows", "dossiers.total", H1),
    ("rows", "budget.balance", H1, "--json"),
    ("check", H1),
)


def sql(path: Path, *statements: str) -> None:
    """Changes a file as another program would: bare sqlite3, past every command."""
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def everything(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# --- figures ---------------------------------------------------------------------------------------------------------


def test_figures_as_json_equal_the_page(so: Run, sample_path: Path) -> None:
    done = so("figures", H1, "--json", "--db", sample_path)
    assert (done.code, done.err) == (0, "")
    assert list(done.json) == ["period", "from", "to", "figures"]
    assert (done.json["period"], done.json["from"], done.json["to"]) == (H1, "2022-12-15", "2023-06-10")
    found = {}
    for figure in done.json["figures"]:
        assert list(figure) == ["name", "dimension", "value", "unit", "text", "operands"]
        name, value = figure["name"], figure["value"]
        if name in RATIOS:
            assert figure["unit"] == "%"
            assert [list(each) for each in figure["operands"]] == [["name", "value"], ["name", "value"]]
            assert all(isinstance(each["value"], int) for each in figure["operands"])
        else:
            family = "plans.tasks" if name.startswith("plans.tasks") else name.split(".")[0]
            assert (figure["unit"], figure["operands"]) == (UNITS[family], [])
            assert isinstance(value, int)
        found[name, figure["dimension"]] = value
    wanted = {
        key: value if isinstance(value, int) or value is None else str(value) for key, value in expected().items()
    }
    assert found == wanted


def test_some_figures_in_full(so: Run, sample_path: Path) -> None:
    figures = so("figures", H1, "--json", "--db", sample_path).json["figures"]
    for whole in (
        {
            "name": "dossiers.digitised_share",
            "dimension": "",
            "value": "99.04",
            "unit": "%",
            "text": "99,04%",
            "operands": [{"name": "dossiers.digitised", "value": 1441}, {"name": "dossiers.total", "value": 1455}],
        },
        {
            "name": "dossiers.in_time_share",
            "dimension": "Đất đai",
            "value": None,
            "unit": "%",
            "text": "–",
            "operands": [
                {"name": "dossiers.early+dossiers.on_time", "value": 0},
                {"name": "dossiers.resolved", "value": 0},
            ],
        },
        {
            "name": "documents.issued",
            "dimension": "CV",
            "value": 58,
            "unit": "văn bản",
            "text": "58",
            "operands": [],
        },
        {
            "name": "budget.revenue.done",
            "dimension": "",
            "value": 8568086260,
            "unit": "đồng",
            "text": "8.568.086.260",
            "operands": [],
        },
    ):
        assert whole in figures


def test_figures_as_text(so: Run, sample_path: Path) -> None:
    lines = so("figures", H1, "--db", sample_path).out.splitlines()
    assert lines[0] == "dossiers.total\t\t1.455\thồ sơ"
    assert "budget.expenditure.percent\tDự phòng\t0,00%\t%" in lines


def test_the_cut_off(so: Run, sample_path: Path) -> None:
    """--to in both forms, else the saved report's, else the default."""

    def to(*arguments: str) -> str:
        return str(so("figures", *arguments, "--json", "--db", sample_path).json["to"])

    assert to(H1) == "2023-06-10"
    assert to(H1, "--to", "31/3/2023") == to(H1, "--to", "2023-03-31") == "2023-03-31"
    assert to("2023-Q1") == "2023-03-14"
    sql(sample_path, "UPDATE report SET replaced_by_id = id")
    assert to(H1) == "2023-06-14"


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("31/2/2023", "Tháng 2/2023 có 28 ngày"),
        ("2023-13-01", "Không có tháng 13"),
        ("", "Không đọc được ngày"),
        ("1/1/2022", "Ngày chốt"),
    ],
)
def test_a_cut_off_that_is_none(so: Run, sample_path: Path, day: str, sentence: str) -> None:
    done = so("figures", H1, "--db", sample_path, "--to", day)
    assert done.code == 2
    assert done.err.startswith(sentence)
    assert is_one_sentence(done.err)


# --- rows ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", CATALOGUE)
def test_rows_of_every_figure_weigh_what_it_says(so: Run, sample_path: Path, name: str) -> None:
    value = expected()[name, ""]
    wanted = RATIOS[name][1] if name in RATIOS else value
    done = so("rows", name, H1, "--json", "--db", sample_path)
    assert done.code == 0, done.err
    assert sum(row["weight"] for row in done.json) == wanted
    for row in done.json:
        assert list(row)[:2] == ["register", "id"]
        assert list(row)[-1] == "weight"


def test_rows_of_one_dimension_show_the_registers_columns(so: Run, sample_path: Path) -> None:
    (row,) = so("rows", "dossiers.returned", H1, "--dimension", "Người có công", "--json", "--db", sample_path).json
    assert row["register"] == "dossiers"
    assert row["weight"] == 1
    assert row["procedure_id"].startswith("MAU-")
    assert row["channel"] == "Trực tiếp" or row["channel"] == "Trực tuyến"
    lines = so("rows", "dossiers.returned", H1, "--dimension", "Người có công", "--db", sample_path).out.splitlines()
    assert len(lines) == 2
    assert lines[0].split("\t")[:2] == ["Sổ", "Dòng"]
    assert lines[1].split("\t")[:2] == ["Hồ sơ", str(row["id"])]
    assert len(lines[0].split("\t")) == len(lines[1].split("\t"))
    decomposed = unicodedata.normalize("NFD", "Người có công")
    assert so("rows", "dossiers.returned", H1, "--dimension", decomposed, "--json", "--db", sample_path).json == [row]


def test_a_procedure_no_longer_in_force_keeps_its_name_in_rows(so: Run, sample_path: Path) -> None:
    sql(sample_path, "UPDATE procedure SET valid_to = '2023-06-01'", "UPDATE person SET left_on = '2023-06-01'")
    rows = so("rows", "dossiers.total", H1, "--json", "--db", sample_path).json
    assert all(row["procedure_id"] for row in rows)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("dossiers.không", H1), "Không có số liệu “dossiers.không”. Có: dossiers.total, "),
        (("dossiers.total", H1, "--dimension", "Không"), "Số liệu dossiers.total không chia theo “Không”"),
        (("plans.listed", H1, "--dimension", "KH"), "Số liệu plans.listed không chia theo “KH”"),
    ],
)
def test_rows_that_are_none(so: Run, sample_path: Path, arguments: tuple[str, ...], sentence: str) -> None:
    done = so("rows", *arguments, "--db", sample_path)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(sentence)
    assert is_one_sentence(done.err)


# --- check -----------------------------------------------------------------------------------------------------------


def test_check_of_the_sample(so: Run, sample_path: Path) -> None:
    done = so("check", H1, "--db", sample_path)
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines() == [
        "Lưu ý: Văn bản 31/KH-UBND ghi ngày nghỉ 31/12/2022",
        "Lưu ý: Văn bản 32/KH-UBND ghi ngày nghỉ 31/12/2022",
        "0 lỗi, 2 lưu ý",
    ]


# A copy of the table has no constraints: a file that another program has spoilt.
UNGUARDED = (
    "PRAGMA legacy_alter_table=ON",
    "ALTER TABLE document RENAME TO guarded",
    "CREATE TABLE document AS SELECT * FROM guarded",
)
OF_PLAN_3 = "series_id = (SELECT series_id FROM document WHERE id = 274) AND number"


@pytest.mark.parametrize(
    ("fault", "mending", "line"),
    [
        (
            "UPDATE signer SET valid_from = '2024-01-01'",
            "UPDATE signer SET valid_from = '2021-06-15'",
            "Lỗi: Báo cáo đã có số mà chưa có người ký",
        ),
        (
            "UPDATE office_version SET recipients = ' '",
            "UPDATE office_version SET recipients = 'Như trên'",
            "Lỗi: Báo cáo đã có số mà chưa có nơi nhận",
        ),
        (
            "UPDATE report SET number = NULL",
            "UPDATE report SET number = 71",
            "Lỗi: Báo cáo đã có ngày ký mà chưa có số",
        ),
        (
            "UPDATE report SET dated_on = NULL",
            "UPDATE report SET dated_on = '2023-06-12'",
            "Lỗi: Báo cáo đã có số mà chưa có ngày ký",
        ),
        (
            f"UPDATE document SET number = 3 WHERE {OF_PLAN_3} = 4",
            f"UPDATE document SET number = 4 WHERE {OF_PLAN_3} = 3 AND id != 274",
            "Lỗi: Số 03/KH-UBND năm 2023 dùng hai lần",
        ),
    ],
)
def test_an_error_ends_1_until_it_is_mended(so: Run, sample_path: Path, fault: str, mending: str, line: str) -> None:
    sql(sample_path, *UNGUARDED, fault)
    done = so("check", H1, "--db", sample_path)
    assert (done.code, done.err) == (1, "")
    assert line in done.out.splitlines()
    sql(sample_path, mending)
    done = so("check", H1, "--db", sample_path)
    assert done.code == 0
    assert line not in done.out


@pytest.mark.parametrize(
    ("fault", "line"),
    [
        (f"UPDATE document SET dated_on = '2023-01-03' WHERE {OF_PLAN_3} = 4", "04/KH-UBND"),
        (f"DELETE FROM document WHERE {OF_PLAN_3} = 4", "Lưu ý: Thiếu số 04/KH-UBND trong sổ văn bản"),
        (f"UPDATE document SET dated_on = '2023-01-29' WHERE {OF_PLAN_3} = 4", "04/KH-UBND ghi ngày nghỉ 29/01/2023"),
        ("UPDATE budget_entry SET amount = amount * 9 WHERE id = 1", "vượt 100%"),
        ("DELETE FROM budget_allocation", "Lưu ý: “Thu từ 01/01 đến ngày chốt” là 8.568.086.260, chưa có dự toán"),
    ],
)
def test_a_warning_ends_0(so: Run, sample_path: Path, fault: str, line: str) -> None:
    sql(sample_path, *UNGUARDED, fault)
    done = so("check", H1, "--db", sample_path)
    assert (done.code, done.err) == (0, "")
    assert "0 lỗi, 2 lưu ý" not in done.out
    assert line in done.out


def test_a_change_of_two_periods_is_named_beside_the_sum_it_breaks(so: Run, sample_path: Path) -> None:
    ended = "(SELECT procedure_id FROM procedure_change WHERE kind = 'abolished')"
    sql(
        sample_path,
        f"UPDATE procedure SET valid_to = '2023-07-31' WHERE id IN {ended}",
        "UPDATE procedure_change SET effective_on = '2023-08-01' WHERE kind = 'abolished'",
    )
    done = so("check", H1, "--db", sample_path)
    assert done.code == 1
    before, new, over = "Áp dụng ngay trước kỳ", "Công bố mới trong kỳ", "Công bố bãi bỏ trong kỳ"
    total = f"139 “{before}” + 2 “{new}” − 1 “{over}” = 140"
    assert f"Lỗi: “Áp dụng vào ngày chốt, kể cả ngày cuối cùng” là 141, còn {total}" in done.out
    assert ": công khai 24/03/2023, áp dụng 01/08/2023, khác kỳ báo cáo" in done.out


def test_days_before_the_books_were_opened_are_named(so: Run, sample_path: Path) -> None:
    opened = "INSERT INTO setting (key, value) VALUES ('opened_on', '2022-12-26')"
    sql(sample_path, *UNGUARDED, opened, "DELETE FROM document WHERE dated_on < '2022-12-26'")
    done = so("check", H1, "--db", sample_path)
    assert done.code == 0
    days = "từ 15/12/2022 đến 25/12/2022, trước ngày mở sổ"
    assert f"Lưu ý: Chưa nhập văn bản đi, nhiệm vụ kế hoạch {days}: báo cáo chưa tính\n" in done.out


def test_dossiers_late_only_on_a_cut_off_to_come_are_named(so: Run, sample_path: Path) -> None:
    sql(sample_path, "UPDATE report SET \"end\" = '2023-06-30' WHERE kind = 'H1' AND year = 2023")
    query = """SELECT sum(quantity) FROM dossier WHERE outcome IS NULL AND received_on <= '2023-06-30'
        AND due_on BETWEEN '2023-06-12' AND '2023-06-29'"""
    with closing(sqlite3.connect(sample_path)) as file:
        (due,) = file.execute(query).fetchone()
    told = f"Lưu ý: Chưa đến ngày chốt 30/6/2023: {due} hồ sơ hôm nay còn trong hạn đang tính là quá hạn\n"
    assert due and told in so("check", H1, "--db", sample_path).out
    assert "Chưa đến ngày chốt" not in so("check", "2023-Q1", "--db", sample_path).out


def test_check_without_a_report(so: Run, sample_path: Path) -> None:
    done = so("check", "2023-9M", "--db", sample_path)
    assert done.code == 0
    assert "Lưu ý: Kỳ này chưa lập báo cáo" in done.out


# --- report ----------------------------------------------------------------------------------------------------------


def test_report_of_the_sample(so: Run, sample_path: Path, tmp_path: Path) -> None:
    target = tmp_path / "báo cáo.pdf"
    done = so("report", H1, "-o", target, "--db", sample_path)
    assert (done.code, done.err) == (0, "")
    assert done.out == f"Đã xuất báo cáo 6 tháng đầu năm 2023, 7 trang: {target}\n"
    with pdfplumber.open(target) as pdf:
        assert len(pdf.pages) == 7
        text = " ".join("".join(page.extract_text() for page in pdf.pages).split())
    for words in ("1.441/1.455", "99,04%", "8.568.086.260", "Nguyễn Văn Bền", "71/BC-UBND"):
        assert words in text


def test_report_with_another_cut_off_is_a_draft(so: Run, sample_path: Path, tmp_path: Path) -> None:
    """Other figures never stand under the number that was signed."""
    target = tmp_path / "a.pdf"
    assert so("report", H1, "--to", "31/05/2023", "-o", target, "--db", sample_path).code == 0
    with pdfplumber.open(target) as pdf:
        text = pdf.pages[0].extract_text()
    assert "DỰ THẢO" in text and "71/BC-UBND" not in text and "31/5/2023" in text


def test_report_of_an_empty_office(so: Run, office_path: Path, tmp_path: Path) -> None:
    done = so("report", H1, "-o", tmp_path / "a.pdf", "--db", office_path)
    assert (done.code, done.err) == (0, "")
    with pdfplumber.open(tmp_path / "a.pdf") as pdf:
        assert "không phát sinh" in " ".join("".join(page.extract_text() for page in pdf.pages).split())


def test_report_never_takes_the_place_of_an_office(so: Run, sample_path: Path, tmp_path: Path) -> None:
    before = sample_path.read_bytes()
    done = so("report", H1, "-o", sample_path, "--db", sample_path)
    assert (done.code, done.err) == (2, f"{sample_path} là tệp sổ, không ghi đè. Nêu tên khác sau -o.\n")
    assert sample_path.read_bytes() == before
    done = so("report", H1, "-o", tmp_path, "--db", sample_path)
    assert (done.code, done.err) == (2, f"{tmp_path} là thư mục. Nêu tên tệp sau -o.\n")
    done = so("report", H1, "-o", tmp_path / "không" / "a.pdf", "--db", sample_path)
    assert done.code == 2
    assert done.err.startswith("Không ghi được tệp")
    assert is_one_sentence(done.err)


# --- both doors, and what they leave ----------------------------------------------------------------------------------


@pytest.mark.parametrize("arguments", READING, ids=" ".join)
def test_reading_as_a_process_says_the_same_and_leaves_no_trace(
    so: Run, process: Run, account: Path, tmp_path: Path, sample_master: Path, arguments: tuple[str, ...]
) -> None:
    folder = tmp_path / "xã"
    folder.mkdir()
    path = Path(shutil.copy(sample_master, folder / "so.socchc"))
    before = everything(tmp_path)
    inside = so(*arguments, "--db", path)
    assert inside.code == 0
    assert process("--db", path, *arguments) == inside
    assert process(*arguments, "--data", folder) == inside
    assert everything(tmp_path) == before


def test_reading_what_a_crash_left_in_the_wal(so: Run, sample_path: Path, tmp_path: Path) -> None:
    """What was written and not yet brought into the one file counts."""
    crashed = tmp_path / "crashed.socchc"
    with closing(sqlite3.connect(sample_path)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("UPDATE dossier SET quantity = quantity + 1 WHERE id = 1")
        connection.commit()
        shutil.copy(sample_path, crashed)
        shutil.copy(f"{sample_path}-wal", f"{crashed}-wal")
    assert "dossiers.total\t\t1.456\thồ sơ" in so("figures", H1, "--db", crashed).out


def test_reading_beside_an_open_window(process: Run, sample_path: Path) -> None:
    with OfficeFile.open(sample_path, real_clock()) as file, file.read() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM dossier")
        done = process("check", H1, "--db", sample_path)
        assert done.code == 0, done.err
    assert not sample_path.with_name(sample_path.name + "-wal").exists()


@pytest.fixture
def somebody() -> int | None:
    """An account without rights: root may write everywhere, so that a root's tests hand over to nobody.

    Where root's Python lies in root's own home, nobody cannot start it: then root reads, and the file's mode refuses.
    """
    if os.geteuid() != 0:
        return None
    try:
        subprocess.run([sys.executable, "-c", ""], user=65534, check=True)
    except PermissionError:
        return None
    return 65534


@pytest.mark.skipif(os.name != "posix", reason="rights of POSIX")
@pytest.mark.parametrize("folder_mode", [0o555, 0o777])
def test_a_file_that_may_only_be_read_is_read_without_a_trace(
    process: Run, sample_master: Path, somebody: int | None, folder_mode: int
) -> None:
    # Below /tmp itself: pytest's own folders are closed to others.
    with tempfile.TemporaryDirectory() as outer:
        folder = Path(outer) / "xã"
        folder.mkdir()
        path = Path(shutil.copy(sample_master, folder / "so.socchc"))
        path.chmod(0o444)
        Path(outer).chmod(0o755)
        folder.chmod(folder_mode)
        try:
            for arguments in READING[2:]:
                done = process(*arguments, "--db", path, user=somebody)
                assert (done.code, done.err) == (0, "")
            done = process("import", "dossiers", path, "--db", path, user=somebody)
            assert (done.code, done.err) == (
                2,
                "Tệp sổ chỉ đọc được, không ghi được. Tệp không bị thay đổi. Bỏ dấu chỉ đọc của tệp rồi mở lại.\n",
            )
            assert [each.name for each in folder.iterdir()] == ["so.socchc"]
        finally:
            folder.chmod(0o755)


def test_json_is_one_document(so: Run, sample_path: Path) -> None:
    for arguments in (("figures", H1), ("rows", "plans.tasks.overdue", H1)):
        assert json.loads(so(*arguments, "--json", "--db", sample_path).out) is not None
