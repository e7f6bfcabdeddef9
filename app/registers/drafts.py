"""Half-typed forms: kept as typed, each belonging to the one who typed it, thrown away when saved."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from app.models.database import Work
from app.models.journal import Draft


@dataclass(frozen=True)
class KeptDraft:
    """What was typed, field by field, before it was read as values."""

    id: int
    row_id: int | None
    typed: Mapping[str, str]
    at: datetime


def keep(work: Work, draft_id: int | None, register: str, row_id: int | None, typed: Mapping[str, str]) -> int:
    """Keeps what is being typed; returns the draft's id, a new one where the draft is gone meanwhile."""
    text = json.dumps(typed, ensure_ascii=False)
    there = work.connection.execute(select(Draft.id).where(Draft.id == draft_id)).scalar_one_or_none()
    return work.keep(
        Draft,
        there,
        person_id=work.actor.person_id,
        register=register,
        row_id=row_id,
        typed=text,
        at=work.clock.now(),
    )


def drop(work: Work, draft_id: int) -> None:
    """Throws a draft away."""
    work.drop(Draft, draft_id)


def drop_of_row(work: Work, registers: Sequence[str], row_id: int) -> None:
    """Throws away what anybody left half typed of a row that is taken away: the next row may get its id."""
    query = select(Draft.id).where(Draft.register.in_(registers), Draft.row_id == row_id)
    for draft_id in work.connection.execute(query).scalars().all():
        drop(work, draft_id)


def of_person(connection: Connection, register: str, person_id: int | None) -> list[KeptDraft]:
    """A person's drafts of a register, the newest first."""
    query = (
        select(Draft.id, Draft.row_id, Draft.typed, Draft.at)
        .where(Draft.register == register, Draft.person_id.is_not_distinct_from(person_id))
        .order_by(Draft.id.desc())
    )
    return [KeptDraft(row.id, row.row_id, json.loads(row.typed), row.at) for row in connection.execute(query)]
