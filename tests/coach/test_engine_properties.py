"""What must hold for any signal: times in seconds, whatever the frame rate and the order."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

from coach.coach_readings import PLAIN, heard, pace_rule, run, seen
from hypothesis import given, settings
from hypothesis import strategies as st

from app.coach.engine import CueEngine

if TYPE_CHECKING:
    from random import Random

    from app.coach.types import CueEvent

Signal = list[tuple[float, float | None]]

LEVEL = st.sampled_from([0.1, 0.45, 0.9, None])
# A short plateau stands only between long ones, so that no stretch comes near episode_s (0.4 s) or
# bridge_s (0.6 s), where a coarser grid may rightly see another side of the limit.
PAIR = st.tuples(
    st.tuples(st.sampled_from([0.9, 1.3, 2.0, 3.7]), LEVEL),
    st.tuples(st.just(0.2), LEVEL),
)
SIGNAL = st.lists(PAIR, min_size=1, max_size=7).map(
    lambda pairs: [one for two in pairs for one in two]
)
SCORES = st.lists(st.one_of(st.none(), st.floats(0, 1)), min_size=1, max_size=60)


def _value(plateaus: Signal, t: float) -> float | None:
    for length, value in plateaus:
        if t < length:
            return value
        t -= length
    return 0.0


def _events(plateaus: Signal, step_s: float, phase_s: float = 0.0) -> list[CueEvent]:
    end = sum(length for length, _ in plateaus) + 2.0
    count = int((end - phase_s) / step_s)
    times = [phase_s + n * step_s for n in range(count)]
    return run([seen(t, arms_score=_value(plateaus, t)) for t in times])


@settings(deadline=None, max_examples=60)
@given(SIGNAL, st.sampled_from([1 / 30, 1 / 24, 0.05]), st.floats(0, 0.03))
def test_the_frame_rate_does_not_matter(plateaus: Signal, step_s: float, phase_s: float) -> None:
    fine, coarse = _events(plateaus, 0.01), _events(plateaus, step_s, phase_s)
    assert len(fine) == len(coarse)
    for one, other in zip(fine, coarse, strict=True):
        assert abs(one.start_s - other.start_s) <= step_s + 0.03
        assert abs(one.end_s - other.end_s) <= step_s + 0.03


@settings(deadline=None, max_examples=100)
@given(SCORES, st.floats(0.05, 0.9))
def test_episodes_are_sorted_disjoint_long_enough_and_upheld(
    scores: list[float | None], step_s: float
) -> None:
    readings = [seen(n * step_s, arms_score=score) for n, score in enumerate(scores)]
    events = run(readings)
    for event in events:
        assert event.end_s - event.start_s >= PLAIN.episode_s - 1e-6
        assert event.peak >= event.threshold
        values = {reading.t: reading.arms_score for reading in readings}
        assert values[event.start_s] >= PLAIN.enter
        assert values[event.end_s] > PLAIN.leave
    for one, other in itertools.pairwise(events):
        assert one.end_s < other.start_s


@settings(deadline=None, max_examples=100)
@given(SCORES, SCORES, st.randoms())
def test_the_order_in_which_two_senses_arrive_does_not_matter(
    scores: list[float | None], paces: list[float | None], random: Random
) -> None:
    eyes = [seen(n / 5, arms_score=score) for n, score in enumerate(scores)]
    ears = [
        heard(n / 10, pace_syl_s=None if one is None else 8 * one) for n, one in enumerate(paces)
    ]
    rules = [PLAIN, pace_rule(id="pace", own=None)]

    def through(readings: list[Any]) -> list[CueEvent]:
        engine = CueEngine(rules, None, frozenset())
        events = [event for reading in readings for event in engine.push(reading)]
        return sorted([*events, *engine.finish(100.0)], key=lambda e: (e.cue, e.start_s))

    mixed: list[object] = []
    left, right = list(eyes), list(ears)
    while left or right:
        take = left if left and (not right or random.random() < 0.5) else right
        mixed.append(take.pop(0))
    assert through([*eyes, *ears]) == through(mixed)


@settings(deadline=None, max_examples=100)
@given(SCORES)
def test_open_foretells_what_finish_gives(scores: list[float | None]) -> None:
    engine = CueEngine([PLAIN], None, frozenset())
    for n, score in enumerate(scores):
        engine.push(seen(n / 5, arms_score=score))
    ongoing = engine.open
    ended = engine.finish(1000.0)
    assert [(one.start_s, one.last_s, one.peak) for one in ongoing] == [
        (one.start_s, one.end_s, one.peak) for one in ended
    ]
