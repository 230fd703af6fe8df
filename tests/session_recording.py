"""A recording in real time that never ends by itself; a test kills the process that runs it."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from app.session.recorder import Recorder
from audio.types import AudioBlock
from vision.types import Frame


@dataclass(frozen=True)
class Folder:
    """Where the recording goes."""

    path: Path

    @property
    def recording(self) -> Path:
        """The whole recording."""
        return self.path / "recording.mkv"

    @property
    def recording_part(self) -> Path:
        """The unfinished recording."""
        return self.path / "recording.mkv.part"


def endless(folder: Path) -> None:
    """Offer pictures and sound as devices do, and say after each how far it is."""
    recorder = Recorder(Folder(folder), picture=True, sound=True)
    recorder.start()
    rng = np.random.default_rng(0)
    begun = time.monotonic()
    index = 0
    while True:
        t = index / 30
        recorder.offer(AudioBlock(t, rng.uniform(-0.1, 0.1, 1600).astype(np.float32), 48000))
        recorder.offer(Frame(t, np.full((480, 640, 3), index % 256, np.uint8)))
        index += 1
        time.sleep(max(0.0, begun + index / 30 - time.monotonic()))
        sys.stdout.write(f"{t}\n")
        sys.stdout.flush()
