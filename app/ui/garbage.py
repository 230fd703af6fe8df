"""Python's garbage is collected on the screen's thread only."""

from __future__ import annotations

import gc
from typing import Final

from PySide6.QtCore import QObject, QTimer

LOOK_MS: Final = 500
"""How often it is looked whether enough has come together, milliseconds."""
OLDEST: Final = 2
"""The generation whose collection looks at everything there is, and stands still for that long."""
GROWN: Final = 1.25
"""By so much what outlived has to have grown before everything is looked at again."""


class GarbageOnScreen(QObject):
    """Collects what Python would collect by itself, but never in another thread.

    Whichever thread makes the most objects would do it, and a widget that is deleted anywhere but
    on the screen's thread takes the whole program with it.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._settled = 0

    def start(self) -> None:
        """Take the collecting over."""
        gc.disable()
        self._timer.start()

    def stop(self) -> None:
        """Leave it to Python again."""
        self._timer.stop()
        gc.enable()

    def _look(self) -> None:
        """Collect the oldest generation that is due by Python's own rule."""
        due = [
            generation
            for generation, (count, limit) in enumerate(
                zip(gc.get_count(), gc.get_threshold(), strict=True)
            )
            if count > limit
        ]
        if not due:
            return
        oldest = max(due)
        if oldest == OLDEST and len(gc.get_objects(OLDEST)) < GROWN * self._settled:
            oldest -= 1
        gc.collect(oldest)
        if oldest == OLDEST:
            self._settled = len(gc.get_objects(OLDEST))
