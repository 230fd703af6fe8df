"""The finder on turns whose truth is plain: what it gives back, and where."""

from __future__ import annotations

import functools
import time

import pytest

from app.coach.finder import Finder, FinderContext
from app.coach.practice_types import Evidence, Polarity, Speaking, Turn
from app.coach.practices import load_practices
from app.coach.scenarios import load_scenarios
from audio.types import Word

DONE, WRONG = Polarity.DONE, Polarity.WRONG


@functools.cache
def finder() -> Finder:
    return Finder(load_practices())


def staff(text: str) -> Turn:
    return Turn(Speaking.STAFF, text)


def customer(text: str) -> Turn:
    return Turn(Speaking.CUSTOMER, text)


def found(*turns: Turn, **known: object) -> set[tuple[str, int, Polarity]]:
    context = FinderContext(**known)  # type: ignore[arg-type]
    evidence = finder().find(turns, context=context)
    return {(one.practice, one.turn, one.polarity) for one in evidence}


@pytest.mark.parametrize(
    ("said", "practice", "polarity"),
    [
        ("No wonder you're cross.", "P01", DONE),
        ("Please calm down.", "P01", WRONG),
        ("What happened when you opened it?", "P03", DONE),
        ("Why didn't you ring us?", "P03", WRONG),
        ("Can I bring you a glass of water?", "P07", DONE),
        ("Fingers crossed for your driving test!", "P08", DONE),
        ("You must have been worried sick.", "P09", DONE),
        ("That's our policy.", "P11", WRONG),
        ("How can I help you?", "P15", DONE),
        ("I'm sorry that I gave you the wrong key.", "P19", DONE),
        ("That's not my department.", "P19", WRONG),
        ("We apologise for any inconvenience.", "P20", WRONG),
        ("You must have pressed the wrong button.", "P21", WRONG),
        ("Let's sort this out together.", "P24", DONE),
        ("I can refund it, or I can send you a new one.", "P25", DONE),
        ("I'll call you by six tonight.", "P26", DONE),
        ("Is there anything else I can do for you?", "P27", DONE),
    ],
)
@pytest.mark.parametrize("way", ["typed", "recognised"])
def test_each_practice_is_found_with_and_without_punctuation(
    said: str, practice: str, polarity: Polarity, way: str
) -> None:
    text = said if way == "typed" else said.lower().rstrip("?!.")
    assert (practice, 0, polarity) in found(staff(text))


def test_the_words_stand_as_they_were_said_and_only_their_sentence() -> None:
    said = "Good morning. I'm SORRY I gave you the wrong key! Here's yours."
    sorry = [one for one in finder().find([staff(said)]) if one.practice == "P19"]
    assert [one.words for one in sorry] == ["I'm SORRY I gave you the wrong key!"]


def test_times_come_from_the_words_and_doubtful_words_lower_the_confidence() -> None:
    def spoken(confidence: float | None) -> Evidence:
        texts = ["well", "i", "am", "sorry", "i", "gave", "you", "the", "wrong", "key"]
        words = tuple(Word(text, 10.0 + at, 10.5 + at, confidence) for at, text in enumerate(texts))
        turn = Turn(Speaking.STAFF, " ".join(texts), 10.0, 19.5, words)
        return next(one for one in finder().find([turn]) if one.practice == "P19")

    sure, doubtful = spoken(1.0), spoken(0.2)
    assert sure.start_s is not None
    assert 10.0 <= sure.start_s <= 13.0
    assert sure.end_s == 19.5
    assert doubtful.confidence < sure.confidence == spoken(None).confidence


def test_a_name_is_as_sure_as_the_word_least_sure() -> None:
    def named(confidence: float | None) -> float:
        texts = ["good", "morning", "mr", "boateng"]
        sure = [0.9, 0.9, 0.9, confidence]
        words = tuple(Word(texts[at], at, at + 0.5, sure[at]) for at in range(4))
        turn = Turn(Speaking.STAFF, " ".join(texts), 0.0, 4.0, words)
        evidence = finder().find([turn], context=FinderContext(customer="Mr Boateng"))
        return next(one.confidence for one in evidence if one.practice == "P22")

    typed = finder().find(
        [staff("Good morning, Mr Boateng.")], context=FinderContext(customer="Mr Boateng")
    )
    [whole] = [one.confidence for one in typed if one.practice == "P22"]
    assert named(0.2) == pytest.approx(0.2 * whole)
    assert named(1.0) == named(None) == pytest.approx(0.9 * whole)


def test_without_word_times_a_turn_gives_its_own() -> None:
    turn = Turn(Speaking.STAFF, "Please calm down.", 3.0, 4.5)
    one = finder().find([turn])[0]
    assert (one.start_s, one.end_s) == (3.0, 4.5)


def test_only_staff_are_looked_at() -> None:
    assert found(customer("Calm down! That's your policy? I'm sorry I shouted.")) == set()


def test_an_alternative_in_the_same_turn_undoes_policy_talk() -> None:
    alone = staff("I can't refund that, it's against our policy.")
    beside = staff("I can't refund that, it's against our policy, but I can swap it for you.")
    assert ("P11", 0, WRONG) in found(alone)
    assert ("P11", 0, WRONG) not in found(beside)


def test_a_turn_that_was_cut_at_a_breath_is_one() -> None:
    parts = [
        Turn(Speaking.STAFF, "it is against our policy", 1.0, 3.0),
        Turn(Speaking.STAFF, "but i can swap it for you", 4.2, 6.0),
    ]
    assert "P11" not in {one.practice for one in finder().find(parts)}


