"""Speech or silence, and pauses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
from benchmarks.ears_data import (
    NO_BABBLE,
    Sound,
    active_level,
    babble,
    can_babble,
    hear,
    mixed,
    quiet,
    sound,
    steps,
    utterances,
)
from benchmarks.framework import Metric, auc, bootstrap, by_speaker, mean

from audio.framing import RATE_HZ, STEPS
from audio.pauses import LEAVE, PAUSE_S, TalkTracker
from audio.types import Pause, VoiceHop
from audio.voicing import SpeechDetector

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from benchmarks.ears_data import Listen
    from numpy.typing import NDArray

PauseCounts = tuple[int, int, int]
"""Pauses that were found, that were missed, and that are none."""
RATIOS: Final = {"clean": None, "20db": 20.0, "10db": 10.0, "5db": 5.0}
SOFTER_DB: Final = 30.0
"""How much softer a microphone gives the same talk, in 16 bits."""
SPLICED: Final = ("transcribed", "speechocean")
"""Sets whose utterances are joined by silences of known lengths."""
JOINED: Final = 8
"""Utterances of a speaker that are joined by silences of known lengths."""
DRAWS: Final = (1, 2, 3)
"""Seeds of further draws: which utterances, in which order, and how long the silences are."""
SPLICED_S: Final = (0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.7, 1.0, 1.5, 2.0, 3.0)


def vad_metrics(footage: Path) -> dict[str, Metric]:
    """ROC-AUC over frames of 10 ms of the aligned set, clean and in babble."""
    ratios = RATIOS if can_babble(footage) else {"clean": None}
    names = [f"vad.auc_{name}" for name in RATIOS] + ["vad.auc_10db_plain", "vad.edge_mae_s"]
    pairs: dict[str, dict[str, list[tuple[bool, float]]]] = {name: {} for name in names}
    edges: dict[str, list[float]] = {}
    wrong: dict[str, dict[str, list[bool]]] = {"vad.wrong": {}, "vad.wrong_30db_softer": {}}
    for seed, one in enumerate(utterances(footage, "aligned")):
        if not one.truth.get("words"):
            continue
        clean = sound(one.path)
        truth = _frames(one.truth["words"], len(clean))
        for name, ratio in ratios.items():
            noisy = mixed(footage, clean, ratio, seed)
            hops = hear(noisy)
            said = steps(hops, len(clean) / RATE_HZ)
            _gather(pairs[f"vad.auc_{name}"], one.speaker, truth, said)
            if name == "10db":
                plain = silero(noisy)
                _gather(pairs["vad.auc_10db_plain"], one.speaker, truth, plain)
            if name == "clean":
                edges.setdefault(one.speaker, []).extend(_edges(one.truth, hops))
        for name, heard in zip(wrong, (clean, _softer(clean)), strict=True):
            said = steps(hear(heard), len(clean) / RATE_HZ) >= LEAVE
            wrong[name].setdefault(one.speaker, []).extend((said != truth[: len(said)]).tolist())
    metrics = {
        name: bootstrap(pairs[name], auc, resamples=200, data="aligned") for name in names[:-1]
    }
    for name in names[1:-1] if len(ratios) == 1 else ():
        metrics[name] = Metric(None, data="aligned", note=NO_BABBLE)
    metrics["vad.edge_mae_s"] = bootstrap(edges, mean, data="aligned")
    for name, shares in wrong.items():
        metrics[name] = bootstrap(shares, mean, resamples=200, data="aligned")
    for name in ("vad.auc_clean", "vad.auc_10db"):
        metrics |= by_speaker(name, pairs[name], auc)
    return metrics


def pause_metrics(footage: Path) -> dict[str, Metric]:
    """F1 and edges of pauses inside speech: hand-marked ones and spliced ones."""
    rows: dict[str, list[PauseCounts]] = {}
    edges: dict[str, list[float]] = {}
    _marked(footage, rows, edges, quiet)
    further: dict[str, list[PauseCounts]] = {}
    unseen: dict[str, list[float]] = {}
    for name in SPLICED:
        clips = _clips(footage, name)
        for speaker, joined, true in _spliced(clips, np.random.default_rng(7), shuffled=False):
            judge(rows, edges, speaker, hear(joined), true)
        for seed in DRAWS:
            rng = np.random.default_rng(seed)
            for speaker, joined, true in _spliced(clips, rng, shuffled=True):
                judge(further, unseen, speaker, hear(joined), true)
    note = "three further draws of utterances, order and lengths"
    return {
        "pause.f1": bootstrap(rows, pause_f1, data="aligned + spliced"),
        "pause.edge_mae_s": bootstrap(edges, mean, data="aligned + spliced"),
        "pause.f1_further": bootstrap(further, pause_f1, data="spliced", note=note),
        "pause.edge_mae_further_s": bootstrap(unseen, mean, data="spliced", note=note),
        **by_speaker("pause.f1", rows, pause_f1),
    }


def pauses_in_babble(
    footage: Path, ratio_db: float, end: str, aligned: Listen
) -> dict[str, Metric]:
    """The same pauses in babble, which goes on through them."""
    rows: dict[str, list[PauseCounts]] = {}
    edges: dict[str, list[float]] = {}
    _marked(footage, rows, edges, aligned)
    for name in SPLICED:
        clips = _clips(footage, name)
        spliced = _spliced(clips, np.random.default_rng(7), shuffled=False)
        for seed, (speaker, samples, true) in enumerate(spliced):
            noise = babble(footage, len(samples), seed, speaker)
            level = np.float32(active_level(samples) * 10.0 ** (-ratio_db / 20.0))
            judge(rows, edges, speaker, hear(samples + level * noise), true)
    data = "aligned + spliced"
    return {
        f"pause.f1{end}": bootstrap(rows, pause_f1, data=data),
        f"pause.edge_mae{end}_s": bootstrap(edges, mean, data=data),
    }


def _marked(
    footage: Path,
    rows: dict[str, list[PauseCounts]],
    edges: dict[str, list[float]],
    listen: Listen,
) -> None:
    """Score the pauses between words that are marked by hand."""
    for one in utterances(footage, "aligned"):
        if not one.truth.get("words"):
            continue
        start_s, end_s = one.truth["speech_start"], one.truth["speech_end"]
        true = [
            Pause(a, b)
            for a, b in one.truth["pauses_ge_0_25"]
            if a > start_s + 0.01 and b < end_s - 0.01
        ]
        found = [p for p in pauses(listen(one)) if start_s < p.start_s < end_s]
        _score(rows.setdefault(one.speaker, []), edges.setdefault(one.speaker, []), true, found)


def silero(samples: Sound) -> NDArray[np.float64]:
    """Silero alone on frames of 10 ms, nothing refined."""
    detector = SpeechDetector(bring_up=False)
    detector.push(np.concatenate([samples, np.zeros(1024, np.float32)]))
    return detector.take(len(samples) // 160)


def pauses(hops: list[VoiceHop]) -> list[Pause]:
    """The pauses that a session would find in these hops."""
    tracker, found = TalkTracker(), []
    for hop in hops:
        tracker.push(hop.t - STEPS * 0.01, hop.speech_steps, hop.quiet_steps)
        found += tracker.ended
    return found


def _softer(samples: Sound) -> Sound:
    gain = 10.0 ** (-SOFTER_DB / 20.0) * 32767
    return (np.round(samples * gain) / 32767).astype(np.float32)


def _frames(words: list[list[Any]], samples: int) -> NDArray[np.bool_]:
    centres = (np.arange(samples // 160) + 0.5) * 0.01
    truth = np.zeros(len(centres), bool)
    for start_s, end_s, _ in words:
        truth |= (centres >= start_s) & (centres < end_s)
    return truth


def _gather(
    into: dict[str, list[tuple[bool, float]]],
    speaker: str,
    truth: NDArray[np.bool_],
    said: NDArray[np.float64],
) -> None:
    pairs = zip(truth.tolist(), said.tolist(), strict=False)
    into.setdefault(speaker, []).extend(pairs)


def _edges(truth: dict[str, Any], hops: list[VoiceHop]) -> list[float]:
    """How far the first and the last edge of the talk lie from the truth, seconds."""
    said = np.flatnonzero(steps(hops, 1e4) >= 0.5)
    if not len(said):
        return []
    first, last = said[0] * 0.01, (said[-1] + 1) * 0.01
    return [abs(first - truth["speech_start"]), abs(last - truth["speech_end"])]


def _score(
    rows: list[PauseCounts], edges: list[float], true: list[Pause], found: list[Pause]
) -> None:
    """Append (hits, misses, false alarms) and the distances of the hits' edges."""
    free, hits = list(found), 0
    for pause in true:
        best = max(free, key=lambda other: _overlap(pause, other), default=None)
        if best is None or _overlap(pause, best) < 0.5:
            continue
        free.remove(best)
        hits += 1
        edges += [abs(best.start_s - pause.start_s), abs(best.end_s - pause.end_s)]
    rows.append((hits, len(true) - hits, len(free)))


