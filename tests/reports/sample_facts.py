"""The sample office's facts, written by hand from SAMPLE.md: what a report of it is made of, without a database."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from app import formats
from app.periods import Period, PeriodKind
from app.reports.facts import BudgetRow, CitedDocument, Facts, FigureValue, OfficeFacts, Operand, SignerFacts

PERIOD = Period(PeriodKind.H1, 2023, date(2022, 12, 15), date(2023, 6, 10), date(2023, 1, 1), date(2023, 6, 15))
COLUMNS = (
    *("total", "carried_over", "online", "in_person", "post", "early", "on_time", "late", "returned", "withdrawn"),
    *("pending_in_time", "pending_overdue", "digitised"),
)
DOSSIERS = {
    "Bảo trợ xã hội": (89, 13, 48, 28, 0, 0, 77, 0, 0, 1, 11, 0, 81),
    "Người có công": (14, 2, 8, 4, 0, 0, 11, 0, 1, 0, 2, 0, 12),
    "Chứng thực": (1129, 0, 1086, 43, 0, 0, 1129, 0, 0, 0, 0, 0, 1129),
    "Hộ tịch": (218, 1, 178, 39, 0, 18, 198, 0, 2, 0, 0, 0, 216),
    "Phổ biến, giáo dục pháp luật": (3, 0, 2, 1, 0, 0, 3, 0, 0, 0, 0, 0, 3),
    "Đất đai": (2, 0, 0, 2, 0, 0, 0, 0, 0, 0, 2, 0, 0),
}
DOCUMENTS = {"QĐ": 63, "CT": 2, "KH": 29, "CTr": 2, "BC": 76, "TTr": 17, "TB": 31, "CV": 58, "GM": 14, "GGT": 6}
REVENUE = {
    "Thu hưởng 100%": (412_000_000, 268_441_260),
    "Thu phân chia theo tỷ lệ": (388_000_000, 241_850_000),
    "Bổ sung cân đối": (4_469_206_000, 2_336_210_000),
    "Bổ sung có mục tiêu": (5_973_794_000, 5_721_585_000),
}
EXPENDITURE = {
    "Chi đầu tư phát triển": (5_973_794_000, 5_721_585_000),
    "Chi thường xuyên": (5_039_206_000, 2_311_643_700),
    "Dự phòng": (230_000_000, 0),
}
PLANS = (
    ("31/KH-UBND", date(2022, 12, 31), "Thực hiện công tác cải cách hành chính năm 2023 trên địa bàn xã Nam Trung"),
    ("32/KH-UBND", date(2022, 12, 31), "Ứng dụng công nghệ thông tin trong hoạt động của cơ quan nhà nước xã năm 2023"),
    ("03/KH-UBND", date(2023, 1, 18), "Công tác phòng, chống tham nhũng năm 2023"),
    (
        "05/KH-UBND",
        date(2023, 2, 3),
        "Kiểm tra, rà soát, hệ thống hóa văn bản quy phạm pháp luật trên địa bàn xã năm 2023",
    ),
    ("06/KH-UBND", date(2023, 2, 3), "Công tác phổ biến, giáo dục pháp luật, hòa giải ở cơ sở"),
    ("07/KH-UBND", date(2023, 2, 3), "Theo dõi thi hành pháp luật trên địa bàn xã năm 2023"),
    ("10/KH-UBND", date(2023, 2, 3), "Tuyên truyền công tác cải cách hành chính năm 2023"),
    ("11/KH-UBND", date(2023, 2, 3), "Tự kiểm tra việc thực hiện cải cách hành chính năm 2023"),
    (
        "16/KH-UBND",
        date(2023, 2, 24),
        "Công tác kiểm soát thủ tục hành chính và thực hiện cơ chế một cửa, một cửa liên thông năm 2023",
    ),
    ("17/KH-UBND", date(2023, 2, 24), "Thực hành tiết kiệm, chống lãng phí năm 2023"),
    (
        "18/KH-UBND",
        date(2023, 3, 3),
        "Duy trì và cải tiến Hệ thống quản lý chất lượng theo TCVN ISO 9001:2015 tại UBND xã",
    ),
)
OFFICE = OfficeFacts(kind="xã", name="Nam Trung", superior="Ủy ban nhân dân huyện Nam Sách", place="Nam Trung")
CHAIRMAN = SignerFacts("Nguyễn Văn Bền", "Chủ tịch")
RATIOS = {
    "dossiers.online_share": (("dossiers.online",), "dossiers.total"),
    "dossiers.online_share_of_new": (("dossiers.online",), "dossiers.new"),
    "dossiers.digitised_share": (("dossiers.digitised",), "dossiers.total"),
    "dossiers.in_time_share": (("dossiers.early", "dossiers.on_time"), "dossiers.resolved"),
}


def count(name: str, dimension: str, value: int, unit: str = "hồ sơ") -> FigureValue:
    return FigureValue(name, dimension, value, unit)


def share(name: str, dimension: str, numerator: Operand, denominator: Operand) -> FigureValue:
    value: Decimal | None = formats.ratio(numerator.value, denominator.value)
    return FigureValue(name, dimension, value, "%", (numerator, denominator))


def dossier_numbers(row: tuple[int, ...]) -> dict[str, int]:
    """All counted figures of one line of SAMPLE.md's table; those returned or withdrawn end on their due date."""
    base = dict(zip(COLUMNS, row, strict=True))
    base |= {
        "new": base["online"] + base["in_person"] + base["post"],
        "resolved": base["early"] + base["on_time"] + base["late"],
        "stopped": 0,
        "rejected": 0,
        "results_digitised": 0,
        "finished_early": base["early"],
        "finished_on_time": base["on_time"] + base["returned"] + base["withdrawn"],
        "finished_late": base["late"],
        "pending": base["pending_in_time"] + base["pending_overdue"],
        "not_digitised": base["total"] - base["digitised"],
    }
    base["finished"] = base["resolved"] + base["returned"] + base["withdrawn"]
    return {f"dossiers.{name}": value for name, value in base.items()}


