from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio.pauses import PAUSE_S, TalkTracker

if TYPE_CHECKING:
    from audio.types import Pause


def follow(*stretches: tuple[bool, int]) -> tuple[TalkTracker, list[Pause], float, float]:
    """Stretches of (talk, steps of 10 ms) -> tracker, its pauses, seconds of talk, end."""
    tracker, pauses, talk_s, at = TalkTracker(), [], 0.0, 0
    steps = [0.9 if talk else 0.1 for talk, count in stretches for _ in range(count)]
    for at in range(0, len(steps), 10):
        tracker.push(at * 0.01, steps[at : at + 10])
        pauses += tracker.ended
        talk_s += tracker.talk_s
    return tracker, pauses, talk_s, len(steps) * 0.01


def test_a_pause_between_two_stretches_to_the_step() -> None:
    _, pauses, talk_s, _ = follow((True, 103), (False, 87), (True, 50))
    assert [(p.start_s, p.end_s) for p in pauses] == [pytest.approx((1.03, 1.90))]
    assert talk_s == pytest.approx(1.53)


def test_a_stop_consonant_is_no_pause() -> None:
    tracker, pauses, talk_s, end = follow((True, 100), (False, 20), (True, 100))
    assert pauses == []
    assert talk_s == pytest.approx(2.2)
    assert tracker.run_s(end) == pytest.approx(2.2)


@pytest.mark.parametrize(("steps", "count"), [(24, 0), (25, 1)])
def test_a_quarter_of_a_second_without_talk_is_a_pause(steps: int, count: int) -> None:
    _, pauses, _, _ = follow((True, 100), (False, steps), (True, 100))
    assert len(pauses) == count
    assert follow((True, 100), (False, steps))[0].talking is (count == 0)


@pytest.mark.parametrize(("unsure", "talk_s"), [(0.24, 1.0), (0.26, 1.4)])
def test_a_soft_end_is_talk_until_the_gate_is_sure_of_silence(unsure: float, talk_s: float) -> None:
    tracker = TalkTracker()
    tracker.push(0.0, [0.9] * 100 + [unsure] * 40 + [0.0] * 60)
    assert tracker.talk_s == pytest.approx(talk_s)
    assert tracker.pause_s(2.0) == pytest.approx(2.0 - talk_s)


@pytest.mark.parametrize(("sure", "talking"), [(0.39, False), (0.41, True)])
def test_talk_begins_where_speech_is_nearly_as_likely_as_not(sure: float, *, talking: bool) -> None:
    tracker = TalkTracker()
    tracker.push(0.0, [sure] * 30)
    assert tracker.talking is talking


def test_a_click_does_not_end_a_pause() -> None:
    tracker, pauses, _, end = follow((True, 100), (False, 100), (True, 4), (False, 100))
    assert pauses == []
    assert tracker.pause_s(end) == pytest.approx(2.04)


def test_nothing_before_the_first_word_is_a_pause() -> None:
    tracker, pauses, _, end = follow((False, 500))
    assert tracker.pause_s(end) is None
    assert tracker.run_s(end) is None
    _, pauses, _, _ = follow((False, 500), (True, 100))
    assert pauses == []


def test_a_run_goes_on_over_short_pauses_and_ends_after_a_second() -> None:
    tracker, _, _, end = follow((True, 300), (False, 80), (True, 200))
    assert tracker.run_s(end) == pytest.approx(5.8)
    tracker, _, _, end = follow((True, 300), (False, 90))
    assert tracker.run_s(end) == pytest.approx(3.0)
    tracker, _, _, end = follow((True, 300), (False, 110))
    assert tracker.run_s(end) is None
    tracker, _, _, end = follow((True, 300), (False, 110), (True, 50))
    assert tracker.run_s(end) == pytest.approx(0.5)


def test_a_pause_grows_from_the_end_of_the_talk() -> None:
    tracker, _, _, end = follow((True, 100), (False, 20))
    assert tracker.pause_s(end) == 0.0
    tracker, _, _, end = follow((True, 100), (False, 350))
    assert tracker.pause_s(end) == pytest.approx(3.5)


def test_an_interruption_makes_the_silence_nobodys_pause() -> None:
    tracker, _, _, end = follow((True, 100), (False, 100))
    tracker.interrupt()
    assert tracker.pause_s(end) is None
    tracker.push(end, [0.9] * 20)
    assert tracker.ended == []
    assert tracker.talking


@given(st.lists(st.tuples(st.booleans(), st.integers(1, 200)), max_size=20))
def test_pauses_are_ordered_disjoint_and_long_enough(stretches: list[tuple[bool, int]]) -> None:
    _, pauses, talk_s, end = follow(*stretches)
    for pause in pauses:
        assert pause.end_s - pause.start_s >= PAUSE_S - 1e-6
    for one, next_one in pairwise(pauses):
        assert one.end_s <= next_one.start_s
    assert 0.0 <= talk_s <= end + 1e-6


def test_a_stray_noise_neither_begins_nor_ends_a_pause() -> None:
    noise, words = (True, 30), (True, 60)
    tracker, *_, end = follow((False, 100), noise, (False, 300))
    assert tracker.pause_s(end) is None
    tracker, *_, end = follow(words, (False, 300), noise)
    assert tracker.pause_s(end) is None
    tracker, *_, end = follow(words, (False, 300), noise, (False, 300))
    assert tracker.pause_s(end) is None
    tracker, *_, end = follow(words, (False, 300), words)
    assert tracker.pause_s(end) == 0.0


def test_short_words_close_together_are_talk() -> None:
    tracker, *_, end = follow((True, 30), (False, 40), (True, 30), (False, 200))
    assert tracker.pause_s(end) == pytest.approx(2.0)


def test_what_is_as_quiet_as_the_room_ends_talk_though_the_gate_still_leans_to_speech() -> None:
    speech = [0.9] * 100 + [0.6] * 8 + [0.1] * 20 + [0.6] * 8 + [0.9] * 60
    quiet = [False] * 100 + [True] * 36 + [False] * 60
    pauses: dict[bool, list[Pause]] = {True: [], False: []}
    for known in pauses:
        tracker = TalkTracker()
        for at in range(0, len(speech), 10):
            tracker.push(at * 0.01, speech[at : at + 10], quiet[at : at + 10] if known else ())
            pauses[known] += tracker.ended
    assert [(p.start_s, p.end_s) for p in pauses[True]] == [pytest.approx((1.0, 1.36))]
    assert pauses[False] == []


def test_a_stop_as_quiet_as_the_room_does_not_end_talk() -> None:
    tracker = TalkTracker()
    for at in range(0, 200, 10):
        tracker.push(at * 0.01, [0.7] * 10, [at == 100] * 10)
    assert tracker.ended == []
    assert tracker.run_s(2.0) == pytest.approx(2.0)
