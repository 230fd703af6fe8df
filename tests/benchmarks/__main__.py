"""Measure how well the senses measure: python -m tests.benchmarks --footage DIR --out FILE."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

# Two cores and small matrices: threads of the linear algebra only wait for each other. Set
# before numpy loads.
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(name, "1")

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # as pytest has it

from benchmarks.framework import write_json  # noqa: E402
from benchmarks.results import fault, keep, page_for, table  # noqa: E402
from benchmarks.running import run  # noqa: E402
from benchmarks.sheets import write_sheets  # noqa: E402

if TYPE_CHECKING:
    from benchmarks.running import Measure

SENSES = ("eyes", "ears")


def main(arguments: list[str] | None = None) -> int:
    """Run the parts, write the flat JSON, the sheets of mistakes and the table.

    1 where a part failed: its figures are null, and no page is written.
    """
    asked = _asked(arguments)
    page = page_for(asked.footage, asked.results, whole=asked.only is None)
    if page is not None and (wrong := fault(page)) is not None:
        sys.stderr.write(f"{wrong}\n")
        return 2
    parts: dict[str, Measure] = {}
    for sense in [asked.only] if asked.only else SENSES:
        parts |= importlib.import_module(f"benchmarks.{sense}").PARTS
    found = run(parts, asked.footage)
    write_json(asked.out, found.metrics, left_out=found.left_out, failed=found.failed)
    write_sheets(asked.out, found.metrics)
    text = table(found)
    sys.stdout.write(text)
    if page is not None and not found.failed:
        keep(page, text)
        sys.stderr.write(f"kept in {page}\n")
    return 1 if found.failed else 0


def _asked(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--footage", type=Path, required=True, help="folder of labelled sets")
    parser.add_argument("--out", type=Path, required=True, help="JSON file to write")
    parser.add_argument("--only", choices=SENSES, help="one sense alone")
    parser.add_argument(
        "--results",
        type=Path,
        help="page to keep the table in, between its marks; without it the table is printed, and "
        "kept in RESULTS.md where the footage is the house's own and both senses are measured",
    )
    asked = parser.parse_args(arguments)
    if not asked.footage.is_dir():
        parser.error(f"there is no folder {asked.footage}")
    return asked


if __name__ == "__main__":
    raise SystemExit(main())
