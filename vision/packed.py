"""Scalars by name in little memory: as dictionaries an hour of looks takes 300 MB."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vision.types import VisionLook


class Packed(Mapping[str, float]):
    """A read-only mapping whose names are shared with others; its numbers are as they were."""

    __slots__ = ("_places", "_values")

    def __init__(self, places: dict[str, int], values: array[float]) -> None:
        self._places = places
        self._values = values

    def __getitem__(self, name: str) -> float:
        """Give the number of this name."""
        return self._values[self._places[name]]

    def __iter__(self) -> Iterator[str]:
        """Give the names."""
        return iter(self._places)

    def __len__(self) -> int:
        """Count the names."""
        return len(self._values)

    def unpacked(self) -> dict[str, float]:
        """Give the same as a dictionary."""
        return dict(zip(self._places, self._values, strict=True))


def unpacked(features: Mapping[str, float]) -> Mapping[str, float]:
    """Give features as a dictionary: a look is asked for some 170, and here each is a call."""
    return features.unpacked() if isinstance(features, Packed) else features


class Packer:
    """Packs the looks of a film, and remembers which names come together."""

    def __init__(self) -> None:
        self._places: dict[tuple[str, ...], dict[str, int]] = {}

    def pack(self, look: VisionLook) -> VisionLook:
        """Give the look with the same features in less memory."""
        names = tuple(look.features)
        places = self._places.get(names)
        if places is None:
            places = {name: place for place, name in enumerate(names)}
            self._places[names] = places
        return replace(look, features=Packed(places, array("d", look.features.values())))
