"""A register described once: forms, tables, imports, blank sheets and lists derive from it.

A `Field` is bound to the mapped attribute, from whose column its key, kind, length and required are read, never
repeated. A virtual field (no attribute) names its own key and kind; the register's command knows what to do with it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sqlalchemy import BigInteger, Boolean, ColumnElement, Date, Integer, Select, String, Text, Time, select

from app.models.base import Base
from app.models.database import Work
from app.registers import kinds
from app.registers.kinds import KINDS, Context, KindName, Option

if TYPE_CHECKING:
    from sqlalchemy.orm import InstrumentedAttribute


class Width(StrEnum):
    """How much of a form's line a field takes."""

    FULL = "full"
    HALF = "half"
    THIRD = "third"


# The kind of a column follows from its type; a name, a choice and a reference are said.
_KIND_OF_TYPE: tuple[tuple[type, KindName], ...] = (
    (Boolean, KindName.FLAG),
    (BigInteger, KindName.MONEY),
    (Integer, KindName.INTEGER),
    (Date, KindName.DATE),
    (Time, KindName.TIME),
    (Text, KindName.LONG_TEXT),
    (String, KindName.TEXT),
)


@dataclass(frozen=True)
class Field:
    """One field of a register as people meet it: its label, its help, the headings files give it.

    `choices` makes it a choice, `reference` (a key of registers/references.py) a reference. `minimum` bounds
    numbers and amounts. A field with `in_form` False comes in by import only or is worked out by the program.
    """

    attribute: "InstrumentedAttribute[Any] | None"
    label: str
    help: str
    headings: tuple[str, ...] = ()
    key: str = ""
    kind: KindName | None = None
    required: bool | None = None
    choices: tuple[Option, ...] = ()
    reference: str = ""
    minimum: int | None = None
    past_only: bool = False
    width: Width = Width.FULL
    in_form: bool = True
    in_import: bool = True
    placeholder: str = ""

    def __post_init__(self) -> None:
        if not self.key:
            assert self.attribute is not None, f"a virtual field names its key: {self.label}"
            object.__setattr__(self, "key", self.attribute.key)
        if self.kind is None:
            object.__setattr__(self, "kind", self._kind_of_column())
        if self.required is None:
            object.__setattr__(self, "required", self._required_by_column())
        # An unknown kind fails here, when the description is made.
        assert self.kind in KINDS, self.kind

    @property
    def max_length(self) -> int | None:
        """Letters after NFC that the column holds."""
        length = getattr(self.attribute.type, "length", None) if self.attribute is not None else None
        return int(length) if length is not None else None

    def _kind_of_column(self) -> KindName:
        if self.choices:
            return KindName.CHOICE
        if self.reference:
            return KindName.REFERENCE
        assert self.attribute is not None, f"a virtual field names its kind: {self.label}"
        for column_type, kind in _KIND_OF_TYPE:
            if isinstance(self.attribute.type, column_type):
                return kind
        raise TypeError(f"no kind for {self.attribute}")

    def _required_by_column(self) -> bool:
        if self.attribute is None:
            return False
        column = self.attribute.expression
        return not column.nullable and column.default is None

    def parse(self, text: str, context: Context) -> Any:
        """Typed text as a value (None when left empty). Raises Problem with this field's key."""
        return kinds.parse(self, text, context)

    def format(self, value: Any, context: Context) -> str:
        """A value as a person reads it in field and table."""
        return kinds.format_value(self, value, context)


@dataclass(frozen=True)
class Register:
    """A register: what it is called, its fields, its commands, and the columns nobody types.

    `save(work, row_id, values)` writes one row (row_id None: a new one) and returns its id. `remove(work, row_id)`
    takes a row away that was entered by mistake and returns its name; without it rows stay. `read` selects a row's
    values by field key, virtual ones included; `search` tells where one folded word is looked for; `sorts` what a
    column sorts by, where that is not the column itself.
    """

    key: str
    title: str
    noun: str
    model: type[Base]
    fields: tuple[Field, ...]
    internal: frozenset[str]
    save: Callable[[Work, int | None, Mapping[str, Any]], int]
    remove: Callable[[Work, int], str] | None = None
    read: Callable[[], Select[Any]] | None = None
    search: Callable[[str], ColumnElement[bool]] | None = None
    sorts: Mapping[str, Any] = dataclass_field(default_factory=dict)

    def query(self) -> Select[Any]:
        """All rows with their values by field key, and the register's internal columns."""
        return self.read() if self.read is not None else select(self.model.__table__)

    @cached_property
    def by_key(self) -> dict[str, Field]:
        """Fields by their key."""
        return {field.key: field for field in self.fields}

    @property
    def form_fields(self) -> tuple[Field, ...]:
        """The fields a person types, in reading order."""
        return tuple(field for field in self.fields if field.in_form)

    @property
    def import_fields(self) -> tuple[Field, ...]:
        """The fields a file may bring, in the order of the blank sheet."""
        return tuple(field for field in self.fields if field.in_import)
