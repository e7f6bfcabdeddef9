"""The command line: the window's equal, for scripts and tests.

Exit 0 well, 1 findings, 2 bad input or use, with one Vietnamese sentence on standard error. A reading command never
creates a file.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from app import __version__, places
from app.clock import Clock, real_clock
from app.problems import ExitCode, Problem

if TYPE_CHECKING:
    from app.models.database import OfficeFile
    from app.periods import Period
    from app.registers.saved_reports import SavedReport
    from app.reports.figures import FigureSet

IMPORTED = ("dossiers", "budget", "documents", "procedures", "plans")


class _Parser(argparse.ArgumentParser):
    """argparse whose errors are Vietnamese sentences."""

    def error(self, message: str) -> NoReturn:
        raise Problem(
            "Lệnh gõ chưa đúng", next_step=f"Xem cách dùng: so-cchc {self.prog_verb} --help".replace("  ", " ")
        )

    @property
    def prog_verb(self) -> str:
        return " ".join(self.prog.split()[1:])


def _parser() -> _Parser:
    where = _Parser(add_help=False)
    where.add_argument("--db", type=Path, metavar="TỆP", default=argparse.SUPPRESS, help="tệp sổ")
    where.add_argument(
        "--data", type=Path, metavar="THƯ_MỤC", default=argparse.SUPPRESS, help="thư mục có tệp so.socchc"
    )
    until = _Parser(add_help=False)
    until.add_argument("--to", metavar="NGÀY", help="ngày chốt số liệu, dd/mm/yyyy hoặc yyyy-mm-dd")
    as_json = _Parser(add_help=False)
    as_json.add_argument("--json", action="store_true", help="in ra JSON")
    period = _Parser(add_help=False)
    period.add_argument("period", metavar="KỲ", help="2023-H1; năm và Q1, Q2, Q3, Q4, H1, H2, 9M hoặc Y")

    parser = _Parser(prog="so-cchc", parents=[where], description="Sổ CCHC. Không có lệnh thì mở cửa sổ.")
    parser.add_argument("--version", action="version", version=f"Sổ CCHC {__version__}")
    verbs = parser.add_subparsers(dest="verb", metavar="LỆNH")

    def verb(name: str, words: str, *parents: _Parser) -> _Parser:
        return verbs.add_parser(name, parents=[where, *parents], help=words, description=words)

    verb("sample", "lập xã mẫu trong tệp mới")
    verb("demo", "lập xã mẫu nếu chưa có, xuất báo cáo, mở cửa sổ")
    report = verb("report", "xuất báo cáo của một kỳ ra PDF", period, until)
    report.add_argument("-o", dest="output", type=Path, required=True, metavar="TỆP.pdf", help="tệp PDF xuất ra")
    verb("figures", "số liệu của một kỳ", period, until, as_json)
    rows = verb("rows", "các dòng đằng sau một số liệu", until, as_json)
    rows.add_argument("figure", metavar="SỐ_LIỆU", help="tên số liệu, như dossiers.total")
    rows.add_argument("period", metavar="KỲ", help="2023-H1")
    rows.add_argument("--dimension", default="", metavar="PHẦN", help="một lĩnh vực, loại văn bản hoặc khoản")
    verb("check", "soát số liệu và báo cáo của một kỳ", period, until)
    template = verb("template", "ghi bảng trắng để nhập")
    template.add_argument("register", choices=IMPORTED, metavar="SỔ", help=", ".join(IMPORTED))
    template.add_argument("-o", dest="output", type=Path, required=True, metavar="TỆP.xlsx", help="tệp Excel ghi ra")
    importing = verb("import", "nhập một tệp Excel hoặc CSV vào sổ")
    importing.add_argument("register", choices=IMPORTED, metavar="SỔ", help=", ".join(IMPORTED))
    importing.add_argument("file", type=Path, metavar="TỆP", help="tệp Excel hoặc CSV")
    importing.add_argument("--good", action="store_true", help="nhập các dòng tốt dù có dòng lỗi")
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code; every known problem becomes one sentence on standard error."""
    try:
        options = _parser().parse_args(arguments)
        return _RUN[options.verb](options, real_clock())
    except Problem as problem:
        print(problem, file=sys.stderr)
        return problem.exit_code
    except BrokenPipeError:
        sys.stderr.close()
        return ExitCode.WELL


def _path(options: argparse.Namespace) -> Path:
    if hasattr(options, "db"):
        return Path(options.db)
    if hasattr(options, "data"):
        return places.office_file(Path(options.data))
    return places.office_file(places.office_folder())


def office_clock(file: "OfficeFile", clock: Clock) -> Clock:
    """The clock under which a file is looked at: the sample carries its own day."""
    from app.registers import office

    with file.read() as connection:
        day = office.setting(connection, office.SAMPLE_DAY)
    return clock.at(date.fromisoformat(day)) if day else clock


@contextmanager
def _opened(options: argparse.Namespace, clock: Clock, *, writing: bool = False) -> Iterator["OfficeFile"]:
    from app.models.database import OfficeFile

    with OfficeFile.open(_path(options), clock, writing=writing) as file:
        file.clock = office_clock(file, clock)
        yield file


def _period(file: "OfficeFile", options: argparse.Namespace) -> tuple["Period", "SavedReport | None"]:
    from app import formats, periods
    from app.registers import saved_reports

    kind, year = periods.parse_period(options.period)
    end = formats.parse_date(options.to, file.clock.today()) if options.to else None
    with file.read() as connection:
        return (
            saved_reports.period_of(connection, kind, year, end),
            saved_reports.find(connection, kind, year),
        )


