"""Films whose every frame says its number, in the shapes that cameras and phones make."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

import av
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

BITS: Final = 11
TICK: Final = Fraction(1, 90_000)
PHONE_HZ: Final = (30, 30, 24, 30, 15, 30, 29, 30, 12, 30)
"""A phone in a dark room: its rate follows the light."""
GOP_250: Final = {"preset": "veryfast", "g": "250", "keyint_min": "250", "sc_threshold": "0"}
"""A key frame each 250 frames, with frames that refer forwards."""
OURS: Final = {"preset": "ultrafast", "g": "25"}
"""As our own recorder writes: a key frame a second, no frame refers forwards."""


def steady(seconds: float, rate_hz: int = 25) -> list[float]:
    return [n / rate_hz for n in range(round(seconds * rate_hz))]


def uneven(seconds: float) -> list[float]:
    """Times of a phone's film."""
    times, t, n = [], 0.0, 0
    while t < seconds:
        times.append(t)
        t += 1 / PHONE_HZ[n // 7 % len(PHONE_HZ)]
        n += 1
    return times


def film(
    path: Path,
    times: Sequence[float],
    *,
    size: tuple[int, int] = (320, 180),
    options: dict[str, str] = OURS,
    turned: int = 0,
    sound: bool = False,
    first_s: float = 0.0,
    codec: str = "libx264",
    tick: Fraction = TICK,
) -> Path:
    """Write a film with frames at these times, seconds; `first_s` later as the file counts."""
    with av.open(str(path), "w") as out:
        video = out.add_stream(codec, rate=30)
        video.width, video.height, video.pix_fmt = *size, "yuv420p"
        video.options = dict(options)
        video.codec_context.time_base = tick
        video.time_base = tick
        if turned:
            video.set_display_rotation(turned)
        audio = out.add_stream("aac", rate=48_000, layout="mono") if sound else None
        for number, t in enumerate(times):
            frame = av.VideoFrame.from_ndarray(numbered(number, size), format="bgr24")
            frame.pts, frame.time_base = round((t + first_s) / tick), tick
            out.mux(video.encode(frame))
        out.mux(video.encode(None))
        if audio is not None:
            for n in range(int(times[-1] * 48_000 / 1024)):
                out.mux(audio.encode(_hum(n, first_s)))
            out.mux(audio.encode(None))
    return path


def numbered(number: int, size: tuple[int, int]) -> NDArray[np.uint8]:
    """(height, width, 3) with the number as dark and bright bars from left to right."""
    wide, high = size
    image = np.full((high, wide, 3), 25, np.uint8)
    for bit in range(BITS):
        if number >> bit & 1:
            image[:, bit * wide // BITS : (bit + 1) * wide // BITS] = 230
    return image


def number_in(image: NDArray[np.uint8]) -> int:
    """Read the number out of a picture as it was drawn, (height, width, channels)."""
    row = image[image.shape[0] // 2, :, :3].mean(axis=1)
    wide = len(row)
    return sum(1 << bit for bit in range(BITS) if row[int((bit + 0.5) * wide / BITS)] > 127)


def _hum(n: int, first_s: float) -> av.AudioFrame:
    at = np.arange(1024) + n * 1024
    samples = (0.1 * np.sin(2 * np.pi * 220 * at / 48_000)).astype(np.float32)[None]
    frame = av.AudioFrame.from_ndarray(samples, format="fltp", layout="mono")
    frame.sample_rate, frame.time_base = 48_000, Fraction(1, 48_000)
    frame.pts = n * 1024 + round(first_s * 48_000)
    return frame
