"""A line of type: how wide it is, into which lines it breaks, how it is drawn."""

from collections.abc import Iterator
from dataclasses import dataclass

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas


@dataclass(frozen=True)
class Type:
    """A line of type: its text, face and size in points."""

    text: str
    face: str
    size: float

    @property
    def width(self) -> float:
        return float(stringWidth(self.text, self.face, self.size))

    def wrapped(self, width: float) -> list["Type"]:
        """The lines it makes within a width, parted at ordinary spaces only."""
        lines: list[Type] = []
        for word in self._words(width):
            longer = Type(f"{lines[-1].text} {word}", self.face, self.size) if lines else None
            if longer and longer.width <= width:
                lines[-1] = longer
            else:
                lines.append(Type(word, self.face, self.size))
        return lines

    def _words(self, width: float) -> Iterator[str]:
        """Words, those too long for a line cut."""
        for word in self.text.split(" "):
            while len(word) > 1 and not self._fits(word, width):
                fitting = next(end for end in range(len(word) - 1, 0, -1) if self._fits(word[:end], width) or end == 1)
                yield word[:fitting]
                word = word[fitting:]
            yield word

    def _fits(self, text: str, width: float) -> bool:
        return Type(text, self.face, self.size).width <= width

    def balanced(self, width: float) -> list["Type"]:
        """The same number of lines, of like length: for lines that are centred."""
        lines = self.wrapped(width)
        while len(lines) > 1 and len(narrower := self.wrapped(width - self.size)) == len(lines):
            lines, width = narrower, width - self.size
        return lines

    def draw(self, canvas: Canvas, x: float, baseline: float) -> None:
        canvas.setFont(self.face, self.size)
        canvas.drawString(x, baseline, self.text)

    def draw_centred(self, canvas: Canvas, centre: float, baseline: float) -> None:
        self.draw(canvas, centre - self.width / 2, baseline)
