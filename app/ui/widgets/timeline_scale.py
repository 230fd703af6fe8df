"""Seconds and pixels: what stretch of a session a timeline shows, and how lengths are written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

SHORTEST_VIEW_S: Final = 2.0
STEPS_S: Final = (0.5, 1.0, 2.0, 5.0, 10.0, 15.0, 30.0, 60.0, 120.0, 300.0, 600.0, 1800.0)


@dataclass(frozen=True, slots=True)
class Scale:
    """Which stretch of time lies over which pixels. Immutable: zooming makes another."""

    duration_s: float
    """Length of the whole session, seconds; more than 0."""
    left_px: float
    """Where the first visible second lies."""
    width_px: float
    """How many pixels the visible stretch covers."""
    start_s: float = 0.0
    """First visible second."""
    view_s: float = 0.0
    """Length of the visible stretch, seconds; 0 for all of it."""

    @property
    def visible_s(self) -> float:
        """Length of the visible stretch, seconds."""
        return self.view_s or self.duration_s

    @property
    def end_s(self) -> float:
        """Last visible second."""
        return self.start_s + self.visible_s

    @property
    def zoomed(self) -> bool:
        """Whether less than the whole session is visible."""
        return self.visible_s < self.duration_s - 1e-9

    @property
    def px_a_s(self) -> float:
        """Pixels a second."""
        return self.width_px / self.visible_s

    def x(self, t: float) -> float:
        """Pixel of a time; outside the visible stretch it lies outside the pixels too."""
        return self.left_px + (t - self.start_s) / self.visible_s * self.width_px

    def t(self, x: float) -> float:
        """Time under a pixel, inside the session."""
        raw = self.start_s + (x - self.left_px) / max(1.0, self.width_px) * self.visible_s
        return min(max(0.0, raw), self.duration_s)

    def moved_to(self, start_s: float) -> Scale:
        """Show the same length from another second on, inside the session."""
        latest = max(0.0, self.duration_s - self.visible_s)
        return replace(self, start_s=min(max(0.0, start_s), latest))

    def zoomed_by(self, factor: float, around_s: float) -> Scale:
        """Show `factor` times less, keeping `around_s` under its pixel."""
        shortest = min(SHORTEST_VIEW_S, self.duration_s)
        wanted = min(max(self.visible_s / factor, shortest), self.duration_s)
        share = (around_s - self.start_s) / self.visible_s
        view = 0.0 if wanted >= self.duration_s else wanted
        return replace(self, view_s=view).moved_to(around_s - share * wanted)

    def showing(self, t: float) -> Scale:
        """Turn the page so that `t` is visible, a tenth in from the left."""
        if self.start_s <= t <= self.end_s:
            return self
        return self.moved_to(t - 0.1 * self.visible_s)

    def ticks(self, closest_px: float) -> tuple[float, ...]:
        """Round times to write on the ruler, at least `closest_px` apart."""
        wanted = self.visible_s * closest_px / max(1.0, self.width_px)
        step = next((s for s in STEPS_S if s >= wanted), STEPS_S[-1])
        first = int(self.start_s / step)
        last = int(self.end_s / step)
        return tuple(n * step for n in range(first, last + 1) if n * step >= self.start_s - 1e-9)
