"""The budget of the sample: seven leaf lines, each given, added to once, done by several entries."""

from dataclasses import dataclass
from datetime import date

from app.models.budget import AllocationKind, BudgetKind
from app.models.database import Work
from app.registers import budget, budget_lines

YEAR = 2023
DAYS = (date(2023, 1, 31), date(2023, 2, 28), date(2023, 3, 31), date(2023, 4, 28), date(2023, 5, 31), date(2023, 6, 9))


@dataclass(frozen=True)
class LinePlan:
    """A leaf line: what it was given, added, and has done by the cut-off, đồng."""

    kind: BudgetKind
    name: str
    given: int
    added: int
    done: int
    text: str
    is_investment: bool = False
    project: str = ""


LINES = (
    LinePlan(BudgetKind.REVENUE, "Thu hưởng 100%", 380_000_000, 32_000_000, 268_441_260, "Thu phí, lệ phí, hoa lợi"),
    LinePlan(BudgetKind.REVENUE, "Thu phân chia theo tỷ lệ", 360_000_000, 28_000_000, 241_850_000, "Thu phân chia"),
    LinePlan(BudgetKind.REVENUE, "Bổ sung cân đối", 4_300_000_000, 169_206_000, 2_336_210_000, "Bổ sung cân đối"),
    LinePlan(
        BudgetKind.REVENUE, "Bổ sung có mục tiêu", 5_500_000_000, 473_794_000, 5_721_585_000, "Bổ sung có mục tiêu"
    ),
    LinePlan(
        BudgetKind.EXPENDITURE,
        "Chi đầu tư phát triển",
        5_500_000_000,
        473_794_000,
        5_721_585_000,
        "Giải ngân công trình mẫu",
        is_investment=True,
        project="Công trình mẫu của xã",
    ),
    LinePlan(BudgetKind.EXPENDITURE, "Chi thường xuyên", 4_810_000_000, 229_206_000, 2_311_643_700, "Chi thường xuyên"),
    LinePlan(BudgetKind.EXPENDITURE, "Dự phòng", 200_000_000, 30_000_000, 0, ""),
)


def write(work: Work) -> None:
    """Writes lines, allocations and entries."""
    for number, plan in enumerate(LINES, start=1):
        line = budget_lines.save_line(
            work,
            None,
            {
                "year": YEAR,
                "kind": plan.kind,
                "name": plan.name,
                "is_investment": plan.is_investment,
                "project": plan.project,
            },
        )
        for kind, day, amount in (
            (AllocationKind.GIVEN, date(2023, 1, 3), plan.given),
            (AllocationKind.ADDED, date(2023, 4, 12), plan.added),
        ):
            decision = f"Quyết định mẫu {number:02d}/{'GĐN' if kind is AllocationKind.GIVEN else 'BS'}"
            values = {"line_id": line, "kind": kind, "decision": decision, "decided_on": day, "amount": amount}
            budget.save_allocation(work, None, values)
        for index, (day, amount) in enumerate(zip(DAYS, _parts(plan.done), strict=True), start=1):
            if amount:
                letters = "PT" if plan.kind is BudgetKind.REVENUE else "PC"
                entry = {
                    "line_id": line,
                    "entry_on": day,
                    "voucher": f"{letters}-MẪU {number}{index:02d}",
                    "text": f"{plan.text}, tháng {day.month}",
                    "payer": "Đơn vị mẫu",
                    "amount": amount,
                }
                budget.save_entry(work, None, entry)


def _parts(total: int) -> list[int]:
    """Uneven round parts that add to the total; the last one carries what does not divide."""
    parts = [total * share // 100 // 10_000 * 10_000 for share in (12, 15, 21, 17, 19)]
    return [*parts, total - sum(parts)]
