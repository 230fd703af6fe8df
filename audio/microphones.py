"""Which microphones there are, which is the default, and why one cannot be used."""

from __future__ import annotations

import logging
import sys
import threading
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from audio.errors import MicrophoneUnavailable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

log = logging.getLogger(__name__)

CUT_LETTERS: Final = 31
"""Windows' oldest sound system, which PortAudio takes by default, cuts names to this length."""


@dataclass(frozen=True, slots=True)
class MicrophoneInfo:
    """A microphone that can be chosen."""

    id: str
    """Stable between runs: made of its name and its sound system, never of its position."""
    name: str
    """What to show."""
    is_default: bool
    """Whether the system takes it where none is chosen."""


def sound_system() -> ModuleType:
    """Import the sounddevice module.

    Raises
    ------
    MicrophoneUnavailable
        Where the PortAudio library is missing.
    """
    try:
        # Imported here because the import itself fails where PortAudio is missing.
        import sounddevice  # noqa: PLC0415
    except (ImportError, OSError) as error:
        raise MicrophoneUnavailable(
            "This computer has no sound library that Rapport can use.", _portaudio_remedy()
        ) from error
    module: ModuleType = sounddevice
    return module


def list_microphones() -> list[MicrophoneInfo]:
    """Every input, the default first; empty where there is none.

    Raises
    ------
    MicrophoneUnavailable
        Where the PortAudio library is missing or does not answer.
    """
    system = sound_system()
    found = _once(system) if sys.platform == "win32" else _all(system)
    return sorted(
        (MicrophoneInfo(key, name, index == _default(system)) for key, name, index in found),
        key=lambda info: not info.is_default,
    )


class MicrophoneList:
    """The microphones of this moment; one for the whole program, for whoever lists or opens them.

    PortAudio lists once, at its start, and starting it anew takes every stream that is open away
    from under its reader: so that is done only while none is, and none opens meanwhile. Starting
    takes about 40 ms, on some sound systems more: not for the screen's thread.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._open = 0

    def now(self) -> list[MicrophoneInfo]:
        """List what is plugged in; what was at the last start of PortAudio while a stream is open.

        Raises
        ------
        MicrophoneUnavailable
            Where the PortAudio library is missing or does not answer.
        """
        with self._lock:
            self._look()
            return list_microphones()

    @contextmanager
    def in_use(self) -> Iterator[None]:
        """List what is plugged in, and hold that while a stream opens, is open, and closes.

        So what was plugged in a moment ago is opened, and an index stands for one microphone.

        Raises
        ------
        MicrophoneUnavailable
            As of `now`.
        """
        with self._lock:
            self._look()
            self._open += 1
        try:
            yield
        finally:
            with self._lock:
                self._open -= 1

    def _look(self) -> None:
        fresh = "sounddevice" not in sys.modules
        system = sound_system()
        if self._open == 0 and not fresh:
            _start_anew(system)


def index_of(microphone_id: str | None, system: ModuleType) -> int:
    """Position of a microphone in PortAudio's list of this moment.

    Raises
    ------
    MicrophoneUnavailable
        Where it is not plugged in, or where there is no microphone at all.
    """
    if microphone_id is None:
        index = _default(system)
        if index is None:
            raise MicrophoneUnavailable(
                "No microphone was found.",
                "Plug one in or switch it on, then choose it on the Practise page.",
            )
        return index
    for key, _, index in _all(system):
        if key == microphone_id:
            return index
    raise MicrophoneUnavailable(
        f"The microphone “{microphone_id.split(' | ')[0]}” is not there.",
        "Plug it in again, or choose another one on the Practise page.",
    )


def busy(error: Exception) -> tuple[str, str]:
    """Put into two sentences what PortAudio says when it cannot open a microphone."""
    remedy = "Close other programs that use it, or choose another microphone on the Practise page."
    if sys.platform == "win32":
        remedy += " In Windows' Settings, Privacy & security, Microphone, let desktop apps use it."
    log.info("PortAudio cannot open the microphone: %s", error)
    return "The microphone could not be opened.", remedy


def _start_anew(system: ModuleType) -> None:
    """Have PortAudio list its devices once more; where that cannot be asked for, nothing happens.

    sounddevice has no public call for it: its author names these two (its issues 3 and 125).
    """
    stop, start = getattr(system, "_terminate", None), getattr(system, "_initialize", None)
    if stop is None or start is None:
        return
    try:
        stop()
    except system.PortAudioError as error:  # it did not start the last time
        log.info("PortAudio could not be ended: %s", error)
    try:
        start()
    except system.PortAudioError as error:
        raise MicrophoneUnavailable(
            "The computer's sound system does not answer.",
            "Check that its sound works, then look once more.",
        ) from error


def _portaudio_remedy() -> str:
    if sys.platform in {"win32", "darwin"}:
        return "Install the package sounddevice again, which brings it, then start Rapport again."
    return (
        "Install the library PortAudio (on Debian and Ubuntu: install libportaudio2), "
        "then start Rapport again."
    )


def _default(system: ModuleType) -> int | None:
    index = int(system.default.device[0])
    if index >= 0:
        return index
    inputs = [at for at, device in enumerate(system.query_devices()) if _takes_sound(device)]
    return inputs[0] if inputs else None


def _all(system: ModuleType) -> list[tuple[str, str, int]]:
    """(id, name, position) of each input."""
    hosts = [host["name"] for host in system.query_hostapis()]
    seen: Counter[str] = Counter()
    found: list[tuple[str, str, int]] = []
    for index, device in enumerate(system.query_devices()):
        if not _takes_sound(device):
            continue
        key = f"{device['name']} | {hosts[device['hostapi']]}"
        seen[key] += 1
        # Two of the same make: the second one carries its number among its equals.
        number = f" #{seen[key]}" if seen[key] > 1 else ""
        found.append((key + number, f"{device['name']}{number}", index))
    return found


def _once(system: ModuleType) -> list[tuple[str, str, int]]:
    """Give each input once, by its whole name: Windows shows it in up to four sound systems."""
    devices = system.query_devices()
    names = {device["name"] for device in devices if _takes_sound(device)}
    found: list[tuple[str, str, int]] = []
    for key, name, index in _all(system):
        if devices[index]["hostapi"] != system.default.hostapi:
            continue
        whole = {one for one in names if one.startswith(name) and len(one) > len(name)}
        cut = len(name) == CUT_LETTERS and len(whole) == 1
        found.append((key, whole.pop() if cut else name, index))
    return found


def _takes_sound(device: dict[str, object]) -> bool:
    return bool(device["max_input_channels"])
