"""The cue catalogue: `assets/cues.toml`, checked, as rules for the engine."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from functools import cache
from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from app.coach.toml_file import check, line_of, read_toml
from app.coach.types import CueRule, Direction, OwnLimit, Sense
from app.errors import AppError
from app.paths import asset
from audio.types import VOICE_MEASURES, VoiceBaseline
from vision.types import VISION_MEASURES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

LANES = ("arms", "brow", "smile", "facing", "pace", "loudness", "pitch")
"""Colour tokens a cue's lane may name."""

OWN_FIELDS = tuple(one.name for one in fields(VoiceBaseline))
"""Fields of an own normal that a threshold may move with."""

_SCORES = tuple(name for name in VISION_MEASURES if name != "facing_off_deg")
_Seconds = Annotated[float, Field(ge=0, le=3600, description="seconds, 0 or more")]
_Text = Annotated[str, Field(min_length=1, description="text, not empty")]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All cue rules, in the order of the file."""

    rules: tuple[CueRule, ...]
    """One rule a cue."""

    @property
    def ids(self) -> tuple[str, ...]:
        """Ids of all cues."""
        return tuple(rule.id for rule in self.rules)

    def rule(self, cue: str) -> CueRule:
        """Find the rule of a cue."""
        for rule in self.rules:
            if rule.id == cue:
                return rule
        raise AppError(f"There is no cue called “{cue}”.", f"Choose one of: {', '.join(self.ids)}.")


def adjusted(catalogue: Catalogue, limits: Mapping[str, float]) -> Catalogue:
    """Move where cues begin, as a person chose it; everything else stays as it ships.

    Parameters
    ----------
    catalogue
        The rules as they ship.
    limits
        Cue id to how far from ordinary it begins, as a multiple of what ships: below 1 it begins
        sooner. A cue that is not there any more is passed over.
    """
    rules = tuple(_moved(rule, limits.get(rule.id, 1.0)) for rule in catalogue.rules)
    return Catalogue(rules)


def limits_text(limits: Mapping[str, float]) -> str:
    """Write moved thresholds as they stand among a session's versions: "loud 0.85, nod 1.25"."""
    return ", ".join(f"{cue} {times:g}" for cue, times in sorted(limits.items()) if times != 1.0)


def _moved(rule: CueRule, times: float) -> CueRule:
    if times == 1.0:
        return rule
    # `strong` is twice as far from ordinary as `enter`, which tells where ordinary lies.
    ordinary = 0.0 if rule.strong is None else 2 * rule.enter - rule.strong
    ordinary = max(ordinary, 0.0) if rule.enter > 0 else min(ordinary, 0.0)

    def moved(value: float) -> float:
        return ordinary + times * (value - ordinary)

    # A measure that is itself a length is named and hinted by that length too.
    lasts = times if rule.backdate else 1.0
    own = rule.own
    return replace(
        rule,
        enter=moved(rule.enter),
        leave=moved(rule.leave),
        strong=None if rule.strong is None else moved(rule.strong),
        log_s=rule.log_s * lasts,
        hint_s=rule.hint_s * lasts,
        own=None if own is None else replace(own, times_sd=own.times_sd * times),
    )


def load_catalogue(path: Path | None = None) -> Catalogue:
    """Read the catalogue that ships with the program, or another one.

    Raises
    ------
    AppError
        Naming file, line and what is allowed.
    """
    path = path or asset("cues.toml")
    data, text = read_toml(path)
    rules = []
    for cue, table in data.items():
        header = f"[{cue}]"
        if not isinstance(table, dict):
            raise AppError(
                f"{path.name}, line {line_of(text, '', cue)}: {cue} stands outside a cue's table.",
                "Put it below a line such as [arms_crossed].",
            )
        rules.append(check(_Cue, table, path=path, text=text, header=header).rule(cue))
    if not rules:
        raise AppError(f"{path.name} has no cues.", "Put the file back, or install Rapport again.")
    return Catalogue(tuple(rules))


@cache
def known_cues() -> frozenset[str]:
    """Give the ids that this version knows: a person's correction to another one says nothing."""
    return frozenset(load_catalogue().ids)


