"""How many pictures nobody looks at because the computer is busy, beside the light of the eyes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from app.session.overlooked import OverlookedLately
from app.ui.widgets.controls import Elided

if TYPE_CHECKING:
    from app.session.plan import Snapshot


class PicturesMissed(Elided):
    """Says it in whole pictures of ten, and nothing while the analysis keeps up.

    It asks for no room of its own: on a narrow window it would push the page wider.
    """

    def __init__(self) -> None:
        super().__init__("", "live-quiet")
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._lately = OverlookedLately()
        self.hide()

    def begin(self) -> None:
        """Get ready for a session."""
        self._lately.begin()
        self.hide()

    def look(self, snapshot: Snapshot) -> None:
        """Show what the newest counts tell."""
        if snapshot.state != "running":
            self.begin()
            return
        share = self._lately.push(snapshot.t, snapshot.frames_seen, snapshot.frames_replaced)
        if share is not None:
            words = self.tr("Computer misses {count} of 10 pictures")
            self.setText(words.format(count=round(10 * share)))
        self.setVisible(share is not None)
