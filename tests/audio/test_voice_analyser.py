from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from synth_audio import Sound, blocks, cut, hop, hops, silence, syllables, together

from audio.analyser import TOLD, VoiceAnalyser
from audio.baseline import VOICE_BASELINE_VERSION, first_pass
from audio.types import (
    VOICE_MEASURES,
    AudioBlock,
    Reason,
    Speaker,
    VoiceBaseline,
    VoiceHop,
    VoiceReading,
)

OWN = VoiceBaseline(
    version=VOICE_BASELINE_VERSION,
    room_dbfs=-65.0,
    level_dbfs=-30.0,
    pitch_hz=120.0,
    pitch_low_hz=90.0,
    pitch_high_hz=180.0,
    pitch_sd_st=2.0,
    pace_syl_s=4.0,
    pace_sd_syl_s=0.4,
    sharp_mean=300.0,
    sharp_sd=50.0,
    speech_s=20.0,
    pitch_move_st_s=4.0,
    pitch_lively_st=0.5,
    end_slope_st=-2.0,
    end_slope_sd_st=1.5,
)


@pytest.fixture(scope="module")
def talk() -> Sound:
    """1 s of room, 6 s of talk at 4 syllables a second, 2 s of rest, 4 s of talk, 1 s of room."""
    sound = together(
        silence(1.0), syllables(4.0, 24), silence(2.0), syllables(4.0, 16), silence(1.0)
    )
    return (sound + silence(len(sound) / 16000)).astype(np.float32)


def heard(parts: list[AudioBlock]) -> list[VoiceHop]:
    analyser = VoiceAnalyser()
    return [one for part in parts for one in analyser.hear(part)] + analyser.flush()


def same(one: VoiceHop, other: VoiceHop) -> bool:
    return repr(one) == repr(other)


def test_hops_lie_on_the_grid_and_miss_none(talk: Sound) -> None:
    times = [one.t for one in heard(list(blocks(talk, t0=5.03)))]
    np.testing.assert_allclose(np.diff(times), 0.1, atol=1e-9)
    assert times[0] == pytest.approx(5.2)
    assert times[-1] == pytest.approx(5.03 + len(talk) / 16000, abs=0.1)


@settings(max_examples=12, deadline=None)
@given(sizes=st.lists(st.integers(1, 30000), max_size=30))
def test_the_size_of_blocks_does_not_matter(sizes: list[int]) -> None:
    sound = together(silence(0.3), syllables(5.0, 8), silence(0.4))
    one = heard([AudioBlock(0.07, sound, 16000)])
    many = heard(list(cut(sound, sizes, t0=0.07)))
    assert len(one) == len(many)
    assert all(same(a, b) for a, b in zip(one, many, strict=True))


def test_a_hop_is_told_soon_after_its_end(talk: Sound) -> None:
    analyser = VoiceAnalyser()
    late = [
        block.t + len(block.samples) / 16000 - one.t
        for block in blocks(talk, size=320)
        for one in analyser.hear(block)
    ]
    # What is looked at beyond the end, 107 ms, and one block of 20 ms.
    assert max(late) <= 0.13


def test_talk_pause_run_pace_and_pitch_of_a_made_conversation(talk: Sound) -> None:
    readings = {round(r.t, 1): r for r in read_all(talk)}
    assert readings[0.8].speech is False
    assert readings[3.0].speech is True
    assert readings[3.0].run_s == pytest.approx(2.0, abs=0.15)
    assert readings[3.0].pitch_hz == pytest.approx(120.0, rel=0.2)
    assert readings[6.9].pace_syl_s == pytest.approx(4.0, rel=0.08)
    assert readings[8.9].pause_s == pytest.approx(1.9, abs=0.15)
    assert readings[8.9].run_s is None
    assert readings[8.9].missing["run_s"] is Reason.NOT_SPEAKING
    # In its first half second it might still be a noise.
    assert readings[9.3].pause_s is None
    assert readings[9.8].pause_s == 0.0
    assert readings[11.0].run_s == pytest.approx(2.0, abs=0.15)


def read_all(sound: Sound, analyser: VoiceAnalyser | None = None) -> list[VoiceReading]:
    analyser = analyser or VoiceAnalyser()
    return [r for block in blocks(sound) for r in analyser.push(block)] + analyser.finish()


