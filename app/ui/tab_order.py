"""Tab in reading order. Qt goes through widgets in the order in which they were made, so that what comes later, a form
in a panel whose buttons stand already, would come after everything else."""

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def follow_on(*parts: QWidget) -> None:
    """Tab goes through these parts one after the other, and inside each as before."""
    stops = [stop for part in parts for stop in _stops(part)]
    for before, after in pairwise(stops):
        QWidget.setTabOrder(before, after)


def _stops(part: QWidget) -> Iterator[QWidget]:
    """Where Tab stops in a part, hidden ones among them: they may be shown later.

    What hands its focus on to a child (a row of segments) is one stop: Qt moves its children with it.
    """
    each, whole = part, None
    while True:
        inside = each is part or part.isAncestorOf(each)
        if inside and not (whole is not None and whole.isAncestorOf(each)):
            child = each.focusProxy()
            if child is not None and each.isAncestorOf(child):
                whole = each
                yield each
            elif each.focusPolicy() & Qt.FocusPolicy.TabFocus:
                yield each
        after = each.nextInFocusChain()
        if after is None or after is part:
            return
        each = after
