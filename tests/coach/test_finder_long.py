"""A day of talk takes as long as its parts together: what grows with the square is bounded."""

from __future__ import annotations

import pytest

from app.coach.finder import Finder, FinderContext
from app.coach.finder.talk import HEARD, LONGEST, talk_of
from app.coach.practice_types import Polarity, Speaking, Turn
from app.coach.practices import load_practices


def staff(text: str) -> Turn:
    return Turn(Speaking.STAFF, text)


def customer(text: str) -> Turn:
    return Turn(Speaking.CUSTOMER, text)


def test_a_speech_that_nobody_interrupts_is_cut_into_blocks() -> None:
    said = [customer("Hello."), *(staff(f"Line {n}.") for n in range(2 * LONGEST + 50))]
    blocks = talk_of(said, None, written=False).blocks
    assert [len(one.texts) for one in blocks] == [LONGEST, LONGEST, 50]
    assert sorted(turn for one in blocks for turn in one.texts) == list(range(1, len(said)))
    assert [one.before for one in blocks] == [("hello",), (), ()]
    assert [one.last for one in blocks] == [False, False, True]


def test_of_a_long_talk_a_block_keeps_what_was_heard_last() -> None:
    said = [turn for n in range(50) for turn in (customer(f"Word {n}."), staff("Yes."))]
    blocks = talk_of(said, None, written=False).blocks
    assert [len(one.heard) for one in blocks] == [min(n + 1, HEARD) for n in range(50)]
    assert blocks[-1].heard[-1] == "Word 49."


def test_what_a_customer_says_in_many_lines_is_heard_in_its_order() -> None:
    said = [customer("One two."), customer("Three."), customer("Four five."), staff("Yes.")]
    (block,) = talk_of(said, None, written=False).blocks
    assert block.before == ("one", "two", "three", "four", "five")


@pytest.mark.parametrize(
    ("before", "after", "known"),
    [
        ("I am here.", "Thank you.", True),
        ("I am here for a violin concert.", "Thank you.", False),
        # What they say only later is knowledge of the house all the same.
        ("I am here.", "Yes, for a violin concert.", True),
    ],
)
def test_a_fact_of_the_card_counts_unless_they_said_it_before(
    before: str, after: str, *, known: bool
) -> None:
    said = [customer(before), staff("You play the violin in a concert."), customer(after)]
    context = FinderContext(card=("Plays the violin, gives a concert each year.",))
    found = Finder(load_practices()).by_rules
    talk = talk_of(said, context, written=False)
    here = [one for one in found(talk, talk.blocks[0]) if one.practice == "P18"]
    assert bool(here) == known


def test_it_says_how_far_it_is() -> None:
    told: list[float] = []
    sorry = staff("I'm sorry we charged you twice.")
    said = [turn for _ in range(4) for turn in (customer("Hm."), sorry)]
    found = Finder(load_practices()).find(said, progress=told.append)
    assert told == [0.0, 0.25, 0.5, 0.75]
    assert any(one.practice == "P19" and one.polarity is Polarity.DONE for one in found)
