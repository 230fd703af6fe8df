"""Faults of the picture over time, and which measures each of them spoils."""

from __future__ import annotations

from math import inf
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from vision.framing import is_backlit, is_dark
from vision.smoothing import RunningMedian
from vision.types import Framing, Reason
from vision.weights import table

if TYPE_CHECKING:
    from collections.abc import Mapping

SHARP_S: Final = 0.3
"""Sharpness is a median over this: a head that moves is smeared for a look or two."""
ORDER: Final = (
    Framing.SEVERAL_PEOPLE, Framing.BACKLIT, Framing.TOO_DARK, Framing.NO_PERSON,
    Framing.FACE_HIDDEN, Framing.TOO_CLOSE, Framing.TOO_FAR, Framing.BLURRED, Framing.OFF_CENTRE,
    Framing.ELBOWS_HIDDEN,
)  # fmt: skip
"""The most urgent first."""
NOTHING_SPOILT: Final[Mapping[str, Reason]] = MappingProxyType({})


class Quality:
    """What is wrong with the picture of a person; each fault holds its answer at its limit."""

    def __init__(self) -> None:
        self._sharpness = RunningMedian(SHARP_S)
        self._faults: frozenset[Framing] = frozenset()

    def push(self, t: float, features: Mapping[str, float]) -> frozenset[Framing] | None:
        """Take the features of a look at t seconds; None without a face or head to judge by."""
        if "face_luma" not in features and "face_height" not in features:
            # What was said of a face does not hold for the one after a loss.
            self._sharpness.clear()
            self._faults = frozenset()
            return None
        limits = table("posture")["framing"]
        light = self._light(features, limits["back"])
        far = limits["far"] * (limits["back"] if Framing.TOO_FAR in self._faults else 1.0)
        faults = {light} if light is not None else set()
        if features.get("face_height", inf) < far:
            faults.add(Framing.TOO_FAR)
        # An even face says nothing about the lens, and in the dark only noise is left.
        if light is None and "sharpness" in features:
            least = limits["sharp" if Framing.BLURRED in self._faults else "blurred"]
            if self._sharpness.push(t, features["sharpness"]) < least:
                faults.add(Framing.BLURRED)
        self._faults = frozenset(faults)
        return self._faults

    def _light(self, features: Mapping[str, float], back: float) -> Framing | None:
        """Give what is wrong with the light on the face."""
        lit = self._faults.isdisjoint((Framing.BACKLIT, Framing.TOO_DARK))
        ease = 1.0 if lit else back
        if is_backlit(features, ease):
            return Framing.BACKLIT
        return Framing.TOO_DARK if is_dark(features, ease) else None


def held(framing: tuple[Framing, ...], faults: frozenset[Framing] | None) -> tuple[Framing, ...]:
    """Put what `Quality` says in the place of what a single look says; None: it says nothing."""
    if faults is None:
        return framing
    named = (set(framing) - SPOILT.keys()) | faults
    return tuple(one for one in ORDER if one in named)


def spoilt(faults: frozenset[Framing] | None) -> Mapping[str, Reason]:
    """Measures that are not true with these faults -> why."""
    if not faults:
        return NOTHING_SPOILT
    # The most urgent is told, so it comes last.
    found = [fault for fault in reversed(ORDER) if fault in faults]
    return {name: Reason(fault.value) for fault in found for name in SPOILT[fault]}


_POINTS: Final = ("brow", "smile")
_HANDS: Final = ("arms_score", "face_touch", "hands_on_hips")
SPOILT: Final[Mapping[Framing, tuple[str, ...]]] = MappingProxyType({
    Framing.BACKLIT: _POINTS + _HANDS,
    Framing.TOO_DARK: _POINTS + _HANDS,
    Framing.TOO_FAR: _POINTS,
    Framing.BLURRED: (*_POINTS, "nod", "face_touch"),
})  # fmt: skip
"""Fault -> measures that it spoils; where the limits stand is said what each was taken from."""
