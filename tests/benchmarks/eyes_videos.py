"""The eyes on video: labelled events, motion made by hand, and time."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from benchmarks.footage_files import TALK, broken, fully_labelled, rows
from benchmarks.framework import Metric, bootstrap, f1, mean, plain
from synth_vision import ScriptedFinder, grey_frames, head_mesh, skeleton

from app.coach.catalogue import load_catalogue
from app.coach.engine import CueEngine
from app.coach.types import Baseline, CueEvent
from vision.analyser import VisionAnalyser
from vision.baseline import first_pass
from vision.opencv import cv2
from vision.sources import VideoFile
from vision.types import Frame

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from vision.types import VisionReading

CUES: Final = {
    "brow_furrow": "brow_drawn",
    "smile": "smile",
    "face_touch": "face_touch",
    "hand_near_face": "face_touch",
    "nod": "nod",
    "lean_in": "lean",
}
WATCHED: Final = "rules for hands, winks and talk were made watching these clips"


@dataclass(frozen=True, slots=True)
class Seen:
    """What the eyes made of one clip."""

    readings: tuple[VisionReading, ...]
    """All readings, with the own normal of a first pass."""
    events: tuple[CueEvent, ...]
    """Episodes of every cue."""
    duration_s: float
    """Length of the clip in seconds."""


def watch(path: Path) -> Seen:
    """Look once, make the own normal, read again with it: what `rapport analyse` does."""
    eyes = VisionAnalyser()
    looks = []
    last = 0.0
    try:
        for frame in VideoFile(path):
            last = frame.t
            look = eyes.look(frame)
            if look is not None:
                looks.append(look)
    finally:
        eyes.close()
    baseline = first_pass(looks)
    reader = VisionAnalyser(baseline)
    own = Baseline("2026-01-01T00:00:00Z", "first_pass", vision=baseline)
    engine = CueEngine(load_catalogue().rules, own)
    readings, events = [], []
    for look in looks:
        reading = reader.read(look)
        readings.append(reading)
        events.extend(engine.push(reading))
    events.extend(engine.finish(last))
    return Seen(tuple(readings), tuple(events), last)


def measure_videos(footage: Path) -> dict[str, Metric]:
    """Metrics of the folder `video`."""
    cues = sorted(set(CUES.values()))
    names = [f"video.recall_{cue}" for cue in cues]
    found = {name: Metric(None) for name in (*names, "video.onset_mae_s")}
    found["video.false_brow_per_min"] = Metric(None)
    folder = footage / "video"
    if not (folder / "events.csv").exists():
        return found
    labels = [row for row in rows(folder / "events.csv") if row["event"] in CUES]
    full = fully_labelled(folder)
    clips = sorted({row["file"] for row in labels} | set(full))
    seen = {clip: watch(folder / clip) for clip in clips if clip not in broken(folder)}
    hits: dict[str, dict[str, list[float]]] = {cue: {} for cue in cues}
    onsets: dict[str, list[float]] = {}
    for row in labels:
        if row["file"] not in seen:
            continue
        start, end = float(row["start_s"]), float(row["end_s"])
        cue = CUES[row["event"]]
        match = [
            event
            for event in seen[row["file"]].events
            if event.cue == cue and event.start_s < end and event.end_s > start
        ]
        hits[cue].setdefault(row["file"], []).append(float(bool(match)))
        if match:
            error = min(abs(event.start_s - start) for event in match)
            onsets.setdefault(row["file"], []).append(error)
    for cue in cues:
        found[f"video.recall_{cue}"] = bootstrap(hits[cue], mean, data="video", note=WATCHED)
    found["video.onset_mae_s"] = bootstrap(
        onsets, mean, data="video", note=f"labels ±0.4 s; {WATCHED}"
    )
    found["video.false_brow_per_min"] = _false_brows(
        labels, {c: seen[c] for c in full if c in seen}
    )
    return found


def _false_brows(labels: Sequence[dict[str, str]], seen: dict[str, Seen]) -> Metric:
    """Brow episodes outside labelled ones, a minute; clips are drawn with their lengths."""
    rows: dict[str, list[tuple[int, float]]] = {}
    for clip, one in seen.items():
        true = [
            (float(row["start_s"]), float(row["end_s"]))
            for row in labels
            if row["file"] == clip and CUES[row["event"]] == "brow_drawn"
        ]
        wrong = sum(
            event.cue == "brow_drawn"
            and not any(event.start_s < end and event.end_s > start for start, end in true)
            for event in one.events
        )
        rows[clip] = [(wrong, one.duration_s / 60)]

    def rate(pairs: list[tuple[int, float]]) -> float | None:
        minutes = sum(length for _, length in pairs)
        return sum(count for count, _ in pairs) / minutes if minutes else None

    return bootstrap(rows, rate, data="video, fully labelled", note=WATCHED)


def measure_synthetic() -> dict[str, Metric]:
    """Nods as exact head motion with landmark noise, and arms that cross at a known time."""
    nods = {seed: _nods(np.random.default_rng(seed)) for seed in range(12)}
    shakes = {seed: _shakes(np.random.default_rng(200 + seed)) for seed in range(12)}
    late: dict[int, list[float]] = {}
    for seed in range(12):
        late[seed] = [_crossing(np.random.default_rng(100 + seed))]
    return {
        "synthetic.nod_f1": bootstrap(nods, f1, data="made: landmark track, noise 0.8°"),
        "synthetic.shake_f1": bootstrap(shakes, f1, data="made: landmark track, noise 0.8°"),
        "synthetic.arms_onset_s": bootstrap(late, mean, data="made: skeleton that crosses"),
    }


def _nods(rng: np.random.Generator) -> list[tuple[bool, bool]]:
    """Ten stretches of 3 s: nods of 8 to 16° in one half, looking about in the other."""
    kinds = rng.permutation([True] * 5 + [False] * 5)
    depth, length = rng.uniform(8, 16, 10), rng.uniform(0.4, 0.8, 10)
    drift, noise = rng.uniform(-12, 12, 10), rng.normal(0, 0.8, (600, 2))

    def angles(t: float) -> tuple[float, float]:
        part = min(int(t / 3), 9)
        phase = t - 3 * part - 1.0
        pitch = yaw = 0.0
        if kinds[part] and 0 <= phase <= length[part]:
            pitch = -depth[part] * np.sin(np.pi * phase / length[part])
        if not kinds[part]:
            yaw = drift[part] * np.clip(phase / 0.6, 0, 1) * np.clip((2.0 - phase) / 0.6, 0, 1)
            pitch = 0.4 * yaw * np.clip(phase, 0, 1)
        wobble = noise[int(t * 15) % 600]
        return float(yaw + wobble[0]), float(pitch + wobble[1])

    heard = _heard("nod", angles)
    return [(bool(kinds[part]), part in heard) for part in range(10)]


def _shakes(rng: np.random.Generator) -> list[tuple[bool, bool]]:
    """Ten stretches of 3 s: two to three shakes of 8 to 16° in one half, nods in the other."""
    kinds = rng.permutation([True] * 5 + [False] * 5)
    depth, length = rng.uniform(8, 16, 10), rng.uniform(0.4, 0.8, 10)
    times, noise = rng.integers(2, 4, 10), rng.normal(0, 0.8, (600, 2))

    def angles(t: float) -> tuple[float, float]:
        part = min(int(t / 3), 9)
        phase = t - 3 * part - 0.6
        wave = depth[part] * np.sin(2 * np.pi * phase / length[part])
        moved = float(wave) if 0 <= phase <= times[part] * length[part] else 0.0
        yaw, pitch = (moved, 0.2 * moved) if kinds[part] else (0.2 * moved, moved)
        wobble = noise[int(t * 15) % 600]
        return float(yaw + wobble[0]), float(pitch + wobble[1])

    heard = _heard("shake", angles)
    return [(bool(kinds[part]), part in heard) for part in range(10)]


def _heard(cue: str, angles: Callable[[float], tuple[float, float]]) -> set[int]:
    """Stretches of 3 s in which an episode of the cue begins, of a head that goes this way."""
    eyes = VisionAnalyser(finder=ScriptedFinder(face=lambda t: head_mesh(*angles(t))))
    engine = CueEngine([rule for rule in load_catalogue().rules if rule.id == cue], None)
    events: list[CueEvent] = []
    for frame in grey_frames(30.0):
        look = eyes.look(frame)
        if look is not None:
            events.extend(engine.push(eyes.read(look)))
    events.extend(engine.finish(30.0))
    return {min(int(max(event.start_s, 0.0) / 3), 9) for event in events}


def _crossing(rng: np.random.Generator) -> float:
    """Seconds from arms that lie crossed to the reading that says so, jitter of 1 %."""
    start, takes = float(rng.uniform(1.0, 2.0)), float(rng.uniform(0.2, 0.6))
    jitter = rng.normal(0, 0.006, (200, 33, 2))

    def body(t: float) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
        share = float(np.clip((t - start) / takes, 0, 1))
        return skeleton(toward="crossed", share=share, jitter=jitter[int(t * 30) % 200])

    eyes = VisionAnalyser(finder=ScriptedFinder(body=body))
    for frame in grey_frames(5.0):
        reading = eyes.push(frame)
        if reading.arms_score is not None and reading.arms_score >= 0.5:
            return max(0.0, reading.t - start - takes)
    return 5.0


def measure_time(footage: Path) -> dict[str, Metric]:
    """Time of the talking clip: a frame at 720p and at 640 by 480, and the whole of it."""
    path = footage / "talking" / TALK
    names = ("eyes.ms_per_frame", "eyes.ms_per_frame_640", "eyes.realtime_factor")
    if not path.exists() or TALK in broken(path.parent):
        return {name: Metric(None) for name in names}
    spent: dict[bool, list[float]] = {False: [], True: []}
    whole = {False: 0.0, True: 0.0}
    for small, times in spent.items():
        eyes = VisionAnalyser()
        eyes.warm_up()
        start = time.perf_counter()
        # In one thread: others go on decoding while the eyes look, and would be counted as theirs.
        for frame in VideoFile(path, one_thread=True):
            shown = frame
            if small:
                image = np.asarray(cv2.resize(frame.image, (640, 480)), np.uint8)
                shown = Frame(frame.t, image, frame.index)
            begin = time.process_time()
            eyes.push(shown)
            times.append(time.process_time() - begin)
        whole[small] = time.perf_counter() - start
        eyes.close()
    count = len(spent[False])
    note = "processor time of all threads over all frames, decoding left out"
    values = (
        1000 * sum(spent[False]) / count,
        1000 * sum(spent[True]) / count,
        whole[False] / (VideoFile(path).duration_s or 1.0),
    )
    notes = (note, f"{note}; 640 by 480", "wall time with decoding, machine shared")
    return {
        name: plain(value, count, data="talking", note=one)
        for name, value, one in zip(names, values, notes, strict=True)
    }


def episodes(events: Iterable[CueEvent], cue: str) -> list[tuple[float, float]]:
    """Start and end of each episode of a cue, for looking at them."""
    return [(round(one.start_s, 2), round(one.end_s, 2)) for one in events if one.cue == cue]
