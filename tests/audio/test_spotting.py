"""Phrases beside an engine: a fake spotter's hits go with what is heard, and none get lost."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np
import pytest

from audio.errors import AudioError
from audio.speech import spotting as module
from audio.speech.engines import NONE, open_engine
from audio.speech.listener import Listener
from audio.speech.phrases import is_available
from audio.speech.spotting import Spotting, open_spotting
from audio.speech.types import SoughtPhrase, SpeechSetUp
from audio.speech.utterances import SpeechPiece
from audio.types import PhraseHit

if TYPE_CHECKING:
    from audio.speech.types import Heard

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
