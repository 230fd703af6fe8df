"""What people and the machine marked is paired once, within a tolerance that is told."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_material import event, report

from app.coach.desk.agreement import (
    CueAgreement,
    Spot,
    between_people,
    paired,
    tolerance_s,
    with_machine,
)
from app.coach.types import Lane, Mark, MarkKind

NEAR_S = tolerance_s()
MADE = report(
    events=(
        event("arms_crossed", 10, 14),
        event("arms_crossed", 30, 36),
        event("brow_drawn", 20, 23),
        event("smile", 50, 52),
    )
)


def marker(t: float, cue: str = "", lane: Lane = Lane.TRAINER, **data: str) -> Mark:
    return Mark(t, lane, MarkKind.MARKER, lane.value, {"cue": cue, **data})


def verdict(finding: str, word: str, **data: str) -> Mark:
    said = {"finding": finding, "verdict": word, **data}
    return Mark(0.0, Lane.TRAINER, MarkKind.VERDICT, "tom", said)


def cue(*marks: Mark, of: str = "arms_crossed") -> CueAgreement:
    return next(one for one in with_machine(MADE, marks, Lane.TRAINER, NEAR_S) if one.cue == of)


def test_only_what_a_person_spoke_about_is_compared() -> None:
    assert with_machine(MADE, [], Lane.TRAINER, NEAR_S) == ()
    found = with_machine(MADE, [marker(11, "arms_crossed")], Lane.TRAINER, NEAR_S)
    assert found == (CueAgreement("arms_crossed", (10,), (), (30,)),)


@pytest.mark.parametrize(
    ("t", "together"),
    [
        (10 - NEAR_S, True),
        (10 - NEAR_S - 0.01, False),
        (12, True),
        (14 + NEAR_S, True),
        (14 + NEAR_S + 0.01, False),
    ],
)
def test_the_tolerance_counts_from_both_ends(t: float, together: bool) -> None:
    found = cue(marker(t, "arms_crossed"))
    assert (found.both == (10,)) is together
    assert (found.only_person == ()) is together


def test_ten_presses_on_one_episode_are_one_agreement() -> None:
    found = cue(*(marker(10 + n / 10, "arms_crossed") for n in range(10)))
    assert len(found.both) == 1
    assert len(found.only_person) == 9


def test_a_span_counts_from_its_start_to_its_end() -> None:
    assert cue(marker(0, "arms_crossed", until="8")).both == (10,)
    assert cue(marker(0, "arms_crossed", until="strange")).both == ()


def test_a_verdict_counts_as_having_said_so() -> None:
    assert cue(verdict("arms_crossed-10000", "agree")) == CueAgreement(
        "arms_crossed", (10,), (), (30,)
    )
    assert cue(verdict("arms_crossed-10000", "disagree")).only_machine == (10, 30)
    both = cue(verdict("arms_crossed-10000", "agree"), marker(12, "arms_crossed"))
    assert (both.both, both.only_person) == ((10,), ())


def test_a_correction_moves_what_it_names() -> None:
    span = cue(verdict("arms_crossed-10000", "correct", start="9", end="12"))
    assert span.both == (10,)
    other = verdict("arms_crossed-10000", "correct", cue="brow_drawn")
    assert cue(other).only_machine == (10, 30)
    assert cue(other, of="brow_drawn").only_person == (10,)


def test_each_lane_is_compared_for_itself() -> None:
    own = marker(11, "arms_crossed", Lane.SELF)
    assert with_machine(MADE, [own], Lane.TRAINER, NEAR_S) == ()
    assert with_machine(MADE, [own], Lane.SELF, NEAR_S)[0].both == (10,)


def test_what_two_people_pointed_at() -> None:
    marks = [
        marker(5, lane=Lane.SELF),
        marker(40, lane=Lane.SELF),
        marker(6),
        marker(20),
        Mark(0.0, Lane.SELF, MarkKind.NOTE, "ana", {"text": "afterwards", "about": "reflection"}),
    ]
    found = between_people(marks, NEAR_S)
    assert (found.both, found.only_self, found.only_trainer) == ((5,), (40,), (20,))


SPOTS = st.lists(
    st.tuples(st.floats(0, 60), st.floats(0, 5)).map(lambda two: Spot(two[0], two[0] + two[1])),
    max_size=8,
)


@given(SPOTS, SPOTS)
def test_nothing_is_lost_and_nothing_counts_twice(ones: list[Spot], others: list[Spot]) -> None:
    pairs, left, right = paired(ones, others, NEAR_S)
    assert len(pairs) + len(left) == len(ones)
    assert len(pairs) + len(right) == len(others)
    assert all(one.apart(other) <= NEAR_S for one, other in pairs)
    assert all(one.apart(other) > NEAR_S for one, other in itertools.product(left, right))


@given(SPOTS, SPOTS)
def test_it_does_not_matter_who_is_named_first(ones: list[Spot], others: list[Spot]) -> None:
    assert len(paired(ones, others, NEAR_S)[0]) == len(paired(others, ones, NEAR_S)[0])
