"""What every speech engine takes in, gives out and says of itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from audio.types import PhraseHit, Word

RATE_HZ: Final = 16000
"""Rate of the sound that every engine takes."""


@dataclass(frozen=True, slots=True)
class Availability:
    """Whether an engine can be used here, in words."""

    ok: bool
    """Whether it can be used."""
    what: str
    """What was found, in one sentence."""
    remedy: str = ""
    """What to do where it cannot be used, in one or two sentences."""


@dataclass(frozen=True, slots=True)
class SpokenWord:
    """A word that an engine should know beside its own, such as a customer's name."""

    text: str
    """Lower case, as it is to be written."""
    phones: tuple[str, ...] = ()
    """Pronunciations in ARPABET without stress, "S M IH TH"; empty where unknown."""
    name: bool = False
    """Whether it is the customer's name: what is likely after "mister", wherever the engine can."""


@dataclass(frozen=True, slots=True)
class SoughtPhrase:
    """A phrase to be found directly in sound."""

    text: str
    """As it is spoken: "is there anything else"."""
    practice: str = ""
    """Id of the practice that it stands for; empty where for none."""


@dataclass(frozen=True, slots=True)
class SpeechSetUp:
    """Everything an engine is built from; plain values, so that it can go to a child process."""

    engine: str
    """Id of the engine: pocketsphinx, vosk, whisper, or none where only phrases are found."""
    model: Path | None = None
    """Folder of its model; None for the one that ships."""
    thorough: bool = False
    """True for the second pass: slower and better."""
    extra: tuple[SpokenWord, ...] = ()
    """Words of the scenario."""
    phrases: tuple[SoughtPhrase, ...] = ()
    """What is found directly in sound, beside the words; without the acoustic model, nothing."""
    unmet: tuple[Availability, ...] = ()
    """What of the settings cannot be had, and what is done instead; empty where all of it can."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What an engine makes of a stretch of speech."""

    words: tuple[Word, ...]
    """In order of time, on the session clock."""
    final: bool
    """False for a first guess at speech that is still going on; it replaces the guess before."""
    until_s: float
    """How far the sound was listened to, seconds on the session clock."""
    phrases: tuple[PhraseHit, ...] = ()
    """Phrases that became certain since what was heard before; they stay whatever follows."""


class SpeechEngine(Protocol):
    """Turns one utterance after the other into words. Not shared between threads."""

    def begin(self, t: float) -> None:
        """Start an utterance whose first sample lies at t, seconds on the session clock."""

    def push(self, samples: NDArray[np.int16]) -> None:
        """Take further sound of the utterance, (n,) at RATE_HZ."""

    def guess(self) -> Sequence[Word]:
        """Give the words so far, which may still change; empty where the engine has no guesses."""

    def end(self) -> Sequence[Word]:
        """End the utterance and give its words."""

    def close(self) -> None:
        """Free the model."""


class Backend(Protocol):
    """One kind of engine: whether it can be used, and how it is built."""

    id: str
    """Stable id, as the settings name it."""
    name: str
    """As people call it."""

    def is_available(self, model: Path | None) -> Availability:
        """Tell whether it can be used with this model folder, without loading anything."""

    def open(self, set_up: SpeechSetUp) -> SpeechEngine:
        """Load the model."""
