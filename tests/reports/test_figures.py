"""Figures: definitions, rows that weigh what the number says, and random registers counted again in plain Python."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.models.dossiers import Dossier
from app.problems import Problem
from app.registers import dossier_steps
from app.reports import checks, figures
from app.reports.catalogue import CATALOGUE
from app.reports.figures import Count, Ratio, Scope, Sum
from tests.reports.random_registers import (
    RandomDossier,
    Registers,
    days,
    period,
    plain_count,
    random_dossiers,
    random_registers,
    scopes,
    stored_steps,
    written,
)

few = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
many = settings(few, max_examples=1000)
SAMPLE_DAYS = (date(2022, 12, 15), date(2023, 6, 10))


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A seeded file without an office's facts."""
    from app.models.database import Actor, build_file
    from app.registers import seeds
    from tests.offices import clock_on

    path = tmp_path_factory.mktemp("seeded") / "so.socchc"
    build_file(path, clock_on(), Actor("Thử"), "Lập sổ", seeds.seed)
    return path


def counted(connection, scope: Scope) -> figures.FigureSet:
    return figures.compute(connection, scope, CATALOGUE.values())


# --- the catalogue ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("figure", CATALOGUE.values(), ids=CATALOGUE)
def test_every_figure_says_what_it_counts(figure: figures.Figure) -> None:
    assert figure.definition
    assert figure.definition[0].isupper()
    assert not figure.definition.endswith(".")
    assert figure.unit in {"hồ sơ", "thủ tục", "văn bản", "kế hoạch", "nhiệm vụ", "đồng", "%"}


def test_derived_figures_name_counted_ones_that_come_before() -> None:
    seen: set[str] = set()
    for name, figure in CATALOGUE.items():
        match figure:
            case Sum(parts=parts):
                assert {part for _, part in parts} <= seen
            case Ratio(numerators=numerators, denominator=denominator):
                assert {*numerators, denominator} <= seen
            case Count():
                pass
        seen.add(name)


def test_names_of_the_page_of_facts() -> None:
    """The list of SAMPLE.md, no more and no less."""
    dossier_names = (
        "total new carried_over online in_person post resolved early on_time late rejected returned withdrawn stopped "
        "finished finished_early finished_on_time finished_late pending pending_in_time pending_overdue digitised "
        "not_digitised results_digitised online_share online_share_of_new digitised_share in_time_share"
    )
    others = (
        "procedures.in_force_before procedures.new procedures.amended procedures.abolished procedures.in_force "
        "procedures.published documents.issued plans.listed plans.tasks.total plans.tasks.done plans.tasks.pending "
        "plans.tasks.overdue budget.revenue.allocated budget.revenue.done budget.revenue.percent "
        "budget.expenditure.allocated budget.expenditure.done budget.expenditure.percent budget.investment.allocated "
        "budget.investment.done budget.investment.percent budget.balance"
    )
    assert set(CATALOGUE) == {f"dossiers.{name}" for name in dossier_names.split()} | set(others.split())


def test_an_unknown_figure_names_its_neighbours(office_file) -> None:
    with pytest.raises(Problem, match=r"Không có số liệu “dossiers.totl”.*dossiers.total"):
        figures.find(CATALOGUE, "dossiers.totl")


def test_an_unknown_dimension_is_told(sample) -> None:
    scope = Scope(period(*SAMPLE_DAYS))
    with sample.read() as connection:
        with pytest.raises(Problem, match="không chia theo “Trồng trọt”"):
            figures.rows(connection, scope, CATALOGUE, "dossiers.total", "Trồng trọt")
        with pytest.raises(Problem, match="không chia theo"):
            figures.rows(connection, scope, CATALOGUE, "plans.listed", "KH")


