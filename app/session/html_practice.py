"""The part of the HTML report on what was said: order, evidence, who talked when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.coach.joins import joined_sentence, load_phrases
from app.coach.marks import DISAGREE
from app.coach.practice_report import evidence_id
from app.coach.practice_types import Polarity
from app.coach.practice_words import order_sentence, talk_sentences
from app.coach.practices import load_practices
from app.coach.words import format_time

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.coach.practice_report import PracticeReport


@dataclass(frozen=True, slots=True)
class SpokenPart:
    """What the page tells about the words."""

    lines: tuple[tuple[str, str], ...]
    """(when, sentence) on order, length and who talked."""
    rows: tuple[tuple[str, str, str, str], ...]
    """(when, practice, words, how it stands) of each piece of evidence."""
    joined: Mapping[str, str]
    """Id of a joined moment to its sentence."""


def spoken_part(practice: PracticeReport | None, verdicts: Mapping[str, str]) -> SpokenPart:
    """Put it into words; empty where nothing was looked for."""
    if practice is None:
        return SpokenPart((), (), {})
    phrases = load_phrases()
    names = {one.id: one.name for one in load_practices()} if practice.evidence else {}
    lines = [(_when(note.start_s), order_sentence(note)) for note in practice.order]
    if practice.talk is not None:
        lines += [(_when(start), sentence) for sentence, start in talk_sentences(practice.talk)]
    rows = []
    for one in practice.evidence:
        how = "done" if one.polarity is Polarity.DONE else "the other way round"
        if verdicts.get(evidence_id(one)) == DISAGREE:
            how += "; you disagreed, and your word counts"
        rows.append((_when(one.start_s), names.get(one.practice, one.practice), one.words, how))
    joined = {one.id: joined_sentence(one, phrases) for one in practice.joined}
    return SpokenPart(tuple(lines), tuple(rows), joined)


def _when(start_s: float | None) -> str:
    return "" if start_s is None else format_time(start_s)
