"""Cuts the staff member's speech out of the stream, utterance by utterance.

Sound and readings come apart (a reading needs a little of the sound after it); here they meet.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from audio.framing import HOP, Framer
from audio.types import HOP_S, Reason, Speaker

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from audio.types import AudioBlock, VoiceReading

LEAD_HOPS: Final = 3
"""Sound before speech was noticed belongs to it: soft beginnings."""
HANG_HOPS: Final = 6
"""A silence of this length ends an utterance."""
LONG_HOPS: Final = 120
"""A longer utterance ends at the next breath."""
LONGEST_HOPS: Final = 250
"""Speech without any breath is cut here."""
HELD_HOPS: Final = 600
"""Sound that waits for its readings, at most; more of it means that none will come."""
HEARD: Final = (Speaker.STAFF, Speaker.UNKNOWN)
"""Whose words are looked for; sound that nobody labelled counts as one voice."""


@dataclass(frozen=True, slots=True)
class SpeechPiece:
    """A part of an utterance."""

    t: float
    """Seconds on the session clock of the first sample."""
    samples: NDArray[np.int16]
    """(n,), 16 kHz, one channel; n may be 0 where it only ends."""
    begins: bool
    """Whether an utterance begins with it."""
    ends: bool
    """Whether the utterance ends after it."""


class Utterances:
    """Blocks and readings in, pieces of staff speech out; block size does not matter."""

    def __init__(self) -> None:
        self._framer = Framer()
        self._rest = np.zeros(0, np.float32)
        self._next = 0
        self._hops: deque[tuple[int, NDArray[np.int16]]] = deque()
        self._lead: deque[tuple[int, NDArray[np.int16]]] = deque(maxlen=LEAD_HOPS)
        self._length = 0
        self._silent = 0

    def hear(self, block: AudioBlock) -> None:
        """Take sound; it waits for its readings."""
        for piece in self._framer.push(block):
            if piece.fresh:
                self._rest = np.zeros(0, np.float32)
                self._next = piece.hop
            whole = np.concatenate([self._rest, piece.samples])
            count = len(whole) // HOP
            for at in range(count):
                self._hops.append((self._next, as_int16(whole[at * HOP : (at + 1) * HOP])))
                self._next += 1
            self._rest = whole[count * HOP :]
        while len(self._hops) > HELD_HOPS:
            self._hops.popleft()

    def read(self, reading: VoiceReading) -> list[SpeechPiece]:
        """Take the reading of a hop, in order; gives the speech that it lets through."""
        number = round(reading.t / HOP_S) - 1
        while self._hops and self._hops[0][0] < number:
            self._hops.popleft()
        if not self._hops or self._hops[0][0] != number:
            return self.finish()
        hop = self._hops.popleft()
        masked = reading.speaker not in HEARD or Reason.NO_SIGNAL in reading.missing.values()
        if masked:
            self._lead.clear()
            return self.finish()
        return self._take(hop, speech=bool(reading.speech))

    def finish(self) -> list[SpeechPiece]:
        """End the running utterance, if there is one."""
        if not self._length:
            return []
        self._length = self._silent = 0
        return [SpeechPiece(0.0, np.zeros(0, np.int16), begins=False, ends=True)]

    def _take(self, hop: tuple[int, NDArray[np.int16]], *, speech: bool) -> list[SpeechPiece]:
        if not self._length:
            if not speech:
                self._lead.append(hop)
                return []
            first = self._lead[0][0] if self._lead else hop[0]
            whole = np.concatenate([*(samples for _, samples in self._lead), hop[1]])
            self._lead.clear()
            self._length, self._silent = 1, 0
            return [SpeechPiece(first * HOP_S, whole, begins=True, ends=False)]
        self._length += 1
        self._silent = 0 if speech else self._silent + 1
        breath = self._silent >= (HANG_HOPS if self._length < LONG_HOPS else 1)
        ends = breath or self._length >= LONGEST_HOPS
        if ends:
            self._length = self._silent = 0
        return [SpeechPiece(hop[0] * HOP_S, hop[1], begins=False, ends=ends)]


def as_int16(samples: NDArray[np.float32]) -> NDArray[np.int16]:
    """Give samples of -1..1 as 16-bit numbers; what is louder is clipped."""
    whole: NDArray[np.float32] = np.clip(np.rint(samples * 32768.0), -32768, 32767)
    return whole.astype(np.int16)
