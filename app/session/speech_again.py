"""The words of a finished session once more, better, beside the screen."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Final

from app.session.errors import Cancelled
from app.session.mistakes import in_words
from app.session.speech import listen_again
from app.session.worker import Worker
from app.store.words import read_words

if TYPE_CHECKING:
    from app.errors import AppError
    from app.store.store import Store
    from app.store.words import SavedWords
    from audio.speech.types import SpeechSetUp

JOIN_S: Final = 10.0
"""How long the process behind it may take to end, seconds."""


def lacks_words(store: Store, session_id: str) -> bool:
    """Whether a session has a recording whose words nobody has looked for thoroughly."""
    files = store.files(session_id)
    if not files.has_recording or not store.session(session_id).keep_policy.keeps_readings:
        return False
    saved = read_words(files)
    return saved is None or not saved.thorough


class SecondPass:
    """One session, one thread round one process; the screen looks at it from its own timer."""

    def __init__(self, store: Store, session_id: str, set_up: SpeechSetUp) -> None:
        self.session_id = session_id
        """The session that is listened to."""
        self.progress = 0.0
        """How far it is, 0..1."""
        self.saved: SavedWords | None = None
        """What was found; None before the end."""
        self._store = store
        self._set_up = set_up
        self._stopped = threading.Event()
        self._worker = Worker("rapport second pass", self._run)

    @property
    def runs(self) -> bool:
        """Whether it is still at work."""
        return self._worker.alive

    @property
    def error(self) -> AppError | None:
        """What went wrong, in words; None where nothing did, or it was stopped."""
        error = self._worker.error
        return None if error is None else in_words(error)

    def start(self) -> None:
        """Begin."""
        self._worker.start()

    def stop(self) -> None:
        """End soon and wait for it; what was found so far is dropped."""
        self._stopped.set()
        self._worker.join(JOIN_S)

    def _run(self) -> None:
        try:
            self.saved = listen_again(
                self._store,
                self.session_id,
                self._set_up,
                progress=self._note,
                cancelled=self._stopped.is_set,
            )
        except Cancelled:
            return

    def _note(self, part: float) -> None:
        self.progress = part
