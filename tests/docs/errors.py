"""docs/errors.md from the code: `python -m tests.docs.errors` writes it, a test compares.

A sentence is what a Problem, a fault of an imported row, a finding of `check`, a lack on Tổng quan or what a report
leaves out is made with. What is filled in at run time is shown as {…}.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "errors.md"
HEAD = """# What the program can say

Every sentence that tells a person what is wrong, with what to do next where something can be done; {…} is filled in. On
the command line a sentence goes to standard error and the command ends 2; findings of `check` are printed and end 1
(errors) or 0 (warnings); in the window a sentence stands at its field, in a banner or in the row of an import. One that
begins small follows the label of its column. A fault that nobody foresaw ends 3, with the first sentence below.

Written by `python -m tests.docs.errors`; `tests/docs/test_errors.py` compares it with the code.
"""
# Who makes sentences, and which of its arguments is the sentence.
MAKERS = {"Problem": 0, "Fault": 1, "Lack": 1, "LeftOut": 0, "_error": 1, "_warning": 1}


@dataclass(frozen=True)
class Said:
    """A sentence and where it is said."""

    path: str
    sentence: str
    next_step: str


@cache
def trees() -> dict[str, ast.Module]:
    return {
        path.relative_to(ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted((ROOT / "app").rglob("*.py"))
    }


@cache
def constants() -> dict[str, ast.expr]:
    """Sentences kept under a name at the top of a module (DAMAGED = "...")."""
    found: dict[str, ast.expr] = {}
    for tree in trees().values():
        for node in tree.body:
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                found[node.targets[0].id] = node.value
    return found


def texts(node: ast.expr) -> Iterator[str]:
    """The sentences that an expression may be; nothing for one that hands on another's."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.JoinedStr(values=values):
            yield re.sub(
                "(\\{…\\})+", "{…}", "".join(str(v.value) if isinstance(v, ast.Constant) else "{…}" for v in values)
            )
        case ast.IfExp(body=body, orelse=orelse):
            yield from texts(body)
            yield from texts(orelse)
        case ast.Name(id=name) | ast.Attribute(attr=name) if name.isupper() or name.lstrip("_").isupper():
            yield from texts(constants()[name])
        case ast.Call(func=ast.Attribute(value=value, attr="format")):
            for text in texts(value):
                yield re.sub(r"\{\w*\}", "{…}", text)
        case ast.BoolOp(values=values):
            for value in values:
                yield from texts(value)
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            for first in texts(left):
                for second in texts(right):
                    yield first + second


def said() -> Iterator[Said]:
    """Every sentence of the code, in the order of the files."""
    for path, tree in trees().items():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if name not in MAKERS:
                continue
            given = {keyword.arg: keyword.value for keyword in node.keywords}
            place = MAKERS[name]
            sentence = node.args[place] if len(node.args) > place else given.get("sentence")
            steps = list(texts(given["next_step"])) if "next_step" in given else [""]
            for text in texts(sentence) if sentence is not None else ():
                for step in steps or [""]:
                    yield Said(path, text, step)


def page() -> str:
    """The whole page: by file, each sentence once."""
    lines = [HEAD]
    last = ""
    for each in sorted(set(said()), key=lambda one: (one.path, one.sentence, one.next_step)):
        if each.path != last:
            lines.append(f"\n## {each.path}\n")
            last = each.path
        step = f" *{each.next_step}*" if each.next_step else ""
        lines.append(f"- {each.sentence}.{step}")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
