"""Sounds laid over each other: where in a recording a clip was heard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import av
import numpy as np

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

SOUND_HZ = 8000
"""Rate at which sounds are laid over each other."""


def where_sound_began(recording: Path, wav: Path, about_s: float) -> float:
    """Where in a recording the sound of a clip begins, by correlation; within 2 s of `about_s`."""
    return began(mono(recording), mono(wav), about_s)


def sound_slip_s(recording: Path, wav: Path, about_s: float) -> float:
    """How much later, or earlier, a clip's second half was heard than its first half says, seconds.

    The sound server of a busy machine puts a silence between.
    """
    heard, played = mono(recording), mono(wav)
    half = len(played) // 2
    second_s = began(heard, played[half:], about_s + half / SOUND_HZ)
    return abs(second_s - half / SOUND_HZ - began(heard, played[:half], about_s))


def began(heard: NDArray[np.float64], played: NDArray[np.float64], about_s: float) -> float:
    """Where in one sound another begins, by correlation; within 2 s of `about_s`."""
    n = 1 << (len(heard) + len(played)).bit_length()
    alike = np.fft.irfft(np.fft.rfft(heard, n) * np.conj(np.fft.rfft(played, n)), n)
    low = max(0, round((about_s - 2) * SOUND_HZ))
    return float(low + np.argmax(alike[low : round((about_s + 2) * SOUND_HZ)])) / SOUND_HZ


def mono(path: Path) -> NDArray[np.float64]:
    """The sound of a file in one channel at `SOUND_HZ`."""
    resampler = av.AudioResampler("s16", "mono", SOUND_HZ)
    with av.open(str(path)) as container:
        parts = [
            part.to_ndarray()[0]
            for frame in container.decode(audio=0)
            for part in resampler.resample(frame)
        ]
    return np.concatenate(parts) / 32768.0
