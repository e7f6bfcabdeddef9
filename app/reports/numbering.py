"""Numbers of headings, sentences and annexes: pure functions of the tree, the same for both trees.

Nghị định 30/2020/NĐ-CP, Phụ lục I, phần II, mục I, khoản 6 and mục III, khoản 1: I., II. for parts in unbroken order,
1., 2. for titles and sentences, a), b), c), d), đ) in the Vietnamese order of letters, Roman numbers for annexes where
there are several.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar, cast

from app.reports.blocks import Annex, FilledAnnex, Paragraph, Role, Section
from app.vietnamese import letter, roman

Block = TypeVar("Block")


@dataclass(frozen=True)
class OutlineEntry:
    """A section in the editor's list: "b) Cải cách TTHC"; `level` 0 for parts and whatever has no number."""

    key: str
    text: str
    level: int


@dataclass(frozen=True)
class _Counter:
    part: int = 0
    title: int = 0
    point: int = 0

    def after(self, role: Role) -> "_Counter":
        """The counter when a paragraph of this role has been counted; lower levels start again."""
        match role:
            case Role.PART:
                return _Counter(self.part + 1)
            case Role.TITLE | Role.SENTENCE:
                return _Counter(self.part, self.title + 1)
            case Role.POINT:
                return _Counter(self.part, self.title, self.point + 1)
            case Role.BODY | Role.ITEM:
                return self

    def number(self, role: Role) -> str:
        match role:
            case Role.PART:
                return f"{roman(self.part)}."
            case Role.TITLE | Role.SENTENCE:
                return f"{self.title}."
            case Role.POINT:
                return f"{letter(self.point - 1)})"
            case Role.BODY | Role.ITEM:
                return ""


def number_sections(sections: Sequence[Section[Block]]) -> tuple[Section[Block], ...]:
    """The same sections with the number of every paragraph set."""
    counter = _Counter()
    numbered = []
    for section in sections:
        blocks: list[Block] = []
        for block in section.blocks:
            if isinstance(block, Paragraph):
                counter = counter.after(block.role)
                blocks.append(cast("Block", replace(block, number=counter.number(block.role))))
            else:
                blocks.append(block)
        numbered.append(replace(section, blocks=tuple(blocks)))
    return tuple(numbered)


def numbers_behind(before: Sequence[Section[Any]], roles: Sequence[Role]) -> tuple[str, ...]:
    """The numbers of paragraphs of these roles in a section that follows others."""
    section: Section[Any] = Section("", "", tuple(Paragraph(role, ()) for role in roles))
    return tuple(block.number for block in number_sections([*before, section])[-1].blocks)


def annex_labels(sections: Sequence[Section[Any]]) -> dict[str, str]:
    """ "Phụ lục I" by section key; a single annex has no number."""
    keys = [
        section.key for section in sections if any(isinstance(each, Annex | FilledAnnex) for each in section.blocks)
    ]
    if len(keys) == 1:
        return {keys[0]: "Phụ lục"}
    return {key: f"Phụ lục {roman(position)}" for position, key in enumerate(keys, start=1)}


_LEVELS = {Role.PART: 0, Role.TITLE: 1, Role.POINT: 2}


def outline(sections: Sequence[Section[Any]]) -> tuple[OutlineEntry, ...]:
    """The editor's list: each section by the number of its first heading, or of its annex, and its title."""
    labels = annex_labels(sections)
    entries = []
    for section in number_sections(sections):
        first = next((each for each in section.blocks if isinstance(each, Paragraph) and each.role in _LEVELS), None)
        number = f"{labels[section.key]}." if section.key in labels else first.number if first else ""
        level = _LEVELS[first.role] if first else 0
        entries.append(OutlineEntry(section.key, f"{number} {section.title}".strip(), level))
    return tuple(entries)
