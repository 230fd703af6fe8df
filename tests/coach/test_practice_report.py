from __future__ import annotations

import re
from dataclasses import replace

import pytest
from practice_material import (
    APOLOGY,
    MARKS,
    RECAP,
    SCENARIO,
    SPOKEN,
    WORDS,
    find,
    line,
    machine,
    said,
    spoken_report,
)
from report_material import finding, mark

from app.coach.finder import Finder
from app.coach.joins import load_halves
from app.coach.practice_report import (
    AVOIDED,
    ItemState,
    PracticeReport,
    counts,
    fingerprint,
    item_states,
    moments,
    practice_report,
)
from app.coach.practice_types import Evidence, Polarity, Speaking
from app.coach.practice_verdicts import evidence_id, standing
from app.coach.practices import load_practices
from app.coach.scenarios import load_scenarios
from app.coach.session_turns import session_turns
from app.coach.types import MarkKind

HALVES = load_halves()


def made(role: Speaking = Speaking.STAFF) -> PracticeReport:
    return practice_report(
        spoken_report(), MARKS, scenario=SCENARIO, role=role, find=find, halves=HALVES
    )


def test_turns_are_the_lines_of_the_scenario_and_the_words_between() -> None:
    turns = session_turns(WORDS, MARKS, SCENARIO, 60.0)
    assert [(turn.speaker.value, turn.text) for turn in turns] == [
        ("customer", "I was charged twice!"),
        ("staff", APOLOGY),
        ("customer", "My rent goes out tomorrow."),
        ("staff", RECAP),
    ]
    assert [turn.start_s for turn in turns] == [1.0, 5.0, 10.0, 15.0]
    assert turns[1].words == WORDS[: len(APOLOGY.split())]


def test_a_held_key_makes_a_turn_without_words() -> None:
    marks = (
        machine(1.0, MarkKind.SPEAKER, speaker="customer"),
        machine(4.0, MarkKind.SPEAKER, speaker="staff"),
        machine(50.0, MarkKind.SPEAKER, speaker="customer"),
    )
    turns = session_turns(WORDS, marks, None, 60.0)
    first = turns[0]
    assert (first.speaker, first.start_s, first.end_s) == (Speaking.CUSTOMER, 1.0, 4.0)
    assert turns[1].text == f"{APOLOGY} {RECAP}"
    assert (turns[-1].text, turns[-1].end_s) == ("", 60.0)


def test_without_any_mark_silence_splits_the_turns() -> None:
    turns = session_turns(WORDS, (), None, 60.0)
    assert [turn.text for turn in turns] == [APOLOGY, RECAP]


def test_a_line_that_nobody_ended_ends_with_the_next_or_the_session() -> None:
    marks = (
        machine(1.0, MarkKind.LINE, line="opens", end="false"),
        machine(8.0, MarkKind.LINE, line="rent", end="false"),
    )
    turns = session_turns((), marks, SCENARIO, 20.0)
    assert [(turn.start_s, turn.end_s) for turn in turns] == [(1.0, 8.0), (8.0, 20.0)]


def test_what_a_session_showed_leads_with_words_and_body_together() -> None:
    practice = made()
    assert [one.practice for one in practice.evidence] == ["P19", "P23"]
    assert [one.id for one in practice.joined] == ["P19-arms_crossed-5000"]
    named = moments(spoken_report(), practice)
    # The crossed arms are told with the apology, and not a second time by themselves.
    assert [one.id for one in named] == ["P19-arms_crossed-5000", "brow_drawn-40000"]
    assert named[0].start_s == 5.0


def test_three_moments_are_the_most() -> None:
    busy = replace(
        spoken_report(),
        findings=tuple(finding(cue, 20.0, 25.0) for cue in ("brow_drawn", "loud", "pace_fast")),
    )
    assert [one.cue for one in moments(busy, made())] == ["arms_crossed", "brow_drawn", "loud"]
    assert moments(busy, None) == busy.findings


def test_the_same_session_gives_the_same_report() -> None:
    assert made() == made()
    report = spoken_report()
    key = fingerprint(report, MARKS, SCENARIO, Speaking.STAFF)
    assert key == made().key
    better = replace(report, words=said("something else", 5.0))
    assert fingerprint(better, MARKS, SCENARIO, Speaking.STAFF) != key
    assert fingerprint(report, MARKS, None, Speaking.STAFF) != key
    ticked = (*MARKS, mark(3.0, MarkKind.TICK, item="sorry", on="true"))
    assert fingerprint(report, ticked, SCENARIO, Speaking.STAFF) == key


