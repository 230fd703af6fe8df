"""Two recordings on one axis."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.coach.review_align import (
    FIRST,
    SECOND,
    SharedLine,
    aligned,
    chase,
    line_starts,
    shared_lines,
)
from app.coach.types import Lane, Mark, MarkKind

seconds = st.floats(0.0, 4000.0)


def line(t: float, name: str, *, end: bool = False) -> Mark:
    data = {"line": name, "end": "true" if end else "false"}
    return Mark(t, Lane.SELF, MarkKind.LINE, "rapport", data)


def test_zero_is_where_both_meet() -> None:
    both = aligned((30.0, 60.0), (10.0, 25.0))
    assert (both.start_s, both.end_s) == (-25.0, 35.0)
    assert (both.own(FIRST, 0.0), both.own(SECOND, 0.0)) == (10.0, 25.0)
    assert both.on_axis(SECOND, 25.0) == 0.0


def test_outside_its_recording_a_side_holds_its_first_or_last_moment() -> None:
    both = aligned((30.0, 60.0), (10.0, 25.0))
    assert [both.inside(FIRST, t) for t in (-10.1, -10.0, 19.9, 20.0)] == [False, True, True, False]
    assert [both.held(FIRST, t) for t in (-20.0, 0.0, 30.0)] == [0.0, 10.0, 30.0]


def test_a_written_answer_takes_no_time_on_the_axis() -> None:
    both = aligned((30.0, 0.0), (12.0, 7.0))
    assert both.anchors_s == (12.0, 0.0)
    assert (both.start_s, both.end_s) == (-12.0, 18.0)
    assert not both.inside(SECOND, 0.0)


@given(st.tuples(seconds, seconds), st.tuples(seconds, seconds), st.floats(-5000, 5000))
def test_the_axis_holds_all_of_both(
    lengths: tuple[float, float], anchors: tuple[float, float], t: float
) -> None:
    both = aligned(lengths, anchors)
    inside = both.within(t)
    assert both.start_s <= 0.0 <= both.end_s
    assert both.start_s <= inside <= both.end_s
    for side in (FIRST, SECOND):
        assert 0.0 <= both.held(side, t) <= lengths[side]
        if both.inside(side, t):
            assert both.held(side, t) == pytest.approx(both.own(side, t))
            assert both.within(t) == t


def test_lines_that_both_have_are_offered_in_the_order_of_the_first() -> None:
    first = [
        line(2.0, "opening"),
        line(5.0, "opening", end=True),
        line(20.0, "vent"),
        line(30.0, "only here"),
        line(40.0, "vent"),
    ]
    second = [line(60.0, "vent"), line(3.0, "opening"), line(50.0, "other")]
    assert shared_lines(first, second) == (
        SharedLine("opening", 1, (2.0, 3.0)),
        SharedLine("vent", 1, (20.0, 60.0)),
    )
    assert line_starts(first)["vent"] == (20.0, 40.0)


def test_a_line_said_twice_in_both_is_offered_twice() -> None:
    twice = [line(2.0, "ask"), line(9.0, "ask")]
    later = [line(4.0, "ask"), line(7.0, "ask"), line(30.0, "ask")]
    assert [one.begins_s for one in shared_lines(twice, later)] == [(2.0, 4.0), (9.0, 7.0)]


def test_free_talks_have_no_line_in_common() -> None:
    assert shared_lines([], [line(1.0, "opening")]) == ()


@given(st.floats(-3.0, 3.0))
def test_who_is_behind_plays_faster_and_who_is_far_away_jumps(behind_s: float) -> None:
    way = chase(behind_s)
    assert way.jump == (abs(behind_s) > 0.4)
    assert 0.7 < way.rate < 1.3
    if not way.jump:
        assert (way.rate - 1.0) * behind_s >= 0.0


def test_a_side_that_is_chased_comes_into_step_within_two_seconds() -> None:
    apart_s, tick_s = 0.39, 0.02
    for _ in range(100):
        apart_s -= (chase(apart_s).rate - 1.0) * tick_s
    assert abs(apart_s) < 0.02
