"""Which engines there are, what each lacks, and which one is used."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from audio.speech import vosk_engine, whisper_engine
from audio.speech.pocketsphinx_engine import PocketsphinxBackend
from audio.speech.types import SpeechSetUp
from audio.speech.vosk_engine import VoskBackend
from audio.speech.whisper_engine import WhisperBackend

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from audio.speech.types import Availability, Backend, SpeechEngine, SpokenWord
    from audio.types import Word

AUTO: Final = "auto"
"""Choice that takes the best engine that is there."""
NONE: Final = "none"
"""Choice of no words at all."""
POCKETSPHINX, VOSK, WHISPER = PocketsphinxBackend(), VoskBackend(), WhisperBackend()
BACKENDS: Final[tuple[Backend, ...]] = (POCKETSPHINX, VOSK, WHISPER)
"""Every engine, the embedded one first."""
LIVE_ORDER: Final = (VOSK.id, POCKETSPHINX.id, WHISPER.id)
"""Best first while somebody speaks: whisper gives nothing before a sentence is over."""
AFTER_ORDER: Final = (WHISPER.id, VOSK.id, POCKETSPHINX.id)
"""Best first for the second pass."""
NEEDS_MODEL: Final[dict[str, Callable[[Path], bool]]] = {
    VOSK.id: vosk_engine.is_model,
    WHISPER.id: whisper_engine.is_model,
}
"""Engines without a model of their own, and what tells that a folder holds one."""


@dataclass(frozen=True, slots=True)
class EngineInfo:
    """One engine as it stands on this machine."""

    id: str
    """Stable id, as the settings name it."""
    name: str
    """As people call it."""
    model: Path | None
    """Folder of the model that it would use; None for the one that ships, or for none."""
    found: Availability
    """Whether it can be used, in words."""


class NoWords:
    """Stands in where only phrases are looked for: hears everything and gives no words."""

    def begin(self, t: float) -> None:
        """Start an utterance."""

    def push(self, samples: NDArray[np.int16]) -> None:
        """Take further sound."""

    def guess(self) -> Sequence[Word]:
        """Give no words."""
        return ()

    def end(self) -> Sequence[Word]:
        """Give no words."""
        return ()

    def close(self) -> None:
        """Hold nothing, so free nothing."""


def list_engines(models: Path, named: Path | None = None) -> list[EngineInfo]:
    """Look at every engine.

    Parameters
    ----------
    models : Path
        The app's model folder; every folder in it that holds a model counts.
    named : Path or None
        A model that the user named; it comes first for the engine that can read it.
    """
    infos = []
    for backend in BACKENDS:
        model = _model_of(backend.id, models, named)
        infos.append(EngineInfo(backend.id, backend.name, model, backend.is_available(model)))
    return infos


def choose(
    choice: str,
    models: Path,
    named: Path | None = None,
    *,
    after: bool = False,
    extra: Sequence[SpokenWord] = (),
) -> SpeechSetUp | None:
    """Choose the engine; None where there is none, or none is wanted.

    Parameters
    ----------
    choice : str
        An engine's id, "auto" or "none".
    models, named : Path
        As for `list_engines`.
    after : bool
        True for the second pass.
    extra : sequence of SpokenWord
        Words of the scenario.
    """
    if choice == NONE:
        return None
    order = AFTER_ORDER if after else LIVE_ORDER
    there = {info.id: info for info in list_engines(models, named) if info.found.ok}
    for name in order if choice == AUTO else (choice,):
        if name in there:
            return SpeechSetUp(name, there[name].model, after, tuple(extra))
    return None


def open_engine(set_up: SpeechSetUp) -> SpeechEngine:
    """Load the engine of a choice; takes up to seconds. With "none", one without words.

    Raises
    ------
    AudioError
        Where it is not there any more.
    """
    if set_up.engine == NONE:
        return NoWords()
    return next(one for one in BACKENDS if one.id == set_up.engine).open(set_up)


def _model_of(engine: str, models: Path, named: Path | None) -> Path | None:
    """Find the model that an engine would use."""
    if engine not in NEEDS_MODEL:
        return named if named is not None and named.is_file() else None
    fits = NEEDS_MODEL[engine]
    if named is not None and fits(named):
        return named
    folders = sorted(models.iterdir()) if models.is_dir() else []
    return next((folder for folder in folders if folder.is_dir() and fits(folder)), None)
