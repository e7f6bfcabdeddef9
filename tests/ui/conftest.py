"""One dressed application for every test of the window, off screen."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest

from app.ui.application import Application


@pytest.fixture(scope="session")
def qapp_cls() -> type[Application]:
    return Application
