"""Phrases beside an engine: a fake spotter's hits go with what is heard, and none get lost."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np
import pytest
import soxr

from audio.errors import AudioError
from audio.sources import AudioFile
from audio.speech import spotting as module
from audio.speech.engines import NONE, open_engine
from audio.speech.listener import Listener
from audio.speech.phrases import is_available
from audio.speech.spotting import Spotting, open_spotting
from audio.speech.types import RATE_HZ, SoughtPhrase, SpeechSetUp
from audio.speech.utterances import SpeechPiece, as_int16
from audio.types import PhraseHit

if TYPE_CHECKING:
    from audio.speech.types import Heard

SAMPLE = Path(__file__).resolve().parents[2] / "assets" / "sample" / "speech.ogg"
SORRY = PhraseHit("I'm so sorry", 0.2, 0.9, 0.8, 9.0, "P19")
needs_model = pytest.mark.skipif(not is_available(), reason="pocketsphinx' model is not installed")


class Finds:
    """A spotting that finds one phrase at each piece that begins."""

    def take(self, piece: SpeechPiece) -> list[PhraseHit]:
        return [SORRY] if piece.begins else []


def pieces(count: int) -> list[SpeechPiece]:
    sound = np.zeros(1600, np.int16)
    return [
        SpeechPiece(at / 10, sound, begins=at == 0, ends=at == count - 1) for at in range(count)
    ]


def listen(count: int, *, guesses: bool) -> list[Heard]:
    spotting = cast("Spotting", Finds())
    listener = Listener(open_engine(SpeechSetUp(NONE)), guesses=guesses, spotting=spotting)
    told = [listener.take(piece) for piece in pieces(count)]
    return [heard for heard in told if heard is not None]


@pytest.mark.parametrize("guesses", [True, False])
def test_a_phrase_is_told_once_with_the_next_news(guesses: bool) -> None:
    heard = listen(12, guesses=guesses)
    assert [hit for one in heard for hit in one.phrases] == [SORRY]
    assert heard[0].phrases == (SORRY,)
    assert heard[0].final is not guesses
    assert all(one.words == () for one in heard)
    assert heard[-1].final


def test_without_phrases_or_model_nothing_is_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    assert open_spotting(()) is None
    monkeypatch.setattr(module, "is_available", lambda: False)
    assert open_spotting([SoughtPhrase("is there anything else")]) is None


@needs_model
def test_phrases_too_short_are_left_out_and_only_short_ones_are_refused() -> None:
    assert open_spotting([SoughtPhrase("ok"), SoughtPhrase("is there anything else")]) is not None
    assert open_spotting([SoughtPhrase("ok")]) is None
    with pytest.raises(AudioError, match="long enough"):
        Spotting([SoughtPhrase("ok")])


@needs_model
def test_silence_has_no_phrases() -> None:
    spotting = Spotting([SoughtPhrase("is there anything else", "P27")])
    assert [hit for piece in pieces(30) for hit in spotting.take(piece)] == []


@needs_model
def test_filters_follow_a_voice_whose_formants_lie_high() -> None:
    # The sample's is a made woman's voice; in its fourth passage it says these words.
    source = AudioFile(SAMPLE)
    whole = np.concatenate([block.samples for block in source])
    heard = as_int16(np.asarray(soxr.resample(whole, source.rate_hz, RATE_HZ), np.float32))

    def utterance(begin_s: float, end_s: float) -> SpeechPiece:
        samples = heard[round(begin_s * RATE_HZ) : round(end_s * RATE_HZ)]
        return SpeechPiece(begin_s, samples, begins=True, ends=True)

    spotting = Spotting([SoughtPhrase("Can you hear me like this", "P14")])
    (before,) = spotting.take(utterance(41.0, 47.0))
    (after,) = spotting.take(utterance(41.0, 47.0))
    assert after.margin > before.margin
    assert after.practice == before.practice == "P14"
    assert after.start_s == pytest.approx(before.start_s, abs=0.1)
