"""Garbage goes on the screen's thread, whichever thread made it."""

from __future__ import annotations

import gc
import threading
import weakref
from typing import TYPE_CHECKING

import pytest

from app.ui.garbage import OLDEST, GarbageOnScreen

if TYPE_CHECKING:
    from collections.abc import Iterator

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


def test_everything_is_looked_at_only_when_it_has_grown(
    qapp: QApplication, every_generation_due: list[int]
) -> None:
    sweeper = GarbageOnScreen()
    sweeper.start()
    kept: list[Ring] = []

    def looks_at_everything(more: int) -> bool:
        every_generation_due.clear()
        kept.extend(Ring() for _ in range(more))
        for _ in range(8):
            kept.extend(Ring() for _ in range(4))
            sweeper._look()
        return OLDEST in every_generation_due

    try:
        assert looks_at_everything(0), "it has never been looked at"
        assert not looks_at_everything(0)
        assert looks_at_everything(len(gc.get_objects()))
    finally:
        sweeper.stop()


def test_what_outlived_is_not_counted_at_each_look(
    qapp: QApplication, every_generation_due: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    gc.set_threshold(1, 1, 10)
    count = gc.get_objects
    counted: list[int | None] = []

    def noted(generation: int | None = None) -> list[object]:
        counted.append(generation)
        return count(generation)

    sweeper = GarbageOnScreen()
    sweeper.start()
    kept: list[Ring] = []

    def look(times: int) -> None:
        for _ in range(times):
            kept.extend(Ring() for _ in range(4))
            sweeper._look()

    try:
        look(60)
        assert OLDEST in every_generation_due, "it has never been looked at"
        every_generation_due.clear()
        monkeypatch.setattr(gc, "get_objects", noted)
        look(90)
    finally:
        sweeper.stop()
    assert every_generation_due.count(1) > 25, "the younger ones are collected meanwhile"
    assert OLDEST not in every_generation_due
    assert 1 <= len(counted) <= 4


@pytest.fixture
def every_generation_due() -> Iterator[list[int]]:
    """Make each look find something due; give the generations that were collected."""
    collected: list[int] = []

    def note(phase: str, info: dict[str, int]) -> None:
        if phase == "stop":
            collected.append(info["generation"])

    limits = gc.get_threshold()
    gc.callbacks.append(note)
    gc.set_threshold(*((1,) * len(limits)))
    yield collected
    gc.set_threshold(*limits)
    gc.callbacks.remove(note)
