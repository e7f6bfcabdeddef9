"""The page of the settings: search in the head, groups at the left, the chosen group, the paper beside it."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QAbstractButton, QApplication, QScrollArea, QStackedWidget, QWidget

from app.problems import Problem
from app.registers import office, saved_reports
from app.reports.assembling import office_facts, one_a_line
from app.reports.facts import SignerFacts
from app.ui import icons, painting, theme
from app.ui.drafting import Drafting, Unfinished
from app.ui.entry_panel import Entry, EntryPanel
from app.ui.page import Page
from app.ui.paper_preview import OfficePaper, PaperPreview
from app.ui.screens.settings.group import EDITED, Group, Place, draft_key
from app.ui.screens.settings.groups import GROUPS
from app.ui.screens.settings.office_group import OfficeGroup
from app.ui.screens.settings.search import SettingsSearch
from app.ui.session import EVERYTHING, Session
from app.ui.shell import Shell
from app.ui.tokens import Radius, Size, Space, Tone, Type
from app.ui.widgets.focus_ring import ring
from app.ui.widgets.labels import VLine, column, filled, row
from app.ui.widgets.messages import Banner
from app.ui.widgets.scrolling import UprightScroll

_GROUPS_WIDTH, _PAPER_WIDTH = 192, 336


class SettingsPage(Page):
    """Everything is applied at once, with undo. `show_group(key)` opens a group from elsewhere."""

    def __init__(self, session: Session, shell: Shell):
        super().__init__("Thiết lập")
        self.session, self.shell = session, shell
        place = Place(session, shell, self._enter, self._leave_panel)
        self.groups: dict[str, Group] = {made.key: made(place) for made in GROUPS}
        self._stale = set(self.groups)
        self.search = SettingsSearch(self.groups)
        self.search.found.connect(self._show_found)
        self.header.add(self.search)
        QShortcut(QKeySequence("Ctrl+F"), self).activated.connect(self.search.setFocus)
        self._list = _GroupList(tuple(self.groups.values()))
        self._list.chosen.connect(self.show_group)
        self._stack = QStackedWidget()
        self._scrolls: dict[str, QScrollArea] = {}
        for key, group in self.groups.items():
            self._scrolls[key] = _scrolled(group)
            self._stack.addWidget(self._scrolls[key])
        self.preview = PaperPreview()
        self._paper = QWidget()
        filled(self._paper, "bg")
        self._paper.setFixedWidth(_PAPER_WIDTH)
        beside = row(self._paper)
        beside.addWidget(VLine())
        inside = QWidget()
        column(inside, (Space.XL, Space.XL, Space.XL, Space.XL)).addWidget(self.preview)
        beside.addWidget(inside, 1)
        content = QWidget()
        across = row(content)
        across.addWidget(self._list)
        across.addWidget(VLine())
        across.addWidget(self._stack, 1)
        across.addWidget(self._paper)
        self.set_content(content)
        self.drafting = Drafting(session, [draft_key(register) for register in EDITED], self)
        self.entry_panel = EntryPanel(session, self.drafting)
        self.set_panel(self.entry_panel)
        self.entry_panel.saved.connect(lambda _entry, _id: self._close_panel())
        self.entry_panel.leave_asked.connect(self._leave_panel)
        self.entry_panel.thrown_away.connect(lambda _draft: self._close_panel())
        self.entry_panel.failed.connect(self._fail)
        self.office_group().paper_changed.connect(self._show_paper)
        session.changed.connect(self._changed)
        self.shown.connect(self._came_into_sight)
        self.show_group("office")

    def office_group(self) -> OfficeGroup:
        """The group whose words stand on the paper."""
        group = self.groups["office"]
        assert isinstance(group, OfficeGroup)
        return group

    def show_group(self, key: str) -> None:
        """Go to a group."""
        self._leave_panel()
        self._list.choose(key)
        self._stack.setCurrentWidget(self._scrolls[key])
        self._refresh(key)
        self._arrange()

    def current_group(self) -> str:
        """The key of the group in sight."""
        return next(key for key, scroll in self._scrolls.items() if scroll is self._stack.currentWidget())

    def _show_found(self, group: str, key: str) -> None:
        self.show_group(group)
        self.groups[group].show_found(key)

    # refreshing

    def _changed(self, tables: frozenset[str]) -> None:
        for key, group in self.groups.items():
            if tables == EVERYTHING or tables & group.tables:
                self._stale.add(key)
        if self.isVisible():
            self._refresh(self.current_group())

    def _came_into_sight(self) -> None:
        self._refresh(self.current_group())

    def _refresh(self, key: str) -> None:
        if key in self._stale:
            self._stale.discard(key)
            self.groups[key].refresh()

    def _show_paper(self) -> None:
        """The head and foot as they are being typed."""
        group = self.office_group()
        typed = {key: text.strip() for key, text in group.typed().items()}
        head = {**group.version(), **typed, "authority_line": typed["authority_line"] == "có"}
        day = group.day(group.version())
        with self.session.read() as connection:
            signer = office.signer_on(connection, day)
            symbol = saved_reports.symbol_on(connection, day)
        facts = SignerFacts(signer["name"], signer["title"], signer["signed_for"]) if signer else None
        paper = OfficePaper(office_facts(head), one_a_line(typed["recipients"]), facts, symbol)
        self.preview.show_paper(paper, self.session.period)

    # the panel

    def _enter(self, entry: Entry) -> None:
        self._leave_panel()
        self.show_banner(None)
        waiting = [each for each in self.drafting.waiting() if self._belongs(each, entry)]
        self.entry_panel.enter(entry, waiting[0] if waiting else None)
        self.open_panel(True)
        self._arrange()

    @staticmethod
    def _belongs(unfinished: Unfinished, entry: Entry) -> bool:
        return (unfinished.register, unfinished.row_id) == (entry.draft_key, entry.row_id)

    def _leave_panel(self) -> None:
        entry = self.entry_panel.entry
        if entry is None or self.entry_panel.is_saving():
            return
        unfinished = self.entry_panel.put_aside()
        if unfinished is not None:
            self.shell.toast("Đã cất bản đang gõ", "Mở lại", lambda: self._enter(entry))
        self._close_panel()

    def _close_panel(self) -> None:
        focused = QApplication.focusWidget()
        was_here = focused is not None and self.entry_panel.isAncestorOf(focused)
        self.open_panel(False)
        self._arrange()
        if was_here:
            self._list.focus_chosen()  # Qt would go on to the navigation

    def _fail(self, problem: Problem, again: object) -> None:
        banner = Banner(str(problem), Tone.RED, "Ghi lại")
        banner.acted.connect(again)
        banner.acted.connect(lambda: self.show_banner(None))
        self.show_banner(banner)

    # room

    def _arrange(self) -> None:
        """The paper only beside Cơ quan, where there is room; the groups give way to a form in a narrow window."""
        panel = not self.entry_panel.isHidden()
        narrow = self.window().width() < Size.RAIL_BELOW
        self._paper.setVisible(self.current_group() == "office" and not narrow and not panel)
        self._list.setVisible(not (narrow and panel))

    def set_compact(self, compact: bool, low: bool) -> None:
        super().set_compact(compact, low)
        self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self.entry_panel.isHidden():
            self._leave_panel()
            return
        super().keyPressEvent(event)


def _scrolled(group: Group) -> UprightScroll:
    area = UprightScroll()
    filled(group, "surface")
    area.setWidget(group)
    return area


class _GroupList(QWidget):
    """The groups below each other; arrow keys go from one to the next."""

    chosen = Signal(str)

    def __init__(self, groups: Sequence[Group]):
        super().__init__()
        filled(self, "surface")
        self.setFixedWidth(_GROUPS_WIDTH)
        stack = column(self, (Space.S, Space.M, Space.S, Space.S))
        self._items: dict[str, _GroupItem] = {}
        for group in groups:
            item = _GroupItem(group.title, group.icon)
            item.clicked.connect(lambda _=False, key=group.key: self.chosen.emit(key))
            self._items[group.key] = item
            stack.addWidget(item)
        stack.addStretch(1)

    def choose(self, key: str) -> None:
        """Show where one is."""
        for name, item in self._items.items():
            item.setChecked(name == key)

    def focus_chosen(self) -> None:
        """Put the focus where one is."""
        next(item for item in self._items.values() if item.isChecked()).setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
            return
        super().keyPressEvent(event)


class _GroupItem(QAbstractButton):
    def __init__(self, title: str, icon: str):
        super().__init__()
        self._icon = icon
        self.setText(title)
        self.setAccessibleName(title)
        self.setCheckable(True)
        self.setFixedHeight(Size.NAVIGATION_ITEM)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        ring(self, Radius.CONTROL)

    def sizeHint(self) -> QSize:
        return QSize(_GROUPS_WIDTH - 2 * Space.S, Size.NAVIGATION_ITEM)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, c = QPainter(self), theme.colours()
        pill = QRectF(self.rect()).adjusted(0, 2, 0, -2)
        middle, on = self.height() / 2, self.isChecked()
        if on:
            painting.box(painter, pill, Radius.CONTROL, c.accent_soft)
            painting.box(painter, QRectF(0, middle - 8, 3, 16), 1.5, fill=c.accent)
        elif self.underMouse():
            painting.box(painter, pill, Radius.CONTROL, c.hover)
        icons.paint(painter, Space.M, middle - Size.ICON / 2, self._icon, c.accent if on else c.text2)
        room = QRectF(38, 0, self.width() - 38, self.height())
        painting.words(painter, room, self.text(), Type.BODY_STRONG if on else Type.BODY, c.text)
