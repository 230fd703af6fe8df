"""A microphone that is plugged in after the program was opened, through PortAudio itself."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from audio.microphones import MicrophoneList
from audio.sources import Microphone

if TYPE_CHECKING:
    from tests.e2e.emulated import PulseServer

pytestmark = pytest.mark.devices

ALSA = Path("/usr/share/alsa/alsa.conf")
HEADSET = "headset"
ID = f"{HEADSET} | ALSA"


@pytest.fixture
def cards(room: PulseServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What ALSA knows of; a headset is plugged in by writing it there."""
    if not ALSA.is_file():
        pytest.skip(f"no ALSA here: {ALSA} is missing")
    file = tmp_path / "asound.conf"
    file.write_text(f"<{ALSA}>\n")
    monkeypatch.setenv("ALSA_CONFIG_PATH", str(file))
    return file


def plug_in(cards: Path, room: PulseServer) -> None:
    cards.write_text(f'<{ALSA}>\npcm.{HEADSET} {{ type pulse; device "{room.source}" }}\n')


def test_a_headset_appears_can_be_opened_and_goes_again(room: PulseServer, cards: Path) -> None:
    inputs = MicrophoneList()
    before = {one.id for one in inputs.now()}
    if not before:
        pytest.skip("no virtual microphone: ALSA has no pulse plug-in (libasound2-plugins)")
    assert ID not in before
    plug_in(cards, room)
    assert {one.id for one in inputs.now()} == {*before, ID}

    microphone = Microphone(ID, time.monotonic, inputs=inputs)
    blocks = iter(microphone)
    assert len(next(blocks).samples) > 0
    cards.write_text(f"<{ALSA}>\n")
    assert ID in {one.id for one in inputs.now()}, "PortAudio is left alone while a stream is open"
    assert len(next(blocks).samples) > 0
    microphone.close()
    assert list(blocks) == []
    assert {one.id for one in inputs.now()} == before
