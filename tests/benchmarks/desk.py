"""The trainer's desk under load: python -m tests.benchmarks.desk [--out FILE.json].

An hour of film, 2,000 events, 5,000 words and every curve in a real window on an X server of its
own. Measured: how long each painting of the whole window takes while it is scrolled, zoomed,
dragged and played, and how long a picture takes after a seek, in a film with a key frame a second
and in one with 250 frames between two. A painting is timed twice: by the processor time of the
screen's thread, which is what the program asks for, and by the clock, which also holds what other
threads and other programs took of the machine meanwhile.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from tests.e2e.emulated import virtual_screen
from tests.e2e.rig import in_environment

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QEvent, QObject
    from PySide6.QtWidgets import QApplication, QWidget

    from app.ui.widgets.player import Player
    from app.ui.widgets.timeline import Timeline

SIZE: Final = (1920, 1080)
FILMS: Final = {
    "key_frame_a_second": {"preset": "ultrafast", "g": "25"},
    "group_of_250": {
        "preset": "veryfast", "g": "250", "keyint_min": "250", "sc_threshold": "0",
    },
}  # fmt: skip
FILM_PX: Final = (1280, 720)
SEEK_MS: Final = 150.0
"""A picture is wanted on show so soon after a seek."""
SEEKS: Final = 100
STEPS: Final = 150
PLAY_S: Final = 8.0
FRAME_S: Final = 1 / 60
LOOK_S: Final = 0.002
"""Between two looks at what has happened; the screen's thread sleeps, as it does in real life."""
EXACT_S: Final = 0.0015
"""Matroska keeps times in thousandths of a second."""


