"""What a report is filled with: plain frozen values, no table and no connection."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from app.periods import Period
from app.problems import Problem

COMMITTEE = "Ủy ban nhân dân"
COMMITTEE_SHORT = "UBND"


@dataclass(frozen=True)
class Operand:
    """One side of a ratio: the figure it is and its value."""

    name: str
    value: int


@dataclass(frozen=True)
class FigureValue:
    """A figure as counted. `value`: an integer; of a ratio a Decimal, None without a base; `unit`: hồ sơ, đồng, %.

    `operands`: of a ratio its numerator and denominator.
    """

    name: str
    dimension: str
    value: int | Decimal | None
    unit: str
    operands: tuple[Operand, ...] = ()


@dataclass(frozen=True)
class OfficeFacts:
    """The office as it was named on the report's day."""

    kind: str  # xã, phường, thị trấn, đặc khu
    name: str  # Nam Trung
    superior: str  # Ủy ban nhân dân huyện Nam Sách
    place: str  # Nam Trung, of the date line
    parent_line: str = ""  # superior agency over the own name in the head, upright; a People's Committee has none
    authority_line: bool = True  # TM. ỦY BAN NHÂN DÂN over the signer's title

    @property
    def unit(self) -> str:
        """ "xã Nam Trung"; a number as name takes a capital: "Phường 1" (Nghị định 30/2020/NĐ-CP, Phụ lục II)."""
        kind = self.kind.capitalize() if self.name[:1].isdigit() else self.kind
        return f"{kind} {self.name}"

    @property
    def full_name(self) -> str:
        return f"{COMMITTEE} {self.unit}"

    @property
    def short_name(self) -> str:
        return f"{COMMITTEE_SHORT} {self.unit}"

    @property
    def superior_short(self) -> str:
        return self.superior.replace(COMMITTEE, COMMITTEE_SHORT)


@dataclass(frozen=True)
class SignerFacts:
    """Who signs; a deputy signs for the head: `signed_for` "Chủ tịch" gives KT. CHỦ TỊCH."""

    name: str
    title: str
    signed_for: str = ""


@dataclass(frozen=True)
class CitedDocument:
    """A document that the text names: a plan, a legal basis. `symbol` is number and symbol, "31/KH-UBND"."""

    type_name: str
    symbol: str
    dated_on: date
    issuer: str
    abstract: str = ""


@dataclass(frozen=True)
class BudgetRow:
    """A row of the budget's annex; amounts in whole đồng. `label` as printed, `depth` 0 for thu and chi themselves."""

    label: str
    depth: int
    allocated: FigureValue
    done: FigureValue
    percent: FigureValue
    bold: bool = False


@dataclass(frozen=True)
class Facts:
    """All that `resolve` needs beside the template.

    `figures` by name and dimension ("" the whole); `fields`: the fields that have dossiers, in the order of the report;
    `documents`, `legal_bases`, `phrases` by the keys that the template cites; a report without `number` is a draft.
    """

    office: OfficeFacts
    period: Period
    figures: Mapping[tuple[str, str], FigureValue]
    fields: tuple[str, ...] = ()
    plans: tuple[CitedDocument, ...] = ()
    budget_rows: tuple[BudgetRow, ...] = ()
    documents: Mapping[str, CitedDocument] = field(default_factory=dict)
    legal_bases: Mapping[str, CitedDocument] = field(default_factory=dict)
    phrases: Mapping[str, str] = field(default_factory=dict)
    addressees: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    signer: SignerFacts | None = None
    number: int | None = None
    number_suffix: str = ""
    symbol: str = "BC-UBND"
    dated_on: date | None = None

    def figure(self, name: str, dimension: str = "") -> FigureValue:
        """A figure; a dimension without rows is nought, a name that no figure has is a Problem."""
        found = self.figures.get((name, dimension))
        if found is not None:
            return found
        whole = self.figures.get((name, ""))
        if whole is None:
            raise Problem(f"Báo cáo nêu số liệu “{name}” mà chương trình không có", next_step="Xóa ô số liệu đó.")
        nought = tuple(replace(operand, value=0) for operand in whole.operands)
        return FigureValue(name, dimension, None if nought else 0, whole.unit, nought)
