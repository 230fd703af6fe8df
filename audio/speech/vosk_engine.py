"""vosk, an optional engine: better words from a model that the user puts on the disk."""

from __future__ import annotations

import importlib
import importlib.util
import json
from typing import TYPE_CHECKING, Any, Final

from audio.errors import AudioError
from audio.speech.model_files import availability, is_whole
from audio.speech.types import RATE_HZ, Availability
from audio.types import Word

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from audio.speech.types import SpeechSetUp

LAYOUTS: Final = (
    ("am/final.mdl", "graph/HCLG.fst"),
    ("am/final.mdl", "graph/HCLr.fst", "graph/Gr.fst"),
    ("final.mdl", "HCLG.fst"),
    ("final.mdl", "HCLr.fst", "Gr.fst"),
)
"""Files without which no model of vosk can be loaded: a large one, a small one, and old ones of
either kind, which have no folders."""


def is_model(folder: Path) -> bool:
    """Tell whether a folder holds a whole model of vosk."""
    return is_whole(folder, LAYOUTS)


class VoskEngine:
    """One recogniser that takes utterance after utterance.

    Parameters
    ----------
    set_up : SpeechSetUp
        With the folder of a model.
    library : object
        The module; a test gives its own.
    """

    def __init__(self, set_up: SpeechSetUp, library: Any = None) -> None:  # noqa: ANN401 - untyped
        vosk = library or importlib.import_module("vosk")
        vosk.SetLogLevel(-1)
        self._recogniser = vosk.KaldiRecognizer(vosk.Model(str(set_up.model)), RATE_HZ)
        self._recogniser.SetWords(True)
        self._recogniser.SetPartialWords(True)
        self._t = 0.0
        self._fed = 0
        self._done: list[Word] = []

    def begin(self, t: float) -> None:
        """Start an utterance at t, seconds on the session clock."""
        # Drops what was not ended; where nothing runs it gives nothing.
        self._recogniser.FinalResult()
        # Its clock counts all the sound it ever heard: neither this nor Reset() sets it back.
        self._t = t - self._fed / RATE_HZ
        self._done = []

    def push(self, samples: NDArray[np.int16]) -> None:
        """Take further sound; what vosk itself ends at a pause is kept."""
        self._fed += len(samples)
        if self._recogniser.AcceptWaveform(samples.tobytes()):
            self._done += self._words(self._recogniser.Result(), "result")

    def guess(self) -> Sequence[Word]:
        """Give the words so far."""
        told = self._recogniser.PartialResult()
        return (*self._done, *self._words(told, "partial_result"))

    def end(self) -> Sequence[Word]:
        """End the utterance and give its words."""
        return (*self._done, *self._words(self._recogniser.FinalResult(), "result"))

    def close(self) -> None:
        """Free the model."""
        self._recogniser = None

    def _words(self, told: str, key: str) -> list[Word]:
        return [
            Word(
                text=str(one["word"]),
                start_s=self._t + float(one["start"]),
                end_s=self._t + float(one["end"]),
                confidence=float(one["conf"]) if "conf" in one else None,
            )
            for one in json.loads(told).get(key, ())
        ]


class VoskBackend:
    """vosk as one of the engines."""

    id = "vosk"
    name = "vosk"

    def is_available(self, model: Path | None) -> Availability:
        """Tell whether the library and a model are there."""
        if importlib.util.find_spec("vosk") is None:
            return Availability(
                False,
                "vosk is not installed.",
                "It hears better than the engine that comes along. "
                "To add it, type in a terminal: pip install vosk",
            )
        return availability(
            self.name,
            model,
            LAYOUTS,
            "Download one on the Models page of the vosk project (alphacephei) and unpack it "
            "into the model folder.",
        )

    def open(self, set_up: SpeechSetUp) -> VoskEngine:
        """Load the model."""
        found = self.is_available(set_up.model)
        if not found.ok:
            raise AudioError(found.what, found.remedy)
        return VoskEngine(set_up)
