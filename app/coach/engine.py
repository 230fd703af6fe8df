"""The cue engine: readings in, episodes out. One sense a rule, all times in seconds."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from app.coach.senses import SILENT_S, Reading, is_fresh, sense_of, value_of
from app.coach.types import CueEvent, Direction, OpenEpisode, Sense

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.coach.types import Baseline, CueRule

EPSILON_S = 1e-6
"""Times are sums of floats: a dwell of 0.4 s must not fail by a rounding error."""


class CueEngine:
    """Turns readings into episodes of each cue, with hysteresis, dwell and bridging in seconds.

    A rule whose threshold needs an own normal that is absent never fires; `GapTracker` reports it.
    """

    def __init__(
        self,
        rules: Iterable[CueRule],
        baseline: Baseline | None,
        switched_off: frozenset[str] = frozenset(),
    ) -> None:
        self._trackers = tuple(
            _Tracker(rule, own_number(baseline, rule, rule.normal), *limits)
            for rule in rules
            if rule.id not in switched_off and (limits := thresholds(rule, baseline)) is not None
        )
        self._of = {
            sense: tuple(one for one in self._trackers if one.rule.sense is sense)
            for sense in Sense
        }

    @property
    def open(self) -> tuple[OpenEpisode, ...]:
        """Episodes that go on and are already long enough to be written down, by start."""
        ongoing = [one for tracker in self._trackers if (one := tracker.ongoing()) is not None]
        return tuple(sorted(ongoing, key=_by_start))

    def push(self, reading: Reading) -> list[CueEvent]:
        """Take one reading; gives the episodes that ended by it."""
        ended = []
        for tracker in self._of[sense_of(reading)]:
            measure = tracker.rule.measure
            if is_fresh(reading, measure):
                event = tracker.push(reading.t, value_of(reading, measure))
                if event is not None:
                    ended.append(event)
        return ended

    def finish(self, t: float) -> list[CueEvent]:
        """End everything; gives the episodes that went on, none of them reaching beyond `t`."""
        ended = [one for tracker in self._trackers if (one := tracker.finish()) is not None]
        return sorted((replace(one, end_s=min(one.end_s, t)) for one in ended), key=_by_start)


def thresholds(rule: CueRule, baseline: Baseline | None) -> tuple[float, float] | None:
    """Enter and leave of a rule for this person; None where an own normal is needed and absent.

    The further of the fixed and the own threshold counts, and leave keeps its distance from enter.
    """
    own = rule.own
    if own is None:
        return rule.enter, rule.leave
    mean, sd = own_number(baseline, rule, own.mean), own_number(baseline, rule, own.sd)
    if mean is None or sd is None:
        return None if rule.needs_own else (rule.enter, rule.leave)
    if rule.direction is Direction.ABOVE:
        enter = max(rule.enter, mean + own.times_sd * sd)
    else:
        enter = min(rule.enter, mean - own.times_sd * sd)
    return enter, enter + (rule.leave - rule.enter)


def own_number(baseline: Baseline | None, rule: CueRule, name: str) -> float | None:
    """Look up a field of the rule's sense in the own normal; None where there is none."""
    half = getattr(baseline, rule.sense.value, None) if baseline is not None and name else None
    value = getattr(half, name, None) if half is not None else None
    return None if value is None else float(value)


def _by_start(one: OpenEpisode | CueEvent) -> float:
    return one.start_s


class _Tracker:
    """One rule and its running episode."""

    def __init__(self, rule: CueRule, normal: float | None, enter: float, leave: float) -> None:
        self.rule = rule
        self._normal = normal
        self._enter = enter
        self._leave = leave
        self._side = 1.0 if rule.direction is Direction.ABOVE else -1.0
        self._start: float | None = None
        self._last = 0.0
        self._peak = 0.0
        self._dropout = False
        self._unseen = False
        self._seen: float | None = None
        self._floor = 0.0

    def push(self, t: float, value: float | None) -> CueEvent | None:
        """Take one value (None = not measured) at `t`; gives the episode that it ended, if any."""
        if self._seen is not None and t < self._seen:
            return None
        silent = self._seen is not None and t - self._seen > SILENT_S
        self._seen = t
        ended = None
        if silent:
            self._unseen = True
            ended = self._close()
        upholds = self._upholds(value)
        if self._start is not None and not upholds:
            self._unseen = value is None and (self._unseen or not self._dropout)
            self._dropout = True
        if self._dropout and t - self._last > self.rule.bridge_s + EPSILON_S:
            ended = self._close() or ended
            upholds = self._upholds(value)
        if upholds and value is not None:
            self._hold(t, value)
        return ended

    def finish(self) -> CueEvent | None:
        """End the running episode at the last reading that upheld it."""
        self._unseen = self._unseen or not self._dropout
        return self._close()

    def ongoing(self) -> OpenEpisode | None:
        """Give the running episode, once it is long enough to be written down."""
        end = self._last - self.rule.lag_out_s
        if self._start is None or end - self._start < self.rule.episode_s - EPSILON_S:
            return None
        return OpenEpisode(self.rule.id, self._start, end, self._peak, self._enter)

    def _upholds(self, value: float | None) -> bool:
        if value is None:
            return False
        if self._start is None:
            return self._side * (value - self._enter) >= 0
        return self._side * (value - self._leave) > 0

    def _hold(self, t: float, value: float) -> None:
        if self._start is None:
            began = t - (value if self.rule.backdate else self.rule.lag_in_s)
            self._start = max(began, self._floor)
            self._peak = value
        elif self._side * (value - self._peak) > 0:
            self._peak = value
        self._last = t
        self._dropout = False
        self._unseen = False

    def _close(self) -> CueEvent | None:
        start, self._start, self._dropout = self._start, None, False
        end = self._last - self.rule.lag_out_s
        if start is None or end - start < self.rule.episode_s - EPSILON_S:
            return None
        self._floor = end
        if self.rule.needs_end and self._unseen:
            return None
        return CueEvent(
            self.rule.id, start, end, self._peak, self._enter, self._normal, lost=self._unseen
        )
