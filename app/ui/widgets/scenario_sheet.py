"""What may be known of a conversation before its start: the scene and the customer's card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.ui.practice_texts import sector_text, temper_text
from app.ui.style import Space
from app.ui.texts import told
from app.ui.widgets.controls import card, clear, column, label

if TYPE_CHECKING:
    from app.coach.scenario_types import Scenario


class ScenarioSheet(QWidget):
    """Shows a scenario, never what it hides; or what a free talk is."""

    def __init__(self) -> None:
        super().__init__()
        self._inside = QVBoxLayout(self)
        self._inside.setContentsMargins(0, 0, 0, 0)
        self._inside.setSpacing(Space.HAIR)

    def show_free(self) -> None:
        """Say what the free talk is."""
        clear(self._inside)
        self._say(self.tr("Free talk"), "page")
        self._say(
            self.tr(
                "Talk about whatever you like, alone or with a colleague. Nobody speaks for the "
                "customer, and you choose the checklist."
            ),
            "lead-quiet",
        )
        self._inside.addStretch(1)

    def show_scenario(self, scenario: Scenario, checklist: str) -> None:
        """Show the scene, the customer's card and which checklist goes with it."""
        clear(self._inside)
        self._say(told(scenario.title), "page")
        where = f"{sector_text(scenario.sector)}, {temper_text(scenario.temper)}"
        self._say(where if scenario.built_in else self.tr("{where}, your own").format(where=where),
                  "quiet")  # fmt: skip
        self._inside.addSpacing(Space.SMALL)
        self._say(told(scenario.situation), "lead")
        self._inside.addSpacing(Space.SNUG)
        self._inside.addWidget(self._customer(scenario))
        if checklist:
            self._inside.addSpacing(Space.SNUG)
            self._say(self.tr("Checklist: {name}").format(name=checklist), "quiet")
        self._inside.addStretch(1)

    def _customer(self, scenario: Scenario) -> QWidget:
        customer = scenario.customer
        lines: list[QWidget | int] = [
            label(
                self.tr("{name}, {age}").format(name=told(customer.name), age=customer.age),
                "section",
                wrap=True,
            ),
            label(told(customer.purpose), "text", wrap=True),
        ]
        facts = [(self.tr("Speaks"), [customer.language]), (self.tr("Needs"), [customer.needs]),
                 (self.tr("You know from before"), list(customer.history))]  # fmt: skip
        for name, texts in facts:
            said = [told(text) for text in texts if text]
            if said:
                lines += [Space.SMALL, label(name, "quiet")]
                lines += [label(text, "text", wrap=True) for text in said]
        frame = card()
        frame.setLayout(column(*lines, space=Space.HAIR, margin=Space.MEDIUM))
        return frame

    def _say(self, text: str, role: str) -> None:
        self._inside.addWidget(label(text, role, wrap=True))
