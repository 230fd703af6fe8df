"""When the customer answers: once the staff member has spoken and then been silent for long enough.

Works on the voice alone, and so in any language. Where words come, which is later than the
voice, the customer waits a little for them: the next line depends on what was said.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.coach.limits import load_limits

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class TurnLimits:
    """When an answer is over; where each number comes from stands in the file."""

    spoken_s: float
    """Less speech than this is no answer, seconds: a cough, an "mm"."""
    silence_s: float
    """Silence after which the answer is taken as over, seconds."""
    wait_s: float
    """Longest wait for words beyond that, seconds."""


def turn_limits(path: Path | None = None) -> TurnLimits:
    """Read them; an AppError names file, line and what is allowed."""
    return load_limits(TurnLimits, "turn_taking", path)


class TurnTaking:
    """Follows one answer of the staff member, from reading to reading."""

    def __init__(self) -> None:
        self._limits = turn_limits()
        self._begin_s: float | None = None
        self._spoken_s = 0.0
        self._last_s = 0.0
        self._last_speech_s: float | None = None

    @property
    def waiting(self) -> bool:
        """Whether it is the staff member's turn."""
        return self._begin_s is not None

    @property
    def begin_s(self) -> float | None:
        """When the turn began, seconds on the session clock; None outside one."""
        return self._begin_s

    @property
    def answered(self) -> bool:
        """Whether enough was said for an answer."""
        return self._spoken_s >= self._limits.spoken_s

    def begin(self, t: float) -> None:
        """Begin the staff member's turn at t, in seconds: the customer is done."""
        self._begin_s = self._last_s = t
        self._spoken_s = 0.0
        self._last_speech_s = None

    def end(self) -> None:
        """End the turn: the customer speaks, or the talk is over."""
        self._begin_s = None

    def take(self, t: float, speech: bool | None, words_until_s: float | None = None) -> bool:
        """Take what was heard until t.

        Parameters
        ----------
        t
            Seconds on the session clock.
        speech
            Whether the staff member spoke since the last call; None where it is not known.
        words_until_s
            Up to when the words are known, seconds on the session clock; None where no words
            come at all.

        Returns
        -------
        bool
            Whether the answer is over and the customer can go on.
        """
        if self._begin_s is None or t <= self._last_s:
            return False
        step_s, self._last_s = t - self._last_s, t
        if speech:
            self._spoken_s += step_s
            self._last_speech_s = t
            return False
        if speech is None or self._last_speech_s is None or not self.answered:
            return False
        silent_s = t - self._last_speech_s
        if silent_s < self._limits.silence_s:
            return False
        known = words_until_s is None or words_until_s >= self._last_speech_s
        return known or silent_s >= self._limits.silence_s + self._limits.wait_s
