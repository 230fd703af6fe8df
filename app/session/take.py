"""One short take: a moment said again, heard and measured as a session is, its sound in memory.

It is a live session of which nothing is kept. Whoever asked for it decides what becomes of the
sound: a file beside the session where its policy allows sound, and nothing otherwise.
"""

from __future__ import annotations

import io
import threading
import wave
from typing import TYPE_CHECKING, Final

import numpy as np

from app.coach.take_facts import TakeFacts, take_facts
from app.session.clock import SessionClock
from app.session.live import LiveSession
from app.session.plan import LivePlan
from app.store.types import KeepPolicy
from audio.sources import Microphone

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from app.coach.catalogue import Catalogue
    from app.coach.types import Baseline
    from app.session.pipeline import Ears, Eyes
    from app.session.plan import Snapshot
    from app.session.source_loop import Source
    from audio.speech.types import SpeechSetUp
    from audio.types import AudioBlock

MOST_S: Final = 60.0
"""A moment is a sentence or three; a take that was forgotten ends here, seconds."""


class Overheard:
    """A source of sound that keeps what comes out of it."""

    def __init__(self, source: Source[AudioBlock]) -> None:
        self._source = source
        self._lock = threading.Lock()
        self._blocks: list[AudioBlock] = []

    def __iter__(self) -> Iterator[AudioBlock]:
        """Give the source's blocks, and keep them."""
        for block in self._source:
            with self._lock:
                self._blocks.append(block)
            yield block

    def close(self) -> None:
        """End the source."""
        self._source.close()

    def wav(self) -> bytes:
        """Everything so far as a WAV file of 16 bits; empty where nothing came."""
        with self._lock:
            blocks = list(self._blocks)
        if not blocks:
            return b""
        samples = np.concatenate([block.samples for block in blocks])
        whole = (np.clip(samples, -1.0, 1.0) * 32767).astype("<i2")
        file = io.BytesIO()
        with wave.open(file, "wb") as out:
            out.setnchannels(1)
            out.setsampwidth(2)
            out.setframerate(blocks[0].rate_hz)
            out.writeframes(whole.tobytes())
        return file.getvalue()


class Take:
    """Start it, look at it from a timer, stop it beside the screen; then it has sound and facts.

    Parameters
    ----------
    baseline
        The own normal that it is held against, as the session was.
    microphone
        Id of the microphone; empty for the system's own choice.
    speech
        What turns speech into words; None for a take without words.
    source, clock, build_senses
        Take the place of the device and the models; tests give fakes.
    """

    def __init__(
        self,
        baseline: Baseline | None,
        *,
        microphone: str = "",
        speech: SpeechSetUp | None = None,
        source: Source[AudioBlock] | None = None,
        clock: SessionClock | None = None,
        build_senses: Callable[[Catalogue], tuple[Eyes | None, Ears | None]] | None = None,
    ) -> None:
        clock = clock or SessionClock()
        self._baseline = baseline
        self._heard = Overheard(source or Microphone(microphone or None, clock.raw))
        self._live = LiveSession(
            LivePlan(
                camera=None,
                microphone=microphone,
                baseline=baseline,
                focus=None,
                switched_off=frozenset(),
                keep=KeepPolicy.NOTHING,
                checklist="",
                title="",
                speech=speech,
            ),
            None,
            microphone_source=self._heard,
            clock=clock,
            build_senses=build_senses,
        )
        self.wav = b""
        """The sound, once it has stopped; empty where nothing was heard."""
        self.facts: TakeFacts | None = None
        """What it was like, once it has stopped; None where it never ran."""

    def start(self) -> None:
        """Open the microphone."""
        self._live.start()

    def snapshot(self) -> Snapshot:
        """Tell how it stands; never blocks."""
        return self._live.snapshot()

    def stop(self) -> None:
        """Close the microphone and measure; may block for as long as the words take."""
        try:
            self._live.stop()
        finally:
            self.wav = self._heard.wav()
            report = self._live.report
            if report is not None:
                self.facts = take_facts(report, 0.0, report.duration_s, self._baseline)
