"""What chips and fixed blocks say now: references read against the facts of the report."""

from collections.abc import Sequence

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
    Plain,
    PlanList,
    Role,
    Signature,
    Template,
    When,
)
from app.reports.catalogue import CATALOGUE
from app.reports.facts import Facts
from app.reports.numbering import numbers_behind
from app.reports.resolve import run_of
from app.reports.template import read_block, read_inline
from app.ui.report.chips import Shown

_MISSING = "không có"
_NOT_YET = "…"


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
        rest = f"{count - 1} lĩnh vực sau viết theo cùng mẫu này" if count > 1 else ""
        return f"Viết cho từng lĩnh vực có hồ sơ, {count} lĩnh vực", rest

    def numbers(self, roles: Sequence[Role]) -> Sequence[str]:
        """The numbers of the edited section's paragraphs, whose roles these are."""
        sections = self.template.sections
        place = next(at for at, section in enumerate(sections) if section.key == self.section)
        return numbers_behind(sections[:place], roles)

    def is_silent(self, clause: Clause, in_repetition: bool) -> bool:
        """Whether a clause says nothing with the figures of now; one that asks for no figure is shown to be mended."""
        dimension = self.first_field if in_repetition and clause.dimension == EACH else clause.dimension
        try:
            value = self.facts.figure(clause.figure, "" if dimension == EACH else dimension).value
        except Problem:
            return False
        return bool(value) != (clause.when is When.SOME)

    def inline(self, reference: str) -> Shown:
        """How a reference is shown; one that leads nowhere is said so in red."""
        inline = read_inline(reference)
        if isinstance(inline, Clause):
            words = "".join(self._shown(each).text for each in inline.inlines)
            return Shown("", backed=False, tip=f"Chỉ in khi cần: “{words.strip()}”")
        return self._shown(inline)

    def _shown(self, inline: Plain) -> Shown:
        try:
            run = run_of(inline, self.template, self.section, self.facts, self.first_field)
        except Problem as problem:
            return Shown(_MISSING, backed=True, tip=str(problem), faulty=True)
        is_words = isinstance(inline, PeriodWord | OfficeWord) or (
            isinstance(inline, Citation) and inline.kind is CitationKind.PHRASE
        )
        return Shown(run.text or _NOT_YET, backed=not is_words, tip=self._tip(inline))

    def _tip(self, inline: Plain) -> str:
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

    def block(self, reference: str) -> str:
        """What stands in the place of a block that is not edited here."""
        match read_block(reference):
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
