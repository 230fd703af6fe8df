"""Pitch and tone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from benchmarks.ears_data import Utterance, hear, mixed, pitch, sound, utterances
from benchmarks.framework import Metric, auc, bootstrap, by_speaker, mean

from audio.measures import VoiceMeasures
from audio.movement import PitchMovement, lively_st
from audio.pitch import semitones, within_range

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from numpy.typing import NDArray

    from audio.types import VoiceHop

LIVELY: Final = ("happy", "happiness")
FLAT: Final = ("sad", "sadness", "bored", "boredom", "calm")
RAISED: Final = ("happy", "happiness", "angry", "anger")


def pitch_metrics(footage: Path) -> dict[str, Metric]:
    """Gross errors and voicing against the laryngograph, own range from the other files."""
    gross: dict[str, dict[str, list[bool]]] = {"clean": {}, "10db": {}}
    voicing: dict[str, list[bool]] = {}
    files = list(utterances(footage, "fda"))
    own: dict[Path, NDArray[np.float32]] = {}
    for name, ratio in (("clean", None), ("10db", 10.0)):
        heard = {
            one.path: pitch(hear(mixed(footage, sound(one.path), ratio, seed)))
            for seed, one in enumerate(files)
        }
        # The own range comes from a calibration in quiet, whatever the noise later.
        own = own or heard
        for one in files:
            others = [hz for path, hz in own.items() if path != one.path and _same(path, one)]
            low, high = np.nanpercentile(np.concatenate(others), [5, 95])
            found = within_range(heard[one.path], float(low), float(high))
            true = np.loadtxt(one.path.with_suffix(".f0ref"))
            at = np.minimum((np.arange(len(true)) * 1.5).astype(int), len(found) - 1)
            found, both = found[at], (true > 0) & ~np.isnan(found[at])
            off = np.abs(found[both] / true[both] - 1.0) > 0.2
            gross[name].setdefault(one.speaker, []).extend(off.tolist())
            if name == "clean":
                wrong = (true > 0) == np.isnan(found)
                voicing.setdefault(one.speaker, []).extend(wrong.tolist())
    return {
        "pitch.gross_error": bootstrap(gross["clean"], mean, data="fda"),
        "pitch.gross_error_10db": bootstrap(gross["10db"], mean, data="fda"),
        "pitch.voicing_error": bootstrap(voicing, mean, data="fda"),
        **by_speaker("pitch.gross_error", gross["clean"], mean),
        **by_speaker("pitch.gross_error_10db", gross["10db"], mean),
    }


def tone_metrics(footage: Path) -> dict[str, Metric]:
    """Flat against lively by movement alone; raised pitch and level against own neutral."""
    lively: dict[str, dict[str, list[tuple[bool, float]]]] = {"ravdess": {}, "emodb": {}}
    against: dict[str, list[tuple[bool, float]]] = {}
    raised: dict[str, list[tuple[bool, float]]] = {}
    louder: dict[str, list[tuple[bool, float]]] = {}
    for name, pairs in lively.items():
        for speaker, clips in _acted(footage, name).items():
            pairs[speaker], against[speaker] = _lively(clips)
            raised[speaker] = _against_neutral(clips, _pitch_st)
            if name == "ravdess":
                louder[speaker] = _against_neutral(clips, _level_db)
    both = {**lively["ravdess"], **lively["emodb"]}
    own = "against the own neutral clips"
    alone = "no own normal; the weight of movement against range was chosen on both sets"
    data = "ravdess + emodb"
    return {
        "tone.auc_flat_lively": bootstrap(both, auc, data=data, note=alone),
        "tone.auc_flat_lively.ravdess": bootstrap(lively["ravdess"], auc, data="ravdess"),
        "tone.auc_flat_lively.emodb": bootstrap(lively["emodb"], auc, data="emodb"),
        "tone.auc_flat_lively.own_normal": bootstrap(against, auc, data=data, note=own),
        "tone.auc_raised_pitch": bootstrap(raised, auc, data=data),
        "tone.auc_louder": bootstrap(louder, auc, data="ravdess"),
        **by_speaker("tone.auc_flat_lively", both, auc),
        **by_speaker("tone.auc_raised_pitch", raised, auc),
        **by_speaker("tone.auc_louder", louder, auc),
    }


def _acted(footage: Path, name: str) -> dict[str, list[tuple[str, list[VoiceHop]]]]:
    """Speaker -> (emotion, what the ears hear) of each clip of a set."""
    clips: dict[str, list[tuple[str, list[VoiceHop]]]] = {}
    for one in utterances(footage, name):
        emotion = one.label.get("emotion", "")
        if emotion in (*FLAT, *RAISED, "neutral"):
            heard = hear(sound(one.path))
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
