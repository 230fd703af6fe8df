"""Sets of stretches of time: sorted, disjoint (start, end) pairs in seconds."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Stretch = tuple[float, float]
"""(start, end), seconds on the session clock."""


def union(stretches: Iterable[Stretch], bridge_s: float = 0.0) -> list[Stretch]:
    """Merge stretches that overlap, touch, or lie no more than `bridge_s` apart."""
    merged: list[Stretch] = []
    for start, end in sorted(stretches):
        if merged and start <= merged[-1][1] + bridge_s:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def intersect(one: Sequence[Stretch], other: Sequence[Stretch]) -> list[Stretch]:
    """Keep what lies in both."""
    common = []
    at = other_at = 0
    while at < len(one) and other_at < len(other):
        start = max(one[at][0], other[other_at][0])
        end = min(one[at][1], other[other_at][1])
        if start < end:
            common.append((start, end))
        if one[at][1] < other[other_at][1]:
            at += 1
        else:
            other_at += 1
    return common


def subtract(one: Sequence[Stretch], other: Sequence[Stretch]) -> list[Stretch]:
    """Keep what lies in the first and not in the second."""
    left = []
    at = 0
    for first, last in one:
        start = first
        while at < len(other) and other[at][1] <= start:
            at += 1
        ahead = at
        while ahead < len(other) and other[ahead][0] < last:
            if other[ahead][0] > start:
                left.append((start, other[ahead][0]))
            start = max(start, other[ahead][1])
            ahead += 1
        if start < last:
            left.append((start, last))
    return left


def total(stretches: Iterable[Stretch]) -> float:
    """Add up how long they are, seconds."""
    return sum(end - start for start, end in stretches)
