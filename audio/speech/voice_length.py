"""How short a voice's tract is, told from its sound: what formants lie higher by than usual.

Vocal tract length normalisation after Lee and Rose (1996): the filters are moved by each of a few
factors, and the one under which the voice looks most like those that the acoustic model was
trained on is kept. No words are needed for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from audio.framing import RATE_HZ, STEP
from audio.speech.acoustic_model import STATES, load_model, model_folder
from audio.speech.cepstra import ACTIVE_DB, BANK, NEPER, REACH, Frames, bank, features
from audio.speech.phone_net import PhoneLoop

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from audio.speech.acoustic_model import AcousticModel

PLAIN: Final = 1.0
"""What is used before enough was heard, and where nothing else fits clearly better."""
WARPS: Final = (PLAIN, 1.06, 1.12)
"""Factors that are tried. Men are about the first, women about the others; below the first (0.94,
which most men like a little better) more words were wrong."""
CLEARLY: Final = 0.5
"""What another factor must gain, log-likelihood a frame: women gained 0.5 to 1.9, men 0 to 0.4."""
LEAST_S: Final = 1.0
"""How much talk it takes before one is chosen, seconds."""
ENOUGH_S: Final = 10.0
"""After so much talk nothing changes any more, seconds."""
FILTERS: Final = {warp: BANK if warp == PLAIN else bank(warp) for warp in WARPS}


class VoiceLength:
    """Listens to utterances and says by which factor the filters should be moved."""

    def __init__(self) -> None:
        folder = model_folder()
        self._model: AcousticModel | None = load_model(folder) if folder is not None else None
        self._likely = np.zeros(len(WARPS))
        self._heard_s = 0.0

    @property
    def listens(self) -> bool:
        """Whether more talk would change anything."""
        return self._model is not None and self._heard_s < ENOUGH_S

    @property
    def warp(self) -> float:
        """The factor that fits best so far."""
        if self._heard_s < LEAST_S:
            return PLAIN
        best = int(self._likely.argmax())
        gain = (self._likely[best] - self._likely[0]) / (self._heard_s * RATE_HZ / STEP)
        return WARPS[best] if gain > CLEARLY else PLAIN

    def listen(self, samples: NDArray[np.float32]) -> None:
        """Take the sound of a whole utterance, 16 kHz, -1..1."""
        if self._model is None:
            return
        each = [Frames(FILTERS[warp]).push(samples) for warp in WARPS]
        plain = each[0]
        if not len(plain):
            return
        active = plain[:, 0] > plain[:, 0].max() - ACTIVE_DB * NEPER
        self._likely += [self._gain(self._model, frames, active) for frames in each]
        self._heard_s += float(active.sum()) * STEP / RATE_HZ

    @staticmethod
    def _gain(
        model: AcousticModel, frames: NDArray[np.float64], active: NDArray[np.bool_]
    ) -> float:
        """Log-likelihood of any phones at all over the frames with talk."""
        loop = PhoneLoop(model)
        padded = np.pad(frames, ((REACH, REACH), (0, 0)), mode="edge")
        looks = features(padded, frames.mean(axis=0))
        likely = model.score(looks, loop.senones.ravel())
        return float(loop.push(likely.reshape(len(frames), -1, STATES))[active].sum())
