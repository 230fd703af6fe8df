"""What devices give goes to the screen, the analysis and the recording, on the session's time."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from app.session.faults import BEHIND, ON_THE_WAY

if TYPE_CHECKING:
    from app.session.clock import SessionClock
    from app.session.faults import LostSound
    from app.session.inbox import Inbox
    from app.session.keeping import Keeping
    from app.session.life import Life
    from audio.types import AudioBlock
    from vision.types import Frame


class DeviceFeed:
    """Called in the threads of the devices; does nothing that takes time.

    Parameters
    ----------
    clock, life
        The session's time, and whether it runs: before and after, pictures are only shown.
    inbox
        Where the analysis takes from.
    ears
        Is told where sound was lost, on its way to here or because the analysis is behind.
    """

    def __init__(self, clock: SessionClock, life: Life, inbox: Inbox, ears: LostSound) -> None:
        self._clock = clock
        self._life = life
        self._inbox = inbox
        self._ears = ears
        self.keeping: Keeping | None = None
        """What records; None where nothing is kept. Set before the devices start."""
        self.picture: Frame | None = None
        """The newest picture, for the screen."""
        self.frames_seen = 0
        """How many pictures the camera gave."""

    def frame(self, frame: Frame) -> None:
        """Take a picture, stamped with the clock's raw time."""
        self.frames_seen += 1
        # First: a stamp that is moved before the session's zero is set lies in its future.
        runs = self._life.runs
        frame = replace(frame, t=self._clock.session_time(frame.t))
        self.picture = frame
        if runs and frame.t >= 0.0:
            self._inbox.show(frame)
            if self.keeping is not None:
                self.keeping.offer(frame)

    def block(self, block: AudioBlock) -> None:
        """Take a block of sound, stamped with the clock's raw time."""
        runs = self._life.runs
        block = replace(block, t=self._clock.session_time(block.t))
        if not runs or block.t < 0.0:
            return
        if self.keeping is not None:
            self.keeping.offer(block)
        self._ears.came(block.t)
        if block.lost:
            self._ears.lost(block.t, ON_THE_WAY)
        if not self._inbox.queue(block) and not self._life.stopping.is_set():
            self._ears.lost(block.t, BEHIND)
