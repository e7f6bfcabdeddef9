"""The command line: the window's equal, for scripts and tests.

Exit 0 well, 1 findings, 2 bad input or use, 3 a fault of the program; 2 and 3 with one Vietnamese sentence on standard
error. A reading command never creates a file.
"""

import argparse
import errno
import os
import sys
from collections.abc import Callable, Sequence

from app import places
from app.cli.parser import parser
from app.clock import Clock, real_clock
from app.problems import ExitCode, Problem


def _job(verb: str | None) -> Callable[[argparse.Namespace, Clock], int]:
    """What a verb does; the window, which people wait for, loads nothing of the others."""
    if verb is None:
        from app.cli.window import window

        return window
    from app.cli import making, reading

    return {
        "sample": making.sample,
        "demo": making.demo,
        "report": reading.report,
        "figures": reading.figures,
        "rows": reading.rows,
        "check": reading.check,
        "template": making.template,
        "import": making.import_file,
    }[verb]


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code; whatever goes wrong becomes one sentence on standard error."""
    try:
        options = parser().parse_args(arguments)
        code = _job(options.verb)(options, real_clock())
        sys.stdout.flush()  # here, where a full disk or a reader gone can still be told
        return code
    except Problem as problem:
        print(problem, file=sys.stderr)
        return problem.exit_code
    except BrokenPipeError:  # the reader (head, less) has seen enough
        _say_no_more()
        return ExitCode.WELL
    except KeyboardInterrupt:
        return ExitCode.INTERRUPTED
    except Exception as fault:
        if isinstance(fault, OSError) and fault.errno == errno.ENOSPC:
            _say_no_more()
            print(Problem("Hết chỗ trên đĩa nên chưa ghi ra hết kết quả"), file=sys.stderr)
            return ExitCode.BAD_INPUT
        print(_logged(), file=sys.stderr)
        return ExitCode.FAULT


def _say_no_more() -> None:
    """Python writes what is left when it ends: it goes nowhere, instead of failing once more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _logged() -> Problem:
    """Writes the fault at hand into the log and tells so."""
    import logging

    from app import log

    log.set_up(places.log_folder())
    logging.getLogger(__name__).critical("unforeseen", exc_info=True)
    return Problem("Chương trình gặp lỗi ngoài dự tính", next_step=f"Xem {log.file_in(places.log_folder())}")
