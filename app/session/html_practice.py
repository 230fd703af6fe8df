"""The part of the HTML report on what was said: order, evidence, who talked when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.coach.joins import joined_sentence, load_halves
from app.coach.practice_types import Evidence, Polarity
from app.coach.practice_verdicts import JudgedEvidence, judged_evidence
from app.coach.practice_words import order_sentence, talk_sentences
from app.coach.practices import load_practices
from app.coach.types import Lane, Mark
from app.coach.words import format_time

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

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


def spoken_part(practice: PracticeReport | None, marks: Sequence[Mark]) -> SpokenPart:
    """Put it into words; empty where nothing was looked for."""
    if practice is None:
        return SpokenPart((), (), {})
    halves = load_halves()
    names = {one.id: one.name for one in load_practices()} if practice.evidence else {}
    lines = [(_when(note.start_s), order_sentence(note)) for note in practice.order]
    if practice.talk is not None:
        lines += [(_when(start), sentence) for sentence, start in talk_sentences(practice.talk)]
    rows = [_row(one, names) for one in judged_evidence(practice.evidence, marks)]
    joined = {one.id: joined_sentence(one, halves) for one in practice.joined}
    return SpokenPart(tuple(lines), tuple(rows), joined)


def _row(one: JudgedEvidence, names: Mapping[str, str]) -> tuple[str, str, str, str]:
    """Say what holds; of what was rejected, what the machine had found."""
    shown = one.holds or one.found
    how = _how(shown)
    own = one.said is not None and one.said.lane is Lane.SELF
    if one.holds is None:
        how += "; you disagreed, and your word counts" if own else "; your trainer disagreed"
    elif one.moved:
        was = [names.get(one.found.practice, one.found.practice), _how(one.found)]
        was += [_when(one.found.start_s)] if one.found.start_s is not None else []
        how += f"; put right by {'you' if own else 'your trainer'} (found: {', '.join(was)})"
    return _when(shown.start_s), names.get(shown.practice, shown.practice), shown.words, how


def _how(one: Evidence) -> str:
    return "done" if one.polarity is Polarity.DONE else "the other way round"


def _when(start_s: float | None) -> str:
    return "" if start_s is None else format_time(start_s)
