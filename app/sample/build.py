"""Building the sample office in a new file, in one Save."""

import csv
import json
from datetime import date
from pathlib import Path

from app import places
from app.clock import Clock
from app.models.database import Actor, Work, build_file
from app.models.dossiers import DecidedBy, ProcedureChangeKind
from app.models.office import OfficeKind
from app.periods import Period, PeriodKind
from app.registers import office, procedures, saved_reports, seeds
from app.reports.making import outline
from app.reports.template import write_template
from app.sample import budget, documents, dossiers
from app.workdays import LimitUnit

DAY = date(2023, 6, 12)
CUT_OFF = date(2023, 6, 10)
RECIPIENTS = "Như trên\nLãnh đạo UBND xã\nCông chức chuyên môn UBND xã\nLưu: VT"
PEOPLE = (
    ("Trần Thị Mẫu", "Bộ phận Một cửa"),
    ("Phạm Văn Mẫu", "Tài chính, kế toán"),
    ("Lê Thị Thử", "Văn phòng"),
    ("Nguyễn Văn Ví Dụ", "Tư pháp, hộ tịch"),
)
BASES = (
    ("Kế hoạch", "124/KH-UBND", date(2022, 12, 31), "UBND huyện Nam Sách", None),
    ("Thông tư", "02/2017/TT-VPCP", date(2017, 10, 31), "Văn phòng Chính phủ", None),
    ("Nghị định", "130/2005/NĐ-CP", date(2005, 10, 17), "Chính phủ", date(2026, 4, 30)),
)
# Codes run by field in this order, so that the busiest fields come first.
CODE_ORDER = ("Chứng thực", "Hộ tịch", "Bảo trợ xã hội")
UNITS = {
    "trong ngày": LimitUnit.SAME_DAY,
    "giờ": LimitUnit.HOURS,
    "ngày làm việc": LimitUnit.WORKING_DAYS,
    "ngày": LimitUnit.DAYS,
}


def build(path: Path, clock: Clock) -> None:
    """Makes the sample office in a new file, whole or not at all. Raises Problem when a file is there."""
    build_file(path, clock.at(DAY), Actor("Xã mẫu"), "Lập xã mẫu", _write)


def _write(work: Work) -> None:
    seeds.seed(work)
    office.set_setting(work, office.SAMPLE_DAY, DAY.isoformat())
    _office(work)
    _procedures(work)
    dossiers.write(work)
    budget.write(work)
    documents.write(work)
    _reports(work)


def _office(work: Work) -> None:
    office.save_office(
        work,
        None,
        {
            "valid_from": date(2021, 6, 15),
            "kind": OfficeKind.COMMUNE,
            "name": "Nam Trung",
            "superior": "Ủy ban nhân dân huyện Nam Sách",
            "place": "Nam Trung",
            "code": "MAU.00.00",
            "issuers": "UBND, HĐND",
            "recipients": RECIPIENTS,
        },
    )
    office.save_signer(
        work, None, {"name": "Nguyễn Văn Bền", "title": "Chủ tịch", "valid_from": date(2021, 6, 15), "valid_to": None}
    )
    for name, section in PEOPLE:
        office.save_person(work, None, {"name": name, "section": section})
    for type_name, symbol, dated_on, issuer, valid_to in BASES:
        values = {"type_name": type_name, "symbol": symbol, "dated_on": dated_on, "issuer": issuer}
        office.save_basis(work, None, {**values, "valid_from": dated_on, "valid_to": valid_to})
    office.save_phrase(work, None, {"text": "TCVN ISO 9001:2015"})


def _procedures(work: Work) -> None:
    with (places.resources() / "catalogue" / "procedures-2023.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:  # fields in the order of the report, before codes are given by the busiest
        procedures.field_id(work, row["field"])
    rows.sort(key=lambda row: CODE_ORDER.index(row["field"]) if row["field"] in CODE_ORDER else len(CODE_ORDER))
    for number, row in enumerate(rows, start=1):
        note = row["note"].split(" (")[0]
        procedure_id = procedures.save(
            work,
            None,
            {
                "code": f"MAU-{number:03d}",
                "name": row["name"],
                "field": row["field"],
                "decided_by": DecidedBy(row["decided_by"]),
                "limit_amount": int(row["limit_amount"]) if row["limit_amount"] else None,
                "limit_unit": UNITS.get(row["limit_unit"]),
                "valid_from": date(2023, 6, 5) if note == "mới" else date(2022, 1, 1),
                "valid_to": None,
            },
        )
        _change(work, procedure_id, note)


def _change(work: Work, procedure_id: int, note: str) -> None:
    """How each procedure came, and what the period did to some: a made-up choice."""
    changes = [("Quyết định mẫu 07/QĐ ngày 20/12/2021", date(2021, 12, 24), date(2022, 1, 1), "issued", "")]
    match note:
        case "mới":
            changes = [("Quyết định mẫu 05/QĐ ngày 30/5/2023", date(2023, 6, 5), date(2023, 6, 5), "issued", "")]
        case "sửa đổi":
            words = "Bớt giấy tờ phải nộp, thời hạn giữ nguyên"
            changes.append(
                ("Quyết định mẫu 01/QĐ ngày 14/3/2023", date(2023, 3, 20), date(2023, 3, 20), "amended", words)
            )
        case "bãi bỏ":
            changes.append(
                ("Quyết định mẫu 02/QĐ ngày 20/3/2023", date(2023, 3, 24), date(2023, 4, 1), "abolished", "")
            )
    for decision, published_on, effective_on, kind, words in changes:
        procedures.save_change(
            work,
            None,
            {
                "procedure_id": procedure_id,
                "kind": ProcedureChangeKind(kind),
                "decision": decision,
                "published_on": published_on,
                "effective_on": effective_on,
                "note": words,
            },
        )


def _reports(work: Work) -> None:
    """The quarter's report as the outline writes it, then the half-year's in words of its own."""
    quarter = saved_reports.default_period(work.connection, PeriodKind.Q1, 2023)
    number = documents.quarter_report_number(office.calendar(work.connection, (2022, 2023)))
    _report(work, quarter, write_template(outline(quarter)), number, documents.QUARTER_REPORT_ON)
    half = saved_reports.default_period(work.connection, PeriodKind.H1, 2023, CUT_OFF)
    text = (places.resources() / "sample" / "report.json").read_text(encoding="utf-8")
    _report(work, half, json.dumps(json.loads(text), ensure_ascii=False), 71, DAY)


def _report(work: Work, period: Period, text: str, number: int, day: date) -> None:
    report_id = saved_reports.create(work, period, text)
    saved_reports.save(work, report_id, {"number": number, "dated_on": day})
