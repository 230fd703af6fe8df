"""Emulated devices as fixtures; each is skipped with its reason where a program is missing."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import numpy as np
import pytest

from app.session.sample import _portrait, _speech
from app.session.sample_picture import SamplePicture
from app.session.sample_script import Act, Stretch
from tests.e2e.emulated import NetworkCamera, PulseServer, why_no_pulse
from tests.e2e.rig import Clip, Rig, in_environment, write_clip

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from app.store.store import Store

RATE_HZ = 30
LENGTH_S = 17.0
ARMS = Stretch(3.0, 9.0, 0.4)
SMILE = Stretch(10.5, 13.5, 0.4)
# From here in the clip, from there in the shipped speech, for so long: usual, silence, loud.
SPEECH = ((1.0, 2.5, 6.5), (12.5, 41.2, 3.8))


@pytest.fixture(scope="session")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Clip:
    """Seventeen seconds of the sample person: arms, smile, a long pause, a loud sentence."""
    picture = SamplePicture(_portrait())
    speech, rate = _speech()
    samples = np.zeros(round(LENGTH_S * rate), np.int16)
    samples[:] = speech[0]
    room = speech[: round(2.0 * rate)]
    samples = np.resize(room, samples.shape)
    for at, start, length in SPEECH:
        part = speech[round(start * rate) : round((start + length) * rate)]
        samples[round(at * rate) :][: len(part)] = part
    pictures = (
        picture.draw(Act(arms=ARMS.at(n / RATE_HZ), smile=SMILE.at(n / RATE_HZ)))
        for n in range(round(LENGTH_S * RATE_HZ))
    )
    path = tmp_path_factory.mktemp("clip") / "clip.mkv"
    return write_clip(path, pictures, samples, rate_hz=RATE_HZ, sound_hz=rate)


@pytest.fixture
def cameras() -> Iterator[Callable[..., NetworkCamera]]:
    """Makes network cameras of a clip; `hang_after_s` and `drop_after_s` break them."""
    with contextlib.ExitStack() as stack:

        def make(clip: Clip, **wrong: float) -> NetworkCamera:
            camera = NetworkCamera(clip.jpegs, clip.rate_hz, **wrong)
            stack.callback(camera.close)
            return camera

        yield make


@pytest.fixture
def room(tmp_path: Path) -> Iterator[PulseServer]:
    """A room with a loudspeaker and a microphone, and sounddevice told of it."""
    reason = why_no_pulse()
    if reason:
        pytest.skip(f"no virtual microphone: {reason}")
    server = PulseServer(tmp_path / "pulse")
    undo = in_environment(server.environment)
    sounddevice = pytest.importorskip("sounddevice", reason="PortAudio is not installed")
    sounddevice._terminate()
    sounddevice._initialize()
    try:
        yield server
    finally:
        sounddevice._terminate()
        server.close()
        undo()
        sounddevice._initialize()


@pytest.fixture
def microphone(room: PulseServer) -> str:
    """Id of the virtual microphone."""
    from audio.microphones import list_microphones  # noqa: PLC0415 - after sounddevice was told

    pulse = [one.id for one in list_microphones() if one.name == "pulse"]
    if not pulse:
        pytest.skip("no virtual microphone: ALSA has no pulse plug-in (libasound2-plugins)")
    return pulse[0]


@pytest.fixture
def rig(store: Store, room: PulseServer, microphone: str) -> Rig:
    return Rig(store, room, microphone)
