from __future__ import annotations

import string

import pytest

from app.coach.catalogue import load_catalogue
from app.coach.joins import Halves, Joined, join, joined_sentence, leading, load_halves, met
from app.coach.practice_types import Evidence, Polarity
from app.coach.practices import load_practices
from app.coach.types import CueEvent

HALVES = load_halves()


def said(practice: str, start_s: float | None, end_s: float | None, **more: object) -> Evidence:
    return Evidence(practice, 0, "…", 0.9, start_s=start_s, end_s=end_s, **more)  # type: ignore[arg-type]


def crossed(start_s: float, end_s: float) -> CueEvent:
    return CueEvent("arms_crossed", start_s, end_s, 0.9, 0.5)


def test_an_apology_with_crossed_arms_is_said_in_one_sentence() -> None:
    (one,) = join([said("P19", 72.0, 74.0)], [crossed(70.0, 80.0)], HALVES)
    assert one.together_s == 2.0
    assert joined_sentence(one, HALVES) == "You apologised at 1:12, with your arms crossed."


def test_pace_is_told_against_the_own_normal() -> None:
    fast = CueEvent("pace_fast", 0.0, 9.0, 5.0, 4.6, own_normal=4.0)
    (one,) = join([said("P26", 2.0, 6.0)], [fast], HALVES)
    sentence = joined_sentence(one, HALVES)
    assert sentence == "You said what happens next at 0:02, 25 % faster than your usual pace."


def test_a_value_is_said_without_its_sign() -> None:
    halves = Halves({"P19": "You apologised"}, {"soft": "{value} dB softer than usual"})
    soft = CueEvent("soft", 0.0, 9.0, -8.0, -6.0)
    (one,) = join([said("P19", 2.0, 6.0)], [soft], halves)
    assert joined_sentence(one, halves) == "You apologised at 0:02, 8 dB softer than usual."


def test_moments_that_are_not_chosen_are_known_by_their_ids() -> None:
    evidence = [said("P19", 0.0, 2.0), said("P19", 20.0, 26.0), said("P19", 40.0, 41.0)]
    ids = met(evidence, [crossed(0.0, 30.0)])
    assert ids == {"P19-arms_crossed-0", "P19-arms_crossed-20000"}


@pytest.mark.parametrize(
    ("event", "joins"),
    [
        (crossed(0.0, 11.0), True),  # half of the 2 s
        (crossed(0.0, 10.9), False),  # less than half
        (crossed(11.5, 12.5), False),
        (crossed(12.0, 20.0), False),  # touches only
        (crossed(10.5, 11.6), True),
    ],
)
def test_half_of_the_words_must_be_under_the_cue(event: CueEvent, joins: bool) -> None:
    assert bool(join([said("P19", 10.0, 12.0)], [event], HALVES)) is joins


def test_of_long_words_one_second_is_enough() -> None:
    assert join([said("P23", 10.0, 30.0)], [crossed(12.0, 13.0)], HALVES)


@pytest.mark.parametrize(
    "evidence",
    [
        said("P19", None, None),
        said("P19", 5.0, 5.0),
        said("P20", 4.0, 6.0, polarity=Polarity.WRONG),
        said("P19", 4.0, 6.0, polarity=Polarity.WRONG),
        said("P21", 4.0, 6.0),
    ],
)
def test_what_has_no_time_or_was_not_done_is_not_joined(evidence: Evidence) -> None:
    assert join([evidence], [crossed(0.0, 10.0)], HALVES) == ()


def test_of_one_practice_and_cue_the_longest_moment_counts() -> None:
    evidence = [said("P19", 0.0, 2.0), said("P19", 20.0, 26.0)]
    (one,) = join(evidence, [crossed(0.0, 30.0)], HALVES)
    assert one.start_s == 20.0


def test_the_report_is_led_by_two_moments_at_most_and_each_by_other_words() -> None:
    brow = CueEvent("brow_drawn", 0.0, 60.0, 0.9, 0.5)
    evidence = [said("P19", 0.0, 4.0), said("P26", 20.0, 23.0), said("P27", 40.0, 42.0)]
    every = join(evidence, [crossed(0.0, 60.0), brow], HALVES)
    assert len(every) == 6
    chosen = leading(every)
    assert [one.practice for one in chosen] == ["P19", "P26"]


def test_every_cue_and_practice_that_is_named_exists_and_no_text_asks_for_more() -> None:
    assert set(HALVES.with_cue) <= set(load_catalogue().ids)
    assert all(len(practice) == 3 and 1 <= int(practice[1:]) <= 32 for practice in HALVES.said)
    asked = {
        name
        for text in HALVES.with_cue.values()
        for _, name, _, _ in string.Formatter().parse(text)
    }
    assert asked <= {None, "percent", "value"}


def test_every_practice_that_words_can_show_has_its_half_or_a_reason() -> None:
    in_words = {one.id for one in load_practices() if "words" in one.lives_in}
    reasons = {one for one in HALVES.without if one.startswith("P")}
    assert in_words == set(HALVES.said) | reasons
    assert not set(HALVES.said) & reasons


def test_every_cue_that_may_be_a_finding_has_its_half_or_a_reason() -> None:
    rules = load_catalogue().rules
    reasons = {one for one in HALVES.without if not one.startswith("P")}
    # What is shown in context only is nothing to put right beside the right words.
    assert {one.id for one in rules if one.finding} == set(HALVES.with_cue) | reasons
    assert not set(HALVES.with_cue) & reasons


def test_ids_tell_moments_apart() -> None:
    event = crossed(0.0, 30.0)
    one = Joined("P19", "arms_crossed", 1.0, 2.0, "", 1.0, 0.9, event)
    assert one.id == "P19-arms_crossed-1000"
