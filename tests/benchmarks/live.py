"""The live session, for real: python -m tests.benchmarks.live --seconds 60 [--clip FILE].

A clip is served as a network camera at its own rate by another process, its sound is played into
a virtual microphone, and the real window shows it on an X server of its own, with recording on.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import threading
import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.benchmarks.live_figures import FOCUS, Watched, figures_of
from tests.e2e.emulated import PulseServer, virtual_screen, why_no_pulse
from tests.e2e.rig import (
    LEAD_S,
    STAFF,
    Clip,
    Shown,
    clip_of_file,
    in_environment,
)
from tests.e2e.sounds import where_sound_began

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QApplication

    from app.session.live import LiveSession
    from app.session.offline import Analysis
    from app.session.plan import LivePlan, Snapshot
    from app.store.store import Store
    from app.ui.window import MainWindow
    from tests.benchmarks.live_camera import CameraProcess
    from vision.types import Frame


def main() -> int:
    """Measure, print, and write JSON where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60.0, help="how much of the clip")
    parser.add_argument("--clip", type=Path, help="any video with sound; the sample clip if none")
    parser.add_argument("--out", type=Path, help="JSON file to write")
    asked = parser.parse_args()
    reason = why_no_pulse()
    if reason:
        parser.error(reason)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        screen = stack.enter_context(virtual_screen())
        room = PulseServer(folder / "pulse")
        stack.callback(room.close)
        stack.callback(
            in_environment(
                room.environment
                | {"RAPPORT_HOME": str(folder), "DISPLAY": screen, "QT_QPA_PLATFORM": "xcb"}
            )
        )
        figures = measure(folder, room, asked.clip, asked.seconds)
    text = json.dumps(figures, indent=1)
    sys.stdout.write(text + "\n")
    if asked.out is not None:
        asked.out.parent.mkdir(parents=True, exist_ok=True)
        asked.out.write_text(text + "\n", encoding="utf-8")
    return 0


def measure(folder: Path, room: PulseServer, path: Path | None, seconds: float) -> dict[str, Any]:
    """Analyse the clip as a file, show it live, and compare."""
    from app.session.offline import analyse  # noqa: PLC0415 - after the environment is set
    from app.session.sample import make_sample  # noqa: PLC0415
    from app.store.store import Store  # noqa: PLC0415
    from tests.benchmarks.live_camera import CameraProcess  # noqa: PLC0415

    clip = cut(clip_of_file(path or make_sample(folder), folder), seconds, folder)
    file = analyse(clip.path, marks=[STAFF])
    camera = CameraProcess(clip.path)
    try:
        with Store.open() as store:
            shown, watched, costs, sent = show(clip, camera, room, store, file)
            return figures_of(clip, shown, watched, file, store, sent) | costs
    finally:
        camera.close()


def cut(clip: Clip, seconds: float, folder: Path) -> Clip:
    """The first seconds of a clip as a clip; itself where it is no longer than that."""
    import av  # noqa: PLC0415

    if clip.length_s <= seconds + 1 / clip.rate_hz:
        return clip
    path = folder / "cut.mkv"
    with av.open(str(clip.path)) as whole, av.open(str(path), "w") as part:
        streams = {
            one.index: part.add_stream_from_template(one)
            for one in whole.streams
            if one.type in {"video", "audio"}
        }
        for packet in whole.demux(*(whole.streams[index] for index in streams)):
            if packet.dts is not None and packet.dts * packet.time_base < seconds:
                packet.stream = streams[packet.stream.index]
                part.mux(packet)
    return clip_of_file(path, folder)


