"""Section of the settings: what is looked for, and from when on it counts."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from app.coach.catalogue import adjusted
from app.coach.types import Sense
from app.ui.texts import told
from app.ui.widgets.controls import button
from app.ui.widgets.cue_switches import cue_name
from app.ui.widgets.setting_rows import SettingRow, SettingsSection, choice_box, choose, switch

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QCheckBox, QComboBox

    from app.coach.types import CueRule
    from app.ui.services import Services

STEPS: Final = (0.7, 0.85, 1.0, 1.25, 1.5)
"""How far from ordinary a cue may begin, as a multiple of what ships."""
USUAL: Final = 1.0
SHARE: Final = "of your usual"
"""How the units begin that are shares."""


class CuesSection(SettingsSection):
    """A switch and a threshold for each cue; nothing is lost by switching one off."""

    def __init__(self, services: Services, change: Callable[..., object]) -> None:
        super().__init__()
        self.head(
            self.tr("What is looked for"),
            self.tr(
                "Faces, bodies and voices differ. Switch off what does not suit you; nothing is "
                "lost by it. Sooner or later moves the point from which something counts, against "
                "your own normal where there is one."
            ),
        )
        self._services, self._change = services, change
        self.boxes: dict[str, QCheckBox] = {}
        self.limits: dict[str, QComboBox] = {}
        self._made: dict[str, SettingRow] = {}
        self.reset = button(self.tr("As it ships"))
        self.reset.clicked.connect(self._on_reset)
        for rule in services.catalogue.rules:
            self._add_cue(rule)
        self.add(SettingRow(
            self.tr("Everything as it ships"),
            self.tr("All of them on, each from where it usually counts."),
            self.reset, words=self.tr("reset default back thresholds limits"),
        ))  # fmt: skip

    def _add_cue(self, rule: CueRule) -> None:
        name = cue_name(rule)
        box = switch(self.tr("On"), self._on_switch, name=name)
        limit = choice_box(
            [
                (STEPS[0], self.tr("Much sooner")),
                (STEPS[1], self.tr("Sooner")),
                (STEPS[2], self.tr("As usual")),
                (STEPS[3], self.tr("Later")),
                (STEPS[4], self.tr("Much later")),
            ],
            partial(self._on_limit, rule.id),
            name=self.tr("When it counts: {cue}").format(cue=name),
        )
        sense = self.tr("seen") if rule.sense is Sense.VISION else self.tr("heard voice")
        made = SettingRow(
            name, "", box, limit, words=f"{sense} {self.tr('cue threshold limit sensitivity')}"
        )
        self.boxes[rule.id], self.limits[rule.id], self._made[rule.id] = box, limit, made
        self.add(made)

    def refresh(self) -> None:
        """Show the settings as they stand."""
        now = self._services.choices.now
        moved = adjusted(self._services.catalogue, now.limits)
        for rule in moved.rules:
            on = rule.id not in now.switched_off
            self.boxes[rule.id].setChecked(on)
            choose(self.limits[rule.id], now.limits.get(rule.id, USUAL))
            self.limits[rule.id].setEnabled(on)
            self._made[rule.id].tell(self._begins(rule))
        self.reset.setEnabled(bool(now.limits or now.switched_off))

    def _begins(self, rule: CueRule) -> str:
        """Say from where on it counts, where that has a unit that one can read."""
        lasts = self.tr("In the report from {s} s on.").format(s=f"{rule.log_s:g}")
        if not rule.unit:
            return lasts
        if rule.unit.startswith(SHARE):
            value = f"{100 * abs(rule.enter):.0f} % {told(rule.unit)}"
        else:
            value = f"{abs(rule.enter):.3g} {told(rule.unit)}"
        begins = (
            self.tr("From {value}, or further out where your own normal lies there.")
            if rule.own is not None
            else self.tr("From {value}.")
        )
        return f"{begins.format(value=value)} {lasts}"

    def _on_switch(self, _on: bool) -> None:
        off = tuple(one for one, box in self.boxes.items() if not box.isChecked())
        self._change(switched_off=off)
        self.refresh()

    def _on_limit(self, cue: str, times: float) -> None:
        limits = {**self._services.choices.now.limits, cue: times}
        self._change(limits={one: by for one, by in limits.items() if by != USUAL})
        self.refresh()

    def _on_reset(self) -> None:
        self._change(limits={}, switched_off=())
        self.refresh()
