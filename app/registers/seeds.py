"""What every new file holds before anyone types: types of documents and dated rules, as data from resources/."""

import csv
from datetime import date
from typing import Any

from app import places
from app.models.database import Work
from app.models.documents import DocumentType
from app.models.office import Rule


def seed(work: Work) -> None:
    """Fills a new file. Law changes later: the rows are data that the office and updates may change."""
    with (places.resources() / "document_types.csv").open(encoding="utf-8", newline="") as file:
        for position, row in enumerate(csv.DictReader(file)):
            values: dict[str, Any] = {**row, "position": position, "has_tasks": row["has_tasks"] == "1"}
            work.insert(DocumentType, **values)
    with (places.resources() / "rules.csv").open(encoding="utf-8", newline="") as file:
        for rule in csv.DictReader(file):
            in_force: dict[str, Any] = {**rule, "valid_from": date.fromisoformat(rule["valid_from"])}
            work.insert(Rule, **in_force)
