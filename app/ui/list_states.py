"""A register's list without rows: nothing at all yet, or nothing that matches."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from app import formats
from app.ui.matching import Choice
from app.ui.register_view import FirstThing, View, Words
from app.ui.tokens import Size, Space, Type
from app.ui.widgets.buttons import Button, Kind
from app.ui.widgets.facts import Card
from app.ui.widgets.labels import HLine, IconLabel, Label, column, row
from app.ui.widgets.states import EmptyState

_CARD_WIDTH = 480


def empty_state(words: Words, new: Button, others: Sequence[Button], first: Sequence[FirstThing]) -> EmptyState:
    """Nothing in the register: the one primary button stands here, below it what had better come first."""
    state = EmptyState(words.icon, f"Chưa có {words.noun} nào", words.empty_how, new, *others)
    if first:
        state.set_below(_first_things(first))
    return state


def no_hit_state(
    words: Words,
    view: View,
    chip: str,
    limits: Sequence[str],
    outside: int,
    see_outside: Callable[[], None],
    clear: Callable[[], None] | None,
) -> EmptyState:
    """Rows there are, but none that match: the search is quoted, and what it was limited to is said."""
    buttons = []
    if outside:
        see = Button(f"Xem {formats.format_integer(outside)} {words.noun} ngoài kỳ", icon="calendar-days")
        see.clicked.connect(see_outside)
        buttons.append(see)
    if clear is not None:
        wipe = Button("Xóa bộ lọc", icon="x", keys="Esc")
        wipe.clicked.connect(clear)
        buttons.append(wipe)
    return EmptyState("search-x", _nothing(words, view, chip), _how(words, view, limits, outside), *buttons)


def limits_of(view: View, filters: Sequence[str]) -> list[str]:
    """What the list is limited to, in words: "kỳ 15/12/2022 – 10/6/2023", "lĩnh vực: Hộ tịch"."""
    limits = []
    if view.period is not None:
        start, end = (formats.format_prose_date(day) for day in (view.period.start, view.period.end))
        limits.append(f"kỳ {start} – {end}")
    return limits + [f"{words[0].lower()}{words[1:]}" for words in filters]


def label_of(choices: Sequence[Choice], key: str) -> str:
    """What a chosen key is called."""
    return next((choice.label for choice in choices if choice.key == key), key)


def _nothing(words: Words, view: View, chip: str) -> str:
    if view.search:
        return f"Không thấy {words.noun} nào khớp “{view.search}”"
    if chip:
        return f"Không có {words.noun} nào ở mục “{chip}”"
    return f"Không có {words.noun} nào"


def _how(words: Words, view: View, limits: Sequence[str], outside: int) -> str:
    told = []
    if limits:
        verb = "tìm" if view.search else "xem"
        told.append(f"Đang {verb} trong {', '.join(limits)}.")
    if outside:
        match = " khớp" if view.search else ""
        told.append(f"Ngoài kỳ này có {formats.format_integer(outside)} {words.noun}{match}.")
    return " ".join(told)


def _first_things(things: Sequence[FirstThing]) -> Card:
    card = Card()
    card.setFixedWidth(_CARD_WIDTH)
    card.content.setContentsMargins(0, 0, 0, 0)
    card.content.setSpacing(0)
    head = QWidget()
    line = row(head, (Space.L, Space.S + 2, Space.L, Space.S + 2), Space.S)
    line.addWidget(Label("Nên làm trước", Type.LABEL_STRONG, "text2"))
    line.addWidget(Label(f"{len(things)} việc, để sau cũng được", Type.HINT, "text2"))
    line.addStretch(1)
    card.content.addWidget(head)
    for thing in things:
        card.content.addWidget(HLine())
        card.content.addWidget(_thing(thing))
    return card


def _thing(thing: FirstThing) -> QWidget:
    widget = QWidget()
    line = row(widget, (Space.L, Space.S, Space.L, Space.S), Space.M)
    line.addWidget(IconLabel(thing.icon, "text2", Size.ICON_NAVIGATION))
    text = QWidget()
    words = column(text)
    words.addWidget(Label(thing.title, Type.BODY_MEDIUM))
    words.addWidget(Label(thing.why, Type.HINT, "text2"))
    line.addWidget(text, 1)
    act = Button(thing.verb, Kind.LINK)
    act.clicked.connect(thing.act)
    line.addWidget(act)
    return widget
