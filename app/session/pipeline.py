"""The heart: one synchronous object under a live session, under a file and under a test."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from operator import attrgetter
from typing import TYPE_CHECKING, Protocol, TypeVar

from app.coach.curves import CurveCollector
from app.coach.engine import CueEngine
from app.coach.gaps import GapTracker
from app.coach.reception import ReceptionTracker
from app.coach.report import build_report
from app.coach.senses import PICTURE, Reading
from app.coach.types import Baseline, CueEvent, Mark, MarkKind, OpenEpisode, Sense
from app.session.overload import Overload
from audio.types import AudioBlock, PhraseHit, Speaker, VoiceHop, VoiceReading, Word
from vision.types import Frame, VisionLook, VisionReading
from vision.types import Reason as VisionReason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.coach.catalogue import Catalogue
    from app.coach.report_types import Report

Spoken = Word | PhraseHit
"""What was said; it may come later than its own time."""
Item = Frame | AudioBlock | Mark | VisionLook | VoiceHop | VisionReading | VoiceReading | Spoken
"""What may be fed."""
Said = TypeVar("Said", Word, PhraseHit)
Observed = VisionLook | VoiceHop | VisionReading | VoiceReading | Mark | Spoken
"""What observers are shown."""


class Eyes(Protocol):
    """What the pipeline needs of a VisionAnalyser."""

    def look(self, frame: Frame) -> VisionLook | None:
        """Measure the picture, where a look is due."""

    def read(self, look: VisionLook) -> VisionReading:
        """Hold a look against the person's own normal."""

    def close(self) -> None:
        """Free the models."""


class Ears(Protocol):
    """What the pipeline needs of a VoiceAnalyser."""

    def hear(self, block: AudioBlock) -> list[VoiceHop]:
        """Measure the hops that the block completes."""

    def read(self, hop: VoiceHop) -> VoiceReading:
        """Hold a hop against the person's own normal."""

    def set_speaker(self, t: float, speaker: Speaker) -> None:
        """From t on it is this voice."""

    def mask_tone(self, start_s: float, end_s: float) -> None:
        """Leave out what a soft tone of the program's own may have touched."""

    def flush(self) -> list[VoiceHop]:
        """Give out the hops that still wait for sound."""

    def close(self) -> None:
        """Free the models."""


class Observer(Protocol):
    """Whoever listens in: first pass, calibration, what writes readings."""

    def __call__(self, item: Observed) -> None:
        """Take note of an item, in stream order."""


@dataclass(slots=True)
class Fed:
    """What came of feeding one item."""

    readings: list[Reading] = field(default_factory=list)
    """New readings, in order."""
    ended: list[CueEvent] = field(default_factory=list)
    """Episodes that are over now."""

    def add(self, other: Fed) -> None:
        """Append what came of a further item."""
        self.readings += other.readings
        self.ended += other.ended


