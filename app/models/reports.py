"""Saved reports: the period with its cut-off, number and date, and the text as a template tree."""

from datetime import date

from sqlalchemy import Date, ForeignKey, Index, String, Text

from app.models.base import Base, Mapped, mapped_column
from app.periods import PeriodKind


class Report(Base):
    """One report of one period. Numbered and dated, it stands in the register of documents too."""

    __tablename__ = "report"
    __table_args__ = (Index("ix_report_period", "year", "kind"),)

    kind: Mapped[PeriodKind] = mapped_column(String(4))
    year: Mapped[int]
    start: Mapped[date] = mapped_column(Date)
    end: Mapped[date] = mapped_column(Date)
    budget_start: Mapped[date] = mapped_column(Date)
    due_on: Mapped[date] = mapped_column(Date)
    number: Mapped[int | None]
    dated_on: Mapped[date | None] = mapped_column(Date)
    signer_id: Mapped[int | None] = mapped_column(ForeignKey("signer.id"))
    addressee: Mapped[str] = mapped_column(String(300), default="")
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    replaced_by_id: Mapped[int | None] = mapped_column(ForeignKey("report.id"))
    text: Mapped[str] = mapped_column(Text)
