"""A thread that carries its error to whoever stops it."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

log = logging.getLogger(__name__)


class Worker:
    """One named thread round one function. The function decides when it is done."""

    def __init__(self, name: str, body: Callable[[], None]) -> None:
        self._body = body
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._lock = threading.Lock()
        self._started = False
        self.error: BaseException | None = None
        """What ended the function early; None while it runs and after a good end."""

    @property
    def name(self) -> str:
        """Name of the thread, as logs show it."""
        return self._thread.name

    @property
    def alive(self) -> bool:
        """Whether the thread runs."""
        return self._thread.is_alive()

    def start(self) -> None:
        """Start the thread; once."""
        with self._lock:
            self._thread.start()
            self._started = True

    def join(self, timeout_s: float) -> bool:
        """Wait for the end; True when it has ended or was never started."""
        with self._lock:
            started = self._started
        if started:
            self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _run(self) -> None:
        try:
            self._body()
        except BaseException as error:  # the one place that carries it to stop()
            self.error = error
            log.info("The %s thread ended with an error.", self.name, exc_info=error)