def test_silence_is_measured_for_its_level_and_nothing_else() -> None:
    last = read_all(silence(3.0, noise_dbfs=-55.0))[-1]
    assert last.level_dbfs == pytest.approx(-55.0, abs=0.5)
    assert last.speech is False
    assert last.pitch_hz is None
    assert last.missing["pitch_hz"] is Reason.NOT_SPEAKING
    assert last.missing["pause_s"] is Reason.NOT_SPEAKING


def test_every_none_has_a_reason_and_every_reason_a_none(talk: Sound) -> None:
    for reading in read_all(talk, VoiceAnalyser(OWN)):
        nones = {name for name in TOLD if getattr(reading, name) is None}
        assert nones == set(reading.missing)


def test_what_needs_an_own_normal_is_not_measured_without_one() -> None:
    reading = run(VoiceAnalyser(), hops([(True, 12.0)]))[-1]
    for name in ("level_over_db", "pitch_st", "sharp"):
        assert getattr(reading, name) is None
        assert reading.missing[name] is Reason.NO_OWN_NORMAL
    assert reading.pace_syl_s is not None


def test_an_own_normal_of_another_version_is_not_used() -> None:
    other = VoiceBaseline(VOICE_BASELINE_VERSION + 1, *[10.0] * 11)
    reading = run(VoiceAnalyser(other), hops([(True, 3.0)]))[-1]
    assert reading.missing["level_over_db"] is Reason.NO_OWN_NORMAL


def run(analyser: VoiceAnalyser, sequence: list[VoiceHop]) -> list[VoiceReading]:
    return [analyser.read(one) for one in sequence]


def test_measures_against_the_own_normal() -> None:
    reading = run(VoiceAnalyser(OWN), hops([(True, 12.0)]))[-1]
    assert reading.level_over_db == pytest.approx(5.0, abs=0.01)
    assert reading.pitch_st == pytest.approx(0.0, abs=0.01)
    assert reading.pitch_sd_st == pytest.approx(0.0, abs=0.01)
    # 100 dB a second above own, own SD 50 between syllables, 25 between means of four.
    assert reading.sharp == pytest.approx(4.0, abs=0.01)


@pytest.mark.parametrize("speaker", [Speaker.CUSTOMER, Speaker.BOTH])
def test_the_customers_voice_is_masked_everywhere(speaker: Speaker) -> None:
    analyser = VoiceAnalyser(OWN, speaker=Speaker.STAFF)
    analyser.set_speaker(3.0, speaker)
    analyser.set_speaker(6.0, Speaker.STAFF)
    readings = {round(r.t, 1): r for r in run(analyser, hops([(True, 10.0)]))}
    assert readings[3.0].speaker is Speaker.STAFF
    assert readings[3.0].speech is True
    assert readings[6.0].speaker is speaker
    # A room gives the voice back for a moment after it ended.
    for t in (3.1, 4.5, 6.0, 6.4):
        assert readings[t].level_dbfs is not None
        for name in TOLD:
            assert getattr(readings[t], name) is None
            assert readings[t].missing[name] is Reason.CUSTOMER_SPEAKING
    assert readings[6.7].speaker is Speaker.STAFF
    assert readings[6.7].speech is True
    assert readings[6.7].run_s == pytest.approx(0.3)


def test_a_customers_loud_turn_leaves_no_trace_in_the_windows() -> None:
    sequence = hops([(True, 10.0)])
    loud = [
        hop(one.t, level_dbfs=0.0, hz=300.0, nuclei_s=(one.t - 0.05,) * 2, slope=5000.0)
        if 5.0 < one.t < 6.05
        else one
        for one in sequence
    ]
    analyser = VoiceAnalyser(OWN, speaker=Speaker.STAFF)
    analyser.set_speaker(5.0, Speaker.CUSTOMER)
    analyser.set_speaker(6.0, Speaker.STAFF)
    last = run(analyser, loud)[-1]
    alone = run(VoiceAnalyser(OWN, speaker=Speaker.STAFF), sequence)[-1]
    assert last.level_over_db == pytest.approx(5.0, abs=0.01)
    assert last.pitch_sd_st == pytest.approx(0.0, abs=0.01)
    assert last.pace_syl_s == pytest.approx(alone.pace_syl_s, rel=0.05)
    assert last.sharp == pytest.approx(4.0, abs=0.01)


