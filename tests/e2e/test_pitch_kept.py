"""Another speed leaves the pitch as it is: heard at the monitor of a virtual loudspeaker."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from films import film, steady

from tests.e2e.emulated import PulseServer, why_no_pulse
from tests.waiting import LONG_S

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.devices

HUM_HZ = 220.0
RATE_HZ = 48_000
TOLERANCE = 0.01
PLAY = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from app.ui.widgets.player import Player

app = QApplication([])
player = Player()
player.open(Path(sys.argv[1]), 12.0)
player.bar.speeds.setCurrentIndex(player.bar.speeds.findData(float(sys.argv[2])))
player.play()
player.moved.connect(lambda t: t > 1.0 + 3.0 * float(sys.argv[2]) and app.quit())
QTimer.singleShot(30_000, lambda: app.exit(1))
code = app.exec()
player.close_recording()
sys.exit(code)
"""


@pytest.fixture
def room(tmp_path: Path) -> Iterator[PulseServer]:
    if reason := why_no_pulse():
        pytest.skip(reason)
    if shutil.which("parec") is None:
        pytest.skip("parec is not installed")
    server = PulseServer(tmp_path / "pulse")
    yield server
    server.close()


@pytest.mark.parametrize("speed", [0.5, 0.75, 1.0, 1.5, 2.0])
def test_the_hum_stays_as_high_at_every_speed(
    tmp_path: Path, room: PulseServer, speed: float
) -> None:
    path = film(tmp_path / "hum.mkv", steady(12), size=(64, 48), sound=True)
    heard = _heard(tmp_path, room, path, speed)
    loud = heard[np.abs(heard) > 0.005]
    assert loud.size > RATE_HZ, "nothing was heard"
    start = int(np.flatnonzero(np.abs(heard) > 0.005)[0]) + RATE_HZ // 2
    part = heard[start : start + 2 * RATE_HZ]
    power = np.abs(np.fft.rfft(part * np.hanning(len(part))))
    pitch = np.fft.rfftfreq(len(part), 1 / RATE_HZ)[int(power.argmax())]
    assert pitch == pytest.approx(HUM_HZ, rel=TOLERANCE)


def _heard(folder: Path, room: PulseServer, path: Path, speed: float) -> np.ndarray:
    environment = {**os.environ, **room.environment, "QT_QPA_PLATFORM": "offscreen"}
    raw = folder / "heard.raw"
    with raw.open("wb") as out:
        recorder = subprocess.Popen(
            [
                "parec", f"--device={room.sink}.monitor", f"--rate={RATE_HZ}", "--channels=1",
                "--format=s16le", "--raw",
            ],
            env=environment,
            stdout=out,
        )  # fmt: skip
        try:
            done = subprocess.run(
                [sys.executable, "-c", PLAY, str(path), str(speed)],
                env=environment,
                cwd=Path(__file__).resolve().parents[2],
                capture_output=True,
                text=True,
                timeout=LONG_S,
                check=False,
            )
        finally:
            recorder.terminate()
            recorder.wait(LONG_S)
    assert done.returncode == 0, done.stderr[-2000:]
    return np.frombuffer(raw.read_bytes(), np.int16).astype(np.float64) / 32768
