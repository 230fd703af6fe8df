from __future__ import annotations

import pytest
from synth_audio import hop, hops

from audio.baseline import VOICE_BASELINE_VERSION, VoiceBaselineBuilder, first_pass
from audio.pace import TalkCount


def test_nothing_heard_gives_no_normal() -> None:
    assert VoiceBaselineBuilder().build() is None
    assert first_pass([]) is None


def test_of_the_room_alone_only_its_level_is_known() -> None:
    builder = VoiceBaselineBuilder()
    for k in range(50):
        builder.add(hop(k * 0.1, talk=False), "room")
    own = builder.build()
    assert own is not None
    assert own.version == VOICE_BASELINE_VERSION
    assert own.room_dbfs == pytest.approx(-65.0)
    assert own.level_dbfs is None
    assert own.pitch_hz is None
    assert own.pace_syl_s is None
    assert own.sharp_mean is None
    assert own.speech_s == 0.0


def test_twenty_seconds_of_talk() -> None:
    builder = VoiceBaselineBuilder()
    for one in hops([(True, 7.0), (False, 0.6), (True, 7.0), (False, 0.4), (True, 6.0)], syl_s=5.0):
        builder.add(one, "talk")
    own = builder.build()
    assert own is not None
    assert own.level_dbfs == pytest.approx(-25.0, abs=0.1)
    assert own.pitch_hz == pytest.approx(120.0)
    # The peaks that these hops hold, through whatever weights ship.
    assert own.pace_syl_s == pytest.approx(TalkCount(9.0, 9.0, 45, 45, 0.124, 1.0).syl_s, rel=0.05)
    assert own.pace_sd_syl_s is not None
    assert own.pace_sd_syl_s >= 0.08 * own.pace_syl_s - 1e-9
    assert own.sharp_mean == pytest.approx(400.0)
    assert own.speech_s == pytest.approx(20.0, abs=0.1)


def test_too_little_talk_gives_the_room_only() -> None:
    own = first_pass(hops([(True, 3.0), (False, 4.0)]))
    assert own is not None
    assert own.level_dbfs is None
    assert own.pitch_hz is None
    assert own.speech_s == pytest.approx(3.0, abs=0.1)


def test_a_dead_device_is_no_room() -> None:
    assert first_pass([hop(k * 0.1, talk=False, signal=False) for k in range(50)]) is None
