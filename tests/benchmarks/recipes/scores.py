"""Fit the linear scores that ship: python tests/benchmarks/recipes/scores.py FOOTAGE.

Writes assets/vision/arms.toml, brow.toml and smile.toml. Strength and decision are chosen by
folds over groups; what the benchmark reports comes from other models, which never saw the group.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[3]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import numpy as np  # noqa: E402
from benchmarks import eyes_sets as sets  # noqa: E402
from benchmarks.eyes_fit import Sample, fit, write  # noqa: E402
from benchmarks.eyes_photos import manifest_mark  # noqa: E402

if TYPE_CHECKING:
    from vision.weights import Linear

ASSETS = ROOT / "assets" / "vision"
HEAD = """{what}
Score = 1 / (1 + exp(-(bias + sum of weight * (feature - centre)))), decision at 0.5.
Fitted on the folder "{folder}" of the footage ({terms}),
{count} pictures, {positive} of them positive. Recipe: tests/benchmarks/recipes/scores.py"""


def main(footage: Path) -> None:
    """Fit and write all three."""
    arms = sets.samples_arms(sets.load_set(footage, "arms"))
    _save(footage, sets.FIT_ARMS, "arms", arms, "Arms crossed.", "weights only, at most 16", {})
    photos = sets.load_set(footage, "brow")
    brow = sets.samples_brow(photos)
    extra = {"own_shift": sets.own_shift(photos, _fit(sets.FIT_BROW, brow))}
    terms = "weights only, at most 16"
    _save(footage, sets.FIT_BROW, "brow", brow, "Brows drawn together.", terms, extra)
    smile = sets.samples_smile(sets.load_set(footage, "smile"))
    extra = {"own_bias": _own_bias(smile, _fit(sets.FIT_SMILE, smile))}
    terms = "Face Research Lab London Set, CC BY 4.0"
    _save(footage, sets.FIT_SMILE, "smile", smile, "Mouth corners up and out.", terms, extra)


def _fit(cue: sets.Cue, samples: list[Sample]) -> Linear:
    return fit(samples, cue.names, strengths=cue.strengths, shift=cue.shift)


def _own_bias(samples: list[Sample], model: Linear) -> float:
    """Half the mean movement of the sum from a calm face to a smiling one, taken off."""
    sums = {
        positive: np.mean([model.total(s.features) for s in samples if s.positive is positive])
        for positive in (False, True)
    }
    return -0.5 * float(sums[True] - sums[False])


def _save(
    footage: Path,
    cue: sets.Cue,
    folder: str,
    samples: list[Sample],
    what: str,
    terms: str,
    extra: dict[str, float],
) -> None:
    positive = sum(sample.positive for sample in samples)
    head = HEAD.format(what=what, folder=folder, terms=terms, count=len(samples), positive=positive)
    numbers = {name: round(value, 4) for name, value in extra.items()}
    mark = manifest_mark(footage, folder)
    write(ASSETS / f"{cue.table}.toml", head, {"score": _fit(cue, samples)}, mark, numbers)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