class Pipeline:
    """Frames, sound and marks in; readings, episodes and in the end a report out.

    It holds no thread and no clock. What is fed may come in at any stage: a frame or the look
    at it or the reading of that look, so that a second pass and a replay run the same code.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        baseline: Baseline | None = None,
        *,
        vision: Eyes | None,
        voice: Ears | None,
        switched_off: frozenset[str] = frozenset(),
        observers: Sequence[Observer] = (),
        senses: frozenset[Sense] | None = None,
        focus: str | None = None,
        words: bool = False,
        phrases: bool = False,
    ) -> None:
        self._catalogue = catalogue
        self._baseline = baseline
        self._focus = focus
        self._vision = vision
        self._voice = voice
        self._switched_off = switched_off
        self._observers = tuple(observers)
        self._senses = _senses_of(vision, voice) if senses is None else senses
        self._engine = CueEngine(catalogue.rules, baseline, switched_off)
        self._gaps = GapTracker(catalogue.rules, switched_off, baseline)
        self._curves = CurveCollector()
        self._reception = ReceptionTracker()
        self._events: list[CueEvent] = []
        self._marks: list[Mark] = []
        # Without an engine there are no words, which is not the same as none spoken.
        self._words: list[Word] | None = [] if words else None
        self._phrases: list[PhraseHit] | None = [] if phrases else None
        self._duration_s: float | None = None
        self._overload = Overload()

    @property
    def open(self) -> tuple[OpenEpisode, ...]:
        """Cues that are going on."""
        return self._engine.open

    @property
    def marks(self) -> tuple[Mark, ...]:
        """Every mark that went through."""
        return tuple(self._marks)

    def feed(self, item: Item) -> Fed:
        """Take one item; items of one sense must come in order of time."""
        if isinstance(item, Frame):
            look = self._vision.look(item) if self._vision is not None else None
            return Fed() if look is None else self._look(look, late=self._overload.before(item))
        if isinstance(item, AudioBlock):
            return self._hops(self._voice.hear(item) if self._voice is not None else [])
        if isinstance(item, VisionLook):
            return self._look(item)
        if isinstance(item, VoiceHop):
            return self._hops([item])
        if isinstance(item, Mark | Word | PhraseHit):
            return self._mark(item) if isinstance(item, Mark) else self._spoken(item)
        return self._reading(item)

    def finish(self, t: float) -> Fed:
        """Give out what still waits and end all episodes; the session was `t` seconds long."""
        fed = self._hops(self._voice.flush() if self._voice is not None else [])
        ended = self._engine.finish(t)
        self._events += ended
        fed.ended += ended
        self._duration_s = t
        return fed

    def report(self, marks: Sequence[Mark] | None = None) -> Report:
        """Build what the session gives back, after `finish`; without `marks`, from those fed."""
        if self._duration_s is None:
            raise RuntimeError("Pipeline.finish has to come before Pipeline.report.")
        marks = self._marks if marks is None else marks
        report = build_report(
            duration_s=self._duration_s,
            events=self._events,
            gaps=self._gaps.finish(self._duration_s, self._senses),
            curves=self._curves.curves(),
            marks=marks,
            catalogue=self._catalogue,
            switched_off=self._switched_off,
            senses=self._senses,
            focus=self._focus,
            baseline=self._baseline,
            reception=self._reception.faults(
                spoken=any(mark.kind is MarkKind.LINE for mark in marks)
            ),
        )
        return replace(report, words=_by_start(self._words), phrases=_by_start(self._phrases))

    def close(self) -> None:
        """Free the models of both senses."""
        if self._vision is not None:
            self._vision.close()
        if self._voice is not None:
            self._voice.close()

    def _look(self, look: VisionLook, *, late: bool = False) -> Fed:
        self._show(look)
        if self._vision is None:
            return Fed()
        reading = self._vision.read(look)
        if late:  # it is kept with the reading, so that a replay tells the same
            missing = {**reading.missing, PICTURE: VisionReason.TOO_FEW_LOOKS}
            reading = replace(reading, missing=missing)
        return self._reading(reading)

    def _hops(self, hops: Sequence[VoiceHop]) -> Fed:
        fed = Fed()
        for hop in hops:
            self._show(hop)
            if self._voice is not None:
                fed.add(self._reading(self._voice.read(hop)))
        return fed

    def _reading(self, reading: Reading) -> Fed:
        self._show(reading)
        self._gaps.push(reading)
        self._curves.push(reading)
        if isinstance(reading, VoiceReading):
            self._reception.push(reading)
        ended = self._engine.push(reading)
        self._events += ended
        return Fed([reading], ended)

    def _mark(self, mark: Mark) -> Fed:
        self._marks.append(mark)
        if self._voice is not None:
            tell_ears(self._voice, mark)
        self._show(mark)
        return Fed()

    def _spoken(self, item: Spoken) -> Fed:
        if isinstance(item, Word):
            self._words = self._words or []
            self._words.append(item)
        else:
            self._phrases = self._phrases or []
            self._phrases.append(item)
        self._show(item)
        return Fed()

    def _show(self, item: Observed) -> None:
        for observer in self._observers:
            observer(item)


def tell_ears(voice: Ears, mark: Mark) -> None:
    """Pass on what a mark means for the ears, if anything."""
    if mark.kind is MarkKind.SPEAKER:
        voice.set_speaker(mark.t, Speaker(mark.data["speaker"]))
    if mark.kind is MarkKind.TONE:
        voice.mask_tone(mark.t, float(mark.data["until"]))


def _by_start(said: list[Said] | None) -> tuple[Said, ...] | None:
    return None if said is None else tuple(sorted(said, key=attrgetter("start_s")))


def _senses_of(vision: Eyes | None, voice: Ears | None) -> frozenset[Sense]:
    return frozenset(
        ([Sense.VISION] if vision is not None else [])
        + ([Sense.VOICE] if voice is not None else [])
    )
