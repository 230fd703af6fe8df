"""What a live session is asked to do, and what it shows of itself while it runs."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal

from app.coach.practice_types import Speaking
from audio.types import Speaker, VoiceReading

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.coach.calibration import StepProgress
    from app.coach.hints import Hint
    from app.coach.types import Baseline, OpenEpisode, Sense
    from app.store.types import KeepPolicy
    from audio.speech.types import SpeechSetUp
    from audio.types import PhraseHit, Word
    from vision.types import Framing, VisionReading

NO_LIMITS: Final[Mapping[str, float]] = MappingProxyType({})
"""Every cue begins where it ships."""
State = Literal["starting", "running", "stopping", "stopped"]
"""Where a live session is in its life."""


@dataclass(frozen=True, slots=True)
class LivePlan:
    """Everything that is decided before the start."""

    camera: str | None
    """CameraInfo.id (number or address); None for a session without a picture."""
    microphone: str | None
    """MicrophoneInfo.id, "" for the system's default; None for a session without sound."""
    baseline: Baseline | None
    """The person's own normal; None where it was skipped."""
    focus: str | None
    """The one cue that may hint live; None for no hints."""
    switched_off: frozenset[str]
    """Ids of cues that are not to be measured."""
    keep: KeepPolicy
    """What may be written to disk."""
    checklist: str
    """Id of the checklist beside the picture; empty for none."""
    title: str
    """What the session is called in the list."""
    preview: bool = False
    """True for choosing devices and calibrating: nothing is written anywhere."""
    sample: bool = False
    """True for the sample session, which is labelled wherever it shows."""
    speaker: Speaker = Speaker.STAFF
    """Whose voice the microphone hears from the start on."""
    speech: SpeechSetUp | None = None
    """What turns speech into words; None for a session without words."""
    scenario: str = ""
    """Id of the scenario that is practised; empty for a free talk."""
    role: Speaking = Speaking.STAFF
    """On which side of the counter the person stands."""
    limits: Mapping[str, float] = field(default_factory=lambda: NO_LIMITS)
    """Cue id to how far from ordinary it begins, as a multiple of what ships."""
    hint_way: str = "screen"
    """How a hint is given: "screen", "tone" or "both"."""
    partner: bool = False
    """Whether somebody plays the customer in a free talk; of a scenario the way says it."""
    partner_consent_id: str | None = None
    """The agreement of whoever plays the customer; None where nobody does."""
    rarer: float | None = 1.0
    """What the times between hints are multiplied with as the rule of the focus is mastered; None
    where a hint is only shown if the behaviour comes back."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that stopped working while the session goes on."""

    sense: Sense | None
    """The sense that is gone; None where it concerns what is kept."""
    what: str
    """One sentence on what happened."""
    remedy: str
    """One sentence on what to do."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """How a session stands at one moment; the screen looks at this and at nothing else."""

    t: float
    """Seconds on the session clock; 0 while it is starting."""
    state: State
    """Where the session is in its life."""
    sees: bool
    """Whether a person could be measured in a picture of the last second."""
    hears: bool
    """Whether sound that is not all zero came in the last second."""
    level_dbfs: float | None
    """Level of the newest tenth of a second, dB full scale; None without fresh sound."""
    vision: VisionReading | None
    """The newest reading of the eyes; None before the first, and after a second without."""
    voice: VoiceReading | None
    """The newest reading of the ears; None before the first, and after a second without."""
    framing: tuple[Framing, ...]
    """What should be better about the picture, most urgent first."""
    hint: Hint | None
    """The hint on show."""
    open: tuple[OpenEpisode, ...]
    """Cues that are going on."""
    calibration: StepProgress | None
    """How far the running calibration step is; None outside a step."""
    faults: tuple[Fault, ...]
    """What does not work at this moment."""
    frames_seen: int
    """How many pictures the camera gave."""
    frames_replaced: int
    """How many pictures nobody looked at because a newer one came."""
    frames_recorded: int
    """How many pictures went into the recording."""
    frames_left_out: int
    """How many pictures did not, because the writer was behind."""
    sound_overflows: int
    """How many sound blocks were lost because the analysis was behind; 0 on a sound machine."""
    source_ended: bool = False
    """Whether every source has come to its natural end, as a played file does."""
    words_lag_s: float | None = None
    """How far the words are behind the speech, seconds; None where no words come."""
    words: tuple[Word, ...] = ()
    """Words of the measured voice so far, in the order in which they came."""
    words_until_s: float | None = None
    """Up to when the words are known, seconds on the session clock; None where none come."""
    recording_ended: bool = False
    """Whether the recording has ended before the session, because it could not be written."""
    phrases: tuple[PhraseHit, ...] = ()
    """Phrases found directly in the sound so far, in the order in which they came."""
