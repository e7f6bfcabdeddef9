"""The words of the command line: argparse, speaking Vietnamese throughout."""

import argparse
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NoReturn

from app import __version__
from app.problems import Problem

if TYPE_CHECKING:
    from app.periods import PeriodKind

REGISTERS: Final = ("dossiers", "budget", "documents", "procedures", "plans")
_SAY: Final = (
    # argparse tells what is wrong in English only; these forms hold for Python 3.11 to 3.13.
    (r"the following arguments are required: (.+)", "Thiếu {}"),
    (r"unrecognized arguments: (.+)", "Không hiểu “{}”"),
    (r"argument ([^ :]+): expected one argument", "Sau {} cần một giá trị"),
    (r"argument [^ :]+: invalid choice: '(.*?)' .*", "Không có lệnh “{}”"),
)


class Parser(argparse.ArgumentParser):
    """argparse whose help and errors are Vietnamese: arguments go into its two groups, which have our titles."""

    def __init__(self, **kwargs: Any):
        super().__init__(add_help=False, allow_abbrev=False, formatter_class=_Help, **kwargs)
        self.taken = self.add_argument_group("Tham số")
        self.options = self.add_argument_group("Tùy chọn")
        self.options.add_argument("-h", "--help", action="help", help="hiện phần hướng dẫn này")

    def error(self, message: str) -> NoReturn:
        raise Problem(_in_vietnamese(message), next_step=f"Xem cách dùng: {self.prog} --help")


class _Help(argparse.HelpFormatter):
    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "Cách dùng: " if prefix is None else prefix)


def _in_vietnamese(message: str) -> str:
    for pattern, words in _SAY:
        if found := re.fullmatch(pattern, message):
            return words.format(found[1])
    return "Lệnh gõ chưa đúng"


def parser() -> Parser:
    """The parser of so-cchc. It raises Problem for what it does not understand."""
    whole = Parser(
        prog="so-cchc",
        description="Sổ CCHC. Không có lệnh thì mở cửa sổ.",
        epilog="Hướng dẫn từng lệnh: so-cchc LỆNH --help.",
    )
    _add_where(whole)
    whole.options.add_argument(
        "--version", action="version", version=f"Sổ CCHC {__version__}", help="hiện số phiên bản"
    )
    verbs = whole.add_subparsers(title="Lệnh", dest="verb", metavar="LỆNH", parser_class=Parser)

    def verb(name: str, words: str) -> Parser:
        added: Parser = verbs.add_parser(name, help=words, description=f"{words[0].upper()}{words[1:]}.")
        _add_where(added)
        return added

    verb("sample", "lập xã mẫu trong tệp mới")
    verb("demo", "lập xã mẫu nếu chưa có, xuất báo cáo, mở cửa sổ")
    report = verb("report", "xuất báo cáo của một kỳ ra PDF")
    _add_period(report)
    _add_output(report, "TỆP.pdf", "tệp PDF ghi ra")
    figures = verb("figures", "số liệu của một kỳ")
    _add_period(figures)
    _add_json(figures)
    rows = verb("rows", "các dòng đằng sau một số liệu")
    rows.taken.add_argument("figure", metavar="SỐ_LIỆU", help="tên số liệu, như dossiers.total")
    _add_period(rows)
    rows.options.add_argument("--dimension", default="", metavar="PHẦN", help="một lĩnh vực, loại văn bản hoặc khoản")
    _add_json(rows)
    _add_period(verb("check", "soát số liệu và báo cáo của một kỳ"))
    template = verb("template", "ghi bảng trắng để nhập")
    _add_register(template)
    _add_output(template, "TỆP.xlsx", "tệp Excel ghi ra")
    importing = verb("import", "nhập một tệp Excel hoặc CSV vào sổ")
    _add_register(importing)
    importing.taken.add_argument("file", type=Path, metavar="TỆP", help="tệp Excel hoặc CSV")
    importing.options.add_argument("--good", action="store_true", help="nhập các dòng tốt dù có dòng lỗi")
    return whole


def _add_where(to: Parser) -> None:
    # Suppressed defaults: what stands before the verb is kept when nothing stands after it.
    to.options.add_argument("--db", type=Path, metavar="TỆP", default=argparse.SUPPRESS, help="tệp sổ")
    to.options.add_argument(
        "--data", type=Path, metavar="THƯ_MỤC", default=argparse.SUPPRESS, help="thư mục có tệp so.socchc"
    )


def _add_period(to: Parser) -> None:
    to.taken.add_argument(
        "period", type=_period, metavar="KỲ", help="năm và Q1, Q2, Q3, Q4, H1, H2, 9M hoặc Y: 2023-H1"
    )
    to.options.add_argument("--to", metavar="NGÀY", help="ngày chốt số liệu, dd/mm/yyyy hoặc yyyy-mm-dd")


def _period(text: str) -> "tuple[PeriodKind, int]":
    from app.periods import parse_period

    return parse_period(text)


def _add_json(to: Parser) -> None:
    to.options.add_argument("--json", action="store_true", help="in ra JSON")


def _add_output(to: Parser, metavar: str, words: str) -> None:
    to.options.add_argument("-o", dest="output", type=Path, required=True, metavar=metavar, help=words)


def _add_register(to: Parser) -> None:
    to.taken.add_argument("register", type=_register, metavar="SỔ", help=", ".join(REGISTERS))


def _register(text: str) -> str:
    if text not in REGISTERS:
        raise Problem(f"Không có sổ “{text}”", next_step=f"Chọn {', '.join(REGISTERS)}.")
    return text
