"""The starter catalogue: the procedures of a commune as published in 2026, offered to a new office."""

import csv
from datetime import date

from sqlalchemy import select

from app import places, vietnamese
from app.models.database import Work
from app.models.dossiers import DecidedBy, Procedure
from app.registers import procedures
from app.registers.exchange.matching import meanings
from app.registers.exchange.rules import own_code

CATALOGUE = "catalogue/procedures-2026.csv"


def starter_catalogue(work: Work, valid_from: date) -> int:
    """A command: fills the catalogue from what comes with the program and returns how many procedures were added.

    The published codes are not known there, so each gets one of ours (TT-001); a limit that is not known stays empty
    until the office fills it. A procedure whose name is in the catalogue already is passed over.
    """
    units = meanings(procedures.UNITS)
    names = set(work.connection.execute(select(Procedure.name_key)).scalars())
    codes = set(work.connection.execute(select(Procedure.code)).scalars())
    added = 0
    with places.resource(CATALOGUE).open(encoding="utf-8", newline="") as file:
        for line, row in enumerate(csv.DictReader(file), start=2):
            code = own_code(line - 1)
            if vietnamese.key(row["name"]) in names or code in codes:
                continue
            values = {
                "code": code,
                "field": row["field"],
                "name": row["name"],
                "decided_by": DecidedBy(row["decided_by"]),
                "limit_amount": int(row["limit_amount"]) if row["limit_amount"] else None,
                "limit_unit": units[vietnamese.key(row["limit_unit"])] if row["limit_unit"] else None,
                "valid_from": valid_from,
            }
            with work.row_of_file(line, code):
                procedures.save(work, None, values)
            added += 1
    return added
