"""The finder's second opinion: what it adds, what it takes back, and what it leaves alone."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest

from app.coach.finder import Finder, FinderContext
from app.coach.finder.features import as_one, features
from app.coach.finder.opinion import (
    LEAST,
    MOST,
    Opinion,
    join,
    opinion_limits,
)
from app.coach.finder.talk import Found, Talk, talk_of
from app.coach.finder.weights import (
    GAIN,
    PARTS,
    Net,
    Weights,
    read,
    read_nets,
    weights,
    write_nets,
)
from app.coach.practice_types import Speaking, Turn
from app.coach.practices import load_practices
from tests.benchmarks.practices_score import FOUND_IN_WORDS
from tests.benchmarks.recipes.second_opinion import Row, fit, joined_of, kinds_of, text_of

if TYPE_CHECKING:
    from pathlib import Path

HELP = Weights(
    kinds=(("P15", False), ("P21", True), ("P16", True)),
    rows={"sandwich": 0, "s:help": 1},
    table=np.array([[9.0, 0.0, 0.0], [9.0, 0.0, 0.0]], dtype=np.float32),
    base=np.array([-6.0, -3.0, -12.0], dtype=np.float32),
    joined=np.array([[0] * 3, [1] * 3, [-4] * 3, [10] * 3, *[[0] * 3] * 3], dtype=np.float32),
)
"""A model that knows two words: a sandwich is help, and nobody is blamed for certain. What a rule
of 0.8 found gains 4, and each tenth more or less of its confidence is worth 1."""


def talk(text: str, before: str = "", context: FinderContext | None = None) -> Talk:
    turns = [Turn(Speaking.CUSTOMER, before)] if before else []
    return talk_of([*turns, Turn(Speaking.STAFF, text)], context, written=False)


def weighed(text: str, *finds: Found, judged: str = "P15 P16 P21 P22") -> list[Found]:
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
    ("said", "practice", "wrong", "sure", "stands"),
    [
        ("Here is the key.", "P15", False, 0.8, False),  # -6 + 4 is 1 in 8
        ("Here is the key.", "P15", False, 0.87, False),  # -6 + 4.7 is 1 in 5
        ("Here is the key.", "P15", False, 0.91, True),  # a sure rule, and not unlikely
        ("A key for you.", "P16", True, 0.91, False),  # -12 + 5.1, unlikely
        ("Let me help.", "P15", False, 0.8, True),
        ("Here is the key.", "P21", True, 0.8, True),  # -3 + 4
        ("Here is the key.", "P21", True, 0.6, False),  # -3 + 2
        ("Here is the key.", "P21", False, 0.6, True),  # a kind that the model does not know
        ("Here is the key.", "P22", False, 0.6, True),  # told for certain by the name
    ],
)
def test_what_a_rule_found_stands_where_it_is_likely_by_words_and_rule(
    said: str, practice: str, *, wrong: bool, sure: float, stands: bool
) -> None:
    find = Found(practice, 0, 2, wrong, sure)
    assert (find in weighed(said, find)) is stands


def test_where_words_are_for_it_a_doubted_find_still_stands_in_another_sentence() -> None:
    find = Found("P15", 0, 7)
    assert find in weighed("Here is the key. Let me help.", find)


def test_words_and_rules_are_joined_by_kind_and_beyond_a_limit_words_say_no_more() -> None:
    parts = np.array([[0.5], [2.0], [1.0], [10.0], [-1.0], [0.25], [3.0]])
    odds = np.array([[1.0], [1.0], [-90.0], [90.0], [1.0]])
    sure = np.array([[0.0], [0.7], [0.0], [0.0], [0.0]])
    turn = np.array([[np.nan], [np.nan], [np.nan], [np.nan], [-2.0]])
    expected = [0.5 + 2.0, 0.5 + 2.0 + 1.0 + 7.0 - 1.0, 0.5 + 2.0 * LEAST, 0.5 + 2.0 * MOST]
    several = 0.5 + 2.0 + 0.25 - 6.0
    assert join(odds, sure, turn, parts)[:, 0] == pytest.approx([*expected, several])


def test_a_turn_of_several_sentences_is_weighed_as_a_whole_too() -> None:
    joined = np.array([[-6.0], [0.0], [0.0], [0.0], [0.0], [0.0], [4.0]], np.float32)
    table, base = np.array([[3.0]], np.float32), np.zeros(1, np.float32)
    model = Weights((("P15", False),), {"#flat": 0}, table, base, joined)

    def added(text: str) -> int:
        one = talk(text)
        return len(list(Opinion(["P15"], model)(one, one.blocks[0], [])))

    assert added("Here is the key. Sit down.") == 2  # -6 + 4 x 3, in each of its sentences
    assert added("Here is the key.") == 0


def test_a_turn_as_one_has_its_words_in_one_sentence_without_punctuation() -> None:
    block = talk("Is it here? It is.").blocks[0]
    [whole] = as_one(block).sentences
    assert whole.words[whole.lo : whole.hi] == block.words
    assert (whole.flat, whole.question) == (True, None)


def test_a_network_bends_and_counts_as_much_as_the_table(tmp_path: Path) -> None:
    net = Net(
        np.array([[2.0, 0.0], [0.0, -4.0]], np.float32),
        np.array([1.0, 1.0], np.float32),
        np.array([[1.0], [10.0]], np.float32),
        np.array([-2.0], np.float32),
    )
    assert net.odds([0]) == pytest.approx([1.0 + 2.0 * GAIN + 10.0 - 2.0])
    assert net.odds([1]) == pytest.approx([1.0 + 0.0 - 2.0]), "below 0 a unit is silent"
    assert net.odds([]) == pytest.approx([9.0])
    both = Weights(
        (("P15", False),),
        {"a": 0, "b": 1},
        np.array([[6.0], [0.0]], np.float32),
        np.zeros(1, np.float32),
        np.zeros((len(PARTS), 1), np.float32),
        (net,),
    )
    assert both.odds(["b", "c"]) == pytest.approx([(0.0 + -1.0) / 2])
    write_nets(tmp_path / "nets.npz", [net, net])
    for again in read_nets(tmp_path / "nets.npz"):
        assert again.first == pytest.approx(net.first, abs=0.02)
        assert again.odds([1]) == pytest.approx(net.odds([1]), abs=0.02)


def test_it_judges_only_what_it_was_asked_to() -> None:
    find = Found("P15", 0, 2, confidence=0.3)
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
    for net in model.nets:
        assert len(net.first) == len(model.rows)
        assert net.second.shape == (len(net.hidden), len(model.kinds))
    assert model.joined.shape == (len(PARTS), len(model.kinds))
    words, surer = (model.joined[PARTS.index(part)] for part in ("words", "sure"))
    assert (words > 0).all(), "the more words speak for it, the likelier"
    assert (surer > 0).all(), "the surer a rule, the likelier"
    assert (model.base < 0).all(), "a practice would be found where nothing is said"


def test_the_recipe_learns_what_tells_kinds_apart_and_its_file_can_be_read(tmp_path: Path) -> None:
    thanks = [
        Row(f"a{at}", frozenset({"thanks", "^ thanks"}), frozenset({"P27+"})) for at in range(9)
    ]
    others = [Row(f"b{at}", frozenset({"key"}), frozenset()) for at in range(9)]
    twice = [Row("c", frozenset({"once"}), frozenset())] * 2  # of one item: typed, recognised
    rows = [*thanks, *others, *twice]
    kinds = kinds_of(rows)
    odds = np.where([[bool(row.kinds)] for row in rows], 2.0, -2.0)
    joined = joined_of(rows, (odds, np.full_like(odds, np.nan)), kinds)
    path = tmp_path / "opinion.tsv"
    fitted = fit(rows, kinds)
    path.write_text(text_of(fitted, joined, "a test", 20), "utf-8")
    model = read(path)
    assert model.kinds == (("P27", False),)
    assert set(model.rows) == {"thanks", "^ thanks", "key"}
    assert model.table[model.rows["thanks"], 0] > 0 > model.table[model.rows["key"], 0]
    assert model.joined == pytest.approx(joined, abs=0.005)
    for net in fitted.nets:
        assert net.odds([model.rows["thanks"]]) > net.odds([model.rows["key"]]) + 0.5


def test_where_the_rules_are_right_more_often_than_the_words_they_count_more() -> None:
    def row(at: int, *, rule: bool, told: bool) -> Row:
        sure = {"P27+": 0.8} if rule else {}
        return Row(f"i{at}", frozenset(), frozenset({"P27+"} if told else ()), sure)

    rows = [row(at, rule=at % 2 == 0, told=at % 2 == 0) for at in range(40)]
    odds, alone = np.zeros((40, 1)), np.full((40, 1), np.nan)
    sure = np.array([[0.8], [0.0]])
    joined = joined_of(rows, (odds, alone), ["P27+"])
    found, not_found = join(odds[:2], sure, alone[:2], joined)[:, 0]
    assert found > 0 > not_found
