"""Talk and the silences in it: when it started, how long it has been running, how long it rests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from audio.framing import STEP_S
from audio.types import Pause

if TYPE_CHECKING:
    from collections.abc import Sequence

ENTER: Final = 0.5
"""Probability of speech at which a step counts as talk."""
LEAVE: Final = 0.35
"""Probability under which it no longer does."""
BEGIN: Final = 0.4
"""Probability at which talk begins where its edges matter. This, END and SURE were chosen on
sentences of speechocean that were joined by silences of known lengths: the same choice in seven of
ten folds that left a speaker out, one step beside it in the others."""
END: Final = 0.25
"""Probability under which it ends: soft ends are talk."""
SURE: Final = 0.8
"""Probability from which a step is talk though it is as quiet as the room."""
PAUSE_S: Final = 0.25
"""Shortest silence that is a pause (EVIDENCE §2)."""
BLIP_S: Final = 0.1
"""Shorter sounds between two silences are no talk: a click, a cough's edge."""
TALK_S: Final = 0.5
"""A pause lies between talks of at least this length: a stray noise taken for a voice is shorter,
and so is a back-channel, which takes no turn (EVIDENCE §2, overlap)."""
RUN_END_S: Final = 1.0
"""A silence of this length ends a talking run."""


class TalkTracker:
    """Follows one voice through time, in steps of 10 ms."""

    def __init__(self) -> None:
        self.talking = False
        """Whether it talks; silences under 0.25 s do not end it."""
        self.talk_s = 0.0
        """Seconds of talk that the last push added, pauses left out."""
        self.ended: list[Pause] = []
        """Pauses that the last push ended."""
        self._voiced = False
        self._end: float | None = None
        self._run_start: float | None = None
        self._onset: float | None = None
        self._onset_end = 0.0

    def interrupt(self) -> None:
        """Somebody else speaks, or a gap: what follows is no pause of this voice's talk."""
        self.talking = self._voiced = False
        self.talk_s = 0.0
        self.ended = []
        self._end = self._run_start = self._onset = None

    def push(self, start_s: float, speech: Sequence[float], quiet: Sequence[bool] = ()) -> None:
        """Take the steps that follow; the first begins at start_s on the session clock.

        The probability looks some steps round its own, so talk seems to reach into the silence
        beside it: what is as quiet as the room ends it. The silence of a stop consonant does so
        too, but is too short for a pause.
        """
        self.talk_s = 0.0
        self.ended = []
        for i, probability in enumerate(speech):
            at = start_s + i * STEP_S
            self._voiced = probability >= (END if self._voiced else BEGIN)
            if quiet and quiet[i] and probability < SURE:
                self._voiced = False
            if self.talking:
                self._while_talking(at)
            else:
                self._while_silent(at)

    def pause_s(self, t: float) -> float | None:
        """Length of the running pause at t, 0 while there is none, None without any talk.

        A voice that has lasted for less than half a second is not known to be talk: it neither
        ends a pause nor begins one.
        """
        if self._end is None or self._run_start is None:
            return None
        if self._end - self._run_start < TALK_S - 1e-9:
            return None
        return t - self._end if not self.talking and t - self._end >= PAUSE_S else 0.0

    def run_s(self, t: float) -> float | None:
        """Length of the running talk, held over short silences; None when it has ended."""
        if self._end is None or self._run_start is None or t - self._end >= RUN_END_S:
            return None
        return self._end - self._run_start

    def _while_talking(self, at: float) -> None:
        end = self._end if self._end is not None else at
        if self._voiced:
            self.talk_s += at + STEP_S - end
            self._end = at + STEP_S
        elif at + STEP_S - end >= PAUSE_S - 1e-9:
            self.talking = False
            self._onset = None

    def _while_silent(self, at: float) -> None:
        if not self._voiced:
            if self._onset is not None and at - self._onset_end >= BLIP_S / 2:
                self._onset = None
            return
        if self._onset is None:
            self._onset = at
        self._onset_end = at + STEP_S
        if self._onset_end - self._onset >= BLIP_S - 1e-9:
            self._begin(self._onset)

    def _begin(self, onset: float) -> None:
        if self._end is not None and onset - self._end >= PAUSE_S - 1e-9:
            self.ended.append(Pause(self._end, onset))
        if self._run_start is None or self._end is None or onset - self._end >= RUN_END_S:
            self._run_start = onset
        self.talking = True
        self.talk_s += self._onset_end - onset
        self._end = self._onset_end
        self._onset = None
