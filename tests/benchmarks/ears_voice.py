"""Pace, pitch and tone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from benchmarks.ears_data import Utterance, hear, mixed, pitch, sound, utterances
from benchmarks.framework import Metric, auc, bootstrap, mean

from audio.framing import STEPS
from audio.measures import VoiceMeasures
from audio.pace import rate_syl_s
from audio.pauses import TalkTracker
from audio.pitch import PitchMovement, semitones, within_range

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from numpy.typing import NDArray

    from audio.types import VoiceHop

FAST_SYL_S: Final = 6.0
LIVELY: Final = ("happy", "happiness")
FLAT: Final = ("sad", "sadness", "bored", "boredom", "calm")
RAISED: Final = ("happy", "happiness", "angry", "anger")
Row = tuple[float, float]


def pace_metrics(footage: Path) -> dict[str, Metric]:
    """Articulation rate and counts against known syllables."""
    rates: dict[str, list[Row]] = {}
    counts: dict[str, list[float]] = {}
    for name, least_s in (("aligned", 2.5), ("emodb", 1.5)):
        for one in utterances(footage, name):
            row = _rate(one, least_s)
            if row is not None:
                rates.setdefault(f"{name}/{one.speaker}", []).append(row)
    for one in utterances(footage, "speechocean"):
        true = one.syllables
        if true:
            counts.setdefault(one.speaker, []).append(abs(_count(one) - true) / true)
    data = "aligned + emodb"
    return {
        "pace.mape": bootstrap(rates, _mape, data=data),
        "pace.r": bootstrap(rates, _correlation, data=data),
        "pace.bias_fast": bootstrap(rates, _bias_fast, data=data),
        "pace.count_mape": bootstrap(counts, mean, data="speechocean"),
    }


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
    }


def tone_metrics(footage: Path) -> dict[str, Metric]:
    """Flat against lively by movement alone; raised pitch and level against own neutral."""
    lively: dict[str, dict[str, list[tuple[bool, float]]]] = {"ravdess": {}, "emodb": {}}
    raised: dict[str, list[tuple[bool, float]]] = {}
    louder: dict[str, list[tuple[bool, float]]] = {}
    for name, pairs in lively.items():
        by_speaker: dict[str, list[tuple[str, list[VoiceHop]]]] = {}
        for one in utterances(footage, name):
            emotion = one.label.get("emotion", "")
            if emotion in (*FLAT, *RAISED, "neutral"):
                heard = hear(sound(one.path))
                by_speaker.setdefault(f"{name}/{one.speaker}", []).append((emotion, heard))
        for speaker, clips in by_speaker.items():
            for emotion, hops in clips:
                moved = PitchMovement().push(voiced(hops))
                if emotion in (*LIVELY, *FLAT) and len(moved) >= 10:
                    pairs.setdefault(speaker, []).append((emotion in LIVELY, moved.mean()))
            raised[speaker] = _against_neutral(clips, _pitch_st)
            if name == "ravdess":
                louder[speaker] = _against_neutral(clips, _level_db)
    both = {**lively["ravdess"], **lively["emodb"]}
    return {
        "tone.auc_flat_lively": bootstrap(both, auc, data="ravdess + emodb"),
        "tone.auc_flat_lively.ravdess": bootstrap(lively["ravdess"], auc, data="ravdess"),
        "tone.auc_flat_lively.emodb": bootstrap(lively["emodb"], auc, data="emodb"),
        "tone.auc_raised_pitch": bootstrap(raised, auc, data="ravdess + emodb"),
        "tone.auc_louder": bootstrap(louder, auc, data="ravdess"),
    }


def voiced(hops: list[VoiceHop]) -> NDArray[np.float32]:
    """Pitch of the steps of speech, NaN elsewhere."""
    hz = pitch(hops)
    speech = np.asarray([value for hop in hops for value in hop.speech_steps])
    return np.where(speech >= 0.35, hz, np.float32(np.nan))


def _count(one: Utterance) -> float:
    """How many syllables a file of unknown times has."""
    hops, tracker, talk_s = hear(sound(one.path)), TalkTracker(), 0.0
    for hop in hops:
        tracker.push(hop.t - STEPS * 0.01, hop.speech_steps)
        talk_s += tracker.talk_s
    fine = sum(len(hop.fine_s) for hop in hops)
    coarse = sum(len(hop.coarse_s) for hop in hops)
    return rate_syl_s(fine, coarse, talk_s) * talk_s if talk_s else 0.0


def _rate(one: Utterance, least_s: float) -> Row | None:
    """(true, found) articulation rate inside the span whose syllables are known."""
    truth = one.truth
    true = truth.get("rate_in_2s_syl_s") or truth.get("articulation_rate_syl_s")
    start_s, end_s = truth.get("speech_start"), truth.get("speech_end", truth.get("last_in_2s"))
    if not true or start_s is None or end_s is None or end_s - start_s < least_s:
        return None
    hops = hear(sound(one.path))
    tracker, talk_s = TalkTracker(), 0.0
    for hop in hops:
        first_s = hop.t - STEPS * 0.01
        inside = [
            value if start_s <= first_s + i * 0.01 + 0.005 < end_s else 0.0
            for i, value in enumerate(hop.speech_steps)
        ]
        tracker.push(first_s, inside)
        talk_s += tracker.talk_s
    fine = sum(start_s <= t < end_s for hop in hops for t in hop.fine_s)
    coarse = sum(start_s <= t < end_s for hop in hops for t in hop.coarse_s)
    return float(true), rate_syl_s(fine, coarse, talk_s) if talk_s > 0.5 else 0.0


def _mape(rows: list[Row]) -> float | None:
    return mean([abs(found - true) / true for true, found in rows])


def _correlation(rows: list[Row]) -> float | None:
    if len(rows) < 3:
        return None
    true, found = np.asarray(rows).T
    return float(np.corrcoef(true, found)[0, 1]) if true.std() and found.std() else None


def _bias_fast(rows: list[Row]) -> float | None:
    return mean([(found - true) / true for true, found in rows if true > FAST_SYL_S])


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
