"""One dressed application for every test of the window, off screen."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtWidgets import QApplication

from app.ui.application import Application


@pytest.fixture(scope="session")
def qapp_cls() -> type[Application]:
    return Application


def pytest_sessionfinish() -> None:
    """The screen that is none keeps what was copied until after Python's end, where it could not be let go any more."""
    if QApplication.instance() is not None:
        QApplication.clipboard().clear()
