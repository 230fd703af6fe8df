"""How long the self-check watches and listens, as assets/limits/self_check.toml has it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.coach.limits import load_limits

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class CheckLimits:
    """Where each number comes from stands in the file."""

    good_s: float
    """So long the picture must be good before the next step, seconds."""
    held_readings: float
    """Readings of the ears in which something was wrong with the sound before it is told."""
    rest_s: float
    """So long a measure is watched at rest at the least, seconds."""
    rest_step_s: float
    """Between two readings of the eyes no more than this counts as seen, seconds."""
    greeting_s: float
    """So much talk a greeting needs before its pace is told, seconds."""
    silence_s: float
    """After a greeting of that length this silence ends it, seconds."""
    short_silence_s: float
    """This silence ends a shorter greeting, seconds."""
    most_talk_s: float
    """So much talk is enough in any case, seconds."""


def check_limits(path: Path | None = None) -> CheckLimits:
    """Read them; an AppError names file, line and what is allowed."""
    return load_limits(CheckLimits, "self_check", path)
