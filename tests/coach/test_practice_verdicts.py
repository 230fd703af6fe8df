"""What a person says of a place in the words outranks the finder, everywhere it is read."""

from __future__ import annotations

import pytest
from practice_material import MARKS, SCENARIO, SPOKEN, find, spoken_report
from report_material import mark

from app.coach.catalogue import load_catalogue
from app.coach.cutting import Span, cut_marks, restored
from app.coach.desk.agreement import CueAgreement
from app.coach.desk.practice_agreement import practices_with_machine
from app.coach.joins import load_halves
from app.coach.practice_report import (
    ItemState,
    PracticeReport,
    counts,
    item_states,
    practice_report,
    rejoined,
)
from app.coach.practice_types import Evidence, Polarity, Speaking
from app.coach.practice_verdicts import (
    evidence_id,
    judged_evidence,
    of_practice,
    practice_put_right,
    standing,
    words_between,
)
from app.coach.report_json import report_to_dict
from app.coach.review import reviews_of
from app.coach.review_words import judged_text
from app.coach.types import Lane, Mark, MarkKind
from app.session.html_practice import spoken_part

SORRY = Evidence("P19", 1, "i'm sorry", 0.4, Polarity.DONE, 5.0, 7.0)
RECAP = Evidence("P23", 3, "so you see", 0.9, Polarity.DONE, 15.0, 16.0)
BOTH = (SORRY, RECAP)
NAMES = {"P19": "own it and say sorry", "P20": "no empty sorry", "P23": "say it back"}


def word(finding: Evidence, verdict: str, lane: Lane = Lane.TRAINER, **data: str) -> Mark:
    said = {"finding": evidence_id(finding), "verdict": verdict, **data}
    return Mark(0.0, lane, MarkKind.VERDICT, lane.value, said, id=f"{lane.value}-{verdict}")


def right(lane: Lane = Lane.TRAINER, **data: str) -> Mark:
    given = {"practice": "P20", "polarity": "wrong", "start": "5.5", "end": "6.5", **data}
    return word(SORRY, "correct", lane, **given)


def made() -> PracticeReport:
    return practice_report(
        spoken_report(), MARKS,
        scenario=SCENARIO, role=Speaking.STAFF, find=find, halves=load_halves(),
    )  # fmt: skip


def test_a_correction_says_which_practice_it_was_and_when() -> None:
    first, second = judged_evidence(BOTH, [right()])
    assert first.id == "P19-done-5000"
    assert first.moved
    assert first.holds == Evidence(
        "P20", 1, "i'm sorry", 1.0, Polarity.WRONG, 5.5, 6.5, by_hand=True
    )
    assert (second.holds, second.moved) == (RECAP, False)
    assert counts(standing(BOTH, [right()])) == {"P20": (0, 1), "P23": (1, 0)}
    assert of_practice("P19", (first, second)) == ()
    assert of_practice("P20", (first, second)) == (first,)


def test_a_confirmed_one_is_sure_and_a_rejected_one_stands_nowhere() -> None:
    (sure,) = standing([SORRY], [word(SORRY, "agree")])
    assert (sure.confidence, sure.by_hand) == (1.0, True)
    assert item_states(SPOKEN, [SORRY], [])["sorry"] is ItemState.OPEN
    assert item_states(SPOKEN, [SORRY], [word(SORRY, "agree")])["sorry"] is ItemState.SUGGESTED
    assert standing([SORRY], [word(SORRY, "disagree")]) == ()
    (gone,) = of_practice("P19", judged_evidence([SORRY], [word(SORRY, "disagree")]))
    assert gone.holds is None


def test_the_owner_s_own_word_outranks_the_trainer_s() -> None:
    marks = [word(SORRY, "disagree", Lane.SELF), right()]
    assert standing([SORRY], marks) == ()
    marks = [right(Lane.SELF), word(SORRY, "disagree")]
    assert standing([SORRY], marks)[0].practice == "P20"


