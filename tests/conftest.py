"""Files of offices for every test, built once and copied for each; one dressed application, off screen."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app import sample as sample_office
from app.clock import Clock
from app.models import sqlite
from app.models.database import OfficeFile
from tests.offices import build_office, clock_on

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def pytest_sessionfinish() -> None:
    """The screen that is none keeps what was copied until after Python's end, where it could not be let go any more."""
    if QApplication.instance() is not None:
        QApplication.clipboard().clear()


@pytest.fixture(scope="session", autouse=True)
def _quick_disk() -> None:
    """Tests in this process wait for no disk; those of crashes run the program in one of its own."""
    sqlite.SYNCHRONOUS = "OFF"


@pytest.fixture(scope="session")
def qapp_cls() -> type[QApplication]:
    """The dressed application in every room: whichever test asks first, all the others get the same one."""
    from app.ui.application import Application  # tests without a window load no Qt of ours

    return Application


@pytest.fixture
def clock() -> Clock:
    """Monday 12/6/2023, 09:42."""
    return clock_on()


@pytest.fixture(scope="session")
def sample_master(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample office, built once: only to be copied or read."""
    path = tmp_path_factory.mktemp("sample") / "so.socchc"
    sample_office.build(path, clock_on())
    return path


@pytest.fixture
def sample_path(sample_master: Path, tmp_path: Path) -> Path:
    """A copy of the sample office's file."""
    return Path(shutil.copy(sample_master, tmp_path / "xa-mau.socchc"))


@pytest.fixture
def sample(sample_path: Path, clock: Clock) -> Iterator[OfficeFile]:
    """A copy of the sample office, open."""
    with OfficeFile.open(sample_path, clock) as file:
        yield file


@pytest.fixture(scope="session")
def office_master(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small seeded office without facts, built once: only to be copied."""
    path = tmp_path_factory.mktemp("office") / "so.socchc"
    build_office(path)
    return path


@pytest.fixture
def office_path(office_master: Path, tmp_path: Path) -> Path:
    """A copy of the small office's file."""
    return Path(shutil.copy(office_master, tmp_path / "so.socchc"))


@pytest.fixture
def office_file(office_path: Path, clock: Clock) -> Iterator[OfficeFile]:
    """A copy of the small office, open."""
    with OfficeFile.open(office_path, clock) as file:
        yield file
