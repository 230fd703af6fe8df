"""Fit the weights of the ears: python tests/benchmarks/recipes/voice.py FOOTAGE.

Prints assets/voice/speech.toml's and pace.toml's weights and writes pace_folds.toml beside this
file. Needs pocketsphinx (places the known words of speechocean in time) and libespeak-ng
(synthetic talk whose phonemes have known times). Takes about ten minutes.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

ROOT = Path(__file__).resolve().parents[3]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import numpy as np  # noqa: E402
from benchmarks.ears_data import hear, mixed, sound, utterances  # noqa: E402
from benchmarks.ears_voice import counted  # noqa: E402
from benchmarks.recipes.voice_espeak import espeak_talk  # noqa: E402
from pocketsphinx import Decoder  # noqa: E402

from audio.framing import RATE_HZ  # noqa: E402
from audio.voicing import FEATURES, SpeechGate  # noqa: E402

if TYPE_CHECKING:
    from benchmarks.ears_data import Sound, Utterance
    from numpy.typing import NDArray

RAISED: Final = 1.2
"""By how much the fitted bias of speech is raised: at the very balance soft ends are clipped."""
QUICKER: Final = (1.0, 1.25, 1.5, 2.0)
PACE: Final = ("fine", "coarse", "change")


def main(footage: Path) -> None:
    """Fit and print both; write the folds of the pace."""
    speech = fit_speech(footage)
    table = dict(zip(("bias", *FEATURES), np.round(speech, 3).tolist(), strict=True))
    sys.stdout.write(f"speech {table}\n")
    folds = fit_pace(footage)
    sys.stdout.write(f"pace {folds.pop('')}\n")
    lines = ["# Weights of the pace that never saw the speaker of emodb they are named after.\n"]
    for speaker, table in sorted(folds.items()):
        lines.append(f'\n["{speaker}"]\n')
        lines += [f"{name} = {value:.3f}\n" for name, value in table.items()]
    (Path(__file__).parent / "pace_folds.toml").write_text("".join(lines), encoding="utf-8")


def fit_speech(footage: Path) -> NDArray[np.float64]:
    """Logistic regression on each step of speechocean, clean and in babble at 10 dB."""
    rows, truths, weights = [], [], []
    recorded: list[NDArray[np.float64]] = []
    features = SpeechGate.features

    def record(gate: SpeechGate, floor_db: float) -> NDArray[np.float64]:
        recorded.append(features(gate, floor_db))
        return recorded[-1]

    decoder = Decoder(samprate=RATE_HZ, loglevel="FATAL", lm=None, bestpath=False)
    SpeechGate.features = record  # type: ignore[method-assign]  # only this script listens in
    for seed, one in enumerate(utterances(footage, "speechocean")):
        spans = word_spans(decoder, one)
        for ratio in (None, 10.0) if spans else ():
            recorded.clear()
            samples = mixed(footage, sound(one.path), ratio, seed)
            hear(samples)
            steps = np.concatenate(recorded)[: len(samples) // 160]
            at = (np.arange(len(steps)) + 0.5) * 0.01
            rows.append(steps)
            truths.append(np.any([(at >= a) & (at < b) for a, b in spans], axis=0))
            weights.append(np.full(len(steps), 1.0 / np.sqrt(len(steps))))
    SpeechGate.features = features  # type: ignore[method-assign]
    found = logistic(np.concatenate(rows), np.concatenate(truths), np.concatenate(weights))
    found[0] += RAISED
    return found


def word_spans(decoder: Decoder, one: Utterance) -> list[tuple[float, float]]:
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


def logistic(
    rows: NDArray[np.float64], truth: NDArray[np.bool_], weights: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Weights of a logistic regression, the bias first, by Newton's method."""
    design = np.concatenate([np.ones((len(rows), 1)), rows], axis=1)
    found = np.zeros(design.shape[1])
    for _ in range(25):
        chance = 1.0 / (1.0 + np.exp(-design @ found))
        curve = weights * chance * (1.0 - chance)
        slope = design.T @ (weights * (truth - chance))
        found += np.linalg.solve(design.T @ (design * curve[:, None]) + 1e-6 * np.eye(7), slope)
    return found


def fit_pace(footage: Path) -> dict[str, dict[str, float]]:
    """Weights over everything under "", and without each speaker of emodb under the name."""
    ocean, emodb = [], []
    for one in utterances(footage, "speechocean"):
        known = one.syllables
        if known:
            ocean += [row_of(quickened(sound(one.path), factor), known) for factor in QUICKER]
    espeak = [row_of(samples, syllables) for samples, syllables in espeak_talk(360)]
    for one in utterances(footage, "emodb"):
        rate, start_s = one.truth.get("rate_in_2s_syl_s"), one.truth.get("speech_start")
        end_s = one.truth.get("last_in_2s", 0.0)
        if rate and start_s is not None and end_s - start_s >= 1.5:
            logs = counted(hear(sound(one.path)), start_s, end_s).logs
            if logs is not None:
                emodb.append((one.speaker, (logs, float(np.log(rate)))))
    sets = [[row for row in part if row is not None] for part in (ocean, espeak)]
    folds = {}
    for left_out in ("", *sorted({speaker for speaker, _ in emodb})):
        own = [row for speaker, row in emodb if speaker != left_out]
        folds[left_out] = least_squares([*sets, own], (0.25, 0.25, 0.5))
    return folds


def row_of(samples: Sound, syllables: int) -> tuple[dict[str, float], float] | None:
    """(logarithms of what is counted, logarithm of the true rate) of a whole file."""
    count = counted(hear(samples), 0.0, float("inf"))
    logs = count.logs
    return None if logs is None else (logs, float(np.log(syllables / count.talk_s)))


def quickened(samples: Sound, factor: float) -> Sound:
    """The same talk, its pitch kept: windows of 32 ms laid where they fit best."""
    if factor == 1.0:
        return samples
    size, hop, slack = 512, 256, 160
    window = np.hanning(size).astype(np.float32)
    count = int((len(samples) - size - slack) / (hop * factor))
    out = np.zeros(count * hop + size, np.float32)
    at = 0
    for k in range(count):
        wanted = int(k * hop * factor)
        if k:
            follow = samples[at + hop : at + hop + size]
            first = max(0, wanted - slack)
            near = samples[first : wanted + slack + size]
            at = first + int(np.argmax(np.correlate(near, follow, "valid")))
        out[k * hop : k * hop + size] += samples[at : at + size] * window
    return out


def least_squares(
    sets: list[list[tuple[dict[str, float], float]]], shares: tuple[float, ...]
) -> dict[str, float]:
    """Weighted least squares, each set as a whole with its share."""
    design = np.array([[1.0, *(logs[n] for n in PACE)] for rows in sets for logs, _ in rows])
    truth = np.array([rate for rows in sets for _, rate in rows])
    weight = np.concatenate(
        [np.full(len(rows), share / len(rows)) for rows, share in zip(sets, shares, strict=True)]
    )
    held = np.diag([0.0, 0.002, 0.002, 0.002])
    square = design.T @ (design * weight[:, None]) + held
    found = np.linalg.solve(square, design.T @ (weight * truth))
    return dict(zip(("bias", *PACE), np.round(found, 3).tolist(), strict=True))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
