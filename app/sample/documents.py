"""The documents of the sample: 298 issued in the period in ten series, the plans with their tasks, the legal bases."""

import csv
from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import select

from app import places
from app.models.database import Work
from app.models.office import Person
from app.registers import documents, office, plans
from app.workdays import Calendar, add_workdays, workdays_between

SIGNER = "Nguyễn Văn Bền"
ISSUER = "UBND"

REPORTS = "BC"
# The report of the first quarter takes the number that was due on its day.
QUARTER_REPORT_ON = date(2023, 3, 15)

# First and last number of each series; plans stand in resources/sample/plans.csv.
SERIES_2022 = {"QĐ": (176, 180), "BC": (141, 146), "TTr": (41, 42), "TB": (57, 60), "CV": (88, 92), "GM": (30, 31)}
SERIES_2023 = {
    "QĐ": (1, 58),
    "CT": (1, 2),
    "CTr": (1, 2),
    "BC": (1, 70),
    "TTr": (1, 15),
    "TB": (1, 27),
    "CV": (1, 53),
    "GM": (1, 12),
    "GGT": (1, 6),
}
SPAN_2022 = (date(2022, 12, 15), date(2022, 12, 30))
SPAN_2023 = (date(2023, 1, 3), date(2023, 6, 9))
SUBJECTS = {
    "QĐ": (
        "Phân công nhiệm vụ công chức (văn bản mẫu)",
        "Hỗ trợ hộ gia đình khó khăn (văn bản mẫu)",
        "Kiện toàn tổ công tác của xã (văn bản mẫu)",
        "Công khai số liệu ngân sách (văn bản mẫu)",
    ),
    "CT": ("Tăng cường kỷ luật, kỷ cương hành chính (văn bản mẫu)", "Phòng cháy, chữa cháy mùa khô (văn bản mẫu)"),
    "CTr": ("Công tác quý của UBND xã (văn bản mẫu)", "Công tác năm của UBND xã (văn bản mẫu)"),
    "BC": (
        "Kết quả công tác tuần (văn bản mẫu)",
        "Tình hình giải quyết thủ tục hành chính tháng (văn bản mẫu)",
        "Tình hình kinh tế - xã hội tháng (văn bản mẫu)",
        "Công tác tiếp công dân (văn bản mẫu)",
    ),
    "TTr": ("Đề nghị phê duyệt danh sách hỗ trợ (văn bản mẫu)", "Đề nghị bổ sung kinh phí (văn bản mẫu)"),
    "TB": ("Lịch tiếp công dân (văn bản mẫu)", "Kết luận cuộc họp giao ban (văn bản mẫu)"),
    "CV": ("Trả lời đơn của công dân (văn bản mẫu)", "Phối hợp rà soát số liệu (văn bản mẫu)"),
    "GM": ("Họp giao ban tháng (văn bản mẫu)", "Họp triển khai nhiệm vụ (văn bản mẫu)"),
    "GGT": ("Giới thiệu công chức đi công tác (văn bản mẫu)",),
}


def write(work: Work) -> None:
    """Writes all documents in the order of their series, then the tasks of the plans."""
    calendar = office.calendar(work.connection, (2022, 2023))
    types = {info.code: info for info in documents.types(work.connection)}
    _openings(work, types)
    for series, start, end in ((SERIES_2022, *SPAN_2022), (SERIES_2023, *SPAN_2023)):
        for code, (first, last) in series.items():
            days = list(_days(last - first + 1, start, end, calendar))
            for number, day in zip(range(first, last + 1), days, strict=True):
                if code == REPORTS and series is SERIES_2023 and number == quarter_report_number(calendar):
                    continue
                subject = SUBJECTS[code][number % len(SUBJECTS[code])]
                _document(work, types[code].id, number, day, subject, in_report=False)
    for plan in _read("plans.csv"):
        _document(
            work,
            types["KH"].id,
            int(plan["number"]),
            date.fromisoformat(plan["date"]),
            plan["abstract"],
            in_report=plan["in_report"] == "1",
        )
    _tasks(work)


def quarter_report_number(calendar: Calendar) -> int:
    """The first report of 2023 that comes on the day of the quarter's or after it."""
    first, last = SERIES_2023[REPORTS]
    days = _days(last - first + 1, *SPAN_2023, calendar)
    return next(number for number, day in enumerate(days, first) if day >= QUARTER_REPORT_ON)


def _openings(work: Work, types: dict[str, Any]) -> None:
    for code, (first, _) in {**SERIES_2022, "KH": (31, 32)}.items():
        documents.set_opening(work, ISSUER, types[code].id, 2022, first - 1)


def _document(work: Work, type_id: int, number: int, day: date, abstract: str, *, in_report: bool) -> None:
    values = {
        "type_id": type_id,
        "issuer": ISSUER,
        "number": number,
        "dated_on": day,
        "abstract": abstract,
        "signer": SIGNER,
        "in_report": in_report,
    }
    documents.save(work, None, values)


def _tasks(work: Work) -> None:
    people: dict[str, int] = {
        name: person_id for person_id, name in work.connection.execute(select(Person.id, Person.name))
    }
    for task in _read("tasks.csv"):
        values: dict[str, Any] = {
            "plan_year": int(task["plan_year"]),
            "plan_number": int(task["plan_number"]),
            "content": task["content"],
            "area": task["area"],
            "lead_id": people[task["lead"]],
            "due_on": date.fromisoformat(task["due_on"]),
            "done_on": date.fromisoformat(task["done_on"]) if task["done_on"] else None,
            "result": task["result"],
        }
        plans.save(work, None, values)


def _days(count: int, start: date, end: date, calendar: Calendar) -> Iterator[date]:
    """Working days spread over a span, never falling."""
    span = workdays_between(start, end, calendar)
    for index in range(count):
        yield add_workdays(start, index * span // count, calendar)


def _read(name: str) -> list[dict[str, str]]:
    with (places.resources() / "sample" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
