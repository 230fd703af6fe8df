"""Several streams in one order of time."""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Timed(Protocol):
    """Anything with a moment."""

    @property
    def t(self) -> float:
        """Seconds on the session clock."""


T = TypeVar("T", bound=Timed)


def merge(*streams: Iterable[T]) -> Iterator[T]:
    """Items of all streams by time; at equal times the earlier argument goes first.

    Each stream must itself be in order of time. Nothing is read further ahead than one item a
    stream, so that long files take no memory.
    """
    return heapq.merge(*streams, key=_moment)


def _moment(item: Timed) -> float:
    return item.t
