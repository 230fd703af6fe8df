"""Which items are spoken, what is written of them, and what is told of their errors."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from benchmarks import practices_heard
from benchmarks.practices_score import items_of, turns_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from audio.speech.types import SpeechSetUp


def made_for(item: dict[str, Any]) -> str:
    return str(item["id"].split("-")[2])


@pytest.fixture(scope="module")
def open_set() -> list[dict[str, Any]]:
    return items_of("development_e")


def test_each_practice_that_can_be_spoken_gets_as_many_items(open_set: list[Any]) -> None:
    drawn = practices_heard.draw(open_set, 45)
    counts = Counter(map(made_for, drawn))
    assert set(counts.values()) == {2}
    assert len(counts) == 21
    assert "p16" not in counts
    assert len({item["id"] for item in drawn}) == len(drawn)


def test_the_seed_alone_decides_what_is_drawn(open_set: list[Any]) -> None:
    drawn = practices_heard.draw(open_set, 63, seed=3)
    assert practices_heard.draw(open_set, 63, seed=3) == drawn
    assert practices_heard.draw(open_set, 63, seed=4) != drawn


def test_no_written_reply_and_no_long_talk_is_spoken(open_set: list[Any]) -> None:
    for item in practices_heard.draw(open_set, 90):
        assert item["scenario"].get("channel") != "written"
        texts = [turn["text"] for turn in item["turns"] if turn["speaker"] == "staff"]
        assert sum(len(text.split()) for text in texts) <= practices_heard.LONGEST


ITEMS: list[dict[str, Any]] = [
    {
        "id": "dev-x-p22-01",
        "scenario": {"place": "bank", "customer": "Mrs Okafor"},
        "turns": [
            {"speaker": "customer", "text": "Hello."},
            {"speaker": "staff", "text": "Good morning, Mrs Okafor."},
        ],
        "labels": [],
    },
    {
        "id": "dev-x-p19-01",
        "scenario": {"place": "bank"},
        "turns": [{"speaker": "staff", "text": "Sorry I lost the form."}],
        "labels": [],
    },
]


def test_the_scorer_reads_what_was_heard_and_nothing_is_heard_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sessions: list[SpeechSetUp] = []

    def hear(said: Sequence[practices_heard.Said], set_up: SpeechSetUp) -> list[str]:
        sessions.append(set_up)
        return [one.text.upper() for one in said]

    def spoken(item: dict[str, Any], voice: str, folder: Path) -> list[practices_heard.Said]:
        turns = practices_heard.staff_turns(item)
        return [practices_heard.Said(item["id"], at, text, None) for at, text in turns]  # type: ignore[arg-type]

    monkeypatch.setattr(practices_heard, "hear", hear)
    monkeypatch.setattr(practices_heard, "spoken", spoken)
    heard = practices_heard.hear_items(ITEMS, "flite:awb", tmp_path)
    assert heard["dev-x-p22-01"] == [None, "GOOD MORNING, MRS OKAFOR."]
    (file,) = tmp_path.glob("heard-flite-awb-*.json")
    kept = json.loads(file.read_text("utf-8"))
    assert [turn.text for turn in turns_of(ITEMS[0], "typed", kept)] == [
        "Hello.",
        "GOOD MORNING, MRS OKAFOR.",
    ]
    assert {word.text for one in sessions for word in one.extra if word.name} == {"okafor"}
    assert practices_heard.hear_items(ITEMS, "flite:awb", tmp_path) == heard
    assert len(sessions) == 2


def test_a_voice_whose_program_is_absent_is_skipped_with_its_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(practices_heard, "which", lambda _: None)
    drawn = practices_heard.draw(items_of("development_e"), 21)
    practices_heard.made_voices("development_e", drawn, ["festival:kal_diphone"], tmp_path)
    told = capsys.readouterr().out
    assert "| festival:kal_diphone | skipped: text2wave is not installed" in told
    assert "| typed |" in told


def test_word_errors_leave_out_texts_with_digits() -> None:
    pairs = [("Room 12, please.", "room twelve please"), ("It's ready now.", "it's rent now or")]
    assert practices_heard.word_errors(pairs) == pytest.approx(2 / 3)
    assert practices_heard.word_errors([]) is None
