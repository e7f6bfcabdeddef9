"""A report drawn up before its cut-off: what it counts as late may still be done in time."""

from dataclasses import replace
from datetime import date

from sqlalchemy import Connection

from app import formats
from app.periods import Period
from app.reports.assembling import scope_of
from app.reports.catalogue import CATALOGUE
from app.reports.figures import compute

_OVERDUE = "dossiers.pending_overdue"


def late_by_then(connection: Connection, period: Period, today: date) -> str:
    """How many dossiers that have time yet count as overdue on a cut-off to come, in a sentence; "" when none does."""
    if not period.start <= today < period.end:
        return ""
    then, now = (_overdue(connection, each) for each in (period, replace(period, end=today)))
    if then == now:
        return ""
    dossiers = f"{formats.format_integer(then - now)} hồ sơ hôm nay còn trong hạn"
    return f"Chưa đến ngày chốt {formats.format_prose_date(period.end)}: {dossiers} đang tính là quá hạn"


def _overdue(connection: Connection, period: Period) -> int:
    return compute(connection, scope_of(connection, period), [CATALOGUE[_OVERDUE]]).number(_OVERDUE)
