"""The work of the analysis thread, one step at a time, so that a test can call it."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from app.coach.types import Mark
from app.session.overlooked import overlooked
from audio.types import AudioBlock
from vision.types import VisionReading

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.coach.report_types import Report
    from app.coach.senses import Reading
    from app.coach.types import CueEvent, OpenEpisode
    from app.session.coaching import Prompter
    from app.session.inbox import Inbox
    from app.session.pipeline import Fed, Pipeline
    from app.session.speech_live import LiveWords
    from audio.types import PhraseHit, VoiceReading, Word

log = logging.getLogger(__name__)

WAIT_S: Final = 0.1
"""How long a step waits for something to come, seconds."""


@dataclass(frozen=True, slots=True)
class Newest:
    """What the screen may look at; replaced as a whole, never changed."""

    vision: VisionReading | None = None
    """The newest reading of the eyes."""
    vision_at: float = 0.0
    """When it was made, seconds on the session clock."""
    voice: VoiceReading | None = None
    """The newest reading of the ears."""
    voice_at: float = 0.0
    """When it was made, seconds on the session clock."""
    open: tuple[OpenEpisode, ...] = ()
    """Cues that are going on."""
    words: tuple[Word, ...] = ()
    """Words so far, in the order in which they came."""
    words_until_s: float | None = None
    """Up to when they are known, seconds on the session clock; None where none come."""
    phrases: tuple[PhraseHit, ...] = ()
    """Phrases so far, in the order in which they came."""


class LiveAnalysis:
    """Takes from the inbox, feeds the pipeline, asks for hints and notes what is to be kept."""

    def __init__(
        self,
        inbox: Inbox,
        pipeline: Pipeline,
        *,
        now: Callable[[], float],
        prompter: Prompter | None = None,
        note: Callable[[Sequence[Mark | CueEvent | Reading]], None] | None = None,
        words: LiveWords | None = None,
    ) -> None:
        self._inbox = inbox
        self._pipeline = pipeline
        self._now = now
        self._prompter = prompter
        self._note = note
        self._words = words
        self.newest = Newest()
        """The state of things after the last step."""

    def step(self, timeout_s: float = WAIT_S) -> bool:
        """Work on what is next in the inbox; False where nothing came."""
        item = self._inbox.take(timeout_s)
        self._feed_words()
        if item is None:
            return False
        if isinstance(item, AudioBlock) and self._words is not None:
            self._words.hear(item)
        fed = self._pipeline.feed(item)
        if isinstance(item, Mark):
            self._keep([item])
        self._after(fed)
        return True

    def work_off(self) -> None:
        """Step until the inbox is closed and empty."""
        while self.step() or not self._inbox.drained:
            pass

    def finish(self, t: float) -> Report:
        """End what goes on; the session was `t` seconds long."""
        fed = self._pipeline.finish(t)
        self._keep([*fed.readings, *fed.ended])
        if self._words is not None:
            self._speak(fed.readings)
            self._words.finish()
            self._feed_words()
        self._note_overlooked(t)
        report = self._pipeline.report()
        if self._words is not None and self._words.gave_up is not None:
            return replace(report, notes=(*report.notes, str(self._words.gave_up)))
        return report

    def _note_overlooked(self, t: float) -> None:
        """Say how many pictures gave way, where it is worth knowing."""
        log.info("%d of %d pictures gave way", self._inbox.replaced, self._inbox.shown)
        mark = overlooked(self._inbox.shown, self._inbox.replaced, t)
        if mark is not None:
            self._pipeline.feed(mark)
            self._keep([mark])

    def _after(self, fed: Fed) -> None:
        if not fed.readings:
            return
        self._keep([*fed.readings, *fed.ended])
        self._speak(fed.readings)
        self._show(fed.readings)
        if self._prompter is not None:
            hint = self._prompter.step(fed, self._pipeline.open)
            if hint is not None:
                self._pipeline.feed(hint)
                self._keep([hint])

    def _speak(self, readings: Sequence[Reading]) -> None:
        """Let the engine of words know who speaks when."""
        if self._words is not None:
            for reading in readings:
                self._words.read(reading)

    def _feed_words(self) -> None:
        """Feed the words that came meanwhile."""
        if self._words is not None:
            # Asked first: what is known by then is among the words taken.
            until_s = self._words.until_s(self._now())
            words, phrases = self._words.take(), self._words.take_phrases()
            spoken: list[Word | PhraseHit] = [*words, *phrases]
            for one in spoken:
                self._pipeline.feed(one)
            self.newest = replace(
                self.newest,
                words=(*self.newest.words, *words),
                words_until_s=until_s,
                phrases=(*self.newest.phrases, *phrases),
            )

    def _keep(self, items: Sequence[Mark | CueEvent | Reading]) -> None:
        if self._note is not None:
            self._note(items)

    def _show(self, readings: Sequence[Reading]) -> None:
        was, at = self.newest, self._now()
        vision, vision_at, voice, voice_at = was.vision, was.vision_at, was.voice, was.voice_at
        for reading in readings:
            if isinstance(reading, VisionReading):
                vision, vision_at = reading, at
            else:
                voice, voice_at = reading, at
        self.newest = replace(
            was, vision=vision, vision_at=vision_at, voice=voice, voice_at=voice_at,
            open=self._pipeline.open,
        )  # fmt: skip
