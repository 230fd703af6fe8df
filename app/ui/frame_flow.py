"""The frame round the work: who one is, the first run, settings, privacy."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar

from app.ui.flow import Flow
from app.ui.profiles import Profiles
from app.ui.receipts import deleted_words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from PySide6.QtWidgets import QWidget

    from app.session.plan import LivePlan
    from app.store.types import Person, Receipt
    from app.ui.flow import Doors, Stage
    from app.ui.pages.consent_partner import PartnerPage
    from app.ui.pages.first_run import FirstRunPage
    from app.ui.pages.privacy import PrivacyPage
    from app.ui.pages.profiles import WhoPage
    from app.ui.pages.settings import SettingsPage
    from app.ui.services import Services

WHO = "who"
"""Name of the page that asks who is practising."""
FIRST = "first"
"""Name of the page with the first steps."""
PARTNER = "partner"
"""Name of the page on which a partner agrees."""
PRIVACY = "privacy"
"""Name of the page on what is measured, agreed to, deleted and connected."""


class FrameFlow(Flow):
    """Makes the pages of the frame when they are first wanted, and changes over between people."""

    behind: ClassVar[Mapping[str, str]] = MappingProxyType(
        {WHO: "home", FIRST: "home", PRIVACY: "settings", PARTNER: "practise"}
    )
    alone: ClassVar[frozenset[str]] = frozenset({WHO})

    def __init__(self, services: Services, doors: Doors, stage: Stage) -> None:
        super().__init__(services, doors, stage)
        self.profiles = Profiles(services, doors, self)
        self._who: WhoPage | None = None
        self._settings: SettingsPage | None = None
        self._first: FirstRunPage | None = None
        self._partner: PartnerPage | None = None
        self._privacy: PrivacyPage | None = None
        self._plan: LivePlan | None = None
        doors.person_changed.connect(self._on_person)
        doors.partner_wanted.connect(self._on_partner)

    @property
    def pages(self) -> Mapping[str, Callable[[], QWidget]]:
        """Name of each page and what makes it."""
        return {
            WHO: self._make_who,
            "settings": self._make_settings,
            FIRST: self._make_first,
            PARTNER: self._make_partner,
            PRIVACY: self._make_privacy,
        }

    def enter(self, name: str) -> None:
        """Bring a page up to date."""
        if name == WHO and self._who is not None:
            self._who.refresh()
        elif name == "settings" and self._settings is not None:
            self._settings.refresh()
        elif name == PARTNER and self._partner is not None and self._plan is not None:
            self._partner.take(self._plan)
        elif name == PRIVACY and self._privacy is not None:
            self._privacy.refresh()
        elif name == FIRST and self._first is not None:
            self._first.enter(again=self.services.choices.now.first_run_over)

    def leave(self, name: str) -> None:
        """Let go of what was asked for one session only."""
        if name == PARTNER and self._partner is not None:
            self._partner.forget()
        elif name == PRIVACY and self._privacy is not None:
            self._privacy.leave()
        elif name == FIRST and self._first is not None:
            self._first.leave()

    def close(self) -> None:
        """Let the devices go: the program ends."""
        if self._first is not None:
            self._first.close_devices()

    def _on_person(self) -> None:
        if self._settings is not None:
            self._settings.forget()

    def _make_first(self) -> QWidget:
        from app.ui.pages.first_run import FirstRunPage  # noqa: PLC0415 - made when first wanted

        self._first = page = FirstRunPage(self.services)
        page.agreement_wanted.connect(lambda: self.doors.agreement_wanted.emit(FIRST))
        page.normal_measured.connect(self.doors.normal_measured)
        page.scenario_wanted.connect(self.doors.scenario_wanted)
        page.left.connect(lambda: self.show_wanted.emit("home"))
        return page

    # --- agreement and privacy --------------------------------------------------------------

    def _on_partner(self, plan: LivePlan) -> None:
        self._plan = plan
        self.show_wanted.emit(PARTNER)

    def _make_partner(self) -> QWidget:
        from app.ui.pages.consent_partner import PartnerPage  # noqa: PLC0415 - when first wanted

        self._partner = page = PartnerPage(self.services)
        page.agreed.connect(self.doors.start_wanted)
        page.declined.connect(lambda: self.show_wanted.emit("practise"))
        return page

    def _make_privacy(self) -> QWidget:
        from app.ui.pages.privacy import PrivacyPage  # noqa: PLC0415 - made when first wanted

        self._privacy = page = PrivacyPage(self.services)
        page.agreement_wanted.connect(lambda: self.doors.agreement_wanted.emit(PRIVACY))
        page.left.connect(lambda: self.show_wanted.emit("settings"))
        page.normal_deleted.connect(self.doors.normal_deleted)
        return page

    # --- settings ---------------------------------------------------------------------------

    def _make_settings(self) -> QWidget:
        from app.ui.pages.settings import SettingsPage  # noqa: PLC0415 - made when first wanted

        self._settings = page = SettingsPage(self.services, self.profiles, self.stage.has_page)
        page.page_wanted.connect(self.show_wanted)
        page.who_wanted.connect(lambda: self.show_wanted.emit(WHO))
        page.agreement_wanted.connect(lambda: self.doors.agreement_wanted.emit("settings"))
        page.removed.connect(self._on_removed)
        return page

    def _on_removed(self, receipts: Sequence[Receipt]) -> None:
        self.show_wanted.emit("home")
        if self.profiles.people:
            self.show_wanted.emit(WHO)
        else:
            self.doors.notice_wanted.emit(
                self.tr("The profile is removed."), deleted_words(receipts)
            )

    # --- who is practising ------------------------------------------------------------------

    def _make_who(self) -> QWidget:
        from app.ui.pages.profiles import WhoPage  # noqa: PLC0415 - made when first wanted

        self._who = page = WhoPage(self.services)
        page.chosen.connect(self.change_over)
        page.added.connect(self._on_added)
        page.left.connect(lambda: self.show_wanted.emit("home"))
        return page

    def _on_added(self, person: Person) -> None:
        """Let somebody new begin with the first steps."""
        self.change_over(person)
        self.show_wanted.emit(FIRST)

    def change_over(self, person: Person) -> None:
        """Let another person go on; Home greets them."""
        mistake = self.profiles.switch(person)
        self.show_wanted.emit("home")
        if mistake is not None:
            what = self.tr("Not all of your settings could be read.")
            self.doors.notice_wanted.emit(what, mistake)
