"""Fit the weights of the ears.

    PYTHONPATH=tests python -m benchmarks.recipes.voice FOOTAGE

writes assets/voice/speech.toml and pace.toml as they ship.
Needs pocketsphinx (places the known words of speechocean in time) and libespeak-ng (synthetic
talk whose phonemes are known). Takes about ten minutes.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from benchmarks.ears_data import hear, mixed, sound, utterances
from benchmarks.ears_pace import counted
from benchmarks.framework import mean
from benchmarks.recipes.voice_espeak import espeak_talk
from benchmarks.recipes.voice_fit import Row, least_squares, logistic, rate
from benchmarks.recipes.voice_trace import count_quickened, trace
from pocketsphinx import Decoder

from audio.framing import RATE_HZ
from audio.voicing import FEATURES
from audio.weights import BIAS, FOLDER, load_weights

if TYPE_CHECKING:
    from benchmarks.ears_data import Utterance

    from audio.pace import TalkCount

RAISED: Final = 1.2
"""By how much the fitted bias of speech is raised: at the very balance soft ends are clipped."""
QUICKER: Final = (1.0, 1.25, 1.55, 2.0)
"""How many times as fast the sentences of speechocean are counted."""
SENTENCES: Final = 360
"""Sentences of espeak-ng."""
RATES: Final = (2.0, 11.0)
"""Syllables a second between which its talk counts: people are neither slower nor faster."""

SPEECH_HEAD: Final = """\
# Probability of speech of a step of 10 ms = 1 / (1 + exp(-(bias + sum of weight x feature))).
# The features are those of audio/voicing.py: Silero's log odds over the step and what follows
# (ahead) and with what went before (around); level above the room's floor (above), and the level
# round the step, of the step and of the last fifth of a second under that of the talk (under,
# here, before), in tens of dB.
#
# Written by tests/benchmarks/recipes/voice.py: a logistic regression on speechocean (200 sentences
# of 10 adults, CC BY 4.0), clean and in babble at 10 dB, whose words pocketsphinx placed in time
# from the known text. The bias was then raised by 1.2, because a decision at the very balance
# clips soft ends. The aligned set, on which it is reported, took no part.

[weights]
"""
PACE_HEAD: Final = """\
# Syllables a second of talk = exp(bias + sum of weight x log of feature).
# fine, coarse: peaks of the level a second of talk, lightly and heavily smoothed
# (audio/syllables.py); change: how much of the change of the spectrum's shape over 150 ms is there
# after 20 ms (audio/change.py).
#
# Written by tests/benchmarks/recipes/voice.py: least squares over two sets, each of which counts
# half: speechocean (200 sentences of 10 adults, CC BY 4.0, also counted 1.25, 1.55 and 2 times as
# fast), and 360 sentences of espeak-ng in six languages and 17 voices at 120 to 420 words a minute,
# in rooms and through microphones that were drawn. The sets that it is reported on took no part in
# the fit; what is counted, and the limit QUICKEST of audio/pace.py, were chosen with emodb in view.

[weights]
"""


def main(footage: Path) -> None:
    """Fit both and write the two files."""
    speech = fit_speech(footage)
    (FOLDER / "speech.toml").write_text(SPEECH_HEAD + lines(speech), encoding="utf-8")
    # What counts syllables looks where speech is: by the weights that were just written.
    load_weights.cache_clear()
    fit_pace(footage)


def lines(weights: dict[str, float]) -> str:
    """Weights as lines of TOML."""
    return "".join(f"{name} = {value:.3f}\n" for name, value in weights.items())


def fit_speech(footage: Path) -> dict[str, float]:
    """Logistic regression on each step of speechocean; a sentence counts as its length's root."""
    rows, truths, weights = [], [], []
    decoder = Decoder(samprate=RATE_HZ, loglevel="FATAL", lm=None, bestpath=False)
    for seed, one in enumerate(utterances(footage, "speechocean")):
        spans = phone_spans(decoder, one)
        if not spans:
            continue
        samples = sound(one.path)
        for ratio in (None, 10.0):
            steps = trace(mixed(footage, samples, ratio, seed)).features[: len(samples) // 160]
            at = (np.arange(len(steps)) + 0.5) * 0.01
            rows.append(steps)
            truths.append(np.any([(at >= a) & (at < b) for a, b in spans], axis=0))
            weights.append(np.full(len(steps), 1.0 / np.sqrt(len(steps))))
    found = logistic(np.concatenate(rows), np.concatenate(truths), np.concatenate(weights))
    found[0] += RAISED
    return dict(zip((BIAS, *FEATURES), found.tolist(), strict=True))


def phone_spans(decoder: Decoder, one: Utterance) -> list[tuple[float, float]]:
    """Begin and end of each phone of the known text; empty where a word is not in the lexicon."""
    words = re.sub(r"[^A-Z' ]", " ", one.row["transcript"].upper()).lower().split()
    if not words or not all(decoder.lookup_word(word) for word in words):
        return []
    raw = (sound(one.path) * 32767).astype(np.int16).tobytes()
    decoder.set_align_text(" ".join(words))
    for second in (False, True):
        if second:
            decoder.set_alignment()
        decoder.start_utt()
        decoder.process_raw(raw, full_utt=True)
        decoder.end_utt()
    phones = [phone for word in decoder.get_alignment() for phone in word]
    return [
        (phone.start * 0.01, (phone.start + phone.duration) * 0.01)
        for phone in phones
        if phone.name != "SIL"
    ]


def fit_pace(footage: Path) -> None:
    """Fit over read and synthetic talk, write, and judge by readers that were left out."""
    by_reader: dict[str, list[list[Row]]] = {}
    for one in utterances(footage, "speechocean"):
        if one.syllables:
            heard = trace(sound(one.path))
            rows = [row_of(count_quickened(heard, by), one.syllables) for by in QUICKER]
            by_reader.setdefault(one.speaker, []).append([row for part in rows for row in part])
    espeak = [
        row
        for samples, syllables in espeak_talk(SENTENCES)
        for row in row_of(counted(hear(samples), 0.0, float("inf")), syllables)
        if RATES[0] < np.exp(row[1]) < RATES[1]
    ]
    read = [row for part in by_reader.values() for rows in part for row in rows]
    table = least_squares([read, espeak])
    (FOLDER / "pace.toml").write_text(PACE_HEAD + lines(table), encoding="utf-8")
    held_out = []
    for reader, said_by in by_reader.items():
        others = [
            row for who, part in by_reader.items() if who != reader for rows in part for row in rows
        ]
        fold = least_squares([others, espeak])
        held_out += [off(fold, rows[0]) for rows in said_by if rows]
    sys.stdout.write(f"speechocean, reader unseen: count mape {mean(held_out)}\n")


def row_of(count: TalkCount, syllables: int) -> list[Row]:
    """The row of a whole file, none where nothing was found in it."""
    logs = count.logs
    return [] if logs is None else [(logs, float(np.log(syllables / count.talk_s)))]


def off(weights: dict[str, float], row: Row) -> float:
    """How far a rate is off, as a part of the true one."""
    true = float(np.exp(row[1]))
    return float(abs(rate(weights, row[0]) - true) / true)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
