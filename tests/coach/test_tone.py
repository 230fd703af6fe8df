from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from app.coach.catalogue import load_catalogue
from app.coach.report import build_report
from app.coach.report_types import Curve, Report
from app.coach.tone import NEEDED, tone_scales
from app.coach.types import Baseline, Sense
from audio.types import VoiceBaseline

if TYPE_CHECKING:
    from collections.abc import Mapping

OWN = VoiceBaseline(
    version=2, room_dbfs=-60.0, level_dbfs=-30.0, pitch_hz=120.0, pitch_low_hz=90.0,
    pitch_high_hz=180.0, pitch_sd_st=2.0, pace_syl_s=4.0, pace_sd_syl_s=0.4, sharp_mean=300.0,
    sharp_sd=50.0, speech_s=30.0, pitch_move_st_s=8.0, end_slope_st=-2.0, end_slope_sd_st=1.5,
)  # fmt: skip


def report(values: Mapping[str, float | None], own: VoiceBaseline | None = OWN) -> Report:
    t = tuple(k * 0.1 for k in range(NEEDED + 1))
    curves = [
        Curve(name, Sense.VOICE, "", t, (None, *(value,) * NEEDED))
        for name, value in values.items()
    ]
    baseline = None if own is None else Baseline("2026-01-01T00:00:00Z", "calibration", None, own)
    return build_report(
        duration_s=60.0, events=[], gaps=[], curves=curves, marks=[], catalogue=load_catalogue(),
        baseline=baseline,
    )  # fmt: skip


USUAL = {
    "lively": 1.0, "level_over_db": 0.0, "run_syl_s": 4.0, "pitch_st": 0.0, "end_slope_st": -2.0,
    "sharp": 0.0,
}  # fmt: skip


def test_own_normal_is_the_middle_of_every_scale() -> None:
    scales = tone_scales(report(dict(USUAL)))
    assert [scale.id for scale in scales] == [
        "liveliness", "loudness", "pace", "height", "ends", "onsets",
    ]  # fmt: skip
    for scale in scales:
        assert scale.position == pytest.approx(0.0)
        assert scale.word == "as usual"


@pytest.mark.parametrize(
    ("measure", "low", "high", "words"),
    [
        ("lively", 0.5, 2.0, ("flatter", "livelier")),
        ("level_over_db", -7.0, 7.0, ("softer", "louder")),
        ("run_syl_s", 3.4, 4.6, ("slower", "faster")),
        ("pitch_st", -3.0, 3.0, ("lower", "higher")),
        ("end_slope_st", -5.0, 1.0, ("ending lower", "ending higher")),
        ("sharp", -1.5, 1.5, ("softer starts", "harder starts")),
    ],
)
def test_each_scale_has_two_ends(
    measure: str, low: float, high: float, words: tuple[str, str]
) -> None:
    for value, word in zip((low, high), words, strict=True):
        scales = tone_scales(report({**USUAL, measure: value}))
        assert [scale.word for scale in scales if scale.word != "as usual"] == [word]


@pytest.mark.parametrize(
    ("measure", "value", "told"),
    [
        ("lively", 2.0, "your pitch moved 2 times as much as usual"),
        ("lively", 0.5, "your pitch moved only 0.5 times as much as usual"),
        ("level_over_db", 7.0, "7 dB above your usual level"),
        ("level_over_db", -7.0, "7 dB below your usual level"),
        ("run_syl_s", 4.6, "15 % above your usual pace"),
        ("run_syl_s", 3.4, "15 % below your usual pace"),
        ("pitch_st", -3.0, "3 semitones below your middle pitch"),
        ("end_slope_st", 1.0, "your sentences ended 3 semitones higher than usual"),
        ("sharp", -1.5, "softer by 1.5 times what is usual for you to vary"),
        ("lively", 1.0, "your pitch moved about as much as usual"),
        ("lively", 0.996, "your pitch moved about as much as usual"),
        ("level_over_db", 0.0, "about your usual level"),
        ("level_over_db", 0.004, "about your usual level"),
        ("level_over_db", -0.004, "about your usual level"),
        ("run_syl_s", 4.0, "about your usual pace"),
        ("pitch_st", 0.0, "about your middle pitch"),
        ("end_slope_st", -2.0, "your sentences ended about as usual"),
        ("sharp", 0.0, "your words started about as usual"),
    ],
)
def test_a_difference_is_told_by_its_size_and_its_side(
    measure: str, value: float, told: str
) -> None:
    assert told in [scale.told for scale in tone_scales(report({**USUAL, measure: value}))]


def test_a_sentence_is_translated_before_its_number_is_put_in() -> None:
    german = {"{value} dB above your usual level": "{value} dB über Ihrer üblichen Lautstärke"}
    scales = tone_scales(
        report({**USUAL, "level_over_db": 7.0}), lambda text: german.get(text, text)
    )
    assert scales[1].told == "7 dB über Ihrer üblichen Lautstärke"


def test_a_scale_ends_where_it_ends() -> None:
    places = {one.id: one.position for one in tone_scales(report({"level_over_db": 40.0}))}
    assert places.pop("loudness") == 1.0
    assert set(places.values()) == {None}


def test_what_was_not_measured_has_no_place() -> None:
    for scale in tone_scales(report({})):
        assert scale.position is None
        assert scale.word == ""
        assert scale.told == ""
    assert all(scale.position is None for scale in tone_scales(report(USUAL, own=None)))
    without = tone_scales(report(dict(USUAL), own=replace(OWN, pace_syl_s=None, end_slope_st=None)))
    assert {scale.id for scale in without if scale.position is None} == {"pace", "ends"}
