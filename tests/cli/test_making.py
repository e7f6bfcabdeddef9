"""sample, demo, template, import."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from app.cli.parser import REGISTERS
from app.clock import Clock
from tests.cli.conftest import Run, is_one_sentence

DEMO = "bao-cao-cchc-2023-H1.pdf"
NO_SCREEN = "Máy này không có màn hình nên không mở cửa sổ."


def rows(path: Path, query: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(query).fetchall()


def names(folder: Path) -> set[str]:
    return {each.name for each in folder.iterdir()}


# --- sample ----------------------------------------------------------------------------------------------------------


def test_sample_makes_a_new_file_and_refuses_one_that_is_there(so: Run, tmp_path: Path) -> None:
    path = tmp_path / "mới" / "so.socchc"
    done = so("sample", "--data", path.parent)
    assert (done.code, done.out, done.err) == (0, f"Đã lập xã mẫu: {path}\n", "")
    assert rows(path, "SELECT count(*) FROM report WHERE kind = 'H1'") == [(1,)]
    assert names(path.parent) == {"so.socchc"}
    before = path.read_bytes()
    done = so("sample", "--db", path)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("Đã có tệp")
    assert is_one_sentence(done.err)
    assert path.read_bytes() == before


def test_sample_without_a_place_goes_into_the_folder_of_samples(so: Run, account: Path) -> None:
    assert so("sample").code == 0
    assert (account / "data" / "xa-mau" / "so.socchc").exists()
    assert not (account / "data" / "so.socchc").exists()


# --- demo ------------------------------------------------------------------------------------------------------------


def test_demo_builds_exports_and_ends_well_without_a_screen(process: Run, tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    done = process("demo", "--data", folder)
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines() == [f"Đã xuất báo cáo 6 tháng đầu năm 2023, 7 trang: {folder / DEMO}", NO_SCREEN]
    assert names(folder) == {"so.socchc", DEMO}
    before = (folder / "so.socchc").read_bytes()
    (folder / DEMO).unlink()
    assert process("--data", folder, "demo") == done
    assert (folder / "so.socchc").read_bytes() == before
    assert (folder / DEMO).read_bytes().startswith(b"%PDF")


@pytest.fixture
def quick(sample_master: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Building the sample takes seconds: the one that is built already is put there instead."""
    monkeypatch.setattr("app.sample.build", lambda path, _: shutil.copy(sample_master, path))


@pytest.fixture
def no_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.ui.screen.has_screen", lambda: False)


@pytest.mark.usefixtures("no_screen", "quick")
@pytest.mark.parametrize("harm", ["cut", "emptied", "spoilt", "half"])
def test_demo_moves_a_damaged_sample_aside_and_builds_it_anew(
    so: Run, sample_master: Path, tmp_path: Path, harm: str
) -> None:
    path = Path(shutil.copy(sample_master, tmp_path / "so.socchc"))
    content = path.read_bytes()
    match harm:
        case "cut":
            path.write_bytes(content[:100_000])
        case "emptied":
            path.write_bytes(b"")
        case "spoilt":
            path.write_bytes(content[:4096] + bytes(len(content) - 4096))
        case "half":
            with closing(sqlite3.connect(path)) as connection:
                connection.execute("DELETE FROM report")
                connection.commit()
    harmed = path.read_bytes()
    done = so("demo", "--db", path)
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines() == [
        "Xã mẫu đang có bị hỏng hoặc thiếu: đã cất sang so.hong-1.socchc và lập lại.",
        f"Đã xuất báo cáo 6 tháng đầu năm 2023, 7 trang: {tmp_path / DEMO}",
        NO_SCREEN,
    ]
    assert (tmp_path / "so.hong-1.socchc").read_bytes() == harmed
    assert rows(path, "SELECT count(*) FROM report WHERE kind = 'H1'") == [(1,)]


@pytest.mark.usefixtures("no_screen")
def test_demo_leaves_alone_what_is_no_sample(so: Run, office_path: Path, tmp_path: Path) -> None:
    before = office_path.read_bytes()
    done = so("demo", "--db", office_path)
    assert done.code == 2
    assert done.err == f"{office_path} không phải xã mẫu. Tệp không bị thay đổi. Nêu tệp khác sau --db.\n"
    assert office_path.read_bytes() == before
    letter = tmp_path / "thư.txt"
    letter.write_text("Kính gửi", encoding="utf-8")
    done = so("demo", "--db", letter)
    assert (done.code, done.err) == (2, "Tệp này không phải sổ của chương trình. Tệp không bị thay đổi\n")
    assert names(tmp_path) - {"account"} == {office_path.name, "thư.txt"}


