"""Paints the cells of a table from their values: text, pills, due dates, bars, groups; search hits marked."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter

from app.ui import icons, painting, theme
from app.ui.cells import Branch, Cell, Coded, Due, Group, Number, Pill, Progress, Text, Tick, TwoLine
from app.ui.matching import hits
from app.ui.tokens import Size, Space, Tone, Type
from app.ui.widgets.choices import paint_check
from app.ui.widgets.labels import paint_pill, pill_width

_BAR = 3
_CHECK = 16
_CODE = 32
_GROUP_BAR = 38
_DUE_ICONS = {Tone.AMBER: "clock", Tone.RED: "circle-alert"}


class CellPainter:
    """Knows the search text whose hits it marks."""

    def __init__(self) -> None:
        self.query = ""

    def back(
        self, painter: QPainter, rect: QRectF, *, selected: bool, hovered: bool, first: bool, fault: bool = False
    ) -> None:
        """Back of a cell, the line below it, the bar at the left of a selected row."""
        c = theme.colours()
        back = c.red.back if fault else c.accent_soft if selected else c.hover if hovered else c.surface
        painter.fillRect(rect, QColor(back))
        painting.line(painter, rect.left(), rect.bottom() - 1, rect.right(), rect.bottom(), c.border)
        if selected and first:
            painter.fillRect(QRectF(rect.left(), rect.top(), _BAR, rect.height() - 1), QColor(c.accent))

    def group(self, painter: QPainter, rect: QRectF, whole: QRectF, group: Group, selected: bool) -> None:
        """The part of a group's heading that falls into this cell; `whole` is where the heading stands."""
        c = theme.colours()
        painter.fillRect(rect, QColor(c.accent_soft if selected else c.sunken))
        painting.line(painter, rect.left(), rect.bottom() - 1, rect.right(), rect.bottom(), c.border)
        painter.save()
        painter.setClipRect(rect)
        x = whole.left()
        colour = c.pair(group.tone).text if group.tone else c.text
        if group.icon:
            icons.paint(painter, x, rect.center().y() - Size.ICON_TEXT / 2 - 0.5, group.icon, colour, Size.ICON_TEXT)
            x += Size.ICON_TEXT + Space.S - 2
        right = whole.right() - Space.L
        if group.progress is not None:
            right -= self._group_progress(painter, QRectF(x, rect.top(), right - x, rect.height() - 1), group.progress)
        room = QRectF(x, rect.top(), right - x, rect.height() - 1)
        if group.count:
            room.setRight(right - painting.width_of(group.count, Type.HINT) - Space.S)
        used = painting.words(painter, room, group.title, Type.LABEL_STRONG, colour)
        room.setRight(right)
        painting.words(painter, room.adjusted(used + Space.S, 0, 0, 0), group.count, Type.HINT, c.text2)
        painter.restore()

    def _group_progress(self, painter: QPainter, room: QRectF, progress: tuple[int, int]) -> float:
        """The bar of a group with its numbers; returns the width it took."""
        c = theme.colours()
        done, total = progress
        painting.words(painter, room, f"{done}/{total}", Type.HINT, c.text2, painting.RIGHT)
        numbers = painting.width_of("00/00", Type.HINT) + Space.S
        bar = QRectF(room.right() - numbers - _GROUP_BAR, room.center().y(), _GROUP_BAR, Size.PROGRESS_TABLE)
        bar.translate(0, -Size.PROGRESS_TABLE / 2)
        tone = Tone.GREEN if done == total else Tone.BLUE
        painting.bar(painter, bar, done / total if total else 0.0, c.bar(tone), c.track)
        return numbers + _GROUP_BAR + Space.L

    def cell(self, painter: QPainter, room: QRectF, cell: Cell, selected: bool) -> None:
        """The content of a cell."""
        c = theme.colours()
        match cell:
            case Text():
                self._text(painter, room, cell, selected)
            case Number(text=text, muted=muted, tone=tone, fault=fault):
                tone = Tone.RED if fault else tone
                colour = c.pair(tone).text if tone else c.text2 if muted else c.text
                style = _number_style(cell)
                painting.words(painter, room, text, style, colour, painting.RIGHT)
            case Pill():
                self._pill(painter, room, cell, selected)
            case Due():
                self._due(painter, room, cell)
            case Progress():
                self._progress(painter, room, cell)
            case TwoLine():
                self._two_lines(painter, room, cell, selected)
            case Tick(text=text, done=done):
                box = QRectF(room.left(), room.center().y() - _CHECK / 2, _CHECK, _CHECK).adjusted(1, 1, -1, -1)
                paint_check(painter, box, done, c.field)
                rest = room.adjusted(_CHECK + Space.S - 2, 0, 0, 0)
                self._marked(painter, rest, text, Type.BODY_MEDIUM, c.text2 if done else c.text, selected)
            case Coded(code=code, text=text, medium=medium):
                painting.words(painter, room, code, Type.BODY, c.text2)
                style = Type.BODY_MEDIUM if medium else Type.BODY
                rest = room.adjusted(_CODE, 0, 0, 0)
                self._marked(painter, rest, text, style, c.text if medium else c.text2, selected)
            case Branch():
                self._branch(painter, room, cell, selected)

    def fits(self, cell: Cell, width: float) -> bool:
        """Whether the cell's text is shown whole."""
        match cell:
            case Text(text=text, icon=icon, pill=pill):
                taken = (Size.ICON_TEXT + Space.S if icon else 0) + (pill_width(pill.text) + Space.M if pill else 0)
                return painting.width_of(text, _style(cell)) + taken <= width
            case TwoLine(top=top, bottom=bottom, medium=medium, icon=icon):
                style = Type.BODY_MEDIUM if medium else Type.BODY
                taken = Size.ICON_TEXT + Space.S if icon else 0
                return max(painting.width_of(top, style), painting.width_of(bottom, Type.HINT)) + taken <= width
            case Tick(text=text):
                return painting.width_of(text, Type.BODY_MEDIUM) + _CHECK + Space.S <= width
            case Branch(text=text, depth=depth):
                return painting.width_of(text, Type.BODY_MEDIUM) + depth * Space.XL + Space.XXL <= width
            case Due(date_text=day, remaining_text=remaining, tone=tone):
                return _due_width(day, remaining, tone) <= width
            case Number(text=text):
                return painting.width_of(text, _number_style(cell)) <= width
            case Coded(text=text):
                return painting.width_of(text, Type.BODY_MEDIUM) + _CODE <= width
            case Pill(text=text, icon=icon):
                return pill_width(text, icon) <= width
            case Progress():
                return True

    def _text(self, painter: QPainter, room: QRectF, cell: Text, selected: bool) -> None:
        c = theme.colours()
        tone = Tone.RED if cell.fault else cell.tone
        colour = c.pair(tone).text if tone else c.text2 if cell.muted or cell.small else c.text
        if cell.icon:
            top = room.center().y() - Size.ICON_TEXT / 2
            ink = c.pair(cell.icon_tone).text if cell.icon_tone else colour
            icons.paint(painter, room.left(), top, cell.icon, ink, Size.ICON_TEXT)
            room = room.adjusted(Size.ICON_TEXT + Space.S, 0, 0, 0)
        words = room.adjusted(0, 0, -(pill_width(cell.pill.text) + Space.M) if cell.pill else 0, 0)
        used = self._marked(painter, words, cell.text, _style(cell), colour, selected)
        if cell.struck:
            middle = round(room.center().y()) + 1
            painting.line(painter, room.left(), middle, room.left() + used, middle + 1, colour)
        if cell.pill:
            self._pill(painter, room.adjusted(used + Space.M, 0, 0, 0), cell.pill, selected)

    def _pill(self, painter: QPainter, room: QRectF, pill: Pill, selected: bool) -> None:
        width = min(pill_width(pill.text, pill.icon), room.width())
        rect = QRectF(room.left(), room.center().y() - Size.PILL / 2, width, Size.PILL)
        rect.moveTop(round(rect.top()))
        paint_pill(painter, rect, pill.text, pill.tone, pill.icon, theme.colours().surface if selected else "")

    def _due(self, painter: QPainter, room: QRectF, due: Due) -> None:
        """Where there is no room for both, what remains stands and the date is left to the tool tip."""
        c = theme.colours()
        x = room.left()
        if due.date_text and self.fits(due, room.width()):
            x += painting.words(painter, room, due.date_text, Type.BODY, c.text) + Space.S
        colour = c.text3 if due.tone is Tone.GRAY else c.pair(due.tone).text if due.tone else c.text2
        icon = _DUE_ICONS.get(due.tone) if due.tone else None
        if icon:
            icons.paint(painter, x, room.center().y() - Size.ICON_TEXT / 2, icon, colour, Size.ICON_TEXT)
            x += Size.ICON_TEXT + Space.XS - 1
        style = Type.HINT if due.tone is Tone.GRAY else Type.LABEL
        painting.words(
            painter, QRectF(x, room.top(), room.right() - x, room.height()), due.remaining_text, style, colour
        )

    def _progress(self, painter: QPainter, room: QRectF, cell: Progress) -> None:
        c = theme.colours()
        text = cell.text or f"{cell.done}/{cell.total}"
        style = Type.BODY_STRONG if cell.strong else Type.BODY
        painting.words(painter, room, text, style, c.text, painting.RIGHT)
        taken = max(painting.width_of(text, style), painting.width_of("100,00%", style)) + Space.S
        bar = QRectF(room.left(), room.center().y() - Size.PROGRESS_TABLE / 2, 0, Size.PROGRESS_TABLE)
        bar.setWidth(max(room.width() - taken, 0))
        part = cell.done / cell.total if cell.total else 0.0
        painting.bar(painter, bar, part, c.bar(cell.tone), c.track)

    def _two_lines(self, painter: QPainter, room: QRectF, cell: TwoLine, selected: bool) -> None:
        c = theme.colours()
        style = Type.BODY_MEDIUM if cell.medium else Type.BODY
        fault = c.pair(cell.tone).text if cell.tone else ""
        middle = room.center().y()
        if cell.icon:
            icons.paint(painter, room.left(), middle - Size.ICON_TEXT / 2, cell.icon, fault or c.text2, Size.ICON_TEXT)
            room = room.adjusted(Size.ICON_TEXT + Space.S, 0, 0, 0)
        upper = QRectF(room.left(), middle - Type.BODY.value.line + 1, room.width(), Type.BODY.value.line)
        lower = QRectF(room.left(), middle, room.width(), Type.HINT.value.line + 2)
        self._marked(painter, upper, cell.top, style, fault or c.text, selected)
        self._marked(painter, lower, cell.bottom, Type.HINT, fault or c.text2, selected)

    def _branch(self, painter: QPainter, room: QRectF, cell: Branch, selected: bool) -> None:
        c = theme.colours()
        x = room.left() + cell.depth * Space.XL
        if cell.open is not None:
            name = "chevron-down" if cell.open else "chevron-right"
            icons.paint(painter, x, room.center().y() - Size.ICON_TEXT / 2, name, c.text2, Size.ICON_TEXT)
        style = Type.BODY_STRONG if cell.strong and not cell.depth else Type.BODY_MEDIUM if cell.strong else Type.BODY
        rest = QRectF(x + Size.ICON_TEXT + Space.S, room.top(), 0, room.height())
        rest.setRight(room.right())
        self._marked(painter, rest, cell.text, style, c.text, selected)

    def _marked(self, painter: QPainter, room: QRectF, text: str, style: Type, colour: str, selected: bool) -> float:
        """A line of text, a soft back behind what the search found."""
        if self.query:
            c = theme.colours()
            metrics = theme.metrics(style)
            for start, end in hits(text, self.query):
                left = metrics.horizontalAdvance(text[:start])
                width = metrics.horizontalAdvance(text[:end]) - left
                mark = QRectF(room.left() + left - 1, room.center().y() - 9, width + 2, 18)
                painting.box(painter, mark.intersected(room), 3, c.surface if selected else c.blue.back)
        return painting.words(painter, room, text, style, colour)


def _style(cell: Text) -> Type:
    if cell.small:
        return Type.HINT
    return Type.BODY_STRONG if cell.strong else Type.BODY_MEDIUM if cell.medium or cell.fault else Type.BODY


def _number_style(cell: Number) -> Type:
    return Type.BODY_STRONG if cell.strong else Type.BODY_MEDIUM if cell.fault else Type.BODY


def _due_width(day: str, remaining: str, tone: Tone | None) -> int:
    width = painting.width_of(day, Type.BODY) + Space.S if day else 0
    width += Size.ICON_TEXT + Space.XS - 1 if tone in _DUE_ICONS else 0
    return width + painting.width_of(remaining, Type.HINT if tone is Tone.GRAY else Type.LABEL)
