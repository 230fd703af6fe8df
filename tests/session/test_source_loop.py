from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from waiting import LONG_S

from app.session.source_loop import SourceLoop
from vision.errors import CameraUnavailable

if TYPE_CHECKING:
    from collections.abc import Iterator


class Scripted:
    """Gives some numbers, then fails, ends or waits to be closed."""

    def __init__(self, numbers: list[int], then: str) -> None:
        self._numbers = numbers
        self._then = then
        self.closed = threading.Event()

    def __iter__(self) -> Iterator[int]:
        yield from self._numbers
        if self._then == "fails":
            raise CameraUnavailable("The camera was unplugged.", "Plug it in again.")
        if self._then == "waits":
            self.closed.wait(LONG_S)

    def close(self) -> None:
        self.closed.set()


class Told:
    def __init__(self, sources: list[Scripted], again_s: float | None = 0.001) -> None:
        self.sources = iter(sources)
        self.items: list[int] = []
        self.faults: list[str] = []
        self.backs = 0
        self.loop = SourceLoop[int](
            lambda: next(self.sources),
            deliver=self.items.append,
            lost=lambda what, remedy: self.faults.append(what),
            back=self._back,
            again_s=again_s,
        )

    def _back(self) -> None:
        self.backs += 1


def test_a_lost_device_is_told_once_and_taken_back_when_it_comes() -> None:
    sources = [Scripted([1], "fails"), Scripted([], "fails"), Scripted([2, 3], "ends")]
    told = Told(sources)
    told.loop.run()
    assert told.items == [1, 2, 3]
    assert told.faults == ["The camera was unplugged."]
    assert told.backs == 1
    assert told.loop.ended
    assert all(source.closed.is_set() for source in sources)


def test_a_source_that_cannot_be_opened_twice_is_not() -> None:
    told = Told([Scripted([1], "fails")], again_s=None)
    told.loop.run()
    assert told.faults
    assert told.loop.settled
    assert not told.loop.ended


def test_stop_ends_a_source_that_waits() -> None:
    source = Scripted([1], "waits")
    told = Told([source])
    thread = threading.Thread(target=told.loop.run)
    thread.start()
    while not told.loop.delivered:
        thread.join(0.001)
    told.loop.stop()
    thread.join(LONG_S)
    assert not thread.is_alive()
    assert source.closed.is_set()
    assert not told.faults
    assert not told.loop.ended


def test_stop_ends_the_wait_for_the_next_try() -> None:
    told = Told([Scripted([], "fails")], again_s=600.0)
    thread = threading.Thread(target=told.loop.run)
    thread.start()
    while not told.faults:
        thread.join(0.001)
    told.loop.stop()
    thread.join(LONG_S)
    assert not thread.is_alive()


def test_stop_before_the_start_opens_nothing() -> None:
    told = Told([])
    told.loop.stop()
    told.loop.run()
    assert not told.loop.settled