def _window(options: argparse.Namespace, clock: Clock) -> int:
    from app import log
    from app.ui.opening import open_window

    log.set_up(places.log_folder())
    return open_window(_path(options), clock, may_set_up=not (hasattr(options, "db") or hasattr(options, "data")))


def _sample(options: argparse.Namespace, clock: Clock) -> int:
    from app.sample import build

    path = _path(options) if hasattr(options, "db") or hasattr(options, "data") else _sample_file()
    build(path, clock)
    print(f"Đã lập xã mẫu: {path}")
    return ExitCode.WELL


def _sample_file() -> Path:
    return places.office_file(places.sample_folder())


def _demo(options: argparse.Namespace, clock: Clock) -> int:
    from app.models.database import OfficeFile
    from app.sample import build

    if not hasattr(options, "db") and not hasattr(options, "data"):
        options.db = _sample_file()
    path = _path(options)
    if not path.exists():
        build(path, clock)
    options.period, options.to = "2023-H1", None
    options.output = path.with_name("bao-cao-cchc-2023-H1.pdf")
    OfficeFile.open(path, clock).close()
    _report(options, clock)
    if not _has_screen():
        print("Máy này không có màn hình nên không mở cửa sổ.")
        return ExitCode.WELL
    return _window(options, clock)


def _has_screen() -> bool:
    from app.ui.screen import has_screen

    return has_screen()


def _report(options: argparse.Namespace, clock: Clock) -> int:
    from app.reports.making import write_pdf

    with _opened(options, clock) as file:
        period, report = _period(file, options)
        with file.read() as connection:
            pages = write_pdf(connection, period, report, options.output)
    print(f"Đã xuất báo cáo {period.words}, {pages} trang: {options.output.resolve()}")
    return ExitCode.WELL


def _figure_set(file: "OfficeFile", options: argparse.Namespace) -> tuple["FigureSet", "SavedReport | None"]:
    from app.reports.assembling import figures_of

    period, report = _period(file, options)
    with file.read() as connection:
        return figures_of(connection, period), report


def _figures(options: argparse.Namespace, clock: Clock) -> int:
    from app.reports.figures import as_json, text_of

    with _opened(options, clock) as file:
        figures, _ = _figure_set(file, options)
    if options.json:
        print(json.dumps(as_json(figures), ensure_ascii=False, indent=1))
    else:
        for value in figures:
            print(f"{value.name}\t{value.dimension}\t{text_of(value)}\t{value.unit}")
    return ExitCode.WELL


def _rows(options: argparse.Namespace, clock: Clock) -> int:
    from app.registers.catalogue import REGISTERS
    from app.registers.lists import rows_by_id
    from app.registers.references import context_for
    from app.reports import figures
    from app.reports.assembling import scope_of
    from app.reports.catalogue import CATALOGUE

    with _opened(options, clock) as file:
        period, _ = _period(file, options)
        with file.read() as connection:
            scope = scope_of(connection, period)
            found = figures.rows(connection, scope, CATALOGUE, options.figure, options.dimension)
            lines: list[dict[str, Any]] = []
            for key in dict.fromkeys(row.register for row in found):
                register = REGISTERS[key]
                context = context_for(connection, register, file.clock.today())
                rows = {
                    row["id"]: row
                    for row in rows_by_id(connection, register, [r.id for r in found if r.register == key])
                }
                for row in (row for row in found if row.register == key):
                    shown = {f.key: f.format(rows[row.id].get(f.key), context) for f in register.fields}
                    lines.append({"register": key, "id": row.id, **shown, "weight": row.weight})
    if options.json:
        print(json.dumps(lines, ensure_ascii=False, indent=1))
    else:
        for index, line in enumerate(lines):
            if index == 0 or lines[index - 1]["register"] != line["register"]:
                print("\t".join(line))
            print("\t".join(str(value) for value in line.values()))
    return ExitCode.WELL


def _check(options: argparse.Namespace, clock: Clock) -> int:
    from app.reports.checks import Severity, check

    with _opened(options, clock) as file:
        figures, report = _figure_set(file, options)
        with file.read() as connection:
            findings = check(connection, figures, report)
    for finding in findings:
        print(f"{'Lỗi' if finding.severity is Severity.ERROR else 'Lưu ý'}: {finding.sentence}")
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    print(f"{errors} lỗi, {len(findings) - errors} lưu ý")
    return ExitCode.FINDINGS if errors else ExitCode.WELL


def _template(options: argparse.Namespace, _: Clock) -> int:
    from app.registers.exchange import blank_sheet

    places.put_in_place(options.output, blank_sheet(options.register))
    print(f"Đã ghi bảng trắng: {options.output}")
    return ExitCode.WELL


def _import(options: argparse.Namespace, clock: Clock) -> int:
    from app.models.database import Actor
    from app.registers.exchange import import_file

    with _opened(options, clock, writing=True) as file:
        result = import_file(file, Actor("Dòng lệnh"), options.register, options.file, good=options.good)
    for fault in result.faults:
        print(fault, file=sys.stderr)
    print(result.words)
    return ExitCode.FINDINGS if result.faults and not options.good else ExitCode.WELL


_RUN = {
    None: _window,
    "sample": _sample,
    "demo": _demo,
    "report": _report,
    "figures": _figures,
    "rows": _rows,
    "check": _check,
    "template": _template,
    "import": _import,
}
