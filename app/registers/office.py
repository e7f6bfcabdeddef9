"""The office and its people: dated versions, signers, staff, rules, days off; facts about the file itself."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from sqlalchemy import Connection, select

from app.calendars import calendar_for
from app.models.database import Work, table_of
from app.models.office import (
    DayException,
    FixedPhrase,
    LegalBasis,
    OfficeKind,
    OfficeVersion,
    Person,
    Rule,
    Setting,
    Signer,
)
from app.problems import Problem
from app.registers.description import Field, Register, Width
from app.registers.kinds import KindName, Option
from app.registers.saving import put, stored, taken
from app.workdays import Calendar

SAME_DAY_UNTIL = "dossier.same_day_until"
OPENED_ON = "opened_on"
SAMPLE_DAY = "sample_day"
CONFIRMED_YEARS = "calendar.confirmed_years"

OFFICE_FIELDS = (
    Field(
        OfficeVersion.kind,
        "Loại",
        "Loại đơn vị hành chính cấp xã.",
        choices=tuple(Option(kind.value, kind.value[0].upper() + kind.value[1:]) for kind in OfficeKind),
    ),
    Field(OfficeVersion.name, "Tên", "Tên riêng, không kèm chữ xã, phường: Nam Trung.", kind=KindName.NAME),
    Field(
        OfficeVersion.superior,
        "Cấp trên nhận báo cáo",
        "Cơ quan in sau “Kính gửi”: trước 01/7/2025 là cấp huyện, từ đó là cấp tỉnh.",
    ),
    Field(
        OfficeVersion.place,
        "Địa danh ghi ngày",
        "Địa danh đứng trước ngày tháng ở đầu văn bản.",
        width=Width.THIRD,
    ),
    Field(OfficeVersion.code, "Mã cơ quan", "Mã trong hệ thống một cửa của tỉnh: H23.56.21.", width=Width.THIRD),
    Field(
        OfficeVersion.issuers,
        "Nơi ban hành",
        "Các cơ quan ban hành văn bản, cách nhau bằng dấu phẩy: UBND, HĐND.",
        width=Width.THIRD,
    ),
    Field(
        OfficeVersion.parent_line,
        "Dòng cơ quan chủ quản",
        "In trên tên cơ quan, chữ thường không đậm; ủy ban nhân dân để trống.",
        in_form=False,
    ),
    Field(
        OfficeVersion.authority_line,
        "In dòng TM. ỦY BAN NHÂN DÂN",
        "Bỏ dấu khi chủ tịch ký thẩm quyền riêng.",
    ),
    Field(
        OfficeVersion.recipients,
        "Nơi nhận",
        "Mỗi dòng một nơi; gạch đầu dòng, dấu chấm phẩy và dấu chấm được đặt khi in.",
    ),
    Field(OfficeVersion.valid_from, "Áp dụng từ", "Ngày đầu tiên mang tên này.", in_form=False),
)

SIGNER_FIELDS = (
    Field(Signer.name, "Người ký", "Họ và tên, không học hàm, học vị.", kind=KindName.NAME),
    Field(Signer.title, "Chức vụ", "Chức vụ in dưới quyền hạn: Chủ tịch, Phó Chủ tịch.", width=Width.HALF),
    Field(
        Signer.signed_for,
        "Ký thay",
        "Chức vụ được ký thay, khi cấp phó ký: Chủ tịch.",
        width=Width.HALF,
        required=False,
    ),
    Field(Signer.valid_from, "Ký từ ngày", "Ngày đầu tiên được ký.", width=Width.HALF),
    Field(Signer.valid_to, "Đến ngày", "Ngày cuối cùng được ký; để trống nếu còn ký.", width=Width.HALF),
)

PERSON_FIELDS = (
    Field(Person.name, "Họ và tên", "Người ngồi máy; tên ghi vào mỗi lần lưu.", kind=KindName.NAME),
    Field(Person.section, "Bộ phận", "Bộ phận hoặc chức danh: Một cửa, Tài chính, kế toán."),
    Field(Person.left_on, "Nghỉ từ ngày", "Ngày thôi làm; để trống nếu còn làm.", width=Width.HALF),
)

DAY_FIELDS = (
    Field(DayException.day, "Ngày", "Ngày mà cơ quan nghỉ hoặc làm khác lịch chung."),
    Field(DayException.worked, "Ngày này làm việc", "Đánh dấu khi làm bù; để trống khi nghỉ."),
    Field(DayException.name, "Lý do", "Thông báo hoặc dịp nghỉ."),
)

BASIS_FIELDS = (
    Field(LegalBasis.type_name, "Loại văn bản", "Kế hoạch, Nghị định, Thông tư.", width=Width.HALF),
    Field(LegalBasis.symbol, "Số, ký hiệu", "Đúng như trên văn bản: 124/KH-UBND.", width=Width.HALF),
    Field(LegalBasis.dated_on, "Ngày ban hành", "Ngày ghi trên văn bản.", width=Width.HALF),
    Field(LegalBasis.issuer, "Cơ quan ban hành", "Cơ quan ban hành văn bản.", width=Width.HALF),
    Field(LegalBasis.abstract, "Trích yếu", "Về việc gì."),
    Field(LegalBasis.valid_from, "Hiệu lực từ", "Ngày có hiệu lực.", width=Width.HALF),
    Field(LegalBasis.valid_to, "Đến ngày", "Ngày hết hiệu lực; để trống nếu còn.", width=Width.HALF),
)

PHRASE_FIELDS = (Field(FixedPhrase.text, "Cụm từ", "Tên riêng có chữ số, in đúng như gõ: TCVN ISO 9001:2015."),)


def save_office(work: Work, row_id: int | None, values: Mapping[str, Any]) -> int:
    """Writes a version of the office. Raises Problem when another version begins on the same day."""
    values = dict(values)
    if "valid_from" in values:
        _check_version_day(work, row_id, values["valid_from"])
    if values.get("issuers"):
        values["issuers"] = ", ".join(dict.fromkeys(issuers_of(values))) or None  # commas alone name nobody
    return put(work, OfficeVersion, row_id, values)


def _check_version_day(work: Work, row_id: int | None, valid_from: date) -> None:
    if taken(work, OfficeVersion, row_id, OfficeVersion.valid_from == valid_from):
        raise Problem("Đã có bản áp dụng từ ngày này", field="valid_from")


def new_office_version(work: Work, valid_from: date) -> int:
    """Copies the version in force from a day on, for a new name, kind or superior. Raises Problem for a day taken."""
    _check_version_day(work, None, valid_from)
    copied = dict(office_on(work.connection, valid_from))
    del copied["id"]
    return work.insert(OfficeVersion, **copied | {"valid_from": valid_from})


def save_signer(work: Work, row_id: int | None, values: Mapping[str, Any]) -> int:
    """Writes a signer. Raises Problem when the last day lies before the first."""
    _in_order(stored(work, Signer, row_id) | dict(values), "Ngày cuối trước ngày đầu")
    return put(work, Signer, row_id, values)


def save_person(work: Work, row_id: int | None, values: Mapping[str, Any]) -> int:
    """Writes a person of the staff list. Raises Problem for a name that is there already."""
    values = dict(values)
    if "name" in values:
        values["name_key"] = values["name"].casefold()
        if taken(work, Person, row_id, Person.name_key == values["name_key"]):
            raise Problem(f"Đã có {values['name']} trong danh sách", field="name")
    return put(work, Person, row_id, values)


def save_day(work: Work, row_id: int | None, values: Mapping[str, Any]) -> int:
    """Writes a day that the office works or rests otherwise than the calendar says."""
    if "day" in values and taken(work, DayException, row_id, DayException.day == values["day"]):
        raise Problem("Ngày này đã có trong danh sách", field="day")
    return put(work, DayException, row_id, values)


def remove_day(work: Work, row_id: int) -> None:
    """Takes an own day away: the calendar of the country holds again."""
    work.delete(DayException, row_id)


def save_basis(work: Work, row_id: int | None, values: Mapping[str, Any]) -> int:
    """Writes a legal basis. Raises Problem for one that is there already and for days out of order."""
    merged = stored(work, LegalBasis, row_id) | dict(values)
    _in_order(merged, "Ngày hết hiệu lực trước ngày có hiệu lực")
    type_name, symbol = merged["type_name"], merged["symbol"]
    if taken(work, LegalBasis, row_id, LegalBasis.type_name == type_name, LegalBasis.symbol == symbol):
        raise Problem(f"Đã có {type_name} {symbol} trong danh sách", field="symbol")
    return put(work, LegalBasis, row_id, values)


def save_phrase(work: Work, row_id: int | None, values: Mapping[str, Any]) -> int:
    """Writes a fixed phrase. Raises Problem for one that is there already."""
    if taken(work, FixedPhrase, row_id, FixedPhrase.text == values["text"]):
        raise Problem(f"Đã có “{values['text']}” trong danh sách", field="text")
    return put(work, FixedPhrase, row_id, values)


def _in_order(values: Mapping[str, Any], sentence: str) -> None:
    first, last = values.get("valid_from"), values.get("valid_to")
    if first and last and last < first:
        raise Problem(sentence, field="valid_to")


OFFICE = Register("office", "Cơ quan", "cơ quan", OfficeVersion, OFFICE_FIELDS, frozenset({"id"}), save_office)
SIGNERS = Register("signers", "Người ký", "người ký", Signer, SIGNER_FIELDS, frozenset({"id"}), save_signer)
PEOPLE = Register("people", "Cán bộ", "cán bộ", Person, PERSON_FIELDS, frozenset({"id", "name_key"}), save_person)
DAYS = Register("days", "Ngày nghỉ", "ngày", DayException, DAY_FIELDS, frozenset({"id"}), save_day)
BASES = Register("bases", "Căn cứ pháp lý", "căn cứ", LegalBasis, BASIS_FIELDS, frozenset({"id"}), save_basis)
PHRASES = Register("phrases", "Cụm từ cố định", "cụm từ", FixedPhrase, PHRASE_FIELDS, frozenset({"id"}), save_phrase)


@dataclass(frozen=True)
class PersonInfo:
    """A person as lists show one."""

    id: int
    name: str
    section: str


def office_on(connection: Connection, day: date) -> Mapping[str, Any]:
    """The office's version in force on a day (the first one before that). Raises Problem without any."""
    versions = office_versions(connection)
    if not versions:
        raise Problem("Sổ chưa có tên cơ quan", next_step="Điền ở Thiết lập › Cơ quan.")
    return next((version for version in versions if version["valid_from"] <= day), versions[-1])


