"""Phrases in the pieces of speech that an engine hears: the same staff-only sound, no other."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from audio.errors import AudioError
from audio.speech.phrases import PhraseSpotter, findable, is_available
from audio.speech.types import RATE_HZ
from audio.speech.voice_length import FILTERS, PLAIN, VoiceLength
from audio.types import AudioBlock

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from audio.speech.types import SoughtPhrase
    from audio.speech.utterances import SpeechPiece
    from audio.types import PhraseHit

log = logging.getLogger(__name__)


class Spotting:
    """Takes pieces of utterances and gives the phrases in them, each with its practice.

    Parameters
    ----------
    phrases : sequence of SoughtPhrase
        What to find; those too short to be found are left out.

    Raises
    ------
    AudioError
        Where the acoustic model is absent, or none of the phrases can be found.
    """

    def __init__(self, phrases: Sequence[SoughtPhrase]) -> None:
        self._practice = {one.text: one.practice for one in phrases}
        texts = findable(list(self._practice))
        if not texts:
            raise AudioError(
                "None of the phrases is long enough to be found in sound.",
                "Take phrases of three syllables or more.",
            )
        self._spotter = PhraseSpotter(texts)
        self._voice = VoiceLength()
        self._warp = PLAIN
        self._held: list[NDArray[np.float32]] = []

    def take(self, piece: SpeechPiece) -> list[PhraseHit]:
        """Listen to a piece; the phrases that became certain."""
        hits: list[PhraseHit] = []
        if piece.samples.size:
            samples = piece.samples.astype(np.float32) / 32768.0
            hits += self._spotter.push(AudioBlock(piece.t, samples, RATE_HZ))
            if self._voice.listens:
                self._held.append(samples)
        if piece.ends:
            hits += self._spotter.finish()
            self._follow_voice()
        return [replace(hit, practice=self._practice[hit.phrase]) for hit in hits]

    def _follow_voice(self) -> None:
        """Take the filters that fit the voice so far, as the words do; for the next utterance."""
        if not self._held:
            return
        self._voice.listen(np.concatenate(self._held))
        self._held = []
        if self._voice.warp != self._warp:
            self._warp = self._voice.warp
            self._spotter.tune(FILTERS[self._warp])


def open_spotting(phrases: Sequence[SoughtPhrase]) -> Spotting | None:
    """Build it where something is looked for and the acoustic model is there, else None."""
    if not phrases or not is_available():
        return None
    try:
        return Spotting(phrases)
    except AudioError as error:
        log.info("No phrases are looked for: %s", error.what)
        return None
