from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import numpy as np
import pytest
from synth_audio import blocks, hop, silence, syllables, together

from audio.analyser import VoiceAnalyser
from audio.baseline import VOICE_BASELINE_VERSION, first_pass
from audio.reception import ReceptionWatch
from audio.types import Reason, Reception, Speaker, VoiceBaseline, VoiceHop


def at(k: int, *, floor_db: float = -60.0, clipped: bool = False, talk: bool = True) -> VoiceHop:
    one = hop(k * 0.1, talk=talk, level_dbfs=-25.0)
    return replace(one, clipped=clipped, features=MappingProxyType({"floor_dbfs": floor_db}))


def last(hops: list[VoiceHop], speaker: Speaker = Speaker.STAFF) -> Reception | None:
    watch = ReceptionWatch()
    return [watch.push(one, speaker) for one in hops][-1]


def test_clear_talk_has_nothing_wrong() -> None:
    assert last([at(k) for k in range(60)]) is None


def test_a_single_click_is_no_clipping_and_several_are() -> None:
    assert last([at(k, clipped=k == 50) for k in range(60)]) is None
    assert last([at(k, clipped=k in {50, 53, 57}) for k in range(60)]) is Reception.CLIPPING
    assert last([at(k, clipped=k < 3) for k in range(60)]) is None


def test_talk_hardly_above_the_room_is_too_far() -> None:
    assert last([at(k, floor_db=-31.0) for k in range(60)]) is Reception.TOO_FAR
    assert last([at(k, floor_db=-45.0) for k in range(60)]) is None


def test_too_little_talk_says_nothing() -> None:
    hops = [at(k, floor_db=-31.0, talk=k % 10 == 0) for k in range(60)]
    assert last(hops) is None


def test_a_voice_in_the_customers_turn_is_the_loudspeaker() -> None:
    hops = [at(k) for k in range(40)]
    assert last(hops, Speaker.CUSTOMER) is Reception.LOUDSPEAKER
    assert last(hops, Speaker.BOTH) is Reception.LOUDSPEAKER
    quiet = [at(k, talk=False) for k in range(40)]
    assert last(quiet, Speaker.CUSTOMER) is None
    assert last(hops[:10], Speaker.CUSTOMER) is None


@pytest.mark.parametrize(
    ("gain", "noise_dbfs", "wrong"),
    [(1.0, -70.0, None), (30.0, -70.0, Reception.CLIPPING), (0.1, -45.0, Reception.TOO_FAR)],
)
def test_the_analyser_tells_from_sound(
    gain: float, noise_dbfs: float, wrong: Reception | None
) -> None:
    talk = together(silence(1.0), syllables(4.0, 24), silence(0.5)) * np.float32(gain)
    sound = np.clip(talk + silence(len(talk) / 16000, noise_dbfs=noise_dbfs), -1.0, 1.0)
    analyser = VoiceAnalyser(speaker=Speaker.STAFF)
    told = [r.reception for b in blocks(sound.astype(np.float32)) for r in analyser.push(b)]
    assert told[60] is wrong


def test_the_level_of_clipped_talk_is_a_gap_with_its_reason_and_no_number() -> None:
    """From a few cut peaks a level is still true; the way back is a little longer."""
    own = VoiceBaseline(
        VOICE_BASELINE_VERSION, -60.0, -30.0, 120.0, 90.0, 180.0, 2.0, 4.0, 0.6, None, None, 20.0
    )
    analyser = VoiceAnalyser(own, speaker=Speaker.STAFF)
    shares = [(0.3, 40), (1.0, 40), (0.55, 40), (0.3, 40)]
    cuts = [k % 20 < round(20 * share) for share, count in shares for k in range(count)]
    readings = [analyser.read(at(k, clipped=cut)) for k, cut in enumerate(cuts)]
    few, most, half, again = (readings[end] for end in (39, 79, 119, 159))
    assert few.level_over_db == pytest.approx(5.0)
    for one in (most, half):
        assert one.level_over_db is None
        assert one.missing["level_over_db"] is Reason.CLIPPED
    assert again.level_over_db == pytest.approx(5.0)


def test_an_own_level_is_not_made_of_clipped_talk() -> None:
    clear = first_pass([at(k) for k in range(300)])
    cut = first_pass([at(k, clipped=True) for k in range(300)])
    assert clear is not None
    assert cut is not None
    assert clear.level_dbfs == pytest.approx(-25.0)
    assert cut.level_dbfs is None
