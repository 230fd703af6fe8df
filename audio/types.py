"""What the ears take in and what they give out."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

NOTHING: Final[Mapping[str, Reason]] = MappingProxyType({})
HOP_S: Final = 0.1
"""So much sound a `VoiceHop` and a `VoiceReading` speak for, and so far they lie apart, seconds."""


class Reason(StrEnum):
    """Why something was not measured. The values are stable: files and schemas carry them."""

    CUSTOMER_SPEAKING = "customer_speaking"
    NOT_SPEAKING = "not_speaking"
    SWITCHED_OFF = "switched_off"
    NO_OWN_NORMAL = "no_own_normal"
    SENSOR_GONE = "sensor_gone"
    NO_SIGNAL = "no_signal"
    CLIPPED = "clipped"
    NOT_YET = "not_enough_yet"
    TONE = "tone"
    """The program itself gave a soft tone, which the microphone may have heard."""


class Reception(StrEnum):
    """What is wrong with how the microphone hears the person. The values are stable."""

    CLIPPING = "clipping"
    TOO_FAR = "too_far"
    LOUDSPEAKER = "loudspeaker"


class Speaker(StrEnum):
    """Whose voice the microphone hears. Only STAFF, and UNKNOWN as one voice, is measured."""

    STAFF = "staff"
    CUSTOMER = "customer"
    BOTH = "both"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class AudioBlock:
    """A run of samples from a microphone or a file."""

    t: float
    """Seconds on the session clock of the first sample."""
    samples: NDArray[np.float32]
    """(n,), one channel, -1..1. Never written to."""
    rate_hz: int
    """Samples a second."""
    lost: bool = False
    """Whether sound before it was lost between the device and the program."""


@dataclass(frozen=True, slots=True)
class Filler:
    """A stretch of voice that sounds like "um" or "uh"."""

    start_s: float
    """Seconds on the session clock."""
    end_s: float
    """Seconds on the session clock."""
    score: float
    """0..1, how well it fits; from 0.5 it is told."""


@dataclass(frozen=True, slots=True)
class VoiceHop:
    """What one hop of 0.1 s sounded like, before it is held against anybody's own normal.

    A first pass over a file keeps these, so that the second pass need not listen again.
    """

    t: float
    """Seconds on the session clock of the hop's end."""
    speech: float
    """0..1, probability of speech, highest of the hop."""
    level_dbfs: float
    """Root mean square level over the hop, dB full scale, not below -120."""
    pitch_hz: NDArray[np.float32]
    """(n,) pitch of each analysis step of the hop, Hz; NaN where unvoiced."""
    nuclei_s: tuple[float, ...]
    """Times of the syllable nuclei found in the hop, seconds on the session clock."""
    clipped: bool
    """Whether samples stood at full scale."""
    features: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    """Further scalar features by name."""
    speech_steps: tuple[float, ...] = ()
    """(10,) probability of speech of each step of 10 ms, 0..1, edges refined by energy."""
    steps_dbfs: tuple[float, ...] = ()
    """(10,) level of each step of 10 ms between 100 and 4000 Hz, dB full scale."""
    quiet_steps: tuple[bool, ...] = ()
    """(10,) whether each step is about as quiet as the room; empty where that is not known."""
    onsets_db_s: tuple[float, ...] = ()
    """Steepest rise of level into each nucleus of `nuclei_s`, dB a second."""
    peaks_dbfs: tuple[float, ...] = ()
    """Level at each nucleus of `nuclei_s`, dB full scale."""
    fine_s: tuple[float, ...] = ()
    """Times of the peaks of level that a light smoothing leaves, seconds on the session clock."""
    coarse_s: tuple[float, ...] = ()
    """The same with a heavy smoothing; the pace is told from both."""
    change: tuple[float, float] = (0.0, 0.0)
    """Change of the spectrum's shape over 20 and over about 150 ms of talk, summed, dB²."""
    signal: bool = True
    """False where the device or the file has given nothing but zeros for some time."""
    fresh: bool = False
    """True for the first hop after a start or a gap: nothing before it counts as its past."""
    fillers: tuple[Filler, ...] = ()
    """Fillers that became certain with this hop; they ended 0.2 s to 1 s before it."""


@dataclass(frozen=True, slots=True)
class Pause:
    """A silence inside or after speech."""

    start_s: float
    """Seconds on the session clock."""
    end_s: float
    """Seconds on the session clock."""


@dataclass(frozen=True, slots=True)
class Word:
    """A recognised word. May arrive later than its own time."""

    text: str
    """Lower case, as the engine wrote it."""
    start_s: float
    """Seconds on the session clock."""
    end_s: float
    """Seconds on the session clock."""
    confidence: float | None
    """0..1, or None where the engine gives none."""


