"""The parts of the benchmark, one after the other: what breaks costs only itself."""

from __future__ import annotations

import os
import sys
import traceback
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from benchmarks.footage_files import left_out
from benchmarks.framework import nothing

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from benchmarks.framework import Metric

    Measure = Callable[[Path], dict[str, Metric]]


@dataclass
class Outcome:
    """What came out of all parts."""

    metrics: dict[str, Metric] = field(default_factory=dict)
    """Every figure by its name."""
    left_out: dict[str, str] = field(default_factory=dict)
    """File below the footage -> why it was not measured."""
    failed: dict[str, str] = field(default_factory=dict)
    """Part -> why all its figures are null."""
    seconds: dict[str, float] = field(default_factory=dict)
    """Part -> processor time with its child processes, seconds."""


def run(parts: Mapping[str, Measure], footage: Path) -> Outcome:
    """Measure every part; tell on stderr what is left out, what failed and what each part cost."""
    found = Outcome(left_out=left_out(footage))
    for name, why in found.left_out.items():
        _tell(f"left out: {name} {why}")
    for name, measure in parts.items():
        start = _spent_s()
        try:
            found.metrics |= measure(footage)
        except Exception as error:  # noqa: BLE001 - told, and null in the result; the rest goes on
            _tell(traceback.format_exc())
            found.failed[name] = f"{type(error).__name__}: {error}"
            found.metrics |= _nothing(measure, found.failed[name])
        found.seconds[name] = _spent_s() - start
        _tell(f"{name}: {found.seconds[name]:.0f} s of processor time")
    return found


def _nothing(measure: Measure, why: str) -> dict[str, Metric]:
    try:
        return nothing(measure, why)
    except Exception:  # noqa: BLE001 - it fails without footage too: its names stay unknown
        return {}


def _spent_s() -> float:
    return sum(os.times()[:4])


def _tell(line: str) -> None:
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()
