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
        self._weighed = 0

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
        if OLDEST in due and not self._has_grown():
            due.remove(OLDEST)
        if not due:
            return
        gc.collect(max(due))
        if OLDEST in due:
            self._settled, self._weighed = len(gc.get_objects(OLDEST)), 0

    def _has_grown(self) -> bool:
        """Whether enough outlived; to count it takes long, so it is done as rarely as it is due."""
        count = gc.get_count()[OLDEST]
        if count - self._weighed <= gc.get_threshold()[OLDEST]:
            return False
        self._weighed = count
        return len(gc.get_objects(OLDEST)) >= GROWN * self._settled
