"""The catalogue of procedures and its published changes. A change is a row of its own, never an overwriting."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, select

from app import formats, vietnamese
from app.models.database import Work, table_of
from app.models.dossiers import (
    DecidedBy,
    Dossier,
    Procedure,
    ProcedureChange,
    ProcedureChangeKind,
    ProcedureField,
)
from app.problems import Problem
from app.registers.description import Field, Register, Width
from app.registers.kinds import KindName, Option
from app.registers.saving import put, stored
from app.workdays import LONGEST_LIMIT, LimitUnit, limit_words

Limit = tuple[int | None, LimitUnit | None]  # amount and unit

UNITS = (
    Option(LimitUnit.SAME_DAY, "trong ngày", synonyms=("giải quyết ngay", "trả ngay")),
    Option(LimitUnit.HOURS, "giờ"),
    Option(LimitUnit.WORKING_DAYS, "ngày làm việc", synonyms=("ngày lv", "nlv")),
    Option(LimitUnit.DAYS, "ngày"),
)
LEVELS = (
    Option(DecidedBy.CENTRE, "Trung ương", synonyms=("TW",)),
    Option(DecidedBy.PROVINCE, "Địa phương", synonyms=("tỉnh", "ĐP", "cấp tỉnh")),
)
CHANGE_KINDS = (
    Option(ProcedureChangeKind.ISSUED, "Mới"),
    Option(ProcedureChangeKind.AMENDED, "Sửa đổi"),
    Option(ProcedureChangeKind.ABOLISHED, "Bãi bỏ"),
)

FIELDS = (
    Field(
        Procedure.code,
        "Mã",
        "Mã thủ tục của tỉnh công bố, ví dụ 1.013871.",
        headings=("Mã TTHC", "Mã thủ tục"),
        width=Width.THIRD,
    ),
    Field(
        None,
        "Lĩnh vực",
        "Lĩnh vực của thủ tục; gõ tên mới để thêm lĩnh vực.",
        key="field",
        kind=KindName.TEXT,
        required=True,
        headings=("Tên lĩnh vực", "Lĩnh vực giải quyết"),
    ),
    Field(
        Procedure.name,
        "Tên thủ tục",
        "Tên đầy đủ như quyết định công bố.",
        headings=("Thủ tục", "Tên TTHC", "Tên thủ tục hành chính"),
    ),
    Field(
        Procedure.decided_by,
        "Cấp quyết định",
        "Cấp quy định thủ tục: trung ương hay địa phương.",
        choices=LEVELS,
        headings=("Cấp quy định",),
    ),
    Field(
        Procedure.limit_amount,
        "Thời hạn",
        "Số ngày hoặc giờ giải quyết; “trong ngày” thì để trống.",
        minimum=1,
        headings=("Thời hạn giải quyết", "Số ngày"),
        width=Width.THIRD,
    ),
    Field(
        Procedure.limit_unit,
        "Đơn vị thời hạn",
        "Trong ngày, giờ, ngày làm việc hay ngày.",
        choices=UNITS,
        required=False,
        headings=("Đơn vị",),
    ),
    Field(Procedure.valid_from, "Áp dụng từ", "Ngày đầu tiên áp dụng.", headings=("Hiệu lực từ",), width=Width.HALF),
    Field(
        Procedure.valid_to,
        "Đến ngày",
        "Ngày cuối cùng áp dụng; để trống nếu còn.",
        headings=("Hiệu lực đến",),
        width=Width.HALF,
    ),
)

CHANGE_FIELDS = (
    Field(ProcedureChange.kind, "Thay đổi", "Mới, sửa đổi hay bãi bỏ.", choices=CHANGE_KINDS),
    Field(ProcedureChange.decision, "Quyết định công bố", "Số, ký hiệu và ngày của quyết định."),
    Field(
        ProcedureChange.published_on,
        "Công khai ngày",
        "Ngày công khai; báo cáo đếm theo ngày này.",
        width=Width.HALF,
    ),
    Field(
        ProcedureChange.effective_on,
        "Áp dụng từ",
        "Ngày bắt đầu áp dụng; thời hạn mới tính cho hồ sơ nhận từ ngày này.",
        width=Width.HALF,
    ),
    Field(
        ProcedureChange.limit_amount, "Thời hạn mới", "Để trống nếu thời hạn không đổi.", minimum=1, width=Width.THIRD
    ),
    Field(
        ProcedureChange.limit_unit,
        "Đơn vị thời hạn",
        "Đơn vị của thời hạn mới.",
        choices=UNITS,
        required=False,
    ),
    Field(ProcedureChange.note, "Nội dung", "Thay đổi những gì, một dòng."),
)


def save(work: Work, row_id: int | None, values: Mapping[str, Any]) -> int:
    """Writes a procedure; what `values` leave out stays; a field of a new name is added behind the others.

    Raises Problem for a code taken, half a limit, days out of order.
    """
    values = dict(values)
    merged = stored(work, Procedure, row_id) | values
    values |= _limit(merged)
    same = select(Procedure.name).where(Procedure.code == merged["code"], Procedure.id != (row_id or 0))
    other = work.connection.execute(same).scalar_one_or_none()
    if other is not None:
        raise Problem(f"Mã {merged['code']} đã có: {other}", field="code")
    if merged.get("valid_to") and merged["valid_to"] < merged["valid_from"]:
        raise Problem("Ngày cuối trước ngày đầu", field="valid_to")
    if "field" in values:
        values["field_id"] = field_id(work, values.pop("field"))
    values["name_key"] = vietnamese.key(merged["name"])
    # The initials stand behind, so that "ks" finds "Đăng ký khai sinh".
    found_by = f"{merged['code']} {merged['name']} {vietnamese.initials(merged['name'])}"
    values["search_text"] = vietnamese.fold(found_by)
    return put(work, Procedure, row_id, values)


def remove(work: Work, procedure_id: int) -> str:
    """Takes away a procedure entered by mistake, with its changes; returns its name.

    Raises Problem when dossiers were received by it: then it is abolished, not taken away.
    """
    code = work.row(Procedure, procedure_id)["code"]
    received = select(func.count(Dossier.id)).where(Dossier.procedure_id == procedure_id)
    if count := work.connection.execute(received).scalar_one():
        raise Problem(
            f"Thủ tục {code} đã có {formats.format_integer(count)} hồ sơ",
            next_step="Thủ tục không còn áp dụng thì ghi thay đổi “Bãi bỏ”.",
        )
    for change in changes_of(work.connection, procedure_id):
        work.delete(ProcedureChange, change["id"])
    work.delete(Procedure, procedure_id)
    return f"thủ tục {code}"


def remove_change(work: Work, change_id: int) -> ProcedureChangeKind:
    """Takes away a change entered by mistake and returns its kind; what was abolished by it goes on."""
    change = work.row(ProcedureChange, change_id)
    work.delete(ProcedureChange, change_id)
    if change["kind"] == ProcedureChangeKind.ABOLISHED:
        work.update(Procedure, change["procedure_id"], valid_to=None)
    return ProcedureChangeKind(change["kind"])


def save_change(work: Work, row_id: int | None, values: Mapping[str, Any]) -> int:
    """Writes a published change of values["procedure_id"]; what `values` leave out stays.

    A procedure is issued once and abolished once. Issued, it applies from the day of effect; abolished, it ends the day
    before and goes on when the change is corrected to another kind. Raises Problem when it would end before it began.
    """
    values = dict(values)
    before = stored(work, ProcedureChange, row_id)
    merged = before | values
    values |= _limit(merged)
    _once(work, row_id, merged)
    row_id = put(work, ProcedureChange, row_id, values)
    procedure = work.row(Procedure, merged["procedure_id"])
    applies = {key: procedure[key] for key in ("valid_from", "valid_to")}
    if before.get("kind") == ProcedureChangeKind.ABOLISHED:
        applies["valid_to"] = None
    if merged["kind"] == ProcedureChangeKind.ISSUED:
        applies["valid_from"] = merged["effective_on"]
    elif merged["kind"] == ProcedureChangeKind.ABOLISHED:
        applies["valid_to"] = merged["effective_on"] - timedelta(days=1)
    if applies["valid_to"] is not None and applies["valid_to"] < applies["valid_from"]:
        raise Problem("Ngày bãi bỏ không sau ngày bắt đầu áp dụng của thủ tục", field="effective_on")
    work.update(Procedure, procedure["id"], **applies)
    return row_id


def _once(work: Work, row_id: int | None, change: Mapping[str, Any]) -> None:
    """Raises Problem when the procedure was issued or abolished before: the report counts each once."""
    if change["kind"] == ProcedureChangeKind.AMENDED:
        return
    same = select(ProcedureChange.published_on).where(
        ProcedureChange.procedure_id == change["procedure_id"],
        ProcedureChange.kind == change["kind"],
        ProcedureChange.id != (row_id or 0),
    )
    published_on = work.connection.execute(same).scalar()
    if published_on is not None:
        done = "công bố mới" if change["kind"] == ProcedureChangeKind.ISSUED else "công bố bãi bỏ"
        raise Problem(f"Thủ tục này đã {done} ngày {formats.format_date(published_on)}", field="kind")


def _limit(values: Mapping[str, Any]) -> dict[str, Any]:
    """The limit as it is kept: "trong ngày" has no amount. Raises Problem for an amount or a unit alone."""
    amount, unit = values.get("limit_amount"), values.get("limit_unit")
    if amount is not None and unit is None:
        raise Problem("Cần chọn đơn vị của thời hạn", field="limit_unit")
    if unit is not None and unit != LimitUnit.SAME_DAY and amount is None:
        raise Problem("Cần nhập số của thời hạn", field="limit_amount")
    if amount is not None and amount > LONGEST_LIMIT:
        raise Problem(f"Thời hạn nhiều nhất là {LONGEST_LIMIT}", field="limit_amount")
    return {"limit_amount": None if unit == LimitUnit.SAME_DAY else amount, "limit_unit": unit}


def field_id(work: Work, name: str) -> int:
    """The id of a field by its name (marks and spaces folded as a unique key), added when it is new."""
    name_key = vietnamese.key(name)
    found = work.connection.execute(select(ProcedureField.id).where(ProcedureField.name_key == name_key)).scalar()
    if found is not None:
        return int(found)
    last = work.connection.execute(select(func.coalesce(func.max(ProcedureField.position), 0))).scalar_one()
    return work.insert(ProcedureField, name=name, name_key=name_key, position=last + 1)


def fields(connection: Connection) -> Sequence[Option]:
    """The fields of procedures, in the order of the report."""
    query = select(ProcedureField.id, ProcedureField.name).order_by(ProcedureField.position, ProcedureField.id)
    return [Option(row.id, row.name) for row in connection.execute(query)]


def _read() -> Select[Any]:
    return select(table_of(Procedure), ProcedureField.name.label("field")).join(
        ProcedureField, ProcedureField.id == Procedure.field_id
    )


def _applies_from() -> ColumnElement[date]:
    """Since when a procedure applies as it is now: its last change that did not end it, else its first day."""
    changed = (
        select(func.max(ProcedureChange.effective_on))
        .where(
            ProcedureChange.procedure_id == Procedure.id,
            ProcedureChange.kind != ProcedureChangeKind.ABOLISHED,
        )
        .scalar_subquery()
    )
    return func.coalesce(changed, Procedure.valid_from)


PROCEDURES = Register(
    "procedures",
    "Thủ tục",
    "thủ tục",
    Procedure,
    FIELDS,
    frozenset({"id", "field_id", "name_key", "search_text", "source_group_id", "source_row", "import_key"}),
    save,
    remove,
    read=_read,
    search=lambda word: Procedure.search_text.contains(word, autoescape=True),
    sorts={"name": Procedure.name_key, "applies_from": _applies_from()},
)
CHANGES = Register(
    "procedure_changes",
    "Thay đổi",
    "thay đổi",
    ProcedureChange,
    CHANGE_FIELDS,
    frozenset({"id", "procedure_id"}),
    save_change,
)


def limit_history(connection: Connection, procedure_id: int | None = None) -> dict[int, list[tuple[date, Limit]]]:
    """Since when each limit counts for what is received, by procedure (all of them, or one), the earliest first.

    The procedure's own counts until a change brings another.
    """
    own = select(Procedure.id, Procedure.limit_amount, Procedure.limit_unit)
    changed = (
        select(
            ProcedureChange.procedure_id,
            ProcedureChange.effective_on,
            ProcedureChange.limit_amount,
            ProcedureChange.limit_unit,
        )
        .where(ProcedureChange.limit_unit.is_not(None))
        .order_by(ProcedureChange.effective_on, ProcedureChange.id)
    )
    if procedure_id is not None:
        own = own.where(Procedure.id == procedure_id)
        changed = changed.where(ProcedureChange.procedure_id == procedure_id)
    found = {row.id: [(date.min, _kept(row))] for row in connection.execute(own)}
    for row in connection.execute(changed):
        found[row.procedure_id].append((row.effective_on, _kept(row)))
    return found


def _kept(row: Any) -> Limit:
    return row.limit_amount, None if row.limit_unit is None else LimitUnit(row.limit_unit)


def limit_from(history: Sequence[tuple[date, Limit]], day: date) -> Limit:
    """The limit that counts for a dossier received on a day."""
    return [limit for since, limit in history if since <= day][-1]


def limit_on(connection: Connection, procedure_id: int, day: date) -> Limit:
    """The limit of one procedure on a day."""
    return limit_from(limit_history(connection, procedure_id)[procedure_id], day)


def limits_on(connection: Connection, day: date) -> dict[int, Limit]:
    """The limit of every procedure on a day."""
    return {each: limit_from(history, day) for each, history in limit_history(connection).items()}


def options(connection: Connection, day: date) -> Sequence[Option]:
    """The procedures in force on a day, for choosing: code, name, limit; with the field's initials to be found by."""
    query = (
        select(Procedure.id, Procedure.code, Procedure.name, Procedure.valid_from, Procedure.valid_to)
        .order_by(Procedure.code)
        .where(Procedure.valid_from <= day)
    )
    limits = limits_on(connection, day)
    return [
        Option(row.id, row.name, row.code, limit_text(*limits[row.id]))
        for row in connection.execute(query)
        if row.valid_to is None or row.valid_to >= day
    ]


def limit_text(amount: int | None, unit: LimitUnit | None) -> str:
    """ "22 ngày làm việc", "trong ngày"; nothing where the office has not filled the limit yet."""
    return "" if unit is None else limit_words(amount, unit)


def changes_from(connection: Connection) -> dict[int, list[dict[str, Any]]]:
    """All changes by their procedure, the newest first."""
    table = table_of(ProcedureChange)
    found: dict[int, list[dict[str, Any]]] = {}
    for row in connection.execute(select(table).order_by(table.c.published_on.desc(), table.c.id.desc())).mappings():
        found.setdefault(row["procedure_id"], []).append(dict(row))
    return found


def changes_of(connection: Connection, procedure_id: int) -> list[dict[str, Any]]:
    """The changes of one procedure, the newest first."""
    table = table_of(ProcedureChange)
    query = (
        select(table)
        .where(table.c.procedure_id == procedure_id)
        .order_by(table.c.published_on.desc(), table.c.id.desc())
    )
    return [dict(row) for row in connection.execute(query).mappings()]
