"""`python -m app`: the command line; without a verb, the window."""

import gc
import sys
from io import TextIOWrapper

from app.cli import main

if __name__ == "__main__":
    # What loads from here on is no garbage, and looking for some takes a tenth of the start; the window, which lives
    # long, has its own sweeper on its own thread (ui/sweeping.py).
    gc.disable()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # files and pipes on Windows take no Vietnamese otherwise
            stream.reconfigure(encoding="utf-8")
    sys.exit(main())
