"""Thiết lập › Cơ quan: the dated versions of the office, who signs, where reports go."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QSizePolicy, QWidget
from sqlalchemy import Connection

from app import formats
from app.problems import Problem
from app.registers import founding, office
from app.registers.kinds import Context
from app.registers.lists import Listing
from app.ui import painting, theme
from app.ui.described import specs_of
from app.ui.form import FieldSpec
from app.ui.matching import Choice
from app.ui.screens.settings.applied import AppliedForm
from app.ui.screens.settings.group import Found, Group, ListRow, Place, RowList, add_link, in_order, section
from app.ui.tokens import Radius, Size, Space, Type
from app.ui.widgets.buttons import Button, Kind
from app.ui.widgets.fields import DateField
from app.ui.widgets.focus_ring import ring
from app.ui.widgets.labelled import LabelledField
from app.ui.widgets.overlay import Popover

_HEAD = ("kind", "name", "superior", "place", "code", "issuers")
_FOOT = ("recipients", "valid_from", "authority_line")
_RECIPIENTS_HEIGHT = 84
_ALL = 1000

Version = Mapping[str, Any]


class OfficeGroup(Group):
    """`paper_changed` follows each letter, for the printed head and foot beside it."""

    key, title, icon = "office", "Cơ quan", "landmark"
    tables = frozenset({"office_version", "signer"})

    paper_changed = Signal()

    def __init__(self, place: Place):
        super().__init__(place, "Báo cáo cũ giữ nguyên bản của ngày ký nó.")
        self.version_id: int | None = None
        self._versions: list[Version] = []
        balances = Button("Số dư đầu", Kind.GHOST, icon="scale")
        balances.clicked.connect(self._open_balances)
        self._new = Button("Bản mới từ ngày…", icon="plus")
        self._new.clicked.connect(self._ask_day)
        self.tools.addWidget(balances)
        self.tools.addWidget(self._new)
        self._cards = _VersionCards()
        self._cards.chosen.connect(self.choose)
        self.body.addWidget(self._cards)
        head, foot = _specs(self.session.today)
        self.head = AppliedForm(head, self._apply, today=lambda: self.session.today)
        self.foot = AppliedForm(foot, self._apply, today=lambda: self.session.today)
        self.foot.field("recipients").editor.setFixedHeight(_RECIPIENTS_HEIGHT)
        add = add_link("Thêm người ký")
        add.clicked.connect(lambda: self.edit_signer(None))
        self.signers = RowList((170, 0, 150), "Chưa có người ký", after=add)
        self.signers.edit_asked.connect(self.edit_signer)
        self.body.addWidget(self.head)
        self.body.addWidget(section("Người ký", add))
        self.body.addWidget(self.signers)
        self.body.addSpacing(Space.XS)
        self.body.addWidget(self.foot)
        self.body.addStretch(1)
        for form in (self.head, self.foot):
            form.changed.connect(lambda _key: self.paper_changed.emit())

    def refresh(self) -> None:
        with self.session.read() as connection:
            self._versions = office.office_versions(connection)
            signers = Listing(office.SIGNERS, order=(("valid_from", False),)).page(connection, 0, _ALL)
        self.signers.set_rows([_signer_row(signer) for signer in signers])
        if not self._versions:
            return
        if self.version_id not in {version["id"] for version in self._versions}:
            self.version_id = self._in_force()["id"]
            self._start_anew()
        else:
            current = self.version()
            self.head.show_stored(current)
            self.foot.show_stored(current)
        self._show_cards()
        self.paper_changed.emit()

    def _in_force(self) -> Version:
        today = self.session.today
        return next((each for each in self._versions if each["valid_from"] <= today), self._versions[-1])

    def version(self) -> Version:
        """The version chosen, as it is stored."""
        return next(version for version in self._versions if version["id"] == self.version_id)

    def typed(self) -> dict[str, str]:
        """The texts of both forms as they stand."""
        return self.head.typed() | self.foot.typed()

    def choose(self, version_id: int) -> None:
        """Another version is looked at and mended."""
        self.version_id = version_id
        self._start_anew()
        self._show_cards()
        self.paper_changed.emit()

    def _start_anew(self) -> None:
        for form in (self.head, self.foot):
            form.start_anew(self.version())

    def day(self, version: Version) -> date:
        """A day of a version by which its signer is found: today, else the last day it held, else its first."""
        until, first = self._until(version), version["valid_from"]
        assert isinstance(first, date)
        return until if until is not None and until < self.session.today else max(first, self.session.today)

    def _until(self, version: Version) -> date | None:
        later = [each["valid_from"] for each in self._versions if each["valid_from"] > version["valid_from"]]
        return min(later) - timedelta(days=1) if later else None

    def _show_cards(self) -> None:
        with self.session.read() as connection:
            cards = [self._card(connection, version) for version in self._versions]
        self._cards.show_cards(cards, self.version_id)
        in_order(self._new, self._cards.cards())

    def _card(self, connection: Connection, version: Version) -> tuple[int, str, str]:
        start, until = formats.format_date(version["valid_from"]), self._until(version)
        if until is None:
            now = version["valid_from"] <= self.session.today
            span = f"Từ {start} đến nay" if now else f"Từ {start}"
        else:
            span = f"{start} – {formats.format_date(until)}"
        signer = office.signer_on(connection, self.day(version))
        who = f", {signer['title']} {signer['name']}" if signer else ""
        return version["id"], span, f"{version['kind']} {version['name']}{who}"

    # applying

    def _apply(self, key: str, value: Any) -> None:
        form = self.head if key in _HEAD else self.foot
        label = office.OFFICE.by_key[key].label
        words = f"{label[0].lower()}{label[1:]}"
        version_id = self.version_id
        saving = self.session.save(f"Đổi {words}"[:200], office.save_office, version_id, {key: value})

        def refused(problem: Problem) -> None:
            form.refuse(key, problem)

        saving.otherwise(refused).with_toast(f"Đã đổi {words}")

    def edit_signer(self, row_id: Any) -> None:
        """The form of a signer, or of a new one."""
        title = "Người ký mới" if row_id is None else "Sửa người ký"
        self.edit_row(office.SIGNERS, row_id, title, "Đã lưu người ký", valid_from=self.session.today)

    def _ask_day(self) -> None:
        ask = _DayPopover(self.session.today)
        ask.taken.connect(lambda day: self._new_version(ask, day))
        ask.open_at(self._new, right=True)
        ask.day.setFocus()

    def _new_version(self, ask: "_DayPopover", day: date) -> None:
        def made(version_id: int) -> None:
            ask.close_overlay()
            self.choose(version_id)

        saving = self.session.save("Bản mới của cơ quan", office.new_office_version, day)
        saving.then(made).otherwise(ask.refuse).with_toast(f"Đã lập bản mới từ {formats.format_date(day)}")

    def _open_balances(self) -> None:
        from app.ui.screens.opening_balance import OpeningBalancePage

        self.place.shell.open_over(OpeningBalancePage(self.session, self.place.shell))

    # search

    def findable(self) -> Sequence[Found]:
        fields = [Found(f.key, f.label, f.help) for f in office.OFFICE_FIELDS if f.key in (*_HEAD, *_FOOT)]
        signers = Found("signers", "Người ký", "Chức vụ, ký thay, từ ngày")
        balances = Found("balances", "Số dư đầu", "Số văn bản cuối đã dùng, ngân sách lũy kế, ngày mở sổ")
        return [*fields, signers, balances]

    def show_found(self, key: str) -> None:
        if key == "balances":
            self._open_balances()
        elif key == "signers":
            for pencil in self.signers.pencils()[:1]:
                pencil.setFocus()
        else:
            (self.head if key in _HEAD else self.foot).field(key).editor.setFocus()


def _signer_row(signer: Mapping[str, Any]) -> ListRow:
    title = f"KT. {signer['signed_for']}, {signer['title']}" if signer["signed_for"] else signer["title"]
    span = f"từ {formats.format_date(signer['valid_from'])}"
    if signer["valid_to"]:
        span = f"{formats.format_date(signer['valid_from'])} – {formats.format_date(signer['valid_to'])}"
    return ListRow(signer["id"], (signer["name"], title, span), f"Sửa {signer['name']}", muted=bool(signer["valid_to"]))


def _specs(today: date) -> tuple[list[FieldSpec], list[FieldSpec]]:
    fields = [office.OFFICE.by_key[key] for key in (*_HEAD, *_FOOT)]
    specs = {spec.key: spec for spec in specs_of(fields, lambda: Context(today, {}))}
    specs["kind"] = replace(specs["kind"], width="two_thirds")
    specs["name"] = replace(specs["name"], width="third")
    specs["superior"] = replace(
        specs["superior"],
        kind="suggested",
        choices=[Choice(name, name) for name in founding.superiors()],
        hint="In sau “Kính gửi” của báo cáo lập từ nay.",
    )
    specs["recipients"] = replace(specs["recipients"], aside="mỗi dòng một nơi, dấu chấm phẩy tự đặt")
    specs["valid_from"] = replace(specs["valid_from"], width="third")
    specs["authority_line"] = replace(specs["authority_line"], width="two_thirds")
    return [specs[key] for key in _HEAD], [specs[key] for key in _FOOT]


class _VersionCards(QWidget):
    """The versions side by side, two a line, the newest first."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(Space.S)
        for column in (0, 1):
            self._grid.setColumnStretch(column, 1)

    def cards(self) -> list[QWidget]:
        """The cards in reading order."""
        places = (self._grid.itemAt(place) for place in range(self._grid.count()))
        return [card for item in places if item is not None and (card := item.widget()) is not None]

    def show_cards(self, cards: Sequence[tuple[int, str, str]], chosen: int | None) -> None:
        """Id, span and words of each version."""
        focused = next((card.version_id for card in self.findChildren(_VersionCard) if card.hasFocus()), None)
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for number, (version_id, span, words) in enumerate(cards):
            card = _VersionCard(version_id, span, words)
            card.setChecked(version_id == chosen)
            card.clicked.connect(lambda _=False, at=version_id: self.chosen.emit(at))
            self._grid.addWidget(card, number // 2, number % 2)
            if version_id == focused:
                card.setFocus()


class _VersionCard(QAbstractButton):
    def __init__(self, version_id: int, span: str, words: str):
        super().__init__()
        self.version_id = version_id
        self._words = words
        self.setText(span)
        self.setCheckable(True)
        self.setAccessibleName(f"Bản {span}, {words}")
        self.setToolTip(words)
        ring(self, Radius.CONTROL)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(200, 52)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, c = QPainter(self), theme.colours()
        on = self.isChecked()
        painting.box(
            painter,
            QRectF(self.rect()),
            Radius.CONTROL,
            c.accent_soft if on else c.surface,
            c.accent if on else c.border,
        )
        room = QRectF(Space.M, 5, self.width() - 2 * Space.M, 20)
        style = Type.BODY_STRONG if on else Type.BODY
        painting.words(painter, room, self.text(), style, c.accent if on else c.text)
        painting.words(painter, room.translated(0, 20), self._words, Type.BODY, c.text if on else c.text2)


class _DayPopover(Popover):
    """Asks the first day of a new version."""

    taken = Signal(object)

    def __init__(self, today: date):
        super().__init__("Bản mới từ ngày", width=Size.POPOVER_SMALL)
        spec = specs_of([office.OFFICE.by_key["valid_from"]], lambda: Context(today, {}))[0]
        self.day = DateField(spec.parse, spec.format, today=lambda: today)
        self._field = LabelledField(
            "Ngày đầu tiên", self.day, required=True, hint="Chép bản của ngày đó; sửa tên, loại, cấp trên sau."
        )
        self.content.addWidget(self._field)
        self._make = Button("Lập bản mới", Kind.PRIMARY, keys="Enter")
        self._make.clicked.connect(self._take)
        later = Button("Để sau", Kind.GHOST, keys="Esc")
        later.clicked.connect(self.close_overlay)
        self.foot.addWidget(self._make)
        self.foot.addWidget(later)
        self.foot.addStretch(1)
        self.day.returnPressed.connect(self._take)

    def _take(self) -> None:
        try:
            day = self.day.value()
        except Problem as problem:
            self.refuse(problem)
            return
        self.taken.emit(day)

    def refuse(self, problem: Problem) -> None:
        """Say at the field what is wrong."""
        self._field.set_error(str(problem))
        self.day.setFocus()
