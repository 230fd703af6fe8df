"""Fit the linear scores that ship.

    PYTHONPATH=tests python -m benchmarks.recipes.scores FOOTAGE

writes assets/vision/brow.toml and smile.toml; arms.py writes arms.toml. Features, strength and
decision are chosen by folds over people; what the benchmark reports comes from other models, whose
features, strength, decision and weights never saw the person.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import eyes_sets as sets
from benchmarks.eyes_fit import write
from benchmarks.eyes_fitted import keep
from benchmarks.eyes_photos import load_set, manifest_mark
from benchmarks.eyes_ridge import best_f1, choose, few_false, fold_choices

from vision.brow import CANDIDATES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from benchmarks.eyes_fit import Sample

    from vision.weights import Linear

ASSETS = Path(__file__).resolve().parents[3] / "assets" / "vision"
HEAD = """{what}
Score = 1 / (1 + exp(-(bias + sum of weight * (feature - centre)))), decision at 0.5.
Fitted on {folders} of the footage ({terms}),
{count} pictures, {positive} of them positive. Recipe: tests/benchmarks/recipes/scores.py"""


def main(footage: Path) -> None:
    """Choose, fit and write both."""
    faces, smiles = load_set(footage, "brow"), load_set(footage, "smile")
    brow = sets.samples_brow(faces)
    # The decision on the movement comes from scores that never saw the person.
    sums = sets.own_sums(faces, fold_choices(brow, CANDIDATES, best_f1))
    head = _head("Brows drawn together.", '"brow"', "weights only, at most 16", brow)
    clear = [one.path for one in faces if one.row["brow_0to2"] in {"0", "2"}]
    keep("brow", clear)
    _save(footage, "brow", head, choose(brow, CANDIDATES, best_f1), own_shift=sets.own_shift(sums))
    smile = sets.samples_smile(smiles, faces)
    score = choose(smile, sets.SMILE, few_false)
    terms = "Face Research Lab London Set, CC BY 4.0; not smiling: at most 16 weights"
    head = _head("Mouth corners up and out.", '"smile", and faces of "brow"', terms, smile)
    grimaces = [one.path for one in faces if one.row["smile_0to2"] == "0"]
    keep("smile", [one.path for one in smiles] + grimaces)
    _save(footage, "smile", head, score, own_bias=sets.own_bias(smile, score))


def _head(what: str, folders: str, terms: str, samples: Sequence[Sample]) -> str:
    positive = sum(sample.positive for sample in samples)
    return HEAD.format(
        what=what, folders=folders, terms=terms, count=len(samples), positive=positive
    )


def _save(footage: Path, name: str, head: str, score: Linear, **numbers: float) -> None:
    kept: Mapping[str, float] = {key: round(value, 4) for key, value in numbers.items()}
    write(ASSETS / f"{name}.toml", head, {"score": score}, manifest_mark(footage, name), kept)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
