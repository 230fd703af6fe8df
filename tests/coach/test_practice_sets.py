"""The evaluation set of the practice finder holds what its README says it holds."""

from __future__ import annotations

import functools
import tomllib
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from app.coach.practice_types import Polarity, Speaking

if TYPE_CHECKING:
    from numpy.typing import NDArray

Item = dict[str, Any]

FOLDER = Path(__file__).parents[1] / "benchmarks" / "practices"
HALVES = ("test", "development")
SETS = {
    "test": ("test_half.toml", "test"),
    "development": ("development_half.toml", "development"),
    "development_b": ("development_b.toml", "development"),
    "development_c": ("development_c.toml", "development"),
    "development_d": ("development_d.toml", "development"),
    "development_e": ("development_e.toml", "development"),
    "development_f": ("development_f.toml", "development"),
    "development_g": ("development_g.toml", "development"),
    "development_h": ("development_h.toml", "development"),
    "development_i": ("development_i.toml", "development"),
    "development_j": ("development_j.toml", "development"),
    "development_k": ("development_k.toml", "development"),
}
"""Every set, with its file and the half that it states; b to k are by other authors."""
DONE, WRONG = frozenset({"done"}), frozenset({"wrong"})
POLARITIES = {
    **dict.fromkeys(["P04", "P07", "P08", "P09", "P13", "P15", "P17", "P18"], DONE),
    **dict.fromkeys(["P23", "P24", "P25", "P26", "P27"], DONE),
    **dict.fromkeys(["P11", "P16", "P20", "P21"], WRONG),
    **dict.fromkeys(["P01", "P03", "P14", "P19", "P22"], DONE | WRONG),
}
KINDS = {"goal", "root_cause", "reason_for_coming", "reason_for_choosing", "next_step", "hopes"}
ORDERS = {"kept", "out_of_order", "long_apology", "cut_in"}
PLACES = {"hotel", "clinic", "bank", "school", "municipal", "shop"}
SCENARIO_KEYS = {"place", "customer", "jargon", "card", "lines", "channel"}
SAME_SENTENCE = 0.75
"""Shared part of all words (Jaccard) from which two longer utterances count as the same one."""
LONG_CHARS = 30
"""Characters from which an utterance is long enough to be compared by its words."""
QUOTED_WORDS = 6
"""Words in a row that count as a quotation."""


@functools.cache
def items_of(name: str) -> list[Item]:
    path, half = SETS[name]
    with (FOLDER / path).open("rb") as file:
        document = tomllib.load(file)
    assert document["schema"] == 1
    assert document["half"] == half
    items: list[Item] = document["items"]
    return items


def everything() -> list[Item]:
    return [item for half in HALVES for item in items_of(half)]


def staff_texts(items: list[Item]) -> list[str]:
    return [t["text"] for item in items for t in item["turns"] if t["speaker"] == "staff"]


def words_of(text: str) -> list[str]:
    kept = (c if c.isalnum() or c.isspace() else " " for c in text.lower().replace("'", ""))
    return "".join(kept).split()


def word_table(texts: list[str], words: list[str]) -> NDArray[np.float32]:
    """(texts, words): 1 where the text holds the word."""
    place = {word: at for at, word in enumerate(words)}
    table = np.zeros((len(texts), len(words)), np.float32)
    for row, text in zip(table, texts, strict=True):
        row[[place[word] for word in words_of(text)]] = 1.0
    return table


def labelled(items: list[Item]) -> Counter[tuple[str, str]]:
    """Turns that carry a practice, by practice and polarity: the unit in which is scored."""
    turns = {
        (item["id"], label["turn"], label["practice"], label["polarity"])
        for item in items
        for label in item["labels"]
    }
    return Counter((practice, polarity) for _, _, practice, polarity in turns)


def missed_nearly(items: list[Item]) -> Counter[tuple[str, str]]:
    return Counter(
        (near["practice"], near["polarity"]) for item in items for near in item.get("near_miss", [])
    )


def of_practice(counts: Counter[tuple[str, str]], practice: str) -> int:
    return sum(count for (name, _), count in counts.items() if name == practice)


@pytest.mark.parametrize("half", SETS)
def test_every_item_keeps_the_schema(half: str) -> None:
    for item in items_of(half):
        where = item["id"]
        assert set(item) <= {"id", "order", "scenario", "turns", "labels", "near_miss"}, where
        assert set(item["scenario"]) <= SCENARIO_KEYS, where
        assert item["scenario"]["place"] in PLACES, where
        assert item["scenario"].get("channel", "written") == "written", where
        assert item.get("order", "kept") in ORDERS, where
        assert any(turn["speaker"] == Speaking.STAFF for turn in item["turns"]), where
        for turn in item["turns"]:
            assert set(turn) <= {"speaker", "text", "start_s", "end_s"}, where
            assert Speaking(turn["speaker"]), where
            assert turn["text"] == turn["text"].strip() != "", where
            assert ("start_s" in turn) == ("end_s" in turn), where
            assert turn.get("start_s", 0.0) <= turn.get("end_s", 0.0), where


