"""Sound whose truth is known by construction: tones, chirps, syllable trains, pauses, hops."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy.signal import lfilter

from audio.types import AudioBlock, VoiceHop

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Sound = NDArray[np.float32]

FORMANTS = ((700.0, 90.0), (1220.0, 110.0), (2600.0, 170.0))
"""(frequency, bandwidth) in Hz of an open vowel."""

VOWELS = (
    (730.0, 1090.0, 2440.0), (270.0, 2290.0, 3010.0), (300.0, 870.0, 2240.0),
    (530.0, 1840.0, 2480.0), (570.0, 840.0, 2410.0), (660.0, 1720.0, 2410.0),
)  # fmt: skip
"""First three formants in Hz of six vowels (Peterson and Barney 1952, men)."""


def silence(length_s: float, rate_hz: int = 16000, *, noise_dbfs: float = -70.0) -> Sound:
    rng = np.random.default_rng(int(length_s * 1000) + rate_hz)
    n = round(length_s * rate_hz)
    return (rng.normal(size=n) * 10.0 ** (noise_dbfs / 20.0)).astype(np.float32)


def tone(hz: float, length_s: float, rate_hz: int = 16000, *, dbfs: float = -20.0) -> Sound:
    """A sine at a root mean square level."""
    t = np.arange(round(length_s * rate_hz)) / rate_hz
    return (np.sin(2.0 * np.pi * hz * t) * 2.0**0.5 * 10.0 ** (dbfs / 20.0)).astype(np.float32)


def pulses(hz: Sequence[float] | NDArray[np.float64], rate_hz: int = 16000) -> Sound:
    """A buzz with all harmonics whose pitch at each sample is given, no click at its ends."""
    phase = 2.0 * np.pi * np.cumsum(np.asarray(hz)) / rate_hz
    top = int(3500.0 / float(np.max(hz)))
    buzz = np.zeros(len(phase))
    for k in range(1, top + 1):
        buzz += np.cos(k * phase) * _tract(k * np.asarray(hz))
    return (buzz / np.abs(buzz).max() * 0.3).astype(np.float32)


def chirp(from_hz: float, to_hz: float, length_s: float, rate_hz: int = 16000) -> Sound:
    """A buzz that glides evenly in semitones."""
    n = round(length_s * rate_hz)
    return pulses(np.geomspace(from_hz, to_hz, n), rate_hz)


def syllables(
    rate_s: float, count: int, rate_hz: int = 16000, *, hz: float = 120.0, sway_st: float = 2.0
) -> Sound:
    """`count` syllables, a steady `rate_s` a second, each a hiss and a vowel: taken for speech."""
    rng = np.random.default_rng(count)
    length = round(rate_hz / rate_s)
    source = _voice(length * count, rate_hz, hz, sway_st, rng)
    hiss = lfilter([1.0, -0.9], [1.0], rng.normal(size=len(source))) * 0.01
    out = np.zeros(len(source))
    consonant, edge = round(0.35 * length), round(0.02 * rate_hz)
    shape = np.full(length, 1.0)
    shape[:consonant] = 0.03
    shape[consonant : consonant + edge] = np.linspace(0.03, 1.0, edge)
    shape[-edge:] = np.linspace(1.0, 0.1, edge)
    for k in range(count):
        at = slice(k * length, (k + 1) * length)
        vowel = source[at]
        for centre, width in zip(VOWELS[k % len(VOWELS)], (80.0, 100.0, 150.0), strict=True):
            vowel = _resonate(vowel, centre, width, rate_hz)
        vowel = vowel * shape
        out[at] = vowel / np.abs(vowel).max() * 0.3
        out[at] += hiss[at] * (np.arange(length) < 0.8 * consonant)
    return out.astype(np.float32)


def together(*parts: Sound) -> Sound:
    return np.concatenate(parts)


def blocks(
    sound: Sound, rate_hz: int = 16000, *, size: int = 1600, t0: float = 0.0
) -> Iterator[AudioBlock]:
    """The sound in blocks of one size."""
    return cut(sound, [size] * (len(sound) // size + 1), rate_hz, t0=t0)


def cut(
    sound: Sound, sizes: Iterable[int], rate_hz: int = 16000, *, t0: float = 0.0
) -> Iterator[AudioBlock]:
    """The sound in blocks of these sizes, the rest as one block."""
    at = 0
    for size in [*sizes, len(sound)]:
        part = sound[at : at + size]
        if len(part):
            yield AudioBlock(t0 + at / rate_hz, part, rate_hz)
        at += size


def hop(
    t: float,
    *,
    talk: bool = True,
    level_dbfs: float = -25.0,
    hz: float = 120.0,
    nuclei_s: tuple[float, ...] = (),
    slope: float = 400.0,
    fresh: bool = False,
    signal: bool = True,
    speech_steps: Sequence[float] | None = None,
) -> VoiceHop:
    """One hop as the costly half would tell it."""
    steps = tuple(speech_steps) if speech_steps is not None else ((0.9 if talk else 0.02),) * 10
    voiced = hz if talk else np.nan
    return VoiceHop(
        t=t,
        speech=max(steps),
        level_dbfs=level_dbfs if talk else -65.0,
        pitch_hz=np.full(10, voiced, np.float32),
        nuclei_s=nuclei_s,
        clipped=False,
        features=MappingProxyType({}),
        speech_steps=steps,
        steps_dbfs=((level_dbfs if talk else -65.0),) * 10,
        onsets_db_s=(slope,) * len(nuclei_s),
        peaks_dbfs=(level_dbfs,) * len(nuclei_s),
        fine_s=nuclei_s,
        coarse_s=nuclei_s,
        # As in ordinary talk: what changes within 160 ms has changed by an eighth after 20 ms.
        change=(0.124, 1.0) if talk else (0.0, 0.0),
        signal=signal,
        fresh=fresh,
    )


def hops(pattern: Iterable[tuple[bool, float]], *, syl_s: float = 4.0) -> list[VoiceHop]:
    """Hops for (talk, seconds) stretches one after the other, with nuclei at a steady rate."""
    out: list[VoiceHop] = []
    k, due = 0, 0.0
    for talk, length_s in pattern:
        for _ in range(round(length_s * 10)):
            k += 1
            nuclei: list[float] = []
            if talk:
                due += syl_s * 0.1
                while due >= 1.0 - 1e-9:
                    due -= 1.0
                    nuclei.append(k * 0.1 - 0.05)
            out.append(hop(k * 0.1, talk=talk, nuclei_s=tuple(nuclei), fresh=k == 1))
    return out


def _tract(hz: NDArray[np.float64]) -> NDArray[np.float64]:
    """How loud a vocal tract with three formants lets each frequency through."""
    gain = np.zeros_like(hz)
    for centre, width in FORMANTS:
        gain += 1.0 / (1.0 + ((hz - centre) / width) ** 2)
    return gain / (1.0 + hz / 500.0) + 0.02


def _voice(
    n: int, rate_hz: int, hz: float, sway_st: float, rng: np.random.Generator
) -> NDArray[np.float64]:
    """Pulses of a voice whose pitch sways slowly, with a little breath."""
    t = np.arange(n) / rate_hz
    sway = sway_st * np.sin(2 * np.pi * 0.7 * t) + 0.5 * sway_st * np.sin(2 * np.pi * 2.3 * t)
    beats = np.flatnonzero(np.diff(np.floor(np.cumsum(hz * 2.0 ** (sway / 12.0)) / rate_hz)) > 0)
    source = np.zeros(n)
    source[beats] = 1.0 + 0.1 * rng.normal(size=len(beats))
    soft = lfilter([1.0], [1.0, -0.9], lfilter([1.0], [1.0, -0.97], source))
    return np.asarray(soft + 0.003 * rng.normal(size=n))


def _resonate(
    sound: NDArray[np.float64], centre: float, width: float, rate_hz: int
) -> NDArray[np.float64]:
    r = np.exp(-np.pi * width / rate_hz)
    poles = [1.0, -2.0 * r * np.cos(2.0 * np.pi * centre / rate_hz), r * r]
    return np.asarray(lfilter([sum(poles)], poles, sound))
