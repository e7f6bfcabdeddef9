"""The floor of the paper: reportlab alone draws the same lines at the same places. Run as `bare_paper.py LINES OUT`.

LINES is JSON: {"faces": {name: file}, "pages": [{"size": [w, h], "lines": [[face, size, x, y, text], ...],
"rules": [[x0, x1, y], ...]}]}. Nothing of the program is imported here.
"""

import json
import sys
from io import BytesIO
from typing import Any

from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas


def register(faces: dict[str, str]) -> None:
    for name, file in faces.items():
        registerFont(TTFont(name, file))


def draw(pages: list[dict[str, Any]]) -> bytes:
    out = BytesIO()
    canvas = Canvas(out, lang="vi")
    for page in pages:
        canvas.setPageSize(page["size"])
        canvas.setLineWidth(0.5)
        for face, size, x, y, text in page["lines"]:
            canvas.setFont(face, size)
            canvas.drawString(x, y, text)
        for left, right, y in page["rules"]:
            canvas.line(left, y, right, y)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as file:
        drawing = json.load(file)
    register(drawing["faces"])
    with open(sys.argv[2], "wb") as target:
        target.write(draw(drawing["pages"]))
