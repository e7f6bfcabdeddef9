"""All registers by their key."""

from app.registers.budget import ALLOCATIONS, ENTRIES
from app.registers.budget_lines import LINES
from app.registers.description import Register
from app.registers.documents import DOCUMENTS
from app.registers.dossiers import DOSSIERS
from app.registers.office import BASES, DAYS, OFFICE, PEOPLE, PHRASES, SIGNERS
from app.registers.plans import TASKS
from app.registers.procedures import CHANGES, PROCEDURES
from app.registers.saved_reports import REPORTS

REGISTERS: dict[str, Register] = {
    register.key: register
    for register in (
        DOSSIERS,
        PROCEDURES,
        CHANGES,
        LINES,
        ALLOCATIONS,
        ENTRIES,
        DOCUMENTS,
        TASKS,
        REPORTS,
        OFFICE,
        SIGNERS,
        PEOPLE,
        DAYS,
        BASES,
        PHRASES,
    )
}
