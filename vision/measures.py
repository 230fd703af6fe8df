"""Features of looks into measures over time: held against the own normal, smoothed, honest."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import inf
from typing import TYPE_CHECKING, Final

from vision.arms import arms_score, hips_score
from vision.brow import WINK, brow_score
from vision.facing import AWAY_HOLD_S, Turned, facing_away_least, facing_off
from vision.facing import TRUE_YAW_DEG as FACING_YAW_DEG
from vision.nod import HeadMotion
from vision.posture import lean_share, slouch_share
from vision.quality import NOTHING_SPOILT
from vision.smile import MOUTH_S, smile_score
from vision.smoothing import RunningMedian, Track
from vision.touch import touch_score
from vision.types import Reason, VisionBaseline

if TYPE_CHECKING:
    from vision.models import Models

Measured = tuple[float | None, Reason | None]
Features = Mapping[str, float]
Reasons = Mapping[str, Reason]

FACE_WINDOW_S: Final = 0.3
"""Face scores are medians over this: five looks, so that a blink or one wild mesh is nothing."""
BODY_WINDOW_S: Final = 0.4
"""Body scores are medians over this: three looks, so one flickering look changes nothing."""
POSTURE_WINDOW_S: Final = 1.0
"""Lean and slouch are slow: medians over this."""

FACE_MEASURES: Final = ("brow", "smile", "facing_off_deg", "nod", "shake", "lean")
BODY_MEASURES: Final = ("arms_score", "face_touch", "hands_on_hips", "slouch")
ANGLES: Final = ("yaw_deg", "pitch_deg", "roll_deg")


class FaceMeasures:
    """Measures of face looks, in their order."""

    def __init__(
        self, baseline: VisionBaseline | None, switched_off: frozenset[str], models: Models
    ) -> None:
        self._models = models
        self._face = baseline.face if baseline else None
        self._customer = baseline.facing if baseline else None
        self._off = switched_off
        self._motion = HeadMotion()
        self._turned = Turned()
        self._medians = {name: RunningMedian(FACE_WINDOW_S) for name in ("brow", "smile", *ANGLES)}
        self._medians["lean"] = RunningMedian(POSTURE_WINDOW_S)
        self._mouth = Track(MOUTH_S)
        self._away_s: float | None = None
        self._wink_s = -inf
        self._held_wink = False

    def read(
        self, t: float, features: Features, why: Reason | None, spoilt: Reasons = NOTHING_SPOILT
    ) -> tuple[dict[str, float | None], dict[str, Reason]]:
        """Values and reasons of one face look; `why` says why there is no face."""
        if why is None and "yaw_deg" not in features:
            why = Reason.HIDDEN
        if why is not None:
            self._motion.clear()
            self._turned.clear()
            self._mouth.clear()
            return self._without_face(t, why)
        self._away_s = None
        self._mouth.push(t, features.get("mouth_open", 0.0))
        # A wink that opens again still moves its brow: it lasts as long as the median beyond.
        gap = features.get("eye_gap", 0.0)
        if gap > WINK:
            self._wink_s = t
        winks = 0 <= t - self._wink_s <= FACE_WINDOW_S
        winks = winks or (gap > WINK / 2 and self._held_wink)
        self._held_wink = winks
        features = {
            **features,
            "mouth_path": self._mouth.path(),
            "eye_gap": max(gap, 2 * WINK) if winks else gap,
        }
        values: dict[str, float | None] = {
            name: self._medians[name].push(t, features[name]) for name in ANGLES
        }
        values["face_scale"] = features["face_scale"]
        turned = self._turned.push(values["yaw_deg"] or 0.0, values["pitch_deg"] or 0.0)
        motion = self._motion.push(t, features["yaw_deg"], features["pitch_deg"])
        swung = _swung(motion, aside=self._motion.aside)
        far = abs(features["yaw_deg"]) > FACING_YAW_DEG
        parts: dict[str, Callable[[], Measured]] = {
            "brow": lambda: self._expression(t, "brow", features, brow_score, turned),
            "smile": lambda: self._expression(t, "smile", features, smile_score, turned),
            "facing_off_deg": lambda: (
                facing_away_least(self._customer)
                if far
                else facing_off(
                    values["yaw_deg"] or 0.0, values["pitch_deg"] or 0.0, self._customer
                )
            ),
            "nod": lambda: swung[0],
            "shake": lambda: swung[1],
            "lean": lambda: self._smooth(t, "lean", lean_share(features, self._face)),
        }
        return _collect(values, parts, self._off, spoilt)

    def _without_face(
        self, t: float, why: Reason
    ) -> tuple[dict[str, float | None], dict[str, Reason]]:
        """Nothing of the face is measured, but a head that turned away faces away."""
        values, missing = _all_missing((*FACE_MEASURES, *ANGLES), why, self._off)
        if why is not Reason.TURNED_AWAY:
            self._away_s = None
            return values, missing
        self._away_s = t if self._away_s is None else self._away_s
        if t - self._away_s >= AWAY_HOLD_S and "facing_off_deg" not in self._off:
            least, reason = facing_away_least(self._customer)
            values["facing_off_deg"] = least
            missing.pop("facing_off_deg")
            if reason is not None:
                missing["facing_off_deg"] = reason
        return values, missing

    def _expression(
        self,
        t: float,
        name: str,
        features: Features,
        score: Callable[[Features, Features | None, Models], float | None],
        turned: bool,
    ) -> Measured:
        if turned:
            return None, Reason.TURNED_AWAY
        value = score(features, self._face, self._models)
        return self._smooth(t, name, (value, None if value is not None else Reason.HIDDEN))

    def _smooth(self, t: float, name: str, measured: Measured) -> Measured:
        value, why = measured
        return (None, why) if value is None else (self._medians[name].push(t, value), None)


class BodyMeasures:
    """Measures of body looks, in their order."""

    def __init__(
        self, baseline: VisionBaseline | None, switched_off: frozenset[str], models: Models
    ) -> None:
        self._models = models
        self._body = baseline.body if baseline else None
        self._off = switched_off
        self._medians = {
            name: RunningMedian(BODY_WINDOW_S)
            for name in ("arms_score", "face_touch", "hands_on_hips")
        }
        self._medians["slouch"] = RunningMedian(POSTURE_WINDOW_S)

    def read(
        self, t: float, features: Features, why: Reason | None, spoilt: Reasons = NOTHING_SPOILT
    ) -> tuple[dict[str, float | None], dict[str, Reason]]:
        """Values and reasons of one body look; `why` says why there is no body."""
        if why is None and "arms_seen" not in features:
            why = Reason.HIDDEN
        if why is not None:
            values, missing = _all_missing(BODY_MEASURES, why, self._off)
            # A near face hides the body, and a hand at it is found all the same.
            seen = why is Reason.HIDDEN and "face_touch" not in spoilt
            if seen and "hands_in_picture" in features:
                value = self._smooth(t, "face_touch", touch_score(features))[0]
                if value is not None and "face_touch" not in self._off:
                    values["face_touch"] = value
                    del missing["face_touch"]
            return values, missing
        parts: dict[str, Callable[[], Measured]] = {
            "arms_score": lambda: self._smooth(
                t, "arms_score", arms_score(features, self._models.arms)
            ),
            "face_touch": lambda: self._smooth(t, "face_touch", touch_score(features)),
            "hands_on_hips": lambda: self._smooth(t, "hands_on_hips", hips_score(features)),
            "slouch": lambda: self._smooth(t, "slouch", slouch_share(features, self._body)),
        }
        return _collect({}, parts, self._off, spoilt)

    def _smooth(self, t: float, name: str, measured: Measured) -> Measured:
        value, why = measured
        return (None, why) if value is None else (self._medians[name].push(t, value), None)


def _swung(motion: tuple[float, float] | None, *, aside: bool) -> tuple[Measured, Measured]:
    """Nod and shake as they are measured; not of a head that is turned aside."""
    if motion is None:
        return (None, Reason.NOT_YET), (None, Reason.NOT_YET)
    if aside:
        return (None, Reason.TURNED_AWAY), (None, Reason.TURNED_AWAY)
    return (motion[0], None), (motion[1], None)


def _collect(
    values: dict[str, float | None],
    parts: Mapping[str, Callable[[], Measured]],
    switched_off: frozenset[str],
    spoilt: Reasons,
) -> tuple[dict[str, float | None], dict[str, Reason]]:
    missing: dict[str, Reason] = {}
    for name, part in parts.items():
        value, why = None, Reason.SWITCHED_OFF if name in switched_off else spoilt.get(name)
        if why is None:
            value, why = part()
        values[name] = value
        if value is None:
            missing[name] = why or Reason.HIDDEN
    return values, missing


def _all_missing(
    names: tuple[str, ...], why: Reason, switched_off: frozenset[str]
) -> tuple[dict[str, float | None], dict[str, Reason]]:
    missing = {name: Reason.SWITCHED_OFF if name in switched_off else why for name in names}
    return dict.fromkeys(names), missing
