from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

import pytest
from coach.coach_readings import CATALOGUE, OWN

from app.coach.catalogue import Catalogue
from app.coach.marks import tick_counts
from app.coach.report import build_report, choose_findings
from app.coach.types import CueEvent, Gap, Lane, Mark, MarkKind, Sense
from app.coach.verdicts import verdicts
from app.coach.words import missing_text
from audio.types import Reason as VoiceReason

if TYPE_CHECKING:
    from app.coach.report_types import Report


VOICES = (
    "faster than usual, slower than usual, raised voice, softer than usual, "
    "voice on one note, livelier voice, words starting hard"
)


def event(cue: str, start_s: float, end_s: float, peak: float | None = None) -> CueEvent:
    rule = CATALOGUE.rule(cue)
    return CueEvent(cue, start_s, end_s, rule.enter if peak is None else peak, rule.enter)


def mark(kind: MarkKind, t: float, id: str = "", revises: str = "", **data: str) -> Mark:  # noqa: A002
    return Mark(t, Lane.SELF, kind, "ana", MappingProxyType(data), id, revises)


def cues(events: list[CueEvent], focus: str | None = None) -> list[str]:
    return [finding.cue for finding in choose_findings(events, CATALOGUE, focus)]


def report(**more: object) -> Report:
    values: dict[str, object] = {
        "duration_s": 60.0,
        "events": [],
        "gaps": [],
        "curves": [],
        "marks": [],
        "catalogue": CATALOGUE,
    }
    return build_report(**(values | more))  # type: ignore[arg-type]


def test_at_most_three_and_one_a_cue() -> None:
    events = [
        event("arms_crossed", 0, 5),
        event("arms_crossed", 10, 15),
        event("brow_drawn", 0, 3),
        event("loud", 0, 5),
        event("long_pause", 20, 26),
    ]
    found = cues(events)
    assert len(found) == 3
    assert len(set(found)) == 3


def test_the_focus_cue_comes_first_however_light() -> None:
    events = [event("arms_crossed", 0, 50, 1.0), event("brow_drawn", 3, 4.2)]
    assert cues(events) == ["arms_crossed", "brow_drawn"]
    assert cues(events, "brow_drawn") == ["brow_drawn", "arms_crossed"]


def test_further_beyond_the_threshold_weighs_more() -> None:
    mild, strong = event("arms_crossed", 0, 5), event("face_touch", 0, 4, 1.0)
    assert cues([mild, strong]) == ["face_touch", "arms_crossed"]


def test_of_two_cues_the_one_that_lasted_longer_leads() -> None:
    assert cues([event("arms_crossed", 0, 5), event("face_touch", 0, 5.5)])[0] == "face_touch"
    assert cues([event("arms_crossed", 0, 9), event("face_touch", 0, 5.5)])[0] == "arms_crossed"


def test_one_wild_peak_does_not_outweigh_everything() -> None:
    wild = event("loud", 0, 2.0, peak=60.0)
    assert cues([wild, event("arms_crossed", 0, 12.0)])[0] == "arms_crossed"


def test_of_equals_the_earlier_one() -> None:
    first, second = event("arms_crossed", 8, 10.5), event("face_touch", 4, 6)
    assert cues([first, second]) == ["face_touch", "arms_crossed"]


def test_of_equals_at_one_moment_the_catalogue_s_first_leads() -> None:
    rule = CATALOGUE.rule("arms_crossed")
    twins = Catalogue((replace(rule, id="b"), replace(rule, id="a")))
    found = choose_findings([CueEvent(cue, 0, 5, 0.9, 0.5) for cue in ("a", "b")], twins, None)
    assert [one.cue for one in found] == ["b", "a"]


def test_below_is_judged_on_its_own_side() -> None:
    deep = choose_findings([event("soft", 0, 6, -12.0)], CATALOGUE, None)
    assert deep[0].measured == -12.0
    flat, soft = event("flat_voice", 0, 7, 1.2), event("soft", 0, 3, -12.0)
    assert cues([flat, soft]) == ["soft", "flat_voice"]


@pytest.mark.parametrize("cue", ["smile", "nod"])
def test_context_is_never_a_finding(cue: str) -> None:
    assert cues([event(cue, 0, 30, 1.0)], focus=cue) == []


def test_what_is_too_short_to_be_named_is_not() -> None:
    assert cues([event("arms_crossed", 0, 2.4)], focus="arms_crossed") == []
    assert cues([event("arms_crossed", 0, 2.5)]) == ["arms_crossed"]


def test_a_finding_carries_moment_value_threshold_and_sums() -> None:
    events = [
        event("arms_crossed", 0, 1),
        event("arms_crossed", 5, 8, 0.7),
        event("arms_crossed", 20, 26, 0.9),
    ]
    (finding,) = choose_findings(events, CATALOGUE, None)
    assert (finding.id, finding.start_s, finding.end_s) == ("arms_crossed-20000", 20, 26)
    assert (finding.measured, finding.threshold) == (0.9, 0.5)
    assert (finding.times, finding.total_s, finding.lasted_s) == (2, 9, 6)


def test_a_verdict_keeps_the_finding_and_is_kept_itself() -> None:
    marks = [
        mark(MarkKind.VERDICT, 70, finding="arms_crossed-0", verdict="disagree"),
        mark(MarkKind.VERDICT, 71, finding="loud-0", verdict="disagree"),
        mark(MarkKind.VERDICT, 72, finding="loud-0", verdict="agree"),
    ]
    made = report(events=[event("arms_crossed", 0, 5)], marks=marks)
    assert [finding.cue for finding in made.findings] == ["arms_crossed"]
    assert verdicts(marks) == {"arms_crossed-0": "disagree", "loud-0": "agree"}


