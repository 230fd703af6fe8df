"""The legal line: the machine says what was seen, never what was felt, and ranks nobody."""

from __future__ import annotations

import re

import pytest
from coach.coach_readings import CATALOGUE

from app.coach import words
from app.coach.report_schema import REPORT_SCHEMA
from app.paths import asset

FELT = {
    "angry", "anger", "annoyed", "irritated", "furious", "mad", "rage", "hostile", "aggressive",
    "aggression", "stressed", "stress", "nervous", "nervousness", "anxious", "anxiety",
    "afraid", "fear", "scared", "worried", "tense", "relaxed", "confident", "confidence",
    "insecure", "unsure", "shy", "friendly", "unfriendly", "empathetic", "empathic", "empathy",
    "unempathetic", "happy", "happiness", "unhappy", "sad", "sadness", "joy", "joyful",
    "cheerful", "bored", "boredom", "disgust", "disgusted", "contempt", "contemptuous",
    "surprised", "emotion", "emotions", "emotional", "mood", "feeling", "feelings", "sincere",
    "insincere", "fake", "honest", "dishonest", "lying", "defensive", "arrogant", "rude",
    "cold", "warm", "warmth", "enthusiastic", "enthusiasm", "passionate", "engaged",
    "disengaged", "interested", "disinterested", "attitude", "personality", "trustworthy",
    "charming", "likeable",
}  # fmt: skip
"""Words that would claim to know what somebody feels or is."""

JUDGED = {
    "rank", "ranked", "ranking", "rankings", "leaderboard", "fail", "failing", "grade",
    "grades", "top-performer", "underperformer", "best", "worst", "winner",
    "loser",
}  # fmt: skip
"""Words that would rank people or pass them. "Pass" and "score" have other senses: see below."""

PHRASES = (
    "you failed",
    "you passed",
    "pass mark",
    "pass rate",
    "your score",
    "total score",
    "points out of",
    "out of 10",
)

WHAT_PEOPLE_SAY = {"practices", "scenarios", "speech"}
"""Folders with words of customers and staff, good and bad; the machine says none of them."""

TEXTS = sorted(
    path
    for path in asset().rglob("*")
    if path.suffix in {".toml", ".html", ".j2", ".md", ".txt", ".json", ".ts"}
    and path.is_file()
    and path.relative_to(asset()).parts[0] not in WHAT_PEOPLE_SAY
)

ALLOWED = {
    # What not to say to a customer.
    "complaint.toml": ("“you failed to”",),
    # The name of a kind of conversation.
    "aggressive.toml": ('id = "aggressive"',),
    # What this program does not do.
    "en.toml": ("no ranking of people, no pass mark", "no ranking, no pass mark"),
    # How sure an engine is of a word: the name of a field, and nobody's state.
    "json-schema.md": ("`confidence`",),
    # How sure a rule is of a find, and where a number is at its highest.
    "opinion.toml": ("Confidence of a rule", "Confidence of an added find", "judge is best from"),
}

SOURCE = "(articles on empathy)"
"""The name of a source: what it is about, and nobody's state."""


def spoken(text: str) -> str:
    """Leave out comments: they are for those who edit the file."""
    return "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("#"))


def forbidden(text: str) -> set[str]:
    text = spoken(text).lower()
    found = set(re.findall(r"[a-z][a-z-]*", text)) & {*FELT, *JUDGED}
    return found | {phrase for phrase in PHRASES if phrase in text}


def test_there_are_texts_to_look_at() -> None:
    assert {"cues.toml", "complaint.toml", "report.html.j2"} <= {path.name for path in TEXTS}


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.relative_to(asset()).as_posix())
def test_no_text_claims_to_know_a_feeling_or_ranks_anybody(path) -> None:  # noqa: ANN001
    text = path.read_text("utf-8")
    for phrase in (SOURCE, *ALLOWED.get(path.name, ())):
        text = text.replace(phrase, "")
    assert forbidden(text) == set()


def test_the_scan_finds_what_it_is_for() -> None:
    assert forbidden('advice = "You look nervous; best of the team."') == {"nervous", "best"}
    assert forbidden("Your score is above the pass mark") == {"your score", "pass mark"}


def test_nor_do_the_programs_own_words() -> None:
    said = [
        *words._REASONS.values(),
        *words._GONE.values(),
        *words._FRAMING.values(),
        *[value for rule in CATALOGUE.rules for value in (rule.name, rule.hint, rule.advice)],
        *[rule.sentence for rule in CATALOGUE.rules],
        str(REPORT_SCHEMA).replace("'confidence'", ""),
    ]
    assert forbidden("\n".join(said)) == set()


def test_jargon_stays_out_of_what_people_read() -> None:
    jargon = {"au4", "au12", "f0", "vad", "baseline", "confidence", "rms", "dbfs", "yaw", "hz"}
    for rule in CATALOGUE.rules:
        said = f"{rule.name} {rule.hint} {rule.advice} {rule.sentence} {rule.unit}".lower()
        assert not jargon & set(re.findall(r"[a-z0-9]+", said)), rule.id
