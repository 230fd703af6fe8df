"""Marker sets: what the number keys drop at the desk, read from `assets/markers/*.toml`.

The schema is documented in `assets/markers/README.md`. A mistake names file, line and what is
allowed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from app.coach.toml_file import check, line_of, read_toml
from app.coach.types import Lane, Mark, MarkKind
from app.errors import AppError
from app.paths import asset

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

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
    size = path.stat().st_size if path.is_file() else 0
    if size > MOST_BYTES:
        raise AppError(
            f"{path.name} has {size // 1024} kB; a marker set may have {MOST_BYTES // 1024} kB.",
            "Divide it into several sets, each with a file and an id of its own.",
        )
    data, text = read_toml(path)
    raw = data.pop("marker", [])
    head = check(_Head, data, path=path, text=text, header="")
    if not isinstance(raw, list) or not raw or any(not isinstance(one, dict) for one in raw):
        raise AppError(f"{path.name} has no markers.", "Add at least one table [[marker]].")
    if len(raw) > MOST_MARKERS:
        raise AppError(
            f"{path.name}, line {line_of(text, '[[marker]]', at=MOST_MARKERS)}: more than"
            f" {MOST_MARKERS} markers.",
            "There are nine number keys: put the others into a set of their own.",
        )
    markers = [
        check(_Marker, table, path=path, text=text, header="[[marker]]", at=at)
        for at, table in enumerate(raw)
    ]
    _all_unlike(markers, path, text)
    return MarkerSet(head.id, head.name, tuple(Marker(**one.model_dump()) for one in markers))


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
    found = {one.id: one for one in map(load_marker_set, sorted(asset("markers").glob("*.toml")))}
    faults: list[AppError] = []
    names: dict[str, str] = {}
    for path in sorted(own.glob("*.toml")) if own is not None else ():
        try:
            mine = load_marker_set(path)
            if mine.id in names:
                raise AppError(
                    f"{path.name} and {names[mine.id]} both have the id “{mine.id}”.",
                    "Give one of them another id.",
                )
        except AppError as fault:
            faults.append(fault)
            continue
        names[mine.id] = path.name
        found[mine.id] = mine
    return tuple(found.values()), tuple(faults)


def _all_unlike(markers: Sequence[_Marker], path: Path, text: str) -> None:
    """Refuse two of one id, and two that look the same: one could not tell them apart."""
    for at, marker in enumerate(markers):
        for earlier in markers[:at]:
            if marker.id == earlier.id:
                line = line_of(text, "[[marker]]", "id", at)
                raise AppError(
                    f"{path.name}, line {line}: the id {marker.id} stands there a second time.",
                    "Give each marker its own id.",
                )
            if (marker.colour, marker.shape) == (earlier.colour, earlier.shape):
                line = line_of(text, "[[marker]]", "shape", at)
                raise AppError(
                    f"{path.name}, line {line}: {marker.id} has the colour and the shape of"
                    f" {earlier.id}.",
                    "Give one of them another shape.",
                )


_Id = Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60, description="small letters, digits and _")


class _Head(BaseModel):
    """What stands above the markers."""

    model_config = ConfigDict(extra="forbid", strict=True)

    id: str = _Id
    name: str = Field(min_length=1, max_length=60, description="text of 1 to 60 letters")


class _Marker(BaseModel):
    """One [[marker]] of the file."""

    model_config = ConfigDict(extra="forbid", strict=True)

    id: str = _Id
    label: str = Field(min_length=1, max_length=40, description="text of 1 to 40 letters")
    colour: Colour = Field(description="arms, brow, smile, facing, pace, loudness or pitch")
    shape: Shape = Field(
        description="circle, square, triangle, diamond, star, heart, flag or hexagon"
    )
    cue: str = Field(
        "", pattern=r"^([a-z][a-z0-9_]*)?$", max_length=60, description="id of a cue, or left out"
    )
