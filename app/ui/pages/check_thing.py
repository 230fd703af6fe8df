"""Finds the one thing for today beside the screen, once a check."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.session.self_check import thing_for
from app.ui.waiting import Waiter

if TYPE_CHECKING:
    from app.coach.self_check_thing import Thing
    from app.ui.services import Services


class ThingFinder(QObject):
    """Looks through the person's own sessions, and gives the day's card."""

    found = Signal(object)
    """A Thing."""
    failed = Signal(object)
    """An AppError."""

    def __init__(self, services: Services, parent: QObject) -> None:
        super().__init__(parent)
        self._services = services
        self._waiter: Waiter[Thing] | None = None
        self._asked = False

    @property
    def card(self) -> str:
        """The day's reminder (P12)."""
        return self._services.library.cards.reminder(self._day).text

    def look(self) -> None:
        """Look, unless it was looked for already."""
        if self._asked:
            return
        self._asked = True
        services, day = self._services, self._day
        person_id = services.choices.now.person_id or None

        def find() -> Thing:
            return thing_for(
                services.store,
                person_id,
                practices=services.library.practices,
                checklists=services.library.checklists,
                rules=services.catalogue.rules,
                day=day,
            )

        future = services.background.run(find)
        self._waiter = Waiter(future, self.found.emit, self.failed.emit, self)

    def forget(self) -> None:
        """Let go of what is on its way; it may be another person's soon."""
        self._asked = False
        if self._waiter is not None:
            self._waiter.drop()
            self._waiter = None

    @property
    def _day(self) -> int:
        return self._services.now().date().toordinal()
