"""What does not work at this moment, kept for the screen."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from app.session.plan import Fault

if TYPE_CHECKING:
    from app.coach.types import Sense


class FaultBoard:
    """One fault a key; written by every thread, read by the screen."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._faults: dict[str, Fault] = {}

    def put(self, key: str, sense: Sense | None, what: str, remedy: str) -> bool:
        """Show a fault; False where the same one is on show already."""
        fault = Fault(sense, what, remedy)
        with self._lock:
            if self._faults.get(key) == fault:
                return False
            self._faults[key] = fault
            return True

    def clear(self, key: str) -> None:
        """Take a fault away, because it works again."""
        with self._lock:
            self._faults.pop(key, None)

    def all(self) -> tuple[Fault, ...]:
        """Every fault on show, the oldest first."""
        with self._lock:
            return tuple(self._faults.values())
