"""Dossiers of the one-stop counter: their description; registering, correcting, taking away."""

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, or_, select

from app import formats, vietnamese, workdays
from app.models.database import Work
from app.models.dossiers import Channel, Dossier, DossierStep, Outcome, Procedure, StepKind
from app.problems import Problem, Problems
from app.registers import dossier_steps, office, procedures
from app.registers.description import Field, Register, Width
from app.registers.kinds import KindName, Option
from app.registers.saving import put, stored

CHANNELS = (
    Option(Channel.IN_PERSON, "Trực tiếp", synonyms=("Tại Bộ phận Một cửa", "Tại quầy", "Trực tiếp tại Một cửa")),
    Option(
        Channel.ONLINE,
        "Trực tuyến",
        synonyms=("Trực tuyến toàn trình", "Trực tuyến một phần", "Dịch vụ công", "Cổng DVC", "Online"),
    ),
    Option(
        Channel.POST,
        "Bưu chính",
        synonyms=("Bưu chính công ích", "BCCI", "Bưu điện", "Qua bưu điện", "Dịch vụ bưu chính", "Nộp qua BCCI"),
    ),
)
OUTCOMES = (
    Option(Outcome.RESOLVED, "Đã giải quyết", synonyms=("Đã trả kết quả", "Đã trả", "Đã xử lý xong", "Hoàn thành")),
    Option(Outcome.RETURNED, "Trả lại", synonyms=("Trả lại hồ sơ", "Không đủ điều kiện")),
    Option(Outcome.WITHDRAWN, "Rút hồ sơ", synonyms=("Rút", "Công dân rút", "Công dân yêu cầu rút hồ sơ")),
    Option(Outcome.STOPPED, "Dừng", synonyms=("Dừng xử lý", "Dừng giải quyết")),
    Option(Outcome.REJECTED, "Từ chối", synonyms=("Từ chối tiếp nhận", "Không được tiếp nhận")),
)
# Words of files that mean "not finished": an empty outcome.
PENDING_WORDS = ("Đang giải quyết", "Đang xử lý", "Mới đăng ký", "Được tiếp nhận", "Đang làm")

# What the due date is worked out of.
DUE_FROM = ("procedure_id", "received_on", "received_at")

FIELDS = (
    Field(
        Dossier.procedure_id,
        "Thủ tục",
        "Chọn trong danh mục; thời hạn của thủ tục định ngày hẹn trả.",
        headings=("Tên thủ tục", "Tên TTHC", "Thủ tục hành chính", "Mã thủ tục"),
        reference="procedures",
    ),
    Field(
        Dossier.applicant,
        "Người nộp",
        "Họ và tên người nộp, hoặc tên tổ chức.",
        headings=("Tên người nộp", "Họ và tên", "Chủ hồ sơ", "Tổ chức, cá nhân", "Người nộp hồ sơ", "Tên công dân"),
        kind=KindName.NAME,
        placeholder="Họ và tên",
    ),
    Field(
        Dossier.phone,
        "Điện thoại",
        "Số điện thoại để báo khi có kết quả.",
        headings=("Số điện thoại", "SĐT", "ĐT"),
        width=Width.HALF,
    ),
    Field(
        Dossier.code,
        "Mã hồ sơ của tỉnh",
        "Mã do hệ thống một cửa của tỉnh cấp; để trống thì sổ cấp số NB.",
        headings=("Mã hồ sơ", "Mã hồ sơ TTHC", "Số hồ sơ", "Mã số hồ sơ", "Số biên nhận", "Mã biên nhận"),
        required=False,
        width=Width.HALF,
    ),
    Field(Dossier.address, "Địa chỉ", "Thôn, xóm, xã của người nộp.", headings=("Địa chỉ thường trú", "Nơi ở")),
    Field(
        Dossier.channel,
        "Nhận qua",
        "Hồ sơ đến bằng đường nào; báo cáo đếm riêng từng đường.",
        headings=("Hình thức", "Hình thức nộp", "Kênh nộp", "Hình thức tiếp nhận"),
        choices=CHANNELS,
    ),
    Field(
        Dossier.received_on,
        "Ngày nhận",
        "Ngày tiếp nhận; gõ 12, 12/6 hay h cho hôm nay.",
        headings=("Ngày tiếp nhận", "Ngày nộp", "Ngày nhận hồ sơ"),
        past_only=True,
        width=Width.THIRD,
    ),
    Field(
        Dossier.received_at,
        "Giờ",
        "Giờ tiếp nhận; sau 15 giờ hồ sơ trả trong ngày chuyển sang ngày làm việc sau.",
        headings=("Giờ nhận", "Giờ tiếp nhận"),
        width=Width.THIRD,
    ),
    Field(
        Dossier.quantity,
        "Số lượng",
        "Nhiều hồ sơ giống nhau trong ngày ghi một dòng.",
        headings=("SL", "Số lượng hồ sơ", "Số bộ"),
        minimum=1,
        width=Width.THIRD,
    ),
    Field(
        Dossier.due_on,
        "Hạn trả",
        "Tự tính từ thời hạn của thủ tục; sửa tay phải ghi lý do.",
        headings=("Ngày hẹn trả", "Hẹn trả", "Hạn giải quyết", "Ngày hẹn trả kết quả"),
        width=Width.HALF,
    ),
    Field(
        None,
        "Lý do sửa hạn",
        "Vì sao hạn trả khác thời hạn của thủ tục.",
        key="due_reason",
        kind=KindName.TEXT,
        in_import=False,
        width=Width.HALF,
    ),
    Field(
        Dossier.officer_id,
        "Người giải quyết",
        "Công chức được giao hồ sơ.",
        headings=("Cán bộ xử lý", "Người xử lý", "Công chức giải quyết"),
        reference="people",
    ),
    Field(
        Dossier.papers_digitised_on,
        "Số hóa giấy tờ",
        "Ngày đã số hóa giấy tờ của hồ sơ.",
        headings=("Ngày số hóa hồ sơ", "Ngày số hóa"),
        past_only=True,
        width=Width.HALF,
    ),
    Field(
        Dossier.result_digitised_on,
        "Số hóa kết quả",
        "Ngày đã số hóa kết quả giải quyết.",
        headings=("Ngày số hóa kết quả",),
        past_only=True,
        width=Width.HALF,
    ),
    Field(Dossier.note, "Ghi chú", "Điều cần nhớ về hồ sơ này.", headings=("Chú thích",)),
    Field(
        Dossier.outcome,
        "Trạng thái",
        "Hồ sơ kết thúc thế nào; để trống là đang giải quyết.",
        headings=("Tình trạng", "Kết quả giải quyết", "Tình trạng hồ sơ"),
        choices=OUTCOMES,
        in_form=False,
    ),
    Field(
        Dossier.finished_on,
        "Ngày xong",
        "Ngày có kết quả, trả lại, rút hoặc dừng; ngày này định trước hạn, đúng hạn hay quá hạn.",
        headings=("Ngày giải quyết xong", "Ngày hoàn thành", "Ngày kết thúc", "Ngày có kết quả"),
        past_only=True,
        in_form=False,
    ),
    Field(
        Dossier.handed_over_on,
        "Ngày trả kết quả",
        "Ngày người nộp nhận kết quả.",
        headings=("Ngày trả", "Ngày trả KQ", "Ngày trả cho dân"),
        past_only=True,
        in_form=False,
    ),
)


