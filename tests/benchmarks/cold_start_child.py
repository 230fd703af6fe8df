"""One start of the program, timed from outside: python -m tests.benchmarks.cold_start_child WHAT.

WHAT is "bare" (an empty PySide6 window), "home" or "check". Says in a line of JSON, on the clock
of time.monotonic(), when what was wanted stood on the screen, and what it cost; then ends.
"""

from __future__ import annotations

import json
import os
import sys
import time
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.ui.window import MainWindow

LOOK_MS: Final = 10
LIMIT_MS: Final = 60_000


def main() -> None:
    """Start what is asked for."""
    what = sys.argv[1]
    if what == "bare":
        bare()
    else:
        program(what)


def bare() -> None:
    """Show an empty window."""
    from PySide6.QtWidgets import QApplication, QWidget  # noqa: PLC0415 - that is what is timed

    app = QApplication([])
    window = QWidget()
    window.resize(1280, 800)
    when_painted(window, tell)
    window.show()
    app.exec()


def program(page: str) -> None:
    """Start the program as its command does, and look at its window from a timer."""
    import app.main  # noqa: PLC0415
    import app.ui.application as composed  # noqa: PLC0415

    build = composed.build_window

    def watched(services: object) -> MainWindow:
        window = build(services)  # type: ignore[arg-type]
        if page == "home":
            when_painted(window.home, tell)
        else:
            when_picture(window)
        return window

    composed.build_window = watched  # type: ignore[assignment]
    sys.argv = ["rapport"] if page == "home" else ["rapport", page]
    app.main.main()


def when_painted(widget: QWidget, then: object) -> None:
    """Tell once a widget was painted and the events behind that are worked off."""
    from PySide6.QtCore import QEvent, QObject, QTimer  # noqa: PLC0415

    class Watcher(QObject):
        """Sees the first paint."""

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's
            """Wait for the event loop to be free: only then it can be used."""
            if event.type() == QEvent.Type.Paint:
                watched.removeEventFilter(self)
                QTimer.singleShot(0, then)  # type: ignore[arg-type]
            return False

    widget.installEventFilter(Watcher(widget))


def when_picture(window: MainWindow) -> None:
    """Tell once the self-check shows a live picture."""
    from PySide6.QtCore import QTimer  # noqa: PLC0415

    timer = QTimer(window)

    def look() -> None:
        page = window._pages.get("check")
        if page is not None and page.stage.video.has_picture:  # type: ignore[attr-defined]
            timer.stop()
            QTimer.singleShot(0, tell)

    timer.timeout.connect(look)
    timer.start(LOOK_MS)
    QTimer.singleShot(LIMIT_MS, lambda: os._exit(3))


def tell() -> None:
    """Say when it was there and what it cost so far, and end without more ado."""
    told = {"at": time.monotonic(), "cpu_s": time.process_time()}
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
