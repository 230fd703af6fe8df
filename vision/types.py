"""What the eyes take in and what they give out."""

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


class Reason(StrEnum):
    """Why something was not measured. The values are stable: files and schemas carry them."""

    HIDDEN = "hidden"
    TOO_DARK = "too_dark"
    BACKLIT = "backlit"
    BLURRED = "blurred"
    TOO_FAR = "too_far"
    TURNED_AWAY = "turned_away"
    NO_PERSON = "no_person"
    SEVERAL_PEOPLE = "more_than_one_person"
    SWITCHED_OFF = "switched_off"
    NO_OWN_NORMAL = "no_own_normal"
    SENSOR_GONE = "sensor_gone"
    TOO_FEW_LOOKS = "too_few_looks"
    NOT_YET = "not_enough_yet"


class Arms(StrEnum):
    """What the arms do, where both could be seen."""

    CROSSED = "crossed"
    NOT_CROSSED = "not_crossed"


class Framing(StrEnum):
    """What keeps the picture from being measured well; one sentence of advice each."""

    NO_PERSON = "no_person"
    SEVERAL_PEOPLE = "more_than_one_person"
    TOO_DARK = "too_dark"
    BACKLIT = "backlit"
    BLURRED = "blurred"
    TOO_CLOSE = "too_close"
    TOO_FAR = "too_far"
    ELBOWS_HIDDEN = "elbows_hidden"
    FACE_HIDDEN = "face_hidden"
    OFF_CENTRE = "off_centre"


@dataclass(frozen=True, slots=True)
class Frame:
    """One picture from a camera or a file."""

    t: float
    """Seconds on the session clock, stamped right after the grab."""
    image: NDArray[np.uint8]
    """(height, width, 3), BGR, upright (rotation already applied). Never written to."""
    index: int = 0
    """Number of the picture in its source, from 0, the ones nobody looked at counted."""


@dataclass(frozen=True, slots=True)
class Landmarks:
    """Points found in one frame. Kept in memory only: no mesh is ever written to disk."""

    t: float
    """Seconds on the session clock."""
    width: int
    """Width of the picture in pixels."""
    height: int
    """Height of the picture in pixels."""
    face_looked: bool
    """Whether the face was looked for in this frame."""
    body_looked: bool
    """Whether the body was looked for in this frame."""
    face: NDArray[np.float32] | None
    """(478, 3) mesh: x by width and y by height in 0..1, z scaled like x; no irises in it."""
    body: NDArray[np.float32] | None
    """(33, 4) joints: x, y in 0..1, z scaled like x, visibility in 0..1."""
    hands: NDArray[np.float32] | None = None
    """(n, 21, 2) points of the hands, x, y in 0..1, of at most 0.5 s ago; None: not looked for."""


@dataclass(frozen=True, slots=True)
class VisionLook:
    """What one look measured, before it is held against anybody's own normal.

    A first pass over a file keeps these, so that the second pass need not look again.
    """

    t: float
    """Seconds on the session clock."""
    face_looked: bool
    """Whether the face was looked at."""
    body_looked: bool
    """Whether the body was looked at."""
    features: Mapping[str, float]
    """Scalar features by name; a feature that could not be seen is absent."""
    missing: Mapping[str, Reason] = field(default_factory=lambda: NOTHING)
    """Group of features ("face", "body", "picture") that is absent -> why."""
    joints: NDArray[np.float32] | None = None
    """(33, 3) x, y in 0..1 and visibility, for the stick figure; None without a body."""
    framing: tuple[Framing, ...] = ()
    """What should be better about the picture, most urgent first."""


@dataclass(frozen=True, slots=True)
class VisionReading:
    """What the eyes say about one moment. None means not measured; `missing` says why.

    The name of each measure below is the name that cue rules and `missing` use.
    """

    t: float
    """Seconds on the session clock."""
    face_looked: bool = False
    """False where the face values are carried over from an earlier look."""
    body_looked: bool = False
    """False where the body values are carried over from an earlier look."""
    arms: Arms | None = None
    """The decision on the arms; None where they could not be seen. Never "open"."""
    arms_score: float | None = None
    """0..1, arms crossed; decision at 0.5."""
    brow: float | None = None
    """0..1, brows drawn together; decision at 0.5. Against own neutral where there is one."""
    smile: float | None = None
    """0..1, mouth corners drawn up and out; decision at 0.5."""
    yaw_deg: float | None = None
    """Head turned left or right, degrees; 0 towards the lens, positive towards image right."""
    pitch_deg: float | None = None
    """Head up or down, degrees; 0 level, positive up."""
    roll_deg: float | None = None
    """Head tilted, degrees; 0 upright, positive clockwise in the picture."""
    facing_off_deg: float | None = None
    """Angle between the head and the direction of the customer, degrees, 0 or more."""
    nod: float | None = None
    """0..1, head going down and up; decision at 0.5."""
    shake: float | None = None
    """0..1, head going left and right; decision at 0.5."""
    face_touch: float | None = None
    """0..1, a hand at the face; decision at 0.5."""
    hands_on_hips: float | None = None
    """0..1, both hands on the hips; decision at 0.5."""
    lean: float | None = None
    """Nearer to the camera than one's own normal, as a fraction of it; 0.1 = 10 % nearer."""
    slouch: float | None = None
    """Shoulders lower under the head than one's own normal, as a fraction of it."""
    missing: Mapping[str, Reason] = field(default_factory=lambda: NOTHING)
    """Measure that is None -> why."""
    framing: tuple[Framing, ...] = ()
    """What should be better about the picture, most urgent first."""
    joints: NDArray[np.float32] | None = None
    """(33, 3) x, y in 0..1 and visibility, for the stick figure."""


VISION_MEASURES: Final = (
    "arms_score", "brow", "smile", "facing_off_deg", "nod", "shake",
    "face_touch", "hands_on_hips", "lean", "slouch",
)  # fmt: skip
"""Measures of a VisionReading that a cue rule may listen to."""


@dataclass(frozen=True, slots=True)
class VisionBaseline:
    """A person's own calm face, posture and the direction of their customer."""

    version: int
    """Version of the feature set; another version is not used."""
    face: Mapping[str, float] | None
    """Face at rest: medians of features, or their sums where it is kept; None where skipped."""
    body: Mapping[str, float] | None
    """Median of each body feature at rest; None where it was not seen."""
    facing: tuple[float, float] | None
    """(yaw, pitch) in degrees while looking at where the customer will stand."""
    looks: int
    """How many looks it was made of."""
