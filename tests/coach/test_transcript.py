from __future__ import annotations

import itertools
import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.coach.practice_types import Speaking, Turn
from app.coach.session_turns import PAUSE_S, turns_of_words
from app.coach.transcript import parse_transcript, read_transcript
from app.errors import AppError
from audio.types import Word

if TYPE_CHECKING:
    from pathlib import Path

STAFF, CUSTOMER = Speaking.STAFF, Speaking.CUSTOMER


def test_one_turn_a_line_with_and_without_times() -> None:
    text = (
        "customer: I was charged twice!\n"
        "\n"
        "[1:12] staff: I'm sorry: that was us.\n"
        "[0:01:15,5 - 1:17] Customer: Thanks.\n"
        "[80 to 82.25s] STAFF: Anything else?\n"
    )
    assert parse_transcript(text, "talk.txt") == (
        Turn(CUSTOMER, "I was charged twice!"),
        Turn(STAFF, "I'm sorry: that was us.", 72.0),
        Turn(CUSTOMER, "Thanks.", 75.5, 77.0),
        Turn(STAFF, "Anything else?", 80.0, 82.25),
    )


def test_a_line_that_nobody_says_is_told_with_its_number() -> None:
    with pytest.raises(AppError, match=r"talk\.txt, line 2, does not say who speaks") as told:
        parse_transcript("staff: hello\nand then?\n", "talk.txt")
    assert "staff:" in told.value.remedy


def test_a_turn_cannot_end_before_it_begins() -> None:
    with pytest.raises(AppError, match="line 1: the turn ends before it begins"):
        parse_transcript("[5 - 4] staff: hello", "talk.txt")


def test_srt_cues_are_turns_and_the_last_named_voice_goes_on() -> None:
    text = (
        "1\r\n00:00:01,000 --> 00:00:02,500\r\ncustomer: My room\r\nis cold.\r\n\r\n"
        "2\r\n00:00:02,600 --> 00:00:03,000\r\nReally cold.\r\n\r\n"
        "3\r\n00:00:04,000 --> 00:00:05,000\r\nStaff: I'm sorry.\r\n"
    )
    assert parse_transcript(text, "talk.srt") == (
        Turn(CUSTOMER, "My room is cold.", 1.0, 2.5),
        Turn(CUSTOMER, "Really cold.", 2.6, 3.0),
        Turn(STAFF, "I'm sorry.", 4.0, 5.0),
    )


def test_vtt_with_voices_settings_and_notes() -> None:
    text = (
        "WEBVTT\n\nNOTE made by hand\n\nintro\n00:01.000 --> 00:02.000 align:start\n"
        "<v Customer>Hello <i>there</i></v>\n\n01:02:03.250 --> 01:02:04.000\n<v.loud Staff>Yes\n"
    )
    assert parse_transcript(text, "talk.vtt") == (
        Turn(CUSTOMER, "Hello there", 1.0, 2.0),
        Turn(STAFF, "Yes", 3723.25, 3724.0),
    )


def test_our_own_json_with_turns_or_with_words() -> None:
    turns = {"turns": [{"speaker": "staff", "text": "Hello", "start_s": 1.0, "end_s": 2.0}]}
    assert parse_transcript(json.dumps(turns), "x.json") == (Turn(STAFF, "Hello", 1.0, 2.0),)
    words = [
        {"text": "no", "start_s": 3.0, "end_s": 3.4, "confidence": 0.5, "speaker": "customer"},
        {"text": "good", "start_s": 0.0, "end_s": 0.4, "confidence": 0.9},
        {"text": "day", "start_s": 0.5, "end_s": 0.9, "confidence": None},
        {"text": "sorry", "start_s": 6.0, "end_s": 6.4, "confidence": 0.9},
    ]
    read = parse_transcript(json.dumps({"schema_version": 2, "words": words}), "x.json")
    assert [(turn.speaker, turn.text, turn.start_s, turn.end_s) for turn in read] == [
        (STAFF, "good day", 0.0, 0.9), (CUSTOMER, "no", 3.0, 3.4), (STAFF, "sorry", 6.0, 6.4),
    ]  # fmt: skip
    assert read[0].words[1] == Word("day", 0.5, 0.9, None)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('{"words": [', "line 1, is not valid JSON"),
        ('{"words": [{"text": "a"}]}', r"words\.0\.start_s"),
        ('{"turns": [{"speaker": "robot", "text": "a"}]}', r"turns\.0\.speaker"),
        ('{"events": []}', "neither turns nor words"),
        ('{"turns": ' + "[" * 100_000, "lists in lists"),
    ],
)
def test_json_with_a_mistake_says_where(text: str, told: str) -> None:
    with pytest.raises(AppError, match=told):
        parse_transcript(text, "x.json")


def test_a_list_of_turns_that_is_laid_out_is_json_too() -> None:
    listed = '[\n  {\n    "speaker": "customer",\n    "text": "Hello."\n  }\n]\n'
    assert [turn.text for turn in parse_transcript(listed, "x.json")] == ["Hello."]


def test_seconds_may_be_written_with_a_large_letter() -> None:
    (turn,) = parse_transcript("[12.5S - 14 S] Staff: Hello.", "x.txt")
    assert (turn.start_s, turn.end_s) == (12.5, 14.0)


def test_files_that_cannot_be_a_talk_are_told_in_words(tmp_path: Path) -> None:
    empty, binary = tmp_path / "empty.txt", tmp_path / "binary.txt"
    empty.write_text("\n\n")
    binary.write_bytes(b"staff: \xff\xfe")
    with pytest.raises(AppError, match="holds no words"):
        read_transcript(empty)
    with pytest.raises(AppError, match="UTF-8"):
        read_transcript(binary)
    with pytest.raises(AppError, match="There is no file"):
        read_transcript(tmp_path / "gone.txt")
    huge = tmp_path / "huge.txt"
    with huge.open("wb") as file:
        file.truncate(9 * 1024 * 1024)
    with pytest.raises(AppError, match="too large"):
        read_transcript(huge)


@given(st.lists(st.tuples(st.floats(0, 100), st.floats(0.05, 1.0)), max_size=30))
def test_words_become_turns_without_losing_one(times: list[tuple[float, float]]) -> None:
    words = [Word(f"w{at}", t, t + length, None) for at, (t, length) in enumerate(times)]
    turns = turns_of_words(words)
    assert sorted(word.text for turn in turns for word in turn.words) == sorted(
        word.text for word in words
    )
    for earlier, later in itertools.pairwise(turns):
        assert later.words[0].start_s - earlier.words[-1].end_s > PAUSE_S
