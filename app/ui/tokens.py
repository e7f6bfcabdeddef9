"""The one table of colours, type and sizes. Nothing else in the window names a colour or a font size.

Sizes are logical pixels. A second theme is a second `Colours`, nothing more.
"""

from dataclasses import dataclass
from enum import Enum, StrEnum


class Tone(StrEnum):
    """What a colour says: time or fault, never decoration. Always doubled by a word or an icon."""

    BLUE = "blue"
    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    VIOLET = "violet"
    GRAY = "gray"


@dataclass(frozen=True)
class Pair:
    """Text on its own back, as in pills and banners."""

    text: str
    back: str


@dataclass(frozen=True)
class Colours:
    """One theme."""

    bg: str
    side: str
    surface: str
    sunken: str
    hover: str
    border: str
    field: str
    text: str
    text2: str
    text3: str
    track: str
    accent: str
    accent_hover: str
    accent_pressed: str
    on_accent: str
    accent_soft: str
    blue: Pair
    green: Pair
    amber: Pair
    red: Pair
    violet: Pair
    gray: Pair
    bar_amber: str
    bar_green: str
    bar_red: str
    toast: str
    toast_text: str
    toast_action: str
    toast_line: str
    toast_done: str

    def pair(self, tone: Tone) -> Pair:
        """Text and back of a pill or banner of that tone."""
        pairs = {
            Tone.BLUE: self.blue,
            Tone.GREEN: self.green,
            Tone.AMBER: self.amber,
            Tone.RED: self.red,
            Tone.VIOLET: self.violet,
            Tone.GRAY: self.gray,
        }
        return pairs[tone]

    def bar(self, tone: Tone) -> str:
        """Filling of a progress bar; blue, the ordinary one, is the accent."""
        bars = {Tone.AMBER: self.bar_amber, Tone.GREEN: self.bar_green, Tone.RED: self.bar_red}
        return bars.get(tone, self.accent)


LIGHT = Colours(
    bg="#F4F5F7",
    side="#EBEDF1",
    surface="#FFFFFF",
    sunken="#F8F9FB",
    hover="#F1F3F6",
    border="#DEE2E8",
    field="#838B97",
    text="#1A1F27",
    text2="#505866",
    text3="#5F6774",
    track="#E6E9EE",
    accent="#1F5AA8",
    accent_hover="#184A8C",
    accent_pressed="#123B72",
    on_accent="#FFFFFF",
    accent_soft="#E4EDFA",
    blue=Pair("#1C4F92", "#E3ECF9"),
    green=Pair("#1B6340", "#E0F2E8"),
    amber=Pair("#7F4B00", "#FCEFD4"),
    red=Pair("#B3261E", "#FCE8E6"),
    violet=Pair("#5B3FA0", "#EDE8F9"),
    gray=Pair("#4D5563", "#EAECF0"),
    bar_amber="#B86E00",
    bar_green="#2E8B5B",
    bar_red="#C9352B",
    toast="#232933",
    toast_text="#F2F4F7",
    toast_action="#9AC3F6",
    toast_line="#5D6674",
    toast_done="#8FD6AF",
)


@dataclass(frozen=True)
class TypeStyle:
    """Size of the letters, height of their line, weight."""

    px: int
    line: int
    weight: int


class Type(Enum):
    """The type scale. 12 is the smallest size anywhere."""

    TITLE = TypeStyle(20, 28, 600)
    HEADING = TypeStyle(15, 24, 600)
    BODY = TypeStyle(13, 20, 400)
    BODY_MEDIUM = TypeStyle(13, 20, 500)
    BODY_STRONG = TypeStyle(13, 20, 600)
    LABEL = TypeStyle(12, 16, 500)
    LABEL_STRONG = TypeStyle(12, 16, 600)
    HINT = TypeStyle(12, 16, 400)
    STAT = TypeStyle(28, 36, 600)
    REPORT = TypeStyle(14, 22, 400)
    REPORT_FIGURE = TypeStyle(14, 22, 500)


FONT_FAMILIES = ("Inter", "Segoe UI", "Noto Sans")


class Space:
    """The 4 px grid: gaps between things."""

    XS = 4
    S = 8
    M = 12
    L = 16
    XL = 20
    XXL = 24


class Radius:
    """Corners; chips and pills take half their height."""

    CONTROL = 4
    BANNER = 6
    CARD = 8


class Size:
    """Heights and widths that are the same everywhere."""

    CONTROL = 32
    CONTROL_DENSE = 28
    KEY_HINT = 20
    PILL = 20
    CHIP = 28
    BANNER = 40
    BANNER_LOW = 32
    TOAST = 40

    ICON = 16
    ICON_TEXT = 14
    ICON_NAVIGATION = 18
    ICON_EMPTY = 32

    WINDOW_MIN_WIDTH = 900
    WINDOW_MIN_HEIGHT = 430
    NAVIGATION = 208
    RAIL = 56
    RAIL_BELOW = 1180
    NAVIGATION_ITEM = 36
    HEADER = 56
    HEADER_LOW = 48
    HEADER_LOW_BELOW = 560
    PANEL = 392
    PANEL_NARROW = 372
    PANEL_HEAD = 48
    STATUS = 28
    PAGE_PADDING = 24
    PAGE_PADDING_NARROW = 16
    PANEL_PADDING = 20

    ROW = 36
    ROW_DENSE = 32
    ROW_WIDE = 40
    ROW_TWO_LINES = 44
    ROW_GROUP = 32
    TABLE_HEAD = 32

    POPOVER = 460
    POPOVER_SMALL = 320
    PROGRESS = 8
    PROGRESS_TABLE = 6
    FOCUS_RING = 2


class Delay:
    """Milliseconds."""

    TOAST = 8000
    SEARCH = 120
    LOADING = 150
