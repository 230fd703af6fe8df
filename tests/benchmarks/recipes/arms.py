"""Fit the score of crossed arms.

    PYTHONPATH=tests python -m benchmarks.recipes.arms FOOTAGE

writes assets/vision/arms.toml. Learns from five versions of each photograph and from people
behind painted counters who do not cross their arms. Strength and decision are chosen by folds
over groups; what the benchmark reports comes from other models, which never saw the group.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

from benchmarks.eyes_arms import fitted
from benchmarks.eyes_fit import write
from benchmarks.eyes_fitted import keep
from benchmarks.eyes_photos import manifest_mark
from benchmarks.eyes_variants import VERSIONS, arms_variants

ROOT: Final = Path(__file__).resolve().parents[3]
HEAD: Final = """Arms crossed.
Score = 1 / (1 + exp(-(bias + sum of weight * (feature - centre)))), decision at 0.5.
Fitted on the folder "arms" of the footage (weights only, at most 16): {count} photographs in
{versions} versions each, {positive} of them positive, and {hidden} behind painted counters.
Recipe: tests/benchmarks/recipes/arms.py"""


def main(footage: Path) -> None:
    """Fit and write the score."""
    variants = arms_variants(footage)
    files = {one.row["file"]: one.row["arms"] == "crossed" for one in variants}
    head = HEAD.format(
        count=len(files),
        versions=VERSIONS,
        positive=sum(files.values()),
        hidden=sum(one.counter and not one.sample.positive for one in variants),
    )
    mark = manifest_mark(footage, "arms")
    keep("arms", [footage / "arms" / file for file in files])
    write(ROOT / "assets/vision/arms.toml", head, {"score": fitted(variants)}, mark, {})


if __name__ == "__main__":
    main(Path(sys.argv[1]))
