"""A template as JSON: as the office file stores it and as the outlines in resources/ are written.

A paragraph is {"paragraph": role, "inlines": [...]}; plain text is a bare string, every other inline an object whose
first key names it: {"figure": "dossiers.total", "form": "count"}. Fields at their defaults are left out.
"""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, assert_never

from app.problems import Problem
from app.reports.blocks import (
    Addressee,
    Annex,
    AnnexKind,
    AnnexRef,
    Citation,
    CitationForm,
    CitationKind,
    Clause,
    DateWord,
    DateWordKind,
    DimensionWord,
    FigureRef,
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
    Section,
    Signature,
    Subject,
    Template,
    TemplateBlock,
    Text,
    When,
)

VERSION = 1
_Json = dict[str, Any]


# Writing


def write_template(template: Template) -> str:
    """The template as JSON text, one inline a line, so that two versions compare well."""
    sections = [
        {"key": section.key, "title": section.title, "blocks": [_block_out(block) for block in section.blocks]}
        for section in template.sections
    ]
    whole = {
        "version": VERSION,
        "key": template.key,
        "title": template.title,
        "valid_from": template.valid_from.isoformat(),
        "sections": sections,
    }
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _block_out(block: TemplateBlock) -> _Json:
    match block:
        case Paragraph(role, inlines):
            return {"paragraph": role.value, "inlines": _inlines_out(inlines)}
        case Subject(kind, lines):
            return {"subject": kind, "lines": [_inlines_out(line) for line in lines]}
        case RepeatFields(inlines):
            return {"repeat": "fields", "inlines": _inlines_out(inlines)}
        case Annex(kind, title):
            return {"annex": kind.value, "title": _inlines_out(title)}
        case Head():
            return {"part": "head"}
        case Addressee():
            return {"part": "addressee"}
        case PlanList():
            return {"part": "plans"}
        case Signature():
            return {"part": "signature"}
    assert_never(block)


def _inlines_out(inlines: tuple[Inline, ...]) -> list[Any]:
    return [_inline_out(inline) for inline in inlines]


def _inline_out(inline: Inline) -> Any:
    match inline:
        case Text(text, False, False):
            return text
        case Text(text, bold, italic):
            return {"text": text} | ({"bold": True} if bold else {}) | ({"italic": True} if italic else {})
        case FigureRef(name, dimension, form, zero):
            return (
                {"figure": name}
                | ({"dimension": dimension} if dimension else {})
                | ({"form": form.value} if form is not Form.COUNT else {})
                | ({"zero": zero} if zero != "0" else {})
            )
        case Citation(kind, key, form):
            return {"cite": kind.value, "key": key} | ({"form": form.value} if form is not CitationForm.DATED else {})
        case PeriodWord(which):
            return {"period": which.value}
        case DateWord(which):
            return {"date": which.value}
        case OfficeWord(which):
            return {"office": which.value}
        case AnnexRef(key):
            return {"annex_ref": key}
        case DimensionWord():
            return {"dimension_word": True}
        case Clause(figure, inlines, dimension, when):
            return (
                {"clause": figure}
                | ({"dimension": dimension} if dimension else {})
                | ({"when": when.value} if when is not When.SOME else {})
                | {"inlines": _inlines_out(inlines)}
            )
    assert_never(inline)


# Reading


def read_template(text: str) -> Template:
    """The template of JSON text; a Problem where the text is no template or comes from a newer version."""
    try:
        whole = json.loads(text)
        version = int(whole["version"])
    except (ValueError, KeyError, TypeError) as error:
        raise Problem("Mẫu báo cáo bị hỏng, không đọc được") from error
    if version > VERSION:
        raise Problem(
            "Mẫu báo cáo do phiên bản mới hơn của chương trình ghi", next_step="Cập nhật chương trình rồi mở lại."
        )
    try:
        sections = tuple(
            Section(each["key"], each["title"], tuple(_block_in(block) for block in each["blocks"]))
            for each in whole["sections"]
        )
        return Template(whole["key"], whole["title"], date.fromisoformat(whole["valid_from"]), sections)
    except (ValueError, KeyError, TypeError, StopIteration) as error:
        raise Problem(f"Mẫu báo cáo bị hỏng: {error}") from error


