"""What the command line understands and how it says that it does not."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from app.cli.parser import parser
from app.clock import Clock
from app.problems import Problem
from app.registers import exchange
from tests.cli.conftest import Run, is_one_sentence

VERBS = ("sample", "demo", "report", "figures", "rows", "check", "template", "import")


@pytest.mark.parametrize("arguments", [(), *((verb,) for verb in VERBS)], ids=lambda each: " ".join(each) or "alone")
def test_help_holds_no_english_word_of_argparse(so: Run, arguments: tuple[str, ...]) -> None:
    done = so(*arguments, "--help")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("Cách dùng: so-cchc")
    assert not re.search(r"usage|options|positional|show|exit|arguments", done.out)
    assert done.out.count("Tùy chọn:") == 1
    assert done.out.count("Cách dùng:") == 1


def test_the_version(so: Run) -> None:
    assert so("--version").out == "Sổ CCHC 0.1.0\n"


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("lạ", "Không có lệnh “lạ”. Xem cách dùng: so-cchc --help"),
        ("--lạ", "Không hiểu “--lạ”. Xem cách dùng: so-cchc --help"),
        ("figures", "Thiếu KỲ. Xem cách dùng: so-cchc figures --help"),
        ("figures 2023-H1 --t 10/6/2023", "Không hiểu “--t 10/6/2023”. Xem cách dùng: so-cchc --help"),
        ("report 2023-H1", "Thiếu -o. Xem cách dùng: so-cchc report --help"),
        ("report 2023-H1 -o", "Sau -o cần một giá trị. Xem cách dùng: so-cchc report --help"),
        ("rows 2023-H1", "Thiếu KỲ. Xem cách dùng: so-cchc rows --help"),
        ("check 2023-H1 --db", "Sau --db cần một giá trị. Xem cách dùng: so-cchc check --help"),
        ("--db a --data b check 2023-H1", "Chỉ nêu một trong hai: --db hoặc --data"),
        ("--db a check 2023-H1 --data b", "Chỉ nêu một trong hai: --db hoặc --data"),
        ("import sách a.xlsx", "Không có sổ “sách”. Chọn dossiers, budget, documents, procedures, plans."),
        ("template sách -o a.xlsx", "Không có sổ “sách”. Chọn dossiers, budget, documents, procedures, plans."),
        *(
            (f"check {period}", f"Không có kỳ “{period}”: viết năm và kỳ, như 2023-H1 (Q1, Q2, H1, Q3, 9M, Q4, H2, Y)")
            for period in ("2023", "2023-Q5", "2023-H3", "H1-2023", "2023-12M", "23-H1")
        ),
    ],
)
def test_what_is_not_understood_is_said_in_one_sentence(so: Run, line: str, sentence: str) -> None:
    done = so(*line.split())
    assert (done.code, done.out, done.err) == (2, "", sentence + "\n")


@pytest.mark.parametrize("period", ["Q1", "Q2", "Q3", "Q4", "H1", "H2", "9M", "Y", "y", "h1"])
def test_every_kind_of_period(so: Run, sample_path: Path, period: str) -> None:
    done = so("figures", f"2023-{period}", "--db", sample_path, "--json")
    assert done.code == 0, done.err
    assert done.json["period"] == f"2023-{period.upper()}"


def test_the_registers_are_those_that_can_be_imported() -> None:
    from app.cli.parser import REGISTERS

    assert set(REGISTERS) == set(exchange.REGISTERS)


def test_a_fault_of_the_program_is_logged_and_told(so: Run, account: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    applicant = "Nguyễn Văn A"

    def fail(*_: object) -> int:
        raise ValueError(applicant)

    monkeypatch.setattr("app.cli.reading.check", fail)
    done = so("check", "2023-H1")
    log = account / "log" / "so-cchc.log"
    assert (done.code, done.out) == (3, "")
    assert done.err == f"Chương trình gặp lỗi ngoài dự tính. Xem {log}\n"
    written = log.read_text(encoding="utf-8")
    assert "ValueError" in written
    assert "test_words.py" in written
    assert "Nguyễn" not in written


def test_no_verb_opens_the_window_and_without_a_screen_says_so(process: Run, sample_path: Path) -> None:
    done = process("--db", sample_path)
    assert (done.code, done.out) == (2, "")
    assert done.err == "Máy này không có màn hình nên không mở được cửa sổ. Các lệnh vẫn chạy được.\n"


@pytest.mark.parametrize(
    ("arguments", "may_set_up", "name"),
    [
        ((), True, "data/so.socchc"),
        (("--data", "đó"), False, "đó/so.socchc"),
        (("--db", "a.socchc"), False, "a.socchc"),
    ],
)
def test_only_the_offices_own_file_has_a_first_start(
    so: Run, account: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], may_set_up: bool, name: str
) -> None:
    seen: list[tuple[str, bool]] = []

    def window(path: Path, clock: Clock, *, may_set_up: bool) -> int:
        seen.append((path.as_posix().removeprefix(f"{account.as_posix()}/"), may_set_up))
        return 0

    monkeypatch.setattr("app.ui.opening.open_window", window)
    assert so(*arguments).code == 0
    assert seen == [(name, may_set_up)]


def test_a_reader_that_has_seen_enough_ends_well(sample_path: Path, process: Run) -> None:
    command = f"'{sys.executable}' -P -m app figures 2023-Y --json --db '{sample_path}'"
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command} | head -n 1"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "{\n", "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_no_room_for_the_answer_is_one_sentence(sample_path: Path) -> None:
    with open("/dev/full", "w") as full:
        command = [sys.executable, "-P", "-m", "app", "figures", "2023-H1", "--db", str(sample_path)]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, encoding="utf-8", timeout=60, check=False)
    assert done.returncode == 2
    assert done.stderr == "Hết chỗ trên đĩa nên chưa ghi ra hết kết quả\n"


def test_vietnamese_comes_through_whatever_the_systems_language(process: Run, sample_path: Path) -> None:
    done = process("check", "2023-H1", "--db", sample_path, LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert "0 lỗi, 2 lưu ý" in done.out


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("không-có", None, "Không thấy tệp sổ"),
        ("chữ", b"hello" * 100, "Tệp này không phải sổ của chương trình. Tệp không bị thay đổi"),
        ("trống", b"", "Tệp sổ bị hỏng, không đọc được. Tệp không bị thay đổi"),
        ("cụt", b"SQLite format 3\x00", "Tệp sổ bị hỏng, không đọc được. Tệp không bị thay đổi"),
    ],
)
@pytest.mark.parametrize(
    "verb", ["figures 2023-H1", "check 2023-H1", "rows dossiers.total 2023-H1", "report 2023-H1 -o"]
)
def test_a_file_that_is_none_is_told(
    so: Run, tmp_path: Path, verb: str, name: str, content: bytes | None, sentence: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    before = sorted(tmp_path.rglob("*"))
    words = verb.split()
    done = so("--db", path, *words, *([tmp_path / "ra.pdf"] if words[-1] == "-o" else []))
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(sentence)
    assert is_one_sentence(done.err)
    assert sorted(tmp_path.rglob("*")) == before


def test_the_parser_raises_and_never_ends_the_process() -> None:
    with pytest.raises(Problem):
        parser().parse_args(["nope"])
