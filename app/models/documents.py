"""Documents issued, in numbered series; plans among them, with tasks."""

from datetime import date

from sqlalchemy import Boolean, Date, ForeignKey, Index, Integer, String, Text, UniqueConstraint

from app.models.base import Base, Imported, Mapped, mapped_column


class DocumentType(Base):
    """A type of document (Nghị định 30/2020/NĐ-CP, Điều 7) and how its symbol is made; data, since law changes.

    `symbol_form` names the parts: "{type}-{issuer}", for a công văn "{issuer}".
    """

    __tablename__ = "document_type"

    code: Mapped[str] = mapped_column(String(10), unique=True)
    name: Mapped[str] = mapped_column(String(60))
    symbol_form: Mapped[str] = mapped_column(String(40))
    position: Mapped[int]
    has_tasks: Mapped[bool] = mapped_column(Boolean, default=False)


class DocumentSeries(Base):
    """The numbers of one issuer, type and year, from the opening number on."""

    __tablename__ = "document_series"
    __table_args__ = (UniqueConstraint("issuer", "type_id", "year"),)

    issuer: Mapped[str] = mapped_column(String(40))
    type_id: Mapped[int] = mapped_column(ForeignKey("document_type.id"))
    year: Mapped[int]
    opening_number: Mapped[int] = mapped_column(Integer, default=1)


class Document(Imported, Base):
    """A document issued; a voided one keeps its number and is not counted."""

    __tablename__ = "document"
    __table_args__ = (
        UniqueConstraint("series_id", "number", "suffix"),
        Index("ix_document_dated_on", "dated_on", "number"),
    )

    series_id: Mapped[int] = mapped_column(ForeignKey("document_series.id"))
    number: Mapped[int]
    suffix: Mapped[str] = mapped_column(String(10), default="")
    symbol: Mapped[str] = mapped_column(String(40))
    dated_on: Mapped[date] = mapped_column(Date)
    abstract: Mapped[str] = mapped_column(String(500))
    signer: Mapped[str] = mapped_column(String(100), default="")
    in_report: Mapped[bool] = mapped_column(Boolean, default=False)
    voided_on: Mapped[date | None] = mapped_column(Date)
    void_reason: Mapped[str] = mapped_column(String(300), default="")
    search_text: Mapped[str] = mapped_column(Text)


class PlanTask(Imported, Base):
    """A task of a plan, with who leads it, by when, and what came of it."""

    __tablename__ = "plan_task"
    __table_args__ = (Index("ix_plan_task_document_id", "document_id", "position"),)

    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    position: Mapped[int]
    content: Mapped[str] = mapped_column(String(500))
    area: Mapped[str] = mapped_column(String(100), default="")
    lead_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    due_on: Mapped[date | None] = mapped_column(Date)
    done_on: Mapped[date | None] = mapped_column(Date)
    result: Mapped[str] = mapped_column(Text, default="")
    search_text: Mapped[str] = mapped_column(Text)
