"""Words of a recording, listened to from beginning to end: a file, or a session once more."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.errors import AppError
from app.paths import models_dir
from app.session.child import run_in_child
from app.session.errors import Cancelled
from app.store.files import SessionFiles
from app.store.readings import read_readings
from app.store.words import SavedWords, write_words
from audio.errors import AudioError
from audio.sources import AudioFile
from audio.speech.engines import choose, list_engines, open_engine
from audio.speech.listener import Listener
from audio.speech.utterances import Utterances
from audio.types import VoiceReading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from app.settings import Settings
    from app.store.store import Store
    from audio.speech.engines import EngineInfo
    from audio.speech.types import SpeechSetUp
    from audio.speech.utterances import SpeechPiece
    from audio.types import Word

LATER_S: Final = 0.2
"""A block's end may lie a resampler's length before what has come out of it, seconds."""


def speech_set_up(settings: Settings, *, after: bool = False) -> SpeechSetUp | None:
    """Choose the engine as the settings say; None where there is none, or none is wanted."""
    return choose(settings.speech_engine, models_dir(), _named(settings), after=after)


def speech_engines(settings: Settings) -> list[EngineInfo]:
    """Look at every engine with the settings' model."""
    return list_engines(models_dir(), _named(settings))


def words_of(
    path: Path,
    readings: Iterable[VoiceReading],
    set_up: SpeechSetUp,
    *,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> tuple[Word, ...]:
    """Listen to the sound of a recording.

    Parameters
    ----------
    path
        A recording with sound.
    readings
        What the ears said about it, in order: who speaks when.
    set_up
        The engine. It holds the interpreter's lock: call this in a process of its own.
    progress, cancelled
        Told 0..1, and asked, with each block.

    Raises
    ------
    AppError
        Where the sound or the model cannot be read.
    Cancelled
        When `cancelled` said so.
    """
    try:
        source = AudioFile(path)
        listener = Listener(open_engine(set_up), guesses=False)
    except AudioError as error:
        raise AppError.from_told(error) from error
    waiting, utterances = iter(readings), Utterances()
    reading = next(waiting, None)
    words: list[Word] = []
    try:
        for block in source:
            if cancelled is not None and cancelled():
                raise Cancelled
            utterances.hear(block)
            end_s = block.t + len(block.samples) / block.rate_hz
            while reading is not None and reading.t <= end_s - LATER_S:
                words += _said(listener, utterances.read(reading))
                reading = next(waiting, None)
            if progress is not None and source.duration_s:
                progress(min(1.0, end_s / source.duration_s))
        while reading is not None:
            words += _said(listener, utterances.read(reading))
            reading = next(waiting, None)
        words += _said(listener, utterances.finish())
    finally:
        listener.close()
    return tuple(sorted(words, key=lambda word: word.start_s))


def listen_again(
    store: Store,
    session_id: str,
    set_up: SpeechSetUp,
    *,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> SavedWords:
    """Look for a finished session's words once more, thoroughly, and keep what is found."""
    files = store.files(session_id)
    files.recording_or_tell()
    words = run_in_child(_again, files.folder, set_up, progress=progress, cancelled=cancelled)
    saved = SavedWords(words, set_up.engine, thorough=True)
    store.session(session_id)  # it may have been deleted meanwhile: then nothing is kept
    write_words(files, saved)
    return saved


def _named(settings: Settings) -> Path | None:
    return Path(settings.speech_model).expanduser() if settings.speech_model else None


def _again(
    folder: Path, set_up: SpeechSetUp, *, progress: Callable[[float], None]
) -> tuple[Word, ...]:
    """Do the child's part of `listen_again`."""
    files = SessionFiles(folder)
    readings = [one for one in read_readings(files) if isinstance(one, VoiceReading)]
    return words_of(files.recording, readings, set_up, progress=progress)


def _said(listener: Listener, pieces: Iterable[SpeechPiece]) -> list[Word]:
    words: list[Word] = []
    for piece in pieces:
        heard = listener.take(piece)
        if heard is not None and heard.final:
            words += heard.words
    return words
