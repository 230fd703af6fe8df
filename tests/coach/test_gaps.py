from __future__ import annotations

from dataclasses import replace

import pytest
from coach.coach_readings import OWN, PLAIN, every, heard, pace_rule, seen

from app.coach.gaps import GapTracker
from app.coach.senses import PICTURE
from app.coach.types import CueRule, Gap, Sense
from audio.types import Reason as VoiceReason
from audio.types import VoiceReading
from vision.types import Reason as VisionReason
from vision.types import VisionReading

BROW = replace(PLAIN, id="brow", measure="brow")
FACING = replace(PLAIN, id="facing", measure="facing_off_deg")
EYES = frozenset({Sense.VISION})
BOTH = frozenset(Sense)


def collect(
    readings: list[VisionReading | VoiceReading],
    rules: list[CueRule],
    duration_s: float,
    senses: frozenset[Sense] = EYES,
    **more: frozenset[str],
) -> list[tuple[str | None, str, float, float]]:
    tracker = GapTracker(rules, **more)
    for reading in readings:
        tracker.push(reading)
    return [rounded(gap) for gap in tracker.finish(duration_s, senses)]


def rounded(gap: Gap) -> tuple[str | None, str, float, float]:
    return gap.cue, gap.reason, round(gap.start_s, 3), round(gap.end_s, 3)


def hidden(t: float) -> VisionReading:
    return seen(t, brow=0.1, missing={"arms_score": VisionReason.HIDDEN})


def gone(t: float, reason: VisionReason = VisionReason.NO_PERSON) -> VisionReading:
    return seen(t, missing={"arms_score": reason, "brow": reason, "facing_off_deg": reason})


def both(t: float) -> VisionReading:
    return seen(t, arms_score=0.1, brow=0.1)


def test_everything_measured_leaves_no_gap() -> None:
    assert collect([both(t) for t in every(0, 10)], [PLAIN, BROW], 10.0) == []


def test_a_hidden_cue_is_a_gap_of_that_cue_until_it_is_measured_again() -> None:
    readings = [*map(both, every(0, 2)), *map(hidden, every(2.2, 5.0)), *map(both, every(5.2, 9))]
    assert collect(readings, [PLAIN, BROW], 9.0) == [("plain", "hidden", 2.2, 5.2)]


def test_a_gap_reaches_from_the_start_to_the_end() -> None:
    readings = [hidden(t) for t in every(0.4, 9.8)]
    assert collect(readings, [PLAIN, BROW], 10.0) == [("plain", "hidden", 0.0, 10.0)]


def test_nobody_in_the_picture_is_one_gap_of_the_sense() -> None:
    readings = [*map(both, every(0, 2)), *map(gone, every(2.2, 5.0)), *map(both, every(5.2, 9))]
    assert collect(readings, [PLAIN, BROW], 9.0) == [(None, "no_person", 2.2, 5.2)]


def test_what_is_switched_off_or_without_own_normal_does_not_hide_a_whole_gap() -> None:
    missing = {"facing_off_deg": VisionReason.NO_OWN_NORMAL}
    readings = [
        *[seen(t, arms_score=0.1, brow=0.1, missing=missing) for t in every(0, 2)],
        *map(gone, every(2.2, 5.0)),
    ]
    gaps = collect(readings, [PLAIN, BROW, FACING], 5.0, switched_off=frozenset({"brow"}))
    assert gaps == [
        ("brow", "switched_off", 0.0, 5.0),
        ("facing", "no_own_normal", 0.0, 2.2),
        (None, "no_person", 2.2, 5.0),
    ]


def test_hidden_and_nobody_are_told_apart() -> None:
    readings = [*map(hidden, every(0, 2)), *map(gone, every(2.2, 5.0)), *map(hidden, every(5.2, 9))]
    assert collect(readings, [PLAIN, BROW], 9.0) == [
        ("plain", "hidden", 0.0, 2.2),
        (None, "no_person", 2.2, 5.2),
        ("plain", "hidden", 5.2, 9.0),
    ]


def test_looks_at_face_and_body_in_turns_make_one_whole_gap() -> None:
    reason = {"arms_score": VisionReason.NO_PERSON, "brow": VisionReason.NO_PERSON}
    readings = [
        VisionReading(n / 15, face_looked=True, body_looked=n % 3 == 1, missing=reason)
        for n in range(15 * 6)
    ]
    (gap,) = collect(readings, [PLAIN, BROW], 6.0)
    assert gap[:2] == (None, "no_person")
    assert gap[2] <= 0.1
    assert gap[3] == pytest.approx(6.0, abs=0.1)


def test_a_silent_sense_is_a_gap_of_the_sense() -> None:
    readings = [*map(both, every(0, 2)), *map(both, every(6, 8))]
    assert collect(readings, [PLAIN, BROW], 12.0) == [
        (None, "sensor_gone", 2.0, 6.0),
        (None, "sensor_gone", 8.0, 12.0),
    ]