@dataclass(frozen=True, slots=True)
class PhraseHit:
    """A phrase that was found directly in sound. May arrive later than its own time."""

    phrase: str
    """As it was asked for."""
    start_s: float
    """Seconds on the session clock."""
    end_s: float
    """Seconds on the session clock."""
    confidence: float
    """0.5 (just over the threshold) to 1."""
    margin: float
    """Score above the threshold, natural logarithm of a likelihood ratio."""
    practice: str = ""
    """Id of the practice that it was asked for; empty where for none."""


@dataclass(frozen=True, slots=True)
class VoiceReading:
    """What the ears say about one tenth of a second. None means not measured; `missing` says why.

    The name of each measure below is the name that cue rules and `missing` use.
    """

    t: float
    """Seconds on the session clock of the hop's end; the hops lie on a grid of 0.1 s."""
    speaker: Speaker = Speaker.UNKNOWN
    """Whose voice it is taken for."""
    speech: bool | None = None
    """Whether the measured voice speaks."""
    level_dbfs: float | None = None
    """Level of the hop, dB full scale. Measured in silence too."""
    level_over_db: float | None = None
    """Speech level of the last 2 s above own normal, dB; negative is softer."""
    pitch_hz: float | None = None
    """Median pitch of the hop, Hz; None where unvoiced."""
    pitch_st: float | None = None
    """Pitch above the own middle pitch, semitones."""
    pitch_sd_st: float | None = None
    """Standard deviation of pitch over the last 7 s, semitones."""
    pace_syl_s: float | None = None
    """Articulation rate over the last 8 to 10 s, syllables a second of speech."""
    pause_s: float | None = None
    """Length so far of the running pause in the measured voice's own talk, seconds."""
    run_s: float | None = None
    """Length so far of the running talk, seconds; pauses under 1 s do not end it."""
    sharp: float | None = None
    """How much steeper than own normal stressed syllables set in, in own standard deviations."""
    pitch_move_st_s: float | None = None
    """Movement of pitch inside voiced stretches over the last 7 s, semitones a second."""
    rate_syl_s: float | None = None
    """Speaking rate over the same seconds, pauses under 1 s included, syllables a second."""
    run_syl_s: float | None = None
    """Articulation rate since the running talk began, syllables a second of speech."""
    fillers: float | None = None
    """Fillers ("um", "uh") of the running cluster, 0 from 2 s after the last."""
    lively: float | None = None
    """Movement of pitch as a multiple of the own usual: below 1 is flatter, above it livelier."""
    end_slope_st: float | None = None
    """Rise of pitch at the ends of the last phrases, semitones; negative falls."""
    reception: Reception | None = None
    """What is wrong with how the microphone hears; None where nothing is known to be."""
    clipped: bool = False
    """Whether samples stood at full scale."""
    missing: Mapping[str, Reason] = field(default_factory=lambda: NOTHING)
    """Measure that is None -> why."""


VOICE_MEASURES: Final = (
    "level_over_db", "pitch_sd_st", "pace_syl_s", "pause_s", "run_s", "sharp",
    "pitch_move_st_s", "lively", "end_slope_st", "rate_syl_s", "run_syl_s", "fillers",
)  # fmt: skip
"""Measures of a VoiceReading that a cue rule may listen to."""


@dataclass(frozen=True, slots=True)
class VoiceBaseline:
    """A person's own level, pitch and pace, and the noise of the room. None = step skipped."""

    version: int
    """Version of the measures; another version is not used."""
    room_dbfs: float | None
    """Median level of the silent room, dB full scale."""
    level_dbfs: float | None
    """Median level of own speech, dB full scale."""
    pitch_hz: float | None
    """Median own pitch, Hz."""
    pitch_low_hz: float | None
    """5th percentile of own pitch, Hz."""
    pitch_high_hz: float | None
    """95th percentile of own pitch, Hz."""
    pitch_sd_st: float | None
    """Usual standard deviation of pitch over 7 s, semitones."""
    pace_syl_s: float | None
    """Usual articulation rate, syllables a second."""
    pace_sd_syl_s: float | None
    """Standard deviation of it between stretches of 8 to 10 s, syllables a second."""
    sharp_mean: float | None
    """Usual onset slope of stressed syllables, dB a second."""
    sharp_sd: float | None
    """Standard deviation of it between syllables, dB a second."""
    speech_s: float
    """How many seconds of speech it was made of."""
    pitch_move_st_s: float | None = None
    """Usual movement of pitch inside voiced stretches, semitones a second."""
    end_slope_st: float | None = None
    """Usual rise of pitch at the ends of phrases, semitones."""
    end_slope_sd_st: float | None = None
    """Standard deviation of it between phrases, semitones."""
    pitch_lively_st: float | None = None
    """Usual liveliness: movement and range of pitch in one (`audio.movement`), semitones."""
