"""What does not work at this moment, kept for the screen."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Final

from app.coach.types import Sense
from app.session.plan import Fault

if TYPE_CHECKING:
    from collections.abc import Callable

SHOWN_S: Final = 10.0
"""So long after the last lost sound it is still said: what lasts must not hide another fault."""
CLOSE_OTHERS: Final = "Close other programs that keep this computer busy."
BEHIND: Final = "The analysis fell behind, and some sound was not measured."
"""Sound that found no room in the inbox."""
ON_THE_WAY: Final = "Some sound was lost between the microphone and this program."
"""Sound that the device gave and nobody took in time."""


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
            self._faults.pop(key, None)  # a new fault of an old key is the newest one
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


class LostSound:
    """Says that sound was lost, notes each way of losing it once, and takes the fault away again.

    Parameters
    ----------
    board
        Where it is shown.
    note
        Is told the sentence for the report, once in a session.
    given_up
        Whether the analysis has failed: that is said already, and nothing more is measured.
    """

    def __init__(
        self, board: FaultBoard, note: Callable[[str], None], given_up: Callable[[], bool]
    ) -> None:
        self._board = board
        self._note = note
        self._given_up = given_up
        self._noted: set[str] = set()
        self._until_s: float | None = None

    def lost(self, t: float, what: str) -> None:
        """Say it; `t` is the time of the block that had to do without, seconds."""
        if self._given_up():
            return
        self._until_s = t + SHOWN_S
        self._board.put("overflow", Sense.VOICE, what, CLOSE_OTHERS)
        if what not in self._noted:
            self._noted.add(what)
            self._note(what)

    def came(self, t: float) -> None:
        """Take the fault away once sound came whole for a while; `t` in seconds."""
        if self._until_s is not None and t >= self._until_s:
            self._until_s = None
            self._board.clear("overflow")
