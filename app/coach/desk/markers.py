"""Marker sets: what the number keys drop at the desk, read from `assets/markers/*.toml`.

The schema is documented in `assets/markers/README.md`. A mistake names file, line and what is
allowed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from pydantic import Field

from app.coach.content_folder import with_own
from app.coach.practice_schema import Table, tables_of
from app.coach.toml_fault import Fault, Schema
from app.coach.toml_file import read_checked
from app.coach.types import Lane, Mark, MarkKind
from app.paths import asset

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from app.errors import AppError

MOST_MARKERS: Final = 9
"""One for each number key."""
MOST_BYTES: Final = 16 * 1024
"""The largest that ships has about 2 kB."""
Colour = Literal["arms", "brow", "smile", "facing", "pace", "loudness", "pitch"]
"""The colour-blind-safe set of the palette; there are no others."""
Shape = Literal["circle", "square", "triangle", "diamond", "star", "heart", "flag", "hexagon"]


@dataclass(frozen=True, slots=True)
class Marker:
    """What one number key drops."""

    id: str
    """Stable within its set."""
    label: str
    """A few plain words."""
    colour: str
    """Colour token of the palette."""
    shape: str
    """Name of its shape: a colour alone says nothing to many people."""
    cue: str = ""
    """Id of the cue that it says it saw or heard; empty for none."""


@dataclass(frozen=True, slots=True)
class MarkerSet:
    """Markers for one kind of review, in the order of their number keys."""

    id: str
    """Stable id."""
    name: str
    """Plain words."""
    markers: tuple[Marker, ...]
    """One to nine."""

    def mark(self, number: int, t: float, until_s: float | None = None) -> Mark | None:
        """Make what a number key drops at a moment, or over a span; None for a key without one.

        Label, colour and shape go along as they are now: a set may change, what was said may not.
        """
        if not 1 <= number <= len(self.markers):
            return None
        marker = self.markers[number - 1]
        data = {
            "set": self.id,
            "marker": marker.id,
            "label": marker.label,
            "colour": marker.colour,
            "shape": marker.shape,
        }
        if marker.cue:
            data["cue"] = marker.cue
        if until_s is not None:
            data["until"] = f"{until_s:.3f}"
        return Mark(t, Lane.SELF, MarkKind.MARKER, "", data)


def load_marker_set(path: Path) -> MarkerSet:
    """Read one marker set; an AppError names file, line and what is allowed."""
    read = MarkersFile.model_validate(read_checked(MARKERS, path))
    return MarkerSet(read.id, read.name, tuple(Marker(**one.model_dump()) for one in read.marker))


def read_marker_sets(
    own: Path | None = None,
) -> tuple[tuple[MarkerSet, ...], tuple[AppError, ...]]:
    """Read the sets that ship and those of a person's folder.

    Returns
    -------
    sets, faults
        The shipped ones by file name, then the own ones; an own one with the id of a shipped one
        takes its place. And a sentence for each own file that could not be read.
    """
    shipped = map(load_marker_set, sorted(asset("markers").glob("*.toml")))
    found, faults = with_own(shipped, own, load_marker_set)
    return tuple(found.values()), faults


def _agree(data: Mapping[str, object]) -> Iterable[Fault]:
    """Refuse two of one id, and two that look the same: one could not tell them apart."""
    markers = tables_of(data, "marker")
    ids = [one.get("id") for one in markers]
    looks = [(one.get("colour"), one.get("shape")) for one in markers]
    for at, marker in enumerate(ids):
        if marker and marker in ids[:at]:
            what = f"the id {marker} stands there a second time"
            yield Fault(("marker", at, "id"), "twice", what)
        if looks[at] in looks[:at] and None not in looks[at]:
            earlier = ids[looks.index(looks[at])]
            what = f"{marker} has the colour and the shape of {earlier}: give it another shape"
            yield Fault(("marker", at, "shape"), "alike", what)


_Id = Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60, description="small letters, digits and _")


class MarkerTable(Table):
    """One [[marker]] of the file."""

    id: str = _Id
    label: str = Field(
        min_length=1, max_length=40, title="Label", description="text of 1 to 40 letters"
    )
    colour: Colour = Field(
        title="Colour", description="arms, brow, smile, facing, pace, loudness or pitch"
    )
    shape: Shape = Field(
        title="Shape", description="circle, square, triangle, diamond, star, heart, flag or hexagon"
    )
    cue: str = Field(
        "", pattern=r"^([a-z][a-z0-9_]*)?$", max_length=60, description="id of a cue, or left out"
    )


class MarkersFile(Table):
    """The whole file."""

    id: str = _Id
    name: str = Field(
        min_length=1, max_length=60, title="Name", description="text of 1 to 60 letters"
    )
    marker: list[MarkerTable] = Field(min_length=1, max_length=MOST_MARKERS, title="markers")


MARKERS: Final = Schema(
    MarkersFile,
    _agree,
    MOST_BYTES,
    "a marker set",
    "Divide it into several sets, each with a file and an id of its own.",
)