def test_with_swapped_roles_nothing_is_looked_for() -> None:
    practice = made(Speaking.CUSTOMER)
    assert not practice.looked
    assert practice.evidence == ()


def test_without_an_engine_nothing_is_looked_for_and_without_words_nothing_found() -> None:
    for words, looked in ((None, False), ((), True)):
        practice = practice_report(
            spoken_report(words), MARKS,
            scenario=SCENARIO, role=Speaking.STAFF, find=find, halves=HALVES,
        )  # fmt: skip
        assert practice.looked is looked
        assert practice.evidence == ()


def tick(on: str, t: float = 3.0) -> tuple[object, ...]:
    return (mark(t, MarkKind.TICK, item="sorry", on=on),)


@pytest.mark.parametrize(
    ("marks", "state"),
    [
        ((), ItemState.SUGGESTED),
        (tick("true"), ItemState.TICKED),
        (tick("false"), ItemState.TAKEN_BACK),
        ((*tick("true"), *tick("false", 4.0)), ItemState.TAKEN_BACK),
        (
            (mark(5.0, MarkKind.VERDICT, finding="P19-done-5000", verdict="disagree"),),
            ItemState.OPEN,
        ),
    ],
)
def test_a_person_outranks_the_machine_both_ways(
    marks: tuple[object, ...], state: ItemState
) -> None:
    states = item_states(SPOKEN, made().evidence, marks)  # type: ignore[arg-type]
    assert states["sorry"] is state
    assert states["no_empty"] is ItemState.OPEN


def test_counts_leave_out_what_a_person_disagrees_with() -> None:
    wrong = Evidence("P20", 1, "…", 0.9, Polarity.WRONG, 7.0, 8.0)
    evidence = (*made().evidence, wrong)
    assert counts(evidence) == {"P19": (1, 0), "P20": (0, 1), "P23": (1, 0)}
    no = mark(7.0, MarkKind.VERDICT, finding=evidence_id(wrong), verdict="disagree")
    assert counts(standing(evidence, [no])) == {"P19": (1, 0), "P23": (1, 0)}


def sentences_of(text: str, words: str) -> list[str]:
    """What stands before each sentence that words lie in: each is played from its beginning."""
    at = text.index(words)
    begins = [0, *(match.end() for match in re.finditer(r"[.?!] ", text))]
    first = max(begin for begin in begins if begin <= at)
    return [text[:begin] for begin in begins if first <= begin < at + len(words)]


def test_what_was_typed_is_found_where_it_was_said() -> None:
    """The goal: within 1 s. The words come one every 0.4 s, so that their places are known."""
    scenario = next(one for one in load_scenarios()[0] if one.id == "hotel_charged_twice")
    finder = Finder(load_practices())
    words: list[object] = []
    marks: list[object] = []
    starts: dict[str, list[float]] = {}
    t = 1.0
    for turn in scenario.good:
        if turn.speaker is Speaking.CUSTOMER:
            spoken = turn.text.split(".")[0]
            ids = [one.id for one in scenario.lines if spoken in one.text]
            marks += line(ids[0] if ids else "opens", t, t + 3.0)
            t += 4.0
            continue
        for note in turn.notes:
            for before in sentences_of(turn.text, note.words):
                starts.setdefault(note.practice, []).append(t + 0.4 * len(before.split()))
        words += said(turn.text, t)
        t = words[-1].end_s + 1.0  # type: ignore[attr-defined]
    report = replace(spoken_report(tuple(words)), duration_s=t)  # type: ignore[arg-type]
    practice = practice_report(
        report, marks, scenario=scenario, role=Speaking.STAFF,  # type: ignore[arg-type]
        find=lambda turns, there: finder.find(turns, scenario=there), halves=HALVES,
    )  # fmt: skip
    for wanted in ("P19", "P22", "P23", "P26"):
        at = [one.start_s for one in practice.evidence if one.practice == wanted]
        truth = [pytest.approx(start, abs=1.0) for start in starts[wanted]]
        assert any(when == start for when in at for start in truth), wanted


def test_what_is_left_out_is_only_ever_found_the_other_way_round() -> None:
    patterns = {one.id: one.patterns for one in load_practices()}
    for practice in AVOIDED:
        assert patterns[practice]
        assert all(pattern.wrong for pattern in patterns[practice]), practice
