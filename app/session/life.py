"""Where a live session is in its life: starting, running, stopping, stopped."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.session.clock import SessionClock
    from app.session.plan import State


class Life:
    """Goes one way only. Begun in the analysis thread, ended by whoever stops the session.

    Parameters
    ----------
    clock
        Its zero is set when the session begins to run.
    """

    def __init__(self, clock: SessionClock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self.stopping = threading.Event()
        """Set from the moment on in which the session is to end."""
        self.state: State = "starting"
        """Where it is."""
        self.end_s = 0.0
        """Length of the session, seconds; 0 before its end, and where it never ran."""

    @property
    def runs(self) -> bool:
        """Whether what devices give counts.

        Ask before a stamp is moved onto the session's time: then the zero is set already.
        """
        return self.state == "running"

    def begin(self) -> bool:
        """Let the session run from this moment on; False where it is being stopped already."""
        with self._lock:
            if self.stopping.is_set():
                return False
            self._clock.begin()
            self.state = "running"
            return True

    def end(self) -> bool:
        """Take nothing more in; gives whether the session ever ran."""
        with self._lock:
            ran = self.runs
            self.end_s = self._clock.now() if ran else 0.0
            self.state = "stopping"
            self.stopping.set()
            return ran

    def over(self) -> None:
        """Note that everything has ended."""
        self.state = "stopped"

    @property
    def t(self) -> float:
        """Seconds since the session began; stands still before and after."""
        return {"starting": 0.0, "running": self._clock.now()}.get(self.state, self.end_s)
