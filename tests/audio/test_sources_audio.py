"""One contract over every source of sound, and what is special about each."""

from __future__ import annotations

import queue
import threading
from types import SimpleNamespace
from typing import TYPE_CHECKING

import av
import numpy as np
import pytest
from fakes import StillMicrophones
from synth_audio import Sound, tone
from waiting import LONG_S

from audio.errors import AudioUnreadable, MicrophoneUnavailable, NoSound
from audio.sources import AudioFile, BlockSource, Callback, Microphone, from_int16

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class FakeStream:
    """A device: a thread of its own calls back with what it is fed, as PortAudio does."""

    def __init__(self, rate_hz: int, callback: Callback, finished: Callable[[], None]) -> None:
        self.samplerate = float(rate_hz)
        self.callback = callback
        self.finished = finished
        self.closed = False
        self.started = threading.Event()

    def start(self) -> None:
        self.started.set()

    def give(self, sound: Sound, *, overflow: bool = False) -> None:
        raw = np.round(sound * 32767).astype(np.int16).tobytes()
        self.callback(memoryview(raw), len(sound), None, SimpleNamespace(input_overflow=overflow))

    def abort(self) -> None:
        self.finished()

    def close(self) -> None:
        self.closed = True


class Bench:
    """A microphone over a fake device, with a clock that the test sets."""

    def __init__(
        self,
        silent_s: float = LONG_S,
        rate_hz: int = 48000,
        play: Callable[[FakeStream], None] | None = None,
    ) -> None:
        self.play = play
        self.now = 0.0
        self.opened: queue.Queue[FakeStream] = queue.Queue()
        self.microphone = Microphone(
            None, lambda: self.now, inputs=StillMicrophones(), opener=self._open,
            silent_s=silent_s, rate_hz=rate_hz,
        )  # fmt: skip

    def _open(
        self,
        device: str | None,
        rate_hz: int,
        block: int,
        callback: Callback,
        finished: Callable[[], None],
    ) -> FakeStream:
        stream = FakeStream(rate_hz, callback, finished)
        self.opened.put(stream)
        if self.play is not None:
            threading.Thread(target=self.play, args=(stream,)).start()
        return stream


def drained(microphone: Microphone) -> None:
    """Wait until all that was given is taken, or until somebody closed: closing drops the rest."""
    while not microphone._held.empty() and not microphone._closed.is_set():
        threading.Event().wait(0.001)


def write_sound(path: Path, sound: Sound, rate_hz: int, codec: str = "pcm_s16le") -> Path:
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=rate_hz, layout="mono")
        for at in range(0, len(sound), 1024):
            part = np.round(sound[at : at + 1024] * 32767).astype(np.int16)[None]
            frame = av.AudioFrame.from_ndarray(part, format="s16", layout="mono")
            frame.sample_rate = rate_hz
            frame.pts = at
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def write_picture(path: Path) -> Path:
    with av.open(str(path), "w") as container:
        stream = container.add_stream("mpeg4", rate=10)
        stream.width = stream.height = 64
        stream.pix_fmt = "yuv420p"
        for _ in range(5):
            picture = np.zeros((64, 64, 3), np.uint8)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        container.mux(stream.encode(None))
    return path


@pytest.fixture(params=["microphone", "wav", "flac in mkv"])
def source(request: pytest.FixtureRequest, tmp_path: Path) -> BlockSource:
    sound = tone(300.0, 1.0, 48000)
    if request.param == "wav":
        return AudioFile(write_sound(tmp_path / "a.wav", sound, 48000))
    if request.param == "flac in mkv":
        return AudioFile(write_sound(tmp_path / "a.mkv", sound, 48000, "flac"))

    def play(stream: FakeStream) -> None:
        stream.started.wait(LONG_S)
        for at in range(0, 48000, 960):
            bench.now = (at + 960) / 48000
            stream.give(sound[at : at + 960])
        drained(bench.microphone)
        bench.microphone.close()

    bench = Bench(play=play)
    return bench.microphone


def test_contract_blocks_follow_on_each_other(source: BlockSource) -> None:
    end_s = None
    total = 0
    for block in source:
        assert block.samples.dtype == np.float32
        assert block.samples.ndim == 1
        assert block.rate_hz == source.rate_hz == 48000
        assert len(block.samples) > 0
        if end_s is not None:
            assert block.t == pytest.approx(end_s, abs=1e-6)
        end_s = block.t + len(block.samples) / block.rate_hz
        total += len(block.samples)
    # The microphone may be closed with its last blocks not yet taken; a file gives all.
    assert total == 48000 or isinstance(source, Microphone)
    assert total > 0


def test_contract_close_from_another_thread_ends_the_iteration(source: BlockSource) -> None:
    iterator = iter(source)
    next(iterator)
    closer = threading.Thread(target=source.close)
    closer.start()
    closer.join(LONG_S)
    # A source may give what it already holds, and must then stop.
    assert sum(1 for _ in iterator) < 60


def test_contract_a_closed_source_gives_nothing(source: BlockSource) -> None:
    source.close()
    assert list(source) == []


def test_sixteen_bits_are_kept_exactly() -> None:
    values = np.array([-32768, -1, 0, 1, 32767], np.int16)
    floats = from_int16(values.tobytes())
    np.testing.assert_array_equal((floats * 32768).astype(np.int64), values)