ALTERNATIVE = "But I can swap it for you."
NEXT = "Please sign here."


@pytest.mark.parametrize(
    ("after", "told"),
    [
        ([staff(ALTERNATIVE)], False),  # the next line of the same turn
        ([staff(NEXT), staff(ALTERNATIVE)], True),  # not at once
        ([customer("Oh."), staff(ALTERNATIVE)], True),  # somebody else spoke between
        ([staff("")], True),
    ],
)
def test_an_alternative_must_follow_at_once_and_in_the_same_turn(
    after: list[Turn], *, told: bool
) -> None:
    before = [customer("I want my money back."), staff("That is against our policy.")]
    assert (("P11", 1, WRONG) in found(*before, *after)) is told


@pytest.mark.parametrize(("start_s", "told"), [(6.0, False), (8.1, True)])
def test_an_alternative_after_a_long_silence_is_another_turn(start_s: float, *, told: bool) -> None:
    turns = [
        Turn(Speaking.STAFF, "That is against our policy.", 1.0, 4.0),
        Turn(Speaking.STAFF, ALTERNATIVE, start_s, start_s + 2.0),
    ]
    assert (("P11", 0, WRONG) in found(*turns)) is told


def test_the_name_early_and_at_the_close_but_not_in_the_middle() -> None:
    turns = [
        staff("Good morning, Mrs Begum."), customer("Hello."),
        staff("One moment."), customer("Yes."),
        staff("Here it is, Mrs Begum."), customer("Thanks."),
        staff("Goodbye, Mrs Begum."),
    ]  # fmt: skip
    names = {one for one in found(*turns, customer="Mrs Begum") if one[0] == "P22"}
    assert names == {("P22", 0, DONE), ("P22", 6, DONE)}


def test_the_fourth_use_of_a_name_is_one_too_many() -> None:
    said = "Mr Grant, hello Mr Grant, so, Mr Grant, your key, Mr Grant."
    names = {one for one in found(staff(said), customer="Mr Grant") if one[0] == "P22"}
    assert names == {("P22", 0, WRONG)}


def test_a_recap_takes_the_customers_own_words() -> None:
    theirs = customer("The sauna is cold and there's hair in the drain.")
    own = found(theirs, staff("So the sauna's cold, and there is hair in the drain."))
    house = found(theirs, staff("So you have concerns about our wellness area."))
    assert ("P23", 1, DONE) in own
    assert ("P23", 1, DONE) not in house


def test_a_term_is_wrong_until_somebody_explains_it() -> None:
    bare = staff("We hold fifty for incidentals.")
    plain = staff("We hold fifty for incidentals, that means things like the minibar.")
    assert ("P14", 0, WRONG) in found(bare, jargon=("incidentals",))
    assert ("P14", 0, WRONG) not in found(plain, jargon=("incidentals",))
    later = found(plain, customer("Fine."), bare, jargon=("incidentals",))
    assert ("P14", 2, WRONG) not in later


def test_haste_wants_a_short_answer() -> None:
    late = customer("I'm in a hurry, my train leaves at ten.")
    assert ("P04", 1, DONE) in found(late, staff("Then I'll be quick."))
    assert ("P04", 1, DONE) not in found(late, staff("Have you heard of our card?"))


def test_canned_phrases_count_in_writing_only() -> None:
    said = [staff("Thank you for reaching out. Please do not hesitate to contact us.")]
    assert "P16" in {one.practice for one in finder().find(said, written=True)}
    assert "P16" not in {one.practice for one in finder().find(said)}


def test_the_kind_of_a_question_is_its_detail() -> None:
    kinds = {
        one.detail
        for one in finder().find([staff("What do you think caused it?")])
        if one.practice == "P17"
    }
    assert kinds == {"root_cause"}


def test_a_scenario_tells_what_it_knows() -> None:
    scenario = next(one for one in load_scenarios()[0] if one.id == "hotel_charged_twice")
    turns = [Turn(one.speaker, one.text) for one in scenario.good]
    practices = {one.practice for one in finder().find(turns, scenario=scenario)}
    assert {"P01", "P19", "P22", "P23", "P25", "P26", "P27"} <= practices
    wrong = finder().find([Turn(one.speaker, one.text) for one in scenario.bad], scenario=scenario)
    told = {one.practice for one in wrong if one.polarity is WRONG}
    assert {"P01", "P11", "P14", "P20", "P21"} <= told


def test_a_turn_is_read_quickly_enough_for_a_live_talk() -> None:
    scenario = next(one for one in load_scenarios()[0] if one.id == "hotel_charged_twice")
    turns = [Turn(one.speaker, one.text) for one in scenario.good]
    finder().find(turns, scenario=scenario)
    started = time.process_time()
    finder().find(turns, scenario=scenario)
    assert (time.process_time() - started) / len(turns) < 0.1


def test_a_term_at_the_end_of_a_sentence_that_has_said_what_it_is_counts_as_explained() -> None:
    said = staff("A colleague goes through all your papers with you, the caseworker.")
    bare = staff("Then you see the caseworker.")
    assert ("P14", 0, WRONG) not in found(said, jargon=("caseworker",))
    assert ("P14", 0, WRONG) in found(bare, jargon=("caseworker",))


def test_small_talk_on_an_unknown_subject_needs_an_answer_that_shows_it() -> None:
    started = customer("You people and this harmattan, I am eating dust since morning.")
    assert ("P04", 1, DONE) in found(started, staff("My own teeth are brown from it! Three fifty."))
    assert ("P04", 1, DONE) not in found(started, staff("Three fifty, the receipt is in the bag."))
