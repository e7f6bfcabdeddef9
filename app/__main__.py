"""`python -m app`: the command line; without a verb, the window."""

import sys

from app.cli import main

if __name__ == "__main__":
    sys.exit(main())
