"""What the speech engine should know of a scenario: its words, and the customer's name as a phrase.

Pronunciations are guessed from letters here; the engine's dictionary goes before them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from audio.speech.engines import NONE
from audio.speech.phrases import is_available, practice_phrases
from audio.speech.pronounce import from_letters, words_of
from audio.speech.types import SoughtPhrase, SpeechSetUp, SpokenWord

if TYPE_CHECKING:
    from app.coach.scenario_types import Scenario

NAME: Final = "P22"
"""The practice of saying the customer's name."""


def speech_for(set_up: SpeechSetUp | None, scenario: Scenario | None) -> SpeechSetUp | None:
    """Tell a set-up what a scenario is about.

    Parameters
    ----------
    set_up
        The engine; None where none is wanted, or none is there.
    scenario
        What is practised; None for a free talk, which changes nothing.

    Returns
    -------
    SpeechSetUp or None
        With the scenario's words and phrases. Without an engine, one that finds phrases only;
        None where the acoustic model for that is absent too.
    """
    if scenario is None:
        return set_up
    if set_up is None:
        if not is_available():
            return None
        set_up = SpeechSetUp(NONE, phrases=practice_phrases_sought())
    name = SoughtPhrase(scenario.customer.name, NAME)
    known = {phrase.text for phrase in set_up.phrases}
    phrases = set_up.phrases if name.text in known else (*set_up.phrases, name)
    texts = {word.text for word in set_up.extra}
    words = (word for word in scenario_words(scenario) if word.text not in texts)
    return replace(set_up, extra=(*set_up.extra, *words), phrases=phrases)


def scenario_words(scenario: Scenario) -> tuple[SpokenWord, ...]:
    """Give the customer's name, the nouns and the house's jargon, each word once."""
    told = [scenario.customer.name, *scenario.nouns, *(one.word for one in scenario.jargon)]
    words = dict.fromkeys(word for text in told for word in words_of(text))
    last = words_of(scenario.customer.name)[-1:]
    return tuple(SpokenWord(word, _said(word), word in last) for word in words)


def practice_phrases_sought() -> tuple[SoughtPhrase, ...]:
    """Give the phrases that stand for a practice, as they ship."""
    return tuple(
        SoughtPhrase(phrase, practice)
        for practice, phrases in practice_phrases().items()
        for phrase in phrases
    )


def _said(word: str) -> tuple[str, ...]:
    return tuple(" ".join(phones) for phones in from_letters(word))
