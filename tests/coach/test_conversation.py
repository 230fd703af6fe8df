from __future__ import annotations

import pytest

from app.coach.conversation import Conversation, uncovered_by
from app.coach.practice_types import Evidence, Polarity
from app.coach.scenarios import load_scenarios

SCENARIOS = {one.id: one for one in load_scenarios()[0]}


def found(practice: str, polarity: Polarity = Polarity.DONE) -> list[Evidence]:
    return [Evidence(practice, 0, "…", 0.9, polarity)]


def test_a_pseudo_apology_makes_the_customer_say_so() -> None:
    talk = Conversation(SCENARIOS["hotel_charged_twice"])
    line = talk.answer("Sorry for any inconvenience.", found("P20", Polarity.WRONG))
    assert line is not None
    assert line.id == "sorry_wont_help"


def test_a_good_question_uncovers_what_nobody_said() -> None:
    talk = Conversation(SCENARIOS["hotel_charged_twice"])
    line = talk.answer("I see. What worries you most about it today?", [])
    assert line is not None
    assert line.id == "rent"
    assert [fact.id for fact in talk.uncovered] == ["rent"]


def test_what_is_said_about_the_matter_is_no_question() -> None:
    scenario = SCENARIOS["hotel_charged_twice"]
    assert uncovered_by("That must worry you. Shall I look it up?", scenario) == ()
    assert [fact.id for fact in uncovered_by("what worries you most", scenario)] == ["rent"]
    assert uncovered_by("", scenario) == ()


def test_without_words_the_conversation_still_comes_to_its_end() -> None:
    for scenario in SCENARIOS.values():
        talk = Conversation(scenario)
        for _ in range(len(scenario.lines) + 1):
            if talk.answer("", []) is None:
                break
        assert talk.line is None, scenario.id
        assert talk.answer("hello?", []) is None


@pytest.mark.parametrize("practice", [f"P{number:02}" for number in range(1, 33)])
def test_no_answer_leads_in_circles(practice: str) -> None:
    for scenario in SCENARIOS.values():
        for polarity in Polarity:
            talk = Conversation(scenario)
            for _ in range(2 * len(scenario.lines)):
                if talk.answer("why is it urgent?", found(practice, polarity)) is None:
                    break
            assert talk.line is None, (scenario.id, practice, talk.said)


def test_a_partner_may_choose_another_line() -> None:
    talk = Conversation(SCENARIOS["hotel_charged_twice"])
    line = talk.go_to("policy")
    assert line is not None
    assert line.text.startswith("I don't care")
    assert talk.said == ["opens", "policy"]
    assert talk.go_to("") is None
