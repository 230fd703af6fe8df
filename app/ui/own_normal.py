"""The person's own normal between sessions: the last calibration is found and offered again."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.store.types import KeepPolicy
from app.ui.consenting import standing_consent
from app.ui.texts import day_text
from app.ui.waiting import Waiter

if TYPE_CHECKING:
    from app.coach.types import Baseline
    from app.errors import AppError
    from app.store.store import Store
    from app.ui.services import Services

log = logging.getLogger(__name__)


def last_own_normal(store: Store, person_name: str) -> Baseline | None:
    """Find the newest calibration of whoever has this name; None where there is none."""
    if not person_name.strip():
        return None
    from app.session.own_normal import last_own_normal as newest  # noqa: PLC0415 - brings models

    return newest(store, store.ensure_person(person_name).id)


def _not_kept(error: AppError) -> None:
    """Go on: it holds as long as the program runs, and the next session keeps it."""
    log.info("the own normal could not be kept yet: %s", error)


class OwnNormal(QObject):
    """Holds the own normal that the next session will be given, if the person wants it."""

    changed = Signal()

    def __init__(self, services: Services, parent: QObject) -> None:
        super().__init__(parent)
        self._services = services
        self._searched_for: str | None = None
        self._held: Baseline | None = None
        self._use = True

    @property
    def baseline(self) -> Baseline | None:
        """What the session is given; None where there is none or it is left out."""
        return self._held if self._use else None

    @property
    def exists(self) -> bool:
        """Whether there is one."""
        return self._held is not None

    @property
    def used(self) -> bool:
        """Whether there is one and it will be used."""
        return self.baseline is not None

    def find(self) -> None:
        """Look for the last one, once a person."""
        name = self._services.choices.now.person_name
        if name == self._searched_for:
            self.changed.emit()
            return
        self._searched_for = name
        self._held = None
        future = self._services.background.run(lambda: last_own_normal(self._services.store, name))
        Waiter(future, self._found, self._not_found, self)

    def forget(self) -> None:
        """Let it go, with the sessions it came from."""
        self._held = None
        self._searched_for = None
        self.changed.emit()

    def take(self, baseline: Baseline | None, policy: KeepPolicy = KeepPolicy.REPORT_ONLY) -> None:
        """Take a fresh one; one in which nothing was measured is none.

        It is kept until a session holds it, unless the policy or the settings say: nothing.
        """
        if baseline is not None and (baseline.vision or baseline.voice):
            self._held = baseline
            self._keep(baseline, policy)
            # A look for an older one must not take its place.
            self._searched_for = self._services.choices.now.person_name
        self._use = True
        self.changed.emit()

    def _keep(self, baseline: Baseline, policy: KeepPolicy) -> None:
        """Keep it beside the screen, where the person agreed that anything is kept."""
        services = self._services
        usual = KeepPolicy(services.choices.now.keep_policy)
        consent = standing_consent(services)
        if consent is None or KeepPolicy.NOTHING in (policy, usual):
            return
        future = services.background.run(
            lambda: services.store.own_normals.keep(consent.person_id, baseline)
        )
        Waiter(future, lambda _: None, _not_kept, self)

    def use(self, wanted: bool) -> None:
        """Use it in the next session, or leave it out."""
        self._use = wanted
        self.changed.emit()

    @property
    def words(self) -> str:
        """Say where it comes from."""
        if self._held is None:
            return self.tr("Not measured yet")
        if not self._use:
            return self.tr("Left out this time")
        now = self._services.now()
        made = datetime.fromisoformat(self._held.made_at).astimezone(now.tzinfo)
        day = day_text(made, now)
        return self.tr("From {day}").format(day=day[:1].lower() + day[1:])

    def _found(self, baseline: Baseline | None) -> None:
        if self._held is None:
            self._held = baseline
        self.changed.emit()

    def _not_found(self, error: AppError) -> None:
        log.info("no own normal found: %s", error)
        self.changed.emit()
