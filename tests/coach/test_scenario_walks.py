"""The answers that are written out, said to the customer with the real finder between."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from app.coach.conversation import Conversation
from app.coach.finder import Finder
from app.coach.practice_types import Speaking, Turn
from app.coach.practices import load_practices
from app.coach.scenario_types import Temper
from app.coach.scenarios import load_scenarios

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.coach.scenario_types import BenchmarkTurn, Scenario

SCENARIOS = load_scenarios()[0]
HARD = [one for one in SCENARIOS if one.temper is not Temper.ROUTINE]
LONGEST = 20
"""Turns after which a talk that should have ended has not."""


@pytest.fixture(scope="module")
def finder() -> Finder:
    return Finder(load_practices())


def walk(finder: Finder, scenario: Scenario, turns: Sequence[BenchmarkTurn]) -> Conversation:
    """Say the staff turns one after the other, and nothing once they are used up."""
    answers = [turn.text for turn in turns if turn.speaker is Speaking.STAFF]
    talk: list[Turn] = []
    conversation = Conversation(scenario)
    for number in range(LONGEST):
        if conversation.line is None:
            return conversation
        answer = answers[number] if number < len(answers) else ""
        talk += [Turn(Speaking.CUSTOMER, conversation.line.text), Turn(Speaking.STAFF, answer)]
        found = finder.find(talk, scenario=scenario)
        conversation.answer(answer, [one for one in found if one.turn == len(talk) - 1])
    raise AssertionError(conversation.said)


@pytest.mark.parametrize("scenario", SCENARIOS, ids=[one.id for one in SCENARIOS])
def test_the_good_answer_uncovers_something_and_leads_to_thanks(
    finder: Finder, scenario: Scenario
) -> None:
    done = walk(finder, scenario, scenario.good)
    assert done.uncovered
    assert done.said[-1] == "thanks"


@pytest.mark.parametrize("scenario", HARD, ids=[one.id for one in HARD])
def test_the_bad_answer_makes_it_worse(finder: Finder, scenario: Scenario) -> None:
    good = walk(finder, scenario, scenario.good)
    bad = walk(finder, scenario, scenario.bad)
    assert not bad.uncovered
    # What nobody had to hear after a good answer is said after a bad one.
    assert set(bad.said) - set(good.said)
    assert len(bad.said) > len(good.said)


@pytest.mark.parametrize("scenario", SCENARIOS, ids=[one.id for one in SCENARIOS])
def test_without_any_words_the_talk_still_comes_to_an_end(
    finder: Finder, scenario: Scenario
) -> None:
    silent = walk(finder, scenario, ())
    assert 4 <= len(silent.said) <= 9
    assert silent.line is None
