"""No verb: the window."""

import argparse

from app.cli.opening import is_named, path_of
from app.clock import Clock


def window(options: argparse.Namespace, clock: Clock) -> int:
    """Opens the window; on the office's own file the first start may follow."""
    from app.ui.opening import open_window

    return open_window(path_of(options), clock, may_set_up=not is_named(options))
