"""The office in dated versions, its people, its days, its dated rules."""

from datetime import date
from enum import StrEnum

from sqlalchemy import Boolean, Date, Index, String, Text, UniqueConstraint

from app.models.base import Base, Mapped, mapped_column


class OfficeKind(StrEnum):
    """Kinds of commune-level units (thị trấn no longer exists since 01/7/2025; old versions keep it)."""

    COMMUNE = "xã"
    WARD = "phường"
    TOWNSHIP = "thị trấn"
    SPECIAL_ZONE = "đặc khu"


class Setting(Base):
    """A fact about the file itself: what kind it is, the sample's own day, the day the books were opened."""

    __tablename__ = "setting"

    key: Mapped[str] = mapped_column(String(60), unique=True)
    value: Mapped[str] = mapped_column(Text)


class Rule(Base):
    """A rule of law or custom as dated data: the value in force from a day on."""

    __tablename__ = "rule"
    __table_args__ = (UniqueConstraint("key", "valid_from"),)

    key: Mapped[str] = mapped_column(String(60))
    valid_from: Mapped[date] = mapped_column(Date)
    value: Mapped[str] = mapped_column(String(200))
    source: Mapped[str] = mapped_column(String(300), default="")


class DayException(Base):
    """A day that the office knows better than the calendar of public holidays."""

    __tablename__ = "day_exception"

    day: Mapped[date] = mapped_column(Date, unique=True)
    worked: Mapped[bool] = mapped_column(Boolean)
    name: Mapped[str] = mapped_column(String(200))


class OfficeVersion(Base):
    """The office as it is named from a day on; a report keeps the version of its own date."""

    __tablename__ = "office_version"

    valid_from: Mapped[date] = mapped_column(Date, unique=True)
    kind: Mapped[OfficeKind] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(100))
    superior: Mapped[str] = mapped_column(String(200))
    place: Mapped[str] = mapped_column(String(100))
    code: Mapped[str] = mapped_column(String(40), default="")
    issuers: Mapped[str] = mapped_column(String(200), default="UBND")
    parent_line: Mapped[str] = mapped_column(String(200), default="")
    authority_line: Mapped[bool] = mapped_column(Boolean, default=True)
    recipients: Mapped[str] = mapped_column(Text)


class Signer(Base):
    """Who may sign, with title and dates; a deputy signs for the head (KT.)."""

    __tablename__ = "signer"

    name: Mapped[str] = mapped_column(String(100))
    title: Mapped[str] = mapped_column(String(100))
    signed_for: Mapped[str] = mapped_column(String(100), default="")
    valid_from: Mapped[date] = mapped_column(Date)
    valid_to: Mapped[date | None] = mapped_column(Date)


class Person(Base):
    """The staff list; who sits at the PC is chosen from it."""

    __tablename__ = "person"
    __table_args__ = (Index("ix_person_name_key", "name_key", unique=True),)

    name: Mapped[str] = mapped_column(String(100))
    name_key: Mapped[str] = mapped_column(String(100))
    section: Mapped[str] = mapped_column(String(100), default="")
    left_on: Mapped[date | None] = mapped_column(Date)


class LegalBasis(Base):
    """A superior's document that reports cite, with its dates of validity."""

    __tablename__ = "legal_basis"
    __table_args__ = (UniqueConstraint("type_name", "symbol"),)

    type_name: Mapped[str] = mapped_column(String(60))
    symbol: Mapped[str] = mapped_column(String(60))
    dated_on: Mapped[date] = mapped_column(Date)
    issuer: Mapped[str] = mapped_column(String(200))
    abstract: Mapped[str] = mapped_column(String(500), default="")
    valid_from: Mapped[date | None] = mapped_column(Date)
    valid_to: Mapped[date | None] = mapped_column(Date)


class FixedPhrase(Base):
    """A proper name with digits in it (TCVN ISO 9001:2015) that a report may print as it stands."""

    __tablename__ = "fixed_phrase"

    text: Mapped[str] = mapped_column(String(200), unique=True)


class ImportMatch(Base):
    """How the columns and values of one kind of file match a register, remembered by its headings."""

    __tablename__ = "import_match"
    __table_args__ = (UniqueConstraint("register", "headings"),)

    register: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(100))
    headings: Mapped[str] = mapped_column(Text)
    columns: Mapped[str] = mapped_column(Text)
