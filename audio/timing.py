"""Session time of a microphone's samples: by their count, the device's drift corrected slowly."""

from __future__ import annotations

from typing import Final

WATCH_S: Final = 10.0
"""Sound over which the least lateness is taken; callbacks come late, never early."""
SETTLE_S: Final = 1.0
"""Sound at the start in which an anchor that proves late is set right at once: a sound server
may hand over its first blocks late and in a burst."""
SHARE: Final = 0.2
"""Part of the deviation that is corrected at a time."""
STEP_S: Final = 0.1
"""A lasting deviation beyond this is no drift but lost sound, and is corrected at once."""


class SampleClock:
    """Stamps blocks. A sound card's clock is off by some 10 to 100 parts in a million."""

    def __init__(self, rate_hz: int) -> None:
        self._rate_hz = rate_hz
        self._anchor: float | None = None
        self._count = 0
        self._watched = 0
        self._least = float("inf")

    def stamp(self, samples: int, end_s: float, *, lost: bool = False) -> float:
        """Session time of a block's first sample.

        Parameters
        ----------
        samples : int
            Samples of the block.
        end_s : float
            Session time at which its last sample was taken, as seen by the callback; late by
            however long the callback had to wait.
        lost : bool
            Whether samples before this block were lost.

        Returns
        -------
        float
            Seconds on the session clock. Follows on the block before, but where sound was lost,
            and in the first second, in which the least late block sets the anchor.
        """
        length_s = samples / self._rate_hz
        seen_s = end_s - length_s
        if self._anchor is None:
            self._anchor = seen_s
        start_s = self._anchor + self._count / self._rate_hz
        settling = self._count < SETTLE_S * self._rate_hz and seen_s < start_s
        if settling or (lost and seen_s > start_s):
            self._shift(seen_s - start_s)
            start_s = seen_s
        self._watch(seen_s - start_s, samples)
        self._count += samples
        return start_s

    def _watch(self, late_s: float, samples: int) -> None:
        self._least = min(self._least, late_s)
        self._watched += samples
        if self._watched < WATCH_S * self._rate_hz:
            return
        self._shift(self._least if abs(self._least) > STEP_S else self._least * SHARE)
        self._watched, self._least = 0, float("inf")

    def _shift(self, by_s: float) -> None:
        if self._anchor is not None:
            self._anchor += by_s
