from __future__ import annotations

import numpy as np
import pytest
from synth_audio import cut

from audio.speech.utterances import LONGEST_HOPS, SpeechPiece, Utterances
from audio.types import AudioBlock, Reason, Speaker, VoiceReading

RATE = 16000


def ramp(seconds: float) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    """Each tenth of a second holds its own number, so that it can be found again."""
    return np.repeat(np.arange(round(seconds * 10), dtype=np.float32), RATE // 10) / 1024.0


def reading(number: int, speech: bool | None, speaker: Speaker = Speaker.STAFF) -> VoiceReading:
    return VoiceReading((number + 1) / 10, speaker=speaker, speech=speech)


def run(
    speech: list[bool], speakers: dict[int, Speaker] | None = None, block: int = 1600
) -> list[SpeechPiece]:
    cutter = Utterances()
    for one in cut(ramp(len(speech) / 10), [block]):
        cutter.hear(one)
    out: list[SpeechPiece] = []
    for number, said in enumerate(speech):
        speaker = (speakers or {}).get(number, Speaker.STAFF)
        out += cutter.read(reading(number, said, speaker))
    return out + cutter.finish()


def numbers(pieces: list[SpeechPiece]) -> list[int]:
    """Which tenths of a second the pieces hold."""
    samples = np.concatenate([piece.samples for piece in pieces])
    return [int(value) // 32 for value in samples[::1600]]


def test_an_utterance_has_a_lead_and_ends_after_a_silence() -> None:
    pieces = run([False] * 10 + [True] * 5 + [False] * 10)
    assert [piece.begins for piece in pieces].count(True) == 1
    assert [piece.ends for piece in pieces].count(True) == 1
    assert pieces[0].t == pytest.approx(0.7)
    assert numbers(pieces) == list(range(7, 21))
    assert pieces[-1].ends


def test_a_short_pause_does_not_split_and_a_long_one_does() -> None:
    short = run([True] * 5 + [False] * 4 + [True] * 5)
    long = run([True] * 5 + [False] * 8 + [True] * 5)
    assert sum(piece.begins for piece in short) == 1
    assert sum(piece.begins for piece in long) == 2


@pytest.mark.parametrize("speaker", [Speaker.CUSTOMER, Speaker.BOTH])
def test_nothing_of_the_customer_goes_to_an_engine(speaker: Speaker) -> None:
    masked = dict.fromkeys(range(10, 20), speaker)
    pieces = run([True] * 30, masked)
    assert set(numbers(pieces)) == set(range(30)) - set(range(10, 20))
    # Not even as the lead of what the staff member says next.
    assert [piece.t for piece in pieces if piece.begins] == pytest.approx([0.0, 2.0])


def test_sound_that_nobody_labelled_is_one_voice() -> None:
    assert numbers(run([True] * 5, dict.fromkeys(range(5), Speaker.UNKNOWN))) == list(range(5))


def test_speech_without_a_breath_is_cut() -> None:
    pieces = run([True] * (LONGEST_HOPS + 50))
    assert sum(piece.begins for piece in pieces) == 2
    assert numbers(pieces) == list(range(LONGEST_HOPS + 50))


@pytest.mark.parametrize("block", [160, 333, 4800])
def test_the_size_of_blocks_does_not_matter(block: int) -> None:
    speech = [False] * 5 + [True] * 9 + [False] * 9 + [True] * 4
    one, other = run(speech), run(speech, block=block)
    assert [(a.t, a.begins, a.ends) for a in one] == [(b.t, b.begins, b.ends) for b in other]
    assert numbers(one) == numbers(other)


def test_a_hole_in_the_sound_ends_the_utterance() -> None:
    cutter = Utterances()
    cutter.hear(AudioBlock(0.0, ramp(1.0), RATE))
    cutter.hear(AudioBlock(2.0, ramp(1.0), RATE))
    pieces = [piece for number in range(30) for piece in cutter.read(reading(number, True))]
    assert [piece.t for piece in pieces if piece.begins] == pytest.approx([0.0, 2.0])
    assert sum(piece.ends for piece in pieces) == 1


def test_a_dead_microphone_says_nothing() -> None:
    cutter = Utterances()
    cutter.hear(AudioBlock(0.0, ramp(1.0), RATE))
    missing = {"speech": Reason.NO_SIGNAL}
    assert cutter.read(VoiceReading(0.1, speech=None, missing=missing)) == []
