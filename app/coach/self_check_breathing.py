"""The breathing pacer of "Take five": how large the circle is at each moment, and what to do."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from pydantic import BaseModel, ConfigDict, Field

from app.coach.toml_file import check, read_toml
from app.paths import asset

if TYPE_CHECKING:
    from pathlib import Path

MINUTES: Final = (1, 2, 3, 4, 5)
"""How long a pause may be."""


class Phase(StrEnum):
    """Half of a breath."""

    IN = "in"
    OUT = "out"


@dataclass(frozen=True, slots=True)
class Breath:
    """Where the pacer is."""

    phase: Phase
    """What to do now."""
    size: float
    """0 breathed out, 1 breathed in; smooth at both ends."""
    left_s: float
    """How long this half of the breath goes on, seconds."""


@dataclass(frozen=True, slots=True)
class Pace:
    """The lengths of a breath's two halves."""

    in_s: float
    """Breathing in, seconds."""
    out_s: float
    """Breathing out, seconds."""
    source: str
    """Where the lengths come from."""

    def at(self, t: float) -> Breath:
        """Tell where the pacer is `t` seconds after its start; it begins with breathing in."""
        within = max(0.0, t) % (self.in_s + self.out_s)
        if within < self.in_s:
            part = within / self.in_s
            return Breath(Phase.IN, _smooth(part), self.in_s - within)
        part = (within - self.in_s) / self.out_s
        return Breath(Phase.OUT, _smooth(1.0 - part), self.in_s + self.out_s - within)

    def whole_breaths_s(self, minutes: int) -> float:
        """Length of a pause, seconds: it ends with a breath out, never in the middle of one."""
        breath_s = self.in_s + self.out_s
        return math.ceil(minutes * 60.0 / breath_s - 1e-9) * breath_s


def load_pace(path: Path | None = None) -> Pace:
    """Read the pace; an AppError names file, line and what is allowed."""
    path = path or asset("self_check", "breathing.toml")
    data, text = read_toml(path)
    return Pace(**check(_Pace, data, path=path, text=text, header="").model_dump())


def _smooth(part: float) -> float:
    return 0.5 - 0.5 * math.cos(math.pi * min(1.0, max(0.0, part)))


class _Pace(BaseModel):
    """The file: nothing but the keys that are known."""

    model_config = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False)

    in_s: float = Field(ge=2.0, le=10.0, description="seconds, 2 to 10")
    out_s: float = Field(ge=2.0, le=10.0, description="seconds, 2 to 10")
    source: str = Field(min_length=20, description="where the numbers come from, in words")