def test_a_pause_that_the_customer_fills_is_no_pause() -> None:
    analyser = VoiceAnalyser(speaker=Speaker.STAFF)
    analyser.set_speaker(4.0, Speaker.CUSTOMER)
    analyser.set_speaker(9.0, Speaker.STAFF)
    readings = {
        round(r.t, 1): r for r in run(analyser, hops([(True, 3.0), (False, 8.0), (True, 2.0)]))
    }
    assert readings[4.0].pause_s == pytest.approx(1.0)
    assert readings[7.0].missing["pause_s"] is Reason.CUSTOMER_SPEAKING
    # Until the staff member speaks again there is no talk for it to be a pause of.
    assert readings[10.5].missing["pause_s"] is Reason.NOT_SPEAKING
    assert readings[12.0].pause_s == 0.0


def test_unknown_sound_is_measured_as_one_voice_and_says_so() -> None:
    reading = run(VoiceAnalyser(), hops([(True, 3.0)]))[-1]
    assert reading.speaker is Speaker.UNKNOWN
    assert reading.run_s == pytest.approx(3.0)


def test_switched_off_measures_say_so_in_every_state() -> None:
    off = frozenset({"pace_syl_s", "level_over_db", "speech"})
    analyser = VoiceAnalyser(OWN, speaker=Speaker.STAFF, switched_off=off)
    analyser.set_speaker(8.0, Speaker.CUSTOMER)
    for reading in run(analyser, hops([(True, 7.0), (False, 2.0)])):
        for name in off:
            assert getattr(reading, name) is None
            assert reading.missing[name] is Reason.SWITCHED_OFF
        assert set(reading.missing) <= {*VOICE_MEASURES, "speech", "pitch_hz", "pitch_st"}


def test_nothing_but_zeros_is_no_signal() -> None:
    readings = read_all(np.zeros(16000 * 4, np.float32))
    assert readings[5].missing["pause_s"] is Reason.NOT_SPEAKING
    assert readings[-1].missing["run_s"] is Reason.NO_SIGNAL
    assert readings[-1].speech is None
    assert readings[-1].level_dbfs == -120.0


def test_a_gap_in_the_sound_is_nobodys_pause(talk: Sound) -> None:
    analyser = VoiceAnalyser()
    first = [r for b in blocks(talk[: 16000 * 4]) for r in analyser.push(b)]
    second = [r for b in blocks(talk[16000 * 2 :], t0=9.05) for r in analyser.push(b)]
    times = [r.t for r in first + second]
    assert max(np.diff(times)) > 5.0
    after = second[0] if second[0].t > 9.0 else next(r for r in second if r.t > 9.0)
    assert after.pause_s in (None, 0.0)
    assert after.run_s is None or after.run_s < 0.2


def test_two_passes_agree_and_the_first_pass_finds_the_voice(talk: Sound) -> None:
    sequence = heard(list(blocks(talk)))
    own = first_pass(sequence)
    assert own is not None
    assert own.pitch_hz == pytest.approx(120.0, rel=0.1)
    assert own.pace_syl_s == pytest.approx(4.0, rel=0.1)
    assert own.room_dbfs == pytest.approx(-67.0, abs=2.0)
    assert own.level_dbfs is not None
    assert own.speech_s == pytest.approx(10.0, abs=0.5)
    from_hops = run(VoiceAnalyser(own), sequence)
    assert [repr(r) for r in from_hops] == [repr(r) for r in read_all(talk, VoiceAnalyser(own))]
    levels = [r.level_over_db for r in from_hops if r.level_over_db is not None]
    assert np.median(levels) == pytest.approx(0.0, abs=1.0)


def test_warm_up_and_close_leave_the_analyser_as_it_was(talk: Sound) -> None:
    analyser = VoiceAnalyser()
    analyser.warm_up()
    assert [repr(r) for r in read_all(talk, analyser)] == [repr(r) for r in read_all(talk)]
    analyser.close()
    assert analyser.finish() == []
