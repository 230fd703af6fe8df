from __future__ import annotations

import pytest
from coach.coach_readings import CATALOGUE

from app.coach.report_types import Finding, Item
from app.coach.types import Sense
from app.coach.words import (
    finding_sentence,
    format_duration,
    format_time,
    format_value,
    framing_text,
    item_state,
    measured_detail,
    measured_sentence,
    reason_text,
    times_sentence,
)
from audio.types import Reason as VoiceReason
from vision.types import Framing
from vision.types import Reason as VisionReason


def finding(cue: str, measured: float, lasted_s: float, normal: float | None = None) -> Finding:
    rule = CATALOGUE.rule(cue)
    return Finding(
        f"{cue}-0", cue, 0.0, lasted_s, measured, rule.enter, normal, 1, lasted_s, lasted_s
    )


@pytest.mark.parametrize(
    ("cue", "measured", "lasted_s", "normal", "said"),
    [
        ("arms_crossed", 0.9, 12.2, None, "Arms crossed for 12 s."),
        ("brow_drawn", 0.9, 2.4, None, "Brows drawn together for 2.4 s."),
        ("pace_fast", 4.48, 6.0, 4.0, "12 % faster than your usual pace for 6 s."),
        ("pace_slow", 2.7, 6.0, 3.6, "25 % slower than your usual pace for 6 s."),
        ("loud", 7.0, 3.0, None, "Clearly louder than your usual voice for 3 s."),
        ("soft", -7.0, 3.0, None, "Clearly softer than your usual voice for 3 s."),
        ("flat_voice", 0.84, 9.0, 2.6, "Your voice stayed almost on one note for 9 s."),
        ("slouch", 0.212, 7.0, None, "Head 21 % lower over the shoulders than usual for 7 s."),
        ("lean", 0.15, 3.0, None, "Leaned in for 3 s: 15 % larger in the picture than usual."),
        ("long_pause", 6.1, 6.1, None, "Silence for 6.1 s."),
        (
            "talking_run",
            75.0,
            75.0,
            None,
            "Talked for 1 min 15 s without a pause of a second.",
        ),
    ],
)
def test_a_finding_in_words(
    cue: str, measured: float, lasted_s: float, normal: float | None, said: str
) -> None:
    assert finding_sentence(finding(cue, measured, lasted_s, normal), CATALOGUE.rule(cue)) == said


def test_without_own_normal_no_percentage_is_made_up() -> None:
    said = finding_sentence(finding("pace_fast", 5.0, 6.0), CATALOGUE.rule("pace_fast"))
    assert said == "Faster than usual: 5 syllables a second for 6 s."


def test_every_sentence_of_the_catalogue_can_be_said() -> None:
    for rule in CATALOGUE.rules:
        said = finding_sentence(finding(rule.id, rule.enter, 5.0, 3.0), rule)
        assert "{" not in said
        assert said.endswith(".")
        assert "5 s" in said
        assert measured_sentence(finding(rule.id, rule.enter, 5.0, 3.0), rule).endswith(".")


def test_what_was_measured_and_what_it_was_held_against() -> None:
    said = measured_sentence(finding("pace_fast", 5.0, 6.0, 3.6), CATALOGUE.rule("pace_fast"))
    assert said == (
        "Measured 5 syllables a second, named from at least 4 syllables a second for 3 s; "
        "your normal is 3.6 syllables a second."
    )
    said = measured_sentence(finding("flat_voice", 0.9, 9.0), CATALOGUE.rule("flat_voice"))
    assert "at most 1.2 semitones for 7 s" in said


def test_a_length_is_named_from_a_length_on() -> None:
    said = measured_sentence(finding("talking_run", 29.0, 29.0), CATALOGUE.rule("talking_run"))
    assert said == "Named from 15 s on."


def test_a_number_without_a_unit_stands_in_the_details() -> None:
    arms, rule = finding("arms_crossed", 0.87, 12.0, 0.2), CATALOGUE.rule("arms_crossed")
    said = measured_sentence(arms, rule)
    assert said == "Counted while it was clearly seen, and named from 2.5 s on."
    detail = measured_detail(arms, rule)
    assert "0.87 at most" in detail
    assert "from 0.5 on" in detail
    assert "usual is 0.2" in detail
    assert "clearly heard" in measured_sentence(
        finding("filler", 0.9, 2.0), CATALOGUE.rule("filler")
    )
    assert measured_detail(finding("loud", 7.0, 3.0), CATALOGUE.rule("loud")) == ""


def test_what_came_once_has_no_count_and_more_has_number_and_sum() -> None:
    assert times_sentence(finding("loud", 7.0, 3.0)) == ""
    often = Finding("x-0", "loud", 0, 3, 7, 6, None, 3, 75.0, 3.0)
    assert times_sentence(often) == "3 times, 1 min 15 s in all."


def test_every_reason_and_framing_has_plain_words() -> None:
    for reason in (*VisionReason, *VoiceReason):
        assert reason_text(reason.value)
        assert "_" not in reason_text(reason.value)
        assert reason_text(reason.value) != reason.value.replace("_", " ") or reason.value in {
            "switched_off",
            "too_dark",
        }
    for framing in Framing:
        assert framing_text(framing).endswith(".")
    assert framing_text(Framing.ELBOWS_HIDDEN) == "Step back until your elbows show."


def test_a_sense_that_was_never_there_is_named() -> None:
    assert reason_text("sensor_gone", Sense.VISION) == "there was no picture"
    assert reason_text("sensor_gone", Sense.VOICE) == "there was no sound"


@pytest.mark.parametrize(
    ("seconds", "said"), [(0, "0:00"), (72.9, "1:12"), (3725, "1:02:05"), (-0.1, "0:00")]
)
def test_a_moment_is_written_in_minutes_and_seconds(seconds: float, said: str) -> None:
    assert format_time(seconds) == said


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0.84, "0.8 s"), (3.0, "3 s"), (9.96, "10 s"), (59.6, "1 min"), (65, "1 min 5 s")],
)
def test_a_length_is_written_no_finer_than_one_can_use(seconds: float, said: str) -> None:
    assert format_duration(seconds) == said


@pytest.mark.parametrize(
    ("value", "said"), [(0.834, "0.83"), (6.42, "6.4"), (12.3, "12"), (-7.0, "−7"), (0.5, "0.5")]
)
def test_a_value_is_written_with_two_figures_and_a_true_minus(value: float, said: str) -> None:
    assert format_value(value) == said


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, "not ticked"), (1, "1 of 2"), (2, "done, 2 times"), (4, "4 times; at most 3 is enough")],
)
def test_a_checklist_item_has_a_floor_and_a_ceiling(count: int, said: str) -> None:
    assert item_state(Item("name", "P22", "Name", "Why", 2, 3), count) == said
