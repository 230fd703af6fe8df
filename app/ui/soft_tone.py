"""A soft tone of the program's own making, for who would rather hear a hint than see it."""

from __future__ import annotations

import io
import logging
import wave
from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QObject, QUrl
from PySide6.QtMultimedia import QMediaDevices, QSoundEffect

from app.errors import AppError
from app.paths import cache_dir
from app.store.faults import told
from app.windows import take_place

if TYPE_CHECKING:
    from pathlib import Path

log = logging.getLogger(__name__)

RATE_HZ: Final = 44_100
TONE_S: Final = 0.25
"""Long enough to be heard, shorter than a syllable and its neighbour."""
TONES_HZ: Final = (587.33, 880.0)
"""A fifth: two quiet partials sound like a bell far away, one alone like a machine."""
PEAK: Final = 0.12
"""About 18 dB below full scale."""
FILE_NAME: Final = "hint.wav"


def tone_wave() -> bytes:
    """Make the tone as a WAV file: it swells and fades without an edge."""
    t = np.arange(round(RATE_HZ * TONE_S)) / RATE_HZ
    swell = np.sin(np.pi * t / TONE_S) ** 2
    sound = sum(np.sin(2 * np.pi * hz * t) for hz in TONES_HZ) / len(TONES_HZ)
    samples = np.round(PEAK * swell * sound * 32767).astype("<i2")
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE_HZ)
        out.writeframes(samples.tobytes())
    return file.getvalue()


def tone_file() -> Path:
    """Have the tone as a file, which Qt wants; made again where it is gone.

    Raises
    ------
    AppError
        Where there is no room for it, or no right to write.
    """
    path = cache_dir() / FILE_NAME
    part = path.with_name(f"{FILE_NAME}.part")
    with told(path):
        if not path.exists():
            try:
                part.write_bytes(tone_wave())
                take_place(part, path)  # never half a tone
            finally:
                part.unlink(missing_ok=True)
    return path


class SoftTone(QObject):
    """Plays the tone on the system's own choice of loudspeaker."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._effect: QSoundEffect | None = None
        if QMediaDevices.defaultAudioOutput().isNull():
            return
        try:
            source = QUrl.fromLocalFile(str(tone_file()))
        except AppError as error:
            log.info("Hints are shown, not heard: %s", error)
            return
        self._effect = QSoundEffect(self)
        self._effect.setSource(source)

    def play(self) -> bool:
        """Play it; False where there is nothing to play it on."""
        if self._effect is None or self._effect.status() == QSoundEffect.Status.Error:
            return False
        self._effect.play()
        return True
