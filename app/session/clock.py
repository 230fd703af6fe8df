"""One monotonic time for everything that a session sees, hears and is told."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class SessionClock:
    """Seconds since the session began, never going back while it runs.

    Devices stamp with `raw`, which runs from the construction on. The session begins once its
    devices deliver (a camera may need two seconds to open); `begin` then sets the zero, and
    `session_time` moves a device's stamp onto the session's time line.

    `time.monotonic` would do elsewhere, but on Windows it steps by 15.6 ms before Python 3.13.
    """

    def __init__(self, source: Callable[[], float] = time.perf_counter) -> None:
        self._source = source
        self._built = source()
        self._zero = 0.0
        self.begun = False
        """Whether the zero is set; ask before a stamp is moved onto the session's time."""
        self._lock = threading.Lock()

    def raw(self) -> float:
        """Seconds since this clock was built; what devices stamp their items with."""
        return self._source() - self._built

    def begin(self) -> None:
        """Make this moment the session's zero."""
        with self._lock:
            self._zero = self.raw()
            self.begun = True

    def now(self) -> float:
        """Seconds since the session began."""
        return self.session_time(self.raw())

    def session_time(self, raw_s: float) -> float:
        """Seconds since the session began for a stamp taken with `raw`."""
        with self._lock:
            return raw_s - self._zero
