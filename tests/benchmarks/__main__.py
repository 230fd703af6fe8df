"""Measure how well the senses measure: python -m tests.benchmarks --footage DIR --out FILE."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

# Two cores and small matrices: threads of the linear algebra only wait for each other. Set
# before numpy loads.
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(name, "1")

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))  # as pytest has it: tests/ itself is on the path

from benchmarks.framework import BY_SPEAKER, Metric, commit, write_json  # noqa: E402
from benchmarks.sheets import write_sheets  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Mapping

PARTS = ("eyes", "ears")


def main() -> int:
    """Run the parts, write the flat JSON and the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--footage", type=Path, required=True, help="folder of labelled sets")
    parser.add_argument("--out", type=Path, required=True, help="JSON file to write")
    parser.add_argument("--only", choices=PARTS, help="one part alone; the table is not written")
    asked = parser.parse_args()
    if not asked.footage.is_dir():
        parser.error(f"there is no folder {asked.footage}")
    metrics: dict[str, Metric] = {}
    for part in [asked.only] if asked.only else PARTS:
        metrics |= importlib.import_module(f"benchmarks.{part}").measure(asked.footage)
    write_json(asked.out, metrics)
    write_sheets(asked.out, metrics)
    text = table(metrics)
    if not asked.only:
        (HERE / "RESULTS.md").write_text(text, encoding="utf-8")
    sys.stdout.write(text)
    return 0


def table(metrics: Mapping[str, Metric]) -> str:
    """The results as a Markdown page."""
    now = datetime.now(UTC).date().isoformat()
    lines = [
        "# Results",
        "",
        f"Measured on {now} at commit {commit(HERE)} by `make bench`. Interval: 95 %, bootstrap by",
        "person, speaker or source. *Thin*: fewer than three of them. Protocols: the README of the",
        "footage. Where a score was fitted on the very set, each figure comes from models that",
        "never saw the person or source (10 folds, strength and decision chosen inside).",
        "",
        "| metric | value | 95 % | n | groups | data | note |",
        "| --- | ---: | --- | ---: | ---: | --- | --- |",
    ]
    for name, one in metrics.items():
        if BY_SPEAKER in name:
            continue
        value = "–" if one.value is None else f"{one.value:.3f}"
        spread = "" if one.lo is None or one.hi is None else f"{one.lo:.3f} to {one.hi:.3f}"
        note = "; ".join(part for part in (one.note, "thin" if one.thin else "") if part)
        cells = (f"`{name}`", value, spread, one.n, one.groups or "", one.data, note)
        lines.append("| " + " | ".join(str(cell) for cell in cells) + " |")
    return "\n".join(lines + _by_speaker(metrics)) + "\n"


def _by_speaker(metrics: Mapping[str, Metric]) -> list[str]:
    """A second table: each figure for each speaker alone, one line a metric."""
    rows: dict[str, list[str]] = {}
    for name, one in metrics.items():
        metric, apart, speaker = name.partition(BY_SPEAKER)
        if apart and one.value is not None:
            rows.setdefault(metric, []).append(f"{speaker} {one.value:.3f}")
    if not rows:
        return []
    head = ["", "## By speaker or source", "", "| metric | each alone |", "| --- | --- |"]
    return head + [f"| `{name}` | {', '.join(told)} |" for name, told in rows.items()]


if __name__ == "__main__":
    raise SystemExit(main())
