"""A file with 1.000.000 dossiers over ten years, made fast: for benches of figures and lists only."""

import random
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import insert

from app.clock import real_clock
from app.models.database import Actor, OfficeFile, Work, table_of
from app.models.dossiers import Channel, DecidedBy, Dossier, Outcome
from app.registers import procedures, seeds
from app.workdays import LimitUnit

DOSSIERS = 1_000_000
FIELDS = 12
PROCEDURES_A_FIELD = 12
FIRST, LAST = date(2014, 1, 1), date(2023, 12, 31)
BATCH = 50_000


def make(path: Path, count: int = DOSSIERS) -> OfficeFile:
    """Makes the file; the same seed gives the same rows."""
    file = OfficeFile.create(path, real_clock())
    file.write(Actor("Đo"), "Lập tệp để đo", _fill, count)
    return file


def _fill(work: Work, count: int) -> None:
    seeds.seed(work)
    ids = [
        procedures.save(
            work,
            None,
            {
                "code": f"DO-{field:02d}-{number:02d}",
                "name": f"Thủ tục đo {field} {number}",
                "field": f"Lĩnh vực {field}",
                "decided_by": DecidedBy.CENTRE,
                "limit_amount": 5,
                "limit_unit": LimitUnit.WORKING_DAYS,
                "valid_from": FIRST,
                "valid_to": None,
            },
        )
        for field in range(FIELDS)
        for number in range(PROCEDURES_A_FIELD)
    ]
    dice = random.Random(1)
    channels, outcomes = list(Channel), list(Outcome)
    days = (LAST - FIRST).days + 1
    rows = []
    for number in range(count):
        received = FIRST + timedelta(days=number * days // count)
        due = received + timedelta(days=dice.choice((0, 3, 7, 30)))
        finished = due + timedelta(days=dice.choice((-2, -1, 0, 0, 0, 0, 1)))
        finished = max(finished, received)
        is_pending = dice.random() < 0.002
        name = f"Nguyễn Văn Mẫu {number % 9973}"
        rows.append(
            {
                "code": f"DO.{number:07d}",
                "procedure_id": dice.choice(ids),
                "applicant": name,
                "applicant_key": name,
                "received_on": received,
                "channel": dice.choice(channels),
                "quantity": 1,
                "due_on": due,
                "due_set_on": received,
                "finished_on": None if is_pending else finished,
                "outcome": None if is_pending else dice.choices(outcomes, (94, 2, 2, 1, 1))[0],
                "papers_digitised_on": received if dice.random() < 0.9 else None,
                "search_text": f"do.{number:07d} nguyen van mau {number % 9973}",
            }
        )
        if len(rows) == BATCH or number == count - 1:
            work.connection.execute(insert(table_of(Dossier)), rows)
            rows.clear()
