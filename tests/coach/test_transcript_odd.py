"""Transcripts as other programs and other people write them."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING

import pytest
from pace import cpu_s

from app.coach.finder import Finder
from app.coach.practice_types import Speaking, Turn
from app.coach.practices import load_practices
from app.coach.transcript import parse_transcript, read_transcript
from app.errors import AppError

if TYPE_CHECKING:
    from pathlib import Path

STAFF, CUSTOMER = Speaking.STAFF, Speaking.CUSTOMER
HELLO = Turn(STAFF, "Hello.")


@pytest.mark.parametrize(
    ("line", "turn"),
    [
        ("Staff 1: Hello.", HELLO),
        ("STAFF MEMBER 2: Hello.", HELLO),
        ("AGENT: Hello.", HELLO),
        ("Agent #3: Hello.", HELLO),
        ("Clerk - Hello.", HELLO),
        ("Receptionist – Hello.", HELLO),
        ("[Staff] Hello.", HELLO),
        ("[Staff]: Hello.", HELLO),
        ("**Staff:** Hello.", HELLO),
        ("- staff: Hello.", HELLO),
        ("Front desk\tHello.", HELLO),
        ("staff\N{FULLWIDTH COLON} Hello.", HELLO),
        ("staff :Hello.", HELLO),
        ("Guest B: Hello.", Turn(CUSTOMER, "Hello.")),
        ("Caller: Hello.", Turn(CUSTOMER, "Hello.")),
        ("patient 2 - Hello.", Turn(CUSTOMER, "Hello.")),
        ("[00:01:02] staff: Hello.", Turn(STAFF, "Hello.", 62.0)),
        ("(00:01:02) staff: Hello.", Turn(STAFF, "Hello.", 62.0)),
        ("00:01:02 staff: Hello.", Turn(STAFF, "Hello.", 62.0)),
        ("[00:01:02.123456] staff: Hello.", Turn(STAFF, "Hello.", 62.123456)),
        ("[1:02] - staff: Hello.", Turn(STAFF, "Hello.", 62.0)),
        ("staff [1:02]: Hello.", Turn(STAFF, "Hello.", 62.0)),
        ("Agent (0:01:02 - 0:01:04): Hello.", Turn(STAFF, "Hello.", 62.0, 64.0)),
        ("staff: Clerk - or agent: who cares?", Turn(STAFF, "Clerk - or agent: who cares?")),
        ("staff:", Turn(STAFF, "")),
    ],
)
def test_labels_and_times_of_others_are_read(line: str, turn: Turn) -> None:
    assert parse_transcript(line, "talk.txt") == (turn,)


@pytest.mark.parametrize(
    "line",
    ["staffing is short: sorry", "The guest - a friend", "agent", "12:30 we met", "[x] staff"],
)
def test_a_sentence_is_not_taken_for_a_label(line: str) -> None:
    with pytest.raises(AppError, match="line 1, does not say who speaks"):
        parse_transcript(line, "talk.txt")


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbfstaff: Hello.\n",
        "staff: Hello.\n".encode("utf-16"),
        "staff: Hello.\n".encode("utf-16-le"),
        "staff: Hello.\n".encode("utf-16-be"),
        "staff: Hello.\n".encode("utf-32"),
        b"staff: Hello.\r\n",
        b"\r\rstaff: Hello.\r",
        b"\n \t\nstaff:\xc2\xa0Hello.",
    ],
)
def test_marks_and_line_ends_of_any_system_are_read(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "talk.txt"
    path.write_bytes(data)
    assert read_transcript(path) == (HELLO,)


@pytest.mark.parametrize("data", [bytes(64), b"staff: a\0b", b"staff: Hello.\0\0\0\0\0\0\0\0"])
def test_what_holds_zeros_is_no_text(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "talk.txt").write_bytes(data)
    with pytest.raises(AppError, match=r"talk\.txt is not a text in UTF-8"):
        read_transcript(tmp_path / "talk.txt")


def test_letters_of_windows_are_read_as_they_were_meant(tmp_path: Path) -> None:
    path = tmp_path / "talk.txt"
    path.write_bytes("customer: The café – it’s closed".encode("cp1252"))
    assert read_transcript(path) == (Turn(CUSTOMER, "The café – it’s closed"),)


def test_web_subtitles_with_tags_entities_and_styles() -> None:
    text = (
        "\ufeffWEBVTT - made by hand\n\nSTYLE\n::cue { color: red }\n\nNOTE\nnothing here\n\n"
        "first\n00:01.000 --> 00:02.000 position:10%\n<v.loud Agent 1><c.yellow>Tea &amp; cake</c>,"
        " <b>sir</b>?</v>\n\nNOTE between\n\n"
        "2\n00:00:03.000 --> 00:00:04.000\n<v Guest>Yes <00:00:03.500>please&nbsp;do.\n"
    )
    assert parse_transcript(text, "talk.vtt") == (
        Turn(STAFF, "Tea & cake, sir?", 1.0, 2.0),
        Turn(CUSTOMER, "Yes please do.", 3.0, 4.0),
    )


@pytest.mark.parametrize(
    "text",
    [
        (
            "1\n00:00:01,000 --> 00:00:02,000\n{\\an8}Client: <i>Cold</i> room.\n"
            "2\n00:00:03,000 --> 00:00:04,000\nAgent: Sorry.\n"
        ),
        (
            "1\r\r\n00:00:01,000 --> 00:00:02,000\r\r\nClient: Cold room.\r\r\n\r\r\n"
            "2\r\r\n00:00:03,000 --> 00:00:04,000\r\r\nAgent: Sorry."
        ),
        "00:00:01 --> 00:00:02\nClient: Cold room.\n\n00:00:03 --> 00:00:04\nAgent: Sorry.",
    ],
)
def test_subtitles_without_or_with_too_many_blank_lines(text: str) -> None:
    assert parse_transcript(text, "talk.srt") == (
        Turn(CUSTOMER, "Cold room.", 1.0, 2.0),
        Turn(STAFF, "Sorry.", 3.0, 4.0),
    )


def test_a_cue_that_ends_before_it_begins_keeps_its_beginning() -> None:
    text = "1\n00:00:05,000 --> 00:00:02,000\nStaff: Hello.\n"
    assert parse_transcript(text, "talk.srt") == (Turn(STAFF, "Hello.", 5.0),)


def test_json_takes_labels_of_others_and_no_endless_times() -> None:
    text = '[{"speaker": "AGENT 1", "text": "Hello."}]'
    assert parse_transcript(text, "talk.json") == (HELLO,)
    with pytest.raises(AppError, match="start_s"):
        parse_transcript('[{"speaker": "staff", "text": "a", "start_s": NaN}]', "talk.json")


def test_half_a_letter_in_json_does_not_keep_findings_from_being_written() -> None:
    (turn,) = parse_transcript(r'[{"speaker": "staff", "text": "Oh \ud83d no"}]', "talk.json")
    assert turn.text == "Oh \ufffd no"


@pytest.mark.parametrize("text", ["null", '"staff: hello"', "5"])
def test_json_of_another_kind_is_told_without_the_names_of_our_own(text: str) -> None:
    with pytest.raises(AppError, match="neither turns nor words"):
        parse_transcript(text, "talk.json")


def test_rich_text_is_not_called_broken_json() -> None:
    with pytest.raises(AppError, match="does not say who speaks"):
        parse_transcript(r"{\rtf1\ansi staff: hello\par}", "talk.rtf")


def test_turns_without_a_word_are_no_harm_to_the_finder() -> None:
    odd = ("", "…", "?!", "12:30", "\N{PILE OF POO}", "'", "ab" * 2000)
    turns = [Turn(speaker, text) for text in odd for speaker in (STAFF, CUSTOMER)]
    found = Finder(load_practices()).find([*turns, Turn(STAFF, "I'm sorry I lost your key.")])
    assert {(one.practice, one.turn) for one in found} == {("P19", len(turns))}


def test_a_talk_of_many_turns_takes_time_by_its_length() -> None:
    finder = Finder([])
    turns = [
        turn
        for number in range(200)
        for turn in (
            Turn(CUSTOMER, f"My name is Mrs Brown and the lamp {number} buzzes."),
            Turn(STAFF, "Yes, Mrs Brown."),
        )
    ]

    finder.find(turns[:50])
    few_s, many_s = (cpu_s(partial(finder.find, turns[:count])) for count in (100, 400))
    # Four times the turns took sixteen times as long when each block looked at all before it.
    assert many_s < 10 * max(few_s, 1e-3)


def test_an_empty_cue_does_not_take_the_next_ones_name_for_its_words() -> None:
    text = (
        "WEBVTT\n\nintro\n00:01.000 --> 00:02.000\n\n2\n00:03.000 --> 00:04.000\nHello\n\n"
        "00:05.000 --> 00:06.000\n\nNOTE nothing\n"
    )
    assert [(one.text, one.start_s) for one in parse_transcript(text, "x")] == [("Hello", 3.0)]


@pytest.mark.parametrize("times", ['"start_s": -5', '"start_s": 9, "end_s": 2'])
def test_json_with_times_that_cannot_be_is_told(times: str) -> None:
    with pytest.raises(AppError, match=r"turns\.0"):
        parse_transcript(f'{{"turns": [{{"speaker": "staff", "text": "x", {times}}}]}}', "x")


def test_a_time_without_end_is_no_time() -> None:
    with pytest.raises(AppError, match="line 1"):
        parse_transcript(f"[{'9' * 400} s] staff: hello", "x")


def test_a_line_of_blanks_takes_no_longer_than_another() -> None:
    begun = time.process_time()
    (turn,) = parse_transcript(f"staff{' ' * 50_000}: hello{' ' * 50_000}again", "x")
    assert turn.text == "hello again"
    with pytest.raises(AppError, match="line 1"):
        parse_transcript(f"[1{' ' * 50_000}x", "x")
    assert time.process_time() - begun < 5.0
