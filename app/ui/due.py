"""The due column: a date and what remains until it, in working days."""

from datetime import date

from app import formats, workdays
from app.registers import office
from app.ui.cells import Due
from app.ui.session import Session
from app.ui.tokens import Tone
from app.workdays import Calendar

SOON = 3


def calendar_around(session: Session) -> Calendar:
    """The working days of the years that dates in a list may fall in."""
    year = session.today.year
    with session.read() as connection:
        return office.calendar(connection, range(year - 1, year + 2))


def date_text(day: date, today: date) -> str:
    """dd/mm in the running year, dd/mm/yyyy otherwise."""
    return formats.format_short_date(day) if day.year == today.year else formats.format_date(day)


def remaining(due_on: date, today: date, calendar: Calendar) -> tuple[str, Tone | None]:
    """ "còn 4 ngày", "còn 1 ngày" (amber), "hôm nay" (amber), "quá 2 ngày" (red)."""
    days = workdays.workdays_between(today, due_on, calendar)
    if due_on < today:
        return f"quá {max(-days, 1)} ngày", Tone.RED
    if due_on == today or days == 0:
        return "hôm nay", Tone.AMBER
    return f"còn {formats.format_integer(days)} ngày", Tone.AMBER if days <= SOON else None


def sending(due_on: date, today: date, calendar: Calendar) -> tuple[str, Tone | None]:
    """ "Gửi trước 15/6/2023, còn 3 ngày", with the tone of what remains."""
    words, tone = remaining(due_on, today, calendar)
    return f"Gửi trước {formats.format_prose_date(due_on)}, {words}", tone


def due_cell(due_on: date, today: date, calendar: Calendar) -> Due:
    """The cell of something not finished yet."""
    text, tone = remaining(due_on, today, calendar)
    return Due(date_text(due_on, today), text, tone)


def finished_cell(due_on: date | None, finished_on: date, today: date) -> Due:
    """The cell of something finished: "trước hạn", "đúng hạn", "quá hạn", without a due date "xong 09/06"."""
    if due_on is None:
        return Due("", f"xong {date_text(finished_on, today)}", Tone.GRAY)
    early_or_late = "trước hạn" if finished_on < due_on else "quá hạn"
    words = "đúng hạn" if finished_on == due_on else early_or_late
    return Due(date_text(due_on, today), words, Tone.GRAY)