def figures(
    dossiers: dict[str, tuple[int, ...]],
    documents: dict[str, int],
    procedures: dict[str, int],
    plans: dict[str, int],
    budget: dict[str, tuple[int, int]],
) -> dict[tuple[str, str], FigureValue]:
    """Figures by name and dimension, whole and parts."""
    whole = tuple(sum(column) for column in zip(*dossiers.values(), strict=True)) or (0,) * len(COLUMNS)
    found = [
        count(name, dimension, value)
        for dimension, row in {"": whole, **dossiers}.items()
        for name, value in dossier_numbers(row).items()
    ]
    numbers = {(each.name, each.dimension): int(each.value or 0) for each in found}
    for name, (parts, base) in RATIOS.items():
        for dimension in ("", *dossiers):
            numerator = sum(numbers[(part, dimension)] for part in parts)
            operands = (Operand("+".join(parts), numerator), Operand(base, numbers[(base, dimension)]))
            found.append(share(name, dimension, *operands))
    found.append(count("documents.issued", "", sum(documents.values()), "văn bản"))
    found += [count("documents.issued", kind, value, "văn bản") for kind, value in documents.items()]
    for name in ("in_force_before", "new", "amended", "abolished", "in_force", "published"):
        found.append(count(f"procedures.{name}", "", procedures.get(name, 0), "thủ tục"))
    found.append(count("procedures.in_force", "trung ương", procedures.get("in_force", 0), "thủ tục"))
    found.append(count("plans.listed", "", plans.get("listed", 0), "kế hoạch"))
    for name in ("total", "done", "pending", "overdue"):
        found.append(count(f"plans.tasks.{name}", "", plans.get(name, 0), "nhiệm vụ"))
    for name in ("revenue", "expenditure", "investment"):
        found += budget_figures(f"budget.{name}", "", *budget.get(name, (0, 0)))
    balance = budget.get("revenue", (0, 0))[1] - budget.get("expenditure", (0, 0))[1]
    found.append(count("budget.balance", "", balance, "đồng"))
    return {(each.name, each.dimension): each for each in found}


