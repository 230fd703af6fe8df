"""Which engines there are, what each lacks, and which one is used."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from audio.errors import AudioError
from audio.speech import pocketsphinx_engine, vosk_engine, whisper_engine
from audio.speech.model_files import missing, where_unpacked
from audio.speech.pocketsphinx_engine import PocketsphinxBackend
from audio.speech.types import Availability, SpeechSetUp
from audio.speech.vosk_engine import VoskBackend
from audio.speech.whisper_engine import WhisperBackend

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from audio.speech.types import Backend, SpeechEngine, SpokenWord
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
FITS: Final[dict[str, Callable[[Path], bool]]] = {
    POCKETSPHINX.id: pocketsphinx_engine.is_model,
    VOSK.id: vosk_engine.is_model,
    WHISPER.id: whisper_engine.is_model,
}
"""What tells that a file or folder is a model of an engine."""
LAYOUTS: Final = {VOSK.id: vosk_engine.LAYOUTS, WHISPER.id: whisper_engine.LAYOUTS}
"""The files of a model that is a folder."""
log = logging.getLogger(__name__)


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

    Where the one that is asked for is not there, it is the embedded one; `unmet` then says so.

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
    infos = list_engines(models, named)
    there = {info.id: info for info in infos if info.found.ok}
    for name in order if choice == AUTO else (choice, POCKETSPHINX.id):
        if name in there:
            missed = _unmet(choice, infos, named)
            return SpeechSetUp(name, there[name].model, after, tuple(extra), unmet=missed)
    return None


def unmet(choice: str, models: Path, named: Path | None = None) -> tuple[Availability, ...]:
    """Say what of a choice cannot be had here, and what is done instead; parameters of `choose`."""
    return _unmet(choice, list_engines(models, named), named)


def open_engine(set_up: SpeechSetUp) -> SpeechEngine:
    """Load the engine of a choice; takes up to seconds. With "none", one without words.

    Raises
    ------
    AudioError
        Where it is not there any more, or its model cannot be loaded.
    """
    if set_up.engine == NONE:
        return NoWords()
    backend = next(one for one in BACKENDS if one.id == set_up.engine)
    try:
        return backend.open(set_up)
    except AudioError:
        raise
    except Exception as error:
        log.info("%s could not be loaded", backend.id, exc_info=True)
        # vosk raises a bare Exception, and what the others raise no manual says.
        what = "its model" if set_up.model is None else f"the model {set_up.model}"
        raise AudioError(
            f"{backend.name} cannot load {what}.",
            "Name another model in the settings, or choose the usual one.",
        ) from error


def _unmet(
    choice: str, infos: Sequence[EngineInfo], named: Path | None
) -> tuple[Availability, ...]:
    if choice == NONE:
        return ()
    missed = (_no_engine(choice, infos), _no_model(choice, infos, named))
    return tuple(one for one in missed if one is not None)


def _no_engine(choice: str, infos: Sequence[EngineInfo]) -> Availability | None:
    asked = next((info for info in infos if info.id == choice), None)
    if asked is None or asked.found.ok:
        return None
    instead = next(info for info in infos if info.id == POCKETSPHINX.id)
    then = f"Meanwhile {instead.name} finds the words. " if instead.found.ok else ""
    return Availability(
        False,
        f"The settings ask for {asked.name} to find the words: {asked.found.what}",
        f"{then}Choose another engine in the settings, or get this one. {asked.found.remedy}",
    )


def _no_model(choice: str, infos: Sequence[EngineInfo], named: Path | None) -> Availability | None:
    if named is None:
        return None
    reader = next((info for info in infos if _whole(info.id, [named])), None)
    what = f"The settings name the model {named}"
    instead = "Until then a model of its own is used."
    if not named.exists():
        return Availability(
            False,
            f"{what}, and it is not there.",
            f"Choose another one, or the usual one. {instead}",
        )
    if reader is None:
        part = next((info for info in infos if _part(info.id, [named])), None)
        lacks = f"; of a model of {part.name} it has a part only" if part is not None else ""
        return Availability(
            False,
            f"{what}, which no speech engine can read{lacks}.",
            "Choose the unpacked folder of a vosk or faster-whisper model, a language model file"
            f" of pocketsphinx, or the usual one. {instead}",
        )
    if choice == AUTO and not reader.found.ok:
        return Availability(
            False, f"{what} of {reader.name}: {reader.found.what}", reader.found.remedy
        )
    if choice not in (AUTO, reader.id):
        return Availability(
            False,
            f"{what} of {reader.name}, and ask for another engine.",
            f"Choose {reader.name} as the engine, or the usual model. {instead}",
        )
    return None


def _model_of(engine: str, models: Path, named: Path | None) -> Path | None:
    """Find the model that an engine would use; None for the one that ships, or for none.

    Where there is no whole one it is a part of one, so that the engine can tell what it lacks.
    """
    places = [] if named is None else [named]
    if engine != POCKETSPHINX.id and models.is_dir():
        places += sorted(folder for folder in models.iterdir() if folder.is_dir())
    return _whole(engine, places) or _part(engine, places)


def _whole(engine: str, places: Sequence[Path]) -> Path | None:
    fits = FITS[engine]
    folders = (folder for place in places for folder in where_unpacked(place))
    return next((folder for folder in folders if fits(folder)), None)


def _part(engine: str, places: Sequence[Path]) -> Path | None:
    layouts = LAYOUTS.get(engine, ())
    folders = (folder for place in places for folder in where_unpacked(place))
    return next((folder for folder in folders if layouts and missing(folder, layouts)), None)
