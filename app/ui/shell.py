"""The one window: navigation, the page one is on, status bar, toast. It knows no register."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.ui import icons, theme
from app.ui.navigation import ENTRIES, Navigation, NavigationEntry
from app.ui.page import Page
from app.ui.status_bar import StatusBar
from app.ui.tokens import Size, Space
from app.ui.widgets.labels import column, filled, row
from app.ui.widgets.messages import Banner, Toast

PageFactory = Callable[[], Page]


class Shell(QWidget):
    """Stands at once with an empty first page; `add_page` tells how each place is built when it is first gone to.

    `officer_asked` (Ctrl+U or a click on the name) wants the list of people; `closing` comes before the window goes.
    """

    officer_asked = Signal()
    page_changed = Signal(str)
    closing = Signal()

    def __init__(self, entries: tuple[NavigationEntry, ...] = ENTRIES):
        super().__init__()
        self.setWindowTitle("Sổ CCHC")
        self.setWindowIcon(icons.icon("book-open-check", theme.colours().accent, 32))
        self.setMinimumSize(Size.WINDOW_MIN_WIDTH, Size.WINDOW_MIN_HEIGHT)
        filled(self, "surface")
        self._factories: dict[str, PageFactory] = {}
        self._pages: dict[str, Page] = {}
        self._over: list[Page] = []
        self._key = entries[0].key
        self.navigation = Navigation(entries)
        self.navigation.gone.connect(self.go)
        self.navigation.officer_asked.connect(self.officer_asked)
        self.status = StatusBar()
        self._stack = QStackedWidget()
        self._blank = Page(entries[0].title)
        self._stack.addWidget(self._blank)
        self._content = QWidget()
        upright = column(self._content)
        self._banner_slot = QWidget()
        self._banner_column = column(self._banner_slot)
        self._banner: Banner | None = None
        self._banner_slot.hide()
        upright.addWidget(self._banner_slot)
        upright.addWidget(self._stack, 1)
        right = QWidget()
        below = column(right)
        below.addWidget(self._content, 1)
        below.addWidget(self.status)
        across = row(self)
        across.addWidget(self.navigation)
        across.addWidget(right, 1)
        self._toast = Toast(self._content, self._toast_room)
        self.navigation.select(self._key)
        self.resize(1366, 768)

    # pages

    def add_page(self, key: str, factory: PageFactory) -> None:
        """How a place is built, when it is first gone to."""
        self._factories[key] = factory

    def go(self, key: str) -> Page | None:
        """Go to a place, the keyboard where it was there before; None where nobody said yet how it is built."""
        self._key = key
        self.navigation.select(key)
        page = self.page(key)
        if page is None:
            return None
        over, self._over = self._over, []
        before = page.focusWidget()
        self._show(page)
        if before is not None and before.isVisible():
            before.setFocus()
        else:
            page.take_focus()
        for each in over:
            self._drop(each)
        self.page_changed.emit(key)
        return page

    def page(self, key: str) -> Page | None:
        """The page of a place, built if need be."""
        if key not in self._pages and key in self._factories:
            page = self._factories[key]()
            self._pages[key] = page
            self._stack.addWidget(page)
        return self._pages.get(key)

    def current_page(self) -> Page:
        """The page in sight."""
        page = self._stack.currentWidget()
        assert isinstance(page, Page)
        return page

    def open_over(self, page: Page) -> None:
        """Show a page that belongs to the present place: an opened report, an import. `close_over` goes back."""
        self._stack.addWidget(page)
        self._over.append(page)
        self._show(page)

    def close_over(self) -> None:
        """Leave the page opened last over its place, for the one it was opened from."""
        if self._over:
            over = self._over.pop()
            self._show(self._over[-1] if self._over else self._pages.get(self._key, self._blank))
            self._drop(over)

    def _drop(self, page: Page) -> None:
        page.let_go()
        self._stack.removeWidget(page)
        page.deleteLater()

    def _show(self, page: Page) -> None:
        self._stack.setCurrentWidget(page)
        self._fit()
        page.shown.emit()

    # messages

    def toast(self, text: str, action: str = "", act: Callable[[], None] | None = None, *, lasts: bool = False) -> None:
        """What has just happened and, with Ctrl+Z, the way back; one that `lasts` stays open when the toast is gone."""
        self._toast.tell(text, action, act, lasts=lasts)

    def _toast_room(self) -> QRect:
        page = self.current_page()
        return page.toast_room().translated(page.mapTo(self._content, QPoint(0, 0)))

    def show_banner(self, banner: Banner | None) -> None:
        """A banner above every page, until it is taken away by None: the sample office, a failure."""
        while (item := self._banner_column.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._banner = banner
        if banner is not None:
            self._banner_column.addWidget(banner)
        self._banner_slot.setVisible(banner is not None)
        self._fit_banner()

    # size

    def _is_low(self) -> bool:
        return self.height() < Size.HEADER_LOW_BELOW

    def _fit_banner(self) -> None:
        """In a low window one line without room around it."""
        if self._banner is not None:
            low = self._is_low()
            self._banner.set_strip(low)
            self._banner_column.setContentsMargins(*((0, 0, 0, 0) if low else (Space.L, Space.S, Space.L, Space.S)))

    def _fit(self) -> None:
        page = self.current_page()
        self.navigation.setVisible(not page.stands_alone)
        self.status.setVisible(not page.stands_alone)
        rail = self.width() < Size.RAIL_BELOW or page.wants_rail
        if rail != self.navigation.is_rail():
            self.navigation.set_rail(rail)
        page.set_compact(rail, self._is_low())
        self._fit_banner()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closing.emit()
        super().closeEvent(event)
