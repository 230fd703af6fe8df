"""Pace, pitch and tone."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from benchmarks.ears_data import Utterance, hear, mixed, pitch, sound, utterances
from benchmarks.framework import Metric, auc, bootstrap, by_speaker, mean

from audio.framing import STEPS
from audio.measures import VoiceMeasures
from audio.pauses import TalkTracker
from audio.pitch import PitchMovement, semitones, within_range
from audio.rate import TalkCount

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from audio.types import VoiceHop

FAST_SYL_S: Final = 6.0
LIVELY: Final = ("happy", "happiness")
FLAT: Final = ("sad", "sadness", "bored", "boredom", "calm")
RAISED: Final = ("happy", "happiness", "angry", "anger")
Row = tuple[float, float]
FOLDS: Final[dict[str, dict[str, float]]] = tomllib.loads(
    (Path(__file__).parent / "recipes" / "pace_folds.toml").read_text("utf-8")
)
"""Speaker of emodb -> weights that never saw this speaker, by recipes/voice.py."""


def pace_metrics(footage: Path) -> dict[str, Metric]:
    """Articulation rate and counts against known syllables."""
    rates: dict[str, list[Row]] = {}
    counts: dict[str, list[float]] = {}
    for name, least_s in (("aligned", 2.5), ("emodb", 1.5)):
        for one in utterances(footage, name):
            row = _rate(one, name, least_s)
            if row is not None:
                rates.setdefault(f"{name}/{one.speaker}", []).append(row)
    for one in utterances(footage, "speechocean"):
        true = one.syllables
        if true:
            counts.setdefault(one.speaker, []).append(abs(_count(one) - true) / true)
    data = "aligned + emodb"
    return {
        "pace.mape": bootstrap(
            rates, _mape, data=data, note="emodb by weights that never saw the speaker"
        ),
        "pace.r": bootstrap(rates, _correlation, data=data),
        "pace.bias_fast": bootstrap(rates, _bias_fast, data=data),
        "pace.count_mape": bootstrap(counts, mean, data="speechocean", note="fitted on it"),
        **by_speaker("pace.mape", rates, _mape),
        **by_speaker("pace.bias_fast", rates, _bias_fast),
        **by_speaker("pace.count_mape", counts, mean),
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
        **by_speaker("pitch.gross_error", gross["clean"], mean),
        **by_speaker("pitch.gross_error_10db", gross["10db"], mean),
    }


def tone_metrics(footage: Path) -> dict[str, Metric]:
    """Flat against lively by movement alone; raised pitch and level against own neutral."""
    lively: dict[str, dict[str, list[tuple[bool, float]]]] = {"ravdess": {}, "emodb": {}}
    plainly: dict[str, list[tuple[bool, float]]] = {}
    raised: dict[str, list[tuple[bool, float]]] = {}
    louder: dict[str, list[tuple[bool, float]]] = {}
    for name, pairs in lively.items():
        for speaker, clips in _acted(footage, name).items():
            pairs[speaker], plainly[speaker] = _lively(clips)
            raised[speaker] = _against_neutral(clips, _pitch_st)
            if name == "ravdess":
                louder[speaker] = _against_neutral(clips, _level_db)
    both = {**lively["ravdess"], **lively["emodb"]}
    own = "against the own neutral clips"
    data = "ravdess + emodb"
    return {
        "tone.auc_flat_lively": bootstrap(both, auc, data=data, note=own),
        "tone.auc_flat_lively.ravdess": bootstrap(lively["ravdess"], auc, data="ravdess"),
        "tone.auc_flat_lively.emodb": bootstrap(lively["emodb"], auc, data="emodb"),
        "tone.auc_flat_lively.no_normal": bootstrap(
            plainly, auc, data=data, note="movement alone, no own normal"
        ),
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
    """(lively, score) of the clips: movement against the own neutral, and movement alone."""
    moves = []
    for emotion, hops in clips:
        moved = PitchMovement().push(voiced(hops))
        if len(moved) >= 10:
            moves.append((emotion, float(moved.mean())))
    neutral = [move for emotion, move in moves if emotion == "neutral"]
    alone = [(emotion in LIVELY, move) for emotion, move in moves if emotion in (*LIVELY, *FLAT)]
    own = float(np.median(neutral)) if neutral else None
    return [(lively, move / own) for lively, move in alone] if own else [], alone


def voiced(hops: list[VoiceHop]) -> NDArray[np.float32]:
    """Pitch of the steps of speech, NaN elsewhere."""
    hz = pitch(hops)
    speech = np.asarray([value for hop in hops for value in hop.speech_steps])
    return np.where(speech >= 0.35, hz, np.float32(np.nan))


def _count(one: Utterance) -> float:
    """How many syllables a file of unknown times has."""
    return counted(hear(sound(one.path)), 0.0, float("inf")).syllables


def _rate(one: Utterance, name: str, least_s: float) -> Row | None:
    """(true, found) articulation rate inside the span whose syllables are known."""
    truth = one.truth
    true = truth.get("rate_in_2s_syl_s") or truth.get("articulation_rate_syl_s")
    start_s, end_s = truth.get("speech_start"), truth.get("speech_end", truth.get("last_in_2s"))
    if not true or start_s is None or end_s is None or end_s - start_s < least_s:
        return None
    count = counted(hear(sound(one.path)), start_s, end_s)
    fold = FOLDS.get(one.speaker) if name == "emodb" else None
    return float(true), count.syl_s if fold is None else count.syl_s_by(fold)


def counted(hops: list[VoiceHop], start_s: float, end_s: float) -> TalkCount:
    """What the ears count between two moments."""
    tracker, total = TalkTracker(), TalkCount()
    for hop in hops:
        first_s = hop.t - STEPS * 0.01
        inside = [start_s <= first_s + i * 0.01 + 0.005 < end_s for i in range(STEPS)]
        heard = zip(hop.speech_steps, inside, strict=True)
        tracker.push(first_s, [value if within else 0.0 for value, within in heard])
        fine = sum(start_s <= t < end_s for t in hop.fine_s)
        coarse = sum(start_s <= t < end_s for t in hop.coarse_s)
        near, far = (value * sum(inside) / STEPS for value in hop.change)
        total.add(TalkCount(tracker.talk_s, tracker.talk_s, fine, coarse, near, far))
    return total


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
