"""The eyes as one object: frames in, readings out, on one cadence in media time."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from vision.baseline import usable
from vision.cadence import BODY_RATE_HZ, FACE_RATE_HZ, Grid
from vision.landmarks import LandmarkFinder, MediapipeFinder
from vision.looking import features_of, is_body
from vision.measures import ANGLES, BODY_MEASURES, FACE_MEASURES, BodyMeasures, FaceMeasures
from vision.models import Models, shipped
from vision.packed import unpacked
from vision.person import OnePerson, calibrated_place
from vision.quality import Quality, held, spoilt
from vision.trust import BodyTrust
from vision.types import (
    Arms,
    Frame,
    Framing,
    Reason,
    VisionBaseline,
    VisionLook,
    VisionReading,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

FACE_HOLD_S: Final = 0.5
"""Face values are carried over for at most this long."""
BODY_HOLD_S: Final = 1.0
"""Body values are carried over for at most this long."""


class VisionAnalyser:
    """Looks at frames and reads the looks. One thread looks; reading may follow elsewhere."""

    def __init__(
        self,
        baseline: VisionBaseline | None = None,
        *,
        switched_off: frozenset[str] = frozenset(),
        face_rate_hz: float = FACE_RATE_HZ,
        body_rate_hz: float = BODY_RATE_HZ,
        finder: LandmarkFinder | None = None,
        models: Models | None = None,
    ) -> None:
        self._finder = finder
        self._face_grid = Grid(face_rate_hz)
        self._body_grid = Grid(body_rate_hz)
        self._mesh: tuple[float, NDArray[np.float32]] | None = None
        self._trust = BodyTrust()
        own = usable(baseline)
        self._person = OnePerson(calibrated_place(own))
        self._quality = Quality()
        self._face = FaceMeasures(own, switched_off, models or shipped())
        self._body = BodyMeasures(own, switched_off, models or shipped())
        self._held: dict[str, float | None] = {}
        self._missing: dict[str, Reason] = {}
        self._face_t: float | None = None
        self._body_t: float | None = None
        self._joints: NDArray[np.float32] | None = None
        self._framing: tuple[Framing, ...] = ()
        self._framing_seen: tuple[Framing, ...] = ()
        self._reading: VisionReading | None = None

    def warm_up(self) -> None:
        """Load all models now, which takes seconds the first time: a live look must not stall."""
        finder = self._built()
        if isinstance(finder, MediapipeFinder):
            finder.load_hands()

    def close(self) -> None:
        """Give the models back."""
        if self._finder is not None:
            self._finder.close()

    def push(self, frame: Frame) -> VisionReading:
        """Look where due and read; else the held reading, with both looked flags False."""
        look = self.look(frame)
        if look is not None:
            return self.read(look)
        if self._reading is None:
            return VisionReading(frame.t, missing=_nothing_yet())
        return replace(self._reading, t=frame.t, face_looked=False, body_looked=False)

    def look(self, frame: Frame) -> VisionLook | None:
        """Find and measure what is due in a frame; None where nothing is due."""
        if not self._face_grid.due(frame.t):
            return None
        body = self._body_grid.due(frame.t)
        finder = self._built()
        found = finder.find(frame, face=True, body=body)
        alone = self._person.look(frame.t, found, lambda: finder.count_people(frame))
        if found.face is not None and alone:
            self._mesh = (frame.t, found.face)
        last = self._mesh[1] if self._mesh and frame.t - self._mesh[0] <= FACE_HOLD_S else None
        if body:
            joints = found.body if alone and is_body(found.body) else None
            # Neither a mesh of before a cut nor somebody else's may vouch for a body.
            aspect = found.width / found.height
            face = found.face if alone else None
            self._trust.push(frame.t, joints, face=face, aspect=aspect)
        trusted = self._trust.body(frame.t)
        people = 1.0 if alone else 2.0
        known = trusted is not None
        seen = features_of(frame, found, last, people, known=known, last_body=trusted)
        if not alone:
            # What is kept of a session is the stick figure of one person, and of nobody else.
            seen = replace(seen, joints=None)
        if not body:
            # Framing is judged with face and body together; between body looks it stays.
            return replace(seen, framing=self._framing_seen)
        self._framing_seen = seen.framing
        return seen

    def read(self, look: VisionLook) -> VisionReading:
        """Turn a look into a reading; looks must come in the order of their time."""
        features = unpacked(look.features)
        several = features.get("people", 1.0) >= 2.0
        faults = self._quality.push(look.t, {} if several else features)
        worse = spoilt(faults)
        if look.face_looked:
            why = Reason.SEVERAL_PEOPLE if several else look.missing.get("face")
            self._keep(FACE_MEASURES + ANGLES, self._face.read(look.t, features, why, worse))
            self._face_t = look.t
        if look.body_looked:
            why = Reason.SEVERAL_PEOPLE if several else look.missing.get("body")
            self._keep(BODY_MEASURES, self._body.read(look.t, features, why, worse))
            self._body_t = look.t
            self._joints = look.joints
        self._framing = held(look.framing, faults)
        self._let_go(look.t)
        self._reading = self._compose(look)
        return self._reading

    def _built(self) -> LandmarkFinder:
        if self._finder is None:
            self._finder = MediapipeFinder()
        return self._finder

    def _keep(
        self,
        names: tuple[str, ...],
        read: tuple[dict[str, float | None], dict[str, Reason]],
    ) -> None:
        values, missing = read
        for name in names:
            self._missing.pop(name, None)
        self._held.update(values)
        self._missing.update(missing)

    def _let_go(self, t: float) -> None:
        """Forget what was not looked at for too long."""
        parts = (
            (FACE_MEASURES + ANGLES, self._face_t, FACE_HOLD_S),
            (BODY_MEASURES, self._body_t, BODY_HOLD_S),
        )
        for names, last, hold_s in parts:
            if last is not None and 0 <= t - last <= hold_s:
                continue
            for name in names:
                self._held[name] = None
                self._missing.setdefault(name, Reason.NOT_YET)

    def _compose(self, look: VisionLook) -> VisionReading:
        score = self._held.get("arms_score")
        arms = None if score is None else Arms.CROSSED if score >= 0.5 else Arms.NOT_CROSSED
        measures: Mapping[str, float | None] = {
            name: self._held.get(name) for name in (*FACE_MEASURES, *BODY_MEASURES, *ANGLES)
        }
        return VisionReading(
            look.t,
            face_looked=look.face_looked,
            body_looked=look.body_looked,
            arms=arms,
            missing=dict(self._missing),
            framing=self._framing,
            joints=self._joints,
            **measures,
        )


def _nothing_yet() -> dict[str, Reason]:
    return dict.fromkeys((*FACE_MEASURES, *BODY_MEASURES), Reason.NOT_YET)
