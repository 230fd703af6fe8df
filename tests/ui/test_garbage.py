"""Garbage goes on the screen's thread, whichever thread made it."""

from __future__ import annotations

import gc
import threading
import weakref
from typing import TYPE_CHECKING

from app.ui.garbage import GarbageOnScreen

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot


class Ring:
    """Holds itself, so that only the collector can let it go."""

    def __init__(self) -> None:
        self.itself = self


def test_what_other_threads_leave_is_collected_on_the_screens(
    qtbot: QtBot, qapp: QApplication
) -> None:
    went: list[int] = []
    sweeper = GarbageOnScreen()
    sweeper.start()
    try:
        assert not gc.isenabled()

        def leave() -> None:
            first = Ring()
            weakref.finalize(first, lambda: went.append(threading.get_ident()))
            for _ in range(3 * gc.get_threshold()[0]):
                Ring()

        thread = threading.Thread(target=leave)
        thread.start()
        thread.join()
        assert went == []
        qtbot.waitUntil(lambda: bool(went))
        assert went == [threading.get_ident()]
    finally:
        sweeper.stop()
    assert gc.isenabled()
