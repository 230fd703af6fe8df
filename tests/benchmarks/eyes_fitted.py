"""Which photographs the shipped scores were fitted on, known by what the files hold.

A set of which a row was changed, left out or added is still known, and so is its single picture
under another name.
"""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from benchmarks.framework import Metric, bootstrap, mean

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any

    from benchmarks.eyes_photos import Photo

KEPT: Final = Path(__file__).resolve().parent / "fitted_on.toml"
NEARLY_ALL: Final = 0.9
"""Share of the pictures of a fit that make models fit for its figure: those of fewer are others."""
FOLDS: Final = "fold models: the group was never seen"
SHIPPED: Final = "shipped weights"


@dataclass(frozen=True, slots=True)
class Overlap:
    """What a score has seen of some photographs."""

    seen: frozenset[Path]
    """Pictures that it was fitted on."""
    groups: frozenset[str]
    """People and sources of these."""
    whole: bool
    """Whether nearly all of its fit is here, so that models that leave a group out can be made."""

    def note(self, groups: Sequence[str]) -> str:
        """What has to be said of figures of these groups."""
        if self.whole:
            return FOLDS
        known = sum(group in self.groups for group in groups)
        if not known:
            return f"{SHIPPED}, fitted on nobody of these"
        return f"{SHIPPED}, fitted on people of {known} of these {len(groups)}: no fair figure"

    def figures(
        self,
        name: str,
        rows: Mapping[str, Sequence[Any]],
        statistic: Callable[[list[Any]], float | None],
        data: str,
    ) -> dict[str, Metric]:
        """How much of a figure is of people that its weights knew, and the figure of the others."""
        known = {
            group: [float(group in self.groups and not self.whole)] * len(values)
            for group, values in rows.items()
        }
        others = {group: values for group, values in rows.items() if group not in self.groups}
        seen = "people and sources of no picture that any weights were fitted on"
        return {
            f"{name}_known_share": bootstrap(known, mean, data=data),
            f"{name}_unseen": bootstrap(others, statistic, data=data, note=seen),
        }


def mark(path: Path) -> str:
    """What a picture is known by."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


def overlap(score: str, photos: Sequence[Photo], group: str) -> Overlap:
    """What the shipped score has seen of these photographs; `group` is the column of the person."""
    known = fitted_on().get(score, frozenset())
    seen = [photo for photo in photos if mark(photo.path) in known]
    return Overlap(
        frozenset(photo.path for photo in seen),
        frozenset(photo.row[group] for photo in seen),
        bool(known) and len(seen) >= NEARLY_ALL * len(known),
    )


@cache
def fitted_on() -> dict[str, frozenset[str]]:
    """Score -> the marks of the pictures it was fitted on."""
    with KEPT.open("rb") as file:
        return {name: frozenset(marks) for name, marks in tomllib.load(file).items()}


def keep(score: str, paths: Sequence[Path]) -> None:
    """Write down what a score was fitted on; for the recipes."""
    known = dict(fitted_on()) if KEPT.exists() else {}
    known[score] = frozenset(mark(path) for path in paths)
    lines = [
        "# Marks of the pictures that each score was fitted on: the first twelve digits of the"
    ]
    lines += ["# SHA-256 of the file. Written by the recipes arms.py and scores.py."]
    for name, marks in sorted(known.items()):
        ordered = [f'"{one}",' for one in sorted(marks)]
        lines += ["", f"{name} = ["]
        lines += ["    " + " ".join(ordered[at : at + 6]) for at in range(0, len(ordered), 6)]
        lines.append("]")
    KEPT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    fitted_on.cache_clear()
