"""The sample session: the sample clip through a live session, in real time."""

from __future__ import annotations

import datetime as dt
import json
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from app.coach.calibration import CalibrationStep
from app.coach.catalogue import load_catalogue
from app.coach.report_json import report_to_dict
from app.errors import AppError
from app.paths import cache_dir
from app.session.clock import SessionClock
from app.session.html_report import render_html
from app.session.live import LiveSession
from app.session.plan import LivePlan
from app.session.sample import TITLE, make_sample, paced_sources
from app.session.senses import build_calibrator, build_ears, build_eyes
from app.store.types import KeepPolicy
from app.store.versions import current_versions
from audio.microphones import MicrophoneList
from audio.sources import AudioFile
from audio.types import Speaker
from vision.sources import VideoFile

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from app.coach.report_types import Report
    from app.coach.types import Baseline
    from app.session.plan import Snapshot
    from app.store.store import Store

CALM_S: Final = 5.0
"""So long the person of the clip is calm and looks at the customer, seconds."""
TALK_S: Final = 25.0
"""So much of the clip's talk makes its own normal, seconds."""
TICK_S: Final = 0.25
"""How often the session is looked at, seconds."""
FOCUS: Final = "arms_crossed"


@dataclass(frozen=True, slots=True)
class SampleRun:
    """What the sample session left."""

    session_id: str
    """UUID in the store."""
    report: Report
    """The report."""
    html: Path
    """The report as a page."""
    json: Path
    """The report as data."""


def run_sample(
    store: Store,
    folder: Path,
    *,
    made: Callable[[float], None] | None = None,
    shown: Callable[[Snapshot], None] | None = None,
) -> SampleRun:
    """Play the sample clip into a live session and write its report into `folder`.

    Parameters
    ----------
    store
        Where the session is kept, labelled as a sample.
    folder
        Where the reports go; made if it is not there.
    made
        Told 0..1 while the clip is made, the first time.
    shown
        Shown the session four times a second.
    """
    clip = make_sample(cache_dir(), made)
    clock = SessionClock()
    video, sound = paced_sources(clip, clock.raw)
    live = LiveSession(
        sample_plan(sample_baseline(clip)),
        store,
        camera_source=video,
        microphone_source=sound,
        clock=clock,
        inputs=MicrophoneList(),
    )
    live.start()
    try:
        _watch(live, shown)
    finally:
        session_id = live.stop()
    if session_id is None or live.report is None:
        raise AppError("The sample session gave no report.", "The log file says why.")
    return _written(session_id, live.report, store, folder)


def sample_plan(baseline: Baseline) -> LivePlan:
    """Make the plan of the sample session."""
    return LivePlan(
        camera=None,
        microphone=None,
        baseline=baseline,
        focus=FOCUS,
        switched_off=frozenset(),
        keep=KeepPolicy.PICTURE_AND_SOUND,
        checklist="",
        title=TITLE,
        sample=True,
        speaker=Speaker.STAFF,
    )


def sample_baseline(clip: Path) -> Baseline:
    """Calibrate on the clip's calm beginning and on its talk, as a person would before a start."""
    catalogue, calibrator = load_catalogue(), build_calibrator()
    eyes, ears = build_eyes(catalogue, None, frozenset()), build_ears(catalogue, None, frozenset())
    try:
        calibrator.start(CalibrationStep.FACE, 0.0)
        for frame in VideoFile(clip):
            look = eyes.look(frame) if frame.t < CALM_S else None
            if look is not None:
                calibrator.take(look)
            elif frame.t >= CALM_S:
                break
        calibrator.start(CalibrationStep.TALK, 0.0)
        for block in AudioFile(clip):
            for hop in ears.hear(block):
                calibrator.take(hop)
            if block.t >= TALK_S:
                break
    finally:
        eyes.close()
        ears.close()
    return calibrator.baseline(dt.datetime.now(dt.UTC).isoformat(timespec="seconds"))


def _watch(live: LiveSession, shown: Callable[[Snapshot], None] | None) -> None:
    """Wait for the end of the clip."""
    waiting = threading.Event()
    while not live.snapshot().source_ended:
        waiting.wait(TICK_S)
        if shown is not None:
            shown(live.snapshot())


def _written(session_id: str, report: Report, store: Store, folder: Path) -> SampleRun:
    page, data = folder / "sample-report.html", folder / "sample-report.json"
    files = store.files(session_id)
    html = render_html(
        report, title=TITLE, video=files.recording, catalogue=load_catalogue(), sample=True
    )
    told = report_to_dict(report, title=TITLE, versions=current_versions(), sample=True)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        page.write_text(html, encoding="utf-8")
        data.write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")
    except OSError as error:
        raise AppError(
            f"The report of the sample session could not be written to {folder}.",
            f"Choose another folder with --out. The system says: {error.strerror}.",
        ) from error
    return SampleRun(session_id, report, page, data)
