"""From a register's description to the fields of a form: the one place where kinds meet widgets."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from app import formats, vietnamese
from app.problems import Problem
from app.registers.description import Field
from app.registers.kinds import Context, KindName, Option
from app.ui.form import FieldKind, FieldSpec
from app.ui.matching import Choice

_KIND_OF: dict[KindName, FieldKind] = {
    KindName.TEXT: "text",
    KindName.LONG_TEXT: "long_text",
    KindName.NAME: "name",
    KindName.DATE: "date",
    KindName.TIME: "time",
    KindName.INTEGER: "integer",
    KindName.YEAR: "integer",
    KindName.MONEY: "money",
    KindName.CHOICE: "choice",
    KindName.REFERENCE: "reference",
    KindName.FLAG: "flag",
}


def specs_of(fields: Iterable[Field], context: Callable[[], Context]) -> list[FieldSpec]:
    """The specs of a form; `context` is asked at each reading, so that new options and a new day count at once."""
    return [_spec(field, context) for field in fields]


def choices_of(options: Sequence[Option]) -> list[Choice]:
    """Options as a combo shows them; the key of a choice is its value as text."""
    return [Choice(str(option.value), option.name, option.code, option.hint) for option in options]


def _spec(field: Field, context: Callable[[], Context]) -> FieldSpec:
    assert field.kind is not None
    kind = _KIND_OF[field.kind]
    parse, show = _reading(field, context)
    return FieldSpec(
        key=field.key,
        label=field.label,
        parse=parse,
        format=show,
        kind=kind,
        help=field.help,
        required=bool(field.required),
        choices=choices_of(_options(field, context())),
        width=field.width.value,
        placeholder=field.placeholder,
        max_length=field.max_length,
        describe=_amount_in_words if field.kind is KindName.MONEY else None,
    )


def _reading(field: Field, context: Callable[[], Context]) -> tuple[Callable[[str], Any], Callable[[Any], str]]:
    """Parse and format as the widget needs them: a combo's text is the key of its choice."""
    if field.kind not in (KindName.CHOICE, KindName.REFERENCE):
        return (
            lambda text: field.parse(text, context()),
            (lambda value: "có" if value else "không")
            if field.kind is KindName.FLAG
            else lambda value: field.format(value, context()),
        )

    def parse(key: str) -> Any:
        for option in _options(field, context()):
            if str(option.value) == key:
                return option.value
        if not key.strip():
            return field.parse("", context())
        raise Problem(f"“{key}” không có trong danh mục", field=field.key)

    return parse, str


def _options(field: Field, context: Context) -> Sequence[Option]:
    return context.options[field.reference] if field.kind is KindName.REFERENCE else field.choices


def _amount_in_words(amount: Any) -> str:
    if not isinstance(amount, int):
        return ""
    return f"{formats.format_money(amount)} đồng: {vietnamese.amount_in_words(amount)} đồng"
