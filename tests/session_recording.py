"""A recording that never ends by itself; a test kills the process that runs it."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

import numpy as np

from app.session.recorder import Recorder
from app.store.files import SessionFiles
from audio.types import AudioBlock
from vision.types import Frame

if TYPE_CHECKING:
    from pathlib import Path


def endless(folder: Path) -> None:
    """Offer pictures and sound as fast as they are encoded, and say after each how far it is."""
    recorder = Recorder(SessionFiles(folder), picture=True, sound=True)
    recorder.start()
    rng = np.random.default_rng(0)
    index = 0
    while True:
        t = index / 30
        recorder.offer(AudioBlock(t, rng.uniform(-0.1, 0.1, 1600).astype(np.float32), 48000))
        recorder.offer(Frame(t, np.full((480, 640, 3), index % 256, np.uint8)))
        index += 1
        while recorder.recorded + recorder.left_out < index - 2:
            time.sleep(0.001)
        sys.stdout.write(f"{t}\n")
        sys.stdout.flush()


def endless_session(keep: str) -> None:
    """Run a live session with fake devices and senses in the store of RAPPORT_HOME.

    How far it is are the pictures and the sound that the devices gave: a machine that stands
    still lets the clock go on, and no recorder can keep what nobody gave.
    """
    from fakes import (  # noqa: PLC0415
        FakeCamera,
        FakeMicrophone,
        FakeVision,
        FakeVoice,
        StillMicrophones,
        between,
        steady_clock,
    )

    from app.coach.types import MarkKind  # noqa: PLC0415
    from app.session.live import LiveSession  # noqa: PLC0415
    from app.session.plan import LivePlan  # noqa: PLC0415
    from app.store.store import Store  # noqa: PLC0415
    from app.store.types import KeepPolicy  # noqa: PLC0415

    clock = steady_clock()
    devices = FakeCamera(clock.raw, between(1.0, 3.0)), FakeMicrophone(clock.raw)
    live = LiveSession(
        LivePlan(
            None, None, None, None, frozenset(), KeepPolicy(keep), "", "to be killed", sample=True
        ),
        Store.open(),
        camera_source=devices[0],
        microphone_source=devices[1],
        clock=clock,
        inputs=StillMicrophones(),
        build_senses=lambda catalogue: (FakeVision(), FakeVoice()),
    )
    live.start()
    noted = False
    while True:
        shot = live.snapshot()
        if shot.state == "running" and not noted:
            live.mark(MarkKind.NOTE, {"text": "early"})
            noted = True
        given = [clock.session_time(one.origin + one.given * one.period_s) for one in devices]
        sys.stdout.write(f"{min(shot.t, *given)}\n")
        sys.stdout.flush()
        time.sleep(0.05)
