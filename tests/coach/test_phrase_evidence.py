from __future__ import annotations

import pytest

from app.coach.phrase_evidence import ALONE, with_phrases
from app.coach.practice_types import Evidence, Polarity, Speaking, Turn
from audio.types import PhraseHit

TURNS = (
    Turn(Speaking.CUSTOMER, "I was charged twice!", 0.0, 3.0),
    Turn(Speaking.STAFF, "i am so sorry that we charged you twice", 3.5, 8.0),
    Turn(Speaking.CUSTOMER, "Well.", 8.5, 9.0),
    Turn(Speaking.STAFF, "", 9.5, 12.0),
)
SORRY = Evidence("P19", 1, "i am so sorry that we charged you twice", 0.7, start_s=3.5, end_s=6.0)


def hit(
    practice: str, start_s: float, confidence: float = 0.95, phrase: str = "I'm so sorry"
) -> PhraseHit:
    return PhraseHit(phrase, start_s, start_s + 0.8, confidence, 20.0, practice)


def test_words_and_sound_of_one_place_are_one_find_with_the_higher_confidence() -> None:
    (one,) = with_phrases([SORRY], [hit("P19", 3.6)], TURNS)
    assert (one.words, one.start_s, one.confidence) == (SORRY.words, 3.5, 0.95)
    assert with_phrases([SORRY], [hit("P19", 3.6, 0.55)], TURNS) == (SORRY,)


def test_within_a_second_is_the_same_and_later_is_another() -> None:
    assert len(with_phrases([SORRY], [hit("P19", 6.9)], TURNS)) == 1
    assert len(with_phrases([SORRY], [hit("P19", 7.1)], TURNS)) == 2


def test_a_phrase_alone_counts_from_a_confidence_on_and_says_where_it_comes_from() -> None:
    assert with_phrases([], [hit("P27", 10.0, ALONE - 0.01)], TURNS) == ()
    (one,) = with_phrases([], [hit("P27", 10.0, ALONE, "is there anything else")], TURNS)
    assert (one.practice, one.turn, one.detail) == ("P27", 3, "sound")
    assert (one.words, one.polarity) == ("is there anything else", Polarity.DONE)


def test_several_wordings_at_one_place_are_one_find() -> None:
    hits = [hit("P19", 4.0, 0.8), hit("P19", 4.1, 0.9, "I'm very sorry")]
    (one,) = with_phrases([], hits, TURNS)
    assert (one.words, one.confidence) == ("I'm very sorry", 0.9)


def test_phrases_of_the_opposite_speak_against_a_practice() -> None:
    (one,) = with_phrases([], [hit("P11", 10.0, phrase="our policy is")], TURNS)
    assert one.polarity is Polarity.WRONG


def test_an_empty_apology_is_not_a_specific_one_beside_it() -> None:
    empty = hit("P20", 4.5, 0.8, "sorry for the inconvenience")
    (one,) = with_phrases([], [hit("P19", 4.0, 0.99), empty], TURNS)
    assert (one.practice, one.polarity) == ("P20", Polarity.WRONG)


def test_what_words_decide_never_counts_alone() -> None:
    blame = Evidence("P21", 1, "you must have lost it", 0.8, Polarity.WRONG, 4.0, 5.0)
    sure = hit("P21", 4.0, 0.99, "you must have")
    assert with_phrases([], [sure], TURNS) == ()
    assert with_phrases([blame], [sure], TURNS)[0].confidence == 0.99


@pytest.mark.parametrize(("at", "turn"), [(3.2, 1), (5.0, 1), (11.0, 3), (20.0, 3)])
def test_a_phrase_goes_into_the_staff_turn_it_lies_in_or_near(at: float, turn: int) -> None:
    assert with_phrases([], [hit("P27", at)], TURNS)[0].turn == turn


def test_without_turns_words_or_practice_nothing_breaks() -> None:
    assert with_phrases([SORRY], None, TURNS) == (SORRY,)
    assert with_phrases([], [hit("", 4.0)], TURNS) == ()
    assert with_phrases([], [hit("P27", 4.0)], ())[0].turn == 0
    typed = Evidence("P19", 1, "sorry", 0.9)
    assert with_phrases([typed], [], TURNS) == (typed,)


def test_joining_again_changes_nothing() -> None:
    hits = [hit("P19", 3.6), hit("P27", 10.0), hit("P20", 4.0)]
    once = with_phrases([SORRY], hits, TURNS)
    assert with_phrases(once, hits, TURNS) == once
