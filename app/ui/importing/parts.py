"""Small parts of the steps: their marks, the bar at the bottom, under which name a matching is remembered."""

from PySide6.QtWidgets import QWidget

from app.ui import theme
from app.ui.tokens import Size, Space, Type
from app.ui.widgets.buttons import Button
from app.ui.widgets.choices import Check
from app.ui.widgets.fields import LineField
from app.ui.widgets.labels import HLine, IconLabel, Label, column, row

_NAME_WIDTH = 160
STEPS = ("Chọn tệp", "Khớp cột", "Xem trước")


class StepMarks(QWidget):
    """ "✓ Chọn tệp › 2 Khớp cột › 3 Xem trước": those behind have their tick, the present one is strong."""

    def __init__(self) -> None:
        super().__init__()
        line = row(self, gap=Space.S)
        self._ticks: list[IconLabel] = []
        self._numbers: list[Label] = []
        self._names: list[Label] = []
        for number, name in enumerate(STEPS):
            if number:
                line.addSpacing(Space.XS)
                line.addWidget(IconLabel("chevron-right", "text2", Size.ICON_TEXT))
                line.addSpacing(Space.XS)
            tick = IconLabel("check", "text2", Size.ICON_TEXT)
            tick.set("check", theme.colours().green.text)
            self._ticks.append(tick)
            self._numbers.append(Label(str(number + 1), Type.LABEL_STRONG, "text2"))
            self._names.append(Label(name, Type.BODY, "text2"))
            for widget in (tick, self._numbers[-1], self._names[-1]):
                line.addWidget(widget)

    def show_step(self, at: int) -> None:
        """The present step, from 0."""
        c = theme.colours()
        for number, (tick, digit, name) in enumerate(zip(self._ticks, self._numbers, self._names, strict=True)):
            tick.setVisible(number < at)
            digit.setVisible(number >= at)
            digit.set_colour(c.accent if number == at else c.text2)
            name.setFont(theme.font(Type.BODY_STRONG if number == at else Type.BODY))
            name.set_colour(c.text if number == at else c.text2)
        self.setAccessibleName(f"Bước {at + 1}: {STEPS[at]}")


class FootBar(QWidget):
    """Buttons at the left of the bottom line; `end` takes what stands at its right."""

    def __init__(self, *buttons: Button):
        super().__init__()
        outer = column(self)
        outer.addWidget(HLine())
        inside = QWidget()
        self.line = row(inside, gap=Space.S)
        for button in buttons:
            self.line.addWidget(button)
        self.line.addSpacing(Space.S)
        outer.addWidget(inside)

    def set_padding(self, padding: int) -> None:
        """The page's padding."""
        self.line.setContentsMargins(padding, Space.M, padding, Space.M)


class Remembering(QWidget):
    """ "Nhớ cho tệp của “Một cửa tỉnh”": a name that is known stands in the sentence; a new one is typed once."""

    def __init__(self) -> None:
        super().__init__()
        self._known = ""
        line = row(self, gap=Space.S)
        self.keep = Check("Nhớ cho tệp của")
        self.keep.edited.connect(self._show)
        self.name = LineField("Tên nơi xuất tệp")
        self.name.setAccessibleName("Tên loại tệp")
        self.name.setFixedWidth(_NAME_WIDTH)
        line.addWidget(self.keep)
        line.addWidget(self.name)

    def begin(self, known: str, name: str, *, keep: bool) -> None:
        """Another file: the name under which it is `known`, else one to begin with."""
        self._known = known
        self.name.set_raw(name)
        self.keep.setChecked(keep)
        self._show()

    def given(self) -> str:
        """Under which name the matching is to be remembered; "" not at all."""
        return (self._known or self.name.raw().strip()) if self.keep.isChecked() else ""

    def _show(self) -> None:
        self.keep.setText(f"Nhớ cho tệp của “{self._known}”" if self._known else "Nhớ cho tệp của")
        self.keep.updateGeometry()
        self.name.setVisible(not self._known and self.keep.isChecked())
