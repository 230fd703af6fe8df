"""The way from choosing a conversation to its set-up, and the exercises beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.coach.practice_types import Speaking
from app.ui.pages.scenario_prepare import VOICE, PreparePage
from app.ui.pages.scenarios import ScenariosPage
from app.ui.pages.survey import SurveyPage

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.coach.scenario_types import Scenario
    from app.ui.library import Library
    from app.ui.pages.practise import PractisePage
    from app.ui.services import Services


class PracticeFlow(QObject):
    """Holds the pages before the set-up and what was chosen on them."""

    show_wanted = Signal(str)
    """Name of the page to show."""

    def __init__(
        self, services: Services, library: Library, practise: PractisePage, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._services = services
        self._library = library
        self._practise = practise
        self._scenario: Scenario | None = None
        self.scenarios = ScenariosPage(services, library)
        self.prepare = PreparePage(services, library.cards)
        self.survey = SurveyPage(library.cards.survey)
        self.pages: dict[str, QWidget] = {
            "survey": self.survey,
            "scenarios": self.scenarios,
            "prepare": self.prepare,
        }
        self._connect()

    def _connect(self) -> None:
        self.scenarios.prepare_wanted.connect(self.choose)
        self.scenarios.back_wanted.connect(lambda: self.show_wanted.emit("home"))
        self.prepare.back_wanted.connect(lambda: self.show_wanted.emit("scenarios"))
        self.prepare.set_up_wanted.connect(self._on_set_up)

    @property
    def scenario(self) -> Scenario | None:
        """What is practised; None for a free talk."""
        return self._scenario

    @property
    def way(self) -> str:
        """How the customer speaks: "voice", "partner" or "text"."""
        return self.prepare.way if self._scenario is not None else VOICE

    def choose(self, scenario: Scenario | None) -> None:
        """Take a conversation and show what comes next."""
        self._scenario = scenario
        if scenario is None:
            self._practise.take_scenario(None, Speaking.STAFF)
            self.show_wanted.emit("practise")
            return
        self.prepare.enter(scenario)
        self.show_wanted.emit("prepare")

    def choose_again(self, scenario_id: str) -> bool:
        """Take the conversation of an earlier session; False where it is not there any more."""
        scenario = self._library.scenario(scenario_id)
        if scenario is not None:
            self.choose(scenario)
        return scenario is not None

    def enter(self, name: str) -> None:
        """Bring a page that comes to the front up to date."""
        if name == "scenarios":
            self.scenarios.refresh()

    def back(self) -> str:
        """Name of the page before the set-up."""
        return "prepare" if self._scenario is not None else "scenarios"

    def _on_set_up(self) -> None:
        self._practise.take_scenario(self._scenario, self.prepare.role)
        self.show_wanted.emit("practise")
