"""The finder's second opinion: what it adds, what it takes back, and what it leaves alone."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest

from app.coach.finder import Finder, FinderContext
from app.coach.finder.features import features
from app.coach.finder.opinion import Opinion, Weights, opinion_limits, read, weights
from app.coach.finder.talk import Found, Talk, talk_of
from app.coach.practice_types import Speaking, Turn
from app.coach.practices import load_practices
from tests.benchmarks.practices_score import FOUND_IN_WORDS
from tests.benchmarks.recipes.second_opinion import Row, fit, text_of

if TYPE_CHECKING:
    from pathlib import Path

HELP = Weights(
    kinds=(("P15", False), ("P21", True)),
    rows={"sandwich": 0, "s:help": 1},
    table=np.array([[9.0, 0.0], [9.0, 0.0]], dtype=np.float32),
    base=np.array([-6.0, -3.0], dtype=np.float32),
)
"""A model that knows two words: a sandwich is help, and nobody is blamed for certain."""


def talk(text: str, before: str = "", context: FinderContext | None = None) -> Talk:
    turns = [Turn(Speaking.CUSTOMER, before)] if before else []
    return talk_of([*turns, Turn(Speaking.STAFF, text)], context, written=False)


def weighed(text: str, *finds: Found, judged: str = "P15 P21 P22") -> list[Found]:
    one = talk(text)
    return list(Opinion(judged.split(), HELP)(one, one.blocks[0], finds))


def test_it_adds_what_is_likelier_than_not_with_the_sentence_that_says_it() -> None:
    added = weighed("Good morning. I have a sandwich for you. Sit down.")
    assert [(one.practice, one.wrong, one.lo, one.hi) for one in added] == [("P15", False, 2, 8)]
    odds = 9.0 / math.sqrt(1) - 6.0
    assert added[0].confidence == pytest.approx(
        min(opinion_limits().surest, 1 / (1 + math.exp(-odds))), abs=0.001
    )


def test_without_punctuation_it_points_at_the_word_that_counts() -> None:
    words = ["so", *["and"] * 30, "sandwich", *["then"] * 30]
    [added] = weighed(" ".join(words))
    assert added.lo <= words.index("sandwich") < added.hi
    assert added.hi - added.lo < len(words) / 2


@pytest.mark.parametrize(
    ("said", "practice", "wrong", "stands"),
    [
        ("Here is the key.", "P15", False, False),  # -6 is below the limit of -4
        ("Let me help.", "P15", False, True),
        ("Here is the key.", "P21", True, True),  # -3 is doubt, not certainty
        ("Here is the key.", "P21", False, True),  # a kind that the model does not know
        ("Here is the key.", "P22", False, True),  # told for certain by the name
    ],
)
def test_it_takes_back_what_it_holds_for_impossible(
    said: str, practice: str, *, wrong: bool, stands: bool
) -> None:
    find = Found(practice, 0, 2, wrong)
    assert (find in weighed(said, find)) is stands


def test_it_judges_only_what_it_was_asked_to() -> None:
    find = Found("P15", 0, 2)
    assert weighed("A sandwich here.", judged="P21") == []
    assert weighed("Here is the key.", find, judged="P21") == [find]
    assert weighed("Here is the key.", find, judged="") == [find]


def test_a_practice_of_ones_own_is_found_by_its_own_patterns_alone() -> None:
    shipped = [one for one in load_practices() if one.id == "P20"]
    said = [Turn(Speaking.STAFF, "Yes.")]
    assert all(one.shipped for one in shipped)
    assert Finder(shipped).find(said) == Finder([]).find(said) == ()


def test_features_tell_the_words_and_where_they_stand() -> None:
    context = FinderContext(customer="Mrs Okafor", jargon=("SENCO",), card=("Allergic to nuts.",))
    one = talk("Mrs Okafor, no nuts at 7. Is the SENCO in?", "About the nuts?", context)
    block = one.blocks[0]
    first, second = (features(one, block, sentence) for sentence in block.sentences)
    assert {"^ mrs", "<name>", "no nuts", "<n> .", "s:nut", "c:about", "#shared 1"} <= set(first)
    assert {"#first", "#last", "#after customer", "#head", "#card 1"} <= set(first)
    assert {"in ?", "#term", "#tail", "#card 0", "#questions 1"} <= set(second)
    assert not {"okafor", "7", "#term", "#tail"} & set(first)
    assert block.words[first["nuts"]] == "nuts"
    assert block.words[second["senco"]] == "senco"


@pytest.mark.parametrize("text", ["Yes.", "no", "...", "7", "Is it?", "a b c " * 200])
@pytest.mark.parametrize("known", [None, FinderContext(customer="Mr Ng", card=("x",))])
def test_every_feature_stands_in_its_sentence(text: str, known: FinderContext | None) -> None:
    one = talk(text, context=known)
    for block in one.blocks:
        for sentence in block.sentences:
            for name, at in features(one, block, sentence).items():
                assert (at == -1) == name.startswith(("#", "c:")), name
                assert at == -1 or sentence.lo <= at < sentence.hi, name
                assert "\t" not in name
                assert not name.startswith("# "), name


def test_the_weights_that_ship_are_of_practices_that_words_show() -> None:
    model = weights()
    assert {practice for practice, _ in model.kinds} <= set(FOUND_IN_WORDS)
    assert len(set(model.kinds)) == len(model.kinds) == len(model.base)
    assert model.table.shape == (len(model.rows), len(model.kinds))
    assert np.isfinite(model.table).all()
    assert (model.base < 0).all(), "a practice would be found where nothing is said"


def test_the_recipe_learns_what_tells_kinds_apart_and_its_file_can_be_read(tmp_path: Path) -> None:
    thanks = [
        Row(f"a{at}", frozenset({"thanks", "^ thanks"}), frozenset({"P27+"})) for at in range(9)
    ]
    others = [Row(f"b{at}", frozenset({"key"}), frozenset()) for at in range(9)]
    twice = [Row("c", frozenset({"once"}), frozenset())] * 2  # of one item: typed, recognised
    fitted = fit([*thanks, *others, *twice])
    path = tmp_path / "opinion.tsv"
    path.write_text(text_of(fitted, "a test", 20), "utf-8")
    model = read(path)
    assert model.kinds == (("P27", False),)
    assert set(model.rows) == {"thanks", "^ thanks", "key"}
    assert model.table[model.rows["thanks"], 0] > 0 > model.table[model.rows["key"], 0]
