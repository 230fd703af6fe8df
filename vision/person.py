"""One person, by position: a second one in the picture is a gap. Nobody is recognised."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor, hypot, inf
from typing import TYPE_CHECKING, Final

from vision.geometry import extent

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import numpy as np
    from numpy.typing import NDArray

    from vision.types import Landmarks, VisionBaseline

COUNT_EVERY_S: Final = 0.5
"""People are counted this often; a second one is checked at the next look."""
STEP: Final = 0.6
"""Heights of the face that it may move between two looks, beside its speed: the mesh jitters."""
SPEED_S: Final = 4.0
"""Heights of the face a second that a head moves at most, some 0.7 m/s, while it is not seen."""
REACH: Final = 2.0
"""Heights of the face within which a person still stands where they stood: a third of a metre.

The heads of two people side by side are three and more apart.
"""
GROWTH: Final = 1.5
"""How many times larger or smaller a face may become from one look to the next."""
SETTLE_S: Final = 2.0
"""So long one must be alone to count after there were two, or, calibrated, at a new place."""
OWN_BODY: Final = 1.0
"""A body's nose this near to the middle of the face (in its heights) belongs to it."""
_NOSE: Final = 0


@dataclass(frozen=True, slots=True)
class Place:
    """Where a face is in the picture."""

    x: float
    """Middle from the left, in heights of the picture."""
    y: float
    """Middle from the top, in heights of the picture."""
    height: float
    """Height of the face, in heights of the picture."""


def place_of(mesh: NDArray[np.float32], width: int, height: int) -> Place:
    """Say where the face of a (478, 3) mesh is, in a picture of width by height pixels."""
    low, high = extent(mesh)
    x, y = (float(one) for one in (low + high) / 2)
    return Place(x * width / height, y, max(float(high[1] - low[1]), 1e-6))


def calibrated_place(baseline: VisionBaseline | None) -> Place | None:
    """Where the person stood at the calibration; None without one.

    A normal that a file gave itself has no customer's direction, and no place that was meant.
    """
    if baseline is None or baseline.face is None or baseline.facing is None:
        return None
    face: Mapping[str, float] = baseline.face
    if not {"place_x", "face_y", "face_height"} <= face.keys():
        return None
    return Place(face["place_x"], face["face_y"], face["face_height"])


class OnePerson:
    """Says of each look whether what it found is the one person's.

    It is not while there are two, and after a loss or a jump until the face is back where it was.
    A new place counts once nobody else is in the picture: at once in a film, where it is a cut,
    and after `SETTLE_S` where the person was calibrated, because then somebody else stepped in.
    """

    def __init__(self, place: Place | None = None) -> None:
        self._place = place
        self._settle_s = 0.0 if place is None else SETTLE_S
        self._seen_s = -inf
        self._new: tuple[Place, float, float] | None = None
        self._several = False
        self._alone_s: float | None = None
        self._step: int | None = None
        self._doubt = False
        self._blind = False

    def look(self, t: float, found: Landmarks, count: Callable[[], int | None]) -> bool:
        """Take what a look at `t` found; `count` counts the people, and costs some time."""
        place = None
        if found.face is not None:
            place = place_of(found.face, found.width, found.height)
        strange = place is not None and not self._goes_on(t, place)
        step = floor(t / COUNT_EVERY_S + 1e-6)
        if step != self._step or self._doubt or strange:
            self._count(t, step, _several(count(), place), sure=strange or self._step is None)
        if self._several:
            self._new = None
            return False
        if place is not None and (not strange or self._settled(t, place)):
            self._place, self._seen_s, self._new, strange = place, t, None, False
        return not strange and self._own_body(found, place)

    def _count(self, t: float, step: int, several: bool | None, *, sure: bool) -> None:
        """Take a count. Two that agree make a second person, where the face jumped one is enough.

        Who passes in front hides the other: nobody is alone again before `SETTLE_S` are over.
        """
        self._step = step
        self._blind = several is None
        if several is None:
            return
        if several:
            self._several = self._several or self._doubt or sure
            self._doubt = not self._several
            self._alone_s = None
            return
        self._doubt = False
        self._alone_s = t if self._alone_s is None else self._alone_s
        self._several = self._several and t - self._alone_s < SETTLE_S

    def _goes_on(self, t: float, place: Place) -> bool:
        if self._place is None:
            return True
        away = max(t - self._seen_s, 0.0)
        return _near(self._place, place, min(STEP + SPEED_S * away, REACH))

    def _settled(self, t: float, place: Place) -> bool:
        """Whether a face at a new place has been alone there for long enough."""
        if self._new is None or not _near(
            self._new[0], place, min(STEP + SPEED_S * (t - self._new[1]), REACH)
        ):
            self._new = (place, t, t)
        self._new = (place, t, self._new[2])
        settle_s = SETTLE_S if self._blind else self._settle_s
        return t - self._new[2] >= settle_s - 1e-6 and not self._doubt

    def _own_body(self, found: Landmarks, place: Place | None) -> bool:
        """Whether the body of the look, if there is one, carries the face of the look."""
        if place is None or found.body is None:
            return True
        nose = found.body[_NOSE, :2] * (found.width / found.height, 1.0)
        away = hypot(float(nose[0]) - place.x, float(nose[1]) - place.y)
        return away <= OWN_BODY * place.height


def _several(count: int | None, place: Place | None) -> bool | None:
    """Whether a count found a second person; None where it says nothing.

    Whoever overlooks the face that the mesh follows may overlook another one too. With no face
    at all there is nobody.
    """
    if count is None:
        return None if place is not None else False
    return count >= 2


def _near(one: Place, other: Place, reach: float) -> bool:
    """Whether two places can be one person's, `reach` heights of the larger face apart."""
    large, small = max(one.height, other.height), min(one.height, other.height)
    return hypot(one.x - other.x, one.y - other.y) <= reach * large and large <= GROWTH * small