def main() -> int:
    """Measure, print, and write JSON where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, help="JSON file to write")
    parser.add_argument("--minutes", type=int, default=60, help="length of the film")
    parser.add_argument("--only-seeks", action="store_true", help="leave paintings out")
    asked = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        screen = stack.enter_context(virtual_screen(f"{SIZE[0]}x{SIZE[1]}x24"))
        stack.callback(
            in_environment(
                {"RAPPORT_HOME": str(folder), "DISPLAY": screen, "QT_QPA_PLATFORM": "xcb"}
            )
        )
        figures = measure(folder, asked.minutes, only_seeks=asked.only_seeks)
    text = json.dumps(figures, indent=1)
    sys.stdout.write(text + "\n")
    if asked.out is not None:
        asked.out.parent.mkdir(parents=True, exist_ok=True)
        asked.out.write_text(text + "\n", encoding="utf-8")
    return 0


def measure(folder: Path, minutes: int, *, only_seeks: bool = False) -> dict[str, Any]:
    """Build the window, load it, and put it through everything."""
    import av  # noqa: PLC0415 - after the environment is set

    from app.session.sample import make_sample  # noqa: PLC0415
    from app.ui.application import build_application  # noqa: PLC0415
    from tests.benchmarks.desk_material import HOUR_S, RATE_HZ, long_film, long_model  # noqa: PLC0415

    app = build_application(["rapport"], "light")
    with av.open(str(make_sample(folder))) as clip:
        # As a phone films: 720p, whatever the sample has.
        pictures = [
            frame.to_ndarray(format="bgr24", width=FILM_PX[0], height=FILM_PX[1])
            for frame in clip.decode(video=0)
        ]
    found: dict[str, Any] = {"minutes": minutes, "size": list(SIZE), "events": 2000}
    found["load_before"] = os.getloadavg()[0] if hasattr(os, "getloadavg") else None
    window, player, timeline = build_window()
    paints = Paints(window)
    timeline.show_model(long_model())
    window.show()
    for name, options in FILMS.items():
        path = long_film(folder / f"{name}.mkv", pictures, minutes, options)
        player.open(path, min(HOUR_S, minutes * 60.0))
        wait(app, lambda: player.frame_time_s is not None, 60)
        found[name] = {"seek": seeks(app, player, minutes * 60.0, RATE_HZ)}
        if name == "key_frame_a_second" and not only_seeks:
            found |= hands(app, paints, player, timeline)
    player.close_recording()
    window.close()
    app.shutdown()  # before the screen goes
    return found


def build_window() -> tuple[QWidget, Player, Timeline]:
    """Put player, timeline and words together as the desk has them."""
    from PySide6.QtWidgets import QVBoxLayout, QWidget  # noqa: PLC0415

    from app.ui.widgets.player import Player  # noqa: PLC0415
    from app.ui.widgets.timeline import Timeline  # noqa: PLC0415

    window = QWidget()
    window.setObjectName("page")
    window.resize(*SIZE)
    player, timeline = Player(), Timeline()
    timeline.allow_selection(on=True)
    timeline.show_thumbs(player.thumbs)
    layout = QVBoxLayout(window)
    layout.addWidget(player, 1)
    layout.addWidget(timeline, 1)
    timeline.seek_requested.connect(player.seek)
    player.moved.connect(lambda t: timeline.set_playhead(t, follow=True))
    return window, player, timeline


class Paints:
    """Times each painting of a whole window, until it is handed to the screen."""

    def __init__(self, window: QWidget) -> None:
        from PySide6.QtCore import QEvent, QObject  # noqa: PLC0415

        wall, cpu = self.wall_ms, self.cpu_ms = [], []

        class Watch(QObject):
            def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's
                if event.type() != QEvent.Type.UpdateRequest:
                    return False
                began, busy = time.perf_counter(), time.thread_time()
                watched.event(event)
                cpu.append((time.thread_time() - busy) * 1000)
                wall.append((time.perf_counter() - began) * 1000)
                return True

        self._watch = Watch()
        window.installEventFilter(self._watch)

    def clear(self) -> None:
        self.wall_ms.clear()
        self.cpu_ms.clear()

    def figures(self) -> dict[str, float]:
        """Say how long paintings took since the last clearing."""
        return {
            "paints": len(self.wall_ms),
            "share_within_16_ms_by_the_clock": within(self.wall_ms),
            "share_within_16_ms_of_processor_time": within(self.cpu_ms),
            **spread(self.wall_ms, "wall"),
            **spread(self.cpu_ms, "cpu"),
        }


def within(values_ms: list[float], limit_ms: float = 16.0) -> float:
    """Which part of them took no longer."""
    return round(sum(ms <= limit_ms for ms in values_ms) / max(1, len(values_ms)), 3)


def spread(values_ms: list[float], name: str) -> dict[str, float]:
    """Middle, 95th of a hundred, and largest of some milliseconds."""
    if len(values_ms) < 2:
        return {}
    return {
        f"{name}_median_ms": round(statistics.median(values_ms), 1),
        f"{name}_p95_ms": round(statistics.quantiles(values_ms, n=20)[-1], 1),
        f"{name}_max_ms": round(max(values_ms), 1),
    }


def hands(app: QApplication, paints: Paints, player: Player, timeline: Timeline) -> dict[str, Any]:
    """Scroll, zoom, drag and play."""
    found: dict[str, Any] = {}

    def scroll(n: int) -> None:
        bar = timeline.horizontalScrollBar()
        way = 1 if n < STEPS / 2 else -1
        bar.setValue(bar.value() + way * bar.singleStep() // 4)

    def zoom(n: int) -> None:
        timeline.zoom(1.15 if n % 40 < 20 else 1 / 1.15, 1800.0)

    def drag(n: int) -> None:
        timeline.select(600.0, 600.0 + n)
        timeline.set_playhead(600.0 + n)

    for name, factor, act in (("scroll", 12.0, scroll), ("zoom", 1.0, zoom), ("drag", 6.0, drag)):
        timeline.zoom_out()
        timeline.zoom(factor, 900.0)
        settle(app)
        paints.clear()
        for n in range(STEPS):
            act(n)
            settle(app, FRAME_S)
        found[name] = paints.figures()
    timeline.clear_selection()
    for name, factor in (("play_whole", 1.0), ("play_zoomed", 120.0)):
        timeline.zoom_out()
        player.seek(900.0)
        timeline.zoom(factor, 900.0)
        settle(app, 0.5)
        paints.clear()
        player.play()
        busy = time.process_time()
        settle(app, PLAY_S)
        busy = time.process_time() - busy
        player.pause()
        found[name] = paints.figures() | {"processor_share": round(busy / PLAY_S, 2)}
    return found


def seeks(app: QApplication, player: Player, length_s: float, rate_hz: int) -> dict[str, Any]:
    """Go to frames by chance; each must be the right one."""
    dice = random.Random(6)
    took, busy, wrong = [], [], 0
    for _ in range(SEEKS):
        frame = dice.randrange(int((length_s - 1) * rate_hz))
        shown = player.stage.image
        began, worked = time.perf_counter(), time.process_time()
        player.seek((frame + 0.5) / rate_hz)
        wait(app, lambda before=shown: player.stage.image is not before, 10)
        app.sendPostedEvents()
        took.append((time.perf_counter() - began) * 1000)
        busy.append((time.process_time() - worked) * 1000)
        t = player.frame_time_s
        wrong += t is None or abs(t - frame / rate_hz) > EXACT_S
    told = {**spread(took, "wall"), **spread(busy, "cpu")}
    soon = {
        f"share_within_{SEEK_MS:.0f}_ms_by_the_clock": within(took, SEEK_MS),
        f"share_within_{SEEK_MS:.0f}_ms_of_processor_time": within(busy, SEEK_MS),
    }
    return {"seeks": SEEKS, "film_px": list(FILM_PX), "wrong_frames": wrong, **soon, **told}


def settle(app: QApplication, seconds: float = 0.2) -> None:
    """Let the window live for a while."""
    wait(app, lambda: False, seconds, must=False)


def wait(app: QApplication, done: Callable[[], bool], seconds: float, *, must: bool = True) -> None:
    """Let the window live until something is so."""
    end = time.perf_counter() + seconds
    while not done():
        if time.perf_counter() >= end:
            if must:
                raise TimeoutError
            return
        app.processEvents()
        time.sleep(LOOK_S)


if __name__ == "__main__":
    raise SystemExit(main())
