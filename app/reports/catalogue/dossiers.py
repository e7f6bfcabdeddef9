"""Figures of the dossiers. In code the columns of biểu II.06a: total (3), online (4), in_person + post (5),
carried_over (6), finished (7), finished_early (8), finished_on_time (9), finished_late (10), pending (11) to (13).
"""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import ColumnElement, Connection, Subquery, and_, case, or_, select, true, union_all

from app.models.dossiers import Channel, Dossier, DossierStep, Outcome, Procedure, ProcedureField, StepKind
from app.reports.figures import Basis, Columns, Count, Figure, Predicate, Ratio, Scope

# Steps that set the due date: reception, a supplement asked for (none), an extension or correction.
DUE_STEPS = (StepKind.RECEIVED, StepKind.AWAITING_SUPPLEMENT, StepKind.DUE_SET)


def _basis(scope: Scope) -> Subquery:
    """Not rejected, received on or before the end, unfinished or finished on or after the start.

    Three index ranges, so that ten years of dossiers cost what one half-year costs.
    """
    start, end = scope.period.start, scope.period.end
    due_then = (
        select(DossierStep.due_on)
        .where(DossierStep.dossier_id == Dossier.id, DossierStep.on_date <= end, DossierStep.kind.in_(DUE_STEPS))
        .order_by(DossierStep.on_date.desc(), DossierStep.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    columns = select(
        Dossier.id,
        Dossier.quantity.label("measure"),
        Dossier.procedure_id.label("key"),
        Dossier.received_on,
        Dossier.channel,
        Dossier.outcome,
        Dossier.finished_on,
        # The due date as of the cut-off: the row's own unless a later step changed it.
        case((Dossier.due_set_on <= end, Dossier.due_on), else_=due_then).label("due_on"),
        Dossier.papers_digitised_on,
        Dossier.result_digitised_on,
    ).where(or_(Dossier.outcome.is_(None), Dossier.outcome != Outcome.REJECTED))
    return union_all(
        columns.where(Dossier.received_on >= start, Dossier.received_on <= end),
        # Bounded at both ends, so that the range of days finished is taken and not all that was received before.
        columns.where(Dossier.finished_on.between(start, date.max), Dossier.received_on < start),
        columns.where(Dossier.finished_on.is_(None), Dossier.received_on < start),
    ).subquery("dossiers")


def _rejected_basis(scope: Scope) -> Subquery:
    """Refused at the counter in the period."""
    return (
        select(Dossier.id, Dossier.quantity.label("measure"), Dossier.procedure_id.label("key"))
        .where(
            Dossier.outcome == Outcome.REJECTED,
            Dossier.finished_on >= scope.period.start,
            Dossier.finished_on <= scope.period.end,
        )
        .subquery("rejected")
    )


def _fields(connection: Connection, _: Scope) -> Mapping[int, str]:
    query = (
        select(Procedure.id, ProcedureField.name)
        .join(ProcedureField, ProcedureField.id == Procedure.field_id)
        .order_by(ProcedureField.position, ProcedureField.id)
    )
    return dict(connection.execute(query).all())


DOSSIERS = Basis("dossiers", "dossiers", "hồ sơ", _basis, _fields)
REJECTED = Basis("dossiers", "dossiers", "hồ sơ", _rejected_basis, _fields)


def _all(_: Columns, __: Scope) -> ColumnElement[bool]:
    return true()


def _new(row: Columns, scope: Scope) -> ColumnElement[bool]:
    return row["received_on"] >= scope.period.start


def _carried_over(row: Columns, scope: Scope) -> ColumnElement[bool]:
    return row["received_on"] < scope.period.start


def _through(channel: Channel) -> Predicate:
    return lambda row, scope: and_(_new(row, scope), row["channel"] == channel)


def _finished(row: Columns, scope: Scope) -> ColumnElement[bool]:
    return row["finished_on"] <= scope.period.end


def _pending(row: Columns, scope: Scope) -> ColumnElement[bool]:
    return or_(row["finished_on"].is_(None), row["finished_on"] > scope.period.end)


def _ended_as(outcome: Outcome) -> Predicate:
    return lambda row, scope: and_(_finished(row, scope), row["outcome"] == outcome)


def _early(row: Columns, scope: Scope) -> ColumnElement[bool]:
    return and_(_finished(row, scope), row["finished_on"] < row["due_on"])


def _on_time(row: Columns, scope: Scope) -> ColumnElement[bool]:
    # Without a due date (awaiting a supplement, no limit known) nothing is late.
    return and_(_finished(row, scope), or_(row["due_on"].is_(None), row["finished_on"] == row["due_on"]))


def _late(row: Columns, scope: Scope) -> ColumnElement[bool]:
    return and_(_finished(row, scope), row["finished_on"] > row["due_on"])


def _resolved(when: Predicate) -> Predicate:
    return lambda row, scope: and_(when(row, scope), row["outcome"] == Outcome.RESOLVED)


def _pending_in_time(row: Columns, scope: Scope) -> ColumnElement[bool]:
    return and_(_pending(row, scope), or_(row["due_on"].is_(None), row["due_on"] >= scope.period.end))


def _pending_overdue(row: Columns, scope: Scope) -> ColumnElement[bool]:
    return and_(_pending(row, scope), row["due_on"] < scope.period.end)


def _digitised(row: Columns, scope: Scope) -> ColumnElement[bool]:
    return row["papers_digitised_on"] <= scope.period.end


def _not_digitised(row: Columns, scope: Scope) -> ColumnElement[bool]:
    return or_(row["papers_digitised_on"].is_(None), row["papers_digitised_on"] > scope.period.end)


def _results_digitised(row: Columns, scope: Scope) -> ColumnElement[bool]:
    return row["result_digitised_on"] <= scope.period.end


FIGURES: tuple[Figure, ...] = (
    Count("dossiers.total", "Tiếp nhận đến ngày chốt, chưa xong khi kỳ bắt đầu hoặc nhận trong kỳ", DOSSIERS, _all),
    Count("dossiers.new", "Tiếp nhận trong kỳ", DOSSIERS, _new),
    Count("dossiers.carried_over", "Nhận trước kỳ, khi kỳ bắt đầu chưa xong", DOSSIERS, _carried_over),
    Count("dossiers.online", "Tiếp nhận trực tuyến trong kỳ", DOSSIERS, _through(Channel.ONLINE)),
    Count("dossiers.in_person", "Tiếp nhận trực tiếp trong kỳ", DOSSIERS, _through(Channel.IN_PERSON)),
    Count("dossiers.post", "Tiếp nhận qua bưu chính công ích trong kỳ", DOSSIERS, _through(Channel.POST)),
    Count("dossiers.resolved", "Đã giải quyết đến ngày chốt", DOSSIERS, _ended_as(Outcome.RESOLVED)),
    Count("dossiers.early", "Đã giải quyết trước ngày hẹn", DOSSIERS, _resolved(_early)),
    Count("dossiers.on_time", "Đã giải quyết đúng ngày hẹn", DOSSIERS, _resolved(_on_time)),
    Count("dossiers.late", "Đã giải quyết sau ngày hẹn", DOSSIERS, _resolved(_late)),
    Count("dossiers.rejected", "Từ chối tiếp nhận trong kỳ, không tính vào tổng", REJECTED, _all),
    Count("dossiers.returned", "Trả lại, không đủ điều kiện giải quyết", DOSSIERS, _ended_as(Outcome.RETURNED)),
    Count("dossiers.withdrawn", "Người nộp rút hồ sơ", DOSSIERS, _ended_as(Outcome.WITHDRAWN)),
    Count("dossiers.stopped", "Dừng giải quyết", DOSSIERS, _ended_as(Outcome.STOPPED)),
    Count("dossiers.finished", "Đã kết thúc (giải quyết, trả lại, rút, dừng) đến ngày chốt", DOSSIERS, _finished),
    Count("dossiers.finished_early", "Đã kết thúc trước ngày hẹn", DOSSIERS, _early),
    Count("dossiers.finished_on_time", "Đã kết thúc đúng ngày hẹn", DOSSIERS, _on_time),
    Count("dossiers.finished_late", "Đã kết thúc sau ngày hẹn", DOSSIERS, _late),
    Count("dossiers.pending", "Đến ngày chốt chưa kết thúc", DOSSIERS, _pending),
    Count("dossiers.pending_in_time", "Chưa kết thúc, ngày hẹn từ ngày chốt trở đi", DOSSIERS, _pending_in_time),
    Count("dossiers.pending_overdue", "Chưa kết thúc, ngày hẹn trước ngày chốt", DOSSIERS, _pending_overdue),
    Count("dossiers.digitised", "Giấy tờ đã số hóa đến ngày chốt", DOSSIERS, _digitised),
    Count("dossiers.not_digitised", "Giấy tờ chưa số hóa đến ngày chốt", DOSSIERS, _not_digitised),
    Count("dossiers.results_digitised", "Kết quả đã số hóa đến ngày chốt", DOSSIERS, _results_digitised),
    Ratio("dossiers.online_share", "Trực tuyến trong kỳ trên tổng tiếp nhận", ("dossiers.online",), "dossiers.total"),
    Ratio("dossiers.online_share_of_new", "Trực tuyến trên tiếp nhận trong kỳ", ("dossiers.online",), "dossiers.new"),
    Ratio("dossiers.digitised_share", "Đã số hóa trên tổng tiếp nhận", ("dossiers.digitised",), "dossiers.total"),
    Ratio(
        "dossiers.in_time_share",
        "Giải quyết trước và đúng hạn trên đã giải quyết",
        ("dossiers.early", "dossiers.on_time"),
        "dossiers.resolved",
    ),
)
