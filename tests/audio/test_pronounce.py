from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from audio.speech.pronounce import VOWELS, Lexicon, from_letters, words_of

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def lexicon(tmp_path: Path) -> Lexicon:
    path = tmp_path / "small.dict"
    path.write_text("the DH AH\nthe(2) DH IY\nsorry S AA R IY\nanna AE N AH\n", "utf-8")
    return Lexicon(path)


def test_words_come_with_all_their_pronunciations(lexicon: Lexicon) -> None:
    assert lexicon.pronunciations("The") == [("DH", "AH"), ("DH", "IY")]
    assert lexicon.knows("sorry")
    assert not lexicon.knows("lindqvist")
    assert lexicon.syllables(["the", "sorry"]) == 3


def test_a_genitive_is_made_of_its_word(lexicon: Lexicon) -> None:
    assert lexicon.pronunciations("Anna's") == [("AE", "N", "AH", "Z")]


def test_a_phrase_falls_into_words_without_its_punctuation() -> None:
    assert words_of("I\u2019m so sorry, Zo\u00eb \u2013 really!") == [
        "i'm",
        "so",
        "sorry",
        "zo\u00eb",
        "really",
    ]
    assert words_of("\u2013 ! 12") == []


@pytest.mark.parametrize(
    ("name", "phones"),
    [
        ("Kate", "K EY T"),
        ("Smith", "S M IH TH"),
        ("Cecil", "S EH S IH L"),
        ("Anna", "AE N AH"),
        ("Sch\u00e4fer", "SH AE F ER"),
        ("Zuko", "Z AH K OW"),
    ],
)
def test_letters_become_phones(name: str, phones: str) -> None:
    assert from_letters(name)[0] == tuple(phones.split())


@pytest.mark.parametrize(
    "name", ["Garc\u00eda", "Wojciechowski", "Nguyen", "O'Neill", "\u0141ukasz"]
)
def test_a_name_is_read_in_several_ways(name: str) -> None:
    ways = from_letters(name)
    assert 2 <= len(ways) == len(set(ways))
    assert all(VOWELS & set(way) for way in ways)


def test_what_has_no_letters_still_has_a_sound() -> None:
    assert from_letters("\u5f20") == [("AH",)]
