"""Posture and face at rest, told by the same rules as every session."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from app.coach.senses import value_of
from app.coach.types import Sense
from vision.types import Reason

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from app.coach.self_check_limits import CheckLimits
    from app.coach.types import CueRule, OpenEpisode
    from vision.types import VisionReading

AT_REST: Final = (
    "arms_crossed",
    "hands_on_hips",
    "face_touch",
    "brow_drawn",
    "lean",
    "slouch",
)
"""Cues that say something of a person who stands and waits. Smile and nod have no quota, and where
somebody looks is free before a shift."""
HOPELESS: Final = frozenset({Reason.NO_OWN_NORMAL, Reason.SWITCHED_OFF})
"""Reasons that waiting does not mend."""


@dataclass(frozen=True, slots=True)
class RestFact:
    """One cue at rest."""

    cue: str
    """Id of its rule."""
    seen_s: float | None
    """How long it went on, seconds; 0 where it did not; None = not measured."""
    reason: str = ""
    """Why it was not measured, a value of the eyes' Reason; empty where it was."""


class AtRest:
    """Watches the cues that count at rest."""

    def __init__(
        self, rules: Sequence[CueRule], switched_off: frozenset[str], limits: CheckLimits
    ) -> None:
        self._limits = limits
        self._rules: Mapping[str, CueRule] = MappingProxyType(
            {
                rule.id: rule
                for rule in rules
                if rule.sense is Sense.VISION and rule.id in AT_REST and rule.id not in switched_off
            }
        )
        self._watched_s = dict.fromkeys(self._rules, 0.0)
        self._seen_s = dict.fromkeys(self._rules, 0.0)
        self._last_t: dict[str, float] = {}
        self._why: dict[str, dict[Reason, int]] = {cue: {} for cue in self._rules}
        self._looked = False

    @property
    def enough(self) -> bool:
        """Whether everything that can be measured was watched for long enough."""
        return self._looked and all(
            watched >= max(self._limits.rest_s, self._rules[cue].log_s)
            or HOPELESS & set(self._why[cue])
            for cue, watched in self._watched_s.items()
        )

    def look(self, reading: VisionReading, open_now: Sequence[OpenEpisode]) -> None:
        """Take a reading, once or again, and the cues that are going on."""
        self._looked = True
        for cue, rule in self._rules.items():
            last_t = self._last_t.get(cue)
            if last_t is not None and reading.t <= last_t:
                continue
            self._last_t[cue] = reading.t
            if value_of(reading, rule.measure) is not None:
                since_t = reading.t if last_t is None else last_t
                self._watched_s[cue] += min(self._limits.rest_step_s, reading.t - since_t)
            else:
                why = reading.missing.get(rule.measure, Reason.NOT_YET)
                self._why[cue][why] = self._why[cue].get(why, 0) + 1
        for one in open_now:
            if one.cue in self._rules:
                lasted_s = one.last_s - one.start_s
                self._seen_s[one.cue] = max(self._seen_s[one.cue], lasted_s)

    def facts(self) -> tuple[RestFact, ...]:
        """Tell each cue's fact, in the order of AT_REST; empty where nobody looked."""
        if not self._looked:
            return ()
        return tuple(self._fact(cue) for cue in AT_REST if cue in self._rules)

    def _fact(self, cue: str) -> RestFact:
        rule = self._rules[cue]
        if self._seen_s[cue] >= rule.log_s:
            return RestFact(cue, self._seen_s[cue])
        if self._watched_s[cue] >= rule.log_s:
            return RestFact(cue, 0.0)
        why = self._why[cue]
        reason = max(why, key=lambda one: why[one], default=Reason.NOT_YET)
        return RestFact(cue, None, reason.value)
