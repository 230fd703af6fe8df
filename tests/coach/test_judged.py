"""What people say of the machine's episodes outranks it, and one's own word a trainer's."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace

import pytest
from coach.coach_readings import CATALOGUE
from report_material import event, report

from app.coach.joins import Halves, join
from app.coach.marks import effective
from app.coach.practice_report import moments
from app.coach.practice_types import Evidence
from app.coach.report import choose_findings
from app.coach.report_json import REPORT_SCHEMA, report_to_dict
from app.coach.types import Lane, Mark, MarkKind
from app.coach.verdicts import judged, rejected, verdict_marks, verdicts

EVENTS = (
    event("arms_crossed", 10, 14),
    event("brow_drawn", 20, 23),
    event("arms_crossed", 30, 36),
    event("arms_crossed", 50, 50.5),
)
MADE = report(events=EVENTS, findings=choose_findings(EVENTS, CATALOGUE, None))


def said(finding: str, verdict: str, lane: Lane = Lane.SELF, **data: str) -> Mark:
    return Mark(
        0.0, lane, MarkKind.VERDICT, lane.value, {"finding": finding, "verdict": verdict, **data}
    )


def spans(*marks: Mark) -> list[tuple[str, float, float]]:
    return [(one.cue, one.start_s, one.end_s) for one in judged(MADE, marks).events]


def test_without_a_word_the_report_is_the_machine_s() -> None:
    assert judged(MADE, ()) is MADE


def test_a_rejected_episode_is_gone_and_told_apart() -> None:
    no = said("arms_crossed-10000", "disagree")
    assert spans(no)[0] == ("brow_drawn", 20, 23)
    assert rejected(MADE, [no]) == EVENTS[:1]


def test_a_finding_counts_over_what_holds() -> None:
    before = next(one for one in MADE.findings if one.cue == "arms_crossed")
    assert (before.start_s, before.times, before.total_s) == (30, 2, 10)
    other = judged(MADE, [said("arms_crossed-10000", "disagree")]).findings[0]
    assert (other.id, other.times, other.total_s) == ("arms_crossed-30000", 1, 6)
    own = judged(MADE, [said("arms_crossed-30000", "disagree")]).findings[0]
    assert (own.id, own.start_s, own.times, own.lasted_s) == ("arms_crossed-10000", 10, 1, 4)


def test_a_finding_of_which_nothing_holds_falls_or_stays_to_be_struck_out() -> None:
    no = [said("arms_crossed-10000", "disagree"), said("arms_crossed-30000", "disagree")]
    assert [one.cue for one in judged(MADE, no).findings] == ["brow_drawn"]
    kept = judged(MADE, no, keep_rejected=True)
    assert [one.id for one in kept.findings] == [one.id for one in MADE.findings]
    assert [one.cue for one in kept.events] == ["brow_drawn", "arms_crossed"]


def test_a_corrected_span_moves_the_episode_and_its_finding() -> None:
    moved = judged(MADE, [said("brow_drawn-20000", "correct", start="21", end="26.5")])
    assert ("brow_drawn", 21, 26.5) in [(e.cue, e.start_s, e.end_s) for e in moved.events]
    found = next(one for one in moved.findings if one.cue == "brow_drawn")
    assert (found.id, found.start_s, found.lasted_s) == ("brow_drawn-20000", 21, 5.5)


def test_under_another_cue_nothing_was_measured() -> None:
    other = said("brow_drawn-20000", "correct", cue="smile")
    after = next(one for one in judged(MADE, [other]).events if one.by_hand)
    assert after.cue == "smile"
    assert math.isnan(after.peak)
    assert [one.cue for one in judged(MADE, [other]).findings] == ["arms_crossed"]


@pytest.mark.parametrize(
    "data", [{"start": "x"}, {"start": "9", "end": "3"}, {"end": "inf"}, {"end": "nan"}]
)
def test_a_correction_that_makes_no_sense_changes_nothing(data: dict[str, str]) -> None:
    assert spans(said("brow_drawn-20000", "correct", **data)) == spans()


def test_a_correction_to_a_cue_of_another_version_says_nothing() -> None:
    strange = said("brow_drawn-20000", "correct", cue="from_another_version")
    held = judged(MADE, [strange]).events
    assert {one.cue for one in held} == {"arms_crossed", "brow_drawn"}


@pytest.mark.parametrize("own", ["agree", "disagree"])
def test_one_s_own_word_outranks_a_trainer_s_in_either_order(own: str) -> None:
    other = "disagree" if own == "agree" else "agree"
    both = [
        said("brow_drawn-20000", own, Lane.SELF),
        said("brow_drawn-20000", other, Lane.TRAINER),
    ]
    for order in itertools.permutations(both):
        assert verdicts(order) == {"brow_drawn-20000": own}
        assert [mark.lane for mark in verdict_marks(order)["brow_drawn-20000"]] == [
            Lane.TRAINER,
            Lane.SELF,
        ]


def test_a_trainer_s_word_counts_where_one_s_own_is_missing_or_taken_back() -> None:
    no = said("brow_drawn-20000", "disagree", Lane.TRAINER)
    own = replace(said("brow_drawn-20000", "agree"), id="a")
    back = replace(own, id="b", revises="a", tombstone=True)
    assert "brow_drawn" not in {one.cue for one in judged(MADE, [no]).events}
    assert "brow_drawn" in {one.cue for one in judged(MADE, [no, own]).events}
    assert "brow_drawn" not in {one.cue for one in judged(MADE, [no, own, back]).events}


def test_what_holds_is_the_last_of_a_chain_and_stays_when_read_again() -> None:
    first = replace(said("x", "agree"), id="1")
    second = replace(said("x", "disagree"), id="2", revises="1")
    rival = replace(said("x", "correct"), id="3", revises="1")
    gone = replace(said("x", "agree"), id="4", revises="2", tombstone=True)
    assert effective([first, second]) == [second]
    assert effective([first, second, rival]) == [rival]
    assert effective([first, second, gone]) == []
    assert effective(effective([first, second, rival])) == [rival]
    assert len(effective([said("x", "agree"), said("y", "agree")])) == 2


def test_words_are_not_joined_with_what_was_not_so() -> None:
    sorry = Evidence("P19", 0, "i am sorry", 1.0, start_s=31.0, end_s=34.0)
    halves = Halves({"P19": "You apologised"}, {"arms_crossed": "with your arms crossed"})
    held = judged(MADE, [said("arms_crossed-30000", "disagree")])
    assert join([sorry], MADE.events, halves) != ()
    assert join([sorry], held.events, halves) == ()
    assert moments(held, None) == held.findings


def test_words_that_need_a_value_are_not_said_of_what_was_not_measured() -> None:
    sorry = Evidence("P19", 0, "i am sorry", 1.0, start_s=20.0, end_s=23.0)
    halves = Halves({"P19": "You apologised"}, {"smile": "{value} wide", "nod": "with a nod"})
    for cue, joined in (("smile", 0), ("nod", 1)):
        held = judged(MADE, [said("brow_drawn-20000", "correct", cue=cue)])
        assert len(join([sorry], held.events, halves)) == joined


def test_the_published_analysis_says_what_holds() -> None:
    marks = [
        said("arms_crossed-10000", "disagree"),
        said("brow_drawn-20000", "correct", cue="smile"),
    ]
    data = report_to_dict(MADE, marks=marks)
    assert [one["cue"] for one in data["events"]] == ["smile", "arms_crossed", "arms_crossed"]
    assert data["events"][0]["by_hand"] is True
    assert data["events"][0]["peak"] is None
    assert [one["start_s"] for one in data["rejected_events"]] == [10.0]
    assert set(data["events"][0]) <= set(
        REPORT_SCHEMA["properties"]["events"]["items"]["properties"]
    )


def test_an_episode_is_named_as_its_finding_is() -> None:
    assert {one.id for one in MADE.findings} <= {one.id for one in EVENTS}
