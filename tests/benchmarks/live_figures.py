"""The figures of the live measurement, from what was watched and what was kept."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import av
import numpy as np

from app.coach.catalogue import load_catalogue
from app.coach.types import MarkKind
from app.store.readings import read_readings
from tests.e2e.rig import Clip, Shown, differences
from vision.types import VisionReading

if TYPE_CHECKING:
    from app.session.offline import Analysis
    from app.session.plan import Snapshot
    from app.store.store import Store

FOCUS = "arms_crossed"


@dataclass
class Watched:
    """What was seen of the session from the screen's thread."""

    looks: list[tuple[float, Snapshot]] = field(default_factory=list)
    snapshot_s: list[float] = field(default_factory=list)
    """From a picture's stamp to the first snapshot with its reading, seconds."""
    window_s: list[float] = field(default_factory=list)
    """From a picture's stamp to the window that shows its state, seconds."""
    shown: int = 0
    """How many different pictures the window showed."""


def figures_of(
    clip: Clip, shown: Shown, watched: Watched, file: Analysis, store: Store, sent: list[float]
) -> dict[str, Any]:
    """Everything that the issue asks of the live session."""
    assert shown.session_id is not None
    files = store.files(shown.session_id)
    start_s, end_s = shown.begun_s, shown.begun_s + clip.length_s
    seen = [
        one
        for one in read_readings(files)
        if isinstance(one, VisionReading) and start_s <= one.t < end_s
    ]
    first, last = watched.looks[0], watched.looks[-1]
    span_s = last[0] - first[0]
    with av.open(str(files.recording)) as container:
        samples = sum(frame.samples for frame in container.decode(audio=0))
        rate = container.streams.audio[0].rate
    with av.open(str(files.recording)) as container:
        pictures = sum(1 for _ in container.decode(video=0))
    rule = load_catalogue().rule(FOCUS)
    hints = [m for m in shown.marks if m.kind is MarkKind.HINT and m.data["good"] == "false"]
    lateness = [
        hint.t - event.start_s - rule.hint_s
        for event in shown.report.events
        for hint in hints
        if event.cue == FOCUS and event.start_s <= hint.t <= event.end_s
    ]
    return {
        "clip_s": round(clip.length_s, 2),
        "clip_rate_hz": clip.rate_hz,
        "cores_of_machine": os.cpu_count(),
        "load_of_machine": round(os.getloadavg()[0], 2),
        "face_looks_s": sum(one.face_looked for one in seen) / clip.length_s,
        "body_looks_s": sum(one.body_looked for one in seen) / clip.length_s,
        "frames_sent": len(sent),
        "frames_seen": last[1].frames_seen - first[1].frames_seen,
        "frames_replaced": last[1].frames_replaced - first[1].frames_replaced,
        "frames_shown_hz": watched.shown / span_s,
        "frames_recorded": last[1].frames_recorded - first[1].frames_recorded,
        "frames_left_out": last[1].frames_left_out,
        "frames_in_file": pictures,
        "sound_blocks_lost": last[1].sound_overflows,
        "sound_in_file_s": samples / rate,
        "session_s": shown.report.duration_s,
        "frame_to_snapshot_p95_ms": 1000 * float(np.percentile(watched.snapshot_s, 95)),
        "frame_to_window_p95_ms": 1000 * float(np.percentile(watched.window_s, 95)),
        "behaviour_to_hint_beyond_dwell_s": lateness,
        "events_in_file": len(file.report.events),
        "events_live": len(shown.report.events),
        "events_otherwise": differences(shown, file.report.events, clip.length_s),
    }