def test_demo_opens_the_window_on_the_sample(
    so: Run, account: Path, sample_master: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (account / "data" / "xa-mau").mkdir(parents=True)
    shutil.copy(sample_master, account / "data" / "xa-mau" / "so.socchc")
    seen: list[tuple[Path, bool]] = []

    def window(path: Path, clock: Clock, *, may_set_up: bool) -> int:
        seen.append((path, may_set_up))
        return 0

    monkeypatch.setattr("app.ui.opening.open_window", window)
    monkeypatch.setattr("app.ui.screen.has_screen", lambda: True)
    done = so("demo")
    assert done.code == 0, done.err
    assert str(account / "data" / "xa-mau" / DEMO) in done.out
    assert seen == [(account / "data" / "xa-mau" / "so.socchc", False)]


# --- template and import ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("register", REGISTERS)
def test_template_is_a_sheet_with_headings(so: Run, account: Path, tmp_path: Path, register: str) -> None:
    target = tmp_path / "bảng.xlsx"
    done = so("template", register, "-o", target)
    assert (done.code, done.out, done.err) == (0, f"Đã ghi bảng trắng: {target}\n", "")
    book = CalamineWorkbook.from_path(str(target))
    if register == "budget":
        assert book.sheet_names[:3] == ["Dòng", "Dự toán", "Bút toán"]
    assert any(any(row) for row in book.get_sheet_by_index(0).to_python())
    assert list(account.iterdir()) == []


def test_template_needs_no_office_and_writes_over_none(so: Run, sample_path: Path) -> None:
    before = sample_path.read_bytes()
    done = so("template", "dossiers", "-o", sample_path)
    assert done.code == 2
    assert done.err.startswith(f"{sample_path} là tệp sổ, không ghi đè")
    assert sample_path.read_bytes() == before


HEADINGS = ("Nơi ban hành", "Loại văn bản", "Số", "Ngày ban hành", "Trích yếu")
GOOD = (("UBND", "Thông báo", 61, "05/6/2023", "Lịch tiếp công dân"), ("UBND", "TB", 62, "06/6/2023", "Lịch trực"))
BAD = ("UBND", "Thông báo", 63, "31/02/2023", "Ngày không có")


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    """Two good rows and a bad one."""
    return write(tmp_path / "văn bản.xlsx", HEADINGS, *GOOD, BAD)


def write(path: Path, *lines: tuple[Any, ...]) -> Path:
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("Văn bản")
        for number, line in enumerate(lines):
            page.write_row(number, 0, line)
    return path


def count(path: Path) -> int:
    return int(rows(path, "SELECT count(*) FROM document WHERE source_group_id IS NOT NULL")[0][0])


def test_import_writes_nothing_while_a_row_is_bad(so: Run, office_path: Path, sheet: Path) -> None:
    done = so("import", "documents", sheet, "--db", office_path)
    assert done.code == 1
    assert done.err.splitlines() == ["Dòng 4: Ngày ban hành: tháng 2/2023 có 28 ngày"]
    assert "Chưa nhập dòng nào" in done.out
    assert count(office_path) == 0


def test_import_of_the_good_rows_and_once_more(so: Run, office_path: Path, sheet: Path) -> None:
    done = so("import", "documents", sheet, "--good", "--db", office_path)
    assert done.code == 0
    assert "Đã nhập 2 dòng" in done.out
    assert count(office_path) == 2
    done = so("--db", office_path, "import", "documents", sheet, "--good")
    assert done.code == 0
    assert "Đã nhập 0 dòng" in done.out or "2 dòng đã có trong sổ" in done.out
    assert count(office_path) == 2
    journal = rows(office_path, "SELECT person_name, file_name, row_count FROM change_group WHERE row_count > 0")
    assert journal == [("Dòng lệnh", sheet.name, 2)]


def test_import_as_a_process(process: Run, office_path: Path, tmp_path: Path) -> None:
    path = write(tmp_path / "tốt.xlsx", HEADINGS, *GOOD)
    done = process("import", "documents", path, "--db", office_path)
    assert (done.code, done.err) == (0, "")
    assert "Đã nhập 2 dòng" in done.out
    assert names(tmp_path) == {"account", "tốt.xlsx", office_path.name}


@pytest.mark.parametrize("content", [None, b"", b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0old", "chữ".encode()])
def test_import_of_what_is_no_table(so: Run, office_path: Path, tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "lạ.xlsx"
    if content is not None:
        path.write_bytes(content)
    done = so("import", "dossiers", path, "--db", office_path)
    assert (done.code, done.out) == (2, "")
    assert is_one_sentence(done.err)


@pytest.mark.parametrize("register", REGISTERS)
def test_a_blank_sheet_goes_in_as_it_came_out(so: Run, office_path: Path, tmp_path: Path, register: str) -> None:
    path = tmp_path / "bảng.xlsx"
    so("template", register, "-o", path)
    done = so("import", register, path, "--db", office_path)
    assert done.code in (0, 2)
    assert done.code == 0 or is_one_sentence(done.err)
