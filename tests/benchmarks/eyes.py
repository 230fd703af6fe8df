"""How well the eyes measure: every figure of the footage's README for pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from benchmarks.eyes_arms import measure_arms
from benchmarks.eyes_jitter import measure_jitter
from benchmarks.eyes_sets import measure_brow, measure_facing, measure_smile
from benchmarks.eyes_videos import measure_synthetic, measure_time, measure_videos

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from benchmarks.framework import Metric

PARTS: Final[dict[str, Callable[[Path], dict[str, Metric]]]] = {
    "arms": measure_arms,
    "brow": measure_brow,
    "smile": measure_smile,
    "facing": measure_facing,
    "video": measure_videos,
    "jitter": measure_jitter,
    "motion that was made": lambda _: measure_synthetic(),
    "time of the eyes": measure_time,
}
"""Part of the benchmark -> what measures it; each gives null for a set that is absent."""
