from __future__ import annotations

from dataclasses import replace

import pytest
from practice_material import MARKS, WORDS, machine, said, spoken_report

from app.coach.catalogue import load_catalogue
from app.coach.practice_words import talk_sentences
from app.coach.report_types import Curve, Report
from app.coach.take_facts import take_facts
from app.coach.talk_facts import talk_facts
from app.coach.types import Baseline, Gap, MarkKind, Sense
from audio.types import VoiceBaseline
from vision.types import Reason


def with_level(loud: list[tuple[float, float]]) -> Report:
    """Loud in these stretches and while the staff member's words go."""
    report = spoken_report()
    t = tuple(at / 10 for at in range(600))
    stretches = [*loud, *((word.start_s, word.end_s) for word in WORDS)]
    values = tuple(-25.0 if any(a <= at <= b for a, b in stretches) else -60.0 for at in t)
    return replace(report, curves=(Curve("level_dbfs", Sense.VOICE, "dB", t, values),))


def test_share_and_answers_come_from_words_and_marks() -> None:
    facts = talk_facts(spoken_report(), MARKS)
    assert facts is not None
    assert facts.customer_s == pytest.approx(6.0)
    assert facts.staff_s == pytest.approx(2.72 + 1.92)
    assert facts.share == pytest.approx(4.64 / 10.64)
    assert facts.gaps_s == pytest.approx((1.0, 2.0))
    assert facts.overlaps == ()


@pytest.mark.parametrize(
    ("loud", "overlaps"),
    [
        ([(11.0, 11.8)], 1),
        ([(11.0, 11.3)], 0),  # "mm-hm"
        ([(9.5, 10.2)], 0),  # the end of one's own sentence
        ([(11.0, 11.4), (11.5, 11.9)], 1),  # a dip inside a word
    ],
)
def test_talking_over_the_customer_counts_from_half_a_second(
    loud: list[tuple[float, float]], overlaps: int
) -> None:
    facts = talk_facts(with_level(loud), MARKS)
    assert facts is not None
    assert facts.overlaps is not None
    assert len(facts.overlaps) == overlaps
    if overlaps:
        assert facts.overlaps[0] == pytest.approx((10.9, loud[-1][1]), abs=0.11)


def test_a_microphone_that_hears_the_customer_cannot_tell_overlaps() -> None:
    facts = talk_facts(with_level([(1.0, 4.0), (10.0, 13.0)]), MARKS)
    assert facts is not None
    assert facts.overlaps is None
    assert any("headphones" in sentence for sentence, _ in talk_sentences(facts))


def test_a_key_for_both_voices_is_an_overlap() -> None:
    marks = (
        *MARKS,
        machine(20.0, MarkKind.SPEAKER, speaker="both"),
        machine(21.0, MarkKind.SPEAKER, speaker="staff"),
    )
    facts = talk_facts(spoken_report(), marks)
    assert facts is not None
    assert facts.overlaps == ((20.0, 21.0),)


def test_nothing_is_said_where_nobody_said_who_speaks_or_nobody_spoke() -> None:
    assert talk_facts(spoken_report(), ()) is None
    assert talk_facts(spoken_report(()), MARKS) is None


def test_sentences_tell_and_do_not_judge() -> None:
    facts = talk_facts(with_level([(11.0, 11.8)]), MARKS)
    assert facts is not None
    sentences = talk_sentences(facts)
    assert sentences[0][0].startswith("You talked for 4.6 s, the customer for 6 s: 44 %")
    assert sentences[1][1] == pytest.approx(10.9, abs=0.11)


def test_a_take_is_held_against_the_own_normal() -> None:
    voice = VoiceBaseline(1, -60.0, -25.0, 200.0, 150.0, 300.0, 2.0, 4.0, 0.3, None, None, 20.0)
    baseline = Baseline("2026-11-22T00:00:00+00:00", "calibration", voice=voice)
    t = tuple(at / 10 for at in range(100))
    report = replace(
        spoken_report(said("all of this at once", 2.0)),
        curves=(
            Curve("run_syl_s", Sense.VOICE, "", t, tuple(5.0 if 2 <= at < 4 else None for at in t)),
            Curve("pitch_st", Sense.VOICE, "", t, (None,) * 98 + (1.0, 1.0)),
        ),
    )
    facts = take_facts(report, 1.0, 5.0, baseline)
    assert facts.words == "all of this at once"
    assert facts.lasted_s == pytest.approx(1.92)
    assert facts.pace_part == pytest.approx(0.25)
    assert facts.level_db is None
    assert facts.pitch_st is None  # 0.2 s of pitch is too little
    assert take_facts(report, 1.0, 5.0, None).pace_part is None
    assert take_facts(report, 6.0, 9.0, baseline).words == ""


def test_a_take_says_for_how_long_its_cue_was_seen_of_how_long_it_could_be() -> None:
    arms = load_catalogue().rule("arms_crossed")
    hidden = Reason.HIDDEN.value
    report = replace(
        spoken_report(),  # arms crossed from 4 to 9 s
        gaps=(
            Gap(Sense.VISION, "arms_crossed", hidden, 10.0, 12.0),
            Gap(Sense.VISION, "brow_drawn", hidden, 0.0, 60.0),
            Gap(Sense.VISION, None, Reason.NO_PERSON.value, 12.0, 13.0),
            Gap(Sense.VOICE, None, Reason.SENSOR_GONE.value, 0.0, 60.0),
        ),
    )
    facts = take_facts(report, 3.0, 14.0, None, arms)
    assert (facts.cue_s, facts.cue_of_s, facts.cue_missing) == (5.0, 8.0, "")
    # A stretch in which the cue could hardly be seen says nothing, and why: what took most of it.
    facts = take_facts(report, 9.8, 13.0, None, arms)
    assert (facts.cue_s, facts.cue_of_s, facts.cue_missing) == (None, None, hidden)
    facts = take_facts(report, 3.0, 14.0, None)
    assert (facts.cue_s, facts.cue_of_s, facts.cue_missing) == (None, None, "")