def test_an_empty_office_counts_nought_everywhere(office_file) -> None:
    with office_file.read() as connection:
        found = counted(connection, Scope(period(*SAMPLE_DAYS)))
    dossier_figures = [value for value in found if not value.name.startswith("procedures.in_force")]
    assert {value.value for value in dossier_figures} <= {0, None}
    assert figures.text_of(found.values["dossiers.online_share", ""]) == "–"
    assert found.dimensions["dossiers.total"] == ()


# --- random registers ------------------------------------------------------------------------------------------------


@few
@given(registers=random_registers, scope=scopes)
def test_figures_equal_a_plain_count(registers: Registers, scope: Scope, empty: Path) -> None:
    compare(registers, scope, empty)


@pytest.mark.slow
@many
@given(registers=random_registers, scope=scopes)
def test_figures_equal_a_plain_count_often(registers: Registers, scope: Scope, empty: Path) -> None:
    compare(registers, scope, empty)


def compare(registers: Registers, scope: Scope, empty: Path) -> None:
    expected = plain_count(registers, scope)
    with written(registers, empty) as connection:
        found = counted(connection, scope)
        numbers = {
            key: value.value
            for key, value in found.values.items()
            if value.value and not isinstance(CATALOGUE[value.name], Ratio)
        }
        assert numbers == dict(expected)
        for (name, dimension), value in found.values.items():
            weight = sum(row.weight for row in figures.rows(connection, scope, CATALOGUE, name, dimension))
            assert weight == (value.operands[0].value if value.operands else value.value), (name, dimension)
        assert [finding.sentence for finding in checks.sums(found)] == []


IDENTITIES = (
    ("total", ("carried_over", "new")),
    ("new", ("online", "in_person", "post")),
    ("resolved", ("early", "on_time", "late")),
    ("finished", ("resolved", "returned", "withdrawn", "stopped")),
    ("finished", ("finished_early", "finished_on_time", "finished_late")),
    ("pending", ("pending_in_time", "pending_overdue")),
    ("total", ("finished", "pending")),
    ("total", ("digitised", "not_digitised")),
)


@few
@given(drawn=st.lists(random_dossiers(), max_size=12), scope=scopes)
def test_identities_hold_and_rows_follow_from_steps(drawn: list[RandomDossier], scope: Scope, empty: Path) -> None:
    with written(Registers(drawn), empty) as connection:
        found = counted(connection, scope)
        for dimension in ("", *found.dimensions["dossiers.total"]):
            for whole, parts in IDENTITIES:
                total = sum(found.number(f"dossiers.{part}", dimension) for part in parts)
                assert found.number(f"dossiers.{whole}", dimension) == total, (whole, dimension)
        steps = stored_steps(connection)
        for row in connection.execute(select(Dossier.__table__)).mappings():
            derived = dossier_steps.derive(steps[row["id"]])
            assert derived == {name: row[name] for name in derived}


@few
@given(drawn=st.lists(random_dossiers(), max_size=10), first=days, second=days, third=days)
def test_pending_is_carried_over_by_the_next_period(
    drawn: list[RandomDossier], first, second, third, empty: Path
) -> None:
    start, cut_off, end = sorted((first, second, third))
    assume(cut_off < end)
    with written(Registers(drawn), empty) as connection:
        before = counted(connection, Scope(period(start, cut_off)))
        after = counted(connection, Scope(period(cut_off + timedelta(days=1), end)))
        pending = {
            dimension: before.number("dossiers.pending", dimension)
            for dimension in ("", *before.dimensions["dossiers.total"])
        }
        carried = {
            dimension: after.number("dossiers.carried_over", dimension)
            for dimension in ("", *after.dimensions["dossiers.total"])
        }
        assert {key: number for key, number in pending.items() if number} == {
            key: number for key, number in carried.items() if number
        }


def test_sums_and_ratios_are_of_whole_numbers(sample) -> None:
    with sample.read() as connection:
        found = counted(connection, Scope(period(*SAMPLE_DAYS)))
    for value in found:
        assert type(value.value) is int or value.operands
        assert all(type(operand.value) is int for operand in value.operands)
