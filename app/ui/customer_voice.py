"""The customer's voice: says one line after the other, and tells when each begins and ends.

Whatever voice the system has speaks (Qt TextToSpeech). Without any, a line is shown for as long
as it takes to read, so that a conversation goes on all the same.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QLocale, QObject, QTimer, Signal
from PySide6.QtTextToSpeech import QTextToSpeech

if TYPE_CHECKING:
    from collections.abc import Callable

log = logging.getLogger(__name__)

NO_VOICES: Final = frozenset({"mock"})
"""Engines of Qt that say nothing: `mock` is always listed and is for Qt's own tests."""
WORDS_A_SECOND: Final = 2.5
"""Ordinary speech, for how long a line is shown where no voice says it."""
SHORTEST_S: Final = 1.5
"""Also "No." takes a moment to read."""
SLOWEST_WORDS_A_SECOND: Final = 1.5
"""A voice that takes longer for a line than at this rate has stopped answering."""
PATIENCE_S: Final = 3.0
"""Time beyond that, for a voice service that has to be started first."""
OLD: Final = 60
YOUNG: Final = 25


@dataclass(frozen=True, slots=True)
class Manner:
    """How a line is said."""

    rate: float = 0.0
    """-1 slowest to 1 fastest, 0 as usual."""
    pitch: float = 0.0
    """-1 lowest to 1 highest, 0 as usual."""


def manner_of(age: int, *, rushed: bool) -> Manner:
    """Choose how somebody of this age, in haste or not, says a line: a little different each."""
    pitch = -0.15 if age >= OLD else 0.15 if age <= YOUNG else 0.0
    rate = -0.1 if age >= OLD else 0.0
    return Manner(rate + (0.2 if rushed else 0.0), pitch)


class CustomerVoice(QObject):
    """Says lines. One at a time: a new line ends the one before."""

    began = Signal(str)
    """The line with this id is being said, or shown, from now on."""
    ended = Signal(str)
    """It is over; also where it was cut short."""
    silent = Signal()
    """There is no voice, or it stopped answering: lines are shown instead from now on."""

    def __init__(
        self,
        parent: QObject | None = None,
        *,
        engine: Callable[[], QTextToSpeech | None] | None = None,
    ) -> None:
        super().__init__(parent)
        self._make = engine or system_voice
        self._engine: QTextToSpeech | None = None
        self._asked = False
        self._line = ""
        self._sounding = False
        self._limit = QTimer(self)
        self._limit.setSingleShot(True)
        self._limit.timeout.connect(self._on_time)

    @property
    def spoken(self) -> bool:
        """Whether there is a voice. Looks for one the first time, which may take a moment."""
        if not self._asked:
            self._asked = True
            self._engine = self._make()
            if self._engine is not None:
                self._engine.stateChanged.connect(self._on_state)
                self._engine.errorOccurred.connect(self._on_error)
        return self._engine is not None

    @property
    def saying(self) -> str:
        """Id of the line that is being said; empty in between."""
        return self._line

    def say(self, line: str, text: str, manner: Manner | None = None) -> None:
        """Say a line; `began` and `ended` tell when.

        Parameters
        ----------
        line
            Id that the signals carry.
        text
            The words.
        manner
            How to say them.
        """
        self.stop()
        self._line = line
        words = max(1, len(text.split()))
        if self.spoken and self._engine is not None:
            self._sounding = False
            manner = manner or Manner()
            self._engine.setRate(manner.rate)
            self._engine.setPitch(manner.pitch)
            self._limit.start(round(1000 * (PATIENCE_S + words / SLOWEST_WORDS_A_SECOND)))
            self._engine.say(text)
        else:
            self._limit.start(round(1000 * max(SHORTEST_S, words / WORDS_A_SECOND)))
            self.began.emit(line)

    def stop(self) -> None:
        """Cut the line short."""
        if not self._line:
            return
        # First: an engine may say Ready from within stop().
        self._over()
        if self._engine is not None:
            self._engine.stop()

    def _on_state(self, state: QTextToSpeech.State) -> None:
        if not self._line:
            return
        if state == QTextToSpeech.State.Speaking and not self._sounding:
            self._sounding = True
            self.began.emit(self._line)
        elif state == QTextToSpeech.State.Ready and self._sounding:
            self._over()

    def _on_error(self, _: QTextToSpeech.ErrorReason, text: str) -> None:
        log.info("the customer's voice failed: %s", text)
        self._lose_voice()

    def _on_time(self) -> None:
        """End a line that was shown long enough; a voice that took so long is gone."""
        if self._engine is None:
            self._over()
        else:
            log.info("the customer's voice did not answer in time")
            engine = self._engine
            self._lose_voice()
            engine.stop()

    def _lose_voice(self) -> None:
        """Go on without a voice: what is left of the line is shown."""
        self._engine = None
        self.silent.emit()
        if not self._line:
            return
        if not self._sounding:
            self.began.emit(self._line)
        self._over()

    def _over(self) -> None:
        self._limit.stop()
        line, self._line = self._line, ""
        self._sounding = False
        self.ended.emit(line)


def system_voice() -> QTextToSpeech | None:
    """Open the system's voice in English; None where there is none."""
    engines = [name for name in QTextToSpeech.availableEngines() if name not in NO_VOICES]
    for name in engines:
        voice = QTextToSpeech(name, QCoreApplication.instance())
        if voice.state() != QTextToSpeech.State.Error:
            english = [
                locale
                for locale in voice.availableLocales()
                if locale.language() == QLocale.Language.English
            ]
            if english:
                wanted = QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom)
                voice.setLocale(wanted if wanted in english else english[0])
            return voice
        voice.deleteLater()
    return None
