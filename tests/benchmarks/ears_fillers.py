"""Fillers from sound alone: found against their times, counted against their numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.ears_data import hear, quiet, sound, utterances
from benchmarks.framework import Metric, bootstrap, mean

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.ears_data import Listen

    from audio.types import Filler, VoiceHop

QUIET_SETS = ("transcribed", "speechocean", "fda")
"""Read aloud: nobody hesitates, so that whatever is found is false."""


def filler_metrics(footage: Path) -> dict[str, Metric]:
    """F1 by overlap on the aligned set, error of the count, false finds in read speech."""
    metrics = filler_finds(footage, quiet, quiet)
    false: dict[str, list[float]] = {}
    for name in QUIET_SETS:
        for one in list(utterances(footage, name))[::3]:
            samples = sound(one.path)
            rate = len(fillers(hear(samples))) / (len(samples) / 16000 / 60)
            false.setdefault(f"{name} {one.speaker}", []).append(rate)
    data = " + ".join(QUIET_SETS)
    return metrics | {"filler.false_per_min_read": bootstrap(false, mean, data=data)}


def filler_finds(
    footage: Path, aligned: Listen, spoken: Listen, end: str = ""
) -> dict[str, Metric]:
    """F1 by overlap on the aligned set, error of the count; `end` is put behind the names."""
    rows: dict[str, list[tuple[int, int, int]]] = {}
    for one in utterances(footage, "aligned"):
        if one.truth.get("words"):
            true = [(start, stop) for start, stop, _ in one.truth.get("fillers", [])]
            rows.setdefault(one.speaker, []).append(compare(true, fillers(aligned(one))))
    errors: dict[str, list[float]] = {}
    for one in utterances(footage, "fillers"):
        found = len(fillers(spoken(one)))
        errors.setdefault(one.speaker, []).append(abs(found - int(one.label["n_fillers"])))
    note = "two true fillers, of one speaker; the limits were set looking at this file"
    return {
        f"filler.f1{end}": bootstrap(rows, _f1, data="aligned", note=note),
        f"filler.count_mae{end}": bootstrap(errors, mean, data="fillers", note="one speaker"),
    }


def fillers(hops: list[VoiceHop]) -> list[Filler]:
    """All fillers of a sound."""
    return [filler for hop in hops for filler in hop.fillers]


def compare(true: list[tuple[float, float]], found: list[Filler]) -> tuple[int, int, int]:
    """(hits, misses, false alarms); a find that overlaps a filler is a hit, each once."""
    free = list(found)
    hits = 0
    for start_s, end_s in true:
        match = next((f for f in free if f.start_s < end_s and f.end_s > start_s), None)
        if match is not None:
            free.remove(match)
            hits += 1
    return hits, len(true) - hits, len(free)


def _f1(rows: list[tuple[int, int, int]]) -> float | None:
    hits, misses, false = (sum(column) for column in zip(*rows, strict=True))
    return 2 * hits / (2 * hits + misses + false) if hits + misses else None
