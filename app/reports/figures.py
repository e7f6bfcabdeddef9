"""Figures: a basis, a predicate and a measure; the number and the rows behind it come from the same predicate.

Number = SUM(measure) FILTER (WHERE predicate) over the basis, all figures of one basis in one statement, grouped by the
basis' key and folded to the names of the dimension in Python. Rows = the same basis WHERE the same predicate.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache, cached_property
from typing import Any

from sqlalchemy import ColumnElement, Connection, Integer, Subquery, cast, func, select
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from app import formats
from app.periods import Period
from app.problems import Problem
from app.reports.facts import FigureValue, Operand

Columns = ReadOnlyColumnCollection[str, ColumnElement[Any]]


@dataclass(frozen=True)
class Scope:
    """What all figures of one report look at: its period (with the cut-off as its end) and whose documents count."""

    period: Period
    issuer: str = "UBND"


@dataclass(frozen=True)
class Basis:
    """The rows a family of figures counts among.

    `register` is where its ids lie; the bases of one `family` show the same dimensions. `build` gives a subquery with
    the columns `id`, `measure`, `key` and those the predicates read; `fold` names the dimension of each key, in the
    order of the report; `always` names dimensions that are shown even without a row.
    """

    register: str
    family: str
    unit: str
    build: Callable[[Scope], Subquery]
    fold: Callable[[Connection, Scope], Mapping[Any, str]]
    always: Callable[[Connection, Scope], Iterable[str]] = lambda _connection, _scope: ()


Predicate = Callable[[Columns, Scope], ColumnElement[bool]]


@dataclass(frozen=True)
class Count:
    """A figure counted from rows: those of the basis for which `where` holds."""

    name: str
    definition: str
    basis: Basis
    where: Predicate
    by_dimension: bool = True

    @property
    def unit(self) -> str:
        return self.basis.unit


@dataclass(frozen=True)
class Sum:
    """A figure that adds (+1) or takes away (-1) other figures."""

    name: str
    definition: str
    unit: str
    parts: tuple[tuple[int, str], ...]
    by_dimension: bool = True


@dataclass(frozen=True)
class Ratio:
    """A percentage; it keeps both operands, so that what is printed can always be recomputed."""

    name: str
    definition: str
    numerators: tuple[str, ...]
    denominator: str
    by_dimension: bool = True
    unit: str = "%"


Figure = Count | Sum | Ratio


def text_of(value: FigureValue) -> str:
    """The value as printed in a table: unpadded; a ratio with two decimals and %, "–" without a base."""
    if value.operands:
        return formats.format_ratio(value.operands[0].value, value.operands[1].value)
    assert isinstance(value.value, int)
    return formats.format_integer(value.value)


@dataclass(frozen=True)
class FigureRow:
    """A row behind a figure: its register, its id, and what it weighs in the figure."""

    register: str
    id: int
    weight: int


@dataclass(frozen=True)
class FigureSet:
    """All figures of one scope."""

    scope: Scope
    values: Mapping[tuple[str, str], FigureValue]
    dimensions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def number(self, name: str, dimension: str = "") -> int:
        """The integer of a counted figure; 0 where a dimension has no row."""
        found = self.values.get((name, dimension))
        if found is None:
            return 0
        assert isinstance(found.value, int)
        return found.value

    def __iter__(self) -> Any:
        return iter(self.values.values())

    @cached_property
    def names(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for name, _ in self.values))


def as_json(figures: FigureSet) -> dict[str, Any]:
    """The figures as plain JSON values: integers, a ratio as a decimal string with its operands, dates in ISO form."""
    period = figures.scope.period
    return {
        "period": period.code,
        "from": period.start.isoformat(),
        "to": period.end.isoformat(),
        "figures": [
            {
                "name": value.name,
                "dimension": value.dimension,
                "value": str(value.value) if isinstance(value.value, Decimal) else value.value,
                "unit": value.unit,
                "text": text_of(value),
                "operands": [{"name": operand.name, "value": operand.value} for operand in value.operands],
            }
            for value in figures
        ],
    }


def compute(connection: Connection, scope: Scope, catalogue: Iterable[Figure]) -> FigureSet:
    """All figures of the catalogue for one scope, whole and by dimension."""
    figures = list(catalogue)
    counts: dict[tuple[str, str], int] = {}
    dimensions: dict[str, tuple[str, ...]] = {}

    @cache
    def ask(question: Callable[[Connection, Scope], Any]) -> Any:
        """Several bases ask the same of the registers: how their keys are called."""
        return question(connection, scope)

    for family in dict.fromkeys(f.basis.family for f in figures if isinstance(f, Count)):
        members = [f for f in figures if isinstance(f, Count) and f.basis.family == family]
        seen = _count(connection, scope, members, counts, ask)
        for member in members:
            dimensions[member.name] = seen if member.by_dimension else ()
            for dimension in ("", *dimensions[member.name]):
                counts.setdefault((member.name, dimension), 0)
    values: dict[tuple[str, str], FigureValue] = {}
    for figure in figures:
        for dimension in ("", *_dimensions_of(figure, dimensions)):
            values[figure.name, dimension] = _value(figure, dimension, counts)
    return FigureSet(scope, values, dimensions)


def _count(
    connection: Connection,
    scope: Scope,
    family: list[Count],
    counts: dict[tuple[str, str], int],
    ask: Callable[[Callable[[Connection, Scope], Any]], Any],
) -> tuple[str, ...]:
    """Counts the figures of one family into `counts`, one statement for each of its bases; returns the dimensions."""
    seen: dict[str, None] = {}
    order: list[str] = []
    for basis in dict.fromkeys(figure.basis for figure in family):
        members = [figure for figure in family if figure.basis == basis]
        rows = basis.build(scope)
        measures = [
            cast(func.coalesce(func.sum(rows.c.measure).filter(figure.where(rows.c, scope)), 0), Integer)
            for figure in members
        ]
        names = ask(basis.fold)
        sums: dict[tuple[str, str], int] = defaultdict(int)
        for key, *numbers in connection.execute(select(rows.c.key, *measures).group_by(rows.c.key)):
            seen[names[key]] = None
            for figure, number in zip(members, numbers, strict=True):
                sums[figure.name, ""] += number
                if figure.by_dimension:
                    sums[figure.name, names[key]] += number
        counts.update(sums)
        order.extend(name for name in names.values() if name not in order)
        seen.update(dict.fromkeys(ask(basis.always)))
    return tuple(name for name in order if name in seen)


def _dimensions_of(figure: Figure, dimensions: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    match figure:
        case Count():
            pass
        case Sum(parts=parts):
            dimensions[figure.name] = dimensions[parts[0][1]] if figure.by_dimension else ()
        case Ratio(denominator=denominator):
            dimensions[figure.name] = dimensions[denominator] if figure.by_dimension else ()
    return dimensions[figure.name]


def _value(figure: Figure, dimension: str, counts: dict[tuple[str, str], int]) -> FigureValue:
    match figure:
        case Count():
            number = counts[figure.name, dimension]
            return FigureValue(figure.name, dimension, number, figure.unit)
        case Sum(parts=parts):
            number = sum(sign * counts[name, dimension] for sign, name in parts)
            counts[figure.name, dimension] = number
            return FigureValue(figure.name, dimension, number, figure.unit)
        case Ratio(numerators=numerators, denominator=denominator):
            part = Operand("+".join(numerators), sum(counts[name, dimension] for name in numerators))
            whole = Operand(denominator, counts[denominator, dimension])
            return FigureValue(
                figure.name, dimension, formats.ratio(part.value, whole.value), figure.unit, (part, whole)
            )


def rows(
    connection: Connection, scope: Scope, catalogue: Mapping[str, Figure], name: str, dimension: str = ""
) -> list[FigureRow]:
    """The rows behind a figure; their weights add to its value (for a ratio: to its numerator).

    Raises Problem for a figure or dimension that does not exist.
    """
    figure = find(catalogue, name)
    match figure:
        case Count():
            query = select_rows(connection, scope, figure, dimension)
            return [FigureRow(figure.basis.register, i, weight) for i, weight in connection.execute(query)]
        case Sum(parts=parts):
            return [
                FigureRow(row.register, row.id, sign * row.weight)
                for sign, part in parts
                for row in rows(connection, scope, catalogue, part, dimension)
            ]
        case Ratio(numerators=numerators):
            return [row for part in numerators for row in rows(connection, scope, catalogue, part, dimension)]


def select_rows(connection: Connection, scope: Scope, figure: Count, dimension: str = "") -> Any:
    """The query of id and weight behind a counted figure, for lists that page over it."""
    basis = figure.basis.build(scope)
    query = select(basis.c.id, basis.c.measure).where(figure.where(basis.c, scope))
    if dimension:
        keys = [key for key, name in figure.basis.fold(connection, scope).items() if name == dimension]
        if not keys or not figure.by_dimension:
            raise Problem(f"Số liệu {figure.name} không chia theo “{dimension}”")
        query = query.where(basis.c.key.in_(keys))
    return query


def find(catalogue: Mapping[str, Figure], name: str) -> Figure:
    """A figure by its name; raises Problem naming the nearest ones."""
    if name not in catalogue:
        family = name.split(".")[0]
        near = [known for known in catalogue if known.startswith(family)] or list(catalogue)
        raise Problem(f"Không có số liệu “{name}”", next_step="Có: " + ", ".join(near[:12]) + ".")
    return catalogue[name]
