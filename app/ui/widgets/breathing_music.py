"""Own music beside the breathing circle: the songs of a folder, one after the other, quietly."""

from __future__ import annotations

import logging
import os
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, QUrl, Signal
from PySide6.QtMultimedia import QAudioOutput, QMediaDevices, QMediaPlayer

from app.errors import AppError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

log = logging.getLogger(__name__)

SOUNDS: Final = frozenset(
    {".mp3", ".m4a", ".aac", ".ogg", ".oga", ".opus", ".flac", ".wav", ".wma", ".aif", ".aiff"}
)
QUIET: Final = 0.35
"""Part of full volume, as one hears it."""
MOST_FILES: Final = 2000
"""Of a larger folder the first ones are taken."""
MOST_FOLDERS: Final = 500
"""Nobody waits until a whole disk has been looked through."""


def songs_in(folder: Path) -> tuple[Path, ...]:
    """List the sound files of a folder by name, then those of the folders in it, as albums lie.

    Raises
    ------
    AppError
        Where it is missing, cannot be read, or holds no sound.
    """
    try:
        os.scandir(folder).close()
    except OSError as error:
        raise AppError(
            f"The music folder {folder} cannot be opened.", "Choose another one, or go without."
        ) from error
    songs: list[Path] = []
    for place, inside, names in islice(os.walk(folder), MOST_FOLDERS):
        inside.sort()
        songs += (Path(place, one) for one in sorted(names) if Path(one).suffix.lower() in SOUNDS)
        if len(songs) >= MOST_FILES:
            break
    if not songs:
        raise AppError(
            f"There is no music in {folder}.", "Choose a folder with MP3, OGG, FLAC or WAV files."
        )
    return tuple(songs[:MOST_FILES])


def can_be_heard() -> bool:
    """Whether the computer has something to play on."""
    return not QMediaDevices.defaultAudioOutput().isNull()


class BreathingMusic(QObject):
    """Plays songs round and round until it is stopped; one that is broken is passed over."""

    changed = Signal()
    """It began, stopped, or went on to another song."""
    failed = Signal(object)
    """An AppError: nothing of the folder can be played."""

    def __init__(self, parent: QObject, *, heard: Callable[[], bool] = can_be_heard) -> None:
        super().__init__(parent)
        self._heard = heard
        self._songs: tuple[Path, ...] = ()
        self._at = 0
        self._broken: set[Path] = set()
        self._player = QMediaPlayer(self)
        self._sound: QAudioOutput | None = None
        # Never inside the player's own signal: it does not like to be given a file there.
        self._turn = QTimer(self)
        self._turn.setSingleShot(True)
        self._turn.timeout.connect(self._next)
        self._player.mediaStatusChanged.connect(self._on_status)
        self._player.errorOccurred.connect(self._on_error)

    @property
    def song(self) -> str:
        """Name of the song that plays; empty while none does."""
        return self._songs[self._at].stem if self._songs else ""

    def play(self, songs: Sequence[Path]) -> None:
        """Begin with the first song."""
        self.stop()
        if not self._heard():
            self.failed.emit(
                AppError(
                    "There is nothing to play music on.", "Plug in headphones or a loudspeaker."
                )
            )
            return
        self._songs = tuple(songs)
        self._broken = set()
        # An output without a device behind it may never give its thread back.
        if self._sound is None and can_be_heard():
            self._sound = QAudioOutput(self)
            self._sound.setVolume(QUIET)
            self._player.setAudioOutput(self._sound)
        self._take(0)

    def stop(self) -> None:
        """Be silent."""
        self._turn.stop()
        if not self._songs:
            return
        self._songs = ()
        self._player.stop()
        self._player.setSource(QUrl())
        self.changed.emit()

    def _take(self, at: int) -> None:
        self._at = at
        self._player.setSource(QUrl.fromLocalFile(str(self._songs[at])))
        self._player.play()
        self.changed.emit()

    def _on_status(self, status: QMediaPlayer.MediaStatus) -> None:
        if status is QMediaPlayer.MediaStatus.EndOfMedia and self._songs:
            self._turn.start()
        elif status is QMediaPlayer.MediaStatus.InvalidMedia:
            self._pass_over("not a sound file")

    def _on_error(self, _: QMediaPlayer.Error, text: str) -> None:
        self._pass_over(text)

    def _pass_over(self, why: str) -> None:
        """Leave a song out that cannot be played; the player says so in two ways."""
        if self._songs and not self._turn.isActive():
            log.info("A song was passed over: %s", why)
            self._broken.add(self._songs[self._at])
            self._turn.start()

    def _next(self) -> None:
        """Go on to the next song that is not broken; give up where all are."""
        count = len(self._songs)
        order = [(self._at + step) % count for step in range(1, count + 1)]
        whole = next((at for at in order if self._songs[at] not in self._broken), None)
        if whole is not None:
            self._take(whole)
            return
        folder = self._songs[0].parent
        self.stop()
        self.failed.emit(
            AppError(f"None of the music in {folder} can be played.", "Choose another folder.")
        )
