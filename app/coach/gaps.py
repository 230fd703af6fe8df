"""What was not measured, when and why: the other half of an honest report."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from app.coach.engine import thresholds
from app.coach.intervals import Stretch, intersect, subtract, union
from app.coach.senses import PICTURE, SILENT_S, Reading, is_fresh, sense_of, value_of
from app.coach.types import Gap, Sense
from audio.types import Reason as VoiceReason
from vision.types import Reason as VisionReason

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from app.coach.types import Baseline, CueRule

MIN_GAP_S: Final = 0.5
"""Shorter gaps are not listed: the engine bridges about as much."""

MIN_SILENCE_S: Final = 3.0
"""A pause between sentences is no gap in measuring a voice; a longer silence is listed."""

WHOLE: Final = frozenset({
    VisionReason.NO_PERSON.value,
    VisionReason.SEVERAL_PEOPLE.value,
    VisionReason.TOO_DARK.value,
    VisionReason.BACKLIT.value,
    VoiceReason.NO_SIGNAL.value,
    VoiceReason.CUSTOMER_SPEAKING.value,
    VoiceReason.TONE.value,
    VoiceReason.SENSOR_GONE.value,
    VoiceReason.NOT_SPEAKING.value,
})  # fmt: skip
"""Reasons that concern a sense as a whole: one gap with cue None instead of one a cue."""

CONSTANT: Final = frozenset({VoiceReason.SWITCHED_OFF.value, VoiceReason.NO_OWN_NORMAL.value})
"""Reasons that do not change in a session; they don't stand in the way of a whole-sense gap."""

_Missed = dict[str, dict[str, list[Stretch]]]


class GapTracker:
    """Collects for every cue the stretches in which its measure was missing, with the reason."""

    def __init__(
        self,
        rules: Iterable[CueRule],
        switched_off: frozenset[str] = frozenset(),
        baseline: Baseline | None = None,
    ) -> None:
        self._rules = tuple(rules)
        self._never = {
            rule.id: VoiceReason.SWITCHED_OFF.value
            if rule.id in switched_off
            else VoiceReason.NO_OWN_NORMAL.value
            for rule in self._rules
            if rule.id in switched_off or thresholds(rule, baseline) is None
        }
        watches = [_Watch(rule) for rule in self._rules if rule.id not in self._never]
        self._of = {sense: tuple(one for one in watches if one.sense is sense) for sense in Sense}
        self._last: dict[Sense, float] = {}
        self._gone: dict[Sense, list[Stretch]] = defaultdict(list)
        self._slow: dict[Sense, list[Stretch]] = defaultdict(list)

    def push(self, reading: Reading) -> None:
        """Take one reading."""
        sense = sense_of(reading)
        last = self._last.get(sense, 0.0)
        if reading.t < last:
            return
        if reading.t - last > SILENT_S:
            slow = reading.missing.get(PICTURE) is VisionReason.TOO_FEW_LOOKS
            (self._slow if slow else self._gone)[sense].append((last, reading.t))
            for watch in self._of[sense]:
                watch.close(last)
        self._last[sense] = reading.t
        for watch in self._of[sense]:
            if is_fresh(reading, watch.measure):
                watch.push(reading.t, _reason(reading, watch.measure), first=last <= 0)

    def finish(self, duration_s: float, senses: frozenset[Sense]) -> list[Gap]:
        """End everything; gives all gaps by start.

        Parameters
        ----------
        duration_s
            Length of the session, seconds.
        senses
            Senses that were meant to be there; another one is one gap from start to end.
        """
        whole = [(0.0, duration_s)] if duration_s > 0 else []
        gaps: list[Gap] = []
        for sense in sorted({rule.sense for rule in self._rules}):
            if sense not in senses or (sense not in self._last and not self._gone[sense]):
                gaps += _listed(sense, None, VoiceReason.SENSOR_GONE.value, whole)
                continue
            gaps += self._of_sense(sense, duration_s, whole)
        return sorted(gaps, key=lambda gap: (gap.start_s, gap.sense, gap.cue or "", gap.end_s))

    def _of_sense(self, sense: Sense, duration_s: float, whole: list[Stretch]) -> list[Gap]:
        last = self._last[sense]
        gone, slow = list(self._gone[sense]), self._slow[sense]
        if duration_s - last > SILENT_S:
            gone.append((last, duration_s))
        else:
            last = max(last, duration_s)
        gaps = _listed(sense, None, VoiceReason.SENSOR_GONE.value, gone)
        gaps += _listed(sense, None, VisionReason.TOO_FEW_LOOKS.value, slow)
        gone = sorted([*gone, *slow])
        missed: _Missed = {}
        for watch in self._of[sense]:
            watch.close(last)
            missed[watch.cue] = {
                reason: subtract(union(stretches, MIN_GAP_S / 2), gone)
                for reason, stretches in watch.missed.items()
            }
        for reason in sorted({reason for one in missed.values() for reason in one} & WHOLE):
            shared = _shared(missed, reason)
            gaps += _listed(sense, None, reason, shared)
            for by_reason in missed.values():
                by_reason[reason] = subtract(by_reason.get(reason, []), shared)
        for cue, by_reason in missed.items():
            for reason, stretches in by_reason.items():
                gaps += _listed(sense, cue, reason, stretches)
        for rule in self._rules:
            if rule.sense is sense and rule.id in self._never:
                gaps += _listed(sense, rule.id, self._never[rule.id], subtract(whole, gone))
        return gaps


class _Watch:
    """One cue and the reason for which it is missing just now."""

    def __init__(self, rule: CueRule) -> None:
        self.cue = rule.id
        self.sense = rule.sense
        self.measure = rule.measure
        self.missed: dict[str, list[Stretch]] = defaultdict(list)
        self._reason: str | None = None
        self._since = 0.0

    def push(self, t: float, reason: str | None, *, first: bool) -> None:
        """Take the reason (None = measured); the first reading speaks for the time before."""
        if reason != self._reason:
            self.close(t)
            self._since = 0.0 if first and not self.missed else t
            self._reason = reason

    def close(self, t: float) -> None:
        """End the running stretch at `t`."""
        if self._reason is not None and t > self._since:
            self.missed[self._reason].append((self._since, t))
        self._reason = None


def _reason(reading: Reading, measure: str) -> str | None:
    if value_of(reading, measure) is not None:
        return None
    missing: Mapping[str, VisionReason | VoiceReason] = reading.missing
    return str(missing.get(measure, VoiceReason.NOT_YET).value)


def _shared(missed: _Missed, reason: str) -> list[Stretch]:
    """Stretches in which every cue of the sense is missing for this reason or a constant one."""
    shared: list[Stretch] | None = None
    named: list[Stretch] = []
    for by_reason in missed.values():
        named += by_reason.get(reason, [])
        lost = union(
            stretch
            for why, stretches in by_reason.items()
            if why == reason or why in CONSTANT
            for stretch in stretches
        )
        shared = lost if shared is None else intersect(shared, lost)
    both = intersect(shared or [], union(named))
    return [(start, end) for start, end in both if end - start >= _shortest(reason)]


def _listed(sense: Sense, cue: str | None, reason: str, stretches: list[Stretch]) -> list[Gap]:
    return [
        Gap(sense, cue, reason, start, end)
        for start, end in stretches
        if end - start >= _shortest(reason)
    ]


def _shortest(reason: str) -> float:
    return MIN_SILENCE_S if reason == VoiceReason.NOT_SPEAKING.value else MIN_GAP_S
