from __future__ import annotations

from dataclasses import replace

import pytest
from coach.coach_readings import (
    CATALOGUE,
    OWN,
    PLAIN,
    VOICE,
    arms,
    every,
    heard,
    pace_rule,
    run,
    seen,
)

from app.coach.engine import CueEngine, thresholds
from app.coach.types import Baseline, Direction
from vision.types import VisionReading


def test_an_episode_lasts_from_the_first_to_the_last_reading_that_upholds_it() -> None:
    readings = arms((0.0, 0.1), (1.0, 0.7), (1.2, 0.9), (1.4, 0.8), (1.6, 0.1), (2.4, 0.1))
    (event,) = run(readings)
    assert (event.start_s, event.end_s, event.peak, event.threshold) == (1.0, 1.4, 0.9, 0.5)


@pytest.mark.parametrize(
    ("scores", "count"),
    [
        ([0.45, 0.45, 0.45, 0.45], 0),  # never entered
        ([0.50, 0.45, 0.41, 0.45], 1),  # entered at the threshold, held above leave
        ([0.50, 0.40, 0.40, 0.40], 0),  # at leave it is over: one reading is too short
    ],
)
def test_an_episode_begins_at_enter_and_is_held_above_leave(
    scores: list[float | None], count: int
) -> None:
    readings = arms(*zip(every(0.2, 0.8), scores, strict=True))
    assert len(run(readings)) == count


@pytest.mark.parametrize(("last", "count"), [(0.2, 0), (0.4, 1)])
def test_shorter_than_the_dwell_is_not_written_down(last: float, count: int) -> None:
    readings = arms(*[(t, 0.9) for t in every(0.0, last)], (last + 0.2, 0.0), (last + 1.0, 0.0))
    assert len(run(readings)) == count


@pytest.mark.parametrize(("value", "reason"), [(0.0, "seen to stop"), (None, "not measured")])
def test_a_short_dropout_is_bridged_and_a_long_one_splits(value: float | None, reason: str) -> None:
    up, down = [(t, 0.9) for t in every(0.0, 1.0)], [(1.2, value), (1.4, value)]
    assert len(run(arms(*up, *down, *[(t, 0.9) for t in every(1.6, 2.6)]))) == 1, reason
    longer = [*down, (1.6, value)]
    first, second = run(arms(*up, *longer, *[(t, 0.9) for t in every(1.8, 2.8)]))
    assert first.end_s == pytest.approx(1.0)
    assert second.start_s == pytest.approx(1.8)


def test_a_long_dropout_ends_it_without_waiting_for_the_next_episode() -> None:
    engine = CueEngine([PLAIN], None, frozenset())
    for reading in arms(*[(t, 0.9) for t in every(0.0, 1.0)], (1.2, 0.0), (1.6, 0.0)):
        assert engine.push(reading) == []
    assert [event.end_s for event in engine.push(seen(1.8, arms_score=0.0))] == [pytest.approx(1.0)]


def test_a_silent_sense_ends_the_episode_at_its_last_reading() -> None:
    readings = arms(*[(t, 0.9) for t in every(0.0, 1.0)], *[(t, 0.9) for t in every(2.2, 3.2)])
    first, second = run(readings)
    assert (first.end_s, second.start_s) == (pytest.approx(1.0), pytest.approx(2.2))
    assert first.lost


@pytest.mark.parametrize(
    ("tail", "lost"),
    [
        ([(1.2, 0.0), (2.0, 0.0)], False),
        ([(1.2, None), (2.0, None)], True),
        ([(1.2, 0.0), (1.4, None), (2.0, None)], False),
        ([(1.2, None), (1.4, 0.0), (2.0, 0.0)], False),
    ],
)
def test_it_says_whether_anybody_saw_it_stop(
    tail: list[tuple[float, float | None]], lost: bool
) -> None:
    (event,) = run(arms(*[(t, 0.9) for t in every(0.0, 1.0)], *tail))
    assert event.lost is lost


def test_values_carried_over_from_an_earlier_look_do_not_stretch_it() -> None:
    looks = [seen(t, arms_score=0.9) for t in every(0.0, 1.0)]
    carried = [VisionReading(1.0 + n / 15, face_looked=True, arms_score=0.9) for n in (1, 2)]
    (event,) = run([*looks, *carried, seen(1.2, arms_score=0.0)])
    assert event.end_s == pytest.approx(1.0)


def test_face_measures_need_a_look_at_the_face() -> None:
    rule = replace(PLAIN, measure="brow")
    body_only = [VisionReading(t, body_looked=True, brow=0.9) for t in every(0.0, 2.0)]
    assert run(body_only, rule) == []
    assert len(run([seen(t, brow=0.9) for t in every(0.0, 2.0)], rule)) == 1


def test_below_is_the_mirror_image() -> None:
    rule = pace_rule(direction=Direction.BELOW, enter=3.0, leave=3.3, own=None)
    values = [3.5, 2.9, 2.5, 3.2, 3.2, 3.4]
    readings = [heard(t, pace_syl_s=v) for t, v in zip(every(0, 1.0), values, strict=True)]
    (event,) = run(readings, rule)
    assert (event.start_s, event.end_s, event.peak) == (0.2, pytest.approx(0.8), 2.5)