def read_template_file(path: Path) -> Template:
    """The template of a file in resources/."""
    return read_template(path.read_text(encoding="utf-8"))


_PARTS: dict[str, TemplateBlock] = {
    "head": Head(),
    "addressee": Addressee(),
    "plans": PlanList(),
    "signature": Signature(),
}


def _block_in(block: _Json) -> TemplateBlock:
    match next(iter(block)):
        case "paragraph":
            return Paragraph(Role(block["paragraph"]), _inlines_in(block["inlines"]))
        case "subject":
            return Subject(block["subject"], tuple(_inlines_in(line) for line in block["lines"]))
        case "repeat":
            return RepeatFields(_inlines_in(block["inlines"]))
        case "annex":
            return Annex(AnnexKind(block["annex"]), _inlines_in(block["title"]))
        case "part":
            return _PARTS[block["part"]]
        case unknown:
            raise ValueError(unknown)


def _inlines_in(inlines: list[Any]) -> tuple[Inline, ...]:
    return tuple(
        _clause_in(each) if isinstance(each, dict) and "clause" in each else _plain_in(each) for each in inlines
    )


def _clause_in(clause: _Json) -> Clause:
    inlines = tuple(_plain_in(each) for each in clause["inlines"])
    return Clause(clause["clause"], inlines, clause.get("dimension", ""), When(clause.get("when", When.SOME)))


def _plain_in(inline: Any) -> Plain:
    if isinstance(inline, str):
        return Text(inline)
    match next(iter(inline)):
        case "text":
            return Text(inline["text"], inline.get("bold", False), inline.get("italic", False))
        case "figure":
            form = Form(inline.get("form", Form.COUNT))
            return FigureRef(inline["figure"], inline.get("dimension", ""), form, inline.get("zero", "0"))
        case "cite":
            form_of_citation = CitationForm(inline.get("form", CitationForm.DATED))
            return Citation(CitationKind(inline["cite"]), inline["key"], form_of_citation)
        case "period":
            return PeriodWord(PeriodWordKind(inline["period"]))
        case "date":
            return DateWord(DateWordKind(inline["date"]))
        case "office":
            return OfficeWord(OfficeWordKind(inline["office"]))
        case "annex_ref":
            return AnnexRef(inline["annex_ref"])
        case "dimension_word":
            return DimensionWord()
        case unknown:
            raise ValueError(unknown)


def inlines_of(template: Template) -> Iterator[Plain]:
    """All inlines of a template in reading order, those inside clauses too."""
    for section in template.sections:
        for block in section.blocks:
            match block:
                case Paragraph(inlines=inlines) | RepeatFields(inlines=inlines) | Annex(title=inlines):
                    yield from _flat(inlines)
                case Subject(lines=lines):
                    for line in lines:
                        yield from _flat(line)
                case Head() | Addressee() | PlanList() | Signature():
                    pass
                case _:
                    assert_never(block)


def _flat(inlines: tuple[Inline, ...]) -> Iterator[Plain]:
    for inline in inlines:
        if isinstance(inline, Clause):
            yield from inline.inlines
        else:
            yield inline


def write_inline(inline: Inline) -> str:
    """One inline as JSON, as the editor keeps it behind a chip."""
    return json.dumps(_inline_out(inline), ensure_ascii=False)


def read_inline(text: str) -> Inline:
    """One inline from its JSON."""
    return _inlines_in([json.loads(text)])[0]


def write_block(block: TemplateBlock) -> str:
    """One block as JSON, as the editor keeps what it does not edit."""
    return json.dumps(_block_out(block), ensure_ascii=False)


def read_block(text: str) -> TemplateBlock:
    """One block from its JSON."""
    return _block_in(json.loads(text))
