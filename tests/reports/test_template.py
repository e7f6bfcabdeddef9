import json
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.problems import Problem
from app.reports import blocks
from app.reports.blocks import Clause, FigureRef, Inline, Plain, Section, Template, TemplateBlock, Text
from app.reports.template import VERSION, read_template, write_template

typed = st.text(max_size=30)
plain = st.one_of(
    *(
        st.builds(kind) if not fields(kind) else st.from_type(kind)
        for kind in Plain.__args__  # type: ignore[attr-defined]
    )
)
inlines = st.lists(st.one_of(plain, st.builds(Clause, typed, st.lists(plain, max_size=3).map(tuple)))).map(tuple)
template_blocks: st.SearchStrategy[TemplateBlock] = st.one_of(
    st.builds(blocks.Paragraph, st.sampled_from(blocks.Role), inlines),
    st.builds(blocks.Subject, typed, st.lists(inlines, max_size=2).map(tuple)),
    st.builds(blocks.RepeatFields, inlines),
    st.builds(blocks.Annex, st.sampled_from(blocks.AnnexKind), inlines),
    st.sampled_from([blocks.Head(), blocks.Addressee(), blocks.PlanList(), blocks.Signature()]),
)
sections = st.builds(Section, typed, typed, st.lists(template_blocks, max_size=4).map(tuple))
templates = st.builds(Template, typed, typed, st.dates(), st.lists(sections, max_size=3).map(tuple))


@given(templates)
def test_what_is_written_is_read_back(template: Template) -> None:
    assert read_template(write_template(template)) == template


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"version": 1}', '{"version": "x"}'])
def test_what_is_no_template_is_a_problem(text: str) -> None:
    with pytest.raises(Problem):
        read_template(text)


def test_an_unknown_block_is_a_problem(outline_template: Template) -> None:
    whole = json.loads(write_template(outline_template))
    whole["sections"][0]["blocks"][0] = {"chart": "pie"}
    with pytest.raises(Problem, match="chart"):
        read_template(json.dumps(whole))


def test_a_newer_version_is_said_to_be_newer(outline_template: Template) -> None:
    whole = json.loads(write_template(outline_template)) | {"version": VERSION + 1}
    with pytest.raises(Problem, match="phiên bản mới hơn"):
        read_template(json.dumps(whole))


def texts(node: object) -> Iterator[str]:
    """What is typed in a template, without keys and names."""
    if isinstance(node, Text):
        yield node.text
    elif isinstance(node, tuple):
        for child in node:
            yield from texts(child)
    elif is_dataclass(node):
        for each in fields(node):
            yield from texts(getattr(node, each.name))


def references(node: object) -> Iterator[Inline]:
    if isinstance(node, FigureRef | Clause):
        yield node
    if isinstance(node, tuple):
        for child in node:
            yield from references(child)
    elif is_dataclass(node):
        for each in fields(node):
            yield from references(getattr(node, each.name))


@pytest.mark.parametrize("name", ["outline_template", "sample_template"])
def test_no_digit_is_typed(name: str, request: pytest.FixtureRequest) -> None:
    """Digits come from figures, citations, period and date words, and fixed phrases."""
    template: Template = request.getfixturevalue(name)
    assert [text for text in texts(template.sections) if re.search(r"\d", text)] == []


@pytest.mark.parametrize("name", ["outline_template", "sample_template"])
def test_no_place_is_typed(name: str, request: pytest.FixtureRequest) -> None:
    template: Template = request.getfixturevalue(name)
    assert [text for text in texts(template.sections) if re.search(r"Nam (Trung|Sách)|Hải Dương", text)] == []


def test_figures_of_a_repetition_stand_in_it(outline_template: Template) -> None:
    for section in outline_template.sections:
        for block in section.blocks:
            inside = isinstance(block, blocks.RepeatFields)
            assert inside or all(each.dimension != blocks.EACH for each in references(block))
