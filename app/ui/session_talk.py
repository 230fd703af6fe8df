"""Puts a running session's conversation together: voice or partner, card, live page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from app.coach.practice_types import Speaking
from app.coach.suggesting import suggested
from app.ui.customer_voice import CustomerVoice
from app.ui.live_talk import LiveTalk
from app.ui.pages.scenario_prepare import PARTNER, VOICE
from app.ui.widgets.partner_card import PartnerCard

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.coach.practice_types import Evidence
    from app.coach.report_types import Checklist
    from app.coach.scenario_types import Scenario
    from app.session.plan import LivePlan
    from app.ui.pages.live import LivePage
    from app.ui.services import Live, Services


def _silent() -> CustomerVoice:
    """Make a voice that shows the lines instead."""
    return CustomerVoice(engine=lambda: None)


class SessionTalk(QObject):
    """Holds what one session needs beside the page; gone with its session."""

    finish_wanted = Signal()

    def __init__(
        self, services: Services, page: LivePage, plan: LivePlan, way: str, parent: QObject
    ) -> None:
        """Prepare it.

        Parameters
        ----------
        services, page, plan
            The house, the page and the session to come.
        way
            How the customer speaks: "voice", "partner" or "text".
        parent
            Qt's owner.
        """
        super().__init__(parent)
        self._services = services
        self._page = page
        self._plan = plan
        self._way = way
        self._scenario: Scenario | None = services.library.scenario(plan.scenario)
        self._checklist: Checklist | None = services.library.checklist(plan.checklist)
        self._begun = False
        self.talk: LiveTalk | None = None
        self.card: PartnerCard | None = None

    @property
    def begun(self) -> bool:
        """Whether its session has come."""
        return self._begun

    @property
    def role(self) -> Speaking:
        """On which side of the counter the person stands."""
        return self._plan.role

    @property
    def partner(self) -> bool:
        """Whether somebody plays the customer from the card."""
        return self._scenario is not None and self._way == PARTNER

    @property
    def customer_is_there(self) -> bool:
        """Whether somebody plays the customer, from the card or freely."""
        return self.partner or self._plan.partner

    def begin(self, live: Live) -> None:
        """Follow a session that starts."""
        self._begun = True
        staff = self._plan.role is Speaking.STAFF
        self.talk = LiveTalk(
            live,
            find=self._services.library.find if staff else None,
            scenario=self._scenario,
            voice=self._voice(),
            by_hand=self.partner,
            background=self._services.background,
            parent=self,
        )
        self.talk.found.connect(self._on_found)
        self._page.take_talk(self.talk)
        if self.partner and self._scenario is not None:
            self.card = self._make_card(self._scenario, self.talk)
            self.show_card()

    def _voice(self) -> CustomerVoice | None:
        if self._scenario is None or self.partner:
            return None
        make = self._services.voice
        if self._way != VOICE or make is None:
            make = _silent
        made = make()
        made.setParent(self)
        return made

    def _make_card(self, scenario: Scenario, talk: LiveTalk) -> PartnerCard:
        card = PartnerCard(scenario, self._services.library.names)
        talk.line_shown.connect(card.show_line)
        talk.your_turn.connect(card.show_turn)
        talk.over.connect(card.show_over)
        card.speaks.connect(lambda on: talk.partner_speaks(on=on))
        card.chosen.connect(talk.go_on)
        card.felt.connect(lambda heard: talk.felt(heard=heard))
        card.finish_wanted.connect(self.finish_wanted)
        return card

    def show_card(self) -> None:
        """Show the partner's card: on a screen of its own where there is one."""
        card = self.card
        if card is None:
            return
        here = self._page.screen()
        other = next((one for one in QGuiApplication.screens() if one is not here), None)
        card.setGeometry((other or here).availableGeometry())
        card.showFullScreen()
        card.raise_()
        card.activateWindow()

    def stop(self) -> None:
        """End the conversation; the card goes."""
        if self.card is not None:
            self.card.hide()  # a key that is held ends with it, while the talk still notes it
            self.card.deleteLater()
            self.card = None
        if self.talk is not None:
            self.talk.stop()

    def _on_found(self, found: Sequence[Evidence]) -> None:
        if self._checklist is not None:
            items = suggested(self._checklist, found)
            self._page.side.suggest({item: one.words for item, one in items.items()})
