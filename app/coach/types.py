"""The coach's vocabulary: senses, marks, own normal, cue rules, episodes, gaps."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from audio.types import VoiceBaseline
    from vision.types import VisionBaseline

NO_DATA: Final[Mapping[str, str]] = MappingProxyType({})


class Sense(StrEnum):
    """Which sense a reading or a cue comes from."""

    VISION = "vision"
    VOICE = "voice"


class Lane(StrEnum):
    """Whose mark it is."""

    SELF = "self"
    TRAINER = "trainer"
    MACHINE = "machine"


class MarkKind(StrEnum):
    """What a mark says. The values are stable: files carry them."""

    SPEAKER = "speaker"
    """data["speaker"] speaks from here on."""
    TICK = "tick"
    """data["item"] of the checklist was ticked; data["on"] is "true" or "false"."""
    NOTE = "note"
    """data["text"]; data["until"], in seconds, where it is about a span; data["sound"] names the
    file of a spoken one in the session's folder."""
    MARKER = "marker"
    """data["marker"] of data["set"] was dropped, with its data["label"] and data["colour"] as they
    were then; data["until"] as in a note."""
    REVIEW = "review"
    """data["part"] of a review: "strength" and "next_step" with data["text"] (the step's focus cue
    in data["cue"]), or "done", after which the machine's lane is shown."""
    HINT = "hint"
    """data["cue"] was hinted; data["good"] is "true" for the quiet "good"."""
    VERDICT = "verdict"
    """data["finding"] was judged: the id of a finding, or cue and start in milliseconds of any
    episode, alike. data["verdict"] is "agree", "disagree" or "correct"; then data["cue"],
    data["start"] and data["end"] say what it should have been."""
    CALIBRATE = "calibrate"
    """data["step"] of the calibration begins here: "room", "face", "talk", or "" for none."""
    LINE = "line"
    """The customer says data["line"] of the scenario; data["end"] is "true" at its end."""
    FELT = "felt"
    """A moment that the partner marked as customer; data["heard"] is "true" or "false"."""
    RATING = "rating"
    """Own view of data["item"] of the checklist: data["value"] is "yes", "partly" or "no"."""
    SURVEY = "survey"
    """data["question"] of the customer's survey: data["answer"]; data["text"] may say more."""
    TONE = "tone"
    """The program gives a soft tone until data["until"], seconds: the microphone may hear it."""
    FAULT = "fault"
    """data["what"] went wrong (a camera pulled out); data["sense"] names the sense; data["whole"]
    is "true" where it is about the whole session and not about this moment."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What a hand or the program says at a moment. Append-only: never changed, only revised."""

    t: float
    """Seconds on the session clock."""
    lane: Lane
    """Whose mark it is."""
    kind: MarkKind
    """What it says."""
    author: str
    """Person id, or "rapport" for the program."""
    data: Mapping[str, str] = field(default_factory=lambda: NO_DATA)
    """Details by kind, all text."""
    id: str = ""
    """UUID; empty until stored."""
    revises: str = ""
    """UUID of the mark that this one replaces; empty for a first one."""
    tombstone: bool = False
    """True where it takes the revised mark back."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """A person's own normal: immutable, versioned, given to the pipeline, kept with a session."""

    made_at: str
    """ISO 8601 date and time, UTC."""
    origin: str
    """ "calibration" or "first_pass"."""
    vision: VisionBaseline | None = None
    """Own face, posture and direction of the customer; None where not measured."""
    voice: VoiceBaseline | None = None
    """Own level, pitch and pace; None where not measured."""
    notes: tuple[str, ...] = ()
    """Plain sentences on what of it could not be used, such as another version's half."""


class Direction(StrEnum):
    """On which side of its threshold a cue lies."""

    ABOVE = "above"
    BELOW = "below"


@dataclass(frozen=True, slots=True)
class OwnLimit:
    """A threshold that moves with the person: own mean plus `sd` own standard deviations."""

    mean: str
    """Field of the sense's baseline with the mean."""
    sd: str
    """Field of the sense's baseline with the standard deviation."""
    times_sd: float
    """How many standard deviations beyond the mean, on the cue's side."""


