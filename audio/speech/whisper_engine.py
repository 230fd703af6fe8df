"""faster-whisper, an optional engine: the best words, from a model that the user puts on the disk.

It hears whole utterances only, so it has no first guesses.
"""

from __future__ import annotations

import importlib
import importlib.util
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from audio.errors import AudioError
from audio.speech.model_files import availability, is_whole
from audio.speech.types import Availability
from audio.types import Word

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from audio.speech.types import SpeechSetUp

PARTS: Final = ("model.bin", "config.json", "tokenizer.json")
LAYOUTS: Final = ((*PARTS, "vocabulary.json"), (*PARTS, "vocabulary.txt"))
"""A folder that holds all is a model of faster-whisper (CTranslate2): without its tokenizer the
library would ask the network for one."""
THREADS: Final = 2
"""Threads of its own; the screen and the senses need the rest."""
BEAM: Final = 5
"""Width of the search in the second pass; live it takes the first best."""


def is_model(folder: Path) -> bool:
    """Tell whether a folder holds a whole model of faster-whisper."""
    return is_whole(folder, LAYOUTS)


class WhisperEngine:
    """One model that takes utterance after utterance.

    Parameters
    ----------
    set_up : SpeechSetUp
        With the folder of a model; nothing is downloaded.
    library : object
        The module; a test gives its own.
    """

    def __init__(self, set_up: SpeechSetUp, library: Any = None) -> None:  # noqa: ANN401 - untyped
        whisper = library or importlib.import_module("faster_whisper")
        self._model = whisper.WhisperModel(
            str(set_up.model),
            device="cpu",
            compute_type="int8",
            cpu_threads=THREADS,
            local_files_only=True,
        )
        self._beam = BEAM if set_up.thorough else 1
        self._prompt = ", ".join(word.text for word in set_up.extra) or None
        self._t = 0.0
        self._held: list[NDArray[np.int16]] = []

    def begin(self, t: float) -> None:
        """Start an utterance at t, seconds on the session clock."""
        self._t = t
        self._held = []

    def push(self, samples: NDArray[np.int16]) -> None:
        """Take further sound; it waits for the end."""
        self._held.append(samples)

    def guess(self) -> Sequence[Word]:
        """Give nothing: it does not guess."""
        return ()

    def end(self) -> Sequence[Word]:
        """End the utterance and give its words."""
        if not self._held:
            return ()
        sound = np.concatenate(self._held).astype(np.float32) / np.float32(32768.0)
        self._held = []
        stretches, _ = self._model.transcribe(
            sound,
            beam_size=self._beam,
            word_timestamps=True,
            # What was said before must not be made up again in a silence.
            condition_on_previous_text=False,
            initial_prompt=self._prompt,
        )
        return [
            Word(
                text=plain(one.word),
                start_s=self._t + float(one.start),
                end_s=self._t + float(one.end),
                confidence=float(one.probability),
            )
            for stretch in stretches
            for one in stretch.words or ()
            if plain(one.word)
        ]

    def close(self) -> None:
        """Free the model."""
        self._model = None


def plain(word: str) -> str:
    """Lower case and without the marks at its edges, as the other engines write."""
    return word.strip().strip('.,;:!?"“”()…-').lower()


class WhisperBackend:
    """faster-whisper as one of the engines."""

    id = "whisper"
    name = "faster-whisper"

    def is_available(self, model: Path | None) -> Availability:
        """Tell whether the library and a model are there."""
        if importlib.util.find_spec("faster_whisper") is None:
            return Availability(
                False,
                "faster-whisper is not installed.",
                "It hears better than the engine that comes along, and costs more time. "
                "To add it, type in a terminal: pip install faster-whisper",
            )
        return availability(
            self.name,
            model,
            LAYOUTS,
            "Download a CTranslate2 model, such as base.en, from the Systran page of the "
            "faster-whisper project and put its folder into the model folder.",
        )

    def open(self, set_up: SpeechSetUp) -> WhisperEngine:
        """Load the model."""
        found = self.is_available(set_up.model)
        if not found.ok:
            raise AudioError(found.what, found.remedy)
        return WhisperEngine(set_up)
