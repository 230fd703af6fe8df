from __future__ import annotations

import pytest

from app.coach.speaking import words_a_minute, words_sentence
from audio.types import Word


def talk(count: int, *, start_s: float = 0.0, rate_s: float = 2.0) -> list[Word]:
    return [
        Word("so", start_s + at / rate_s, start_s + (at + 1) / rate_s, None) for at in range(count)
    ]


def test_words_a_minute_of_talk() -> None:
    assert words_a_minute(talk(40)) == pytest.approx(120.0)


def test_silence_between_stretches_of_talk_does_not_count() -> None:
    assert words_a_minute(talk(20) + talk(20, start_s=60.0)) == pytest.approx(120.0)


def test_a_short_pause_belongs_to_the_talk() -> None:
    words = talk(20) + talk(20, start_s=10.9)
    assert words_a_minute(words) == pytest.approx(40 / 20.9 * 60)


def test_too_little_talk_is_not_measured() -> None:
    assert words_a_minute([]) is None
    assert words_a_minute(talk(10)) is None


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ([], "No words were recognised."),
        (talk(1), "1 word was recognised."),
        (talk(40), "40 words were recognised, 120 a minute of talk (usual are 100 to 165)."),
    ],
)
def test_the_rate_is_told_beside_its_reference(words: list[Word], sentence: str) -> None:
    assert words_sentence(words) == sentence
