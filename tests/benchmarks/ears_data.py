"""The speech sets, read once: sound at 16 kHz, truth, babble, and what the ears hear in them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from zlib import crc32

import numpy as np
import soxr
from benchmarks.footage_files import broken, rows
from numpy.typing import NDArray

from audio.analyser import VoiceAnalyser
from audio.framing import RATE_HZ
from audio.sources import AudioFile
from audio.types import AudioBlock, VoiceHop

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Listen = Callable[["Utterance"], list[VoiceHop]]

Sound = NDArray[np.float32]

BABBLE_VOICES: Final = 6
NO_BABBLE: Final = "babble needs six speakers in the set transcribed"
SEED: Final = 20241


@dataclass(frozen=True)
class Utterance:
    """One file of a set."""

    path: Path
    """The sound."""
    speaker: str
    """Whose voice."""
    row: dict[str, str] = field(repr=False)
    """Its line of the manifest."""
    truth: dict[str, Any] = field(repr=False)
    """Its truth file, empty where there is none."""

    @property
    def label(self) -> dict[str, str]:
        """The label column, "a=b;c=d", as a mapping."""
        pairs = (part.split("=", 1) for part in self.row["label"].split(";") if "=" in part)
        return {key.strip(): value.strip() for key, value in pairs}

    @property
    def syllables(self) -> int | None:
        """Known count of syllables."""
        return int(self.row["n_syllables"]) if self.row["n_syllables"] else None


def utterances(footage: Path, name: str) -> Iterator[Utterance]:
    """The files of a set under speech/ that can be used, none where it is absent."""
    folder = footage / "speech" / name
    for row in rows(folder / "manifest.csv"):
        if row["file"] in broken(folder):
            continue
        path = folder / row["file"]
        there = row["truth_json"] and (folder / row["truth_json"]).is_file()
        truth = json.loads((folder / row["truth_json"]).read_text("utf-8")) if there else {}
        yield Utterance(path, row["speaker"] or path.stem, row, truth)


@lru_cache(maxsize=256)
def sound(path: Path) -> Sound:
    """A file at 16 kHz."""
    source = AudioFile(path)
    parts = [block.samples for block in source]
    whole = np.concatenate(parts) if parts else np.zeros(0, np.float32)
    return np.asarray(soxr.resample(whole, source.rate_hz, RATE_HZ), np.float32)


def hear(samples: Sound) -> list[VoiceHop]:
    """What the analyser hears, as in a live session from t = 0; half a second of room after it."""
    analyser = VoiceAnalyser()
    end = np.zeros(RATE_HZ // 2, np.float32)
    hops = analyser.hear(AudioBlock(0.0, np.concatenate([samples, end]), RATE_HZ))
    return hops + analyser.flush()


def steps(hops: list[VoiceHop], seconds: float) -> NDArray[np.float64]:
    """Probability of speech of each step of 10 ms of the first `seconds`."""
    values = [value for hop in hops for value in hop.speech_steps]
    return np.asarray(values[: int(seconds * 100)])


def pitch(hops: list[VoiceHop]) -> NDArray[np.float32]:
    """Pitch of each step of 10 ms, Hz."""
    return np.concatenate([hop.pitch_hz for hop in hops])


def active_level(samples: Sound) -> float:
    """Root mean square of the frames of 20 ms within 25 dB of the loudest of them."""
    frames = samples[: len(samples) // 320 * 320].reshape(-1, 320).astype(np.float64)
    power = (frames**2).mean(axis=1)
    return float(np.sqrt(power[power > power.max() * 10**-2.5].mean()))


@cache
def voices(footage: Path) -> dict[str, list[Path]]:
    """Speaker of `transcribed` -> what babble is made of."""
    found: dict[str, list[Path]] = {}
    for one in utterances(footage, "transcribed"):
        found.setdefault(one.speaker, []).append(one.path)
    return found


def can_babble(footage: Path) -> bool:
    """Whether there are voices enough; a murmur of fewer would be another test."""
    return len(voices(footage)) >= BABBLE_VOICES


def babble(footage: Path, length: int, seed: int, without: str = "") -> Sound:
    """Six voices of `transcribed` at equal active level, as long as wished."""
    rng = np.random.default_rng(SEED + seed)
    others = voices(footage)
    names = rng.permutation(sorted(others.keys() - {without}))[:BABBLE_VOICES]
    total = np.zeros(length, np.float64)
    for name in names:
        paths = rng.permutation(np.asarray([str(path) for path in others[name]]))
        voice = np.concatenate([sound(Path(path)) for path in paths])
        voice = np.resize(voice, length + len(voice))[rng.integers(len(voice)) :][:length]
        total += voice / max(active_level(voice), 1e-6)
    return (total / max(active_level(total.astype(np.float32)), 1e-9)).astype(np.float32)


def mixed(footage: Path, samples: Sound, ratio_db: float | None, seed: int) -> Sound:
    """The sound with babble at a ratio against its active level; None leaves it clean."""
    if ratio_db is None:
        return samples
    noise = babble(footage, len(samples), seed)
    return samples + noise * np.float32(active_level(samples) * 10.0 ** (-ratio_db / 20.0))


def quiet(one: Utterance) -> list[VoiceHop]:
    """What the ears hear of a file as it is."""
    return hear(sound(one.path))


def babbled(footage: Path, name: str, ratio_db: float) -> Callable[[Utterance], Sound]:
    """The files of a set in babble of others.

    The ratio is against the speaker's median active level in the set: a room does not get louder
    when somebody in it shouts.
    """
    levels: dict[str, list[float]] = {}
    for one in utterances(footage, name):
        levels.setdefault(one.speaker, []).append(active_level(sound(one.path)))

    def mix(one: Utterance) -> Sound:
        samples = sound(one.path)
        noise = babble(footage, len(samples), crc32(one.path.name.encode()), one.speaker)
        level = float(np.median(levels[one.speaker])) * 10.0 ** (-ratio_db / 20.0)
        return samples + noise * np.float32(level)

    return mix


def in_babble(footage: Path, name: str, ratio_db: float) -> Listen:
    """What the ears hear of the files of a set in babble, each file listened to once."""
    mix = babbled(footage, name, ratio_db)
    heard: dict[Path, list[VoiceHop]] = {}

    def listen(one: Utterance) -> list[VoiceHop]:
        if one.path not in heard:
            heard[one.path] = hear(mix(one))
        return heard[one.path]

    return listen