class _Own(BaseModel):
    """A threshold that moves with the person."""

    model_config = ConfigDict(extra="forbid", strict=True)

    mean: str
    sd: str
    times_sd: float


class _Cue(BaseModel):
    """One table of the file. Each description says what is allowed, for the error message."""

    model_config = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False)

    sense: Literal["vision", "voice"] = Field(description='"vision" or "voice"')
    measure: str = Field(description=f"one of {', '.join(VISION_MEASURES + VOICE_MEASURES)}")
    direction: Literal["above", "below"] = Field(description='"above" or "below"')
    enter: float = Field(description="a number in the measure's unit")
    leave: float = Field(description="a number in the measure's unit")
    strong: float | None = Field(None, description="a number further out than enter")
    unit: str = Field("", description="text")
    episode_s: float = Field(ge=0.3, le=600, description="seconds, at least 0.3")
    log_s: _Seconds
    hint_s: _Seconds
    bridge_s: float = Field(ge=0, le=5, description="seconds, 0 to 5")
    lag_in_s: float = Field(0.0, ge=0, le=30, description="seconds, 0 to 30")
    lag_out_s: float = Field(0.0, ge=0, le=30, description="seconds, 0 to 30")
    own: _Own | None = Field(
        None, description=f"{{ mean = A, sd = B, times_sd = number }}, of {', '.join(OWN_FIELDS)}"
    )
    needs_own: bool = Field(default=False, description="true or false")
    normal: str = Field("", description=f"one of {', '.join(OWN_FIELDS)}")
    backdate: bool = Field(default=False, description="true or false")
    needs_end: bool = Field(default=False, description="true or false")
    finding: bool = Field(default=True, description="true or false")
    focus: bool = Field(default=True, description="true or false")
    name: _Text
    hint: str = Field(description='one to three words, or "" for no hint')
    sentence: _Text
    without_normal: str = Field("", description="text")
    advice: _Text
    icon: _Text
    lane: Literal["arms", "brow", "smile", "facing", "pace", "loudness", "pitch"] = Field(
        description=f"one of {', '.join(LANES)}"
    )
    source: str = Field(min_length=20, description="where the numbers come from, in words")

    @model_validator(mode="after")
    def _agree(self) -> Self:
        """Check what no field can say alone."""
        for wrong, allowed in self._mistakes():
            if wrong:
                raise ValueError(allowed)
        return self

    def _mistakes(self) -> tuple[tuple[bool, str], ...]:
        """(whether it is wrong, what is allowed) for each pair of fields that must agree."""
        measures = VISION_MEASURES if self.sense == "vision" else VOICE_MEASURES
        side = 1 if self.direction == "above" else -1
        own = {self.own.mean, self.own.sd} if self.own else set[str]()
        own |= {self.normal} if self.normal else set()
        return (
            (self.measure not in measures, f"{self.sense} measures {', '.join(measures)}"),
            (
                side * (self.enter - self.leave) <= 0,
                f"{self.direction} enter {self.enter}, leave must lie on the other side of it",
            ),
            (
                self.measure in _SCORES and not 0 < self.enter < 1,
                "enter of a score must lie between 0 and 1",
            ),
            (
                self.strong is not None and side * (self.strong - self.enter) <= 0,
                "strong must lie further out than enter",
            ),
            (self.episode_s > self.log_s, "log_s must be episode_s or more"),
            (self.log_s > self.hint_s, "hint_s must be log_s or more"),
            (
                bool(own - set(OWN_FIELDS)),
                f"own and normal may name {', '.join(OWN_FIELDS)}",
            ),
            (bool(own) and self.sense == "vision", "own and normal belong to the voice"),
            (len(self.hint.split()) > 3, "hint must have one to three words"),
            (self.focus and not self.hint, "hint must not be empty where focus is true"),
        )

    def rule(self, cue: str) -> CueRule:
        """Make the engine's rule of it."""
        data = self.model_dump()
        data["id"] = cue
        data["sense"] = Sense(self.sense)
        data["direction"] = Direction(self.direction)
        data["own"] = OwnLimit(**data["own"]) if data["own"] else None
        return CueRule(**data)
