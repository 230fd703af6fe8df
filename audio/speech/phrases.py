"""Phrases found directly in sound: no dictation in between that could get them wrong.

For each phrase the chain of its phones is held against a loop of any phones whatever; the
logarithm of how much better it explains the sound is its score. How often chance reaches a score
falls off evenly with it, so that a threshold follows from the false alarms that one will bear.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from audio.errors import AudioError
from audio.framing import Framer
from audio.speech.acoustic_model import load_model, model_folder
from audio.speech.cepstra import CHUNK, Cepstra
from audio.speech.phone_net import PhraseNet, Scorer
from audio.speech.pronounce import Lexicon, words_of
from audio.types import HOP_S, PhraseHit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from audio.framing import Piece
    from audio.speech.acoustic_model import AcousticModel
    from audio.types import AudioBlock

CALIBRATION: Final = Path(__file__).resolve().parents[2] / "assets" / "speech" / "phrases.toml"
"""Numbers of the threshold, and the phrases of the practices."""
FRAME_S: Final = 0.01
"""Distance of the frames."""
WINDOW_S: Final = 0.025
"""Length of a frame."""
HOLD: Final = 30
"""Frames in which a better end of the same phrase is still awaited."""
SHORTEST: Final = 5
"""Phones under which a phrase cannot be told from chance."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """How often chance reaches a score, measured on speech in which the phrases do not occur."""

    rate_log10: float
    """Decimal logarithm of the false alarms an hour of one phrase without phones at score 0."""
    per_score: float
    """What each unit of score takes off that logarithm."""
    per_phone: float
    """What each phone of the phrase takes off it."""
    spread: float
    """Score above the threshold at which the confidence is 0.73."""

    def threshold(self, phones: int, false_alarms_per_hour: float) -> float:
        """Score of a phrase of so many phones that chance reaches so often an hour."""
        free = self.rate_log10 - self.per_phone * phones - float(np.log10(false_alarms_per_hour))
        return free / self.per_score


def load_calibration(path: Path = CALIBRATION) -> Calibration:
    """Read the numbers of the threshold."""
    table = tomllib.loads(path.read_text("utf-8"))["threshold"]
    names = ("rate_log10", "per_score", "per_phone", "spread")
    return Calibration(*(float(table[name]) for name in names))


def practice_phrases(path: Path = CALIBRATION) -> dict[str, tuple[str, ...]]:
    """Give the phrases that stand for a practice, by the practice's id (P19, P23, ...)."""
    table = tomllib.loads(path.read_text("utf-8"))["practices"]
    return {practice: tuple(phrases) for practice, phrases in table.items()}


def is_available() -> bool:
    """Whether the acoustic model is there; `pip install pocketsphinx` brings it."""
    return model_folder() is not None


def findable(phrases: Sequence[str]) -> list[str]:
    """Leave out the phrases that are too short to be told from chance, in the order given."""
    lexicon = _model()[1]
    return [phrase for phrase in phrases if _phones(phrase, lexicon) >= SHORTEST]


