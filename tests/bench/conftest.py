"""Benches look at a program that has run before."""

import compileall
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session", autouse=True)
def compiled() -> None:
    """Python keeps what it compiled of the packages; where PYTHONDONTWRITEBYTECODE is set it would compile ours anew at
    each start."""
    compileall.compile_dir(ROOT / "app", quiet=1)
