"""A report drawn up before its cut-off: what it counts as late may still be done in time."""

from dataclasses import replace
from datetime import date

from sqlalchemy import Connection

from app import formats
from app.periods import Period
from app.reports.assembling import scope_of
from app.reports.catalogue import CATALOGUE
from app.reports.figures import compute

OVERDUE = "dossiers.pending_overdue"


def late_by_then(connection: Connection, period: Period, late: int, today: date) -> str:
    """How many of the `late` dossiers of a cut-off to come have time yet, in a sentence; "" when none has.

    `late` is the figure OVERDUE of the period.
    """
    if not period.start <= today < period.end:
        return ""
    scope = scope_of(connection, replace(period, end=today))
    now = compute(connection, scope, [CATALOGUE[OVERDUE]]).number(OVERDUE)
    if late == now:
        return ""
    dossiers = f"{formats.format_integer(late - now)} hồ sơ hôm nay còn trong hạn"
    return f"Chưa đến ngày chốt {formats.format_prose_date(period.end)}: {dossiers} đang tính là quá hạn"
