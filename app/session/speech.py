"""Words of a recording, listened to from beginning to end: a file, or a session once more."""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import dataclass, replace
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.coach.content_kinds import ContentKind
from app.coach.scenarios import load_scenarios
from app.errors import AppError
from app.paths import models_dir
from app.session.child import run_in_child, yield_to_others
from app.session.errors import Cancelled
from app.session.speech_for import practice_phrases_sought, speech_for
from app.store.claims import WORDS
from app.store.files import READINGS
from app.store.packs import content_dir
from app.store.readings import read_readings
from app.store.words import SavedWords, read_words, write_words
from audio.errors import AudioError
from audio.sources import AudioFile
from audio.speech.engines import NONE, choose, list_engines, open_engine, unmet
from audio.speech.listener import Listener
from audio.speech.spotting import open_spotting
from audio.speech.utterances import Utterances
from audio.types import VoiceReading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from app.coach.report_types import Report
    from app.coach.scenario_types import Scenario
    from app.settings import Settings
    from app.store.files import SessionFiles
    from app.store.store import Store
    from audio.speech.engines import EngineInfo
    from audio.speech.types import Heard, SpeechSetUp
    from audio.speech.utterances import SpeechPiece
    from audio.types import PhraseHit, Word

WAIT_S: Final = 0.25
"""How often it is asked whether whoever listens to the same recording is done, seconds."""
LATER_S: Final = 0.2
"""A block's end may lie a resampler's length before what has come out of it, seconds."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """What was said in a recording."""

    words: tuple[Word, ...] | None
    """By start; None where no engine looked for any."""
    phrases: tuple[PhraseHit, ...] | None
    """By start; None where none were looked for."""

    def put_in(self, report: Report) -> Report:
        """Give a report with it."""
        return replace(report, words=self.words, phrases=self.phrases)


def speech_set_up(settings: Settings, *, after: bool = False) -> SpeechSetUp | None:
    """Choose the engine as the settings say; None where there is none, or none is wanted.

    The phrases of the practices are looked for beside the words.
    """
    chosen = choose(settings.speech_engine, models_dir(), _named(settings), after=after)
    return None if chosen is None else replace(chosen, phrases=practice_phrases_sought())


def speech_engines(settings: Settings) -> list[EngineInfo]:
    """Look at every engine with the settings' model."""
    return list_engines(models_dir(), _named(settings))


def speech_unmet(settings: Settings) -> tuple[AppError, ...]:
    """Say what of the settings' choice cannot be had, and what is done instead."""
    missed = unmet(settings.speech_engine, models_dir(), _named(settings))
    return tuple(AppError(one.what, one.remedy) for one in missed)


def words_of(
    path: Path,
    readings: Iterable[VoiceReading],
    set_up: SpeechSetUp,
    *,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Spoken:
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
        spotting = open_spotting(set_up.phrases)
        listener = Listener(open_engine(set_up), guesses=False, spotting=spotting)
    except AudioError as error:
        raise AppError.from_told(error) from error
    waiting, utterances = iter(readings), Utterances()
    reading = next(waiting, None)
    heard: list[Heard] = []
    try:
        for block in source:
            if cancelled is not None and cancelled():
                raise Cancelled
            utterances.hear(block)
            end_s = block.t + len(block.samples) / block.rate_hz
            while reading is not None and reading.t <= end_s - LATER_S:
                heard += _heard(listener, utterances.read(reading))
                reading = next(waiting, None)
            if progress is not None and source.duration_s:
                progress(min(1.0, end_s / source.duration_s))
        while reading is not None:
            heard += _heard(listener, utterances.read(reading))
            reading = next(waiting, None)
        heard += _heard(listener, utterances.finish())
    finally:
        listener.close()
    words = sorted((word for one in heard for word in one.words), key=attrgetter("start_s"))
    hits = sorted((hit for one in heard for hit in one.phrases), key=attrgetter("start_s"))
    return Spoken(
        None if set_up.engine == NONE else tuple(words),
        None if spotting is None else tuple(hits),
    )


def listen_again(
    store: Store,
    session_id: str,
    set_up: SpeechSetUp,
    *,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    began: Callable[[int], None] | None = None,
) -> SavedWords:
    """Look for a finished session's words once more, thoroughly, and keep what is found.

    Where another thread or program listens to it already, what that finds is waited for and given.
    `began` is told the number of the process that listens, which lets everything else go first.
    """
    files = store.files(session_id)
    files.recording_or_tell()
    with _alone(store, session_id, cancelled) as waited:
        found = read_words(files) if waited else None
        if found is not None and found.thorough:
            return found
        set_up = speech_for(set_up, _practised(store, session_id)) or set_up
        heard_with = files.stamp(READINGS)
        spoken = run_in_child(
            _again, files, set_up, progress=progress, cancelled=cancelled, began=began
        )
        # Measured again meanwhile, it may be others who speak: then it is looked once more.
        thorough = files.stamp(READINGS) == heard_with
        saved = SavedWords(spoken.words or (), set_up.engine, thorough, spoken.phrases)
        store.session(session_id)  # it may have been deleted meanwhile: then nothing is kept
        write_words(files, saved)
    return saved


@contextmanager
def _alone(store: Store, session_id: str, cancelled: Callable[[], bool] | None) -> Iterator[bool]:
    """Be the only one who listens to a session; tells whether that had to be waited for."""
    waited = False
    while not store.claims.take(session_id, WORDS):
        waited = True
        if cancelled is not None and cancelled():
            raise Cancelled
        time.sleep(WAIT_S)
    try:
        yield waited
    finally:
        store.claims.give_back(session_id, WORDS)


def _named(settings: Settings) -> Path | None:
    return Path(settings.speech_model).expanduser() if settings.speech_model else None


def _practised(store: Store, session_id: str) -> Scenario | None:
    """Find what was practised; None for a free talk, or where its file is gone."""
    wanted = store.session(session_id).scenario
    if not wanted:
        return None
    scenarios, _ = load_scenarios(content_dir(ContentKind.SCENARIOS))
    return next((one for one in scenarios if one.id == wanted), None)


def _again(
    files: SessionFiles, set_up: SpeechSetUp, *, progress: Callable[[float], None]
) -> Spoken:
    """Do the child's part of `listen_again`."""
    yield_to_others()
    readings = [one for one in read_readings(files) if isinstance(one, VoiceReading)]
    return words_of(files.recording, readings, set_up, progress=progress)


def _heard(listener: Listener, pieces: Iterable[SpeechPiece]) -> list[Heard]:
    told = [listener.take(piece) for piece in pieces]
    return [heard for heard in told if heard is not None]