def office_versions(connection: Connection) -> list[Mapping[str, Any]]:
    """All versions, the newest first."""
    query = select(table_of(OfficeVersion)).order_by(OfficeVersion.valid_from.desc())
    return [dict(row) for row in connection.execute(query).mappings()]


def signer_on(connection: Connection, day: date) -> Mapping[str, Any] | None:
    """Who signs on a day: the one who signs for nobody first, then the longest in office."""
    query = (
        select(table_of(Signer))
        .where(Signer.valid_from <= day)
        .order_by(Signer.signed_for != "", Signer.valid_from, Signer.id)
    )
    for row in connection.execute(query).mappings():
        if row["valid_to"] is None or row["valid_to"] >= day:
            return dict(row)
    return None


def people(connection: Connection, day: date) -> list[PersonInfo]:
    """The staff on a day, in the order they were entered."""
    query = select(Person.id, Person.name, Person.section, Person.left_on).order_by(Person.id)
    return [
        PersonInfo(row.id, row.name, row.section)
        for row in connection.execute(query)
        if row.left_on is None or row.left_on > day
    ]


def issuers_of(office: Mapping[str, Any]) -> tuple[str, ...]:
    """Who issues documents in an office's version, the first of them in the report's name."""
    return tuple(issuer.strip() for issuer in str(office["issuers"]).split(",") if issuer.strip())


