"""Who did what, when: the change journal, and the drafts of half-typed forms."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Integer, String, Text

from app.models.base import Base, Mapped, mapped_column


class ChangeGroup(Base):
    """One Save: the moment of typing, the person, the command in words; an import's file, hash and row count."""

    __tablename__ = "change_group"

    at: Mapped[datetime]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    person_name: Mapped[str] = mapped_column(String(100))
    command: Mapped[str] = mapped_column(String(200))
    undoes_id: Mapped[int | None] = mapped_column(ForeignKey("change_group.id"))
    file_name: Mapped[str] = mapped_column(String(255), default="")
    file_hash: Mapped[str] = mapped_column(String(64), default="")
    row_count: Mapped[int] = mapped_column(Integer, default=0)


class Change(Base):
    """One row before and after (JSON of the columns that changed; null for a row that was not there)."""

    __tablename__ = "change"
    __table_args__ = (Index("ix_change_register_row_id", "register", "row_id"),)

    group_id: Mapped[int] = mapped_column(ForeignKey("change_group.id"), index=True)
    register: Mapped[str] = mapped_column(String(40))
    row_id: Mapped[int]
    before: Mapped[str | None] = mapped_column(Text)
    after: Mapped[str | None] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(String(500), default="")


class Draft(Base):
    """What a person was typing when the form was left or the power went; thrown away when saved."""

    __tablename__ = "draft"

    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    register: Mapped[str] = mapped_column(String(40))
    row_id: Mapped[int | None]
    typed: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
