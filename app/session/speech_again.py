"""The words of a finished session once more, better, beside the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.session.beside import Beside
from app.session.keeping import words_declined
from app.session.speech import listen_again
from app.store.words import read_words
from audio.recording import holds_sound

if TYPE_CHECKING:
    from app.store.store import Store
    from app.store.words import SavedWords
    from audio.speech.types import SpeechSetUp


def lacks_words(store: Store, session_id: str) -> bool:
    """Whether a session has a recording whose words nobody has looked for thoroughly.

    Where the person wanted none when they imported it, nobody looks for them unasked.
    """
    files = store.files(session_id)
    if not files.has_recording or not store.session(session_id).keep_policy.keeps_readings:
        return False
    saved = read_words(files)
    lacks = not words_declined(files) if saved is None else not saved.thorough
    return lacks and holds_sound(files.recording)


def can_be_asked_for(store: Store, session_id: str) -> bool:
    """Whether the person wanted no words of a recording, and may still change their mind."""
    files = store.files(session_id)
    declined = files.has_recording and words_declined(files) and read_words(files) is None
    return declined and holds_sound(files.recording)


def was_without_sound(store: Store, session_id: str) -> bool:
    """Whether a session has a recording, and nothing to be heard in it."""
    files = store.files(session_id)
    return files.has_recording and not holds_sound(files.recording)


class SecondPass(Beside):
    """Listens to one session again; what was found so far is dropped where it is stopped."""

    def __init__(self, store: Store, session_id: str, set_up: SpeechSetUp) -> None:
        super().__init__("rapport second pass", store, session_id)
        self.saved: SavedWords | None = None
        """What was found; None before the end."""
        self._set_up = set_up

    def _work(self) -> None:
        self.saved = listen_again(
            self._store,
            self.session_id,
            self._set_up,
            progress=self._note,
            cancelled=self._cancelled,
        )