def test_pictures_that_came_and_were_not_looked_at_are_told_as_such() -> None:
    late = replace(both(6.0), missing={PICTURE: VisionReason.TOO_FEW_LOOKS})
    readings = [*map(both, every(0, 2)), late, *map(both, every(6.2, 8))]
    assert collect(readings, [PLAIN, BROW, FACING], 12.0, switched_off=frozenset({"facing"})) == [
        ("facing", "switched_off", 0.0, 2.0),
        (None, "too_few_looks", 2.0, 6.0),
        ("facing", "switched_off", 6.0, 8.0),
        (None, "sensor_gone", 8.0, 12.0),
    ]


def test_a_late_start_is_a_gap() -> None:
    assert collect([both(t) for t in every(3, 8)], [PLAIN, BROW], 8.0) == [
        (None, "sensor_gone", 0.0, 3.0)
    ]


def test_a_sense_that_is_not_there_is_one_gap_from_start_to_end() -> None:
    readings = [both(t) for t in every(0, 5)]
    rules = [PLAIN, BROW, pace_rule(id="pace")]
    for senses in (EYES, BOTH):
        assert collect(readings, rules, 5.0, senses) == [(None, "sensor_gone", 0.0, 5.0)]


def test_a_rule_without_its_own_normal_is_not_measured_at_all() -> None:
    rule = pace_rule(id="pace", needs_own=True)
    readings = [heard(t, pace_syl_s=3.0) for t in every(0.1, 5, 0.1)]
    tracker, with_normal = GapTracker([rule]), GapTracker([rule], baseline=OWN)
    for reading in readings:
        tracker.push(reading)
        with_normal.push(reading)
    ears = frozenset({Sense.VOICE})
    assert [rounded(g) for g in tracker.finish(5.0, ears)] == [("pace", "no_own_normal", 0.0, 5.0)]
    assert with_normal.finish(5.0, ears) == []


@pytest.mark.parametrize(("until_s", "told"), [(2.5, False), (2.6, True)])
def test_less_than_half_a_second_is_no_gap(until_s: float, *, told: bool) -> None:
    readings = [*map(both, every(0, 2)), hidden(2.1), *map(both, every(until_s, 5))]
    gaps = [("plain", "hidden", 2.1, until_s)] if told else []
    assert collect(readings, [PLAIN, BROW], 5.0) == gaps


def test_cues_that_are_hidden_together_are_told_each_by_its_name() -> None:
    why = {"arms_score": VisionReason.HIDDEN, "brow": VisionReason.HIDDEN}
    readings = [seen(t, missing=why) for t in every(0, 4)]
    assert collect(readings, [PLAIN, BROW], 4.0) == [
        ("brow", "hidden", 0.0, 4.0),
        ("plain", "hidden", 0.0, 4.0),
    ]


def silent(t: float) -> VoiceReading:
    why = VoiceReason.NOT_SPEAKING
    return heard(t, missing={"pace_syl_s": why, "level_over_db": why, "pause_s": why})


def paused(t: float) -> VoiceReading:
    why = VoiceReason.NOT_SPEAKING
    return heard(t, pause_s=1.0, missing={"pace_syl_s": why, "level_over_db": why})


VOICE_RULES = [
    pace_rule(id="pace", own=None),
    pace_rule(id="loud", measure="level_over_db", own=None),
    pace_rule(id="pause", measure="pause_s", own=None),
]


def test_nobody_speaking_at_all_is_one_gap_of_the_voice() -> None:
    readings = [silent(t) for t in every(0.1, 10, 0.1)]
    gaps = collect(readings, VOICE_RULES, 10.0, frozenset({Sense.VOICE}))
    assert gaps == [(None, "not_speaking", 0.0, 10.0)]


@pytest.mark.parametrize(("length_s", "count"), [(2.5, 0), (3.5, 2)])
def test_a_pause_between_sentences_is_no_gap_in_measuring(length_s: float, count: int) -> None:
    talk = {"pace_syl_s": 3.0, "level_over_db": 0.0, "pause_s": 0.0}
    readings = [heard(t, **talk) for t in every(0.1, 5, 0.1)]
    readings += [paused(t) for t in every(5.1, 5 + length_s, 0.1)]
    readings += [heard(t, **talk) for t in every(5.1 + length_s, 12, 0.1)]
    gaps = collect(readings, VOICE_RULES, 12.0, frozenset({Sense.VOICE}))
    assert [gap[1] for gap in gaps] == ["not_speaking"] * count


def test_the_customer_speaking_is_one_gap_of_the_voice() -> None:
    why = VoiceReason.CUSTOMER_SPEAKING
    masked = {"pace_syl_s": why, "level_over_db": why}
    rules = [pace_rule(id="pace"), pace_rule(id="loud", measure="level_over_db", own=None)]
    readings = [heard(t, pace_syl_s=3.0, level_over_db=0.0) for t in every(0.1, 2, 0.1)]
    readings += [heard(t, missing=masked) for t in every(2.1, 4, 0.1)]
    gaps = collect(readings, rules, 4.0, frozenset({Sense.VOICE}))
    assert gaps == [(None, "customer_speaking", 2.1, 4.0)]
