"""Words while a session runs: staff speech goes to the engine's process, words come back."""

from __future__ import annotations

import math
import queue
import threading
import time
from typing import TYPE_CHECKING, Final, Protocol

from app.coach.types import Sense
from app.errors import AppError
from app.session.speech_child import SpeechChild
from app.session.worker import Worker
from audio.speech.engines import NONE
from audio.speech.phrases import is_available
from audio.speech.types import RATE_HZ
from audio.speech.utterances import SpeechPiece, Utterances
from audio.types import AudioBlock, VoiceReading

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.coach.senses import Reading
    from app.session.plan import LivePlan
    from audio.speech.types import Heard, SpeechSetUp
    from audio.types import PhraseHit, Word

POLL_S: Final = 0.05
"""How often the thread looks for sound and words, seconds."""
HELD_PIECES: Final = 600
"""Pieces of 0.1 s that wait for a slow engine; with more, whole utterances are left out."""
REST_S: Final = 2.2
"""How long the end of a session waits for the last words, seconds."""
MOST_S: Final = 2.8
"""After this long an engine that hangs is ended by force, seconds: nobody waits 3 s at Stop."""
KILLED_S: Final = 1.0
"""How long a process that was ended by force may take to go, seconds."""
LATE: Final = (
    "The speech engine was too slow at the end, so the last words are missing.",
    "Where the sound was kept, they are looked for again afterwards.",
)


class Child(Protocol):
    """What is needed of a SpeechChild."""

    ready: bool

    def send(self, piece: SpeechPiece) -> None:
        """Hand over a piece of speech."""

    def poll(self, timeout_s: float) -> list[Heard]:
        """Give what came meanwhile; an AppError where the child has died."""

    def kill(self) -> None:
        """End the child at once, from any thread."""

    def close(self) -> None:
        """End the child."""


class LiveWords:
    """Fed in the analysis thread; never makes it wait.

    Parameters
    ----------
    set_up
        The engine.
    on_fault
        Is told, once, what went wrong with the engine.
    make_child
        Starts the engine's process; tests give their own.
    """

    def __init__(
        self,
        set_up: SpeechSetUp,
        *,
        on_fault: Callable[[AppError], None],
        make_child: Callable[[SpeechSetUp], Child] = SpeechChild,
    ) -> None:
        self.engine = set_up.engine
        """Id of the engine."""
        self.recognises = set_up.engine != NONE
        """Whether words are looked for."""
        self.spots = bool(set_up.phrases) and is_available()
        """Whether phrases are looked for."""
        self._set_up = set_up
        self._on_fault = on_fault
        self._make_child = make_child
        self._utterances = Utterances()
        self._pieces: queue.Queue[SpeechPiece] = queue.Queue()
        self._words: queue.SimpleQueue[Word] = queue.SimpleQueue()
        self._phrases: queue.SimpleQueue[PhraseHit] = queue.SimpleQueue()
        self._child: Child | None = None
        self._closing = threading.Event()
        self._skipping = False
        self._sent_s = 0.0
        self._heard_s = 0.0
        self._final_s = 0.0
        # Each counted in one thread only.
        self._begun = 0
        self._done = 0
        self.left_out = 0
        """How many utterances were left out because the engine was too far behind."""
        self.gave_up: AppError | None = None
        """Why the last words are missing, after `finish`; None where none are."""
        self._worker = Worker("rapport words", self._run)

    def start(self) -> None:
        """Start the engine."""
        self._worker.start()

    @property
    def works(self) -> bool:
        """Whether words may still come."""
        return self._worker.alive

    @property
    def lag_s(self) -> float | None:
        """How far the words are behind the speech, seconds; None once no words come any more."""
        if not self.works:
            return None
        return max(0.0, self._sent_s - self._heard_s) if self._waits else 0.0

    def until_s(self, t: float) -> float | None:
        """Up to when the words are known at `t`, seconds; None once no words come any more."""
        if not self.works:
            return None
        return self._final_s if self._waits else t

    @property
    def _waits(self) -> bool:
        """Whether an utterance is not done."""
        return self._done < self._begun

    def hear(self, block: AudioBlock) -> None:
        """Take sound."""
        if self.works:
            self._utterances.hear(block)

    def read(self, reading: Reading) -> None:
        """Take a reading; those of the eyes do not matter."""
        if isinstance(reading, VoiceReading) and self.works:
            for piece in self._utterances.read(reading):
                self._put(piece)

    def take(self) -> list[Word]:
        """Give the words that came since the last call."""
        words = []
        while not self._words.empty():
            words.append(self._words.get_nowait())
        return words

    def take_phrases(self) -> list[PhraseHit]:
        """Give the phrases that came since the last call."""
        phrases = []
        while not self._phrases.empty():
            phrases.append(self._phrases.get_nowait())
        return phrases

    def finish(self) -> None:
        """End the last utterance, wait a little for its words, and end the engine; within 3 s."""
        for piece in self._utterances.finish():
            self._put(piece)
        self._closing.set()
        if not self._worker.join(MOST_S):
            self.gave_up = AppError(*LATE) if self._waits else None
            if self._child is not None:
                self._child.kill()
                self._worker.join(KILLED_S)

    def _put(self, piece: SpeechPiece) -> None:
        if piece.begins:
            self._skipping = self._pieces.qsize() > HELD_PIECES
            self.left_out += self._skipping
            self._begun += not self._skipping
        if self._skipping:
            return
        if piece.samples.size:
            self._sent_s = piece.t + piece.samples.size / RATE_HZ
        self._pieces.put(piece)

    def _run(self) -> None:
        self._child = child = self._make_child(self._set_up)
        try:
            self._serve(child)
        except AppError as error:
            if not self._closing.is_set():
                self._on_fault(error)
        finally:
            child.close()

    def _serve(self, child: Child) -> None:
        until_s = math.inf
        while not (self._closing.is_set() and not self._waits):
            while child.ready and not self._pieces.empty():
                child.send(self._pieces.get_nowait())
                self._take(child.poll(0.0))
            self._take(child.poll(POLL_S))
            if self._closing.is_set():
                until_s = min(until_s, time.monotonic() + REST_S)
                if time.monotonic() > until_s:
                    self.gave_up = AppError(*LATE)
                    child.kill()
                    return

    def _take(self, told: list[Heard]) -> None:
        for heard in told:
            self._heard_s = max(self._heard_s, heard.until_s)
            for hit in heard.phrases:
                self._phrases.put(hit)
            if heard.final:
                for word in heard.words:
                    self._words.put(word)
                # Only now: who asks whether all words are there must then find them.
                self._final_s = max(self._final_s, heard.until_s)
                self._done += 1


def live_words(
    plan: LivePlan, senses: frozenset[Sense], on_fault: Callable[[AppError], None]
) -> LiveWords | None:
    """Start what a session's plan wants; None for a session without words."""
    if plan.speech is None or plan.preview or Sense.VOICE not in senses:
        return None
    for one in plan.speech.unmet:
        on_fault(AppError(one.what, one.remedy))
    words = LiveWords(plan.speech, on_fault=on_fault)
    words.start()
    return words
