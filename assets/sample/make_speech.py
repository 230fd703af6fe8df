# ruff: noqa: INP001 - a tool beside its data, not a package
"""Make speech.ogg from speech.toml with espeak-ng: python assets/sample/make_speech.py.

Run by hand whenever the text changes; the result is shipped, so that nobody needs espeak-ng.
"""

from __future__ import annotations

import io
import subprocess
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

import numpy as np
import soundfile

if TYPE_CHECKING:
    from numpy.typing import NDArray

HERE: Final = Path(__file__).parent
RATE_HZ: Final = 22050
USUAL_DBFS: Final = -30.0  # leaves 15 dB for the loud passage
ROOM_DBFS: Final = -66.0


def speak(text: str, *, voice: str, words_min: int, pitch_range: int) -> NDArray[np.float64]:
    """One passage, (n,) at RATE_HZ, at USUAL_DBFS over its loud half."""
    ssml = (
        f'<speak><prosody range="{pitch_range}%">{escape(" ".join(text.split()))}</prosody></speak>'
    )
    made = subprocess.run(  # noqa: S603 - fixed program, our own text
        ["espeak-ng", "-m", "-v", voice, "-s", str(words_min), "--stdout", ssml],  # noqa: S607
        check=True,
        capture_output=True,
    )
    samples, rate = soundfile.read(io.BytesIO(made.stdout), dtype="float64")
    if rate != RATE_HZ:
        message = f"espeak-ng speaks at {rate} Hz, not {RATE_HZ} Hz"
        raise ValueError(message)
    loud = np.abs(samples) > np.median(np.abs(samples[samples != 0]))
    level = 10 * np.log10(np.mean(samples[loud] ** 2))
    return np.asarray(samples * 10 ** ((USUAL_DBFS - level) / 20))


def main() -> None:
    """Put every passage in its place over a faint room noise."""
    script = tomllib.loads((HERE / "speech.toml").read_text(encoding="utf-8"))
    n = round(script["length_s"] * RATE_HZ)
    noise = np.random.default_rng(7).standard_normal(n)
    track = noise * 10 ** (ROOM_DBFS / 20)
    end = 0
    for passage in script["say"]:
        voice = speak(
            passage["text"],
            voice=script["voice"],
            words_min=passage["words_min"],
            pitch_range=passage["range"],
        ) * 10 ** (passage["gain_db"] / 20)
        start = round(passage["start_s"] * RATE_HZ)
        if start < end or start + len(voice) > n:
            message = f"the passage at {passage['start_s']} s does not fit"
            raise ValueError(message)
        track[start : start + len(voice)] += voice
        end = start + len(voice)
    soundfile.write(
        HERE / "speech.ogg", track.astype(np.float32), RATE_HZ, format="OGG", subtype="VORBIS"
    )


if __name__ == "__main__":
    main()
