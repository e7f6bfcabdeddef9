"""The outlines and the sample's own text, read once."""

import pytest

from app.places import resource
from app.reports.blocks import Template
from app.reports.template import read_template_file


@pytest.fixture(scope="session")
def outline_template() -> Template:
    return read_template_file(resource("reports/cchc-semiannual.json"))


@pytest.fixture(scope="session")
def sample_template() -> Template:
    return read_template_file(resource("sample/report.json"))
