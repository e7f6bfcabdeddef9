"""Thiết lập › Thời hạn và quy tắc: rules as dated rows, changed by a new row from a day on."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from app import formats
from app.models.database import Work
from app.registers import rules
from app.registers.kinds import Context
from app.registers.rules import RULES, RuleVersion
from app.ui.described import specs_of
from app.ui.entry_panel import Entry
from app.ui.page import PanelSection
from app.ui.screens.settings.group import Found, Group, ListRow, Place, RowList, section
from app.ui.tokens import Type
from app.ui.widgets.facts import Facts
from app.ui.widgets.labels import Label


class RulesGroup(Group):
    """Each rule with the value in force today; the pencil asks for another one from a day on."""

    key, title, icon = "rules", "Thời hạn và quy tắc", "timer"
    tables = frozenset({"rule"})

    def __init__(self, place: Place):
        super().__init__(place, "Đổi bằng một dòng mới từ một ngày; việc trước ngày đó vẫn theo dòng cũ.")
        self._versions: dict[str, list[RuleVersion]] = {}
        self.lists: dict[str, RowList] = {}
        for info in RULES.values():
            if info.group not in self.lists:
                made = RowList((190, 48, 104, 0), "")
                made.edit_asked.connect(self._edit)
                self.lists[info.group] = made
                self.body.addWidget(section(info.group))
                self.body.addWidget(made)
        self.body.addStretch(1)

    def refresh(self) -> None:
        with self.session.read() as connection:
            found = rules.versions(connection)
        self._versions = {key: [each for each in found if each.key == key] for key in RULES}
        for group, shown in self.lists.items():
            shown.set_rows([self._row(key) for key, info in RULES.items() if info.group == group])

    def _in_force(self, key: str) -> RuleVersion:
        versions = self._versions[key]
        return next((each for each in versions if each.valid_from <= self.session.today), versions[-1])

    def _row(self, key: str) -> ListRow:
        version, info = self._in_force(key), RULES[key]
        since = "" if _always(version) else f"từ {formats.format_date(version.valid_from)}"
        return ListRow(key, (info.label, version.value, since, version.source), f"Sửa {info.label}")

    def _edit(self, key: Any) -> None:
        info, version = RULES[key], self._in_force(key)

        def save(work: Work, _row_id: int | None, values: Mapping[str, Any]) -> int:
            return rules.set_rule(work, key, values)

        self.place.enter(
            Entry(
                info.label,
                specs_of(rules.FIELDS, lambda: Context(self.session.today, {})),
                {"value": version.value, "valid_from": self.session.today, "source": version.source},
                save,
                f"Đổi quy tắc: {info.label}",
                lambda _id: f"Đã đổi {info.label[0].lower()}{info.label[1:]}",
                detail=info.group if info.group.startswith("Ngày") else "",
                above=(self._above(key),),
            )
        )

    def _above(self, key: str) -> QWidget:
        """What the rule means and its versions, the newest first."""
        info = RULES[key]
        part = PanelSection(line=False)
        part.content.addWidget(Label(f"{info.help} Gõ {info.example}.", Type.BODY, "text2", wrap=True))
        facts: list[tuple[str, str | QWidget]] = [
            ("từ đầu" if _always(each) else f"từ {formats.format_date(each.valid_from)}", each.value)
            for each in self._versions[key]
        ]
        part.content.addWidget(Facts(facts))
        return part

    def findable(self) -> Sequence[Found]:
        return [
            Found(key, f"{info.group}: {info.label}" if info.group.startswith("Ngày") else info.label, info.help)
            for key, info in RULES.items()
        ]

    def show_found(self, key: str) -> None:
        same_group = [each for each, info in RULES.items() if info.group == RULES[key].group]
        self.lists[RULES[key].group].pencils()[same_group.index(key)].setFocus()


def _always(version: RuleVersion) -> bool:
    """Whether it came with the file: in force before any office's data."""
    return version.valid_from.year <= 2000
