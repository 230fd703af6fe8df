"""The pattern language against truth that is plain to see."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.coach.finder.language import PatternFault, class_of, parse
from app.coach.finder.pattern import can_stand, first_match
from app.coach.finder.span import Span
from app.coach.finder.tokens import normal, tokens_of

COLOURS = {"colour": class_of("colour", ["red", "dark (blue|green)"], {})}


def match(pattern: str, text: str, *, flat: bool = False) -> str | None:
    words = [token.text for token in tokens_of(text)[0]]
    found = first_match((parse(pattern, COLOURS),), Span(words, 0, len(words), flat))
    return None if found is None else " ".join(words[found[0] : found[1]])


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("no wonder", "Well, no wonder!", "no wonder"),
        ("no wonder", "no small wonder", None),
        ("apolog*", "I apologised", "apologised"),
        ("(calm down|relax)", "just relax", "relax"),
        ("so very? sorry", "so sorry", "so sorry"),
        ("sorry ~2 late", "sorry that I'm late", None),
        ("sorry ~3 late", "sorry that I'm late", "sorry that i am late"),
        ("the _ is", "the lift is out", "the lift is"),
        ("<colour> card", "a dark green card", "dark green card"),
        ("<number> times", "3 times", "3 times"),
        ("must !(be late)", "you must be late", None),
        ("must !(be late) be", "you must be early", "must be"),
        ("^ sorry", "so sorry", None),
        ("late $", "you are late", "late"),
        ("can't", "I can not", "can not"),
        ("system 's", "the system's down", "system 's"),
    ],
)
def test_each_sign_means_what_the_readme_says(pattern: str, text: str, found: str | None) -> None:
    assert match(pattern, text) == found


def test_without_punctuation_a_sentence_begins_anywhere() -> None:
    assert match("^ sorry", "so sorry", flat=True) == "sorry"


@pytest.mark.parametrize("wrong", ["(", "a)", "a |", "x*", "<none>", "!", "?", "~0 a", "a?", "a+b"])
def test_what_is_no_pattern_is_refused(wrong: str) -> None:
    with pytest.raises(PatternFault):
        parse(wrong, COLOURS)


@given(st.text(alphabet="ab ()|?!*~19<>^$_", max_size=40))
def test_any_text_is_a_pattern_or_a_fault(text: str) -> None:
    try:
        node = parse(text, COLOURS)
    except PatternFault:
        return
    assert not node.may_be_empty


def test_a_pattern_made_to_explode_stays_quick() -> None:
    nested = "(" * 6 + "a ~12 a? ~12 a?" + ")" * 6
    words = ["a"] * 2000
    started = time.process_time()
    first_match((parse(f"{nested} ~12 {nested} b", {}),), Span(words, 0, len(words), flat=True))
    assert time.process_time() - started < 10


def test_contractions_have_one_form() -> None:
    assert normal("can't") == ["can", "not"]
    assert normal("I’m") == ["i", "am"]
    assert normal("must've") == ["must", "have"]
    assert normal("that's") == ["that", "is"]
    assert normal("lift's") == ["lift", "'s"]
    assert normal("O'Shea") == ["oshea"]


def test_each_token_knows_where_it_stands() -> None:
    text = "Sorry, I can't – 11.15 it is. Mr. Bo?"
    tokens, marks = tokens_of(text)
    assert [text[one.start : one.end] for one in tokens] == [
        "Sorry", "I", "can't", "can't", "11.15", "it", "is", "Mr", "Bo",
    ]  # fmt: skip
    assert [(mark.before, mark.question) for mark in marks] == [(4, False), (7, False), (9, True)]


@given(
    st.sampled_from(
        [
            "a b", "a ~2 b", "(a|b) c?", "!a b", "<colour> a", "a (b|_)", "^ a (b c|c) $",
            "(a b|c) ~1 b", "(a|red) (b|dark ~1)", "_ c", "gre* a", "(a|b?) c",
        ]
    ),
    st.lists(st.sampled_from(["a", "b", "c", "red", "dark", "green"]), max_size=7),
)  # fmt: skip
def test_what_a_pattern_needs_never_hides_a_place_where_it_stands(
    pattern: str, words: list[str]
) -> None:
    node = parse(pattern, COLOURS)
    span = Span(words, 0, len(words), flat=False)
    stands = any(max(node.ends(span, frozenset({at})), default=at) > at for at in range(len(words)))
    assert not stands or can_stand(node, frozenset(words))
    assert (first_match((node,), span) is not None) == stands