def reporting_issuer(office: Mapping[str, Any]) -> str:
    """Whose documents the report counts: the first of the office's issuers."""
    return next(iter(issuers_of(office)), "")


def setting(connection: Connection, key: str) -> str | None:
    """A fact about the file, None where it was never set."""
    return connection.execute(select(Setting.value).where(Setting.key == key)).scalar_one_or_none()


def sample_day(connection: Connection) -> date | None:
    """The day that the sample office carries, which everybody takes as today; None for an office's own file."""
    day = setting(connection, SAMPLE_DAY)
    return date.fromisoformat(day) if day else None


def set_setting(work: Work, key: str, value: str) -> None:
    """Writes a fact about the file."""
    row_id = work.connection.execute(select(Setting.id).where(Setting.key == key)).scalar_one_or_none()
    if row_id is None:
        work.insert(Setting, key=key, value=value)
    else:
        work.update(Setting, row_id, value=value)


def rule(connection: Connection, key: str, day: date) -> str:
    """A dated rule's value in force on a day. Raises KeyError for a rule that was never seeded: a bug."""
    query = select(Rule.value).where(Rule.key == key, Rule.valid_from <= day).order_by(Rule.valid_from.desc()).limit(1)
    found = connection.execute(query).scalar_one_or_none()
    if found is None:
        raise KeyError(key)
    return str(found)


def same_day_until(connection: Connection, day: date) -> time:
    """The hour up to which a same-day dossier is given back the same day."""
    return time.fromisoformat(rule(connection, SAME_DAY_UNTIL, day))


def calendar(connection: Connection, years: Iterable[int]) -> Calendar:
    """Working days of these years: public holidays, official exchanges, the office's own days over both."""
    query = select(DayException.day, DayException.worked)
    return calendar_for(set(years), dict(connection.execute(query).all()), confirmed_years(connection))


def confirmed_years(connection: Connection) -> frozenset[int]:
    """The years whose days off the office has confirmed itself, because nothing that came with the program did."""
    return frozenset(int(year) for year in (setting(connection, CONFIRMED_YEARS) or "").split())


def confirm_year(work: Work, year: int, confirmed: bool) -> None:
    """Notes that the days off of a year are all known, or that they are not."""
    years = confirmed_years(work.connection) - {year} | ({year} if confirmed else set())
    set_setting(work, CONFIRMED_YEARS, " ".join(str(each) for each in sorted(years)))
