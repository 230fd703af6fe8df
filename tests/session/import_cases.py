"""Films and plans for the tests of importing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from app.session.film import Film
from app.session.importing_work import ImportPlan
from audio.types import AudioBlock
from vision.types import Frame

if TYPE_CHECKING:
    from pathlib import Path

    from app.store.imports import Import
    from app.store.store import Store
    from app.store.types import Person

RATE = 48000


def make_film(path: Path, seconds: float = 2.0, *, picture: bool = True) -> Path:
    """A film whose picture grows brighter and whose sound is a tone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    film = Film(path, picture=picture, sound_rate_hz=RATE)
    for tenth in range(round(seconds * 10)):
        t = np.arange(RATE // 10) / RATE + tenth / 10
        tone = (0.3 * np.sin(2 * np.pi * 220 * t)).astype(np.float32)
        film.add_block(AudioBlock(tenth / 10, tone, RATE))
        if picture:
            image = np.full((120, 160, 3), min(255, 20 + tenth * 8), np.uint8)
            film.add_frame(Frame(tenth / 10, image))
    film.close()
    return path


@pytest.fixture
def ana(store: Store) -> Person:
    """Ana, who agreed to be recorded."""
    person = store.ensure_person("Ana")
    store.record_consent(person.id, "1", "own training", 30, "me")
    return person


def plan_of(item: Import) -> ImportPlan:
    """Measure it as it comes, without words."""
    return ImportPlan(item.keep)
