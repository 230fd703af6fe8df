"""What is plugged in while the program is open, and that no open stream is taken away."""

from __future__ import annotations

import sys
import threading
from types import SimpleNamespace

import pytest
from waiting import LONG_S

from audio import microphones
from audio.errors import MicrophoneUnavailable
from audio.microphones import MicrophoneList, index_of
from audio.sources import Callback, Microphone


class PortAudioError(Exception):
    """sounddevice's."""


class PortAudio(SimpleNamespace):
    """Lists once, at its start, as PortAudio does; `plugged` is what is really there."""

    PortAudioError = PortAudioError

    def __init__(self, *plugged: str) -> None:
        super().__init__(default=SimpleNamespace(device=(-1, -1)))
        self.plugged = list(plugged)
        self.starts = 0
        self.answers = True
        self.running = False
        self._initialize()

    def _initialize(self) -> None:
        if not self.answers:
            raise PortAudioError("Unanticipated host error")
        self.starts += 1
        self.running = True
        self.listed = tuple(self.plugged)

    def _terminate(self) -> None:
        if not self.running:
            raise PortAudioError("PortAudio not initialized")
        self.running = False

    def query_hostapis(self) -> list[dict[str, str]]:
        return [{"name": "ALSA"}]

    def query_devices(self) -> list[dict[str, object]]:
        return [{"name": name, "hostapi": 0, "max_input_channels": 1} for name in self.listed]


@pytest.fixture
def system(monkeypatch: pytest.MonkeyPatch) -> PortAudio:
    made = PortAudio("Camera mic")
    monkeypatch.setitem(sys.modules, "sounddevice", made)
    monkeypatch.setattr(microphones, "sound_system", lambda: made)
    return made


def names(inputs: MicrophoneList) -> list[str]:
    return [one.name for one in inputs.now()]


def test_what_is_plugged_in_and_pulled_later_is_listed_so(system: PortAudio) -> None:
    inputs = MicrophoneList()
    system.plugged.append("Headset")
    assert names(inputs) == ["Camera mic", "Headset"]
    system.plugged.remove("Camera mic")
    assert names(inputs) == ["Headset"]


def test_while_any_stream_is_open_the_list_stays(system: PortAudio) -> None:
    inputs = MicrophoneList()
    with inputs.in_use():
        system.plugged.append("Headset")
        starts = system.starts
        with inputs.in_use():
            assert names(inputs) == ["Camera mic"]
        assert names(inputs) == ["Camera mic"]
        assert system.starts == starts
    assert names(inputs) == ["Camera mic", "Headset"]


def test_what_was_plugged_in_a_moment_ago_is_opened(system: PortAudio) -> None:
    inputs = MicrophoneList()
    system.plugged.append("Headset")
    with inputs.in_use():
        assert index_of("Headset | ALSA", system) == 1


def test_a_sound_system_that_does_not_answer_opens_nothing_and_holds_nothing(
    system: PortAudio,
) -> None:
    inputs = MicrophoneList()
    system.answers = False
    with pytest.raises(MicrophoneUnavailable), inputs.in_use():
        pytest.fail("it was opened")
    system.answers = True
    assert names(inputs) == ["Camera mic"]


def test_nothing_is_opened_while_portaudio_starts(
    system: PortAudio, monkeypatch: pytest.MonkeyPatch
) -> None:
    inputs = MicrophoneList()
    opened, start = threading.Event(), system._initialize

    def open_one() -> None:
        with inputs.in_use():
            opened.set()

    opener = threading.Thread(target=open_one)

    def start_slowly() -> None:
        if opener.ident is None:
            opener.start()
            assert not opened.wait(0.05)
        start()

    monkeypatch.setattr(system, "_initialize", start_slowly)
    inputs.now()
    opener.join(LONG_S)
    assert opened.is_set()


def test_a_version_without_those_two_names_lists_what_it_knows(
    system: PortAudio, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = SimpleNamespace(
        default=system.default,
        query_hostapis=system.query_hostapis,
        query_devices=system.query_devices,
    )
    monkeypatch.setattr(microphones, "sound_system", lambda: old)
    system.plugged.append("Headset")
    assert names(MicrophoneList()) == ["Camera mic"]


def test_the_first_list_does_not_start_it_twice(
    system: PortAudio, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "sounddevice")
    assert names(MicrophoneList()) == ["Camera mic"]
    assert system.starts == 1


def test_a_start_that_fails_is_told_and_tried_again(system: PortAudio) -> None:
    inputs = MicrophoneList()
    system.answers = False
    with pytest.raises(MicrophoneUnavailable) as told:
        inputs.now()
    assert "does not answer" in told.value.what
    assert told.value.remedy
    system.answers = True
    assert names(inputs) == ["Camera mic"]


class Stream:
    """An open input; what it is asked to do is kept in the order of asking."""

    samplerate = 48000.0

    def __init__(self, callback: Callback, said: list[str], inputs: MicrophoneList) -> None:
        self.callback, self.said, self.inputs = callback, said, inputs

    def start(self) -> None:
        raw = memoryview(bytes(1920))
        self.callback(raw, 960, None, SimpleNamespace(input_overflow=False))

    def abort(self) -> None:
        self.said.append(str(names(self.inputs)))

    def close(self) -> None:
        self.said.append(str(names(self.inputs)))


def test_a_microphone_holds_the_list_from_before_it_opens_until_it_is_closed(
    system: PortAudio,
) -> None:
    inputs, said = MicrophoneList(), []

    def opener(*given: object) -> Stream:
        system.plugged.append("Headset")
        said.append(str(names(inputs)))
        return Stream(given[3], said, inputs)  # type: ignore[arg-type]

    microphone = Microphone(None, lambda: 0.0, opener=opener, inputs=inputs)
    blocks = iter(microphone)
    next(blocks)
    assert names(inputs) == ["Camera mic"]
    microphone.close()
    assert list(blocks) == []
    assert said == ["['Camera mic']"] * 3
    assert names(inputs) == ["Camera mic", "Headset"]


def test_a_microphone_that_cannot_be_opened_holds_nothing(system: PortAudio) -> None:
    inputs = MicrophoneList()

    def opener(*_: object) -> Stream:
        raise MicrophoneUnavailable("It is busy.", "Close other programs.")

    with pytest.raises(MicrophoneUnavailable):
        list(Microphone(None, lambda: 0.0, opener=opener, inputs=inputs))
    system.plugged.append("Headset")
    assert names(inputs) == ["Camera mic", "Headset"]
