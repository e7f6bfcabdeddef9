"""Administrative procedures and the dossiers of the one-stop counter."""

from datetime import date, datetime, time
from enum import StrEnum

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, Integer, String, Text, Time, UniqueConstraint

from app.models.base import Base, Imported, Mapped, mapped_column
from app.workdays import LimitUnit


class DecidedBy(StrEnum):
    """Which level decides a procedure."""

    CENTRE = "trung ương"
    PROVINCE = "địa phương"


class ProcedureChangeKind(StrEnum):
    """What a published decision did to a procedure."""

    ISSUED = "issued"
    AMENDED = "amended"
    ABOLISHED = "abolished"


class Channel(StrEnum):
    """How a dossier came in."""

    IN_PERSON = "in_person"
    ONLINE = "online"
    POST = "post"


class Outcome(StrEnum):
    """How a dossier ended; a rejected one was never received and is not counted."""

    RESOLVED = "resolved"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    STOPPED = "stopped"
    REJECTED = "rejected"


class StepKind(StrEnum):
    """Dated steps of a dossier: the truth from which its row is derived."""

    RECEIVED = "received"
    AWAITING_SUPPLEMENT = "awaiting_supplement"
    DUE_SET = "due_set"
    RESOLVED = "resolved"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    STOPPED = "stopped"
    REJECTED = "rejected"
    HANDED_OVER = "handed_over"


class ProcedureField(Base):
    """A field (lĩnh vực) of procedures, in the order of the report."""

    __tablename__ = "procedure_field"

    name: Mapped[str] = mapped_column(String(200))
    name_key: Mapped[str] = mapped_column(String(200), unique=True)
    position: Mapped[int]


class Procedure(Imported, Base):
    """A procedure of the catalogue; its limit is the one it began with, changes carry later ones."""

    __tablename__ = "procedure"

    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(500))
    name_key: Mapped[str] = mapped_column(String(500))
    field_id: Mapped[int] = mapped_column(ForeignKey("procedure_field.id"), index=True)
    decided_by: Mapped[DecidedBy] = mapped_column(String(20))
    limit_amount: Mapped[int | None]
    limit_unit: Mapped[LimitUnit | None] = mapped_column(String(20))
    valid_from: Mapped[date] = mapped_column(Date)
    valid_to: Mapped[date | None] = mapped_column(Date)
    search_text: Mapped[str] = mapped_column(Text)


class ProcedureChange(Base):
    """A published change: issued, amended (perhaps with a new limit from its day on), abolished."""

    __tablename__ = "procedure_change"

    procedure_id: Mapped[int] = mapped_column(ForeignKey("procedure.id"), index=True)
    kind: Mapped[ProcedureChangeKind] = mapped_column(String(20))
    decision: Mapped[str] = mapped_column(String(200))
    published_on: Mapped[date] = mapped_column(Date, index=True)
    effective_on: Mapped[date] = mapped_column(Date)
    limit_amount: Mapped[int | None]
    limit_unit: Mapped[LimitUnit | None] = mapped_column(String(20))
    note: Mapped[str] = mapped_column(String(500), default="")


class Dossier(Imported, Base):
    """One dossier, or several like ones of one day (quantity). The columns from `due_on` on are derived from steps."""

    __tablename__ = "dossier"
    __table_args__ = (
        CheckConstraint("quantity >= 1", name="quantity"),
        UniqueConstraint("own_year", "own_number"),
        Index("ix_dossier_received_on", "received_on", "id"),
        Index("ix_dossier_finished_on", "finished_on", "received_on"),
    )

    code: Mapped[str] = mapped_column(String(60), unique=True)
    own_year: Mapped[int | None]
    own_number: Mapped[int | None]
    procedure_id: Mapped[int] = mapped_column(ForeignKey("procedure.id"), index=True)
    applicant: Mapped[str] = mapped_column(String(200))
    applicant_key: Mapped[str] = mapped_column(String(400), index=True)
    address: Mapped[str] = mapped_column(String(300), default="")
    phone: Mapped[str] = mapped_column(String(30), default="")
    received_on: Mapped[date] = mapped_column(Date)
    received_at: Mapped[time | None] = mapped_column(Time)
    channel: Mapped[Channel] = mapped_column(String(20))
    quantity: Mapped[int] = mapped_column(Integer, default=1)
    officer_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    papers_digitised_on: Mapped[date | None] = mapped_column(Date)
    result_digitised_on: Mapped[date | None] = mapped_column(Date)
    note: Mapped[str] = mapped_column(Text, default="")
    due_on: Mapped[date | None] = mapped_column(Date)
    due_set_on: Mapped[date] = mapped_column(Date)
    finished_on: Mapped[date | None] = mapped_column(Date)
    outcome: Mapped[Outcome | None] = mapped_column(String(20))
    handed_over_on: Mapped[date | None] = mapped_column(Date)
    search_text: Mapped[str] = mapped_column(Text)


class DossierStep(Base):
    """A step on a day; `due_on` is the due date that this step set (none while awaiting a supplement)."""

    __tablename__ = "dossier_step"
    __table_args__ = (Index("ix_dossier_step_dossier_id", "dossier_id", "on_date"),)

    dossier_id: Mapped[int] = mapped_column(ForeignKey("dossier.id"))
    kind: Mapped[StepKind] = mapped_column(String(30))
    on_date: Mapped[date] = mapped_column(Date)
    due_on: Mapped[date | None] = mapped_column(Date)
    reason: Mapped[str] = mapped_column(String(500), default="")
    person_name: Mapped[str] = mapped_column(String(100), default="")
    entered_at: Mapped[datetime]