def _overlap(one: Pause, other: Pause) -> float:
    """Common part of the longer of the two."""
    common = min(one.end_s, other.end_s) - max(one.start_s, other.start_s)
    return max(0.0, common) / max(one.end_s - one.start_s, other.end_s - other.start_s)


def pause_f1(rows: list[PauseCounts]) -> float | None:
    """F1 of the pauses of all sounds together."""
    hits, misses, false = np.asarray(rows).sum(axis=0)
    return float(2 * hits / (2 * hits + misses + false)) if hits + misses + false else None


def judge(
    rows: dict[str, list[PauseCounts]],
    edges: dict[str, list[float]],
    speaker: str,
    hops: list[VoiceHop],
    true: list[Pause],
) -> None:
    """Score the pauses found in talk whose pauses are known."""
    long = [pause for pause in true if pause.end_s - pause.start_s >= PAUSE_S]
    found = pauses(hops)
    _score(rows.setdefault(speaker, []), edges.setdefault(speaker, []), long, found)


def _clips(footage: Path, name: str) -> dict[str, list[tuple[Sound, Sound]]]:
    """Speaker -> (talk, room) of the utterances without a silence of their own."""
    clips: dict[str, list[tuple[Sound, Sound]]] = {}
    for one in utterances(footage, name):
        parts = _trimmed(sound(one.path))
        if parts is not None:
            clips.setdefault(one.speaker, []).append(parts)
    return {speaker: parts for speaker, parts in sorted(clips.items()) if len(parts) > 1}


