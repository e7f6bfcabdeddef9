"""All tables together: importing this module maps every class."""

from app.models import budget, documents, dossiers, journal, office, reports
from app.models.base import Base

MODULES = (office, journal, dossiers, budget, documents, reports)

metadata = Base.metadata

MODEL_OF_TABLE: dict[str, type[Base]] = {mapper.class_.__tablename__: mapper.class_ for mapper in Base.registry.mappers}
