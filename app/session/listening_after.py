"""The words of what was just measured, a video or a session once more: found as after a session."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING

from app.errors import AppError
from app.session.speech import listen_again
from app.session.speech_again import lacks_words
from app.store.words import TYPED, read_words, write_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.store.files import SessionFiles
    from app.store.store import Store
    from audio.speech.types import SpeechSetUp

log = logging.getLogger(__name__)


def listen_after(
    store: Store,
    session_id: str,
    speech: SpeechSetUp | None,
    *,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    began: Callable[[int], None] | None = None,
) -> bool:
    """Look for the words of a finished session, which stands also without them.

    Returns
    -------
    bool
        Whether they are there; otherwise the report looks for them when it is opened.

    Raises
    ------
    Cancelled
        When `cancelled` said so.
    """
    try:
        if speech is None or not lacks_words(store, session_id):
            return False
        listen_again(store, session_id, speech, progress=progress, cancelled=cancelled, began=began)
    except AppError as error:
        log.info("The words of session %s are looked for later: %s", session_id, error)
        return False
    return True


def outdate_words(files: SessionFiles) -> None:
    """Note that the words were found before it was known who speaks; a person's own stand."""
    try:
        saved = read_words(files)
    except AppError as error:
        log.info("The words of a session stay as they are: %s", error)
        return
    if saved is None:
        return
    if saved.engine != TYPED:
        write_words(files, replace(saved, thorough=False))
    elif saved.heard is not None:
        write_words(files, replace(saved, heard=replace(saved.heard, thorough=False)))
