"""What every benchmark gives back: a number with its interval, resampled by person or group."""

from __future__ import annotations

import json
import math
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

RESAMPLES: Final = 1000
SEED: Final = 20240
THIN_GROUPS: Final = 3
BY_SPEAKER: Final = ".by_speaker."
"""Stands between a metric's name and whom alone it was measured on."""

Mistake = tuple[Path, str]
"""A picture and what was said of it: its label and its score."""


@dataclass(frozen=True, slots=True)
class Metric:
    """One figure. A value of None: there was nothing to count, or the set is absent."""

    value: float | None
    """The figure itself, over everything."""
    lo: float | None = None
    """Lower end of the 95 % bootstrap interval."""
    hi: float | None = None
    """Upper end of the 95 % bootstrap interval."""
    n: int = 0
    """How many items (pictures, utterances, events, seconds of sound) were counted."""
    groups: int = 0
    """How many people, speakers or sources they came from; fewer than three is thin."""
    data: str = ""
    """Which set it was measured on, for the table."""
    note: str = ""
    """Anything a reader of the table has to know."""
    mistakes: tuple[Mistake, ...] = ()
    """Pictures that were judged wrongly, each with its label and score, for a contact sheet."""

    @property
    def thin(self) -> bool:
        """Whether too few people stand behind it."""
        return self.value is not None and 0 < self.groups < THIN_GROUPS


def bootstrap(
    values_by_group: Mapping[Any, Sequence[Any]],
    statistic: Callable[[list[Any]], float | None],
    *,
    resamples: int = RESAMPLES,
    data: str = "",
    note: str = "",
) -> Metric:
    """The statistic over all values, with an interval from drawing whole groups again.

    Parameters
    ----------
    values_by_group
        Person, speaker or source -> its values. Values of one group stay together in each draw.
    statistic
        List of values -> figure, or None where it is undefined (one class only, nothing there).
    resamples
        How many draws; the seed is fixed.

    Returns
    -------
    Metric
        value None where the statistic is undefined over everything.
    """
    groups = [list(values) for values in values_by_group.values() if len(values)]
    everything = [value for group in groups for value in group]
    value = statistic(everything) if everything else None
    count = len(everything)
    if value is None or not math.isfinite(value):
        return Metric(None, None, None, count, len(groups), data, note)
    rng = np.random.default_rng(SEED)
    drawn: list[float] = []
    for _ in range(resamples):
        picks = rng.integers(0, len(groups), len(groups))
        figure = statistic([value for pick in picks for value in groups[pick]])
        if figure is not None and math.isfinite(figure):
            drawn.append(figure)
    lo, hi = np.percentile(drawn, [2.5, 97.5]) if drawn else (value, value)
    return Metric(float(value), float(lo), float(hi), count, len(groups), data, note)


def by_speaker(
    name: str,
    values: Mapping[str, Sequence[Any]],
    statistic: Callable[[list[Any]], float | None],
) -> dict[str, Metric]:
    """The same figure for each person, speaker or source alone; no interval."""
    return {
        f"{name}{BY_SPEAKER}{group}": Metric(statistic(list(rows)), n=len(rows), groups=1)
        for group, rows in sorted(values.items())
        if len(rows)
    }


def all_right(rows: Mapping[str, Sequence[tuple[bool, bool]]], *, data: str) -> Metric:
    """Share of the people or sources without a mistake; its note tells the worst, without names."""
    right = {group: [float(all(true == said for true, said in its))] for group, its in rows.items()}
    told = [(sum(true == said for true, said in its), len(its)) for its in rows.values()]
    worst = sorted((one for one in told if one[0] < one[1]), key=lambda one: one[0] - one[1])
    note = "at worst {} of {} right".format(*worst[0]) if worst else ""
    return bootstrap(right, mean, data=data, note=note)


def plain(value: float | None, n: int = 0, *, data: str = "", note: str = "") -> Metric:
    """A figure without an interval: a time, a factor."""
    return Metric(value, value, value, n, 0, data, note)


def nothing(measure: Callable[[Path], dict[str, Metric]], why: str) -> dict[str, Metric]:
    """The figures of a part as null: those that it names where there is no footage at all."""
    with tempfile.TemporaryDirectory() as empty:
        return {name: Metric(None, note=why) for name in measure(Path(empty))}


def f1(pairs: Sequence[tuple[bool, bool]]) -> float | None:
    """F1 of (true, said) pairs; None where nothing was positive either way."""
    hits = sum(true and said for true, said in pairs)
    wrong = sum(true != said for true, said in pairs)
    return None if not hits and not wrong else 2 * hits / (2 * hits + wrong)


def precision(pairs: Sequence[tuple[bool, bool]]) -> float | None:
    """Share of what was said that was true."""
    said = [true for true, said in pairs if said]
    return sum(said) / len(said) if said else None


def recall(pairs: Sequence[tuple[bool, bool]]) -> float | None:
    """Share of what was true that was said."""
    true = [said for true, said in pairs if true]
    return sum(true) / len(true) if true else None


def auc(pairs: Sequence[tuple[bool, float]]) -> float | None:
    """ROC-AUC of (true, score) pairs: the chance that a true one scores above a false one."""
    truth = np.array([true for true, _ in pairs], bool)
    scores = np.array([score for _, score in pairs], float)
    above = scores[truth]
    below = scores[~truth]
    if not len(above) or not len(below):
        return None
    order = np.sort(below)
    wins = np.searchsorted(order, above, "left") + np.searchsorted(order, above, "right")
    return float(wins.sum() / (2 * len(above) * len(below)))


def mean(values: Sequence[float]) -> float | None:
    """The mean; None of nothing."""
    return float(np.mean(values)) if len(values) else None


def to_json(metrics: Mapping[str, Metric]) -> dict[str, float | int | None]:
    """One flat object: name, name.lo, name.hi, name.n."""
    flat: dict[str, float | int | None] = {}
    for name, metric in metrics.items():
        flat[name] = _rounded(metric.value)
        flat[f"{name}.lo"] = _rounded(metric.lo)
        flat[f"{name}.hi"] = _rounded(metric.hi)
        flat[f"{name}.n"] = metric.n
    return flat


def write_json(
    path: Path,
    metrics: Mapping[str, Metric],
    *,
    left_out: Mapping[str, str],
    failed: Mapping[str, str],
) -> None:
    """Write the flat object, its folder made.

    `left_out` counts the files that could not be used, `failed` the parts that are null for an
    error; only where there are some do `left_out.files` and `failed.parts` say which and why.
    """
    flat: dict[str, object] = dict(to_json(metrics))
    for name, of, reasons in (("left_out", "files", left_out), ("failed", "parts", failed)):
        flat[name] = len(reasons)
        if reasons:
            flat[f"{name}.{of}"] = [f"{one}: {why}" for one, why in reasons.items()]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(flat, indent=1) + "\n", encoding="utf-8")


def commit(folder: Path) -> str:
    """Short name of the commit that is measured, or "unknown" outside a repository."""
    done = subprocess.run(
        ["git", "-C", str(folder), "rev-parse", "--short", "HEAD"],
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout.strip() or "unknown"


def _rounded(value: float | None) -> float | None:
    return None if value is None or not math.isfinite(value) else round(float(value), 5)
