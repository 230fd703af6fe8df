"""How well the eyes measure: every figure of the footage's README for pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.eyes_arms import measure_arms
from benchmarks.eyes_jitter import measure_jitter
from benchmarks.eyes_sets import measure_brow, measure_facing, measure_smile
from benchmarks.eyes_videos import measure_synthetic, measure_time, measure_videos

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.framework import Metric


def measure(footage: Path) -> dict[str, Metric]:
    """Every figure of the eyes over the sets that are there."""
    metrics: dict[str, Metric] = {}
    for part in (measure_arms, measure_brow, measure_smile, measure_facing, measure_videos):
        metrics |= part(footage)
    return metrics | measure_jitter(footage) | measure_synthetic() | measure_time(footage)
