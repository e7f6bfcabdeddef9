"""All figures by name, in the order of the report."""

from app.reports.catalogue import budget, documents, dossiers, procedures
from app.reports.figures import Figure

CATALOGUE: dict[str, Figure] = {
    figure.name: figure
    for family in (dossiers.FIGURES, procedures.FIGURES, documents.FIGURES, budget.FIGURES)
    for figure in family
}
