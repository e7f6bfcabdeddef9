"""A page of the shell: header, filters, content, side panel. Screens fill it; they draw no frame of their own."""

from typing import Protocol, runtime_checkable

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QSizePolicy, QTableView, QVBoxLayout, QWidget

from app.ui.tab_order import follow_on
from app.ui.tokens import Size, Space, Type
from app.ui.widgets.buttons import Button, Kind, icon_button
from app.ui.widgets.labels import HLine, Label, VLine, column, filled, row
from app.ui.widgets.messages import Banner
from app.ui.widgets.scrolling import UprightScroll


@runtime_checkable
class Padded(Protocol):
    """A table lies from edge to edge and pads its outer columns itself; it loads with the screen that has one."""

    def set_padding(self, padding: int) -> None: ...


class PageHeader(QWidget):
    """Title and count at the left; ghost buttons and the one primary button at the right."""

    def __init__(self, title: str):
        super().__init__()
        self._line = row(self, gap=Space.M)
        self.title = Label(title, Type.TITLE)
        self.count = Label("", Type.BODY, "text2", elide=True)
        self.lead = QHBoxLayout()
        self.lead.setSpacing(Space.M)
        self.after_title = QHBoxLayout()
        self.after_title.setSpacing(Space.S)
        self._line.addLayout(self.lead)
        self._line.addWidget(self.title)
        self._line.addLayout(self.after_title)
        self._line.addWidget(self.count, 1)
        self._actions = QHBoxLayout()
        self._actions.setSpacing(Space.M)
        self._line.addLayout(self._actions)
        self.set_compact(compact=False, low=False)

    def add(self, widget: QWidget) -> None:
        """Add an action at the right; ghost buttons first, the primary one last."""
        self._actions.addWidget(widget)

    def add_back(self) -> Button:
        """The arrow before the title, for pages opened from a list."""
        back = Button("", Kind.GHOST, icon="arrow-left", name="Quay lại", dense=True)
        self.lead.addWidget(back)
        return back

    def set_compact(self, *, compact: bool, low: bool) -> None:
        """Rail mode: less padding, ghost buttons show icons only. `low`: a window of little height."""
        side = Size.PAGE_PADDING_NARROW if compact else Size.PAGE_PADDING
        self._line.setContentsMargins(side, 0, side, 0)
        self.setFixedHeight(Size.HEADER_LOW if low else Size.HEADER)
        for place in range(self._actions.count()):
            item = self._actions.itemAt(place)
            button = item.widget() if item else None
            if isinstance(button, Button) and button.kind is Kind.GHOST:
                button.set_compact(compact)


class FilterArea(QWidget):
    """Search and choices in one line, chips below."""

    def __init__(self) -> None:
        super().__init__()
        self._column = column(self, gap=Space.S + 2)
        self.set_padding(Size.PAGE_PADDING, Size.PAGE_PADDING)

    def add_line(self, *widgets: QWidget, stretch: int = 0) -> QHBoxLayout:
        """A line of controls; `stretch` is the place of the one that takes the room. An empty one takes none."""
        line = QHBoxLayout()
        line.setSpacing(Space.S)
        for place, widget in enumerate(widgets):
            line.addWidget(widget, 1 if place == stretch else 0)
        self._column.addLayout(line)
        return line

    def set_padding(self, left: int, right: int) -> None:
        """The page's padding at the left; less at the right beside an open panel."""
        above = Space.S if left < Size.PAGE_PADDING else Space.M
        self._column.setContentsMargins(left, above, right, above - 2)


class SidePanel(QWidget):
    """What you work on, at the right: head, a body that scrolls, a foot that always stays in sight.

    `set_body` takes the content; `foot` is the row of buttons, `notice` a line above them. Esc and × emit `closed`.
    """

    closed = Signal()

    def __init__(self, title: str = "", detail: str = ""):
        super().__init__()
        filled(self, "surface")
        self.setFixedWidth(Size.PANEL)
        side = Size.PANEL_PADDING
        outer = column(self)
        head = QWidget()
        head.setFixedHeight(Size.PANEL_HEAD)
        self.head = row(head, (side, 0, Space.M + 1, 0), Space.S + 2)
        self.title = Label(title, Type.HEADING)
        self.detail = Label(detail, Type.BODY, "text2", elide=True)
        self.head.addWidget(self.title)
        self.head.addWidget(self.detail, 1)
        self._tools = QHBoxLayout()
        self._tools.setSpacing(Space.S)
        self.head.addLayout(self._tools)
        close = icon_button("x", "Đóng")
        close.clicked.connect(self.closed)
        self._tools.addWidget(close)
        outer.addWidget(head)
        outer.addWidget(HLine())
        self._scroll = UprightScroll()
        outer.addWidget(self._scroll, 1)
        self._foot = QWidget()
        under = column(self._foot)
        under.addWidget(HLine())
        inside = QWidget()
        stack = column(inside, (side, Space.XS, side, Space.M))
        self.notice: QVBoxLayout = QVBoxLayout()
        self.foot: QHBoxLayout = QHBoxLayout()
        self.foot.setContentsMargins(0, Space.S, 0, 0)
        self.foot.setSpacing(Space.S)
        self.foot.setAlignment(Qt.AlignmentFlag.AlignLeft)
        stack.addLayout(self.notice)
        stack.addLayout(self.foot)
        under.addWidget(inside)
        outer.addWidget(self._foot)

    def set_head(self, title: str, detail: str = "") -> None:
        """What the panel shows now."""
        self.title.setText(title)
        self.detail.setText(detail)

    def add_tool(self, button: QWidget) -> None:
        """A button in the head, before the ×."""
        self._tools.insertWidget(self._tools.count() - 1, button)

    def set_body(self, body: QWidget) -> None:
        """Show another content, above the buttons that the foot has now; the one before is deleted."""
        body.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        filled(body, "surface")
        self._scroll.setWidget(body)
        follow_on(*_in(self._tools), body, *_in(self.notice), *_in(self.foot))

    def body(self) -> QWidget | None:
        """The content."""
        return self._scroll.widget()

    def set_foot_visible(self, visible: bool) -> None:
        """A panel that only tells has no foot."""
        self._foot.setVisible(visible)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)