def show(
    clip: Clip, camera: CameraProcess, room: PulseServer, store: Store, file: Analysis
) -> tuple[Shown, Watched, dict[str, float], list[float]]:
    """Run the session in the real window from the clip's start to its end."""
    import psutil  # noqa: PLC0415

    from app.settings import Settings  # noqa: PLC0415
    from app.store.types import KeepPolicy  # noqa: PLC0415
    from app.ui.application import build_application, build_services, build_window  # noqa: PLC0415
    from app.ui.consenting import enter_consent  # noqa: PLC0415
    from app.ui.garbage import GarbageOnScreen  # noqa: PLC0415

    app = build_application(["rapport"])
    services = build_services(store, Settings())
    enter_consent(services, "Somebody", KeepPolicy.PICTURE_AND_SOUND, 1)
    services.library.prepare()  # as the program does while somebody looks at Home
    window = build_window(services)
    garbage = GarbageOnScreen(window)
    garbage.start()
    window.show()
    watched = Watched()
    try:
        window.room.start(planned(camera, file))
        spin(app, lambda: live_of(window) is not None, 10)
        live = live_of(window)
        assert live is not None
        spin(app, lambda: live.snapshot().state == "running", 60)
        begun = time.monotonic() + LEAD_S
        camera.begin(begun)
        spin(app, lambda: time.monotonic() >= begun - room.start_s, 5)
        assert clip.wav is not None
        playing = room.play(clip.wav)
        process = psutil.Process()
        cpu, wall = sum(process.cpu_times()[:2]), time.monotonic()
        begun_s = live.clock.now() - (time.monotonic() - begun)
        watch(app, window, live, watched, begun_s + clip.length_s)
        used = sum(process.cpu_times()[:2]) - cpu
        costs = {"cpu_cores": used / (time.monotonic() - wall)}
        playing.kill()
        playing.wait()
        sent = camera.finish()
        window.live.finish_wanted.emit()
        spin(app, lambda: live.snapshot().state == "stopped", 60)
    finally:
        window.close()
        window.runner.close()
        services.background.close()
        garbage.stop()
    assert live.report is not None
    assert live.session_id is not None
    marks = store.marks(live.session_id)
    heard_s = where_sound_began(store.files(live.session_id).recording, clip.wav, begun_s)
    costs["sound_played_late_s"] = heard_s - begun_s
    shown = Shown(live.report, live.session_id, begun_s, heard_s, watched.looks, marks)
    return shown, watched, costs, sent


def planned(camera: CameraProcess, file: Analysis) -> LivePlan:
    """Give the session with everything on, of somebody who has a normal of their own."""
    from app.session.plan import LivePlan  # noqa: PLC0415
    from app.store.types import KeepPolicy  # noqa: PLC0415
    from audio.microphones import list_microphones  # noqa: PLC0415
    from audio.types import Speaker  # noqa: PLC0415

    return LivePlan(
        camera=camera.url,
        microphone=next(one.id for one in list_microphones() if one.name == "pulse"),
        baseline=file.baseline,
        focus=FOCUS,
        switched_off=frozenset(),
        keep=KeepPolicy.PICTURE_AND_SOUND,
        checklist="",
        title="measured",
        speaker=Speaker.STAFF,
    )


def live_of(window: MainWindow) -> LiveSession | None:
    """The session that the window runs."""
    return window.runner.live  # type: ignore[return-value]


def spin(app: QApplication, until: Callable[[], bool], limit_s: float) -> None:
    """Let Qt work until something is true."""
    end = time.monotonic() + limit_s
    while not until():
        if time.monotonic() > end:
            message = f"nothing came within {limit_s} s"
            raise TimeoutError(message)
        app.processEvents()
        threading.Event().wait(0.005)


def watch(
    app: QApplication, window: MainWindow, live: LiveSession, watched: Watched, end_s: float
) -> None:
    """Look at the session as Qt's thread does, until the clip is over."""
    from PySide6.QtCore import QTimer  # noqa: PLC0415

    state, picture = window.live.show_state, window.live.show_picture
    newest = {"snapshot": 0.0, "window": 0.0, "picture": 0.0}

    def show_state(snapshot: Snapshot) -> None:
        state(snapshot)
        if snapshot.vision is not None and snapshot.vision.t > newest["window"]:
            newest["window"] = snapshot.vision.t
            watched.window_s.append(live.clock.now() - snapshot.vision.t)

    def show_picture(frame: Frame | None) -> None:
        picture(frame)
        if frame is not None and frame.t > newest["picture"]:
            newest["picture"] = frame.t
            watched.shown += 1

    def look() -> None:
        snapshot = live.snapshot()
        t = live.clock.now()
        watched.looks.append((t, snapshot))
        if snapshot.vision is not None and snapshot.vision.t > newest["snapshot"]:
            newest["snapshot"] = snapshot.vision.t
            watched.snapshot_s.append(t - snapshot.vision.t)
        if t >= end_s:
            app.quit()

    window.live.show_state = show_state  # type: ignore[method-assign]
    window.live.show_picture = show_picture  # type: ignore[method-assign]
    timer = QTimer()
    timer.timeout.connect(look)
    timer.start(5)
    app.exec()
    timer.stop()


if __name__ == "__main__":
    sys.exit(main())