@dataclass(frozen=True, slots=True)
class CueRule:
    """When a cue begins and ends, and how long it must last to be written, named or hinted."""

    id: str
    """Stable id, such as "arms_crossed"."""
    sense: Sense
    """The one sense it listens to."""
    measure: str
    """Field of that sense's reading."""
    direction: Direction
    """ABOVE: begins at enter or more; BELOW: at enter or less."""
    enter: float
    """Threshold at which it begins, in the measure's unit."""
    leave: float
    """Threshold at which it ends; on the other side of enter than the cue (hysteresis)."""
    unit: str
    """Unit of the measure in plain words, empty for a score."""
    episode_s: float
    """Shortest episode that is written down and scored; at least 0.3."""
    log_s: float
    """Shortest episode that the report may name."""
    hint_s: float
    """Length at which a live hint may be shown."""
    bridge_s: float
    """A dropout of the cue or of the measure up to this long does not split an episode."""
    own: OwnLimit | None
    """With it, enter is the further of the fixed and the own threshold."""
    backdate: bool
    """True where the measure is itself a length so far: the episode began that much earlier."""
    finding: bool
    """Whether the report may make a finding of it (smile and nod are shown in context only)."""
    focus: bool
    """Whether it can be chosen as the focus cue with a live hint."""
    name: str
    """Plain words: "arms crossed"."""
    hint: str
    """Live hint of one to three words; empty where none is shown."""
    advice: str
    """One sentence for the report: what to try."""
    icon: str
    """Icon name in the program's icon family."""
    lane: str
    """Colour token of its lane: arms, brow, smile, facing, pace, loudness, pitch."""
    source: str
    """Where the numbers come from."""
    strong: float | None = None
    """Value that is twice as far from ordinary as enter, in the measure's unit; ranks findings."""
    needs_own: bool = False
    """True where the fixed threshold alone says nothing: without own normal, not measured."""
    normal: str = ""
    """Field of the sense's baseline with the own mean of the measure; empty where it has none."""
    lag_in_s: float = 0.0
    """How far the measure runs behind when the cue begins (windows look back), seconds."""
    lag_out_s: float = 0.0
    """How far it runs behind when the cue ends, seconds."""
    sentence: str = ""
    """Report sentence with {duration}, {value}, {percent}, {share} and {normal} to fill in."""
    needs_end: bool = False
    """True where only an episode counts that was measured to its end, such as a pause in a talk."""
    without_normal: str = ""
    """Plain words on why it could not be measured where the own normal is absent."""


@dataclass(frozen=True, slots=True)
class OpenEpisode:
    """A cue that is going on."""

    cue: str
    """Id of its rule."""
    start_s: float
    """Seconds on the session clock."""
    last_s: float
    """Time of the last reading that upheld it, seconds on the session clock."""
    peak: float
    """Most extreme value so far, in the measure's unit."""
    threshold: float
    """The threshold that it crossed, own normal included."""


@dataclass(frozen=True, slots=True)
class CueEvent:
    """An episode that is over. Immutable."""

    cue: str
    """Id of its rule."""
    start_s: float
    """Seconds on the session clock."""
    end_s: float
    """Seconds on the session clock."""
    peak: float
    """Most extreme value, in the measure's unit."""
    threshold: float
    """The threshold that it crossed, own normal included."""
    own_normal: float | None = None
    """Own mean of the measure where there is one, in its unit."""
    lost: bool = False
    """True where it ended because nothing was measured any more: nobody saw it stop."""
    by_hand: bool = False
    """True where a person put it right: the span is theirs. Under another cue than the machine's
    nothing was measured of it, and peak and threshold are NaN."""

    @property
    def id(self) -> str:
        """Stable within the session, as a finding's id is: cue id and start in milliseconds."""
        return f"{self.cue}-{round(self.start_s * 1000)}"

    @property
    def lasted_s(self) -> float:
        """How long it was, seconds."""
        return self.end_s - self.start_s


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch in which something was not measured."""

    sense: Sense
    """Which sense."""
    cue: str | None
    """Which cue, or None for the whole sense."""
    reason: str
    """A value of the sense's Reason."""
    start_s: float
    """Seconds on the session clock."""
    end_s: float
    """Seconds on the session clock."""
