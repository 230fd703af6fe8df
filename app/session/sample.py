"""The sample clip: made on this machine from shipped parts, real input for the real models.

The picture is the portrait in matplotlib's wheel, moved and put on a drawn body; the voice is
synthetic speech in assets/sample. It carries the word "Sample" in the picture.
"""

from __future__ import annotations

import logging
import math
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Final

import av
import matplotlib as mpl
import numpy as np

from app.errors import AppError
from app.paths import asset
from app.session.sample_paced import PacedSound, PacedVideo, Playback, paced_sources
from app.session.sample_picture import SIZE, SamplePicture
from app.session.sample_script import LENGTH_S, act_at
from app.windows import take_place
from vision.opencv import cv2

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

__all__ = ["PacedSound", "PacedVideo", "Playback", "make_sample", "paced_sources"]

log = logging.getLogger(__name__)

RATE_HZ: Final = 30
TITLE: Final = "Sample: a portrait in motion with a synthetic voice"
RECIPE: Final = 3
"""Raised when the clip changes, so that a kept one is made anew."""
MOUTH_DBFS: Final = (-45.0, -22.0)
"""Level at which the mouth begins to open, and at which it is wide open."""


def make_sample(folder: Path, progress: Callable[[float], None] | None = None) -> Path:
    """Make the sample clip in `folder`, or find the one that was made there before.

    Parameters
    ----------
    folder
        Where to put it; made if it is not there.
    progress
        Is told the finished share, 0..1, now and then.

    Returns
    -------
    Path
        A Matroska file with H.264 picture, 640 by 480 at 30 a second, and FLAC sound.
    """
    path = folder / f"rapport-sample-{RECIPE}.mkv"
    if path.is_file():
        return path
    part = path.with_suffix(".part")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _write(part, progress)
        take_place(part, path)
    except (OSError, av.FFmpegError) as error:
        if part.is_file():
            part.unlink()
        raise AppError(
            f"The sample clip could not be written to {folder} ({error.strerror or error}).",
            "Free some space there, or choose another folder.",
        ) from error
    log.info("made the sample clip %s", path)
    return path


def _write(part: Path, progress: Callable[[float], None] | None) -> None:
    picture = SamplePicture(_portrait())
    samples, rate = _speech()
    mouth = _mouth(samples, rate)
    frames = round(LENGTH_S * RATE_HZ)
    with av.open(str(part), "w", format="matroska") as container:
        container.metadata["title"] = TITLE
        video = container.add_stream("libx264", rate=RATE_HZ)
        video.width, video.height = SIZE
        video.pix_fmt = "yuv420p"
        video.options = {"preset": "ultrafast", "crf": "20", "g": str(RATE_HZ)}
        sound = container.add_stream("flac", rate=rate)
        sound.layout = "mono"
        step = rate // RATE_HZ
        for n in range(frames):
            image = picture.draw(act_at(n / RATE_HZ, mouth[n]))
            shown = av.VideoFrame.from_ndarray(image, format="bgr24")
            shown.pts, shown.time_base = n, Fraction(1, RATE_HZ)
            container.mux(video.encode(shown))
            # Sound goes in beside its picture, so that a player finds both in one place.
            heard = av.AudioFrame.from_ndarray(
                samples[None, n * step : (n + 1) * step], format="s16", layout="mono"
            )
            heard.sample_rate, heard.pts = rate, n * step
            heard.time_base = Fraction(1, rate)
            container.mux(sound.encode(heard))
            if progress is not None and n % RATE_HZ == 0:
                progress(n / frames)
        container.mux(video.encode(None))
        container.mux(sound.encode(None))


def _portrait() -> NDArray[np.uint8]:
    """Read the picture that matplotlib ships for its examples, (606, 512, 3) BGR."""
    path = Path(mpl.get_data_path()) / "sample_data" / "grace_hopper.jpg"
    image = cv2.imread(str(path)) if path.is_file() else None
    if image is None:
        raise AppError(
            "The sample's portrait is missing: it comes with the package matplotlib.",
            "Install the packages again: pip install --no-deps -r requirements.txt",
        )
    return np.asarray(image, np.uint8)


def _speech() -> tuple[NDArray[np.int16], int]:
    """Read the shipped speech: (n,) 16 bit, as long as the clip, and its samples a second."""
    with av.open(str(asset("sample", "speech.ogg"))) as container:
        stream = container.streams.audio[0]
        rate = stream.rate
        to_mono = av.AudioResampler(format="s16", layout="mono", rate=rate)
        parts = [
            out.to_ndarray()[0]
            for frame in container.decode(stream)
            for out in to_mono.resample(frame)
        ]
    samples = np.concatenate(parts)
    wanted = round(LENGTH_S * rate)
    return np.pad(samples, (0, max(0, wanted - len(samples))))[:wanted], rate


def _mouth(samples: NDArray[np.int16], rate: int) -> NDArray[np.float64]:
    """How far the mouth is open in each picture, (frames,) 0..1, by the level of the sound."""
    step = rate // RATE_HZ
    blocks = samples[: len(samples) // step * step].reshape(-1, step) / 32768.0
    level = 10 * np.log10(np.maximum((blocks**2).mean(axis=1), 1e-12))
    low, high = MOUTH_DBFS
    opened = np.clip((level - low) / (high - low), 0, 1)
    smooth = np.convolve(opened, np.hanning(5) / 2, mode="same")
    return np.pad(smooth, (0, max(0, math.ceil(LENGTH_S * RATE_HZ) - len(smooth))))
