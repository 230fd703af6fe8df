from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from benchmarks.ears_data import hear, sound, utterances
from benchmarks.ears_fillers import compare, fillers

from audio.analyser import VoiceAnalyser
from audio.fillers import FillerCount, FillerFinder, Stretch, filler_score
from audio.framing import RATE_HZ
from audio.types import AudioBlock, Filler

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

BANDS = 24
TALK_STEPS = 600


def shape(centre: float, width: float = 3.0) -> NDArray[np.float64]:
    """A smooth spectrum with one hump."""
    return np.exp(-0.5 * ((np.arange(BANDS) - centre) / width) ** 2) + 1e-3


def talk(steps: int, start: int = 0) -> tuple[NDArray[np.float64], NDArray[np.float32]]:
    """Babbling: the hump wanders through the bands five times a second, the pitch with it."""
    t = (np.arange(steps) + start) * 0.01
    bands = np.stack([shape(11.0 + 9.0 * np.sin(2 * np.pi * 2.5 * at)) for at in t]) * 1e-2
    return bands, (120.0 * 2.0 ** (0.2 * np.sin(2 * np.pi * 0.7 * t))).astype(np.float32)


def hum(
    steps: int,
    hz: float = 112.0,
    level: float = 1e-3,
    centre: float = 11.0,
    slope_st_s: float = -2.0,
) -> tuple[NDArray[np.float64], NDArray[np.float32]]:
    """A vowel that stands still."""
    t = np.arange(steps) * 0.01
    return np.tile(shape(centre, 5.0) * level, (steps, 1)), np.asarray(
        hz * 2.0 ** (slope_st_s * t / 12.0), np.float32
    )


def find(*parts: tuple[NDArray[np.float64], NDArray[np.float32]], size: int = 10) -> list[Filler]:
    bands = np.concatenate([part[0] for part in parts])
    hz = np.concatenate([part[1] for part in parts])
    finder, found = FillerFinder(), []
    for at in range(0, len(bands), size):
        found += finder.push(bands[at : at + size], hz[at : at + size])
    return found + finder.finish()


def test_a_long_flat_soft_vowel_in_talk_is_a_filler() -> None:
    found = find(talk(TALK_STEPS), hum(40), talk(200, TALK_STEPS))
    assert len(found) == 1
    assert found[0].start_s == pytest.approx(6.0, abs=0.1)
    assert found[0].end_s == pytest.approx(6.4, abs=0.1)
    assert 0.5 <= found[0].score <= 1.0


def test_talk_alone_has_no_fillers() -> None:
    assert find(talk(3000)) == []


@pytest.mark.parametrize(
    ("why", "held"),
    [
        ("short", hum(14)),
        ("high", hum(40, hz=180.0)),
        ("rising", hum(40, slope_st_s=9.0)),
        ("gliding down", hum(40, slope_st_s=-20.0)),
        ("far too soft", hum(40, level=1e-6)),
        ("another vowel", hum(40, centre=22.0)),
        ("sung", hum(250)),
    ],
)
def test_what_lacks_one_mark_of_a_filler_is_none(
    why: str, held: tuple[NDArray[np.float64], NDArray[np.float32]]
) -> None:
    assert find(talk(TALK_STEPS), held, talk(200, TALK_STEPS)) == [], why


def test_whispered_or_silent_stretches_are_none() -> None:
    bands, hz = hum(40)
    unvoiced = (bands, np.full_like(hz, np.nan))
    assert find(talk(TALK_STEPS), unvoiced, talk(200, TALK_STEPS)) == []


def test_nothing_is_judged_before_the_voice_is_known() -> None:
    assert find(hum(30), talk(300)) == []


def test_a_filler_that_ends_in_a_hum_is_one() -> None:
    turn = np.linspace(11.0, 8.0, 8)[:, None]
    glide = np.concatenate([shape(centre[0], 5.0)[None] for centre in turn]) * 1e-3
    um = (hum(20), (glide, hum(8)[1]), hum(20, centre=8.0))
    found = find(talk(TALK_STEPS), *um, talk(200, TALK_STEPS))
    assert len(found) == 1
    assert found[0].end_s - found[0].start_s > 0.35


def test_the_count_of_a_cluster_ends_two_seconds_after_its_last_filler() -> None:
    count, one = FillerCount(), [Filler(1.0, 1.4, 0.6)]
    told = [count.push(t, one if t in {1.7, 3.0} else []) for t in (1.0, 1.7, 2.5, 3.0, 4.9, 5.1)]
    assert told == [0, 1, 1, 2, 2, 0]
    count.push(6.0, one)
    count.reset()
    assert count.push(6.1, []) == 0


def test_the_least_fulfilled_condition_decides() -> None:
    good = Stretch(300, 340, -2.0, 0.2, -1.0, 10.0, 1.0)
    high = Stretch(0, 40, -2.0, 0.2, 4.0, 10.0, 1.0)
    assert good.seconds == pytest.approx(0.4)
    assert filler_score([good]) > 0.5 > filler_score([high])


def heard_in_blocks(samples: NDArray[np.float32], size: int) -> list[Filler]:
    analyser = VoiceAnalyser()
    hops = [
        hop
        for at in range(0, len(samples), size)
        for hop in analyser.hear(AudioBlock(at / RATE_HZ, samples[at : at + size], RATE_HZ))
    ]
    return fillers(hops + analyser.flush())


@pytest.mark.footage
def test_the_fillers_of_a_monologue_are_found(footage: Path) -> None:
    one = next(u for u in utterances(footage, "aligned") if u.path.stem == "acoustic_corpus")
    true = [(start, end) for start, end, _ in one.truth["fillers"]]
    hits, misses, false = compare(true, fillers(hear(sound(one.path))))
    assert (hits, misses) == (2, 0)
    samples = sound(one.path)[: 12 * RATE_HZ]
    assert len(heard_in_blocks(samples, 1600)) == 1
    assert heard_in_blocks(samples, 320) == heard_in_blocks(samples, 1600)
    # A drawn-out "and", and a voiced start of a sentence that the aligner took for silence.
    assert false <= 2


@pytest.mark.footage
def test_read_speech_has_hardly_any(footage: Path) -> None:
    files = [one for name in ("fda", "speechocean") for one in list(utterances(footage, name))[::8]]
    found = sum(len(fillers(hear(sound(one.path)))) for one in files)
    assert found <= len(files) // 15