@pytest.mark.parametrize("half", SETS)
def test_every_label_stands_in_a_staff_turn_with_its_exact_words(half: str) -> None:
    for item in items_of(half):
        for label in item["labels"]:
            where = (item["id"], label)
            turn = item["turns"][label["turn"]]
            assert turn["speaker"] == Speaking.STAFF, where
            assert label["words"], where
            assert label["words"] in turn["text"], where
            assert label["polarity"] in POLARITIES[label["practice"]], where
            assert Polarity(label["polarity"]), where
            if label["practice"] == "P17":
                assert label["kind"] in KINDS, where
            else:
                assert "kind" not in label, where


@pytest.mark.parametrize("half", SETS)
def test_a_near_miss_is_never_a_hit_of_the_same_item(half: str) -> None:
    for item in items_of(half):
        hits = {(label["practice"], label["polarity"]) for label in item["labels"]}
        near = [(miss["practice"], miss["polarity"]) for miss in item.get("near_miss", [])]
        assert len(near) == len(set(near)), item["id"]
        assert not hits & set(near), item["id"]
        for practice, polarity in near:
            assert polarity in POLARITIES[practice], item["id"]


@pytest.mark.parametrize("half", SETS)
def test_what_a_label_needs_to_be_found_stands_in_the_scenario(half: str) -> None:
    for item in items_of(half):
        scenario = item["scenario"]
        speaks = any(turn["speaker"] == "customer" for turn in item["turns"])
        needs = {
            "P04": speaks,
            "P16": scenario.get("channel") == "written",
            "P18": bool(scenario.get("card")),
            "P22": bool(scenario.get("customer")),
            "P23": speaks or bool(scenario.get("lines")),
        }
        for label in item["labels"]:
            assert needs.get(label["practice"], True), (item["id"], label["practice"])
            if (label["practice"], label["polarity"]) == ("P14", "wrong"):
                terms = [term.lower() for term in scenario["jargon"]]
                assert any(term in label["words"].lower() for term in terms), item["id"]


def test_ids_and_utterances_are_unique_over_all_sets() -> None:
    items = [item for name in SETS for item in items_of(name)]
    ids = Counter(item["id"] for item in items)
    assert [name for name, count in ids.items() if count > 1] == []
    said = Counter(" ".join(text.lower().split()) for text in staff_texts(items))
    assert [text for text, count in said.items() if count > 1] == []


@pytest.mark.parametrize("open_set", [name for name in SETS if name != "test"])
def test_no_longer_sentence_of_the_test_half_returns_in_an_open_set(open_set: str) -> None:
    test, development = (
        [text for text in staff_texts(items_of(name)) if len(text) > LONG_CHARS]
        for name in ("test", open_set)
    )
    words = sorted({word for text in [*test, *development] for word in words_of(text)})
    ours, others = word_table(test, words), word_table(development, words)
    shared = ours @ others.T
    either = ours.sum(axis=1)[:, None] + others.sum(axis=1) - shared
    twins = np.argwhere(shared >= SAME_SENTENCE * either)
    assert [(test[one], development[other]) for one, other in twins] == []


def test_the_readme_quotes_nothing_of_the_test_half() -> None:
    readme = f" {' '.join(words_of((FOLDER / 'README.md').read_text(encoding='utf-8')))} "
    for text in staff_texts(items_of("test")):
        words = words_of(text)
        for start in range(len(words) - QUOTED_WORDS + 1):
            run = " ".join(words[start : start + QUOTED_WORDS])
            assert f" {run} " not in readme, text


def test_the_halves_are_as_large_as_promised() -> None:
    assert len(staff_texts(items_of("test"))) >= 420
    assert len(staff_texts(items_of("development"))) >= 250
    assert len(staff_texts(everything())) >= 600


@pytest.mark.parametrize("further", ["development_b", "development_c"])
@pytest.mark.parametrize("practice", sorted(POLARITIES))
def test_a_further_development_set_holds_each_practice(practice: str, further: str) -> None:
    items = items_of(further)
    assert of_practice(labelled(items), practice) >= 12
    assert of_practice(missed_nearly(items), practice) >= 8


@pytest.mark.parametrize("practice", sorted(POLARITIES))
def test_each_practice_has_hits_and_near_misses_enough(practice: str) -> None:
    test, both = items_of("test"), everything()
    assert of_practice(labelled(test), practice) >= 10
    assert of_practice(missed_nearly(test), practice) >= 10
    assert of_practice(labelled(both), practice) >= 15
    assert of_practice(missed_nearly(both), practice) >= 15
    for polarity in POLARITIES[practice]:
        assert labelled(test)[practice, polarity] >= 5
        assert missed_nearly(test)[practice, polarity] >= 5


@pytest.mark.parametrize("half", SETS)
def test_all_six_kinds_of_question_and_all_six_places_occur(half: str) -> None:
    items = items_of(half)
    kinds = {label["kind"] for item in items for label in item["labels"] if "kind" in label}
    assert kinds == KINDS
    assert {item["scenario"]["place"] for item in items} == PLACES
    if half != "development_g":  # its conversations are cut, and have no order
        assert {item["order"] for item in items if "order" in item} == ORDERS
