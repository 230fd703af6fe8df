from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.coach.scenarios import load_scenarios
from app.session import speech_for as module
from app.session.speech_for import practice_phrases_sought, scenario_words, speech_for
from audio.speech.types import SoughtPhrase, SpeechSetUp

if TYPE_CHECKING:
    from app.coach.scenario_types import Scenario

PLAIN = SpeechSetUp("vosk", phrases=practice_phrases_sought())


@pytest.fixture
def scenario() -> Scenario:
    return next(one for one in load_scenarios()[0] if one.id == "hotel_charged_twice")


def test_the_name_is_a_word_and_a_phrase(scenario: Scenario) -> None:
    found = speech_for(PLAIN, scenario)
    assert found is not None
    assert SoughtPhrase("Mrs Okafor", "P22") in found.phrases
    said = {word.text: word.phones for word in found.extra}
    assert any(phones.startswith("OW K") for phones in said["okafor"])
    assert {"charge", "folio", "pre", "authorisation"} <= set(said)
    assert all(said.values())
    assert [word.text for word in found.extra if word.name] == ["okafor"]


def test_each_word_stands_once_and_twice_changes_nothing(scenario: Scenario) -> None:
    words = [word.text for word in scenario_words(scenario)]
    assert len(words) == len(set(words))
    once = speech_for(PLAIN, scenario)
    assert speech_for(once, scenario) == once


def test_a_free_talk_stays_as_it_is() -> None:
    assert speech_for(PLAIN, None) is PLAIN
    assert speech_for(None, None) is None


@pytest.mark.parametrize("there", [True, False])
def test_without_an_engine_phrases_are_found_where_the_model_is_there(
    scenario: Scenario, monkeypatch: pytest.MonkeyPatch, there: bool
) -> None:
    monkeypatch.setattr(module, "is_available", lambda: there)
    found = speech_for(None, scenario)
    if not there:
        assert found is None
        return
    assert found is not None
    assert found.engine == "none"
    assert {"P19", "P22", "P23", "P26"} <= {phrase.practice for phrase in found.phrases}
