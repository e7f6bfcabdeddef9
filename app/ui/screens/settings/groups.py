"""The groups of the settings in their order."""

from app.ui.screens.settings.about_group import AboutGroup
from app.ui.screens.settings.copies_group import CopiesGroup
from app.ui.screens.settings.days_group import DaysGroup
from app.ui.screens.settings.group import Group
from app.ui.screens.settings.office_group import OfficeGroup
from app.ui.screens.settings.outlines_group import OutlinesGroup
from app.ui.screens.settings.people_group import PeopleGroup
from app.ui.screens.settings.rules_group import RulesGroup

GROUPS: tuple[type[Group], ...] = (
    OfficeGroup,
    PeopleGroup,
    DaysGroup,
    RulesGroup,
    OutlinesGroup,
    CopiesGroup,
    AboutGroup,
)