def test_what_was_not_measured_is_summed_up_longest_first() -> None:
    gaps = [
        Gap(Sense.VISION, "arms_crossed", "hidden", 0, 10),
        Gap(Sense.VISION, "arms_crossed", "hidden", 20, 25),
        Gap(Sense.VOICE, None, "sensor_gone", 40, 60),
    ]
    rows = report(gaps=gaps).not_measured
    voice = [rule.id for rule in CATALOGUE.rules if rule.sense is Sense.VOICE]
    assert [(row.cue, row.reason, row.seconds) for row in rows] == [
        *[(cue, "sensor_gone", 20) for cue in voice],
        ("arms_crossed", "hidden", 15),
    ]


def test_silence_is_no_failure_to_measure_unless_it_lasts_from_start_to_end() -> None:
    pauses = [Gap(Sense.VOICE, "pace_fast", "not_speaking", 10, 30)]
    assert report(gaps=pauses).not_measured == ()
    silence = [Gap(Sense.VOICE, "pace_fast", "not_speaking", 0, 60)]
    assert [row.seconds for row in report(gaps=silence).not_measured] == [60]


def test_ticks_count_as_they_stand_at_the_end() -> None:
    marks = [
        mark(MarkKind.TICK, 10, item="apology", on="true"),
        mark(MarkKind.TICK, 20, item="recap", on="true"),
        mark(MarkKind.TICK, 30, item="apology", on="false"),
        mark(MarkKind.TICK, 40, item="name", on="true"),
        mark(MarkKind.TICK, 50, item="name", on="true"),
    ]
    assert report(marks=marks).ticked == ("recap", "name")
    assert tick_counts(marks) == {"recap": 1, "name": 2}


def test_revised_marks_and_tombstones_are_left_out() -> None:
    marks = [
        mark(MarkKind.TICK, 10, id="a", item="apology", on="true"),
        mark(MarkKind.TICK, 20, id="b", item="recap", on="true"),
        replace(mark(MarkKind.TICK, 30, id="c", revises="a", item="apology"), tombstone=True),
    ]
    assert report(marks=marks).ticked == ("recap",)


def test_of_each_cue_one_thing_is_said_about_the_own_normal() -> None:
    own = replace(OWN, origin="first_pass")
    gap = Gap(Sense.VOICE, "loud", VoiceReason.NO_OWN_NORMAL.value, 0.0, 60.0)
    made = report(duration_s=60.0, gaps=[gap], baseline=own)
    (note,) = [one for one in made.notes if "own normal" in one]
    (row,) = made.not_measured
    told = {rule.id: rule.name in note for rule in CATALOGUE.rules}
    assert row.cue == "loud"
    assert not told["loud"]
    assert told["pace_fast"]
    assert not told["arms_crossed"], "it needs none"
    rule = CATALOGUE.rule("loud")
    assert missing_text(row.reason, rule) == rule.without_normal
    assert "own normal was not measured" not in rule.without_normal


def test_it_says_how_far_it_can_be_trusted() -> None:
    own = replace(OWN, origin="first_pass", notes=("The voice was left out.",))
    fault = mark(MarkKind.FAULT, 72, what="The camera does not answer.", sense="vision")
    made = report(
        duration_s=12.0,
        senses=frozenset({Sense.VOICE}),
        baseline=own,
        switched_off=frozenset({"smile"}),
        marks=[fault],
    )
    assert made.notes == (
        "There was no picture: only the voice was measured.",
        "Nobody said who is speaking: all sound was measured as one voice.",
        f"Your own normal was worked out from this recording itself for: {VOICES}.",
        "The voice was left out.",
        "It lasted 0:12: a report on so little says little.",
        "Switched off: smile.",
        "At 1:12: The camera does not answer.",
    )
    assert made.baseline == own


@pytest.mark.parametrize(("duration_s", "short"), [(19.9, True), (20.0, False)])
def test_less_than_twenty_seconds_are_said_to_be_little(duration_s: float, *, short: bool) -> None:
    notes = report(duration_s=duration_s).notes
    assert any("says little" in note for note in notes) is short


@pytest.mark.parametrize(
    ("until_s", "said"),
    [
        (60, "Your focus, arms crossed, was not measured: out of sight"),
        (40, "Your focus, arms crossed, was not measured for most of it: out of sight"),
        (20, None),
    ],
)
def test_a_focus_that_could_not_be_measured_is_said_first(until_s: float, said: str | None) -> None:
    gaps = [Gap(Sense.VISION, "arms_crossed", "hidden", 0, until_s)]
    first = report(gaps=gaps, focus="arms_crossed").notes[0]
    assert first.startswith(said or "Nobody said who is speaking")
    assert report(gaps=gaps, focus="loud").notes[0].startswith("Nobody said who is speaking")


@pytest.mark.parametrize(("speaker", "labelled"), [("staff", True), ("unknown", False)])
def test_labelled_speakers_are_said(speaker: str, labelled: bool) -> None:
    made = report(marks=[mark(MarkKind.SPEAKER, 0, speaker=speaker)])
    assert made.speakers_labelled is labelled
    assert any("one voice" in note for note in made.notes) is not labelled


def test_events_and_gaps_are_in_order() -> None:
    made = report(
        events=[event("loud", 9, 12), event("smile", 1, 2)],
        gaps=[Gap(Sense.VOICE, None, "no_signal", 5, 6), Gap(Sense.VISION, None, "too_dark", 2, 3)],
    )
    assert [one.start_s for one in made.events] == [1, 9]
    assert [one.start_s for one in made.gaps] == [2, 5]
