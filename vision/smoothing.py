"""Smoothing in seconds, not frames; every one starts afresh after a gap."""

from __future__ import annotations

from collections import deque
from itertools import pairwise


class RunningMedian:
    """Median of what came within the last seconds: one odd look changes nothing."""

    def __init__(self, window_s: float, gap_s: float = 1.0) -> None:
        self._window_s = window_s
        self._gap_s = gap_s
        self._values: deque[tuple[float, float]] = deque()

    def push(self, t: float, value: float) -> float:
        """Take the value at t seconds and give the median of the window that ends there."""
        if self._values and not 0 <= t - self._values[-1][0] <= self._gap_s:
            self._values.clear()
        self._values.append((t, value))
        # Half a millisecond of tolerance: times of one grid differ in their last digits.
        while t - self._values[0][0] > self._window_s + 0.0005:
            self._values.popleft()
        # Of a handful of values: numpy's median takes ten times as long, statistics' half as much.
        ordered = sorted([one for _, one in self._values])
        middle = len(ordered) // 2
        return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2

    def clear(self) -> None:
        """Forget everything."""
        self._values.clear()


class Track:
    """Values of the last seconds with their times, for what is seen in motion."""

    def __init__(self, window_s: float, gap_s: float = 0.35) -> None:
        self._window_s = window_s
        self._gap_s = gap_s
        self._values: deque[tuple[float, float]] = deque()

    def push(self, t: float, value: float) -> None:
        """Take the value at t seconds; a gap makes it start afresh."""
        if self._values and not 0 <= t - self._values[-1][0] <= self._gap_s:
            self._values.clear()
        self._values.append((t, value))
        while t - self._values[0][0] > self._window_s + 0.0005:
            self._values.popleft()

    @property
    def span_s(self) -> float:
        """Seconds between the oldest and the newest value."""
        return self._values[-1][0] - self._values[0][0] if self._values else 0.0

    def path(self) -> float:
        """Sum of all steps, up and down, within the window."""
        return sum([abs(after - before) for before, after in pairwise(self.values())], 0.0)

    def values(self) -> list[float]:
        """Give the values, oldest first."""
        return [one for _, one in self._values]

    def clear(self) -> None:
        """Forget everything."""
        self._values.clear()