def _spliced(
    clips: dict[str, list[tuple[Sound, Sound]]], rng: np.random.Generator, *, shuffled: bool
) -> Iterator[tuple[str, Sound, list[Pause]]]:
    """Utterances of each speaker, joined by the room's noise of known lengths."""
    for speaker, parts in clips.items():
        order = rng.permutation(len(parts)) if shuffled else np.arange(len(parts))
        chosen = [parts[at] for at in order[:JOINED]]
        pieces, true, at = [chosen[0][0]], [], len(chosen[0][0])
        for talk, room in chosen[1:]:
            length = round(float(rng.choice(SPLICED_S)) * RATE_HZ)
            true.append(Pause(at / RATE_HZ, (at + length) / RATE_HZ))
            pieces += [_room(room, length, rng), talk]
            at += length + len(talk)
        yield speaker, np.concatenate(pieces), true


def _room(room: Sound, length: int, rng: np.random.Generator) -> Sound:
    """Noise with the spectrum of a piece of room, its phases replaced so that no loop shows."""
    size = 1 << max(10, (length + 1024).bit_length())
    gain = np.abs(np.fft.rfft(np.resize(room * np.hanning(len(room)), size)))
    shaped = np.fft.irfft(gain * np.exp(2j * np.pi * rng.random(len(gain))), size)[:length]
    return (shaped / max(shaped.std(), 1e-12) * max(float(room.std()), 1e-6)).astype(np.float32)


def _trimmed(samples: Sound) -> tuple[Sound, Sound] | None:
    """(talk from its first to its last loud frame, a quiet stretch), or None with silences in it.

    By energy alone, so that the judge is not what is judged: frames of 10 ms above the quiet
    tenth by 12 dB and within 30 dB of the loud ones are loud; a hole of 0.15 s between loud ones
    disqualifies.
    """
    frames = samples[: len(samples) // 160 * 160].reshape(-1, 160).astype(np.float64)
    level = 10.0 * np.log10((frames**2).mean(axis=1) + 1e-12)
    floor = float(np.percentile(level, 8))
    loud = np.flatnonzero(level > max(floor + 12.0, float(np.percentile(level, 95)) - 30.0))
    if len(loud) < 50 or np.diff(loud).max() >= 15 or level.max() - floor < 30.0:
        return None
    quiet = np.concatenate([frames[: loud[0]], frames[loud[-1] + 1 :]])
    quiet = quiet[10.0 * np.log10((quiet**2).mean(axis=1) + 1e-12) < floor + 6.0]
    if len(quiet) < 10:
        return None
    talk = samples[loud[0] * 160 : (loud[-1] + 1) * 160]
    return talk, quiet.reshape(-1).astype(np.float32)