def budget_figures(
    name: str, dimension: str, allocated: int, done: int
) -> tuple[FigureValue, FigureValue, FigureValue]:
    return (
        count(f"{name}.allocated", dimension, allocated, "đồng"),
        count(f"{name}.done", dimension, done, "đồng"),
        share(f"{name}.percent", dimension, Operand(f"{name}.done", done), Operand(f"{name}.allocated", allocated)),
    )


def budget_rows(name: str, label: str, lines: dict[str, tuple[int, int]]) -> list[BudgetRow]:
    allocated, done = (sum(column) for column in zip(*lines.values(), strict=True))
    whole = BudgetRow(label, 0, *budget_figures(name, "", allocated, done), bold=True)
    return [whole, *(BudgetRow(line, 1, *budget_figures(name, line, *amounts)) for line, amounts in lines.items())]


def plan(symbol: str, dated_on: date, abstract: str) -> CitedDocument:
    return CitedDocument("Kế hoạch", symbol, dated_on, OFFICE.full_name, abstract)


def _key(document: CitedDocument) -> str:
    number = document.symbol.split("/")[0]
    return f"UBND/KH/{document.dated_on.year}/{int(number)}"


ALL_PLANS = tuple(plan(*each) for each in PLANS)
SAMPLE = Facts(
    office=OFFICE,
    period=PERIOD,
    figures=figures(
        DOSSIERS,
        DOCUMENTS,
        {"in_force_before": 139, "new": 2, "amended": 3, "abolished": 1, "in_force": 140, "published": 5},
        {"listed": 11, "total": 55, "done": 31, "pending": 24},
        {
            "revenue": (11_243_000_000, 8_568_086_260),
            "expenditure": (11_243_000_000, 8_033_228_700),
            "investment": (5_973_794_000, 5_721_585_000),
        },
    ),
    fields=tuple(DOSSIERS),
    plans=ALL_PLANS,
    budget_rows=(
        *budget_rows("budget.revenue", "Tổng thu ngân sách", REVENUE),
        *budget_rows("budget.expenditure", "Tổng chi ngân sách", EXPENDITURE),
    ),
    documents={_key(each): each for each in ALL_PLANS},
    legal_bases={
        "Kế hoạch 124/KH-UBND": CitedDocument(
            "Kế hoạch", "124/KH-UBND", date(2022, 12, 31), "Ủy ban nhân dân huyện Nam Sách"
        ),
        "Thông tư 02/2017/TT-VPCP": CitedDocument(
            "Thông tư", "02/2017/TT-VPCP", date(2017, 10, 31), "Văn phòng Chính phủ"
        ),
        "Nghị định 130/2005/NĐ-CP": CitedDocument("Nghị định", "130/2005/NĐ-CP", date(2005, 10, 17), "Chính phủ"),
    },
    phrases={"TCVN ISO 9001:2015": "TCVN ISO 9001:2015"},
    addressees=("Ủy ban nhân dân huyện Nam Sách",),
    recipients=("Như trên", "Lãnh đạo UBND xã", "Công chức chuyên môn UBND xã", "Lưu: VT"),
    signer=CHAIRMAN,
    number=71,
    dated_on=date(2023, 6, 12),
)
DRAFT = replace(SAMPLE, number=None, dated_on=None)
EMPTY = Facts(
    office=OFFICE,
    period=PERIOD,
    figures=figures({}, {}, {}, {}, {}),
    addressees=("Ủy ban nhân dân huyện Nam Sách",),
    recipients=("Như trên", "Lưu: VT"),
)
