"""How many pictures nobody looks at because the computer is busy, beside the light of the eyes."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt

from app.session.overlooked import missed_share
from app.ui.widgets.controls import Elided

if TYPE_CHECKING:
    from app.session.plan import Snapshot

SPAN_S: Final = 10.0
"""The last seconds that count."""
LEAST_S: Final = 5.0
"""So long the session must have run: the first pictures come while everything settles."""
BEGINS: Final = 0.2
"""Said from here on: twelve looks a second instead of fifteen. Fewer missed move the ends of an
episode by a look or two, and a sentence about that would disturb more than it helps."""
ENDS: Final = 0.1
"""And until it is below this again, so that it does not come and go."""


class PicturesMissed(Elided):
    """Says it in whole pictures of ten, and nothing while the analysis keeps up.

    It asks for no room of its own: on a narrow window it would push the page wider.
    """

    def __init__(self) -> None:
        super().__init__("", "live-quiet")
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._past: deque[tuple[float, int, int]] = deque()
        self.begin()

    def begin(self) -> None:
        """Get ready for a session."""
        self._past.clear()
        self.hide()

    def look(self, snapshot: Snapshot) -> None:
        """Hold the newest counts against those of some seconds ago."""
        if snapshot.state != "running":
            self.begin()
            return
        t, came, replaced = snapshot.t, snapshot.frames_seen, snapshot.frames_replaced
        self._past.append((t, came, replaced))
        while t - self._past[0][0] > SPAN_S:
            self._past.popleft()
        then_s, came_then, replaced_then = self._past[0]
        share = missed_share(came - came_then, replaced - replaced_then, t - then_s)
        shown = t - then_s >= LEAST_S and share >= (BEGINS if self.isHidden() else ENDS)
        if shown:
            words = self.tr("Computer misses {count} of 10 pictures")
            self.setText(words.format(count=round(10 * share)))
        self.setVisible(shown)