def _in(layout: QLayout) -> list[QWidget]:
    """The widgets of a layout as they stand."""
    items = [layout.itemAt(place) for place in range(layout.count())]
    return [widget for item in items if item is not None and (widget := item.widget()) is not None]


class PanelSection(QWidget):
    """A part of a panel's body with its padding; a line stands between parts."""

    def __init__(self, *, gap: int = Space.S, line: bool = True):
        super().__init__()
        outer = column(self)
        if line:
            outer.addWidget(HLine())
        inside = QWidget()
        side = Size.PANEL_PADDING
        self.content: QVBoxLayout = column(inside, (side, Space.M, side, Space.M), gap)
        outer.addWidget(inside)


def subject(name: str, detail: str) -> PanelSection:
    """What the form below it is about: a task and its plan, an applicant and the dossier. Nothing of it is cut off."""
    part = PanelSection(gap=Space.XS, line=False)
    part.content.addWidget(Label(name, Type.BODY_MEDIUM, wrap=True))
    part.content.addWidget(Label(detail, Type.HINT, "text2", wrap=True))
    return part


class Page(QWidget):
    """Base of every page of the shell.

    Screens fill `header`, `filters` (hidden until `show_filters`), `set_content` and `set_panel`. `shown` comes each
    time the page is gone to. `wants_rail` makes the navigation narrow while it is shown; a page `stands_alone` before
    there is an office: no navigation, header or status bar around it. Override `set_compact` (and call it) to change
    columns in a narrow window.
    """

    wants_rail = False
    stands_alone = False

    shown = Signal()

    def __init__(self, title: str):
        super().__init__()
        filled(self, "surface")
        self.header = PageHeader(title)
        self.filters = FilterArea()
        self.panel: SidePanel | None = None
        outer = column(self)
        if self.stands_alone:
            self.header.hide()
        else:
            outer.addWidget(self.header)
            outer.addWidget(HLine())
        self._banners = QVBoxLayout()
        self._banners.setContentsMargins(0, 0, 0, 0)
        outer.addLayout(self._banners)
        self._middle = QHBoxLayout()
        self._middle.setSpacing(0)
        self._list_side = QWidget()
        self._main = column(self._list_side)
        self._filter_line = HLine()
        self._main.addWidget(self.filters)
        self._main.addWidget(self._filter_line)
        self.filters.hide()
        self._filter_line.hide()
        self._content: QWidget | None = None
        self._middle.addWidget(self._list_side, 1)
        self._panel_line = VLine()
        self._panel_line.hide()
        self._middle.addWidget(self._panel_line)
        outer.addLayout(self._middle, 1)
        self._compact = False

    def show_filters(self, visible: bool = True) -> None:
        """Show the filter area and its line."""
        self.filters.setVisible(visible)
        self._filter_line.setVisible(visible)

    def set_content(self, content: QWidget) -> None:
        """What fills the page."""
        if self._content is not None:
            self._content.hide()
            self._content.deleteLater()
        self._content = content
        self._main.addWidget(content, 1)

    def set_panel(self, panel: SidePanel) -> None:
        """Give the page its side panel, hidden until `open_panel`."""
        self.panel = panel
        self._middle.addWidget(panel)
        panel.hide()

    def open_panel(self, visible: bool = True) -> None:
        """Show or close the side panel; closed, the list takes all."""
        if self.panel is not None:
            self.panel.setVisible(visible)
            self._panel_line.setVisible(visible)
            self._pad()

    def show_banner(self, banner: Banner | None) -> None:
        """One banner at the top of the view; None takes it away."""
        while (item := self._banners.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        if banner is not None:
            frame = QWidget()
            column(frame, (self.padding(), Space.M, self.padding(), 0)).addWidget(banner)
            self._banners.addWidget(frame)

    def padding(self) -> int:
        """Room at the left of everything on the page."""
        return Size.PAGE_PADDING_NARROW if self._compact else Size.PAGE_PADDING

    def _pad(self) -> None:
        beside = self.panel is not None and not self.panel.isHidden()
        self.filters.set_padding(self.padding(), Size.PAGE_PADDING_NARROW if beside else self.padding())

    def is_compact(self) -> bool:
        """Whether the window is in rail mode."""
        return self._compact

    def set_compact(self, compact: bool, low: bool) -> None:
        """The window became narrow or wide, low or high."""
        self._compact = compact
        self.header.set_compact(compact=compact, low=low)
        self._pad()
        for table in self.findChildren(QTableView):
            if isinstance(table, Padded):
                table.set_padding(self.padding())
        if self.panel is not None:
            narrow = self.window().width() < Size.RAIL_BELOW
            self.panel.setFixedWidth(Size.PANEL_NARROW if narrow else Size.PANEL)

    def take_focus(self) -> None:
        """The keyboard goes to the list; where there is none yet, the page leaves it to the order of Tab."""
        table = self.findChild(QTableView)
        if table is not None and table.isVisible() and table.model().rowCount():
            table.setFocus()

    def let_go(self) -> None:
        """Called before the page is dropped for good; override it to end what runs in the background."""

    def toast_room(self) -> QRect:
        """Where a toast may stand, in the page's own measure: above bars at the bottom, beside the panel."""
        self._middle.activate()  # a panel closed a moment ago takes no room
        return self._list_side.geometry()
