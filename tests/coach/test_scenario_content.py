"""The scenarios that ship: enough of each, people of all kinds, and answers to learn from."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from app.coach.conversation import uncovered_by
from app.coach.practice_types import Polarity, Speaking
from app.coach.scenario_types import Condition, Scenario, Sector, Temper
from app.coach.scenarios import load_scenarios

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.coach.scenario_types import BenchmarkTurn

SCENARIOS = load_scenarios()[0]
LONGEST = 280
"""Letters of one spoken turn: about twenty seconds of a voice."""
HARD_ANSWER = {"P19", "P23", "P25", "P26"}
"""Apology, recap, options and commitment: what an answer to a complaint has (EVIDENCE, 1)."""
each = pytest.mark.parametrize("scenario", SCENARIOS, ids=[one.id for one in SCENARIOS])


def practices(turns: tuple[BenchmarkTurn, ...], polarity: Polarity) -> set[str]:
    return {note.practice for turn in turns for note in turn.notes if note.polarity is polarity}


def spoken(scenario: Scenario) -> Iterator[str]:
    """What a voice or a person says."""
    yield from (line.text for line in scenario.lines)
    yield from (fact.says for fact in scenario.hidden)
    yield from (turn.text for turn in (*scenario.good, *scenario.bad))
    yield scenario.small_talk


def read(scenario: Scenario) -> Iterator[str]:
    """What stands on cards and pages."""
    customer = scenario.customer
    yield from (scenario.title, scenario.situation, scenario.write, *scenario.options)
    yield from (customer.purpose, customer.needs, customer.wants, customer.language)
    yield from (*customer.history, *customer.knows, *customer.does_not_know)
    yield from (fact.fact for fact in scenario.hidden)
    yield from (line.manner for line in scenario.lines)
    yield from (note.why for turn in (*scenario.good, *scenario.bad) for note in turn.notes)


def test_there_are_enough_and_each_desk_has_all_three_tempers() -> None:
    assert len(SCENARIOS) >= 16
    at = Counter((one.sector, one.temper) for one in SCENARIOS)
    assert {(sector, temper) for sector in Sector for temper in Temper} == set(at)


def test_the_customers_are_of_all_ages_languages_and_needs() -> None:
    ages = [one.customer.age for one in SCENARIOS]
    assert sum(age < 25 for age in ages) >= 1
    assert sum(age > 65 for age in ages) >= 3
    first = {re.split(r"[;, ]", one.customer.language)[0] for one in SCENARIOS}
    assert len(first) >= 6
    assert sum(bool(one.customer.needs) for one in SCENARIOS) >= 4
    names = [one.customer.name for one in SCENARIOS]
    assert len(set(names)) == len(names)


@each
def test_the_checklist_is_that_of_its_temper(scenario: Scenario) -> None:
    assert scenario.checklist == scenario.temper.value


@each
def test_a_talk_has_five_lines_at_least_and_they_branch(scenario: Scenario) -> None:
    assert 5 <= len(scenario.lines) <= 14
    conditions = {branch.condition for line in scenario.lines for branch in line.branches}
    assert {Condition.DONE, Condition.ASKED, Condition.ELSE} <= conditions
    if scenario.temper is not Temper.ROUTINE:
        assert Condition.WRONG in conditions


@each
def test_every_hidden_fact_can_be_asked_for_and_has_its_line(scenario: Scenario) -> None:
    asked = {
        branch.about: branch.to
        for line in scenario.lines
        for branch in line.branches
        if branch.condition is Condition.ASKED
    }
    for fact in scenario.hidden:
        line = scenario.line(asked[fact.id])
        assert line is not None
        assert line.text == fact.says


@each
def test_the_first_question_of_the_good_answer_uncovers_something(scenario: Scenario) -> None:
    staff = [turn.text for turn in scenario.good if turn.speaker is Speaking.STAFF]
    assert any(uncovered_by(text, scenario) for text in staff[:2])


@each
def test_nobody_uncovers_anything_by_routine_questions(scenario: Scenario) -> None:
    for text in ("How can I help?", "Is there anything else?", "May I see your card?"):
        assert uncovered_by(text, scenario) == ()


@each
def test_the_good_answer_shows_what_to_do_and_nothing_wrong(scenario: Scenario) -> None:
    assert not practices(scenario.good, Polarity.WRONG)
    done = practices(scenario.good, Polarity.DONE)
    assert "P26" in done
    assert len(done) >= 4
    if scenario.temper is not Temper.ROUTINE:
        assert done >= HARD_ANSWER


@each
def test_the_bad_answer_shows_what_not_to_do(scenario: Scenario) -> None:
    assert practices(scenario.bad, Polarity.WRONG)
    assert not practices(scenario.bad, Polarity.DONE)


@each
def test_notes_stand_on_what_staff_say_and_customers_speak_first(scenario: Scenario) -> None:
    for turns in (scenario.good, scenario.bad):
        assert turns[0].speaker is Speaking.CUSTOMER
        assert turns[-1].speaker is Speaking.STAFF
        for turn in turns:
            assert not turn.notes or turn.speaker is Speaking.STAFF


@each
def test_the_nouns_are_the_customers_own(scenario: Scenario) -> None:
    said = " ".join((*(line.text for line in scenario.lines), *(f.says for f in scenario.hidden)))
    assert [noun for noun in scenario.nouns if noun.lower() not in said.lower()] == []


@each
def test_the_customer_uses_none_of_the_jargon(scenario: Scenario) -> None:
    for line in scenario.lines:
        for jargon in scenario.jargon:
            word = rf"\b{re.escape(jargon.word.lower())}\b"
            assert re.search(word, line.text.lower()) is None or "word" in line.text


@each
def test_the_texts_are_clean_and_can_be_spoken(scenario: Scenario) -> None:
    for text in (*spoken(scenario), *read(scenario)):
        assert "  " not in text
        assert '"' not in text
        assert text == text.strip()
        assert len(text) <= LONGEST, text
    for line in scenario.lines:
        # A voice reads digits and signs in its own way.
        assert re.search(r"[0-9€$%&/()…]", line.text) is None, line.text
