"""Work on one session beside the screen: one thread round one process, looked at from a timer."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Final

from app.session.errors import Cancelled
from app.session.mistakes import in_words
from app.session.worker import Worker

if TYPE_CHECKING:
    from app.errors import AppError
    from app.store.store import Store

JOIN_S: Final = 15.0
"""How long the process behind it may take to end, seconds."""


class Threaded:
    """Has one worker: starts it, and tells whether it runs and what ended it."""

    _worker: Worker

    @property
    def runs(self) -> bool:
        """Whether it is at work."""
        return self._worker.alive

    @property
    def error(self) -> AppError | None:
        """What went wrong, in words; None where nothing did, or it was stopped."""
        error = self._worker.error
        return None if error is None else in_words(error)

    def start(self) -> None:
        """Begin."""
        self._worker.start()


class Beside(Threaded, ABC):
    """Starts, tells how far it is, and stops. What is stopped leaves everything as it was.

    Parameters
    ----------
    name
        Name of the thread, as logs show it.
    store, session_id
        The session that is worked on.
    """

    def __init__(self, name: str, store: Store, session_id: str) -> None:
        self.session_id = session_id
        """The session that is worked on."""
        self.progress = 0.0
        """How far it is, 0..1."""
        self._store = store
        self._stopped = threading.Event()
        self._worker = Worker(name, self._run)

    def stop(self) -> None:
        """End soon and wait for it."""
        self._stopped.set()
        self._worker.join(JOIN_S)

    @abstractmethod
    def _work(self) -> None:
        """Do it; raises Cancelled once `_cancelled` says so."""

    def _run(self) -> None:
        try:
            self._work()
        except Cancelled:
            return

    def _cancelled(self) -> bool:
        return self._stopped.is_set()

    def _note(self, part: float) -> None:
        self.progress = part
