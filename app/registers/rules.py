"""Rules of law and custom as dated rows: what each of them means, its versions, a new one from a day on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from app import formats, periods
from app.models.database import Work, table_of
from app.models.office import Rule
from app.periods import PeriodKind
from app.problems import Problem
from app.registers import documents, office, saved_reports
from app.registers.description import Field, Width
from app.registers.kinds import KindName

FIELDS = (
    Field(Rule.value, "Giá trị", "Giá trị áp dụng từ ngày dưới đây.", width=Width.HALF),
    Field(Rule.valid_from, "Áp dụng từ", "Việc trước ngày này vẫn theo quy tắc cũ.", width=Width.HALF),
    Field(Rule.source, "Căn cứ", "Văn bản quy định, hoặc yêu cầu của cấp trên.", kind=KindName.TEXT),
)


@dataclass(frozen=True)
class RuleInfo:
    """What a rule decides, in words; `group` is the heading it stands under, `example` how its value is typed."""

    key: str
    group: str
    label: str
    help: str
    example: str


@dataclass(frozen=True)
class RuleVersion:
    """A rule's value from a day on."""

    id: int
    key: str
    valid_from: date
    value: str
    source: str


def _period_rules() -> list[RuleInfo]:
    found = []
    for ending, group, help_ in (
        ("end", "Ngày chốt số liệu", "Ngày cuối được tính vào kỳ này; mỗi báo cáo vẫn đổi được ngày của mình."),
        ("due", "Ngày gửi báo cáo", "Ngày cấp trên cần nhận báo cáo của kỳ này."),
    ):
        for kind in PeriodKind:
            label = periods.short_of(kind, 2000).removesuffix(" 2000")
            found.append(RuleInfo(f"period.{kind}.{ending}", group, label, help_, "ngày và tháng: 14/6"))
    return found


RULES: Mapping[str, RuleInfo] = {
    info.key: info
    for info in (
        RuleInfo(
            office.SAME_DAY_UNTIL,
            "Thời hạn giải quyết",
            "Giờ nhận cuối để trả trong ngày",
            "Hồ sơ trả trong ngày nhận từ giờ này trở đi thì trả ngày làm việc sau.",
            "giờ và phút: 15:00",
        ),
        RuleInfo(
            saved_reports.REPORT_TYPE,
            "Báo cáo",
            "Loạt số của báo cáo",
            "Mã loại văn bản mà báo cáo lấy số: BC.",
            "mã loại văn bản: BC",
        ),
        *_period_rules(),
    )
}


def versions(connection: Connection) -> list[RuleVersion]:
    """All versions of all rules, of each the newest first."""
    table = table_of(Rule)
    query = select(table.c.id, table.c.key, table.c.valid_from, table.c.value, table.c.source)
    found = [RuleVersion(*row) for row in connection.execute(query.order_by(table.c.key, table.c.valid_from.desc()))]
    return [version for version in found if version.key in RULES]


def set_rule(work: Work, key: str, values: Mapping[str, Any]) -> int:
    """Writes a rule's value from a day on, or mends the one of that very day. Raises Problem for a value that is none.

    Older versions stay: what was due before is judged by them.
    """
    value = read_value(work.connection, key, values["value"])
    written = {"value": value, "source": values.get("source") or ""}
    same = select(Rule.id).where(Rule.key == key, Rule.valid_from == values["valid_from"])
    row_id = work.connection.execute(same).scalar_one_or_none()
    if row_id is None:
        return work.insert(Rule, key=key, valid_from=values["valid_from"], **written)
    work.update(Rule, int(row_id), **written)
    return int(row_id)


def read_value(connection: Connection, key: str, text: str) -> str:
    """A typed value in the form in which it is kept. Raises Problem (field "value")."""
    try:
        if key == office.SAME_DAY_UNTIL:
            return formats.parse_time(text).isoformat("minutes")
        if key == saved_reports.REPORT_TYPE:
            code = next(
                (info.code for info in documents.types(connection) if info.code.casefold() == text.casefold()), ""
            )
            if not code:
                raise Problem(f"Không có loại văn bản mã “{text}”")
            return code
        day = periods.day_of_year(text)
    except Problem as problem:
        raise Problem(problem.sentence, field="value", next_step=problem.next_step) from None
    assert day is not None
    month, number = day
    return f"{number}/{month}"
