"""Who takes the pictures: waits for a page, and keeps it in both themes."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QCursor

from app.ui.style import apply_theme
from tests.screenshots_list import SHOTS

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QApplication, QWidget

    from app.ui.window import MainWindow

FOLDER: Final = Path(__file__).resolve().parents[1] / "assets" / "screenshots"
SIZE: Final = (1280, 800)
SETTLE_MS: Final = 400
LOOK_MS: Final = 25


class Photographer:
    """Stands before one window at a time."""

    def __init__(self, app: QApplication, window: MainWindow) -> None:
        self.app = app
        self._taken: set[str] = set()
        FOLDER.mkdir(parents=True, exist_ok=True)
        self.stand_before(window)

    def stand_before(self, window: MainWindow) -> None:
        """Photograph this window from now on."""
        self.window = window
        window.resize(*SIZE)
        window.show()
        # A pointer in the middle would light whatever lies under it.
        QCursor.setPos(SIZE[0] - 1, SIZE[1] - 1)
        self.settle(SETTLE_MS)

    def close(self) -> None:
        """Close the window."""
        self.window.close()

    def shoot(self, name: str, of: QWidget | None = None) -> None:
        """Keep the page in both themes, as the screen shows it."""
        if of is None and self.window.page != SHOTS[name]:
            raise ValueError(f"{name} is of {SHOTS[name]}, but {self.window.page} is in front")
        for theme in ("dark", "light"):
            apply_theme(self.app, theme)
            self.settle(SETTLE_MS)
            path = FOLDER / f"{name}-{theme}.png"
            (of or self.window).grab().save(str(path), "PNG")
        self._taken.add(name)

    def tell_missing(self) -> None:
        """Raise where a picture of the list was not taken."""
        missing = sorted(set(SHOTS) - self._taken)
        if missing:
            raise ValueError(f"not photographed: {', '.join(missing)}")

    def settle(self, milliseconds: int) -> None:
        """Let the page come to rest."""
        until = time.monotonic() + milliseconds / 1000
        self.until(lambda: time.monotonic() >= until, milliseconds)

    def hope(self, condition: Callable[[], bool], limit_s: float) -> None:
        """Wait for what a busy machine may not get to; the page is photographed all the same."""
        try:
            self.until(condition, limit_s)
        except TimeoutError as error:
            sys.stderr.write(f"{error}: this computer is busy, photographed as it is\n")

    def until(self, condition: Callable[[], bool], limit_s: float) -> None:
        """Wait for something, and let the program go on meanwhile."""
        end = time.monotonic() + limit_s
        while not condition():
            if time.monotonic() > end:
                raise TimeoutError(f"page {self.window.page} did not get ready")
            # A loop of Qt's own: spinning, or QTest.qWait, which keeps the interpreter's lock,
            # would starve the session that is photographed.
            loop = QEventLoop()
            QTimer.singleShot(LOOK_MS, loop.quit)
            loop.exec()
