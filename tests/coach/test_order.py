from __future__ import annotations

import pytest

from app.coach.order import OrderKind, order_notes, phases_seen
from app.coach.practice_types import Evidence, Phase, Polarity, Speaking, Turn

CUSTOMER, STAFF = Turn(Speaking.CUSTOMER, "…"), Turn(Speaking.STAFF, "…")
TALK = (CUSTOMER, STAFF) * 8


def at(practice: str, turn: int, start_s: float | None = None, end_s: float | None = None,
       polarity: Polarity = Polarity.DONE) -> Evidence:  # fmt: skip
    return Evidence(practice, turn, "…", 0.9, polarity, start_s, end_s)


def kinds(*evidence: Evidence) -> list[OrderKind]:
    return [note.kind for note in order_notes(TALK, evidence)]


GOOD = (at("P19", 1), at("P23", 3), at("P17", 5), at("P25", 7), at("P26", 9), at("P27", 11))


def test_the_good_order_leaves_nothing_to_say() -> None:
    assert order_notes(TALK, GOOD) == ()
    assert [seen.phase for seen in phases_seen(GOOD)] == [
        Phase.APOLOGY, Phase.RECAP, Phase.QUESTIONS, Phase.OPTIONS, Phase.COMMITMENT, Phase.CLOSING,
    ]  # fmt: skip


@pytest.mark.parametrize("left_out", range(6))
def test_what_was_not_heard_is_not_out_of_order(left_out: int) -> None:
    assert order_notes(TALK, GOOD[:left_out] + GOOD[left_out + 1 :]) == ()


def test_options_before_the_recap_are_told_once() -> None:
    (note,) = order_notes(TALK, [at("P25", 1), at("P23", 3), at("P17", 5)])
    assert (note.kind, note.first, note.then) == (OrderKind.SWAPPED, Phase.OPTIONS, Phase.RECAP)
    assert note.turn == 1


def test_a_question_may_come_before_the_recap() -> None:
    assert kinds(at("P17", 1), at("P23", 3)) == []


def test_within_one_turn_the_times_decide() -> None:
    assert kinds(at("P26", 1, 20.0, 22.0), at("P19", 1, 10.0, 12.0)) == []
    assert kinds(at("P26", 1, 10.0, 12.0), at("P19", 1, 20.0, 22.0)) == [OrderKind.SWAPPED]


def test_apologies_that_follow_each_other_are_one_and_may_be_too_long() -> None:
    short = [at("P19", 1, 10.0, 12.0), at("P19", 1, 13.0, 17.0)]
    assert kinds(*short) == []
    (note,) = order_notes(
        TALK, [*short, at("P20", 1, 18.0, 21.0, Polarity.WRONG), at("P19", 3, 60.0, 62.0)]
    )
    assert note.kind is OrderKind.LONG_APOLOGY
    assert (note.start_s, note.lasted_s) == (10.0, 11.0)


@pytest.mark.parametrize(("end_s", "said"), [(17.0, []), (17.1, [OrderKind.LONG_APOLOGY])])
def test_an_apology_may_last_seven_seconds(end_s: float, said: list[OrderKind]) -> None:
    assert kinds(at("P19", 1, 10.0, end_s)) == said


@pytest.mark.parametrize(("next_s", "said"), [(16.0, [OrderKind.LONG_APOLOGY]), (16.1, [])])
def test_apologies_more_than_two_seconds_apart_are_two(
    next_s: float, said: list[OrderKind]
) -> None:
    first, second = at("P19", 1, 10.0, 14.0), at("P19", 3, next_s, next_s + 2.0)
    assert kinds(first, second) == said
    assert kinds(second, first) == said, "the finder may give them in any order"


def test_a_phase_begins_with_its_first_words_and_other_practices_are_none() -> None:
    evidence = [at("P25", 9), at("P11", 1), at("P25", 5), at("P23", 3), at("P23", 7)]
    assert [(seen.phase, seen.turn) for seen in phases_seen(evidence)] == [
        (Phase.RECAP, 3),
        (Phase.OPTIONS, 5),
    ]


def test_without_times_no_apology_is_too_long() -> None:
    assert kinds(at("P19", 1), at("P19", 1), at("P20", 1, polarity=Polarity.WRONG)) == []


def test_an_answer_before_they_spoke_was_given_without_listening() -> None:
    (note,) = order_notes((STAFF, CUSTOMER), [at("P25", 0)])
    assert note.kind is OrderKind.BEFORE_THEY_SPOKE
    assert order_notes((STAFF, STAFF), [at("P25", 0)]) == ()


def test_what_was_done_wrongly_is_no_step_of_the_order() -> None:
    assert kinds(at("P26", 1, polarity=Polarity.WRONG), at("P19", 3)) == []
