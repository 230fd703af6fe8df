"""Whether a clip's episodes depend on the moments at which it is looked at.

A live session looks at other pictures of the same clip than its file does: half a look earlier or
later, and never evenly. Every picture of a clip is looked at once; what a session sees that begins
at another moment is picked out of these looks.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np
from benchmarks.footage_files import FILMS, TALK, broken
from benchmarks.framework import Metric, bootstrap, mean

from app.coach.catalogue import load_catalogue
from app.coach.engine import CueEngine
from app.coach.types import Baseline
from vision.analyser import VisionAnalyser
from vision.baseline import first_pass
from vision.cadence import BODY_RATE_HZ, FACE_RATE_HZ, Grid
from vision.sources import VideoFile

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from app.coach.types import CueEvent
    from vision.types import VisionBaseline, VisionLook

LATE_S: Final = (1 / 30, 1 / 15, 0.1, 2 / 15)
"""How much later the other sessions begin: half a look of the face, up to half one of the body."""
UNEVEN: Final = ((0.0, 0), (0.05, 1), (0.08, 2), (0.11, 3))
"""The same, with the seed of the scatter of a camera's times."""
SCATTER_S: Final = 0.012
SAME_S: Final = 0.5
"""Both ends of an episode that is the same lie within this."""
BODY: Final = ("arms_", "wrist_", "elbows", "hips", "shoulder", "head_above")
HANDS: Final = ("hand_face", "hands_in_picture")


def measure_jitter(footage: Path) -> dict[str, Metric]:
    """Share of episodes that only one of two sessions of the same clip has."""
    paths = [
        path
        for path in [*sorted((footage / "video").glob("*")), footage / "talking" / TALK]
        if path.suffix in FILMS and path.exists() and path.name not in broken(path.parent)
    ]
    rows: dict[str, list[float]] = {}
    for path in paths:
        looks = every_look(path)
        plain = list(picked(looks))
        own = first_pass(plain)
        expected = episodes(plain, own, 0.0)
        others = [(late_s, None) for late_s in LATE_S] + list(UNEVEN)
        for late_s, seed in others:
            other = episodes(list(picked(looks, late_s, seed)), own, late_s)
            same = pairs(expected, other)
            changed = len(expected) + len(other) - 2 * same
            rows.setdefault(path.name, []).extend([1.0] * changed + [0.0] * 2 * same)
    note = f"one half without the other within {SAME_S} s; {len(LATE_S) + len(UNEVEN)} sessions"
    return {
        "video.jitter_changed_share": bootstrap(rows, mean, data="video + talking", note=note)
        if rows
        else Metric(None)
    }


def every_look(path: Path) -> list[VisionLook]:
    """A look at the face in every picture, at the body ten times a second."""
    eyes = VisionAnalyser(face_rate_hz=1000.0, body_rate_hz=2 * BODY_RATE_HZ)
    try:
        return [look for frame in VideoFile(path) if (look := eyes.look(frame)) is not None]
    finally:
        eyes.close()


def picked(
    looks: Sequence[VisionLook], late_s: float = 0.0, seed: int | None = None
) -> Iterator[VisionLook]:
    """The looks of a session whose clock is late by so much, and scatters where seeded."""
    rng = np.random.default_rng(seed)
    face, body = Grid(FACE_RATE_HZ), Grid(BODY_RATE_HZ)
    t, newest = -1.0, looks[0]
    for look in looks:
        newest = look if look.body_looked else newest
        scatter = 0.0 if seed is None else float(rng.uniform(-SCATTER_S, SCATTER_S))
        t = max(look.t + late_s + scatter, t + 0.001, 0.0)
        if face.due(t):
            yield _joined(look, newest, t, body=body.due(t))


def _joined(look: VisionLook, of_body: VisionLook, t: float, *, body: bool) -> VisionLook:
    """A look at t, with what the newest look at the body saw where that is due."""
    features = {name: v for name, v in look.features.items() if not name.startswith(BODY)}
    missing = {name: why for name, why in look.missing.items() if name != "body"}
    if body:
        seen = of_body.features.items()
        features |= {n: v for n, v in seen if n.startswith(BODY) or n in HANDS}
        missing |= {name: why for name, why in of_body.missing.items() if name == "body"}
    return replace(look, t=t, features=features, missing=missing, body_looked=body)


def episodes(
    looks: Sequence[VisionLook], own: VisionBaseline | None, late_s: float
) -> list[CueEvent]:
    """Episodes of the looks, on the clip's own clock."""
    baseline = Baseline("2026-01-01T00:00:00Z", "first_pass", vision=own)
    eyes, engine = VisionAnalyser(own), CueEngine(load_catalogue().rules, baseline)
    events = [event for look in looks for event in engine.push(eyes.read(look))]
    events += engine.finish(looks[-1].t)
    return [replace(one, start_s=one.start_s - late_s, end_s=one.end_s - late_s) for one in events]


def pairs(some: Sequence[CueEvent], others: Sequence[CueEvent]) -> int:
    """How many episodes of the one have their like in the other."""
    left, found = list(others), 0
    for one in some:
        like = [
            other
            for other in left
            if other.cue == one.cue
            and abs(other.start_s - one.start_s) <= SAME_S
            and abs(other.end_s - one.end_s) <= SAME_S
        ]
        if like:
            left.remove(like[0])
            found += 1
    return found
