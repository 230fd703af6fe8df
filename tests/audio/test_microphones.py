from __future__ import annotations

import builtins
import logging
import sys
from types import SimpleNamespace

import pytest

from audio import microphones
from audio.errors import MicrophoneUnavailable
from audio.microphones import busy, index_of, list_microphones


class FakeSystem(SimpleNamespace):
    """The part of sounddevice that is used, over a list of devices."""

    def __init__(self, *devices: tuple[str, int, int], default: int = -1) -> None:
        super().__init__()
        self.devices = [
            {
                "name": name,
                "hostapi": host,
                "max_input_channels": channels,
                "default_samplerate": 44100.0,
            }
            for name, host, channels in devices
        ]
        self.default = SimpleNamespace(device=(default, -1))

    def query_hostapis(self) -> list[dict[str, str]]:
        return [{"name": "ALSA"}, {"name": "JACK"}]

    def query_devices(self, index: int | None = None) -> object:
        return self.devices if index is None else self.devices[index]


def use(monkeypatch: pytest.MonkeyPatch, system: FakeSystem) -> None:
    monkeypatch.setattr(microphones, "sound_system", lambda: system)


def test_only_inputs_are_listed_and_the_default_comes_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    use(
        monkeypatch,
        FakeSystem(("Speakers", 0, 0), ("Camera mic", 0, 1), ("Headset", 0, 1), default=2),
    )
    listed = list_microphones()
    assert [(m.name, m.is_default) for m in listed] == [("Headset", True), ("Camera mic", False)]


def test_an_id_stays_when_other_devices_come_and_go(monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, FakeSystem(("Camera mic", 0, 1), ("Headset", 0, 1)))
    kept = next(m.id for m in list_microphones() if m.name == "Headset")
    later = FakeSystem(("Speakers", 0, 0), ("Headset", 0, 1))
    assert index_of(kept, later) == 1


def test_two_of_the_same_make_have_two_ids(monkeypatch: pytest.MonkeyPatch) -> None:
    system = FakeSystem(("Headset", 0, 1), ("Headset", 0, 1), ("Headset", 1, 1))
    use(monkeypatch, system)
    ids = [m.id for m in list_microphones()]
    assert len(set(ids)) == 3
    assert sorted(index_of(key, system) for key in ids) == [0, 1, 2]


def test_no_microphone_at_all_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    system = FakeSystem(("Speakers", 0, 0))
    use(monkeypatch, system)
    assert list_microphones() == []
    with pytest.raises(MicrophoneUnavailable) as told:
        index_of(None, system)
    assert "No microphone" in told.value.what
    assert "Plug" in told.value.remedy


def test_a_missing_microphone_is_named() -> None:
    with pytest.raises(MicrophoneUnavailable) as told:
        index_of("Old headset | ALSA", FakeSystem(("Headset", 0, 1)))
    assert "Old headset" in told.value.what
    assert "ALSA" not in told.value.what
    assert told.value.remedy


def test_a_busy_microphone_is_said_in_plain_words(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        what, remedy = busy(OSError("Illegal combination of I/O devices"))
    assert what == "The microphone could not be opened."
    assert "other programs" in remedy
    assert "Illegal combination" in caplog.text, "what PortAudio calls it is for the log"


def test_without_portaudio_there_is_a_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *args: object, **kwargs: object) -> object:
        if name == "sounddevice":
            raise OSError("PortAudio library not found")
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(MicrophoneUnavailable, match="libportaudio2"):
        list_microphones()


@pytest.mark.parametrize("system", ["win32", "darwin"])
def test_where_the_wheel_brings_portaudio_nobody_is_sent_to_debian(
    monkeypatch: pytest.MonkeyPatch, system: str
) -> None:
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setitem(sys.modules, "sounddevice", None)
    with pytest.raises(MicrophoneUnavailable) as told:
        list_microphones()
    assert "Debian" not in told.value.remedy
    assert "sounddevice" in told.value.remedy


class Windows(FakeSystem):
    """One headset and one camera as PortAudio lists them there: in each sound system once more."""

    HEADSET = "Microphone (Jabra Evolve2 65 Headset)"

    def __init__(self) -> None:
        super().__init__(
            ("Microsoft Sound Mapper - Input", 0, 2),
            (self.HEADSET[:31], 0, 1),
            ("Microphone (Cam)", 0, 1),
            ("Primary Sound Capture Driver", 1, 2),
            (self.HEADSET, 1, 1),
            ("Microphone (Cam)", 1, 1),
            (self.HEADSET, 2, 1),
            ("Microphone (Cam)", 2, 1),
            default=1,
        )
        self.default.hostapi = 0

    def query_hostapis(self) -> list[dict[str, str]]:
        return [{"name": name} for name in ("MME", "Windows DirectSound", "Windows WASAPI")]


def test_windows_shows_each_microphone_once_and_by_its_whole_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    system = Windows()
    use(monkeypatch, system)
    monkeypatch.setattr(sys, "platform", "win32")
    listed = list_microphones()
    assert [one.name for one in listed] == [
        system.HEADSET, "Microsoft Sound Mapper - Input", "Microphone (Cam)",
    ]  # fmt: skip
    assert [index_of(one.id, system) for one in listed] == [1, 0, 2]
    assert "desktop apps" in busy(OSError("Unanticipated host error"))[1]
