"""What a soft tone of the program's own touched is not measured, and tells why."""

from __future__ import annotations

from dataclasses import replace

import pytest
from synth_audio import hops

from audio.analyser import VoiceAnalyser
from audio.types import Reason, Speaker, VoiceReading

START_S, END_S = 6.2, 6.9


def read(*, tone: bool) -> list[VoiceReading]:
    """6 s of talk, a breath of 1 s with a tone in it, 6 s of talk."""
    analyser = VoiceAnalyser(speaker=Speaker.STAFF)
    if tone:
        analyser.mask_tone(START_S, END_S)
    readings = []
    for one in hops([(True, 6.0), (False, 1.0), (True, 6.0)]):
        loud = tone and START_S < one.t <= END_S
        readings.append(analyser.read(replace(one, level_dbfs=-6.0) if loud else one))
    return readings


def test_hops_under_the_tone_are_not_measured_and_say_why() -> None:
    under = [one for one in read(tone=True) if START_S < one.t <= END_S + 1e-6]
    assert len(under) == 7
    for one in under:
        assert one.speech is None
        assert one.level_over_db is None
        assert set(one.missing.values()) == {Reason.TONE}


def test_what_is_measured_after_the_tone_is_what_it_would_have_been_without() -> None:
    toned = {round(one.t, 1): one for one in read(tone=True) if one.t > END_S + 0.05}
    plain = {round(one.t, 1): one for one in read(tone=False)}
    assert toned
    last = max(toned)
    assert toned[last].pace_syl_s == pytest.approx(plain[last].pace_syl_s, abs=0.05)
    assert toned[last].speech == plain[last].speech


def test_the_customers_turn_stays_the_customers() -> None:
    analyser = VoiceAnalyser(speaker=Speaker.CUSTOMER)
    analyser.mask_tone(0.0, 1.0)
    reading = analyser.read(next(iter(hops([(True, 1.0)]))))
    assert set(reading.missing.values()) == {Reason.CUSTOMER_SPEAKING}
