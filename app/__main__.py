"""`python -m app`: the command line; without a verb, the window."""

import sys
from io import TextIOWrapper

from app.cli import main

if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        if isinstance(
            stream, TextIOWrapper
        ):  # a file or pipe on Windows takes no Vietnamese otherwise; pythonw has none
            stream.reconfigure(encoding="utf-8")
    sys.exit(main())
