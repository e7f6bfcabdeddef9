"""What a reference field chooses from: one table of option lists, read when a form or an import opens."""

from collections.abc import Callable, Sequence
from datetime import date

from sqlalchemy import Connection, select

from app.models.documents import DocumentSeries
from app.models.dossiers import Procedure
from app.models.office import Person, Signer
from app.registers import documents, office, plans, procedures
from app.registers.description import Register
from app.registers.kinds import Context, KindName, Option


def _people(connection: Connection, day: date) -> Sequence[Option]:
    return [Option(person.id, person.name, hint=person.section) for person in office.people(connection, day)]


def _signers(connection: Connection, _: date) -> Sequence[Option]:
    query = select(Signer.id, Signer.name, Signer.title).order_by(Signer.valid_from.desc(), Signer.id)
    return [Option(row.id, row.name, hint=row.title) for row in connection.execute(query)]


def _document_types(connection: Connection, _: date) -> Sequence[Option]:
    return [Option(info.id, info.name, info.code) for info in documents.types(connection)]


def _issuers(connection: Connection, day: date) -> Sequence[Option]:
    return [Option(issuer, issuer) for issuer in office.issuers_of(office.office_on(connection, day))]


def _plans(connection: Connection, _: date) -> Sequence[Option]:
    return plans.plan_options(connection)


def _all_people(connection: Connection) -> Sequence[Option]:
    return [Option(row.id, row.name) for row in connection.execute(select(Person.id, Person.name))]


def _all_procedures(connection: Connection) -> Sequence[Option]:
    query = select(Procedure.id, Procedure.name, Procedure.code)
    return [Option(row.id, row.name, row.code) for row in connection.execute(query)]


def _all_issuers(connection: Connection) -> Sequence[Option]:
    return [Option(issuer, issuer) for issuer in connection.execute(select(DocumentSeries.issuer).distinct()).scalars()]


REFERENCES: dict[str, Callable[[Connection, date], Sequence[Option]]] = {
    "procedures": procedures.options,
    "people": _people,
    "signers": _signers,
    "document_types": _document_types,
    "issuers": _issuers,
    "plans": _plans,
}


def context_for(connection: Connection, register: Register, today: date) -> Context:
    """The day and the option lists that the fields of a register need."""
    needed = {field.reference for field in register.fields if field.kind is KindName.REFERENCE}
    return Context(today, {name: REFERENCES[name](connection, today) for name in sorted(needed)})


# Lists that leave out what may not be chosen on a day; rows of other days still name it.
_WHOLE: dict[str, Callable[[Connection], Sequence[Option]]] = {
    "procedures": _all_procedures,
    "people": _all_people,
    "issuers": _all_issuers,
}


def context_of_rows(connection: Connection, register: Register, today: date) -> Context:
    """What showing rows of any time needs: a procedure no longer in force or a person who left keeps the name."""
    chosen = context_for(connection, register, today)
    return Context(
        today,
        {name: _WHOLE[name](connection) if name in _WHOLE else options for name, options in chosen.options.items()},
    )
