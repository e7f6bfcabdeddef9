"""What waits, beside the places of the navigation: red counts of what is overdue, "!" where the report lacks something.

Asked after each Save, on the window's thread: single rows by index, no counting of registers.
"""

from app import formats
from app.registers import plan_tasks
from app.reports import dossier_list, overview
from app.ui.navigation import Navigation
from app.ui.session import Session, coming_period
from app.ui.tokens import Tone

_LACKING = {"reports": "Báo cáo sắp đến còn thiếu", "budget": "Báo cáo sắp đến chưa có số liệu ngân sách"}


def show_badges(session: Session, navigation: Navigation) -> None:
    """Says them anew."""
    with session.read() as connection:
        late = {
            "dossiers": dossier_list.overdue(connection, session.today),
            "plans": plan_tasks.overdue_count(connection, session.today),
        }
        lacks = list(overview.lacks(connection, coming_period(connection, session.today), session.today))
    for key, count in late.items():
        number = formats.format_integer(count)
        navigation.set_badge(key, number if count else "", Tone.RED, f"{number} quá hạn" if count else "")
    lacking = {"reports": bool(lacks), "budget": any(lack.place == "budget" for lack in lacks)}
    for key, is_lacking in lacking.items():
        navigation.set_badge(key, "!" if is_lacking else "", Tone.AMBER, _LACKING[key] if is_lacking else "")
