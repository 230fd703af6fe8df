"""The round trip by keyboard, timed: python -m tests.benchmarks.round_trip --video FILE.

The real window on an X server of its own, two new homes, a real import. Prints a row for each
stage: keystrokes, those that write texts, the hand's time as the keystroke-level model estimates
it, and the measured seconds of waiting and of playing. With --pictures, what each station shows.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))  # as pytest has it: tests/ itself is on the path

from tests.e2e.emulated import virtual_screen  # noqa: E402
from tests.e2e.rig import in_environment  # noqa: E402

if TYPE_CHECKING:
    from keyboard import Stage

    from app.ui.window import MainWindow

LONGEST_S = 3600.0
SETTLE_MS = 150
HEAD = (
    "| Stage | Keys | of them text | Hand, estimated s | Machine s | Plays s |\n"
    "| --- | ---: | ---: | ---: | ---: | ---: |\n"
)


def main() -> int:
    """Go the whole way and print what it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--video", type=Path, required=True, help="a film with speech")
    parser.add_argument("--pictures", type=Path, help="folder for a picture of each station")
    asked = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        screen = stack.enter_context(virtual_screen())
        here = {"DISPLAY": screen, "QT_QPA_PLATFORM": "xcb", "LC_ALL": "C.UTF-8"}
        stack.callback(in_environment(here | {"RAPPORT_HOME": str(folder / "nobody")}))
        stages = go(folder, asked.video, asked.pictures)
    sys.stdout.write(HEAD)
    for stage in (*stages, whole(stages)):
        sys.stdout.write(line(stage) + "\n")
    used = os.times()
    busy = used.user + used.system + used.children_user + used.children_system
    sys.stdout.write(f"\nProcessor time of it all, the import with it: {busy:.0f} s\n")
    return 0


def go(folder: Path, video: Path, pictures: Path | None) -> list[Stage]:
    """Ana, Tom, and Ana again."""
    from keyboard import Keyboard  # noqa: PLC0415 - Qt, once there is a screen
    from PySide6.QtTest import QTest  # noqa: PLC0415
    from PySide6.QtWidgets import QFileDialog  # noqa: PLC0415
    from round_trip import Trip, machine  # noqa: PLC0415

    from app.ui.application import build_application  # noqa: PLC0415

    def look(station: str, window: MainWindow) -> None:
        if pictures is not None:
            QTest.qWait(SETTLE_MS)
            pictures.mkdir(parents=True, exist_ok=True)
            window.grab().save(str(pictures / f"{station}.png"))

    def answer(dialog: str, chosen: object) -> None:
        setattr(QFileDialog, dialog, staticmethod(lambda *_, **__: chosen))

    app = build_application(["rapport"], "light")
    stick = folder / "stick"
    stick.mkdir()
    trip = Trip(stick, video, Keyboard(), look, answer, import_s=LONGEST_S)
    with machine(folder / "ana") as ana:
        trip.ana_shares(ana)
    with machine(folder / "tom") as tom:
        trip.tom_reviews(tom)
    with machine(folder / "ana") as ana:
        trip.ana_reads(ana)
    app.processEvents()
    return trip.keys.stages


def whole(stages: list[Stage]) -> Stage:
    """Add all of them up."""
    added = ("keys", "typed", "commands", "waited_s", "watched_s")
    sums = {name: sum(getattr(one, name) for one in stages) for name in added}
    return replace(stages[0], name="All", **sums)


def line(stage: Stage) -> str:
    """Write a stage as a row of a table."""
    figures = (stage.hand_s, stage.waited_s, stage.watched_s)
    cells = (stage.name, stage.keys, stage.typed, *(f"{one:.1f}" for one in figures))
    return f"| {' | '.join(str(one) for one in cells)} |"


if __name__ == "__main__":
    sys.exit(main())
