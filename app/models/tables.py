"""All tables together: importing this module describes every one."""

from app.models import budget, documents, dossiers, journal, office, reports
from app.models.base import Base

MODULES = (office, journal, dossiers, budget, documents, reports)

metadata = Base.metadata

MODEL_OF_TABLE: dict[str, type[Base]] = {model.__tablename__: model for model in Base.__subclasses__()}
