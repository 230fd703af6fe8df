"""Pitch and tone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from benchmarks.ears_data import (
    NO_BABBLE,
    Utterance,
    can_babble,
    hear,
    mixed,
    pitch,
    quiet,
    sound,
    utterances,
)
from benchmarks.framework import Metric, auc, bootstrap, by_speaker, mean

from audio.measures import VoiceMeasures
from audio.movement import PitchMovement, lively_st
from audio.pitch import semitones, within_range

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from benchmarks.ears_data import Listen
    from numpy.typing import NDArray

    from audio.types import VoiceHop

LIVELY: Final = ("happy", "happiness")
FLAT: Final = ("sad", "sadness", "bored", "boredom", "calm")
RATIOS: Final[dict[str, float | None]] = {"": None, "_20db": 20.0, "_10db": 10.0, "_5db": 5.0}
"""Ending of a metric -> talk over babble, dB; None without it."""
ACTED: Final = ("ravdess", "emodb")
RAISED: Final = ("happy", "happiness", "angry", "anger")


def pitch_metrics(footage: Path) -> dict[str, Metric]:
    """Gross errors and voicing against the laryngograph, own range from the other files."""
    ratios = RATIOS if can_babble(footage) else {"": None}
    gross: dict[str, dict[str, list[bool]]] = {end: {} for end in RATIOS}
    voicing: dict[str, list[bool]] = {}
    files = list(utterances(footage, "fda"))
    own: dict[Path, NDArray[np.float32]] = {}
    for end, ratio in ratios.items():
        heard = {
            one.path: pitch(hear(mixed(footage, sound(one.path), ratio, seed)))
            for seed, one in enumerate(files)
        }
        # The own range comes from a calibration in quiet, whatever the noise later.
        own = own or heard
        for one in files:
            others = [hz for path, hz in own.items() if path != one.path and _same(path, one)]
            if not others:
                continue  # nothing tells the own range
            low, high = np.nanpercentile(np.concatenate(others), [5, 95])
            found = within_range(heard[one.path], float(low), float(high))
            true = np.loadtxt(one.path.with_suffix(".f0ref"))
            at = np.minimum((np.arange(len(true)) * 1.5).astype(int), len(found) - 1)
            found, both = found[at], (true > 0) & ~np.isnan(found[at])
            off = np.abs(found[both] / true[both] - 1.0) > 0.2
            gross[end].setdefault(one.speaker, []).extend(off.tolist())
            if not end:
                wrong = (true > 0) == np.isnan(found)
                voicing.setdefault(one.speaker, []).extend(wrong.tolist())
    return {
        **{
            f"pitch.gross_error{end}": bootstrap(
                gross[end], mean, data="fda", note="" if end in ratios else NO_BABBLE
            )
            for end in RATIOS
        },
        "pitch.voicing_error": bootstrap(voicing, mean, data="fda"),
        **by_speaker("pitch.gross_error", gross[""], mean),
        **by_speaker("pitch.gross_error_10db", gross["_10db"], mean),
    }


def tone_metrics(footage: Path) -> dict[str, Metric]:
    """Flat against lively by movement alone; raised pitch and level against own neutral."""
    return tone_scores(footage, dict.fromkeys(ACTED, quiet), alone=True)


def tone_scores(
    footage: Path, listen: Mapping[str, Listen], end: str = "", *, alone: bool = False
) -> dict[str, Metric]:
    """The same as it is listened to; `end` is put behind the names; each speaker `alone` too."""
    lively: dict[str, dict[str, list[tuple[bool, float]]]] = {name: {} for name in ACTED}
    against: dict[str, list[tuple[bool, float]]] = {}
    raised: dict[str, list[tuple[bool, float]]] = {}
    louder: dict[str, list[tuple[bool, float]]] = {}
    for name, pairs in lively.items():
        for speaker, clips in _acted(footage, name, listen[name]).items():
            pairs[speaker], against[speaker] = _lively(clips)
            raised[speaker] = _against_neutral(clips, _pitch_st)
            if name == "ravdess":
                louder[speaker] = _against_neutral(clips, _level_db)
    both = {**lively["ravdess"], **lively["emodb"]}
    own = "against the own neutral clips"
    none = "no own normal; the weight of movement against range was chosen on both sets"
    data = "ravdess + emodb"
    metrics = {
        f"tone.auc_flat_lively{end}": bootstrap(both, auc, data=data, note=none),
        f"tone.auc_flat_lively.ravdess{end}": bootstrap(lively["ravdess"], auc, data="ravdess"),
        f"tone.auc_flat_lively.emodb{end}": bootstrap(lively["emodb"], auc, data="emodb"),
        f"tone.auc_flat_lively.own_normal{end}": bootstrap(against, auc, data=data, note=own),
        f"tone.auc_raised_pitch{end}": bootstrap(raised, auc, data=data),
        f"tone.auc_louder{end}": bootstrap(louder, auc, data="ravdess"),
    }
    if not alone:
        return metrics
    return metrics | {
        **by_speaker("tone.auc_flat_lively", both, auc),
        **by_speaker("tone.auc_raised_pitch", raised, auc),
        **by_speaker("tone.auc_louder", louder, auc),
    }


def _acted(footage: Path, name: str, listen: Listen) -> dict[str, list[tuple[str, list[VoiceHop]]]]:
    """Speaker -> (emotion, what the ears hear) of each clip of a set."""
    clips: dict[str, list[tuple[str, list[VoiceHop]]]] = {}
    for one in utterances(footage, name):
        emotion = one.label.get("emotion", "")
        if emotion in (*FLAT, *RAISED, "neutral"):
            heard = listen(one)
            clips.setdefault(f"{name}/{one.speaker}", []).append((emotion, heard))
    return clips


def _lively(
    clips: list[tuple[str, list[VoiceHop]]],
) -> tuple[list[tuple[bool, float]], list[tuple[bool, float]]]:
    """(lively, score) of the clips: movement alone, and as a multiple of the own neutral."""
    found = [(emotion, lively_st(*PitchMovement().push(voiced(hops)))) for emotion, hops in clips]
    values = [(emotion, value) for emotion, value in found if value is not None]
    neutral = [value for emotion, value in values if emotion == "neutral"]
    alone = [(emotion in LIVELY, value) for emotion, value in values if emotion in (*LIVELY, *FLAT)]
    own = float(np.median(neutral)) if neutral else None
    return alone, [(lively, value / own) for lively, value in alone] if own else []


def voiced(hops: list[VoiceHop]) -> NDArray[np.float32]:
    """Pitch of the steps of speech, NaN elsewhere."""
    hz = pitch(hops)
    speech = np.asarray([value for hop in hops for value in hop.speech_steps])
    return np.where(speech >= 0.35, hz, np.float32(np.nan))


def _same(path: Path, one: Utterance) -> bool:
    return path.stem[:2] == one.path.stem[:2]


def _pitch_st(hops: list[VoiceHop]) -> float | None:
    hz = voiced(hops)
    return float(np.nanmedian(semitones(hz, 100.0))) if (~np.isnan(hz)).sum() > 20 else None


def _level_db(hops: list[VoiceHop]) -> float | None:
    measures, levels = VoiceMeasures(), []
    for hop in hops:
        measures.push(hop, hop.pitch_hz)
        if measures.speech_dbfs is not None:
            levels.append(measures.speech_dbfs)
    return float(np.median(levels)) if levels else None


def _against_neutral(
    clips: list[tuple[str, list[VoiceHop]]], measure: Callable[[list[VoiceHop]], float | None]
) -> list[tuple[bool, float]]:
    """Each clip above the speaker's neutral ones; a neutral one above the other half of them."""
    values = [(emotion, measure(hops)) for emotion, hops in clips]
    neutral = [value for emotion, value in values if emotion == "neutral" and value is not None]
    halves = (neutral[::2], neutral[1::2])
    if not halves[1]:
        return []
    pairs = [
        (True, value - float(np.median(neutral)))
        for emotion, value in values
        if emotion in RAISED and value is not None
    ]
    for own, other in (halves, halves[::-1]):
        pairs += [(False, value - float(np.median(other))) for value in own]
    return pairs