def test_a_microphone_stamps_by_sample_count_whatever_the_callback_does() -> None:
    bench = Bench()
    iterator = iter(bench.microphone)
    got: list[float] = []

    def take() -> None:
        got.extend([block.t for block in iterator])

    taker = threading.Thread(target=take)
    taker.start()
    stream = bench.opened.get(timeout=LONG_S)
    late = np.random.default_rng(1).uniform(0.0, 0.03, 200)
    late[0] = 0.0
    for k in range(200):
        bench.now = 3.0 + (k + 1) * 0.02 + late[k]
        stream.give(tone(200.0, 0.02, 48000))
    drained(bench.microphone)
    bench.microphone.close()
    taker.join(LONG_S)
    np.testing.assert_allclose(got, 3.0 + 0.02 * np.arange(len(got)), atol=1e-6)
    assert len(got) >= 199
    assert stream.closed


def test_an_unplugged_microphone_says_so() -> None:
    bench = Bench(silent_s=0.05)
    with pytest.raises(MicrophoneUnavailable) as caught:
        list(bench.microphone)
    assert "stopped" in caught.value.what
    assert caught.value.remedy
    assert bench.opened.get(timeout=LONG_S).closed


def test_a_stream_that_ends_by_itself_is_unplugged() -> None:
    bench = Bench()
    iterator = iter(bench.microphone)

    def end() -> None:
        stream = bench.opened.get(timeout=LONG_S)
        stream.give(tone(200.0, 0.02, 48000))
        stream.finished()

    ender = threading.Thread(target=end)
    ender.start()
    with pytest.raises(MicrophoneUnavailable):
        list(iterator)
    ender.join(LONG_S)


def test_lost_sound_is_counted_and_the_time_goes_on() -> None:
    bench = Bench()
    iterator = iter(bench.microphone)

    def play() -> None:
        stream = bench.opened.get(timeout=LONG_S)
        for k, overflow in ((1, False), (2, False), (30, True), (31, False)):
            bench.now = k * 0.02
            stream.give(tone(200.0, 0.02, 48000), overflow=overflow)

    player = threading.Thread(target=play)
    player.start()
    came = [next(iterator) for _ in range(4)]
    bench.microphone.close()
    player.join(LONG_S)
    assert [one.t for one in came] == pytest.approx([0.0, 0.02, 0.58, 0.60])
    assert [one.lost for one in came] == [False, False, True, False]
    assert bench.microphone.overflows == 1


@pytest.mark.parametrize(("codec", "name"), [("flac", "a.mka"), ("pcm_s16le", "a.wav")])
def test_a_file_gives_its_samples_back(tmp_path: Path, codec: str, name: str) -> None:
    sound = tone(440.0, 1.3, 22050)
    source = AudioFile(write_sound(tmp_path / name, sound, 22050, codec), block_s=0.07)
    parts = list(source)
    assert parts[0].t == pytest.approx(0.0, abs=1e-3)
    np.testing.assert_allclose(np.concatenate([p.samples for p in parts]), sound, atol=1e-4)
    assert source.duration_s == pytest.approx(1.3, abs=0.05)
    assert {len(p.samples) for p in parts[:-1]} == {round(0.07 * 22050)}


def write_stereo(path: Path, left: Sound, right: Sound, rate_hz: int) -> Path:
    with av.open(str(path), "w") as container:
        stream = container.add_stream("pcm_s16le", rate=rate_hz, layout="stereo")
        both = np.round(np.stack([left, right], axis=1) * 32767).astype(np.int16)
        frame = av.AudioFrame.from_ndarray(both.reshape(1, -1), format="s16", layout="stereo")
        frame.sample_rate = rate_hz
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


@pytest.mark.parametrize(("side", "gain"), [(1.0, 1.0), (0.0, 0.5), (-1.0, 1.0), (-0.9, 1.0)])
def test_two_channels_are_heard_as_one_whichever_way_round_they_are_wired(
    tmp_path: Path, side: float, gain: float
) -> None:
    voice = tone(440.0, 0.5, 48000)
    path = write_stereo(tmp_path / "two.wav", voice, np.float32(side) * voice, 48000)
    heard = np.concatenate([block.samples for block in AudioFile(path)])
    np.testing.assert_allclose(heard, gain * voice, atol=1e-4)


def test_a_gap_in_a_file_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "gap.mka"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("flac", rate=16000, layout="mono")
        for at in [*range(0, 16000, 1600), *range(48000, 64000, 1600)]:
            part = np.full((1, 1600), 1000, np.int16)
            frame = av.AudioFrame.from_ndarray(part, format="s16", layout="mono")
            frame.sample_rate = 16000
            frame.pts = at
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    parts = list(AudioFile(path))
    ends = [p.t + len(p.samples) / 16000 for p in parts]
    jumps = [b.t - e for e, b in zip(ends, parts[1:], strict=False)]
    assert max(jumps) == pytest.approx(2.0, abs=0.3)
    assert sum(jump > 0.1 for jump in jumps) == 1


@pytest.mark.parametrize(
    "content", [b"", b"this is a text, not a sound", b"RIFF\x00\x00\x00\x00WAVEfmt "]
)
def test_what_is_no_recording_gets_a_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "what.wav"
    path.write_bytes(content)
    with pytest.raises(AudioUnreadable) as caught:
        list(AudioFile(path))
    assert "what.wav" in caught.value.what
    assert caught.value.remedy


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(AudioUnreadable, match="not there"):
        AudioFile(tmp_path / "no.wav")


def test_a_picture_without_sound_is_told_apart(tmp_path: Path) -> None:
    with pytest.raises(NoSound):
        AudioFile(write_picture(tmp_path / "silent.mp4"))


def test_a_broken_tail_ends_the_sound_without_an_error(tmp_path: Path) -> None:
    path = write_sound(tmp_path / "cut.mka", tone(200.0, 3.0, 16000), 16000, "flac")
    path.write_bytes(path.read_bytes()[: path.stat().st_size * 2 // 3])
    heard_s = sum(len(block.samples) for block in AudioFile(path)) / 16000
    assert 0.5 < heard_s < 3.0
