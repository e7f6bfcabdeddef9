"""A template and the facts make the document: every reference becomes a run with its value beside its text. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import assert_never

from app import formats
from app.problems import Problem
from app.reports.annexes import notes_of, percent_text, table_of, unit_of
from app.reports.blocks import (
    EACH,
    Addressee,
    Annex,
    AnnexRef,
    Citation,
    CitationForm,
    CitationKind,
    Clause,
    DateWord,
    DateWordKind,
    DimensionWord,
    Document,
    DocumentBlock,
    FigureRef,
    FilledAddressee,
    FilledAnnex,
    FilledHead,
    FilledSignature,
    Form,
    Head,
    Inline,
    OfficeWord,
    OfficeWordKind,
    Paragraph,
    PeriodWord,
    PeriodWordKind,
    Plain,
    PlanList,
    RepeatFields,
    Role,
    Run,
    Section,
    Signature,
    Subject,
    Template,
    TemplateBlock,
    Text,
    When,
    text_of,
)
from app.reports.facts import COMMITTEE, CitedDocument, Facts, FigureValue
from app.reports.numbering import annex_labels, number_sections
from app.vietnamese import clean

BLANK = "\u00a0" * 5  # room for a number, a day or a month to be written by hand
END_MARK = "./."  # once, after the last word of the text (Nghị định 30/2020/NĐ-CP, Phụ lục I)
DRAFT = "DỰ THẢO"


def resolve(template: Template, facts: Facts) -> Document:
    """The report as it will be printed. Paragraphs that say nothing (all their clauses silent) are left out."""
    annexes = annex_labels(template.sections)
    filled = []
    for section in template.sections:
        scope = _Scope(facts, annexes, section.key)
        blocks = tuple(each for block in section.blocks for each in _fill(block, scope))
        filled.append(Section(section.key, section.title, blocks))
    return Document(_title(filled), number_sections(_ended(filled)))


def run_of(inline: Plain, template: Template, section: str, facts: Facts, dimension: str = "") -> Run:
    """One reference by itself, as the editor shows it within a section."""
    return _plain(inline, _Scope(facts, annex_labels(template.sections), section, dimension))


def report_symbol(facts: Facts) -> str:
    """ "71/BC-UBND", numbers below 10 as 01-09; room for the number where there is none."""
    number = BLANK if facts.number is None else f"{facts.number:02d}{facts.number_suffix}"
    return f"{number}/{facts.symbol}"


@dataclass(frozen=True)
class _Scope:
    """What inlines are read against; `dimension` is set inside a repetition."""

    facts: Facts
    annexes: Mapping[str, str]
    section: str
    dimension: str = ""

    def figure(self, name: str, dimension: str) -> FigureValue:
        return self.facts.figure(name, self.dimension if dimension == EACH else dimension)


# Blocks


def _fill(block: TemplateBlock, scope: _Scope) -> Iterable[DocumentBlock]:
    facts = scope.facts
    match block:
        case Paragraph(role, inlines):
            runs = _runs(inlines, scope)
            if text_of(runs).strip():
                yield Paragraph(role, runs)
        case Subject(kind, lines):
            yield Subject(kind, tuple(_runs(line, scope) for line in lines))
        case PlanList():
            yield from _items([f"{_cite(plan, CitationForm.DATED)}{_about(plan.abstract)}" for plan in facts.plans])
        case RepeatFields(inlines):
            for name in facts.fields:
                yield Paragraph(Role.ITEM, _runs(inlines, replace(scope, dimension=name)))
        case Head():
            yield _head(facts)
        case Addressee():
            if facts.addressees:
                yield FilledAddressee(facts.addressees)
        case Signature():
            yield _signature(facts)
        case Annex(kind, title):
            yield FilledAnnex(
                kind,
                scope.annexes[scope.section],
                _runs(title, scope),
                _reference(facts),
                unit_of(kind),
                table_of(kind, facts),
                notes_of(kind, facts),
            )
        case _:
            assert_never(block)


def _items(texts: Sequence[str]) -> Iterable[Paragraph[Run]]:
    for position, text in enumerate(texts, start=1):
        yield Paragraph(Role.ITEM, (Run(text + ("." if position == len(texts) else ";")),))


def _about(abstract: str) -> str:
    """An abstract behind the words for a document: "Về việc ..." and "Thực hiện ..." both go on in lower case."""
    if not abstract:
        return ""
    is_word = abstract[1:2].islower() or abstract[1:2] == " "  # a capital behind the first is an abbreviation: CCHC
    words = clean(abstract[0].lower() + abstract[1:] if is_word else abstract).rstrip(" .;")
    return f" {words}" if words.startswith("về ") else f" về {words}"


def _head(facts: Facts) -> FilledHead:
    office = facts.office
    return FilledHead(
        superior=office.parent_line,
        agency=(COMMITTEE, office.unit),
        number=f"Số: {report_symbol(facts)}",
        place_and_date=f"{office.place}, {_report_day(facts)}",
        draft=DRAFT if facts.number is None else "",
    )


def _report_day(facts: Facts) -> str:
    """ "ngày 12 tháng 6 năm 2023", with room for day and month while there is none."""
    if facts.dated_on is None:
        return f"ngày{BLANK}tháng{BLANK}năm {facts.period.year}"
    return formats.format_long_date(facts.dated_on)


def _reference(facts: Facts) -> tuple[str, str]:
    """The line that ties an annex to its report, in two pieces."""
    report = f"(Kèm theo Báo cáo số {report_symbol(facts)} {_report_day(facts)}"
    return report, f"của {facts.office.full_name})"


def _signature(facts: Facts) -> FilledSignature:
    """TM., KT. and title (Nghị định 30/2020/NĐ-CP, Phụ lục I, phần II, mục I, khoản 7)."""
    titles = [f"TM. {COMMITTEE}"] if facts.office.authority_line else []
    if facts.signer and facts.signer.signed_for:
        titles.append(f"KT. {facts.signer.signed_for}")
    if facts.signer:
        titles.append(facts.signer.title)
    names = [name.strip(" -;.") for name in facts.recipients]
    recipients = tuple(f"- {name}{'.' if at == len(names) else ';'}" for at, name in enumerate(names, start=1))
    name = facts.signer.name if facts.signer else ""
    return FilledSignature(tuple(title.upper() for title in titles), name, recipients)


def _ended(sections: Sequence[Section[DocumentBlock]]) -> list[Section[DocumentBlock]]:
    """The same with "./." behind the last paragraph before the signature, in place of its last mark."""
    last: tuple[int, int] | None = None
    for at, section in enumerate(sections):
        for position, block in enumerate(section.blocks):
            if isinstance(block, Paragraph):
                last = (at, position)
    if last is None:
        return list(sections)
    at, position = last
    block = sections[at].blocks[position]
    assert isinstance(block, Paragraph)
    *before, run = block.inlines
    closed = replace(block, inlines=(*before, replace(run, text=run.text.rstrip(" .;:,/") + END_MARK)))
    blocks = (*sections[at].blocks[:position], closed, *sections[at].blocks[position + 1 :])
    return [*sections[:at], replace(sections[at], blocks=blocks), *sections[at + 1 :]]


def _title(sections: Sequence[Section[DocumentBlock]]) -> str:
    """ "Báo cáo kết quả công tác ...": the words of the subject, as the title of the file."""
    for section in sections:
        for block in section.blocks:
            if isinstance(block, Subject):
                words = " ".join(text_of(line) for line in block.lines)
                return f"{block.kind.capitalize()} {words[:1].lower()}{words[1:]}"
    return "Báo cáo"


# Inlines


def _runs(inlines: Sequence[Inline], scope: _Scope) -> tuple[Run, ...]:
    """The runs of inlines, neighbours of one shape joined unless they hold a figure."""
    runs: list[Run] = []
    for inline in inlines:
        for run in _inline(inline, scope):
            last = runs[-1] if runs else None
            if last and (last.bold, last.italic, last.figure, run.figure) == (run.bold, run.italic, None, None):
                runs[-1] = replace(last, text=last.text + run.text)
            elif run.text:
                runs.append(run)
    return tuple(runs)


def _inline(inline: Inline, scope: _Scope) -> Iterable[Run]:
    if isinstance(inline, Clause):
        value = scope.figure(inline.figure, inline.dimension).value
        if bool(value) == (inline.when is When.SOME):
            for each in inline.inlines:
                yield _plain(each, scope)
    else:
        yield _plain(inline, scope)


def _plain(inline: Plain, scope: _Scope) -> Run:
    facts = scope.facts
    match inline:
        case Text(text, bold, italic):
            return Run(_typed(text), bold, italic)
        case FigureRef(name, dimension, form, zero):
            figure = scope.figure(name, dimension)
            return Run(figure_text(figure, form, zero), figure=figure)
        case Citation(kind, key, form):
            return Run(_cited(kind, key, form, facts))
        case PeriodWord(which):
            return Run(_period_word(which, facts))
        case DateWord(which):
            return Run(_date_word(which, facts))
        case OfficeWord(which):
            return Run(_office_word(which, facts))
        case AnnexRef(key):
            return Run(scope.annexes.get(key, "Phụ lục"))
        case DimensionWord():
            return Run(scope.dimension)
    assert_never(inline)


def _typed(text: str) -> str:
    """What people typed or pasted: composed, no invisible signs, line ends as spaces; a space at an end stays."""
    before, after = (" " if end.isspace() else "" for end in (text[:1], text[-1:]))
    return f"{before}{clean(text)}{after}" if text.strip() else before


def figure_text(figure: FigureValue, form: Form, zero: str = "0") -> str:
    """A figure as running text prints it."""
    match form:
        case Form.COUNT if figure.value == 0:
            return zero
        case Form.COUNT:
            return formats.format_count(_whole(figure))
        case Form.PLAIN:
            return formats.format_integer(_whole(figure))
        case Form.MONEY:
            return f"{formats.format_integer(_whole(figure))} đồng"
        case Form.PERCENT:
            return percent_text(figure)
        case Form.RATIO:
            return "/".join(formats.format_integer(operand.value) for operand in figure.operands)
    assert_never(form)


def _whole(figure: FigureValue) -> int:
    if not isinstance(figure.value, int):
        raise Problem(f"Số liệu “{figure.name}” là tỷ lệ, không viết như một số đếm", next_step="Xóa ô số liệu đó.")
    return figure.value


def _cited(kind: CitationKind, key: str, form: CitationForm, facts: Facts) -> str:
    match kind:
        case CitationKind.PHRASE:
            return facts.phrases.get(key, key)
        case CitationKind.DOCUMENT:
            return _cite(_found(facts.documents, key, "sổ văn bản"), form)
        case CitationKind.LEGAL_BASIS:
            return _cite(_found(facts.legal_bases, key, "căn cứ pháp lý"), form)
    assert_never(kind)


def _found(register: Mapping[str, CitedDocument], key: str, where: str) -> CitedDocument:
    if key not in register:
        raise Problem(
            f"Báo cáo dẫn “{key}” nhưng trong {where} không có", next_step="Xóa ô dẫn văn bản đó hoặc nhập văn bản."
        )
    return register[key]


def _cite(document: CitedDocument, form: CitationForm) -> str:
    short = f"{document.type_name} số {document.symbol}"
    dated = f"{short} ngày {formats.format_prose_date(document.dated_on)}"
    match form:
        case CitationForm.SHORT:
            return short
        case CitationForm.DATED:
            return dated
        case CitationForm.ISSUED:
            return f"{dated} của {document.issuer}"
        case CitationForm.FULL:
            return f"{dated} của {document.issuer}{_about(document.abstract)}"
    assert_never(form)


def _period_word(which: PeriodWordKind, facts: Facts) -> str:
    period = facts.period
    match which:
        case PeriodWordKind.THIS:
            return period.words
        case PeriodWordKind.NEXT:
            return period.next_words
        case PeriodWordKind.YEAR:
            return str(period.year)
        case PeriodWordKind.PREVIOUS_YEAR:
            return str(period.year - 1)
        case PeriodWordKind.NEXT_YEAR:
            return str(period.year + 1)
    assert_never(which)


def _date_word(which: DateWordKind, facts: Facts) -> str:
    days: Mapping[DateWordKind, date | None] = {
        DateWordKind.START: facts.period.start,
        DateWordKind.CUT_OFF: facts.period.end,
        DateWordKind.BUDGET_START: facts.period.budget_start,
        DateWordKind.REPORT: facts.dated_on,
    }
    day = days[which]
    return formats.format_prose_date(day) if day else BLANK


def _office_word(which: OfficeWordKind, facts: Facts) -> str:
    office = facts.office
    match which:
        case OfficeWordKind.KIND:
            return office.kind
        case OfficeWordKind.NAME:
            return office.unit
        case OfficeWordKind.FULL_NAME:
            return office.full_name
        case OfficeWordKind.SHORT_NAME:
            return office.short_name
        case OfficeWordKind.SUPERIOR:
            return office.superior
        case OfficeWordKind.SUPERIOR_SHORT:
            return office.superior_short
    assert_never(which)
