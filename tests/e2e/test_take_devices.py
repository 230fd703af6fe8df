"""A moment said again through a virtual microphone: words, loudness and sound come back."""

from __future__ import annotations

import io
import wave
from typing import TYPE_CHECKING

import numpy as np
import pytest

from app.session.take import Take
from audio.microphones import MicrophoneList
from tests.e2e.emulated import wait_for

if TYPE_CHECKING:
    from tests.e2e.rig import Clip, Rig

pytestmark = [pytest.mark.devices, pytest.mark.alone]


def test_a_take_hears_what_is_said_in_the_room(clip: Clip, rig: Rig) -> None:
    assert rig.room is not None
    assert clip.wav is not None
    take = Take(None, inputs=MicrophoneList(), microphone=rig.microphone or "")
    take.start()
    try:
        wait_for(lambda: take.snapshot().state == "running", 60, "a running take")
        playing = rig.room.play(clip.wav)
        try:
            wait_for(lambda: take.snapshot().t > 5.0, 60, "five seconds")
        finally:
            playing.kill()
            playing.wait()
    finally:
        take.stop()
    assert take.facts is not None
    assert take.facts.lasted_s > 5.0
    with wave.open(io.BytesIO(take.wav)) as sound:
        heard = np.frombuffer(sound.readframes(sound.getnframes()), "<i2")
        # The last block may be on its way still when the take is stopped.
        assert len(heard) / sound.getframerate() > 4.9
    assert np.abs(heard.astype(np.int32)).max() > 1000  # the voice, not silence
