"""An hour of film does not grow the memory. RAPPORT_SOAK_MINUTES shortens the hour."""

from __future__ import annotations

import gc
import os
import tracemalloc
from dataclasses import replace
from typing import TYPE_CHECKING

import psutil
import pytest

from app.coach.catalogue import load_catalogue
from app.session.intake import Taken, take_in
from app.session.pipeline import Pipeline
from audio.analyser import VoiceAnalyser
from audio.sources import AudioFile
from vision.analyser import VisionAnalyser
from vision.sources import VideoFile

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from audio.types import AudioBlock
    from vision.types import Frame

MINUTES = float(os.environ.get("RAPPORT_SOAK_MINUTES", "60"))
WARM_S = 60.0
MOST_MB = 50.0
# Scalars only; they are needed again once the own normal is known.
FILM_MB_AN_HOUR = 200.0


def memory_mb() -> float:
    gc.collect()
    return float(psutil.Process().memory_info().rss) / 2**20


def over_and_over(path: Path, seconds: float) -> Iterator[Frame | AudioBlock]:
    """A clip's pictures and sound, one clip after the other, with times that go on."""
    length_s = VideoFile(path).duration_s
    assert length_s is not None
    start_s = 0.0
    while start_s < seconds:
        sound = iter(AudioFile(path))
        block = next(sound, None)
        for frame in VideoFile(path):
            while block is not None and block.t <= frame.t:
                yield replace(block, t=start_s + block.t)
                block = next(sound, None)
            yield replace(frame, t=start_s + frame.t)
        start_s += length_s + 0.1


@pytest.mark.soak
@pytest.mark.footage
def test_a_long_session_does_not_grow(footage: Path) -> None:
    path = footage / "talking" / "obama_cspan_61s.mp4"
    pipeline = Pipeline(load_catalogue(), None, vision=VisionAnalyser(), voice=VoiceAnalyser())
    warm_mb = None
    for item in over_and_over(path, 60 * MINUTES + WARM_S):
        pipeline.feed(item)
        if warm_mb is None and item.t > WARM_S:
            warm_mb = memory_mb()
    assert warm_mb is not None
    grown_mb = memory_mb() - warm_mb
    pipeline.close()
    print(f"{MINUTES:.0f} minutes: {warm_mb:.0f} MB grew by {grown_mb:.1f} MB")  # noqa: T201
    assert grown_mb <= MOST_MB


@pytest.mark.soak
@pytest.mark.footage
def test_what_is_kept_of_a_long_film_is_little(footage: Path) -> None:
    """By the clip: what an hour's looks and hops take, which the second pass needs.

    Counted by what Python holds: the process's own size swings by 150 MB with what decoders and
    the child process of a long film leave to the allocator.
    """
    path = footage / "talking" / "obama_cspan_61s.mp4"
    take_in(path, frozenset())
    gc.collect()
    tracemalloc.start()
    try:
        kept: list[Taken] = [take_in(path, frozenset()) for _ in range(2)]
        gc.collect()
        grown_mb = tracemalloc.get_traced_memory()[0] / 2**20
    finally:
        tracemalloc.stop()
    minutes = sum(one.duration_s for one in kept) / 60
    print(f"{grown_mb / minutes * 60:.0f} MB an hour of film")  # noqa: T201
    assert grown_mb / minutes * 60 <= FILM_MB_AN_HOUR
