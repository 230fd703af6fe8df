"""What tests of the store build sessions and readings from."""

from __future__ import annotations

import datetime as dt
import random
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from app.coach.report_types import Curve, Finding, NotMeasured, Report
from app.coach.types import Baseline, CueEvent, Gap, Sense
from app.store.types import KeepPolicy
from audio.types import Reason as VoiceReason
from audio.types import Speaker, VoiceBaseline, VoiceReading
from vision.types import Arms, Framing, VisionBaseline, VisionReading
from vision.types import Reason as VisionReason

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.store.store import Store
    from app.store.types import SessionRecord


START = dt.datetime(2026, 1, 1, 12, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


class Calendar:
    """A calendar that a test turns."""

    def __init__(self, now: dt.datetime = START) -> None:
        self.now = now

    def __call__(self) -> dt.datetime:
        return self.now


def begun(
    store: Store,
    *,
    name: str = "Ana",
    keep: KeepPolicy = KeepPolicy.PICTURE_AND_SOUND,
    title: str = "Late check-out",
    days: int = 30,
) -> SessionRecord:
    """Begin a session of a person who has agreed."""
    person = store.ensure_person(name)
    consent = store.consent_of(person.id) or store.record_consent(
        person.id, "1", "own training", days, "me"
    )
    return store.begin_session(
        person_id=person.id, consent_id=consent.id, keep_policy=keep, title=title
    )


def a_report() -> Report:
    """Make a report in which every field says something."""
    event = CueEvent("arms_crossed", 1.0, 4.25, 0.9, 0.5, own_normal=0.1, lost=True)
    return Report(
        duration_s=60.1,
        events=(event, CueEvent("loud", 0.1 + 0.2, 8.0, 12.5, 6.0)),
        gaps=(Gap(Sense.VISION, None, "no_person", 10.0, 12.0),),
        curves=(Curve("brow", Sense.VISION, "", (0.0, 0.1), (None, 1 / 3)),),
        findings=(Finding("arms_crossed-1000", "arms_crossed", 1.0, 4.25, 0.9, 0.5, 0.1, 1, 3.25),),
        not_measured=(NotMeasured("nod", "hidden", 4.5),),
        ticked=("P19",),
        speakers_labelled=False,
        notes=("All sound was measured as one voice.",),
        baseline=a_baseline(),
    )


def a_baseline() -> Baseline:
    """Make an own normal of both senses."""
    vision = VisionBaseline(1, MappingProxyType({"brow_gap": 1 / 7}), None, (3.5, -2.0), 75)
    voice = VoiceBaseline(
        1, -60.0, -30.5, 180.0, 120.0, 260.0, 2.2, 4.1, 0.6, None, None, speech_s=18.4
    )
    return Baseline("2026-01-01T10:00:00+00:00", "calibration", vision, voice)


def stream(seconds: float, seed: int = 7) -> Iterator[VisionReading | VoiceReading]:
    """Give readings as a session does: 20 looks and 10 hops a second, mixed by time."""
    chance = random.Random(seed)
    joints = None
    for tick in range(round(seconds * 20)):
        t = tick / 20
        if tick % 4 == 0:
            numbers = np.random.default_rng(tick).random((33, 3), dtype=np.float32)
            joints = numbers if chance.random() < 0.8 else None
        yield _look(t, joints, chance)
        if tick % 2:
            yield _hop(t, chance)


def _look(t: float, joints: np.ndarray | None, chance: random.Random) -> VisionReading:
    brow = chance.random() if chance.random() < 0.7 else None
    return VisionReading(
        t=t,
        face_looked=chance.random() < 0.75,
        body_looked=joints is not None,
        arms=chance.choice([None, Arms.CROSSED, Arms.NOT_CROSSED]),
        arms_score=chance.choice([None, 0.0, chance.random()]),
        brow=brow,
        yaw_deg=chance.gauss(0, 20),
        missing=MappingProxyType({} if brow is not None else {"brow": VisionReason.TOO_DARK}),
        framing=chance.choice([(), (Framing.TOO_FAR, Framing.ELBOWS_HIDDEN)]),
        joints=joints,
    )


def _hop(t: float, chance: random.Random) -> VoiceReading:
    return VoiceReading(
        t=t,
        speaker=chance.choice(list(Speaker)),
        speech=chance.choice([None, True, False]),
        level_dbfs=chance.gauss(-30, 5),
        pitch_hz=chance.choice([None, chance.gauss(200, 20)]),
        clipped=chance.random() < 0.1,
        missing=MappingProxyType({"sharp": VoiceReason.NO_OWN_NORMAL}),
    )
