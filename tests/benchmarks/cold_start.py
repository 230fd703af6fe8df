"""Cold start: python -m tests.benchmarks.cold_start [--runs 5] [--out FILE.json].

Whole processes on an X server of their own, in turn: an empty PySide6 window, the program to a
usable Home, the program to a live picture in the self-check (`rapport check`, a network camera and,
where there is PulseAudio, a virtual microphone). Times are from the start of the process to the
moment at which it stands on the screen and the program waits for hands.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from typing import Any, Final

from tests.benchmarks.live_camera import CameraProcess
from tests.e2e.emulated import PulseServer, virtual_screen, why_no_pulse
from tests.e2e.rig import in_environment

WHATS: Final = ("bare", "home", "check")
GOALS_S: Final = {"home": 3.0, "check": 6.0}
SESSIONS: Final = 30
"""Somebody who has been using it for a while."""


def main() -> int:
    """Measure, print, and write JSON where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5, help="of each, after one that warms up")
    parser.add_argument("--out", type=Path, help="JSON file to write")
    asked = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        screen = stack.enter_context(virtual_screen())
        here = {"RAPPORT_HOME": str(folder / "home"), "DISPLAY": screen, "QT_QPA_PLATFORM": "xcb"}
        if not why_no_pulse():
            room = PulseServer(folder / "pulse")
            stack.callback(room.close)
            here |= room.environment
        stack.callback(in_environment(here))
        camera = CameraProcess(_clip(folder))
        stack.callback(camera.close)
        _furnish(camera.url, heard="PULSE_SERVER" in here)
        figures = measure(asked.runs)
    text = json.dumps(figures, indent=1)
    sys.stdout.write(text + "\n")
    if asked.out is not None:
        asked.out.parent.mkdir(parents=True, exist_ok=True)
        asked.out.write_text(text + "\n", encoding="utf-8")
    return 0


def measure(runs: int) -> dict[str, Any]:
    """Start each in turn, so that a machine that slows down slows all of them."""
    found: dict[str, list[tuple[float, float]]] = {what: [] for what in WHATS}
    for run in range(runs + 1):
        for what in WHATS:
            figures = start(what)
            if run:  # the first one warms the disk's cache
                found[what].append(figures)
    walls = {what: [wall for wall, _ in rows] for what, rows in found.items()}
    cpus = {what: [cpu for _, cpu in rows] for what, rows in found.items()}
    told: dict[str, Any] = {"runs": runs, "cores": os.cpu_count()}
    for what in WHATS:
        told[what] = {
            "wall_s": spread(walls[what]),
            "cpu_s": spread(cpus[what]),
            "cpu_to_bare": spread(
                [cpu / bare for cpu, bare in zip(cpus[what], cpus["bare"], strict=True)]
            ),
        }
        if what in GOALS_S:
            told[what]["goal_s"] = GOALS_S[what]
    return told


def start(what: str) -> tuple[float, float]:
    """Start it once; seconds to the screen, and seconds of processor time."""
    command = [sys.executable, "-m", "tests.benchmarks.cold_start_child", what]
    begun = time.monotonic()
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    told = json.loads(done.stdout.strip().splitlines()[-1])
    return told["at"] - begun, told["cpu_s"]


def spread(values: list[float]) -> dict[str, float]:
    """The least, the middle and the most."""
    return {
        "min": round(min(values), 2),
        "median": round(median(values), 2),
        "max": round(max(values), 2),
    }


def _clip(folder: Path) -> Path:
    from app.session.sample import make_sample  # noqa: PLC0415 - after the arguments are read

    return make_sample(folder)


def _furnish(camera: str, *, heard: bool) -> None:
    """Enter somebody who agreed, with some sessions and with their devices chosen."""
    from app.coach.report_types import Report  # noqa: PLC0415 - after the environment is set
    from app.settings import Settings, save_settings, settings_file  # noqa: PLC0415
    from app.store.consent import load_consent_text  # noqa: PLC0415
    from app.store.store import Store  # noqa: PLC0415
    from app.store.types import KeepPolicy  # noqa: PLC0415

    text = load_consent_text()
    with Store.open() as store:
        person = store.ensure_person("Somebody")
        consent = store.record_consent(
            person.id, text.version, text.purpose, text.retention_days, text.seen_by
        )
        for number in range(SESSIONS):
            record = store.begin_session(
                person_id=person.id, consent_id=consent.id, keep_policy=KeepPolicy.REPORT_ONLY,
                title=f"Session {number}", focus=None, checklist="complaint",
            )  # fmt: skip
            report = Report(60.0, (), (), (), (), (), (), speakers_labelled=False)
            store.finish_session(record.id, duration_s=60.0, report=report)
    settings = Settings(
        person_id=person.id,
        person_name="Somebody",
        camera=camera,
        network_cameras=(camera,),
        microphone=None if heard else "none",
        first_run_over=True,
    )
    save_settings(settings, settings_file(person.id))


if __name__ == "__main__":
    sys.exit(main())
