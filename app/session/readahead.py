"""Decoding beside measuring: a stream that is read a little ahead in a thread of its own."""

from __future__ import annotations

import queue
import threading
from typing import TYPE_CHECKING, Final, Generic, TypeVar

from app.session.worker import Worker

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

T = TypeVar("T")

JOIN_S: Final = 10.0
"""How long a reader that was told to end may take, seconds."""


class _End:
    """Marks the end of the stream in the queue."""


class ReadAhead(Generic[T]):
    """Iterates what `source` gives, at most `ahead` items of it waiting in memory.

    An error of the source is raised where its next item would have come. `close` ends the
    reader from any thread; leaving the iteration early must be followed by it.
    """

    def __init__(self, source: Iterable[T], *, ahead: int, name: str) -> None:
        self._source = source
        self._queue: queue.Queue[T | _End] = queue.Queue(ahead)
        self._stop = threading.Event()
        self._worker = Worker(name, self._read)
        self._worker.start()

    def __iter__(self) -> Iterator[T]:
        while not isinstance(item := self._queue.get(), _End):
            yield item
        self._worker.join(JOIN_S)
        if self._worker.error is not None:
            raise self._worker.error

    def close(self) -> None:
        """End the reader and wait for it."""
        self._stop.set()
        while not self._worker.join(0.01):
            self._drain()

    def _read(self) -> None:
        try:
            for item in self._source:
                if not self._put(item):
                    return
        finally:
            self._put(_End())

    def _put(self, item: T | _End) -> bool:
        while not self._stop.is_set():
            try:
                self._queue.put(item, timeout=0.1)
            except queue.Full:
                continue
            return True
        return False

    def _drain(self) -> None:
        try:
            while True:
                self._queue.get_nowait()
        except queue.Empty:
            return
