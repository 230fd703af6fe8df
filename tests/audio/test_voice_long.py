"""Long sessions: nothing may grow with their length; no window looks back beyond 20 s."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Mapping

import numpy as np
from synth_audio import hop, silence, syllables, together

from audio.analyser import VoiceAnalyser
from audio.types import AudioBlock


def size_of(thing: object, seen: set[int] | None = None) -> int:
    """Bytes that an object and all that it holds take."""
    seen = set() if seen is None else seen
    if id(thing) in seen or isinstance(thing, type):
        return 0
    seen.add(id(thing))
    total = sys.getsizeof(thing)
    if isinstance(thing, np.ndarray):
        return total + (size_of(thing.base, seen) if thing.base is not None else 0)
    if isinstance(thing, Mapping):
        return total + sum(size_of(k, seen) + size_of(v, seen) for k, v in thing.items())
    if isinstance(thing, list | tuple | deque | set | frozenset):
        return total + sum(size_of(value, seen) for value in thing)
    return total + sum(size_of(value, seen) for value in getattr(thing, "__dict__", {}).values())


def test_reading_on_and_on_takes_constant_memory() -> None:
    analyser = VoiceAnalyser()
    sizes = []
    for k in range(1, 3001):  # five minutes
        talk = k % 100 < 80
        analyser.read(hop(k * 0.1, talk=talk, nuclei_s=(k * 0.1,) if talk and k % 3 else ()))
        if k in (600, 3000):
            sizes.append(size_of(analyser))
    assert sizes[1] <= sizes[0] * 1.2 + 2000


def test_hearing_on_and_on_takes_constant_memory() -> None:
    sound = together(silence(0.5), syllables(4.0, 12), silence(0.5))
    analyser = VoiceAnalyser()
    sizes, at = [], 0
    for turn in range(12):
        analyser.hear(AudioBlock(at / 16000, sound, 16000))
        at += len(sound)
        if turn in (3, 11):
            sizes.append(size_of(analyser))
    assert sizes[1] <= sizes[0] * 1.2 + 2000
