"""What chips and fixed blocks say now: references read against the facts of the report."""

import json

from app.problems import Problem
from app.reports.blocks import (
    EACH,
    Addressee,
    Annex,
    AnnexKind,
    Citation,
    CitationKind,
    Clause,
    FigureRef,
    Head,
    OfficeWord,
    PeriodWord,
    PlanList,
    Signature,
    Template,
    When,
)
from app.reports.catalogue import CATALOGUE
from app.reports.facts import Facts
from app.reports.resolve import run_of
from app.reports.template import read_block, read_inline
from app.ui.report.chips import Shown

_MISSING = "không có"


class ReportReader:
    """Reads references for the editor; `facts` are renewed when registers change, `section` when another is edited."""

    def __init__(self, template: Template, facts: Facts):
        self.template = template
        self.facts = facts
        self.section = ""

    @property
    def first_field(self) -> str:
        """The field that a repetition is shown for."""
        return self.facts.fields[0] if self.facts.fields else ""

    def captions(self) -> tuple[str, str]:
        """The lines above and below a repetition."""
        count = len(self.facts.fields)
        if count == 0:
            return "Viết cho từng lĩnh vực có hồ sơ, kỳ này chưa có", ""
        rest = f"{count - 1} lĩnh vực sau viết cùng mẫu này" if count > 1 else ""
        return f"Viết cho từng lĩnh vực có hồ sơ, {count} lĩnh vực", rest

    def is_silent(self, clause: Clause, in_repetition: bool) -> bool:
        """Whether a clause says nothing with the figures of now."""
        dimension = self.first_field if in_repetition and clause.dimension == EACH else clause.dimension
        value = self.facts.figure(clause.figure, "" if dimension == EACH else dimension).value
        return bool(value) != (clause.when is When.SOME)

    def read(self, reference: str, _position: int) -> Shown:
        """How a reference is shown; one that leads nowhere is said so in red."""
        if any(name in json.loads(reference) for name in ("part", "annex")):
            return Shown(self._fixed(reference), backed=False)
        inline = read_inline(reference)
        if isinstance(inline, Clause):
            return Shown("", backed=False, tip=self._silent(inline))
        try:
            run = run_of(inline, self.template, self.section, self.facts, self.first_field)
        except Problem as problem:
            return Shown(_MISSING, backed=True, tip=str(problem), faulty=True)
        is_words = isinstance(inline, PeriodWord | OfficeWord) or (
            isinstance(inline, Citation) and inline.kind is CitationKind.PHRASE
        )
        return Shown(run.text, backed=not is_words, tip=self._tip(inline))

    def _tip(self, inline: object) -> str:
        match inline:
            case FigureRef(name=name):
                return CATALOGUE[name].definition
            case PeriodWord():
                return "Theo kỳ của báo cáo"
            case OfficeWord():
                return "Theo Thiết lập › Cơ quan"
            case Citation(kind=CitationKind.DOCUMENT):
                return "Lấy từ sổ Văn bản"
            case Citation(kind=CitationKind.LEGAL_BASIS):
                return "Lấy từ căn cứ pháp lý trong Thiết lập"
            case _:
                return ""

    def _silent(self, clause: Clause) -> str:
        words = "".join(
            run_of(inline, self.template, self.section, self.facts, self.first_field).text for inline in clause.inlines
        )
        return f"Chỉ in khi cần: “{words.strip()}”"

    def _fixed(self, block_json: str) -> str:
        match read_block(block_json):
            case Head():
                return "Quốc hiệu, tên cơ quan, số, ngày: lấy từ Thiết lập › Cơ quan và ô Sửa"
            case Addressee():
                return "Kính gửi: " + "; ".join(self.facts.addressees)
            case PlanList():
                return f"Danh sách {len(self.facts.plans)} kế hoạch có dấu “Nêu trong báo cáo CCHC”"
            case Signature():
                name = self.facts.signer.name if self.facts.signer else "chưa có người ký"
                return f"Chữ ký và nơi nhận: {name}"
            case Annex(kind=AnnexKind.DOSSIERS):
                return "Bảng hồ sơ theo lĩnh vực, 13 cột, lấy từ sổ Hồ sơ"
            case Annex(kind=AnnexKind.BUDGET):
                return "Bảng thu, chi ngân sách, lấy từ sổ Ngân sách"
            case _:
                return ""