@pytest.mark.parametrize(
    "spoilt",
    [
        {"practice": "P99"},
        {"practice": "<b>"},
        {"polarity": "odd"},
        {"start": "x"},
        {"start": "7", "end": "6"},
        {"start": "-1"},
        {"end": "inf"},
        {"start": "nan"},
    ],
)
def test_what_makes_no_sense_changes_nothing(spoilt: dict[str, str]) -> None:
    assert standing([SORRY], [right(**spoilt)]) == (SORRY,)


def test_the_words_follow_the_moment() -> None:
    said = (("we", 1.0, 1.2), ("are", 1.3, 1.5), ("sorry", 9.0, 9.4))
    assert words_between(said, 1.2, 2.0) == "are"
    away = right(start="30", end="31")
    assert practice_put_right(SORRY, away).words == ""
    assert practice_put_right(SORRY, right(words="are")).words == "are"


def test_joined_moments_checklist_and_json_read_what_holds() -> None:
    practice = made()
    no = right(practice="P23", polarity="done")
    assert [one.practice for one in practice.joined] == ["P19"]
    held = rejoined(practice, spoken_report(), [no], load_halves())
    assert "P19" not in {one.practice for one in held.joined}
    data = report_to_dict(
        spoken_report(), catalogue=load_catalogue(), marks=[no], practice=practice
    )
    rows = [(row["practice"], row["start_s"], row.get("by_hand")) for row in data["practices"]]
    assert rows == [("P23", 5.5, True), ("P23", 15.0, None)]


def test_the_page_for_the_browser_says_whose_word_it_is() -> None:
    practice = made()
    for lane, who in ((Lane.SELF, "you"), (Lane.TRAINER, "your trainer")):
        first = spoken_part(practice, [right(lane, practice="P23", polarity="done")]).rows[0]
        assert first[0] == "0:05"
        assert f"put right by {who} (found: " in first[3]
    theirs = spoken_part(practice, [word(SORRY, "disagree")]).rows[0]
    assert theirs[3] == "done; your trainer disagreed"
    own = spoken_part(practice, [word(SORRY, "disagree", Lane.SELF)]).rows[0]
    assert "you disagreed, and your word counts" in own[3]


def test_the_feedback_says_what_it_was_instead() -> None:
    (review,) = reviews_of([right()], spoken_report(), {})
    (said,) = review.judged
    assert judged_text(said, "Tom", NAMES) == (
        "Own it and say sorry, at 0:05: Tom says that it was no empty sorry, the other way round, "
        "0:05 to 0:06."
    )


def test_a_correction_travels_with_a_span_there_and_back() -> None:
    span = Span(2.5, 40.0)
    (there,) = cut_marks([right(Lane.SELF)], span, ())
    assert there.data["finding"] == "P19-done-2500"
    assert (float(there.data["start"]), float(there.data["end"])) == (3.0, 4.0)
    back = restored(there, span, ())
    assert standing([SORRY], [back])[0] == standing([SORRY], [right(Lane.SELF)])[0]


def test_agreement_is_by_what_was_said_of_each_place() -> None:
    later = Evidence("P23", 5, "so two", 0.9, Polarity.DONE, 30.0, 31.0)
    found = (*BOTH, later)
    assert practices_with_machine(found, [], Lane.TRAINER) == ()
    told = practices_with_machine(found, [word(RECAP, "agree")], Lane.TRAINER)
    assert told == (CueAgreement("P23-done", (15.0,), (), (30.0,)),)
    told = practices_with_machine(found, [right()], Lane.TRAINER)
    assert told == (
        CueAgreement("P19-done", (), (), (5.0,)),
        CueAgreement("P20-wrong", (), (5.5,), ()),
    )
    moved = right(practice="P19", polarity="done")
    assert practices_with_machine(found, [moved], Lane.TRAINER)[0].both == (5.0,)
    assert practices_with_machine(found, [word(RECAP, "agree")], Lane.SELF) == ()


def test_a_mark_of_another_kind_says_nothing() -> None:
    assert (
        judged_evidence([SORRY], [mark(5.0, MarkKind.NOTE, finding="P19-done-5000")])[0].verdict
        == ""
    )
