"""Reports and recordings whose truth is known by construction."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import av
import numpy as np

from app.coach.report_types import Checklist, Curve, Finding, Item, NotMeasured, Report
from app.coach.types import CueEvent, CueRule, Direction, Gap, Lane, Mark, MarkKind, Sense
from app.store.types import KeepPolicy

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QImage

    from app.store.store import Store
    from app.store.types import SessionRecord

BITS = 8
RATE_HZ = 25
DURATION_S = 60.0

CHECKLIST = Checklist(
    "desk",
    "At the desk",
    (
        Item("finish", "P02", "Let them finish", "They feel heard.", 1, None),
        Item("sorry", "P19", "Say sorry for the specific thing", "It is owned.", 1, 1),
    ),
)


def numbered_clip(path: Path, seconds: float, *, sound: bool = True, picture: bool = True) -> Path:
    """H.264 and FLAC in Matroska; each frame's number stands in it as eight dark or bright bars."""
    frames = round(seconds * RATE_HZ)
    with av.open(str(path), "w", format="matroska") as out:
        video = out.add_stream("libx264", rate=RATE_HZ) if picture else None
        if video is not None:
            video.width, video.height, video.pix_fmt = 320, 180, "yuv420p"
            video.options = {"preset": "ultrafast", "g": str(RATE_HZ)}
        audio = out.add_stream("flac", rate=16000, layout="mono") if sound else None
        for number in range(frames):
            if video is not None:
                out.mux(video.encode(_frame(number)))
            if audio is not None:
                out.mux(audio.encode(_sound(number)))
        for stream in (video, audio):
            if stream is not None:
                out.mux(stream.encode(None))
    return path


def _frame(number: int) -> av.VideoFrame:
    image = np.full((180, 320, 3), 30, np.uint8)
    for bit in range(BITS):
        if number >> bit & 1:
            image[:, bit * 40 : bit * 40 + 40] = 225
    frame = av.VideoFrame.from_ndarray(image, format="bgr24")
    frame.pts, frame.time_base = number, Fraction(1, RATE_HZ)
    return frame


def _sound(number: int) -> av.AudioFrame:
    count = 16000 // RATE_HZ
    at = np.arange(count) + number * count
    samples = (3000 * np.sin(2 * np.pi * 220 * at / 16000)).astype(np.int16)[None]
    frame = av.AudioFrame.from_ndarray(samples, format="s16", layout="mono")
    frame.sample_rate, frame.pts, frame.time_base = 16000, number * count, Fraction(1, 16000)
    return frame


def frame_number(image: QImage) -> int:
    """Read the number that `numbered_clip` drew."""
    return sum(
        1 << bit
        for bit in range(BITS)
        if image.pixelColor(
            int((bit + 0.5) * image.width() / BITS), image.height() // 2
        ).lightness()
        > 127
    )


def rule(cue: str, sense: Sense = Sense.VISION, name: str = "", lane: str = "arms") -> CueRule:
    return CueRule(
        id=cue,
        sense=sense,
        measure="arms_score",
        direction=Direction.ABOVE,
        enter=0.5,
        leave=0.4,
        unit="",
        episode_s=0.3,
        log_s=2.5,
        hint_s=5.0,
        bridge_s=0.5,
        own=None,
        backdate=False,
        finding=True,
        focus=True,
        name=name or cue.replace("_", " "),
        hint="arms",
        advice="Let both hands rest on the counter.",
        icon="arms",
        lane=lane,
        source="made up for a test, no number",
        sentence="{duration} of it.",
    )


def finding(cue: str, start_s: float, end_s: float) -> Finding:
    return Finding(
        id=f"{cue}-{round(start_s * 1000)}",
        cue=cue,
        start_s=start_s,
        end_s=end_s,
        measured=0.9,
        threshold=0.5,
        own_normal=None,
        times=1,
        total_s=end_s - start_s,
        lasted_s=end_s - start_s,
    )


def report(
    *,
    events: tuple[CueEvent, ...] = (),
    gaps: tuple[Gap, ...] = (),
    findings: tuple[Finding, ...] = (),
    not_measured: tuple[NotMeasured, ...] = (),
    curves: tuple[Curve, ...] = (),
    duration_s: float = DURATION_S,
    labelled: bool = True,
    notes: tuple[str, ...] = (),
) -> Report:
    return Report(
        duration_s=duration_s,
        events=events,
        gaps=gaps,
        curves=curves,
        findings=findings,
        not_measured=not_measured,
        ticked=(),
        speakers_labelled=labelled,
        notes=notes,
    )


def event(cue: str, start_s: float, end_s: float) -> CueEvent:
    return CueEvent(cue, start_s, end_s, 0.9, 0.5)


def mark(t: float, kind: MarkKind, **data: str) -> Mark:
    return Mark(t, Lane.SELF, kind, "ana", data)


def kept_session(
    store: Store,
    content: Report | None,
    *,
    policy: KeepPolicy = KeepPolicy.PICTURE_AND_SOUND,
    sample: bool = False,
    marks: tuple[Mark, ...] = (),
) -> SessionRecord:
    """A finished session in the store."""
    person = store.ensure_person("Ana")
    consent = store.record_consent(
        person.id, version="1", purpose="training", retention_days=30, seen_by="Ana"
    )
    begun = store.begin_session(
        person_id=person.id,
        consent_id=consent.id,
        keep_policy=policy,
        title="Charged twice",
        checklist=CHECKLIST.id,
        sample=sample,
    )
    store.append_marks(begun.id, marks)
    store.finish_session(begun.id, duration_s=DURATION_S, report=content)
    return begun
