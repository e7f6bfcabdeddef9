"""A new office: everything that is asked at the first start, written as one Save into a new file."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from app import places
from app.clock import Clock
from app.models.database import Actor, Work, build_file
from app.models.office import OfficeKind
from app.registers import office, seeds

TITLES = ("Chủ tịch", "Phó Chủ tịch")
_DEPUTY = "Phó "


@dataclass(frozen=True)
class NewOffice:
    """What the first start asks: the office, who signs for it, who sits at the PC."""

    kind: OfficeKind
    name: str
    superior: str
    signer: str
    title: str
    person: str
    section: str
    with_catalogue: bool


def found_file(path: Path, clock: Clock, new: NewOffice) -> int:
    """Makes the file of a new office, whole or not at all; returns the id of the person who sits at the PC.

    Raises Problem when a file is there already.
    """
    return build_file(path, clock, Actor(new.person), "Lập sổ", found, new)


def found(work: Work, new: NewOffice) -> int:
    """Fills a new file. The office is valid from the year before on, so that last year's papers have a head too."""
    valid_from = date(work.clock.today().year - 1, 1, 1)
    seeds.seed(work)
    office.save_office(work, None, {**head_of(new), "valid_from": valid_from})
    signer = {"name": new.signer, **signing_as(new.title), "valid_from": valid_from, "valid_to": None}
    office.save_signer(work, None, signer)
    if new.with_catalogue:
        from app.registers.exchange import starter_catalogue  # readers of files load at this door

        starter_catalogue(work, valid_from)
    return office.save_person(work, None, {"name": new.person, "section": new.section})


def head_of(new: NewOffice) -> Mapping[str, Any]:
    """The office's version as it follows from the few things asked; everything can be changed later."""
    return {
        "kind": new.kind,
        "name": new.name,
        "superior": new.superior,
        "place": place_of(new.kind, new.name),
        "issuers": "UBND, HĐND",
        "parent_line": "",
        "authority_line": True,
        "recipients": usual_recipients(new.kind),
    }


def place_of(kind: str, name: str) -> str:
    """The place of the date line: the name; "Phường 1" where it is a number (Nghị định 30/2020/NĐ-CP, Phụ lục I)."""
    return f"{kind.capitalize()} {name}" if name[:1].isdigit() else name


def usual_recipients(kind: str) -> str:
    """Recipients one a line, as most communes write them."""
    return f"Như trên\nLãnh đạo UBND {kind}\nCông chức chuyên môn UBND {kind}\nLưu: VT"


def signing_as(title: str) -> Mapping[str, str]:
    """A deputy signs for the head: "Phó Chủ tịch" prints KT. CHỦ TỊCH above."""
    return {"title": title, "signed_for": title.removeprefix(_DEPUTY) if title.startswith(_DEPUTY) else ""}


def catalogue_size() -> int:
    """How many procedures the starter catalogue offers."""
    with (places.resources() / "catalogue" / "procedures-2026.csv").open(encoding="utf-8", newline="") as file:
        return sum(1 for _ in csv.DictReader(file))


def superiors() -> tuple[str, ...]:
    """Whom a commune may report to, as far as resources/ knows; any other name may be typed."""
    with (places.resources() / "superiors.csv").open(encoding="utf-8", newline="") as file:
        return tuple(row["name"] for row in csv.DictReader(file))
