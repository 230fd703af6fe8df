"""A spoken comment: what the microphone heard, small enough to send."""

from __future__ import annotations

import io
import threading
import wave
from typing import TYPE_CHECKING

import numpy as np
import pytest
from fakes import StillMicrophones
from waiting import LONG_S

from app.errors import AppError
from app.session.spoken import MOST_S, RATE_HZ, SpokenNote, wav_of_part
from audio.errors import MicrophoneUnavailable
from audio.types import AudioBlock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from conftest import ExpectedWarnings


class Tone:
    """A microphone that hears 440 Hz until it is closed, or goes wrong at the end."""

    def __init__(self, seconds: float, error: Exception | None = None) -> None:
        self._seconds = seconds
        self._error = error
        self.given = threading.Event()
        self._closed = threading.Event()

    def __iter__(self) -> Iterator[AudioBlock]:
        rate, block_s = 48000, 0.1
        for number in range(round(self._seconds / block_s)):
            at = number * block_s + np.arange(round(rate * block_s)) / rate
            samples = (0.5 * np.sin(2765 * at)).astype(np.float32)
            yield AudioBlock(number * block_s, samples, rate)
        self.given.set()
        if self._error is not None:
            raise self._error
        self._closed.wait()

    def close(self) -> None:
        self._closed.set()


def test_what_was_heard_is_a_small_wav() -> None:
    tone = Tone(2.0)
    note = SpokenNote(inputs=StillMicrophones(), source=tone)
    note.start()
    tone.given.wait(LONG_S)
    assert note.length_s == pytest.approx(2.0)
    assert not note.over
    wav = note.stop()
    with wave.open(io.BytesIO(wav)) as file:
        assert (file.getframerate(), file.getnchannels()) == (RATE_HZ, 1)
        assert file.getnframes() == pytest.approx(2 * RATE_HZ, abs=50)
        samples = np.frombuffer(file.readframes(file.getnframes()), "<i2")
    assert np.sqrt(np.mean((samples / 32767.0) ** 2)) == pytest.approx(0.5 / np.sqrt(2), rel=0.05)
    assert note.over
    assert note.stop() == wav


def test_a_comment_that_was_forgotten_ends() -> None:
    note = SpokenNote(inputs=StillMicrophones(), source=Tone(MOST_S + 5))
    note.start()
    note._thread.join(LONG_S)
    assert note.over
    assert note.length_s == pytest.approx(MOST_S, abs=0.2)
    assert len(note.stop()) <= (MOST_S + 1) * RATE_HZ * 2


def test_nothing_heard_is_told() -> None:
    note = SpokenNote(inputs=StillMicrophones(), source=Tone(0.0))
    note.start()
    with pytest.raises(AppError, match="Nothing was heard"):
        note.stop()


def test_a_microphone_that_cannot_be_opened_is_told_in_its_own_words() -> None:
    tone = Tone(0.0, MicrophoneUnavailable("It is not there.", "Plug it in."))
    note = SpokenNote(inputs=StillMicrophones(), source=tone)
    note.start()
    tone.given.wait(LONG_S)
    with pytest.raises(AppError, match="It is not there"):
        note.stop()


def test_a_microphone_pulled_out_leaves_what_was_said() -> None:
    tone = Tone(1.0, MicrophoneUnavailable("It went.", "Plug it in."))
    note = SpokenNote(inputs=StillMicrophones(), source=tone)
    note.start()
    tone.given.wait(LONG_S)
    assert note.stop().startswith(b"RIFF")


def test_what_was_heard_is_on_the_disk_as_it_comes(tmp_path: Path) -> None:
    tone = Tone(1.0)
    part = tmp_path / "so far"
    note = SpokenNote(inputs=StillMicrophones(), source=tone, sink=lambda: part.open("wb"))
    note.start()
    tone.given.wait(LONG_S)
    kept = wav_of_part(part.read_bytes())  # the microphone is still open
    assert kept is not None
    with wave.open(io.BytesIO(kept)) as file:
        assert file.getframerate() == RATE_HZ
        assert file.getnframes() == pytest.approx(RATE_HZ, abs=50)
    assert note.stop().startswith(b"RIFF")


@pytest.mark.parametrize("content", [b"", b"RIFF", b"\0" * 44, b"\xff" * 5000])
def test_of_nothing_no_comment_is_made(content: bytes) -> None:
    assert wav_of_part(content) is None


class Full(io.BytesIO):
    """A disk that takes no more."""

    def write(self, _: object) -> int:
        raise OSError(28, "No space left on device")


def test_a_full_disk_does_not_cut_a_comment_short(expected_warnings: ExpectedWarnings) -> None:
    expected_warnings("No space left")
    tone = Tone(2.0)
    note = SpokenNote(inputs=StillMicrophones(), source=tone, sink=Full)
    note.start()
    tone.given.wait(LONG_S)
    with wave.open(io.BytesIO(note.stop())) as file:
        assert file.getnframes() == pytest.approx(2 * RATE_HZ, abs=50)
