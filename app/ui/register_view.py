"""What a register's page says of itself, and what its list is looked at through: plain values."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from app.periods import Period
from app.ui.matching import Choice


@dataclass(frozen=True)
class Words:
    """The words of a register's page. `short` forms are for a narrow window."""

    noun: str
    icon: str
    search: str
    search_short: str
    new: str
    new_short: str
    new_title: str
    edit_title: str
    empty_how: str


@dataclass(frozen=True)
class ChipSpec:
    """A chip above the list: one of them is in force. `left_out` where there is little room,
    `only_with_rows` where it would show nothing. A `menu` opens a list; the page answers with `chip_menu`."""

    key: str
    text: str
    short: str = ""
    menu: bool = False
    left_out: bool = False
    only_with_rows: bool = False


@dataclass(frozen=True)
class Filter:
    """A choice that narrows the list ("Lĩnh vực"); `choices` is asked when it opens."""

    key: str
    title: str
    everything: str
    choices: Callable[[], Sequence[Choice]]


@dataclass(frozen=True)
class View:
    """What a list is looked at through. `period` None means every day."""

    chip: str
    period: Period | None
    search: str = ""
    filters: Mapping[str, str] = field(default_factory=dict)
    order: tuple[str, bool] = ("id", True)

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but chip and period stands in force."""
        return bool(self.search or self.filters)


@dataclass(frozen=True)
class FirstThing:
    """What had better be done before the first row: said below an empty list, with its verb."""

    icon: str
    title: str
    why: str
    verb: str
    act: Callable[[], None]