def due_date(connection: Connection, procedure_id: int, received_on: date, received_at: time | None) -> date | None:
    """The due date by the procedure's limit and the office's calendar; None where the limit is not known."""
    amount, unit = procedures.limit_on(connection, procedure_id, received_on)
    if unit is None:
        return None
    calendar = office.calendar(connection, range(received_on.year, received_on.year + 2))
    until = office.same_day_until(connection, received_on)
    return workdays.due_date(received_on, received_at, amount, unit, calendar, until)


def save(work: Work, row_id: int | None, values: Mapping[str, Any]) -> int:
    """Registers a dossier (row_id None) or corrects one; what `values` leave out stays. Raises all faults at once.

    Without a code the next number of our own series is taken. The due date is worked out of the procedure's limit, anew
    when procedure, day or hour change; another one needs a reason, and stays when the dossier is corrected later.
    """
    before = stored(work, Dossier, row_id)
    values = dict(values)
    typed_due, reason = values.pop("due_on", before.get("due_on")), values.pop("due_reason", None) or ""
    merged = before | values
    computed = due_date(work.connection, merged["procedure_id"], merged["received_on"], merged.get("received_at"))
    moved = any(before.get(key) != merged.get(key) for key in DUE_FROM)
    kept = bool(before) and typed_due == before["due_on"]
    if kept and moved and computed is not None and not reason:
        typed_due, kept = None, False
    due_on = typed_due if kept else typed_due or computed
    faults = [
        *_code_faults(work, row_id, values),
        *_day_faults(before, merged),
        *([] if kept else _due_faults(merged, due_on, computed, reason)),
        *digitised_faults(merged),
    ]
    if faults:
        raise Problems(faults)
    if row_id is None:
        return _register(work, values, due_on, reason)
    _amend(work, before, values, {} if kept else {"due_on": due_on, "reason": reason})
    return row_id


def _register(work: Work, values: dict[str, Any], due_on: date | None, reason: str) -> int:
    received_on = values["received_on"]
    if not values.get("code"):
        values |= next_own_code(work.connection, received_on.year)
    dossier_id = put(
        work, Dossier, None, {**values, **search_keys(values), "due_on": due_on, "due_set_on": received_on}
    )
    dossier_steps.add_step(work, dossier_id, StepKind.RECEIVED, received_on, due_on=due_on, reason=reason)
    return dossier_id


