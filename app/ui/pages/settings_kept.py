"""The section of the settings on what is kept of a session, and for how long."""

from __future__ import annotations

from PySide6.QtCore import Signal

from app.errors import AppError
from app.store.types import KeepPolicy
from app.ui.consenting import current_person, enter_consent, standing_consent
from app.ui.pages.consent_words import OFFERED, days_words, keep_words
from app.ui.widgets.controls import button
from app.ui.widgets.setting_rows import (
    ChangingSection,
    SettingRow,
    choice_box,
    choose,
)


class KeepSection(ChangingSection):
    """What is kept of a session, unless something else is chosen before its start."""

    agreement_wanted = Signal()

    def _fill(self) -> None:
        self.head(
            self.tr("What is kept"),
            self.tr("For sessions to come. Before each one you can choose anew."),
        )
        self.policy = choice_box(
            [(policy.value, keep_words(policy)[0]) for policy in OFFERED], self._on_policy
        )
        self.days = choice_box(
            [(days, days_words(days)) for days in self._services.consent.retention_choices],
            self._on_days,
        )
        self.read = button(self.tr("Read it"))
        self.read.clicked.connect(self.agreement_wanted)
        self._policy_row = self.add(SettingRow(
            self.tr("Of a session"), "", self.policy,
            words=self.tr("keep record picture sound voice stick figure report nothing store"),
        ))  # fmt: skip
        self._days_row = self.add(SettingRow(
            self.tr("How long"), "", self.days,
            words=self.tr("days period retention delete keep expire"),
        ))  # fmt: skip
        self.add(SettingRow(
            self.tr("What you agreed to"),
            self.tr("The whole page, and the way to take it back."), self.read,
            words=self.tr("consent agreement withdraw privacy"),
        ))  # fmt: skip

    def refresh(self) -> None:
        """Show the settings as they stand."""
        policy = KeepPolicy(self._services.choices.now.keep_policy)
        choose(self.policy, policy.value)
        self._policy_row.tell(keep_words(policy)[1])
        services = self._services
        asked = standing_consent(services) is None
        person = current_person(services)
        held = services.store.consent_of(person.id) if person is not None else None
        self.days.setEnabled(not asked)
        choose(self.days, (held or services.consent).retention_days)
        self._days_row.tell(
            self.tr("You are asked before the next recording.")
            if asked
            else self.tr("Each session goes by itself after this time. It holds for new sessions.")
        )

    def _on_policy(self, policy: str) -> None:
        self._change(keep_policy=policy)
        self.refresh()

    def _on_days(self, days: int) -> None:
        now = self._services.choices.now
        try:
            enter_consent(self._services, now.person_name, KeepPolicy(now.keep_policy), days)
        except AppError as error:
            self._failed(error)
        self.refresh()
