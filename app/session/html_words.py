"""The part of the HTML report that holds the words themselves, and the phrases found in sound."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.coach.practices import load_practices
from app.coach.session_turns import turns_of_words
from app.coach.speaking import words_sentence
from app.coach.words import format_time

if TYPE_CHECKING:
    from app.coach.report_types import Report


@dataclass(frozen=True, slots=True)
class WordsPart:
    """What the page tells of the words."""

    summary: str
    """How many there were, and at what rate; empty where no engine listened."""
    lines: tuple[tuple[str, str], ...]
    """(when, words) of each stretch of talk."""
    phrases: tuple[tuple[str, str, str, str], ...]
    """(when, phrase, what it stands for, how sure) of each phrase found in sound."""


def words_part(report: Report) -> WordsPart:
    """Put the words in lines; empty where nobody looked for any."""
    words, hits = report.words, report.phrases or ()
    summary = "" if words is None else words_sentence(words)
    lines = tuple(
        (format_time(turn.start_s or 0.0), turn.text) for turn in turns_of_words(words or ())
    )
    names = {one.id: one.name for one in load_practices()} if hits else {}
    phrases = tuple(
        (
            format_time(hit.start_s),
            hit.phrase,
            names.get(hit.practice, hit.practice),
            f"{100 * hit.confidence:.0f} %",
        )
        for hit in hits
    )
    return WordsPart(summary, lines, phrases)