@pytest.mark.parametrize(
    ("direction", "enter", "leave", "own_mean", "expected"),
    [
        (Direction.ABOVE, 4.0, 3.7, 3.6, (4.2, 3.9)),  # own 3.6 + 1.5 x 0.4
        (Direction.ABOVE, 4.0, 3.7, 3.0, (4.0, 3.7)),  # the fixed one is further
        (Direction.BELOW, 3.0, 3.3, 3.6, (3.0, 3.3)),  # own 3.6 - 0.6 is the same
        (Direction.BELOW, 3.0, 3.3, 3.2, (2.6, 2.9)),
    ],
)
def test_the_further_of_fixed_and_own_threshold_counts(
    direction: Direction, enter: float, leave: float, own_mean: float, expected: tuple[float, float]
) -> None:
    voice = replace(VOICE, pace_syl_s=own_mean)
    rule = pace_rule(direction=direction, enter=enter, leave=leave)
    assert thresholds(rule, replace(OWN, voice=voice)) == pytest.approx(expected)


@pytest.mark.parametrize("needs_own", [True, False])
def test_without_own_normal_each_rule_decides(needs_own: bool) -> None:
    rule = pace_rule(needs_own=needs_own)
    readings = [heard(t, pace_syl_s=5.0) for t in every(0.0, 2.0)]
    assert len(run(readings, rule, None)) == (0 if needs_own else 1)
    skipped = Baseline("2026-01-01", "calibration", None, replace(VOICE, pace_sd_syl_s=None))
    assert len(run(readings, rule, skipped)) == (0 if needs_own else 1)


def test_the_event_carries_the_own_normal() -> None:
    (event,) = run([heard(t, pace_syl_s=5.0) for t in every(0.0, 2.0)], pace_rule(), OWN)
    assert event.own_normal == 3.6
    assert event.threshold == pytest.approx(4.2)


def test_a_length_so_far_began_that_much_earlier() -> None:
    rule = replace(CATALOGUE.rule("long_pause"), enter=4.0, leave=1.0, episode_s=4.0, bridge_s=0.3)
    readings = [heard(t, pause_s=max(0.0, t - 10.0)) for t in every(9.0, 15.0, 0.1)]
    readings += [heard(t, pause_s=0.0) for t in every(15.1, 16.0, 0.1)]
    (event,) = run(readings, rule)
    assert event.start_s == pytest.approx(10.0)
    assert event.end_s == pytest.approx(15.0)


def test_a_silence_that_no_word_ends_is_no_pause() -> None:
    rule = CATALOGUE.rule("long_pause")
    silence = [heard(t, pause_s=max(0.0, t - 10.0)) for t in every(9.0, 18.0, 0.1)]
    taken_over = [heard(t, pause_s=None) for t in every(18.1, 20.0, 0.1)]
    word = [heard(t, pause_s=None if t < 18.65 else 0.0) for t in every(18.1, 20.0, 0.1)]
    assert run(silence, rule) == []
    assert run(silence + taken_over, rule) == []
    (event,) = run(silence + word, rule)
    assert (event.start_s, event.end_s) == (pytest.approx(10.0), pytest.approx(18.0))


def test_lags_move_both_ends_back() -> None:
    rule = replace(PLAIN, lag_in_s=1.0, lag_out_s=0.5)
    readings = arms((4.8, 0.0), *[(t, 0.9) for t in every(5.0, 7.0)], (7.2, 0.0), (8.0, 0.0))
    (event,) = run(readings, rule)
    assert (event.start_s, event.end_s) == (pytest.approx(4.0), pytest.approx(6.5))


def test_backdating_reaches_neither_before_the_start_nor_into_the_episode_before() -> None:
    rule = replace(PLAIN, lag_in_s=3.0, lag_out_s=0.0)
    readings = arms(
        *[(t, 0.9) for t in every(1.0, 2.0)],
        *[(t, 0.0) for t in every(2.2, 3.0)],
        *[(t, 0.9) for t in every(3.2, 4.2)],
    )
    first, second = run(readings, rule)
    assert first.start_s == 0.0
    assert second.start_s == pytest.approx(2.0)


def test_open_episodes_show_once_they_are_long_enough() -> None:
    engine = CueEngine([PLAIN], None, frozenset())
    engine.push(seen(1.0, arms_score=0.8))
    engine.push(seen(1.2, arms_score=0.7))
    assert engine.open == ()
    engine.push(seen(1.4, arms_score=0.6))
    (ongoing,) = engine.open
    assert (ongoing.start_s, ongoing.last_s, ongoing.peak, ongoing.threshold) == (
        1.0,
        1.4,
        0.8,
        0.5,
    )


def test_finish_ends_what_goes_on_and_does_not_reach_beyond_the_end() -> None:
    (event,) = run(arms(*[(t, 0.9) for t in every(0.0, 1.0)]), finish_s=0.9)
    assert event.end_s == 0.9


def test_a_switched_off_cue_never_fires() -> None:
    engine = CueEngine([PLAIN], None, frozenset({"plain"}))
    assert [e for r in arms(*[(t, 0.9) for t in every(0, 2)]) for e in engine.push(r)] == []
    assert engine.finish(2.0) == []


def test_readings_out_of_order_are_left_out() -> None:
    readings = arms((1.0, 0.9), (1.2, 0.9), (0.5, 0.0), (1.4, 0.9))
    (event,) = run(readings)
    assert (event.start_s, event.end_s) == (1.0, 1.4)
