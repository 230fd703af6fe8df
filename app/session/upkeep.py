"""What has to be done once a day while the program runs: what was kept long enough goes."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING, Final

from app.errors import AppError
from app.store.expiry import DAY_S
from app.store.store import utc_now

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from app.store.store import Store
    from app.store.types import Receipt

log = logging.getLogger(__name__)

ASK_EVERY_S: Final = 600.0
"""How often a timer is to ask; asking costs nothing where nothing is due."""


class Upkeep:
    """Enforces the retention periods at the start and then once a day; a timer asks it.

    A day is over when either clock says so. The steady one goes on where the calendar was set
    back; the calendar counts the nights in which the computer slept, which the steady one leaves
    out. Both are given from outside.
    """

    def __init__(
        self,
        store: Store,
        *,
        steady: Callable[[], float] = time.monotonic,
        now: Callable[[], dt.datetime] = utc_now,
    ) -> None:
        self._store = store
        self._steady = steady
        self._now = now
        self._done: tuple[float, dt.datetime] | None = None

    @property
    def due(self) -> bool:
        """Whether it was never done, or a day ago by either clock, or the calendar was set back."""
        if self._done is None:
            return True
        steady, calendar = self._done
        passed_s = (self._now() - calendar).total_seconds()
        return self._steady() - steady >= DAY_S or not 0.0 <= passed_s < DAY_S

    def ask(self) -> list[Receipt]:
        """Do what is due; gives the receipts. What could not be done is tried at the next asking.

        A full disk or a database in use must not keep the program from running: it is told in the
        log, and by everything else that writes.
        """
        if not self.due:
            return []
        at = (self._steady(), self._now())
        try:
            receipts = self._store.enforce_retention()
        except AppError as error:
            log.info("Retention could not be enforced yet: %s", error)
            return []
        self._done = at
        return receipts