class PhraseSpotter:
    """Finds phrases in a stream of sound, a second or so after they were said.

    Costs about a twentieth of real time for thirty phrases. Use it in the speech engine's process.

    Parameters
    ----------
    phrases : sequence of str
        What to find; names and other words that no dictionary has are read letter by letter.
    false_alarms_per_hour : float
        How many false finds an hour one will bear, all phrases together.

    Raises
    ------
    AudioError
        Where the acoustic model is absent, or a phrase is too short to be found.
    """

    def __init__(self, phrases: Sequence[str], *, false_alarms_per_hour: float = 2.0) -> None:
        model, lexicon = _model()
        self._phrases = tuple(phrases)
        words = [words_of(phrase) for phrase in self._phrases]
        for phrase in self._phrases:
            if _phones(phrase, lexicon) < SHORTEST:
                raise AudioError(
                    f'"{phrase}" is too short to be found in sound.',
                    "Take a phrase of three syllables or more.",
                )
        self._calibration = load_calibration()
        self._net = PhraseNet(model, lexicon, words)
        self._scorer = Scorer(model, self._net.senones)
        each = false_alarms_per_hour / max(1, len(words))
        limits = [self._calibration.threshold(int(n), each) for n in self._net.phones]
        self.thresholds: NDArray[np.float64] = np.asarray(limits)
        self._framer = Framer()
        self._cepstra = Cepstra()
        self._begin(0.0)

    def push(self, block: AudioBlock) -> list[PhraseHit]:
        """Take a block of any size and rate; the phrases that became certain."""
        return self._hear(self._framer.push(block))

    def finish(self) -> list[PhraseHit]:
        """Give the last phrases; the next block begins afresh."""
        hits = self._hear(self._framer.finish()) + self._end()
        self._begin(0.0)
        return hits

    def tune(self, filters: NDArray[np.float64]) -> None:
        """Hear from now on through these mel filters, (257, 25); only after `finish`."""
        self._cepstra = Cepstra(filters)

    def _begin(self, start_s: float) -> None:
        self._start_s = start_s
        self._frame = 0
        self._net.reset()
        self._scorer.loop.reset()
        self._best: dict[int, tuple[float, int, int]] = {}
        self._after: dict[int, int] = {}

    def _end(self) -> list[PhraseHit]:
        hits = self._search(self._cepstra.finish())
        return hits + self._release(self._frame + HOLD + 1)

    def _hear(self, pieces: list[Piece]) -> list[PhraseHit]:
        hits: list[PhraseHit] = []
        for piece in pieces:
            if piece.fresh:
                hits += self._end()
                self._begin(piece.hop * HOP_S)
            hits += self._search(self._cepstra.push(piece.samples))
        return hits

    def _search(self, features: NDArray[np.float32]) -> list[PhraseHit]:
        hits: list[PhraseHit] = []
        for at in range(0, len(features), CHUNK):
            part = features[at : at + CHUNK]
            ends = self._net.push(self._scorer.push(part))
            for t, phrase in np.argwhere(ends.score > self.thresholds):
                frame = self._frame + int(t)
                hits += self._release(frame)
                score = float(ends.score[t, phrase])
                self._offer(int(phrase), score, int(ends.start[t, phrase]), frame)
            self._frame += len(part)
            hits += self._release(self._frame)
        return hits

    def _offer(self, phrase: int, score: float, start: int, end: int) -> None:
        """Keep the best end of a phrase until no better one comes; one finding a place."""
        if start < self._after.get(phrase, 0):
            return
        if phrase not in self._best or score > self._best[phrase][0]:
            self._best[phrase] = (score, start, end)

    def _release(self, frame: int) -> list[PhraseHit]:
        """Tell the phrases whose best end lies far enough back."""
        due = [item for item in self._best.items() if frame - item[1][2] > HOLD]
        for phrase, (_, _, end) in due:
            del self._best[phrase]
            self._after[phrase] = end
        hits = [self._told(phrase, *found) for phrase, found in due]
        return sorted(hits, key=lambda hit: (hit.end_s, hit.phrase))

    def _told(self, phrase: int, score: float, start: int, end: int) -> PhraseHit:
        margin = score - float(self.thresholds[phrase])
        return PhraseHit(
            phrase=self._phrases[phrase],
            start_s=self._start_s + start * FRAME_S,
            end_s=self._start_s + end * FRAME_S + WINDOW_S,
            confidence=float(1.0 / (1.0 + np.exp(-margin / self._calibration.spread))),
            margin=margin,
        )


def _phones(phrase: str, lexicon: Lexicon) -> int:
    """Phones of a phrase in the first pronunciation of its words."""
    return sum(len(lexicon.pronunciations(word)[0]) for word in words_of(phrase))


@lru_cache(maxsize=1)
def _model() -> tuple[AcousticModel, Lexicon]:
    """Read model and dictionary once in a process: half a second."""
    folder = model_folder()
    if folder is None:
        raise AudioError(
            "The acoustic model for finding phrases is not there.",
            "Install pocketsphinx 5.0 with pip; its wheel brings the model.",
        )
    return load_model(folder), Lexicon(folder / "cmudict-en-us.dict")
