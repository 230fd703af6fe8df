"""What is one thing is found as one thing: questions, names, and talks without an end."""

from __future__ import annotations

import functools

import pytest

from app.coach.finder import Finder, FinderContext
from app.coach.practice_types import Speaking, Turn
from app.coach.practices import load_practices


@functools.cache
def finder() -> Finder:
    return Finder(load_practices())


def found(said: str, *, customer: str = "") -> set[tuple[str, str]]:
    context = FinderContext(customer=customer)
    evidence = finder().find([Turn(Speaking.STAFF, said)], context=context)
    return {(one.practice, str(one.polarity)) for one in evidence}


@pytest.mark.parametrize(
    ("said", "is_", "is_not"),
    [
        ("How could you forget your own passport?", ("P03", "wrong"), ("P21", "wrong")),
        ("How does that sound, is anything unclear?", ("P14", "done"), ("P03", "done")),
        ("What can we do for you?", ("P15", "done"), ("P17", "done")),
        ("What else can I do for you?", ("P27", "done"), ("P17", "done")),
        ("I'm sorry if you felt let down.", ("P20", "wrong"), ("P09", "done")),
        ("I am sorry that you were charged twice.", ("P19", "done"), ("P20", "wrong")),
    ],
)
def test_one_sentence_is_one_thing(
    said: str, is_: tuple[str, str], is_not: tuple[str, str]
) -> None:
    assert is_ in found(said)
    assert is_not not in found(said)


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ("Good morning, Young, come in.", True),
        ("Good morning, young man, come in.", False),
        ("good morning mr young come in", True),
    ],
)
def test_a_name_that_is_a_word_is_told_by_its_letter(said: str, *, named: bool) -> None:
    assert (("P22", "done") in found(said, customer="Mr Young")) is named