def _amend(work: Work, before: dict[str, Any], values: dict[str, Any], due: Mapping[str, Any]) -> None:
    row_id = before["id"]
    if not values.get("code"):
        values.pop("code", None)  # a number once given stays
    merged = before | values
    steps = dossier_steps.steps_of(work.connection, row_id)
    for step in steps:
        # A dossier is refused at the counter, on the day it came.
        if step["kind"] in (StepKind.RECEIVED, StepKind.REJECTED):
            work.update(DossierStep, step["id"], on_date=merged["received_on"])
    if due:
        setting_due = [step for step in steps if step["kind"] in (StepKind.RECEIVED, StepKind.DUE_SET)]
        work.update(DossierStep, setting_due[-1]["id"], **due)
    derived = dossier_steps.derive(dossier_steps.steps_of(work.connection, row_id))
    put(work, Dossier, row_id, {**values, **search_keys(merged), **derived})


def remove(work: Work, dossier_id: int) -> str:
    """Takes away a dossier entered by mistake, with its steps; returns its name."""
    name = f"hồ sơ {work.row(Dossier, dossier_id)['code']}"
    for step in dossier_steps.steps_of(work.connection, dossier_id):
        work.delete(DossierStep, step["id"])
    work.delete(Dossier, dossier_id)
    return name


def next_own_code(connection: Connection, year: int) -> dict[str, Any]:
    """The next number of our own series: NB-2023-0023. One that somebody has typed as a code is passed over."""
    query = select(func.max(Dossier.own_number)).where(Dossier.own_year == year)
    number = (connection.execute(query).scalar_one() or 0) + 1
    while connection.execute(select(Dossier.id).where(Dossier.code == own_code(year, number))).first():
        number += 1
    return {"code": own_code(year, number), "own_year": year, "own_number": number}


def own_code(year: int, number: int) -> str:
    """A code of our own series."""
    return f"NB-{year}-{number:04d}"


def search_keys(values: Mapping[str, Any]) -> dict[str, Any]:
    """What the list is sorted and searched by; the procedure's own words are found through the procedure."""
    parts = (values.get(key) for key in ("code", "applicant", "address", "phone"))
    return {
        "applicant_key": vietnamese.name_sort_key(values["applicant"]),
        "search_text": vietnamese.fold(" ".join(part for part in parts if part)),
    }


def _code_faults(work: Work, row_id: int | None, values: Mapping[str, Any]) -> list[Problem]:
    if not values.get("code"):
        return []
    same = select(Dossier.applicant).where(Dossier.code == values["code"], Dossier.id != (row_id or 0))
    taken = work.connection.execute(same).scalar_one_or_none()
    return [] if taken is None else [Problem(f"Mã {values['code']} đã có, của {taken}", field="code")]


def _day_faults(before: Mapping[str, Any], values: Mapping[str, Any]) -> list[Problem]:
    finished_on = before.get("finished_on")
    if finished_on is None or before["outcome"] == Outcome.REJECTED or values["received_on"] <= finished_on:
        return []
    return [Problem(f"Ngày nhận sau ngày xong {formats.format_date(finished_on)}", field="received_on")]


def _due_faults(values: Mapping[str, Any], due_on: date | None, computed: date | None, reason: str) -> list[Problem]:
    if due_on is not None and due_on < values["received_on"]:
        return [Problem("Hạn trả trước ngày nhận", field="due_on")]
    if computed is not None and due_on != computed and not reason:
        return [Problem("Hạn trả khác thời hạn của thủ tục. Cần ghi lý do", field="due_reason")]
    return []


def digitised_faults(values: Mapping[str, Any]) -> list[Problem]:
    """Papers and results are not digitised before the dossier came."""
    return [
        Problem("Ngày số hóa trước ngày nhận", field=key)
        for key in ("papers_digitised_on", "result_digitised_on")
        if values.get(key) and values[key] < values["received_on"]
    ]


def _found_by(word: str) -> ColumnElement[bool]:
    """In the dossier's own words or in those of its procedure."""
    procedures_found = select(Procedure.id).where(Procedure.search_text.contains(word, autoescape=True))
    return or_(
        Dossier.search_text.contains(word, autoescape=True),
        Dossier.procedure_id.in_(procedures_found),
    )


DOSSIERS = Register(
    "dossiers",
    "Hồ sơ",
    "hồ sơ",
    Dossier,
    FIELDS,
    frozenset(
        {
            "id",
            "own_year",
            "own_number",
            "applicant_key",
            "due_set_on",
            "search_text",
            "source_group_id",
            "source_row",
            "import_key",
        }
    ),
    save,
    remove,
    search=_found_by,
    sorts={"applicant": Dossier.applicant_key},
)


def procedure_exists(connection: Connection) -> bool:
    """Whether there is a catalogue to choose from."""
    return connection.execute(select(Procedure.id).limit(1)).first() is not None
